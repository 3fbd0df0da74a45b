/* Line break: where a Chinese paragraph with Latin words and digits in it may be broken.
 *
 * No line starts with closing punctuation and none ends with opening punctuation (GB/T 15834-2011 5.1); a
 * Latin word or a number stays whole unless it is wider than the line. Not a full Unicode line breaker (UAX
 * 14): only what a Chinese form needs. Pure: widths come from the callback.
 */
#ifndef KIOSK_UI_LINE_BREAK_H
#define KIOSK_UI_LINE_BREAK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The width of the first `length` bytes of the text. Units: whatever the line width is in. */
typedef int (*line_break_measure)(void *context, const char *text, size_t length);

struct line_break_line {
    size_t start;  /* byte offset of the first character */
    size_t length; /* bytes, without the line feed and without trailing spaces */
    int width;
};

/* The text is divided into lines no wider than `width`, a line feed always starting a new one.
 * Returns: the number of lines the text needs; only the first `capacity` are written.
 * Time: a few measurements per line. */
size_t line_break_text(const char *text, int width, line_break_measure measure, void *context,
                       struct line_break_line *lines, size_t capacity);

/* Whether this character may not stand at the start of a line. */
bool line_break_forbids_start(uint32_t code_point);
/* Whether this character may not stand at the end of a line. */
bool line_break_forbids_end(uint32_t code_point);
/* Whether these neighbours are marks with a blank half between them, one of which is left out. */
bool line_break_draws_together(uint32_t before, uint32_t after);
/* How far left a line begins so that an opening mark at its start does not look indented. Units: those of
 * the size. */
int line_break_hangs(const char *line, int size);

#endif
