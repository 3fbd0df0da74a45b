/* Invoices for the tax system: listed, exported with their titles, noted as issued. */
#include <string.h>
#include <unistd.h>

#include "kiosk/base/csv.h"
#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/money.h"
#include "kiosk/base/secret.h"
#include "kiosk/ctl/ctl_order.h"
#include "kiosk/store/store_invoice.h"
#include "kiosk/store/store_order.h"

enum { BATCH = 64 };

/* A column of the export: member of the JSON object and head of the CSV file. */
static const struct {
    const char *key, *head;
} columns[] = {{"number", "受理号"},    {"state", "状态"},       {"title", "抬头"},
               {"tax_number", "税号"},  {"amount_yuan", "金额"}, {"paid", "缴费时间"},
               {"due", "应开时间"},     {"document", "发票号"},  {"issued", "开具时间"},
               {"email", "收票邮箱"},   {"address", "地址电话"}, {"bank", "开户银行"},
               {"account", "银行账号"}, {"product", "项目"},     {"operation", "业务"}};

/* --- rows ---------------------------------------------------------------------------------------------- */

static void set_title(struct json *row, const struct store_invoice_title *title)
{
    json_set_text(row, "title", title->title);
    json_set_text(row, "tax_number", title->tax_number);
    json_set_text(row, "email", title->email);
    json_set_text(row, "address", title->address);
    json_set_text(row, "bank", title->bank);
    json_set_text(row, "account", title->account);
}

static void set_product(struct json *row, const struct order *order, const struct catalogue *catalogue)
{
    const struct product *product = catalogue == NULL ? NULL : catalogue_find(catalogue, order->product);
    const struct product_operation *operation =
        product == NULL ? NULL : product_find_operation(product, order->operation);
    json_set_text(row, "product", product != NULL ? product->name : order->product);
    json_set_text(row, "operation", operation != NULL ? operation->label : order->operation);
}

/* A title whose person was forgotten is left out. */
static enum status add_row(const struct ctl *ctl, const struct store_invoice *invoice, bool with_title,
                           const struct catalogue *catalogue, struct json *rows, struct failure *failure)
{
    struct order order;
    struct store_invoice_title title = {0};
    enum status status = store_order_load(ctl->store, invoice->order_id, &order, failure);
    if (status == STATUS_OK && with_title)
        status = store_invoice_load_title(ctl->store, invoice->order_id, &title, failure);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    struct json *row = json_new_object();
    json_set_text(row, "number", order.acceptance);
    json_set_text(row, "id", invoice->order_id);
    json_set_text(row, "state", store_invoice_state_name(invoice->state));
    ctl_output_set_money(row, "amount_fen", "amount_yuan", invoice->amount_fen);
    ctl_output_set_time(row, "paid", invoice->paid_utc_s);
    ctl_output_set_time(row, "requested", invoice->requested_utc_s);
    ctl_output_set_time(row, "due", invoice->due_utc_s);
    ctl_output_set_time(row, "issued", invoice->issued_utc_s);
    ctl_output_set_text(row, "document", invoice->document);
    set_product(row, &order, catalogue);
    if (with_title)
        set_title(row, &title);
    json_append_take(rows, row);
    secret_wipe_bytes(&title, sizeof(title));
    return STATUS_OK;
}

static enum status collect(const struct ctl *ctl, struct store_invoice_filter *filter, bool with_title,
                           struct json *rows, struct failure *failure)
{
    struct store_invoice batch[BATCH];
    struct catalogue *catalogue = ctl_order_words(ctl);
    enum status status = STATUS_OK;
    for (size_t count = 1; status == STATUS_OK && count > 0; filter->offset += count) {
        count = 0;
        status = store_invoice_list(ctl->store, filter, batch, BATCH, &count, failure);
        for (size_t i = 0; status == STATUS_OK && i < count; i++)
            status = add_row(ctl, &batch[i], with_title, catalogue, rows, failure);
    }
    catalogue_free(catalogue);
    return status;
}

static enum ctl_exit read_filter(const struct ctl *ctl, struct store_invoice_filter *out)
{
    const char *state = ctl->option[CTL_OPTION_STATE];
    const char *since = ctl->option[CTL_OPTION_SINCE];
    *out = (struct store_invoice_filter){.state = STORE_INVOICE_COUNT_};
    if (state != NULL)
        out->state = store_invoice_state_from_name(state);
    if (state != NULL && out->state == STORE_INVOICE_COUNT_)
        return ctl_misuse(ctl, "%s is no state of an invoice: open, requested, issued, void", state);
    if (since != NULL && !ctl_order_since(ctl, since, &out->since_utc_s))
        return ctl_misuse(ctl, "--since takes a date (2026-11-21) or a span (3d, 12h), not %s", since);
    return CTL_EXIT_DONE;
}

enum ctl_exit ctl_invoice_list(struct ctl *ctl)
{
    static const char *const shown[] = {"number", "state",    "amount_yuan", "paid",
                                        "due",    "document", "product"};
    struct store_invoice_filter filter;
    struct failure failure = {0};
    enum ctl_exit result = read_filter(ctl, &filter);
    if (result != CTL_EXIT_DONE)
        return result;
    struct json *rows = json_new_array();
    enum status status = collect(ctl, &filter, false, rows, &failure);
    if (status == STATUS_OK && ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, rows);
    else if (status == STATUS_OK)
        ctl_output_table(ctl, NULL, rows, shown, CTL_OUTPUT_COUNT(shown));
    json_free(rows);
    return status == STATUS_OK ? CTL_EXIT_DONE
                               : ctl_refuse(ctl, status, &failure, "the invoices could not be read");
}

/* --- export -------------------------------------------------------------------------------------------- */

static enum status add_line(struct buf *csv, const struct json *row)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < CTL_OUTPUT_COUNT(columns) && status == STATUS_OK; i++)
        status = csv_append(csv, row == NULL ? columns[i].head : json_text(row, columns[i].key, ""),
                            i + 1 == CTL_OUTPUT_COUNT(columns));
    return status;
}

/* With the mark that makes spreadsheets read it as UTF-8. */
static enum status write_csv(const struct json *rows, struct buf *csv)
{
    enum status status = buf_append_text(csv, "\xEF\xBB\xBF");
    if (status == STATUS_OK)
        status = add_line(csv, NULL);
    for (size_t i = 0; i < json_length(rows) && status == STATUS_OK; i++)
        status = add_line(csv, json_element(rows, i));
    return status;
}

static enum ctl_exit write_file(struct ctl *ctl, const struct json *rows, const char *path)
{
    struct buf csv;
    struct failure failure = {0};
    buf_init(&csv, LIMIT_PDF_BYTES);
    enum status status = write_csv(rows, &csv);
    if (status == STATUS_OK)
        status = file_replace(path, csv.data, csv.length, 0600, &failure);
    buf_wipe(&csv);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "%s was not written", path);
    (void)fprintf(ctl->io->out, "%zu invoices in %s\n", json_length(rows), path);
    return CTL_EXIT_DONE;
}

enum ctl_exit ctl_invoice_export(struct ctl *ctl)
{
    struct store_invoice_filter filter;
    struct failure failure = {0};
    bool as_json = ctl_has(ctl, CTL_OPTION_JSON);
    enum ctl_exit result = read_filter(ctl, &filter);
    if (result == CTL_EXIT_DONE && as_json == (ctl->word_count > 0))
        result = ctl_misuse(ctl, "invoice export takes a FILE for CSV, or --json");
    if (result == CTL_EXIT_DONE) /* titles are what applicants wrote: recorded before they are shown */
        result = ctl_record(ctl, "invoice.export", "", store_invoice_state_name(filter.state));
    if (result != CTL_EXIT_DONE)
        return result;
    struct json *rows = json_new_array();
    enum status status = collect(ctl, &filter, true, rows, &failure);
    if (status != STATUS_OK)
        result = ctl_refuse(ctl, status, &failure, "the invoices could not be read");
    else if (as_json)
        ctl_output_json(ctl, rows);
    else
        result = write_file(ctl, rows, ctl->word[0]);
    json_free(rows);
    return result;
}

/* --- issue --------------------------------------------------------------------------------------------- */

enum ctl_exit ctl_invoice_issue(struct ctl *ctl)
{
    struct order order;
    struct failure failure = {0};
    char actor[32];
    ctl_actor(actor, sizeof(actor));
    enum status status = store_order_load_by_number(ctl->store, ctl->word[0], &order, &failure);
    if (status == STATUS_OK)
        status = store_invoice_issue(ctl->store, order.id, 0, ctl->word[1], actor, &failure);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, &failure, "the invoice of %s is not noted as issued", ctl->word[0]);
    (void)fprintf(ctl->io->out, "%s: %s\n", ctl->word[0], ctl->word[1]);
    return CTL_EXIT_DONE;
}
