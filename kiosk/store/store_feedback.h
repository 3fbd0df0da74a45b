/* Feedback: what somebody said about the hall, for the desk to read and to be done with.
 *
 * The words and the mobile number, where one was given, are sealed under the hall key. Nothing hangs on it:
 * no order knows of it. Pitfall: a row that is done stays.
 */
#ifndef KIOSK_STORE_STORE_FEEDBACK_H
#define KIOSK_STORE_STORE_FEEDBACK_H

#include "kiosk/store/store.h"

enum store_feedback_kind {
#define STORE_FEEDBACK_KIND(code, name) STORE_FEEDBACK_##code,
#include "kiosk/store/store_feedback_kinds.def"
#undef STORE_FEEDBACK_KIND
    STORE_FEEDBACK_KIND_COUNT_
};

enum { STORE_FEEDBACK_TEXT_BYTES = 256, STORE_FEEDBACK_PHONE_BYTES = 16 };

struct store_feedback {
    char id[STORE_ID_BYTES];
    enum store_feedback_kind kind;
    char terminal[STORE_NAME_BYTES];
    char phone[STORE_FEEDBACK_PHONE_BYTES]; /* "" when nobody was logged in */
    char text[STORE_FEEDBACK_TEXT_BYTES];
    int64_t created_utc_s;
    int64_t done_utc_s; /* 0 while nobody has seen to it */
    char clerk[STORE_NAME_BYTES];
};

/* The stable name of a kind.
 * Returns: a static text, "invalid" outside the list. */
const char *store_feedback_kind_name(enum store_feedback_kind kind);

/* It stands in the store, from this terminal; id and time are set.
 * Returns: FULL (the text is too long), MALFORMED (empty). */
enum status store_feedback_add(struct store *store, struct store_feedback *feedback, struct failure *failure);

/* What waits first, then the newest.
 * Returns: OK with *count 0 when there is none. Owns: the caller wipes the rows. */
enum status store_feedback_list(struct store *store, struct store_feedback *out, size_t capacity,
                                size_t *count, struct failure *failure);

/* The clerk has seen to it.
 * Returns: CONFLICT when somebody had before, or there is no such row. */
enum status store_feedback_finish(struct store *store, const char *id, const char *clerk,
                                  struct failure *failure);

#endif
