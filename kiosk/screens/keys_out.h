/* Keys out: the page of a machine that has no blank key left: what holds, where one is had, the slip to come
 * back by, or the key by courier.
 *
 * Shared by the screens of paying and making, which open it when the applicant says so: what lies in a drawer
 * no program sees. Pitfall: a key put in after all closes it, which is the screen's to do.
 */
#ifndef KIOSK_SCREENS_KEYS_OUT_H
#define KIOSK_SCREENS_KEYS_OUT_H

#include "kiosk/screens/screen.h"

struct keys_out {
    enum screen_id here;   /* PAY or ISSUE */
    const char *parcel_id; /* of the button that has the key sent */
    bool is_printing;      /* the slip */
    const char *message;   /* what went wrong with it; "" for nothing */
};

/* The button that opens the page. */
struct widget_button keys_out_button(const struct ui *ui);
/* The whole page: "keys.slip" prints, bar.exit leads back. */
void keys_out_page(struct ui *ui, const struct keys_out *keys);

#endif
