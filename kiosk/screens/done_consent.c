#include "kiosk/screens/done_consent.h"

#include <stdio.h>

#include "kiosk/screens/call.h"

enum { BUTTON = 88, GAP = 16, CHOICE_COLUMNS = 2 };

static enum service_consent_state state_of(const struct ui *ui)
{
    return screen_visit(ui)->consent.state;
}

bool done_consent_has_card(const struct ui *ui)
{
    return state_of(ui) == SERVICE_CONSENT_ASKED || state_of(ui) == SERVICE_CONSENT_OBJECTED;
}

/* --- events ------------------------------------------------------------------------------------------- */

static void say(struct done_consent *consent, struct ui *ui, enum service_objection objection)
{
    consent->is_choosing = false;
    consent->message[0] = 0;
    consent->saying = service_consent_say(screen_services(ui), objection);
}

/* Whoever objects is helped at once. */
static void on_said(struct done_consent *consent, struct ui *ui, const struct service_reply *reply)
{
    consent->saying = 0;
    if (reply->status != STATUS_OK)
        screen_reason(ui, reply, consent->message, sizeof(consent->message));
    else if (state_of(ui) == SERVICE_CONSENT_OBJECTED)
        call_clerk(ui);
}

bool done_consent_event(struct done_consent *consent, struct ui *ui, const struct ui_event *event)
{
    struct service_reply *reply = NULL;
    if (screen_answered(event, consent->saying, &reply))
        on_said(consent, ui, reply);
    else if (consent->saying != 0)
        return false;
    else if (ui_tapped(event, "consent.yes"))
        say(consent, ui, SERVICE_OBJECTION_COUNT_);
    else if (ui_tapped(event, "consent.no"))
        consent->is_choosing = true;
    else if (ui_tapped(event, "consent.back"))
        consent->is_choosing = false;
    else if (ui_tapped_prefix(event, "objection."))
        say(consent, ui, (enum service_objection)event->tag);
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------ */

/* What silence means, as the product says. */
static void write_limit(const struct ui *ui, char *out, size_t size)
{
    char hours[16];
    unsigned limit = screen_visit(ui)->product->consent_hours;
    (void)snprintf(hours, sizeof(hours), "%u", limit);
    screen_format(ui, out, size, limit == 0 ? "consent.at_once" : "consent.limit", {"hours", hours});
}

static void draw_buttons(struct ui *ui, struct rect row, const struct done_consent *consent)
{
    (void)widget_button(ui, rect_column(row, 0, 2, GAP),
                        &(struct widget_button){.id = "consent.no",
                                                .label = screen_text(ui, "consent.no"),
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .disabled = consent->saying != 0});
    (void)widget_button(ui, rect_column(row, 1, 2, GAP),
                        &(struct widget_button){.id = "consent.yes",
                                                .label = screen_text(ui, "consent.yes"),
                                                .icon = ICON_CHECK,
                                                .look = WIDGET_BUTTON_SECONDARY,
                                                .busy = consent->saying != 0});
}

static void draw_question(struct ui *ui, struct rect inner, const struct done_consent *consent)
{
    char limit[128];
    const char *line = consent->message[0] != 0 ? consent->message : limit;
    write_limit(ui, limit, sizeof(limit));
    draw_buttons(ui, rect_cut_bottom(&inner, BUTTON), consent);
    (void)rect_cut_bottom(&inner, 8);
    int title = screen_lines(ui, THEME_TYPE_BODY_L_STRONG, 1);
    int height = widget_label_height(ui, THEME_TYPE_SMALL, line, inner.w);
    if (inner.h >= title) /* large letters: the buttons say it */
        (void)widget_label(ui, rect_cut_top(&inner, title),
                           &(struct widget_label){.text = screen_text(ui, "consent.ask"),
                                                  .type = THEME_TYPE_BODY_L_STRONG,
                                                  .middle = true});
    if (inner.h >= height)
        (void)widget_label(
            ui, rect_cut_top(&inner, height),
            &(struct widget_label){
                .id = "consent.line", .text = line, .type = THEME_TYPE_SMALL, .color = THEME_COLOR_INK700});
}

void done_consent_draw(struct ui *ui, struct rect card, const struct done_consent *consent)
{
    if (state_of(ui) == SERVICE_CONSENT_OBJECTED) {
        (void)widget_notice_banner(ui, card,
                                   &(struct widget_notice){.id = "consent.objected",
                                                           .tone = WIDGET_NOTICE_AMBER,
                                                           .title = screen_text(ui, "consent.objected"),
                                                           .line = screen_text(ui, "consent.objected_line")});
        return;
    }
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    draw_question(ui, rect_inset(card, 40, 12), consent);
}

void done_consent_dialog(struct ui *ui, const struct done_consent *consent)
{
    enum { ROWS = (SERVICE_OBJECTION_COUNT_ + CHOICE_COLUMNS - 1) / CHOICE_COLUMNS };
    if (!consent->is_choosing)
        return;
    struct rect area = widget_dialog_begin(
        ui,
        &(struct widget_dialog){.id = "objection",
                                .title = screen_text(ui, "consent.what"),
                                .line = screen_text(ui, "consent.what_line"),
                                .primary = {.id = "consent.back", .label = screen_text(ui, "consent.back")}},
        ROWS * BUTTON + (ROWS - 1) * GAP);
    for (int i = 0; i < SERVICE_OBJECTION_COUNT_; i++) {
        char key[64];
        (void)snprintf(key, sizeof(key), "objection.%s", service_objection_name((enum service_objection)i));
        (void)widget_button(
            ui,
            rect_column(rect_row(area, i / CHOICE_COLUMNS, ROWS, GAP), i % CHOICE_COLUMNS, CHOICE_COLUMNS,
                        GAP),
            &(struct widget_button){
                .id = key, .label = screen_text(ui, key), .look = WIDGET_BUTTON_NEUTRAL, .tag = i});
    }
    widget_dialog_end(ui);
}
