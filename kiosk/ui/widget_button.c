#include "kiosk/ui/widget_button.h"

#include <string.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_label.h"
#include "kiosk/ui/widget_mark.h"

struct button_data {
    enum widget_button_look look;
    enum icon icon, icon_right;
    bool align_left;
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
    [WIDGET_BUTTON_QUIET] = {THEME_COLOR_B50, THEME_COLOR_B100, -1, THEME_COLOR_B700},
    [WIDGET_BUTTON_GHOST] = {-1, THEME_COLOR_SUNK, -1, THEME_COLOR_INK700},
    [WIDGET_BUTTON_DANGER] = {THEME_COLOR_SEAL700, THEME_COLOR_PRESSED, -1, THEME_COLOR_ON_SEAL},
    [WIDGET_BUTTON_SUCCESS] = {THEME_COLOR_JADE600, THEME_COLOR_JADE700, -1, THEME_COLOR_ON_JADE},
    [WIDGET_BUTTON_REFUSE] = {THEME_COLOR_SURFACE, THEME_COLOR_SEAL100, THEME_COLOR_SEAL600,
                              THEME_COLOR_SEAL700},
    [WIDGET_BUTTON_DARK] = {THEME_COLOR_B800, THEME_COLOR_B700, THEME_COLOR_B300, THEME_COLOR_ON_DARK},
    [WIDGET_BUTTON_LIGHT] = {THEME_COLOR_ON_DARK, THEME_COLOR_B100, -1, THEME_COLOR_B900},
};

static enum theme_type type_of(const struct ui *ui, const struct widget_button *button)
{
    if (button->type)
        return button->type;
    if (ui->settings.desk)
        return THEME_TYPE_DESK_STRONG;
    return button->line ? THEME_TYPE_H2 : THEME_TYPE_BODY_L_STRONG;
}

struct widget *widget_button(struct ui *ui, struct rect rect, const struct widget_button *button)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_BUTTON, rect, button->id, button->label);
    struct button_data data = {.look = button->look,
                               .icon = button->icon,
                               .icon_right = button->icon_right,
                               .align_left = button->align_left,
                               .type = type_of(ui, button),
                               .line_type = ui->settings.desk ? THEME_TYPE_DESK_CAPTION : THEME_TYPE_SMALL};
    /* In the large themes everything that can be pressed has an outline, and on black a quiet fill is none.
     */
    if (data.look == WIDGET_BUTTON_GHOST && theme_is_large(ui->theme))
        data.look = WIDGET_BUTTON_NEUTRAL;
    if (data.look == WIDGET_BUTTON_QUIET && ui->theme == THEME_CONTRAST)
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

static int icon_side(bool desk, bool large)
{
    return desk ? 18 : large ? 50 : 40;
}

/* On a brand panel everything stands further apart. */
static bool is_on_brand(enum widget_button_look look)
{
    return look == WIDGET_BUTTON_DARK || look == WIDGET_BUTTON_LIGHT;
}

int widget_button_width(struct ui *ui, const struct widget_button *button)
{
    bool desk = ui->settings.desk;
    int side = icon_side(desk, theme_is_large(ui->theme)), gap = desk ? 8 : 16;
    int width = widget_label_width(ui, type_of(ui, button), button->label) + (desk ? 28 : 84);
    if (button->icon || button->busy)
        width += side + gap;
    if (button->icon_right)
        width += side + gap;
    if (desk && button->shortcut)
        width += gap + widget_label_width(ui, THEME_TYPE_DESK_HINT, button->shortcut) + 4;
    return width;
}

static void paint_ground(struct widget_paint *paint, const struct widget *w, const struct button_data *d,
                         const struct look *look)
{
    bool desk = widget_draw_is_desk(paint), pressed = (w->state & WIDGET_PRESSED) != 0;
    bool brand = is_on_brand(d->look);
    int radius = desk ? 8 : brand ? 24 : 16, fill = pressed ? look->pressed : look->fill;
    int outline = look->outline, width = desk ? 1 : brand ? 3 : 2;
    if (w->state & WIDGET_DISABLED) {
        fill = d->look == WIDGET_BUTTON_GHOST ? -1 : THEME_COLOR_DIS_FILL;
        outline = -1;
    } else if (w->state & WIDGET_SELECTED) {
        fill = THEME_COLOR_B50;
        outline = THEME_COLOR_B700;
        width = desk ? 2 : theme_selected_outline(paint->theme);
    }
    if (fill >= 0)
        widget_draw_round(paint, w->rect, radius, (enum theme_color)fill);
    if (outline >= 0)
        widget_draw_outline(paint, w->rect, radius, width, (enum theme_color)outline);
}

static enum theme_color text_color(struct widget_paint *paint, const struct widget *w,
                                   const struct look *look)
{
    if (w->state & WIDGET_DISABLED)
        return THEME_COLOR_DIS_TEXT;
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

/* On a brand panel the way on is an arrow in a disc. */
static void paint_icon_right(struct widget_paint *paint, struct rect at, const struct button_data *d,
                             int side, enum theme_color color)
{
    if (d->look == WIDGET_BUTTON_LIGHT) {
        struct rect disc = rect_center(at, side + 24, side + 24);
        widget_draw_disc(paint, rect_make(disc.x + 12, disc.y, disc.w, disc.h), THEME_COLOR_B700);
        at.x += 12;
        color = THEME_COLOR_ON_PRIMARY;
    }
    widget_draw_icon(paint, at, d->icon_right, side, color);
}

/* The label, and the smaller line below it. */
static void paint_words(struct widget_paint *paint, const struct widget *w, const struct button_data *d,
                        struct rect at, enum widget_align align)
{
    const struct look *look = &looks[d->look];
    enum theme_color color = text_color(paint, w, look);
    if (d->line) {
        struct theme_text big = theme_text(paint->theme, d->type),
                          small = theme_text(paint->theme, d->line_type);
        int height = big.line_px + small.line_px - 2, y = at.y + (at.h - height) / 2;
        at = rect_make(at.x, y, at.w, big.line_px);
        widget_draw_text(paint, rect_make(at.x, y + big.line_px - 2, at.w, small.line_px), d->line_type,
                         align, d->line, look->text == THEME_COLOR_ON_DARK ? THEME_COLOR_ON_DARK2 : color);
    }
    widget_draw_text(paint, at, d->type, align, w->label, color);
}

void widget_button_paint(struct widget_paint *paint, const struct widget *w)
{
    const struct button_data *d = w->data;
    const struct look *look = &looks[d->look];
    bool desk = widget_draw_is_desk(paint);
    if (!canvas_is_visible(paint->canvas, layout_to_window(paint->layout, w->rect)))
        return;
    paint_ground(paint, w, d, look);
    enum theme_color color = text_color(paint, w, look);
    int side = icon_side(desk, theme_is_large(paint->theme)), gap = desk ? 8 : 16;
    if (is_on_brand(d->look)) {
        side = d->icon_right ? side : 50;
        gap = 26;
    }
    bool has_icon = d->icon != ICON_NONE || (w->state & WIDGET_BUSY);
    int text = widget_draw_width(paint, d->type, w->label),
        line = widget_draw_width(paint, d->line_type, d->line);
    int words = text > line ? text : line, width = words;
    int hint = d->hint ? widget_draw_width(paint, THEME_TYPE_DESK_HINT, d->hint) + gap : 0;
    width += (has_icon ? side + gap : 0) + (d->icon_right ? side + gap : 0) + hint;
    struct rect r = w->rect;
    int room = r.w - (desk ? 8 : 24);
    if (width > room) { /* the label is cut, never the icons */
        words -= width - room;
        width = room;
    }
    int x = d->align_left ? r.x + (d->look == WIDGET_BUTTON_GHOST ? 0
                                   : desk                         ? 12
                                                                  : 28)
                          : r.x + (r.w - width) / 2;
    if (has_icon) {
        paint_icon(paint, w, rect_make(x, r.y, side, r.h), d->icon, side, color);
        x += side + gap;
    }
    paint_words(paint, w, d, rect_make(x, r.y, words, r.h),
                has_icon || d->align_left ? WIDGET_LEFT : WIDGET_CENTER);
    x += words + gap;
    if (d->icon_right) {
        paint_icon_right(paint, rect_make(x, r.y, side, r.h), d, side, color);
        x += side + gap;
    }
    if (d->hint)
        widget_draw_text(paint, rect_make(x, r.y, hint, r.h), THEME_TYPE_DESK_HINT, WIDGET_LEFT, d->hint,
                         color);
}
