/* Proofs by transfer (对公打款): a unit shows that it is the unit by an agreed amount from its own account.
 *
 * The amount is agreed when the proof is opened; the clerk tells what arrived, and from which account's last
 * six digits. A wrong telling is counted; after so many the proof has failed and another amount is agreed.
 * Pitfall: the money itself is the hall's bookkeeping, not an order's payment.
 */
#ifndef KIOSK_STORE_STORE_PROOF_H
#define KIOSK_STORE_STORE_PROOF_H

#include "kiosk/store/store.h"

enum store_proof_state { STORE_PROOF_OPEN, STORE_PROOF_PROVEN, STORE_PROOF_FAILED, STORE_PROOF_STATE_COUNT_ };

enum { STORE_PROOF_ACCOUNT_BYTES = 7 }; /* the account's last six digits, with the NUL */

struct store_proof {
    char id[STORE_ID_BYTES];
    char order_id[STORE_ID_BYTES];
    char account_end[STORE_PROOF_ACCOUNT_BYTES];
    int64_t amount_fen; /* agreed */
    int64_t wrong;      /* tellings */
    enum store_proof_state state;
    int64_t created_utc_s;
    int64_t updated_utc_s;
};

/* A proof of the order is open over this amount; one that is open stays and is handed out.
 * Returns: NOT_FOUND (no such order), MALFORMED (not six digits, or no amount). */
enum status store_proof_begin(struct store *store, const char *order_id, const char *account_end,
                              int64_t amount_fen, struct store_proof *out, struct failure *failure);
/* The order's newest proof. Returns: NOT_FOUND. */
enum status store_proof_load_order(struct store *store, const char *order_id, struct store_proof *out,
                                   struct failure *failure);
/* The proof. Returns: NOT_FOUND. */
enum status store_proof_load(struct store *store, const char *id, struct store_proof *out,
                             struct failure *failure);
/* Open ones, oldest first. Returns: OK with *count 0 when there is none. */
enum status store_proof_list_open(struct store *store, struct store_proof *out, size_t capacity,
                                  size_t *count, struct failure *failure);
/* What arrived is told: the right amount from the right account proves, anything else is counted, and the
 * `tries`-th wrong one fails. *out is the proof afterwards.
 * Returns: OK also for a wrong one; CONFLICT when it is not open. */
enum status store_proof_tell(struct store *store, const char *id, const char *account_end, int64_t amount_fen,
                             int tries, const char *actor, struct store_proof *out, struct failure *failure);

#endif
