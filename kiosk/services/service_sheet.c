#include "kiosk/services/service_sheet.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"

void service_sheet_release(struct service_sheet *sheet)
{
    if (sheet == NULL)
        return;
    paper_template_free(sheet->template);
    for (size_t i = 0; i < sheet->count; i++) {
        secret_wipe_bytes(sheet->owned[i], strlen(sheet->owned[i]));
        free(sheet->owned[i]);
    }
    secret_wipe_bytes(sheet, sizeof(*sheet));
}

void service_sheet_add(struct service_sheet *sheet, const char *key, const char *text)
{
    check(sheet->count < SERVICE_SHEET_VALUES_MAX);
    char *copy = strdup(text);
    check(copy != NULL);
    sheet->owned[sheet->count] = copy;
    sheet->items[sheet->count++] = (struct paper_value){.key = key, .text = copy};
}

enum status service_sheet_open(struct service_sheet *sheet, const char *assets, const char *template_id,
                               int64_t utc_s, struct failure *failure)
{
    char path[PATH_MAX];
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    (void)snprintf(path, sizeof(path), "%s/forms/%s.yaml", assets, template_id);
    enum status status = paper_template_open(path, &errors, &sheet->template);
    if (status != STATUS_OK)
        status = failure_set(failure, status, "paper_template_open", 0, "%.150s", yaml_errors_text(&errors));
    yaml_errors_release(&errors);
    sheet->options.utc_s = utc_s;
    return status;
}

/* --- values of the form ----------------------------------------------------------------------------------
 */

static bool has_key(const struct service_sheet *sheet, const char *key)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (strcmp(sheet->items[i].key, key) == 0)
            return true;
    return false;
}

static enum status add_row(struct service_sheet *sheet, const struct form *form,
                           const struct form_values *values, const char *row)
{
    struct buf text;
    if (has_key(sheet, row))
        return STATUS_OK;
    buf_init(&text, (size_t)LIMIT_FIELD_BYTES * 4);
    enum status status = form_row(form, values, row, &text);
    if (status == STATUS_OK)
        service_sheet_add(sheet, row, text.length > 0 ? (const char *)text.data : "");
    buf_wipe(&text);
    return status;
}

static enum status add_rows(struct service_sheet *sheet, const struct form *form,
                            const struct form_values *values)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < form->field_count && status == STATUS_OK; i++)
        for (size_t j = 0; j < form->fields[i].row_count && status == STATUS_OK; j++)
            status = add_row(sheet, form, values, form->fields[i].row[j]);
    return status;
}

void service_sheet_add_product(struct service_sheet *sheet, const struct product *product)
{
    service_sheet_add(sheet, "authority", product->authority_name);
    service_sheet_add(sheet, "hotline", product->hotline);
    service_sheet_add(sheet, "region", product->region);
    service_sheet_add(sheet, "category", product->category);
    service_sheet_add(sheet, "project", product->project);
    service_sheet_add(sheet, "project_code", product->code);
}

/* Templates tick boxes by comparing a value with a word, so what may be chosen several times is one value
 * each: "sub_<id>" = "yes". The keys live as long as the product. */
static void add_wish(struct service_sheet *sheet, const struct product_wish *wish)
{
    char number[24];
    const struct product_class *class = product_find_class(wish->product, wish->class_id);
    service_sheet_add(sheet, "class", class == NULL ? "" : class->label);
    (void)snprintf(number, sizeof(number), "%u", wish->quantity);
    service_sheet_add(sheet, "quantity", number);
    (void)snprintf(number, sizeof(number), "%u", wish->years);
    service_sheet_add(sheet, "years", number);
    service_sheet_add(sheet, "seal_wanted", wish->seal ? "yes" : "no");
    service_sheet_add(sheet, "reason", wish->reason);
    for (size_t i = 0; i < wish->sub_kind_count; i++)
        service_sheet_add(sheet, wish->sub_kinds[i], "yes");
}

enum status service_sheet_add_form(struct service_sheet *sheet, const struct product_wish *wish,
                                   const struct form_values *values)
{
    const struct product_operation *operation = wish->operation;
    const struct form *form = product_find_form(wish->product, operation->form_id);
    enum status status = form == NULL ? STATUS_NOT_FOUND : add_rows(sheet, form, values);
    if (status != STATUS_OK)
        return status;
    service_sheet_add_product(sheet, wish->product);
    service_sheet_add(sheet, "form_title", operation->form_title);
    service_sheet_add(sheet, "operation", operation->tick);
    service_sheet_add(sheet, "agreement", wish->product->agreement.title);
    add_wish(sheet, wish);
    return STATUS_OK;
}

enum status service_sheet_draw(const char *assets, const struct product_wish *wish,
                               const struct form_values *values, struct buf *pdf, struct failure *failure)
{
    struct service_sheet *sheet = calloc(1, sizeof(*sheet));
    check(sheet != NULL);
    enum status status =
        service_sheet_open(sheet, assets, wish->operation->template_id, wish->now_utc_s, failure);
    if (status == STATUS_OK)
        status = service_sheet_add_form(sheet, wish, values);
    if (status == STATUS_OK)
        status = paper_render(sheet->template,
                              &(struct paper_values){.items = sheet->items, .count = sheet->count},
                              &sheet->options, pdf, failure);
    service_sheet_release(sheet);
    free(sheet);
    return status;
}
