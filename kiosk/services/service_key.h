/* Service key: the key in the writer: who it is, what may be done with it, the PINs only the hall can derive.
 *
 * Inside kiosk/services only, on the certificates worker. PINs derived here live in struct secret for one
 * call. Pitfall: a key formatted elsewhere has an SO PIN nobody here knows; it can be read, never written.
 */
#ifndef KIOSK_SERVICES_SERVICE_KEY_H
#define KIOSK_SERVICES_SERVICE_KEY_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_key.h"

enum { SERVICE_KEY_FREE_BYTES = 8192 }; /* a key pair and a certificate */

struct service_key_own {
    struct token_info info; /* as last looked at */
    bool looked;
    bool reported;
    enum status last; /* of the last look */
    int64_t next_sweep_ms;
    int64_t next_authority_ms;
    enum device_state authority_state;
};

/* The worker's own state. Returns: never NULL. */
struct service_key_own *service_key_own(struct service_context *context);
/* Writer and authority are open. Returns: as token_open and authority_open. */
enum status service_key_open(struct service_context *context, struct failure *failure);
/* The key is looked at anew. Returns: as token_look; the result stands in service_key_own(context)->info. */
enum status service_key_look(struct service_context *context, struct failure *failure);
/* The screen is told what is in the writer. */
void service_key_report(struct service_context *context);

/* The PIN a key has while it is being made (decisions.md 8). Returns: as hall_key_derive. Owns: wipe it. */
enum status service_key_transport_pin(struct service_context *context, const struct store_key *key,
                                      struct secret *out, struct failure *failure);
/* The key's SO PIN. Returns and Owns: as above. */
enum status service_key_so_pin(struct service_context *context, const struct store_key *key,
                               struct secret *out, struct failure *failure);
/* The key the order is being made on, else the one it is about, unless it makes a key of its own. Returns:
 * NOT_FOUND when there is none. */
enum status service_key_of_order(struct service_context *context, const char *order_id, struct store_key *out,
                                 struct failure *failure);
/* Whether the key tells that a key pair, a certificate and the seals of this order will not fit. */
bool service_key_is_full(struct service_context *context, const char *order_id,
                         const struct token_info *info);
/* Whether the key is in its holder's hands with a certificate that is still good: whoever finds it cannot
 * give that up, it is revoked first. Returns: as the store; *out is true then. */
enum status service_key_is_in_use(struct service_context *context, const struct store_key *key, bool *out,
                                  struct failure *failure);
/* A reason for the applicant for a status of the token. */
enum service_reason service_key_reason(enum status status);
/* The job is refused for what a call with the holder's PIN answered; the key is looked at anew, because a
 * wrong PIN cost a try. Returns: REFUSED with the reason PIN_WRONG or KEY_LOCKED, any other status as it is.
 */
enum status service_key_refuse_pin(struct service_context *context, struct service_job *job,
                                   enum status status);

#endif
