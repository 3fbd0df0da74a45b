/* Gateway setting: the texts and files a gateway's driver is opened with are taken over, or told by name.
 *
 * For every driver behind an HTTP service: payment, SMS, identity. A fault is CONFIG with the driver's call
 * as its place and the setting's name in its text. Pitfall: a secret's file may end in a line end, a key's
 * PEM is its reader's own matter.
 */
#ifndef DRIVERS_NET_GATEWAY_SETTING_H
#define DRIVERS_NET_GATEWAY_SETTING_H

#include <stdbool.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/secret.h"

/* The value stands in out; NULL counts as "". Units: size bytes.
 * Returns: CONFIG when it is missing and must not, or is too long. After failure: out is unchanged. */
enum status gateway_setting_copy(char *out, size_t size, const char *value, const char *where,
                                 const char *name, bool must, struct failure *failure);
/* The address is http or https with a host, and has no "/" at its end. Returns: CONFIG. */
enum status gateway_setting_url(char *url, const char *where, const char *name, struct failure *failure);
/* The file's content stands in the empty buffer. Returns: CONFIG when none is given or it cannot be read. */
enum status gateway_setting_file(const char *path, const char *where, const char *name, struct buf *out,
                                 struct failure *failure);
/* The file's content without line ends behind it is the secret. Units: most bytes.
 * Returns: CONFIG when none is given, or it cannot be read, is empty or is longer. Owns: the caller wipes
 * *out. */
enum status gateway_setting_secret(const char *path, const char *where, const char *name, size_t most,
                                   struct secret *out, struct failure *failure);

#endif
