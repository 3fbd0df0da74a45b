/* Whatever header lines a peer sends: looking one up stays inside them and inside the caller's room. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "drivers/net/http.h"
#include "kiosk/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct http_reply reply;
    char value[16];
    http_reply_init(&reply);
    if (buf_append(&reply.headers, data, size) == STATUS_OK &&
        http_reply_header(&reply, "content-type", value, sizeof(value)) == STATUS_OK)
        check(strnlen(value, sizeof(value)) < sizeof(value));
    http_reply_release(&reply);
    return 0;
}
