/* One row of the audit: what it says, how it stands in its chain, what else is known of its order. */
#include <stdio.h>
#include <string.h>

#include "kiosk/desk/audit_words.h"
#include "kiosk/desk/desk_audit.h"
#include "kiosk/desk/record_table.h"

enum { PAIR = 31, CHAIN = 150, CHAIN_LINE = 25, GAP = 14, STEP = 34, BUTTON = 40, BROKEN = 44, DOT = 9 };

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
}

static void draw_head(struct ui *ui, struct rect *r, const struct service_audit_line *line)
{
    char words[AUDIT_WORDS_BYTES];
    char fit[AUDIT_WORDS_BYTES];
    char number[24];
    char seconds[32] = "";
    char time[40];
    char text[96];
    audit_words_action(ui, line, words);
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

static void draw_digest(struct ui *ui, struct rect *r, const char *key, const char *digest, bool own)
{
    char text[32];
    struct rect line = rect_cut_top(r, CHAIN_LINE);
    enum theme_color color = own ? THEME_COLOR_INK900 : THEME_COLOR_INK700;
    long_digest(digest, text);
    (void)widget_label(
        ui, rect_cut_left(&line, 53),
        &(struct widget_label){
            .text = desk_text(ui, key), .type = THEME_TYPE_DESK_CAPTION, .color = color, .middle = true});
    (void)widget_label(ui, line,
                       &(struct widget_label){
                           .text = text, .type = THEME_TYPE_DESK_CAPTION, .color = color, .middle = true});
}

static void draw_chain(struct ui *ui, struct rect area, const struct service_audit_line *line,
                       const struct service_audit_row *row)
{
    (void)widget_panel(ui, area, WIDGET_PANEL_WELL);
    struct rect r = rect_inset(area, 14, 11);
    (void)widget_label(ui, rect_cut_top(&r, 28),
                       &(struct widget_label){.text = desk_text(ui, "desk.audit.chain"),
                                              .type = THEME_TYPE_DESK_STRONG,
                                              .middle = true});
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
                       &(struct widget_label){
                           .text = desk_text(ui, row->holds ? "desk.audit.linked" : "desk.audit.unlinked"),
                           .type = THEME_TYPE_DESK_CAPTION_STRONG,
                           .color = row->holds ? THEME_COLOR_JADE700 : THEME_COLOR_SEAL700,
                           .middle = true});
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

/* The newest that fit. */
static void draw_history(struct ui *ui, struct rect r, const struct service_audit_line *line,
                         const struct service_audit_row *row)
{
    if (row == NULL || row->history_count == 0 || r.h < 32 + STEP)
        return;
    (void)widget_label(
        ui, rect_cut_top(&r, 32),
        &(struct widget_label){
            .text = desk_text(ui, line->order_id[0] != 0 ? "desk.audit.history.order" : "desk.audit.history"),
            .type = THEME_TYPE_DESK_STRONG,
            .middle = true});
    size_t room = (size_t)(r.h / STEP);
    size_t first = row->history_count > room ? row->history_count - room : 0;
    for (size_t i = first; i < row->history_count; i++)
        draw_step(ui, rect_cut_top(&r, STEP), &row->history[i], line);
}

/* --- all of it ----------------------------------------------------------------------------------------- */

static void draw_row(struct ui *ui, struct rect r, const struct service_audit_line *line)
{
    char words[AUDIT_WORDS_BYTES];
    const struct service_audit_row *row = row_of(ui, line);
    draw_head(ui, &r, line);
    audit_words_actor(ui, line->actor, line->account, words);
    draw_pair(ui, &r, "desk.column.actor", words);
    audit_words_place(ui, line->writer, words);
    draw_pair(ui, &r, "desk.column.place", words);
    draw_order(ui, &r, line, row);
    draw_pair(ui, &r, "desk.column.result", audit_words_result(ui, line));
    detail_of(ui, line, row, words);
    draw_pair(ui, &r, "desk.column.detail", words);
    (void)rect_cut_top(&r, 8);
    draw_chain(ui, rect_cut_top(&r, CHAIN), line, row);
    (void)rect_cut_top(&r, GAP);
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
        draw_row(ui, r, line);
}
