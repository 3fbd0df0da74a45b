/* What is in hand: what is due and how it stands, or a certificate and why it was withdrawn. */
#include <stdio.h>

#include "kiosk/desk/desk_certificates.h"
#include "kiosk/desk/record_table.h"

enum { PAIR = 30, GAP = 8, TOLD = 60 };

static void draw_pair(struct ui *ui, struct rect *area, const char *key, const char *value)
{
    record_table_draw_pair(ui, rect_cut_top(area, PAIR), key, value, true);
}

static void draw_time(struct ui *ui, struct rect *area, const char *key, int64_t utc_s)
{
    char text[32] = "";
    if (utc_s != 0)
        (void)clock_format_hall(utc_s, "%Y-%m-%d %H:%M", text, sizeof(text));
    draw_pair(ui, area, key, text);
}

/* Words of any length, as many lines as there is room for. */
static void draw_words(struct ui *ui, struct rect *area, const char *id, const char *text)
{
    int height = widget_label_height(ui, THEME_TYPE_DESK_TABLE, text, area->w);
    if (text[0] == 0 || height > area->h)
        return;
    (void)widget_label(
        ui, rect_cut_top(area, height),
        &(struct widget_label){.id = id, .text = text, .type = THEME_TYPE_DESK_TABLE, .is_private = true});
    (void)rect_cut_top(area, GAP);
}

static void draw_deadline(struct ui *ui, struct rect r, const struct service_certificate_deadline *deadline)
{
    char subject[DESK_SUBJECT_BYTES];
    char left[DESK_CERTIFICATES_LEFT_BYTES];
    const struct order *order = &deadline->order;
    const struct product *product = catalogue_find(desk_program(ui)->catalogue, order->product);
    bool is_over = desk_certificates_left(ui, deadline, left);
    const char *state = product == NULL ? "" : product_status_label(product, order->state);
    desk_subject(ui, order, subject);
    draw_pair(ui, &r, "desk.column.unit", deadline->unit);
    draw_pair(ui, &r, "desk.column.business", subject);
    draw_pair(ui, &r, "desk.column.state",
              deadline->by_authority ? desk_text(ui, "desk.certificates.waiting") : state);
    draw_time(ui, &r, "desk.certificates.approved", deadline->approved_utc_s);
    draw_time(ui, &r, "desk.certificates.due", deadline->due_utc_s);
    (void)rect_cut_top(&r, GAP);
    struct widget_notice notice = {.id = "certificates.left",
                                   .tone = is_over ? WIDGET_NOTICE_ERROR : WIDGET_NOTICE_AMBER,
                                   .title = left,
                                   .line = desk_text(ui, order->state == ORDER_STATE_PAYING
                                                             ? "desk.certificates.unpaid"
                                                             : "desk.certificates.asked"),
                                   .quiet = true};
    (void)widget_notice_banner(ui, rect_cut_top(&r, widget_notice_height(ui, &notice, r.w)), &notice);
}

/* Why, on what evidence, by whom. */
static void draw_revocation(struct ui *ui, struct rect *r, const struct service_certificate *certificate)
{
    const struct service_certificate_revocation *revocation = &certificate->revocation;
    const struct product *product = catalogue_find(desk_program(ui)->catalogue, certificate->order.product);
    char signers[2 * SERVICE_CERTIFICATE_CLERK_BYTES + 8];
    (void)snprintf(signers, sizeof(signers), "%s、%s", revocation->begun_by, revocation->signed_by);
    (void)rect_cut_top(r, GAP);
    (void)widget_panel_line(ui, rect_cut_top(r, GAP));
    draw_words(ui, r, "certificates.ground",
               product == NULL ? "" : product_ground_text(product, revocation->ground));
    draw_words(ui, r, "certificates.evidence", revocation->evidence);
    if (revocation->evidence_order[0] != 0)
        draw_pair(ui, r, "desk.certificates.evidence_order", revocation->evidence_order);
    draw_pair(ui, r, "desk.certificates.signers", signers);
    draw_time(ui, r, "desk.certificates.begun", revocation->begun_utc_s);
    draw_time(ui, r, "desk.certificates.done", revocation->done_utc_s);
}

/* --- a holder who is to be reminded -------------------------------------------------------------------- */

static void remind(struct desk_certificates_state *state, const struct ui *ui)
{
    const struct service_certificate *certificate = desk_certificates_chosen(state, ui);
    if (certificate == NULL || !certificate->may_remind || state->reminding != 0)
        return;
    state->message[0] = 0;
    state->reminding = service_desk_remind(desk_program(ui)->services, certificate->request_id);
}

bool desk_certificates_side_event(struct desk_certificates_state *state, struct ui *ui,
                                  const struct ui_event *event)
{
    if (ui_replied(event, state->reminding)) {
        state->reminding = 0;
        state->is_error =
            !desk_told(ui, event->data, "desk.certificates.reminded", state->message, sizeof(state->message));
        return true;
    }
    if (!ui_tapped(event, "certificates.remind"))
        return false;
    remind(state, ui);
    return true;
}

static void draw_reminder(const struct desk_certificates_state *state, struct ui *ui, struct rect *r,
                          const struct service_certificate *certificate)
{
    draw_pair(ui, r, "desk.certificates.phone", certificate->phone);
    draw_pair(ui, r, "desk.certificates.reminder", desk_certificates_reminder(ui, certificate));
    if (certificate->may_remind)
        record_table_draw_button(ui, r,
                                 &(struct widget_button){.id = "certificates.remind",
                                                         .label = desk_text(ui, "desk.certificates.remind"),
                                                         .look = WIDGET_BUTTON_PRIMARY,
                                                         .busy = state->reminding != 0});
    else if (certificate->reminder[0] == 0)
        draw_words(ui, r, "certificates.call", desk_text(ui, "desk.certificates.call"));
}

static void draw_certificate(const struct desk_certificates_state *state, struct ui *ui, struct rect r,
                             const struct service_certificate *certificate)
{
    char subject[DESK_SUBJECT_BYTES];
    if (certificate->may_revoke)
        record_table_draw_button(ui, &r,
                                 &(struct widget_button){.id = "certificates.revoke",
                                                         .label = desk_text(ui, "desk.revoke.button"),
                                                         .look = WIDGET_BUTTON_REFUSE,
                                                         .icon = ICON_BAN,
                                                         .busy = state->revoke.running != 0});
    if (state->message[0] != 0 && !state->revoke.asking)
        record_table_draw_told(ui, rect_cut_bottom(&r, TOLD), "certificates.message", state->message,
                               state->is_error);
    desk_subject(ui, &certificate->order, subject);
    draw_pair(ui, &r, "desk.column.unit", certificate->unit);
    draw_pair(ui, &r, "desk.column.business", subject);
    draw_pair(ui, &r, "desk.column.state", desk_certificates_word(ui, certificate));
    draw_pair(ui, &r, "desk.certificates.serial", certificate->serial);
    draw_time(ui, &r, "desk.certificates.issued", certificate->issued_utc_s);
    draw_time(ui, &r, "desk.certificates.until", certificate->not_after_utc_s);
    if (state->filter == DESK_CERTIFICATES_ENDING)
        draw_reminder(state, ui, &r, certificate);
    if (certificate->revocation.ground[0] != 0)
        draw_revocation(ui, &r, certificate);
}

void desk_certificates_side_draw(struct desk_certificates_state *state, struct ui *ui, struct rect area)
{
    const struct service_certificate_deadline *deadline = desk_certificates_deadline(state, ui);
    const struct service_certificate *certificate = desk_certificates_chosen(state, ui);
    const char *title = deadline != NULL      ? deadline->order.acceptance
                        : certificate != NULL ? certificate->order.acceptance
                                              : NULL;
    struct rect r = record_table_draw_side(ui, area, "certificates", title);
    if (deadline != NULL)
        draw_deadline(ui, r, deadline);
    else if (certificate != NULL)
        draw_certificate(state, ui, r, certificate);
}
