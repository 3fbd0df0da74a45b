/* Holders: who waits at a terminal to be compared with an ID card, and what was said about the hall. */
#include "kiosk/desk/desk_holders.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/record_table.h"

enum { ROWS_MAX = SERVICE_FEEDBACKS_MAX, ID_CHARACTERS = 18 };
DESK_STATE(holders)

static const char *const filters[DESK_HOLDERS_FILTERS] = {"reset", "feedback"};

void desk_holders_enter(void *memory, struct ui *ui, const void *argument)
{
    struct desk_holders_state *state = memory;
    (void)argument;
    text_edit_init(&state->id_number, TEXT_EDIT_ID, ID_CHARACTERS);
    state->loading = service_desk_holders(desk_program(ui)->services);
}

void desk_holders_leave(void *memory, struct ui *ui)
{
    struct desk_holders_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->id_number);
}

/* --- rows ---------------------------------------------------------------------------------------------- */

const struct service_feedback *desk_holders_feedback(const struct desk_holders_state *state,
                                                     const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->feedback_count; i++)
        if (strcmp(view->feedbacks[i].id, state->chosen) == 0)
            return &view->feedbacks[i];
    return NULL;
}

const struct service_reset_line *desk_holders_reset(const struct desk_holders_state *state,
                                                    const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->reset_count; i++)
        if (strcmp(view->resets[i].reset.id, state->chosen) == 0)
            return &view->resets[i];
    return NULL;
}

const char *desk_holders_feedback_kind(const struct ui *ui, const struct service_feedback *feedback)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "feedback.%s", service_feedback_kind_name(feedback->kind));
    return desk_text(ui, key);
}

const char *desk_holders_reset_kind(const struct ui *ui, const struct service_reset_line *line)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "reset.%s", service_reset_kind_name(line->reset.kind));
    return desk_text(ui, key);
}

static size_t count_of(const struct desk_holders_state *state, const struct ui *ui)
{
    return state->filter == DESK_HOLDERS_RESET ? desk_view(ui)->reset_count : desk_view(ui)->feedback_count;
}

static const char *id_of(const struct desk_holders_state *state, const struct ui *ui, size_t index)
{
    return state->filter == DESK_HOLDERS_RESET ? desk_view(ui)->resets[index].reset.id
                                               : desk_view(ui)->feedbacks[index].id;
}

static size_t rows_of(const struct ui *ui)
{
    struct record_table_areas areas = record_table_areas(ui_page_desk_content(ui), false);
    return record_table_rows(&areas);
}

/* --- events -------------------------------------------------------------------------------------------- */

static void choose(struct desk_holders_state *state, const struct ui *ui, size_t index)
{
    size_t rows = rows_of(ui);
    if (index >= count_of(state, ui))
        return;
    (void)text_copy(state->chosen, sizeof(state->chosen), id_of(state, ui, index));
    text_edit_set(&state->id_number, "");
    state->message[0] = 0;
    state->first = index < state->first           ? index
                   : index >= state->first + rows ? index + 1 - rows
                                                  : state->first;
}

static void move(struct desk_holders_state *state, const struct ui *ui, int step)
{
    int count = (int)count_of(state, ui), here = -1;
    for (int i = 0; i < count; i++)
        if (strcmp(id_of(state, ui, (size_t)i), state->chosen) == 0)
            here = i;
    int to = here < 0 ? 0 : here + step;
    choose(state, ui, (size_t)(to < 0 ? 0 : to >= count && count > 0 ? count - 1 : to));
}

static void filter(struct desk_holders_state *state, enum desk_holders_filter which)
{
    state->filter = which;
    state->first = 0;
    state->chosen[0] = state->message[0] = 0;
    text_edit_set(&state->id_number, "");
}

void desk_holders_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_holders_state *state = memory;
    if (ui_replied(event, state->loading)) {
        state->loading = 0;
        return;
    }
    if (event->kind == UI_EVENT_NOTICE && event->notice == SERVICE_DESK_OVERVIEW && state->loading == 0)
        state->loading = service_desk_holders(desk_program(ui)->services); /* something was written */
    if (desk_holders_side_event(state, ui, event))
        return;
    if (ui_tapped_prefix(event, "holders.row."))
        choose(state, ui, (size_t)event->tag - 1);
    else if (ui_tapped_prefix(event, "holders.filter."))
        filter(state, (enum desk_holders_filter)event->tag);
    else if (desk_pressed(ui, event, INPUT_KEY_DOWN, 0))
        move(state, ui, 1);
    else if (desk_pressed(ui, event, INPUT_KEY_UP, 0))
        move(state, ui, -1);
    else if (event->kind == UI_EVENT_WHEEL)
        move(state, ui, -event->steps);
    else
        (void)desk_common(ui, event);
}

/* --- drawing ------------------------------------------------------------------------------------------- */

struct texts {
    char id[48], time[48];
};

static void fill_feedback(const struct ui *ui, const struct service_feedback *line, struct texts *texts,
                          struct widget_table_row *out)
{
    bool waits = line->clerk[0] == 0;
    if (clock_format_hall(line->at_utc_s, "%m-%d %H:%M", texts->time, sizeof(texts->time)) == 0)
        texts->time[0] = 0;
    *out = (struct widget_table_row){
        .cells = {texts->time, desk_holders_feedback_kind(ui, line), line->text,
                  desk_text(ui, waits ? "desk.feedback.waits" : "desk.feedback.done"), line->terminal},
        .mark = {[3] = WIDGET_TABLE_CHIP},
        .tone = {[3] = waits ? WIDGET_MARK_AMBER : WIDGET_MARK_GREY}};
}

static void fill_reset(const struct ui *ui, const struct service_reset_line *line, struct texts *texts,
                       struct widget_table_row *out)
{
    if (clock_format_hall(line->since_utc_s, "%m-%d %H:%M", texts->time, sizeof(texts->time)) == 0)
        texts->time[0] = 0;
    *out = (struct widget_table_row){
        .cells = {texts->time, desk_holders_reset_kind(ui, line),
                  line->who[0] != 0 ? line->who : desk_text(ui, "desk.reset.nobody"), line->reset.code,
                  line->terminal}};
}

static void draw_table(const struct desk_holders_state *state, struct ui *ui, struct rect area)
{
    struct widget_table_row rows[ROWS_MAX] = {0};
    struct texts texts[ROWS_MAX];
    bool resets = state->filter == DESK_HOLDERS_RESET;
    size_t count = count_of(state, ui), end = state->first + rows_of(ui);
    end = end < count ? end : count;
    for (size_t i = state->first; i < end; i++) {
        if (resets)
            fill_reset(ui, &desk_view(ui)->resets[i], &texts[i], &rows[i]);
        else
            fill_feedback(ui, &desk_view(ui)->feedbacks[i], &texts[i], &rows[i]);
        (void)snprintf(texts[i].id, sizeof(texts[i].id), "holders.row.%zu", i);
        rows[i].id = texts[i].id;
        rows[i].selected = strcmp(id_of(state, ui, i), state->chosen) == 0;
        rows[i].tag = (int64_t)i + 1;
    }
    const struct widget_table_column columns[] = {
        {.title = desk_text(ui, "desk.column.time"), .width = 112, .color = THEME_COLOR_INK700},
        {.title = desk_text(ui, resets ? "desk.reset.kind" : "desk.feedback.kind"), .width = 96},
        {.title = desk_text(ui, resets ? "desk.reset.who" : "feedback.title"), .strong = true},
        {.title = desk_text(ui, resets ? "desk.reset.code" : "desk.column.state"), .width = 110},
        {.title = desk_text(ui, "desk.holders.terminal"), .width = 120, .color = THEME_COLOR_INK700}};
    (void)widget_table(
        ui, area,
        &(struct widget_table){.id = "holders",
                               .label = desk_text(ui, "desk.holders.title"),
                               .columns = columns,
                               .column_count = 5,
                               .rows = rows,
                               .row_count = (int)end,
                               .first = (int)state->first,
                               .pressable = true,
                               .empty = desk_text(ui, resets ? "desk.reset.empty" : "desk.feedback.empty")});
}

/* Who has the desk's code already does not wait for the desk. */
static size_t asking(const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; i < view->reset_count; i++)
        count += view->resets[i].proof[0] == 0;
    return count;
}

static size_t waiting(const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    size_t count = 0;
    for (size_t i = 0; i < view->feedback_count; i++)
        count += view->feedbacks[i].clerk[0] == 0;
    return count;
}

/* Who stands at the counter comes before what was written down. */
void desk_holders_draw(void *memory, struct ui *ui)
{
    struct desk_holders_state *state = memory;
    char number[24], chip[64];
    size_t resets = asking(ui), todo = resets > 0 ? resets : waiting(ui);
    (void)snprintf(number, sizeof(number), "%zu", todo);
    desk_format(ui, chip, sizeof(chip), resets > 0 ? "desk.reset.chip" : "desk.feedback.chip",
                {"count", number});
    struct ui_page_desk_areas areas =
        desk_page_with(ui, DESK_HOLDERS, todo > 0 ? chip : NULL, WIDGET_MARK_AMBER);
    struct record_table_areas table = record_table_areas(areas.content, false);
    (void)widget_panel(ui, table.list, WIDGET_PANEL_CARD);
    record_table_draw_filters(ui, rect_inset(table.tools, 14, 10),
                              &(struct record_table_filters){.page = "holders",
                                                             .what = "filter",
                                                             .names = filters,
                                                             .count = DESK_HOLDERS_FILTERS,
                                                             .chosen = (size_t)state->filter});
    draw_table(state, ui, table.table);
    desk_holders_side_draw(state, ui, table.side);
}
