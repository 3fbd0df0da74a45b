/* Review: a case is opened from the queue, looked at and decided with mouse or keyboard alone (c02). */
#include "kiosk/desk/desk_review.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/order_search.h"
#include "kiosk/desk/record_table.h"

enum {
    GAP = 12,
    QUEUE_MIN = 220,
    QUEUE_MAX = 300,
    SIDE_MIN = 372,
    SIDE_MAX = 510,
    CONTENT_MAX = 1680, /* content of the design's canvas */
    SIDE_WIDE = 480,
    HEAD = 58,
    TURN = 44,
    DECISION = 104,
    ORIGINALS = 48,
    REASONS_HEAD = 36,
    REASON_LEAST = 30,
    REASON_MOST = 38,
    NOTE = 42,
    FIELDS = 38 + 10 * 40, /* the fields of the design's canvas, with the head of their table */
    LOW = 860,
    TABS = 84,
    TOOLS = 44,
    VALUE_HEAD = 32,
    VALUE_LINE = 23,
    VALUE_CHARACTER = 16, /* as wide as a Chinese one */
    TIMER_SECOND = 0
};
DESK_STATE(review)

const struct service_case *desk_review_case(const struct ui *ui)
{
    return &desk_view(ui)->opened;
}

const struct product *desk_review_product(const struct ui *ui)
{
    return catalogue_find(desk_program(ui)->catalogue, desk_review_case(ui)->order.product);
}

const struct form *desk_review_form(const struct ui *ui)
{
    const struct product *product = desk_review_product(ui);
    return product_operation_form(product,
                                  product_find_operation(product, desk_review_case(ui)->order.operation));
}

void desk_review_say(struct desk_review_state *state, const struct ui *ui, const char *key)
{
    (void)text_copy(state->message, sizeof(state->message), desk_text(ui, key));
}

/* With the id of an order as argument its case is opened at once; NULL leaves the choice to the clerk. */
void desk_review_enter(void *memory, struct ui *ui, const void *argument)
{
    struct desk_review_state *state = memory;
    const char *order_id = argument;
    text_edit_init(&state->note, TEXT_EDIT_CHINESE, DESK_REVIEW_NOTE_BYTES - 1);
    text_edit_init(&state->words, TEXT_EDIT_CHINESE, DESK_REVIEW_NOTE_BYTES - 1);
    text_edit_init(&state->search, TEXT_EDIT_CHINESE, 40);
    (void)service_desk_overview(desk_program(ui)->services);
    if (order_id != NULL && order_id[0] != 0)
        state->opening = service_desk_case(desk_program(ui)->services, order_id);
    ui_timer(ui, TIMER_SECOND, 1000);
}

void desk_review_leave(void *memory, struct ui *ui)
{
    struct desk_review_state *state = memory;
    desk_review_page_forget(state);
    desk_review_thumbs_forget(&state->thumbs);
    text_edit_wipe(&state->note);
    text_edit_wipe(&state->words);
    text_edit_wipe(&state->search);
    ui_timer_cancel(ui, TIMER_SECOND);
}

/* --- places ------------------------------------------------------------------------------------------- */

static int between(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

/* As much room as there is for the rows of reasons, however many the product has. */
static int reasons_height(const struct ui *ui, int room)
{
    int rows = desk_review_case(ui)->is_open ? (int)(desk_review_product(ui)->reason_count + 1) / 2 : 0;
    return REASONS_HEAD + between(room - REASONS_HEAD - NOTE, rows * REASON_LEAST, rows * REASON_MOST) + NOTE;
}

/* The lock, and what turns to other fields where the table's head is too narrow for that. */
static int turn_height(const struct desk_review_areas *areas, const struct ui *ui)
{
    return areas->turn_in_head && desk_review_case(ui)->lock.role == SERVICE_LOCK_NONE ? 0 : TURN;
}

/* Below the fields stand the checks and the reasons; where both do not fit, the reasons while they are
 * chosen. The reasons have the room that ten fields leave. */
static void cut_side(const struct desk_review_state *state, const struct ui *ui,
                     struct desk_review_areas *out)
{
    struct rect r = out->side;
    out->head = rect_cut_top(&r, HEAD);
    out->decision = rect_cut_bottom(&r, DECISION);
    if (desk_review_case(ui)->original_count > 0)
        out->originals = rect_inset(rect_cut_bottom(&r, ORIGINALS), 16, 4);
    out->is_low = out->side.h < LOW;
    out->turn_in_head = out->side.w >= SIDE_WIDE;
    int checks = !out->is_low || !state->choosing ? desk_review_checks_height(ui) : 0;
    int turn = turn_height(out, ui), left = r.h - checks - turn - FIELDS;
    if (!out->is_low || state->choosing)
        out->reasons = rect_cut_bottom(&r, reasons_height(ui, left));
    out->checks = rect_cut_bottom(&r, checks);
    out->turn = rect_cut_bottom(&r, turn);
    out->fields = r;
}

/* Room for the whole value in hand, however long. */
static int value_height(const struct desk_review_state *state, const struct ui *ui, int width)
{
    const char *value = form_value(desk_review_form(ui), &desk_review_case(ui)->values, state->field);
    int lines = 1 + (int)text_length(value) * VALUE_CHARACTER / (width - VALUE_HEAD);
    return VALUE_HEAD + lines * VALUE_LINE;
}

struct desk_review_areas desk_review_areas(const struct desk_review_state *state, struct ui *ui)
{
    struct desk_review_areas areas = {0};
    struct rect r = desk_page_wide(ui_page_desk_content(ui));
    int width = r.w;
    areas.queue = rect_cut_left(&r, between(width * QUEUE_MAX / CONTENT_MAX, QUEUE_MIN, QUEUE_MAX));
    (void)rect_cut_left(&r, GAP);
    if (desk_review_case(ui)->is_open && !identity_check_is_open(ui)) {
        areas.side = rect_cut_right(&r, between(width * SIDE_MAX / CONTENT_MAX, SIDE_MIN, SIDE_MAX));
        (void)rect_cut_right(&r, GAP);
        cut_side(state, ui, &areas);
    }
    areas.page = r;
    areas.tabs = rect_cut_top(&r, TABS);
    areas.tools = rect_cut_top(&r, TOOLS);
    r = rect_make(r.x + 1, r.y, r.w - 2, r.h - 1);
    if (areas.side.w > 0 && desk_review_fields_asks_value(state, ui, &areas))
        areas.value = rect_cut_bottom(&r, value_height(state, ui, r.w));
    areas.viewer = r;
    return areas;
}

/* --- opening ------------------------------------------------------------------------------------------ */

/* Who stands at a machine or was promised nothing counts from the time of coming. */
static int64_t rank_of(const struct service_queue_line *line)
{
    return line->due_utc_s != 0 ? line->due_utc_s : line->waiting_since_utc_s;
}

static bool comes_before(const struct service_queue_line *left, const struct service_queue_line *right)
{
    return left->on_hold != right->on_hold ? right->on_hold : rank_of(left) < rank_of(right);
}

size_t desk_review_queue(const struct ui *ui, size_t out[SERVICE_QUEUE_MAX])
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->queue_count; i++) {
        size_t at = i; /* what ranks the same stays as it came */
        for (; at > 0 && comes_before(&view->queue[i], &view->queue[out[at - 1]]); at--)
            out[at] = out[at - 1];
        out[at] = i;
    }
    return view->queue_count;
}

/* What was chosen and in hand was so in the case before. */
static void forget_case(struct desk_review_state *state)
{
    state->item_count = 0;
    state->originals = (struct desk_review_originals){0};
    state->lock_wanted = SERVICE_LOCK_NONE;
    state->choosing = state->comparing = false;
    state->first_field = state->first_tab = 0;
    state->field[0] = state->revealed[0] = state->message[0] = 0;
    text_edit_set(&state->note, "");
    identity_check_forget(&state->identity);
}

static void open_case(struct desk_review_state *state, struct ui *ui, size_t index)
{
    if (index >= desk_view(ui)->queue_count || state->opening != 0)
        return;
    forget_case(state);
    state->opening = service_desk_case(desk_program(ui)->services, desk_view(ui)->queue[index].order.id);
}

/* The case so many places behind the open one in the order shown; the first when none is open. */
static void open_near(struct desk_review_state *state, struct ui *ui, int step)
{
    size_t order[SERVICE_QUEUE_MAX];
    int count = (int)desk_review_queue(ui, order), here = -1;
    for (int i = 0; i < count; i++)
        if (strcmp(desk_view(ui)->queue[order[i]].order.id, desk_review_case(ui)->order.id) == 0)
            here = i;
    int to = here < 0 ? 0 : here + step;
    if (to >= 0 && to < count)
        open_case(state, ui, order[to]);
}

/* The lock is what the clerk decided, or the case is read once more. */
static void follow_lock(struct desk_review_state *state, struct ui *ui)
{
    const struct service_case *what = desk_review_case(ui);
    if (state->lock_wanted == SERVICE_LOCK_NONE || state->holding != 0 || state->opening != 0)
        return;
    if (!what->is_open || what->lock.role == state->lock_wanted)
        state->lock_wanted = SERVICE_LOCK_NONE;
    else
        state->opening = service_desk_case(desk_program(ui)->services, what->order.id);
}

/* The line of the open case, SIZE_MAX when it is not in the queue any more. */
static size_t line_of_case(const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->queue_count; i++)
        if (strcmp(view->queue[i].order.id, desk_review_case(ui)->order.id) == 0)
            return i;
    return SIZE_MAX;
}

/* Nothing of the case stays on the screen, and nobody is told any longer that it is looked at. */
static void put_away(struct desk_review_state *state, struct ui *ui)
{
    desk_review_page_forget(state);
    desk_review_thumbs_forget(&state->thumbs);
    forget_case(state);
    ui_toast(ui, ICON_CHECK, desk_text(ui, "desk.review.sent"));
    state->opening = service_desk_case(desk_program(ui)->services, "");
}

/* What was decided has left; the oldest of the others comes by itself, or the page is empty. */
static void open_next(struct desk_review_state *state, struct ui *ui)
{
    size_t order[SERVICE_QUEUE_MAX];
    size_t count = desk_review_queue(ui, order);
    for (size_t i = 0; i < count; i++) {
        const struct service_queue_line *line = &desk_view(ui)->queue[order[i]];
        if (strcmp(line->order.id, desk_review_case(ui)->order.id) != 0 && !line->on_hold) {
            open_case(state, ui, order[i]);
            return;
        }
    }
    put_away(state, ui);
}

/* Who was found to be the right person is reviewed next, and waited for while that takes effect. */
static void go_on(struct desk_review_state *state, struct ui *ui)
{
    const struct service_case *what = desk_review_case(ui);
    size_t line = line_of_case(ui);
    bool is_identity = what->order.state == ORDER_STATE_IDENTIFYING;
    if (!what->is_open || state->opening != 0 || state->asking != 0 || state->originals.asking ||
        desk_review_can_undo(ui))
        return;
    if (is_identity && line != SIZE_MAX && desk_view(ui)->queue[line].order.state == ORDER_STATE_REVIEWING)
        open_case(state, ui, line);
    else if (what->decided && !(is_identity && what->approved && line != SIZE_MAX))
        open_next(state, ui);
}

/* --- events ------------------------------------------------------------------------------------------- */

static bool on_opened(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_reply *reply = event->data;
    if (!ui_replied(event, state->opening))
        return false;
    state->opening = 0;
    state->message[0] = 0;
    if (reply->status != STATUS_OK)
        desk_reason(ui, reply, state->message, sizeof(state->message));
    else if (desk_review_case(ui)->is_open && !identity_check_is_open(ui))
        desk_review_page_show(state, ui, 0);
    return true;
}

static bool on_queue(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped_prefix(event, "queue."))
        open_case(state, ui, (size_t)event->tag);
    else if (desk_pressed(ui, event, INPUT_KEY_CHARACTER, 'j'))
        open_near(state, ui, 1);
    else if (desk_pressed(ui, event, INPUT_KEY_CHARACTER, 'k'))
        open_near(state, ui, -1);
    else
        return record_table_searched(ui, event, "review");
    return true;
}

/* A case of the queue opens here; whatever else is meant stands among the orders. */
static bool on_search(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    if (event->kind != UI_EVENT_NEXT || strcmp(event->id, "review.search") != 0)
        return false;
    const char *text = state->search.text;
    size_t order[SERVICE_QUEUE_MAX], count = desk_review_queue(ui, order), at = 0;
    while (at < count && !order_search_means(&desk_view(ui)->queue[order[at]], text))
        at++;
    ui_focus(ui, NULL);
    if (at < count)
        open_case(state, ui, order[at]);
    else
        order_search_go(ui, text);
    return true;
}

static void on_case(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    if (!desk_review_case(ui)->is_open || identity_check_is_open(ui))
        return;
    if (!desk_review_originals_event(state, ui, event) && !desk_review_decide_event(state, ui, event) &&
        !desk_review_reasons_event(state, ui, event) && !desk_review_fields_event(state, ui, event))
        (void)desk_review_page_event(state, ui, event);
}

static void on_event(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    if (event->kind == UI_EVENT_TIMER) {
        ui_timer(ui, TIMER_SECOND, 1000);
        follow_lock(state, ui);
        go_on(state, ui);
        return;
    }
    if (event->kind == UI_EVENT_REPLY && desk_review_thumbs_take(state, event))
        return;
    if (state->asking == DESK_REVIEW_ASK_NOTHING && !state->originals.asking &&
        (identity_check_event(&state->identity, ui, event) || on_opened(state, ui, event) ||
         on_search(state, ui, event) || desk_common(ui, event) || on_queue(state, ui, event)))
        return;
    on_case(state, ui, event);
}

void desk_review_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_review_state *state = memory;
    desk_review_fields_note(state, ui);
    on_event(state, ui, event);
    desk_review_thumbs_ask(state, ui);
}

/* --- drawing ------------------------------------------------------------------------------------------ */

/* What was read of the lock that is handed in; one that is not known is judged by who looks at it. */
static void write_old_lock(const struct ui *ui, const struct service_old_lock *lock, char *out, size_t size)
{
    const char *key = lock->is_known         ? "desk.review.old_lock"
                      : lock->serial[0] != 0 ? "desk.review.old_lock_unknown"
                                             : "desk.review.old_lock_unread";
    desk_format(ui, out, size, key, {"serial", lock->serial}, {"issuer", lock->issuer});
}

/* Number and subject; before both the day an order counts from that was begun outside of the hours. */
static void write_line(const struct ui *ui, const struct service_case *what, char *out, size_t size)
{
    char day[16] = "", counts[64] = "", subject[DESK_SUBJECT_BYTES];
    if (what->counts_utc_s != 0 && clock_format_hall(what->counts_utc_s, "%m-%d", day, sizeof(day)) > 0)
        desk_format(ui, counts, sizeof(counts), "desk.review.counts", {"day", day});
    desk_subject(ui, &what->order, subject);
    (void)snprintf(out, size, "%s%s%s · %s", counts, counts[0] != 0 ? " · " : "", what->order.acceptance,
                   subject);
}

static void draw_head(struct ui *ui, struct rect area)
{
    const struct order *order = &desk_review_case(ui)->order;
    char amount[DESK_AMOUNT_BYTES];
    char line[DESK_SUBJECT_BYTES + ORDER_ACCEPTANCE_BYTES + 96];
    char shown[192];
    desk_amount(order->amount_fen, amount);
    const char *unit = order->acceptance;
    for (size_t i = 0; i < desk_view(ui)->queue_count; i++)
        if (strcmp(desk_view(ui)->queue[i].order.id, order->id) == 0 && desk_view(ui)->queue[i].unit[0] != 0)
            unit = desk_view(ui)->queue[i].unit;
    struct rect r = rect_inset(area, 16, 8);
    int width = widget_label_width(ui, THEME_TYPE_DESK_TITLE, amount) + 4;
    (void)widget_label(
        ui, rect_cut_right(&r, width),
        &(struct widget_label){
            .text = amount, .type = THEME_TYPE_DESK_TITLE, .align = WIDGET_RIGHT, .middle = true});
    (void)rect_cut_right(&r, 12);
    widget_label_fit(ui, THEME_TYPE_DESK_HEAD, unit, r.w, shown, sizeof(shown));
    (void)widget_label(ui, rect_cut_top(&r, 23),
                       &(struct widget_label){
                           .text = shown, .type = THEME_TYPE_DESK_HEAD, .middle = true, .is_private = true});
    if (desk_review_case(ui)->in_warranty)
        (void)text_copy(line, sizeof(line), desk_text(ui, "desk.review.warranty"));
    else if (desk_review_case(ui)->is_elsewhere)
        (void)text_copy(line, sizeof(line), desk_text(ui, "desk.review.elsewhere"));
    else if (desk_review_case(ui)->old_lock.is_shown)
        write_old_lock(ui, &desk_review_case(ui)->old_lock, line, sizeof(line));
    else
        write_line(ui, desk_review_case(ui), line, sizeof(line));
    widget_label_fit(ui, THEME_TYPE_DESK_CAPTION, line, r.w, shown, sizeof(shown));
    (void)widget_label(
        ui, r,
        &(struct widget_label){
            .text = shown, .type = THEME_TYPE_DESK_CAPTION, .color = THEME_COLOR_INK700, .middle = true});
    (void)widget_panel_line(ui, rect_make(area.x + 1, area.y + area.h - 1, area.w - 2, 1));
}

static void draw_side(struct desk_review_state *state, struct ui *ui, const struct desk_review_areas *areas)
{
    (void)widget_panel(ui, areas->side, WIDGET_PANEL_CARD);
    draw_head(ui, areas->head);
    desk_review_fields_draw(state, ui, areas);
    if (areas->checks.h > 0)
        desk_review_checks_draw(state, ui, areas->checks);
    if (areas->reasons.h > 0)
        desk_review_reasons_draw(state, ui, areas->reasons);
    if (areas->originals.h > 0)
        desk_review_originals_draw(state, ui, areas->originals);
    desk_review_decide_draw(state, ui, areas->decision);
}

static void draw_frame(struct desk_review_state *state, struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    int64_t oldest_utc_s = 0;
    char since[16];
    char chip[64];
    for (size_t i = 0; i < view->queue_count; i++)
        if (oldest_utc_s == 0 || view->queue[i].waiting_since_utc_s < oldest_utc_s)
            oldest_utc_s = view->queue[i].waiting_since_utc_s;
    desk_since(ui, oldest_utc_s, since);
    desk_format(ui, chip, sizeof(chip), "desk.review.longest", {"since", since});
    struct ui_page_desk_areas areas =
        desk_page_with(ui, DESK_REVIEW, view->queue_count > 0 ? chip : NULL, WIDGET_MARK_AMBER);
    record_table_draw_search(ui, areas.header_tools, "review", &state->search);
}

void desk_review_draw(void *memory, struct ui *ui)
{
    struct desk_review_state *state = memory;
    struct desk_review_areas areas = desk_review_areas(state, ui);
    draw_frame(state, ui);
    desk_review_queue_draw(ui, areas.queue);
    if (identity_check_is_open(ui)) {
        identity_check_draw(&state->identity, ui, areas.page);
        return;
    }
    desk_review_page_draw(state, ui, &areas);
    if (desk_review_case(ui)->is_open)
        draw_side(state, ui, &areas);
    desk_review_dialog_draw(state, ui);
    desk_review_originals_dialog(state, ui);
}
