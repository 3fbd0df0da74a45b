/* Payment: takes money by a code the applicant scans, and gives it back.
 *
 * A driver speaks to one channel. It keeps no order: numbers are made by the caller and stored before the
 * first call, and the same refund number is used for every retry of a refund. What goes wrong at a counter:
 * the reply gets lost after the money moved; the applicant pays in the second the code is closed; a reply is
 * forged or speaks of another amount; the channel limits the rate. So every call ends in one of these
 * classes:
 *
 *   OK         the gateway answered and its signature is right; *out holds what it said
 *   REFUSED    final: the gateway will not do this with this number, now or later; the failure has its word
 *   UNKNOWN    time-out, broken connection, 5xx, gateway error, missing or wrong signature:
 *              it may have been done; query the same number, never take a second one
 *   BUSY       "retry later": nothing was done; rate limit, gateway not reachable, "same call again"
 *   CONFIG     key, app id, permission or clock: nothing was done, nor will be until staff act
 *   CONFLICT   a rightly signed reply speaks of another number, amount, app or seller:
 *              an alarm, never "paid"
 *   CANCELLED  the cancel object was set before anything was sent
 *
 * Pitfall: "unscanned" is normal while a code is on the screen, and says nothing about the next second.
 */
#ifndef DRIVERS_PAYMENT_PAYMENT_H
#define DRIVERS_PAYMENT_PAYMENT_H

#include <stddef.h>
#include <stdint.h>

#include "drivers/net/http.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/job.h"
#include "kiosk/base/random.h"

enum {
    PAYMENT_NUMBER_BYTES = 65,   /* an order's or refund's number of ours: 12 to 32 (64) of [A-Za-z0-9_] */
    PAYMENT_TRADE_NO_BYTES = 65, /* the channel's number of a trade */
    PAYMENT_QR_BYTES = 512,      /* text to draw as a code */
    PAYMENT_BUYER_BYTES = 128,   /* the payer as the channel masks it */
    PAYMENT_REASON_BYTES = 256
};

enum payment_state {
#define PAYMENT_STATE(code, name) PAYMENT_##code,
#include "drivers/payment/payment_states.def"
#undef PAYMENT_STATE
    PAYMENT_STATE_COUNT_
};

/* Goes with every call. */
struct payment_call {
    int64_t timeout_ms;              /* for the whole call, from now; above 0 */
    const struct job_cancel *cancel; /* may be NULL */
};

struct payment_order {
    const char *out_trade_no; /* ours, new for each attempt, stored before the call */
    int64_t amount_fen;       /* above 0 */
    const char *subject;      /* what is paid for, shown on the applicant's phone; no personal data */
    int expires_s;            /* life of the unpaid trade, raised to 60 and lowered to 7200 */
};

struct payment_code {
    char qr_text[PAYMENT_QR_BYTES];
    int64_t valid_until_utc_s; /* by our clock; the channel may end it earlier */
};

struct payment_trade {
    enum payment_state state;
    char trade_no[PAYMENT_TRADE_NO_BYTES]; /* empty while unscanned */
    int64_t amount_fen;                    /* as the gateway says it, equal to ours; 0 while unscanned */
    char buyer[PAYMENT_BUYER_BYTES];       /* masked by the channel, never a full account; may be empty */
    int64_t paid_utc_s;                    /* 0 when not paid or not said */
};

enum payment_cancel_outcome {
    PAYMENT_CANCEL_CLOSED,    /* nothing was paid and nothing can be */
    PAYMENT_CANCEL_GIVEN_BACK /* it had been paid, and the channel gives the money back */
};

enum payment_refund_state {
    PAYMENT_REFUND_DONE,    /* the money is given back */
    PAYMENT_REFUND_PENDING, /* accepted; ask with payment_refund_query, 10 s later or more */
    PAYMENT_REFUND_ABSENT   /* from the query only: not received or failed; repeat payment_refund, same number
                             */
};

struct payment_refund_request {
    const char *out_trade_no;
    const char *out_request_no; /* ours, stored before the first call, the same for each retry */
    int64_t amount_fen;         /* above 0 */
    int64_t total_fen;          /* what the trade was about; at least amount_fen */
    const char *reason;         /* no personal data */
};

/* What a verified notification says. The caller compares number and amount with its own row under a lock. */
struct payment_notice {
    char out_trade_no[PAYMENT_NUMBER_BYTES];
    struct payment_trade trade;
};

/* What a driver offers. Each entry is a must unless said; each runs on the payment thread only, waits at most
 * call->timeout_ms, gives up early when the cancel object is set, returns the classes above and leaves *out
 * unchanged on failure. */
struct payment_ops {
    const char *name; /* static text, stored with the attempt as its channel */
    enum status (*create)(void *context, const struct payment_call *call, const struct payment_order *order,
                          struct payment_code *out, struct failure *failure);
    enum status (*query)(void *context, const struct payment_call *call, const char *out_trade_no,
                         int64_t amount_fen, struct payment_trade *out, struct failure *failure);
    enum status (*cancel)(void *context, const struct payment_call *call, const char *out_trade_no,
                          enum payment_cancel_outcome *out, struct failure *failure);
    enum status (*close)(void *context, const struct payment_call *call, const char *out_trade_no,
                         struct failure *failure);
    enum status (*refund)(void *context, const struct payment_call *call,
                          const struct payment_refund_request *request, enum payment_refund_state *out,
                          struct failure *failure);
    enum status (*refund_query)(void *context, const struct payment_call *call, const char *out_trade_no,
                                const char *out_request_no, int64_t amount_fen,
                                enum payment_refund_state *out, struct failure *failure);
    /* May: a channel without notifications leaves it NULL. Does not wait. */
    enum status (*verify_notification)(void *context, const void *form, size_t length,
                                       struct payment_notice *out, struct failure *failure);
    enum status (*probe)(void *context, const struct payment_call *call, struct failure *failure);
    void (*close_driver)(void *context);
};

struct payment;

/* A channel over these functions; called by drivers only.
 * Returns: NO_MEMORY, and then the context is still the caller's.
 * Owns: the channel takes the context and ends it with ops->close_driver. */
enum status payment_new_take(const struct payment_ops *ops, void *context, struct payment **out);

/* The settings of all drivers; a driver reads only its own. Texts are borrowed for payment_open. */
struct payment_settings {
    const char *driver;          /* "alipay", "wechat", "fake" or "none" */
    const struct clock *clock;   /* borrowed for the life of the channel */
    const struct random *random; /* borrowed for the life of the channel; only wechat needs it */
    struct http *http;           /* borrowed for the life of the channel; NULL for fake and none */

    /* alipay: the last four files decide the mode; certificate mode wants three certificates, public-key mode
     * only alipay_public_key_file */
    const char *gateway_url;
    const char *app_id;
    const char *seller_id;               /* the merchant's 2088 number; "" skips its check in replies */
    const char *product_code;            /* "" means FACE_TO_FACE_PAYMENT */
    const char *store_id;                /* may be "" */
    const char *terminal_id;             /* may be "" */
    const char *notify_url;              /* may be "" */
    const char *app_private_key_file;    /* PEM, mode 0600 */
    const char *app_certificate_file;    /* PEM */
    const char *alipay_certificate_file; /* PEM */
    const char *alipay_root_file;        /* PEM bundle */
    const char *alipay_public_key_file;  /* PEM; only without the certificates */

    struct payment_settings_wechat {
        const char *base_url;
        const char *app_id;
        const char *merchant_id;
        const char *merchant_serial;           /* of the merchant's certificate, 40 hexadecimal digits */
        const char *merchant_private_key_file; /* PEM, mode 0600 */
        const char *platform_serial;           /* of the platform certificate, or PUB_KEY_ID_... */
        const char *platform_key_file;         /* PEM: that certificate, or that public key */
        const char *api_v3_key_file;           /* 32 characters, mode 0600; "" fetches no certificate */
        const char *notify_url;                /* must be given, though nobody listens */
    } wechat;
};

/* The channel of this name is ready; nothing was sent.
 * Returns: NOT_FOUND (no such driver), CONFIG (a setting, key or certificate is missing or unreadable),
 * NO_MEMORY. Owns: the caller closes it with payment_close_channel. */
enum status payment_open(const struct payment_settings *settings, struct payment **out,
                         struct failure *failure);

/* The channel is gone; NULL is allowed. */
void payment_close_channel(struct payment *payment);

/* The channel's stable name, as settings->driver. Thread: any. */
const char *payment_name(const struct payment *payment);

/* A code for this amount exists. Asking again with the same number and content is allowed after UNKNOWN.
 * Returns: the classes above; REFUSED also when the number was already paid or closed: query it.
 * Thread: the payment thread. Time: until call->timeout_ms or cancel. */
enum status payment_create(struct payment *payment, const struct payment_call *call,
                           const struct payment_order *order, struct payment_code *out,
                           struct failure *failure);

/* What the gateway says about our number, checked against our amount.
 * Units: amount in fen, as asked in payment_create.
 * Returns: the classes above. "Refunded" is a hint: closed unpaid and refunded look alike on some channels,
 * so the caller's own ledger decides. Thread: the payment thread. Time: until call->timeout_ms or cancel. */
enum status payment_query(struct payment *payment, const struct payment_call *call, const char *out_trade_no,
                          int64_t amount_fen, struct payment_trade *out, struct failure *failure);

/* The trade is ended whatever its state; if it had been paid, the money goes back.
 * Returns: the classes above; BUSY: the same call again; REFUSED: paid and not cancellable, use
 * payment_refund. Thread: the payment thread. Time: until call->timeout_ms or cancel. */
enum status payment_cancel(struct payment *payment, const struct payment_call *call, const char *out_trade_no,
                           enum payment_cancel_outcome *out, struct failure *failure);

/* The scanned, unpaid trade is closed.
 * Returns: the classes above; REFUSED: nothing was scanned yet, or it is no longer unpaid: query it.
 * Thread: the payment thread. Time: until call->timeout_ms or cancel. */
enum status payment_close(struct payment *payment, const struct payment_call *call, const char *out_trade_no,
                          struct failure *failure);

/* The amount is given back once, however often the call is repeated with the same refund number.
 * Returns: the classes above; OK with DONE or PENDING; REFUSED: staff must act (reason in the failure).
 * Thread: the payment thread. Time: until call->timeout_ms or cancel. */
enum status payment_refund(struct payment *payment, const struct payment_call *call,
                           const struct payment_refund_request *request, enum payment_refund_state *out,
                           struct failure *failure);

/* What became of a refund. Units: amount in fen, as asked in payment_refund.
 * Returns: the classes above; OK with DONE, PENDING or ABSENT.
 * Thread: the payment thread. Time: until call->timeout_ms or cancel. */
enum status payment_refund_query(struct payment *payment, const struct payment_call *call,
                                 const char *out_trade_no, const char *out_request_no, int64_t amount_fen,
                                 enum payment_refund_state *out, struct failure *failure);

/* A notification (the body of the gateway's POST) is genuine and meant for this app and seller.
 * Returns: OK; REFUSED (forged or unsigned), MALFORMED (not a form, a field missing), CONFLICT (another app
 * or seller), UNSUPPORTED (the channel has none). Thread: the payment thread. Time: does not wait. */
enum status payment_verify_notification(struct payment *payment, const void *form, size_t length,
                                        struct payment_notice *out, struct failure *failure);

/* The channel answers and accepts our signature; nothing is created. For doctor and the desk.
 * Returns: the classes above. Thread: the payment thread. Time: until call->timeout_ms or cancel. */
enum status payment_probe(struct payment *payment, const struct payment_call *call, struct failure *failure);

#endif
