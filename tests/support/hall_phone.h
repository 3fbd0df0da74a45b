/* Hall phone: the phone of an applicant, as far as its service brings a request of its key to the hall.
 *
 * What certctl phone request does, on the store itself. Pitfall: a key of the phone's own is thrown away;
 * only the certificate made for it can be looked at.
 */
#ifndef TESTS_SUPPORT_HALL_PHONE_H
#define TESTS_SUPPORT_HALL_PHONE_H

#include "tests/support/hall.h"
#include "tests/support/pki_key.h"

/* A request for what the order's form says stands with the order. */
void hall_phone_bring(struct hall *hall, const char *order_id);
/* The same with this key. Owns: it stays the caller's. */
void hall_phone_bring_key(struct hall *hall, const char *order_id, const struct pki_key *key);
/* As the first for another company than the form's. */
void hall_phone_bring_for(struct hall *hall, const char *order_id, const char *company);

#endif
