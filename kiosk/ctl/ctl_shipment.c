/* Keys that go by courier, for administrators: how far each is; and the export with addresses that a
 * courier's own program takes. */
#include <string.h>

#include "kiosk/base/secret.h"
#include "kiosk/catalogue/catalogue.h"
#include "kiosk/ctl/ctl_order.h"
#include "kiosk/ctl/ctl_output.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_shipment.h"

enum { SHIPMENTS_MAX = 1024, ADDRESS_BYTES = 512 };

static enum ctl_exit refuse_reading(const struct ctl *ctl, enum status status, const struct failure *failure)
{
    return ctl_refuse(ctl, status, failure, "the shipments could not be read");
}

/* The address out of the fields the product names. */
static void write_address(const struct product *product, const struct form_values *values,
                          char out[ADDRESS_BYTES])
{
    size_t used = 0;
    out[0] = 0;
    for (size_t i = 0; i < product->pickup_address_count && used < ADDRESS_BYTES; i++)
        used += (size_t)snprintf(out + used, ADDRESS_BYTES - used, "%s%s", i == 0 ? "" : " ",
                                 form_values_get(values, product->pickup_address[i]));
}

static enum status add_receiver(struct ctl *ctl, const struct catalogue *catalogue, const struct order *order,
                                struct json *row, struct failure *failure)
{
    struct form_values values;
    char address[ADDRESS_BYTES];
    const struct product *product = catalogue_find(catalogue, order->product);
    if (product == NULL || product->pickup_address_count == 0)
        return STATUS_OK;
    form_values_init(&values);
    enum status status = store_field_load(ctl->store, order->id, &values, failure);
    if (status == STATUS_OK) {
        write_address(product, &values, address);
        json_set_text(row, "receiver", form_values_get(&values, product->pickup_receiver));
        json_set_text(row, "phone", form_values_get(&values, product->pickup_phone));
        json_set_text(row, "address", address);
        secret_wipe_bytes(address, sizeof(address));
    }
    form_values_wipe(&values);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status; /* the person is forgotten */
}

/* With a catalogue the rows say who receives it where. */
static enum status append(struct ctl *ctl, const struct catalogue *catalogue,
                          const struct store_shipment *shipment, struct json *rows, struct failure *failure)
{
    struct order order;
    enum status status = store_order_load(ctl->store, shipment->order_id, &order, failure);
    if (status != STATUS_OK)
        return status;
    struct json *row = json_new_object();
    json_set_text(row, "number", order.acceptance);
    json_set_text(row, "product", order.product);
    json_set_text(row, "state", store_shipment_state_name(shipment->state));
    ctl_output_set_text(row, "carrier", shipment->carrier);
    ctl_output_set_text(row, "tracking", shipment->tracking);
    ctl_output_set_time(row, "since", shipment->updated_utc_s);
    if (catalogue != NULL)
        status = add_receiver(ctl, catalogue, &order, row, failure);
    json_append_take(rows, row);
    return status;
}

static enum status read_all(struct ctl *ctl, const struct catalogue *catalogue, struct json *rows,
                            struct failure *failure)
{
    static struct store_shipment shipments[SHIPMENTS_MAX];
    size_t count = 0;
    enum status status = store_shipment_list(ctl->store, shipments, SHIPMENTS_MAX, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = append(ctl, catalogue, &shipments[i], rows, failure);
    return status;
}

enum ctl_exit ctl_shipment_list(struct ctl *ctl)
{
    static const char *const columns[] = {"number", "product", "state", "carrier", "tracking", "since"};
    struct failure failure = {0};
    struct json *rows = json_new_array();
    enum status status = read_all(ctl, NULL, rows, &failure);
    if (status == STATUS_OK && ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, rows);
    else if (status == STATUS_OK)
        ctl_output_table(ctl, NULL, rows, columns, CTL_OUTPUT_COUNT(columns));
    json_free(rows);
    return status == STATUS_OK ? CTL_EXIT_DONE : refuse_reading(ctl, status, &failure);
}

static enum ctl_exit export_with(struct ctl *ctl, const struct catalogue *catalogue)
{
    static const char *const columns[] = {"number",  "product", "state",    "receiver", "phone",
                                          "address", "carrier", "tracking", "since"};
    struct failure failure = {0};
    struct json *rows = json_new_array();
    enum status status = read_all(ctl, catalogue, rows, &failure);
    if (status == STATUS_OK && ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, rows);
    else if (status == STATUS_OK)
        status = ctl_output_csv(ctl, rows, columns, CTL_OUTPUT_COUNT(columns));
    json_free(rows);
    return status == STATUS_OK ? CTL_EXIT_DONE : refuse_reading(ctl, status, &failure);
}

enum ctl_exit ctl_shipment_export(struct ctl *ctl)
{
    struct catalogue *catalogue = ctl_order_words(ctl);
    if (catalogue == NULL)
        return CTL_EXIT_REFUSED;
    enum ctl_exit result = ctl_record(ctl, "shipment.export", "shipments", "shipment export");
    if (result == CTL_EXIT_DONE)
        result = export_with(ctl, catalogue);
    catalogue_free(catalogue);
    return result;
}
