/* The ways to pay beside the code: what product and hall take both; one code at a time, of the chosen one. */
#include <stdio.h>
#include <string.h>

#include "kiosk/screens/screen_list.h"
#include "kiosk/screens/screen_pay.h"

enum { GAP = 16 };

/* What a code can be shown for, in the order it is offered when the product says none. */
static const enum product_payment channels[] = {PRODUCT_PAYMENT_ALIPAY, PRODUCT_PAYMENT_WECHAT};

static bool has_code(enum product_payment payment)
{
    for (size_t i = 0; i < sizeof(channels) / sizeof(channels[0]); i++)
        if (channels[i] == payment)
            return true;
    return false;
}

size_t screen_pay_methods(const struct ui *ui, enum product_payment out[PRODUCT_PAYMENT_COUNT_])
{
    const struct product *product = screen_visit(ui)->product;
    size_t count = 0;
    for (size_t i = 0; i < product->payment_count; i++)
        if (has_code(product->payment[i]) && services_takes(screen_services(ui), product->payment[i]))
            out[count++] = product->payment[i];
    if (count == 0)
        out[count++] = channels[0]; /* the gateway's answer says the rest */
    return count;
}

enum product_payment screen_pay_method_of(const struct ui *ui)
{
    enum product_payment methods[PRODUCT_PAYMENT_COUNT_];
    size_t count = screen_pay_methods(ui, methods);
    const char *channel = screen_visit(ui)->payment.channel;
    for (size_t i = 0; i < count; i++)
        if (strcmp(channel, product_payment_name(methods[i])) == 0)
            return methods[i];
    return methods[0];
}

bool screen_pay_method_tapped(const struct ui *ui, const struct ui_event *event, enum product_payment *out)
{
    enum product_payment methods[PRODUCT_PAYMENT_COUNT_];
    size_t count = screen_pay_methods(ui, methods);
    for (size_t i = 0; i < count; i++) {
        char id[48];
        (void)snprintf(id, sizeof(id), "pay.by.%s", product_payment_name(methods[i]));
        if (ui_tapped(event, id)) {
            *out = methods[i];
            return true;
        }
    }
    return false;
}

const char *screen_pay_scan_words(const struct ui *ui, enum product_payment method)
{
    char key[48];
    (void)snprintf(key, sizeof(key), "pay.scan.%s", product_payment_name(method));
    return screen_text(ui, key);
}

static void draw_method(struct ui *ui, struct rect rect, enum product_payment method, bool can_choose,
                        bool chosen)
{
    char id[48];
    char key[48];
    (void)snprintf(id, sizeof(id), "pay.by.%s", product_payment_name(method));
    (void)snprintf(key, sizeof(key), "pay.channel.%s", product_payment_name(method));
    (void)widget_mark_badge(ui, rect,
                            &(struct widget_mark_badge){.id = can_choose && !chosen ? id : "",
                                                        .name = screen_text(ui, key),
                                                        .tone = method == PRODUCT_PAYMENT_WECHAT
                                                                    ? WIDGET_MARK_GREEN
                                                                    : WIDGET_MARK_BLUE,
                                                        .chosen = can_choose && chosen});
}

bool screen_pay_offers_other(const struct ui *ui)
{
    enum product_payment methods[PRODUCT_PAYMENT_COUNT_];
    return screen_pay_methods(ui, methods) > 1;
}

void screen_pay_draw_other(struct ui *ui, struct rect rect, enum product_payment chosen)
{
    enum product_payment methods[PRODUCT_PAYMENT_COUNT_];
    char id[48];
    char key[48];
    char label[64];
    (void)screen_pay_methods(ui, methods);
    const char *name = product_payment_name(methods[methods[0] == chosen ? 1 : 0]);
    (void)snprintf(id, sizeof(id), "pay.by.%s", name);
    (void)snprintf(key, sizeof(key), "pay.channel.%s", name);
    screen_format(ui, label, sizeof(label), "pay.other", {"name", screen_text(ui, key)});
    (void)widget_button(ui, rect,
                        &(struct widget_button){.id = id, .label = label, .look = WIDGET_BUTTON_SECONDARY});
}

static void draw_badges(struct ui *ui, struct rect area, const enum product_payment *methods, size_t count,
                        enum product_payment chosen)
{
    int height = ui_is_large(ui) ? 96 : 88;
    for (size_t i = count; i > 0; i--) {
        draw_method(ui, rect_cut_bottom(&area, height), methods[i - 1], count > 1, methods[i - 1] == chosen);
        (void)rect_cut_bottom(&area, GAP);
    }
}

void screen_pay_draw_methods(struct ui *ui, struct rect area, enum product_payment chosen)
{
    enum product_payment methods[PRODUCT_PAYMENT_COUNT_];
    enum product_payment ways[PRODUCT_PAYMENT_COUNT_];
    size_t count = screen_pay_methods(ui, methods);
    int line = screen_lines(ui, THEME_TYPE_SMALL, 1);
    int height = ui_is_large(ui) ? 96 : 88;
    if (pay_by_hand_ways(ui, ways) > 0) { /* the last badge says what the line would */
        (void)widget_button(ui, rect_cut_bottom(&area, height),
                            &(struct widget_button){.id = "pay.ways",
                                                    .label = screen_text(ui, "pay.ways"),
                                                    .look = WIDGET_BUTTON_NEUTRAL,
                                                    .type = THEME_TYPE_READING_STRONG});
        (void)rect_cut_bottom(&area, GAP);
        draw_badges(ui, area, methods, count, chosen);
        return;
    }
    (void)widget_label(
        ui, rect_cut_bottom(&area, line),
        &(struct widget_label){.text = screen_text(ui, count > 1 ? "pay.channel_choose" : "pay.channel_line"),
                               .type = THEME_TYPE_SMALL,
                               .color = THEME_COLOR_INK700,
                               .align = WIDGET_CENTER,
                               .middle = true});
    (void)rect_cut_bottom(&area, 20);
    draw_badges(ui, area, methods, count, chosen);
}
