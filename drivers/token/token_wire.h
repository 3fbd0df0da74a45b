/* Token wire: token requests and replies as messages between the product and the driver host.
 *
 * Both ends use the same functions, so a field has one place. Reading refuses what is too long, unknown or
 * not UTF-8; it trusts neither end. Pitfall: a request that was read borrows `data` from its message.
 */
#ifndef DRIVERS_TOKEN_TOKEN_WIRE_H
#define DRIVERS_TOKEN_TOKEN_WIRE_H

#include "drivers/token/token_request.h"
#include "kiosk/base/wire.h"

/* The request stands in the message, whose type names the verb. Returns: as wire_put_bytes.
 * Owns: the message is initialised here and released by the caller, also after failure. */
enum status token_wire_put_request(struct wire *message, const struct token_request *request);

/* The message is a request. Returns: UNSUPPORTED verb, MALFORMED.
 * Owns: the caller releases *request, also after failure. */
enum status token_wire_get_request(const struct wire *message, struct token_request *request);

/* What the verb's reply carries stands at the end of the message. Returns: as wire_put_bytes. */
enum status token_wire_put_reply(struct wire *message, enum token_verb verb, const struct token_reply *reply);

/* The message is a reply to this verb. Returns: MALFORMED.
 * Owns: the caller has initialised *reply and releases it, also after failure. */
enum status token_wire_get_reply(const struct wire *message, enum token_verb verb, struct token_reply *reply);

#endif
