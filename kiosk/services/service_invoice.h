/* Service invoice: an order that is paid owes its payer an invoice; one whose money went back does not.
 *
 * Inside kiosk/services only. Opened and voided in the same change as the order's step. The title comes from
 * the form's 发票信息, where it was filled in, else from the unit or the person. Pitfall: a title that could
 * not be read is no reason to refuse money: it is left empty for a clerk to correct.
 */
#ifndef KIOSK_SERVICES_SERVICE_INVOICE_H
#define KIOSK_SERVICES_SERVICE_INVOICE_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_invoice.h"

/* The order, just paid, owes an invoice if its product gives one: at once where it comes by itself, else when
 * it is asked for. Call inside a change. Returns: as the store. */
enum status service_invoice_open(struct service_context *context, const struct order *order,
                                 struct failure *failure);
/* The order's invoice as the screens show it; nothing where there is none. Returns: as the store. */
enum status service_invoice_load(struct service_context *context, const struct order *order,
                                 struct service_invoice *out, struct failure *failure);
/* When an invoice asked for now is due by this product, 0 when it does not say. Units: seconds UTC. */
int64_t service_invoice_due(const struct service_context *context, const struct product *product);

#endif
