/* Rows of the audit leave the desk as a file on the stick, on the desk worker: approved by a second clerk,
 * said in the audit before it is written and after. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/csv.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/file.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_desk_audit.h"

enum {
    BATCH = 1000,
    PATH_BYTES = 320,
    FILE_MODE = 0600,
    CELLS = 10,
    HASH_TEXT_BYTES = 65,
    NUMBER_BYTES = 24
};

/* --- the file ------------------------------------------------------------------------------------------ */

static enum status append_line(struct buf *csv, const char *const cells[CELLS])
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < CELLS && status == STATUS_OK; i++)
        status = csv_append(csv, cells[i], i + 1 == CELLS);
    return status;
}

static enum status append_row(struct buf *csv, const struct store_audit_found *found)
{
    const struct store_audit *row = &found->row;
    char seconds[32] = "";
    char at[48];
    char number[NUMBER_BYTES];
    char hash[HASH_TEXT_BYTES];
    (void)clock_format_hall(row->at_utc_ms / 1000, "%Y-%m-%d %H:%M:%S", seconds, sizeof(seconds));
    (void)snprintf(at, sizeof(at), "%s.%03d", seconds, (int)(row->at_utc_ms % 1000));
    (void)snprintf(number, sizeof(number), "%lld", (long long)row->number);
    encode_hex(hash, row->hash, sizeof(row->hash));
    return append_line(csv, (const char *const[CELLS]){at, row->writer, number, row->action, row->actor,
                                                       row->subject, found->acceptance, row->detail,
                                                       store_audit_result_name(found->result), hash});
}

/* Every row the filter leaves, from the newest back. */
static enum status append_rows(struct service_context *context, const struct store_audit_filter *filter,
                               struct buf *csv, size_t *all, struct failure *failure)
{
    struct store_audit_found *rows = calloc(BATCH, sizeof(*rows));
    size_t count = BATCH;
    check(rows != NULL);
    enum status status = STATUS_OK;
    for (*all = 0; status == STATUS_OK && count == BATCH; *all += count) {
        status = store_audit_filter_list(context->store, filter, *all, rows, BATCH, &count, failure);
        for (size_t i = 0; i < count && status == STATUS_OK; i++)
            status = append_row(csv, &rows[i]);
    }
    free(rows);
    return status;
}

static enum status fill(struct service_context *context, const struct store_audit_filter *filter,
                        struct buf *csv, size_t *all, struct failure *failure)
{
    static const char *const heads[CELLS] = {"at",      "writer", "number", "action", "actor",
                                             "subject", "order",  "detail", "result", "hash"};
    enum status status = buf_append_text(csv, "\xEF\xBB\xBF");
    if (status == STATUS_OK)
        status = append_line(csv, heads);
    return status == STATUS_OK ? append_rows(context, filter, csv, all, failure) : status;
}

/* --- the act ------------------------------------------------------------------------------------------- */

static enum status record(struct service_context *context, const char *action, const char *name,
                          const char *second, const char *note, struct failure *failure)
{
    char detail[STORE_AUDIT_TEXT_BYTES];
    (void)snprintf(detail, sizeof(detail), "%.60s %.60s", second, note);
    return store_audit_append(
        context->store,
        &(struct store_audit_entry){
            .action = action, .actor = service_desk_clerk(context), .subject = name, .detail = detail},
        failure);
}

/* What the audit says of it stands before there is a file, and what became of it after. */
static enum status write_file(struct service_context *context, struct service_job *job, const struct buf *csv,
                              size_t rows, const char *second)
{
    char name[48];
    char path[PATH_BYTES];
    char note[48];
    if (clock_format_hall(service_now_utc_s(context), "audit-%Y%m%d-%H%M%S.csv", name, sizeof(name)) == 0)
        return STATUS_MALFORMED;
    (void)snprintf(path, sizeof(path), "%s/%s", context->settings->settings->desk_exchange_dir, name);
    (void)snprintf(note, sizeof(note), "%zu", rows);
    enum status status = record(context, "audit.export", name, second, note, &job->failure);
    if (status != STATUS_OK)
        return status;
    enum status done = file_replace(path, csv->data, csv->length, FILE_MODE, &job->failure);
    (void)snprintf(note, sizeof(note), "%zu %s", rows, status_name(done));
    status = record(context, done == STATUS_OK ? "audit.exported" : "audit.export-failed", name, second, note,
                    &job->failure);
    if (done == STATUS_FULL)
        return service_job_refuse(job, SERVICE_REASON_STICK_FULL, 0);
    return done == STATUS_OK ? status : service_job_refuse(job, SERVICE_REASON_NO_STICK, 0);
}

static enum status export_rows(struct service_context *context, struct service_job *job)
{
    struct store_audit_filter filter = service_desk_audit_filter(job->request.audit);
    struct store_clerk second;
    struct buf csv;
    size_t rows = 0;
    buf_init(&csv, LIMIT_EXPORT_BYTES);
    if (filter.until_utc_ms == 0)
        filter.until_utc_ms = clock_utc_ms(context->settings->clock) + 1;
    enum status status = service_desk_check_stick(context, job);
    if (status == STATUS_OK)
        status = service_desk_find_second(context, job, &second);
    if (status == STATUS_OK)
        status = fill(context, &filter, &csv, &rows, &job->failure);
    if (status == STATUS_OK)
        status = write_file(context, job, &csv, rows, second.name);
    buf_release(&csv);
    job->number = status == STATUS_OK ? (int64_t)rows : job->number;
    return status;
}

void service_desk_audit_export_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status = service_desk_has_clerk(context) ? service_store(context, &store) : STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = export_rows(context, job);
    service_job_finish(job, status);
}
