/* Holdings: what a unit has beside its people: seals, authorisations, zones it is bound to.
 *
 * Each is a text of its kind with a begin and an end; one that has ended stays as history, and the export
 * tells both. Pitfall: an authorisation past its end date is still there until somebody ends it; ask
 * store_holding_is_live.
 */
#ifndef KIOSK_STORE_STORE_HOLDING_H
#define KIOSK_STORE_STORE_HOLDING_H

#include "kiosk/store/store.h"

enum store_holding_kind {
#define STORE_HOLDING_KIND(code, name, ends) STORE_HOLDING_##code,
#include "kiosk/store/store_holding_kinds.def"
#undef STORE_HOLDING_KIND
    STORE_HOLDING_KIND_COUNT_
};

enum { STORE_HOLDING_TEXT_BYTES = 128 };

struct store_holding {
    char id[STORE_ID_BYTES];
    char unit_id[STORE_ID_BYTES];
    enum store_holding_kind kind;
    char text[STORE_HOLDING_TEXT_BYTES];
    int64_t until_utc_s; /* 0 without an end date */
    int64_t created_utc_s;
    int64_t ended_utc_s; /* 0 while it stands */
};

/* The stable name of a kind.
 * Returns: a static text, "invalid" outside the list. */
const char *store_holding_kind_name(enum store_holding_kind kind);
/* Whether it stands and its end date, if it has one, is not over. */
bool store_holding_is_live(const struct store_holding *holding, int64_t now_utc_s);

/* The unit has it; id and times are set.
 * Returns: CONFLICT when it has one of this kind with this text that stands, NOT_FOUND (no such unit), FULL,
 * MALFORMED (no text, or an end date where the kind has none). */
enum status store_holding_add(struct store *store, struct store_holding *holding, const char *actor,
                              struct failure *failure);
/* It has ended.
 * Returns: CONFLICT when it had ended before, NOT_FOUND. */
enum status store_holding_end(struct store *store, const char *id, const char *actor,
                              struct failure *failure);
/* What stands, by kind and time; with `history` what has ended, too.
 * Returns: OK with *count 0 when there is none. */
enum status store_holding_list(struct store *store, const char *unit_id, bool history,
                               struct store_holding *out, size_t capacity, size_t *count,
                               struct failure *failure);

#endif
