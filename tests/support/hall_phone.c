#include "tests/support/hall_phone.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_phone.h"

/* "CN=..\nO=..", as the product's templates make it of the values. */
static void write_subject(const struct product *product, const struct form *form,
                          const struct form_values *values, struct buf *out)
{
    for (size_t i = 0; i < product->subject_count; i++) {
        struct buf text;
        buf_init(&text, LIMIT_FIELD_BYTES);
        check(form_fill(form, values, product->subjects[i].pattern, &text) == STATUS_OK);
        if (text.length > 0)
            check((out->length == 0 || buf_append_text(out, "\n") == STATUS_OK) &&
                  buf_append_text(out, product->subjects[i].name) == STATUS_OK &&
                  buf_append_text(out, "=") == STATUS_OK &&
                  buf_append(out, text.data, text.length) == STATUS_OK);
        buf_release(&text);
    }
}

static void put_request(struct store *store, const char *order_id, const struct pki_key *key,
                        const char *subject)
{
    struct buf request = pki_key_request(key, subject);
    check(store_phone_put(store, order_id, request.data, request.length, "chen", NULL) == STATUS_OK);
    buf_release(&request);
}

static void bring(struct hall *hall, const char *order_id, const struct pki_key *key, const char *company)
{
    struct order order;
    struct form_values values;
    struct buf subject;
    struct store *store = hall_store(hall, "certctl");
    form_values_init(&values);
    buf_init(&subject, LIMIT_CONFIG_BYTES);
    check(store_order_load(store, order_id, &order, NULL) == STATUS_OK);
    const struct product *product = catalogue_find(hall->catalogue, order.product);
    const struct form *form =
        product_operation_form(product, product_find_operation(product, order.operation));
    check(store_field_load(store, order_id, &values, NULL) == STATUS_OK);
    if (company != NULL)
        check(form_values_set(&values, "company", company) == STATUS_OK);
    write_subject(product, form, &values, &subject);
    put_request(store, order_id, key, (const char *)subject.data);
    form_values_wipe(&values);
    buf_release(&subject);
    store_close(store);
}

void hall_phone_bring(struct hall *hall, const char *order_id)
{
    hall_phone_bring_for(hall, order_id, NULL);
}

void hall_phone_bring_for(struct hall *hall, const char *order_id, const char *company)
{
    struct pki_key *key = pki_key_new(PKI_KEY_RSA2048);
    bring(hall, order_id, key, company);
    pki_key_free(key);
}

void hall_phone_bring_key(struct hall *hall, const char *order_id, const struct pki_key *key)
{
    bring(hall, order_id, key, NULL);
}
