/* Order: one application through its life; the row that is never lost, charged twice or issued twice.
 *
 * Pure: no file, no clock, no store, no words. What a person typed lives in form values, papers and payment
 * attempts in rows of their own; the order holds only what decides the next step.
 * Pitfall: nothing but order_enter changes `state`, `version` and `paid_fen`, and it takes a transition that
 * order_apply allowed; the store loads a state with order_state_parse and changes it in no other way.
 */
#ifndef KIOSK_ORDER_ORDER_H
#define KIOSK_ORDER_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/random.h"
#include "kiosk/base/status.h"

enum {
    ORDER_ID_BYTES = 33,         /* 128 random bits as hexadecimal text with NUL */
    ORDER_ACCEPTANCE_BYTES = 40, /* the 受理号 with NUL */
    ORDER_NAME_BYTES = 64,       /* a product, class, operation, field, paper or terminal id with NUL */
    ORDER_REASON_BYTES = 384,    /* a rejection's reason, 120 Chinese characters with NUL */
    ORDER_REJECTIONS_MAX = 32
};

enum order_state {
#define ORDER_STATE(code, name, is_final) ORDER_STATE_##code,
#include "kiosk/order/order_states.def"
#undef ORDER_STATE
    ORDER_STATE_COUNT_
};

enum order_event {
#define ORDER_EVENT(code, name) ORDER_EVENT_##code,
#include "kiosk/order/order_events.def"
#undef ORDER_EVENT
    ORDER_EVENT_COUNT_
};

enum order_step {
#define ORDER_STEP(code, name, state, rank) ORDER_STEP_##code,
#include "kiosk/order/order_steps.def"
#undef ORDER_STEP
    ORDER_STEP_COUNT_
};

/* The steps of one operation of one product, in the order in which they are done. */
struct order_steps {
    enum order_step step[ORDER_STEP_COUNT_];
    size_t count;
};

struct order {
    char id[ORDER_ID_BYTES];
    char acceptance[ORDER_ACCEPTANCE_BYTES]; /* the number people read, unique in the store */
    char product[ORDER_NAME_BYTES];
    char class_id[ORDER_NAME_BYTES];
    char operation[ORDER_NAME_BYTES];
    char terminal[ORDER_NAME_BYTES]; /* where it was opened */
    enum order_state state;
    int64_t version;    /* 0 before the first store, then rising by one with every stored change */
    int64_t amount_fen; /* due, fixed when the order is opened */
    int64_t paid_fen;   /* held; 0 before PAID and after REFUNDED */
    int64_t created_utc_s;
    int64_t updated_utc_s;
};

/* What an event does to an order; journalled and logged by the service that stores it. */
struct order_transition {
    enum order_state from;
    enum order_event event;
    enum order_state to;
    int64_t paid_fen; /* held afterwards */
};

enum order_item_kind { ORDER_ITEM_FIELD, ORDER_ITEM_PAPER };

/* One item a clerk sent back, with the reason the applicant reads. */
struct order_rejection {
    enum order_item_kind kind;
    char item[ORDER_NAME_BYTES]; /* field id or paper id */
    char reason[ORDER_REASON_BYTES];
};

/* All items sent back by one decision; empty for an order that was never rejected. */
struct order_rejections {
    struct order_rejection item[ORDER_REJECTIONS_MAX];
    size_t count;
};

/* The order is new: a fresh id, the first step's state, version 0. The acceptance number is still empty.
 * Units: amount in fen, time in seconds UTC.
 * Returns: FULL when a name is longer than ORDER_NAME_BYTES, MALFORMED for empty steps or a negative amount.
 * After failure: *order is unchanged. */
enum status order_init(struct order *order, const struct random *random, const char *product,
                       const char *class_id, const char *operation, const char *terminal, int64_t amount_fen,
                       const struct order_steps *steps, int64_t now_utc_s);

/* 128 random bits stand in out as 32 lower-case hexadecimal digits. */
void order_id_make(const struct random *random, char out[ORDER_ID_BYTES]);

/* An acceptance number is made from the product's pattern. A pattern is literal ASCII letters, digits and "-"
 * with {yyyyMMddHHmmss}, {yyyyMMdd} or {yyMM} (hall time, UTC+8) and {digits:N} (N random digits, 1 to 12).
 * Draw 0 is the first try; the store asks again with a higher draw when the number is taken. A pattern
 * without {digits} moves on by one second per draw, so that it ends too. Returns: MALFORMED for a broken
 * pattern, FULL when the number is too long. After failure: out is unchanged. */
enum status order_acceptance_make(const char *pattern, int64_t utc_s, unsigned draw,
                                  const struct random *random, char out[ORDER_ACCEPTANCE_BYTES]);

/* The count-th number is made from a pattern as above whose one {digits:N} is the count, with zeros before
 * it. Returns: MALFORMED for a broken pattern or one without a place for the count, FULL when the count has
 * more than N digits or the number is too long. After failure: out is unchanged. */
enum status order_number_make(const char *pattern, int64_t utc_s, int64_t count,
                              char out[ORDER_ACCEPTANCE_BYTES]);

/* The only function that decides the next state of an order. NEXT in the table is the next step of the list;
 * paying is passed over when nothing is due or the amount is held already; behind the last step stands DONE.
 * Returns: BAD_STATE when the event is not allowed now.
 * After failure: *out and the order are unchanged; the refusal is the caller's to log. */
enum status order_apply(const struct order *order, enum order_event event, const struct order_steps *steps,
                        struct order_transition *out);

/* The order is in the transition's new state, one version on. Call it on the copy that goes to the store.
 * Units: seconds UTC.
 * Pitfall: a transition made from another state is a broken promise. */
void order_enter(struct order *order, const struct order_transition *transition, int64_t now_utc_s);

/* Whether the order's life is over in this state. */
bool order_state_is_final(enum order_state state);

/* The stable name of a state, "invalid" outside the list. Thread: any. */
const char *order_state_name(enum order_state state);
/* The stable name of an event, "invalid" outside the list. Thread: any. */
const char *order_event_name(enum order_event event);
/* The stable name of a step, "invalid" outside the list. Thread: any. */
const char *order_step_name(enum order_step step);

/* A stored name is read back. Returns: NOT_FOUND. After failure: *out is unchanged. */
enum status order_state_parse(const char *name, enum order_state *out);
/* A stored name is read back. Returns: NOT_FOUND. After failure: *out is unchanged. */
enum status order_event_parse(const char *name, enum order_event *out);
/* A stored name is read back. Returns: NOT_FOUND. After failure: *out is unchanged. */
enum status order_step_parse(const char *name, enum order_step *out);

/* The state in which a step is done. */
enum order_state order_step_state(enum order_step step);

/* The place of the step that is done in this state; REJECTED stands at review, DONE behind the last step.
 * Units: index from 0. Returns: NOT_FOUND for states outside the list. */
enum status order_steps_position(const struct order_steps *steps, enum order_state state, size_t *position);

/* Whether the step is in the list. */
bool order_steps_has(const struct order_steps *steps, enum order_step step);

/* Whether both steps are in the list, the first of them before the second. */
bool order_steps_has_before(const struct order_steps *steps, enum order_step first, enum order_step second);

/* Whether the certificate is issued onto the key its holder brings, beside the one it carries: nothing sets a
 * first PIN there. */
bool order_steps_is_on_own_key(const struct order_steps *steps);

/* Whether the list makes sense: not empty, no step twice, ranks rising, a form or the own key first, printing
 * followed by scanning, issuing on a fresh key by the PIN, the own key, payment and identity before issuing
 * or acting. Returns: NULL when it does, else static English text that says what was expected. */
const char *order_steps_complaint(const struct order_steps *steps);

/* The event with which an applicant takes rejected items up: fields first, because a changed field means a
 * new printed form; papers alone go straight to the scanner. Returns: NOT_FOUND for an empty list. */
enum status order_correction_event(const struct order_rejections *rejections, enum order_event *out);

/* Whether the applicant may change this field: every field of an order never rejected, else exactly those
 * that came back. */
bool order_field_is_open(const struct order_rejections *rejections, const char *field);

/* Whether the applicant must scan this paper (again): every paper of an order never rejected; else those that
 * came back, and the printed form (form_paper, may be NULL) as soon as any field came back, because the paper
 * that was signed no longer says what the form says. */
bool order_paper_is_open(const struct order_rejections *rejections, const char *paper,
                         const char *form_paper);

#endif
