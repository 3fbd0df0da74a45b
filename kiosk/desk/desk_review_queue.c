/* The queue: who waits, oldest first, and the keys of this screen. */
#include <stdio.h>
#include <string.h>

#include "kiosk/desk/desk_review.h"

enum { KEYS = 75, KEYS_PADDING = 14, KEYS_ABOVE = 12, SLOW_S = 300 };

/* The first row shown, so that the open case is among them. */
static size_t first_row(const struct ui *ui, const size_t *order, size_t count, size_t rows)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(desk_view(ui)->queue[order[i]].order.id, desk_review_case(ui)->order.id) == 0)
            return i + 1 > rows ? i + 1 - rows : 0;
    return 0;
}

static bool is_overdue(const struct ui *ui, const struct service_queue_line *line)
{
    return line->due_utc_s != 0 && clock_utc_s(desk_program(ui)->clock) > line->due_utc_s;
}

/* By when it was promised to somebody who has left. */
static void note_due(const struct ui *ui, const struct service_queue_line *line, char out[48])
{
    char day[16];
    if (line->due_utc_s == 0 || clock_format_hall(line->due_utc_s, "%m-%d", day, sizeof(day)) == 0)
        return;
    desk_format(ui, out, 48, is_overdue(ui, line) ? "desk.review.overdue" : "desk.review.due", {"day", day});
}

/* At which machine it was handed in, as far as somebody is still there. */
static void note_of(const struct ui *ui, const struct service_queue_line *line, char out[48])
{
    const struct service_desk *view = desk_view(ui);
    const char *key = line->on_hold                                  ? "desk.review.held"
                      : line->order.state == ORDER_STATE_IDENTIFYING ? "desk.identity.badge"
                                                                     : "desk.review.left";
    (void)snprintf(out, 48, "%.40s", desk_text(ui, key));
    if (line->on_hold || line->order.state == ORDER_STATE_IDENTIFYING)
        return;
    note_due(ui, line, out);
    if (is_overdue(ui, line))
        return;
    for (size_t i = 0; i < view->terminal_count; i++)
        if (strcmp(view->terminals[i].order_id, line->order.id) == 0)
            desk_format(ui, out, 48, "wall.machine",
                        {"machine", view->terminals[i].machine[0] != 0 ? view->terminals[i].machine
                                                                       : view->terminals[i].id});
}

static void draw_row(struct ui *ui, struct rect area, size_t index)
{
    const struct service_queue_line *line = &desk_view(ui)->queue[index];
    char id[DESK_REVIEW_ID_BYTES];
    char since[16];
    char note[48];
    char subject[DESK_SUBJECT_BYTES];
    desk_since(ui, line->waiting_since_utc_s, since);
    note_of(ui, line, note);
    desk_subject(ui, &line->order, subject);
    (void)snprintf(id, sizeof(id), "queue.%s", line->order.acceptance);
    (void)widget_case_row(
        ui, area,
        &(struct widget_case_row){.id = id,
                                  .name = line->unit[0] != 0 ? line->unit : line->order.acceptance,
                                  .since = since,
                                  .line = subject,
                                  .number = line->order.acceptance,
                                  .note = note,
                                  .is_urgent = is_overdue(ui, line) || clock_utc_s(desk_program(ui)->clock) -
                                                                               line->waiting_since_utc_s >
                                                                           SLOW_S,
                                  .selected = strcmp(line->order.id, desk_review_case(ui)->order.id) == 0,
                                  .tag = (int64_t)index});
}

static void draw_keys(struct ui *ui, struct rect area)
{
    static const struct {
        const char *words, *key;
    } keys[] = {{"desk.key.next", "J"}, {"desk.key.previous", "K"}, {"desk.key.page", "1-5"},
                {"desk.key.zoom", "Z"}, {"desk.key.compare", "C"},  {"desk.key.hold", "F11"}};
    (void)widget_panel_line(ui, rect_make(area.x + 1, area.y, area.w - 2, 1));
    struct rect r = rect_inset(area, KEYS_PADDING, KEYS_ABOVE);
    int x = r.x, y = r.y;
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        const char *words = desk_text(ui, keys[i].words);
        int width = widget_case_hint_width(ui, words, keys[i].key);
        if (x + width > r.x + r.w) {
            x = r.x;
            y += WIDGET_CASE_HINT;
        }
        if (y + WIDGET_CASE_HINT > r.y + r.h)
            return;
        (void)widget_case_hint(ui, rect_make(x, y, width, WIDGET_CASE_HINT), words, keys[i].key);
        x += width + KEYS_PADDING;
    }
}

static void draw_rest(struct ui *ui, struct rect area, size_t hidden)
{
    char text[96];
    char number[24];
    (void)snprintf(number, sizeof(number), "%zu", hidden);
    desk_format(ui, text, sizeof(text), "desk.review.more", {"count", number});
    (void)widget_label(
        ui, rect_inset(area, 16, 0),
        &(struct widget_label){
            .text = text, .type = THEME_TYPE_DESK_CAPTION, .color = THEME_COLOR_INK700, .middle = true});
}

void desk_review_queue_draw(struct ui *ui, struct rect area)
{
    size_t order[SERVICE_QUEUE_MAX];
    size_t count = desk_review_queue(ui, order);
    char title[64];
    char number[24];
    (void)snprintf(number, sizeof(number), "%zu", count);
    desk_format(ui, title, sizeof(title), "desk.review.queue", {"count", number});
    struct rect r = ui_page_desk_panel(ui, area, title, desk_text(ui, "desk.review.waiting"));
    draw_keys(ui, rect_cut_bottom(&r, KEYS + (area.w < 280 ? WIDGET_CASE_HINT : 0)));
    struct rect rest = rect_cut_bottom(&r, 24);
    size_t rows = (size_t)(r.h / WIDGET_CASE_ROW);
    size_t first = first_row(ui, order, count, rows);
    for (size_t i = first; i < count && i < first + rows; i++)
        draw_row(ui, rect_make(r.x + 1, r.y + (int)(i - first) * WIDGET_CASE_ROW, r.w - 2, WIDGET_CASE_ROW),
                 order[i]);
    if (count > rows)
        draw_rest(ui, rest, count - rows);
    if (count == 0)
        (void)widget_label(ui, rect_inset(r, 16, 12),
                           &(struct widget_label){.text = desk_text(ui, "desk.review.empty"),
                                                  .type = THEME_TYPE_DESK,
                                                  .color = THEME_COLOR_INK700});
}
