/* Ended: an order that will not go on: cancelled, closed, or its money on the way back. */
#include <stdio.h>

#include "kiosk/screens/screen_list.h"

struct screen_ended_state {
    int unused;
};
SCREEN_STATE(ended)

void screen_ended_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)ui;
    (void)argument;
}

void screen_ended_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

void screen_ended_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    (void)memory;
    if (ui_tapped(event, "bar.next") || ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
    else if (event->kind == UI_EVENT_NOTICE)
        (void)screen_moved_on(ui, SCREEN_ENDED);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

/* What became of it, in words of the key "ended.<what>": title, subtitle, banner, line. */
static const char *words_of(const struct ui *ui, const char *suffix)
{
    enum order_state state = screen_visit(ui)->order.state;
    bool money = state == ORDER_STATE_REFUNDING || state == ORDER_STATE_REFUNDED;
    char key[64];
    (void)snprintf(key, sizeof(key), "ended.%s%s", money ? order_state_name(state) : "closed", suffix);
    return screen_text(ui, key);
}

static void draw_fact(struct ui *ui, struct rect *area, const char *key, const char *value)
{
    struct rect line = rect_cut_top(area, ui_is_large(ui) ? 72 : 64);
    (void)widget_label_pair(ui, line, THEME_TYPE_READING, screen_text(ui, key), "");
    (void)widget_label(ui, line,
                       &(struct widget_label){.text = value,
                                              .type = THEME_TYPE_READING_STRONG,
                                              .align = WIDGET_RIGHT,
                                              .middle = true,
                                              .is_private = true});
}

/* What to tell who asks for it at the telephone. */
static void draw_facts(struct ui *ui, struct rect card)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct product_class *class = product_find_class(visit->product, visit->class_id);
    char yuan[32];
    char amount[48];
    char item[192];
    screen_yuan(visit->order.amount_fen, yuan);
    screen_format(ui, amount, sizeof(amount), "ended.yuan", {"yuan", yuan});
    (void)snprintf(item, sizeof(item), "%s%s%s", visit->operation->label, class == NULL ? "" : "·",
                   class == NULL ? "" : class->label);
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, 48, 32);
    draw_fact(ui, &inner, "ended.number", visit->order.acceptance);
    draw_fact(ui, &inner, "ended.item", item);
    draw_fact(ui, &inner, "ended.amount", amount);
    draw_fact(ui, &inner, "ended.state", product_status_label(visit->product, visit->order.state));
}

void screen_ended_draw(void *memory, struct ui *ui)
{
    (void)memory;
    bool refunded = screen_visit(ui)->order.state == ORDER_STATE_REFUNDED;
    struct ui_page page = screen_page(ui, SCREEN_ENDED);
    page.step = 0; /* none is being taken */
    page.title = words_of(ui, "");
    page.subtitle = words_of(ui, "_subtitle");
    page.no_exit = true;
    page.primary = (struct widget_button){
        .label = screen_text(ui, "ended.leave"), .icon_right = ICON_EXIT, .way_out = true};
    struct rect area = ui_page(ui, &page);
    struct widget_notice notice = {.id = "ended.state",
                                   .tone = refunded ? WIDGET_NOTICE_DONE : WIDGET_NOTICE_INFO,
                                   .title = words_of(ui, "_banner"),
                                   .line = words_of(ui, "_line")};
    int height = widget_notice_height(ui, &notice, area.w);
    (void)widget_notice_banner(ui, rect_cut_top(&area, height < 144 ? 144 : height), &notice);
    (void)rect_cut_top(&area, 24);
    draw_facts(ui, rect_cut_top(&area, 4 * (ui_is_large(ui) ? 72 : 64) + 64));
}
