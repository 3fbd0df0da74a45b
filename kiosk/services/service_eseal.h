/* Service e-seal: the approved pictures of seals and signatures get onto the key, beside the certificate.
 *
 * Inside kiosk/services only, on the certificates worker. Each is a picture (PNG), a description (JSON:
 * whose, of which certificate and order, how large, from when to when, the picture's digest) and a signature
 * over the description's bytes, made by the key pair that was certified just before: a detached CMS with the
 * certificate in it (signature_to_cms). It says that picture and description are those the holder's key was
 * made with; that they are the holder's own is what the clerk approved, and the order in it names. What the
 * description has follows SESeal of GB/T 38540-2020 (esID, property with type, name, createDate, validStart,
 * validEnd, picture with type, width, height), whose maker signs, too. The key's number stands on the key
 * likewise. A further lock (副锁) carries no seal. A seal that the key carries from before and the order does
 * not make anew is described and signed for the new certificate, where that costs nothing
 * (service_carried.h); its picture and the order that approved it stay. Announced before it is written and
 * proven by reading it back, so that a run after a kill finds what is there and writes the rest; an object is
 * never there twice (token_write_data). Pitfall: before the certificate is confirmed, or a kill in between
 * would leave a handed-over key without its seal.
 */
#ifndef KIOSK_SERVICES_SERVICE_ESEAL_H
#define KIOSK_SERVICES_SERVICE_ESEAL_H

#include "kiosk/services/service_issue.h"

/* What the key's number is kept under, and the parts of a seal of this kind: "certkiosk seal", "certkiosk
 * seal info", "certkiosk seal p7s". */
#define SERVICE_ESEAL_NUMBER "certkiosk number"
#define SERVICE_ESEAL_PREFIX "certkiosk "
#define SERVICE_ESEAL_INFO " info"
#define SERVICE_ESEAL_SIGNED " p7s"

/* The run's key carries its number and the approved seals of its order, proven, and those it keeps are of its
 * new certificate. Returns: REFUSED when what is read back differs or a seal was asked for and none is
 * approved, else as the token and the store. */
enum status service_eseal_write(struct service_issue_run *run);

/* What the seals of this order take of the key in the writer at most at any moment, as far as their samples
 * are chosen; what they take the place of gives its room back. 0 without one. Units: bytes. Returns: as the
 * store. */
enum status service_eseal_room(struct service_context *context, const char *order_id,
                               const struct token_info *info, int64_t *out, struct failure *failure);

#endif
