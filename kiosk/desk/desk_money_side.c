/* The order whose money is in hand: what is due, what a clerk writes about it, and the buttons that sign it.
 */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_money.h"
#include "kiosk/desk/record_table.h"

enum { PAIR = 30, GAP = 10, METHOD = 40, NOTICE = 72 };

static const char *const methods[DESK_MONEY_METHODS] = {"cash", "pos", "transfer"};

static bool is_task(const struct service_queue_line *line, const char *task)
{
    return strcmp(desk_money_task(line), task) == 0;
}

/* --- what was written ---------------------------------------------------------------------------------- */

/* "2026-11-29" as noon of that day in the hall; nothing for today. Returns: false for no day. */
static bool read_day(const char *text, int64_t *at_utc_s)
{
    *at_utc_s = 0;
    return text[0] == 0 || clock_hall_day_of(text, at_utc_s);
}

static bool read_note(const struct desk_money_state *state, const struct service_queue_line *line,
                      struct service_hand_note *out)
{
    enum desk_money_method method = desk_money_is_transfer(line) ? DESK_MONEY_BANK : state->method;
    *out = (struct service_hand_note){0};
    (void)text_copy(out->method, sizeof(out->method), methods[method]);
    (void)text_copy(out->reference, sizeof(out->reference), state->reference.text);
    return money_from_yuan(state->amount.text, &out->amount_fen) == STATUS_OK &&
           read_day(state->day.text, &out->at_utc_s);
}

/* --- events -------------------------------------------------------------------------------------------- */

static void tell(struct desk_money_state *state, const struct ui *ui, const char *key, bool is_error)
{
    (void)text_copy(state->message, sizeof(state->message), desk_text(ui, key));
    state->is_error = is_error;
}

static bool on_reply(struct desk_money_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_reply *reply = event->data;
    struct {
        uint64_t *request;
        const char *done; /* NULL: the page shows it */
    } requests[] = {{&state->opening, NULL},
                    {&state->taking, state->is_late ? "desk.money.taken_late" : "desk.money.taken"},
                    {&state->giving_back, "desk.money.given_back"}};
    for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
        if (!ui_replied(event, *requests[i].request))
            continue;
        *requests[i].request = 0;
        (void)service_desk_overview(desk_program(ui)->services);
        state->message[0] = 0;
        state->is_error = reply->status != STATUS_OK;
        if (state->is_error)
            desk_reason(ui, reply, state->message, sizeof(state->message));
        else if (requests[i].done != NULL) {
            desk_money_forget(state);
            tell(state, ui, requests[i].done, false);
        }
        return true;
    }
    return false;
}

static void open(struct desk_money_state *state, struct ui *ui, bool opening)
{
    if (state->opening == 0)
        state->opening = service_desk_money_open(desk_program(ui)->services, state->chosen, opening);
    state->message[0] = 0;
}

static void give_back(struct desk_money_state *state, const struct ui *ui,
                      const struct service_queue_line *line, const struct service_hand_note *note)
{
    struct secret password = {0};
    if (secret_set(&password, state->password.text, state->password.length) == STATUS_OK)
        state->giving_back = service_desk_money_back(desk_program(ui)->services, line->order.id, note,
                                                     line->hand.by_two ? state->second.text : "", &password);
    secret_wipe(&password);
    text_edit_wipe(&state->password);
}

static void sign(struct desk_money_state *state, struct ui *ui, const struct service_queue_line *line)
{
    struct service_hand_note note;
    if (state->taking != 0 || state->giving_back != 0)
        return;
    if (!read_note(state, line, &note))
        tell(state, ui, "desk.money.unreadable", true);
    else if (line->hand.pay_back)
        give_back(state, ui, line, &note);
    else {
        state->is_late = line->hand.is_late;
        state->taking = service_desk_money_take(desk_program(ui)->services, line->order.id, &note);
    }
}

bool desk_money_side_event(struct desk_money_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_queue_line *line = desk_money_chosen(state, ui);
    if (event->kind == UI_EVENT_REPLY)
        return on_reply(state, ui, event);
    if (line == NULL)
        return false;
    if (ui_tapped(event, "money.open") || ui_tapped(event, "money.drop"))
        open(state, ui, ui_tapped(event, "money.open"));
    else if (ui_tapped_prefix(event, "money.method."))
        state->method = (enum desk_money_method)event->tag;
    else if (ui_tapped(event, "money.sign"))
        sign(state, ui, line);
    else
        return false;
    return true;
}

/* --- drawing: what is known ---------------------------------------------------------------------------- */

static void draw_order(struct ui *ui, struct rect *r, const struct service_queue_line *line)
{
    char subject[DESK_SUBJECT_BYTES];
    char amount[DESK_AMOUNT_BYTES];
    char since[32] = "";
    desk_subject(ui, &line->order, subject);
    desk_amount(desk_money_due_fen(line), amount);
    (void)clock_format_hall(line->waiting_since_utc_s, "%Y-%m-%d %H:%M", since, sizeof(since));
    const char *const pairs[][2] = {{"desk.column.unit", line->unit},
                                    {"desk.column.business", subject},
                                    {"desk.money.due", amount},
                                    {"desk.money.since", since}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        record_table_draw_pair(ui, rect_cut_top(r, PAIR), pairs[i][0], pairs[i][1], true);
    (void)rect_cut_top(r, GAP);
}

static void draw_notice(struct ui *ui, struct rect *r, enum widget_notice_tone tone, const char *text,
                        bool busy)
{
    struct widget_notice notice = {
        .id = "money.notice", .tone = tone, .line = text, .quiet = true, .busy = busy};
    int height = widget_notice_height(ui, &notice, r->w);
    (void)widget_notice_banner(ui, rect_cut_top(r, height < NOTICE ? NOTICE : height), &notice);
    (void)rect_cut_top(r, GAP);
}

/* --- drawing: what is written --------------------------------------------------------------------------- */

static void draw_methods(const struct desk_money_state *state, struct ui *ui, struct rect row)
{
    for (int i = DESK_MONEY_CASH; i <= DESK_MONEY_POS; i++) {
        char id[32];
        char key[WORDS_KEY_BYTES];
        (void)snprintf(id, sizeof(id), "money.method.%s", methods[i]);
        (void)snprintf(key, sizeof(key), "desk.money.method.%s", methods[i]);
        (void)widget_button(ui, rect_column(row, i, 2, GAP),
                            &(struct widget_button){.id = id,
                                                    .label = desk_text(ui, key),
                                                    .look = WIDGET_BUTTON_NEUTRAL,
                                                    .selected = (int)state->method == i,
                                                    .tag = i});
    }
}

static void draw_fields(struct desk_money_state *state, struct ui *ui, struct rect *r,
                        const struct service_queue_line *line)
{
    const char *what = line->hand.pay_back ? "back" : desk_money_is_transfer(line) ? "bank" : "receipt";
    char key[WORDS_KEY_BYTES];
    int height = widget_field_plain_height(ui) + GAP;
    if (!desk_money_is_transfer(line)) {
        draw_methods(state, ui, rect_cut_top(r, METHOD));
        (void)rect_cut_top(r, GAP);
    }
    (void)snprintf(key, sizeof(key), "desk.money.reference.%s", what);
    (void)widget_field(ui, rect_cut_top(r, height),
                       &(struct widget_field){.id = "money.reference",
                                              .label = desk_text(ui, key),
                                              .required = true,
                                              .edit = &state->reference});
    struct rect row = rect_cut_top(r, height);
    bool has_day = desk_money_is_transfer(line);
    (void)widget_field(ui, has_day ? rect_column(row, 0, 2, GAP) : row,
                       &(struct widget_field){.id = "money.amount",
                                              .label = desk_text(ui, "desk.money.amount"),
                                              .required = true,
                                              .placeholder = desk_text(ui, "desk.money.amount_example"),
                                              .edit = &state->amount});
    if (has_day)
        (void)widget_field(ui, rect_column(row, 1, 2, GAP),
                           &(struct widget_field){.id = "money.day",
                                                  .label = desk_text(ui, "desk.money.day"),
                                                  .placeholder = desk_text(ui, "desk.money.today"),
                                                  .edit = &state->day});
}

/* A voucher that lies there has been looked at before anything is confirmed. */
static bool may_sign(const struct desk_money_state *state, const struct service_queue_line *line)
{
    bool unseen = desk_money_is_transfer(line) && !line->hand.pay_back && !line->hand.is_late &&
                  line->hand.voucher != SERVICE_VOUCHER_NONE && state->voucher.image == NULL;
    bool lacks_second = line->hand.by_two && (state->second.length == 0 || state->password.length == 0);
    return state->reference.length > 0 && state->amount.length > 0 && !unseen && !line->hand.has_code &&
           !lacks_second;
}

static void draw_sign(const struct desk_money_state *state, struct ui *ui, struct rect *r,
                      const struct service_queue_line *line)
{
    const char *key = line->hand.pay_back            ? "desk.money.sign.back"
                      : line->hand.is_late           ? "desk.money.sign.late"
                      : desk_money_is_transfer(line) ? "desk.money.sign.bank"
                                                     : "desk.money.sign.receipt";
    record_table_draw_button(ui, r,
                             &(struct widget_button){.id = "money.sign",
                                                     .label = desk_text(ui, key),
                                                     .look = WIDGET_BUTTON_PRIMARY,
                                                     .disabled = !may_sign(state, line),
                                                     .busy = state->taking != 0 || state->giving_back != 0});
}

static void draw_bank(struct desk_money_state *state, struct ui *ui, struct rect *r,
                      const struct service_queue_line *line)
{
    bool has_voucher = line->hand.voucher != SERVICE_VOUCHER_NONE;
    draw_sign(state, ui, r, line);
    if (line->hand.voucher == SERVICE_VOUCHER_WAITS)
        record_table_draw_button(ui, r,
                                 &(struct widget_button){.id = "money.refuse",
                                                         .label = desk_text(ui, "desk.money.refuse"),
                                                         .look = WIDGET_BUTTON_REFUSE,
                                                         .disabled = state->voucher.image == NULL,
                                                         .busy = state->refusing != 0});
    if (has_voucher)
        record_table_draw_button(
            ui, r,
            &(struct widget_button){
                .id = "money.look",
                .label = desk_text(ui, state->voucher.is_open ? "desk.money.look_close" : "desk.money.look"),
                .look = WIDGET_BUTTON_SECONDARY,
                .icon = ICON_EYE,
                .busy = state->voucher.loading != 0});
    else
        draw_notice(ui, r, WIDGET_NOTICE_INFO, desk_text(ui, "desk.money.no_voucher"), false);
    if (line->hand.voucher == SERVICE_VOUCHER_REFUSED)
        draw_notice(ui, r, WIDGET_NOTICE_AMBER, line->hand.reason, false);
    draw_fields(state, ui, r, line);
}

static void draw_taking(struct desk_money_state *state, struct ui *ui, struct rect *r,
                        const struct service_queue_line *line)
{
    draw_sign(state, ui, r, line);
    record_table_draw_button(ui, r,
                             &(struct widget_button){.id = "money.drop",
                                                     .label = desk_text(ui, "desk.money.drop"),
                                                     .look = WIDGET_BUTTON_NEUTRAL,
                                                     .busy = state->opening != 0});
    if (line->hand.has_code)
        draw_notice(ui, r, WIDGET_NOTICE_AMBER, desk_text(ui, "desk.money.code_open"), true);
    draw_fields(state, ui, r, line);
}

/* The colleague who signs, too. */
static void draw_second(struct desk_money_state *state, struct ui *ui, struct rect row)
{
    (void)widget_field(ui, rect_column(row, 0, 2, GAP),
                       &(struct widget_field){.id = "money.second",
                                              .label = desk_text(ui, "desk.give_up.second"),
                                              .required = true,
                                              .edit = &state->second});
    (void)widget_field(ui, rect_column(row, 1, 2, GAP),
                       &(struct widget_field){.id = "money.password",
                                              .label = desk_text(ui, "desk.give_up.password"),
                                              .required = true,
                                              .edit = &state->password});
}

/* Money that goes back, and money that came too late and will. */
static void draw_back(struct desk_money_state *state, struct ui *ui, struct rect *r,
                      const struct service_queue_line *line)
{
    const char *key = line->hand.is_late  ? "desk.money.late_line"
                      : line->hand.by_two ? "desk.money.two_line"
                                          : "desk.money.back_line";
    draw_sign(state, ui, r, line);
    draw_notice(ui, r, WIDGET_NOTICE_AMBER, desk_text(ui, key), false);
    draw_fields(state, ui, r, line);
    if (line->hand.by_two)
        draw_second(state, ui, rect_cut_top(r, widget_field_plain_height(ui) + GAP));
}

static void draw_task(struct desk_money_state *state, struct ui *ui, struct rect *r,
                      const struct service_queue_line *line)
{
    if (is_task(line, "signed")) {
        draw_notice(ui, r, WIDGET_NOTICE_DONE, desk_text(ui, "desk.money.signed"), true);
    } else if (is_task(line, "take")) {
        record_table_draw_button(ui, r,
                                 &(struct widget_button){.id = "money.open",
                                                         .label = desk_text(ui, "desk.money.open"),
                                                         .look = WIDGET_BUTTON_PRIMARY,
                                                         .busy = state->opening != 0});
        draw_notice(ui, r, WIDGET_NOTICE_INFO, desk_text(ui, "desk.money.open_line"), false);
    } else if (is_task(line, "taking")) {
        draw_taking(state, ui, r, line);
    } else if (is_task(line, "bank")) {
        draw_bank(state, ui, r, line);
    } else {
        draw_back(state, ui, r, line);
    }
}

void desk_money_side_draw(struct desk_money_state *state, struct ui *ui, struct rect area)
{
    const struct service_queue_line *line = desk_money_chosen(state, ui);
    struct rect r = record_table_draw_side(ui, area, "money", line == NULL ? NULL : line->order.acceptance);
    struct rect told = rect_cut_bottom(&r, state->message[0] != 0 ? 40 : 0);
    record_table_draw_told(ui, told, "money.message", state->message, state->is_error);
    if (line == NULL)
        return;
    draw_order(ui, &r, line);
    draw_task(state, ui, &r, line);
}
