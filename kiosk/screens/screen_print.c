/* Print: the filled form is shown and printed; then it is signed and stamped (a09). */
#include <string.h>

#include "kiosk/screens/screen_list.h"

enum { PREVIEW_PX = 620, MESSAGE_BYTES = 192 };

struct screen_print_state {
    uint64_t previewing;
    uint64_t printing;
    struct service_image *preview;
    struct canvas_image picture; /* a view of the preview, for the painter */
    uint64_t preview_version;
    bool failed;
    enum service_reason waits_for; /* while the printer waits for somebody */
    char message[MESSAGE_BYTES];
};
SCREEN_STATE(print)

void screen_print_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_print_state *state = memory;
    (void)argument;
    state->previewing = service_form_preview(screen_services(ui), PREVIEW_PX);
}

void screen_print_leave(void *memory, struct ui *ui)
{
    struct screen_print_state *state = memory;
    (void)ui;
    service_image_free(state->preview);
    state->preview = NULL;
}

static void print(struct screen_print_state *state, struct ui *ui)
{
    state->failed = false;
    state->waits_for = SERVICE_REASON_WORKING;
    if (state->printing == 0)
        state->printing = service_form_print(screen_services(ui));
}

static void on_printed(struct screen_print_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->printing = 0;
    if (screen_moved_on(ui, SCREEN_PRINT))
        return;
    state->failed = true;
    screen_reason(ui, reply, state->message, sizeof(state->message));
}

static void on_notice(struct screen_print_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_reply *reply = screen_reply(event);
    if (screen_moved_on(ui, SCREEN_PRINT))
        return;
    if (reply != NULL && reply->kind == SERVICE_FORM_PRINT && reply->status == STATUS_BUSY) {
        state->waits_for = reply->reason;
        screen_reason(ui, reply, state->message, sizeof(state->message));
    }
}

static void take_preview(struct screen_print_state *state, struct service_reply *reply)
{
    state->preview = reply->image;
    state->preview_version = reply->id;
    reply->image = NULL;
    if (state->preview != NULL)
        state->picture =
            (struct canvas_image){state->preview->rgb, state->preview->width_px, state->preview->height_px};
}

void screen_print_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_print_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->previewing, &reply)) {
        state->previewing = 0;
        take_preview(state, reply);
    } else if (screen_answered(event, state->printing, &reply)) {
        on_printed(state, ui, reply);
    } else if (event->kind == UI_EVENT_NOTICE) {
        on_notice(state, ui, event);
    } else if (ui_tapped(event, "bar.next")) {
        print(state, ui);
    } else if (ui_tapped(event, "bar.back")) {
        (void)service_order_event(screen_services(ui), ORDER_EVENT_FORM_REOPENED);
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    } else if (event->kind == UI_EVENT_REPLY) {
        (void)screen_moved_on(ui, SCREEN_PRINT);
    }
}

static bool is_stuck(const struct screen_print_state *state)
{
    return state->failed || (state->printing != 0 && state->waits_for != SERVICE_REASON_WORKING);
}

static void draw_steps(struct ui *ui, struct rect area, const struct screen_print_state *state)
{
    const char *const titles[] = {"print.step1", "print.step2", "print.step3"};
    const char *const lines[] = {"print.step1_line", "print.step2_line", "print.step3_line"};
    for (int i = 0; i < 3; i++)
        (void)widget_mark_step(
            ui, rect_row(area, i, 4, 20),
            &(struct widget_mark_step){.id = titles[i],
                                       .number = i + 1,
                                       .title = screen_text(ui, titles[i]),
                                       .line = screen_text(ui, lines[i]),
                                       .state = i == 0 ? WIDGET_MARK_NOW : WIDGET_MARK_OPEN});
    struct rect rest = rect_row(area, 3, 4, 20);
    if (is_stuck(state))
        (void)widget_notice_banner(ui, rest,
                                   &(struct widget_notice){.id = "print.trouble",
                                                           .tone = WIDGET_NOTICE_ERROR,
                                                           .title = state->message,
                                                           .line = screen_text(ui, "print.kept")});
    else if (state->printing != 0)
        (void)widget_notice_banner(ui, rest,
                                   &(struct widget_notice){.id = "print.working",
                                                           .tone = WIDGET_NOTICE_INFO,
                                                           .title = screen_text(ui, "print.working"),
                                                           .line = screen_text(ui, "print.working_line"),
                                                           .busy = true});
}

void screen_print_draw(void *memory, struct ui *ui)
{
    struct screen_print_state *state = memory;
    struct ui_page page = screen_page(ui, SCREEN_PRINT);
    page.subtitle = screen_text(ui, "print.subtitle");
    page.back = screen_text(ui, "print.back");
    page.no_back = state->printing != 0;
    page.primary =
        (struct widget_button){.label = screen_text(ui, state->failed ? "print.again" : "print.next"),
                               .icon = ICON_PRINTER,
                               .busy = state->printing != 0};
    struct rect area = ui_page(ui, &page);
    struct rect paper =
        ui_is_portrait(ui) ? rect_cut_top(&area, area.h / 2) : rect_cut_left(&area, area.w * 45 / 100);
    (void)(ui_is_portrait(ui) ? rect_cut_top(&area, 24) : rect_cut_left(&area, 40));
    (void)widget_panel(ui, paper, WIDGET_PANEL_SUNK);
    (void)widget_picture_image(
        ui, rect_inset(paper, 24, 20),
        &(struct widget_picture_image){.id = "print.preview",
                                       .label = screen_text(ui, "print.preview"),
                                       .image = state->preview == NULL ? NULL : &state->picture,
                                       .version = state->preview_version,
                                       .placeholder = screen_text(ui, "print.drawing")});
    draw_steps(ui, area, state);
}
