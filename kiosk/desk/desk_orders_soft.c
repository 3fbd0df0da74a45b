/* The certificate of the order in hand as a file with its key: its password, typed twice, and a colleague who
 * signs, too. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_orders.h"
#include "kiosk/desk/record_table.h"
#include "kiosk/form/rule_password.h"

enum { FIELD = 74 };

void desk_orders_soft_init(struct desk_orders_soft *soft)
{
    text_edit_init(&soft->password, TEXT_EDIT_LATIN, RULE_PASSWORD_MOST);
    text_edit_init(&soft->again, TEXT_EDIT_LATIN, RULE_PASSWORD_MOST);
    text_edit_init(&soft->second, TEXT_EDIT_CHINESE, 32);
    text_edit_init(&soft->second_password, TEXT_EDIT_LATIN, SECRET_BYTES);
    soft->password.secret = soft->again.secret = soft->second_password.secret = true;
}

static void wipe_pair(struct desk_orders_soft *soft)
{
    text_edit_wipe(&soft->password);
    text_edit_wipe(&soft->again);
}

void desk_orders_soft_wipe(struct desk_orders_soft *soft)
{
    wipe_pair(soft);
    text_edit_wipe(&soft->second);
    text_edit_wipe(&soft->second_password);
    soft->asking = false;
    soft->told[0] = 0;
}

/* The line in hand, if a clerk may let it leave. */
static const struct service_queue_line *line_of(const struct desk_orders_state *state, const struct ui *ui)
{
    const struct service_queue_line *line = desk_orders_chosen(state, ui);
    bool may = line != NULL && (line->soft == SERVICE_CERTIFICATE_SOFT_OFFERED ||
                                line->soft == SERVICE_CERTIFICATE_SOFT_OPEN);
    return may ? line : NULL;
}

/* --- events -------------------------------------------------------------------------------------------- */

static bool is_whole(const struct desk_orders_soft *soft)
{
    return soft->password.length > 0 && soft->again.length > 0 && soft->second.length > 0 &&
           soft->second_password.length > 0;
}

/* Both are the same and fit; else it is told why and they are typed anew. */
static bool take_password(struct desk_orders_soft *soft, const struct ui *ui, struct secret *out)
{
    struct form_error error;
    size_t least = (size_t)desk_program(ui)->settings->desk_soft_password_min;
    bool is_fit = secret_set(out, soft->password.text, soft->password.length) == STATUS_OK;
    soft->told[0] = 0;
    if (is_fit &&
        !secret_is_equal(soft->password.text, soft->password.length, soft->again.text, soft->again.length)) {
        (void)text_copy(soft->told, sizeof(soft->told), desk_text(ui, "password.differ"));
        is_fit = false;
    } else if (is_fit && !rule_password_check(least, out, "", &error)) {
        words_form_error(desk_program(ui)->words, &error, soft->told, sizeof(soft->told));
        is_fit = false;
    }
    if (!is_fit)
        wipe_pair(soft);
    return is_fit;
}

static void send(struct desk_orders_soft *soft, const struct ui *ui, const struct service_queue_line *line)
{
    struct secret password = {0}, second = {0};
    const struct service_certificate_file wish = {.order_id = line->order.id,
                                                  .password = &password,
                                                  .second = soft->second.text,
                                                  .second_password = &second};
    if (soft->running != 0 || !is_whole(soft) || !take_password(soft, ui, &password))
        return;
    if (secret_set(&second, soft->second_password.text, soft->second_password.length) == STATUS_OK)
        soft->running = service_desk_soft(desk_program(ui)->services, &wish);
    secret_wipe(&password);
    secret_wipe(&second);
    text_edit_wipe(&soft->second_password);
}

static bool is_about_password(enum service_reason reason)
{
    return reason == SERVICE_REASON_PASSWORD_WEAK || reason == SERVICE_REASON_PASSWORD_OWN;
}

/* What can be mended in the dialog is told there; the rest beside the order. */
static void on_reply(struct desk_orders_state *state, const struct ui *ui, const struct service_reply *reply)
{
    struct desk_orders_soft *soft = &state->soft;
    const char *done = reply->number == 0 ? "desk.soft.done" : "desk.soft.pending";
    bool is_again = reply->status == STATUS_REFUSED && reply->reason != SERVICE_REASON_CHANGED;
    soft->running = 0;
    (void)desk_told(ui, reply, done, is_again ? soft->told : state->message, sizeof(state->message));
    if (!is_again)
        desk_orders_soft_wipe(soft);
    else if (is_about_password(reply->reason))
        wipe_pair(soft);
}

static void on_next(const struct ui_event *event, struct ui *ui)
{
    static const char *const fields[] = {"soft.password", "soft.again", "soft.second", "soft.signature"};
    const char *next = NULL;
    for (size_t i = 0; i + 1 < sizeof(fields) / sizeof(fields[0]); i++)
        if (strcmp(event->id, fields[i]) == 0)
            next = fields[i + 1];
    ui_focus(ui, next);
}

static bool on_dialog(struct desk_orders_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_queue_line *line = line_of(state, ui);
    if (ui_tapped(event, "soft.no") && state->soft.running == 0)
        desk_orders_soft_wipe(&state->soft);
    else if (ui_tapped(event, "soft.yes") && line != NULL)
        send(&state->soft, ui, line);
    else if (event->kind == UI_EVENT_NEXT)
        on_next(event, ui);
    return true;
}

bool desk_orders_soft_event(struct desk_orders_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_replied(event, state->soft.running)) {
        on_reply(state, ui, event->data);
    } else if (state->soft.asking && event->kind != UI_EVENT_REPLY) {
        return on_dialog(state, ui, event);
    } else if (ui_tapped(event, "order.soft") && line_of(state, ui) != NULL) {
        state->message[0] = 0;
        desk_orders_soft_wipe(&state->soft);
        state->soft.asking = true;
    } else {
        return false;
    }
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

void desk_orders_soft_button(const struct desk_orders_state *state, struct ui *ui, struct rect *left,
                             const struct service_queue_line *line)
{
    bool is_open = line->soft == SERVICE_CERTIFICATE_SOFT_OPEN;
    if (line_of(state, ui) == NULL)
        return;
    record_table_draw_button(
        ui, left,
        &(struct widget_button){.id = "order.soft",
                                .label = desk_text(ui, is_open ? "desk.soft.go_on" : "desk.soft.button"),
                                .look = WIDGET_BUTTON_SECONDARY,
                                .icon = ICON_FILE,
                                .busy = state->soft.running != 0});
}

static void draw_field(struct ui *ui, struct rect area, const char *id, const char *label,
                       struct text_edit *edit)
{
    (void)widget_field(ui, area,
                       &(struct widget_field){.id = id, .label = desk_text(ui, label), .edit = edit});
}

static void draw_fields(struct desk_orders_soft *soft, struct ui *ui, struct rect r)
{
    struct rect row = rect_cut_top(&r, FIELD);
    draw_field(ui, rect_column(row, 0, 2, 12), "soft.password", "desk.soft.password", &soft->password);
    draw_field(ui, rect_column(row, 1, 2, 12), "soft.again", "desk.soft.again", &soft->again);
    draw_field(ui, rect_column(r, 0, 2, 12), "soft.second", "desk.give_up.second", &soft->second);
    draw_field(ui, rect_column(r, 1, 2, 12), "soft.signature", "desk.give_up.password",
               &soft->second_password);
}

void desk_orders_soft_draw(struct desk_orders_state *state, struct ui *ui)
{
    struct desk_orders_soft *soft = &state->soft;
    if (!soft->asking)
        return;
    struct rect r = widget_dialog_begin(
        ui,
        &(struct widget_dialog){
            .id = "soft",
            .title = desk_text(ui, "desk.soft.title"),
            .line = soft->told[0] != 0 && soft->running == 0 ? soft->told : desk_text(ui, "desk.soft.line"),
            .icon = ICON_FILE,
            .left = {.id = "soft.no",
                     .label = desk_text(ui, "desk.ask.back"),
                     .look = WIDGET_BUTTON_NEUTRAL,
                     .shortcut = "Esc"},
            .primary = {.id = "soft.yes",
                        .label = desk_text(ui, "desk.soft.yes"),
                        .busy = soft->running != 0,
                        .disabled = !is_whole(soft) || line_of(state, ui) == NULL}},
        2 * FIELD);
    draw_fields(soft, ui, r);
    widget_dialog_end(ui);
}
