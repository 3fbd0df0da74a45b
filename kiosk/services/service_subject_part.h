/* Service subject, in part: which certificate a short form means, that asks less than the subject says.
 *
 * Inside kiosk/services only. A form to have a certificate held asks for a name or two, because its holder is
 * in a hurry and the key may be lost. It is looked for among the certificates whose order had the mobile
 * number that has just logged in, or the number of the person who is there; what the form says of the holder
 * must stand in it. Pitfall: it never looks further, or a stranger could have somebody's certificate held by
 * its name.
 */
#ifndef KIOSK_SERVICES_SERVICE_SUBJECT_PART_H
#define KIOSK_SERVICES_SERVICE_SUBJECT_PART_H

#include "kiosk/services/service_context.h"

/* The one live certificate of the product that fits is the order's. Returns: REFUSED with the job's reason
 * NO_CERTIFICATE or CERTIFICATES_MANY; else as the store. */
enum status service_subject_settle_part(struct service_context *context, struct service_job *job,
                                        const struct service_visit *visit, const struct form_values *values);

#endif
