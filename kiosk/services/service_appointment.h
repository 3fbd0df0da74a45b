/* Service appointment: a visit begun in a partner's system goes on here.
 *
 * Inside kiosk/services only. The code is verified when it is read and again when the order is opened, which
 * uses it up in the same change. Pitfall: it proves the partner, not the person: nothing is opened by its
 * phone.
 */
#ifndef KIOSK_SERVICES_SERVICE_APPOINTMENT_H
#define KIOSK_SERVICES_SERVICE_APPOINTMENT_H

#include "kiosk/form/appointment.h"
#include "kiosk/services/service_context.h"

/* The order of the job's choice is begun by the job's code, if it has one: used up, found by its phone, with
 * the values the form asks for. Inside the change that inserts it. Returns: REFUSED with the job's reason
 * APPOINTMENT_OVER, APPOINTMENT_USED or APPOINTMENT_FALSE; else as the store. */
enum status service_appointment_begin(struct service_context *context, struct service_job *job,
                                      const struct order *order);

#endif
