#include "kiosk/desk/stock_act.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/terminal_words.h"

enum { FIELD = 88, ROW = 52, GAP = 8, SERIALS_MAX = SERVICE_STOCK_SERIALS_BYTES / 2, REASON_MAX = 12 };

static const char *const step_names[SERVICE_STOCK_STEP_COUNT_] = {"receive", "move", "scrap", "ask"};

void stock_act_init(struct stock_act *act)
{
    text_edit_init(&act->batch, TEXT_EDIT_LATIN, 32);
    text_edit_init(&act->model, TEXT_EDIT_CHINESE, 20);
    text_edit_init(&act->serials, TEXT_EDIT_LATIN, SERIALS_MAX);
    text_edit_init(&act->reason, TEXT_EDIT_CHINESE, REASON_MAX);
    text_edit_init(&act->second, TEXT_EDIT_CHINESE, 32);
    text_edit_init(&act->password, TEXT_EDIT_LATIN, SECRET_BYTES);
    act->password.secret = true;
}

void stock_act_wipe(struct stock_act *act)
{
    struct text_edit *const edits[] = {&act->batch,  &act->model,  &act->serials,
                                       &act->reason, &act->second, &act->password};
    for (size_t i = 0; i < sizeof(edits) / sizeof(edits[0]); i++)
        text_edit_wipe(edits[i]);
    act->asking = false;
    act->message[0] = 0;
}

const struct service_stock_batch *stock_act_low(const struct service_desk *view)
{
    for (size_t i = 0; i < view->batch_count; i++)
        if (view->batches[i].model_left < view->batches[i].low_at)
            return &view->batches[i];
    return NULL;
}

/* --- events -------------------------------------------------------------------------------------------- */

static void open_for(struct stock_act *act, struct ui *ui, enum service_stock_step step,
                     const struct service_terminal *chosen)
{
    stock_act_wipe(act);
    act->asking = true;
    act->step = step;
    act->place[0] = act->machine[0] = 0;
    act->is_back = chosen == NULL;
    if (chosen != NULL) {
        (void)text_copy(act->place, sizeof(act->place), chosen->id);
        terminal_words_machine(ui, chosen, act->machine);
    }
    ui_focus(ui, step == SERVICE_STOCK_RECEIVE ? "stock.batch" : "stock.serials");
}

/* What leads to the keys nobody registered: their numbers are filled in. */
static void open_unknown(struct stock_act *act, struct ui *ui)
{
    const struct service_desk *view = desk_view(ui);
    char serials[SERVICE_STOCK_UNKNOWN_MAX * (SERVICE_STOCK_TEXT_BYTES + 1)] = "";
    size_t used = 0;
    open_for(act, ui, SERVICE_STOCK_RECEIVE, NULL);
    for (size_t i = 0; i < view->unknown_count; i++)
        used += (size_t)snprintf(serials + used, sizeof(serials) - used, "%s%s", i == 0 ? "" : ",",
                                 view->unknown[i]);
    text_edit_set(&act->serials, serials);
}

static bool is_whole(const struct stock_act *act)
{
    bool is_filled = act->step == SERVICE_STOCK_RECEIVE ? act->batch.length > 0 && act->model.length > 0
                     : act->step == SERVICE_STOCK_SCRAP ? act->reason.length > 0
                                                        : act->is_back || act->place[0] != 0;
    return is_filled && act->serials.length > 0 && act->second.length > 0 && act->password.length > 0 &&
           act->sending == 0;
}

static void send(struct stock_act *act, struct ui *ui)
{
    static struct service_stock_act wanted; /* large; the screen thread's */
    struct secret password = {0};
    if (!is_whole(act))
        return;
    wanted = (struct service_stock_act){.step = act->step};
    (void)text_copy(wanted.serials, sizeof(wanted.serials), act->serials.text);
    (void)text_copy(wanted.batch, sizeof(wanted.batch), act->batch.text);
    (void)text_copy(wanted.model, sizeof(wanted.model), act->model.text);
    (void)text_copy(wanted.place, sizeof(wanted.place), act->is_back ? "" : act->place);
    (void)text_copy(wanted.reason, sizeof(wanted.reason), act->reason.text);
    if (secret_set(&password, act->password.text, act->password.length) == STATUS_OK)
        act->sending = service_desk_stock(desk_program(ui)->services, &wanted, act->second.text, &password);
    secret_wipe(&password);
    text_edit_wipe(&act->password);
}

/* Up to twice the line. */
static void ask(struct stock_act *act, struct ui *ui)
{
    static struct service_stock_act wanted; /* large; the screen thread's */
    const struct service_stock_batch *low = stock_act_low(desk_view(ui));
    if (low == NULL || low->asked > 0 || act->sending != 0)
        return;
    wanted =
        (struct service_stock_act){.step = SERVICE_STOCK_ASK, .amount = 2 * low->low_at - low->model_left};
    (void)text_copy(wanted.model, sizeof(wanted.model), low->model);
    act->step = SERVICE_STOCK_ASK;
    act->sending = service_desk_stock(desk_program(ui)->services, &wanted, "", NULL);
}

static void on_done(struct stock_act *act, struct ui *ui, const struct service_reply *reply)
{
    char key[WORDS_KEY_BYTES], number[24], text[96];
    act->sending = 0;
    if (reply->status != STATUS_OK) {
        desk_reason(ui, reply, act->message, sizeof(act->message));
        if (!act->asking)
            ui_toast(ui, ICON_WARNING, act->message);
        return;
    }
    (void)snprintf(key, sizeof(key), "desk.stock.done.%s", step_names[act->step]);
    (void)snprintf(number, sizeof(number), "%lld", (long long)reply->number);
    desk_format(ui, text, sizeof(text), key, {"count", number});
    stock_act_wipe(act);
    ui_toast(ui, ICON_CHECK, text);
}

/* Enter goes on to the next field, and from the last one sends. */
static bool next_field(struct stock_act *act, struct ui *ui, const struct ui_event *event)
{
    static const char *const order[] = {"stock.batch",  "stock.model",  "stock.serials",
                                        "stock.reason", "stock.second", "stock.password"};
    enum { SERIALS = 2, REASON = 3, SECOND = 4, LAST = 5 };
    if (event->kind != UI_EVENT_NEXT)
        return false;
    for (int i = 0; i <= LAST; i++)
        if (strcmp(event->id, order[i]) == 0) {
            int next = i == SERIALS && act->step != SERVICE_STOCK_SCRAP ? SECOND : i + 1;
            if (i == LAST)
                send(act, ui);
            else
                ui_focus(ui, order[next]);
            return true;
        }
    return false;
}

bool stock_act_event(struct stock_act *act, struct ui *ui, const struct ui_event *event,
                     const struct service_terminal *chosen)
{
    if (ui_replied(event, act->sending))
        on_done(act, ui, event->data);
    else if (ui_tapped(event, "stock.receive"))
        open_for(act, ui, SERVICE_STOCK_RECEIVE, chosen);
    else if (ui_tapped(event, "stock.move"))
        open_for(act, ui, SERVICE_STOCK_MOVE, chosen);
    else if (ui_tapped(event, "stock.scrap"))
        open_for(act, ui, SERVICE_STOCK_SCRAP, chosen);
    else if (ui_tapped(event, "stock.unknown"))
        open_unknown(act, ui);
    else if (ui_tapped(event, "stock.ask"))
        ask(act, ui);
    else if (ui_tapped(event, "stock.to") || ui_tapped(event, "stock.back"))
        act->is_back = strcmp(event->id, "stock.back") == 0;
    else if (ui_tapped(event, "stock.no"))
        stock_act_wipe(act);
    else if (ui_tapped(event, "stock.yes"))
        send(act, ui);
    else
        return next_field(act, ui, event);
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

void stock_act_buttons(struct ui *ui, struct rect head)
{
    static const char *const shortcuts[] = {"D", "T", "I"};
    for (int i = 0; i < 3; i++) {
        char id[32], key[40];
        (void)snprintf(id, sizeof(id), "stock.%s", step_names[SERVICE_STOCK_SCRAP - i]);
        (void)snprintf(key, sizeof(key), "desk.%s", id);
        const struct widget_button button = {.id = id,
                                             .label = desk_text(ui, key),
                                             .look = WIDGET_BUTTON_NEUTRAL,
                                             .type = THEME_TYPE_DESK_CAPTION,
                                             .shortcut = shortcuts[i]};
        (void)widget_button(ui, rect_cut_right(&head, widget_button_width(ui, &button)), &button);
        (void)rect_cut_right(&head, GAP + 2);
    }
}

static void draw_field(struct ui *ui, struct rect *r, const char *id, struct text_edit *edit)
{
    char key[48];
    (void)snprintf(key, sizeof(key), "desk.stock.act.%s", id + strlen("stock."));
    (void)widget_field(ui, rect_cut_top(r, FIELD),
                       &(struct widget_field){.id = id, .label = desk_text(ui, key), .edit = edit});
}

/* To the terminal, or back to the hall. */
static void draw_targets(const struct stock_act *act, struct ui *ui, struct rect row)
{
    char to[96];
    if (act->place[0] != 0)
        desk_format(ui, to, sizeof(to), "desk.stock.act.to", {"machine", act->machine});
    else
        (void)text_copy(to, sizeof(to), desk_text(ui, "desk.stock.act.nowhere"));
    row = rect_make(row.x, row.y, row.w, row.h - GAP);
    (void)widget_button(ui, rect_column(row, 0, 2, GAP),
                        &(struct widget_button){.id = "stock.to",
                                                .label = to,
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .disabled = act->place[0] == 0,
                                                .selected = !act->is_back});
    (void)widget_button(ui, rect_column(row, 1, 2, GAP),
                        &(struct widget_button){.id = "stock.back",
                                                .label = desk_text(ui, "desk.stock.act.back"),
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .selected = act->is_back});
}

static void draw_fields(struct stock_act *act, struct ui *ui, struct rect r)
{
    if (act->step == SERVICE_STOCK_MOVE)
        draw_targets(act, ui, rect_cut_top(&r, ROW));
    if (act->step == SERVICE_STOCK_RECEIVE) {
        draw_field(ui, &r, "stock.batch", &act->batch);
        draw_field(ui, &r, "stock.model", &act->model);
    }
    draw_field(ui, &r, "stock.serials", &act->serials);
    if (act->step == SERVICE_STOCK_SCRAP)
        draw_field(ui, &r, "stock.reason", &act->reason);
    draw_field(ui, &r, "stock.second", &act->second);
    draw_field(ui, &r, "stock.password", &act->password);
}

void stock_act_draw(struct stock_act *act, struct ui *ui)
{
    static const int heights[SERVICE_STOCK_STEP_COUNT_] = {5 * FIELD, 3 * FIELD + ROW, 4 * FIELD};
    char title[48], yes[48];
    if (!act->asking)
        return;
    (void)snprintf(title, sizeof(title), "desk.stock.%s.title", step_names[act->step]);
    (void)snprintf(yes, sizeof(yes), "desk.stock.act.%s", step_names[act->step]);
    struct rect r = widget_dialog_begin(
        ui,
        &(struct widget_dialog){.id = "stock.dialog",
                                .title = desk_text(ui, title),
                                .line = act->message[0] != 0 ? act->message
                                                             : desk_text(ui, "desk.stock.act.line"),
                                .icon = ICON_SHIELD,
                                .left = {.id = "stock.no",
                                         .label = desk_text(ui, "desk.stock.act.no"),
                                         .look = WIDGET_BUTTON_NEUTRAL,
                                         .shortcut = "Esc"},
                                .primary = {.id = "stock.yes",
                                            .label = desk_text(ui, yes),
                                            .busy = act->sending != 0,
                                            .disabled = !is_whole(act) && act->sending == 0}},
        heights[act->step]);
    draw_fields(act, ui, r);
    widget_dialog_end(ui);
}
