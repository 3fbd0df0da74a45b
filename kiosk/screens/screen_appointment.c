/* Appointment: a code from a partner's system, off the scanner or typed, begins the visit where it was left
 * there. */
#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { CHARACTERS = 500, GAP = 24 };

struct screen_appointment_state {
    struct text_edit text;
    uint64_t scanning, reading;
    char message[192];
};
SCREEN_STATE(appointment)

static void read(struct screen_appointment_state *state, struct ui *ui, const char *text)
{
    if (state->reading != 0 || text[0] == 0)
        return;
    ui_focus(ui, NULL);
    state->message[0] = 0;
    state->reading = service_appointment_read(screen_services(ui), text);
}

/* What a scanner has seen already is read at once. */
void screen_appointment_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_appointment_state *state = memory;
    (void)argument;
    text_edit_init(&state->text, TEXT_EDIT_LATIN, CHARACTERS);
    screen_show_visit(ui);
    if (!screen_visit(ui)->appointment.is_read)
        read(state, ui, screen_visit(ui)->appointment.text);
}

void screen_appointment_leave(void *memory, struct ui *ui)
{
    struct screen_appointment_state *state = memory;
    if (state->scanning != 0)
        service_scan_cancel(screen_services(ui));
    text_edit_wipe(&state->text);
}

static void scan(struct screen_appointment_state *state, struct ui *ui)
{
    state->message[0] = 0;
    if (state->scanning != 0)
        service_scan_cancel(screen_services(ui));
    else if (state->reading == 0)
        state->scanning = service_ticket_scan(screen_services(ui));
}

/* --- events ------------------------------------------------------------------------------------------ */

static void on_scanned(struct screen_appointment_state *state, struct ui *ui,
                       const struct service_reply *reply)
{
    state->scanning = 0;
    if (reply->status == STATUS_OK && screen_visit(ui)->appointment.text[0] != 0)
        read(state, ui, screen_visit(ui)->appointment.text);
    else if (reply->status == STATUS_OK) /* a slip of ours */
        (void)text_copy(state->message, sizeof(state->message), screen_text(ui, "service.appointment-false"));
    else if (reply->status != STATUS_CANCELLED)
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

/* What it is for is chosen; who has it need not log in for that. */
static void go_on(struct screen_appointment_state *state, struct ui *ui)
{
    struct service_appointment wanted = screen_visit(ui)->appointment;
    const struct product *product = catalogue_find(screen_program(ui)->catalogue, wanted.product);
    const struct product_operation *operation =
        product == NULL ? NULL : product_find_operation(product, wanted.operation);
    if (operation == NULL || product->class_count == 0) {
        (void)text_copy(state->message, sizeof(state->message), screen_text(ui, "service.appointment-false"));
        return;
    }
    services_choose(screen_services(ui), product, operation,
                    wanted.class_id[0] != 0 ? wanted.class_id : product->classes[0].id);
    screen_apply(ui, SCREEN_APPOINTMENT);
}

static void on_read(struct screen_appointment_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->reading = 0;
    text_edit_set(&state->text, "");
    if (reply->status == STATUS_OK)
        go_on(state, ui);
    else
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

void screen_appointment_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_appointment_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->scanning, &reply))
        on_scanned(state, ui, reply);
    else if (screen_answered(event, state->reading, &reply))
        on_read(state, ui, reply);
    else if (event->kind == UI_EVENT_CHANGE)
        state->message[0] = 0;
    else if (event->kind == UI_EVENT_NEXT || ui_tapped(event, "bar.next"))
        read(state, ui, state->text.text);
    else if (ui_tapped(event, "appointment.scan"))
        scan(state, ui);
    else if (ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_text(struct ui *ui, struct rect rect, struct screen_appointment_state *state)
{
    rect.h = widget_field_plain_height(ui);
    (void)widget_field(ui, rect,
                       &(struct widget_field){.id = "appointment.text",
                                              .label = screen_text(ui, "appointment.text"),
                                              .placeholder = screen_text(ui, "appointment.text_example"),
                                              .edit = &state->text});
}

static void draw_message(struct ui *ui, struct rect *area, const struct screen_appointment_state *state)
{
    bool is_error = state->message[0] != 0;
    struct widget_notice notice = {.id = "appointment.message",
                                   .tone = is_error ? WIDGET_NOTICE_ERROR : WIDGET_NOTICE_INFO,
                                   .line = is_error ? state->message : screen_text(ui, "appointment.hint"),
                                   .busy = state->scanning != 0 || state->reading != 0,
                                   .quiet = true};
    if (state->scanning != 0)
        notice.line = screen_text(ui, "orders.scanning");
    int height = widget_notice_height(ui, &notice, area->w);
    if (height <= area->h)
        (void)widget_notice_banner(ui, rect_cut_top(area, height), &notice);
    (void)rect_cut_top(area, GAP);
}

static const char *scan_key(const struct ui *ui, const struct screen_appointment_state *state)
{
    if (state->scanning != 0)
        return "orders.stop";
    return ui_is_large(ui) ? "appointment.scan_short" : "appointment.scan";
}

void screen_appointment_draw(void *memory, struct ui *ui)
{
    struct screen_appointment_state *state = memory;
    struct ui_page page = screen_page(ui, SCREEN_APPOINTMENT);
    page.step = 0;
    page.subtitle = screen_text(ui, "appointment.subtitle");
    page.secondary = (struct widget_button){
        .id = "appointment.scan", .label = screen_text(ui, scan_key(ui, state)), .icon = ICON_SCANNER};
    page.primary = (struct widget_button){.label = screen_text(ui, "appointment.next"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = state->reading != 0,
                                          .disabled = state->text.length == 0};
    struct rect area = ui_page(ui, &page);
    if (ui_focused(ui) != NULL) {
        draw_text(ui, area, state);
        return;
    }
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 48, 24);
    draw_text(ui, rect_cut_top(&inner, widget_field_plain_height(ui)), state);
    (void)rect_cut_top(&inner, GAP);
    draw_message(ui, &inner, state);
    if (inner.h >= 200)
        (void)widget_device(ui, inner, WIDGET_DEVICE_SCANNER, false,
                            screen_text(ui, "appointment.scan_line"));
}
