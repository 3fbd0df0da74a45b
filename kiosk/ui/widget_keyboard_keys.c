#include "kiosk/ui/widget_keyboard_keys.h"

#include <ctype.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"

/* Base px of design 3.1 and 3.2. */
enum {
    TRAY_Y = 552,
    BAR_Y = 568,
    BAR_H = 96,
    KEYS_Y = 676,
    KEY_H = 90,
    MARGIN = 64,
    TRAY_Y_UPRIGHT = 1118,
    INFO_Y_UPRIGHT = 1136,
    INFO_H_UPRIGHT = 88,
    BAR_Y_UPRIGHT = 1240,
    BAR_H_UPRIGHT = 104,
    KEYS_Y_UPRIGHT = 1364,
    KEY_H_UPRIGHT = 116,
    MARGIN_UPRIGHT = 24,
    GAP = 10,
    INFO_GAP = 12,
    NARROW = 190, /* keys with short words */
    LETTER_PX = 40,
    DIGIT_PX = 52,
    WORD_PX = 34, /* .com */
    WORD_NARROW_PX = 24,
    SPACE_PX = 40,
    NEXT_PX = 30, /* and what stands above upright */
    FUNCTION_PX = 28,
};

struct rect widget_keyboard_keys_area(const struct ui *ui)
{
    int top = ui_is_portrait(ui) ? TRAY_Y_UPRIGHT : TRAY_Y;
    return rect_make(0, top, ui->layout.width, ui->layout.height - top);
}

struct rect widget_keyboard_keys_bar(const struct ui *ui)
{
    bool upright = ui_is_portrait(ui);
    int margin = upright ? MARGIN_UPRIGHT : MARGIN;
    return rect_make(margin, upright ? BAR_Y_UPRIGHT : BAR_Y, ui->layout.width - 2 * margin,
                     upright ? BAR_H_UPRIGHT : BAR_H);
}

static void paint_tray(struct widget_paint *paint, const struct widget *w)
{
    widget_draw_fill(paint, w->rect, THEME_COLOR_KEYBG);
    widget_draw_fill(paint, rect_make(w->rect.x, w->rect.y, w->rect.w, 2), THEME_COLOR_LINE300);
}

void widget_keyboard_keys_tray(struct ui *ui, struct rect area)
{
    (void)widget_custom(ui, area, "", "", paint_tray);
}

void widget_keyboard_keys_cased(const struct widget_keyboard_keys *keys, const char *text,
                                char out[KEYBOARD_KEY_TEXT_BYTES])
{
    (void)text_copy(out, KEYBOARD_KEY_TEXT_BYTES, text);
    if (keys->shift != WIDGET_KEYBOARD_SHIFT_OFF && text[0] && !text[1])
        out[0] = (char)toupper((unsigned char)out[0]);
}

/* --- one key -------------------------------------------------------------------------------------------- */

static void add_typing(const struct widget_keyboard_keys *keys, struct ui *ui, struct rect at,
                       const struct keyboard_key *key)
{
    char label[KEYBOARD_KEY_TEXT_BYTES];
    bool pad = keyboard_layout_is_pad(keys->page), single = text_length(key->text) == 1;
    widget_keyboard_keys_cased(keys, key->text, label);
    bool mark = !pad && single && !isalnum((unsigned char)key->text[0]) && keys->page == keys->letters;
    int px = !single ? (at.w >= 140 ? WORD_PX : WORD_NARROW_PX) : pad ? DIGIT_PX : LETTER_PX;
    (void)widget_keypad_key(
        ui, at,
        &(struct widget_keypad_key){.id = key->id,
                                    .label = label,
                                    .look = mark ? WIDGET_KEYPAD_FUNCTION : WIDGET_KEYPAD_PLAIN,
                                    .text_px = theme_px(ui->theme, px),
                                    .secret = keys->secret});
}

static int function_px(enum keyboard_function function, bool stands_above)
{
    return function == KEYBOARD_FUNCTION_SPACE                  ? SPACE_PX
           : function == KEYBOARD_FUNCTION_NEXT || stands_above ? NEXT_PX
                                                                : FUNCTION_PX;
}

static enum widget_keypad_look function_look(enum keyboard_function function, bool stands_above)
{
    return stands_above                          ? WIDGET_KEYPAD_FLAT
           : function == KEYBOARD_FUNCTION_NEXT  ? WIDGET_KEYPAD_PRIMARY
           : function == KEYBOARD_FUNCTION_SPACE ? WIDGET_KEYPAD_PLAIN
                                                 : WIDGET_KEYPAD_FUNCTION;
}

static void add_function(const struct widget_keyboard_keys *keys, struct ui *ui, struct rect at,
                         enum keyboard_function function)
{
    if (function == KEYBOARD_FUNCTION_CLEAR && keys->offers_undo)
        function = KEYBOARD_FUNCTION_UNDO;
    bool above = at.y + at.h <= widget_keyboard_keys_bar(ui).y; /* upright */
    bool hide = function == KEYBOARD_FUNCTION_HIDE, shift = function == KEYBOARD_FUNCTION_SHIFT;
    struct widget *w = widget_keypad_key(
        ui, at,
        &(struct widget_keypad_key){
            .id = keyboard_layout_function_id(function),
            .label = keyboard_layout_function_words(function, at.w < NARROW || (hide && !above)),
            .icon = keyboard_layout_function_icon(function),
            .icon_and_label = !shift && function != KEYBOARD_FUNCTION_BACKSPACE,
            .look = function_look(function, above),
            .text_px = theme_px(ui->theme, function_px(function, above)),
            .disabled = (function == KEYBOARD_FUNCTION_LANGUAGE && !keys->has_pinyin) ||
                        (function == KEYBOARD_FUNCTION_WRITE && keys->lacks_writing),
            .selected = shift && keys->shift != WIDGET_KEYBOARD_SHIFT_OFF,
            .repeat = function == KEYBOARD_FUNCTION_BACKSPACE});
    if (hide)
        w->state |= WIDGET_WAY_OUT;
    if (shift)
        widget_mix(w, (int64_t)keys->shift);
}

/* --- rows ----------------------------------------------------------------------------------------------- */

static void add_key(const struct widget_keyboard_keys *keys, struct ui *ui, struct rect at,
                    const struct keyboard_key *key)
{
    if (key->function == KEYBOARD_FUNCTION_TYPE)
        add_typing(keys, ui, at, key);
    else if (key->function != KEYBOARD_FUNCTION_GAP && key->function != KEYBOARD_FUNCTION_PAD)
        add_function(keys, ui, at, key->function);
}

/* Where the key stands in its row, behind keys that weigh `before`. */
static struct rect place_key(const struct keyboard_row *row, struct rect rect, int index, int before)
{
    int width = rect.w - (row->count - 1) * GAP;
    int left = before * width / row->weight, right = (before + row->keys[index].weight) * width / row->weight;
    return rect_make(rect.x + left + index * GAP, rect.y, right - left, rect.h);
}

static struct rect place_row(const struct ui *ui, int index)
{
    bool upright = ui_is_portrait(ui);
    int top = upright ? KEYS_Y_UPRIGHT : KEYS_Y, height = upright ? KEY_H_UPRIGHT : KEY_H;
    struct rect bar = widget_keyboard_keys_bar(ui);
    return rect_make(bar.x, top + (index - 1) * (height + GAP), bar.w, height);
}

struct rect widget_keyboard_keys_pad(const struct ui *ui)
{
    struct keyboard_row row;
    keyboard_layout_row(KEYBOARD_PAGE_WRITING, ui_is_portrait(ui), 1, &row);
    struct rect pad = place_key(&row, place_row(ui, 1), 0, 0), last = place_row(ui, KEYBOARD_ROWS - 2);
    pad.h = last.y + last.h - pad.y;
    return pad;
}

static void add_row(const struct widget_keyboard_keys *keys, struct ui *ui, struct rect rect, int index)
{
    struct keyboard_row row;
    keyboard_layout_row(keys->page, ui_is_portrait(ui), index, &row);
    for (int i = 0, before = 0; i < row.count; before += row.keys[i++].weight) {
        const struct keyboard_key *key = &row.keys[i];
        struct rect at = place_key(&row, rect, i, before);
        if (keyboard_layout_is_pad(keys->page) && key->function == KEYBOARD_FUNCTION_NEXT)
            at = rect_make(at.x, at.y - at.h - GAP, at.w, 2 * at.h + GAP);
        add_key(keys, ui, at, key);
    }
}

static void paint_info(struct widget_paint *paint, const struct widget *w)
{
    struct theme_text text = {theme_px(paint->theme, NEXT_PX), THEME_WEIGHT_MEDIUM, 0};
    widget_paint_text(paint, w->rect, text, WIDGET_LEFT, w->label,
                      widget_paint_color(paint, THEME_COLOR_INK700));
}

/* Upright: which group is being filled, and what the narrow rows have no room for. */
static void add_info(const struct widget_keyboard_keys *keys, struct ui *ui, struct rect rect)
{
    bool large = theme_is_large(ui->theme);
    const struct widget *field = widget_find(ui->building, ui->focused);
    const char *words = ui->group[0] ? ui->group : field ? field->label : "";
    add_function(keys, ui, rect_cut_right(&rect, large ? 184 : 234), KEYBOARD_FUNCTION_HIDE);
    (void)rect_cut_right(&rect, INFO_GAP);
    add_function(keys, ui, rect_cut_right(&rect, large ? 184 : 176), KEYBOARD_FUNCTION_CALL);
    (void)rect_cut_right(&rect, INFO_GAP);
    if (!keyboard_layout_is_pad(keys->page)) {
        add_function(keys, ui, rect_cut_right(&rect, 132), KEYBOARD_FUNCTION_CLEAR);
        (void)rect_cut_right(&rect, INFO_GAP);
    }
    (void)widget_custom(ui, rect_make(rect.x + 16, rect.y, rect.w - 16, rect.h), "", words, paint_info);
}

void widget_keyboard_keys_build(const struct widget_keyboard_keys *keys, struct ui *ui)
{
    bool pad = keyboard_layout_is_pad(keys->page);
    struct rect bar = widget_keyboard_keys_bar(ui), whole = bar, last = place_row(ui, KEYBOARD_ROWS - 1);
    whole.h = last.y + last.h - bar.y;
    if (ui_is_portrait(ui))
        add_info(keys, ui, rect_make(bar.x, INFO_Y_UPRIGHT, bar.w, INFO_H_UPRIGHT));
    add_row(keys, ui, bar, 0);
    for (int i = 1; i < KEYBOARD_ROWS; i++)
        add_row(keys, ui, pad ? rect_row(whole, i - 1, KEYBOARD_ROWS - 1, GAP) : place_row(ui, i), i);
}
