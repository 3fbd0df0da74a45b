#include "kiosk/base/secret.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "kiosk/base/heap.h"

void secret_wipe_bytes(void *bytes, size_t length)
{
    explicit_bzero(bytes, length);
}

enum status secret_set(struct secret *secret, const void *bytes, size_t length)
{
    if (length > SECRET_BYTES)
        return STATUS_FULL;
    (void)mlock(secret, sizeof(*secret)); /* refused without the right or past the limit: still wiped */
    memset(secret, 0, sizeof(*secret));
    memcpy(secret->bytes, bytes, length);
    secret->length = length;
    return STATUS_OK;
}

void secret_wipe(struct secret *secret)
{
    if (secret != NULL)
        secret_wipe_bytes(secret, sizeof(*secret));
}

bool secret_is_equal(const void *left, size_t left_length, const void *right, size_t right_length)
{
    const uint8_t *a = left;
    const uint8_t *b = right;
    size_t shorter = left_length < right_length ? left_length : right_length;
    volatile uint8_t difference = left_length == right_length ? 0 : 1;
    for (size_t i = 0; i < shorter; i++)
        difference = (uint8_t)(difference | (a[i] ^ b[i]));
    return difference == 0;
}

void secret_harden_process(bool dies_with_parent)
{
    const struct rlimit none = {0, 0};
    heap_forgets();
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    if (dies_with_parent)
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
}
