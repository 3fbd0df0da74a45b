#include "kiosk/ui/keyboard_layout.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"

static const struct {
    const char *code, *id, *words, *narrow;
    enum icon icon;
} functions[KEYBOARD_FUNCTION_COUNT] = {
    [KEYBOARD_FUNCTION_GAP] = {.code = "GAP"},
#define KEYBOARD_FUNCTION(code, id, words, short_words, icon)                                                \
    [KEYBOARD_FUNCTION_##code] = {#code, id, words, short_words, ICON_##icon},
#include "kiosk/ui/keyboard_functions.def"
#undef KEYBOARD_FUNCTION
};

/* One row as words: a text to type, or <FUNCTION> or <FUNCTION:weight>; 4 is a letter's weight.
 * Landscape rows weigh 46, portrait rows 40, pads 20 and 16. */
struct rows {
    const char *landscape[KEYBOARD_ROWS];
    const char *portrait[KEYBOARD_ROWS];
};

static const struct rows pages[KEYBOARD_PAGE_COUNT] = {
    [KEYBOARD_PAGE_PINYIN] = {{"", "q w e r t y u i o p <BACKSPACE:6>", "<GAP:2> a s d f g h j k l <CLEAR:8>",
                               "<SHIFT:6> z x c v b n m ， 。 ？",
                               "<SYMBOLS:6> <LANGUAGE:6> <SPACE:14> <CALL:6> <HIDE:6> <NEXT:8>"},
                              {"", "q w e r t y u i o p", "<GAP:2> a s d f g h j k l <GAP:2>",
                               "<SHIFT:6> z x c v b n m <BACKSPACE:6>",
                               "<SYMBOLS:5> <LANGUAGE:6> ， <SPACE:13> 。 <NEXT:8>"}},
    [KEYBOARD_PAGE_ENGLISH] = {{"1 2 3 4 5 6 7 8 9 0 <GAP:6>", "q w e r t y u i o p <BACKSPACE:6>",
                                "<GAP:2> a s d f g h j k l <CLEAR:8>", "<SHIFT:6> z x c v b n m , . -",
                                "<SYMBOLS:6> <LANGUAGE:6> <SPACE:14> <CALL:6> <HIDE:6> <NEXT:8>"},
                               {"1 2 3 4 5 6 7 8 9 0", "q w e r t y u i o p",
                                "<GAP:2> a s d f g h j k l <GAP:2>", "<SHIFT:6> z x c v b n m <BACKSPACE:6>",
                                "<SYMBOLS:5> <LANGUAGE:6> , <SPACE:13> . <NEXT:8>"}},
    [KEYBOARD_PAGE_LATIN] = {{"1 2 3 4 5 6 7 8 9 0 <GAP:6>", "q w e r t y u i o p <BACKSPACE:6>",
                              "<GAP:2> a s d f g h j k l <CLEAR:8>", "<SHIFT:6> z x c v b n m - _ .",
                              "<SYMBOLS:8> <SPACE:18> <CALL:6> <HIDE:6> <NEXT:8>"},
                             {"1 2 3 4 5 6 7 8 9 0", "q w e r t y u i o p",
                              "<GAP:2> a s d f g h j k l <GAP:2>", "<SHIFT:6> z x c v b n m <BACKSPACE:6>",
                              "<SYMBOLS:6> - _ <SPACE:14> . <NEXT:8>"}},
    [KEYBOARD_PAGE_CAPITALS] = {{"1 2 3 4 5 6 7 8 9 0 <GAP:6>", "Q W E R T Y U I O P <BACKSPACE:6>",
                                 "<GAP:2> A S D F G H J K L <CLEAR:8>", "<GAP:6> Z X C V B N M <GAP:12>",
                                 "<GAP:26> <CALL:6> <HIDE:6> <NEXT:8>"},
                                {"1 2 3 4 5 6 7 8 9 0", "Q W E R T Y U I O P",
                                 "<GAP:2> A S D F G H J K L <GAP:2>", "<GAP:6> Z X C V B N M <BACKSPACE:6>",
                                 "<GAP:32> <NEXT:8>"}},
    [KEYBOARD_PAGE_EMAIL] = {{"1 2 3 4 5 6 7 8 9 0 <GAP:6>", "q w e r t y u i o p <BACKSPACE:6>",
                              "<GAP:2> a s d f g h j k l <CLEAR:8>", "<SHIFT:6> z x c v b n m - _ .",
                              "<SYMBOLS:6> @ .com .cn qq 163 <CALL:6> <HIDE:6> <NEXT:8>"},
                             {"1 2 3 4 5 6 7 8 9 0", "q w e r t y u i o p",
                              "<GAP:2> a s d f g h j k l <GAP:2>", "<SHIFT:6> z x c v b n m <BACKSPACE:6>",
                              "<SYMBOLS:6> @ .com .cn . - _ <NEXT:10>"}},
    [KEYBOARD_PAGE_SYMBOLS] = {{"1 2 3 4 5 6 7 8 9 0 <GAP:6>", "（ ） 《 》 “ ” 、 ， 。 ； <BACKSPACE:6>",
                                "<GAP:2> - / # @ _ . , + & <CLEAR:8>",
                                "<GAP:2> ： ？ ！ · — … ( ) % * <GAP:4>",
                                "<LETTERS:12> <SPACE:14> <CALL:6> <HIDE:6> <NEXT:8>"},
                               {"1 2 3 4 5 6 7 8 9 0", "（ ） 《 》 “ ” 、 ， 。 ；", "- / # @ _ . , + & %",
                                "： ？ ！ · — … ( ) <BACKSPACE:8>", "<LETTERS:11> <SPACE:21> <NEXT:8>"}},
    [KEYBOARD_PAGE_MARKS] = {{"1 2 3 4 5 6 7 8 9 0 <GAP:6>", "@ # $ % & * ( ) [ ] <BACKSPACE:6>",
                              "<GAP:2> - / _ . , + = : ; <CLEAR:8>", "<GAP:2> ! ? ' \" ^ ~ | ` { } <GAP:4>",
                              "<LETTERS:12> < > \\ <GAP:2> <CALL:6> <HIDE:6> <NEXT:8>"},
                             {"1 2 3 4 5 6 7 8 9 0", "@ # $ % & * ( ) [ ]", "- / _ . , + = : ; !",
                              "? ' \" ^ ~ | { } <BACKSPACE:8>", "<LETTERS:11> < > \\ ` <GAP:5> <NEXT:8>"}},
    [KEYBOARD_PAGE_DIGITS] = {{"", "<CALL> 1 2 3 <BACKSPACE>", "<HIDE> 4 5 6 <CLEAR>", "<GAP> 7 8 9 <GAP>",
                               "<GAP> <GAP> 0 <GAP> <NEXT>"},
                              {"", "1 2 3 <BACKSPACE>", "4 5 6 <GAP>", "7 8 9 <GAP>",
                               "<GAP> 0 <GAP> <NEXT>"}},
    [KEYBOARD_PAGE_PHONE] = {{"", "<CALL> 1 2 3 <BACKSPACE>", "<HIDE> 4 5 6 <CLEAR>", "<GAP> 7 8 9 <GAP>",
                              "<GAP> - 0 + <NEXT>"},
                             {"", "1 2 3 <BACKSPACE>", "4 5 6 <GAP>", "7 8 9 <GAP>", "- 0 + <NEXT>"}},
    [KEYBOARD_PAGE_ID] = {{"", "<CALL> 1 2 3 <BACKSPACE>", "<HIDE> 4 5 6 <CLEAR>", "<GAP> 7 8 9 <GAP>",
                           "<GAP> X 0 <GAP> <NEXT>"},
                          {"", "1 2 3 <BACKSPACE>", "4 5 6 <GAP>", "7 8 9 <GAP>", "X 0 <GAP> <NEXT>"}},
};

enum keyboard_page keyboard_layout_first(enum text_edit_input input)
{
    switch (input) {
    case TEXT_EDIT_CHINESE:
    case TEXT_EDIT_NAME:
        return KEYBOARD_PAGE_PINYIN;
    case TEXT_EDIT_LATIN:
        return KEYBOARD_PAGE_LATIN;
    case TEXT_EDIT_CREDIT:
        return KEYBOARD_PAGE_CAPITALS;
    case TEXT_EDIT_ID:
        return KEYBOARD_PAGE_ID;
    case TEXT_EDIT_DIGITS:
        return KEYBOARD_PAGE_DIGITS;
    case TEXT_EDIT_PHONE:
        return KEYBOARD_PAGE_PHONE;
    case TEXT_EDIT_EMAIL:
        return KEYBOARD_PAGE_EMAIL;
    }
    return KEYBOARD_PAGE_LATIN;
}

enum keyboard_page keyboard_layout_symbols(enum keyboard_page page)
{
    if (page == KEYBOARD_PAGE_PINYIN || page == KEYBOARD_PAGE_ENGLISH)
        return KEYBOARD_PAGE_SYMBOLS;
    if (page == KEYBOARD_PAGE_LATIN || page == KEYBOARD_PAGE_EMAIL)
        return KEYBOARD_PAGE_MARKS;
    return page;
}

bool keyboard_layout_is_pad(enum keyboard_page page)
{
    return page == KEYBOARD_PAGE_DIGITS || page == KEYBOARD_PAGE_PHONE || page == KEYBOARD_PAGE_ID;
}

void keyboard_layout_id(const char *text, char id[KEYBOARD_KEY_ID_BYTES])
{
    const char *at = text;
    uint32_t first = text_next(&at);
    if (text[0] == '.' && text[1])
        snprintf(id, KEYBOARD_KEY_ID_BYTES, "key.%s", text + 1);
    else if (first < 0x80 && isalnum((int)first))
        snprintf(id, KEYBOARD_KEY_ID_BYTES, "key.%c%s", tolower((int)first), at);
    else
        snprintf(id, KEYBOARD_KEY_ID_BYTES, "key.u%04x", (unsigned)first);
}

enum keyboard_function keyboard_layout_function(const char *id)
{
    for (int i = KEYBOARD_FUNCTION_GAP + 1; i < KEYBOARD_FUNCTION_COUNT; i++)
        if (strcmp(functions[i].id, id) == 0)
            return (enum keyboard_function)i;
    return KEYBOARD_FUNCTION_TYPE;
}

const char *keyboard_layout_function_id(enum keyboard_function function)
{
    return functions[function].id;
}

const char *keyboard_layout_function_words(enum keyboard_function function, bool narrow)
{
    return narrow ? functions[function].narrow : functions[function].words;
}

enum icon keyboard_layout_function_icon(enum keyboard_function function)
{
    return functions[function].icon;
}

static struct keyboard_key function_key(const char *word, size_t length)
{
    struct keyboard_key key = {.function = KEYBOARD_FUNCTION_GAP, .weight = 4};
    const char *colon = memchr(word, ':', length);
    size_t name = colon ? (size_t)(colon - word) : length;
    if (colon)
        sscanf(colon + 1, "%d", &key.weight);
    for (int i = KEYBOARD_FUNCTION_GAP; i < KEYBOARD_FUNCTION_COUNT; i++)
        if (strlen(functions[i].code) == name && memcmp(functions[i].code, word, name) == 0) {
            key.function = (enum keyboard_function)i;
            if (functions[i].id)
                (void)text_copy(key.id, sizeof key.id, functions[i].id);
        }
    return key;
}

static struct keyboard_key typing_key(const char *word, size_t length)
{
    struct keyboard_key key = {.function = KEYBOARD_FUNCTION_TYPE, .weight = 4};
    check(length < sizeof key.text);
    memcpy(key.text, word, length);
    keyboard_layout_id(key.text, key.id);
    return key;
}

void keyboard_layout_row(enum keyboard_page page, bool portrait, int row, struct keyboard_row *out)
{
    check((unsigned)page < KEYBOARD_PAGE_COUNT && row >= 0 && row < KEYBOARD_ROWS);
    const char *at = portrait ? pages[page].portrait[row] : pages[page].landscape[row];
    memset(out, 0, sizeof *out);
    while (*at) {
        size_t length = strcspn(at, " ");
        bool function = length > 2 && at[0] == '<';
        check(out->count < KEYBOARD_ROW_KEYS);
        out->keys[out->count] = function ? function_key(at + 1, length - 2) : typing_key(at, length);
        out->weight += out->keys[out->count++].weight;
        at += length;
        at += *at == ' ';
    }
}
