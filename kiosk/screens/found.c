#include "kiosk/screens/found.h"

#include "kiosk/screens/offers.h"

enum { PAD = 24, GAP = 16, ICON_SIDE = 40 };

/* What can be done about a certificate now, if it is to be recovered. */
static const struct product_operation *recovery_of(const struct ui *ui,
                                                   const struct service_mine_certificate *certificate)
{
    const struct product_operation *all[OFFERS_MAX];
    const struct offers offers = {.product = certificate->product,
                                  .class_id = certificate->class_id,
                                  .state = certificate->state,
                                  .not_after_utc_s = certificate->not_after_utc_s};
    size_t count = offers_list(ui, &offers, all);
    for (size_t i = 0; i < count; i++)
        if (product_operation_code(all[i]) == PRODUCT_OPERATION_RECOVER &&
            offers_is_open(ui, &offers, all[i]))
            return all[i];
    return NULL;
}

static bool is_found(const struct ui *ui, const struct service_mine_certificate *certificate)
{
    bool is_live = certificate->state == SERVICE_HOLDER_VALID || certificate->state == SERVICE_HOLDER_SOON;
    return is_live && certificate->product != NULL &&
           product_says(certificate->product, PRODUCT_MESSAGE_FOUND)[0] != 0 &&
           recovery_of(ui, certificate) != NULL;
}

/* The newest one whose authority says so. Returns: NULL for none. */
static const struct service_mine_certificate *find(const struct ui *ui)
{
    const struct service_mine *mine = &screen_visit(ui)->mine;
    for (size_t i = 0; i < mine->count; i++)
        if (is_found(ui, &mine->certificates[i]))
            return &mine->certificates[i];
    return NULL;
}

void found_look(struct found *found, struct ui *ui)
{
    found->looking = service_mine_list(screen_services(ui));
}

void found_recover(struct ui *ui, enum screen_id here)
{
    const struct service_mine_certificate *certificate = find(ui);
    if (certificate == NULL)
        return;
    services_choose(screen_services(ui), certificate->product, recovery_of(ui, certificate),
                    certificate->class_id);
    screen_show_visit(ui);
    screen_apply(ui, here);
}

bool found_event(struct found *found, struct ui *ui, enum screen_id here, const struct ui_event *event)
{
    struct service_reply *reply = NULL;
    if (screen_answered(event, found->looking, &reply)) {
        found->looking = 0;
        found->asks = reply->status == STATUS_OK && find(ui) != NULL;
        return true;
    }
    if (!found->asks)
        return false;
    if (ui_tapped(event, "found.yes"))
        found_recover(ui, here);
    else if (!ui_tapped(event, "found.no"))
        return false;
    found->asks = false;
    return true;
}

void found_draw(struct ui *ui, const struct found *found)
{
    const struct service_mine_certificate *certificate = found->asks ? find(ui) : NULL;
    if (certificate == NULL)
        return;
    widget_dialog(
        ui,
        &(struct widget_dialog){
            .id = "found",
            .icon = ICON_PHONE,
            .title = recovery_of(ui, certificate)->label,
            .line = product_says(certificate->product, PRODUCT_MESSAGE_FOUND),
            .left = {.id = "found.no", .label = screen_text(ui, "found.no"), .look = WIDGET_BUTTON_SECONDARY},
            .primary = {.id = "found.yes", .label = screen_text(ui, "found.yes")}});
}

void found_draw_here(struct ui *ui, struct rect *area)
{
    const struct service_mine_certificate *certificate = find(ui);
    const char *line =
        certificate == NULL ? "" : product_says(certificate->product, PRODUCT_MESSAGE_FOUND_HERE);
    if (line[0] == 0)
        return;
    int height = widget_label_height(ui, THEME_TYPE_BODY_STRONG, line, area->w - 2 * PAD - ICON_SIDE - GAP);
    struct rect card = rect_cut_top(area, height + 2 * PAD);
    (void)rect_cut_top(area, GAP);
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, PAD, PAD);
    (void)widget_mark_icon(ui, rect_center(rect_cut_left(&inner, ICON_SIDE), ICON_SIDE, ICON_SIDE),
                           ICON_PHONE, ICON_SIDE, THEME_COLOR_B700, false);
    (void)rect_cut_left(&inner, GAP);
    struct widget *label = widget_label(
        ui, inner,
        &(struct widget_label){
            .id = "found.here", .text = line, .type = THEME_TYPE_BODY_STRONG, .color = THEME_COLOR_B700});
    widget_make_target(ui, label, 0);
    label->hit = card; /* the whole card leads on */
}
