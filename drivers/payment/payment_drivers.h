/* Payment drivers: what payment.c and its drivers share; no caller of the channel includes it.
 *
 * A driver is one file with one constant, listed in payment.c. Pitfall: `open` borrows the settings for its
 * call.
 */
#ifndef DRIVERS_PAYMENT_PAYMENT_DRIVERS_H
#define DRIVERS_PAYMENT_PAYMENT_DRIVERS_H

#include "drivers/payment/payment.h"

struct payment_driver {
    const char *name; /* as in payment_settings.driver */
    /* As payment_open. */
    enum status (*open)(const struct payment_settings *settings, struct payment **out,
                        struct failure *failure);
};

/* Alipay over its OpenAPI gateway. */
extern const struct payment_driver payment_alipay_driver;
/* WeChat Pay over its API v3, Native. */
extern const struct payment_driver payment_wechat_driver;
/* No gateway; see payment_fake.h. */
extern const struct payment_driver payment_fake_driver;
/* No payment here: every call is CONFIG. */
extern const struct payment_driver payment_none_driver;

/* The driver's own state when the channel has these functions. Returns: NULL otherwise. Owns: the channel. */
void *payment_context_of(const struct payment *payment, const struct payment_ops *ops);

#endif
