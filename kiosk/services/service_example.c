#include "kiosk/services/service_example.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/catalogue/words.h"

/* What an example of a definition begins with; the rest is a value as somebody would type it. */
#define EXAMPLE "例如 "

const char *service_example_template(const struct product_operation *operation,
                                     const struct product_paper *paper)
{
    if (paper->example[0] != 0)
        return paper->example;
    if (paper->sheet[0] != 0)
        return paper->sheet;
    return paper->code_required ? operation->template_id : "";
}

static struct words *open_values(const char *assets)
{
    char path[PATH_MAX];
    struct yaml_errors errors;
    struct words *words = NULL;
    yaml_errors_init(&errors);
    (void)snprintf(path, sizeof(path), "%s/forms/examples.txt", assets);
    (void)!words_open(path, &errors, &words);
    yaml_errors_release(&errors);
    return words;
}

/* The field's own example, else the value of its kind and subject, else of its kind. */
static const char *value_of(const struct words *words, const struct form_field *field)
{
    char key[WORDS_KEY_BYTES];
    if (strncmp(field->placeholder, EXAMPLE, sizeof(EXAMPLE) - 1) == 0)
        return field->placeholder + sizeof(EXAMPLE) - 1;
    if (field->kind == FORM_KIND_CHOICE)
        return field->option_count > 0 ? field->options[0] : "";
    (void)snprintf(key, sizeof(key), "kind.%s.%s", form_kind_name(field->kind),
                   form_subject_name(field->subject));
    if (!words_has(words, key))
        (void)snprintf(key, sizeof(key), "kind.%s", form_kind_name(field->kind));
    return words_text(words, key);
}

static enum status fill_form(struct service_sheet *sheet, const struct words *words,
                             const struct product_wish *wish)
{
    const struct form *form = product_find_form(wish->product, wish->operation->form_id);
    struct form_values values;
    form_values_init(&values);
    enum status status = STATUS_OK;
    for (size_t i = 0; form != NULL && i < form->field_count && status == STATUS_OK; i++)
        if (form_field_is_asked(&form->fields[i]))
            status = form_values_set(&values, form->fields[i].id, value_of(words, &form->fields[i]));
    if (status == STATUS_OK && form != NULL)
        status = service_sheet_add_form(sheet, wish, &values);
    form_values_wipe(&values);
    return status;
}

/* What the drawn placeholders name. */
static void fill_placeholders(struct service_sheet *sheet, const struct words *words,
                              const struct product_paper *paper)
{
    static const char *const keys[] = {"unit_name",     "unit_code", "legal_name", "person_name",
                                       "person_number", "address",   "day",        "until"};
    service_sheet_add(sheet, "paper", paper->title);
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        char key[WORDS_KEY_BYTES];
        (void)snprintf(key, sizeof(key), "value.%s", keys[i]);
        service_sheet_add(sheet, keys[i], words_text(words, key));
    }
}

enum status service_example_open(struct service_sheet *out, const char *assets, const struct product *product,
                                 const struct product_operation *operation, const struct product_paper *paper,
                                 int64_t utc_s, struct failure *failure)
{
    struct product_wish wish;
    const char *template_id = service_example_template(operation, paper);
    struct words *words = template_id[0] == 0 ? NULL : open_values(assets);
    *out = (struct service_sheet){0};
    if (words == NULL)
        return failure_set(failure, STATUS_NOT_FOUND, "example", 0, "%s has none", paper->id);
    product_wish_init(&wish, product, operation, utc_s);
    wish.seal = wish.agent = true; /* so that no sheet is left out */
    (void)text_copy(out->code[0], sizeof(out->code[0]), words_text(words, "value.mark"));
    out->options.mark = out->code[0];
    fill_placeholders(out, words, paper);
    enum status status = fill_form(out, words, &wish);
    if (status == STATUS_OK)
        status = service_sheet_open(out, assets, template_id, utc_s, failure);
    if (status == STATUS_OK && out->pack.count == 0)
        status = failure_set(failure, STATUS_NOT_FOUND, "example", 0, "%s is not wanted", template_id);
    words_free(words);
    return status;
}
