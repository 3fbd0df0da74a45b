/* Review: the clerk looks; the applicant may wait here or leave and come back (a12). */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/qr.h"
#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum {
    STOPS = 4,
    WIDTH = 1000,
    WIDTH_LARGE = 900,
    GUTTER = 32,
    PITCH = 142,
    PITCH_TAIL = 46,
    PAD_X = 49,
    PAD_Y = 37,
    PAD_X_LARGE = 32,
    PAD_Y_LARGE = 24,
    QR_SIDE = 208,
    QR_GAP = 24,
    BUTTON_WIDTH = 320,
    BUTTON_HEIGHT = 96,
    TELL_FROM = 200, /* of words above a button in large letters */
    END_CHARACTERS = 6,
    TIMER_SECOND = 0,
    SECOND_MS = 1000,
    ESTIMATE_AFTER_S = 10
};

struct screen_review_state {
    uint64_t printing;
    uint64_t ticket;
    uint64_t telling;
    bool printed, told;
    bool has_qr;
    struct qr qr; /* of the ticket, to be photographed */
    int64_t entered_utc_s;
    char message[192];
};
SCREEN_STATE(review)

void screen_review_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_review_state *state = memory;
    (void)argument;
    state->ticket = service_ticket_make(screen_services(ui));
    state->entered_utc_s = clock_utc_s(screen_program(ui)->clock);
    ui_timer(ui, TIMER_SECOND, SECOND_MS);
}

void screen_review_leave(void *memory, struct ui *ui)
{
    struct screen_review_state *state = memory;
    ui_timer_cancel(ui, TIMER_SECOND);
    state->qr = (struct qr){0};
}

/* The ticket's code is the one printed on the slip; see service_ticket_scan. */
static void take_ticket(struct screen_review_state *state, struct ui *ui)
{
    char text[SERVICE_TICKET_TEXT_BYTES];
    (void)snprintf(text, sizeof(text), SERVICE_TICKET_PREFIX "%s", screen_visit(ui)->ticket);
    state->has_qr = screen_visit(ui)->ticket[0] != 0 && qr_encode(text, &state->qr) == STATUS_OK;
}

static void on_told(struct screen_review_state *state, const struct ui *ui, const struct service_reply *reply)
{
    char phone[24];
    state->telling = 0;
    state->told = reply->status == STATUS_OK;
    screen_phone(screen_visit(ui)->phone, true, phone);
    if (state->told)
        screen_format(ui, state->message, sizeof(state->message), "review.told", {"phone", phone});
    else
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

void screen_review_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_review_state *state = memory;
    struct service_reply *reply = NULL;
    if (event->kind == UI_EVENT_TIMER) {
        ui_timer(ui, TIMER_SECOND, SECOND_MS); /* how long it has taken is drawn from the clock */
    } else if (screen_answered(event, state->printing, &reply)) {
        state->printing = 0;
        state->printed = reply->status == STATUS_OK;
        state->message[0] = 0;
        if (!state->printed)
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (screen_answered(event, state->telling, &reply)) {
        on_told(state, ui, reply);
    } else if (screen_answered(event, state->ticket, &reply)) {
        state->ticket = 0;
        take_ticket(state, ui);
    } else if (event->kind == UI_EVENT_NOTICE || event->kind == UI_EVENT_REPLY) {
        (void)screen_moved_on(ui, SCREEN_REVIEW);
    } else if (ui_tapped(event, "review.print") && state->printing == 0) {
        state->printing = service_receipt_print(screen_services(ui));
    } else if (ui_tapped(event, "review.tell") && state->telling == 0 && !state->told) {
        state->telling = service_notice_send(screen_services(ui));
    } else if (ui_tapped(event, "bar.next") || ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

/* --- how it goes ------------------------------------------------------------------------------------- */

struct review_words {
    char subtitle[96], papers[64], waited[48], seen[64], amount[48], submitted[16], due[SERVICE_TEXT_BYTES];
};

static void write_count(const struct ui *ui, const char *key, size_t count, char *out, size_t size)
{
    char number[24];
    char pages[24];
    (void)snprintf(number, sizeof(number), "%zu", count);
    (void)snprintf(pages, sizeof(pages), "%zu", screen_visit(ui)->page_count);
    screen_format(ui, out, size, key, {"count", number}, {"pages", pages});
}

/* Before ten seconds nobody needs a number; then it is said how long it has taken. */
static void write_waited(const struct ui *ui, const struct screen_review_state *state, char *out, size_t size)
{
    int64_t now_utc_s = clock_utc_s(screen_program(ui)->clock);
    int64_t waited_s = now_utc_s - screen_visit(ui)->order.updated_utc_s;
    *out = 0;
    if (now_utc_s - state->entered_utc_s <= ESTIMATE_AFTER_S || waited_s <= 0)
        return;
    write_count(ui, waited_s < 60 ? "review.waited_s" : "review.waited_m",
                (size_t)(waited_s < 60 ? waited_s : waited_s / 60), out, size);
}

/* The day in which it is decided at the latest, where the product counts them; else its own promise. */
static void write_due(const struct ui *ui, char *out, size_t size)
{
    const struct service_visit *visit = screen_visit(ui);
    char day[32];
    if (visit->due_utc_s != 0 && clock_format_hall(visit->due_utc_s, "%-m 月 %-d 日", day, sizeof(day)) > 0)
        screen_format(ui, out, size, "review.due", {"day", day});
    else
        (void)text_copy(out, size, visit->product->review_promise);
}

static void write_words(const struct ui *ui, const struct screen_review_state *state,
                        struct review_words *words)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct service_attention *attention = &visit->attention;
    if (attention->is_open)
        (void)text_copy(words->subtitle, sizeof(words->subtitle), screen_text(ui, "review.opened"));
    else
        write_count(ui, attention->ahead > 0 ? "review.ahead" : "review.next", attention->ahead,
                    words->subtitle, sizeof(words->subtitle));
    write_count(ui, "review.step1_line", visit->page_count, words->papers, sizeof(words->papers));
    write_count(ui, "review.seen", attention->seen, words->seen, sizeof(words->seen));
    write_waited(ui, state, words->waited, sizeof(words->waited));
    write_due(ui, words->due, sizeof(words->due));
    words_fee(screen_program(ui)->words,
              &(struct price_quote){.amount_fen = visit->order.amount_fen,
                                    .unit_amount_fen = visit->order.amount_fen},
              words->amount, sizeof(words->amount));
    if (clock_format_hall(visit->order.updated_utc_s, "%H:%M", words->submitted, sizeof(words->submitted)) ==
        0)
        words->submitted[0] = 0;
}

static const char *or_null(const char *text)
{
    return text[0] == 0 ? NULL : text;
}

/* Whether the fee stands before the review in the order of steps: paid, or nothing to pay. */
static bool pays_first(const struct ui *ui)
{
    return order_steps_has_before(&screen_visit(ui)->operation->steps, ORDER_STEP_PAY, ORDER_STEP_REVIEW);
}

/* What the approval leads to without a button. */
static const char *goes_on(const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    bool is_due = visit->order.amount_fen > visit->order.paid_fen && !pays_first(ui);
    return screen_text(ui, is_due ? "review.step2_line" : "review.step2_free");
}

static struct widget_timeline_stop fee_stop(const struct ui *ui, const struct review_words *words)
{
    const struct service_visit *visit = screen_visit(ui);
    bool is_free = visit->order.amount_fen == 0;
    bool is_paid = !is_free && visit->order.paid_fen >= visit->order.amount_fen;
    const char *what = is_free ? "review.free" : is_paid ? "review.paid" : "review.step3";
    char line[48];
    (void)snprintf(line, sizeof(line), "%s_line", what);
    return (struct widget_timeline_stop){.title = screen_text(ui, what),
                                         .line = screen_text(ui, line),
                                         .right = is_free ? NULL : words->amount,
                                         .state = pays_first(ui) ? WIDGET_MARK_DONE : WIDGET_MARK_OPEN};
}

/* The last one: a key made here, or what is asked for done to the old one. */
static struct widget_timeline_stop end_stop(const struct ui *ui)
{
    if (!order_steps_has(&screen_visit(ui)->operation->steps, ORDER_STEP_ISSUE))
        return (struct widget_timeline_stop){.title = screen_text(ui, "review.step4_act"),
                                             .line = screen_text(ui, "review.step4_act_line")};
    return (struct widget_timeline_stop){.title = screen_text(ui, "review.step4"),
                                         .line = screen_text(ui, "review.step4_line"),
                                         .right = screen_text(ui, "review.step4_right")};
}

static void fill_stops(const struct ui *ui, const struct review_words *words,
                       struct widget_timeline_stop stops[STOPS])
{
    const struct service_visit *visit = screen_visit(ui);
    bool is_open = visit->attention.is_open;
    int fee = pays_first(ui) ? 1 : 2;
    const char *sent = product_says(visit->product, PRODUCT_MESSAGE_SUBMITTED);
    stops[0] = (struct widget_timeline_stop){.title = screen_text(ui, "review.step1"),
                                             .line = sent[0] != 0 ? sent : words->papers,
                                             .right = or_null(words->submitted),
                                             .state = WIDGET_MARK_DONE};
    stops[3 - fee] = (struct widget_timeline_stop){
        .id = "review.waiting",
        .icon = is_open ? ICON_EYE : ICON_CLOCK,
        .title = screen_text(ui, is_open ? "review.step2_opened" : "review.step2"),
        .line = is_open && visit->attention.seen > 0 ? words->seen
                : words->waited[0] == 0              ? goes_on(ui)
                                                     : words->due,
        .right = is_open ? screen_text(ui, "review.step2_right") : or_null(words->waited),
        .state = WIDGET_MARK_NOW};
    stops[fee] = fee_stop(ui, words);
    stops[3] = end_stop(ui);
    for (int i = 0; i < STOPS; i++) {
        stops[i].number = i + 1;
        stops[i].joined = i + 1 < STOPS;
    }
}

static int stops_height(struct ui *ui, const struct widget_timeline_stop stops[STOPS], int width)
{
    int height = 0;
    for (int i = 0; i < STOPS; i++)
        height += widget_timeline_height(ui, &stops[i], width) + (i + 1 < STOPS ? 20 : 0);
    return height;
}

/* Large letters: what is still to come says its title only, until all have room. */
static void draw_stops(struct ui *ui, struct rect area, struct widget_timeline_stop stops[STOPS])
{
    bool large = ui_is_large(ui);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, large ? PAD_X_LARGE : PAD_X, large ? PAD_Y_LARGE : PAD_Y);
    for (int i = STOPS - 1; i >= 0 && stops_height(ui, stops, inner.w) > inner.h; i--)
        if (stops[i].state != WIDGET_MARK_NOW)
            stops[i].line = NULL;
    int spare = (inner.h - stops_height(ui, stops, inner.w)) / (STOPS - 1);
    spare = spare < 0 ? 0 : spare > 60 ? 60 : spare;
    bool even = !large && inner.h >= STOPS * PITCH - PITCH_TAIL; /* as far apart as in the picture */
    for (int i = 0; i < STOPS; i++) {
        int height = even ? PITCH : widget_timeline_height(ui, &stops[i], inner.w) + 20 + spare;
        widget_timeline_stop(ui, rect_cut_top(&inner, height), &stops[i]);
    }
}

/* --- the number, and how to come back with it -------------------------------------------------------- */

static void draw_words(struct ui *ui, struct rect *area, enum theme_type type, enum theme_color color,
                       const char *text)
{
    (void)widget_label(ui, rect_cut_top(area, widget_label_height(ui, type, text, area->w)),
                       &(struct widget_label){.text = text, .type = type, .color = color});
}

/* A part of a line, its end cut off what is left of the line. */
static void draw_part(struct ui *ui, struct rect *line, enum theme_type type, enum theme_color color,
                      const char *text)
{
    if (text[0] == 0)
        return;
    struct rect at = *line;
    int width = widget_label_width(ui, type, text);
    at.w = width < at.w ? width : at.w;
    (void)rect_cut_left(line, width - 1); /* the measure is rounded up, the next part follows close */
    (void)widget_label(ui, at,
                       &(struct widget_label){.text = text, .type = type, .color = color, .middle = true});
}

static const char *end_of(const char *number)
{
    size_t length = strlen(number);
    return number + (length > END_CHARACTERS ? length - END_CHARACTERS : 0);
}

/* The last characters, which are all one has to remember, stand out. */
static void draw_number(struct ui *ui, struct rect *area, const char *number)
{
    static const enum theme_type types[] = {THEME_TYPE_NUMBER, THEME_TYPE_H0_LARGE, THEME_TYPE_H0};
    enum theme_type type = THEME_TYPE_H1;
    char head[ORDER_ACCEPTANCE_BYTES];
    for (size_t i = sizeof(types) / sizeof(types[0]); i-- > 0;)
        if (widget_label_width(ui, types[i], number) <= area->w)
            type = types[i];
    (void)snprintf(head, sizeof(head), "%.*s", (int)(end_of(number) - number), number);
    struct rect line = rect_cut_top(area, screen_lines(ui, type, 1));
    draw_part(ui, &line, type, THEME_COLOR_ON_DARK, head);
    draw_part(ui, &line, type, THEME_COLOR_GOLD300, end_of(number));
}

static void draw_come_back(struct ui *ui, struct rect *area, const char *number)
{
    char whole[160];
    screen_format(ui, whole, sizeof(whole), "review.come_back", {"end", end_of(number)});
    if (widget_label_width(ui, THEME_TYPE_BODY_STRONG, whole) > area->w) {
        draw_words(ui, area, THEME_TYPE_BODY, THEME_COLOR_ON_DARK2, whole);
        return;
    }
    char *found = strstr(whole, end_of(number));
    char *behind = found == NULL ? NULL : found + strlen(end_of(number));
    struct rect line = rect_cut_top(area, screen_lines(ui, THEME_TYPE_BODY, 1));
    if (found != NULL)
        *found = 0;
    draw_part(ui, &line, THEME_TYPE_BODY, THEME_COLOR_ON_DARK2, whole);
    if (behind == NULL)
        return;
    draw_part(ui, &line, THEME_TYPE_BODY_STRONG, THEME_COLOR_GOLD300, end_of(number));
    draw_part(ui, &line, THEME_TYPE_BODY, THEME_COLOR_ON_DARK2, behind);
}

static struct widget_button print_button(const struct ui *ui, const struct screen_review_state *state)
{
    return (struct widget_button){.id = "review.print",
                                  .label =
                                      screen_text(ui, state->printed ? "review.printed" : "review.print"),
                                  .icon = ICON_RECEIPT,
                                  .busy = state->printing != 0};
}

/* Offered to a number that is known, where the hall has a template for it. */
static bool can_tell(const struct ui *ui)
{
    return screen_visit(ui)->phone[0] != 0 && services_tells(screen_services(ui));
}

static struct widget_button tell_button(const struct ui *ui, const struct screen_review_state *state)
{
    return (struct widget_button){.id = "review.tell",
                                  .label = screen_text(ui, state->told ? "review.tell_done" : "review.tell"),
                                  .icon = state->told ? ICON_CHECK : ICON_PHONE,
                                  .look = WIDGET_BUTTON_DARK,
                                  .disabled = state->told,
                                  .busy = state->telling != 0};
}

static void draw_code(struct ui *ui, struct rect rect, const struct screen_review_state *state)
{
    (void)widget_picture_qr(ui, rect, "review.ticket", screen_text(ui, "review.ticket"), &state->qr);
}

/* As many lines as there is room for; the one about the code stands first where there is room for few. */
static void draw_lines(struct ui *ui, struct rect area)
{
    static const char *const lines[] = {"review.away1", "review.away2", "review.away3"};
    enum theme_type type = THEME_TYPE_READING;
    int needed = 0;
    for (int i = 0; i < 3; i++)
        needed += widget_label_height(ui, type, screen_text(ui, lines[i]), area.w);
    if (needed > area.h) {
        const char *line = screen_text(ui, "review.away_short");
        if (widget_label_height(ui, THEME_TYPE_BODY, line, area.w) <= area.h)
            draw_words(ui, &area, THEME_TYPE_BODY, THEME_COLOR_ON_DARK, line);
        return;
    }
    for (int i = 0; i < 3; i++)
        draw_words(ui, &area, type, THEME_COLOR_ON_DARK, screen_text(ui, lines[i]));
    const char *own = product_says(screen_visit(ui)->product, PRODUCT_MESSAGE_NUMBER);
    if (own[0] != 0 && widget_label_height(ui, THEME_TYPE_BODY, own, area.w) <= area.h)
        draw_words(ui, &area, THEME_TYPE_BODY, THEME_COLOR_ON_DARK2, own);
}

/* Printed, or sent to the phone, side by side across the panel. */
static void draw_buttons(struct ui *ui, struct rect area, const struct screen_review_state *state)
{
    struct widget_button print = print_button(ui, state);
    struct widget_button tell = tell_button(ui, state);
    print.look = WIDGET_BUTTON_LIGHT;
    (void)widget_button(ui, rect_column(area, 0, 2, 20), &print);
    (void)widget_button(ui, rect_column(area, 1, 2, 20), &tell);
}

/* Ways to take the number along: photographed, printed, sent to the phone; code and slip show the ticket. */
static void draw_ways(struct ui *ui, struct rect area, const struct screen_review_state *state, bool prints,
                      bool codes)
{
    bool tells = prints && can_tell(ui);
    if (tells)
        draw_buttons(ui, rect_cut_bottom(&area, BUTTON_HEIGHT), state);
    if (tells)
        (void)rect_cut_bottom(&area, 24);
    if (codes && state->has_qr && area.h >= QR_SIDE) {
        struct rect column = rect_cut_right(&area, QR_SIDE);
        draw_code(ui, rect_cut_bottom(&column, QR_SIDE), state);
        (void)rect_cut_right(&area, QR_GAP);
    }
    if (!prints && codes && can_tell(ui) && area.h >= TELL_FROM) {
        struct widget_button tell = tell_button(ui, state);
        struct rect bottom = rect_cut_bottom(&area, BUTTON_HEIGHT);
        (void)widget_button(ui, rect_cut_left(&bottom, widget_button_width(ui, &tell)), &tell);
    }
    if (prints && !tells) {
        struct widget_button button = print_button(ui, state);
        button.look = WIDGET_BUTTON_LIGHT;
        struct rect bottom = rect_cut_bottom(&area, BUTTON_HEIGHT);
        (void)widget_button(ui, rect_cut_left(&bottom, BUTTON_WIDTH), &button);
        (void)rect_cut_bottom(&area, 16);
    }
    draw_words(ui, &area, THEME_TYPE_H2, THEME_COLOR_ON_DARK, screen_text(ui, "review.away"));
    (void)rect_cut_top(&area, ui_is_large(ui) ? 0 : 8);
    draw_lines(ui, area);
}

/* Upright: the code, and below it the way to the phone. */
static void draw_column(struct ui *ui, struct rect *inner, const struct screen_review_state *state)
{
    struct widget_button tell = tell_button(ui, state);
    int width = widget_button_width(ui, &tell);
    bool tells = can_tell(ui);
    if (tells && ui_is_large(ui)) { /* below everything, or the number has no room */
        struct rect bottom = rect_cut_bottom(inner, BUTTON_HEIGHT);
        (void)widget_button(ui, rect_cut_left(&bottom, width), &tell);
        tells = false;
    }
    struct rect column = rect_cut_right(inner, tells && width > QR_SIDE ? width : QR_SIDE);
    (void)rect_cut_right(inner, QR_GAP);
    struct rect both = rect_center(column, column.w, QR_SIDE + (tells ? 24 + BUTTON_HEIGHT : 0));
    draw_code(ui, rect_center(rect_cut_top(&both, QR_SIDE), QR_SIDE, QR_SIDE), state);
    if (tells)
        (void)widget_button(ui, rect_cut_bottom(&both, BUTTON_HEIGHT), &tell);
}

static void draw_panel(struct ui *ui, struct rect area, const struct screen_review_state *state)
{
    const char *number = screen_visit(ui)->order.acceptance;
    bool large = ui_is_large(ui);
    bool portrait = ui_is_portrait(ui);
    (void)widget_panel(ui, area, WIDGET_PANEL_BRAND);
    (void)widget_motif_rosette(ui, area, area.x + area.w - 115, area.y + 125, 330, WIDGET_MOTIF_DARK);
    struct rect inner = rect_inset(area, large ? 32 : 48, large || portrait ? 28 : 44);
    if (portrait && state->has_qr) { /* beside number and words, where there is width */
        draw_column(ui, &inner, state);
    }
    draw_words(ui, &inner, THEME_TYPE_BODY, THEME_COLOR_ON_DARK2, screen_text(ui, "review.number"));
    draw_number(ui, &inner, number);
    if (state->message[0] != 0)
        draw_words(ui, &inner, THEME_TYPE_BODY, THEME_COLOR_ON_DARK, state->message);
    else
        draw_come_back(ui, &inner, number);
    (void)widget_panel(ui, rect_center(rect_cut_top(&inner, large || portrait ? 32 : 66), inner.w, 2),
                       WIDGET_PANEL_BRAND_LINE);
    draw_ways(ui, inner, state, !large && !portrait, !portrait);
}

/* Upright the panel takes what the stops leave, and the code stands in it. */
static struct rect cut_column(struct ui *ui, struct rect *area,
                              const struct widget_timeline_stop stops[STOPS])
{
    bool large = ui_is_large(ui);
    if (!ui_is_portrait(ui)) {
        struct rect column = rect_cut_left(area, large ? WIDTH_LARGE : WIDTH);
        (void)rect_cut_left(area, GUTTER);
        return column;
    }
    int height = stops_height(ui, stops, area->w - 2 * (large ? PAD_X_LARGE : PAD_X)) +
                 2 * (large ? PAD_Y_LARGE : PAD_Y) + (large ? 40 : 80);
    int most = area->h - (large ? 520 : 460) - 24;
    struct rect column = rect_cut_top(area, height < most ? height : most);
    (void)rect_cut_top(area, 24);
    return column;
}

void screen_review_draw(void *memory, struct ui *ui)
{
    const struct screen_review_state *state = memory;
    struct review_words words;
    struct widget_timeline_stop stops[STOPS];
    bool portrait = ui_is_portrait(ui);
    bool large = ui_is_large(ui);
    bool beside = !portrait && !large;
    struct ui_page page = screen_page(ui, SCREEN_REVIEW);
    const char *title = page.title;
    write_words(ui, state, &words);
    fill_stops(ui, &words, stops);
    if (portrait && large) /* no room for the explanation: what it says stands at the stop */
        stops[pays_first(ui) ? 2 : 1].line = words.subtitle;
    page.title = beside ? NULL : title;
    page.subtitle = words.subtitle;
    page.plain = large; /* portrait: the code needs the room of the explanation */
    page.no_exit = true;
    page.primary = (struct widget_button){
        .label = screen_text(ui, "review.leave"), .icon_right = ICON_EXIT, .way_out = true};
    if (portrait || large)
        page.secondary = print_button(ui, state);
    struct rect area = ui_page(ui, &page);
    struct rect column = cut_column(ui, &area, stops);
    if (beside)
        column = screen_column(ui, column, title, words.subtitle);
    draw_stops(ui, column, stops);
    draw_panel(ui, area, state);
}
