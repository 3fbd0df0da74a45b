/* Service account: whose account the visit's is.
 *
 * Inside kiosk/services only. An account is looked after by who has proven its number by code or its
 * password; a key proves a certificate, not a number. Pitfall: an account opens what its number opens, never
 * more.
 */
#ifndef KIOSK_SERVICES_SERVICE_ACCOUNT_H
#define KIOSK_SERVICES_SERVICE_ACCOUNT_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_account.h"

/* The account of the number that was proven in the job's visit. Returns: NOT_FOUND where it has none,
 * BAD_STATE where nothing was proven or the hall has no accounts; else as the store. */
enum status service_account_of_visit(struct service_context *context, struct service_job *job,
                                     char id[STORE_ID_BYTES]);

#endif
