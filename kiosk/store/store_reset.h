/* Reset: somebody at a terminal asks a clerk to be let set something anew, and the clerk, having seen the ID
 * card, does or does not.
 *
 * A reset is about an account or an order, or about nobody where the name typed is nobody's: it stands in the
 * list all the same, so that nobody learns which names there are. It is good at the terminal that asked,
 * once, for a while, and only once the code was typed there which the desk alone shows: whoever stands at
 * the terminal while its holder is at the desk has none. Pitfall: what is set and whose it is, is the
 * caller's; here is only who let it be set.
 */
#ifndef KIOSK_STORE_STORE_RESET_H
#define KIOSK_STORE_STORE_RESET_H

#include "kiosk/store/store.h"

enum store_reset_kind {
#define STORE_RESET_KIND(code, name) STORE_RESET_##code,
#include "kiosk/store/store_reset_kinds.def"
#undef STORE_RESET_KIND
    STORE_RESET_KIND_COUNT_
};
enum store_reset_state {
#define STORE_RESET_STATE(code, name) STORE_RESET_##code,
#include "kiosk/store/store_reset_states.def"
#undef STORE_RESET_STATE
    STORE_RESET_STATE_COUNT_
};

enum { STORE_RESET_CODE_BYTES = 5, STORE_RESET_PROOF_BYTES = 7 };

struct store_reset {
    char id[STORE_ID_BYTES];
    enum store_reset_kind kind;
    enum store_reset_state state;
    char subject[STORE_ID_BYTES];        /* account or order; "" for nobody */
    char code[STORE_RESET_CODE_BYTES];   /* four digits the person tells the clerk */
    char proof[STORE_RESET_PROOF_BYTES]; /* granted: six digits the clerk tells the person; else "" */
    char terminal[STORE_NAME_BYTES];
    char clerk[STORE_NAME_BYTES]; /* who decided, "" for nobody */
    int64_t wrong; /* asked: numbers that were not the person's; granted: codes that were not the desk's */
    int64_t until_utc_s; /* asked: to be decided by then; granted: to be used by then */
    int64_t created_utc_s;
};

/* Stable names.
 * Returns: a static text, "invalid" outside the list. */
const char *store_reset_kind_name(enum store_reset_kind kind);
/* The reset is asked for at this terminal; any other that was open there is dropped. Returns: as the store.
 */
enum status store_reset_ask(struct store *store, enum store_reset_kind kind, const char *subject,
                            int64_t life_s, struct store_reset *out, struct failure *failure);
/* Returns: NOT_FOUND. */
enum status store_reset_load(struct store *store, const char *id, struct store_reset *out,
                             struct failure *failure);
/* What waits for a clerk now, or for the desk's code, oldest first. Returns: OK with *count 0 when there is
 * none. */
enum status store_reset_list(struct store *store, struct store_reset *out, size_t capacity, size_t *count,
                             struct failure *failure);
/* The clerk lets it be done within life_s seconds, or does not; what is granted has a `proof` from now on.
 * Returns: CONFLICT when it is not open any more. */
enum status store_reset_decide(struct store *store, const char *id, bool granted, const char *clerk,
                               int64_t life_s, struct failure *failure);
/* The number the clerk read from a card was not the person's; at `most` it is refused.
 * Returns: CONFLICT when it is not open any more. */
enum status store_reset_count_wrong(struct store *store, const char *id, int64_t most, const char *clerk,
                                    int64_t *left, struct failure *failure);
/* The code that the desk shows was typed at this terminal: it may be used. At `most` wrong ones it is
 * refused. Returns: REFUSED when it is another code, with *left tries left; CONFLICT unless it is granted to
 * this terminal and not too old. */
enum status store_reset_prove(struct store *store, const char *id, const char *proof, int64_t most,
                              int64_t *left, struct failure *failure);
/* It is used up, here and now. Put it into one change with what is set, where that can be.
 * Returns: CONFLICT unless it is proven at this terminal, of this kind, and not too old. */
enum status store_reset_use(struct store *store, const char *id, enum store_reset_kind kind,
                            struct failure *failure);
/* What is open at this terminal is dropped. Returns: as the store. */
enum status store_reset_drop(struct store *store, struct failure *failure);

#endif
