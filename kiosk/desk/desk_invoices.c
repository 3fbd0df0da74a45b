/* Invoices: what was paid for and is owed an invoice, oldest first, with the day it is due. */
#include "kiosk/desk/desk_invoices.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/record_cursor.h"
#include "kiosk/desk/record_table.h"

enum { WIDE = 860, DOCUMENT_CHARACTERS = 32 };
DESK_STATE(invoices)

/* What is to be done stands first; COUNT_ is all of them. */
static const enum service_invoice_state filters[] = {SERVICE_INVOICE_REQUESTED, SERVICE_INVOICE_OPEN,
                                                     SERVICE_INVOICE_ISSUED, SERVICE_INVOICE_VOID,
                                                     SERVICE_INVOICE_COUNT_};
enum { FILTERS = sizeof(filters) / sizeof(filters[0]) };

static void draw_filters(const struct desk_invoices_state *state, struct ui *ui, struct rect tools)
{
    const char *names[FILTERS];
    for (size_t i = 0; i < FILTERS; i++)
        names[i] = filters[i] == SERVICE_INVOICE_COUNT_ ? "" : service_invoice_state_name(filters[i]);
    record_table_draw_filters(
        ui, rect_inset(tools, 14, 10),
        &(struct record_table_filters){
            .page = "invoices", .what = "filter", .names = names, .count = FILTERS, .chosen = state->filter});
}

void desk_invoices_load(struct desk_invoices_state *state, struct ui *ui)
{
    state->loading = service_desk_invoices(desk_program(ui)->services, filters[state->filter]);
}

void desk_invoices_forget(struct desk_invoices_state *state)
{
    for (int i = 0; i < DESK_INVOICES_FIELDS; i++)
        text_edit_wipe(&state->fields[i]);
    text_edit_wipe(&state->document);
    state->is_correcting = state->is_error = false;
    state->message[0] = 0;
}

void desk_invoices_enter(void *memory, struct ui *ui, const void *argument)
{
    struct desk_invoices_state *state = memory;
    (void)argument;
    text_edit_init(&state->search, TEXT_EDIT_CHINESE, 40);
    text_edit_init(&state->document, TEXT_EDIT_LATIN, DOCUMENT_CHARACTERS);
    for (int i = 0; i < DESK_INVOICES_FIELDS; i++)
        text_edit_init(&state->fields[i],
                       i == DESK_INVOICES_TAX_NUMBER || i == DESK_INVOICES_ACCOUNT ? TEXT_EDIT_LATIN
                       : i == DESK_INVOICES_EMAIL                                  ? TEXT_EDIT_EMAIL
                                                                                   : TEXT_EDIT_CHINESE,
                       i == DESK_INVOICES_TAX_NUMBER || i == DESK_INVOICES_ACCOUNT ? 40 : 60);
    desk_invoices_load(state, ui);
}

void desk_invoices_leave(void *memory, struct ui *ui)
{
    struct desk_invoices_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->search);
    desk_invoices_forget(state);
}

/* --- rows ---------------------------------------------------------------------------------------------- */

static size_t list(const struct desk_invoices_state *state, const struct ui *ui,
                   const struct service_invoice_line *out[SERVICE_INVOICES_MAX])
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; i < view->invoice_count; i++)
        if (record_table_finds(&state->search, view->invoices[i].order.acceptance,
                               view->invoices[i].invoice.title.title, view->invoices[i].invoice.document))
            out[count++] = &view->invoices[i];
    return count;
}

const struct service_invoice_line *desk_invoices_chosen(const struct desk_invoices_state *state,
                                                        const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->invoice_count; i++)
        if (strcmp(view->invoices[i].order.id, state->chosen) == 0)
            return &view->invoices[i];
    return NULL;
}

bool desk_invoices_is_late(const struct ui *ui, const struct service_invoice *invoice)
{
    return invoice->state == SERVICE_INVOICE_REQUESTED && invoice->due_utc_s != 0 &&
           invoice->due_utc_s < clock_utc_s(desk_program(ui)->clock);
}

/* The list as the cursor moves in it. */
static struct record_cursor cursor_of(const struct desk_invoices_state *state, const struct ui *ui,
                                      const struct service_invoice_line *out[SERVICE_INVOICES_MAX])
{
    struct record_cursor cursor = {.page = "invoices",
                                   .rows = record_table_rows_now(ui),
                                   .count = list(state, ui, out),
                                   .first = state->first};
    while (cursor.here < cursor.count && strcmp(out[cursor.here]->order.id, state->chosen) != 0)
        cursor.here++;
    return cursor;
}

/* --- events -------------------------------------------------------------------------------------------- */

static void choose(struct desk_invoices_state *state, const struct service_invoice_line *line, size_t first)
{
    if (strcmp(line->order.id, state->chosen) == 0)
        return;
    desk_invoices_forget(state);
    (void)text_copy(state->chosen, sizeof(state->chosen), line->order.id);
    state->first = first;
}

static void sift(struct desk_invoices_state *state, struct ui *ui, size_t filter)
{
    state->filter = filter;
    state->first = 0;
    desk_invoices_load(state, ui);
}

static bool on_list(struct desk_invoices_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_invoice_line *lines[SERVICE_INVOICES_MAX];
    struct record_cursor cursor = cursor_of(state, ui, lines);
    if (record_cursor_moved(&cursor, ui, event))
        choose(state, lines[cursor.here], cursor.first);
    else if (ui_tapped_prefix(event, "invoices.filter."))
        sift(state, ui, (size_t)event->tag);
    else
        return record_table_searched(ui, event, "invoices");
    return true;
}

void desk_invoices_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_invoices_state *state = memory;
    if (ui_replied(event, state->loading))
        state->loading = 0;
    else if (desk_invoices_side_event(state, ui, event))
        return;
    else if (event->kind == UI_EVENT_CHANGE && strcmp(event->id, "invoices.search") == 0)
        state->first = 0;
    else if (event->kind == UI_EVENT_NEXT)
        ui_focus(ui, NULL);
    else if (!on_list(state, ui, event))
        (void)desk_common(ui, event);
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static const char *state_words(const struct ui *ui, const struct service_invoice *invoice)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "invoice.%s", service_invoice_state_name(invoice->state));
    return desk_text(ui, desk_invoices_is_late(ui, invoice) ? "desk.invoices.late" : key);
}

static enum widget_mark_tone tone_of(const struct ui *ui, const struct service_invoice *invoice)
{
    static const enum widget_mark_tone tones[] = {[SERVICE_INVOICE_OPEN] = WIDGET_MARK_GREY,
                                                  [SERVICE_INVOICE_REQUESTED] = WIDGET_MARK_BLUE,
                                                  [SERVICE_INVOICE_ISSUED] = WIDGET_MARK_GREEN,
                                                  [SERVICE_INVOICE_VOID] = WIDGET_MARK_GREY};
    return desk_invoices_is_late(ui, invoice) ? WIDGET_MARK_ALARM : tones[invoice->state];
}

static void write_day(int64_t utc_s, char out[48])
{
    if (utc_s == 0 || clock_format_hall(utc_s, "%Y-%m-%d", out, 48) == 0)
        (void)text_copy(out, 48, "–");
}

static void draw_table(const struct desk_invoices_state *state, struct ui *ui, struct rect area)
{
    const struct service_invoice_line *lines[SERVICE_INVOICES_MAX];
    struct widget_table_row rows[SERVICE_INVOICES_MAX] = {0};
    char texts[SERVICE_INVOICES_MAX][4][48];
    struct record_cursor cursor = cursor_of(state, ui, lines);
    size_t end = record_cursor_end(&cursor);
    for (size_t i = cursor.first; i < end; i++) {
        const struct service_invoice *invoice = &lines[i]->invoice;
        desk_day_time(invoice->paid_utc_s, texts[i][0]);
        desk_amount(invoice->amount_fen, texts[i][1]);
        write_day(invoice->due_utc_s, texts[i][2]);
        (void)snprintf(texts[i][3], sizeof(texts[i][3]), "invoices.row.%zu", i);
        rows[i] = (struct widget_table_row){
            .id = texts[i][3],
            .cells = {texts[i][0], lines[i]->order.acceptance, invoice->title.title, state_words(ui, invoice),
                      texts[i][1], invoice->document[0] != 0 ? invoice->document : texts[i][2]},
            .mark = {[3] = WIDGET_TABLE_CHIP},
            .tone = {[3] = tone_of(ui, invoice)},
            .look = desk_invoices_is_late(ui, invoice) ? WIDGET_TABLE_RED : WIDGET_TABLE_PLAIN,
            .selected = i == cursor.here,
            .tag = (int64_t)i + 1};
    }
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.invoices.paid"), .width = 112, .color = THEME_COLOR_INK700},
        {.title = desk_text(ui, "desk.column.number"), .width = 178},
        {.title = desk_text(ui, "desk.invoices.title_of"), .strong = true},
        {.title = desk_text(ui, "desk.column.state"), .width = 130},
        {.title = desk_text(ui, "desk.column.amount"), .width = 110, .align = WIDGET_RIGHT},
        {.title = desk_text(ui, "desk.invoices.due_or_number"), .width = 220, .color = THEME_COLOR_INK700}};
    (void)widget_table(
        ui, area,
        &(struct widget_table){
            .id = "invoices",
            .label = desk_text(ui, "desk.invoices.title"),
            .columns = columns,
            .column_count = area.w >= WIDE ? 6 : 5,
            .rows = rows,
            .row_count = (int)end,
            .first = (int)cursor.first,
            .pressable = true,
            .empty = desk_text(ui, state->loading != 0 ? "desk.invoices.loading" : "desk.invoices.empty")});
}

void desk_invoices_draw(void *memory, struct ui *ui)
{
    struct desk_invoices_state *state = memory;
    const struct service_desk *view = desk_view(ui);
    size_t late = 0;
    for (size_t i = 0; i < view->invoice_count; i++)
        late += desk_invoices_is_late(ui, &view->invoices[i].invoice);
    struct ui_page_desk_areas areas =
        desk_page_counted(ui, DESK_INVOICES, "desk.invoices.late_count", late, WIDGET_MARK_ALARM);
    struct record_table_areas table = record_table_areas(areas.content, false);
    record_table_draw_search(ui, areas.header_tools, "invoices", &state->search);
    (void)widget_panel(ui, table.list, WIDGET_PANEL_CARD);
    draw_filters(state, ui, table.tools);
    draw_table(state, ui, table.table);
    desk_invoices_side_draw(state, ui, table.side);
}
