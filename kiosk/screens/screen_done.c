/* Done: what was made, its receipt, and "take your key" until it is gone; then everything is wiped (a16). */
#include <stdio.h>

#include "kiosk/screens/screen_list.h"

/* A key still in the writer after so long is being left behind. */
enum { TIMER_SECOND = 0, SECOND_MS = 1000, LEFT_BEHIND_S = 20 };

struct screen_done_state {
    uint64_t printing;
    uint64_t taking;
    bool printed;
    bool taken;
    int waited_s; /* for the key to be taken */
    int left_s;   /* until the screen clears itself, once the key is gone */
    char message[192];
};
SCREEN_STATE(done)

void screen_done_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_done_state *state = memory;
    (void)argument;
    state->taken = screen_visit(ui)->order.state == ORDER_STATE_DONE;
    state->left_s = (int)screen_program(ui)->settings->done_seconds;
    ui_timer(ui, TIMER_SECOND, SECOND_MS);
}

void screen_done_leave(void *memory, struct ui *ui)
{
    (void)memory;
    ui_timer_cancel(ui, TIMER_SECOND);
}

/* The key left the writer: only then has the holder got it. */
static void look_for_key(struct screen_done_state *state, struct ui *ui)
{
    if (!state->taken && state->taking == 0 &&
        services_key(screen_services(ui))->presence == SERVICE_KEY_ABSENT)
        state->taking = service_order_event(screen_services(ui), ORDER_EVENT_TAKEN);
}

static void on_second(struct screen_done_state *state, struct ui *ui)
{
    look_for_key(state, ui);
    state->waited_s++;
    if (state->taken && state->printing == 0 && --state->left_s <= 0) {
        screen_end_visit(ui);
        return;
    }
    ui_timer(ui, TIMER_SECOND, SECOND_MS);
}

void screen_done_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_done_state *state = memory;
    struct service_reply *reply = NULL;
    if (event->kind == UI_EVENT_TIMER) {
        on_second(state, ui);
    } else if (screen_answered(event, state->printing, &reply)) {
        state->printing = 0;
        state->printed = reply->status == STATUS_OK;
        if (!state->printed)
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (screen_answered(event, state->taking, &reply)) {
        state->taking = 0;
        state->taken = screen_visit(ui)->order.state == ORDER_STATE_DONE;
    } else if (event->kind == UI_EVENT_NOTICE) {
        look_for_key(state, ui);
    } else if (ui_tapped(event, "bar.secondary") && state->printing == 0) {
        state->printing = service_receipt_print(screen_services(ui));
    } else if (ui_tapped(event, "bar.next") && state->taken) {
        screen_end_visit(ui);
    }
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_words(struct ui *ui, struct rect *area, enum theme_type type, enum theme_color color,
                       const char *text)
{
    (void)widget_label(ui, rect_cut_top(area, widget_label_height(ui, type, text, area->w)),
                       &(struct widget_label){.text = text, .type = type, .color = color});
}

/* Name above, value below, in the colours of the dark panel; long values take the lines they need. */
static void draw_value(struct ui *ui, struct rect *area, const char *key, const char *value, bool narrow)
{
    draw_words(ui, area, THEME_TYPE_CAPTION, THEME_COLOR_ON_DARK2, screen_text(ui, key));
    (void)widget_label(
        ui,
        rect_cut_top(area, widget_label_height(ui, narrow ? THEME_TYPE_CAPTION : THEME_TYPE_BODY_STRONG,
                                               value, area->w)),
        &(struct widget_label){.text = value,
                               .type = narrow ? THEME_TYPE_CAPTION : THEME_TYPE_BODY_STRONG,
                               .color = THEME_COLOR_ON_DARK,
                               .is_private = true});
    (void)rect_cut_top(area, ui_is_large(ui) ? 4 : 12);
}

/* What was made: it says ready only after the key was read back and signed with. */
static void draw_result(struct ui *ui, struct rect area)
{
    const struct service_visit *visit = screen_visit(ui);
    bool large = ui_is_large(ui);
    char day[64] = "";
    (void)clock_format_hall(visit->issue.not_after_utc_s, "%Y-%m-%d", day, sizeof(day));
    (void)widget_panel(ui, area, WIDGET_PANEL_DARK);
    struct rect inner = rect_inset(area, 48, large ? 16 : 36);
    struct rect head = rect_cut_top(&inner, large ? 72 : 80);
    if (!large) {
        (void)widget_mark_icon(ui, rect_cut_left(&head, 72), ICON_CHECK, 64, THEME_COLOR_JADE_DARK, false);
        (void)rect_cut_left(&head, 20);
    }
    (void)widget_label(ui, head,
                       &(struct widget_label){.id = "done.state",
                                              .text = screen_text(ui, "done.ready"),
                                              .type = large ? THEME_TYPE_H2_LARGE : THEME_TYPE_H1,
                                              .color = THEME_COLOR_ON_DARK,
                                              .middle = true});
    if (!large)
        draw_words(ui, &inner, THEME_TYPE_SMALL, THEME_COLOR_ON_DARK2, screen_text(ui, "done.proven"));
    (void)rect_cut_top(&inner, large ? 0 : 16);
    draw_value(ui, &inner, "done.subject", visit->issue.common_name, false);
    draw_value(ui, &inner, "done.until", day, false);
    draw_value(ui, &inner, "done.serial", visit->issue.serial, true);
    if (inner.h >= screen_lines(ui, THEME_TYPE_CAPTION, 1) + screen_lines(ui, THEME_TYPE_BODY_STRONG, 1))
        draw_value(ui, &inner, "done.number", visit->order.acceptance, false);
}

static void draw_thing(struct ui *ui, struct rect *area, const char *id, enum icon icon, bool taken)
{
    char line[64];
    (void)snprintf(line, sizeof(line), "%s_line", id);
    (void)widget_list_row(
        ui, rect_cut_top(area, ui_is_large(ui) ? 138 : 108),
        &(struct widget_list_row){.id = id,
                                  .icon = icon,
                                  .name = screen_text(ui, id),
                                  .line = screen_text(ui, line),
                                  .chip = screen_text(ui, taken ? "done.taken" : "done.please"),
                                  .tone = taken ? WIDGET_MARK_GREEN : WIDGET_MARK_AMBER});
    (void)rect_cut_top(area, 14);
}

/* a16: what to take along, then what the product says comes next, as far as whole sentences fit. */
static void draw_leaving(struct ui *ui, struct rect area, const struct screen_done_state *state)
{
    const struct product *product = screen_visit(ui)->product;
    draw_thing(ui, &area, "done.key", ICON_KEY, state->taken);
    draw_thing(ui, &area, "done.papers", ICON_FILE, false);
    draw_thing(ui, &area, "done.receipt", ICON_RECEIPT, false);
    for (size_t i = 0; i < product->notice_count; i++) {
        int height = widget_label_height(ui, THEME_TYPE_SMALL, product->notices[i], area.w - 64) + 12;
        if (height > area.h)
            break;
        (void)widget_mark_tick(ui, rect_cut_top(&area, height),
                               &(struct widget_mark_tick){.text = product->notices[i],
                                                          .type = THEME_TYPE_SMALL,
                                                          .state = WIDGET_MARK_DONE,
                                                          .plain = true});
    }
}

void screen_done_draw(void *memory, struct ui *ui)
{
    const struct screen_done_state *state = memory;
    char seconds[16];
    char left[96];
    struct ui_page page = screen_page(ui, SCREEN_DONE);
    (void)snprintf(seconds, sizeof(seconds), "%d", state->left_s);
    screen_format(ui, left, sizeof(left), "done.left", {"seconds", seconds});
    page.title = screen_text(ui, state->taken ? "done.title" : "done.take");
    page.subtitle = state->message[0] != 0 ? state->message
                    : state->taken         ? left
                                           : screen_text(ui, "done.take_line");
    page.sound = state->taken                       ? UI_SOUND_SUCCESS
                 : state->waited_s >= LEFT_BEHIND_S ? UI_SOUND_URGENT
                                                    : UI_SOUND_NONE;
    page.no_exit = true;
    page.primary =
        (struct widget_button){.label = screen_text(ui, state->taken ? "done.leave" : "done.take_first"),
                               .disabled = !state->taken,
                               .way_out = true};
    page.secondary =
        (struct widget_button){.label = screen_text(ui, state->printed ? "done.printed" : "done.print"),
                               .icon = ICON_RECEIPT,
                               .busy = state->printing != 0};
    struct rect area = ui_page(ui, &page);
    bool portrait = ui_is_portrait(ui);
    struct rect result = portrait ? rect_cut_top(&area, ui_is_large(ui) ? 560 : 520)
                                  : rect_cut_left(&area, ui_is_large(ui) ? 820 : 800);
    (void)(portrait ? rect_cut_top(&area, 24) : rect_cut_left(&area, 32));
    draw_result(ui, result);
    draw_leaving(ui, area, state);
}
