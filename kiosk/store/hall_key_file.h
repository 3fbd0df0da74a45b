/* Hall key in a file of mode 0600, for halls without a TPM.
 *
 * Making one is an explicit act of installation, never a side effect of starting: a missing file must not
 * turn into a new key beside an old store.
 * Pitfall: the file belongs in the backup of the machine, not beside the backup of the store.
 */
#ifndef KIOSK_STORE_HALL_KEY_FILE_H
#define KIOSK_STORE_HALL_KEY_FILE_H

#include "kiosk/base/random.h"
#include "kiosk/store/hall_key.h"

/* A new random key stands in the file.
 * Returns: CONFLICT when the file exists (it is left alone), IO, FULL. */
enum status hall_key_file_create(const char *path, const struct random *random, struct failure *failure);

/* The key of the file is in locked memory and ready.
 * Returns: NOT_FOUND, REFUSED (group or others may read it), MALFORMED, IO.
 * Owns: the caller closes *out with hall_key_close; `random` is borrowed until then.
 * Thread: the opened key may be used by several threads at once when `random` may. */
enum status hall_key_file_open(const char *path, const struct random *random, struct hall_key *out,
                               struct failure *failure);

#endif
