/* Whatever WeChat Pay sends: what is read as a trade or refund is about our number and amount. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "drivers/payment/wechat_reply.h"
#include "kiosk/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct wechat_reply_shop shop = {.app_id = "wx0000000000000001",
                                                  .merchant_id = "1900000001"};
    struct payment_trade trade = {0};
    enum payment_refund_state refunded = PAYMENT_REFUND_ABSENT;
    struct json *content = NULL;
    if (json_parse((const char *)data, size, &content) != STATUS_OK)
        return 0;
    if (wechat_reply_trade(content, &shop, "T20231117000001", 48000, &trade, NULL) == STATUS_OK) {
        check(strcmp(json_text(content, "out_trade_no", ""), "T20231117000001") == 0);
        check(trade.state < PAYMENT_STATE_COUNT_ && strlen(trade.buyer) < sizeof(trade.buyer));
        check(trade.state != PAYMENT_PAID || trade.amount_fen == 48000);
    }
    if (wechat_reply_refund(content, "T20231117000001", "R20231117000001", 48000, &refunded, NULL) ==
        STATUS_OK)
        check(refunded != PAYMENT_REFUND_ABSENT);
    check(wechat_reply_class(400, json_text(content, "code", "")) < STATUS_COUNT_);
    json_free(content);
    return 0;
}
