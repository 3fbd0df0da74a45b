/* Whatever an SMS service sends: one of the classes, and "accepted" only for a whole answer that says so. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "drivers/sms/aliyun_reply.h"
#include "kiosk/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int codes[] = {200, 400, 429, 500};
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        struct aliyun_reply reply;
        enum status status = aliyun_reply_read(codes[i], (const char *)data, size, &reply);
        check(status == STATUS_OK || status == STATUS_REFUSED || status == STATUS_BUSY ||
              status == STATUS_UNKNOWN || status == STATUS_CONFIG);
        check(status != STATUS_OK || (codes[i] == 200 && strcmp(reply.code, "OK") == 0));
    }
    return 0;
}
