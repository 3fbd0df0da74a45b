/* Service notice: messages to applicants, written with what they tell of, sent by the SMS worker.
 *
 * Inside kiosk/services only. A product says by its channels whether results are told by SMS, the hall by its
 * templates which of them. Pitfall: nothing is sent inside a change; the worker's round sends what waits.
 */
#ifndef KIOSK_SERVICES_SERVICE_NOTICE_H
#define KIOSK_SERVICES_SERVICE_NOTICE_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_notice.h"

/* The template of a kind of notice, "" when this hall does not send it. Owns: borrowed from the settings. */
const char *service_notice_template(const struct settings *settings, enum store_notice_kind kind);

/* Whether product and hall tell this by SMS. */
bool service_notice_is_told(const struct service_context *context, const struct order *order,
                            enum store_notice_kind kind);
/* The order's agent is told of this, once per subject, where product and hall tell it by SMS and a number is
 * known; else nothing. Inside the change it tells of. Returns: as the store. */
enum status service_notice_add(struct service_context *context, const struct order *order,
                               enum store_notice_kind kind, const char *subject, struct failure *failure);
/* The same for what an event did to the order, where it is worth telling. Returns: as the store. */
enum status service_notice_of_step(struct service_context *context, const struct order *order,
                                   enum order_event event, struct failure *failure);

/* What waits is sent, what somebody else left in the middle is given up, and once a day certificates that end
 * soon are looked for. Thread: the SMS worker's. */
void service_notice_round(struct service_context *context, struct sms *sms);
/* One notice is sent now. Returns: as sms_send; CONFLICT when it does not wait. Thread: the SMS worker's. */
enum status service_notice_send_now(struct service_context *context, struct sms *sms,
                                    const struct store_notice *notice, struct failure *failure);

#endif
