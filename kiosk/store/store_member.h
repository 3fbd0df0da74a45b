/* Members: the people of a unit: one administrator (管理员), any number of staff (办事人员).
 *
 * A person is a name and a mobile number; the number proves itself by SMS. A person has one place in a unit,
 * and a unit one administrator: both are rules of the store, so that two terminals cannot break them.
 * Pitfall: a row that ended stays; who asks again gets another one.
 */
#ifndef KIOSK_STORE_STORE_MEMBER_H
#define KIOSK_STORE_STORE_MEMBER_H

#include "kiosk/store/store.h"

enum store_member_role { STORE_MEMBER_MANAGER, STORE_MEMBER_STAFF, STORE_MEMBER_ROLE_COUNT_ };

enum store_member_state {
#define STORE_MEMBER_STATE(code, name) STORE_MEMBER_##code,
#define STORE_MEMBER_STEP(from, to)
#include "kiosk/store/store_member_states.def"
#undef STORE_MEMBER_STATE
#undef STORE_MEMBER_STEP
    STORE_MEMBER_STATE_COUNT_
};

enum { STORE_MEMBER_NAME_BYTES = 128, STORE_MEMBER_PHONE_BYTES = 16 };

struct store_member {
    char id[STORE_ID_BYTES];
    char unit_id[STORE_ID_BYTES];
    char name[STORE_MEMBER_NAME_BYTES];
    char phone[STORE_MEMBER_PHONE_BYTES];
    enum store_member_role role;
    enum store_member_state state;
    char order_id[STORE_ID_BYTES]; /* the order that asked for it, "" for none */
    int64_t created_utc_s;
    int64_t updated_utc_s;
};

/* Stable names.
 * Returns: a static text, "invalid" outside the list. */
const char *store_member_role_name(enum store_member_role role);
const char *store_member_state_name(enum store_member_state state);

/* The person stands in the unit in the role and state of *member; its id and times are set.
 * Returns: CONFLICT when the person has a place already, or the unit an administrator; NOT_FOUND (no such
 * unit); FULL (a text is too long). */
enum status store_member_add(struct store *store, struct store_member *member, const char *actor,
                             struct failure *failure);

/* The member. Returns: NOT_FOUND. */
enum status store_member_load(struct store *store, const char *id, struct store_member *out,
                              struct failure *failure);

/* Everybody who asks or is a member, the administrator first, then by time.
 * Returns: OK with *count 0 when there is none. */
enum status store_member_list(struct store *store, const char *unit_id, struct store_member *out,
                              size_t capacity, size_t *count, struct failure *failure);
/* The places of a person in all units, newest first.
 * Returns: as store_member_list. */
enum status store_member_list_phone(struct store *store, const char *phone, struct store_member *out,
                                    size_t capacity, size_t *count, struct failure *failure);
/* The places of one mobile number, also those it had, are the other's. Inside a change.
 * Returns: CONFLICT when that one has a place in the same unit. */
enum status store_member_move_phone(struct store *store, const char *from, const char *to,
                                    struct failure *failure);
/* The place an order asked for. Returns: NOT_FOUND. */
enum status store_member_load_order(struct store *store, const char *order_id, struct store_member *out,
                                    struct failure *failure);

/* The person went from one state to the next.
 * Returns: CONFLICT when it is not in `from` any more, BAD_STATE for a step not on the list. */
enum status store_member_step(struct store *store, const char *id, enum store_member_state from,
                              enum store_member_state to, const char *actor, struct failure *failure);

/* The administrator and this member of the same unit have each other's role, and nobody is named heir any
 * more. Returns: BAD_STATE when the heir is no member of the unit, or it has no administrator. */
enum status store_member_transfer(struct store *store, const char *unit_id, const char *heir_id,
                                  const char *actor, struct failure *failure);

#endif
