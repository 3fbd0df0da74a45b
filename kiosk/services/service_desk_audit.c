/* The newest audit rows for the clerk, on the desk worker, and whether every chain holds. */
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/store/store_audit.h"

static void fill_audit(struct service_audit_line *out, const struct store_audit *row)
{
    static const uint8_t none[CRYPTO_SHA256_BYTES];
    out->sequence = row->number;
    (void)text_copy(out->writer, sizeof(out->writer), row->writer);
    encode_hex(out->digest, row->hash, sizeof(row->hash));
    if (memcmp(row->prev_hash, none, sizeof(none)) != 0)
        encode_hex(out->digest_before, row->prev_hash, sizeof(row->prev_hash));
    out->at_utc_s = row->at_utc_ms / 1000;
    (void)text_copy(out->actor, sizeof(out->actor), row->actor[0] != 0 ? row->actor : row->writer);
    (void)text_copy(out->action, sizeof(out->action), row->action);
    (void)text_copy(out->subject, sizeof(out->subject), row->subject);
    (void)text_copy(out->detail, sizeof(out->detail), row->detail);
}

static enum status load_audit(struct service_context *context, struct service_job *job,
                              struct store_audit *rows)
{
    struct store_audit_report report = {0};
    size_t count = 0;
    enum status status = store_audit_list(context->store, 0, rows, SERVICE_AUDIT_MAX, &count, &job->failure);
    if (status != STATUS_OK)
        return status;
    struct service_patch *patch = service_job_patch(job);
    patch->changes |= PATCH_DESK_AUDIT;
    patch->desk.audit_known = true;
    patch->desk.audit_checked_utc_s = service_now_utc_s(context);
    patch->desk.audit_holds = store_audit_verify(context->store, &report, &job->failure) == STATUS_OK;
    patch->desk.audit_count = count;
    for (size_t i = 0; i < count; i++)
        fill_audit(&patch->desk.audit[i], &rows[i]);
    return STATUS_OK;
}

void service_desk_audit_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_audit *rows = calloc(SERVICE_AUDIT_MAX, sizeof(*rows));
    check(rows != NULL);
    enum status status = service_desk_has_clerk(context) ? service_store(context, &store) : STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = load_audit(context, job, rows);
    free(rows);
    service_job_finish(job, status);
}
