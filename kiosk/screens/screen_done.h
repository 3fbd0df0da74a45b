/* Screen done: what the last page's events keep for its drawing. Only for screen_done.c and
 * screen_done_draw.c.
 *
 * Pitfall: `taken` is what the store confirmed, not what the writer says at the moment.
 */
#ifndef KIOSK_SCREENS_SCREEN_DONE_H
#define KIOSK_SCREENS_SCREEN_DONE_H

#include "kiosk/base/qr.h"
#include "kiosk/screens/done_consent.h"
#include "kiosk/screens/screen.h"

enum {
    SCREEN_DONE_PATIENCE_S = 20, /* the key stays in the writer: it is said urgently */
    SCREEN_DONE_CALL_S = 80      /* and then a clerk is called */
};

struct screen_done_state {
    uint64_t printing;
    uint64_t taking;
    bool printed;
    bool taken;
    int left_s;    /* until the screen clears itself, once the key is gone */
    int waiting_s; /* how long the key has been left in the writer */
    struct done_consent consent;
    struct qr qr; /* the receipt for a phone: no name stands in it */
    char message[192];
};

#endif
