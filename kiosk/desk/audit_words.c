#include "kiosk/desk/audit_words.h"

#include <stdio.h>
#include <string.h>

enum { STATE_BYTES = 64 };

/* The part of an action before its point, "order" of "order.approved"; its length. */
static int kind_length(const struct service_audit_line *line)
{
    size_t length = strcspn(line->action, ".");
    return line->action[length] == 0 || length > 40 ? 0 : (int)length;
}

static bool find(const struct ui *ui, const char *key, const char **out)
{
    bool is_there = words_has(desk_program(ui)->words, key);
    if (is_there)
        *out = desk_text(ui, key);
    return is_there;
}

const char *audit_words_kind(const struct ui *ui, const struct service_audit_line *line)
{
    char key[WORDS_KEY_BYTES];
    const char *words = "–";
    (void)snprintf(key, sizeof(key), "desk.audit.kind.%.*s", kind_length(line), line->action);
    (void)find(ui, key, &words);
    return words;
}

void audit_words_action(const struct ui *ui, const struct service_audit_line *line,
                        char out[AUDIT_WORDS_BYTES])
{
    char key[WORDS_KEY_BYTES];
    const char *words = "";
    int kind = kind_length(line);
    (void)snprintf(key, sizeof(key), "event.%.48s", line->action);
    if (find(ui, key, &words)) {
        (void)snprintf(out, AUDIT_WORDS_BYTES, "%.90s", words);
        return;
    }
    (void)snprintf(key, sizeof(key), "desk.audit.kind.%.*s", kind, line->action);
    if (find(ui, key, &words))
        (void)snprintf(out, AUDIT_WORDS_BYTES, "%.40s %.40s", words, line->action + kind + 1);
    else
        (void)snprintf(out, AUDIT_WORDS_BYTES, "%.80s", line->action);
}

static void state_words(const struct ui *ui, const struct service_audit_line *line, const char *state,
                        size_t length, char out[STATE_BYTES])
{
    char key[WORDS_KEY_BYTES];
    const char *words = "";
    (void)snprintf(key, sizeof(key), "audit.state.%.*s.%.*s", kind_length(line), line->action,
                   length > 40 ? 40 : (int)length, state);
    if (length > 0 && find(ui, key, &words))
        (void)snprintf(out, STATE_BYTES, "%.60s", words);
    else
        (void)snprintf(out, STATE_BYTES, "%.*s", length > 60 ? 60 : (int)length, state);
}

void audit_words_detail(const struct ui *ui, const struct service_audit_line *line,
                        char out[AUDIT_WORDS_BYTES])
{
    char from[STATE_BYTES];
    char to[STATE_BYTES];
    const char *arrow = strchr(line->detail, '>');
    if (arrow == NULL) {
        (void)snprintf(out, AUDIT_WORDS_BYTES, "%.180s", line->detail);
        return;
    }
    size_t length = strcspn(arrow + 1, " ");
    const char *note = arrow + 1 + length;
    state_words(ui, line, line->detail, (size_t)(arrow - line->detail), from);
    state_words(ui, line, arrow + 1, length, to);
    bool moves = from[0] != 0 && to[0] != 0 && strcmp(from, to) != 0;
    (void)snprintf(out, AUDIT_WORDS_BYTES, "%s%s%s%.48s", moves ? from : "", moves ? " → " : "",
                   to[0] != 0 ? to : from, to[0] == 0 && from[0] == 0 && note[0] == ' ' ? note + 1 : note);
}
