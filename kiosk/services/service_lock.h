/* Service lock: whether an order makes its holder's main lock (主锁) or a further one (副锁), and its e-seal.
 *
 * Inside kiosk/services only. Decided when the form is complete, by the keys of the product that the holder
 * has, and once more when it is approved; a clerk may decide otherwise in the review, which is a decision
 * like any other and ends with the holder it was about. A further lock has no e-seal and none is charged.
 * Pitfall: nothing changes any more once money was taken.
 */
#ifndef KIOSK_SERVICES_SERVICE_LOCK_H
#define KIOSK_SERVICES_SERVICE_LOCK_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_decision.h"

/* What was decided stands in the visit's `lock`. Returns: as the store. */
enum status service_lock_load(struct service_context *context, struct service_visit *visit,
                              struct failure *failure);
/* The complete form's holder decides what the order makes; seal and price go along. Inside a change. Returns:
 * as store_lock_put. */
enum status service_lock_settle(struct service_context *context, const struct service_visit *visit,
                                struct failure *failure);

/* An order that is approved makes what the clerk saw; where its holder's keys have changed it stands as it is
 * now, and *out is false: the clerk is to see it anew. Inside the change that approves. Returns: as
 * store_lock_put. */
enum status service_lock_stands(struct service_context *context, const struct service_visit *visit, bool *out,
                                struct failure *failure);

/* Whether the key is the first of its order that was handed over, or none was: of several keys of one order
 * the first is the main one. Returns: as the store. */
enum status service_lock_is_first(struct service_context *context, const char *order_id, const char *key_mark,
                                  bool *out, struct failure *failure);

/* The action of a decision for a main lock, or for a further one. */
const char *service_lock_action(bool is_main);
/* Whether a decision of this action is one of these. */
bool service_lock_decides(const char *action);
/* The clerk's decision has its effect. Inside a change. Returns: BAD_STATE when it is no longer possible,
 * else as store_lock_put. */
enum status service_lock_apply(struct service_context *context, const struct store_decision *decision,
                               struct failure *failure);

#endif
