/* Service question: the question a holder chose, asked again before a later order goes on.
 *
 * Inside kiosk/services only. An operation that asks it (asks_verification) takes the answer in its own form,
 * where the form has the field, or on a page of its own. What was typed into a form is kept as a salted hash
 * and stands in the form's values no longer. Pitfall: a certificate whose order has no question (made before
 * there were any, or forgotten) asks for none.
 */
#ifndef KIOSK_SERVICES_SERVICE_QUESTION_H
#define KIOSK_SERVICES_SERVICE_QUESTION_H

#include "kiosk/services/service_context.h"

/* What stands in the form instead of an answer that was kept; nobody can type it. */
#define SERVICE_QUESTION_KEPT "••••••"

/* The order may go on, as far as the question of the certificate it is about is concerned.
 * Returns: REFUSED with the job's reason QUESTION_ASKED, QUESTION_WRONG or LOCKED, and the question in its
 * patch; else as the store. */
enum status service_question_settle(struct service_context *context, struct service_job *job,
                                    const struct service_visit *visit, const struct form_values *values);
/* The form's question and answer are the order's; its values hold SERVICE_QUESTION_KEPT. Outside a change.
 * Returns: REFUSED with the job's reason FORM_FAULTY where the question is another one than the answer was
 * kept for: the answer is empty then, also in the job's patch; else as the store. */
enum status service_question_keep(struct service_context *context, struct service_job *job,
                                  const struct service_visit *visit, const struct form_values *values);
/* An answer that was kept is not carried into another order. Inside a change. Returns: as the store. */
enum status service_question_uncopy(struct service_context *context, const struct product *product,
                                    const char *order_id, struct failure *failure);
/* The order whose question the visit's order asks. Returns: NOT_FOUND when it asks none. */
enum status service_question_about(struct service_context *context, const char *order_id,
                                   char about_id[ORDER_ID_BYTES], struct failure *failure);

#endif
