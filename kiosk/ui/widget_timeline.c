#include "kiosk/ui/widget_timeline.h"

#include <stdio.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_label.h"
#include "kiosk/ui/widget_panel.h"

enum {
    CIRCLE = 60,
    CIRCLE_CARD = 64,
    CIRCLE_LARGE = 76,
    GAP = 28,
    RIGHT_GAP = 24,
    JOIN_WIDTH = 4,
    JOIN_GAP = 8,
    CARD_X = 33,
    CARD_Y = 21
};

struct stop_data {
    int number;
    enum icon icon;
    enum widget_mark_state state;
    bool joined, on_card;
};

static int circle_of(const struct ui *ui, const struct widget_timeline_stop *stop)
{
    return theme_is_large(ui->theme) ? CIRCLE_LARGE : stop->on_card ? CIRCLE_CARD : CIRCLE;
}

static enum theme_type title_type(const struct ui *ui, const struct widget_timeline_stop *stop)
{
    bool stands_out = stop->state == WIDGET_MARK_NOW && !stop->on_card && !theme_is_large(ui->theme);
    return stop->on_card ? THEME_TYPE_H2 : stands_out ? THEME_TYPE_STOP_NOW : THEME_TYPE_STOP;
}

/* What is left for the words beside the circle, at their top so that the title stands on its middle. */
static struct rect words_of(struct ui *ui, struct rect rect, const struct widget_timeline_stop *stop)
{
    int circle = circle_of(ui, stop), line = theme_text(ui->theme, title_type(ui, stop)).line_px;
    int down = circle / 2 - line / 2 - (stop->line != NULL ? 4 : 0);
    (void)rect_cut_left(&rect, circle + GAP);
    (void)rect_cut_top(&rect, down > 0 ? down : 0);
    return rect;
}

static int right_width(struct ui *ui, const struct widget_timeline_stop *stop)
{
    return stop->right == NULL ? 0 : widget_label_width(ui, THEME_TYPE_BODY, stop->right) + RIGHT_GAP;
}

static int title_height(struct ui *ui, const struct widget_timeline_stop *stop, int width)
{
    return widget_label_height(ui, title_type(ui, stop), stop->title, width - right_width(ui, stop));
}

int widget_timeline_height(struct ui *ui, const struct widget_timeline_stop *stop, int width)
{
    struct rect words = words_of(ui, rect_make(0, 0, width, 10000), stop);
    int height = words.y + title_height(ui, stop, words.w) +
                 widget_label_height(ui, THEME_TYPE_BODY, stop->line, words.w);
    return height < circle_of(ui, stop) ? circle_of(ui, stop) : height;
}

int widget_timeline_card_height(struct ui *ui, const struct widget_timeline_stop *stop, int width)
{
    struct widget_timeline_stop carded = *stop;
    carded.on_card = true;
    return widget_timeline_height(ui, &carded, width - 2 * CARD_X) + 2 * CARD_Y;
}

static void add_circle(struct ui *ui, struct rect rect, const struct widget_timeline_stop *stop)
{
    struct rect at =
        rect_make(rect.x, rect.y, circle_of(ui, stop), stop->joined ? rect.h : circle_of(ui, stop));
    struct widget *widget = widget_add(ui, WIDGET_KIND_STOP, at, "", "");
    struct stop_data data = {.number = stop->number,
                             .icon = stop->icon,
                             .state = stop->state,
                             .joined = stop->joined,
                             .on_card = stop->on_card};
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
}

void widget_timeline_stop(struct ui *ui, struct rect rect, const struct widget_timeline_stop *stop)
{
    bool stands_out = title_type(ui, stop) == THEME_TYPE_STOP_NOW;
    add_circle(ui, rect, stop);
    struct rect words = words_of(ui, rect, stop);
    struct rect title = rect_cut_top(&words, title_height(ui, stop, words.w));
    if (stop->right != NULL)
        (void)widget_label(ui, rect_cut_right(&title, right_width(ui, stop) - RIGHT_GAP + 1),
                           &(struct widget_label){.text = stop->right,
                                                  .type = THEME_TYPE_BODY,
                                                  .color = THEME_COLOR_INK700,
                                                  .align = WIDGET_RIGHT,
                                                  .middle = true});
    (void)widget_label(ui, title,
                       &(struct widget_label){.id = stop->id,
                                              .text = stop->title,
                                              .type = title_type(ui, stop),
                                              .color = stands_out ? THEME_COLOR_B700 : THEME_COLOR_INK900});
    if (stop->line != NULL)
        (void)widget_label(
            ui, rect_cut_top(&words, widget_label_height(ui, THEME_TYPE_BODY, stop->line, words.w)),
            &(struct widget_label){.text = stop->line,
                                   .type = THEME_TYPE_BODY,
                                   .color = THEME_COLOR_INK700,
                                   .is_private = stop->is_private});
}

void widget_timeline_card(struct ui *ui, struct rect rect, const struct widget_timeline_stop *stop)
{
    (void)widget_panel(ui, rect, stop->state == WIDGET_MARK_NOW ? WIDGET_PANEL_SELECTED : WIDGET_PANEL_CARD);
    struct widget_timeline_stop carded = *stop;
    carded.on_card = true;
    widget_timeline_stop(ui, rect_inset(rect, CARD_X, CARD_Y), &carded);
}

static void paint_circle(struct widget_paint *paint, struct rect at, const struct stop_data *d)
{
    char number[12];
    bool is_now = d->state == WIDGET_MARK_NOW;
    (void)snprintf(number, sizeof number, "%d", d->number);
    if (d->state == WIDGET_MARK_DONE || d->state == WIDGET_MARK_FAILED) {
        bool done = d->state == WIDGET_MARK_DONE;
        widget_draw_disc(paint, at, done ? THEME_COLOR_JADE100 : THEME_COLOR_SEAL600);
        widget_draw_icon(paint, at, done ? ICON_CHECK : ICON_BANG, at.w * 7 / 10,
                         done ? THEME_COLOR_JADE700 : THEME_COLOR_ON_SEAL);
        return;
    }
    widget_draw_disc(paint, at, is_now ? THEME_COLOR_B700 : THEME_COLOR_SUNK);
    if (is_now && d->icon != ICON_NONE)
        widget_draw_icon(paint, at, d->icon, at.w * 6 / 10, THEME_COLOR_ON_PRIMARY);
    else if (d->on_card)
        widget_draw_bold(paint, at, THEME_TYPE_BODY_L, WIDGET_CENTER, number,
                         is_now ? THEME_COLOR_ON_PRIMARY : THEME_COLOR_INK700);
    else
        widget_draw_text(paint, at, THEME_TYPE_BODY_STRONG, WIDGET_CENTER, number,
                         is_now ? THEME_COLOR_ON_PRIMARY : THEME_COLOR_INK700);
}

void widget_timeline_paint(struct widget_paint *paint, const struct widget *widget)
{
    const struct stop_data *d = widget->data;
    struct rect rest = widget->rect;
    struct rect circle = rect_cut_top(&rest, rest.w);
    paint_circle(paint, circle, d);
    if (!d->joined)
        return;
    struct rect line =
        rect_make(rest.x + (rest.w - JOIN_WIDTH) / 2, rest.y + JOIN_GAP, JOIN_WIDTH, rest.h - 2 * JOIN_GAP);
    if (line.h > 0)
        widget_draw_round(paint, line, JOIN_WIDTH / 2,
                          d->state == WIDGET_MARK_DONE ? THEME_COLOR_JADE600 : THEME_COLOR_LINE300);
}
