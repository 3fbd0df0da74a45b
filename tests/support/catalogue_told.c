#include "tests/support/catalogue_told.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/feature.h"

/* Where this is said before the end of so many bytes and not of what is to come. */
static const char *said(const char *texts, size_t length, const char *text)
{
    const char *at = texts;
    while ((at = memmem(at, length - (size_t)(at - texts), text, strlen(text))) != NULL) {
        at += strlen(text);
        if ((size_t)(at - texts) + strlen("后") > length || memcmp(at, "后", strlen("后")) != 0)
            return at - strlen(text);
    }
    return NULL;
}

bool catalogue_told_no_approval(const struct robot_order *order)
{
    static const char *const claims[] = {"审核通过", "审核已通过", "审核结果已", "审核结果有效",
                                         "审核结果一直"};
    size_t length = robot_order_passed(order, "review") ? order->unapproved_bytes : order->texts.length;
    bool is_silent = true;
    for (size_t i = 0; i < sizeof(claims) / sizeof(claims[0]); i++) {
        const char *at = said((const char *)order->texts.data, length, claims[i]);
        if (at != NULL)
            (void)fprintf(stderr, "said before it was so: %.60s\n", at);
        is_silent = is_silent && at == NULL;
    }
    return is_silent;
}

bool catalogue_told_payment(const struct robot_order *order, const char *yuan)
{
    char amount[64];
    (void)snprintf(amount, sizeof(amount), "%s 元", yuan);
    FEATURE("F150");
    return robot_order_saw(order, "交易成功") && robot_order_saw(order, amount) &&
           robot_order_saw(order, "打印支付结果");
}
