#include <errno.h>
#include <stdlib.h>

#include "kiosk/ctl/ctl_output.h"
#include "kiosk/store/store_audit.h"

enum { LIST_COUNT = 100, LIST_COUNT_MOST = 1000000, BATCH = 64 };

enum ctl_exit ctl_audit_verify(struct ctl *ctl)
{
    static const char *const names[] = {"whole", "rows", "writers", "broken_writer", "broken_row", "reason"};
    struct store_audit_report report = {0};
    struct failure failure = {0};
    enum status status = store_audit_verify(ctl->store, &report, &failure);
    if (status != STATUS_OK && status != STATUS_MALFORMED)
        return ctl_refuse(ctl, status, &failure, "the audit could not be read");
    struct json *document = json_new_object();
    json_set_bool(document, "whole", status == STATUS_OK);
    json_set_integer(document, "rows", report.rows);
    json_set_integer(document, "writers", report.writers);
    if (status != STATUS_OK) {
        json_set_text(document, "broken_writer", report.broken_writer);
        json_set_integer(document, "broken_row", report.broken_number);
        json_set_text(document, "reason", report.reason == NULL ? "unreadable" : report.reason);
    }
    if (ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, document);
    else
        ctl_output_members(ctl, document, names, CTL_OUTPUT_COUNT(names));
    json_free(document);
    return status == STATUS_OK ? CTL_EXIT_DONE : CTL_EXIT_REFUSED;
}

static struct json *audit_json(const struct store_audit *audit)
{
    struct json *row = json_new_object();
    ctl_output_set_time(row, "at", audit->at_utc_ms / 1000);
    json_set_text(row, "writer", audit->writer);
    json_set_integer(row, "number", audit->number);
    json_set_text(row, "action", audit->action);
    ctl_output_set_text(row, "actor", audit->actor);
    ctl_output_set_text(row, "subject", audit->subject);
    ctl_output_set_text(row, "detail", audit->detail);
    return row;
}

static enum status collect(struct store *store, size_t most, struct json *rows, struct failure *failure)
{
    struct store_audit batch[BATCH];
    enum status status = STATUS_OK;
    size_t count = 1;
    for (size_t offset = 0; status == STATUS_OK && count > 0 && offset < most; offset += count) {
        size_t capacity = most - offset < BATCH ? most - offset : BATCH;
        status = store_audit_list(store, offset, batch, capacity, &count, failure);
        for (size_t i = 0; status == STATUS_OK && i < count; i++)
            json_append_take(rows, audit_json(&batch[i]));
    }
    return status;
}

static bool read_count(const char *text, size_t *out)
{
    char *end = NULL;
    errno = 0;
    long count = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != 0 || count < 1 || count > LIST_COUNT_MOST)
        return false;
    *out = (size_t)count;
    return true;
}

enum ctl_exit ctl_audit_list(struct ctl *ctl)
{
    static const char *const columns[] = {"at", "writer", "number", "action", "actor", "subject", "detail"};
    struct failure failure = {0};
    size_t most = LIST_COUNT;
    if (ctl_has(ctl, CTL_OPTION_COUNT) && !read_count(ctl->option[CTL_OPTION_COUNT], &most))
        return ctl_misuse(ctl, "--count takes a number from 1 to %d", (int)LIST_COUNT_MOST);
    struct json *rows = json_new_array();
    enum status status = collect(ctl->store, most, rows, &failure);
    if (status == STATUS_OK && ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, rows);
    else if (status == STATUS_OK)
        ctl_output_table(ctl, NULL, rows, columns, CTL_OUTPUT_COUNT(columns));
    json_free(rows);
    return status == STATUS_OK ? CTL_EXIT_DONE
                               : ctl_refuse(ctl, status, &failure, "the audit could not be read");
}
