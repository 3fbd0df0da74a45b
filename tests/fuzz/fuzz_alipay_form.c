/* Whatever a notification's body holds: what is read can be written and is then read the same. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "drivers/payment/alipay_form.h"
#include "kiosk/base/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Names are written as they are, so that only plain ones come back the same. */
static bool has_plain_names(const struct alipay_form *form)
{
    for (size_t i = 0; i < form->count; i++)
        if (strspn(form->list[i].name, "abcdefghijklmnopqrstuvwxyz_") != strlen(form->list[i].name))
            return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct alipay_form form = {0};
    struct alipay_form again = {0};
    struct buf text;
    buf_init(&text, 4 * ALIPAY_FORM_BYTES);
    enum status status = alipay_form_parse(&form, (const char *)data, size);
    if (status == STATUS_OK && has_plain_names(&form) && alipay_form_encode(&form, &text) == STATUS_OK &&
        text.length > 0 && text.length <= ALIPAY_FORM_BYTES) {
        check(alipay_form_parse(&again, (const char *)text.data, text.length) == STATUS_OK);
        check(again.count == form.count);
        for (size_t i = 0; i < form.count; i++)
            check(strcmp(again.list[i].value, form.list[i].value) == 0);
    }
    buf_release(&text);
    alipay_form_release(&form);
    alipay_form_release(&again);
    return 0;
}
