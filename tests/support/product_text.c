#include "tests/support/product_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/catalogue/product.h"

char *product_text_replaced(const char *path, const char *from, const char *to)
{
    struct buf text;
    buf_init(&text, LIMIT_CONFIG_BYTES);
    assert_int_equal(file_read(path, &text, NULL), STATUS_OK);
    const char *source = (const char *)text.data;
    const char *at = strstr(source, from);
    if (at == NULL)
        fail_msg("%s is not in %s", from, path);
    size_t size = text.length + strlen(to) + 1;
    char *changed = calloc(1, size);
    assert_non_null(changed);
    memcpy(changed, source, (size_t)(at - source));
    strcat(strcat(changed, to), at + strlen(from));
    buf_release(&text);
    return changed;
}

void product_text_assert_mistake(const char *path, const char *from, const char *to, const char *told)
{
    struct yaml_errors found;
    struct product *none = NULL;
    char *text = product_text_replaced(path, from, to);
    yaml_errors_init(&found);
    assert_int_equal(product_parse("p.yaml", text, strlen(text), &found, &none), STATUS_CONFIG);
    assert_null(none);
    if (strstr(yaml_errors_text(&found), told) == NULL)
        fail_msg("expected: %s\ntold: %s", told, yaml_errors_text(&found));
    yaml_errors_release(&found);
    free(text);
}
