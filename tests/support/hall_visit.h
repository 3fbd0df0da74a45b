/* Hall visit: what an applicant and a clerk do, step by step, with sample data that passes every rule.
 *
 * Each step asks through services.h, waits and insists that it was done. The person is fictitious.
 * Pitfall: hall_visit_begin and the steps up to the papers go the whole way, with scans of about a second
 * each; tests about money and keys begin at hall_order.h instead.
 */
#ifndef TESTS_SUPPORT_HALL_VISIT_H
#define TESTS_SUPPORT_HALL_VISIT_H

#include "tests/support/hall_program.h"

#define HALL_PHONE "13800000000"
#define HALL_PIN "8351y7"
#define HALL_CREDIT_CODE "91500108MA6000016R" /* of the unit in the sample's form */

/* What the person writes into the form; the last one has no id. */
struct hall_visit_answer {
    const char *id;
    const char *text;
};
extern const struct hall_visit_answer hall_visit_answers[];

/* The person is logged in by SMS code. */
void hall_visit_login(struct hall_program *terminal);
/* The product, 供应商, 证书新办 is chosen and an order opened. */
void hall_visit_open(struct hall_program *terminal);
/* The form's values of the visit are complete and right, not yet stored. */
void hall_visit_fill(struct hall_program *terminal);
/* Filled, stored and completed: the order is PRINTING. */
void hall_visit_form(struct hall_program *terminal);
/* The form is printed: SCANNING. */
void hall_visit_print(struct hall_program *terminal);
/* One paper is scanned from the right sheet and kept. */
void hall_visit_scan(struct hall_program *terminal, const char *paper);
/* All open papers are scanned and submitted: IDENTIFYING. */
void hall_visit_papers(struct hall_program *terminal);
/* A key of this name is put in, the code shown and paid: ISSUING. */
void hall_visit_pay(struct hall_program *terminal, const char *key);
/* A code is on the screen. */
void hall_visit_show_code(struct hall_program *terminal, const char *key);
/* The key is made: PIN. */
void hall_visit_issue(struct hall_program *terminal);
/* The PIN is set: COLLECTING. */
void hall_visit_pin(struct hall_program *terminal);
/* The key is taken: DONE. */
void hall_visit_take(struct hall_program *terminal);
/* Key, payment, issuing, PIN, taking: from PAYING to DONE. */
void hall_visit_finish(struct hall_program *terminal);

/* The clerk has signed in. */
void hall_desk_sign_in(struct hall_program *desk, const char *clerk);
/* Sign-in, and the person at the desk is the one of the order: REVIEWING at last. */
void hall_desk_identify(struct hall_program *desk, const char *clerk, const char *order_id);
/* Every field of the open case was on the clerk's screen. */
void hall_desk_see_fields(struct services *services, const struct catalogue *catalogue);
/* The clerk has signed in and the case of this order is open, all pages looked at. */
void hall_desk_open(struct hall_program *desk, const char *clerk, const char *order_id);
/* Every original that the open case asks for was handed in today. */
void hall_desk_take_originals(struct hall_program *desk);
/* The same, and the open case is approved; it takes effect after the undo time. */
void hall_desk_approve(struct hall_program *desk);
/* The signed-in clerk and this second one ask, with the order before their eyes, that it be given up.
 * Returns: the id of the request. */
uint64_t hall_desk_give_up(struct hall_program *desk, const char *order_id, const char *reason,
                           const char *second);
/* Sign-in, identity, look, approval: PAYING at last. */
void hall_desk_review(struct hall_program *desk, const char *clerk, const char *order_id);

#endif
