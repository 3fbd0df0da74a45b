/* Service wish: what was chosen with an order, from the request that opens it to the store and back.
 *
 * Inside kiosk/services only. It is judged once, when the order is opened; from then on price, papers and
 * printed form follow from what is stored. Pitfall: service_wish_load needs product, operation and order set.
 */
#ifndef KIOSK_SERVICES_SERVICE_WISH_H
#define KIOSK_SERVICES_SERVICE_WISH_H

#include "kiosk/services/service_context.h"

/* The request asks for the seal that comes with its choice, too. */
void service_wish_settle(struct service_context *context, struct service_request *request);
/* What the request's choice costs. Returns: REFUSED for what the product does not offer, UNSUPPORTED for a
 * fee nobody has published of an operation that is paid here, else as product_wish_quote. */
enum status service_wish_price(struct service_context *context, const struct service_request *request,
                               struct price_quote *out, struct failure *failure);
/* What a wish costs an order of this hall: nothing where it is paid elsewhere. Returns: as
 * product_wish_quote. */
enum status service_wish_amount(const struct product_wish *wish, int64_t *out_fen);
/* The order costs what its wish costs now that the certificate it is about may be known (a key that failed by
 * itself within its warranty is exchanged for nothing, a seal on the key that the change outdates is made
 * anew for its fee); one that was paid keeps its price. Inside a change. Returns: as the store. */
enum status service_wish_reprice(struct service_context *context, const char *order_id,
                                 struct failure *failure);
/* The wish stands with the order. Inside a change. Returns: as store_wish_insert. */
enum status service_wish_keep(struct service_context *context, const struct order *order,
                              const struct service_wish *wish, struct failure *failure);
/* Class, reason and wish of the visit's order are as stored; what is offered first where none is stored.
 * Returns: as the store. */
enum status service_wish_load(struct service_context *context, struct service_visit *visit,
                              struct failure *failure);
/* How many keys the order made that are in their holder's hands, and how many of the wish are still to be
 * made after one of them; none where the order makes no key of its own. Returns: as the store. */
enum status service_wish_keys_made(struct service_context *context, const char *order_id, unsigned *made,
                                   struct failure *failure);
enum status service_wish_keys_left(struct service_context *context, const char *order_id, unsigned *left,
                                   struct failure *failure);

#endif
