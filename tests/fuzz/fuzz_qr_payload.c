/* The text of a QR code from paper: any bytes give a code or MALFORMED, and what was parsed can be made
 * again. */
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/page/page_code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t key[CRYPTO_KEY_BYTES] = "fuzz key, no secret";
    struct page_code code, verified;
    char again[PAGE_CODE_TEXT_BYTES];
    const char *text = (const char *)data;
    if (page_code_parse(text, size, &code, NULL) != STATUS_OK) {
        check(page_code_verify(key, text, size, &verified) == STATUS_MALFORMED);
        return 0;
    }
    check(page_code_make(key, &code, again, sizeof again) == STATUS_OK);
    check(strlen(again) == size);
    check((page_code_verify(key, text, size, &verified) == STATUS_OK) == (memcmp(again, text, size) == 0));
    return 0;
}
