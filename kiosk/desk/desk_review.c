/* Review: queue, pages with zoom and turn, fields beside them, approve with undo or reject item by item
 * (c02). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_list.h"
#include "kiosk/desk/identity_check.h"

enum { QUEUE_WIDTH = 300, SIDE_WIDTH = 470, PAGE_PX = 1600, ROW = 84, TIMER_SECOND = 0, ID_BYTES = 96 };

struct desk_review_state {
    size_t page; /* index in the case's pages */
    uint64_t loading;
    uint64_t loading_page;
    uint64_t deciding;
    uint64_t undoing;
    struct service_image *image;
    struct canvas_image picture;
    uint64_t image_version;
    struct widget_picture_view view;
    struct order_rejections items; /* chosen so far */
    size_t reason;                 /* index + 1 of the reason in hand, 0 for none */
    char message[192];
    struct identity_check identity; /* of a case that waits for its identity check */
};
DESK_STATE(review)

static const struct service_case *opened(const struct ui *ui)
{
    return &desk_view(ui)->opened;
}

static const struct product *product_of(const struct ui *ui)
{
    return catalogue_find(desk_program(ui)->catalogue, opened(ui)->order.product);
}

static const struct form *form_of(const struct ui *ui)
{
    const struct product *product = product_of(ui);
    return product_operation_form(product, product_find_operation(product, opened(ui)->order.operation));
}

static void forget_image(struct desk_review_state *state)
{
    service_image_free(state->image);
    state->image = NULL;
}

void desk_review_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)argument;
    (void)service_desk_overview(desk_program(ui)->services);
    ui_timer(ui, TIMER_SECOND, 1000);
}

void desk_review_leave(void *memory, struct ui *ui)
{
    forget_image(memory);
    ui_timer_cancel(ui, TIMER_SECOND);
}

/* --- opening ----------------------------------------------------------------------------------------- */

static void show_page(struct desk_review_state *state, struct ui *ui, size_t page)
{
    if (page >= opened(ui)->page_count)
        return;
    state->page = page;
    forget_image(state);
    widget_picture_reset(&state->view);
    state->loading_page =
        service_desk_page(desk_program(ui)->services, opened(ui)->pages[page].paper, PAGE_PX);
}

static void open_case(struct desk_review_state *state, struct ui *ui, size_t index)
{
    if (index >= desk_view(ui)->queue_count || state->loading != 0)
        return;
    state->items.count = 0;
    state->reason = 0;
    state->message[0] = 0;
    identity_check_forget(&state->identity);
    state->loading = service_desk_case(desk_program(ui)->services, desk_view(ui)->queue[index].order.id);
}

static size_t place_in_queue(const struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    for (size_t i = 0; i < view->queue_count; i++)
        if (strcmp(view->queue[i].order.id, view->opened.order.id) == 0)
            return i;
    return view->queue_count;
}

/* --- deciding ---------------------------------------------------------------------------------------- */

static size_t find_item(const struct desk_review_state *state, enum order_item_kind kind, const char *item)
{
    for (size_t i = 0; i < state->items.count; i++)
        if (state->items.item[i].kind == kind && strcmp(state->items.item[i].item, item) == 0)
            return i;
    return state->items.count;
}

/* A touch on an item rejects it for the reason in hand, or takes that back. */
static void toggle_item(struct desk_review_state *state, struct ui *ui, enum order_item_kind kind,
                        const char *item)
{
    const struct product *product = product_of(ui);
    size_t at = find_item(state, kind, item);
    if (at < state->items.count) {
        state->items.item[at] = state->items.item[--state->items.count];
        return;
    }
    if (state->items.count == ORDER_REJECTIONS_MAX || state->reason == 0) {
        (void)text_copy(state->message, sizeof(state->message), desk_text(ui, "desk.review.reason_first"));
        return;
    }
    struct order_rejection *rejection = &state->items.item[state->items.count++];
    *rejection = (struct order_rejection){.kind = kind};
    (void)text_copy(rejection->item, sizeof(rejection->item), item);
    (void)text_copy(rejection->reason, sizeof(rejection->reason), product->reasons[state->reason - 1].text);
    state->message[0] = 0;
}

static void approve(struct desk_review_state *state, struct ui *ui)
{
    if (state->deciding == 0 && opened(ui)->is_open && !opened(ui)->decided)
        state->deciding = service_desk_approve(desk_program(ui)->services);
}

static void reject(struct desk_review_state *state, struct ui *ui)
{
    if (state->items.count == 0)
        (void)text_copy(state->message, sizeof(state->message), desk_text(ui, "desk.review.items_first"));
    else if (state->deciding == 0 && opened(ui)->is_open && !opened(ui)->decided)
        state->deciding = service_desk_reject(desk_program(ui)->services, &state->items);
}

static bool can_undo(const struct ui *ui)
{
    return opened(ui)->decided && clock_utc_s(desk_program(ui)->clock) < opened(ui)->undo_until_utc_s;
}

static void undo(struct desk_review_state *state, struct ui *ui)
{
    if (state->undoing == 0 && can_undo(ui))
        state->undoing = service_desk_undo(desk_program(ui)->services);
}

/* --- events ------------------------------------------------------------------------------------------ */

static void on_reply(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    struct service_reply *reply = event->data;
    bool failed = reply->status != STATUS_OK;
    if (ui_replied(event, state->loading)) {
        state->loading = 0;
        if (!failed && !identity_check_is_open(ui))
            show_page(state, ui, 0);
    } else if (ui_replied(event, state->loading_page)) {
        state->loading_page = 0;
        state->image = reply->image;
        state->image_version = reply->id;
        reply->image = NULL;
        if (state->image != NULL)
            state->picture =
                (struct canvas_image){state->image->rgb, state->image->width_px, state->image->height_px};
    } else if (ui_replied(event, state->deciding)) {
        state->deciding = 0;
    } else if (ui_replied(event, state->undoing)) {
        state->undoing = 0;
    } else {
        return;
    }
    state->message[0] = 0;
    if (failed)
        desk_reason(ui, reply, state->message, sizeof(state->message));
}

static bool on_page_tools(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "review.zoom_in") || desk_pressed(ui, event, INPUT_KEY_CHARACTER, 'z'))
        widget_picture_zoom(&state->view, 1);
    else if (ui_tapped(event, "review.zoom_out"))
        widget_picture_zoom(&state->view, -1);
    else if (ui_tapped(event, "review.fit"))
        widget_picture_reset(&state->view);
    else if (ui_tapped(event, "review.rotate") || desk_pressed(ui, event, INPUT_KEY_CHARACTER, 'r'))
        widget_picture_rotate(&state->view);
    else
        return false;
    return true;
}

static bool on_keys(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    size_t here = place_in_queue(ui);
    if (desk_pressed(ui, event, INPUT_KEY_CHARACTER, 'j'))
        open_case(state, ui, here < desk_view(ui)->queue_count ? here + 1 : 0);
    else if (desk_pressed(ui, event, INPUT_KEY_CHARACTER, 'k') && here > 0)
        open_case(state, ui, here - 1);
    else if (event->kind == UI_EVENT_KEY && event->key == INPUT_KEY_CHARACTER && event->character >= '1' &&
             event->character <= '9' && ui_focused(ui) == NULL)
        show_page(state, ui, (size_t)(event->character - '1'));
    else if (desk_pressed(ui, event, INPUT_KEY_FUNCTION, 9))
        approve(state, ui);
    else if (desk_pressed(ui, event, INPUT_KEY_FUNCTION, 10))
        reject(state, ui);
    else
        return false;
    return true;
}

static void on_tap(struct desk_review_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped_prefix(event, "queue."))
        open_case(state, ui, (size_t)event->tag);
    else if (ui_tapped_prefix(event, "page."))
        show_page(state, ui, (size_t)event->tag);
    else if (ui_tapped_prefix(event, "reason."))
        state->reason = state->reason == (size_t)event->tag + 1 ? 0 : (size_t)event->tag + 1;
    else if (ui_tapped_prefix(event, "item.paper."))
        toggle_item(state, ui, ORDER_ITEM_PAPER, event->id + strlen("item.paper."));
    else if (ui_tapped_prefix(event, "item.field."))
        toggle_item(state, ui, ORDER_ITEM_FIELD, event->id + strlen("item.field."));
    else if (ui_tapped(event, "review.approve"))
        approve(state, ui);
    else if (ui_tapped(event, "review.reject"))
        reject(state, ui);
    else if (ui_tapped(event, "review.undo"))
        undo(state, ui);
}

void desk_review_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct desk_review_state *state = memory;
    if (event->kind == UI_EVENT_TIMER)
        ui_timer(ui, TIMER_SECOND, 1000);
    else if (identity_check_event(&state->identity, ui, event))
        return;
    else if (event->kind == UI_EVENT_REPLY)
        on_reply(state, ui, event);
    else if (!desk_common(ui, event) && !on_page_tools(state, ui, event) && !on_keys(state, ui, event))
        on_tap(state, ui, event);
}

/* --- drawing: queue ---------------------------------------------------------------------------------- */

static void draw_queue(struct ui *ui, struct rect area)
{
    const struct service_desk *view = desk_view(ui);
    char count[64];
    char number[24];
    (void)snprintf(number, sizeof(number), "%zu", view->queue_count);
    desk_format(ui, count, sizeof(count), "desk.review.queue", {"count", number});
    struct rect inner = ui_page_desk_panel(ui, area, count, desk_text(ui, "desk.review.waiting"));
    struct rect keys = rect_cut_bottom(&inner, 36);
    for (size_t i = 0; i < view->queue_count && inner.h >= ROW; i++) {
        const struct service_queue_line *line = &view->queue[i];
        char id[ID_BYTES];
        char since[16];
        bool identifying = line->order.state == ORDER_STATE_IDENTIFYING;
        desk_since(ui, line->waiting_since_utc_s, since);
        (void)snprintf(id, sizeof(id), "queue.%s", line->order.acceptance);
        (void)widget_list_row(
            ui, rect_inset(rect_cut_top(&inner, ROW), 6, 3),
            &(struct widget_list_row){.id = id,
                                      .name = line->unit[0] != 0 ? line->unit : line->order.acceptance,
                                      .line = line->order.acceptance,
                                      .chip = identifying ? desk_text(ui, "desk.identity.badge") : since,
                                      .tone = identifying ? WIDGET_MARK_BLUE : WIDGET_MARK_AMBER,
                                      .selected = strcmp(line->order.id, view->opened.order.id) == 0,
                                      .pressable = true,
                                      .tag = (int64_t)i});
    }
    if (view->queue_count == 0)
        (void)widget_label(ui, rect_inset(inner, 16, 12),
                           &(struct widget_label){.text = desk_text(ui, "desk.review.empty"),
                                                  .type = THEME_TYPE_DESK,
                                                  .color = THEME_COLOR_INK700});
    (void)widget_label(ui, rect_inset(keys, 16, 0),
                       &(struct widget_label){.text = desk_text(ui, "desk.review.keys"),
                                              .type = THEME_TYPE_DESK_HINT,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
}

/* --- drawing: page ----------------------------------------------------------------------------------- */

static void draw_tabs(struct ui *ui, struct rect area, const struct desk_review_state *state)
{
    const struct service_case *what = opened(ui);
    for (size_t i = 0; i < what->page_count; i++) {
        const struct product_paper *paper = product_find_paper(product_of(ui), what->pages[i].paper);
        char id[ID_BYTES];
        (void)snprintf(id, sizeof(id), "page.%s", what->pages[i].paper);
        (void)widget_button(
            ui, rect_column(area, (int)i, (int)what->page_count, 8),
            &(struct widget_button){.id = id,
                                    .label = paper->title,
                                    .line = desk_text(ui, !what->seen[i] ? "desk.page.unseen"
                                                          : what->pages[i].state == SERVICE_PAGE_GOOD
                                                              ? "desk.page.good"
                                                              : "desk.page.look"),
                                    .look = WIDGET_BUTTON_NEUTRAL,
                                    .selected = i == state->page,
                                    .tag = (int64_t)i});
    }
}

static void draw_tools(struct ui *ui, struct rect area)
{
    static const struct {
        const char *id;
        const char *key;
        enum icon icon;
    } tools[] = {{.id = "review.zoom_out", .key = "desk.zoom_out", .icon = ICON_ZOOM_OUT},
                 {.id = "review.zoom_in", .key = "desk.zoom_in", .icon = ICON_ZOOM_IN},
                 {.id = "review.fit", .key = "desk.fit", .icon = ICON_GRID},
                 {.id = "review.rotate", .key = "desk.rotate", .icon = ICON_ROTATE}};
    for (int i = 0; i < 4; i++)
        (void)widget_button(ui, rect_make(area.x + i * 128, area.y, 120, area.h),
                            &(struct widget_button){.id = tools[i].id,
                                                    .label = desk_text(ui, tools[i].key),
                                                    .icon = tools[i].icon,
                                                    .look = WIDGET_BUTTON_NEUTRAL});
}

static void draw_document(struct ui *ui, struct rect area, struct desk_review_state *state)
{
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    if (!opened(ui)->is_open) {
        (void)widget_label(
            ui, rect_inset(area, 24, 24),
            &(struct widget_label){.text = desk_text(ui, "desk.review.choose"), .type = THEME_TYPE_DESK});
        return;
    }
    struct rect inner = rect_inset(area, 12, 12);
    draw_tabs(ui, rect_cut_top(&inner, 56), state);
    (void)rect_cut_top(&inner, 8);
    draw_tools(ui, rect_cut_top(&inner, 36));
    (void)rect_cut_top(&inner, 8);
    (void)widget_panel(ui, inner, WIDGET_PANEL_SUNK);
    (void)widget_picture_image(
        ui, rect_inset(inner, 8, 8),
        &(struct widget_picture_image){.id = "review.page",
                                       .label = desk_text(ui, "desk.review.page"),
                                       .image = state->image == NULL ? NULL : &state->picture,
                                       .version = state->image_version,
                                       .view = &state->view,
                                       .placeholder = desk_text(ui, "desk.review.loading")});
}

/* --- drawing: fields, reasons, decision -------------------------------------------------------------- */

static void draw_fields(struct ui *ui, struct rect area, const struct desk_review_state *state)
{
    const struct form *form = form_of(ui);
    const struct form_values *values = &opened(ui)->values;
    for (size_t i = 0; i < form->field_count && area.h >= 26; i++) {
        const struct form_field *field = &form->fields[i];
        struct buf shown;
        char id[ID_BYTES];
        const char *value = form_value(form, values, field->id);
        if (field->hidden || *value == 0 || !form_field_is_asked(field))
            continue;
        buf_init(&shown, LIMIT_FIELD_BYTES);
        if (field->masked)
            (void)!form_mask(value, &shown);
        struct rect row = rect_cut_top(&area, 26);
        struct rect tick = rect_cut_right(&row, 64);
        (void)widget_label_pair(ui, row, THEME_TYPE_DESK_TABLE, field->label,
                                shown.length > 0 ? (const char *)shown.data : value);
        (void)snprintf(id, sizeof(id), "item.field.%s", field->id);
        (void)widget_button(ui, rect_inset(tick, 4, 1),
                            &(struct widget_button){.id = id,
                                                    .label = desk_text(ui, "desk.item.reject"),
                                                    .look = WIDGET_BUTTON_QUIET,
                                                    .type = THEME_TYPE_DESK_HINT,
                                                    .selected = find_item(state, ORDER_ITEM_FIELD,
                                                                          field->id) < state->items.count});
        buf_wipe(&shown);
    }
}

/* Only what was computed gets a tick or a cross; the rest says 未检. */
static void draw_checks(struct ui *ui, struct rect area, const struct desk_review_state *state)
{
    const struct service_page *page = &opened(ui)->pages[state->page];
    char id[ID_BYTES];
    struct rect head = rect_cut_top(&area, 30);
    (void)snprintf(id, sizeof(id), "item.paper.%s", page->paper);
    (void)widget_button(ui, rect_cut_right(&head, 140),
                        &(struct widget_button){.id = id,
                                                .label = desk_text(ui, "desk.item.reject_page"),
                                                .look = WIDGET_BUTTON_QUIET,
                                                .selected = find_item(state, ORDER_ITEM_PAPER, page->paper) <
                                                            state->items.count});
    (void)widget_label(ui, head,
                       &(struct widget_label){.text = desk_text(ui, "desk.review.checks"),
                                              .type = THEME_TYPE_DESK_STRONG,
                                              .middle = true});
    if (page->check_count == 0)
        (void)widget_label_text(ui, rect_cut_top(&area, 24), THEME_TYPE_DESK_CAPTION,
                                desk_text(ui, "desk.review.unchecked"));
    for (size_t i = 0; i < page->check_count && area.h >= 24; i++) {
        bool bad = page->checks[i].verdict == SERVICE_CHECK_BAD;
        char key[96];
        struct rect cell = rect_column(rect_make(area.x, area.y, area.w, 24), (int)i % 2, 2, 8);
        (void)snprintf(key, sizeof(key), "%s.%s", bad ? "page.reason" : "page.check",
                       bad ? page->checks[i].reason : page->checks[i].name);
        (void)widget_mark_tick(
            ui, cell,
            &(struct widget_mark_tick){.text = desk_text(ui, key),
                                       .state = bad ? WIDGET_MARK_FAILED : WIDGET_MARK_DONE,
                                       .plain = !bad});
        if (i % 2 == 1 || i + 1 == page->check_count)
            (void)rect_cut_top(&area, 26);
    }
}

static void draw_reasons(struct ui *ui, struct rect area, const struct desk_review_state *state)
{
    const struct product *product = product_of(ui);
    int rows = (int)(product->reason_count + 1) / 2;
    for (size_t i = 0; i < product->reason_count; i++) {
        char id[ID_BYTES];
        (void)snprintf(id, sizeof(id), "reason.%s", product->reasons[i].id);
        (void)widget_button(ui, rect_column(rect_row(area, (int)i / 2, rows, 4), (int)i % 2, 2, 6),
                            &(struct widget_button){.id = id,
                                                    .label = product->reasons[i].text,
                                                    .look = WIDGET_BUTTON_NEUTRAL,
                                                    .type = THEME_TYPE_DESK_HINT,
                                                    .selected = state->reason == i + 1,
                                                    .tag = (int64_t)i});
    }
}

static void draw_decision(struct ui *ui, struct rect area, const struct desk_review_state *state)
{
    const struct service_case *what = opened(ui);
    char text[192];
    char left[24];
    struct rect line = rect_cut_top(&area, 26);
    (void)snprintf(left, sizeof(left), "%lld",
                   (long long)(what->undo_until_utc_s - clock_utc_s(desk_program(ui)->clock)));
    if (can_undo(ui))
        desk_format(ui, text, sizeof(text), what->approved ? "desk.review.approved" : "desk.review.rejected",
                    {"seconds", left});
    else
        (void)text_copy(text, sizeof(text),
                        state->message[0] != 0
                            ? state->message
                            : desk_text(ui, what->decided ? "desk.review.sent" : "desk.review.bound"));
    (void)widget_label(
        ui, line,
        &(struct widget_label){
            .id = "review.message", .text = text, .type = THEME_TYPE_DESK_CAPTION, .middle = true});
    if (can_undo(ui)) {
        (void)widget_button(ui, area,
                            &(struct widget_button){.id = "review.undo",
                                                    .label = desk_text(ui, "desk.review.undo"),
                                                    .look = WIDGET_BUTTON_NEUTRAL,
                                                    .busy = state->undoing != 0});
        return;
    }
    (void)widget_button(ui, rect_cut_left(&area, area.w * 2 / 5),
                        &(struct widget_button){.id = "review.reject",
                                                .label = desk_text(ui, "desk.review.reject"),
                                                .look = WIDGET_BUTTON_REFUSE,
                                                .shortcut = "F10",
                                                .disabled = what->decided});
    (void)rect_cut_left(&area, 12);
    (void)widget_button(ui, area,
                        &(struct widget_button){.id = "review.approve",
                                                .label = desk_text(ui, "desk.review.approve"),
                                                .look = WIDGET_BUTTON_SUCCESS,
                                                .icon = ICON_CHECK,
                                                .shortcut = "F9",
                                                .busy = state->deciding != 0,
                                                .disabled = what->decided});
}

static void draw_side(struct ui *ui, struct rect area, const struct desk_review_state *state)
{
    char amount[48];
    const struct order *order = &opened(ui)->order;
    (void)snprintf(amount, sizeof(amount), "¥ %lld.%02lld", (long long)order->amount_fen / 100,
                   (long long)order->amount_fen % 100);
    struct rect inner = ui_page_desk_panel(ui, area, order->acceptance, amount);
    inner = rect_inset(inner, 14, 8);
    struct rect decision = rect_cut_bottom(&inner, 72);
    struct rect reasons = rect_cut_bottom(&inner, 190);
    struct rect checks = rect_cut_bottom(&inner, 150);
    draw_fields(ui, inner, state);
    draw_checks(ui, checks, state);
    draw_reasons(ui, reasons, state);
    draw_decision(ui, rect_inset(decision, 0, 2), state);
}

void desk_review_draw(void *memory, struct ui *ui)
{
    struct desk_review_state *state = memory;
    struct rect area = desk_page(ui, DESK_REVIEW);
    draw_queue(ui, rect_cut_left(&area, QUEUE_WIDTH));
    (void)rect_cut_left(&area, 12);
    if (identity_check_is_open(ui)) {
        identity_check_draw(&state->identity, ui, area);
        return;
    }
    if (opened(ui)->is_open) {
        draw_side(ui, rect_cut_right(&area, SIDE_WIDTH), state);
        (void)rect_cut_right(&area, 12);
    }
    draw_document(ui, area, state);
}
