#include "kiosk/services/service_sheet.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/money.h"

#define LINE "＿＿＿＿＿＿" /* of a field that is filled in by hand */

void service_sheet_release(struct service_sheet *sheet)
{
    if (sheet == NULL)
        return;
    for (size_t i = 0; i < sheet->pack.count; i++)
        paper_template_free(sheet->owned_templates[i]);
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

struct paper_values service_sheet_values(const struct service_sheet *sheet)
{
    return (struct paper_values){.items = sheet->items, .count = sheet->count};
}

static enum status open_template(const char *assets, const char *template_id, struct paper_template **out,
                                 struct failure *failure)
{
    char path[PATH_MAX];
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    (void)snprintf(path, sizeof(path), "%s/forms/%s.yaml", assets, template_id);
    enum status status = paper_template_open(path, &errors, out);
    if (status != STATUS_OK)
        status = failure_set(failure, status, "paper_template_open", 0, "%.150s", yaml_errors_text(&errors));
    yaml_errors_release(&errors);
    return status;
}

enum status service_sheet_open(struct service_sheet *sheet, const char *assets, const char *template_id,
                               int64_t utc_s, struct failure *failure)
{
    struct paper_template *template = NULL;
    const struct paper_values values = service_sheet_values(sheet);
    sheet->options.utc_s = utc_s;
    if (sheet->pack.count == PAPER_PACK_MAX)
        return failure_set(failure, STATUS_FULL, "service_sheet_open", PAPER_PACK_MAX, "too many templates");
    enum status status = open_template(assets, template_id, &template, failure);
    if (status != STATUS_OK)
        return status;
    if (paper_template_wanted(template, &values)) {
        sheet->owned_templates[sheet->pack.count] = template;
        sheet->pack.templates[sheet->pack.count++] = template;
    } else {
        paper_template_free(template);
    }
    return STATUS_OK;
}

enum status service_sheet_open_pack(struct service_sheet *sheet, const char *assets,
                                    const struct product_operation *operation, int64_t utc_s,
                                    struct failure *failure)
{
    enum status status = service_sheet_open(sheet, assets, operation->template_id, utc_s, failure);
    for (size_t i = 0; i < operation->pack_count && status == STATUS_OK; i++)
        status = service_sheet_open(sheet, assets, operation->pack[i], utc_s, failure);
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
    service_sheet_add(sheet, "platform", product->platform);
    service_sheet_add(sheet, "project", product->project);
    service_sheet_add(sheet, "project_code", product->code);
}

/* Nothing where there is none: an operation without a term. */
static void add_number(struct service_sheet *sheet, const char *key, unsigned number)
{
    char text[24];
    (void)snprintf(text, sizeof(text), "%u", number);
    service_sheet_add(sheet, key, number == 0 ? "" : text);
}

static const struct product_sub_kind *find_sub_kind(const struct product_operation *operation, const char *id)
{
    for (size_t i = 0; i < operation->sub_kind_count; i++)
        if (strcmp(operation->sub_kinds[i].id, id) == 0)
            return &operation->sub_kinds[i];
    return NULL;
}

/* Templates tick boxes by comparing a value with a word, so what may be chosen several times is one value
 * each: "sub_<id>" = "yes"; and all of them in words: "sub_kinds". */
static void add_sub_kinds(struct service_sheet *sheet, const struct product_wish *wish)
{
    struct buf labels;
    buf_init(&labels, LIMIT_FIELD_BYTES);
    for (size_t i = 0; i < wish->sub_kind_count; i++) {
        const struct product_sub_kind *kind = find_sub_kind(wish->operation, wish->sub_kinds[i]);
        (void)snprintf(sheet->sub_kind_key[i], SERVICE_SHEET_KEY_BYTES, "sub_%s", wish->sub_kinds[i]);
        service_sheet_add(sheet, sheet->sub_kind_key[i], "yes");
        (void)!buf_append_format(&labels, "%s%s", labels.length > 0 ? "、" : "",
                                 kind == NULL ? wish->sub_kinds[i] : kind->label);
    }
    service_sheet_add(sheet, "sub_kinds", labels.length > 0 ? (const char *)labels.data : "");
    buf_release(&labels);
}

/* The id for conditions, the label for people. */
static void add_reason(struct service_sheet *sheet, const struct product_wish *wish)
{
    const char *label = wish->reason;
    for (size_t i = 0; i < wish->operation->why_count; i++)
        if (strcmp(wish->operation->whys[i].id, wish->reason) == 0)
            label = wish->operation->whys[i].label;
    service_sheet_add(sheet, "reason", wish->reason);
    service_sheet_add(sheet, "reason_label", label);
}

static int64_t seal_fen(const struct price_quote *quote)
{
    int64_t sum_fen = 0;
    for (size_t i = 0; i < quote->line_count; i++)
        if (price_row_is_of_seal(quote->line[i].row))
            sum_fen += quote->line[i].amount_fen;
    return sum_fen;
}

/* "480.00", or nothing where the price is not known: of everything, of the certificate alone, and of its seal
 * where that costs something. */
static void add_price(struct service_sheet *sheet, const struct product_wish *wish)
{
    char all[MONEY_TEXT_BYTES] = "", certificate[MONEY_TEXT_BYTES] = "", seal[MONEY_TEXT_BYTES] = "";
    struct price_quote quote;
    if (product_wish_quote(wish, &quote) == STATUS_OK && quote.amount_fen != PRICE_UNKNOWN_FEN) {
        int64_t of_seal_fen = seal_fen(&quote);
        money_to_yuan(quote.amount_fen, all);
        money_to_yuan(quote.amount_fen - of_seal_fen, certificate);
        if (of_seal_fen > 0)
            money_to_yuan(of_seal_fen, seal);
    }
    service_sheet_add(sheet, "price", all);
    service_sheet_add(sheet, "certificate_price", certificate);
    service_sheet_add(sheet, "seal_price", seal);
}

/* The day of application, and the same day after the term; or until when what the old certificate leaves
 * leads, where it is known. */
static void add_term(struct service_sheet *sheet, const struct product_wish *wish)
{
    char day[16] = "", year[8] = "", end[24] = "";
    (void)clock_format_hall(wish->now_utc_s, "%Y-%m-%d", day, sizeof(day));
    (void)clock_format_hall(wish->now_utc_s, "%Y", year, sizeof(year));
    service_sheet_add(sheet, "applied_date", day);
    if (strcmp(day + 4, "-02-29") == 0 && wish->years % 4 != 0)
        day[9] = '8';
    bool is_whole = product_operation_term(wish->operation) == PRODUCT_TERM_WHOLE;
    if (!is_whole && product_wish_end_utc_s(wish) != 0)
        (void)clock_format_hall(product_wish_end_utc_s(wish), "%Y-%m-%d", end, sizeof(end));
    if (is_whole && wish->years > 0)
        (void)snprintf(end, sizeof(end), "%04ld%s", strtol(year, NULL, 10) + (long)wish->years, day + 4);
    service_sheet_add(sheet, "term_end", end);
}

static void add_wish(struct service_sheet *sheet, const struct product_wish *wish)
{
    const struct product_class *class = product_find_class(wish->product, wish->class_id);
    service_sheet_add(sheet, "class", class == NULL ? "" : class->label);
    add_number(sheet, "quantity", product_wish_counts_keys(wish) ? wish->quantity : 0);
    add_number(sheet, "years", product_operation_has_years(wish->operation) ? wish->years : 0);
    service_sheet_add(sheet, "seal_wanted", wish->seal ? "yes" : "no");
    add_reason(sheet, wish);
    add_sub_kinds(sheet, wish);
    add_price(sheet, wish);
    add_term(sheet, wish);
}

static enum status add_agreement(struct service_sheet *sheet, const struct product_agreement *agreement)
{
    struct buf text;
    buf_init(&text, (size_t)LIMIT_FIELD_BYTES * 32);
    enum status status = buf_append_text(&text, "");
    for (size_t i = 0; i < agreement->paragraph_count && status == STATUS_OK; i++)
        status = buf_append_format(&text, "%s%s", i > 0 ? "\n" : "", agreement->paragraphs[i]);
    if (status == STATUS_OK) {
        service_sheet_add(sheet, "agreement", agreement->title);
        service_sheet_add(sheet, "agreement_version", agreement->version);
        service_sheet_add(sheet, "agreement_text", text.length > 0 ? (const char *)text.data : "");
    }
    buf_release(&text);
    return status;
}

enum status service_sheet_add_form(struct service_sheet *sheet, const struct product_wish *wish,
                                   const struct form_values *values)
{
    const struct product_operation *operation = wish->operation;
    const struct form *form = product_find_form(wish->product, operation->form_id);
    enum status status = form == NULL ? STATUS_NOT_FOUND : add_rows(sheet, form, values);
    if (status == STATUS_OK)
        status = add_agreement(sheet, &wish->product->agreement);
    if (status != STATUS_OK)
        return status;
    service_sheet_add_product(sheet, wish->product);
    service_sheet_add(sheet, "form_title", operation->form_title);
    service_sheet_add(sheet, "operation", operation->tick);
    service_sheet_add(sheet, "operation_label", operation->label);
    add_wish(sheet, wish);
    return STATUS_OK;
}

/* The sheet is spent. */
static enum status draw(struct service_sheet *sheet, const char *assets, const struct product_wish *wish,
                        const struct form_values *values, struct buf *pdf, struct failure *failure)
{
    enum status status = service_sheet_add_form(sheet, wish, values);
    if (status == STATUS_OK)
        status = service_sheet_open_pack(sheet, assets, wish->operation, wish->now_utc_s, failure);
    const struct paper_values filled = service_sheet_values(sheet);
    if (status == STATUS_OK)
        status = paper_render(&sheet->pack, &filled, &sheet->options, pdf, failure);
    service_sheet_release(sheet);
    free(sheet);
    return status;
}

enum status service_sheet_draw(const char *assets, const struct product_wish *wish,
                               const struct form_values *values, struct buf *pdf, struct failure *failure)
{
    struct service_sheet *sheet = calloc(1, sizeof(*sheet));
    check(sheet != NULL);
    service_sheet_add(sheet, "terminal", LINE); /* of the shell there is none */
    return draw(sheet, assets, wish, values, pdf, failure);
}

/* --- to be filled in by hand -----------------------------------------------------------------------------
 */

/* Lines to write on; what is chosen from a list is ticked by hand, as no box has a line's name. */
static enum status draw_lines(const struct form *form, struct form_values *values)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < form->field_count && status == STATUS_OK; i++)
        if (form_field_is_asked(&form->fields[i]))
            status = form_values_set(values, form->fields[i].id, LINE);
    return status;
}

/* Every row has its line, whatever will be chosen; what a row has by itself with one answer has none. */
static enum status add_lines(struct service_sheet *sheet, const struct form *form)
{
    struct form whole = *form;
    struct form_values values;
    struct form_field *fields = malloc(form->field_count * sizeof(*fields));
    check(fields != NULL);
    form_values_init(&values);
    memcpy(fields, form->fields, form->field_count * sizeof(*fields));
    for (size_t i = 0; i < form->field_count; i++) {
        if (fields[i].shown_when_count > 0 && !form_field_is_asked(&fields[i]))
            fields[i].row_count = 0;
        fields[i].shown_when_count = 0;
    }
    whole.fields = fields;
    enum status status = draw_lines(&whole, &values);
    if (status == STATUS_OK)
        status = add_rows(sheet, &whole, &values);
    form_values_wipe(&values);
    free(fields);
    return status;
}

enum status service_sheet_draw_blank(const char *assets, const struct product_wish *wish, const char *head,
                                     struct buf *pdf, struct failure *failure)
{
    static const char *const open[] = {"acceptance_number", "applied_date", "term_end", "terminal",
                                       "quantity",          "years",        "price",    "certificate_price",
                                       "seal_price"};
    const struct form *form = product_find_form(wish->product, wish->operation->form_id);
    const struct form_values none = {0};
    struct product_wish nothing;
    struct service_sheet *sheet = calloc(1, sizeof(*sheet));
    check(sheet != NULL);
    product_wish_init(&nothing, wish->product, wish->operation, wish->now_utc_s);
    nothing.years = nothing.quantity = 0;
    sheet->options.head = head;
    for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++) /* the first value of a key counts */
        service_sheet_add(sheet, open[i], LINE);
    service_sheet_add(sheet, "seal_wanted", "");
    service_sheet_add(sheet, "blank", "yes");
    enum status status = form == NULL ? STATUS_NOT_FOUND : add_lines(sheet, form);
    if (status == STATUS_OK)
        return draw(sheet, assets, &nothing, &none, pdf, failure);
    service_sheet_release(sheet);
    free(sheet);
    return status;
}
