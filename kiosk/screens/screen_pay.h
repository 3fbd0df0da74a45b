/* Screen pay: what the payment page's events keep for its drawing. Only for the screen_pay files.
 *
 * A code is drawn from the visit's payment; what stands here is only what the page itself asked for.
 * Pitfall: whether a code may still be scanned is decided by the clock, screen_pay_is_live, never kept.
 */
#ifndef KIOSK_SCREENS_SCREEN_PAY_H
#define KIOSK_SCREENS_SCREEN_PAY_H

#include "kiosk/base/qr.h"
#include "kiosk/screens/pay_by_hand.h"

struct screen_pay_state {
    uint64_t checking_ready;
    uint64_t starting;
    uint64_t asking;
    uint64_t stopping;
    uint64_t printing;
    enum product_payment method; /* the code is of, or will be */
    uint64_t wishing;            /* for the key to be sent */
    bool asks_parcel;            /* the dialog about that is open */
    bool leaving;                /* stopped in order to leave; else to get another code */
    bool was_by_hand;            /* as last seen */
    bool is_kept;                /* nothing is open: how to come back is told before the visit ends */
    struct pay_by_hand hand;
    bool is_paid; /* the result is shown until the next page comes, the order being: */
    enum order_state paid_state;
    bool not_ready; /* no key that can be written, or the authority is silent */
    enum service_reason reason;
    bool may_erase;
    bool is_cut_off;          /* the hall was, as last seen; when it no longer is, a code is fetched */
    bool is_out;              /* of blank keys, as the applicant says */
    bool is_unknown;          /* whether it was paid, since: */
    int64_t unknown_since_ms; /* monotonic */
    struct qr qr;
    char qr_of[SERVICE_QR_BYTES];
    char message[192];
};

/* What the page is about now. */
enum screen_pay_view {
    SCREEN_PAY_PREPARING,
    SCREEN_PAY_CODE,
    SCREEN_PAY_EXPIRED,
    SCREEN_PAY_NOT_READY,
    SCREEN_PAY_FAILED,
    SCREEN_PAY_REFUNDING,
    SCREEN_PAY_UNKNOWN,
    SCREEN_PAY_ALARM,
    SCREEN_PAY_TRANSFER, /* the account, and the voucher */
    SCREEN_PAY_WINDOW    /* the money is taken there */
};
/* The view that state, payment and clock ask for. */
enum screen_pay_view screen_pay_view(const struct ui *ui, const struct screen_pay_state *state);
/* Whether the code may be scanned now. */
bool screen_pay_is_live(const struct ui *ui);
/* Whether what the page is about cannot go on because the hall is cut off. */
bool screen_pay_is_cut_off(const struct ui *ui, const struct screen_pay_state *state);
/* The ways to pay by a code that product and hall take both, at least one. Returns: how many. */
size_t screen_pay_methods(const struct ui *ui, enum product_payment out[PRODUCT_PAYMENT_COUNT_]);
/* The way of the visit's last attempt, else the first offered. */
enum product_payment screen_pay_method_of(const struct ui *ui);
/* Whether another way was tapped, and which. */
bool screen_pay_method_tapped(const struct ui *ui, const struct ui_event *event, enum product_payment *out);
/* What to open on the phone. */
const char *screen_pay_scan_words(const struct ui *ui, enum product_payment method);
/* Whether there is another way, and the button that chooses it where no code is shown. */
bool screen_pay_offers_other(const struct ui *ui);
void screen_pay_draw_other(struct ui *ui, struct rect rect, enum product_payment chosen);
/* The ways to pay below one another, at the foot of the area, the chosen one marked. */
void screen_pay_draw_methods(struct ui *ui, struct rect area, enum product_payment chosen);
/* The words of a view: "pay.<view><suffix>". */
const char *screen_pay_words(const struct ui *ui, enum screen_pay_view view, const char *suffix);

/* Whether the order has left this page: what was paid is shown first, for a moment, then the page of its
 * state comes. Call it for each NOTICE and REPLY in place of screen_moved_on. */
bool screen_pay_moved_on(struct screen_pay_state *state, struct ui *ui);
/* Everything that happens while the result is shown; what it leaves behind. */
void screen_pay_result_event(struct screen_pay_state *state, struct ui *ui, const struct ui_event *event);
void screen_pay_result_leave(struct ui *ui);
/* The whole page of the result. */
void screen_pay_draw_result(struct ui *ui, const struct screen_pay_state *state);
/* How to come back, over the page, before the visit ends. */
void screen_pay_draw_kept(struct ui *ui, const struct screen_pay_state *state);
/* The page of a result that is not known or needs a clerk (a20), into what ui_page left. */
void screen_pay_draw_unknown(struct ui *ui, struct rect area, const struct screen_pay_state *state);
/* The end that what is paid for has. Returns: whether it is known. */
bool screen_pay_write_end(const struct ui *ui, char *out, size_t size);
/* The code and the bill in large letters, lying (e02), into what ui_page left. */
void screen_pay_draw_large(struct ui *ui, struct rect area, const struct screen_pay_state *state);

#endif
