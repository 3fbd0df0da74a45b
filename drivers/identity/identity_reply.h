/* Identity reply: what the service's answer about a session means. Bytes in, findings out.
 *
 * {"id","state","url","expires_utc_s","person"}, or {"error"}. Whether it was the service who said so is
 * judged before (identity_sign.h). Pitfall: "passed" counts only for the session and the person that were
 * asked about.
 */
#ifndef DRIVERS_IDENTITY_IDENTITY_REPLY_H
#define DRIVERS_IDENTITY_IDENTITY_REPLY_H

#include "drivers/identity/identity.h"

/* What the service said of the session. `id` and `person` (identity_sign_person) are those asked about.
 * Units: http_code as in the status line. Returns: the classes of identity.h. After failure: *out is
 * unchanged. */
enum status identity_reply_read(int http_code, const char *body, size_t length, const char *id,
                                const char *person, struct identity_session *out);

#endif
