/* Page code: the text in the QR code of a page this hall printed, made when printing and checked when
 * scanned.
 *
 * It is `CK1|acceptance number|page/pages|template version|MAC`, where MAC is the first 16 bytes, in
 * hexadecimal, of the HMAC-SHA-256 (RFC 2104, truncated as in its section 5) under the hall's page key of
 * everything before the last bar. It holds no personal data. It proves that the hall printed this page for
 * this order, not that the page was left unchanged: a copy carries the same code. Pitfall: compare acceptance
 * numbers only after page_code_verify said OK.
 */
#ifndef KIOSK_PAGE_PAGE_CODE_H
#define KIOSK_PAGE_PAGE_CODE_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/crypto.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/status.h"

enum {
    PAGE_CODE_ACCEPTANCE_BYTES = 33, /* with NUL */
    PAGE_CODE_TEMPLATE_BYTES = 33,   /* with NUL */
    PAGE_CODE_MAC_BYTES = 16,
    PAGE_CODE_TEXT_BYTES = 128 /* room for every code, with NUL */
};

struct page_code {
    char acceptance[PAGE_CODE_ACCEPTANCE_BYTES];     /* letters, digits, - only */
    int page;                                        /* from 1 */
    int pages;                                       /* at most 99 */
    char template_version[PAGE_CODE_TEMPLATE_BYTES]; /* letters, digits, . _ - only */
};

/* The text to print stands in out.
 * Returns: MALFORMED when a member has characters or numbers a code cannot carry, FULL when out is too small.
 * Thread: any. After failure: out unchanged. */
enum status page_code_make(const uint8_t key[CRYPTO_KEY_BYTES], const struct page_code *code, char *out,
                           size_t size);

/* The members of a code text, without asking whether the hall made it. `mac` may be NULL.
 * Returns: MALFORMED for anything that is not exactly such a text.
 * Thread: any. After failure: *out and mac unchanged. */
enum status page_code_parse(const char *text, size_t length, struct page_code *out,
                            uint8_t mac[PAGE_CODE_MAC_BYTES]);

/* The members of a code text this hall made.
 * Returns: MALFORMED as page_code_parse; REFUSED when the MAC was not made with this key.
 * Thread: any. After failure: *out unchanged. */
enum status page_code_verify(const uint8_t key[CRYPTO_KEY_BYTES], const char *text, size_t length,
                             struct page_code *out);

#endif
