#include "kiosk/ui/line_break.h"

#include <string.h>
#include <uchar.h>

#include "kiosk/base/text.h"

static bool is_one_of(uint32_t code_point, const char32_t *list)
{
    while (*list != 0 && *list != code_point)
        list++;
    return *list != 0;
}

bool line_break_forbids_start(uint32_t code_point)
{
    return is_one_of(code_point, U"，。、；：？！）》”’】」』〉…—～·%％℃°!),.:;?]}>");
}

bool line_break_forbids_end(uint32_t code_point)
{
    return is_one_of(code_point, U"（《“‘【「『〈([{<￥¥$#");
}

/* Marks in the right half of their square. */
static bool opens(uint32_t code_point)
{
    return code_point >= 0x2018 && is_one_of(code_point, U"（《“‘【「『〈");
}

/* Marks in the left half of their square. */
static bool closes(uint32_t code_point)
{
    return code_point >= 0x2019 && is_one_of(code_point, U"，。、）》”’】」』〉");
}

bool line_break_draws_together(uint32_t before, uint32_t after)
{
    if (before < 0x2018 || after < 0x2018)
        return false;
    return (closes(before) && (closes(after) || is_one_of(after, U"；："))) ||
           (opens(after) && (closes(before) || opens(before)));
}

int line_break_hangs(const char *line, int size)
{
    return opens(text_next(&line)) ? size / 2 : 0;
}

/* Characters of Latin words, numbers and what is written inside them (2025-11-21, a@b.c, 1.5). */
static bool is_word(uint32_t c)
{
    if (c < 0x80)
        return c > ' ' && !is_one_of(c, U",;:!?()[]{}<>");
    return (c >= 0xC0 && c < 0x250) || c == 0xB7;
}

/* Whether a line may end between these neighbours. */
static bool may_break(uint32_t before, uint32_t after)
{
    if (line_break_forbids_start(after) || line_break_forbids_end(before))
        return false;
    if (after == ' ')
        return false;
    return !(is_word(before) && is_word(after));
}

/* One line from `start`: the longest part that fits and ends at an allowed place; when there is no such
 * place, the longest part that fits, at least one character. */
static size_t line_end(const char *text, size_t start, int width, line_break_measure measure, void *context)
{
    const char *at = text + start;
    size_t good = 0, fits = 0;
    uint32_t before = 0;
    for (;;) {
        const char *here = at;
        uint32_t c = text_next(&at);
        size_t offset = (size_t)(here - text);
        bool ends = c == 0 || c == '\n';
        if (before && (ends || may_break(before, c)))
            good = offset;
        if (ends)
            return offset;
        size_t next = (size_t)(at - text);
        if (c != ' ' && before && measure(context, text + start, next - start) > width)
            return good > start ? good : fits;
        before = c;
        fits = next;
    }
}

static size_t skip_spaces(const char *text, size_t at)
{
    while (text[at] == ' ')
        at++;
    return at;
}

size_t line_break_text(const char *text, int width, line_break_measure measure, void *context,
                       struct line_break_line *lines, size_t capacity)
{
    size_t count = 0, start = 0, total = strlen(text);
    while (start < total) {
        size_t end = line_end(text, start, width, measure, context);
        size_t trimmed = end;
        while (trimmed > start && text[trimmed - 1] == ' ')
            trimmed--;
        if (count < capacity)
            lines[count] = (struct line_break_line){
                start, trimmed - start,
                trimmed > start ? measure(context, text + start, trimmed - start) : 0};
        count++;
        if (text[end] == '\n')
            start = end + 1;
        else
            start = skip_spaces(text, end);
    }
    return count;
}
