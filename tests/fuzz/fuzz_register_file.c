/* Files of registers: any bytes give rows that keep the rules, or complaints. */
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/catalogue/register_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FIELD(name, title, what)                                                                             \
    {                                                                                                        \
        .id = (name), .block = "b", .label = (title), .kind = (what), .max_characters = 60,                  \
        .placeholder = "", .hint = "", .derived_from = "", .kind_field = ""                                  \
    }
static const struct form_field fields[] = {FIELD("code", "代码", FORM_KIND_CREDIT_CODE),
                                           FIELD("name", "名称", FORM_KIND_TEXT)};
static const struct form_block block = {.id = "b", .label = "b", .note = ""};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct form form = {
        .id = "f", .blocks = &block, .block_count = 1, .fields = fields, .field_count = 2};
    const struct register_shape shape = {
        .kind = "units", .columns = {{"代码", &form, &fields[0]}, {"名称", &form, &fields[1]}}, .count = 2};
    struct yaml_errors errors;
    struct register_file *file = NULL;
    yaml_errors_init(&errors);
    enum status status =
        register_file_parse("fuzz.csv", (const char *)data, size, &shape, 1795252342, &errors, &file);
    check((status == STATUS_OK) == (file != NULL));
    check((status == STATUS_OK) == (errors.count == 0));
    for (size_t i = 0; file != NULL && i < file->count; i++) {
        check(file->rows[i].cells[0][0] != 0);
        check(text_is_printable(file->rows[i].cells[1]));
    }
    register_file_free(file);
    yaml_errors_release(&errors);
    return 0;
}
