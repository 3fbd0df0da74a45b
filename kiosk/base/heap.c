#include "kiosk/base/heap.h"

#include <errno.h>
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SANITIZE_ADDRESS__

void __sanitizer_free_hook(const volatile void *block);

void __sanitizer_free_hook(const volatile void *block)
{
    void *bytes = (void *)(uintptr_t)block;
    explicit_bzero(bytes, malloc_usable_size(bytes));
}

#else

/* The C library's own, which it keeps for whoever replaces free. */
void __libc_free(void *block);

void free(void *block)
{
    int kept = errno; /* POSIX: free does not change it */
    if (block != NULL)
        explicit_bzero(block, malloc_usable_size(block));
    __libc_free(block);
    errno = kept;
}

/* Never in place by the C library, which would free the old block as it is when it moves it. */
void *realloc(void *block, size_t size)
{
    if (block == NULL)
        return malloc(size);
    if (size == 0) {
        free(block);
        return NULL;
    }
    size_t held = malloc_usable_size(block);
    if (size <= held && size >= held / 2)
        return block;
    void *moved = malloc(size);
    if (moved == NULL)
        return NULL;
    (void)memcpy(moved, block, size < held ? size : held);
    free(block);
    return moved;
}

#endif

void heap_forgets(void)
{
}
