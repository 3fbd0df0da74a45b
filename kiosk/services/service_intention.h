/* Service intention: an act in the world is announced in the store before it is done, and its end after.
 *
 * Inside kiosk/services only. An intention is known by order, kind and subject (a key's mark, a request id,
 * "form"): a run after a kill finds the open one again instead of announcing the act twice. Pitfall: finish
 * it in the same change as what the act brought, or a kill between the two asks twice.
 */
#ifndef KIOSK_SERVICES_SERVICE_INTENTION_H
#define KIOSK_SERVICES_SERVICE_INTENTION_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_intention.h"

enum { SERVICE_INTENTIONS_MAX = 32 }; /* open at once: of an order, or of an owner in one round */

/* The open intention of this kind about this subject. Returns: NOT_FOUND when there is none. */
enum status service_intention_find(struct service_context *context, const char *order_id,
                                   enum store_intention_kind kind, const char *subject,
                                   char id[STORE_ID_BYTES], struct failure *failure);
/* An open intention stands: the one a killed run left, or a new one; ours with a fresh lease.
 * Returns: CONFLICT when another program holds it; else as the store. */
enum status service_intention_begin(struct service_context *context, const char *order_id,
                                    enum store_intention_kind kind, const char *subject,
                                    char id[STORE_ID_BYTES], struct failure *failure);
/* An act as it was decided on, from what the store said a moment ago. */
struct service_intention_act {
    const char *order_id;
    enum store_intention_kind kind;
    const char *subject;
    enum order_event ends; /* how the order moves with it, ORDER_EVENT_COUNT_ when it does not */
    const struct store_certificate *certificate; /* as it was read; NULL when it is about none */
};
/* The act is announced, as above, in a change that finds what it was decided on unchanged: the order still
 * takes the event, the certificate still is where it was. So an act that another program has done since is
 * not begun anew, to stay open with nobody to end it. Returns: CONFLICT when it is not so; else as above. */
enum status service_intention_announce(struct service_context *context,
                                       const struct service_intention_act *act, char id[STORE_ID_BYTES],
                                       struct failure *failure);
/* The lease of our open intention holds for at least half its length. Returns: as store_intention_renew. */
enum status service_intention_keep(struct service_context *context, const struct store_intention *intention,
                                   struct failure *failure);
/* The intention ended, done or not. Units: outcome is a short static word. Returns: as
 * store_intention_finish. */
enum status service_intention_end(struct service_context *context, const char *id, bool done,
                                  const char *outcome, struct failure *failure);
/* The text argument of an intention, copied; empty when it has none. */
void service_intention_argument(const struct store_intention *intention, const char *name, char *out,
                                size_t size);
/* Every open intention of this owner is handed to `act`, oldest first. */
void service_intention_each(struct service_context *context,
                            void (*act)(struct service_context *context,
                                        const struct store_intention *intention));

#endif
