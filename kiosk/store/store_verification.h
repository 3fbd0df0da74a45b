/* Verification: the question somebody chose when an order was filled in, and whether a later order answered
 * it.
 *
 * The question is sealed under the order's data key, of the answer only a salted hash is kept. Wrong answers
 * are counted before they are looked at, and lock the question for a while. Pitfall: keeping and comparing an
 * answer hashes it, about 100 ms: never inside a change.
 */
#ifndef KIOSK_STORE_STORE_VERIFICATION_H
#define KIOSK_STORE_STORE_VERIFICATION_H

#include "kiosk/base/secret.h"
#include "kiosk/store/store_password.h"

enum { STORE_VERIFICATION_QUESTION_BYTES = 256 };

struct store_verification {
    char question[STORE_VERIFICATION_QUESTION_BYTES];
    int64_t wrong; /* since the last right answer or lock */
    int64_t locked_until_utc_s;
};
struct store_verification_limits {
    int tries;  /* wrong ones before the lock, at least 1 */
    int lock_s; /* how long the question is locked after them */
};

/* The order has this question and answer and no other; blanks around the answer and the case of Latin letters
 * do not matter. The actor is the clerk who let it be set anew, NULL for the applicant.
 * Returns: NOT_FOUND (no such order), MALFORMED (no answer), FULL. Time: hashes the answer. */
enum status store_verification_put(struct store *store, const char *order_id, const char *question,
                                   const char *answer, const char *actor, struct failure *failure);
/* The two halves of it: the answer's hash, outside of a change, and the row, inside of one with what belongs
 * to it. Returns: as store_verification_put. Time: the first hashes. */
enum status store_verification_hash(struct store *store, const char *answer,
                                    char hash[STORE_PASSWORD_HASH_BYTES], struct failure *failure);
enum status store_verification_put_hash(struct store *store, const char *order_id, const char *question,
                                        const char *hash, const char *actor, struct failure *failure);
/* The order's question. Returns: NOT_FOUND. Owns: the caller wipes it. */
enum status store_verification_load(struct store *store, const char *order_id, struct store_verification *out,
                                    struct failure *failure);

enum store_verification_outcome {
    STORE_VERIFICATION_RIGHT,
    STORE_VERIFICATION_WRONG, /* tries_left */
    STORE_VERIFICATION_LOCKED /* until_utc_s */
};
struct store_verification_verdict {
    enum store_verification_outcome outcome;
    int tries_left;
    int64_t until_utc_s;
};
/* The verdict on an answer. Returns: OK also when the verdict is a refusal; NOT_FOUND. Time: hashes unless it
 * is locked. */
enum status store_verification_check(struct store *store, const char *order_id, const char *answer,
                                     const struct store_verification_limits *limits,
                                     struct store_verification_verdict *verdict, struct failure *failure);

/* The order passed the question of the other one, "answer" or "desk" says how; an order without a question of
 * its own has the same from then on.
 * Returns: NOT_FOUND. */
enum status store_verification_pass(struct store *store, const char *order_id, const char *about_id,
                                    const char *way, struct failure *failure);
/* Whether it did. Returns: as the store. */
enum status store_verification_is_passed(struct store *store, const char *order_id, const char *about_id,
                                         bool *out, struct failure *failure);

#endif
