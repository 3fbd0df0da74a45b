/* Complaints as people read them: file:line:column, what was expected, the line itself, a caret under the
 * place. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/catalogue/yaml_tree.h"

enum { SENTENCE_BYTES = 1536, SHOWN_CHARACTERS = 160 };

void yaml_errors_init(struct yaml_errors *errors)
{
    errors->count = 0;
    buf_init(&errors->text, YAML_ERRORS_BYTES);
}

void yaml_errors_release(struct yaml_errors *errors)
{
    if (errors == NULL)
        return;
    buf_release(&errors->text);
    errors->count = 0;
}

const char *yaml_errors_text(const struct yaml_errors *errors)
{
    return errors->text.data == NULL ? "" : (const char *)errors->text.data;
}

/* Counting goes on when there is no more room for sentences, so that nothing ever looks right by being too
 * wrong. */
static bool yaml_errors_have_room(struct yaml_errors *errors)
{
    return ++errors->count <= YAML_ERRORS_MAX;
}

static void yaml_errors_put(struct yaml_errors *errors, const char *text)
{
    if (buf_append_text(&errors->text, text) != STATUS_OK)
        errors->count++;
}

void yaml_errors_add(struct yaml_errors *errors, const char *format, ...)
{
    char sentence[SENTENCE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    if (!yaml_errors_have_room(errors))
        return;
    yaml_errors_put(errors, sentence);
    yaml_errors_put(errors, "\n");
}

static const char *yaml_source_line(const struct yaml *yaml, unsigned line, size_t *length)
{
    const char *at = yaml->source;
    const char *end = yaml->source + yaml->source_length;
    for (unsigned i = 1; i < line && at != NULL; i++) {
        at = memchr(at, '\n', (size_t)(end - at));
        at = at == NULL ? NULL : at + 1;
    }
    if (at == NULL)
        at = end;
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    *length = (size_t)((stop == NULL ? end : stop) - at);
    if (*length > 0 && at[*length - 1] == '\r')
        (*length)--;
    return at;
}

static bool yaml_is_wide(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

/* A wide character is undercut by an ideographic space, so that the caret stands under its place in any
 * terminal that shows Chinese. */
static void yaml_put_caret(struct yaml_errors *errors, const char *line, size_t length, unsigned column)
{
    char shown[SHOWN_CHARACTERS * 4 + 1];
    size_t used = 0;
    for (unsigned i = 1; i < column && i < SHOWN_CHARACTERS; i++) {
        uint32_t c = ' ';
        if (length > 0) {
            const char *next = line;
            c = text_next(&next);
            length -= (size_t)(next - line);
            line = next;
        }
        uint32_t pad = ' ';
        if (c == '\t')
            pad = '\t';
        else if (yaml_is_wide(c))
            pad = 0x3000;
        char bytes[5];
        size_t count = text_encode(pad, bytes);
        memcpy(shown + used, bytes, count);
        used += count;
    }
    shown[used] = '\0';
    yaml_errors_put(errors, shown);
    yaml_errors_put(errors, "^\n");
}

static void yaml_put_line(struct yaml_errors *errors, const char *line, size_t length)
{
    char shown[SHOWN_CHARACTERS * 4 + 1];
    size_t used = 0;
    for (unsigned i = 0; i < SHOWN_CHARACTERS && length > 0; i++) {
        const char *next = line;
        uint32_t c = text_next(&next);
        size_t bytes = (size_t)(next - line);
        length -= bytes < length ? bytes : length;
        line = next;
        if (c == 0)
            break;
        char encoded[5];
        size_t count = text_encode(text_is_hidden(c) && c != '\t' ? 0xFFFD : c, encoded);
        memcpy(shown + used, encoded, count);
        used += count;
    }
    shown[used] = '\0';
    yaml_errors_put(errors, shown);
    yaml_errors_put(errors, "\n");
}

static void yaml_complain_list(const struct yaml *yaml, struct yaml_errors *errors, struct yaml_mark mark,
                               const char *format, va_list arguments)
{
    char sentence[SENTENCE_BYTES];
    char place[64];
    size_t length = 0;
    if (!yaml_errors_have_room(errors))
        return;
    vsnprintf(sentence, sizeof sentence, format, arguments);
    snprintf(place, sizeof place, ":%u:%u: ", mark.line, mark.column);
    const char *line = yaml_source_line(yaml, mark.line, &length);
    yaml_errors_put(errors, yaml->name);
    yaml_errors_put(errors, place);
    yaml_errors_put(errors, sentence);
    yaml_errors_put(errors, "\n");
    yaml_put_line(errors, line, length);
    yaml_put_caret(errors, line, length, mark.column);
}

void yaml_complain_at(const struct yaml *yaml, struct yaml_errors *errors, struct yaml_mark mark,
                      const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    yaml_complain_list(yaml, errors, mark, format, arguments);
    va_end(arguments);
}

void yaml_complain(const struct yaml *yaml, struct yaml_errors *errors, const char *text, const char *format,
                   ...)
{
    struct yaml_mark mark = {1, 1};
    for (const struct yaml_piece *piece = yaml->pieces; piece != NULL; piece = piece->next) {
        if (piece->bytes == text)
            mark = piece->mark;
    }
    va_list arguments;
    va_start(arguments, format);
    yaml_complain_list(yaml, errors, mark, format, arguments);
    va_end(arguments);
}

void yaml_complain_key(const struct yaml *yaml, struct yaml_errors *errors, const char *key,
                       const char *format, ...)
{
    struct yaml_mark mark = {1, 1};
    if (yaml->root != NULL && yaml->root->kind == YAML_NODE_MAP)
        mark = yaml_key_mark(yaml->root, key);
    va_list arguments;
    va_start(arguments, format);
    yaml_complain_list(yaml, errors, mark, format, arguments);
    va_end(arguments);
}
