/* Words: what applicants and clerks read, by key, from assets/text/<language>.txt.
 *
 * A line is `key = text`; `#` starts a comment line; text may hold {placeholders} and \n for a line break.
 * Words of one product stand in its definition, not here; C holds keys only. Pitfall: an unknown key is shown
 * as ⟦key⟧ and logged once, so that a missing word is seen and stops nothing.
 */
#ifndef KIOSK_CATALOGUE_WORDS_H
#define KIOSK_CATALOGUE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/catalogue/yaml.h"
#include "kiosk/form/form_error.h"
#include "kiosk/order/price.h"

enum { WORDS_KEY_BYTES = 96, WORDS_TEXT_BYTES = 2048, WORDS_MAX = 4096 };

struct words;

/* A placeholder's name without braces and what stands in its place. */
struct words_argument {
    const char *name;
    const char *value;
};

/* The file is read whole. Returns: CONFIG with all mistakes (no "=", key twice, not UTF-8, a brace without
 * its partner) told in *errors with file:line:column, NOT_FOUND, IO, NO_MEMORY. Owns: the caller frees *out
 * with words_free. After failure: *out is unchanged. */
enum status words_open(const char *path, struct yaml_errors *errors, struct words **out);
/* The same from memory; what a fuzz target calls. Returns and Owns: as words_open. */
enum status words_parse(const char *name, const char *text, size_t length, struct yaml_errors *errors,
                        struct words **out);
/* The words are gone; NULL is allowed. */
void words_free(struct words *words);

/* The text of a key, ⟦key⟧ when it is unknown. Owns: borrowed from the words as long as they live.
 * Thread: any, the words never change; an unknown key is added under a lock. */
const char *words_text(const struct words *words, const char *key);
/* Whether the key is known; nothing is logged. Thread: any. */
bool words_has(const struct words *words, const char *key);

/* The text with its placeholders filled stands at the end of the buffer; a placeholder nobody fills stays as
 * it is and is logged. Returns: as buf_append. Thread: any. */
enum status words_append(const struct words *words, struct buf *out, const char *key,
                         const struct words_argument *arguments, size_t count);
/* The same into a text with NUL, cut at a character's end when it does not fit. Thread: any.
 * words_format(words, out, sizeof out, "pay.due", {"yuan", "480"}) */
#define words_format(words, out, size, key, ...)                                                             \
    words_format_all((words), (out), (size), (key), (const struct words_argument[]){__VA_ARGS__},            \
                     sizeof((const struct words_argument[]){__VA_ARGS__}) / sizeof(struct words_argument))
void words_format_all(const struct words *words, char *out, size_t size, const char *key,
                      const struct words_argument *arguments, size_t count);

/* The sentence of a form error, numbers first, into a text with NUL. Thread: any. */
void words_form_error(const struct words *words, const struct form_error *error, char *out, size_t size);
/* A fee as a tile shows it: 480 元, 200 元/年, 280 元/个, 免费, 以公示为准. Thread: any. */
void words_fee(const struct words *words, const struct price_quote *quote, char *out, size_t size);

#endif
