/* Paying over the bank: the account, its slip, and the bank's voucher; and the dialog that offers it and the
 * window.
 */
#include "kiosk/screens/pay_by_hand.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { GAP = 24, PREVIEW_PX = 900 };

size_t pay_by_hand_ways(const struct ui *ui, enum product_payment out[PRODUCT_PAYMENT_COUNT_])
{
    static const enum product_payment ways[] = {PRODUCT_PAYMENT_TRANSFER, PRODUCT_PAYMENT_DESK};
    const struct product *product = screen_visit(ui)->product;
    size_t count = 0;
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
        if (product_takes(product, ways[i]) &&
            (ways[i] != PRODUCT_PAYMENT_TRANSFER || product->account.number[0] != 0))
            out[count++] = ways[i];
    return count;
}

/* --- the voucher's picture -------------------------------------------------------------------------------
 */

static void forget_picture(struct pay_by_hand *hand)
{
    service_image_free(hand->picture);
    hand->picture = NULL;
}

static void take_picture(struct pay_by_hand *hand, struct service_reply *reply)
{
    if (reply->image == NULL)
        return;
    forget_picture(hand);
    hand->picture = reply->image;
    hand->version = reply->id;
    reply->image = NULL;
    hand->pixels =
        (struct canvas_image){hand->picture->rgb, hand->picture->width_px, hand->picture->height_px};
}

void pay_by_hand_enter(struct pay_by_hand *hand, struct ui *ui)
{
    if (screen_visit(ui)->hand.voucher != SERVICE_VOUCHER_NONE)
        hand->previewing = service_page_preview(screen_services(ui), SERVICE_VOUCHER_PAPER, PREVIEW_PX);
}

void pay_by_hand_leave(struct pay_by_hand *hand, struct ui *ui)
{
    if (hand->scanning != 0)
        service_scan_cancel(screen_services(ui));
    forget_picture(hand);
}

/* --- events ----------------------------------------------------------------------------------------------
 */

static void tell(struct pay_by_hand *hand, struct ui *ui, const struct service_reply *reply)
{
    hand->message[0] = 0;
    if (reply->status != STATUS_OK || reply->reason == SERVICE_REASON_POOR_PAGE)
        screen_reason(ui, reply, hand->message, sizeof(hand->message));
}

static bool on_reply(struct pay_by_hand *hand, struct ui *ui, const struct ui_event *event)
{
    struct service_reply *reply = NULL;
    if (screen_answered(event, hand->opening, &reply)) {
        hand->opening = 0;
        hand->to_code = hand->is_at_window = false;
        tell(hand, ui, reply);
    } else if (screen_answered(event, hand->printing, &reply)) {
        hand->printing = 0;
        hand->has_slip = hand->has_slip || reply->status == STATUS_OK;
        tell(hand, ui, reply);
    } else if (screen_answered(event, hand->scanning, &reply)) {
        hand->scanning = 0;
        take_picture(hand, reply);
        tell(hand, ui, reply);
    } else if (screen_answered(event, hand->previewing, &reply)) {
        hand->previewing = 0;
        take_picture(hand, reply);
    } else {
        return false;
    }
    return true;
}

static void scan(struct pay_by_hand *hand, struct ui *ui)
{
    if (hand->scanning != 0)
        return;
    hand->message[0] = 0;
    forget_picture(hand);
    hand->scanning = service_scan_page(screen_services(ui), SERVICE_VOUCHER_PAPER);
}

static bool on_dialog(struct pay_by_hand *hand, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "ways.transfer") && hand->opening == 0)
        hand->opening = service_pay_transfer(screen_services(ui));
    else if (!ui_tapped(event, "ways.back"))
        return false;
    hand->is_choosing = false;
    return true;
}

bool pay_by_hand_event(struct pay_by_hand *hand, struct ui *ui, const struct ui_event *event)
{
    if (event->kind == UI_EVENT_REPLY)
        return on_reply(hand, ui, event);
    if (hand->is_choosing)
        return on_dialog(hand, ui, event);
    if (ui_tapped(event, "pay.ways"))
        hand->is_choosing = true;
    else if (ui_tapped(event, "pay.account_print") && hand->printing == 0)
        hand->printing = service_account_print(screen_services(ui));
    else if (ui_tapped(event, "pay.voucher_scan"))
        scan(hand, ui);
    else if (ui_tapped(event, "pay.voucher_stop"))
        service_scan_cancel(screen_services(ui));
    else
        return false;
    return true;
}

/* --- drawing: the account --------------------------------------------------------------------------------
 */

static void draw_fact(struct ui *ui, struct rect *area, const char *id, const char *key, const char *value)
{
    int name = screen_lines(ui, THEME_TYPE_SMALL, 1);
    enum theme_type type = ui_is_large(ui) ? THEME_TYPE_BODY_STRONG : THEME_TYPE_BODY_L_STRONG;
    int height = widget_label_height(ui, type, value, area->w);
    (void)widget_label_text(ui, rect_cut_top(area, name), THEME_TYPE_SMALL, screen_text(ui, key));
    (void)widget_label(ui, rect_cut_top(area, height),
                       &(struct widget_label){.id = id, .text = value, .type = type, .middle = true});
    (void)rect_cut_top(area, ui_is_large(ui) ? 6 : 16);
}

static void draw_account(struct ui *ui, struct rect card)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct product_account *account = &visit->product->account;
    char yuan[32];
    char amount[48];
    screen_yuan(visit->payment.amount_fen, yuan);
    screen_format(ui, amount, sizeof(amount), "pay.yuan", {"yuan", yuan});
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, 48, ui_is_large(ui) ? 20 : 36);
    draw_fact(ui, &inner, "pay.account.holder", "pay.account.holder", account->holder);
    draw_fact(ui, &inner, "pay.account.number", "pay.account.number", account->number);
    draw_fact(ui, &inner, "pay.account.bank", "pay.account.bank", account->bank);
    struct rect right = inner;
    struct rect left = rect_cut_left(&right, inner.w * 2 / 5);
    draw_fact(ui, &left, "pay.amount", "pay.account.amount", amount);
    draw_fact(ui, &right, "pay.account.remark", "pay.account.remark", visit->order.acceptance);
}

/* --- drawing: the voucher --------------------------------------------------------------------------------
 */

static struct widget_notice notice_of(const struct ui *ui, const struct pay_by_hand *hand)
{
    const struct service_hand *stands = &screen_visit(ui)->hand;
    const char *name = stands->is_signed                            ? "signed"
                       : stands->voucher == SERVICE_VOUCHER_REFUSED ? "refused"
                       : stands->voucher == SERVICE_VOUCHER_WAITS   ? "waits"
                       : hand->has_slip                             ? "printed"
                                                                    : "none";
    char title[64];
    char line[64];
    bool refused = stands->voucher == SERVICE_VOUCHER_REFUSED;
    (void)snprintf(title, sizeof(title), "pay.voucher.%s", name);
    (void)snprintf(line, sizeof(line), "pay.voucher.%s_line", name);
    return (struct widget_notice){.id = "pay.voucher",
                                  .tone = hand->message[0] != 0 || refused ? WIDGET_NOTICE_AMBER
                                                                           : WIDGET_NOTICE_INFO,
                                  .title = screen_text(ui, title),
                                  .line = hand->message[0] != 0 ? hand->message
                                          : refused             ? stands->reason
                                                                : screen_text(ui, line),
                                  .busy = stands->is_signed,
                                  .quiet = true};
}

static void draw_scan_button(struct ui *ui, struct rect rect, const struct pay_by_hand *hand)
{
    bool scanning = hand->scanning != 0;
    bool again = screen_visit(ui)->hand.voucher != SERVICE_VOUCHER_NONE;
    (void)widget_button(ui, rect,
                        &(struct widget_button){.id = scanning ? "pay.voucher_stop" : "pay.voucher_scan",
                                                .label = screen_text(ui, scanning ? "pay.voucher_stop"
                                                                         : again  ? "pay.voucher_again"
                                                                                  : "pay.voucher_scan"),
                                                .icon = ICON_SCANNER,
                                                .look = WIDGET_BUTTON_SECONDARY,
                                                .disabled = screen_visit(ui)->hand.is_signed});
}

static void draw_place(struct ui *ui, struct rect area, const struct pay_by_hand *hand)
{
    if (area.h < 96)
        return;
    if (hand->scanning != 0)
        (void)widget_mark_spinner(ui, rect_center(area, 96, 96), screen_text(ui, "pay.voucher_scanning"));
    else if (hand->picture != NULL)
        (void)widget_picture_image(
            ui, area,
            &(struct widget_picture_image){.id = "pay.voucher_picture",
                                           .label = screen_text(ui, "pay.voucher_picture"),
                                           .image = &hand->pixels,
                                           .version = hand->version,
                                           .is_sheet = true});
    else if (area.h >= 160)
        (void)widget_device(ui, area, WIDGET_DEVICE_SCANNER, false, screen_text(ui, "pay.voucher_place"));
}

static void draw_voucher(struct ui *ui, struct rect card, const struct pay_by_hand *hand)
{
    struct widget_notice notice = notice_of(ui, hand);
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, 48, ui_is_large(ui) ? 20 : 36);
    (void)widget_notice_banner(ui, rect_cut_top(&inner, widget_notice_height(ui, &notice, inner.w)), &notice);
    (void)rect_cut_top(&inner, 16);
    draw_scan_button(ui, rect_cut_bottom(&inner, ui_is_large(ui) ? 112 : 96), hand);
    (void)rect_cut_bottom(&inner, 16);
    draw_place(ui, inner, hand);
}

void pay_by_hand_draw(struct ui *ui, struct rect area, const struct pay_by_hand *hand)
{
    bool portrait = ui_is_portrait(ui);
    struct rect account = portrait ? rect_cut_top(&area, ui_is_large(ui) ? 640 : 560)
                                   : layout_split(ui_layout(ui), area, 0, 2, 32);
    if (portrait)
        (void)rect_cut_top(&area, GAP);
    else
        area = layout_split(ui_layout(ui), area, 1, 2, 32);
    draw_account(ui, account);
    draw_voucher(ui, area, hand);
}

/* --- what may be pressed ---------------------------------------------------------------------------------
 */

void pay_by_hand_offer(const struct pay_by_hand *hand, const struct ui *ui, struct ui_page *page)
{
    bool may_change = screen_visit(ui)->hand.voucher != SERVICE_VOUCHER_WAITS;
    page->primary = (struct widget_button){
        .id = "pay.account_print",
        .label = screen_text(ui, hand->has_slip ? "pay.account_again" : "pay.account_print"),
        .icon = ICON_PRINTER,
        .look = hand->has_slip ? WIDGET_BUTTON_SECONDARY : WIDGET_BUTTON_PRIMARY,
        .busy = hand->printing != 0};
    if (may_change)
        page->secondary = (struct widget_button){
            .id = "pay.by_code", .label = screen_text(ui, "pay.by_code"), .look = WIDGET_BUTTON_NEUTRAL};
    page->back = page->exit = screen_text(ui, "pay.leave");
    page->no_back = ui_is_portrait(ui);
    page->no_exit = !page->no_back;
}

void pay_by_hand_dialog(struct ui *ui, const struct pay_by_hand *hand)
{
    enum product_payment ways[PRODUCT_PAYMENT_COUNT_];
    size_t count = pay_by_hand_ways(ui, ways);
    int height = ui_is_large(ui) ? 112 : 96;
    if (!hand->is_choosing)
        return;
    struct rect r =
        widget_dialog_begin(ui,
                            &(struct widget_dialog){.id = "ways",
                                                    .title = screen_text(ui, "pay.ways_title"),
                                                    .line = screen_text(ui, "pay.ways_line"),
                                                    .primary = {.id = "ways.back",
                                                                .label = screen_text(ui, "pay.ways_back"),
                                                                .look = WIDGET_BUTTON_NEUTRAL}},
                            (int)count * (height + 16));
    for (size_t i = 0; i < count; i++) {
        char id[48];
        char key[48];
        const char *name = product_payment_name(ways[i]);
        (void)snprintf(id, sizeof(id), "ways.%s", name);
        (void)snprintf(key, sizeof(key), "pay.channel.%s", name);
        (void)widget_button(
            ui, rect_cut_top(&r, height),
            &(struct widget_button){.id = id,
                                    .label = screen_text(ui, key),
                                    .icon = ways[i] == PRODUCT_PAYMENT_TRANSFER ? ICON_BANK : ICON_USER,
                                    .look = WIDGET_BUTTON_SECONDARY});
        (void)rect_cut_top(&r, 16);
    }
    widget_dialog_end(ui);
}
