/* Service paper: an order as the values of a printed form.
 *
 * Inside kiosk/services only. What a template names comes from the product (rows of the form, titles, ticks),
 * the order (number, amounts) and the certificate; the template decides which of them it prints. Pitfall: a
 * sheet holds personal values; release wipes them.
 */
#ifndef KIOSK_SERVICES_SERVICE_PAPER_H
#define KIOSK_SERVICES_SERVICE_PAPER_H

#include "kiosk/services/service_context.h"
#include "kiosk/services/service_sheet.h"

/* The order's application form is ready to be drawn: template, values, page code.
 * Returns: CONFIG (template), NOT_FOUND; else as the store. Owns: the caller releases *out, also after
 * failure. */
enum status service_paper_form(struct service_context *context, const char *order_id,
                               struct service_sheet *out, struct failure *failure);
/* The slip with the account the order's money is to be transferred to, with a fresh ticket in its code.
 * Returns and Owns: as above; NOT_FOUND also when the product names no account. */
enum status service_paper_account(struct service_context *context, const char *order_id,
                                  struct service_sheet *out, struct failure *failure);
enum { SERVICE_PAPER_NAME_BYTES = 32 };
/* What a print of this sheet is known by, with the order's version: a form that was changed meanwhile is
 * another form. */
void service_paper_name(const char *sheet, const struct order *order, char out[SERVICE_PAPER_NAME_BYTES]);
/* How often this very sheet of the order came out of a printer. Returns: as the store. */
enum status service_paper_printed(struct service_context *context, const struct order *order,
                                  const char *sheet, size_t *out, struct failure *failure);
/* The order's receipt, or its acceptance slip while it is not finished, with a fresh ticket in its code.
 * Returns and Owns: as above. */
enum status service_paper_receipt(struct service_context *context, const char *order_id,
                                  struct service_sheet *out, struct failure *failure);

#endif
