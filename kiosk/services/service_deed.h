/* Service deed: what an order does among people (product_deeds.def): a unit claimed, joined, proven, a
 * certificate made for a phone, earlier ones withdrawn.
 *
 * Inside kiosk/services only. It is judged when the form is complete, so that nobody pays for what cannot be,
 * and done when the order is carried out, where it is judged again. Who joins waits for the administrator,
 * who proves by a transfer for the desk; the applicant need not stay.
 * Pitfall: a deed is done at most once; a run that finds its effect goes on as if it had done it.
 */
#ifndef KIOSK_SERVICES_SERVICE_DEED_H
#define KIOSK_SERVICES_SERVICE_DEED_H

#include "kiosk/services/service_context.h"

/* Whether the visit's order does anything among people. */
bool service_deed_is_asked(struct service_context *context, const struct service_visit *visit);
/* The form's person may ask this, of the form's unit where it names one. Reasons: UNIT_HAS_MANAGER,
 * UNIT_UNKNOWN, UNIT_IS_MEMBER, UNIT_NOT_MEMBER, UNIT_NOT_MANAGER, PROOF_ACCOUNT, NO_CERTIFICATE, and those
 * of service_subject_admit. Returns: REFUSED, else as the store. */
enum status service_deed_settle(struct service_context *context, struct service_job *job,
                                const struct service_visit *visit);
/* All of it is done. Reasons: UNIT_WAITS, PROOF_WAITS, UNIT_REFUSED (by the administrator or the desk), and
 * as above. With `begins` what must be asked of somebody is asked now. Returns: as service_deed_settle. */
enum status service_deed_run(struct service_context *context, struct service_job *job, const char *order_id,
                             bool begins);
/* What the visit's order waits for stands in it. Returns: as the store. */
enum status service_deed_load(struct service_context *context, struct service_visit *visit,
                              struct failure *failure);

#endif
