#include "kiosk/screens/parcel.h"

#include <stdio.h>
#include <string.h>

bool parcel_is_wished(const struct ui *ui)
{
    return screen_visit(ui)->shipment.state != SERVICE_SHIPMENT_NONE;
}

static const char *value(const struct ui *ui, const char *field)
{
    return form_values_get(services_values(screen_services(ui)), field);
}

bool parcel_is_offered(const struct ui *ui)
{
    const struct product *product = screen_visit(ui)->product;
    if (product == NULL || product->pickup_address_count == 0 || parcel_is_wished(ui) ||
        value(ui, product->pickup_receiver)[0] == 0 || value(ui, product->pickup_phone)[0] == 0)
        return false;
    for (size_t i = 0; i < product->pickup_address_count; i++)
        if (value(ui, product->pickup_address[i])[0] == 0)
            return false;
    return true;
}

void parcel_write_address(const struct ui *ui, char *out, size_t size)
{
    const struct product *product = screen_visit(ui)->product;
    char phone[24];
    screen_phone(value(ui, product->pickup_phone), true, phone);
    int used = snprintf(out, size, "%s %s\n", value(ui, product->pickup_receiver), phone);
    for (size_t i = 0; i < product->pickup_address_count && used > 0 && (size_t)used < size; i++)
        used += snprintf(out + used, size - (size_t)used, "%s%s", i == 0 ? "" : " ",
                         value(ui, product->pickup_address[i]));
}

void parcel_dialog(struct ui *ui, bool busy)
{
    char address[256];
    parcel_write_address(ui, address, sizeof(address));
    widget_dialog(
        ui,
        &(struct widget_dialog){
            .id = "parcel",
            .title = screen_text(ui, "parcel.ask"),
            .line = address,
            .note = screen_text(ui, "parcel.note"),
            .left = {.id = "parcel.no", .label = screen_text(ui, "parcel.no"), .look = WIDGET_BUTTON_NEUTRAL},
            .primary = {.id = "parcel.yes", .label = screen_text(ui, "parcel.yes"), .busy = busy}});
}

/* Worked out from when it was paid; what the product says in general stands below. */
static void draw_leaves(struct ui *ui, struct rect *area)
{
    int64_t leaves_utc_s = screen_visit(ui)->shipment.leaves_utc_s;
    char day[64];
    char text[96];
    if (leaves_utc_s == 0 || clock_format_hall(leaves_utc_s, "%-m 月 %-d 日", day, sizeof(day)) == 0)
        return;
    bool today =
        clock_hall_day_utc_s(leaves_utc_s) == clock_hall_day_utc_s(clock_utc_s(screen_program(ui)->clock));
    screen_format(ui, text, sizeof(text), today ? "parcel.leaves_today" : "parcel.leaves", {"day", day});
    (void)widget_label(
        ui, rect_cut_top(area, widget_label_height(ui, THEME_TYPE_BODY_L_STRONG, text, area->w) + 8),
        &(struct widget_label){.id = "parcel.leaves", .text = text, .type = THEME_TYPE_BODY_L_STRONG});
}

static void draw_lines(struct ui *ui, struct rect card)
{
    const struct product *product = screen_visit(ui)->product;
    char address[256];
    parcel_write_address(ui, address, sizeof(address));
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, ui_is_large(ui) ? 32 : 48, ui_is_large(ui) ? 24 : 40);
    (void)widget_label_text(ui, rect_cut_top(&inner, screen_lines(ui, THEME_TYPE_H2, 1)), THEME_TYPE_H2,
                            screen_text(ui, "parcel.to"));
    (void)rect_cut_top(&inner, 8);
    int height = widget_label_height(ui, THEME_TYPE_BODY_L, address, inner.w);
    (void)widget_label(
        ui, rect_cut_top(&inner, height),
        &(struct widget_label){
            .id = "parcel.address", .text = address, .type = THEME_TYPE_BODY_L, .is_private = true});
    (void)rect_cut_top(&inner, 24);
    draw_leaves(ui, &inner);
    const char *promise = product->pickup_promise;
    height = widget_label_height(ui, THEME_TYPE_BODY, promise, inner.w);
    if (promise[0] != 0 && height <= inner.h)
        (void)widget_label(
            ui, rect_cut_top(&inner, height),
            &(struct widget_label){.text = promise, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700});
}

void parcel_page(struct ui *ui, enum screen_id here, const char *message)
{
    struct ui_page page = screen_page(ui, here);
    page.title = screen_text(ui, "parcel.title");
    page.subtitle = message[0] != 0 ? message : screen_text(ui, "parcel.subtitle");
    page.no_exit = true;
    page.primary = (struct widget_button){
        .label = screen_text(ui, "parcel.leave"), .icon_right = ICON_EXIT, .way_out = true};
    struct rect area = ui_page(ui, &page);
    struct widget_notice notice = {.id = "parcel.state",
                                   .tone = WIDGET_NOTICE_DONE,
                                   .title = screen_text(ui, "parcel.banner"),
                                   .line = screen_text(ui, "parcel.banner_line")};
    int height = widget_notice_height(ui, &notice, area.w);
    (void)widget_notice_banner(ui, rect_cut_top(&area, height < 144 ? 144 : height), &notice);
    (void)rect_cut_top(&area, 24);
    int most = ui_is_large(ui) ? 420 : 360;
    draw_lines(ui, rect_cut_top(&area, area.h < most ? area.h : most));
}
