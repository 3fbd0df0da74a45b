/* Intentions: acts in the world, stored before they are asked for and with their result after.
 *
 * Every intention has an id made by us, arguments, an owner and a lease. An open one is inquired about at
 * start and on a timer, by its owner or by whoever takes it over when the lease has run out; never repeated
 * blindly. Arguments and results are JSON texts free of personal data: ids, numbers, codes.
 * Pitfall: do the act only after store_intention_begin returned OK, and renew the lease while it takes
 * long.
 */
#ifndef KIOSK_STORE_STORE_INTENTION_H
#define KIOSK_STORE_STORE_INTENTION_H

#include "kiosk/store/store.h"

enum store_intention_kind {
#define STORE_INTENTION_KIND(code, name) STORE_INTENTION_##code,
#include "kiosk/store/store_intention_kinds.def"
#undef STORE_INTENTION_KIND
    STORE_INTENTION_COUNT_
};

enum store_intention_state { STORE_INTENTION_OPEN, STORE_INTENTION_DONE, STORE_INTENTION_FAILED };

enum { STORE_INTENTION_JSON_BYTES = 2048 };

struct store_intention {
    char id[STORE_ID_BYTES];
    char order_id[STORE_ID_BYTES]; /* "" when no order is concerned */
    enum store_intention_kind kind;
    enum store_intention_state state;
    char arguments[STORE_INTENTION_JSON_BYTES];
    char result[STORE_INTENTION_JSON_BYTES]; /* "" while open */
    char owner[STORE_NAME_BYTES];
    int64_t lease_until_utc_s;
    int64_t created_utc_s;
    int64_t finished_utc_s; /* 0 while open */
    int64_t takeovers;      /* how often it changed hands */
};

/* The stable name of a kind.
 * Returns: a static text, "invalid" outside the list. */
const char *store_intention_kind_name(enum store_intention_kind kind);

/* The intention is stored, open and ours; only now may the act be asked for. `arguments` is a JSON object.
 * Units: lease in seconds, at most STORE_LEASE_LONGEST_S.
 * Returns: CONFLICT when the id exists, MALFORMED (no JSON object), FULL (too long), NOT_FOUND (no such
 * order). */
enum status store_intention_begin(struct store *store, const char *id, enum store_intention_kind kind,
                                  const char *order_id, const char *arguments, int lease_s,
                                  struct failure *failure);

/* The lease of our open intention runs from now.
 * Returns: CONFLICT when it is finished or another's. */
enum status store_intention_renew(struct store *store, const char *id, int lease_s, struct failure *failure);

/* The intention has this end and result, a JSON object; it is never open again.
 * Returns: CONFLICT when it is finished or another's, MALFORMED, FULL, NOT_FOUND.
 * After failure: it is as before. */
enum status store_intention_finish(struct store *store, const char *id, enum store_intention_state state,
                                   const char *result, struct failure *failure);

/* The intention with this id.
 * Returns: NOT_FOUND. */
enum status store_intention_load(struct store *store, const char *id, struct store_intention *out,
                                 struct failure *failure);

/* Our open intentions, oldest first: what a restarted terminal inquires about.
 * Returns: OK with *count 0 when there is none. */
enum status store_intention_list_mine(struct store *store, struct store_intention *out, size_t capacity,
                                      size_t *count, struct failure *failure);

/* All intentions of an order, oldest first; with `only_open` those without result.
 * Returns: as above. */
enum status store_intention_list_order(struct store *store, const char *order_id, bool only_open,
                                       struct store_intention *out, size_t capacity, size_t *count,
                                       struct failure *failure);

/* Every open intention of the order is ours now, whoever had it: what the one who claimed an order does, so
 * that what an earlier terminal left is finished where the applicant stands.
 * Returns: OK also when there was none; CONFLICT (claimed by another), NOT_FOUND. */
enum status store_intention_adopt(struct store *store, const char *order_id, int lease_s,
                                  struct failure *failure);

/* Open intentions whose lease has run out, oldest first, are ours now, in one transaction: no two takers
 * get one. Own ones whose lease has run out are handed out too. Those of an order that another has claimed
 * are left to the claimant: an act may take longer than a lease.
 * Returns: OK with *count 0 when there is none; another taker's success is not a failure. */
enum status store_intention_take_over(struct store *store, int lease_s, struct store_intention *out,
                                      size_t capacity, size_t *count, struct failure *failure);

#endif
