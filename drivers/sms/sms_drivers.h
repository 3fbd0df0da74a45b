/* Sms drivers: what sms.c and its drivers share; no caller of the service includes it.
 *
 * A driver is one file with one constant, listed in sms.c. Pitfall: `open` borrows the settings for its call.
 */
#ifndef DRIVERS_SMS_SMS_DRIVERS_H
#define DRIVERS_SMS_SMS_DRIVERS_H

#include "drivers/sms/sms.h"

struct sms_driver {
    const char *name; /* as in sms_settings.driver */
    /* As sms_open. */
    enum status (*open)(const struct sms_settings *settings, struct sms **out, struct failure *failure);
};

/* Aliyun SendSms over HTTP. */
extern const struct sms_driver sms_http_driver;
/* Nothing leaves the process; see sms_fake.h. */
extern const struct sms_driver sms_fake_driver;
/* No messages here: every call is CONFIG. */
extern const struct sms_driver sms_none_driver;

/* The driver's own state when the service has these functions. Returns: NULL otherwise. Owns: the service. */
void *sms_context_of(const struct sms *sms, const struct sms_ops *ops);

#endif
