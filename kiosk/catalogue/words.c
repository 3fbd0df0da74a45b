#include "kiosk/catalogue/words.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/log.h"
#include "kiosk/base/money.h"
#include "kiosk/base/text.h"
#include "kiosk/catalogue/yaml_tree.h"

struct words_entry {
    char *key;
    char *text;
    unsigned line;
};

/* Keys somebody asked for in vain: their text, so that it can be borrowed like any other. */
struct words_unknown {
    struct words_unknown *next;
    char text[WORDS_KEY_BYTES + 8]; /* ⟦key⟧ */
};

struct words {
    struct words_entry *entries; /* by key */
    size_t count;
    _Atomic(struct words_unknown *) unknown;
};

void words_free(struct words *words)
{
    if (words == NULL)
        return;
    for (size_t i = 0; i < words->count; i++) {
        free(words->entries[i].key);
        free(words->entries[i].text);
    }
    struct words_unknown *unknown = atomic_load(&words->unknown);
    while (unknown != NULL) {
        struct words_unknown *next = unknown->next;
        free(unknown);
        unknown = next;
    }
    free(words->entries);
    free(words);
}

/* --- reading -----------------------------------------------------------------------------------------------
 */

struct words_reader {
    const struct yaml *source; /* for complaints with file, line and caret */
    struct yaml_errors *errors;
    struct words *words;
    unsigned line;
};

static void words_complain(struct words_reader *reader, const char *line, const char *at, const char *what)
{
    unsigned column = 1;
    for (const char *c = line; c < at; column++)
        text_next(&c);
    yaml_complain_at(reader->source, reader->errors, (struct yaml_mark){reader->line, column}, "%s", what);
}

static bool words_key_is_sound(const char *key, size_t length)
{
    bool has_dot = memchr(key, '.', length) != NULL;
    bool is_sound = length > 0 && length < WORDS_KEY_BYTES && has_dot && key[0] >= 'a' && key[0] <= 'z';
    return is_sound && strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_-.") >= length;
}

/* The text with \n as a line break. Returns: NULL when there is no memory. */
static char *words_unescape(const char *text, size_t length)
{
    char *out = malloc(length + 1);
    size_t used = 0;
    for (size_t i = 0; i < length && out != NULL; i++) {
        bool is_break = text[i] == '\\' && i + 1 < length && text[i + 1] == 'n';
        out[used++] = is_break ? '\n' : text[i];
        i += is_break;
    }
    if (out != NULL)
        out[used] = '\0';
    return out;
}

/* The first brace without a partner or around an empty name, NULL when all is well. */
static const char *words_find_odd_brace(const char *text, size_t length)
{
    const char *open = NULL;
    for (const char *c = text; c < text + length; c++) {
        if (*c == '{' && open != NULL)
            return open;
        if (*c == '{')
            open = c;
        if (*c == '}' && (open == NULL || c == open + 1))
            return c;
        if (*c == '}')
            open = NULL;
    }
    return open;
}

static enum status words_add(struct words *words, const char *key, size_t key_length, const char *text,
                             size_t length, unsigned line)
{
    if (words->count == WORDS_MAX)
        return STATUS_FULL;
    struct words_entry entry = {
        .key = strndup(key, key_length), .text = words_unescape(text, length), .line = line};
    if (entry.key == NULL || entry.text == NULL) {
        free(entry.key);
        free(entry.text);
        return STATUS_NO_MEMORY;
    }
    words->entries[words->count++] = entry;
    return STATUS_OK;
}

static size_t words_trim(const char **text, size_t length)
{
    while (length > 0 && (**text == ' ' || **text == '\t')) {
        (*text)++;
        length--;
    }
    while (length > 0 && strchr(" \t\r", (*text)[length - 1]) != NULL)
        length--;
    return length;
}

static enum status words_read_line(struct words_reader *reader, const char *line, size_t length)
{
    const char *key = line;
    size_t rest = words_trim(&key, length);
    if (rest == 0 || key[0] == '#')
        return STATUS_OK;
    const char *equals = memchr(key, '=', rest);
    if (equals == NULL) {
        words_complain(reader, line, key, "expected key = text");
        return STATUS_OK;
    }
    size_t key_length = words_trim(&key, (size_t)(equals - key));
    if (!words_key_is_sound(key, key_length)) {
        words_complain(reader, line, key,
                       "expected a key of lower-case letters, digits, -, _ and at least one dot");
        return STATUS_OK;
    }
    const char *text = equals + 1;
    size_t text_bytes = words_trim(&text, (size_t)(line + length - text));
    const char *odd = words_find_odd_brace(text, text_bytes);
    if (text_bytes == 0 || text_bytes >= WORDS_TEXT_BYTES)
        words_complain(reader, line, text, "expected 1 to 2047 bytes of text");
    else if (odd != NULL)
        words_complain(reader, line, odd, "expected {placeholder}");
    return words_add(reader->words, key, key_length, text, text_bytes, reader->line);
}

static int words_compare(const void *left, const void *right)
{
    const struct words_entry *a = left;
    const struct words_entry *b = right;
    int order = strcmp(a->key, b->key);
    return order != 0 ? order : (a->line > b->line) - (a->line < b->line);
}

static void words_find_twins(struct words_reader *reader)
{
    struct words *words = reader->words;
    for (size_t i = 1; i < words->count; i++) {
        if (strcmp(words->entries[i].key, words->entries[i - 1].key) != 0)
            continue;
        yaml_complain_at(reader->source, reader->errors, (struct yaml_mark){words->entries[i].line, 1},
                         "expected %s once, it stands on line %u already", words->entries[i].key,
                         words->entries[i - 1].line);
    }
}

static enum status words_read(struct words_reader *reader)
{
    const char *at = reader->source->source;
    const char *end = at + reader->source->source_length;
    enum status status = STATUS_OK;
    while (at < end && status == STATUS_OK) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((stop == NULL ? end : stop) - at);
        reader->line++;
        if (memchr(at, '\0', length) != NULL || !text_is_valid(at, length))
            words_complain(reader, at, at, "expected UTF-8 text");
        else
            status = words_read_line(reader, at, length);
        at += length + 1;
    }
    if (reader->words->count > 0)
        qsort(reader->words->entries, reader->words->count, sizeof *reader->words->entries, words_compare);
    words_find_twins(reader);
    return status;
}

enum status words_parse(const char *name, const char *text, size_t length, struct yaml_errors *errors,
                        struct words **out)
{
    size_t before = errors->count;
    char *name_copy = strdup(name);
    char *source = malloc(length + 1);
    struct words *words = calloc(1, sizeof *words);
    enum status status = STATUS_NO_MEMORY;
    if (words != NULL)
        words->entries = calloc(WORDS_MAX, sizeof *words->entries);
    if (name_copy == NULL || source == NULL || words == NULL || words->entries == NULL)
        goto done;
    if (length > 0)
        memcpy(source, text, length);
    source[length] = '\0';
    struct yaml document = {.name = name_copy, .source = source, .source_length = length};
    struct words_reader reader = {.source = &document, .errors = errors, .words = words};
    status = words_read(&reader);
    if (status == STATUS_FULL)
        yaml_errors_add(errors, "%s: expected at most %d keys", name, WORDS_MAX);
    if (errors->count != before)
        status = STATUS_CONFIG;
    if (status == STATUS_OK) {
        *out = words;
        words = NULL;
    }
done:
    words_free(words);
    free(source);
    free(name_copy);
    return status;
}

enum status words_open(const char *path, struct yaml_errors *errors, struct words **out)
{
    struct buf text;
    struct failure failure = {0};
    buf_init(&text, LIMIT_CONFIG_BYTES);
    enum status status = file_read(path, &text, &failure);
    if (status == STATUS_OK)
        status =
            words_parse(path, text.data == NULL ? "" : (const char *)text.data, text.length, errors, out);
    else
        yaml_errors_add(errors, "%s: expected a file that can be read: %s %s", path, status_name(status),
                        failure.text);
    buf_release(&text);
    return status;
}

/* --- looking up --------------------------------------------------------------------------------------------
 */

static int words_compare_key(const void *key, const void *entry)
{
    return strcmp(key, ((const struct words_entry *)entry)->key);
}

static const struct words_entry *words_find(const struct words *words, const char *key)
{
    return bsearch(key, words->entries, words->count, sizeof *words->entries, words_compare_key);
}

bool words_has(const struct words *words, const char *key)
{
    return words_find(words, key) != NULL;
}

static const char *words_text_of_unknown(struct words *words, const char *key)
{
    char text[WORDS_KEY_BYTES + 8];
    if (strlen(key) >= WORDS_KEY_BYTES)
        return "⟦⟧";
    snprintf(text, sizeof text, "⟦%s⟧", key);
    struct words_unknown *first = atomic_load(&words->unknown);
    for (const struct words_unknown *known = first; known != NULL; known = known->next) {
        if (strcmp(known->text, text) == 0)
            return known->text;
    }
    struct words_unknown *fresh = malloc(sizeof *fresh);
    if (fresh == NULL)
        return "⟦⟧";
    memcpy(fresh->text, text, sizeof text);
    fresh->next = first;
    while (!atomic_compare_exchange_weak(&words->unknown, &fresh->next, fresh))
        continue;
    log_error("words", "unknown key %s", key);
    return fresh->text;
}

const char *words_text(const struct words *words, const char *key)
{
    const struct words_entry *entry = words_find(words, key);
    if (entry != NULL)
        return entry->text;
    /* The list of unknown keys is the one part of the words that grows, and only through an atomic. */
    union {
        const struct words *borrowed;
        struct words *own;
    } keeper = {.borrowed = words};
    return words_text_of_unknown(keeper.own, key);
}

static const char *words_find_argument(const struct words_argument *arguments, size_t count, const char *name,
                                       size_t length)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(arguments[i].name) == length && strncmp(arguments[i].name, name, length) == 0)
            return arguments[i].value;
    }
    return NULL;
}

enum status words_append(const struct words *words, struct buf *out, const char *key,
                         const struct words_argument *arguments, size_t count)
{
    const char *text = words_text(words, key);
    enum status status = STATUS_OK;
    while (*text != '\0' && status == STATUS_OK) {
        size_t plain = strcspn(text, "{");
        status = buf_append(out, text, plain);
        text += plain;
        if (*text == '\0' || status != STATUS_OK)
            break;
        size_t length = strcspn(text, "}");
        const char *value = words_find_argument(arguments, count, text + 1, length - 1);
        if (value == NULL)
            log_error("words", "key %s has a placeholder nobody fills", key);
        status = value != NULL ? buf_append_text(out, value) : buf_append(out, text, length + 1);
        text += length + 1;
    }
    return status;
}

void words_format_all(const struct words *words, char *out, size_t size, const char *key,
                      const struct words_argument *arguments, size_t count)
{
    struct buf filled;
    buf_init(&filled, WORDS_TEXT_BYTES * 4);
    enum status status = words_append(words, &filled, key, arguments, count);
    const char *text =
        status == STATUS_OK && filled.data != NULL ? (const char *)filled.data : words_text(words, key);
    size_t characters = text_length(text);
    while (characters > 0 && text_prefix_bytes(text, characters) >= size)
        characters--;
    size_t length = text_prefix_bytes(text, characters);
    memcpy(out, text, length);
    out[length] = '\0';
    buf_wipe(&filled);
}

void words_form_error(const struct words *words, const struct form_error *error, char *out, size_t size)
{
    struct words_argument arguments[FORM_ERROR_ARGUMENTS];
    for (size_t i = 0; i < error->argument_count; i++)
        arguments[i] = (struct words_argument){error->argument[i].name, error->argument[i].value};
    words_format_all(words, out, size, error->key, arguments, error->argument_count);
}

static const char *words_fee_key(const struct price_quote *quote)
{
    if (quote->amount_fen == PRICE_UNKNOWN_FEN)
        return "fee.unknown";
    if (quote->amount_fen == 0)
        return "fee.free";
    static const char *const keys[PRICE_UNIT_COUNT_] = {
#define PRICE_UNIT(code, name, by_key, by_year) "fee." name,
#include "kiosk/order/price_units.def"
#undef PRICE_UNIT
    };
    return keys[quote->unit];
}

void words_fee(const struct words *words, const struct price_quote *quote, char *out, size_t size)
{
    char yuan[MONEY_TEXT_BYTES] = "";
    if (quote->unit_amount_fen > 0)
        money_to_yuan(quote->unit_amount_fen, yuan);
    char *point = strchr(yuan, '.');
    if (point != NULL && strcmp(point, ".00") == 0)
        *point = '\0';
    struct words_argument argument = {"yuan", yuan};
    words_format_all(words, out, size, words_fee_key(quote), &argument, 1);
}
