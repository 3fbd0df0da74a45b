/* Reset wish: what somebody wants to set anew at a clerk's word, from the page where it was forgotten to the
 * page where it is set.
 *
 * It is the argument of SCREEN_RESET, which copies it. Pitfall: whether the name is anybody's is not known
 * here, nor there.
 */
#ifndef KIOSK_SCREENS_RESET_WISH_H
#define KIOSK_SCREENS_RESET_WISH_H

#include "kiosk/services/services.h"

struct reset_wish {
    enum service_reset_kind kind;
    char alias[SERVICE_TEXT_BYTES]; /* whose; "" for the question of the visit's order */
};

#endif
