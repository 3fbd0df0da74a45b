#include <string.h>

#include "kiosk/ctl/ctl_order.h"
#include "kiosk/store/store_order.h"

static void print_text(const struct ctl *ctl, const struct json *document)
{
    static const char *const members[] = {"number",    "id",        "state",    "label",   "product",
                                          "class",     "operation", "terminal", "version", "amount_yuan",
                                          "paid_yuan", "created",   "updated"};
    static const char *const history[] = {"at", "kind", "event", "from", "to", "owner", "subject"};
    static const char *const payments[] = {"out_trade_no", "channel",  "attempt",   "amount_yuan",
                                           "state",        "trade_no", "refund_no", "paid"};
    static const char *const certificates[] = {"serial", "state", "key_mark", "request_id", "not_after"};
    static const char *const encryption_certificates[] = {"serial", "recovered", "proven", "not_after",
                                                          "request_id"};
    static const char *const keys[] = {"mark", "state", "serial", "model", "label"};
    static const char *const intentions[] = {"kind",    "state",    "owner", "takeovers",
                                             "created", "finished", "id"};
    static const char *const pages[] = {"paper",    "page",      "version", "size_bytes",
                                        "width_px", "height_px", "at"};
    static const char *const decisions[] = {"action", "state", "signers", "method", "created", "id"};
    static const char *const values[] = {"label", "field", "value"};
    static const char *const rejections[] = {"item", "reason"};
#define TABLE(title, name)                                                                                   \
    ctl_output_table(ctl, title, json_member(document, #name), name, CTL_OUTPUT_COUNT(name))
    ctl_output_members(ctl, document, members, CTL_OUTPUT_COUNT(members));
    TABLE("history", history);
    TABLE("payments", payments);
    TABLE("certificates", certificates);
    TABLE("encryption certificates", encryption_certificates);
    TABLE("keys", keys);
    TABLE("intentions", intentions);
    TABLE("pages", pages);
    TABLE("decisions", decisions);
    TABLE("values", values);
    TABLE("rejected items", rejections);
#undef TABLE
    if (!ctl_has(ctl, CTL_OPTION_REVEAL))
        (void)fputs("\nwhat the applicant wrote is shown with --reveal, which is recorded\n", ctl->io->out);
}

static enum status load(const struct ctl *ctl, struct order *out, struct failure *failure)
{
    enum status status = store_order_load_by_number(ctl->store, ctl->word[0], out, failure);
    if (status == STATUS_NOT_FOUND)
        status = store_order_load(ctl->store, ctl->word[0], out, failure);
    return status;
}

static enum ctl_exit show(const struct ctl *ctl, const struct order *order, const struct catalogue *catalogue)
{
    struct failure failure = {0};
    struct json *document = ctl_order_json(order, catalogue);
    enum status status = ctl_order_records(ctl->store, order, document, &failure);
    if (status == STATUS_OK && ctl_has(ctl, CTL_OPTION_REVEAL))
        status = ctl_order_reveal(ctl->store, order, catalogue, document, &failure);
    if (status == STATUS_OK && ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, document);
    else if (status == STATUS_OK)
        print_text(ctl, document);
    json_free(document);
    return status == STATUS_OK ? CTL_EXIT_DONE
                               : ctl_refuse(ctl, status, &failure, "the order could not be read");
}

enum ctl_exit ctl_order_show(struct ctl *ctl)
{
    struct order order;
    struct failure failure = {0};
    enum status status = load(ctl, &order, &failure);
    if (status == STATUS_NOT_FOUND)
        return ctl_refuse(ctl, status, NULL, "there is no order %s", ctl->word[0]);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "the order could not be read");
    if (ctl_has(ctl, CTL_OPTION_REVEAL)) {
        enum ctl_exit result = ctl_record(ctl, "value.reveal", order.id, "order show");
        if (result != CTL_EXIT_DONE)
            return result;
    }
    struct catalogue *catalogue = ctl_order_words(ctl);
    enum ctl_exit result = show(ctl, &order, catalogue);
    catalogue_free(catalogue);
    return result;
}
