#include "kiosk/ctl/ctl_order.h"

#include <string.h>

#include "kiosk/store/store_order.h"

enum { BATCH = 64 };

struct catalogue *ctl_order_words(const struct ctl *ctl)
{
    struct yaml_errors errors;
    struct catalogue *catalogue = NULL;
    yaml_errors_init(&errors);
    enum status status = catalogue_open(ctl->settings->paths_catalogue, &errors, &catalogue);
    if (status != STATUS_OK)
        (void)ctl_refuse(ctl, status, NULL, "no product words: %s; try certctl catalogue check",
                         ctl->settings->paths_catalogue);
    yaml_errors_release(&errors);
    return catalogue;
}

struct json *ctl_order_json(const struct order *order, const struct catalogue *catalogue)
{
    struct json *row = json_new_object();
    const struct product *product = catalogue == NULL ? NULL : catalogue_find(catalogue, order->product);
    const struct product_class *class = product == NULL ? NULL : product_find_class(product, order->class_id);
    const struct product_operation *operation =
        product == NULL ? NULL : product_find_operation(product, order->operation);
    json_set_text(row, "number", order->acceptance);
    json_set_text(row, "id", order->id);
    json_set_text(row, "state", order_state_name(order->state));
    if (product != NULL)
        json_set_text(row, "label", product_status_label(product, order->state));
    json_set_text(row, "product", product != NULL ? product->name : order->product);
    json_set_text(row, "class", class != NULL ? class->label : order->class_id);
    json_set_text(row, "operation", operation != NULL ? operation->label : order->operation);
    json_set_text(row, "terminal", order->terminal);
    json_set_integer(row, "version", order->version);
    ctl_output_set_money(row, "amount_fen", "amount_yuan", order->amount_fen);
    ctl_output_set_money(row, "paid_fen", "paid_yuan", order->paid_fen);
    ctl_output_set_time(row, "created", order->created_utc_s);
    ctl_output_set_time(row, "updated", order->updated_utc_s);
    return row;
}

bool ctl_order_since(const struct ctl *ctl, const char *text, int64_t *out)
{
    unsigned count = 0;
    char unit = 0;
    int used = 0;
    if (clock_hall_day_of(text, out))
        return true;
    if (sscanf(text, "%5u%c%n", &count, &unit, &used) != 2 || text[used] != 0 || (unit != 'd' && unit != 'h'))
        return false;
    *out = clock_utc_s(ctl->io->clock) - (int64_t)count * (unit == 'd' ? 86400 : 3600);
    return true;
}

static enum status collect(const struct ctl *ctl, struct store_order_filter *filter, struct json *rows,
                           struct failure *failure)
{
    struct order batch[BATCH];
    struct catalogue *catalogue = ctl_order_words(ctl);
    enum status status = STATUS_OK;
    for (size_t count = 1; status == STATUS_OK && count > 0; filter->offset += count) {
        count = 0;
        status = store_order_list(ctl->store, filter, batch, BATCH, &count, failure);
        for (size_t i = 0; status == STATUS_OK && i < count; i++)
            json_append_take(rows, ctl_order_json(&batch[i], catalogue));
    }
    catalogue_free(catalogue);
    return status;
}

enum ctl_exit ctl_order_list(struct ctl *ctl)
{
    static const char *const columns[] = {"number",    "state",       "label",    "product", "class",
                                          "operation", "amount_yuan", "terminal", "created"};
    struct store_order_filter filter = {.by_alarm = ctl_has(ctl, CTL_OPTION_ALARM)};
    enum order_state state = ORDER_STATE_COUNT_;
    struct failure failure = {0};
    const char *since = ctl->option[CTL_OPTION_SINCE];
    if (ctl_has(ctl, CTL_OPTION_STATE)) {
        if (order_state_parse(ctl->option[CTL_OPTION_STATE], &state) != STATUS_OK)
            return ctl_misuse(ctl, "%s is no order state", ctl->option[CTL_OPTION_STATE]);
        filter.states = &state;
        filter.states_count = 1;
    }
    if (since != NULL && !ctl_order_since(ctl, since, &filter.since_utc_s))
        return ctl_misuse(ctl, "--since takes a date (2026-11-21) or a span (3d, 12h), not %s", since);
    struct json *rows = json_new_array();
    enum status status = collect(ctl, &filter, rows, &failure);
    if (status == STATUS_OK && ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, rows);
    else if (status == STATUS_OK)
        ctl_output_table(ctl, NULL, rows, columns, CTL_OUTPUT_COUNT(columns));
    json_free(rows);
    return status == STATUS_OK ? CTL_EXIT_DONE
                               : ctl_refuse(ctl, status, &failure, "the orders could not be read");
}
