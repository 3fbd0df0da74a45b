#include "kiosk/base/qr.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

#include "kiosk/base/check.h"

enum status qr_encode(const char *text, struct qr *out)
{
    if (*text == 0)
        return STATUS_MALFORMED;
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (code == NULL)
        return errno == ERANGE ? STATUS_FULL : STATUS_NO_MEMORY;
    check(code->width <= QR_SIDE_MAX);
    out->side = code->width;
    for (int row = 0; row < code->width; row++)
        for (int column = 0; column < code->width; column++)
            out->dark[row][column] = (code->data[row * code->width + column] & 1) != 0;
    QRcode_free(code);
    return STATUS_OK;
}
