#include "kiosk/services/service_appointment.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/encode.h"
#include "kiosk/base/file.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_appointment.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_order.h"

enum { FILE_BYTES = 16 * 1024 };

/* --- keys -------------------------------------------------------------------------------------------- */

/* A line `partner key`, the key as 64 hexadecimal digits. Returns: whether it is this partner's. */
static bool read_line(const char *line, size_t length, const char *partner, uint8_t key[CRYPTO_KEY_BYTES])
{
    char digits[2 * CRYPTO_KEY_BYTES + 1];
    size_t name = strlen(partner);
    if (length != name + 1 + 2 * CRYPTO_KEY_BYTES || strncmp(line, partner, name) != 0 || line[name] != ' ')
        return false;
    memcpy(digits, line + name + 1, 2 * CRYPTO_KEY_BYTES);
    digits[2 * CRYPTO_KEY_BYTES] = '\0';
    bool is_key = encode_hex_decode(key, CRYPTO_KEY_BYTES, digits) == STATUS_OK;
    secret_wipe_bytes(digits, sizeof(digits));
    return is_key;
}

/* Read each time, so that a key that was taken back is worth nothing at once. Returns: NOT_FOUND for nobody's
 * partner. */
static enum status find_key(struct service_context *context, const char *partner,
                            uint8_t key[CRYPTO_KEY_BYTES], struct failure *failure)
{
    struct buf file;
    const char *path = context->settings->settings->appointment_keys_file;
    bool found = false;
    buf_init(&file, FILE_BYTES);
    enum status status = path[0] == 0 ? STATUS_NOT_FOUND : file_read(path, &file, failure);
    const char *line = (const char *)file.data, *limit = line == NULL ? NULL : line + file.length;
    while (status == STATUS_OK && line < limit && !found) {
        const char *end = memchr(line, '\n', (size_t)(limit - line));
        const char *last = end == NULL ? limit : end;
        found = read_line(line, (size_t)(last - line), partner, key);
        line = end == NULL ? limit : end + 1;
    }
    buf_wipe(&file);
    return status == STATUS_OK && !found ? STATUS_NOT_FOUND : status;
}

/* --- reading ----------------------------------------------------------------------------------------- */

static enum status refuse(struct service_job *job, enum service_reason reason)
{
    return service_job_refuse(job, reason, 0);
}

/* Who is no partner, and who signs with another key, is told the same. */
static enum status verify(struct service_context *context, struct service_job *job, struct appointment *out)
{
    struct appointment named;
    uint8_t key[CRYPTO_KEY_BYTES] = {0};
    const char *text = job->request.appointment;
    enum status status = appointment_parse(text, strlen(text), out, NULL);
    if (status != STATUS_OK)
        return status == STATUS_MALFORMED ? refuse(job, SERVICE_REASON_APPOINTMENT_FALSE) : status;
    status = find_key(context, out->partner, key, &job->failure);
    appointment_wipe(out);
    if (status == STATUS_OK)
        status = appointment_verify(key, text, strlen(text), &named);
    secret_wipe_bytes(key, sizeof(key));
    if (status == STATUS_NOT_FOUND || status == STATUS_REFUSED)
        return refuse(job, SERVICE_REASON_APPOINTMENT_FALSE);
    if (status == STATUS_OK)
        *out = named;
    return status;
}

/* What it is for is offered here, and it is neither old nor used. */
static enum status admit(struct service_context *context, struct service_job *job,
                         const struct appointment *appointment)
{
    bool used = false;
    const struct product *product = catalogue_find(context->settings->catalogue, appointment->product);
    const struct product_operation *operation =
        product == NULL ? NULL : product_find_operation(product, appointment->operation);
    bool is_offered =
        operation != NULL && operation->available &&
        (appointment->class_id[0] == 0 || product_find_class(product, appointment->class_id) != NULL);
    if (appointment->until_utc_s < service_now_utc_s(context))
        return refuse(job, SERVICE_REASON_APPOINTMENT_OVER);
    if (!is_offered)
        return refuse(job, SERVICE_REASON_APPOINTMENT_FALSE);
    enum status status = store_appointment_is_used(context->store, appointment->partner,
                                                   appointment->reference, &used, &job->failure);
    return status == STATUS_OK && used ? refuse(job, SERVICE_REASON_APPOINTMENT_USED) : status;
}

void service_appointment_read_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct appointment appointment = {0};
    form_values_init(&appointment.fields);
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = verify(context, job, &appointment);
    if (status == STATUS_OK)
        status = admit(context, job, &appointment);
    if (status == STATUS_OK) {
        struct service_patch *patch = service_job_patch(job);
        struct service_appointment *out = &patch->visit.appointment;
        patch->changes |= PATCH_APPOINTMENT;
        *out = (struct service_appointment){.is_read = true};
        (void)text_copy(out->text, sizeof(out->text), job->request.appointment);
        (void)text_copy(out->product, sizeof(out->product), appointment.product);
        (void)text_copy(out->operation, sizeof(out->operation), appointment.operation);
        (void)text_copy(out->class_id, sizeof(out->class_id), appointment.class_id);
    }
    appointment_wipe(&appointment);
    service_job_finish(job, status);
}

/* --- beginning --------------------------------------------------------------------------------------- */

/* Only what the form asks; the rest of what a partner knows is none of ours. */
static enum status put_fields(struct service_context *context, struct service_job *job,
                              const struct order *order, const struct form_values *fields)
{
    const struct form *form = product_operation_form(job->request.product, job->request.operation);
    enum status status = STATUS_OK;
    for (size_t i = 0; form != NULL && i < form->field_count && status == STATUS_OK; i++) {
        const char *value = form_values_get(fields, form->fields[i].id);
        if (value[0] != 0 && form_field_is_asked(&form->fields[i]))
            status = store_field_put(context->store, order->id, form->fields[i].id, value, &job->failure);
    }
    return status;
}

static enum status begin(struct service_context *context, struct service_job *job, const struct order *order,
                         const struct appointment *appointment)
{
    enum status status = store_appointment_use(context->store, appointment->partner, appointment->reference,
                                               order->id, &job->failure);
    if (status == STATUS_CONFLICT)
        return refuse(job, SERVICE_REASON_APPOINTMENT_USED);
    if (status == STATUS_OK && appointment->phone[0] != 0 && job->request.phone[0] == 0)
        status = store_order_set_lookup(context->store, order->id, STORE_ORDER_LOOKUP_PHONE,
                                        appointment->phone, &job->failure);
    return status == STATUS_OK ? put_fields(context, job, order, &appointment->fields) : status;
}

enum status service_appointment_begin(struct service_context *context, struct service_job *job,
                                      const struct order *order)
{
    struct appointment appointment = {0};
    if (job->request.appointment[0] == 0)
        return STATUS_OK;
    form_values_init(&appointment.fields);
    enum status status = verify(context, job, &appointment);
    if (status == STATUS_OK)
        status = admit(context, job, &appointment);
    bool is_its = strcmp(appointment.product, order->product) == 0 &&
                  strcmp(appointment.operation, order->operation) == 0;
    if (status == STATUS_OK && !is_its)
        status = refuse(job, SERVICE_REASON_APPOINTMENT_FALSE);
    if (status == STATUS_OK)
        status = begin(context, job, order, &appointment);
    appointment_wipe(&appointment);
    return status;
}
