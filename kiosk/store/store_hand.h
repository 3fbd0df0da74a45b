/* Hand: what a clerk noted about money that passed by hand: taken at the desk, seen on the bank's account,
 * given back.
 *
 * The money itself is a payment attempt like any other (store_payment.h); here stands how it came, and under
 * which number a receipt or a bank knows it, beside the decision the clerk signed.
 * Pitfall: the note of a decision that was withdrawn stays; only those in force bind a number.
 */
#ifndef KIOSK_STORE_STORE_HAND_H
#define KIOSK_STORE_STORE_HAND_H

#include "kiosk/store/store.h"
#include "kiosk/store/store_payment.h"

enum { STORE_HAND_REFERENCE_BYTES = 41 };

struct store_hand {
    char decision_id[STORE_ID_BYTES];
    char out_trade_no[STORE_PAYMENT_NUMBER_BYTES];
    char action[STORE_NAME_BYTES];              /* of the decision */
    char method[STORE_NAME_BYTES];              /* "cash", "pos", "transfer" */
    char reference[STORE_HAND_REFERENCE_BYTES]; /* letters, digits and - _ / . alone */
    int64_t at_utc_s;                           /* when the money passed, as the clerk wrote it */
};

/* Whether a receipt's or a bank's number can be noted: 4 to 40 letters, digits and - _ / . alone. */
bool store_hand_is_reference(const char *text);

/* The note stands beside its decision. Call inside the change that makes the decision.
 * Returns: MALFORMED (reference or method), CONFLICT when the same number was noted for the same act on
 * another attempt and is in force, NOT_FOUND (no such decision or attempt). */
enum status store_hand_put(struct store *store, const struct store_hand *hand, struct failure *failure);

/* The note beside this decision.
 * Returns: NOT_FOUND. */
enum status store_hand_load(struct store *store, const char *decision_id, struct store_hand *out,
                            struct failure *failure);

/* The newest note in force about this attempt and act.
 * Returns: NOT_FOUND. */
enum status store_hand_load_of(struct store *store, const char *out_trade_no, const char *action,
                               struct store_hand *out, struct failure *failure);

#endif
