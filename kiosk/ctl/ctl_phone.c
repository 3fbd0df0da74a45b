/* Phones for administrators: which orders wait for a phone's request, the request that its service brings,
 * and the certificate that was made. */
#include <string.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/ctl/ctl_order.h"
#include "kiosk/ctl/ctl_output.h"
#include "kiosk/form/form.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/pki/request.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_phone.h"

enum { BATCH = 32, CERTIFICATES_MAX = 16 };

/* --- waiting ----------------------------------------------------------------------------------------- */

static bool is_for_phone(const struct catalogue *catalogue, const struct order *order)
{
    const struct product *product = catalogue_find(catalogue, order->product);
    const struct product_operation *operation =
        product == NULL ? NULL : product_find_operation(product, order->operation);
    for (size_t i = 0; operation != NULL && i < operation->deed_count; i++)
        if (operation->deed[i] == PRODUCT_DEED_PHONE)
            return true;
    return false;
}

/* The number of who applies: the agent's, or the person's where the form asks for no agent. */
static const char *mobile_of(const struct form *form, const struct form_values *values)
{
    const char *mobile = "";
    for (size_t i = 0; i < form->field_count; i++) {
        const struct form_field *field = &form->fields[i];
        if (field->kind != FORM_KIND_MOBILE)
            continue;
        if (field->subject == FORM_SUBJECT_AGENT)
            return form_value(form, values, field->id);
        if (field->subject == FORM_SUBJECT_PERSON)
            mobile = form_value(form, values, field->id);
    }
    return mobile;
}

/* Whose phone it is, as the phone's service knows people: by mobile number, and what its request must say. */
static enum status add_person(const struct ctl *ctl, const struct catalogue *catalogue,
                              const struct order *order, struct json *row, struct failure *failure)
{
    struct form_values values;
    const struct product *product = catalogue_find(catalogue, order->product);
    const struct form *form =
        product_operation_form(product, product_find_operation(product, order->operation));
    struct json *subject = json_new_object();
    form_values_init(&values);
    enum status status = store_field_load(ctl->store, order->id, &values, failure);
    for (size_t i = 0; status == STATUS_OK && i < product->subject_count; i++) {
        struct buf text;
        buf_init(&text, LIMIT_FIELD_BYTES);
        status = form_fill(form, &values, product->subjects[i].pattern, &text);
        if (status == STATUS_OK && text.length > 0)
            json_set_text(subject, product->subjects[i].name, (const char *)text.data);
        buf_wipe(&text);
    }
    if (status == STATUS_OK)
        json_set_text(row, "phone", mobile_of(form, &values));
    json_set_take(row, "subject", subject);
    form_values_wipe(&values);
    return status;
}

static enum status append(const struct ctl *ctl, const struct catalogue *catalogue, const struct order *order,
                          struct json *rows, struct failure *failure)
{
    struct buf request;
    struct json *row = json_new_object();
    buf_init(&request, LIMIT_CERTIFICATE_BYTES);
    json_set_text(row, "number", order->acceptance);
    json_set_text(row, "operation", order->operation);
    json_set_bool(row, "requested", store_phone_load(ctl->store, order->id, &request, NULL) == STATUS_OK);
    ctl_output_set_time(row, "since", order->updated_utc_s);
    enum status status =
        ctl_has(ctl, CTL_OPTION_REVEAL) ? add_person(ctl, catalogue, order, row, failure) : STATUS_OK;
    json_append_take(rows, row);
    buf_wipe(&request);
    return status;
}

static enum status list_waiting(const struct ctl *ctl, const struct catalogue *catalogue, struct json *rows,
                                struct failure *failure)
{
    static const enum order_state acting = ORDER_STATE_ACTING;
    struct order orders[BATCH];
    struct store_order_filter filter = {.states = &acting, .states_count = 1};
    enum status status = STATUS_OK;
    for (size_t count = BATCH; status == STATUS_OK && count == BATCH; filter.offset += BATCH) {
        status = store_order_list(ctl->store, &filter, orders, BATCH, &count, failure);
        for (size_t i = 0; status == STATUS_OK && i < count; i++)
            if (is_for_phone(catalogue, &orders[i]))
                status = append(ctl, catalogue, &orders[i], rows, failure);
    }
    return status;
}

enum ctl_exit ctl_phone_list(struct ctl *ctl)
{
    static const char *const columns[] = {"number", "operation", "requested", "phone", "since"};
    struct failure failure = {0};
    if (ctl_has(ctl, CTL_OPTION_REVEAL)) {
        enum ctl_exit result = ctl_record(ctl, "value.reveal", "phones", "phone list");
        if (result != CTL_EXIT_DONE)
            return result;
    }
    struct catalogue *catalogue = ctl_order_words(ctl);
    if (catalogue == NULL)
        return CTL_EXIT_REFUSED;
    struct json *rows = json_new_array();
    enum status status = list_waiting(ctl, catalogue, rows, &failure);
    if (status == STATUS_OK && ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, rows);
    else if (status == STATUS_OK)
        ctl_output_table(ctl, NULL, rows, columns, CTL_OUTPUT_COUNT(columns));
    json_free(rows);
    catalogue_free(catalogue);
    return status == STATUS_OK ? CTL_EXIT_DONE
                               : ctl_refuse(ctl, status, &failure, "the orders could not be read");
}

/* --- the request ------------------------------------------------------------------------------------- */

static enum status read_request(const char *path, struct buf *out, struct failure *failure)
{
    struct certificate_list list = {0};
    enum status status = certificate_list_read_file(path, "CERTIFICATE REQUEST", &list, failure);
    if (status == STATUS_OK)
        status = request_verify(bytes_of_buf(&list.items[0]), failure);
    if (status == STATUS_OK)
        status = buf_append(out, list.items[0].data, list.items[0].length);
    certificate_list_release(&list);
    return status;
}

static enum ctl_exit load(const struct ctl *ctl, struct order *out)
{
    struct failure failure = {0};
    enum status status = store_order_load_by_number(ctl->store, ctl->word[0], out, &failure);
    if (status == STATUS_NOT_FOUND)
        return ctl_refuse(ctl, status, NULL, "there is no order %s", ctl->word[0]);
    return status == STATUS_OK ? CTL_EXIT_DONE
                               : ctl_refuse(ctl, status, &failure, "the order could not be read");
}

enum ctl_exit ctl_phone_request(struct ctl *ctl)
{
    struct order order;
    struct failure failure = {0};
    struct buf request;
    enum ctl_exit result = load(ctl, &order);
    if (result != CTL_EXIT_DONE)
        return result;
    struct catalogue *catalogue = ctl_order_words(ctl);
    bool waits = catalogue != NULL && order.state == ORDER_STATE_ACTING && is_for_phone(catalogue, &order);
    catalogue_free(catalogue);
    if (!waits)
        return ctl_refuse(ctl, STATUS_BAD_STATE, NULL, "the order waits for no phone");
    buf_init(&request, LIMIT_CERTIFICATE_BYTES);
    enum status status = read_request(ctl->word[1], &request, &failure);
    if (status != STATUS_OK)
        result = ctl_refuse(ctl, status, &failure, "%s holds no request signed by its own key", ctl->word[1]);
    if (status == STATUS_OK) {
        status = store_phone_put(ctl->store, order.id, request.data, request.length, NULL, &failure);
        if (status != STATUS_OK)
            result = ctl_refuse(ctl, status, &failure, "the request could not be stored");
    }
    buf_wipe(&request);
    return result;
}

/* --- the certificate --------------------------------------------------------------------------------- */

/* What stands of an order, one after another: the certificate, and of a pair the other one and its key,
 * enveloped for the phone's. */
static enum status write_parts(const struct ctl *ctl, const char *request_id, struct buf *pem,
                               struct failure *failure)
{
    static const struct {
        enum store_certificate_part part;
        const char *label;
        bool must;
    } parts[] = {{STORE_CERTIFICATE_DER, "CERTIFICATE", true},
                 {STORE_CERTIFICATE_ENCRYPTION_DER, "CERTIFICATE", false},
                 {STORE_CERTIFICATE_ENVELOPED_KEY, "ENVELOPED KEY", false}};
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < CTL_OUTPUT_COUNT(parts); i++) {
        struct buf der;
        buf_init(&der, LIMIT_CERTIFICATE_BYTES);
        status = store_certificate_part(ctl->store, request_id, parts[i].part, &der, failure);
        if (status == STATUS_OK)
            status = certificate_write_pem(bytes_of_buf(&der), parts[i].label, pem);
        else if (status == STATUS_NOT_FOUND && !parts[i].must)
            status = STATUS_OK;
        buf_wipe(&der);
    }
    return status;
}

enum ctl_exit ctl_phone_certificate(struct ctl *ctl)
{
    struct order order;
    struct store_certificate rows[CERTIFICATES_MAX];
    struct failure failure = {0};
    struct buf pem;
    size_t count = 0;
    enum ctl_exit result = load(ctl, &order);
    if (result != CTL_EXIT_DONE)
        return result;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    enum status status =
        store_certificate_list(ctl->store, order.id, rows, CERTIFICATES_MAX, &count, &failure);
    if (status == STATUS_OK && (count == 0 || rows[count - 1].state != STORE_CERTIFICATE_CONFIRMED))
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        status = write_parts(ctl, rows[count - 1].request_id, &pem, &failure);
    if (status == STATUS_OK)
        result = ctl_record(ctl, "unit.certificate", order.id, "phone certificate");
    if (status == STATUS_OK && result == CTL_EXIT_DONE)
        (void)fwrite(pem.data, 1, pem.length, ctl->io->out);
    buf_wipe(&pem);
    return status == STATUS_OK
               ? result
               : ctl_refuse(ctl, status, &failure, "the order has no certificate that stands");
}
