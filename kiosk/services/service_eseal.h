/* Service e-seal: the approved pictures of seals and signatures get onto the key, beside the certificate.
 *
 * Inside kiosk/services only, on the certificates worker. Each is a picture (PNG) and a description (JSON:
 * whose, of which certificate, how large, the picture's digest); the key's number stands on it likewise. A
 * further lock (副锁) carries no seal. Announced before it is written and proven by reading it back, so that
 * a run after a kill finds what is there and writes the rest; an object is never there twice
 * (token_write_data). Pitfall: before the certificate is confirmed, or a kill in between would leave a
 * handed-over key without its seal.
 */
#ifndef KIOSK_SERVICES_SERVICE_ESEAL_H
#define KIOSK_SERVICES_SERVICE_ESEAL_H

#include "kiosk/services/service_issue.h"

/* What the key's number is kept under, and the parts of a seal of this kind: "certkiosk seal", "certkiosk
 * seal info".
 */
#define SERVICE_ESEAL_NUMBER "certkiosk number"
#define SERVICE_ESEAL_PREFIX "certkiosk "
#define SERVICE_ESEAL_INFO " info"

/* The run's key carries its number and the approved seals of its order, proven. Returns: REFUSED when what is
 * read back differs or a seal was asked for and none is approved, else as the token and the store. */
enum status service_eseal_write(struct service_issue_run *run);

#endif
