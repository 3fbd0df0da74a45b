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

/* One row as words: a text to type, or <FUNCTION> or <FUNCTION:weight>; 100 is a letter's weight. */
struct rows {
    const char *lying[KEYBOARD_ROWS];
    const char *upright[KEYBOARD_ROWS];
};

static const struct rows pages[KEYBOARD_PAGE_COUNT] = {
    [KEYBOARD_PAGE_PINYIN] =
        {{"", "q w e r t y u i o p <BACKSPACE:150>", "<GAP:45> a s d f g h j k l <CLEAR:155>",
          "<SHIFT:150> z x c v b n m ， 。 ？",
          "<SYMBOLS:135> <LANGUAGE> <SPACE:311> <WRITE:135> <CALL:135> <HIDE:135> <NEXT:180>"},
         {"", "q w e r t y u i o p", "<GAP:50> a s d f g h j k l <GAP:50>",
          "<SHIFT:150> z x c v b n m <BACKSPACE:150>",
          "<SYMBOLS:150> <LANGUAGE:150> <SPACE:320> <WRITE:200> <NEXT:180>"}},
    [KEYBOARD_PAGE_WRITING] = {{"", "<PAD:1050> <BACKSPACE:150>", "<GAP:1050> <CLEAR:150>",
                                "<GAP:1050> <SYMBOLS:150>",
                                "<SPELL:241> <SPACE:452> <CALL:135> <HIDE:135> <NEXT:180>"},
                               {"", "<PAD:890> <BACKSPACE:160>", "<GAP:890> <SYMBOLS:160>", "<GAP:1060>",
                                "<SPELL:310> <SPACE:330> ， 。 <NEXT:180>"}},
    [KEYBOARD_PAGE_ENGLISH] = {{"1 2 3 4 5 6 7 8 9 0 <GAP:150>", "q w e r t y u i o p <BACKSPACE:150>",
                                "<GAP:45> a s d f g h j k l <CLEAR:155>", "<SHIFT:150> z x c v b n m , . -",
                                "<SYMBOLS:135> <LANGUAGE> <SPACE:452> <CALL:135> <HIDE:135> <NEXT:180>"},
                               {"1 2 3 4 5 6 7 8 9 0", "q w e r t y u i o p",
                                "<GAP:50> a s d f g h j k l <GAP:50>",
                                "<SHIFT:150> z x c v b n m <BACKSPACE:150>",
                                "<SYMBOLS:150> <LANGUAGE:150> <SPACE:320> , . <NEXT:180>"}},
    [KEYBOARD_PAGE_LATIN] = {{"1 2 3 4 5 6 7 8 9 0 <GAP:150>", "q w e r t y u i o p <BACKSPACE:150>",
                              "<GAP:45> a s d f g h j k l <CLEAR:155>", "<SHIFT:150> z x c v b n m - _ .",
                              "<SYMBOLS:135> <SPACE:558> <CALL:135> <HIDE:135> <NEXT:180>"},
                             {"1 2 3 4 5 6 7 8 9 0", "q w e r t y u i o p",
                              "<GAP:50> a s d f g h j k l <GAP:50>",
                              "<SHIFT:150> z x c v b n m <BACKSPACE:150>",
                              "<SYMBOLS:150> - _ <SPACE:370> . <NEXT:180>"}},
    [KEYBOARD_PAGE_CAPITALS] = {{"1 2 3 4 5 6 7 8 9 0 <GAP:150>", "Q W E R T Y U I O P <BACKSPACE:150>",
                                 "<GAP:45> A S D F G H J K L <CLEAR:155>",
                                 "<GAP:150> Z X C V B N M <GAP> <GAP> <GAP>",
                                 "<GAP:700> <CALL:135> <HIDE:135> <NEXT:180>"},
                                {"1 2 3 4 5 6 7 8 9 0", "Q W E R T Y U I O P",
                                 "<GAP:50> A S D F G H J K L <GAP:50>",
                                 "<GAP:150> Z X C V B N M <BACKSPACE:150>", "<GAP:850> <NEXT:180>"}},
    [KEYBOARD_PAGE_EMAIL] = {{"1 2 3 4 5 6 7 8 9 0 <GAP:150>", "q w e r t y u i o p <BACKSPACE:150>",
                              "<GAP:45> a s d f g h j k l <CLEAR:155>", "<SHIFT:150> z x c v b n m - _ .",
                              "<SYMBOLS:135> @ .com .cn qq 163 <CALL:135> <HIDE:135> <NEXT:180>"},
                             {"1 2 3 4 5 6 7 8 9 0", "q w e r t y u i o p",
                              "<GAP:50> a s d f g h j k l <GAP:50>",
                              "<SHIFT:150> z x c v b n m <BACKSPACE:150>",
                              "<SYMBOLS:130> @ .com .cn . - _ <NEXT:180>"}},
    [KEYBOARD_PAGE_WEBSITE] = {{"1 2 3 4 5 6 7 8 9 0 <GAP:150>", "q w e r t y u i o p <BACKSPACE:150>",
                                "<GAP:45> a s d f g h j k l <CLEAR:155>", "<SHIFT:150> z x c v b n m - / .",
                                "<SYMBOLS:135> www. .com .cn .net 无 <CALL:135> <HIDE:135> <NEXT:180>"},
                               {"1 2 3 4 5 6 7 8 9 0", "q w e r t y u i o p",
                                "<GAP:50> a s d f g h j k l <GAP:50>",
                                "<SHIFT:150> z x c v b n m <BACKSPACE:150>",
                                "<SYMBOLS:130> www. .com .cn . - 无 <NEXT:180>"}},
    [KEYBOARD_PAGE_ACCOUNT] = {{"1 2 3 4 5 6 7 8 9 0 <GAP:150>", "q w e r t y u i o p <BACKSPACE:150>",
                                "<GAP:45> a s d f g h j k l <CLEAR:155>", "<SHIFT:150> z x c v b n m - _ .",
                                "<SYMBOLS:135> <GAP> <GAP> 无 <GAP> <GAP> <CALL:135> <HIDE:135> <NEXT:180>"},
                               {"1 2 3 4 5 6 7 8 9 0", "q w e r t y u i o p",
                                "<GAP:50> a s d f g h j k l <GAP:50>",
                                "<SHIFT:150> z x c v b n m <BACKSPACE:150>",
                                "<SYMBOLS:130> - _ . <GAP> <GAP> 无 <NEXT:180>"}},
    [KEYBOARD_PAGE_SYMBOLS] =
        {{"1 2 3 4 5 6 7 8 9 0 <GAP:150>", "（ ） 《 》 “ ” 、 ， 。 ； <BACKSPACE:150>",
          "<GAP:45> - / # @ _ . , + & <CLEAR:155>", "<GAP:45> ： ？ ！ · — … ( ) % * <GAP:48>",
          "<LETTERS:241> <SPACE:452> <CALL:135> <HIDE:135> <NEXT:180>"},
         {"1 2 3 4 5 6 7 8 9 0", "（ ） 《 》 “ ” 、 ， 。 ；", "- / # @ _ . , + & %",
          "： ？ ！ · — … ( ) <BACKSPACE:200>", "<LETTERS:310> <SPACE:530> <NEXT:180>"}},
    [KEYBOARD_PAGE_MARKS] = {{"1 2 3 4 5 6 7 8 9 0 <GAP:150>", "@ # $ % & * ( ) [ ] <BACKSPACE:150>",
                              "<GAP:45> - / _ . , + = : ; <CLEAR:155>",
                              "<GAP:45> ! ? ' \" ^ ~ | ` { } <GAP:48>",
                              "<LETTERS:241> < > \\ <GAP:132> <CALL:135> <HIDE:135> <NEXT:180>"},
                             {"1 2 3 4 5 6 7 8 9 0", "@ # $ % & * ( ) [ ]", "- / _ . , + = : ; !",
                              "? ' \" ^ ~ | { } <BACKSPACE:200>",
                              "<LETTERS:310> < > \\ ` <GAP:90> <NEXT:180>"}},
    [KEYBOARD_PAGE_DIGITS] = {{"", "<GAP> 1 2 3 <BACKSPACE>", "<GAP> 4 5 6 <CLEAR>", "<CALL> 7 8 9 <GAP>",
                               "<HIDE> <GAP> 0 <GAP> <NEXT>"},
                              {"", "1 2 3 <BACKSPACE>", "4 5 6 <CLEAR>", "7 8 9 <GAP>",
                               "<GAP> 0 <GAP> <NEXT>"}},
    [KEYBOARD_PAGE_PHONE] = {{"", "<GAP> 1 2 3 <BACKSPACE>", "<GAP> 4 5 6 <CLEAR>", "<CALL> 7 8 9 <GAP>",
                              "<HIDE> - 0 + <NEXT>"},
                             {"", "1 2 3 <BACKSPACE>", "4 5 6 <CLEAR>", "7 8 9 <GAP>", "- 0 + <NEXT>"}},
    [KEYBOARD_PAGE_ID] = {{"", "<GAP> 1 2 3 <BACKSPACE>", "<GAP> 4 5 6 <CLEAR>", "<CALL> 7 8 9 <GAP>",
                           "<HIDE> X 0 <GAP> <NEXT>"},
                          {"", "1 2 3 <BACKSPACE>", "4 5 6 <CLEAR>", "7 8 9 <GAP>", "X 0 <GAP> <NEXT>"}},
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
    case TEXT_EDIT_WEBSITE:
        return KEYBOARD_PAGE_WEBSITE;
    case TEXT_EDIT_ACCOUNT:
        return KEYBOARD_PAGE_ACCOUNT;
    }
    return KEYBOARD_PAGE_LATIN;
}

enum keyboard_page keyboard_layout_symbols(enum keyboard_page page)
{
    if (page == KEYBOARD_PAGE_PINYIN || page == KEYBOARD_PAGE_WRITING || page == KEYBOARD_PAGE_ENGLISH)
        return KEYBOARD_PAGE_SYMBOLS;
    if (page == KEYBOARD_PAGE_LATIN || page == KEYBOARD_PAGE_EMAIL || page == KEYBOARD_PAGE_WEBSITE ||
        page == KEYBOARD_PAGE_ACCOUNT)
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
    struct keyboard_key key = {.function = KEYBOARD_FUNCTION_GAP, .weight = 100};
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
    struct keyboard_key key = {.function = KEYBOARD_FUNCTION_TYPE, .weight = 100};
    check(length < sizeof key.text);
    memcpy(key.text, word, length);
    keyboard_layout_id(key.text, key.id);
    return key;
}

void keyboard_layout_row(enum keyboard_page page, bool portrait, int row, struct keyboard_row *out)
{
    check((unsigned)page < KEYBOARD_PAGE_COUNT && row >= 0 && row < KEYBOARD_ROWS);
    const char *at = portrait ? pages[page].upright[row] : pages[page].lying[row];
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
