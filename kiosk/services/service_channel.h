/* Service channel: the hall's channels of payment, each opened when it is first needed.
 *
 * Inside kiosk/services only, on the payment worker. An attempt names its channel and is asked about there
 * for good, whatever the applicant chooses later and whichever program asks.
 * Pitfall: the names of rows are older than the second channel: every name but "wechat" means the first.
 */
#ifndef KIOSK_SERVICES_SERVICE_CHANNEL_H
#define KIOSK_SERVICES_SERVICE_CHANNEL_H

#include "kiosk/services/service_context.h"

/* The channel of this name can be asked; an attempt's row says the name, "" is the first.
 * Returns: as payment_open. Owns: borrowed, lives with the worker. */
enum status service_channel_open(struct service_context *context, const char *name, struct payment **out,
                                 struct failure *failure);
/* The channel of this name, which was opened. */
struct payment *service_channel_of(const struct service_context *context, const char *name);
/* What an attempt by this channel is stored under. Owns: borrowed. */
const char *service_channel_name(const struct service_context *context, const char *name);
/* All channels are gone. */
void service_channel_close(struct service_context *context);

#endif
