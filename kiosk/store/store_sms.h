/* One-time codes by SMS: only keyed hashes of number and code are kept, and sends and tries are counted.
 *
 * Sending is not done here. A status says whether the store worked; the verdict says what became of the
 * code.
 * Pitfall: count the send (store_sms_put) before the message goes out, so that a kill cannot give free
 * sends.
 */
#ifndef KIOSK_STORE_STORE_SMS_H
#define KIOSK_STORE_STORE_SMS_H

#include "kiosk/base/secret.h"
#include "kiosk/store/store.h"

/* Zeroed members take the usual value in brackets. */
struct store_sms_limits {
    int life_s;   /* a code is good for (300) */
    int tries;    /* wrong tries before the lock (5) */
    int lock_s;   /* how long a number is locked after them (900) */
    int gap_s;    /* between two sends (60) */
    int per_hour; /* sends (5) */
    int per_day;  /* sends (10) */
};

enum store_sms_outcome {
    STORE_SMS_OK,    /* code stored, or code right and used up */
    STORE_SMS_WRONG, /* tries_left says how many remain */
    STORE_SMS_EXPIRED,
    STORE_SMS_NONE,     /* no code was sent, or it is used up */
    STORE_SMS_LOCKED,   /* until_utc_s */
    STORE_SMS_TOO_SOON, /* until_utc_s: gap between sends */
    STORE_SMS_TOO_MANY  /* until_utc_s: hour or day is used up */
};

struct store_sms_verdict {
    enum store_sms_outcome outcome;
    int tries_left;
    int64_t until_utc_s; /* when it may be tried again; for STORE_SMS_OK of a put: when the code ends */
};

/* The code is the only good one for this number and purpose ("login", "resume"), and the send is counted;
 * or the verdict says why it may not be sent.
 * Returns: OK also when the verdict is a refusal. */
enum status store_sms_put(struct store *store, const char *phone, const char *purpose,
                          const struct secret *code, const struct store_sms_limits *limits,
                          struct store_sms_verdict *verdict, struct failure *failure);

/* The verdict on a typed code; the right one is used up by it, a wrong try is counted.
 * Returns: OK also when the verdict is a refusal. */
enum status store_sms_check(struct store *store, const char *phone, const char *purpose,
                            const struct secret *code, const struct store_sms_limits *limits,
                            struct store_sms_verdict *verdict, struct failure *failure);

#endif
