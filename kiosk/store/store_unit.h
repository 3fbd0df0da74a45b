/* Units: the companies whose people are known here, found by their credit code.
 *
 * A unit is made the first time somebody claims it or asks to join it. Its people are in store_member.h, what
 * it holds in store_holding.h. A transfer of the administrator is asked for here (the heir) and made there.
 * Pitfall: a name is what was written last; the credit code is what makes a unit.
 */
#ifndef KIOSK_STORE_STORE_UNIT_H
#define KIOSK_STORE_STORE_UNIT_H

#include "kiosk/store/store.h"

enum { STORE_UNIT_NAME_BYTES = 256, STORE_UNIT_CODE_BYTES = 24 };

struct store_unit {
    char id[STORE_ID_BYTES];
    char name[STORE_UNIT_NAME_BYTES];
    char credit_code[STORE_UNIT_CODE_BYTES];
    char heir_id[STORE_ID_BYTES]; /* the member who is to become administrator; "" for nobody */
    int64_t created_utc_s;
    int64_t updated_utc_s;
};

/* The unit of this credit code stands, made when it was not known, with this name.
 * Returns: FULL (a text is too long). */
enum status store_unit_keep(struct store *store, const char *credit_code, const char *name, const char *actor,
                            struct store_unit *out, struct failure *failure);

/* The unit. Returns: NOT_FOUND. */
enum status store_unit_load(struct store *store, const char *id, struct store_unit *out,
                            struct failure *failure);
enum status store_unit_find(struct store *store, const char *credit_code, struct store_unit *out,
                            struct failure *failure);

/* Units, newest first, from the `offset`-th on.
 * Returns: OK with *count 0 when there is none. */
enum status store_unit_list(struct store *store, size_t offset, struct store_unit *out, size_t capacity,
                            size_t *count, struct failure *failure);

/* The administrator names who is to follow; "" takes it back.
 * Returns: NOT_FOUND. */
enum status store_unit_set_heir(struct store *store, const char *id, const char *member_id, const char *actor,
                                struct failure *failure);

#endif
