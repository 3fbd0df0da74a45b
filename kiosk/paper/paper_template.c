#include "kiosk/paper/paper_template.h"

#include <stdlib.h>
#include <string.h>

#define DEFAULT_FONT "Noto Sans CJK SC"

static const char *kind_name(int kind)
{
    static const char *const names[] = {
#define PAPER_ITEM(code, name) [PAPER_ITEM_##code] = name,
#include "kiosk/paper/paper_items.def"
#undef PAPER_ITEM
    };
    return names[kind];
}

static const char *align_name(int align)
{
    static const char *const names[] = {
        [PAPER_ALIGN_LEFT] = "left", [PAPER_ALIGN_CENTRE] = "centre", [PAPER_ALIGN_RIGHT] = "right"};
    return names[align];
}

static const char *valign_name(int valign)
{
    static const char *const names[] = {
        [PAPER_VALIGN_MIDDLE] = "middle", [PAPER_VALIGN_TOP] = "top", [PAPER_VALIGN_BOTTOM] = "bottom"};
    return names[valign];
}

/* "999.99" at most. Returns: the first character behind the number, NULL for anything else. */
static const char *read_number(const char *at, double *out)
{
    int whole = 0;
    int digits = 0;
    for (; *at >= '0' && *at <= '9' && digits < 3; digits++)
        whole = whole * 10 + (*at++ - '0');
    if (digits == 0 || (*at >= '0' && *at <= '9'))
        return NULL;
    double value = whole;
    if (*at == '.') {
        double place = 0.1;
        for (digits = 0, at++; *at >= '0' && *at <= '9'; digits++, place /= 10)
            value += place * (*at++ - '0');
        if (digits < 1 || digits > 2)
            return NULL;
    }
    *out = value;
    return at;
}

int paper_template_measures(const char *text, double *out, int most)
{
    int count = 0;
    while (*text == ' ')
        text++;
    while (*text != 0) {
        if (count == most || (text = read_number(text, &out[count])) == NULL || (*text != 0 && *text != ' '))
            return -1;
        count++;
        while (*text == ' ')
            text++;
    }
    return count;
}

static bool are_measures(const char *text)
{
    double out[PAPER_COLUMNS_MAX];
    return paper_template_measures(text, out, PAPER_COLUMNS_MAX) >= 0;
}

static bool is_measure(const char *text)
{
    double out;
    return paper_template_measures(text, &out, 1) == 1;
}

static bool is_sheet(const char *text)
{
    double out[2];
    return paper_template_measures(text, out, 2) == 2 && out[0] >= 20 && out[1] >= 20;
}

/* What the page code may carry (kiosk/page/page_code.h). */
static bool is_name(const char *text)
{
    return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == strlen(text);
}

/* The members' lines of the tables below, which would else differ in the key and the place only. */
#define WORDS(structure, name, member, most)                                                                 \
    {                                                                                                        \
        .key = name, .type = YAML_TEXT, YAML_AT(structure, member), .max = most, .fallback = ""              \
    }
#define CHECKED(structure, name, member, check_text, wanted)                                                 \
    {                                                                                                        \
        .key = name, .type = YAML_TEXT, YAML_AT(structure, member), .max = PAPER_NAME_BYTES - 1,             \
        .fallback = "", .is_valid = check_text, .expected = wanted                                           \
    }
#define CHOICE(structure, name, member, names, count)                                                        \
    {                                                                                                        \
        .key = name, .type = YAML_CHOICE, YAML_AT(structure, member), .choice_name = names,                  \
        .choice_count = count                                                                                \
    }
#define LIST(structure, name, member, counter, schema, most)                                                 \
    {                                                                                                        \
        .key = name, .type = YAML_MAP_LIST, YAML_AT(structure, member), YAML_COUNT(structure, counter),      \
        .max = most, .items = schema                                                                         \
    }
#define MEASURE_WANTED "a number with at most two decimals"
#define NAME_WANTED "letters, digits, . _ -"

enum { TEXT_MOST = 400, CONDITION_MOST = 128, LIST_MOST = 64 };

static const struct yaml_schema block_schema;

static void prepare_item(void *entry)
{
    *(struct paper_item *)entry = (struct paper_item){.at = "",
                                                      .condition = "",
                                                      .text = "",
                                                      .zone = "",
                                                      .size_pt = "",
                                                      .stroke_mm = "",
                                                      .columns_mm = "",
                                                      .label_mm = "",
                                                      .padding_mm = ""};
}

static void prepare_cell(void *entry)
{
    struct paper_cell *cell = entry;
    *cell = (struct paper_cell){.span = 1};
    prepare_item(&cell->own);
}

static const struct yaml_member item_members[] = {
    {.key = "draw",
     .type = YAML_CHOICE,
     .required = true,
     YAML_AT(struct paper_item, kind),
     .choice_name = kind_name,
     .choice_count = PAPER_ITEM_COUNT_},
    CHECKED(struct paper_item, "at", at, are_measures, "numbers with at most two decimals, blanks between"),
    WORDS(struct paper_item, "if", condition, CONDITION_MOST),
    WORDS(struct paper_item, "text", text, TEXT_MOST),
    CHECKED(struct paper_item, "zone", zone, is_name, NAME_WANTED),
    CHECKED(struct paper_item, "size_pt", size_pt, is_measure, MEASURE_WANTED),
    CHECKED(struct paper_item, "stroke_mm", stroke_mm, is_measure, MEASURE_WANTED),
    {.key = "bold", .type = YAML_BOOL, YAML_AT(struct paper_item, bold)},
    {.key = "dashed", .type = YAML_BOOL, YAML_AT(struct paper_item, dashed)},
    CHOICE(struct paper_item, "align", align, align_name, 3),
    CHOICE(struct paper_item, "valign", valign, valign_name, 3),
    CHECKED(struct paper_item, "columns_mm", columns_mm, are_measures, "widths, blanks between"),
    CHECKED(struct paper_item, "label_mm", label_mm, is_measure, MEASURE_WANTED),
    CHECKED(struct paper_item, "padding_mm", padding_mm, is_measure, MEASURE_WANTED),
    LIST(struct paper_item, "blocks", blocks, block_count, &block_schema, LIST_MOST),
};
static const struct yaml_schema item_schema = {.what = "item",
                                               .members = item_members,
                                               .member_count = sizeof item_members / sizeof item_members[0],
                                               .size = sizeof(struct paper_item),
                                               .prepare = prepare_item};

static const struct yaml_member cell_members[] = {
    {.key = "span",
     .type = YAML_INTEGER,
     YAML_AT(struct paper_cell, span),
     .min = 1,
     .max = PAPER_COLUMNS_MAX},
    WORDS(struct paper_cell, "text", own.text, TEXT_MOST),
    CHECKED(struct paper_cell, "zone", own.zone, is_name, NAME_WANTED),
    CHECKED(struct paper_cell, "size_pt", own.size_pt, is_measure, MEASURE_WANTED),
    {.key = "bold", .type = YAML_BOOL, YAML_AT(struct paper_cell, own.bold)},
    CHOICE(struct paper_cell, "align", own.align, align_name, 3),
    CHOICE(struct paper_cell, "valign", own.valign, valign_name, 3),
    LIST(struct paper_cell, "items", items, item_count, &item_schema, LIST_MOST),
};
static const struct yaml_schema cell_schema = {.what = "cell",
                                               .members = cell_members,
                                               .member_count = sizeof cell_members / sizeof cell_members[0],
                                               .size = sizeof(struct paper_cell),
                                               .prepare = prepare_cell};

static const struct yaml_member row_members[] = {
    {.key = "height_mm",
     .type = YAML_TEXT,
     .required = true,
     YAML_AT(struct paper_row, height_mm),
     .max = PAPER_NAME_BYTES - 1,
     .is_valid = is_measure,
     .expected = MEASURE_WANTED},
    WORDS(struct paper_row, "if", condition, CONDITION_MOST),
    LIST(struct paper_row, "cells", cells, cell_count, &cell_schema, PAPER_COLUMNS_MAX),
};
static const struct yaml_schema row_schema = {.what = "row",
                                              .members = row_members,
                                              .member_count = sizeof row_members / sizeof row_members[0],
                                              .size = sizeof(struct paper_row)};

static const struct yaml_member block_members[] = {
    WORDS(struct paper_block, "label", label, TEXT_MOST),
    LIST(struct paper_block, "rows", rows, row_count, &row_schema, LIST_MOST),
};
static const struct yaml_schema block_schema = {.what = "block",
                                                .members = block_members,
                                                .member_count =
                                                    sizeof block_members / sizeof block_members[0],
                                                .size = sizeof(struct paper_block)};

static const struct yaml_member page_members[] = {
    LIST(struct paper_page, "items", items, item_count, &item_schema, LIST_MOST),
};
static const struct yaml_schema page_schema = {.what = "page",
                                               .members = page_members,
                                               .member_count = sizeof page_members / sizeof page_members[0],
                                               .size = sizeof(struct paper_page)};

static const struct yaml_member template_members[] = {
    {.key = "id",
     .type = YAML_TEXT,
     .required = true,
     YAML_AT(struct paper_template, id),
     .min = 1,
     .max = 32,
     .is_valid = is_name,
     .expected = NAME_WANTED},
    {.key = "version",
     .type = YAML_TEXT,
     .required = true,
     YAML_AT(struct paper_template, version),
     .min = 1,
     .max = 32,
     .is_valid = is_name,
     .expected = NAME_WANTED},
    {.key = "title",
     .type = YAML_TEXT,
     .required = true,
     YAML_AT(struct paper_template, title),
     .min = 1,
     .max = 80},
    {.key = "font",
     .type = YAML_TEXT,
     YAML_AT(struct paper_template, font),
     .max = 63,
     .fallback = DEFAULT_FONT},
    WORDS(struct paper_template, "if", condition, CONDITION_MOST),
    {.key = "sheet_mm",
     .type = YAML_TEXT,
     YAML_AT(struct paper_template, sheet_mm),
     .max = 20,
     .fallback = "210 297",
     .is_valid = is_sheet,
     .expected = "width and height in mm"},
    {.key = "copies",
     .type = YAML_TEXT_LIST,
     YAML_AT(struct paper_template, copies),
     YAML_COUNT(struct paper_template, copy_count),
     .max = PAPER_COPIES_MAX},
    {.key = "pages",
     .type = YAML_MAP_LIST,
     .required = true,
     YAML_AT(struct paper_template, pages),
     YAML_COUNT(struct paper_template, page_count),
     .min = 1,
     .max = PAPER_PAGES_MAX,
     .items = &page_schema},
};
static const struct yaml_schema template_schema = {.what = "paper template",
                                                   .members = template_members,
                                                   .member_count =
                                                       sizeof template_members / sizeof template_members[0],
                                                   .size = sizeof(struct paper_template)};

/* What the tables above cannot say is checked with the place of the text at hand. */
struct checker {
    const struct paper_template *template;
    struct yaml_errors *errors;
    double width_mm, height_mm; /* of the area items count from; 0 in cells: the row says, not the sheet */
};

static int measures_wanted(enum paper_item_kind kind)
{
    switch (kind) {
    case PAPER_ITEM_TEXT:
    case PAPER_ITEM_PARAGRAPHS:
    case PAPER_ITEM_BOX:
    case PAPER_ITEM_LINE:
    case PAPER_ITEM_ZONE:
        return 4;
    case PAPER_ITEM_QR:
    case PAPER_ITEM_CORNERS:
        return 3;
    case PAPER_ITEM_TABLE:
        return 2;
    case PAPER_ITEM_COUNT_:
        break;
    }
    return 0;
}

static void check_place(const struct checker *checker, const struct paper_item *item)
{
    double at[4] = {0};
    int wanted = measures_wanted(item->kind);
    bool in_cell = checker->width_mm <= 0;
    int count = paper_template_measures(item->at, at, 4);
    if (in_cell && item->at[0] == 0 && item->kind != PAPER_ITEM_TABLE)
        return;
    if (count != wanted) {
        yaml_complain(checker->template->yaml, checker->errors, item->at, "%s: %d measures expected in at",
                      kind_name((int)item->kind), wanted);
        return;
    }
    double height = count == 3 ? at[2] : at[3];
    if (!in_cell && (at[0] + at[2] > checker->width_mm || at[1] + height > checker->height_mm))
        yaml_complain(checker->template->yaml, checker->errors, item->at, "it stands outside the sheet");
}

static void check_text(const struct checker *checker, const struct paper_item *item)
{
    size_t open = 0;
    for (const char *at = item->text; *at != 0; at++) {
        if ((*at == '{' && open == 1) || (*at == '}' && open == 0)) {
            open = 2;
            break;
        }
        open += *at == '{';
        open -= *at == '}';
    }
    if (open != 0)
        yaml_complain(checker->template->yaml, checker->errors, item->text, "a brace without its partner");
}

static void check_items(const struct checker *checker, const struct paper_item *items, size_t count);

static void check_row(const struct checker *checker, const struct paper_row *row, int columns)
{
    struct checker inside = *checker;
    inside.width_mm = 0;
    int64_t spans = 0;
    for (size_t i = 0; i < row->cell_count; i++) {
        spans += row->cells[i].span;
        check_text(checker, &row->cells[i].own);
        check_items(&inside, row->cells[i].items, row->cells[i].item_count);
    }
    if (spans != columns)
        yaml_complain(checker->template->yaml, checker->errors, row->height_mm,
                      "the cells of this row span %d columns, the table has %d", (int)spans, columns);
}

/* With every row shown, it must still stand on the sheet. */
static void check_table_size(const struct checker *checker, const struct paper_item *item,
                             const double *columns_mm, int count)
{
    const struct paper_template *template = checker->template;
    double number = 0;
    double at[4] = {0};
    (void)paper_template_measures(item->at, at, 4);
    double right = at[0] + (paper_template_measures(item->label_mm, &number, 1) == 1 ? number : 0);
    double bottom = at[1];
    for (int i = 0; i < count; i++)
        right += columns_mm[i];
    for (size_t b = 0; b < item->block_count; b++)
        for (size_t r = 0; r < item->blocks[b].row_count; r++)
            bottom +=
                paper_template_measures(item->blocks[b].rows[r].height_mm, &number, 1) == 1 ? number : 0;
    if (right > template->width_mm || bottom > template->height_mm)
        yaml_complain(template->yaml, checker->errors, item->at, "the table is larger than the sheet");
}

static void check_table(const struct checker *checker, const struct paper_item *item)
{
    double columns[PAPER_COLUMNS_MAX];
    int count = paper_template_measures(item->columns_mm, columns, PAPER_COLUMNS_MAX);
    if (checker->width_mm <= 0)
        yaml_complain(checker->template->yaml, checker->errors, item->at, "a table inside a table");
    if (count < 1)
        yaml_complain(checker->template->yaml, checker->errors, item->at, "a table needs columns_mm");
    for (size_t b = 0; b < item->block_count && count >= 1; b++)
        for (size_t r = 0; r < item->blocks[b].row_count; r++)
            check_row(checker, &item->blocks[b].rows[r], count);
    check_table_size(checker, item, columns, count);
}

static void check_items(const struct checker *checker, const struct paper_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_place(checker, &items[i]);
        check_text(checker, &items[i]);
        if (items[i].kind == PAPER_ITEM_TABLE)
            check_table(checker, &items[i]);
    }
}

static enum status check_template(const struct paper_template *template, struct yaml_errors *errors)
{
    size_t before = errors->count;
    struct checker checker = {.template = template,
                              .errors = errors,
                              .width_mm = template->width_mm,
                              .height_mm = template->height_mm};
    for (size_t i = 0; i < template->page_count; i++)
        check_items(&checker, template->pages[i].items, template->pages[i].item_count);
    return errors->count == before ? STATUS_OK : STATUS_CONFIG;
}

/* Takes the document, also on failure. */
static enum status fill_take(struct yaml *yaml, struct yaml_errors *errors, struct paper_template **out)
{
    struct paper_template *template = calloc(1, sizeof *template);
    if (template == NULL) {
        yaml_free(yaml);
        return STATUS_NO_MEMORY;
    }
    enum status status = yaml_fill(yaml, &template_schema, template, errors);
    template->yaml = yaml;
    double sheet[2] = {0};
    if (status == STATUS_OK && paper_template_measures(template->sheet_mm, sheet, 2) == 2) {
        template->width_mm = sheet[0];
        template->height_mm = sheet[1];
        status = check_template(template, errors);
    }
    if (status == STATUS_OK)
        *out = template;
    else
        paper_template_free(template);
    return status;
}

enum status paper_template_open(const char *path, struct yaml_errors *errors, struct paper_template **out)
{
    struct yaml *yaml = NULL;
    enum status status = yaml_open(path, errors, &yaml);
    return status == STATUS_OK ? fill_take(yaml, errors, out) : status;
}

enum status paper_template_parse(const char *name, const char *text, size_t length,
                                 struct yaml_errors *errors, struct paper_template **out)
{
    struct yaml *yaml = NULL;
    enum status status = yaml_parse(name, text, length, errors, &yaml);
    return status == STATUS_OK ? fill_take(yaml, errors, out) : status;
}

void paper_template_free(struct paper_template *template)
{
    if (template == NULL)
        return;
    yaml_free(template->yaml);
    free(template);
}

const char *paper_template_version(const struct paper_template *template)
{
    return template->version;
}

int paper_template_pages(const struct paper_template *template)
{
    return (int)template->page_count;
}

int paper_template_sheets(const struct paper_template *template)
{
    return paper_template_pages(template) * (template->copy_count == 0 ? 1 : (int)template->copy_count);
}
