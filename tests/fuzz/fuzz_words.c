/* Words files, and one of their texts filled: any bytes give words or complaints. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/catalogue/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct yaml_errors errors;
    struct words *words = NULL;
    char out[40];
    yaml_errors_init(&errors);
    enum status status = words_parse("fuzz.txt", (const char *)data, size, &errors, &words);
    check((status == STATUS_OK) == (words != NULL));
    check((status == STATUS_OK) == (errors.count == 0));
    if (words != NULL && words_has(words, "a.due")) {
        words_format(words, out, sizeof out, "a.due", {"yuan", "四百八十元整四百八十元整"});
        check(text_is_valid(out, strlen(out)));
    }
    words_free(words);
    yaml_errors_release(&errors);
    return 0;
}
