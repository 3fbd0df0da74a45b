/* What a person may type: the first byte picks the kind, the rest is the text; folding, hiding and every rule
 * stand it. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/form/form.h"
#include "kiosk/form/rule_pin.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fuzz_field(enum form_kind kind, const char *typed)
{
    const struct form_field field = {
        .id = "f", .block = "b", .label = "l", .kind = kind, .max_characters = 40, .derived_from = ""};
    const struct form form = {.id = "form", .fields = &field, .field_count = 1};
    struct form_values values;
    struct form_error error = {0};
    struct buf normal;
    form_values_init(&values);
    buf_init(&normal, 8192);
    if (form_normalise(kind, typed, &normal) == STATUS_OK && normal.data != NULL) {
        const char *text = (const char *)normal.data;
        check(text_is_valid(text, normal.length));
        if (form_values_set(&values, "f", text) == STATUS_OK)
            check(form_check(&form, &values, &field, 1795224000, &error) == (error.key == NULL));
        struct secret pin = {0};
        const struct rule_pin rule = {6, 16, true};
        if (secret_set(&pin, text, strnlen(text, SECRET_BYTES)) == STATUS_OK)
            check(rule_pin_check(&rule, &pin, &form, &values, &error) == (error.key == NULL));
        secret_wipe(&pin);
    }
    buf_clear(&normal);
    if (form_mask(typed, &normal) == STATUS_OK && normal.data != NULL)
        check(text_is_valid((const char *)normal.data, normal.length));
    buf_release(&normal);
    form_values_wipe(&values);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || size > 2000)
        return 0;
    char *typed = malloc(size);
    check(typed != NULL);
    memcpy(typed, data + 1, size - 1);
    typed[size - 1] = '\0';
    fuzz_field((enum form_kind)(data[0] % FORM_KIND_COUNT_), typed);
    free(typed);
    return 0;
}
