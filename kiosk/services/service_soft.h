/* Service soft: certificates that leave the desk as a file with their key: whether one may, how far one is.
 *
 * Inside kiosk/services only. Both the hall (desk.soft_certificate) and the product (certificate.soft) must
 * allow it. Of an order either a chip or a file has the certificate: whoever begins first has it until that
 * certificate is withdrawn or refused. The act is service_soft_export.c, on the certificates worker of a
 * desk. Pitfall: what ends or finishes a certificate anywhere ends or finishes this, too; the hooks below run
 * inside that change.
 */
#ifndef KIOSK_SERVICES_SERVICE_SOFT_H
#define KIOSK_SERVICES_SERVICE_SOFT_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_certificate.h"
#include "kiosk/store/store_soft.h"

/* Whether this hall's desk exports certificates of this product. */
bool service_soft_is_allowed(const struct service_context *context, const struct product *product);
/* What a clerk may do about the order here; NONE also when the store does not answer. */
enum service_certificate_soft service_soft_look(struct service_context *context, const struct order *order);
/* Whether a desk of this hall may begin to make it a file; false also when the store does not answer. */
bool service_soft_is_offered(struct service_context *context, const struct order *order);
/* Whether the order's certificate is on its way into a file, so that no key may be begun. */
bool service_soft_is_open(struct service_context *context, const char *order_id);
/* The order's certificate that is on its way into a file, or in one. Returns: NOT_FOUND when there is none,
 * or it was withdrawn or refused. */
enum status service_soft_load(struct service_context *context, const char *order_id, struct store_soft *row,
                              struct store_certificate *certificate, struct failure *failure);

/* The certificate was withdrawn or refused: its private key is gone, and another medium may follow. Nothing
 * for any other certificate. Inside that change. Returns: as the store. */
enum status service_soft_end(struct service_context *context, const struct store_certificate *certificate,
                             struct failure *failure);
/* The confirmed certificate is in its file, so the order, just moved by KEY_PROVEN, goes to its end: there is
 * no PIN to set and no key to take. Nothing for any other certificate. Inside that change. Returns: as
 * service_step. */
enum status service_soft_hand_over(struct service_context *context,
                                   const struct store_certificate *certificate, struct order *order,
                                   struct failure *failure);

#endif
