/* Screen identity: what the identity page's events keep for its drawing. Only for screen_identity.c and
 * screen_identity_draw.c.
 *
 * The page stands at one of the ways its product takes and the hall has. Pitfall: a clerk may have the case
 * open whatever way the page stands at.
 */
#ifndef KIOSK_SCREENS_SCREEN_IDENTITY_H
#define KIOSK_SCREENS_SCREEN_IDENTITY_H

#include "kiosk/base/qr.h"
#include "kiosk/screens/screen.h"

/* How the check stands. */
enum screen_identity_standing {
    SCREEN_IDENTITY_WAITING,
    SCREEN_IDENTITY_CHECKING, /* a clerk has it open */
    SCREEN_IDENTITY_REFUSED
};

struct screen_identity_state {
    enum product_identity way;
    uint64_t correcting;
    uint64_t reading;   /* the card that is waited for */
    uint64_t beginning; /* the code for the telephone that is asked for */
    struct qr qr;       /* of the code */
    char qr_of[SERVICE_QR_BYTES];
    enum service_reason refusal; /* why a machine's way did not lead on; NONE while it has not */
    size_t read_refusals;        /* the clerk's last one was read, another try is due */
    char message[192];
};

/* How the check stands at the way the page stands at. */
enum screen_identity_standing screen_identity_standing(const struct ui *ui,
                                                       const struct screen_identity_state *state);
/* The ways there are here, in the product's order. Returns: how many. */
size_t screen_identity_ways(const struct ui *ui, enum product_identity out[PRODUCT_IDENTITY_COUNT_]);

#endif
