/* Heed: before an operation that cannot be taken back: its warnings are acknowledged one by one, its reason
 * is chosen, and the deadline is said. Then the order is opened. */
#include <stdio.h>

#include "kiosk/screens/screen_list.h"

enum { WARNINGS_MAX = 8, LINE = 88, LINE_LARGE = 120, REASON = 100, GAP = 14, BETWEEN = 8 };

struct screen_heed_state {
    bool heeded[WARNINGS_MAX];
    size_t reason; /* from 1; 0 for none yet */
    uint64_t creating;
    char message[192];
};
SCREEN_STATE(heed)

static const struct product_operation *operation_of(const struct ui *ui)
{
    return screen_visit(ui)->operation;
}

static size_t warnings_of(const struct ui *ui)
{
    size_t count = operation_of(ui)->warning_count;
    return count < WARNINGS_MAX ? count : WARNINGS_MAX;
}

static bool is_complete(const struct ui *ui, const struct screen_heed_state *state)
{
    for (size_t i = 0; i < warnings_of(ui); i++)
        if (!state->heeded[i])
            return false;
    return operation_of(ui)->why_count == 0 || state->reason != 0;
}

void screen_heed_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)ui;
    (void)argument;
}

void screen_heed_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

static void open_order(struct screen_heed_state *state, struct ui *ui)
{
    if (!is_complete(ui, state) || state->creating != 0)
        return;
    services_choose_reason(screen_services(ui),
                           state->reason == 0 ? "" : operation_of(ui)->whys[state->reason - 1].id);
    state->creating = service_order_create(screen_services(ui));
}

static void on_created(struct screen_heed_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->creating = 0;
    if (reply->status == STATUS_OK)
        screen_go(ui);
    else
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

void screen_heed_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_heed_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->creating, &reply))
        on_created(state, ui, reply);
    else if (ui_tapped_prefix(event, "warning.") && event->tag < WARNINGS_MAX)
        state->heeded[event->tag] = !state->heeded[event->tag];
    else if (ui_tapped_prefix(event, "reason."))
        state->reason = (size_t)event->tag;
    else if (ui_tapped(event, "bar.next"))
        open_order(state, ui);
    else if (ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_warnings(struct ui *ui, struct rect *area, const struct screen_heed_state *state)
{
    int line = ui_is_large(ui) ? LINE_LARGE : LINE;
    for (size_t i = 0; i < warnings_of(ui); i++) {
        char id[32];
        if (i > 0)
            (void)rect_cut_top(area, BETWEEN);
        (void)snprintf(id, sizeof(id), "warning.%zu", i);
        (void)widget_mark_tick(
            ui, rect_cut_top(area, line),
            &(struct widget_mark_tick){.id = id,
                                       .text = operation_of(ui)->warnings[i],
                                       .state = state->heeded[i] ? WIDGET_MARK_DONE : WIDGET_MARK_OPEN,
                                       .checkbox = true,
                                       .tag = (int64_t)i});
    }
    (void)rect_cut_top(area, GAP);
}

static void draw_reasons(struct ui *ui, struct rect *area, const struct screen_heed_state *state)
{
    const struct product_operation *operation = operation_of(ui);
    int columns = ui_is_portrait(ui) && ui_is_large(ui) ? 1 : 2;
    int rows = ((int)operation->why_count + columns - 1) / columns;
    if (operation->why_count == 0)
        return;
    (void)widget_label_text(ui, rect_cut_top(area, screen_lines(ui, THEME_TYPE_ITEM, 1) + 8), THEME_TYPE_ITEM,
                            screen_text(ui, "heed.why"));
    struct rect cards = rect_cut_top(area, rows * (REASON + GAP));
    for (int i = 0; i < (int)operation->why_count; i++) {
        char id[96];
        (void)snprintf(id, sizeof(id), "reason.%s", operation->whys[i].id);
        struct rect row = rect_make(cards.x, cards.y + i / columns * (REASON + GAP), cards.w, REASON);
        (void)widget_mark_tick(ui, rect_column(row, i % columns, columns, 24),
                               &(struct widget_mark_tick){.id = id,
                                                          .text = operation->whys[i].label,
                                                          .state = state->reason == (size_t)i + 1
                                                                       ? WIDGET_MARK_DONE
                                                                       : WIDGET_MARK_OPEN,
                                                          .checkbox = true,
                                                          .tag = i + 1});
    }
}

/* How soon it is done, in the product's own words. */
static void draw_promise(struct ui *ui, struct rect *area)
{
    const char *own = operation_of(ui)->promise;
    const char *promise = own[0] != 0 ? own : screen_visit(ui)->product->review_promise;
    struct widget_notice notice = {
        .id = "heed.promise", .tone = WIDGET_NOTICE_INFO, .line = promise, .quiet = true};
    int height = widget_notice_height(ui, &notice, area->w);
    if (promise[0] == 0 || height > area->h)
        return;
    (void)widget_notice_banner(ui, rect_cut_bottom(area, height), &notice);
    (void)rect_cut_bottom(area, GAP);
}

void screen_heed_draw(void *memory, struct ui *ui)
{
    const struct screen_heed_state *state = memory;
    struct ui_page page = screen_page(ui, SCREEN_HEED);
    page.step = 1;
    page.subtitle = state->message[0] != 0 ? state->message : screen_text(ui, "heed.subtitle");
    page.primary = (struct widget_button){.label = screen_text(ui, "heed.next"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = state->creating != 0,
                                          .disabled = !is_complete(ui, state)};
    struct rect area = ui_page(ui, &page);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 48, ui_is_large(ui) ? 8 : 24);
    draw_warnings(ui, &inner, state);
    draw_reasons(ui, &inner, state);
    draw_promise(ui, &inner);
}
