/* Service pair: the encryption half of a certificate pair gets onto the key beside the signing one, proven.
 *
 * Inside kiosk/services only, on the certificates worker, called by the stages of service_issue.h. The pair's
 * half comes with the signing certificate, or, where an order recovers an old one, from the authority's
 * escrow once two clerks approved. It is opened by the key's own chip. Each call may be repeated after a pull
 * or a kill. Pitfall: products without pairs pass through every call untouched.
 */
#ifndef KIOSK_SERVICES_SERVICE_PAIR_H
#define KIOSK_SERVICES_SERVICE_PAIR_H

#include "kiosk/services/service_issue.h"

/* Whether the run's request asks for a pair; one that recovers an old half asks for none. */
bool service_pair_is_asked(const struct service_issue_run *run);
/* The half that came with an answer is stored beside the certificate; nothing for an answer without one.
 * Inside a change. Returns: MALFORMED for one that cannot be read, else as the store. */
enum status service_pair_take(struct service_context *context, const struct store_certificate *certificate,
                              const struct authority_outcome *outcome, bool recovered,
                              struct failure *failure);

/* The half is here and right: it names the same holder, has its own use, and chains to a root we trust; one
 * to be recovered is fetched first. Returns: REFUSED when it is wrong or was refused, with the job's reason;
 * else as the authority and the store. After failure: with REFUSED the whole pair is withdrawn. */
enum status service_pair_obtain(struct service_issue_run *run);
/* Key and certificate of the half are on the key and read back. Returns: as service_pair_obtain, and the
 * token. */
enum status service_pair_write(struct service_issue_run *run);
/* The key read a fresh challenge that was encrypted to the half. Returns: REFUSED when it did not; else as
 * the token and the store. */
enum status service_pair_prove(struct service_issue_run *run);

#endif
