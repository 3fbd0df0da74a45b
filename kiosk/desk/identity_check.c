#include "kiosk/desk/identity_check.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"

enum { REVEAL_S = 30, PLACE_WIDTH = 860, ROW = 40, ID_BYTES = 64 };

static const char *const checks[IDENTITY_CHECKS] = {"present", "valid", "same"};
static const char *const reasons[] = {"person", "differs", "expired", "absent"};
enum { REASONS = sizeof(reasons) / sizeof(reasons[0]) };

static const struct service_case *opened(const struct ui *ui)
{
    return &desk_view(ui)->opened;
}

static const struct product_operation *operation_of(const struct ui *ui)
{
    const struct order *order = &opened(ui)->order;
    const struct product *product = catalogue_find(desk_program(ui)->catalogue, order->product);
    return product == NULL ? NULL : product_find_operation(product, order->operation);
}

static const struct form *form_of(const struct ui *ui)
{
    const struct product *product = catalogue_find(desk_program(ui)->catalogue, opened(ui)->order.product);
    return product_operation_form(product, operation_of(ui));
}

/* The fields of whom the clerk must see. */
static void person_of(const struct ui *ui, const char **name, const char **number)
{
    const struct product *product = catalogue_find(desk_program(ui)->catalogue, opened(ui)->order.product);
    product_operation_person(product, operation_of(ui), &opened(ui)->values, name, number);
}

/* "desk.identity.<group>.<name>" */
static const char *text_of(const struct ui *ui, const char *group, const char *name)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "desk.identity.%s.%s", group, name);
    return desk_text(ui, key);
}

static int64_t now_utc_s(const struct ui *ui)
{
    return clock_utc_s(desk_program(ui)->clock);
}

bool identity_check_is_open(const struct ui *ui)
{
    return opened(ui)->is_open && opened(ui)->order.state == ORDER_STATE_IDENTIFYING &&
           operation_of(ui) != NULL;
}

void identity_check_forget(struct identity_check *identity)
{
    *identity = (struct identity_check){0};
}

/* --- deciding ---------------------------------------------------------------------------------------- */

static bool is_all_checked(const struct identity_check *identity)
{
    for (size_t i = 0; i < IDENTITY_CHECKS; i++)
        if (!identity->checked[i])
            return false;
    return true;
}

static void say(struct identity_check *identity, const struct ui *ui, const char *key)
{
    (void)text_copy(identity->message, sizeof(identity->message), desk_text(ui, key));
}

static void accept(struct identity_check *identity, struct ui *ui)
{
    if (identity->deciding != 0 || opened(ui)->decided)
        return;
    if (is_all_checked(identity))
        identity->deciding = service_desk_identify(desk_program(ui)->services, true, "");
    else
        say(identity, ui, "desk.identity.checks_first");
}

static void refuse(struct identity_check *identity, struct ui *ui)
{
    if (identity->deciding != 0 || opened(ui)->decided)
        return;
    if (identity->reason == 0)
        say(identity, ui, "desk.identity.reason_first");
    else
        identity->deciding = service_desk_identify(desk_program(ui)->services, false,
                                                   text_of(ui, "reason", reasons[identity->reason - 1]));
}

static bool can_undo(const struct ui *ui)
{
    return opened(ui)->decided && opened(ui)->approved && now_utc_s(ui) < opened(ui)->undo_until_utc_s;
}

static void undo(struct identity_check *identity, struct ui *ui)
{
    if (identity->undoing == 0 && can_undo(ui))
        identity->undoing = service_desk_undo(desk_program(ui)->services);
}

static void reveal(struct identity_check *identity, struct ui *ui)
{
    const char *name = "", *number = "";
    if (identity->revealing != 0)
        return;
    person_of(ui, &name, &number);
    identity->revealing =
        service_desk_reveal(desk_program(ui)->services, number, desk_text(ui, "desk.identity.whose"));
}

/* --- events ------------------------------------------------------------------------------------------ */

static bool on_reply(struct identity_check *identity, struct ui *ui, const struct ui_event *event)
{
    const struct service_reply *reply = event->data;
    if (ui_replied(event, identity->revealing)) {
        identity->revealing = 0;
        if (reply->status == STATUS_OK)
            identity->revealed_until_utc_s = now_utc_s(ui) + REVEAL_S;
    } else if (ui_replied(event, identity->deciding)) {
        identity->deciding = 0;
    } else if (ui_replied(event, identity->undoing)) {
        identity->undoing = 0;
    } else {
        return false;
    }
    identity->message[0] = 0;
    if (reply->status != STATUS_OK)
        desk_reason(ui, reply, identity->message, sizeof(identity->message));
    return true;
}

bool identity_check_event(struct identity_check *identity, struct ui *ui, const struct ui_event *event)
{
    if (event->kind == UI_EVENT_REPLY)
        return on_reply(identity, ui, event);
    if (!identity_check_is_open(ui))
        return false;
    if (ui_tapped_prefix(event, "identity.check.")) {
        identity->checked[event->tag] = !identity->checked[event->tag];
        identity->message[0] = 0;
    } else if (ui_tapped_prefix(event, "identity.reason.")) {
        identity->reason = identity->reason == (size_t)event->tag + 1 ? 0 : (size_t)event->tag + 1;
        identity->message[0] = 0;
    } else if (ui_tapped(event, "identity.reveal")) {
        reveal(identity, ui);
    } else if (ui_tapped(event, "identity.accept") || desk_pressed(ui, event, INPUT_KEY_FUNCTION, 9)) {
        accept(identity, ui);
    } else if (ui_tapped(event, "identity.refuse") || desk_pressed(ui, event, INPUT_KEY_FUNCTION, 10)) {
        refuse(identity, ui);
    } else if (ui_tapped(event, "identity.undo")) {
        undo(identity, ui);
    } else {
        return false;
    }
    return true;
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_head(struct ui *ui, struct rect *area, const char *text)
{
    (void)widget_label(ui, rect_cut_top(area, 32),
                       &(struct widget_label){.text = text, .type = THEME_TYPE_DESK_STRONG, .middle = true});
}

static void draw_value(struct ui *ui, struct rect row, const char *label, const char *value)
{
    (void)widget_label(
        ui, rect_cut_left(&row, 180),
        &(struct widget_label){
            .text = label, .type = THEME_TYPE_DESK, .color = THEME_COLOR_INK700, .middle = true});
    (void)widget_label(ui, row,
                       &(struct widget_label){
                           .text = value, .type = THEME_TYPE_DESK_TITLE, .middle = true, .is_private = true});
}

/* Whose card it must be: name and number, shown in full for a while after the clerk asked. */
static void draw_person(const struct identity_check *identity, struct ui *ui, struct rect *area)
{
    const struct form *form = form_of(ui);
    const char *name = "", *number = "";
    person_of(ui, &name, &number);
    name = form_value(form, &opened(ui)->values, name);
    number = form_value(form, &opened(ui)->values, number);
    bool revealed = now_utc_s(ui) < identity->revealed_until_utc_s;
    struct buf masked_name, masked_number;
    buf_init(&masked_name, LIMIT_FIELD_BYTES);
    buf_init(&masked_number, LIMIT_FIELD_BYTES);
    bool masked = form_mask_name(name, &masked_name) == STATUS_OK &&
                  form_mask(number, &masked_number) == STATUS_OK && masked_name.length > 0 &&
                  masked_number.length > 0;
    struct rect row = rect_cut_top(area, ROW);
    draw_value(ui, row, desk_text(ui, "desk.identity.name"),
               revealed || !masked ? name : (const char *)masked_name.data);
    row = rect_cut_top(area, ROW);
    (void)widget_button(ui, rect_inset(rect_cut_right(&row, 120), 0, 2),
                        &(struct widget_button){.id = "identity.reveal",
                                                .label = desk_text(ui, revealed ? "desk.identity.revealed"
                                                                                : "desk.identity.reveal"),
                                                .icon = ICON_EYE,
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .busy = identity->revealing != 0,
                                                .disabled = revealed});
    draw_value(ui, row, desk_text(ui, "desk.identity.number"),
               revealed || !masked ? number : (const char *)masked_number.data);
    buf_wipe(&masked_name);
    buf_wipe(&masked_number);
}

static void draw_checks(const struct identity_check *identity, struct ui *ui, struct rect *area)
{
    draw_head(ui, area, desk_text(ui, "desk.identity.checks"));
    for (size_t i = 0; i < IDENTITY_CHECKS; i++) {
        char id[ID_BYTES];
        (void)snprintf(id, sizeof(id), "identity.check.%s", checks[i]);
        (void)widget_mark_tick(
            ui, rect_cut_top(area, ROW),
            &(struct widget_mark_tick){.id = id,
                                       .text = text_of(ui, "check", checks[i]),
                                       .state = identity->checked[i] ? WIDGET_MARK_DONE : WIDGET_MARK_OPEN,
                                       .checkbox = true,
                                       .disabled = opened(ui)->decided,
                                       .tag = (int64_t)i});
    }
}

static void draw_reasons(const struct identity_check *identity, struct ui *ui, struct rect *area)
{
    draw_head(ui, area, desk_text(ui, "desk.identity.reasons"));
    struct rect rows = rect_cut_top(area, 2 * ROW + 8);
    for (size_t i = 0; i < REASONS; i++) {
        char id[ID_BYTES];
        (void)snprintf(id, sizeof(id), "identity.reason.%s", reasons[i]);
        (void)widget_button(ui, rect_column(rect_row(rows, (int)i / 2, 2, 8), (int)i % 2, 2, 8),
                            &(struct widget_button){.id = id,
                                                    .label = text_of(ui, "reason", reasons[i]),
                                                    .look = WIDGET_BUTTON_NEUTRAL,
                                                    .type = THEME_TYPE_DESK_CAPTION,
                                                    .selected = identity->reason == i + 1,
                                                    .disabled = opened(ui)->decided,
                                                    .tag = (int64_t)i});
    }
}

static void draw_message(const struct identity_check *identity, struct ui *ui, struct rect line)
{
    const struct service_case *what = opened(ui);
    char text[192];
    char left[24];
    (void)snprintf(left, sizeof(left), "%lld", (long long)(what->undo_until_utc_s - now_utc_s(ui)));
    if (can_undo(ui))
        desk_format(ui, text, sizeof(text), "desk.identity.accepted", {"seconds", left});
    else if (identity->message[0] != 0)
        (void)text_copy(text, sizeof(text), identity->message);
    else
        (void)text_copy(text, sizeof(text),
                        desk_text(ui, !what->decided   ? "desk.identity.bound"
                                      : what->approved ? "desk.identity.sent"
                                                       : "desk.identity.refused"));
    (void)widget_label(
        ui, line,
        &(struct widget_label){
            .id = "identity.message", .text = text, .type = THEME_TYPE_DESK_CAPTION, .middle = true});
}

static void draw_decision(const struct identity_check *identity, struct ui *ui, struct rect area)
{
    bool decided = opened(ui)->decided;
    draw_message(identity, ui, rect_cut_top(&area, 28));
    area = rect_cut_top(&area, 44);
    if (can_undo(ui)) {
        (void)widget_button(ui, area,
                            &(struct widget_button){.id = "identity.undo",
                                                    .label = desk_text(ui, "desk.review.undo"),
                                                    .look = WIDGET_BUTTON_NEUTRAL,
                                                    .busy = identity->undoing != 0});
        return;
    }
    (void)widget_button(ui, rect_cut_left(&area, area.w * 2 / 5),
                        &(struct widget_button){.id = "identity.refuse",
                                                .label = desk_text(ui, "desk.identity.refuse"),
                                                .look = WIDGET_BUTTON_REFUSE,
                                                .shortcut = "F10",
                                                .disabled = decided});
    (void)rect_cut_left(&area, 12);
    (void)widget_button(ui, area,
                        &(struct widget_button){.id = "identity.accept",
                                                .label = desk_text(ui, "desk.identity.accept"),
                                                .look = WIDGET_BUTTON_SUCCESS,
                                                .icon = ICON_CHECK,
                                                .shortcut = "F9",
                                                .busy = identity->deciding != 0,
                                                .disabled = decided || !is_all_checked(identity)});
}

void identity_check_draw(const struct identity_check *identity, struct ui *ui, struct rect area)
{
    struct rect inner =
        ui_page_desk_panel(ui, area, desk_text(ui, "desk.identity.title"), opened(ui)->order.acceptance);
    inner = rect_inset(inner, 24, 16);
    inner = rect_cut_left(&inner, PLACE_WIDTH);
    draw_head(ui, &inner, desk_text(ui, "desk.identity.whose"));
    draw_person(identity, ui, &inner);
    (void)rect_cut_top(&inner, 16);
    draw_checks(identity, ui, &inner);
    (void)rect_cut_top(&inner, 16);
    draw_reasons(identity, ui, &inner);
    (void)rect_cut_top(&inner, 16);
    draw_decision(identity, ui, inner);
}
