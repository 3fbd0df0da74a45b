/* Qr: a text as a QR code module matrix (ISO/IEC 18004), for screen and paper alike.
 *
 * Drawing, the quiet zone of 4 modules and the white tile are the caller's business.
 */
#ifndef KIOSK_BASE_QR_H
#define KIOSK_BASE_QR_H

#include <stdbool.h>

#include "kiosk/base/status.h"

enum { QR_SIDE_MAX = 177 };

struct qr {
    int side;                            /* modules on a side */
    bool dark[QR_SIDE_MAX][QR_SIDE_MAX]; /* [row][column] */
};

/* The text is encoded as bytes with error correction level M.
 * Returns: FULL when the text does not fit a code, MALFORMED when empty. */
enum status qr_encode(const char *text, struct qr *out);

#endif
