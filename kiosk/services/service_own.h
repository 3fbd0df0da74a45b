/* Service own: a certificate issued onto the key its holder brought, beside the one it carries.
 *
 * Inside kiosk/services only, on the certificates worker. Nothing is formatted and no PIN of the hall's is
 * used: the holder's PIN comes with the job and goes with it. The old pair and certificate stay on the key
 * and good until the new ones are proven. The key's row stays with the order that made the key, delivered: it
 * says who formatted it, and a certificate of any later order names the same mark. Pitfall: a pair under an
 * id nobody knows could never be taken off again, so the id follows from the key's mark and the order.
 */
#ifndef KIOSK_SERVICES_SERVICE_OWN_H
#define KIOSK_SERVICES_SERVICE_OWN_H

#include "kiosk/services/service_issue.h"

/* Whether the order's certificate goes onto its holder's own key; false for an unknown order. Returns: as the
 * store; *out is false then, and whoever is about to act stops. */
enum status service_own_is_order(struct service_context *context, const char *order_id, bool *out,
                                 struct failure *failure);
/* Whether the order is about the certificate on the key with this mark: an order that makes a new key never
 * erases that one, however its holder agrees, because the new one is not proven yet. Returns: as the store;
 * *out is true then. */
enum status service_own_is_subjects(struct service_context *context, const char *order_id, const char *mark,
                                    bool *out, struct failure *failure);
/* Whether money may be taken for such an order: its key is in the writer and has room. Returns: NONE,
 * OWN_KEY_ABSENT, OWN_KEY_OTHER, OWN_KEY_FULL, KEY_LOCKED, KEY_UNFIT. */
enum service_reason service_own_judge(struct service_context *context, const char *order_id);

/* The key in the writer is the one the order is about, and the run has the holder's PIN.
 * Returns: REFUSED with the job's reason OWN_KEY_ABSENT, OWN_KEY_OTHER, KEY_LOCKED, KEY_UNFIT or PIN_NEEDED;
 * else as the store. */
enum status service_own_find_key(struct service_issue_run *run);
/* A key that nobody here knows, put in by who proved to be its holder, is the order's. Its row has a mark
 * that is not on the key, and is recognised by label, serial number and model. Inside a change. Returns: as
 * the store. */
enum status service_own_keep_unknown(struct service_context *context, const char *order_id,
                                     const struct token_identity *identity, struct failure *failure);
/* A key that was unknown until then has its certificate, proven. Inside a change. Returns: as the store. */
enum status service_own_hand_over(struct service_context *context, const struct order *order,
                                  struct failure *failure);
/* The PIN is the key's. Returns: REFUSED with the job's reason PIN_WRONG or KEY_LOCKED; else as the token. */
enum status service_own_prove_pin(struct service_issue_run *run);
/* What a reason about a key means when the key is the holder's: no other one can take its place. */
enum service_reason service_own_reason(enum service_reason reason);
/* The id of the order's pair on the key with this mark. */
void service_own_key_id(const char *mark, const char *order_id, struct token_key_id *out);

/* What the key need not carry any more is taken off it: certificates that were replaced or withdrawn, as long
 * as a good one stays, and pairs of orders that ended without a certificate. What fails is logged and left
 * for the next time the PIN is given. */
void service_own_tidy(struct service_context *context, const struct token_identity *identity,
                      const struct secret *pin);

#endif
