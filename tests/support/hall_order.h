/* Hall order: an order put into a state without its visit, and what the store holds about it.
 *
 * For stories about money and keys, which need no forms and scans. Everything goes through the store's own
 * functions and the order's machine, as the services would.
 * Pitfall: nobody has claimed it; open it at a terminal with service_order_open.
 */
#ifndef TESTS_SUPPORT_HALL_ORDER_H
#define TESTS_SUPPORT_HALL_ORDER_H

#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_intention.h"
#include "kiosk/store/store_key.h"
#include "kiosk/store/store_payment.h"
#include "tests/support/hall_visit.h"

/* A whole form, papers and approval lie behind it: the order is in this state, from DRAFT to PAYING, or
 * REJECTED. */
void hall_order_make(struct hall *hall, enum order_state state, struct order *out);
/* The same for another product and operation, of its first class: up to ACTING. */
void hall_order_make_of(struct hall *hall, const char *product_id, const char *operation_id,
                        enum order_state state, struct order *out);
/* The same of this class and with these values; the sample's when `values` is NULL. Up to ISSUING, as if it
 * had been paid. */
struct hall_order_choice {
    const struct product *product;
    const struct product_operation *operation;
    const char *class_id;
    const struct form_values *values;
};
void hall_order_make_with(struct hall *hall, const struct hall_order_choice *choice, enum order_state state,
                          struct order *out);
/* As hall_order_make, then opened at the terminal. */
void hall_order_begin(struct hall_program *terminal, enum order_state state, struct order *out);

/* What the store holds about an order, read through a connection of its own. */
struct hall_order_sum {
    struct order order;
    size_t payments, certificates, keys, open;
    struct store_payment payment[8];
    struct store_certificate certificate[8];
    struct store_key key[8];
    struct store_intention intention[16]; /* the open ones */
};
void hall_order_sum(struct hall *hall, const char *order_id, struct hall_order_sum *out);
/* How many rows are in this state. */
size_t hall_order_payments(const struct hall_order_sum *sum, enum store_payment_state state);
size_t hall_order_certificates(const struct hall_order_sum *sum, enum store_certificate_state state);
size_t hall_order_keys(const struct hall_order_sum *sum, enum store_key_state state);
/* How many open intentions there are but the watches over closed codes, which end by time. */
size_t hall_order_acts(const struct hall_order_sum *sum);

/* The approval of the order as it is now stands applied, signed at the desk by so many of chen and wang. */
void hall_order_sign(struct hall *hall, struct order *order, unsigned clerks);

#endif
