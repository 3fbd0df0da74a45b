#include "tests/support/hall_order.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/page/page_jpeg.h"
#include "kiosk/services/service_load.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_page.h"

static const struct {
    enum order_state from;
    enum order_event event;
} ways[] = {{ORDER_STATE_KEY, ORDER_EVENT_KEY_SHOWN},
            {ORDER_STATE_DRAFT, ORDER_EVENT_FORM_COMPLETED},
            {ORDER_STATE_PRINTING, ORDER_EVENT_PRINTED},
            {ORDER_STATE_SCANNING, ORDER_EVENT_SCANNED},
            {ORDER_STATE_IDENTIFYING, ORDER_EVENT_IDENTIFIED},
            {ORDER_STATE_REVIEWING, ORDER_EVENT_APPROVED},
            {ORDER_STATE_PAYING, ORDER_EVENT_PAID}};

static void step(struct store *store, struct order *order, const struct order_steps *steps,
                 enum order_state target)
{
    struct order_transition transition;
    bool sent_back = target == ORDER_STATE_REJECTED && order->state == ORDER_STATE_REVIEWING;
    size_t way = 0;
    while (way < sizeof(ways) / sizeof(ways[0]) && ways[way].from != order->state)
        way++;
    check(way < sizeof(ways) / sizeof(ways[0]));
    enum order_event event = sent_back ? ORDER_EVENT_REJECTED : ways[way].event;
    check(order_apply(order, event, steps, &transition) == STATUS_OK);
    order_enter(order, &transition, store_now_utc_s(store));
    check(store_order_apply(store, order, &transition, NULL) == STATUS_OK);
}

static void put_values(struct store *store, const char *order_id, const struct form_values *values)
{
    for (size_t i = 0; i < values->count; i++)
        check(store_field_put(store, order_id, values->value[i].id, values->value[i].text, NULL) ==
              STATUS_OK);
}

/* The values, by which the person of the form is found, too. */
static void put_person(struct store *store, const char *order_id, const struct hall_order_choice *choice)
{
    const char *field = service_load_field(product_operation_form(choice->product, choice->operation),
                                           choice->values, FORM_SUBJECT_AGENT, FORM_KIND_RESIDENT_ID);
    const char *number = field == NULL ? NULL : form_values_get(choice->values, field);
    put_values(store, order_id, choice->values);
    if (number != NULL && number[0] != 0)
        check(store_order_set_lookup(store, order_id, STORE_ORDER_LOOKUP_ID_NUMBER, number, NULL) ==
              STATUS_OK);
}

static void put_sample(struct store *store, const char *order_id)
{
    for (size_t i = 0; hall_visit_answers[i].id != NULL; i++)
        check(store_field_put(store, order_id, hall_visit_answers[i].id, hall_visit_answers[i].text, NULL) ==
              STATUS_OK);
}

/* A small white sheet that can be looked at. */
static void draw_page(struct buf *out)
{
    struct page_image image = {0};
    check(page_image_new(60, 84, 3, 300, &image) == STATUS_OK);
    (void)memset(image.pixels, 255, (size_t)60 * 84 * 3);
    check(page_jpeg_encode(&image, PAGE_JPEG_QUALITY, out) == STATUS_OK);
    page_image_release(&image);
}

static void put_pages(struct store *store, const struct product_operation *operation, const char *order_id)
{
    struct buf jpeg;
    buf_init(&jpeg, LIMIT_PAGE_JPEG_BYTES);
    draw_page(&jpeg);
    for (size_t i = 0; i < operation->paper_count; i++) {
        struct store_page page = {.page = 1,
                                  .verdict = 1,
                                  .dpi = 300,
                                  .width_px = 1,
                                  .height_px = 1,
                                  .findings = "{\"checks\":[]}"};
        (void)snprintf(page.paper, sizeof(page.paper), "%s", operation->paper_ids[i]);
        check(store_page_put(store, order_id, &page, jpeg.data, jpeg.length, NULL) == STATUS_OK);
    }
    buf_release(&jpeg);
}

void hall_order_make(struct hall *hall, enum order_state state, struct order *out)
{
    hall_order_make_of(hall, "ezca-cqzfcg", "new", state, out);
}

void hall_order_make_of(struct hall *hall, const char *product_id, const char *operation_id,
                        enum order_state state, struct order *out)
{
    const struct product *product = catalogue_find(hall->catalogue, product_id);
    const struct hall_order_choice choice = {product, product_find_operation(product, operation_id),
                                             product->classes[0].id, NULL};
    hall_order_make_with(hall, &choice, state, out);
}

/* Nothing is due where the guide gives no amount. */
static int64_t amount_of(const struct hall_order_choice *choice)
{
    struct price_quote quote;
    check(product_quote(choice->product, choice->class_id, choice->operation->id, &quote) == STATUS_OK);
    return quote.amount_fen == PRICE_UNKNOWN_FEN ? 0 : quote.amount_fen;
}

void hall_order_make_with(struct hall *hall, const struct hall_order_choice *choice, enum order_state state,
                          struct order *out)
{
    const struct product_operation *operation = choice->operation;
    struct store *store = hall_store(hall, "maker");
    int64_t now = store_now_utc_s(store);
    check(order_init(out, random_system(), choice->product->id, choice->class_id, operation->id,
                     "terminal-01", amount_of(choice), &operation->steps, now) == STATUS_OK);
    check(order_acceptance_make("T{yyyyMMddHHmmss}{digits:8}", now, 0, random_system(), out->acceptance) ==
          STATUS_OK);
    check(store_order_insert(store, out, NULL) == STATUS_OK);
    check(store_order_set_lookup(store, out->id, STORE_ORDER_LOOKUP_PHONE, HALL_PHONE, NULL) == STATUS_OK);
    check(store_order_set_lookup(store, out->id, STORE_ORDER_LOOKUP_CREDIT_CODE, HALL_CREDIT_CODE, NULL) ==
          STATUS_OK);
    if (choice->values != NULL)
        put_person(store, out->id, choice);
    else
        put_sample(store, out->id);
    if (state != ORDER_STATE_DRAFT && state != ORDER_STATE_PRINTING && state != ORDER_STATE_SCANNING)
        put_pages(store, operation, out->id);
    while (out->state != state)
        step(store, out, &operation->steps, state);
    store_close(store);
}

void hall_order_begin(struct hall_program *terminal, enum order_state state, struct order *out)
{
    hall_order_make(terminal->hall, state, out);
    hall_done(terminal, service_order_open(terminal->services, out->id));
}

void hall_order_sum(struct hall *hall, const char *order_id, struct hall_order_sum *out)
{
    struct store *store = hall_store(hall, "watcher");
    *out = (struct hall_order_sum){0};
    check(store_order_load(store, order_id, &out->order, NULL) == STATUS_OK);
    check(store_payment_list(store, order_id, out->payment, 8, &out->payments, NULL) == STATUS_OK);
    check(store_certificate_list(store, order_id, out->certificate, 8, &out->certificates, NULL) ==
          STATUS_OK);
    check(store_key_list_order(store, order_id, out->key, 8, &out->keys, NULL) == STATUS_OK);
    check(store_intention_list_order(store, order_id, true, out->intention, 16, &out->open, NULL) ==
          STATUS_OK);
    store_close(store);
}

size_t hall_order_payments(const struct hall_order_sum *sum, enum store_payment_state state)
{
    size_t count = 0;
    for (size_t i = 0; i < sum->payments; i++)
        count += sum->payment[i].state == state;
    return count;
}

size_t hall_order_certificates(const struct hall_order_sum *sum, enum store_certificate_state state)
{
    size_t count = 0;
    for (size_t i = 0; i < sum->certificates; i++)
        count += sum->certificate[i].state == state;
    return count;
}

size_t hall_order_keys(const struct hall_order_sum *sum, enum store_key_state state)
{
    size_t count = 0;
    for (size_t i = 0; i < sum->keys; i++)
        count += sum->key[i].state == state;
    return count;
}

size_t hall_order_acts(const struct hall_order_sum *sum)
{
    size_t count = 0;
    for (size_t i = 0; i < sum->open; i++)
        count += sum->intention[i].kind != STORE_INTENTION_CLOSE_PAYMENT;
    return count;
}

void hall_order_sign(struct hall *hall, struct order *order, unsigned clerks)
{
    static const char *const names[] = {"chen", "wang"};
    struct store *store = hall_store(hall, "maker");
    struct store_decision decision = {.action = "approve", .required = clerks, .of = clerks};
    order_id_make(random_system(), decision.id);
    (void)memcpy(decision.order_id, order->id, sizeof(decision.order_id));
    check(store_begin(store, NULL) == STATUS_OK); /* the sweep may have touched it */
    check(store_order_load(store, order->id, order, NULL) == STATUS_OK);
    decision.order_version = order->version;
    check(store_decision_insert(store, &decision, NULL) == STATUS_OK);
    for (unsigned i = 0; i < clerks; i++) {
        struct store_decision_signer signer = {.method = "password"};
        (void)text_copy(signer.name, sizeof(signer.name), names[i]);
        check(store_decision_sign(store, decision.id, &signer, NULL) == STATUS_OK);
    }
    check(store_end(store, store_decision_apply(store, decision.id, NULL), NULL) == STATUS_OK);
    store_close(store);
}
