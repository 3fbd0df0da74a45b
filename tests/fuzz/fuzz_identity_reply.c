/* Whatever an identity service sends: one of the classes, and a session only from a whole answer about the
 * one and the person that were asked about. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "drivers/identity/identity_reply.h"
#include "kiosk/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int codes[] = {200, 401, 404, 409, 422, 429, 500};
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        struct identity_session session = {0};
        enum status status = identity_reply_read(codes[i], (const char *)data, size,
                                                 "0123456789abcdef0123456789abcdef", "00ff", &session);
        check(status == STATUS_OK || status == STATUS_NOT_FOUND || status == STATUS_REFUSED ||
              status == STATUS_CONFLICT || status == STATUS_BUSY || status == STATUS_UNKNOWN ||
              status == STATUS_CONFIG);
        check(status != STATUS_OK || codes[i] == 200);
        check((status == STATUS_OK) == (session.url[0] != 0));
        check(session.state < IDENTITY_STATE_COUNT_ && strlen(session.url) < IDENTITY_URL_BYTES);
    }
    return 0;
}
