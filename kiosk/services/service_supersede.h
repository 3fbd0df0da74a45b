/* Service supersede: the certificate that an order replaces is withdrawn, once the new one cannot be lost.
 *
 * Inside kiosk/services only. The intention stands in the same change as the step after which there is no way
 * back: on the holder's own key the proof, on a new key the PIN its holder set. Whoever runs next carries it
 * out; until then both certificates are good. Pitfall: nothing here touches a key (service_own_tidy does).
 */
#ifndef KIOSK_SERVICES_SERVICE_SUPERSEDE_H
#define KIOSK_SERVICES_SERVICE_SUPERSEDE_H

#include "kiosk/services/service_context.h"

/* The old certificate's withdrawal is announced when the order has just come so far and is about one.
 * Inside a change. Returns: as the store. */
enum status service_supersede_begin(struct service_context *context, const struct order *order,
                                    struct failure *failure);
/* Whether the order makes a certificate, so that the one it is about is replaced; false for an unknown order.
 * Returns: as the store. */
enum status service_supersede_is_of(struct service_context *context, const char *order_id, bool *out,
                                    struct failure *failure);
/* What was announced is done: the authority revokes the old certificate for the order's reason, else as
 * superseded. Returns: OK also when nothing was announced; else as authority_revoke and the store. */
enum status service_supersede_carry_out(struct service_context *context, const char *order_id,
                                        struct failure *failure);

#endif
