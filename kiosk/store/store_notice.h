/* Notices: what applicants are told by message, stored with what happened and sent afterwards.
 *
 * A notice waits, is being sent, and is sent, refused or unknown. That it is being sent is stored before the
 * service is asked; what is found so after a kill becomes unknown and is never sent again by itself. The
 * number is sealed under the order's data key. Pitfall: a subject makes it one of its kind: the order's
 * version for what happened to it, the certificate's request for its end.
 */
#ifndef KIOSK_STORE_STORE_NOTICE_H
#define KIOSK_STORE_STORE_NOTICE_H

#include "kiosk/store/store.h"

enum store_notice_kind {
#define STORE_NOTICE(code, name) STORE_NOTICE_##code,
#include "kiosk/store/store_notice_kinds.def"
#undef STORE_NOTICE
    STORE_NOTICE_COUNT_
};

enum store_notice_state {
    STORE_NOTICE_WAITING, /* to be sent, not before next_utc_s */
    STORE_NOTICE_SENDING,
    STORE_NOTICE_SENT,
    STORE_NOTICE_REFUSED, /* it will not arrive; the reason says why */
    STORE_NOTICE_UNKNOWN, /* it may have arrived */
    STORE_NOTICE_STATE_COUNT_
};

struct store_notice {
    char id[STORE_ID_BYTES];
    char order_id[STORE_ID_BYTES];
    enum store_notice_kind kind;
    char subject[STORE_NAME_BYTES + 8];
    enum store_notice_state state;
    char reason[STORE_NAME_BYTES]; /* status of the last try that failed, "" for none */
    int64_t tries;
    int64_t next_utc_s;
    int64_t created_utc_s, updated_utc_s;
};

/* The stable name of a kind or state. Returns: a static text, "invalid" outside the list. */
const char *store_notice_kind_name(enum store_notice_kind kind);
const char *store_notice_state_name(enum store_notice_state state);

/* The notice waits to be sent to this number.
 * Returns: OK also when there is one of this kind and subject already; NOT_FOUND (no such order, or its
 * person is forgotten). */
enum status store_notice_add(struct store *store, const char *order_id, enum store_notice_kind kind,
                             const char *subject, const char *phone, struct failure *failure);

/* The same, wished for by a clerk. Returns: CONFLICT when there is one of this kind and subject already;
 * NOT_FOUND as above. */
enum status store_notice_wish(struct store *store, const char *order_id, enum store_notice_kind kind,
                              const char *subject, const char *phone, const char *clerk,
                              struct failure *failure);

/* Waiting notices whose time has come, oldest first.
 * Returns: OK with *count 0 when there is none. */
enum status store_notice_list_due(struct store *store, struct store_notice *out, size_t capacity,
                                  size_t *count, struct failure *failure);

/* Notices that were refused, are unknown, or wait after a failed try, newest first. Returns: as above. */
enum status store_notice_list_failed(struct store *store, struct store_notice *out, size_t capacity,
                                     size_t *count, struct failure *failure);

/* The notice with this id. Returns: NOT_FOUND. */
enum status store_notice_load(struct store *store, const char *id, struct store_notice *out,
                              struct failure *failure);

/* The notice of this kind and subject of an order. Returns: NOT_FOUND. */
enum status store_notice_find(struct store *store, const char *order_id, enum store_notice_kind kind,
                              const char *subject, struct store_notice *out, struct failure *failure);

/* It is being sent from now on, by whoever this succeeds for; its number stands at the end of the buffer.
 * Returns: CONFLICT when it does not wait (any more). Owns: the caller wipes the buffer. */
enum status store_notice_begin(struct store *store, const char *id, struct buf *phone,
                               struct failure *failure);

/* What became of it. `next_utc_s` is for WAITING. Returns: CONFLICT when it is not being sent. */
enum status store_notice_end(struct store *store, const char *id, enum store_notice_state state,
                             const char *reason, int64_t next_utc_s, struct failure *failure);

/* What has been in SENDING since before this time is UNKNOWN: whoever sent it is gone. Returns: OK also
 * when there is none. */
enum status store_notice_give_up(struct store *store, int64_t before_utc_s, struct failure *failure);

/* A clerk wishes for another try of one that was refused or is unknown. Returns: CONFLICT for any other. */
enum status store_notice_again(struct store *store, const char *id, const char *clerk,
                               struct failure *failure);

#endif
