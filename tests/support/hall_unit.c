#include "tests/support/hall_unit.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_wish.h"
#include "tests/support/hall_phone.h"

static void put(struct store *store, const char *order_id, const char *field, const char *text)
{
    check(store_field_put(store, order_id, field, text, NULL) == STATUS_OK);
}

void hall_unit_make(struct hall_scene *scene, const struct hall_unit_wish *wish, enum order_state state,
                    struct order *out)
{
    struct store_wish kept = {.years = 1, .quantity = 1};
    hall_order_make_of(&scene->hall, HALL_UNIT_PRODUCT, wish->operation == NULL ? "new" : wish->operation,
                       state, out);
    struct store *store = hall_store(&scene->hall, "maker");
    (void)snprintf(kept.sub_kinds, sizeof(kept.sub_kinds), "%s", wish->kind == NULL ? "" : wish->kind);
    check(store_wish_insert(store, out->id, &kept, NULL) == STATUS_OK);
    put(store, out->id, "company", wish->company == NULL ? HALL_UNIT_COMPANY : wish->company);
    put(store, out->id, "credit_code", HALL_CREDIT_CODE);
    put(store, out->id, "agent_name", wish->name);
    put(store, out->id, "agent_mobile", wish->phone);
    put(store, out->id, "bank_account_end", "123456");
    store_close(store);
    hall_phone_bring(&scene->hall, out->id);
}

void hall_unit_approve_by(struct hall_scene *scene, struct order *order, unsigned clerks)
{
    struct order_transition transition;
    const struct product *product = catalogue_find(scene->hall.catalogue, order->product);
    const struct product_operation *operation = product_find_operation(product, order->operation);
    hall_order_sign(&scene->hall, order, clerks);
    struct store *store = hall_store(&scene->hall, "terminal-01"); /* who may hold it */
    check(order_apply(order, ORDER_EVENT_APPROVED, &operation->steps, &transition) == STATUS_OK);
    order_enter(order, &transition, store_now_utc_s(store));
    check(store_order_apply(store, order, &transition, NULL) == STATUS_OK);
    store_close(store);
}

void hall_unit_approve(struct hall_scene *scene, struct order *order)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, order->product);
    hall_unit_approve_by(
        scene, order, product_operation_signers(product, product_find_operation(product, order->operation)));
}

struct service_reply hall_unit_carry_out(struct hall_scene *scene, struct order *order)
{
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, order->id));
    if (order->state == ORDER_STATE_REVIEWING)
        hall_unit_approve(scene, order);
    return hall_wait(&scene->terminal, service_change_run(scene->terminal.services));
}

void hall_unit_claim(struct hall_scene *scene, struct order *out)
{
    hall_unit_make(scene,
                   &(struct hall_unit_wish){.kind = "claim", .name = HALL_UNIT_PERSON, .phone = HALL_PHONE},
                   ORDER_STATE_REVIEWING, out);
    (void)hall_unit_carry_out(scene, out); /* or the round in between did */
    hall_until_state(&scene->terminal, ORDER_STATE_COLLECTING);
    hall_leave(&scene->terminal);
}

static void make_person(struct hall_scene *scene, const struct product *product,
                        const struct form_values *values, struct order *out)
{
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"),
                                             product->classes[0].id, values};
    hall_order_make_with(&scene->hall, &choice, ORDER_STATE_REVIEWING, out);
    hall_phone_bring(&scene->hall, out->id);
}

void hall_unit_certificate(struct hall_scene *scene, const struct product *product,
                           const struct form_values *values, struct order *out)
{
    const char *company = form_values_get(values, "company");
    const struct hall_unit_wish wish = {
        .kind = "claim", .company = company, .name = HALL_UNIT_PERSON, .phone = HALL_PHONE};
    if (product->holder == PRODUCT_HOLDER_UNIT)
        hall_unit_make(scene, &wish, ORDER_STATE_REVIEWING, out);
    else
        make_person(scene, product, values, out);
    hall_unit_approve(scene, out);
    hall_until_stored(&scene->terminal, out->id, ORDER_STATE_COLLECTING);
}
