#include "kiosk/ctl/ctl_output.h"
#include "kiosk/store/store_check.h"

enum ctl_exit ctl_store_check(struct ctl *ctl)
{
    static const char *const names[] = {"file",
                                        "audit",
                                        "sealed",
                                        "orders",
                                        "sealed_values",
                                        "open_intentions",
                                        "audit_rows",
                                        "audit_broken_writer",
                                        "audit_broken_row"};
    struct store_check_report report = {0};
    struct failure failure = {0};
    enum status status = store_check(ctl->store, &report, &failure);
    if (status != STATUS_OK && status != STATUS_MALFORMED)
        return ctl_refuse(ctl, status, &failure, "the store could not be read");
    struct json *document = json_new_object();
    json_set_text(document, "file", status_name(report.file));
    json_set_text(document, "audit", status_name(report.audit));
    json_set_text(document, "sealed", status_name(report.sealed));
    json_set_integer(document, "orders", report.orders);
    json_set_integer(document, "sealed_values", report.sealed_values);
    json_set_integer(document, "open_intentions", report.open_intentions);
    json_set_integer(document, "audit_rows", report.audit_report.rows);
    if (report.audit != STATUS_OK) {
        ctl_output_set_text(document, "audit_broken_writer", report.audit_report.broken_writer);
        json_set_integer(document, "audit_broken_row", report.audit_report.broken_number);
    }
    if (ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, document);
    else
        ctl_output_members(ctl, document, names, CTL_OUTPUT_COUNT(names));
    json_free(document);
    return status == STATUS_OK ? CTL_EXIT_DONE : ctl_refuse(ctl, status, &failure, "the store is damaged");
}

enum ctl_exit ctl_store_backup(struct ctl *ctl)
{
    struct failure failure = {0};
    const char *path = ctl->word[0];
    enum status status = store_backup(ctl->store, path, &failure);
    if (status == STATUS_CONFLICT)
        return ctl_refuse(ctl, status, NULL, "%s exists and is left alone", path);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "no backup was made at %s", path);
    (void)fprintf(ctl->io->out, "%s holds the store; it is worth nothing without the hall key\n", path);
    return CTL_EXIT_DONE;
}
