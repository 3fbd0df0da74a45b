/* Whatever a gateway sends: the signed characters lie inside the body and read as the object handed out. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "drivers/payment/alipay_reply.h"
#include "kiosk/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *body = (const char *)data;
    const char *object = NULL;
    size_t length = 0;
    struct alipay_reply reply;
    if (alipay_reply_raw_object(body, size, "error_response", &object, &length) == STATUS_OK)
        check(object >= body && length >= 2 && object + length <= body + size && object[0] == '{');
    if (alipay_reply_split(body, size, "alipay.trade.query", &reply) == STATUS_OK) {
        check(reply.content != NULL);
        check(reply.signed_text[0] == '{' && reply.signed_text[reply.signed_length - 1] == '}');
        check(strlen(reply.sign) < sizeof(reply.sign));
        enum status status = alipay_reply_class(json_text(reply.content, "code", ""),
                                                json_text(reply.content, "sub_code", ""));
        check(status < STATUS_COUNT_);
    }
    alipay_reply_release(&reply);
    return 0;
}
