/* Heap: memory that is given back is zeros, whoever gives it back.
 *
 * A form, a certificate or an address passes through libraries that free what they no longer need as it is:
 * OpenSSL's DER, the URL of a request, a shaped line of text. Where this file is linked in, free and realloc
 * of the whole process overwrite a block before the C library gets it, also for vendor code loaded later;
 * under AddressSanitizer its own hook does it. Pitfall: what lives on, and stacks, are their owners'
 * business.
 *
 * Source: glibc, "Replacing malloc"; sanitizer/allocator_interface.h.
 */
#ifndef KIOSK_BASE_HEAP_H
#define KIOSK_BASE_HEAP_H

/* Blocks are overwritten from the first one freed; the call only says that the program relies on it, and
 * links it in. Thread: any. */
void heap_forgets(void);

#endif
