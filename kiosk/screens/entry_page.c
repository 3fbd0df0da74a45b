#include "kiosk/screens/entry_page.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/entry_rows.h"

/* Base px of the pictures a06, a07 and p02. */
enum {
    TAB_WIDTH = 328,
    TAB_WIDTH_LARGE = 400,
    TAB_HEIGHT = 124,
    TAB_HEIGHT_UPRIGHT = 88,
    TAB_GAP = 16,
    TAB_GAP_UPRIGHT = 12,
    CARD_PADDING = 45,
    CARD_ABOVE = 7, /* the card reaches so far beyond the content's height */
    CARD_BELOW = 3,
    HEAD_TOP = 22,
    COLUMN_GAP = 40,
    COLUMN_GAP_TYPING = 32,
    COLUMN_GAP_UPRIGHT = 24,
    ROW_GAP = 14,
    ROW_GAP_WIDE = 22,
    ROW_GAP_LARGE = 16,
    BESIDE_GAP = 24,
};

/* --- tabs ---------------------------------------------------------------------------------------------- */

static const char *tab_line(size_t faulty, size_t missing, bool optional)
{
    return faulty > 0    ? "form.tab.faulty"
           : missing > 0 ? "form.tab.missing"
           : optional    ? "form.tab.optional"
                         : "form.tab.done";
}

enum widget_choice_mark entry_page_mark(const struct ui *ui, const struct entry *entry, size_t block)
{
    bool open = entry_missing(entry, ui, block) > 0 || entry_form(ui)->blocks[block].optional;
    return entry_faulty(entry, ui, block) > 0 ? WIDGET_CHOICE_ERROR
           : open                             ? WIDGET_CHOICE_NUMBER
                                              : WIDGET_CHOICE_DONE;
}

static void draw_tab(struct ui *ui, struct rect rect, const struct entry *entry, size_t block)
{
    const struct form_block *what = &entry_form(ui)->blocks[block];
    size_t faulty = entry_faulty(entry, ui, block);
    size_t missing = entry_missing(entry, ui, block);
    char id[ENTRY_ID_BYTES], count[24], line[64];
    (void)snprintf(id, sizeof(id), "form.tab.%s", what->id);
    (void)snprintf(count, sizeof(count), "%zu", faulty > 0 ? faulty : missing);
    screen_format(ui, line, sizeof(line), tab_line(faulty, missing, what->optional), {"count", count});
    (void)widget_choice_tab(ui, rect,
                            &(struct widget_choice_tab){.id = id,
                                                        .name = what->label,
                                                        .line = line,
                                                        .mark = entry_page_mark(ui, entry, block),
                                                        .number = (int)block + 1,
                                                        .selected = block == entry->block,
                                                        .tag = (int64_t)block});
}

static void draw_tab_column(struct ui *ui, struct rect column, const struct entry *entry)
{
    int count = (int)entry_form(ui)->block_count;
    int even = (column.h - (count - 1) * TAB_GAP) / count;
    column.h = (even < TAB_HEIGHT || ui_is_large(ui) ? even : TAB_HEIGHT) * count + (count - 1) * TAB_GAP;
    for (int i = 0; i < count; i++)
        draw_tab(ui, rect_row(column, i, count, TAB_GAP), entry, (size_t)i);
}

/* One row; two where large names would not fit one. */
static void draw_tab_rows(struct ui *ui, struct rect *area, const struct entry *entry)
{
    int count = (int)entry_form(ui)->block_count;
    int columns = ui_is_large(ui) ? 2 : count, rows = (count + columns - 1) / columns;
    struct rect block = rect_cut_top(area, rows * TAB_HEIGHT_UPRIGHT + (rows - 1) * TAB_GAP);
    for (int i = 0; i < count; i++)
        draw_tab(
            ui,
            rect_column(rect_row(block, i / columns, rows, TAB_GAP), i % columns, columns, TAB_GAP_UPRIGHT),
            entry, (size_t)i);
    (void)rect_cut_top(area, 32);
}

/* --- one field ----------------------------------------------------------------------------------------- */

/* Where a field says what there is to say. */
enum saying { SAYING_NOTHING, SAYING_BELOW, SAYING_BESIDE };

/* Long numbers stand in groups where they are read, not where they are hidden. */
static const char *grouping_of(const struct form_field *field)
{
    return field->kind == FORM_KIND_MOBILE ? "344" : field->kind == FORM_KIND_ACCOUNT ? "4" : NULL;
}

static bool has_focus(const struct ui *ui, const struct form_field *field)
{
    char id[ENTRY_ID_BYTES];
    entry_id(field, id);
    return ui_focused(ui) != NULL && strcmp(ui_focused(ui), id) == 0;
}

/* How many characters of a masked value cannot be read. */
static void say_hidden(struct ui *ui, const char *masked, char out[ENTRY_MESSAGE_BYTES])
{
    char count[24];
    size_t stars = 0;
    for (const char *c = masked; *c != 0; c++)
        stars += *c == '*';
    (void)snprintf(count, sizeof(count), "%zu", stars);
    screen_format(ui, out, ENTRY_MESSAGE_BYTES, "form.masked", {"count", count});
}

/* Returns: the last comma or full stop of the text, NULL when there is none. */
static char *last_stop(char *text)
{
    char *last = NULL;
    for (char *at = text; *at != 0; at++)
        if (strncmp(at, "。", strlen("。")) == 0 || strncmp(at, "，", strlen("，")) == 0)
            last = at;
    return last;
}

/* Of an error that is too long for one line as many of its clauses are left as fit: what is wrong first. */
static void fit_error(struct ui *ui, int width, char message[ENTRY_MESSAGE_BYTES])
{
    enum { SIGN = 40 };
    char *stop;
    while (widget_label_width(ui, THEME_TYPE_CAPTION_STRONG, message) + SIGN > width &&
           (stop = last_stop(message)) != NULL)
        *stop = 0;
    screen_fit(ui, THEME_TYPE_CAPTION_STRONG, width - SIGN, message, ENTRY_MESSAGE_BYTES);
}

/* Whether a register was asked about the field. */
static bool is_compared(enum service_finding_verdict verdict)
{
    return verdict != SERVICE_FINDING_NONE && verdict != SERVICE_FINDING_TAKEN;
}

/* What a register says of the field; that it says something else is no mistake of the applicant's. */
static void say_finding(struct ui *ui, enum service_finding_verdict verdict, int width,
                        char out[ENTRY_MESSAGE_BYTES])
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "form.finding.%s", service_finding_name(verdict));
    (void)text_copy(out, ENTRY_MESSAGE_BYTES, screen_text(ui, key));
    screen_fit(ui, THEME_TYPE_CAPTION, width, out, ENTRY_MESSAGE_BYTES);
}

/* An empty field that has the value of another one says where it comes from. */
static bool awaits_source(const struct ui *ui, const struct form_field *field)
{
    return field->derived_from[0] != 0 && field->hint[0] == 0 &&
           form_value(entry_form(ui), entry_values(ui), field->id)[0] == 0;
}

static void say_source(struct ui *ui, const struct form_field *field, char out[ENTRY_MESSAGE_BYTES])
{
    const struct form *form = entry_form(ui);
    const struct form_field *source = form_find(form, field->derived_from);
    const char *block = "";
    for (size_t i = 0; source != NULL && i < form->block_count; i++)
        if (strcmp(form->blocks[i].id, source->block) == 0)
            block = form->blocks[i].label;
    screen_format(ui, out, ENTRY_MESSAGE_BYTES, "form.derived", {"block", block});
}

/* What stands below the box, or beside the label. */
static void say(struct ui *ui, const struct entry *entry, size_t index, const char *hidden, int width,
                char out[ENTRY_MESSAGE_BYTES])
{
    const struct entry_field *state = &entry->fields[index];
    const struct form_field *field = &entry_form(ui)->fields[index];
    if (awaits_source(ui, field))
        say_source(ui, field, out);
    else
        (void)text_copy(out, ENTRY_MESSAGE_BYTES, field->hint);
    if (state->faulty) {
        (void)text_copy(out, ENTRY_MESSAGE_BYTES, state->message);
        fit_error(ui, width, out);
    } else if (is_compared(entry_finding(entry, ui, index))) {
        say_finding(ui, entry_finding(entry, ui, index), width, out);
    } else if (hidden != NULL) {
        say_hidden(ui, hidden, out);
    } else if (entry->revealed == index + 1) {
        (void)text_copy(out, ENTRY_MESSAGE_BYTES, screen_text(ui, "form.revealed"));
    }
}

/* What a message has of the width when it stands beside the label. */
static int width_beside(struct ui *ui, int width, const struct form_field *field)
{
    char label[ENTRY_MESSAGE_BYTES];
    (void)snprintf(label, sizeof(label), "* %s", field->label);
    return width - widget_label_width(ui, THEME_TYPE_SMALL, label) - BESIDE_GAP;
}

static void draw_field(struct ui *ui, struct rect rect, struct entry *entry, size_t index, enum saying saying)
{
    const struct form_field *field = &entry_form(ui)->fields[index];
    struct entry_field *state = &entry->fields[index];
    char id[ENTRY_ID_BYTES], line[ENTRY_MESSAGE_BYTES];
    struct buf masked;
    entry_id(field, id);
    buf_init(&masked, LIMIT_FIELD_BYTES);
    bool open = entry_is_open(ui, field), revealed = entry->revealed == index + 1;
    const char *value = open ? state->edit.text : form_value(entry_form(ui), entry_values(ui), field->id);
    if (field->masked && !has_focus(ui, field) && !revealed && *value != 0)
        (void)!form_mask(value, &masked);
    const char *hidden = masked.length > 0 ? (const char *)masked.data : NULL;
    enum service_finding_verdict verdict = entry_finding(entry, ui, index);
    bool doubted = verdict == SERVICE_FINDING_DIFFERS || verdict == SERVICE_FINDING_UNKNOWN;
    say(ui, entry, index, hidden, saying == SAYING_BESIDE ? width_beside(ui, rect.w, field) : rect.w, line);
    bool chosen = open && form_field_is_chosen(entry_form(ui), field);
    struct widget_field what = {.id = id,
                                .label = field->label,
                                .required = field->required,
                                .edit = open && !chosen ? &state->edit : NULL,
                                .shown = hidden != NULL    ? hidden
                                         : open && !chosen ? NULL
                                                           : value,
                                .chosen = chosen,
                                .grouping = hidden != NULL ? NULL : grouping_of(field),
                                .placeholder = field->placeholder,
                                .message = saying != SAYING_NOTHING && line[0] != 0 ? line : NULL,
                                .beside = saying == SAYING_BESIDE,
                                .error = state->faulty,
                                .ok = state->touched && !state->faulty && state->edit.length > 0 && !doubted,
                                .locked = !open,
                                .eye = field->masked && *value != 0,
                                .revealed = revealed,
                                .tag = (int64_t)index};
    (void)widget_field(ui, rect, &what);
    buf_wipe(&masked);
}

/* --- the rows of a page -------------------------------------------------------------------------------- */

/* Which fields say something below their boxes, from all to none: what there is room for. */
enum talk { TALK_ALL, TALK_ERRORS, TALK_FOCUS, TALK_NONE };

struct sheet {
    struct ui *ui;
    struct entry *entry;
    struct entry_rows rows;
    size_t first, last; /* rows of the page */
    enum talk talk;
    int plain, full, gap, column_gap;
    bool typing;
    bool even;      /* rows are equally high whether they say something or not */
    bool full_page; /* the last row has no room below its boxes and speaks beside its labels */
};

/* On a full page the last row says only what is still to be done, so that all rows stand as in the picture.
 */
static bool is_quiet(const struct sheet *sheet, size_t row, const struct entry_field *state)
{
    return sheet->even && row + 1 == sheet->last &&
           row + 1 - sheet->first == entry_rows_per_page(sheet->ui) && state->edit.length > 0;
}

static bool talks(const struct sheet *sheet, size_t row, size_t index)
{
    const struct form_field *field = &entry_form(sheet->ui)->fields[index];
    const struct entry_field *state = &sheet->entry->fields[index];
    bool focus = has_focus(sheet->ui, field), masked = field->masked && state->edit.length > 0;
    bool compared = is_compared(entry_finding(sheet->entry, sheet->ui, index));
    bool hinted = field->hint[0] != 0 || masked || awaits_source(sheet->ui, field);
    if (!state->faulty && !compared && (!hinted || is_quiet(sheet, row, state)))
        return false;
    return sheet->talk == TALK_ALL || (focus && sheet->talk != TALK_NONE) ||
           (state->faulty && sheet->talk == TALK_ERRORS);
}

static int row_height(const struct sheet *sheet, size_t row)
{
    if (sheet->full_page && row + 1 == sheet->last)
        return sheet->plain;
    for (size_t i = 0; i < sheet->rows.row[row].count; i++)
        if (talks(sheet, row, sheet->rows.row[row].field[i]))
            return sheet->full;
    return sheet->even && row + 1 < sheet->last ? sheet->full : sheet->plain;
}

static int rows_height(const struct sheet *sheet, size_t first, size_t last)
{
    int height = 0;
    for (size_t row = first; row <= last; row++)
        height += row_height(sheet, row) + (row < last ? sheet->gap : 0);
    return height;
}

/* Returns: the row with the focus, or the first one. */
static size_t focused_row(const struct sheet *sheet)
{
    const struct form *form = entry_form(sheet->ui);
    for (size_t row = sheet->first; row < sheet->last; row++)
        for (size_t i = 0; i < sheet->rows.row[row].count; i++)
            if (has_focus(sheet->ui, &form->fields[sheet->rows.row[row].field[i]]))
                return row;
    return sheet->first;
}

/* The page begins so far down that the row with the focus stands in the height, the row before it with it. */
static size_t top_row(struct sheet *sheet, int height)
{
    size_t focus = focused_row(sheet), before = focus > sheet->first ? focus - 1 : focus;
    while (sheet->talk < TALK_NONE && rows_height(sheet, before, focus) > height)
        sheet->talk++;
    size_t top = sheet->first;
    while (top < before && rows_height(sheet, top, focus) > height)
        top++;
    return top;
}

static void draw_row(struct sheet *sheet, struct rect rect, size_t row)
{
    const struct entry_row *what = &sheet->rows.row[row];
    int columns = what->half ? ENTRY_ROWS_COLUMNS : (int)what->count;
    enum saying place = rect.h >= sheet->full                        ? SAYING_BELOW
                        : sheet->full_page && row + 1 == sheet->last ? SAYING_BESIDE
                                                                     : SAYING_NOTHING;
    for (size_t i = 0; i < what->count; i++)
        draw_field(sheet->ui, rect_column(rect, (int)i, columns, sheet->column_gap), sheet->entry,
                   what->field[i], talks(sheet, row, what->field[i]) ? place : SAYING_NOTHING);
}

/* Rows that all say something stand closer so that a page holds them. */
static int gap_of(const struct sheet *sheet, int height)
{
    int spaces = (int)(sheet->last - sheet->first) - 1;
    int over = rows_height(sheet, sheet->first, sheet->last - 1) - height;
    int gap = sheet->gap - (over > 0 && spaces > 0 ? (over + spaces - 1) / spaces : 0);
    return gap > 0 ? gap : 0;
}

static void draw_rows(struct sheet *sheet, struct rect area)
{
    if (sheet->last == sheet->first)
        return;
    sheet->full_page = sheet->even && rows_height(sheet, sheet->first, sheet->last - 1) > area.h;
    if (!sheet->typing)
        sheet->gap = gap_of(sheet, area.h);
    for (size_t row = top_row(sheet, area.h); row < sheet->last && area.h >= sheet->plain; row++) {
        int height = row_height(sheet, row);
        draw_row(sheet, rect_cut_top(&area, height < area.h ? height : sheet->plain), row);
        (void)rect_cut_top(&area, sheet->gap);
    }
}

static struct sheet sheet_of(struct ui *ui, struct entry *entry, bool typing)
{
    bool upright = ui_is_portrait(ui), large = ui_is_large(ui), card = !upright && !typing;
    struct sheet sheet = {.ui = ui,
                          .entry = entry,
                          .talk = typing && !upright ? TALK_ERRORS : TALK_ALL,
                          .plain = widget_field_plain_height(ui),
                          .full = widget_field_height(ui),
                          .gap = card    ? (large ? ROW_GAP_WIDE : ROW_GAP)
                                 : large ? ROW_GAP_LARGE
                                         : ROW_GAP_WIDE,
                          .column_gap = upright  ? COLUMN_GAP_UPRIGHT
                                        : typing ? COLUMN_GAP_TYPING
                                                 : COLUMN_GAP,
                          .typing = typing,
                          .even = card};
    entry_rows_lay(ui, entry->block, &sheet.rows);
    sheet.last = sheet.rows.count;
    if (typing) /* the keyboard leaves too little room for pages */
        return sheet;
    sheet.first = entry->page * entry_rows_per_page(ui);
    if (sheet.last > sheet.first + entry_rows_per_page(ui))
        sheet.last = sheet.first + entry_rows_per_page(ui);
    return sheet;
}

/* --- the page ------------------------------------------------------------------------------------------ */

/* Name of the group at the left, at the right what to know: which page of several this is. */
static void draw_head(struct ui *ui, struct rect *card, const struct entry *entry)
{
    char now[24], count[24], words[64];
    size_t pages = entry_rows_pages(ui, entry->block);
    struct rect head = rect_cut_top(card, screen_lines(ui, THEME_TYPE_H2, 1));
    (void)snprintf(now, sizeof(now), "%zu", entry->page + 1);
    (void)snprintf(count, sizeof(count), "%zu", pages);
    screen_format(ui, words, sizeof(words), pages > 1 ? "form.page" : "form.mend", {"page", now},
                  {"count", count});
    int width = widget_label_width(ui, THEME_TYPE_SMALL, words) + 1, side = ui_is_large(ui) ? 40 : 30;
    struct rect line = rect_cut_right(&head, width);
    (void)widget_label(
        ui, line,
        &(struct widget_label){
            .text = words, .type = THEME_TYPE_SMALL, .color = THEME_COLOR_INK700, .middle = true});
    (void)rect_cut_right(&head, 10);
    (void)widget_mark_icon(ui, rect_cut_right(&head, side), ICON_INFO, side, THEME_COLOR_INK700, false);
    (void)widget_label(ui, head,
                       &(struct widget_label){.text = entry_form(ui)->blocks[entry->block].label,
                                              .type = THEME_TYPE_H2,
                                              .middle = true});
}

void entry_page_draw(struct ui *ui, struct rect area, struct entry *entry)
{
    bool typing = ui_focused(ui) != NULL, upright = ui_is_portrait(ui);
    struct sheet sheet = sheet_of(ui, entry, typing);
    if (upright) {
        draw_tab_rows(ui, &area, entry);
        area.h += typing ? 4 : 0; /* the last box may come closer to the keyboard than the page to its bar */
    } else if (typing) {
        (void)rect_cut_top(&area, 6);
    } else {
        if (!ui_is_large(ui))
            area = rect_make(area.x, area.y - CARD_ABOVE, area.w, area.h + CARD_ABOVE + CARD_BELOW);
        draw_tab_column(ui, rect_cut_left(&area, ui_is_large(ui) ? TAB_WIDTH_LARGE : TAB_WIDTH), entry);
        (void)rect_cut_left(&area, 32);
        (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
        area =
            rect_make(area.x + CARD_PADDING, area.y + HEAD_TOP, area.w - 2 * CARD_PADDING, area.h - HEAD_TOP);
        draw_head(ui, &area, entry);
        (void)rect_cut_top(&area, 12);
    }
    draw_rows(&sheet, area);
}
