#include "kiosk/ui/widget_picker.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_label.h"
#include "kiosk/ui/widget_panel.h"

enum {
    PADDING = 14,
    TIGHT = 11, /* the same without a name */
    GAP = 8,
    CHEVRON_GAP = 4,
    CHEVRON = 16,
    RADIUS = 8,
    OPTION = 34,
    OPTION_LEAST = 168,
    OPTION_MOST = 300,
    OPTION_KEYS = 9,
    OPTION_KEY = 36, /* room for the key, or for the tick of the chosen one */
    MENU_PADDING = 6,
    MENU_GAP = 4,
    EDGE = 16
};

/* --- the button ---------------------------------------------------------------------------------------- */

static int padding_of(const char *name)
{
    return name[0] ? PADDING : TIGHT;
}

int widget_picker_width(struct ui *ui, const struct widget_picker *picker)
{
    int name = picker->name[0] ? widget_label_width(ui, THEME_TYPE_DESK_TABLE, picker->name) + GAP : 0;
    return 2 * padding_of(picker->name) + name +
           widget_label_width(ui, THEME_TYPE_DESK_STRONG, picker->value) + CHEVRON_GAP + CHEVRON;
}

struct widget *widget_picker(struct ui *ui, struct rect rect, const struct widget_picker *picker)
{
    char shown[UI_TEXT_BYTES];
    struct widget *widget =
        widget_add(ui, WIDGET_KIND_PICKER, rect, picker->id, picker->name[0] ? picker->name : picker->value);
    struct widget_picker plain = *picker;
    plain.value = "";
    widget_label_fit(ui, THEME_TYPE_DESK_STRONG, picker->value, rect.w - widget_picker_width(ui, &plain),
                     shown, sizeof shown);
    widget->value = widget_keep_text(ui, widget, shown);
    widget->shortcut = widget_keep_text(ui, widget, picker->shortcut);
    widget->data = widget_keep_text(ui, widget, picker->name);
    widget_make_target(ui, widget, picker->tag);
    widget->state |= picker->narrows ? WIDGET_SELECTED : 0u;
    return widget;
}

void widget_picker_paint(struct widget_paint *paint, const struct widget *w)
{
    const char *name = w->data;
    bool narrows = (w->state & WIDGET_SELECTED) != 0;
    struct rect r = rect_inset(w->rect, padding_of(name), 0);
    widget_draw_pressable(paint, w, w->rect, RADIUS, narrows ? THEME_COLOR_B50 : THEME_COLOR_SURFACE,
                          THEME_COLOR_SUNK);
    widget_draw_outline(paint, w->rect, RADIUS, narrows ? 2 : 1,
                        narrows ? THEME_COLOR_B700 : THEME_COLOR_LINE500);
    widget_draw_icon(paint, rect_cut_right(&r, CHEVRON), ICON_CHEVRON_DOWN, CHEVRON, THEME_COLOR_INK900);
    (void)rect_cut_right(&r, CHEVRON_GAP);
    if (name[0]) {
        struct rect at = rect_cut_left(&r, widget_draw_width(paint, THEME_TYPE_DESK_TABLE, name));
        widget_draw_text(paint, at, THEME_TYPE_DESK_TABLE, WIDGET_LEFT, name, THEME_COLOR_INK900);
        (void)rect_cut_left(&r, GAP);
    }
    widget_draw_text(paint, r, THEME_TYPE_DESK_STRONG, WIDGET_LEFT, w->value, THEME_COLOR_INK900);
}

/* --- the menu ------------------------------------------------------------------------------------------ */

/* How many options stand below each other, in how many columns, how wide. */
struct plan {
    int rows, columns, width;
};

static struct plan plan_of(struct ui *ui, struct rect below, const struct widget_picker_menu *menu)
{
    struct plan plan = {.width = OPTION_LEAST};
    int room = (ui->layout.height - (below.y + below.h) - EDGE - 2 * MENU_PADDING) / OPTION;
    for (size_t i = 0; i < menu->count; i++) {
        int wanted = widget_label_width(ui, THEME_TYPE_DESK_TABLE, menu->options[i]) + PADDING + OPTION_KEY;
        plan.width = wanted > plan.width ? wanted : plan.width;
    }
    plan.width = plan.width > OPTION_MOST ? OPTION_MOST : plan.width;
    plan.rows = (int)menu->count < room || room < 1 ? (int)menu->count : room;
    plan.columns = plan.rows == 0 ? 0 : ((int)menu->count + plan.rows - 1) / plan.rows;
    return plan;
}

static void add_option(struct ui *ui, const struct widget_picker_menu *menu, size_t index, struct rect at)
{
    char id[UI_ID_BYTES];
    char key[4] = "";
    char shown[UI_TEXT_BYTES];
    snprintf(id, sizeof id, "%s.option.%zu", menu->id, index);
    if (index < OPTION_KEYS)
        snprintf(key, sizeof key, "%zu", (index + 1) % 10);
    widget_label_fit(ui, THEME_TYPE_DESK_TABLE, menu->options[index], at.w - PADDING - OPTION_KEY, shown,
                     sizeof shown);
    struct widget *widget = widget_add(ui, WIDGET_KIND_OPTION, at, id, shown);
    widget->shortcut = key[0] ? widget_keep_text(ui, widget, key) : NULL;
    widget_make_target(ui, widget, (int64_t)index);
    widget->state |= index == menu->chosen ? WIDGET_SELECTED : 0u;
}

void widget_picker_menu(struct ui *ui, struct rect below, const struct widget_picker_menu *menu)
{
    char id[UI_ID_BYTES];
    struct plan plan = plan_of(ui, below, menu);
    int width = plan.columns * plan.width + 2 * MENU_PADDING, most = ui->layout.width - EDGE - width;
    struct rect panel = rect_make(below.x < most ? below.x : most, below.y + below.h + MENU_GAP, width,
                                  plan.rows * OPTION + 2 * MENU_PADDING);
    snprintf(id, sizeof id, "%s.close", menu->id);
    struct widget *all = widget_add(ui, WIDGET_KIND_GROUP,
                                    rect_make(0, 0, ui->layout.width, ui->layout.height), id, menu->label);
    all->shortcut = widget_keep_text(ui, all, "Esc");
    widget_make_target(ui, all, 0);
    all->state |= WIDGET_MODAL | WIDGET_WAY_OUT;
    widget_begin(ui, all);
    (void)widget_panel(ui, panel, WIDGET_PANEL_CARD);
    for (size_t i = 0; i < menu->count; i++)
        add_option(ui, menu, i,
                   rect_make(panel.x + MENU_PADDING + (int)i / plan.rows * plan.width,
                             panel.y + MENU_PADDING + (int)i % plan.rows * OPTION, plan.width, OPTION));
    widget_end(ui);
}

void widget_picker_paint_option(struct widget_paint *paint, const struct widget *w)
{
    bool chosen = (w->state & WIDGET_SELECTED) != 0;
    struct rect r = rect_inset(w->rect, PADDING, 0);
    if (chosen || (w->state & (WIDGET_PRESSED | WIDGET_FOCUSED)))
        widget_draw_round(paint, w->rect, RADIUS, chosen ? THEME_COLOR_B50 : THEME_COLOR_SUNK);
    struct rect end = rect_cut_right(&r, OPTION_KEY - PADDING);
    if (chosen)
        widget_draw_icon(paint, end, ICON_CHECK, CHEVRON, THEME_COLOR_B700);
    else if (w->shortcut)
        widget_draw_text(paint, end, THEME_TYPE_DESK_HINT, WIDGET_RIGHT, w->shortcut, THEME_COLOR_INK700);
    widget_draw_text(paint, r, THEME_TYPE_DESK_TABLE, WIDGET_LEFT, w->label, THEME_COLOR_INK900);
}
