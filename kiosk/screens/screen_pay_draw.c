/* Drawing of the payment page: the code or what stands in its place at the left, the amount at the right. */
#include <stdio.h>
#include <string.h>

#include "kiosk/screens/keys_out.h"
#include "kiosk/screens/network.h"
#include "kiosk/screens/parcel.h"
#include "kiosk/screens/screen_list.h"
#include "kiosk/screens/screen_pay.h"

enum {
    WARN_S = 60,
    TILE = 516,
    RING = 200,
    RING_LARGE = 232,
    RING_SMALL = 168,
    CODE_WIDTH = 888,
    CODE_HEIGHT = 596,
    METHOD_WIDTH = 256,
    METHOD_WIDTH_LARGE = 330,
    CODE_MARGIN = 6 /* the card's right margin is so much narrower than the left one */
};

const char *screen_pay_words(const struct ui *ui, enum screen_pay_view view, const char *suffix)
{
    static const char *const keys[] = {
        [SCREEN_PAY_PREPARING] = "preparing", [SCREEN_PAY_CODE] = "title",
        [SCREEN_PAY_EXPIRED] = "expired",     [SCREEN_PAY_NOT_READY] = "not_ready",
        [SCREEN_PAY_FAILED] = "failed",       [SCREEN_PAY_REFUNDING] = "refunding",
        [SCREEN_PAY_UNKNOWN] = "unknown",     [SCREEN_PAY_ALARM] = "alarm",
        [SCREEN_PAY_TRANSFER] = "transfer",   [SCREEN_PAY_WINDOW] = "window"};
    char key[64];
    (void)snprintf(key, sizeof(key), "pay.%s%s", keys[view], suffix);
    return screen_text_by_steps(ui, key, ORDER_STEP_PAY);
}

/* --- the code ---------------------------------------------------------------------------------------- */

/* A number always stands in the ring, which turns amber for the last minute. */
static void draw_ring(struct ui *ui, struct rect rect)
{
    const struct service_payment *payment = &screen_visit(ui)->payment;
    int left = (int)(payment->until_utc_s - clock_utc_s(screen_program(ui)->clock));
    char text[16];
    (void)snprintf(text, sizeof(text), "%d:%02d", left / 60, left % 60);
    (void)widget_progress_ring(
        ui, rect,
        &(struct widget_progress_ring){.id = "pay.left",
                                       .text = text,
                                       .caption = screen_text(ui, "pay.left"),
                                       .left = left,
                                       .total = (int)screen_visit(ui)->product->payment_screen_s,
                                       .amber = left <= WARN_S});
}

static void draw_code(struct ui *ui, struct rect area, const struct screen_pay_state *state)
{
    int width = ui_is_large(ui) ? METHOD_WIDTH_LARGE : METHOD_WIDTH;
    int height = area.h < TILE ? area.h : TILE;
    int room = area.w - 40 - width; /* the code gives way to the words beside it */
    int side = height < room ? height : room;
    struct rect tile = rect_center(rect_cut_left(&area, side), side, side);
    (void)widget_picture_qr(ui, tile, "pay.code", screen_text(ui, "pay.code_label"), &state->qr);
    (void)rect_cut_left(&area, 40);
    struct rect beside = rect_center(area, area.w < width ? area.w : width, height);
    enum product_payment methods[PRODUCT_PAYMENT_COUNT_];
    enum product_payment ways[PRODUCT_PAYMENT_COUNT_];
    bool has_ways = pay_by_hand_ways(ui, ways) > 0;
    bool large = ui_is_large(ui) && screen_pay_methods(ui, methods) == 1;
    draw_ring(ui, rect_cut_top(&beside, has_ways ? RING_SMALL : large ? RING_LARGE : RING));
    screen_pay_draw_methods(ui, beside, state->method);
}

/* --- what stands in the code's place ----------------------------------------------------------------- */

/* A sign, a title, a line, and what can be agreed to. */
struct instead {
    const char *title, *line;
    enum icon icon;
    bool busy, key, may_erase, other, ways, out;
    enum product_payment method;
};

/* What keeps the key from being ready, with the words of making it where paying has none of its own. */
static struct instead not_ready_of(const struct ui *ui, const struct screen_pay_state *state)
{
    const struct words *words = screen_program(ui)->words;
    const char *name = service_reason_name(state->reason);
    bool authority =
        state->reason == SERVICE_REASON_AUTHORITY_SILENT || state->reason == SERVICE_REASON_AUTHORITY_REFUSED;
    char title[96];
    char line[96];
    (void)snprintf(title, sizeof(title), "issue.%s.title", name);
    (void)snprintf(line, sizeof(line), "pay.%s.step", name);
    if (!words_has(words, line))
        (void)snprintf(line, sizeof(line), "issue.%s.step", name);
    bool known = words_has(words, title);
    bool is_used = state->reason == SERVICE_REASON_KEY_CARRIES;
    return (struct instead){.title = is_used ? screen_says(ui, PRODUCT_MESSAGE_KEY_USED, title)
                                     : known ? screen_text(ui, title)
                                             : state->message,
                            .line = known ? screen_text(ui, line) : NULL,
                            .icon = ICON_NETWORK,
                            .key = !authority,
                            .out = state->reason == SERVICE_REASON_NO_KEY,
                            .may_erase = is_used};
}

static struct instead instead_of(const struct ui *ui, const struct screen_pay_state *state,
                                 enum screen_pay_view view)
{
    enum product_payment ways[PRODUCT_PAYMENT_COUNT_];
    bool has_ways = view != SCREEN_PAY_WINDOW && view != SCREEN_PAY_PREPARING &&
                    view != SCREEN_PAY_REFUNDING && pay_by_hand_ways(ui, ways) > 0;
    if (view == SCREEN_PAY_NOT_READY) {
        struct instead what = not_ready_of(ui, state);
        what.ways = has_ways && !what.may_erase;
        return what;
    }
    return (struct instead){.title = screen_pay_words(ui, view, "_banner"),
                            .line = view == SCREEN_PAY_FAILED ? state->message
                                                              : screen_pay_words(ui, view, "_line"),
                            .icon = view == SCREEN_PAY_EXPIRED  ? ICON_CLOCK
                                    : view == SCREEN_PAY_FAILED ? ICON_NETWORK
                                    : view == SCREEN_PAY_WINDOW ? ICON_WALLET
                                                                : ICON_INFO,
                            .busy = view == SCREEN_PAY_PREPARING,
                            .other = view == SCREEN_PAY_FAILED && screen_pay_offers_other(ui) && !has_ways,
                            .ways = has_ways,
                            .method = state->method};
}

static void draw_sign(struct ui *ui, struct rect area, const struct instead *what)
{
    struct rect disc = rect_center(area, 160, 160);
    if (what->busy)
        (void)widget_mark_spinner(ui, rect_center(area, 112, 112), what->title);
    else if (what->key)
        (void)widget_device(ui, area, WIDGET_DEVICE_KEY, false, screen_text(ui, "pay.device"));
    else
        (void)widget_mark_icon(ui, disc, what->icon, 88, THEME_COLOR_B700, true);
}

static void draw_ways_button(struct ui *ui, struct rect rect)
{
    (void)widget_button(ui, rect,
                        &(struct widget_button){.id = "pay.ways",
                                                .label = screen_text(ui, "pay.ways"),
                                                .look = WIDGET_BUTTON_SECONDARY});
}

/* Another way to pay, and that there is no key, beside each other where there are both. */
static void draw_other_ways(struct ui *ui, struct rect row, struct instead what)
{
    bool both = what.ways && what.out;
    if (what.ways)
        draw_ways_button(ui, both ? rect_column(row, 0, 2, 16) : row);
    struct widget_button none = keys_out_button(ui);
    if (what.out)
        (void)widget_button(ui, both ? rect_column(row, 1, 2, 16) : row, &none);
}

static void draw_instead(struct ui *ui, struct rect area, struct instead what)
{
    int title = widget_label_height(ui, THEME_TYPE_H2_LARGE, what.title, area.w);
    int line = widget_label_height(ui, THEME_TYPE_BODY, what.line, area.w);
    if (what.may_erase)
        (void)widget_button(ui, rect_cut_bottom(&area, ui_is_large(ui) ? 112 : 96),
                            &(struct widget_button){.id = "pay.erase",
                                                    .label = screen_text(ui, "pay.erase"),
                                                    .look = WIDGET_BUTTON_SECONDARY});
    if (what.other)
        screen_pay_draw_other(ui, rect_cut_bottom(&area, ui_is_large(ui) ? 112 : 96), what.method);
    if (what.ways || what.out)
        draw_other_ways(ui, rect_cut_bottom(&area, ui_is_large(ui) ? 112 : 96), what);
    (void)rect_cut_bottom(&area, what.may_erase || what.other || what.ways || what.out ? 24 : 40);
    struct rect words = rect_cut_bottom(&area, title + line + 8);
    (void)widget_label(
        ui, rect_cut_top(&words, title),
        &(struct widget_label){
            .id = "pay.state", .text = what.title, .type = THEME_TYPE_H2_LARGE, .align = WIDGET_CENTER});
    (void)rect_cut_top(&words, 8);
    if (what.line != NULL)
        (void)widget_label(ui, words,
                           &(struct widget_label){.id = "pay.state_line",
                                                  .text = what.line,
                                                  .type = THEME_TYPE_BODY,
                                                  .color = THEME_COLOR_INK700,
                                                  .align = WIDGET_CENTER});
    (void)rect_cut_bottom(&area, 16);
    draw_sign(ui, area, &what);
}

/* --- the amount -------------------------------------------------------------------------------------- */

bool screen_pay_write_end(const struct ui *ui, char *out, size_t size)
{
    char day[32] = "";
    int64_t until_utc_s = screen_visit(ui)->wish.until_utc_s;
    (void)clock_format_hall(until_utc_s, "%Y-%m-%d", day, sizeof(day));
    screen_format(ui, out, size, "pay.until_day", {"day", day});
    return until_utc_s != 0;
}

/* Upright the end has no line of its own. */
static bool draw_end(struct ui *ui, struct rect line)
{
    char end[64];
    if (!ui_is_portrait(ui) || !screen_pay_write_end(ui, end, sizeof(end)))
        return false;
    (void)widget_label(ui, rect_cut_bottom(&line, screen_lines(ui, THEME_TYPE_CAPTION, 1)),
                       &(struct widget_label){.id = "pay.until",
                                              .text = end,
                                              .type = THEME_TYPE_CAPTION,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
    return true;
}

/* 应付金额 … ¥ 480.00, both on one line. */
static void draw_amount(struct ui *ui, struct rect *area, const char *yuan)
{
    struct rect line = rect_cut_top(area, ui_is_large(ui) ? 152 : 128);
    struct rect name = line;
    (void)widget_label_amount(ui, line,
                              &(struct widget_label_amount){.id = "pay.amount",
                                                            .before = "¥",
                                                            .number = yuan,
                                                            .number_type = THEME_TYPE_HERO,
                                                            .unit_type = THEME_TYPE_DIGITS,
                                                            .align = WIDGET_RIGHT});
    name.y += draw_end(ui, line) ? 0 : 28; /* its foot stands where the digits' does */
    (void)widget_label(ui, name,
                       &(struct widget_label){.text = screen_text(ui, "pay.due"),
                                              .type = THEME_TYPE_BODY_L,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
    (void)widget_panel_line(ui, rect_cut_top(area, ui_is_large(ui) ? 10 : 32));
    (void)rect_cut_top(area, 8);
}

/* What is paid for; the amount behind it as far as both fit. */
static void draw_item(struct ui *ui, struct rect line, const char *yuan)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct product_class *class = product_find_class(visit->product, visit->class_id);
    char what[192];
    char amount[48];
    screen_format(ui, what, sizeof(what), "pay.item", {"operation", visit->operation->label},
                  {"class", class == NULL ? "" : class->sale_label});
    screen_format(ui, amount, sizeof(amount), "pay.yuan", {"yuan", yuan});
    int wide = widget_label_width(ui, THEME_TYPE_READING_STRONG, amount) + 24;
    if (wide + widget_label_width(ui, THEME_TYPE_READING, what) <= line.w)
        (void)widget_label(
            ui, rect_cut_right(&line, wide),
            &(struct widget_label){
                .text = amount, .type = THEME_TYPE_READING_STRONG, .align = WIDGET_RIGHT, .middle = true});
    (void)widget_label(ui, line,
                       &(struct widget_label){.text = what, .type = THEME_TYPE_READING, .middle = true});
}

/* Of bundles that were taken because they are cheaper. Returns: whether there is one. */
static bool write_bundle(const struct ui *ui, char *out, size_t size)
{
    const struct service_visit *visit = screen_visit(ui);
    struct product_wish wish;
    struct price_quote quote;
    char years[24];
    service_visit_wish(visit, clock_utc_s(screen_program(ui)->clock), &wish);
    if (product_wish_quote(&wish, &quote) != STATUS_OK || quote.amount_fen != visit->order.amount_fen)
        return false; /* the tariff has changed since */
    for (size_t i = 0; i < quote.line_count; i++) {
        if (quote.line[i].bundle_years == 0)
            continue;
        (void)snprintf(years, sizeof(years), "%u", quote.line[i].bundle_years);
        screen_format(ui, out, size, "pay.bundle_line", {"years", years});
        return true;
    }
    return false;
}

/* Below the amount: that it waits for the phone, or what was kept. */
static void draw_well(struct ui *ui, struct rect *area, const struct screen_pay_state *state,
                      enum screen_pay_view view)
{
    bool live = view == SCREEN_PAY_CODE;
    bool taking = screen_visit(ui)->payment.state == SERVICE_PAY_BY_DESK;
    bool scanned = screen_visit(ui)->payment.state == SERVICE_PAY_SCANNED;
    struct widget_notice notice = {.id = "pay.waiting",
                                   .tone = WIDGET_NOTICE_INFO,
                                   .icon = ICON_SHIELD,
                                   .busy = live || taking,
                                   .quiet = true};
    notice.title = screen_text_by_steps(ui,
                                        taking    ? "pay.window_taking"
                                        : !live   ? "pay.kept"
                                        : scanned ? "pay.scanned"
                                                  : "pay.waiting",
                                        ORDER_STEP_PAY);
    notice.line = live && state->message[0] != 0
                      ? state->message
                      : screen_text_by_steps(ui,
                                             live                         ? "pay.waiting_line"
                                             : taking                     ? "pay.window_taking_line"
                                             : view == SCREEN_PAY_EXPIRED ? "pay.kept_renew"
                                                                          : "pay.kept_line",
                                             ORDER_STEP_PAY);
    (void)widget_notice_banner(ui, rect_cut_bottom(area, widget_notice_height(ui, &notice, area->w)),
                               &notice);
}

static void draw_bill(struct ui *ui, struct rect card, const struct screen_pay_state *state,
                      enum screen_pay_view view)
{
    const struct service_visit *visit = screen_visit(ui);
    bool large = ui_is_large(ui);
    int line = large ? 64 : 60;
    char yuan[32];
    screen_yuan(visit->payment.amount_fen > 0 ? visit->payment.amount_fen : visit->order.amount_fen, yuan);
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, 48, large ? 24 : 40);
    if (view != SCREEN_PAY_REFUNDING)
        draw_well(ui, &inner, state, view);
    draw_amount(ui, &inner, yuan);
    if (inner.h >= line)
        draw_item(ui, rect_cut_top(&inner, line), yuan);
    char bundle[96], day[32];
    (void)clock_format_hall(visit->wish.until_utc_s, "%Y-%m-%d", day, sizeof(day));
    if (inner.h >= line && visit->wish.until_utc_s != 0 && !ui_is_portrait(ui))
        (void)widget_label_pair(ui, rect_cut_top(&inner, line), THEME_TYPE_READING,
                                screen_text(ui, "pay.until"), day);
    if (inner.h >= line && write_bundle(ui, bundle, sizeof(bundle)))
        (void)widget_label_pair(ui, rect_cut_top(&inner, line), THEME_TYPE_READING,
                                screen_text(ui, "pay.bundle"), bundle);
    if (inner.h >= line)
        (void)widget_label_pair(ui, rect_cut_top(&inner, line), THEME_TYPE_READING,
                                screen_text(ui, "pay.payee"), visit->product->authority_name);
    if (inner.h >= line && visit->product->payment_invoice[0] != 0)
        (void)widget_label_pair(ui, rect_cut_top(&inner, line), THEME_TYPE_READING,
                                screen_text(ui, "pay.invoice"), visit->product->payment_invoice);
}

/* --- the page ---------------------------------------------------------------------------------------- */

/* Large letters leave room for the code and the bill alone (e02). */
static bool is_short_page(const struct ui *ui)
{
    return ui_is_large(ui) && !ui_is_portrait(ui);
}

static void offer_code(struct ui *ui, struct ui_page *page, const struct screen_pay_state *state,
                       enum screen_pay_view view)
{
    bool live = view == SCREEN_PAY_CODE;
    bool short_page = live && is_short_page(ui);
    bool again = live || view == SCREEN_PAY_EXPIRED;
    enum product_payment ways[PRODUCT_PAYMENT_COUNT_];
    struct widget_button code = {.id = "bar.next",
                                 .label = screen_text(ui, again ? "pay.renew" : "pay.get"),
                                 .icon = ICON_REFRESH,
                                 .look = live ? WIDGET_BUTTON_NEUTRAL : WIDGET_BUTTON_PRIMARY,
                                 .busy = view == SCREEN_PAY_PREPARING};
    struct widget_button asked = {.id = "bar.secondary",
                                  .label = screen_text(ui, "pay.no_reaction"),
                                  .look = short_page ? WIDGET_BUTTON_PRIMARY : WIDGET_BUTTON_SECONDARY,
                                  .busy = state->asking != 0};
    page->primary = live ? asked : code;
    page->secondary = live ? code : asked;
    if (screen_visit(ui)->payment.state == SERVICE_PAY_NONE) /* nothing to ask about */
        page->secondary = (struct widget_button){0};
    if (short_page) { /* another code is offered when this one is over */
        page->title = screen_text(ui, "pay.title_short");
        page->subtitle = NULL;
        page->secondary = (struct widget_button){0};
        if (pay_by_hand_ways(ui, ways) > 0)
            page->secondary = (struct widget_button){
                .id = "pay.ways", .label = screen_text(ui, "pay.ways"), .look = WIDGET_BUTTON_NEUTRAL};
    }
    page->back = page->exit = screen_text(ui, "pay.later");
    page->no_back = ui_is_portrait(ui); /* the row belongs to the two others */
    page->no_exit = !page->no_back;
}

/* By hand: another way while nobody takes the money yet, and the slip that the clerk asks for. */
static void offer_window(struct ui *ui, struct ui_page *page, const struct screen_pay_state *state)
{
    page->primary = (struct widget_button){.id = "pay.slip",
                                           .label = screen_text(ui, "pay.window_slip"),
                                           .icon = ICON_RECEIPT,
                                           .busy = state->printing != 0};
    if (screen_visit(ui)->payment.state != SERVICE_PAY_BY_DESK)
        page->secondary = (struct widget_button){
            .id = "pay.by_code", .label = screen_text(ui, "pay.by_code"), .look = WIDGET_BUTTON_NEUTRAL};
    page->back = page->exit = screen_text(ui, "pay.leave");
    page->no_back = ui_is_portrait(ui);
    page->no_exit = !page->no_back;
}

/* Never a second code beside one whose fate is open. */
static void offer_asking(struct ui *ui, struct ui_page *page, const struct screen_pay_state *state)
{
    page->primary = (struct widget_button){.id = "bar.secondary",
                                           .label = screen_text(ui, "pay.ask"),
                                           .icon_right = ICON_REFRESH,
                                           .busy = state->asking != 0};
    page->no_back = true;
    if (state->message[0] != 0)
        page->subtitle = state->message;
}

static void draw_view(struct ui *ui, struct rect area, const struct screen_pay_state *state,
                      enum screen_pay_view view)
{
    if (view == SCREEN_PAY_UNKNOWN || view == SCREEN_PAY_ALARM) {
        screen_pay_draw_unknown(ui, area, state);
        return;
    }
    if (view == SCREEN_PAY_TRANSFER) {
        pay_by_hand_draw(ui, area, &state->hand);
        return;
    }
    if (view == SCREEN_PAY_CODE && is_short_page(ui)) {
        screen_pay_draw_large(ui, area, state);
        return;
    }
    bool portrait = ui_is_portrait(ui);
    struct rect code = portrait ? rect_cut_top(&area, CODE_HEIGHT) : rect_cut_left(&area, CODE_WIDTH);
    (void)(portrait ? rect_cut_top(&area, 24) : rect_cut_left(&area, 32));
    (void)widget_panel(ui, code, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(code, 41, (code.h - TILE) / 2);
    inner.w += CODE_MARGIN;
    if (view == SCREEN_PAY_CODE)
        draw_code(ui, inner, state);
    else
        draw_instead(ui, inner, instead_of(ui, state, view));
    draw_bill(ui, area, state, view);
    if (state->asks_parcel)
        parcel_dialog(ui, state->wishing != 0);
}

void screen_pay_draw(void *memory, struct ui *ui)
{
    const struct screen_pay_state *state = memory;
    enum screen_pay_view view = screen_pay_view(ui, state);
    bool open = view == SCREEN_PAY_UNKNOWN || view == SCREEN_PAY_ALARM;
    if (state->is_paid) {
        screen_pay_draw_result(ui, state);
        return;
    }
    if (screen_pay_is_cut_off(ui, state)) {
        network_page(ui, SCREEN_PAY, state->printing != 0);
        return;
    }
    if (state->is_out && view == SCREEN_PAY_NOT_READY) {
        keys_out_page(ui, &(struct keys_out){.here = SCREEN_PAY,
                                             .parcel_id = "pay.parcel",
                                             .is_printing = state->printing != 0,
                                             .message = state->message});
        if (state->asks_parcel)
            parcel_dialog(ui, state->wishing != 0);
        return;
    }
    struct ui_page page = screen_page(ui, SCREEN_PAY);
    page.title = screen_pay_words(ui, view, "");
    page.subtitle = view == SCREEN_PAY_CODE ? screen_pay_scan_words(ui, state->method)
                                            : screen_pay_words(ui, view, "_subtitle");
    if (open)
        offer_asking(ui, &page, state);
    else if (view == SCREEN_PAY_TRANSFER)
        pay_by_hand_offer(&state->hand, ui, &page);
    else if (view == SCREEN_PAY_WINDOW)
        offer_window(ui, &page, state);
    else
        offer_code(ui, &page, state, view);
    draw_view(ui, ui_page(ui, &page), state, view);
    pay_by_hand_dialog(ui, &state->hand);
    screen_pay_draw_kept(ui, state);
}
