/* Service shipment: keys that go by courier: wished for at the terminal, made and sent at the desk.
 *
 * Inside kiosk/services only. Where it goes is read from the order's form by what the product says of its
 * fields. Pitfall: while a key is to be sent no terminal makes it; the desk does, with the product's default
 * PIN.
 */
#ifndef KIOSK_SERVICES_SERVICE_SHIPMENT_H
#define KIOSK_SERVICES_SERVICE_SHIPMENT_H

#include "kiosk/services/service_context.h"

/* How far the order's parcel is; NONE when there is none. Returns: as the store. */
enum status service_shipment_load(struct service_context *context, const char *order_id,
                                  struct service_shipment *out, struct failure *failure);
/* Whether the order's key is to be sent, so that none is needed in the writer here. Returns: as the store. */
enum status service_shipment_is_wished(struct service_context *context, const char *order_id, bool *out,
                                       struct failure *failure);

/* Whether the key that was made for this order and sent still has the PIN it left with, now that its holder
 * has typed this one; another PIN means that it was changed somewhere else, which is noted. */
bool service_shipment_must_change(struct service_context *context, const char *order_id,
                                  const struct product *product, const struct secret *pin);

#endif
