/* Authority back ends: the list of implementations authority.c chooses from, and nothing else.
 *
 * Callers use authority.h; a new technology adds one line here and one in authority.c.
 */
#ifndef DRIVERS_AUTHORITY_AUTHORITY_BACKENDS_H
#define DRIVERS_AUTHORITY_AUTHORITY_BACKENDS_H

#include "drivers/authority/authority.h"

/* The client of the embedded CA's process is ready; nothing is connected yet.
 * Returns: CONFIG, NO_MEMORY. Owns: the caller closes *out. */
enum status authority_embedded_open(const struct authority_settings *settings, struct authority **out,
                                    struct failure *failure);

/* An authority that is not there: every call is UNSUPPORTED and its status is ABSENT.
 * Returns: NO_MEMORY. Owns: the caller closes *out. */
enum status authority_none_open(const struct authority_settings *settings, struct authority **out,
                                struct failure *failure);

#endif
