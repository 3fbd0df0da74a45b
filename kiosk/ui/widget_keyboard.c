#include "kiosk/ui/widget_keyboard.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"
#include "kiosk/input/pinyin.h"
#include "kiosk/ui/keyboard_layout.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_keyboard_bar.h"

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
    LETTER_PX = 40,
    DIGIT_PX = 52,
    FUNCTION_PX = 28,
    LARGE_FUNCTION_PX = 32, /* 空格, 下一项 */
    WORD_KEY_PX = 24,       /* .com */
};

static const char hint_text[] = "打拼音，再点选汉字；数字和标点按 123";
static const char hint_name[] = "打姓名的拼音，先选姓，再选名";

enum shift { SHIFT_OFF, SHIFT_ONCE, SHIFT_LOCKED };

struct widget_keyboard {
    struct ui_overlay overlay;
    char *assets;
    struct pinyin *pinyin; /* NULL before the first Chinese field, and without data */
    bool pinyin_tried;
    struct widget_keyboard_bar bar;
    struct text_edit *edit;           /* of the focused field; NULL: closed */
    enum keyboard_page page, letters; /* letters: where 返回字母 leads */
    enum shift shift;
    char cleared[LIMIT_FIELD_BYTES + 1]; /* what 撤销 brings back */
    bool offers_undo;
};

/* --- state ---------------------------------------------------------------------------------------------- */

static void drop_undo(struct widget_keyboard *k)
{
    secret_wipe_bytes(k->cleared, sizeof k->cleared);
    k->offers_undo = false;
}

static void forget(void *context)
{
    struct widget_keyboard *k = context;
    drop_undo(k);
    k->shift = SHIFT_OFF;
    widget_keyboard_bar_reset(&k->bar);
    if (k->pinyin)
        pinyin_forget(k->pinyin);
}

/* At the first Chinese field and not before: most screens have none. */
static void open_pinyin(struct widget_keyboard *k)
{
    char data[512], surnames[512];
    struct failure failure = {0};
    if (k->pinyin_tried)
        return;
    k->pinyin_tried = true;
    snprintf(data, sizeof data, "%s/rime/build", k->assets);
    snprintf(surnames, sizeof surnames, "%s/rime/surnames.txt", k->assets);
    enum status status = pinyin_open(data, surnames, &k->pinyin, &failure);
    if (status != STATUS_OK)
        log_failure("keyboard", "Chinese cannot be typed on the screen", status, &failure);
}

static bool is_composing(const struct widget_keyboard *k)
{
    return k->pinyin && pinyin_is_composing(k->pinyin);
}

static void focus(void *context, struct ui *ui, struct text_edit *edit)
{
    struct widget_keyboard *k = context;
    (void)ui;
    forget(k);
    k->edit = edit;
    if (!edit)
        return;
    k->page = keyboard_layout_first(edit->input);
    if (k->page == KEYBOARD_PAGE_PINYIN)
        open_pinyin(k);
    if (k->page == KEYBOARD_PAGE_PINYIN && !k->pinyin)
        k->page = KEYBOARD_PAGE_ENGLISH;
    k->letters = k->page;
}

static struct rect area(void *context, const struct ui *ui)
{
    const struct widget_keyboard *k = context;
    int top = ui_is_portrait(ui) ? TRAY_Y_UPRIGHT : TRAY_Y;
    if (!k->edit)
        return (struct rect){0};
    return rect_make(0, top, ui->layout.width, ui->layout.height - top);
}

/* --- building ------------------------------------------------------------------------------------------- */

static void paint_tray(struct widget_paint *paint, const struct widget *w)
{
    widget_draw_fill(paint, w->rect, THEME_COLOR_KEYBG);
    widget_draw_fill(paint, rect_make(w->rect.x, w->rect.y, w->rect.w, 2), THEME_COLOR_LINE300);
}

/* Where candidates stand, or the row of digits. */
static struct rect bar_rect(const struct ui *ui)
{
    bool upright = ui_is_portrait(ui);
    int margin = upright ? MARGIN_UPRIGHT : MARGIN;
    return rect_make(margin, upright ? BAR_Y_UPRIGHT : BAR_Y, ui->layout.width - 2 * margin,
                     upright ? BAR_H_UPRIGHT : BAR_H);
}

/* What a key shows: a letter as shift makes it. */
static void cased(const struct widget_keyboard *k, const char *text, char out[KEYBOARD_KEY_TEXT_BYTES])
{
    (void)text_copy(out, KEYBOARD_KEY_TEXT_BYTES, text);
    if (k->shift != SHIFT_OFF && text[0] && !text[1])
        out[0] = (char)toupper((unsigned char)out[0]);
}

static void add_typing(const struct widget_keyboard *k, struct ui *ui, struct rect at,
                       const struct keyboard_key *key)
{
    char label[KEYBOARD_KEY_TEXT_BYTES];
    bool pad = keyboard_layout_is_pad(k->page), single = text_length(key->text) == 1;
    cased(k, key->text, label);
    bool mark = !pad && single && !isalnum((unsigned char)key->text[0]) && k->page == k->letters;
    int px = !single ? (at.w >= 140 ? LETTER_PX - 6 : WORD_KEY_PX) : pad ? DIGIT_PX : LETTER_PX;
    (void)widget_keypad_key(
        ui, at,
        &(struct widget_keypad_key){.id = key->id,
                                    .label = label,
                                    .look = mark ? WIDGET_KEYPAD_FUNCTION : WIDGET_KEYPAD_PLAIN,
                                    .text_px = theme_px(ui->theme, px),
                                    .secret = k->edit->secret});
}

static void add_function(const struct widget_keyboard *k, struct ui *ui, struct rect at,
                         enum keyboard_function function)
{
    if (function == KEYBOARD_FUNCTION_CLEAR && k->offers_undo)
        function = KEYBOARD_FUNCTION_UNDO;
    bool stands_above = at.y + at.h <= bar_rect(ui).y; /* portrait */
    bool large = function == KEYBOARD_FUNCTION_NEXT || function == KEYBOARD_FUNCTION_SPACE;
    bool icon_only = function == KEYBOARD_FUNCTION_SHIFT || function == KEYBOARD_FUNCTION_BACKSPACE;
    enum widget_keypad_look look = function == KEYBOARD_FUNCTION_NEXT ? WIDGET_KEYPAD_PRIMARY
                                   : function == KEYBOARD_FUNCTION_SPACE || stands_above
                                       ? WIDGET_KEYPAD_PLAIN
                                       : WIDGET_KEYPAD_FUNCTION;
    struct widget *w = widget_keypad_key(
        ui, at,
        &(struct widget_keypad_key){.id = keyboard_layout_function_id(function),
                                    .label = keyboard_layout_function_words(function, at.w < 190),
                                    .icon = keyboard_layout_function_icon(function),
                                    .icon_and_label = !icon_only,
                                    .look = look,
                                    .text_px = theme_px(ui->theme, large ? LARGE_FUNCTION_PX : FUNCTION_PX),
                                    .disabled = function == KEYBOARD_FUNCTION_LANGUAGE && !k->pinyin,
                                    .selected = function == KEYBOARD_FUNCTION_SHIFT && k->shift != SHIFT_OFF,
                                    .repeat = function == KEYBOARD_FUNCTION_BACKSPACE});
    if (function == KEYBOARD_FUNCTION_HIDE)
        w->state |= WIDGET_WAY_OUT;
    if (function == KEYBOARD_FUNCTION_SHIFT)
        widget_mix(w, (int64_t)k->shift);
}

static void add_row(const struct widget_keyboard *k, struct ui *ui, struct rect rect, int index)
{
    struct keyboard_row row;
    keyboard_layout_row(k->page, ui_is_portrait(ui), index, &row);
    for (int i = 0, before = 0; i < row.count; before += row.keys[i++].weight) {
        const struct keyboard_key *key = &row.keys[i];
        int left = before * (rect.w + GAP) / row.weight;
        int right = (before + key->weight) * (rect.w + GAP) / row.weight - GAP;
        struct rect at = rect_make(rect.x + left, rect.y, right - left, rect.h);
        if (key->function == KEYBOARD_FUNCTION_TYPE)
            add_typing(k, ui, at, key);
        else if (key->function != KEYBOARD_FUNCTION_GAP)
            add_function(k, ui, at, key->function);
    }
}

/* Portrait: which field is being filled, and what the narrow rows have no room for. */
static void add_info(const struct widget_keyboard *k, struct ui *ui, struct rect rect)
{
    static const enum keyboard_function keys[] = {KEYBOARD_FUNCTION_HIDE, KEYBOARD_FUNCTION_CALL,
                                                  KEYBOARD_FUNCTION_CLEAR};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        add_function(k, ui, rect_cut_right(&rect, 188), keys[i]);
        (void)rect_cut_right(&rect, GAP);
    }
    const struct widget *field = widget_find(ui->building, ui->focused);
    if (field)
        (void)widget_label(
            ui, rect_inset(rect, 16, 0),
            &(struct widget_label){.text = field->label, .type = THEME_TYPE_BODY_STRONG, .middle = true});
}

static void build(void *context, struct ui *ui)
{
    const struct widget_keyboard *k = context;
    bool upright = ui_is_portrait(ui), pad = keyboard_layout_is_pad(k->page);
    int keys = upright ? KEYS_Y_UPRIGHT : KEYS_Y, height = upright ? KEY_H_UPRIGHT : KEY_H;
    struct rect tray = area(context, ui), bar = bar_rect(ui), wide = bar;
    (void)widget_custom(ui, tray, "", "", paint_tray);
    if (upright)
        add_info(k, ui, rect_make(bar.x, INFO_Y_UPRIGHT, bar.w, INFO_H_UPRIGHT));
    if (pad)
        wide.h = keys + 4 * height + 3 * GAP - bar.y;
    else if (k->page == KEYBOARD_PAGE_PINYIN)
        widget_keyboard_bar_build(&k->bar, ui, bar, k->pinyin,
                                  k->edit->input == TEXT_EDIT_NAME ? hint_name : hint_text);
    else
        add_row(k, ui, bar, 0);
    for (int i = 1; i < KEYBOARD_ROWS; i++)
        add_row(k, ui,
                pad ? rect_row(wide, i - 1, KEYBOARD_ROWS - 1, GAP)
                    : rect_make(wide.x, keys + (i - 1) * (height + GAP), wide.w, height),
                i);
}

/* --- events --------------------------------------------------------------------------------------------- */

/* What is composed has changed: the field shows it, as much of its end as it holds. */
static void show_composition(struct widget_keyboard *k, struct ui *ui)
{
    const char *preedit = pinyin_preedit(k->pinyin);
    widget_keyboard_bar_reset(&k->bar);
    while (strlen(preedit) >= TEXT_EDIT_PREEDIT_BYTES)
        (void)text_next(&preedit);
    ui_type_preedit(ui, preedit);
}

static void select_candidate(struct widget_keyboard *k, struct ui *ui, size_t index)
{
    char text[PINYIN_TEXT_BYTES];
    if (pinyin_select(k->pinyin, index, text) != STATUS_OK)
        return;
    show_composition(k, ui);
    if (text[0])
        ui_type(ui, text);
    secret_wipe_bytes(text, sizeof text);
}

/* The letters stand as they are. */
static void take_letters(struct widget_keyboard *k, struct ui *ui)
{
    char letters[PINYIN_LETTERS_MAX + 1];
    if (!is_composing(k))
        return;
    (void)text_copy(letters, sizeof letters, pinyin_letters(k->pinyin));
    pinyin_forget(k->pinyin);
    show_composition(k, ui);
    ui_type(ui, letters);
    secret_wipe_bytes(letters, sizeof letters);
}

/* Nobody will choose any more: the first candidates are taken; letters that are no pinyin stay letters. */
static void take_first(struct widget_keyboard *k, struct ui *ui)
{
    for (int i = 0; i < PINYIN_LETTERS_MAX && is_composing(k) && pinyin_candidate_count(k->pinyin) > 0; i++)
        select_candidate(k, ui, 0);
    take_letters(k, ui);
}

static enum pinyin_place place(const struct text_edit *edit)
{
    if (edit->input != TEXT_EDIT_NAME)
        return PINYIN_PLACE_TEXT;
    return edit->caret == 0 ? PINYIN_PLACE_SURNAME : PINYIN_PLACE_GIVEN;
}

static void type(struct widget_keyboard *k, struct ui *ui, const char *text)
{
    char out[KEYBOARD_KEY_TEXT_BYTES];
    cased(k, text, out);
    if (k->shift == SHIFT_ONCE)
        k->shift = SHIFT_OFF;
    if (k->page == KEYBOARD_PAGE_PINYIN && islower((unsigned char)out[0])) {
        pinyin_set_place(k->pinyin, place(k->edit));
        (void)pinyin_key(k->pinyin, out[0]);
        show_composition(k, ui);
        return;
    }
    take_first(k, ui);
    ui_type(ui, out);
}

static void space(struct widget_keyboard *k, struct ui *ui)
{
    if (!is_composing(k))
        ui_type(ui, " ");
    else if (pinyin_candidate_count(k->pinyin) > 0)
        select_candidate(k, ui, widget_keyboard_bar_index(&k->bar, 1));
    else
        take_letters(k, ui);
}

static void backspace(struct widget_keyboard *k, struct ui *ui)
{
    if (is_composing(k) && pinyin_backspace(k->pinyin))
        show_composition(k, ui);
    else
        ui_type_backspace(ui);
}

static void clear(struct widget_keyboard *k, struct ui *ui)
{
    if (is_composing(k)) {
        pinyin_forget(k->pinyin);
        show_composition(k, ui);
        return;
    }
    if (k->edit->length == 0)
        return;
    if (!k->edit->secret)
        k->offers_undo = text_copy(k->cleared, sizeof k->cleared, k->edit->text);
    text_edit_wipe(k->edit);
    ui_changed(ui);
}

static void undo(struct widget_keyboard *k, struct ui *ui)
{
    if (k->offers_undo)
        text_edit_set(k->edit, k->cleared);
    drop_undo(k);
    ui_changed(ui);
}

static void toggle_language(struct widget_keyboard *k, struct ui *ui)
{
    take_letters(k, ui);
    k->page = k->page == KEYBOARD_PAGE_PINYIN ? KEYBOARD_PAGE_ENGLISH : KEYBOARD_PAGE_PINYIN;
    k->letters = k->page;
}

static void function(struct widget_keyboard *k, struct ui *ui, enum keyboard_function function)
{
    switch (function) {
    case KEYBOARD_FUNCTION_SHIFT:
        k->shift = k->shift == SHIFT_LOCKED ? SHIFT_OFF : k->shift + 1;
        break;
    case KEYBOARD_FUNCTION_SPACE:
        space(k, ui);
        break;
    case KEYBOARD_FUNCTION_BACKSPACE:
        backspace(k, ui);
        break;
    case KEYBOARD_FUNCTION_CLEAR:
        clear(k, ui);
        break;
    case KEYBOARD_FUNCTION_UNDO:
        undo(k, ui);
        break;
    case KEYBOARD_FUNCTION_SYMBOLS:
        take_first(k, ui);
        k->page = keyboard_layout_symbols(k->page);
        break;
    case KEYBOARD_FUNCTION_LETTERS:
        k->page = k->letters;
        break;
    case KEYBOARD_FUNCTION_LANGUAGE:
        toggle_language(k, ui);
        break;
    case KEYBOARD_FUNCTION_HIDE:
        take_first(k, ui);
        ui_focus(ui, NULL);
        break;
    case KEYBOARD_FUNCTION_NEXT:
        take_first(k, ui);
        ui_type_next(ui);
        break;
    case KEYBOARD_FUNCTION_TYPE:
    case KEYBOARD_FUNCTION_GAP:
    case KEYBOARD_FUNCTION_CALL:
    case KEYBOARD_FUNCTION_COUNT:
        break;
    }
}

/* The key of the page with this id; every key has its place in one row only. */
static bool find_key(const struct widget_keyboard *k, bool portrait, const char *id, struct keyboard_key *out)
{
    struct keyboard_row row;
    for (int i = 0; i < KEYBOARD_ROWS; i++) {
        keyboard_layout_row(k->page, portrait, i, &row);
        for (int j = 0; j < row.count; j++)
            if (strcmp(row.keys[j].id, id) == 0) {
                *out = row.keys[j];
                return true;
            }
    }
    return false;
}

/* A tap on the candidate bar. Returns: whether it was one. */
static bool choose(struct widget_keyboard *k, struct ui *ui, const struct ui_event *event)
{
    if (!is_composing(k) || !text_has_prefix(event->id, "candidate."))
        return false;
    bool previous = strcmp(event->id, "candidate.previous") == 0;
    if (previous || strcmp(event->id, "candidate.next") == 0)
        widget_keyboard_bar_turn(&k->bar, ui, bar_rect(ui), k->pinyin, previous);
    else
        select_candidate(k, ui, widget_keyboard_bar_index(&k->bar, (int)event->tag));
    return true;
}

static bool event(void *context, struct ui *ui, const struct ui_event *event)
{
    struct widget_keyboard *k = context;
    struct keyboard_key key;
    if (!k->edit || k->edit != ui->edit || event->kind != UI_EVENT_TAP)
        return false;
    if (choose(k, ui, event))
        return true;
    enum keyboard_function what = keyboard_layout_function(event->id);
    if (what == KEYBOARD_FUNCTION_CALL)
        return false; /* the program's */
    if (what != KEYBOARD_FUNCTION_UNDO && what != KEYBOARD_FUNCTION_CLEAR)
        drop_undo(k);
    if (what != KEYBOARD_FUNCTION_TYPE)
        function(k, ui, what);
    else if (find_key(k, ui_is_portrait(ui), event->id, &key))
        type(k, ui, key.text);
    else
        return false;
    return true;
}

/* --- making --------------------------------------------------------------------------------------------- */

struct widget_keyboard *widget_keyboard_new(const char *assets_path)
{
    struct widget_keyboard *k = calloc(1, sizeof *k);
    check(k != NULL);
    k->assets = strdup(assets_path);
    check(k->assets != NULL);
    k->overlay = (struct ui_overlay){
        .context = k, .area = area, .build = build, .event = event, .focus = focus, .forget = forget};
    return k;
}

void widget_keyboard_free(struct widget_keyboard *keyboard)
{
    if (!keyboard)
        return;
    forget(keyboard);
    pinyin_close(keyboard->pinyin);
    free(keyboard->assets);
    free(keyboard);
}

const struct ui_overlay *widget_keyboard_overlay(struct widget_keyboard *keyboard)
{
    return &keyboard->overlay;
}
