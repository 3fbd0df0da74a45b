/* Secret: a PIN, one-time code or key in memory that is locked, short-lived and wiped.
 *
 * Never copied into a log, a store row or a struct that outlives the call that needed it.
 * Pitfall: a struct secret is passed by pointer only; copying the struct copies the secret.
 */
#ifndef KIOSK_BASE_SECRET_H
#define KIOSK_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/status.h"

enum { SECRET_BYTES = 64 };

struct secret {
    uint8_t bytes[SECRET_BYTES + 1]; /* NUL-terminated so that vendor calls can read text */
    size_t length;
};

/* The bytes are held in locked memory where the system allows it.
 * Returns: FULL for more than SECRET_BYTES.
 * Owns: the caller, who wipes it; the source is not wiped. */
enum status secret_set(struct secret *secret, const void *bytes, size_t length);

/* The secret is zeros; safe on a zeroed one and on NULL. */
void secret_wipe(struct secret *secret);

/* The memory is zeros, and the compiler cannot remove the writes. */
void secret_wipe_bytes(void *bytes, size_t length);

/* Whether two secrets are equal, in a time that depends on the lengths only. */
bool secret_is_equal(const void *left, size_t left_length, const void *right, size_t right_length);

/* This process writes no core dump, cannot be attached to by its own user, leaves nothing in memory it frees
 * (heap.h), and dies with its parent when asked. Thread: call first in main. */
void secret_harden_process(bool dies_with_parent);

#endif
