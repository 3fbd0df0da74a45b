#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/encode.h"
#include "kiosk/ctl/ctl_order.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_change.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_encryption.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_intention.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_page.h"
#include "kiosk/store/store_payment.h"
#include "kiosk/store/store_rejection.h"

enum { BATCH = 64, ROWS_MAX = 256, SIGNERS_MAX = 8 };

static const char *intention_state(enum store_intention_state state)
{
    return state == STORE_INTENTION_OPEN ? "open" : state == STORE_INTENTION_DONE ? "done" : "failed";
}

/* --- history ----------------------------------------------------------------------------------------- */

static struct json *change_json(const struct store_change *change)
{
    struct json *row = json_new_object();
    json_set_integer(row, "sequence", change->sequence);
    ctl_output_set_time(row, "at", change->at_utc_ms / 1000);
    json_set_text(row, "kind", store_change_kind_name(change->kind));
    json_set_text(row, "event", change->event);
    ctl_output_set_text(row, "from", change->from);
    ctl_output_set_text(row, "to", change->to);
    json_set_text(row, "owner", change->owner);
    ctl_output_set_text(row, "subject", change->subject);
    return row;
}

static enum status add_history(struct store *store, const char *order_id, struct json *rows,
                               struct failure *failure)
{
    struct store_change batch[BATCH];
    enum status status = STATUS_OK;
    size_t count = 1;
    for (size_t offset = 0; status == STATUS_OK && count > 0; offset += count) {
        count = 0;
        status = store_change_list_order(store, order_id, offset, batch, BATCH, &count, failure);
        for (size_t i = 0; status == STATUS_OK && i < count; i++)
            json_append_take(rows, change_json(&batch[i]));
    }
    return status;
}

/* --- rows about the order ---------------------------------------------------------------------------- */

static struct json *payment_json(const struct store_payment *payment)
{
    struct json *row = json_new_object();
    json_set_text(row, "out_trade_no", payment->out_trade_no);
    json_set_text(row, "channel", payment->channel);
    json_set_integer(row, "attempt", payment->attempt);
    ctl_output_set_money(row, "amount_fen", "amount_yuan", payment->amount_fen);
    json_set_text(row, "state", store_payment_state_name(payment->state));
    ctl_output_set_text(row, "trade_no", payment->trade_no);
    ctl_output_set_text(row, "refund_no", payment->refund_no);
    ctl_output_set_time(row, "paid", payment->paid_utc_s);
    ctl_output_set_time(row, "expires", payment->expires_utc_s);
    return row;
}

static struct json *certificate_json(const struct store_certificate *certificate)
{
    struct json *row = json_new_object();
    json_set_text(row, "request_id", certificate->request_id);
    ctl_output_set_text(row, "serial", certificate->serial);
    json_set_text(row, "state", store_certificate_state_name(certificate->state));
    json_set_text(row, "key_mark", certificate->key_mark);
    ctl_output_set_time(row, "not_after", certificate->not_after_utc_s);
    ctl_output_set_time(row, "created", certificate->created_utc_s);
    ctl_output_set_time(row, "updated", certificate->updated_utc_s);
    return row;
}

static struct json *encryption_json(const struct store_encryption *encryption)
{
    struct json *row = json_new_object();
    json_set_text(row, "serial", encryption->serial);
    json_set_text(row, "recovered", encryption->recovered ? "yes" : "no");
    json_set_text(row, "request_id", encryption->request_id);
    ctl_output_set_time(row, "not_after", encryption->not_after_utc_s);
    ctl_output_set_time(row, "proven", encryption->proven_utc_s);
    ctl_output_set_time(row, "created", encryption->created_utc_s);
    return row;
}

static struct json *key_json(const struct store_key *key)
{
    struct json *row = json_new_object();
    json_set_text(row, "mark", key->mark);
    json_set_text(row, "state", store_key_state_name(key->state));
    ctl_output_set_text(row, "serial", key->serial);
    ctl_output_set_text(row, "model", key->model);
    ctl_output_set_text(row, "label", key->label);
    ctl_output_set_time(row, "created", key->created_utc_s);
    ctl_output_set_time(row, "updated", key->updated_utc_s);
    return row;
}

static void set_document(struct json *row, const char *key, const char *text)
{
    struct json *document = NULL;
    if (text[0] != 0 && json_parse(text, strlen(text), &document) == STATUS_OK)
        json_set_take(row, key, document);
}

static struct json *intention_json(const struct store_intention *intention)
{
    struct json *row = json_new_object();
    json_set_text(row, "id", intention->id);
    json_set_text(row, "kind", store_intention_kind_name(intention->kind));
    json_set_text(row, "state", intention_state(intention->state));
    json_set_text(row, "owner", intention->owner);
    json_set_integer(row, "takeovers", intention->takeovers);
    ctl_output_set_time(row, "created", intention->created_utc_s);
    ctl_output_set_time(row, "finished", intention->finished_utc_s);
    set_document(row, "arguments", intention->arguments);
    set_document(row, "result", intention->result);
    return row;
}

static struct json *page_json(const struct store_page *page)
{
    char digest[2 * sizeof(page->sha256) + 1];
    struct json *row = json_new_object();
    encode_hex(digest, page->sha256, sizeof(page->sha256));
    json_set_text(row, "paper", page->paper);
    json_set_integer(row, "page", page->page);
    json_set_integer(row, "version", page->version);
    json_set_integer(row, "size_bytes", page->size_bytes);
    json_set_integer(row, "width_px", page->width_px);
    json_set_integer(row, "height_px", page->height_px);
    json_set_integer(row, "dpi", page->dpi);
    json_set_text(row, "sha256", digest);
    ctl_output_set_time(row, "at", page->at_utc_s);
    set_document(row, "findings", page->findings);
    return row;
}

/* Names of clerks are no secret of applicants; a decision without its signers says nothing. */
static enum status add_signers(struct store *store, const char *decision_id, struct json *row,
                               struct failure *failure)
{
    static struct store_decision_signer signers[SIGNERS_MAX];
    char names[SIGNERS_MAX * STORE_NAME_BYTES] = "";
    size_t count = 0;
    size_t used = 0;
    enum status status = store_decision_signers(store, decision_id, signers, SIGNERS_MAX, &count, failure);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        used +=
            (size_t)snprintf(names + used, sizeof(names) - used, "%s%s", i > 0 ? ", " : "", signers[i].name);
    json_set_text(row, "signers", names);
    if (count > 0)
        json_set_text(row, "method", signers[0].method);
    return STATUS_OK;
}

static enum status add_decisions(struct store *store, const char *order_id, struct json *rows,
                                 struct failure *failure)
{
    struct store_decision decisions[BATCH];
    size_t count = 0;
    enum status status = store_decision_list_order(store, order_id, decisions, BATCH, &count, failure);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct json *row = json_new_object();
        json_set_text(row, "id", decisions[i].id);
        json_set_text(row, "action", decisions[i].action);
        json_set_text(row, "state", store_decision_state_name(decisions[i].state));
        json_set_integer(row, "order_version", decisions[i].order_version);
        ctl_output_set_time(row, "created", decisions[i].created_utc_s);
        status = add_signers(store, decisions[i].id, row, failure);
        json_append_take(rows, row);
    }
    return status;
}

/* Lists that fit into one read: an order has few rows of each. */
#define ADD_ROWS(name, type, list, to_json)                                                                  \
    static enum status name(struct store *store, const char *order_id, struct json *rows,                    \
                            struct failure *failure)                                                         \
    {                                                                                                        \
        size_t count = 0;                                                                                    \
        struct type *list_of = calloc(ROWS_MAX, sizeof(*list_of));                                           \
        check(list_of != NULL);                                                                              \
        enum status status = list;                                                                           \
        for (size_t i = 0; status == STATUS_OK && i < count; i++)                                            \
            json_append_take(rows, to_json(&list_of[i]));                                                    \
        free(list_of);                                                                                       \
        return status;                                                                                       \
    }
ADD_ROWS(add_payments, store_payment, store_payment_list(store, order_id, list_of, ROWS_MAX, &count, failure),
         payment_json)
ADD_ROWS(add_certificates, store_certificate,
         store_certificate_list(store, order_id, list_of, ROWS_MAX, &count, failure), certificate_json)
ADD_ROWS(add_encryptions, store_encryption,
         store_encryption_list(store, order_id, list_of, ROWS_MAX, &count, failure), encryption_json)
ADD_ROWS(add_keys, store_key, store_key_list_order(store, order_id, list_of, ROWS_MAX, &count, failure),
         key_json)
ADD_ROWS(add_intentions, store_intention,
         store_intention_list_order(store, order_id, false, list_of, ROWS_MAX, &count, failure),
         intention_json)
ADD_ROWS(add_pages, store_page, store_page_list(store, order_id, list_of, ROWS_MAX, &count, failure),
         page_json)
#undef ADD_ROWS

enum status ctl_order_records(struct store *store, const struct order *order, struct json *document,
                              struct failure *failure)
{
    static const struct {
        const char *name;
        enum status (*add)(struct store *store, const char *order_id, struct json *rows,
                           struct failure *failure);
    } parts[] = {{"history", add_history},
                 {"payments", add_payments},
                 {"certificates", add_certificates},
                 {"encryption_certificates", add_encryptions},
                 {"keys", add_keys},
                 {"intentions", add_intentions},
                 {"pages", add_pages},
                 {"decisions", add_decisions}};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < CTL_OUTPUT_COUNT(parts) && status == STATUS_OK; i++) {
        struct json *rows = json_new_array();
        status = parts[i].add(store, order->id, rows, failure);
        json_set_take(document, parts[i].name, rows);
    }
    return status;
}

/* --- personal data ----------------------------------------------------------------------------------- */

static const struct form *form_of(const struct order *order, const struct catalogue *catalogue)
{
    const struct product *product = catalogue == NULL ? NULL : catalogue_find(catalogue, order->product);
    const struct product_operation *operation =
        product == NULL ? NULL : product_find_operation(product, order->operation);
    return operation == NULL ? NULL : product_operation_form(product, operation);
}

static enum status reveal_values(struct store *store, const struct order *order, const struct form *form,
                                 struct json *rows, struct failure *failure)
{
    struct form_values values;
    form_values_init(&values);
    enum status status = store_field_load(store, order->id, &values, failure);
    for (size_t i = 0; status == STATUS_OK && i < values.count; i++) {
        const struct form_field *field = form == NULL ? NULL : form_find(form, values.value[i].id);
        struct json *row = json_new_object();
        if (field != NULL)
            json_set_text(row, "label", field->label);
        json_set_text(row, "field", values.value[i].id);
        json_set_text(row, "value", values.value[i].text);
        json_append_take(rows, row);
    }
    form_values_wipe(&values);
    return status;
}

static enum status reveal_rejections(struct store *store, const struct order *order, struct json *rows,
                                     struct failure *failure)
{
    struct order_rejections rejections = {0};
    enum status status = store_rejection_load_order(store, order->id, false, &rejections, failure);
    for (size_t i = 0; status == STATUS_OK && i < rejections.count; i++) {
        struct json *row = json_new_object();
        json_set_text(row, "item", rejections.item[i].item);
        json_set_text(row, "reason", rejections.item[i].reason);
        json_append_take(rows, row);
    }
    return status;
}

static enum status reveal_reason(struct store *store, const struct store_decision *decision,
                                 struct json *rows, struct failure *failure)
{
    struct buf reason;
    buf_init(&reason, LIMIT_FIELD_BYTES);
    enum status status = store_decision_reason(store, decision, &reason, failure);
    if (status == STATUS_OK && reason.length > 0) {
        struct json *row = json_new_object();
        json_set_text(row, "item", decision->action);
        json_set_text(row, "reason", (const char *)reason.data);
        json_append_take(rows, row);
    }
    buf_wipe(&reason);
    return status;
}

/* Why a clerk decided, beside what was sent back. */
static enum status reveal_reasons(struct store *store, const struct order *order, struct json *rows,
                                  struct failure *failure)
{
    struct store_decision decisions[BATCH];
    size_t count = 0;
    enum status status = store_decision_list_order(store, order->id, decisions, BATCH, &count, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = reveal_reason(store, &decisions[i], rows, failure);
    return status;
}

enum status ctl_order_reveal(struct store *store, const struct order *order,
                             const struct catalogue *catalogue, struct json *document,
                             struct failure *failure)
{
    struct json *values = json_new_array();
    struct json *rejections = json_new_array();
    enum status status = reveal_values(store, order, form_of(order, catalogue), values, failure);
    if (status == STATUS_OK)
        status = reveal_rejections(store, order, rejections, failure);
    if (status == STATUS_OK)
        status = reveal_reasons(store, order, rejections, failure);
    json_set_take(document, "values", values);
    json_set_take(document, "rejections", rejections);
    return status;
}
