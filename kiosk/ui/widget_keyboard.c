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
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_keyboard_bar.h"
#include "kiosk/ui/widget_keyboard_keys.h"
#include "kiosk/ui/widget_keyboard_pad.h"

enum { UNDO_MS = 5000 };

struct widget_keyboard {
    struct ui_overlay overlay;
    char *assets;
    struct pinyin *pinyin; /* NULL before the first Chinese field, and without data */
    bool pinyin_tried;
    struct widget_keyboard_pad pad;
    bool writes; /* the applicant prefers the pad: the next Chinese field opens with it, too */
    struct widget_keyboard_bar bar;
    struct widget_keyboard_keys keys;
    struct text_edit *edit;              /* of the focused field; NULL: closed */
    char cleared[LIMIT_FIELD_BYTES + 1]; /* what 撤销 brings back */
};

/* --- state ---------------------------------------------------------------------------------------------- */

static void drop_undo(struct widget_keyboard *k)
{
    secret_wipe_bytes(k->cleared, sizeof k->cleared);
    k->keys.offers_undo = false;
}

static void drop_input(struct widget_keyboard *k)
{
    drop_undo(k);
    k->keys.shift = WIDGET_KEYBOARD_SHIFT_OFF;
    widget_keyboard_bar_reset(&k->bar);
    widget_keyboard_pad_forget(&k->pad);
    if (k->pinyin)
        pinyin_forget(k->pinyin);
}

static void forget(void *context)
{
    struct widget_keyboard *k = context;
    drop_input(k);
    k->writes = false;
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

static bool open_pad(struct widget_keyboard *k)
{
    char model[512];
    snprintf(model, sizeof model, "%s/handwriting.model", k->assets);
    k->keys.lacks_writing = !widget_keyboard_pad_open(&k->pad, model);
    return !k->keys.lacks_writing;
}

static void focus(void *context, struct ui *ui, struct text_edit *edit)
{
    struct widget_keyboard *k = context;
    drop_input(k);
    ui_timer_cancel(ui, UI_TIMER_OVERLAY);
    k->edit = edit;
    if (!edit)
        return;
    k->keys.page = keyboard_layout_first(edit->input);
    if (k->keys.page == KEYBOARD_PAGE_PINYIN)
        open_pinyin(k);
    if (k->keys.page == KEYBOARD_PAGE_PINYIN && !k->pinyin)
        k->keys.page = KEYBOARD_PAGE_ENGLISH;
    k->keys.letters = k->keys.page;
    if (k->keys.page == KEYBOARD_PAGE_PINYIN && k->writes && open_pad(k))
        k->keys.page = KEYBOARD_PAGE_WRITING;
    k->keys.has_pinyin = k->pinyin != NULL;
    k->keys.secret = edit->secret;
}

static struct rect area(void *context, const struct ui *ui)
{
    const struct widget_keyboard *k = context;
    return k->edit ? widget_keyboard_keys_area(ui) : (struct rect){0};
}

/* --- building ------------------------------------------------------------------------------------------- */

static const char *pinyin_word(const void *context, size_t index)
{
    return pinyin_candidate(context, index);
}

static struct widget_keyboard_words words_of(const struct widget_keyboard *k)
{
    if (k->keys.page == KEYBOARD_PAGE_WRITING)
        return widget_keyboard_pad_words(&k->pad);
    if (!is_composing(k))
        return (struct widget_keyboard_words){0};
    return (struct widget_keyboard_words){.preedit = pinyin_preedit(k->pinyin),
                                          .count = pinyin_candidate_count(k->pinyin),
                                          .word = pinyin_word,
                                          .context = k->pinyin};
}

static const char *hint(const struct widget_keyboard *k)
{
    return k->keys.page == KEYBOARD_PAGE_WRITING ? ui_word_WRITING_HINT
           : k->edit->input == TEXT_EDIT_NAME    ? ui_word_PINYIN_NAME_HINT
                                                 : ui_word_PINYIN_HINT;
}

static void build(void *context, struct ui *ui)
{
    const struct widget_keyboard *k = context;
    bool writes = k->keys.page == KEYBOARD_PAGE_WRITING;
    widget_keyboard_keys_tray(ui, area(context, ui));
    if (writes || k->keys.page == KEYBOARD_PAGE_PINYIN) {
        struct widget_keyboard_words words = words_of(k);
        widget_keyboard_bar_build(&k->bar, ui, widget_keyboard_keys_bar(ui), &words, hint(k));
    }
    if (writes)
        widget_keyboard_pad_build(&k->pad, ui, widget_keyboard_keys_pad(ui));
    widget_keyboard_keys_build(&k->keys, ui);
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

/* The candidate stands in the field, the pad is empty for the next character. */
static void select_written(struct widget_keyboard *k, struct ui *ui, size_t index)
{
    char text[HANDWRITING_TEXT_BYTES];
    struct widget_keyboard_words words = widget_keyboard_pad_words(&k->pad);
    if (index >= words.count)
        return;
    (void)text_copy(text, sizeof text, words.word(words.context, index));
    widget_keyboard_pad_forget(&k->pad);
    widget_keyboard_bar_reset(&k->bar);
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
    select_written(k, ui, 0);
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
    widget_keyboard_keys_cased(&k->keys, text, out);
    if (k->keys.shift == WIDGET_KEYBOARD_SHIFT_ONCE)
        k->keys.shift = WIDGET_KEYBOARD_SHIFT_OFF;
    if (k->keys.page == KEYBOARD_PAGE_PINYIN && islower((unsigned char)out[0])) {
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
    if (widget_keyboard_pad_is_written(&k->pad))
        select_written(k, ui, 0);
    else if (!is_composing(k))
        ui_type(ui, " ");
    else if (pinyin_candidate_count(k->pinyin) > 0)
        select_candidate(k, ui, widget_keyboard_bar_index(&k->bar, 1));
    else
        take_letters(k, ui);
}

static void backspace(struct widget_keyboard *k, struct ui *ui)
{
    if (widget_keyboard_pad_undo(&k->pad))
        widget_keyboard_bar_reset(&k->bar);
    else if (is_composing(k) && pinyin_backspace(k->pinyin))
        show_composition(k, ui);
    else
        ui_type_backspace(ui);
}

static void clear(struct widget_keyboard *k, struct ui *ui)
{
    if (widget_keyboard_pad_is_written(&k->pad)) {
        widget_keyboard_pad_forget(&k->pad);
        widget_keyboard_bar_reset(&k->bar);
        return;
    }
    if (is_composing(k)) {
        pinyin_forget(k->pinyin);
        show_composition(k, ui);
        return;
    }
    if (k->edit->length == 0)
        return;
    if (!k->edit->secret)
        k->keys.offers_undo = text_copy(k->cleared, sizeof k->cleared, k->edit->text);
    ui_timer(ui, UI_TIMER_OVERLAY, UNDO_MS);
    text_edit_wipe(k->edit);
    ui_changed(ui);
}

static void undo(struct widget_keyboard *k, struct ui *ui)
{
    if (k->keys.offers_undo)
        text_edit_set(k->edit, k->cleared);
    drop_undo(k);
    ui_changed(ui);
}

static void toggle_language(struct widget_keyboard *k, struct ui *ui)
{
    take_letters(k, ui);
    k->keys.page = k->keys.page == KEYBOARD_PAGE_PINYIN ? KEYBOARD_PAGE_ENGLISH : KEYBOARD_PAGE_PINYIN;
    k->keys.letters = k->keys.page;
}

static void turn_to_pad(struct widget_keyboard *k, struct ui *ui, bool writes)
{
    take_first(k, ui);
    widget_keyboard_bar_reset(&k->bar);
    k->writes = writes && open_pad(k);
    k->keys.page = k->writes ? KEYBOARD_PAGE_WRITING : KEYBOARD_PAGE_PINYIN;
}

static void function(struct widget_keyboard *k, struct ui *ui, enum keyboard_function function)
{
    switch (function) {
    case KEYBOARD_FUNCTION_SHIFT:
        k->keys.shift =
            k->keys.shift == WIDGET_KEYBOARD_SHIFT_LOCKED ? WIDGET_KEYBOARD_SHIFT_OFF : k->keys.shift + 1;
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
        k->keys.page = keyboard_layout_symbols(k->keys.page);
        break;
    case KEYBOARD_FUNCTION_LETTERS:
        k->keys.page = k->keys.letters;
        break;
    case KEYBOARD_FUNCTION_LANGUAGE:
        toggle_language(k, ui);
        break;
    case KEYBOARD_FUNCTION_WRITE:
    case KEYBOARD_FUNCTION_SPELL:
        turn_to_pad(k, ui, function == KEYBOARD_FUNCTION_WRITE);
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
    case KEYBOARD_FUNCTION_PAD:
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
        keyboard_layout_row(k->keys.page, portrait, i, &row);
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
    struct widget_keyboard_words words = words_of(k);
    if (words.preedit == NULL || !text_has_prefix(event->id, "candidate."))
        return false;
    bool previous = strcmp(event->id, "candidate.previous") == 0;
    size_t index = widget_keyboard_bar_index(&k->bar, (int)event->tag);
    if (previous || strcmp(event->id, "candidate.next") == 0)
        widget_keyboard_bar_turn(&k->bar, ui, widget_keyboard_keys_bar(ui), &words, previous);
    else if (k->keys.page == KEYBOARD_PAGE_WRITING)
        select_written(k, ui, index);
    else
        select_candidate(k, ui, index);
    return true;
}

static bool event(void *context, struct ui *ui, const struct ui_event *event)
{
    struct widget_keyboard *k = context;
    struct keyboard_key key;
    if (event->kind == UI_EVENT_TIMER) {
        drop_undo(k);
        return true;
    }
    if (!k->edit || k->edit != ui->edit)
        return false;
    if (widget_keyboard_pad_event(&k->pad, event)) {
        widget_keyboard_bar_reset(&k->bar);
        return true;
    }
    if (event->kind != UI_EVENT_TAP)
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
    widget_keyboard_pad_close(&keyboard->pad);
    free(keyboard->assets);
    free(keyboard);
}

const struct ui_overlay *widget_keyboard_overlay(struct widget_keyboard *keyboard)
{
    return &keyboard->overlay;
}
