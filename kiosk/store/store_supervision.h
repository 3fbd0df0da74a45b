/* Supervision: what a clerk does at a distance, from the wish to its effect at the terminal.
 *
 * An act is open when it is stored, taken when the terminal has it, done when it had its effect or when its
 * visit was over first; each move is journalled and audited with clerk, terminal and reason. It does not
 * judge whether an act makes sense now: the services do.
 * Pitfall: a visit's mark dies with the terminal's process; acts of a mark nobody has are finished as GONE.
 */
#ifndef KIOSK_STORE_STORE_SUPERVISION_H
#define KIOSK_STORE_STORE_SUPERVISION_H

#include "kiosk/store/store.h"

enum store_supervision_kind {
#define STORE_SUPERVISION_KIND(code, name, of_visit, with_reason) STORE_SUPERVISION_##code,
#include "kiosk/store/store_supervision_kinds.def"
#undef STORE_SUPERVISION_KIND
    STORE_SUPERVISION_KIND_COUNT_
};

enum store_supervision_state {
    STORE_SUPERVISION_OPEN,
    STORE_SUPERVISION_TAKEN,
    STORE_SUPERVISION_DONE,
    STORE_SUPERVISION_STATE_COUNT_
};

/* What became of an act that is done. */
enum store_supervision_outcome {
    STORE_SUPERVISION_PENDING, /* not done yet */
    STORE_SUPERVISION_EFFECT,  /* it had its effect */
    STORE_SUPERVISION_GONE,    /* its visit was over first */
    STORE_SUPERVISION_OUTCOME_COUNT_
};

enum { STORE_SUPERVISION_WORDS_BYTES = 256 };

struct store_supervision {
    char id[STORE_ID_BYTES];
    char terminal[STORE_NAME_BYTES];
    char visit[STORE_ID_BYTES];    /* "" for acts on the machine */
    char order_id[STORE_ID_BYTES]; /* "" when the visit has none yet */
    enum store_supervision_kind kind;
    char field[STORE_NAME_BYTES];              /* POINT: id of the field */
    char reason[STORE_NAME_BYTES];             /* a code, or that of a prepared sentence; never personal */
    char words[STORE_SUPERVISION_WORDS_BYTES]; /* MESSAGE: the clerk's own; "" once done */
    char clerk[STORE_NAME_BYTES];
    enum store_supervision_state state;
    enum store_supervision_outcome outcome;
    int64_t created_utc_s; /* set by the store */
    int64_t updated_utc_s; /* set by the store */
};

/* The stable name of a kind. Returns: a static text, "invalid" outside the list. */
const char *store_supervision_kind_name(enum store_supervision_kind kind);
/* Whether the kind is about a visit, not about the machine. */
bool store_supervision_is_of_visit(enum store_supervision_kind kind);
/* Whether the kind needs a reason. */
bool store_supervision_needs_reason(enum store_supervision_kind kind);

/* The act is stored, open.
 * Returns: MALFORMED (no terminal, clerk, or reason where one is needed; a visit where there is none). */
enum status store_supervision_insert(struct store *store, const struct store_supervision *act,
                                     struct failure *failure);
/* The act is taken.
 * Returns: CONFLICT when it is not open, NOT_FOUND. */
enum status store_supervision_take(struct store *store, const char *id, struct failure *failure);
/* The act is done with this outcome, and the clerk's words are wiped.
 * Returns: CONFLICT when it is done already, NOT_FOUND, MALFORMED for PENDING. */
enum status store_supervision_finish(struct store *store, const char *id,
                                     enum store_supervision_outcome outcome, struct failure *failure);

/* The acts of a terminal that are not done, oldest first.
 * Returns: OK with *count 0 when there is none. */
enum status store_supervision_list_open(struct store *store, const char *terminal,
                                        struct store_supervision *out, size_t capacity, size_t *count,
                                        struct failure *failure);
/* The acts of a terminal, newest first.
 * Returns: as store_supervision_list_open. */
enum status store_supervision_list(struct store *store, const char *terminal, struct store_supervision *out,
                                   size_t capacity, size_t *count, struct failure *failure);
/* The act that took the terminal out of service.
 * Returns: NOT_FOUND when it is in service. */
enum status store_supervision_closed(struct store *store, const char *terminal, struct store_supervision *out,
                                     struct failure *failure);

#endif
