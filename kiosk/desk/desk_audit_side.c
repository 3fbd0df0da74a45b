/* One row of the audit: what it says, how it stands in its chain, what else is known of its order. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/audit_words.h"
#include "kiosk/desk/desk_audit.h"
#include "kiosk/desk/record_table.h"

enum {
    PAIR = 31,
    HEAD_GAP = 5,
    CHAIN = 155,
    SIGNED = 127,
    CHAIN_LINE = 25,
    CHAIN_NAME = 53,
    GAP = 14,
    STEP = 34,
    HISTORY_HEAD = 32,
    BUTTON = 40,
    BROKEN = 44,
    DOT = 9,
    DETAIL_LINE = 22,
    DETAIL_CHARACTER = 15 /* as wide as a Chinese one */
};

/* What was loaded beside the row; NULL until it is there. */
static const struct service_audit_row *row_of(const struct ui *ui, const struct service_audit_line *line)
{
    const struct service_audit_row *row = &desk_view(ui)->audit_row;
    return row->sequence == line->sequence && strcmp(row->writer, line->writer) == 0 ? row : NULL;
}

bool desk_audit_can_open(const struct ui *ui, const struct service_audit_line *line)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->alarm_count; i++)
        if (line->order_id[0] != 0 && strcmp(view->alarms[i].order.id, line->order_id) == 0)
            return true;
    for (size_t i = 0; i < view->recent_count; i++)
        if (line->order_id[0] != 0 && strcmp(view->recent[i].order.id, line->order_id) == 0)
            return true;
    return false;
}

/* --- what it says -------------------------------------------------------------------------------------- */

static void draw_pair(struct ui *ui, struct rect *area, const char *key, const char *value)
{
    record_table_draw_pair(ui, rect_cut_top(area, PAIR), key, value, false);
}

/* A revealed field stands by its label in front of the reason; everything else as the words have it. */
static void detail_of(const struct ui *ui, const struct service_audit_line *line,
                      const struct service_audit_row *row, char out[AUDIT_WORDS_BYTES])
{
    char field[ORDER_NAME_BYTES];
    size_t length = strcspn(line->detail, " ");
    audit_words_detail(ui, line, out);
    if (strcmp(line->action, "value.reveal") != 0 || row == NULL || length >= sizeof(field))
        return;
    (void)snprintf(field, sizeof(field), "%.*s", (int)length, line->detail);
    const struct product *product = catalogue_find(desk_program(ui)->catalogue, row->order.product);
    const struct product_operation *operation =
        product == NULL ? NULL : product_find_operation(product, row->order.operation);
    const struct form *form = operation == NULL ? NULL : product_operation_form(product, operation);
    const struct form_field *found = form == NULL ? NULL : form_find(form, field);
    if (found != NULL)
        (void)snprintf(out, AUDIT_WORDS_BYTES, "%.60s %.120s", found->label, line->detail + length);
}

/* How far the order is now. */
static const char *state_of(const struct ui *ui, const struct service_audit_row *row)
{
    const struct product *product =
        row == NULL ? NULL : catalogue_find(desk_program(ui)->catalogue, row->order.product);
    return product == NULL ? "" : product_status_label(product, row->order.state);
}

static void draw_order(struct ui *ui, struct rect *r, const struct service_audit_line *line,
                       const struct service_audit_row *row)
{
    char words[AUDIT_WORDS_BYTES];
    char business[DESK_SUBJECT_BYTES] = "";
    audit_words_subject(line, words);
    if (line->order_id[0] == 0) {
        draw_pair(ui, r, "desk.column.subject", words);
        return;
    }
    if (row != NULL && row->order.id[0] != 0)
        desk_subject(ui, &row->order, business);
    draw_pair(ui, r, "desk.column.number", words);
    draw_pair(ui, r, "desk.column.unit", row == NULL ? "" : row->unit);
    draw_pair(ui, r, "desk.column.business", business);
    draw_pair(ui, r, "desk.column.state", state_of(ui, row));
}

/* What was decided, once it is known; else what happened. */
static void title_of(const struct ui *ui, const struct service_audit_line *line,
                     const struct service_audit_row *row, char out[AUDIT_WORDS_BYTES])
{
    struct service_audit_line decision = *line;
    if (row != NULL && row->decision.action[0] != 0)
        (void)snprintf(decision.action, sizeof(decision.action), "decision.%.40s", row->decision.action);
    audit_words_action(ui, &decision, out);
}

static void draw_head(struct ui *ui, struct rect *r, const struct service_audit_line *line,
                      const struct service_audit_row *row)
{
    char words[AUDIT_WORDS_BYTES];
    char fit[AUDIT_WORDS_BYTES];
    char number[24];
    char seconds[32] = "";
    char time[40];
    char text[96];
    title_of(ui, line, row, words);
    widget_label_fit(ui, THEME_TYPE_DESK_TITLE, words, r->w, fit, sizeof(fit));
    (void)widget_label(ui, rect_cut_top(r, 30),
                       &(struct widget_label){.text = fit, .type = THEME_TYPE_DESK_TITLE, .middle = true});
    audit_words_number(line->sequence, number);
    (void)clock_format_hall(line->at_utc_ms / 1000, "%Y-%m-%d %H:%M:%S", seconds, sizeof(seconds));
    (void)snprintf(time, sizeof(time), "%.24s.%03d", seconds, (int)(line->at_utc_ms % 1000));
    desk_format(ui, text, sizeof(text), "desk.audit.number", {"number", number}, {"time", time});
    (void)widget_label(
        ui, rect_cut_top(r, 26),
        &(struct widget_label){
            .text = text, .type = THEME_TYPE_DESK_TABLE, .color = THEME_COLOR_INK700, .middle = true});
    (void)rect_cut_top(r, HEAD_GAP);
}

/* --- its chain ----------------------------------------------------------------------------------------- */

/* The first twelve signs of a digest in groups of four, and the last four. */
static void long_digest(const char *digest, char out[32])
{
    if (strlen(digest) < 16)
        (void)snprintf(out, 32, "–");
    else
        (void)snprintf(out, 32, "%.4s %.4s %.4s … %.4s", digest, digest + 4, digest + 8,
                       digest + strlen(digest) - 4);
}

/* A line of a box: its name, then what it says. */
static void draw_line(struct ui *ui, struct rect *r, const char *key, const char *text, bool own)
{
    char shown[AUDIT_WORDS_BYTES];
    struct rect line = rect_cut_top(r, CHAIN_LINE);
    enum theme_color color = own ? THEME_COLOR_INK900 : THEME_COLOR_INK700;
    (void)widget_label(
        ui, rect_cut_left(&line, CHAIN_NAME),
        &(struct widget_label){
            .text = desk_text(ui, key), .type = THEME_TYPE_DESK_CAPTION, .color = color, .middle = true});
    widget_label_fit(ui, THEME_TYPE_DESK_CAPTION, text, line.w, shown, sizeof(shown));
    (void)widget_label(ui, line,
                       &(struct widget_label){
                           .text = shown, .type = THEME_TYPE_DESK_CAPTION, .color = color, .middle = true});
}

static void draw_digest(struct ui *ui, struct rect *r, const char *key, const char *digest, bool own)
{
    char text[32];
    long_digest(digest, text);
    draw_line(ui, r, key, text, own);
}

/* A box in the panel. Units: base px. Returns: the room below its title. */
static struct rect draw_box(struct ui *ui, struct rect area, const char *title)
{
    (void)widget_panel(ui, area, WIDGET_PANEL_QUIET);
    struct rect r = rect_inset(area, 14, 11);
    (void)widget_label(
        ui, rect_cut_top(&r, 28),
        &(struct widget_label){.text = desk_text(ui, title), .type = THEME_TYPE_DESK_STRONG, .middle = true});
    return r;
}

static const char *linked_key(const struct service_audit_row *row)
{
    return !row->holds                ? "desk.audit.unlinked"
           : row->digest_next[0] == 0 ? "desk.audit.linked_last"
                                      : "desk.audit.linked";
}

static void draw_chain(struct ui *ui, struct rect area, const struct service_audit_line *line,
                       const struct service_audit_row *row)
{
    struct rect r = draw_box(ui, area, "desk.audit.chain");
    draw_digest(ui, &r, "desk.audit.before", line->digest_before, false);
    draw_digest(ui, &r, "desk.audit.own", line->digest, true);
    draw_digest(ui, &r, "desk.audit.next", row == NULL ? "" : row->digest_next, false);
    if (row == NULL)
        return;
    struct rect verdict = rect_cut_top(&r, CHAIN_LINE + 2);
    (void)widget_mark_icon(ui, rect_cut_left(&verdict, 16), row->holds ? ICON_CHECK : ICON_WARNING, 16,
                           row->holds ? THEME_COLOR_JADE700 : THEME_COLOR_SEAL700, false);
    (void)rect_cut_left(&verdict, 6);
    (void)widget_label(ui, verdict,
                       &(struct widget_label){.text = desk_text(ui, linked_key(row)),
                                              .type = THEME_TYPE_DESK_CAPTION_STRONG,
                                              .color = row->holds ? THEME_COLOR_JADE700 : THEME_COLOR_SEAL700,
                                              .middle = true});
}

/* --- who signed ---------------------------------------------------------------------------------------- */

static void method_of(const struct ui *ui, const struct service_audit_signed *decision,
                      char out[AUDIT_WORDS_BYTES])
{
    char key[WORDS_KEY_BYTES], count[24], required[24];
    const char *method = decision->by[0].method;
    (void)snprintf(key, sizeof(key), "desk.audit.method.%.40s", method);
    (void)snprintf(count, sizeof(count), "%zu", decision->count);
    (void)snprintf(required, sizeof(required), "%lld", (long long)decision->required);
    desk_format(ui, out, AUDIT_WORDS_BYTES, "desk.audit.signed.count",
                {"method", words_has(desk_program(ui)->words, key) ? desk_text(ui, key) : method},
                {"count", count}, {"required", required});
}

static void signers_of(const struct ui *ui, const struct service_audit_signed *decision,
                       char out[AUDIT_WORDS_BYTES])
{
    size_t length = 0;
    (void)text_copy(out, AUDIT_WORDS_BYTES, "");
    for (size_t i = 0; i < decision->count; i++) {
        char time[16] = "", one[96];
        (void)clock_format_hall(decision->by[i].at_utc_s, "%H:%M:%S", time, sizeof(time));
        desk_format(ui, one, sizeof(one), "desk.audit.signed.one", {"name", decision->by[i].name},
                    {"time", time});
        if (length + strlen(one) + sizeof("、") < AUDIT_WORDS_BYTES)
            length +=
                (size_t)snprintf(out + length, AUDIT_WORDS_BYTES - length, "%s%s", i > 0 ? "、" : "", one);
    }
}

/* By whom, by what, and the digest of what was on the screen, which the decision is bound to. */
static void draw_signed(struct ui *ui, struct rect area, const struct service_audit_signed *decision)
{
    struct rect r = draw_box(ui, area, "desk.audit.signed");
    char text[AUDIT_WORDS_BYTES];
    if (decision->count == 0) {
        draw_line(ui, &r, "desk.audit.signed.by", desk_text(ui, "desk.audit.signed.none"), true);
    } else {
        method_of(ui, decision, text);
        draw_line(ui, &r, "desk.audit.signed.method", text, true);
        signers_of(ui, decision, text);
        draw_line(ui, &r, "desk.audit.signed.by", text, true);
    }
    draw_digest(ui, &r, "desk.audit.signed.shown", decision->displayed, true);
}

/* --- what else is known -------------------------------------------------------------------------------- */

static enum theme_color dot_of(const struct service_audit_line *line)
{
    enum widget_mark_tone tone = audit_words_tone(line);
    return tone == WIDGET_MARK_RED     ? THEME_COLOR_SEAL600
           : tone == WIDGET_MARK_AMBER ? THEME_COLOR_AMBER500
           : tone == WIDGET_MARK_GREEN ? THEME_COLOR_JADE600
                                       : THEME_COLOR_LINE500;
}

/* The time of the day of the row in hand, the day and the minute of another. */
static void draw_step(struct ui *ui, struct rect row, const struct service_audit_line *line,
                      const struct service_audit_line *own)
{
    int64_t at_utc_s = line->at_utc_ms / 1000;
    bool is_own = line->sequence == own->sequence && strcmp(line->writer, own->writer) == 0;
    bool is_today = clock_hall_day_utc_s(at_utc_s) == clock_hall_day_utc_s(own->at_utc_ms / 1000);
    char words[AUDIT_WORDS_BYTES];
    char fit[AUDIT_WORDS_BYTES];
    char time[16] = "";
    (void)widget_mark_dot(ui, rect_make(row.x, row.y + (row.h - DOT) / 2, DOT, DOT), dot_of(line));
    (void)rect_cut_left(&row, 21);
    (void)clock_format_hall(at_utc_s, is_today ? "%H:%M:%S" : "%m-%d %H:%M", time, sizeof(time));
    (void)widget_label(
        ui, rect_cut_left(&row, is_today ? 68 : 94),
        &(struct widget_label){
            .text = time, .type = THEME_TYPE_DESK_TABLE, .color = THEME_COLOR_INK700, .middle = true});
    enum theme_type type = is_own ? THEME_TYPE_DESK_STRONG : THEME_TYPE_DESK_TABLE;
    audit_words_action(ui, line, words);
    widget_label_fit(ui, type, words, row.w, fit, sizeof(fit));
    (void)widget_label(ui, row, &(struct widget_label){.text = fit, .type = type, .middle = true});
}

/* Which of them stand there. */
static void history_words(const struct ui *ui, const struct service_audit_line *line, size_t shown, bool all,
                          char out[96])
{
    char count[24];
    (void)snprintf(count, sizeof(count), "%zu", shown);
    if (all)
        (void)text_copy(
            out, 96,
            desk_text(ui, line->order_id[0] != 0 ? "desk.audit.history.order" : "desk.audit.history"));
    else
        desk_format(ui, out, 96, "desk.audit.history.last", {"count", count});
}

/* All of them, or the newest that fit. */
static void draw_history(struct ui *ui, struct rect r, const struct service_audit_line *line,
                         const struct service_audit_row *row)
{
    char words[96];
    if (row == NULL || row->history_count == 0 || r.h < HISTORY_HEAD + STEP)
        return;
    struct rect head = rect_cut_top(&r, HISTORY_HEAD);
    size_t room = (size_t)(r.h / STEP);
    size_t first = row->history_count > room ? row->history_count - room : 0;
    history_words(ui, line, row->history_count - first,
                  first == 0 && row->history_count < SERVICE_AUDIT_HISTORY_MAX, words);
    (void)widget_label(ui, head,
                       &(struct widget_label){.text = words, .type = THEME_TYPE_DESK_STRONG, .middle = true});
    for (size_t i = first; i < row->history_count; i++)
        draw_step(ui, rect_cut_top(&r, STEP), &row->history[i], line);
}

/* --- all of it ----------------------------------------------------------------------------------------- */

/* What it says in full, in as many lines as it takes. */
static void draw_detail(struct ui *ui, struct rect *r, const struct service_audit_line *line,
                        const struct service_audit_row *row)
{
    char words[AUDIT_WORDS_BYTES];
    detail_of(ui, line, row, words);
    int lines = 1 + (int)text_length(words) * DETAIL_CHARACTER / (r->w - 2 * GAP);
    struct rect box = rect_cut_top(r, DETAIL_LINE * lines + 2 * GAP);
    (void)widget_panel(ui, box, WIDGET_PANEL_QUIET);
    (void)widget_label(ui, rect_inset(box, GAP, GAP),
                       &(struct widget_label){.id = "audit.detail",
                                              .text = words[0] != 0 ? words : "–",
                                              .type = THEME_TYPE_DESK_TABLE});
    (void)rect_cut_top(r, GAP);
}

/* As far as there is room. */
static void draw_boxes(struct ui *ui, struct rect *r, const struct service_audit_line *line,
                       const struct service_audit_row *row)
{
    if (r->h < CHAIN)
        return;
    draw_chain(ui, rect_cut_top(r, CHAIN), line, row);
    if (row == NULL || row->decision.action[0] == 0 || r->h < GAP + SIGNED)
        return;
    (void)rect_cut_top(r, GAP);
    draw_signed(ui, rect_cut_top(r, SIGNED), &row->decision);
}

static void draw_pairs(struct ui *ui, struct rect *r, const struct service_audit_line *line,
                       const struct service_audit_row *row)
{
    char words[AUDIT_WORDS_BYTES];
    audit_words_actor(ui, line->actor, line->account, words);
    draw_pair(ui, r, "desk.column.actor", words);
    audit_words_place(ui, line->writer, words);
    draw_pair(ui, r, "desk.column.place", words);
    draw_order(ui, r, line, row);
    draw_pair(ui, r, "desk.column.result", audit_words_result(ui, line));
    detail_of(ui, line, row, words);
    draw_pair(ui, r, "desk.column.detail", words);
    (void)rect_cut_top(r, GAP + 2);
}

/* Unfolded it has room for all that the pairs leave none for. */
static void draw_row(const struct desk_audit_state *state, struct ui *ui, struct rect r,
                     const struct service_audit_line *line)
{
    const struct service_audit_row *row = row_of(ui, line);
    draw_head(ui, &r, line, row);
    if (state->unfolded)
        draw_detail(ui, &r, line, row);
    else
        draw_pairs(ui, &r, line, row);
    draw_boxes(ui, &r, line, row);
    (void)rect_cut_top(&r, 9);
    draw_history(ui, r, line, row);
}

/* Where the first chain that does not hold goes wrong. */
static void draw_broken(struct ui *ui, struct rect *r)
{
    const struct service_audit_chains *chains = &desk_view(ui)->audit_chains;
    char place[AUDIT_WORDS_BYTES];
    char number[24];
    char text[AUDIT_WORDS_BYTES + 64];
    if (!chains->is_known || chains->holds)
        return;
    audit_words_place(ui, chains->broken_writer, place);
    audit_words_number(chains->broken_sequence, number);
    desk_format(ui, text, sizeof(text), "desk.audit.broken_row", {"place", place}, {"number", number});
    record_table_draw_told(ui, rect_cut_bottom(r, BROKEN), "audit.broken", text, true);
}

static void draw_buttons(const struct desk_audit_state *state, struct ui *ui, struct rect row,
                         const struct service_audit_line *line)
{
    struct rect left = rect_cut_left(&row, (row.w - 10) / 2);
    (void)rect_cut_left(&row, 10);
    (void)widget_button(ui, left,
                        &(struct widget_button){.id = "audit.open",
                                                .label = desk_text(ui, "desk.audit.open"),
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .shortcut = "B",
                                                .disabled = line == NULL || !desk_audit_can_open(ui, line)});
    (void)widget_button(ui, row,
                        &(struct widget_button){.id = "audit.verify",
                                                .label = desk_text(ui, "desk.audit.verify"),
                                                .look = WIDGET_BUTTON_PRIMARY,
                                                .shortcut = "V",
                                                .busy = state->verifying});
}

void desk_audit_side_draw(const struct desk_audit_state *state, struct ui *ui, struct rect area,
                          const struct service_audit_line *line)
{
    const struct service_audit_row *row = line == NULL ? NULL : row_of(ui, line);
    struct rect r =
        rect_inset(ui_page_desk_panel(ui, area, desk_text(ui, "desk.audit.details"), NULL), 18, 12);
    if (row != NULL)
        (void)widget_mark_chip(ui, rect_make(area.x + 120, area.y + 10, area.w - 136, 25), WIDGET_RIGHT,
                               row->holds ? WIDGET_MARK_GREEN : WIDGET_MARK_ALARM,
                               desk_text(ui, row->holds ? "desk.audit.sound" : "desk.audit.unsound"));
    struct rect buttons = rect_cut_bottom(&r, BUTTON + 6);
    draw_buttons(state, ui, rect_cut_top(&buttons, BUTTON), line);
    (void)rect_cut_bottom(&r, 8);
    draw_broken(ui, &r);
    if (line != NULL)
        draw_row(state, ui, r, line);
}
