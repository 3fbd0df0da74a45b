/* Service load: an order as it stands in the store, gathered for a view.
 *
 * Inside kiosk/services only. One read of everything the screens show about an order: state, values, pages,
 * rejections, newest payment attempt, certificate.
 * Pitfall: it reads several tables; between them another program may write. The order's version tells.
 */
#ifndef KIOSK_SERVICES_SERVICE_LOAD_H
#define KIOSK_SERVICES_SERVICE_LOAD_H

#include "kiosk/services/service_context.h"

/* The order, its rejections, pages, payment and issue views stand in the visit; product and operation are
 * set. Returns: NOT_FOUND (no such order or product), else as the store. After failure: *out may be partly
 * filled. */
enum status service_load_order(struct service_context *context, const char *order_id,
                               struct service_visit *out, struct failure *failure);
/* The order's row with its product and operation; *order may be NULL. Returns: NOT_FOUND (no such order or
 * product), else as the store. */
enum status service_load_operation(struct service_context *context, const char *order_id, struct order *order,
                                   const struct product **product, const struct product_operation **operation,
                                   struct failure *failure);
/* The form's values as stored. Returns: as the store. Owns: the caller wipes *out, which must be empty
 * before. */
enum status service_load_values(struct service_context *context, const char *order_id,
                                struct form_values *out, struct failure *failure);
/* The id of the first field asked about this subject in this kind; NULL when there is none. Where nothing is
 * asked about an agent the person acts, and where nothing is asked about a unit the person is the holder.
 * With values, what is not shown is not asked; NULL takes every field. Owns: borrowed from the form, which
 * may be NULL. */
const char *service_load_field(const struct form *form, const struct form_values *values,
                               enum form_subject subject, enum form_kind kind);
/* The unit's name as the holder wrote it, empty when there is none: the first field asked about the unit, or
 * the person's name. Returns: as the store. */
enum status service_load_unit(struct service_context *context, const struct order *order, char *out,
                              size_t size);
/* The masked name of who is there (王*小), empty when it is not known: the first name asked about the agent.
 * Returns: as the store. */
enum status service_load_person(struct service_context *context, const struct order *order, char *out,
                                size_t size);
/* The mobile number of the agent, empty when the form has none; the one it was changed for, where an account
 * says so. Returns: as the store. */
enum status service_load_phone(struct service_context *context, const struct order *order, char *out,
                               size_t size);
/* The credit code of the unit, empty when the form has none. Returns: as the store. */
enum status service_load_credit_code(struct service_context *context, const struct order *order, char *out,
                                     size_t size);
/* By when the order in review is decided, as its product promises. Units: seconds UTC. Returns: 0 for an
 * order that is not in review, or without such a promise. */
int64_t service_load_due(const struct service_context *context, const struct order *order);
/* The agent's whole name, their ID number, and the last digits of the unit's account, empty when the form has
 * none. Returns: as the store. Owns: the caller wipes them. */
enum status service_load_agent(struct service_context *context, const struct order *order, char *out,
                               size_t size);
enum status service_load_id_number(struct service_context *context, const struct order *order, char *out,
                                   size_t size);
enum status service_load_account_end(struct service_context *context, const struct order *order, char *out,
                                     size_t size);
/* The job's patch brings the order and, with `values`, the form's values. Returns: as service_load_order. */
enum status service_load_patch(struct service_context *context, struct service_job *job, const char *order_id,
                               bool values);
/* A report with the visit's order as it stands now, when the visit is about this order; else nothing. */
void service_load_report(struct service_context *context, enum service_kind kind, const char *order_id);

/* Every order in this state is handed to `act`, oldest first, however many there are. */
void service_load_each(struct service_context *context, enum order_state state,
                       void (*act)(struct service_context *context, const struct order *order));

#endif
