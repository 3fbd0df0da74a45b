/* The holder's PIN: the last act on a proven key; after it the transport PIN is gone (decisions.md 8). */
#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/form/rule_pin.h"
#include "kiosk/services/service_issue.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_step.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/services/service_supersede.h"
#include "kiosk/services/service_wish.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_shipment.h"

static enum status check_rule(struct service_context *context, struct service_job *job,
                              const struct order *order)
{
    const struct product *product = NULL;
    const struct product_operation *operation = NULL;
    const struct token_info *info = &service_key_own(context)->info;
    struct form_values values;
    struct form_error error;
    struct rule_pin rule;
    form_values_init(&values);
    enum status status = service_product_of(context, order, &product, &operation);
    if (status == STATUS_OK)
        status = store_field_load(context->store, order->id, &values, &job->failure);
    if (status == STATUS_OK)
        status = rule_pin_narrow(&product->pin, (unsigned)info->pin_min_bytes, (unsigned)info->pin_max_bytes,
                                 &rule);
    if (status == STATUS_OK && !rule_pin_check(&rule, &job->request.secret,
                                               product_operation_form(product, operation), &values, &error)) {
        job->reason = SERVICE_REASON_PIN_WEAK;
        status = STATUS_REFUSED;
    }
    form_values_wipe(&values);
    return status;
}

/* REFUSED means that the transport PIN is gone: a run before this one was killed after the act. The SO PIN,
 * which only the hall can derive, then gives the key the PIN the holder has just chosen. */
static enum status set_on_key(struct service_context *context, const struct store_key *key,
                              const struct secret *pin, struct failure *failure)
{
    struct token *token = context->drivers.token;
    const struct token_identity *identity = &service_key_own(context)->info.identity;
    struct secret transport = {0};
    struct secret so = {0};
    enum status status = service_key_transport_pin(context, key, &transport, failure);
    if (status == STATUS_OK)
        status = token_set_pin(token, identity, &transport, pin, failure);
    if (status == STATUS_REFUSED || status == STATUS_BAD_STATE) {
        status = service_key_so_pin(context, key, &so, failure);
        if (status == STATUS_OK)
            status = token_unlock_pin(token, identity, &so, pin, failure);
    }
    secret_wipe(&transport);
    secret_wipe(&so);
    return status;
}

static enum status store_set(struct service_context *context, const char *order_id,
                             const struct store_key *key, const char *intention, struct failure *failure)
{
    struct order order;
    unsigned left = 0;
    enum status status = store_begin(context->store, failure);
    if (status != STATUS_OK)
        return status;
    status = service_intention_end(context, intention, true, "set", failure);
    if (status == STATUS_OK && key->state == STORE_KEY_IN_WORK)
        status =
            store_key_step(context->store, key->mark, STORE_KEY_IN_WORK, STORE_KEY_DELIVERED, NULL, failure);
    if (status == STATUS_OK)
        status = service_wish_keys_left(context, order_id, &left, failure);
    if (status == STATUS_OK)
        status = service_step(context, order_id, left > 0 ? ORDER_EVENT_KEY_NEXT : ORDER_EVENT_PIN_SET,
                              &order, failure);
    if (status == STATUS_OK)
        status = service_supersede_begin(context, &order, failure);
    return store_end(context->store, status, failure);
}

/* Only a key whose certificate is confirmed, and is not being revoked, is given its holder's PIN. */
static enum status check_certificate(struct service_context *context, const char *order_id,
                                     struct failure *failure)
{
    struct store_certificate certificate;
    char id[STORE_ID_BYTES];
    enum status status = service_issue_certificate(context, order_id, &certificate, failure);
    if (status == STATUS_NOT_FOUND)
        status = service_subject_load(context, order_id, &certificate, failure);
    if (status == STATUS_OK && certificate.state != STORE_CERTIFICATE_CONFIRMED)
        status = STATUS_BAD_STATE;
    if (status == STATUS_OK && service_intention_find(context, order_id, STORE_INTENTION_REVOKE_CERTIFICATE,
                                                      certificate.request_id, id, failure) == STATUS_OK)
        status = STATUS_BAD_STATE;
    return status == STATUS_NOT_FOUND ? STATUS_BAD_STATE : status;
}

static enum status find_key(struct service_context *context, struct service_job *job, struct store_key *key)
{
    enum status status = service_key_look(context, &job->failure);
    if (status == STATUS_OK)
        status = service_key_of_order(context, job->request.order_id, key, &job->failure);
    if (status != STATUS_OK)
        return status;
    const struct token_info *info = &service_key_own(context)->info;
    if (info->presence == TOKEN_ABSENT)
        return STATUS_LOST;
    return strcmp(info->identity.mark, key->mark) == 0 ? STATUS_OK : STATUS_CONFLICT;
}

static enum status pin_set(struct service_context *context, struct service_job *job, bool by_rule)
{
    struct order order;
    struct store_key key;
    char intention[STORE_ID_BYTES];
    enum status status =
        service_step_allowed(context, job->request.order_id, ORDER_EVENT_PIN_SET, &order, &job->failure);
    if (status == STATUS_OK)
        status = check_certificate(context, order.id, &job->failure);
    if (status != STATUS_OK)
        return status;
    status = find_key(context, job, &key);
    if (status != STATUS_OK) {
        job->reason = service_key_reason(status);
        return status;
    }
    if (by_rule)
        status = check_rule(context, job, &order);
    if (status == STATUS_OK)
        status = service_intention_begin(context, order.id, STORE_INTENTION_SET_PIN, key.mark, intention,
                                         &job->failure);
    if (status != STATUS_OK)
        return status;
    status = set_on_key(context, &key, &job->request.secret, &job->failure);
    if (status != STATUS_OK) {
        job->reason = service_key_reason(status);
        return status;
    }
    status = store_set(context, order.id, &key, intention, &job->failure);
    if (status != STATUS_OK)
        return status;
    struct failure failure = {0};
    enum status old = service_supersede_carry_out(context, order.id, &failure); /* else the sweep does it */
    if (old != STATUS_OK)
        log_failure("pin", "withdrawing the certificate that was replaced", old, &failure);
    return STATUS_OK;
}

enum status service_pin_give(struct service_context *context, struct service_job *job)
{
    return pin_set(context, job, false);
}

void service_pin_set_run(struct service_context *context, struct service_job *job)
{
    enum status status = pin_set(context, job, true);
    if (status == STATUS_OK)
        (void)!service_load_patch(context, job, job->request.order_id, false);
    service_job_finish(job, status);
}

/* --- a PIN that was sent with its key ------------------------------------------------------------------ */

/* The key in the writer is the one whose holder has logged in. */
static enum status find_holders_key(struct service_context *context, struct service_job *job,
                                    struct order *order, const struct product **product)
{
    struct store *store = NULL;
    struct store_certificate certificate;
    struct failure *failure = &job->failure;
    enum status status = service_store(context, &store);
    if (status == STATUS_OK)
        status = store_certificate_load(store, job->request.holder_request_id, &certificate, failure);
    if (status == STATUS_OK)
        status = store_order_load(store, job->request.holder_order_id, order, failure);
    if (status == STATUS_OK)
        status = service_key_look(context, failure);
    if (status != STATUS_OK)
        return status;
    const struct token_info *info = &service_key_own(context)->info;
    *product = catalogue_find(context->settings->catalogue, order->product);
    if (info->presence == TOKEN_ABSENT)
        return service_job_refuse(job, SERVICE_REASON_KEY_PULLED, 0);
    if (strcmp(info->identity.mark, certificate.key_mark) != 0)
        return service_job_refuse(job, SERVICE_REASON_KEY_OTHER, 0);
    return *product == NULL || (*product)->pin_default[0] == 0 ? STATUS_BAD_STATE : STATUS_OK;
}

/* The old one is the product's, which the holder has typed to log in. Killed between key and store, the next
 * login with the new PIN notes the change. */
static enum status replace_default(struct service_context *context, struct service_job *job)
{
    struct order order;
    const struct product *product = NULL;
    struct secret old = {0};
    enum status status = find_holders_key(context, job, &order, &product);
    if (status == STATUS_OK)
        status = check_rule(context, job, &order);
    if (status == STATUS_OK)
        status = secret_set(&old, product->pin_default, strlen(product->pin_default));
    if (status == STATUS_OK)
        status = token_set_pin(context->drivers.token, &service_key_own(context)->info.identity, &old,
                               &job->request.secret, &job->failure);
    secret_wipe(&old);
    if (status == STATUS_OK)
        status = store_shipment_changed(context->store, order.id, &job->failure);
    return status == STATUS_CONFLICT ? STATUS_BAD_STATE : status;
}

void service_key_new_pin_run(struct service_context *context, struct service_job *job)
{
    bool is_proven = job->request.holder_order_id[0] != 0 && job->request.holder_request_id[0] != 0;
    enum status status = is_proven ? replace_default(context, job) : STATUS_BAD_STATE;
    if (status != STATUS_OK && job->reason == SERVICE_REASON_NONE)
        job->reason = service_key_reason(status);
    service_job_finish(job, status);
}
