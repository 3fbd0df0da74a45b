#include "kiosk/ui/widget_nav.h"

#include <stdio.h>

#include "kiosk/base/text.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_label.h"
#include "kiosk/ui/widget_motif.h"

enum { HEAD = 56, ITEM = 46, ITEM_GAP = 4, FOOT = 142, ICON = 20, LOCK_ITEM = 32, NAME = 130 };

struct nav_data {
    const char *person, *person_line, *state_line;
};
struct item_data {
    enum icon icon;
    int count;
};

static void add_item(struct ui *ui, struct rect at, const struct widget_nav_item *item)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_NAV_ITEM, at, item->id, item->name);
    struct item_data data = {.icon = item->icon, .count = item->count};
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    widget->shortcut = widget_keep_text(ui, widget, item->shortcut);
    widget_make_target(ui, widget, 0);
    widget->state |=
        WIDGET_WAY_OUT | (item->selected ? WIDGET_SELECTED : 0u) | (item->disabled ? WIDGET_DISABLED : 0u);
}

/* A name that is wider than the column ends in …. */
static const char *keep_name(struct ui *ui, struct widget *widget, const char *name)
{
    char shown[UI_TEXT_BYTES];
    if (!name)
        return NULL;
    size_t characters = text_length(name);
    snprintf(shown, sizeof shown, "%.150s", name);
    while (characters > 1 && widget_label_width(ui, THEME_TYPE_DESK_STRONG, shown) > NAME)
        snprintf(shown, sizeof shown, "%.*s…", (int)text_prefix_bytes(name, --characters), name);
    return widget_keep_text(ui, widget, shown);
}

/* Where all have no room at their height they are lower, clear of who is signed in. */
static int item_height(const struct widget_nav *nav, int room)
{
    int fits = nav->item_count > 0 ? room / nav->item_count - ITEM_GAP : ITEM;
    return fits < ITEM ? fits : ITEM;
}

struct widget *widget_nav(struct ui *ui, struct rect rect, const struct widget_nav *nav)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_NAV, rect, "nav", nav->product);
    struct nav_data *data = widget_allocate(ui, sizeof *data);
    data->person = keep_name(ui, widget, nav->person);
    data->person_line = widget->value = widget_keep_text(ui, widget, nav->person_line);
    data->state_line = widget_keep_text(ui, widget, nav->state_line);
    widget->data = data;
    widget_begin(ui, widget);
    struct rect r = rect_inset(rect, 8, 0);
    (void)rect_cut_top(&r, HEAD + 12);
    int height = item_height(nav, r.h - (nav->person ? FOOT : 0));
    for (int i = 0; i < nav->item_count; i++) {
        add_item(ui, rect_cut_top(&r, height), &nav->items[i]);
        (void)rect_cut_top(&r, ITEM_GAP);
    }
    if (nav->lock) {
        struct widget_nav_item lock = {
            .id = "nav.lock", .name = ui_word_LOCK, .icon = ICON_LOCK, .shortcut = "Ctrl+L"};
        add_item(ui, rect_make(rect.x + 4, rect.y + rect.h - 41, rect.w - 12, LOCK_ITEM), &lock);
    }
    widget_end(ui);
    return widget;
}

/* Who is signed in: the first character in a disc, name and role; below it how. */
static void paint_person(struct widget_paint *paint, struct rect foot, const struct nav_data *d)
{
    char first[8] = "";
    struct rect disc = rect_make(foot.x + 16, foot.y + 23, 34, 34);
    struct rect words = rect_make(disc.x + 44, foot.y + 17, foot.w - 76, 23);
    snprintf(first, sizeof first, "%.*s", (int)text_prefix_bytes(d->person, 1), d->person);
    widget_draw_disc(paint, disc, THEME_COLOR_NAV_CHOSEN);
    widget_draw_text(paint, disc, THEME_TYPE_DESK_STRONG, WIDGET_CENTER, first, THEME_COLOR_ON_DARK);
    widget_draw_text(paint, words, THEME_TYPE_DESK_STRONG, WIDGET_LEFT, d->person, THEME_COLOR_ON_DARK);
    words.y += 26;
    widget_draw_text(paint, words, THEME_TYPE_DESK_CAPTION, WIDGET_LEFT, d->person_line,
                     THEME_COLOR_NAV_TEXT);
    if (!d->state_line)
        return;
    widget_draw_icon(paint, rect_make(foot.x + 16, foot.y + 77, 16, 20), ICON_SHIELD, 16,
                     THEME_COLOR_JADE_DARK);
    widget_draw_text(paint, rect_make(foot.x + 38, foot.y + 76, foot.w - 54, 22), THEME_TYPE_DESK_TABLE,
                     WIDGET_LEFT, d->state_line, THEME_COLOR_JADE_DARK);
}

void widget_nav_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct nav_data *d = w->data;
    struct rect r = w->rect;
    widget_draw_fill(paint, r, THEME_COLOR_B900);
    struct rect head = rect_inset(rect_cut_top(&r, HEAD), 16, 0);
    widget_motif_paint_mark(paint, rect_center(rect_cut_left(&head, 30), 30, 30));
    (void)rect_cut_left(&head, 10);
    widget_draw_text(paint, head, THEME_TYPE_DESK_HEAD, WIDGET_LEFT, w->label, THEME_COLOR_ON_DARK);
    widget_draw_fill(paint, rect_make(r.x, r.y - 1, r.w, 1), THEME_COLOR_NAV_LINE);
    if (!d->person)
        return;
    struct rect foot = rect_cut_bottom(&r, FOOT);
    widget_draw_fill(paint, rect_make(foot.x, foot.y, foot.w, 1), THEME_COLOR_NAV_LINE);
    paint_person(paint, foot, d);
}

/* The key that does the same, in a frame at the right end. */
static void paint_hint(struct widget_paint *paint, struct rect *r, const char *key)
{
    int width = widget_draw_width(paint, THEME_TYPE_DESK_HINT, key) + 14;
    struct rect hint = rect_center(rect_cut_right(r, width), width, 20);
    widget_draw_outline(paint, hint, 4, 1, THEME_COLOR_NAV_HINT);
    widget_draw_text(paint, hint, THEME_TYPE_DESK_HINT, WIDGET_CENTER, key, THEME_COLOR_NAV_TEXT);
    (void)rect_cut_right(r, 8);
}

static void paint_count(struct widget_paint *paint, struct rect r, int number)
{
    char count[12];
    snprintf(count, sizeof count, "%d", number);
    int width = widget_draw_width(paint, THEME_TYPE_DESK_HINT, count) + 11;
    struct rect pill = rect_make(r.x, r.y + (r.h - 19) / 2, width < 19 ? 19 : width, 19);
    widget_draw_round(paint, pill, 9, THEME_COLOR_SEAL600);
    widget_draw_text(paint, pill, THEME_TYPE_DESK_HINT, WIDGET_CENTER, count, THEME_COLOR_ON_SEAL);
}

void widget_nav_paint_item(struct widget_paint *paint, const struct widget *w)
{
    const struct item_data *d = w->data;
    struct rect r = w->rect;
    bool chosen = (w->state & WIDGET_SELECTED) != 0;
    enum theme_type type = chosen           ? THEME_TYPE_DESK_STRONG
                           : r.h < ITEM - 8 ? THEME_TYPE_DESK_TABLE
                                            : THEME_TYPE_DESK;
    enum theme_color color = w->state & WIDGET_DISABLED ? THEME_COLOR_B300
                             : chosen                   ? THEME_COLOR_ON_DARK
                                                        : THEME_COLOR_NAV_TEXT;
    if (chosen || (w->state & WIDGET_PRESSED))
        widget_draw_round(paint, r, 8, chosen ? THEME_COLOR_NAV_CHOSEN : THEME_COLOR_B800);
    r = rect_inset(r, 12, 0);
    widget_draw_icon(paint, rect_cut_left(&r, ICON), d->icon, ICON, color);
    (void)rect_cut_left(&r, 9);
    if (w->shortcut)
        paint_hint(paint, &r, w->shortcut);
    widget_draw_text(paint, r, type, WIDGET_LEFT, w->label, color);
    (void)rect_cut_left(&r, widget_draw_width(paint, type, w->label) + 12);
    if (d->count > 0)
        paint_count(paint, r, d->count);
}
