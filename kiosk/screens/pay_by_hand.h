/* Pay by hand: paying at the window or over the bank, beside paying by a code.
 *
 * Only for the screen_pay files. What was scanned is kept here for the page to show; everything else stands
 * in the visit's `hand`. Pitfall: the visit may end at any time; the voucher's picture is wiped on leaving.
 */
#ifndef KIOSK_SCREENS_PAY_BY_HAND_H
#define KIOSK_SCREENS_PAY_BY_HAND_H

#include "kiosk/screens/screen.h"

struct pay_by_hand {
    bool is_choosing;  /* the dialog with the ways by hand is open */
    bool is_at_window; /* the applicant wants to pay there */
    bool to_code;      /* a code is wanted in place of the transfer */
    uint64_t opening;  /* the transfer */
    uint64_t printing; /* the account */
    uint64_t scanning; /* the voucher */
    uint64_t previewing;
    bool has_slip;                 /* the account was printed in this visit */
    struct service_image *picture; /* owned: of the voucher */
    struct canvas_image pixels;
    uint64_t version;
    char message[192]; /* what is wrong with the voucher, or with printing */
};

/* The ways by hand this product takes. Returns: how many. */
size_t pay_by_hand_ways(const struct ui *ui, enum product_payment out[PRODUCT_PAYMENT_COUNT_]);
/* The page begins: a voucher that was scanned before is shown. */
void pay_by_hand_enter(struct pay_by_hand *hand, struct ui *ui);
/* What was begun is stopped, the picture is wiped. */
void pay_by_hand_leave(struct pay_by_hand *hand, struct ui *ui);
/* Taps and replies of the transfer's page and of the dialog. Returns: whether it took the event. */
bool pay_by_hand_event(struct pay_by_hand *hand, struct ui *ui, const struct ui_event *event);
/* What may be pressed on the transfer's page. */
void pay_by_hand_offer(const struct pay_by_hand *hand, const struct ui *ui, struct ui_page *page);
/* Account and voucher (landscape beside, portrait below one another), into what ui_page left. */
void pay_by_hand_draw(struct ui *ui, struct rect area, const struct pay_by_hand *hand);
/* The dialog with the ways, when it is open. */
void pay_by_hand_dialog(struct ui *ui, const struct pay_by_hand *hand);

#endif
