#include "kiosk/desk/audit_words.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"

enum { STATE_BYTES = 48, DIGEST_SHOWN = 4, CODE_LONG = 32 };

/* The part of an action before its point, "order" of "order.approved"; its length. */
static int kind_length(const struct service_audit_line *line)
{
    size_t length = strcspn(line->action, ".");
    return line->action[length] == 0 || length > 40 ? 0 : (int)length;
}

static bool is_of(const struct service_audit_line *line, const char *kind)
{
    return (int)strlen(kind) == kind_length(line) && strncmp(line->action, kind, strlen(kind)) == 0;
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
        (void)snprintf(out, STATE_BYTES, "%.44s", words);
    else
        (void)snprintf(out, STATE_BYTES, "%.*s", length > 44 ? 44 : (int)length, state);
}

/* What was noted behind the states: of help at a terminal, where and why. */
static void note_words(const struct ui *ui, const struct service_audit_line *line, const char *note,
                       char out[AUDIT_WORDS_BYTES])
{
    char place[SERVICE_NAME_BYTES];
    char where[AUDIT_WORDS_BYTES];
    char key[WORDS_KEY_BYTES];
    size_t length = strcspn(note, " ");
    const char *why = note[length] == 0 ? "" : note + length + 1;
    (void)snprintf(out, AUDIT_WORDS_BYTES, "%.100s", note);
    if (!is_of(line, "supervision") || length >= sizeof(place))
        return;
    (void)snprintf(place, sizeof(place), "%.*s", (int)length, note);
    audit_words_place(ui, place, where);
    (void)snprintf(key, sizeof(key), "supervision.reason.%.40s", why);
    (void)find(ui, key, &why);
    (void)snprintf(out, AUDIT_WORDS_BYTES, "%.80s %.80s", where, why);
}

void audit_words_detail(const struct ui *ui, const struct service_audit_line *line,
                        char out[AUDIT_WORDS_BYTES])
{
    char from[STATE_BYTES];
    char to[STATE_BYTES];
    char note[AUDIT_WORDS_BYTES] = "";
    const char *arrow = strchr(line->detail, '>');
    if (arrow == NULL) {
        state_words(ui, line, line->detail, strlen(line->detail), from);
        (void)snprintf(out, AUDIT_WORDS_BYTES, "%.180s", strlen(line->detail) < 40 ? from : line->detail);
        return;
    }
    size_t length = strcspn(arrow + 1, " ");
    const char *behind = arrow + 1 + length;
    state_words(ui, line, line->detail, (size_t)(arrow - line->detail), from);
    state_words(ui, line, arrow + 1, length, to);
    if (behind[0] == ' ')
        note_words(ui, line, behind + 1, note);
    bool moves = from[0] != 0 && to[0] != 0 && strcmp(from, to) != 0;
    const char *state = to[0] != 0 ? to : from;
    (void)snprintf(out, AUDIT_WORDS_BYTES, "%s%s%s%s%.80s", moves ? from : "", moves ? " → " : "", state,
                   state[0] != 0 && note[0] != 0 ? " " : "", note);
}

void audit_words_actor(const struct ui *ui, const char *actor, const char *account,
                       char out[AUDIT_WORDS_BYTES])
{
    static const char mark[] = "uid:";
    bool is_account = strncmp(actor, mark, sizeof(mark) - 1) == 0;
    const char *name = account[0] != 0 ? account : actor;
    if (is_account)
        desk_format(ui, out, AUDIT_WORDS_BYTES,
                    strcmp(actor, "uid:0") == 0 ? "desk.audit.administrator" : "desk.audit.account",
                    {"name", is_account && account[0] == 0 ? actor + sizeof(mark) - 1 : name});
    else
        (void)snprintf(out, AUDIT_WORDS_BYTES, "%.100s",
                       actor[0] == 0 ? desk_text(ui, "desk.audit.program") : actor);
}

void audit_words_place(const struct ui *ui, const char *writer, char out[AUDIT_WORDS_BYTES])
{
    const struct service_desk *view = desk_view(ui);
    (void)text_copy(out, AUDIT_WORDS_BYTES,
                    strcmp(writer, "certctl") == 0 ? desk_text(ui, "desk.audit.certctl") : writer);
    for (size_t i = 0; i < view->terminal_count; i++)
        if (strcmp(view->terminals[i].id, writer) == 0 && view->terminals[i].machine[0] != 0)
            desk_format(ui, out, AUDIT_WORDS_BYTES, "wall.machine", {"machine", view->terminals[i].machine});
}

const char *audit_words_result(const struct ui *ui, const struct service_audit_line *line)
{
    char key[WORDS_KEY_BYTES];
    const char *words = "–";
    (void)snprintf(key, sizeof(key), "desk.audit.result.%.40s", line->result);
    (void)find(ui, key, &words);
    return words;
}

enum widget_mark_tone audit_words_tone(const struct service_audit_line *line)
{
    bool is_done = strcmp(line->result, "done") == 0;
    bool is_bad = strcmp(line->result, "failed") == 0 || strcmp(line->result, "alarm") == 0;
    bool is_good = strcmp(line->result, "signed") == 0 ||
                   (is_done && (is_of(line, "payment") || is_of(line, "certificate") || is_of(line, "key")));
    return is_bad                                ? WIDGET_MARK_RED
           : strcmp(line->result, "reason") == 0 ? WIDGET_MARK_AMBER
           : strcmp(line->result, "begun") == 0  ? WIDGET_MARK_BLUE
           : is_good                             ? WIDGET_MARK_GREEN
                                                 : WIDGET_MARK_GREY;
}

void audit_words_digest(const char *digest, char out[16])
{
    size_t length = strlen(digest);
    if (length < 2 * DIGEST_SHOWN)
        (void)snprintf(out, 16, "–");
    else
        (void)snprintf(out, 16, "%.4s…%.4s", digest, digest + length - DIGEST_SHOWN);
}

void audit_words_subject(const struct service_audit_line *line, char out[AUDIT_WORDS_BYTES])
{
    bool is_code = strlen(line->subject) >= CODE_LONG;
    if (line->acceptance[0] != 0 || !is_code)
        (void)snprintf(out, AUDIT_WORDS_BYTES, "%.100s",
                       line->acceptance[0] != 0 ? line->acceptance
                       : line->subject[0] != 0  ? line->subject
                                                : "–");
    else
        audit_words_digest(line->subject, out);
}

void audit_words_number(int64_t number, char out[24])
{
    char digits[24];
    size_t length = (size_t)snprintf(digits, sizeof(digits), "%lld", (long long)number), to = 0;
    for (size_t i = 0; i < length && to + 2 < 24; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            out[to++] = ',';
        out[to++] = digits[i];
    }
    out[to] = 0;
}
