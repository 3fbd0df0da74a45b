#include "kiosk/screens/entry_summary.h"

#include <stdio.h>
#include <string.h>

enum {
    COLUMNS_MAX = 2,
    COLUMN_GAP = 32,
    PADDING = 36,
    PADDING_TOP = 12,
    HEAD = 96,
    BUTTON = 88,
    NAME_PERCENT = 36,
    NAME_GAP = 20,
    ROW_GAP = 10
};

/* Where on the pages the next row comes to stand. */
struct flow {
    struct ui *ui;
    struct rect columns[COLUMNS_MAX]; /* within their cards */
    int column_count;
    int page, shown; /* the page being filled, the page being drawn */
    int column;
    struct rect left;  /* of the column */
    size_t head;       /* the block whose head stands in the column, one past the last for none */
    size_t has_button; /* the block whose button stands on the page, likewise */
};

static const char *value_of(struct ui *ui, const struct form_field *field, struct buf *masked)
{
    const char *value = form_value(entry_form(ui), entry_values(ui), field->id);
    if (*value == 0)
        return screen_text(ui, "summary.none");
    if (!field->masked || form_mask(value, masked) != STATUS_OK || masked->length == 0)
        return value;
    return (const char *)masked->data;
}

static int name_width(const struct flow *flow)
{
    return flow->columns[0].w * NAME_PERCENT / 100;
}

static int row_height(const struct flow *flow, const struct form_field *field, const char *value)
{
    int name = widget_label_height(flow->ui, THEME_TYPE_BODY, field->label, name_width(flow));
    int text = widget_label_height(flow->ui, THEME_TYPE_BODY_STRONG, value,
                                   flow->columns[0].w - name_width(flow) - NAME_GAP);
    return (text > name ? text : name) + ROW_GAP;
}

static void begin_column(struct flow *flow, int page, int column)
{
    if (page != flow->page)
        flow->has_button = entry_form(flow->ui)->block_count;
    flow->page = page;
    flow->column = column;
    flow->left = flow->columns[column];
    flow->head = entry_form(flow->ui)->block_count;
}

static void next_column(struct flow *flow)
{
    bool turns = flow->column + 1 == flow->column_count;
    begin_column(flow, flow->page + (turns ? 1 : 0), turns ? 0 : flow->column + 1);
}

/* --- drawing ------------------------------------------------------------------------------------------ */

static bool may_mend(const struct ui *ui, const struct form_block *block)
{
    const struct form *form = entry_form(ui);
    for (size_t i = 0; i < form->field_count; i++)
        if (strcmp(form->fields[i].block, block->id) == 0 && entry_is_open(ui, &form->fields[i]))
            return true;
    return false;
}

static void draw_head(struct flow *flow, struct rect row, size_t index)
{
    const struct form_block *block = &entry_form(flow->ui)->blocks[index];
    char id[ENTRY_ID_BYTES];
    (void)snprintf(id, sizeof(id), ENTRY_SUMMARY_MEND "%s", block->id);
    struct widget_button mend = {.id = id,
                                 .label = screen_text(flow->ui, "summary.mend"),
                                 .look = WIDGET_BUTTON_SOFT,
                                 .icon = ICON_EDIT,
                                 .tag = (int64_t)index};
    if (flow->has_button != index && may_mend(flow->ui, block)) {
        struct rect at = rect_cut_right(&row, widget_button_width(flow->ui, &mend));
        (void)widget_button(flow->ui, rect_center(at, at.w, BUTTON), &mend);
        (void)rect_cut_right(&row, NAME_GAP);
    }
    (void)widget_label(flow->ui, row,
                       &(struct widget_label){.text = block->label, .type = THEME_TYPE_H2, .middle = true});
}

static void draw_row(struct flow *flow, struct rect row, const struct form_field *field, const char *value)
{
    bool empty = *form_value(entry_form(flow->ui), entry_values(flow->ui), field->id) == 0;
    char id[ENTRY_ID_BYTES];
    (void)snprintf(id, sizeof(id), "summary.%s", field->id);
    (void)widget_label(
        flow->ui, rect_cut_left(&row, name_width(flow)),
        &(struct widget_label){.text = field->label, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700});
    (void)rect_cut_left(&row, NAME_GAP);
    (void)widget_label(flow->ui, row,
                       &(struct widget_label){.id = id,
                                              .text = value,
                                              .type = THEME_TYPE_BODY_STRONG,
                                              .color = empty ? THEME_COLOR_INK500 : THEME_COLOR_INK900,
                                              .is_private = !empty});
}

/* Only what stands on the page in hand is drawn; the rest is measured. */
static struct rect place(struct flow *flow, int height, bool *drawn)
{
    *drawn = flow->page == flow->shown;
    return rect_cut_top(&flow->left, height);
}

/* A head never stands alone at the foot of a column, and stands over each column its block goes on in. */
static void add_row(struct flow *flow, size_t block, const struct form_field *field)
{
    struct buf masked;
    bool drawn = false;
    buf_init(&masked, LIMIT_FIELD_BYTES);
    const char *value = value_of(flow->ui, field, &masked);
    int height = row_height(flow, field, value);
    int wanted = height + (flow->head == block ? 0 : HEAD);
    if (wanted > flow->left.h && flow->left.h < flow->columns[0].h)
        next_column(flow);
    if (flow->head != block) {
        struct rect row = place(flow, HEAD, &drawn);
        if (drawn)
            draw_head(flow, row, block);
        flow->head = flow->has_button = block;
    }
    struct rect row = place(flow, height, &drawn);
    if (drawn)
        draw_row(flow, row, field, value);
    buf_wipe(&masked);
}

static void add_rows(struct flow *flow)
{
    const struct form *form = entry_form(flow->ui);
    for (size_t block = 0; block < form->block_count; block++)
        for (size_t i = 0; i < form->field_count; i++)
            if (entry_is_shown(flow->ui, &form->fields[i]) &&
                strcmp(form->fields[i].block, form->blocks[block].id) == 0)
                add_row(flow, block, &form->fields[i]);
}

void entry_summary_draw(struct ui *ui, struct rect area, struct entry_summary *summary)
{
    bool two = !ui_is_portrait(ui) && !ui_is_large(ui);
    struct flow flow = {.ui = ui, .column_count = two ? 2 : 1, .shown = summary->page, .page = -1};
    for (int i = 0; i < flow.column_count; i++) {
        struct rect card = rect_column(area, i, flow.column_count, COLUMN_GAP);
        (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
        flow.columns[i] = rect_inset(card, PADDING, PADDING_TOP);
    }
    begin_column(&flow, 0, 0);
    add_rows(&flow);
    summary->pages = flow.page + 1;
}
