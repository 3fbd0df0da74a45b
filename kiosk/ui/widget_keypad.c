#include "kiosk/ui/widget_keypad.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_draw.h"

enum { KEY_TEXT_PX = 40, PAD_TEXT_PX = 52, PAD_WORD_PX = 28, PAD_GAP = 16, ICON_GAP = 8 };

struct key_data {
    enum icon icon;
    bool icon_and_label, secret;
    enum widget_keypad_look look;
    int text_px;
};

struct widget *widget_keypad_key(struct ui *ui, struct rect rect, const struct widget_keypad_key *key)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_KEY, rect, key->id, key->label);
    struct key_data data = {.icon = key->icon,
                            .icon_and_label = key->icon_and_label,
                            .secret = key->secret,
                            .look = key->look,
                            .text_px = key->text_px ? key->text_px : KEY_TEXT_PX};
    widget->data = widget_keep_bytes(ui, widget, &data, sizeof data);
    widget_make_target(ui, widget, key->tag);
    /* Keys stand closer than a widened hit area would allow; a keyboard's own rows are the size they are. */
    widget->hit = rect;
    widget->state |= WIDGET_RAPID | (key->disabled ? WIDGET_DISABLED : 0u) |
                     (key->selected ? WIDGET_SELECTED : 0u) | (key->repeat ? WIDGET_REPEAT : 0u) |
                     (key->secret ? WIDGET_SECRET : 0u);
    return widget;
}

/* An icon without words, as large as the pictures draw each. */
static int icon_side(const struct key_data *d, int width)
{
    if (d->icon == ICON_BACKSPACE)
        return width > 200 ? 52 : 48;
    return d->look == WIDGET_KEYPAD_QUIET ? 40 : 44;
}

/* What stands on the key: an icon, words, or both side by side. */
static void paint_face(struct widget_paint *paint, const struct widget *w, uint32_t color)
{
    const struct key_data *d = w->data;
    struct theme_text type = {d->text_px, THEME_WEIGHT_MEDIUM, d->text_px};
    bool flat = d->look == WIDGET_KEYPAD_FLAT;
    int side = flat ? 36 : 40, gap = flat ? 2 * ICON_GAP : ICON_GAP;
    if (!d->icon) {
        widget_paint_text(paint, rect_inset(w->rect, 4, 0), type, WIDGET_CENTER, w->label, color);
        return;
    }
    if (!d->icon_and_label) {
        widget_paint_icon(paint, w->rect, d->icon, icon_side(d, w->rect.w), color);
        return;
    }
    int px = layout_length(paint->layout, d->text_px);
    int width =
        (int)(font_width(paint->font, px, type.weight, w->label, strlen(w->label)) / paint->layout->scale) +
        1;
    struct rect line = rect_center(w->rect, side + gap + width, w->rect.h);
    widget_paint_icon(paint, rect_cut_left(&line, side), d->icon, side, color);
    (void)rect_cut_left(&line, gap);
    widget_paint_text(paint, line, type, WIDGET_LEFT, w->label, color);
}

static enum theme_color fill_of(const struct widget *w)
{
    static const enum theme_color fills[] = {[WIDGET_KEYPAD_PLAIN] = THEME_COLOR_SURFACE,
                                             [WIDGET_KEYPAD_FUNCTION] = THEME_COLOR_KEYFN,
                                             [WIDGET_KEYPAD_PRIMARY] = THEME_COLOR_B700,
                                             [WIDGET_KEYPAD_FLAT] = THEME_COLOR_SURFACE,
                                             [WIDGET_KEYPAD_QUIET] = THEME_COLOR_SUNK};
    const struct key_data *d = w->data;
    return w->state & WIDGET_DISABLED   ? THEME_COLOR_DIS_FILL
           : w->state & WIDGET_SELECTED ? THEME_COLOR_B700
                                        : fills[d->look];
}

void widget_keypad_paint_key(struct widget_paint *paint, const struct widget *w)
{
    const struct key_data *d = w->data;
    struct rect r = w->rect;
    if (!canvas_is_visible(paint->canvas, layout_to_window(paint->layout, rect_inset(r, -4, -4))))
        return;
    bool primary = d->look == WIDGET_KEYPAD_PRIMARY, off = (w->state & WIDGET_DISABLED) != 0;
    bool pressed = (w->state & WIDGET_PRESSED) && !d->secret, chosen = (w->state & WIDGET_SELECTED) != 0;
    enum theme_color fill = fill_of(w);
    enum theme_color text = off                            ? THEME_COLOR_DIS_TEXT
                            : pressed || primary || chosen ? THEME_COLOR_ON_PRIMARY
                                                           : THEME_COLOR_INK900;
    if (d->look != WIDGET_KEYPAD_FLAT && d->look != WIDGET_KEYPAD_QUIET)
        widget_draw_round(paint, rect_make(r.x, r.y + 3, r.w, r.h), 14,
                          primary ? THEME_COLOR_B900 : THEME_COLOR_KEYEDGE);
    widget_draw_pressable(paint, w, r, 14, fill, d->secret ? fill : THEME_COLOR_PRESSED);
    if (paint->theme != THEME_STANDARD && !primary) /* white keys on a white page, black ones on black */
        widget_draw_outline(paint, r, 14, 2, THEME_COLOR_LINE500);
    paint_face(paint, w, widget_paint_color(paint, text));
}

static void add_key(struct ui *ui, const struct widget_keypad *pad, struct rect at, const char *suffix,
                    const char *label, int64_t tag, enum icon icon)
{
    char id[UI_ID_BYTES];
    snprintf(id, sizeof id, "%s.%s", pad->id, suffix);
    bool digit = icon == ICON_NONE && tag >= 0;
    struct widget_keypad_key key = {.id = id,
                                    .label = label,
                                    .icon = icon,
                                    .look = digit ? WIDGET_KEYPAD_PLAIN : WIDGET_KEYPAD_FUNCTION,
                                    .text_px = theme_px(ui->theme, digit ? PAD_TEXT_PX : PAD_WORD_PX),
                                    .disabled = pad->disabled,
                                    .repeat = icon == ICON_BACKSPACE,
                                    .secret = pad->secret,
                                    .tag = tag};
    (void)widget_keypad_key(ui, at, &key);
}

void widget_keypad(struct ui *ui, struct rect rect, const struct widget_keypad *keypad)
{
    for (int place = 0; place < 12; place++) {
        struct rect at = rect_column(rect_row(rect, place / 3, 4, PAD_GAP), place % 3, 3, PAD_GAP);
        if (place == 9) {
            if (keypad->extra)
                add_key(ui, keypad, at, "extra", keypad->extra, -1, ICON_NONE);
            continue;
        }
        if (place == 11) {
            add_key(ui, keypad, at, "backspace", ui_word_BACKSPACE, -1, ICON_BACKSPACE);
            continue;
        }
        int index = place == 10 ? 9 : place;
        int digit = keypad->order ? keypad->order[index] : place == 10 ? 0 : place + 1;
        char label[4];
        snprintf(label, sizeof label, "%d", digit % 10);
        add_key(ui, keypad, at, label, label, digit, ICON_NONE);
    }
}
