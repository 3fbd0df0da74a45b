/* Service drivers: each device and service of the hall as its settings describe it, opened in one place.
 *
 * The workers and the doctor open through here, so that what the doctor finds is what the workers meet. No
 * device is asked; that is the caller's next step.
 * Pitfall: a handle belongs to the thread that opened it.
 */
#ifndef KIOSK_SERVICES_SERVICE_DRIVERS_H
#define KIOSK_SERVICES_SERVICE_DRIVERS_H

#include "drivers/authority/authority.h"
#include "drivers/idcard/idcard.h"
#include "drivers/identity/identity.h"
#include "drivers/net/http.h"
#include "drivers/payment/payment.h"
#include "drivers/printer/printer.h"
#include "drivers/scanner/scanner.h"
#include "drivers/sms/sms.h"
#include "drivers/token/token.h"
#include "kiosk/catalogue/settings.h"

/* What a driver is opened from; everything is borrowed for the driver's life. */
struct service_drivers_source {
    const struct settings *settings;
    const struct clock *clock;
    const struct random *random;
    struct http *http; /* for payment, SMS and the identity service */
    const char *owner; /* terminal or desk id, told to the payment channel */
};

/* The variables of token.environment are set for this process and the helpers it starts: vendor modules read
 * their own.
 * Thread: before any other thread or helper starts. */
void service_drivers_set_environment(const struct settings *settings);

/* The writer of the settings can be asked.
 * Units: deadline_ms for every call, 0 for each call's own.
 * Returns: as token_open. Owns: the caller closes *out. After failure: *out is unchanged. */
enum status service_drivers_open_token(const struct service_drivers_source *source, int deadline_ms,
                                       struct token **out, struct failure *failure);
/* The scanner of the settings can be asked.
 * Returns: as scanner_open. Owns: the caller closes *out. After failure: *out is unchanged. */
enum status service_drivers_open_scanner(const struct service_drivers_source *source, struct scanner **out,
                                         struct failure *failure);
/* The printer of the settings can be asked.
 * Returns: as printer_open. Owns: the caller closes *out. After failure: *out is unchanged. */
enum status service_drivers_open_printer(const struct service_drivers_source *source, struct printer **out,
                                         struct failure *failure);
/* The payment channel of the settings can be asked.
 * Returns: as payment_open. Owns: the caller closes *out. After failure: *out is unchanged. */
enum status service_drivers_open_payment(const struct service_drivers_source *source, struct payment **out,
                                         struct failure *failure);
/* The WeChat Pay channel of the settings can be asked.
 * Returns: as payment_open. Owns: the caller closes *out. After failure: *out is unchanged. */
enum status service_drivers_open_wechat(const struct service_drivers_source *source, struct payment **out,
                                        struct failure *failure);
/* The SMS service of the settings can be asked.
 * Returns: as sms_open. Owns: the caller closes *out. After failure: *out is unchanged. */
enum status service_drivers_open_sms(const struct service_drivers_source *source, struct sms **out,
                                     struct failure *failure);
/* The card reader of the settings can be asked.
 * Returns: as idcard_open. Owns: the caller closes *out. After failure: *out is unchanged. */
enum status service_drivers_open_idcard(const struct service_drivers_source *source, struct idcard **out,
                                        struct failure *failure);
/* The external identity service of the settings can be asked.
 * Returns: as identity_open. Owns: the caller closes *out. After failure: *out is unchanged. */
enum status service_drivers_open_identity(const struct service_drivers_source *source, struct identity **out,
                                          struct failure *failure);
/* The authority of the settings can be asked.
 * Units: deadline_ms for every call.
 * Returns: as authority_open. Owns: the caller closes *out. After failure: *out is unchanged. */
enum status service_drivers_open_authority(const struct service_drivers_source *source, int deadline_ms,
                                           struct authority **out, struct failure *failure);

#endif
