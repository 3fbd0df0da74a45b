/* Service identity: who an order says must be here, and what follows from having found out.
 *
 * Inside kiosk/services only. A clerk's look at the card is a decision (service_decision.h); the other ways,
 * the card reader and the telephone, end here: the order moves on and the audit says by which way, in one
 * change.
 * Pitfall: the person on a card is compared with what the order has stored, never with what is on the screen.
 */
#ifndef KIOSK_SERVICES_SERVICE_IDENTITY_H
#define KIOSK_SERVICES_SERVICE_IDENTITY_H

#include "kiosk/services/service_context.h"

/* The person an order is about. Personal: wiped by service_identity_forget. */
struct service_identity {
    char order_id[ORDER_ID_BYTES];
    struct buf name, number; /* normalised, as the form's rules want them */
};

/* Whom the order names stands in *out. Returns: BAD_STATE (it does not wait for this, or its product does not
 * take this way), NOT_FOUND, else as the store. Owns: the caller forgets *out, also after failure. */
enum status service_identity_load(struct service_context *context, const char *order_id,
                                  enum product_identity way, struct service_identity *out,
                                  struct failure *failure);
void service_identity_forget(struct service_identity *identity);
/* Whether this is the person the order names. Units: texts as a card or another service has them. */
bool service_identity_is(const struct service_identity *identity, const char *name, const char *number);
/* The order moves on by IDENTIFIED and the audit says by which way, in one change; call it outside of one.
 * An intention that was to find it out is done with it; "" for none.
 * Returns: BAD_STATE when it has moved on already, else as the store. */
enum status service_identity_pass(struct service_context *context, const struct service_identity *identity,
                                  enum product_identity way, const char *intention, struct failure *failure);
/* The audit says which way did not lead on, and why. Units: why is a short static word. */
void service_identity_refuse(struct service_context *context, const struct service_identity *identity,
                             enum product_identity way, const char *why);

/* The reader is looked at when it is due; what it says reaches the screen and the desk. */
void service_card_watch(struct service_context *context);
/* Open sessions at the external service are asked about; what ended has its effect. */
void service_phone_watch(struct service_context *context);
/* The external service is closed. */
void service_phone_close(struct service_context *context);
/* The reader is closed. */
void service_card_close(struct service_context *context);

#endif
