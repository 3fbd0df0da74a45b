/* Hall key: the one key everything stored in a hall hangs on, behind a contract that never hands it out.
 *
 * Providers: a 0600 file (hall_key_file.h) today; TPM and PKCS#11 later are further providers, and no
 * caller changes. Data keys are wrapped by it, look-up keys, transport PINs and SO PINs are derived from
 * it.
 * Pitfall: a lost hall key makes the store unreadable for ever; a backup of the store without it is worth
 * nothing.
 */
#ifndef KIOSK_STORE_HALL_KEY_H
#define KIOSK_STORE_HALL_KEY_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/failure.h"

enum { HALL_KEY_ID_BYTES = 33 }; /* text with its NUL */

struct hall_key_ops {
    /* must: static text of the provider. */
    const char *name;
    /* must: the id of the key, stored beside everything it wraps; borrowed while the provider lives. */
    const char *(*id)(void *context);
    /* must: the sealed form of `plain` is appended; may wait for a device, at most 2 s. */
    enum status (*wrap)(void *context, const void *associated, size_t associated_length, const void *plain,
                        size_t length, struct buf *out, struct failure *failure);
    /* must: the plain bytes are appended; MALFORMED when key, associated data or bytes do not match. */
    enum status (*unwrap)(void *context, const void *associated, size_t associated_length,
                          const void *wrapped, size_t length, struct buf *out, struct failure *failure);
    /* must: bytes that only this key, label and salt give. */
    enum status (*derive)(void *context, const char *label, const void *salt, size_t salt_length,
                          uint8_t *out, size_t length, struct failure *failure);
    /* may: memory and handles are given back. */
    void (*close)(void *context);
};

/* A provider in use.
 * Thread: the file provider may be shared by threads; ask others' headers. */
struct hall_key {
    const struct hall_key_ops *ops;
    void *context;
};

/* The id of the key.
 * Owns: borrowed while the key is open. */
const char *hall_key_id(const struct hall_key *key);

/* The wrapped bytes stand at the end of the buffer.
 * Returns: LOST when the provider's device is gone; as buf_append. */
enum status hall_key_wrap(const struct hall_key *key, const void *associated, size_t associated_length,
                          const void *plain, size_t length, struct buf *out, struct failure *failure);

/* The plain bytes stand at the end of the buffer; wipe it afterwards.
 * Returns: MALFORMED when they were wrapped by another key, for another place, or changed; LOST.
 * After failure: the content of the buffer is unchanged. */
enum status hall_key_unwrap(const struct hall_key *key, const void *associated, size_t associated_length,
                            const void *wrapped, size_t length, struct buf *out, struct failure *failure);

/* `length` bytes derived from the hall key under a label ("so-pin", "transport-pin", "lookup") and a salt.
 * Returns: LOST.
 * Owns: the caller, who wipes them. */
enum status hall_key_derive(const struct hall_key *key, const char *label, const void *salt,
                            size_t salt_length, uint8_t *out, size_t length, struct failure *failure);

/* The provider is released; safe on a zeroed key and on NULL. */
void hall_key_close(struct hall_key *key);

#endif
