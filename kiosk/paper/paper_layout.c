#include "kiosk/paper/paper_layout.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"

enum {
    BUILT_IN_BYTES = PAPER_NAME_BYTES,
    TEXT_BYTES = LIMIT_FIELD_BYTES * 2,
    PARAGRAPHS_BYTES = LIMIT_FIELD_BYTES * 32
};

/* What one run of the layout carries from item to item. */
struct layouter {
    struct paper_part part;
    const struct paper_values *values;
    const struct paper_options *options;
    struct paper_layout *out;
    struct failure *failure;
    int page;
    double x_mm, y_mm, width_mm, height_mm; /* the area items count from: the page or a cell */
    double padding_mm;
    const char *size_pt;
};

#define DEFAULT_PADDING_MM 2.0
#define DEFAULT_STROKE_MM 0.25
#define DEFAULT_SIZE_PT 10.0
#define MARK_PT 150.0 /* two characters of it are half a sheet wide */
#define HEAD_PT 10.0
#define HEAD_MM 4.0

static double measure(const char *text, double fallback)
{
    double number = fallback;
    return paper_template_measures(text, &number, 1) == 1 ? number : fallback;
}

/* The rectangle of an item, 0 for what it does not say. */
struct area {
    double x_mm, y_mm, width_mm, height_mm;
};

static struct area area_of(const struct paper_item *item)
{
    double number[4] = {0};
    int count = paper_template_measures(item->at, number, 4);
    return (struct area){number[0], number[1], number[2], count == 3 ? number[2] : number[3]};
}

static const char *value_of(const struct paper_values *values, const char *key, size_t length)
{
    for (size_t i = 0; values != NULL && i < values->count; i++) {
        const struct paper_value *item = &values->items[i];
        if (strlen(item->key) == length && memcmp(item->key, key, length) == 0)
            return item->text == NULL ? "" : item->text;
    }
    return "";
}

/* Whether `value` is one of the alternatives in "a|b|c". */
static bool is_one_of(const char *value, const char *alternatives, size_t length)
{
    size_t value_length = strlen(value);
    const char *end = alternatives + length;
    for (const char *at = alternatives; at <= end;) {
        const char *bar = memchr(at, '|', (size_t)(end - at));
        size_t part = (size_t)((bar == NULL ? end : bar) - at);
        if (part == value_length && memcmp(at, value, part) == 0)
            return true;
        at += part + 1;
    }
    return false;
}

static bool condition_holds(const char *condition, size_t length, const struct paper_values *values)
{
    if (length == 0)
        return true;
    const char *equals = memchr(condition, '=', length);
    if (equals == NULL) {
        bool negated = condition[0] == '!';
        const char *value = value_of(values, condition + negated, length - negated);
        return (value[0] != 0) != negated;
    }
    size_t key_length = (size_t)(equals - condition);
    bool negated = key_length > 0 && condition[key_length - 1] == '!';
    const char *value = value_of(values, condition, key_length - negated);
    return is_one_of(value, equals + 1, length - key_length - 1) != negated;
}

bool paper_layout_holds(const char *condition, const struct paper_values *values)
{
    return condition == NULL || condition_holds(condition, strlen(condition), values);
}

static bool is_key(const char *key, size_t length, const char *name)
{
    return strlen(name) == length && memcmp(name, key, length) == 0;
}

/* The keys paper sets itself. Returns: false when the key is not one of them. */
static bool built_in(const struct layouter *at, const char *key, size_t length, char out[BUILT_IN_BYTES])
{
    const struct paper_template *template = at->part.template;
    int64_t utc_s = at->options == NULL ? 0 : at->options->utc_s;
    struct buf text;
    buf_init(&text, BUILT_IN_BYTES - 1);
    out[0] = 0;
    if (is_key(key, length, "printed_at"))
        return clock_format_hall(utc_s, "%Y-%m-%d %H:%M", out, BUILT_IN_BYTES) > 0;
    if (is_key(key, length, "printed_date"))
        return clock_format_hall(utc_s, "%Y-%m-%d", out, BUILT_IN_BYTES) > 0;
    enum status status = STATUS_NOT_FOUND;
    if (is_key(key, length, "page"))
        status = buf_append_format(&text, "%d", at->part.pages_before + at->page + 1);
    else if (is_key(key, length, "pages"))
        status = buf_append_format(&text, "%d", at->part.pack_pages);
    else if (is_key(key, length, "copy"))
        status = buf_append_text(&text, template->copy_count == 0 ? "" : template->copies[at->part.copy]);
    else if (is_key(key, length, "template_id"))
        status = buf_append_text(&text, template->id);
    else if (is_key(key, length, "template_version"))
        status = buf_append_text(&text, template->version);
    bool known =
        status == STATUS_OK && text_copy(out, BUILT_IN_BYTES, text.data == NULL ? "" : (char *)text.data);
    buf_release(&text);
    return known;
}

/* Whether the lines hold printable characters only. */
static bool are_lines_printable(const char *text)
{
    char *line = strdup(text);
    if (line == NULL)
        return false;
    for (char *at = line; (at = strchr(at, '\n')) != NULL; at++)
        *at = ' ';
    bool are_printable = text_is_printable(line);
    secret_wipe_bytes(line, strlen(line));
    free(line);
    return are_printable;
}

static enum status append_value(const struct layouter *at, enum paper_item_kind kind, const char *key,
                                size_t length, struct buf *out)
{
    if (length > 0 && key[0] == '?')
        return buf_append_text(out, condition_holds(key + 1, length - 1, at->values) ? PAPER_LAYOUT_TICKED
                                                                                     : PAPER_LAYOUT_UNTICKED);
    char own[BUILT_IN_BYTES];
    if (built_in(at, key, length, own))
        return buf_append_text(out, own);
    const char *value = value_of(at->values, key, length);
    if (kind == PAPER_ITEM_PARAGRAPHS ? !are_lines_printable(value) : !text_is_printable(value))
        return failure_set(at->failure, STATUS_MALFORMED, "paper_layout", 0, "value of %.*s is not printable",
                           (int)(length < PAPER_NAME_BYTES ? length : PAPER_NAME_BYTES), key);
    enum status status = buf_append_text(out, value);
    return status == STATUS_OK
               ? status
               : failure_set(at->failure, status, "paper_layout", 0, "value of %.*s is too long",
                             (int)(length < PAPER_NAME_BYTES ? length : PAPER_NAME_BYTES), key);
}

/* The text with values put in, once, so that a brace inside a value stays a brace. */
static enum status expand(const struct layouter *at, const struct paper_item *item, char **out)
{
    struct buf buf;
    const char *text = item->text;
    buf_init(&buf, item->kind == PAPER_ITEM_PARAGRAPHS ? PARAGRAPHS_BYTES : TEXT_BYTES);
    enum status status = buf_append_text(&buf, "");
    while (status == STATUS_OK && *text != 0) {
        const char *open = strchr(text, '{');
        const char *close = open == NULL ? NULL : strchr(open, '}');
        size_t plain = close == NULL ? strlen(text) : (size_t)(open - text);
        status = buf_append(&buf, text, plain);
        text += plain;
        if (status != STATUS_OK || close == NULL)
            continue;
        status = append_value(at, item->kind, open + 1, (size_t)(close - open - 1), &buf);
        text = close + 1;
    }
    if (status == STATUS_OK && (*out = strdup(buf.data == NULL ? "" : (char *)buf.data)) == NULL)
        status = STATUS_NO_MEMORY;
    buf_wipe(&buf);
    return status;
}

/* The name of an item's place: its own, else the first value that its text names. */
static void name_zone(const struct paper_item *item, char out[PAPER_NAME_BYTES])
{
    out[0] = 0;
    if (item->zone[0] != 0) {
        (void)text_copy(out, PAPER_NAME_BYTES, item->zone);
        return;
    }
    if (item->kind == PAPER_ITEM_QR)
        (void)text_copy(out, PAPER_NAME_BYTES, "qr");
    const char *open = strchr(item->text, '{');
    const char *close = open == NULL ? NULL : strchr(open, '}');
    if (close == NULL || open[1] == '?' || close - open > PAPER_NAME_BYTES)
        return;
    memcpy(out, open + 1, (size_t)(close - open - 1));
    out[close - open - 1] = 0;
}

static enum status place(struct layouter *at, const struct paper_placed *thing)
{
    struct paper_layout *layout = at->out;
    if (layout->count == PAPER_ITEMS_MAX)
        return failure_set(at->failure, STATUS_FULL, "paper_layout", PAPER_ITEMS_MAX,
                           "too many things on paper");
    layout->placed[layout->count++] = *thing;
    return STATUS_OK;
}

/* A corner mark is two strokes that meet in the corner; its place has a name for the scanner's side. */
static enum status place_corner(struct layouter *at, const struct paper_item *item, bool right, bool bottom)
{
    static const char *const names[2][2] = {{"corner-top-left", "corner-top-right"},
                                            {"corner-bottom-left", "corner-bottom-right"}};
    struct area inset = area_of(item);
    double leg = inset.width_mm;
    double x = right ? at->part.template->width_mm - inset.x_mm : inset.x_mm;
    double y = bottom ? at->part.template->height_mm - inset.y_mm : inset.y_mm;
    struct paper_placed stroke = {.kind = PAPER_ITEM_LINE,
                                  .page = at->page,
                                  .x_mm = x,
                                  .y_mm = y,
                                  .stroke_mm = measure(item->stroke_mm, DEFAULT_STROKE_MM)};
    stroke.width_mm = right ? -leg : leg;
    enum status status = place(at, &stroke);
    stroke.width_mm = 0;
    stroke.height_mm = bottom ? -leg : leg;
    if (status == STATUS_OK)
        status = place(at, &stroke);
    struct paper_placed zone = {.kind = PAPER_ITEM_ZONE,
                                .page = at->page,
                                .x_mm = right ? x - leg : x,
                                .y_mm = bottom ? y - leg : y,
                                .width_mm = leg,
                                .height_mm = leg};
    (void)text_copy(zone.name, sizeof zone.name, names[bottom][right]);
    return status == STATUS_OK ? place(at, &zone) : status;
}

static enum status place_corners(struct layouter *at, const struct paper_item *item)
{
    enum status status = STATUS_OK;
    for (int i = 0; i < 4 && status == STATUS_OK; i++)
        status = place_corner(at, item, i & 1, i & 2);
    return status;
}

/* The rectangle an item has, or the cell it stands in, less the padding. */
static struct area area_on_page(const struct layouter *at, const struct paper_item *item)
{
    struct area area = area_of(item);
    if (item->at[0] == 0) {
        double above = item->kind == PAPER_ITEM_TEXT ? at->padding_mm / 2 : at->padding_mm;
        area = (struct area){at->padding_mm, above, at->width_mm - 2 * at->padding_mm,
                             at->height_mm - 2 * above};
    }
    area.x_mm += at->x_mm;
    area.y_mm += at->y_mm;
    return area;
}

static const char *qr_text(const struct layouter *at)
{
    int page = at->part.pages_before + at->page;
    const char *text = at->options == NULL || page >= PAPER_PAGES_MAX ? NULL : at->options->qr[page];
    return text == NULL ? "" : text;
}

static enum status place_simple(struct layouter *at, const struct paper_item *item)
{
    struct area area = area_on_page(at, item);
    struct paper_placed thing = {.kind = item->kind,
                                 .page = at->page,
                                 .x_mm = area.x_mm,
                                 .y_mm = area.y_mm,
                                 .width_mm = area.width_mm,
                                 .height_mm = area.height_mm,
                                 .size_pt = measure(item->size_pt, measure(at->size_pt, DEFAULT_SIZE_PT)),
                                 .stroke_mm = measure(item->stroke_mm, DEFAULT_STROKE_MM),
                                 .bold = item->bold,
                                 .dashed = item->dashed,
                                 .align = item->align,
                                 .valign = item->valign};
    name_zone(item, thing.name);
    enum status status = STATUS_OK;
    if (item->kind == PAPER_ITEM_TEXT || item->kind == PAPER_ITEM_PARAGRAPHS)
        status = expand(at, item, &thing.text);
    else if (item->kind == PAPER_ITEM_QR && item->text[0] != 0) /* a code of its own, not the page's */
        status = expand(at, item, &thing.text);
    else if (item->kind == PAPER_ITEM_QR && (thing.text = strdup(qr_text(at))) == NULL)
        status = STATUS_NO_MEMORY;
    if (status == STATUS_OK)
        status = place(at, &thing);
    if (status != STATUS_OK)
        free(thing.text);
    return status;
}

static enum status place_items(struct layouter *at, const struct paper_item *items, size_t count);

/* What a table says about all its cells. */
struct grid {
    double columns_mm[PAPER_COLUMNS_MAX];
    int column_count;
    double label_mm;
    double stroke_mm;
};

/* The frame of one cell, with the cell as the area inside. */
static enum status open_cell(struct layouter *inner, const struct grid *grid)
{
    return grid->stroke_mm <= 0 ? STATUS_OK
                                : place(inner, &(struct paper_placed){.kind = PAPER_ITEM_BOX,
                                                                      .page = inner->page,
                                                                      .x_mm = inner->x_mm,
                                                                      .y_mm = inner->y_mm,
                                                                      .width_mm = inner->width_mm,
                                                                      .height_mm = inner->height_mm,
                                                                      .stroke_mm = grid->stroke_mm});
}

static enum status place_cell(struct layouter *inner, const struct grid *grid, const struct paper_cell *cell)
{
    enum status status = open_cell(inner, grid);
    if (status == STATUS_OK && (cell->own.text[0] != 0 || cell->own.zone[0] != 0))
        status = place_items(inner, &cell->own, 1);
    return status == STATUS_OK ? place_items(inner, cell->items, cell->item_count) : status;
}

static enum status place_row(const struct layouter *at, const struct grid *grid, const struct paper_row *row)
{
    struct layouter inner = *at;
    inner.x_mm += grid->label_mm;
    inner.height_mm = measure(row->height_mm, 0);
    int column = 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < row->cell_count && status == STATUS_OK; i++) {
        inner.width_mm = 0;
        for (int64_t span = 0; span < row->cells[i].span && column < grid->column_count; span++)
            inner.width_mm += grid->columns_mm[column++];
        status = place_cell(&inner, grid, &row->cells[i]);
        inner.x_mm += inner.width_mm;
    }
    return status;
}

/* The merged label at the left of the block's rows. */
static enum status place_label(const struct layouter *at, const struct grid *grid, const char *text,
                               double height_mm)
{
    struct layouter inner = *at;
    inner.width_mm = grid->label_mm;
    inner.height_mm = height_mm;
    struct paper_item label = {.kind = PAPER_ITEM_TEXT,
                               .at = "",
                               .text = text,
                               .zone = "",
                               .size_pt = "",
                               .stroke_mm = "",
                               .align = PAPER_ALIGN_CENTRE};
    enum status status = open_cell(&inner, grid);
    return status == STATUS_OK ? place_simple(&inner, &label) : status;
}

/* The rows of a block that are to be shown, from at->y_mm down. *bottom_mm is where they end. */
static enum status place_block(const struct layouter *at, const struct grid *grid,
                               const struct paper_block *block, double *bottom_mm)
{
    struct layouter row = *at;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < block->row_count && status == STATUS_OK; i++) {
        if (!paper_layout_holds(block->rows[i].condition, at->values))
            continue;
        status = place_row(&row, grid, &block->rows[i]);
        row.y_mm += measure(block->rows[i].height_mm, 0);
    }
    if (status == STATUS_OK && row.y_mm > at->y_mm && grid->label_mm > 0)
        status = place_label(at, grid, block->label, row.y_mm - at->y_mm);
    *bottom_mm = row.y_mm;
    return status;
}

static enum status place_table(const struct layouter *at, const struct paper_item *item)
{
    struct grid grid = {.label_mm = measure(item->label_mm, 0),
                        .stroke_mm = measure(item->stroke_mm, DEFAULT_STROKE_MM)};
    grid.column_count = paper_template_measures(item->columns_mm, grid.columns_mm, PAPER_COLUMNS_MAX);
    struct area area = area_of(item);
    struct layouter inner = *at;
    inner.x_mm += area.x_mm;
    inner.y_mm += area.y_mm;
    inner.padding_mm = measure(item->padding_mm, DEFAULT_PADDING_MM);
    inner.size_pt = item->size_pt;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < item->block_count && status == STATUS_OK; i++)
        status = place_block(&inner, &grid, &item->blocks[i], &inner.y_mm);
    return status;
}

static enum status place_items(struct layouter *at, const struct paper_item *items, size_t count)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        const struct paper_item *item = &items[i];
        if (!paper_layout_holds(item->condition, at->values))
            continue;
        if (item->kind == PAPER_ITEM_TABLE)
            status = place_table(at, item);
        else if (item->kind == PAPER_ITEM_CORNERS)
            status = place_corners(at, item);
        else
            status = place_simple(at, item);
    }
    return status;
}

static enum status place_words(struct layouter *at, const char *words, struct paper_placed where)
{
    if (words == NULL)
        return STATUS_OK;
    where.kind = PAPER_ITEM_TEXT;
    where.page = at->page;
    where.width_mm = at->part.template->width_mm;
    where.bold = true;
    where.align = PAPER_ALIGN_CENTRE;
    where.text = strdup(words);
    enum status status = where.text == NULL ? STATUS_NO_MEMORY : place(at, &where);
    if (status != STATUS_OK)
        free(where.text);
    return status;
}

/* What stands on every page whatever its template: the mark across it, the line at its upper edge. */
static enum status place_ground(struct layouter *at)
{
    if (at->options == NULL)
        return STATUS_OK;
    enum status status = place_words(at, at->options->mark,
                                     (struct paper_placed){.height_mm = at->part.template->height_mm,
                                                           .size_pt = MARK_PT,
                                                           .valign = PAPER_VALIGN_MIDDLE,
                                                           .pale = true});
    return status == STATUS_OK
               ? place_words(
                     at, at->options->head,
                     (struct paper_placed){.y_mm = HEAD_MM, .height_mm = 2 * HEAD_MM, .size_pt = HEAD_PT})
               : status;
}

enum status paper_layout_make(const struct paper_part *part, const struct paper_values *values,
                              const struct paper_options *options, struct paper_layout *out,
                              struct failure *failure)
{
    const struct paper_template *template = part->template;
    check(part->copy >= 0 && (part->copy == 0 || (size_t)part->copy < template->copy_count));
    *out = (struct paper_layout){.part = *part, .placed = calloc(PAPER_ITEMS_MAX, sizeof *out->placed)};
    if (out->placed == NULL)
        return STATUS_NO_MEMORY;
    struct layouter at = {
        .part = *part, .values = values, .options = options, .out = out, .failure = failure, .size_pt = ""};
    enum status status = STATUS_OK;
    for (at.page = 0; at.page < (int)template->page_count && status == STATUS_OK; at.page++) {
        status = place_ground(&at);
        if (status == STATUS_OK)
            status = place_items(&at, template->pages[at.page].items, template->pages[at.page].item_count);
    }
    if (status != STATUS_OK)
        paper_layout_release(out);
    return status;
}

void paper_layout_release(struct paper_layout *layout)
{
    if (layout == NULL)
        return;
    for (size_t i = 0; i < layout->count; i++) {
        char *text = layout->placed[i].text;
        if (text != NULL)
            secret_wipe_bytes(text, strlen(text));
        free(text);
    }
    free(layout->placed);
    *layout = (struct paper_layout){0};
}
