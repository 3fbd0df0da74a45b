/* Invoices: what was paid for and is owed an invoice, oldest first, with the day it is due. */
#include "kiosk/desk/desk_invoices.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/record_table.h"

enum { WIDE = 700, DOCUMENT_CHARACTERS = 32 };
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

static bool is_left(const struct desk_invoices_state *state, const struct service_invoice_line *line)
{
    const char *wanted = state->search.text;
    const struct service_invoice *invoice = &line->invoice;
    return wanted[0] == 0 || strstr(line->order.acceptance, wanted) != NULL ||
           strstr(invoice->title.title, wanted) != NULL || strstr(invoice->document, wanted) != NULL;
}

static size_t list(const struct desk_invoices_state *state, const struct ui *ui,
                   const struct service_invoice_line *out[SERVICE_INVOICES_MAX])
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; i < view->invoice_count; i++)
        if (is_left(state, &view->invoices[i]))
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

static size_t rows_of(const struct ui *ui)
{
    struct record_table_areas areas = record_table_areas(ui_page_desk_content(ui), false);
    return record_table_rows(&areas);
}

/* --- events -------------------------------------------------------------------------------------------- */

static void choose(struct desk_invoices_state *state, const struct ui *ui, size_t index)
{
    const struct service_invoice_line *lines[SERVICE_INVOICES_MAX];
    size_t count = list(state, ui, lines), rows = rows_of(ui);
    if (index >= count || strcmp(lines[index]->order.id, state->chosen) == 0)
        return;
    desk_invoices_forget(state);
    (void)text_copy(state->chosen, sizeof(state->chosen), lines[index]->order.id);
    state->first = index < state->first           ? index
                   : index >= state->first + rows ? index + 1 - rows
                                                  : state->first;
}

static void move(struct desk_invoices_state *state, const struct ui *ui, int step)
{
    const struct service_invoice_line *lines[SERVICE_INVOICES_MAX];
    int count = (int)list(state, ui, lines), here = -1;
    for (int i = 0; i < count; i++)
        if (strcmp(lines[i]->order.id, state->chosen) == 0)
            here = i;
    int to = here < 0 ? 0 : here + step;
    choose(state, ui, (size_t)(to < 0 ? 0 : to >= count && count > 0 ? count - 1 : to));
}

static void sift(struct desk_invoices_state *state, struct ui *ui, size_t filter)
{
    state->filter = filter;
    state->first = 0;
    desk_invoices_load(state, ui);
}

static bool on_list(struct desk_invoices_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped_prefix(event, "invoices.row."))
        choose(state, ui, (size_t)event->tag - 1);
    else if (ui_tapped_prefix(event, "invoices.filter."))
        sift(state, ui, (size_t)event->tag);
    else if (desk_pressed(ui, event, INPUT_KEY_DOWN, 0))
        move(state, ui, 1);
    else if (desk_pressed(ui, event, INPUT_KEY_UP, 0))
        move(state, ui, -1);
    else if (event->kind == UI_EVENT_WHEEL)
        move(state, ui, -event->steps);
    else if (desk_pressed(ui, event, INPUT_KEY_CHARACTER, '/'))
        ui_focus(ui, "invoices.search");
    else
        return false;
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
    size_t count = list(state, ui, lines), end = state->first + rows_of(ui);
    end = end < count ? end : count;
    for (size_t i = state->first; i < end; i++) {
        const struct service_invoice *invoice = &lines[i]->invoice;
        if (clock_format_hall(invoice->paid_utc_s, "%m-%d %H:%M", texts[i][0], sizeof(texts[i][0])) == 0)
            texts[i][0][0] = 0;
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
            .selected = strcmp(lines[i]->order.id, state->chosen) == 0,
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
            .first = (int)state->first,
            .pressable = true,
            .empty = desk_text(ui, state->loading != 0 ? "desk.invoices.loading" : "desk.invoices.empty")});
}

void desk_invoices_draw(void *memory, struct ui *ui)
{
    struct desk_invoices_state *state = memory;
    const struct service_desk *view = desk_view(ui);
    size_t late = 0;
    char number[24];
    char chip[64];
    for (size_t i = 0; i < view->invoice_count; i++)
        late += desk_invoices_is_late(ui, &view->invoices[i].invoice);
    (void)snprintf(number, sizeof(number), "%zu", late);
    desk_format(ui, chip, sizeof(chip), "desk.invoices.late_count", {"count", number});
    struct ui_page_desk_areas areas =
        desk_page_with(ui, DESK_INVOICES, late > 0 ? chip : NULL, WIDGET_MARK_ALARM);
    struct record_table_areas table = record_table_areas(areas.content, false);
    record_table_draw_search(ui, areas.header_tools, "invoices", &state->search);
    (void)widget_panel(ui, table.list, WIDGET_PANEL_CARD);
    draw_filters(state, ui, table.tools);
    draw_table(state, ui, table.table);
    desk_invoices_side_draw(state, ui, table.side);
}
