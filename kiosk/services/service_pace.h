/* Service pace: when the gateway may be asked about an attempt next, and when a refund may be sent. Pure.
 *
 * Inside kiosk/services only, on the payment worker. The times are the gateway's own (interfaces.md 1): the
 * first question 5 s after a code is shown, then one every 3 s; a refund's fate not before 10 s, two refunds
 * not within 3 s, and rarer, up to 30 s, while it answers badly. A simulator may be asked faster: every time
 * is in proportion to payment.poll_ms, whose default is the 3 s.
 * Pitfall: it forgets with the process. An attempt it does not know is asked about at once, but a refund that
 * may have been sent by another program is first inquired about, never repeated blindly.
 */
#ifndef KIOSK_SERVICES_SERVICE_PACE_H
#define KIOSK_SERVICES_SERVICE_PACE_H

#include "kiosk/store/store_payment.h"

/* At a poll of SERVICE_PACE_NEXT_MS; units: milliseconds. */
enum {
    SERVICE_PACE_FIRST_MS = 5000,         /* from showing a code to the first question */
    SERVICE_PACE_NEXT_MS = 3000,          /* from one question to the next */
    SERVICE_PACE_REFUND_GAP_MS = 3000,    /* from one refund to another, of whatever attempt */
    SERVICE_PACE_REFUND_QUERY_MS = 10000, /* from a refund to the question about it */
    SERVICE_PACE_REFUND_MOST_MS = 30000,  /* the longest wait for a gateway that answers badly */
    SERVICE_PACE_ROWS = 64
};

/* What is known of one attempt. */
struct service_pace_row {
    char out_trade_no[STORE_PAYMENT_NUMBER_BYTES]; /* "" is free */
    int64_t due_ms;                                /* of the next question or refund */
    unsigned failures;                             /* bad answers one after the other */
    bool is_refund;                                /* it is about the attempt's refund, not its code */
    bool sends;                                    /* what is due is a refund, not a question */
};

struct service_pace {
    int64_t poll_ms;
    int64_t refund_ms; /* when the last refund was sent; 0 for never */
    struct service_pace_row row[SERVICE_PACE_ROWS];
};

/* What may be done about a refund now. */
enum service_pace_act { SERVICE_PACE_WAIT, SERVICE_PACE_ASK, SERVICE_PACE_REFUND };

/* Nothing is known, and every time is in proportion to this poll. Units: milliseconds. */
void service_pace_init(struct service_pace *pace, int64_t poll_ms);

/* The attempt's code is on the screen from now on. */
void service_pace_shown(struct service_pace *pace, const char *out_trade_no, int64_t now_ms);
/* Whether the gateway may be asked about the attempt's code now. */
bool service_pace_may_ask(const struct service_pace *pace, const char *out_trade_no, int64_t now_ms);
/* It was asked. */
void service_pace_asked(struct service_pace *pace, const char *out_trade_no, int64_t now_ms);

/* The attempt's refund was decided by this program just now: no other can have sent it. */
void service_pace_refund_begun(struct service_pace *pace, const char *out_trade_no, int64_t now_ms);
/* What is due about the refund now. Units: age_ms since it was decided, by whomever. */
enum service_pace_act service_pace_refund_due(struct service_pace *pace, const char *out_trade_no,
                                              int64_t age_ms, int64_t now_ms);
/* The refund was sent; its fate is not asked before its time. `answered` is false for a bad answer. */
void service_pace_refund_sent(struct service_pace *pace, const char *out_trade_no, bool answered,
                              int64_t now_ms);
/* The gateway was asked about the refund. `is_absent`: it knows of none, so the same is sent again. */
void service_pace_refund_asked(struct service_pace *pace, const char *out_trade_no, bool answered,
                               bool is_absent, int64_t now_ms);

#endif
