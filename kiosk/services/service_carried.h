/* Service carried: the electronic seals that the key of an order carries from an earlier one.
 *
 * Inside kiosk/services only. A renewal or change on the holder's own key gives it a new certificate, and a
 * seal is signed by the certificate's key pair: what is on the key is made anew with the order (and paid),
 * or signed anew for nothing (service_eseal.h), or stays with the old certificate and ends with it, which
 * applicant and clerk are told. Pitfall: a renewed key's certificate is of an order without a seal; the
 * seal's own order is further back.
 */
#ifndef KIOSK_SERVICES_SERVICE_CARRIED_H
#define KIOSK_SERVICES_SERVICE_CARRIED_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_certificate.h"

/* What an act on the key came to when a seal of it stays with the old certificate. */
#define SERVICE_CARRIED_OUTCOME "left"

/* Whether the order puts a seal of its own on the key with this mark. Returns: as the store. */
enum status service_carried_by(struct service_context *context, const char *order_id, const char *key_mark,
                               bool *out, struct failure *failure);
/* The order whose seals the key of this certificate carries. Returns: NOT_FOUND when it carries none that was
 * made here, else as the store. */
enum status service_carried_origin(struct service_context *context,
                                   const struct store_certificate *certificate, char order_id[STORE_ID_BYTES],
                                   struct failure *failure);
/* What becomes of the seals on the order's key stands in the visit, whose wish, lock and issue are loaded;
 * after the key was written, what became of them. Returns: as the store. */
enum status service_carried_load(struct service_context *context, struct service_visit *visit,
                                 struct failure *failure);
/* The order whose seals the key of this order carries, and whether they are signed anew for its certificate.
 * Returns: NOT_FOUND when there are none; else as the store. */
enum status service_carried_find(struct service_context *context, const char *order_id,
                                 char origin[STORE_ID_BYTES], bool *is_kept, struct failure *failure);

#endif
