#include "kiosk/ui/widget_button.h"

#include <string.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_label.h"
#include "kiosk/ui/widget_mark.h"

struct button_data {
    enum widget_button_look look;
    enum icon icon, icon_right;
    bool pill, align_left, icon_only;
    enum theme_type type, line_type;
    const char *line;
    const char *hint; /* the key, printed on the desk */
};

/* How a look is painted: -1 means nothing. */
struct look {
    int fill, pressed, outline, text;
};

static const struct look looks[] = {
    [WIDGET_BUTTON_PRIMARY] = {THEME_COLOR_B700, THEME_COLOR_PRESSED, -1, THEME_COLOR_ON_PRIMARY},
    [WIDGET_BUTTON_SECONDARY] = {THEME_COLOR_SURFACE, THEME_COLOR_B100, THEME_COLOR_B700, THEME_COLOR_B700},
    [WIDGET_BUTTON_NEUTRAL] = {THEME_COLOR_SURFACE, THEME_COLOR_SUNK, THEME_COLOR_LINE500,
                               THEME_COLOR_INK900},
    [WIDGET_BUTTON_QUIET] = {THEME_COLOR_SUNK, THEME_COLOR_B100, -1, THEME_COLOR_INK900},
    [WIDGET_BUTTON_SOFT] = {THEME_COLOR_B50, THEME_COLOR_B100, -1, THEME_COLOR_B700},
    [WIDGET_BUTTON_GHOST] = {-1, THEME_COLOR_SUNK, -1, THEME_COLOR_INK700},
    [WIDGET_BUTTON_DANGER] = {THEME_COLOR_SEAL700, THEME_COLOR_PRESSED, -1, THEME_COLOR_ON_SEAL},
    [WIDGET_BUTTON_SUCCESS] = {THEME_COLOR_JADE600, THEME_COLOR_JADE700, -1, THEME_COLOR_ON_JADE},
    [WIDGET_BUTTON_REFUSE] = {THEME_COLOR_SURFACE, THEME_COLOR_SEAL100, THEME_COLOR_SEAL600,
                              THEME_COLOR_SEAL700},
    [WIDGET_BUTTON_DARK] = {THEME_COLOR_B800, THEME_COLOR_B700, THEME_COLOR_B300, THEME_COLOR_ON_DARK},
    [WIDGET_BUTTON_LIGHT] = {THEME_COLOR_ON_DARK, THEME_COLOR_B100, -1, THEME_COLOR_B900},
    [WIDGET_BUTTON_FLOATING] = {THEME_COLOR_SURFACE, THEME_COLOR_B100, THEME_COLOR_LINE200, THEME_COLOR_B700},
};

static enum theme_type type_of(const struct ui *ui, const struct widget_button *button)
{
    if (button->type)
        return button->type;
    if (ui->settings.desk)
        return THEME_TYPE_DESK_STRONG;
    if (button->line)
        return THEME_TYPE_H2;
    bool stands_out = button->look == WIDGET_BUTTON_PRIMARY && theme_is_large(ui->theme); /* e01 */
    return stands_out ? THEME_TYPE_BODY_L_BOLD : THEME_TYPE_BODY_L_STRONG;
}

struct widget *widget_button(struct ui *ui, struct rect rect, const struct widget_button *button)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_BUTTON, rect, button->id, button->label);
    struct button_data data = {.look = button->look,
                               .icon = button->icon,
                               .icon_right = button->icon_right,
                               .pill = button->pill,
                               .align_left = button->align_left,
                               .icon_only = button->icon_only,
                               .type = type_of(ui, button),
                               .line_type = ui->settings.desk ? THEME_TYPE_DESK_CAPTION : THEME_TYPE_SMALL};
    /* In the large themes everything that can be pressed has an outline, and on black a quiet fill is none.
     */
    if (data.look == WIDGET_BUTTON_GHOST && theme_is_large(ui->theme))
        data.look = WIDGET_BUTTON_NEUTRAL;
    if ((data.look == WIDGET_BUTTON_QUIET || data.look == WIDGET_BUTTON_SOFT) && ui->theme == THEME_CONTRAST)
        data.look = WIDGET_BUTTON_SECONDARY;
    struct button_data *kept = widget_keep_bytes(ui, widget, &data, sizeof data);
    kept->line = widget_keep_text(ui, widget, button->line);
    widget->shortcut = widget_keep_text(ui, widget, button->shortcut);
    kept->hint = ui->settings.desk ? widget->shortcut : NULL;
    widget->data = kept;
    widget->value = kept->line;
    widget_make_target(ui, widget, button->tag);
    widget->state |= (button->disabled ? WIDGET_DISABLED : 0u) | (button->selected ? WIDGET_SELECTED : 0u) |
                     (button->busy ? WIDGET_BUSY | WIDGET_ANIMATED : 0u) |
                     (button->way_out ? WIDGET_WAY_OUT : 0u);
    return widget;
}

/* On a brand panel everything stands further apart. */
static bool is_on_brand(enum widget_button_look look)
{
    return look == WIDGET_BUTTON_DARK || look == WIDGET_BUTTON_LIGHT;
}

/* Arrows are slim, the signs of the bar's utilities are large (design 4). */
static int icon_side(bool desk, bool large, enum widget_button_look look, enum icon icon,
                     enum theme_type type)
{
    bool slim = type == THEME_TYPE_BODY_L_STRONG &&
                (icon == ICON_ARROW_LEFT || icon == ICON_ARROW_RIGHT || icon == ICON_EXIT);
    if (desk)
        return 18;
    if (large)
        return icon == ICON_ARROW_LEFT || icon == ICON_ARROW_RIGHT ? 48 : 50;
    return slim ? 36 : look == WIDGET_BUTTON_GHOST && icon != ICON_EXIT ? 44 : 40;
}

static int icon_gap(bool desk, bool large, enum widget_button_look look, enum icon icon)
{
    if (desk)
        return 8;
    if (is_on_brand(look))
        return 18;
    return look == WIDGET_BUTTON_GHOST && !large && icon != ICON_EXIT ? 14 : 16;
}

static int padding(bool desk, bool large, const struct widget_button *button)
{
    if (desk)
        return 28;
    if (large)
        return button->type == THEME_TYPE_ITEM ? 56 : 88;
    if (button->look == WIDGET_BUTTON_GHOST)
        return 40;
    if (button->icon)
        return button->type == THEME_TYPE_ITEM ? 62 : 76; /* a06, a09 */
    return button->icon_right ? 80 : 84;
}

int widget_button_width(struct ui *ui, const struct widget_button *button)
{
    bool desk = ui->settings.desk, large = theme_is_large(ui->theme);
    int width = widget_label_width(ui, type_of(ui, button), button->label) + padding(desk, large, button);
    if (button->icon_only)
        return large ? 104 : 96;
    if (button->icon || button->busy)
        width += icon_side(desk, large, button->look, button->icon, type_of(ui, button)) +
                 icon_gap(desk, large, button->look, button->icon);
    if (button->icon_right)
        width += icon_side(desk, large, button->look, button->icon_right, type_of(ui, button)) +
                 icon_gap(desk, large, button->look, button->icon_right);
    if (desk && button->shortcut)
        width += 8 + widget_label_width(ui, THEME_TYPE_DESK_HINT, button->shortcut) + 4;
    return width;
}

/* An arrow alone that turns pages: where there is no page it stays as it is and pales (a02). */
static bool is_bare(const struct widget_paint *paint, const struct button_data *d)
{
    return d->icon_only && d->look == WIDGET_BUTTON_NEUTRAL && paint->theme == THEME_STANDARD &&
           !widget_draw_is_desk(paint);
}

static void paint_ground(struct widget_paint *paint, const struct widget *w, const struct button_data *d,
                         const struct look *look)
{
    bool desk = widget_draw_is_desk(paint), pressed = (w->state & WIDGET_PRESSED) != 0;
    bool brand = is_on_brand(d->look), large = theme_is_large(paint->theme);
    int radius = d->pill ? w->rect.h / 2
                 : desk  ? 8
                 : brand ? 24
                         : 16,
        fill = pressed && look->fill < 0 ? THEME_COLOR_SURFACE : look->fill;
    int outline = look->outline, width = desk ? 1 : large || brand ? 3 : 2;
    if ((w->state & WIDGET_DISABLED) && is_bare(paint, d)) {
        outline = THEME_COLOR_LINE500;
    } else if (w->state & WIDGET_DISABLED) {
        fill = d->look == WIDGET_BUTTON_GHOST ? -1 : THEME_COLOR_DIS_FILL;
        outline = -1;
    } else if (w->state & WIDGET_SELECTED) {
        fill = THEME_COLOR_B50;
        outline = THEME_COLOR_B700;
        width = desk ? 2 : theme_selected_outline(paint->theme);
    }
    if (fill >= 0)
        widget_draw_pressable(paint, w, w->rect, radius, (enum theme_color)fill,
                              (enum theme_color)look->pressed);
    if (outline >= 0)
        widget_draw_outline(paint, w->rect, radius, width, (enum theme_color)outline);
}

static enum theme_color text_color(struct widget_paint *paint, const struct widget *w,
                                   const struct button_data *d, const struct look *look)
{
    if (w->state & WIDGET_DISABLED)
        return is_bare(paint, d) ? THEME_COLOR_LINE500 : THEME_COLOR_DIS_TEXT;
    if (paint->theme == THEME_CONTRAST && look == &looks[WIDGET_BUTTON_LIGHT])
        return THEME_COLOR_ON_PRIMARY;
    return (enum theme_color)look->text;
}

static void paint_icon(struct widget_paint *paint, const struct widget *w, struct rect at, enum icon icon,
                       int side, enum theme_color color)
{
    if (w->state & WIDGET_BUSY)
        widget_mark_draw_spinner(paint, rect_center(at, side, side),
                                 widget_paint_color(paint, THEME_COLOR_B300),
                                 widget_paint_color(paint, color));
    else
        widget_draw_icon(paint, at, icon, side, color);
}

enum { DISC_MORE = 24 }; /* than the arrow in it */

/* On a brand panel the way on is an arrow in a disc. */
static void paint_icon_right(struct widget_paint *paint, struct rect at, const struct button_data *d,
                             int side, enum theme_color color)
{
    if (d->look == WIDGET_BUTTON_LIGHT) {
        widget_draw_disc(paint, rect_center(at, side + DISC_MORE, side + DISC_MORE), THEME_COLOR_B700);
        color = THEME_COLOR_ON_PRIMARY;
    }
    widget_draw_icon(paint, at, d->icon_right, side, color);
}

/* What stands in the button from left to right, in base px; 0 for what is not there. */
struct parts {
    int icon, icon_gap, words, icon_right, right_gap, hint;
};

static int parts_width(const struct parts *p)
{
    return p->icon + p->icon_gap + p->words + p->right_gap + p->icon_right + p->hint;
}

static struct parts parts_of(struct widget_paint *paint, const struct widget *w, const struct button_data *d)
{
    bool desk = widget_draw_is_desk(paint), large = theme_is_large(paint->theme);
    struct parts p = {0};
    if (d->icon != ICON_NONE || (w->state & WIDGET_BUSY)) {
        p.icon = is_on_brand(d->look) && d->line ? 60 : icon_side(desk, large, d->look, d->icon, d->type);
        p.icon_gap = d->icon_only ? 0 : icon_gap(desk, large, d->look, d->icon);
    }
    if (d->icon_only)
        return p;
    int text = widget_draw_width(paint, d->type, w->label),
        line = widget_draw_width(paint, d->line_type, d->line);
    p.words = text > line ? text : line;
    if (d->icon_right) {
        p.icon_right = icon_side(desk, large, d->look, d->icon_right, d->type) +
                       (d->look == WIDGET_BUTTON_LIGHT ? DISC_MORE : 0);
        p.right_gap = icon_gap(desk, large, d->look, d->icon_right);
    }
    if (d->hint)
        p.hint = widget_draw_width(paint, THEME_TYPE_DESK_HINT, d->hint) + 8;
    int over = parts_width(&p) - (w->rect.w - (desk ? 8 : 24));
    if (over > 0) /* the label is cut, never the icons */
        p.words -= over;
    return p;
}

static void paint_words(struct widget_paint *paint, const struct widget *w, const struct button_data *d,
                        struct rect at, enum widget_align align, enum theme_color color)
{
    bool dark = looks[d->look].text == THEME_COLOR_ON_DARK;
    if (d->line) {
        int big = theme_text(paint->theme, d->type).line_px,
            small = theme_text(paint->theme, d->line_type).line_px;
        at.y += (at.h - (big + small - 2)) / 2;
        widget_draw_text(paint, rect_make(at.x, at.y + big - 2, at.w, small), d->line_type, align, d->line,
                         dark ? THEME_COLOR_ON_DARK2 : color);
        at.h = big;
    }
    widget_draw_text(paint, at, d->type, align, w->label, color);
}

static int start_of(const struct widget_paint *paint, const struct widget *w, const struct button_data *d,
                    int width)
{
    if (!d->align_left)
        return w->rect.x + (w->rect.w - width) / 2;
    return w->rect.x + (d->look == WIDGET_BUTTON_GHOST ? 0 : widget_draw_is_desk(paint) ? 12 : 28);
}

void widget_button_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct button_data *d = w->data;
    const struct look *look = &looks[d->look];
    if (!canvas_is_visible(paint->canvas, layout_to_window(paint->layout, w->rect)))
        return;
    if (d->look == WIDGET_BUTTON_FLOATING)
        widget_draw_shadow(paint, w->rect, 16, 4, 16, 30);
    paint_ground(paint, w, d, look);
    enum theme_color color = text_color(paint, w, d, look);
    if (d->look == WIDGET_BUTTON_FLOATING) {
        widget_draw_icon(paint, w->rect, d->icon, 44, color);
        return;
    }
    struct parts p = parts_of(paint, w, d);
    struct rect r = w->rect;
    int x = start_of(paint, w, d, parts_width(&p));
    if (p.icon)
        paint_icon(paint, w, rect_make(x, r.y, p.icon, r.h), d->icon, p.icon, color);
    x += p.icon + p.icon_gap;
    if (p.words)
        paint_words(paint, w, d, rect_make(x, r.y, p.words, r.h),
                    p.icon || d->align_left ? WIDGET_LEFT : WIDGET_CENTER, color);
    x += p.words + p.right_gap;
    if (p.icon_right)
        paint_icon_right(paint, rect_make(x, r.y, p.icon_right, r.h), d,
                         p.icon_right - (d->look == WIDGET_BUTTON_LIGHT ? DISC_MORE : 0), color);
    x += p.icon_right + (d->hint ? 8 : 0);
    if (p.hint)
        widget_draw_text(paint, rect_make(x, r.y, p.hint, r.h), THEME_TYPE_DESK_HINT, WIDGET_LEFT, d->hint,
                         color);
}
