/* Print: the filled form is shown and printed; then it is signed and stamped (a09). */
#include <stdio.h>
#include <string.h>

#include "kiosk/screens/screen_list.h"

enum { PREVIEW_PX = 760, MESSAGE_BYTES = 192, STEPS = 3 };

struct screen_print_state {
    uint64_t previewing;
    uint64_t printing;
    struct service_image *preview;
    struct canvas_image picture; /* a view of the preview, for the painter */
    uint64_t preview_version;
    bool failed;
    bool waiting;               /* 等待 was chosen: the page stays, with the trouble said on it */
    enum service_reason reason; /* WORKING, or what the printer waits for or gave up at */
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
    state->failed = state->waiting = false;
    state->reason = SERVICE_REASON_WORKING;
    if (state->printing == 0)
        state->printing = service_form_print(screen_services(ui));
}

static void on_printed(struct screen_print_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->printing = 0;
    if (screen_moved_on(ui, SCREEN_PRINT))
        return;
    state->failed = true;
    state->waiting = false;
    state->reason = reply->reason;
    screen_reason(ui, reply, state->message, sizeof(state->message));
}

static void on_notice(struct screen_print_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_reply *reply = screen_reply(event);
    if (screen_moved_on(ui, SCREEN_PRINT))
        return;
    if (reply != NULL && reply->kind == SERVICE_FORM_PRINT && reply->status == STATUS_BUSY) {
        state->waiting = state->waiting && reply->reason == state->reason;
        state->reason = reply->reason;
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
    } else if (ui_tapped(event, "bar.next") || ui_tapped(event, "error.retry")) {
        print(state, ui);
    } else if (ui_tapped(event, "error.wait")) {
        state->waiting = true;
    } else if (ui_tapped(event, "bar.back")) {
        (void)service_order_event(screen_services(ui), ORDER_EVENT_FORM_REOPENED);
    } else if (ui_tapped(event, "bar.exit") || ui_tapped(event, "error.elsewhere")) {
        screen_end_visit(ui);
    } else if (event->kind == UI_EVENT_REPLY) {
        (void)screen_moved_on(ui, SCREEN_PRINT);
    }
}

/* --- drawing: trouble ---------------------------------------------------------------------------------- */

static bool waits_for_somebody(const struct screen_print_state *state)
{
    return state->printing != 0 && state->reason != SERVICE_REASON_WORKING;
}

/* What happened and what to do, by the reason; without words of its own the service's sentence stands there.
 */
static void draw_trouble(struct ui *ui, const struct screen_print_state *state)
{
    const struct words *words = screen_program(ui)->words;
    const char *name = service_reason_name(state->reason);
    char title[96];
    char step[96];
    (void)snprintf(title, sizeof(title), "print.%s.title", name);
    (void)snprintf(step, sizeof(step), "print.%s.step", name);
    struct widget_button primary = {.id = "error.wait", .label = screen_text(ui, "print.wait")};
    if (state->failed)
        primary = (struct widget_button){
            .id = "error.retry", .label = screen_text(ui, "print.again"), .icon = ICON_PRINTER};
    ui_page_error(ui, &(struct ui_page_error){
                          .title = words_has(words, title) ? screen_text(ui, title) : state->message,
                          .kept = screen_text(ui, "print.kept"),
                          .steps = {screen_text(ui, words_has(words, step) ? step : "print.failed.step"),
                                    screen_text(ui, "print.elsewhere_step")},
                          .hint = screen_text(ui, "print.hint"),
                          .code = "PR-11",
                          .device = WIDGET_DEVICE_PRINTER,
                          .device_line = screen_text(ui, "print.device"),
                          .step = screen_step(ui, SCREEN_PRINT),
                          .voice = "print",
                          .primary = primary,
                          .secondary = {.id = "error.elsewhere",
                                        .label = screen_text(ui, "print.elsewhere"),
                                        .way_out = true}});
}

/* --- drawing: the page --------------------------------------------------------------------------------- */

/* While the printer works its banner stands in place of the first step, which is what it is about. */
static void draw_banner(struct ui *ui, struct rect *area, const struct screen_print_state *state)
{
    bool stuck = waits_for_somebody(state);
    struct widget_notice notice = {.id = stuck ? "print.trouble" : "print.working",
                                   .tone = stuck ? WIDGET_NOTICE_AMBER : WIDGET_NOTICE_INFO,
                                   .title = screen_text(ui, stuck ? "print.waiting" : "print.working"),
                                   .line = stuck ? state->message : screen_text(ui, "print.working_line"),
                                   .busy = true};
    (void)widget_notice_banner(ui, rect_cut_top(area, widget_notice_height(ui, &notice, area->w)), &notice);
    (void)rect_cut_top(area, 20);
}

static void draw_steps(struct ui *ui, struct rect area, const struct screen_print_state *state)
{
    const char *const titles[STEPS] = {"print.step1", "print.step2", "print.step3"};
    const char *const lines[STEPS] = {"print.step1_line", "print.step2_line", "print.step3_line"};
    int first = state->printing != 0 ? 1 : 0;
    if (first > 0)
        draw_banner(ui, &area, state);
    int height = ui_is_large(ui) ? 148 : 132;
    for (int i = first; i < STEPS; i++) {
        (void)widget_mark_step(
            ui, rect_cut_top(&area, height),
            &(struct widget_mark_step){.id = titles[i],
                                       .number = i + 1,
                                       .title = screen_text(ui, titles[i]),
                                       .line = screen_text(ui, lines[i]),
                                       .state = i == 0 ? WIDGET_MARK_NOW : WIDGET_MARK_OPEN});
        (void)rect_cut_top(&area, 20);
    }
}

static void draw_paper(struct ui *ui, struct rect paper, const struct screen_print_state *state)
{
    (void)widget_panel(ui, paper, WIDGET_PANEL_SUNK);
    (void)widget_picture_image(
        ui, rect_inset(paper, 20, 16),
        &(struct widget_picture_image){
            .id = "print.preview",
            .label = screen_text(ui, "print.preview"),
            .image = state->preview == NULL ? NULL : &state->picture,
            .version = state->preview_version,
            .placeholder = screen_text(ui, state->previewing != 0 ? "print.drawing" : "print.no_preview")});
}

/* a09: where the paper comes out, beside the steps. */
static void draw_slot(struct ui *ui, struct rect area)
{
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect words = rect_cut_bottom(&area, 160);
    (void)widget_device(ui, rect_inset(area, 24, 40), WIDGET_DEVICE_PRINTER, false,
                        screen_text(ui, "print.device"));
    (void)widget_label(ui, rect_inset(words, 24, 8),
                       &(struct widget_label){.text = screen_text(ui, "print.device"),
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_CENTER});
}

static void draw_titled(struct ui *ui, struct rect area, const struct screen_print_state *state)
{
    bool portrait = ui_is_portrait(ui);
    int steps = STEPS * (ui_is_large(ui) ? 168 : 152) + (state->printing != 0 ? 80 : 0);
    struct rect paper = portrait ? rect_cut_top(&area, area.h - steps - 4) : rect_cut_left(&area, 660);
    (void)(portrait ? rect_cut_top(&area, 24) : rect_cut_left(&area, 48));
    draw_paper(ui, paper, state);
    draw_steps(ui, area, state);
}

/* a09: no title block, so that the paper is as high as the page. */
static void draw_wide(struct ui *ui, struct rect area, const struct screen_print_state *state)
{
    draw_paper(ui, rect_cut_left(&area, 640), state);
    (void)rect_cut_left(&area, 40);
    draw_slot(ui, rect_cut_right(&area, 324));
    (void)rect_cut_right(&area, 32);
    (void)widget_label(ui, rect_cut_top(&area, screen_lines(ui, THEME_TYPE_H1, 1)),
                       &(struct widget_label){.id = "page.title",
                                              .text = screen_text(ui, "print.title"),
                                              .type = THEME_TYPE_H1,
                                              .middle = true});
    (void)widget_label(ui, rect_cut_top(&area, 72),
                       &(struct widget_label){.id = "page.subtitle",
                                              .text = screen_text(ui, "print.subtitle"),
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700});
    draw_steps(ui, area, state);
}

void screen_print_draw(void *memory, struct ui *ui)
{
    struct screen_print_state *state = memory;
    if (state->failed || (waits_for_somebody(state) && !state->waiting)) {
        draw_trouble(ui, state);
        return;
    }
    bool wide = !ui_is_portrait(ui) && !ui_is_large(ui);
    struct ui_page page = screen_page(ui, SCREEN_PRINT);
    page.title = wide ? NULL : page.title;
    page.plain = true; /* portrait: the paper needs the room of the explanation */
    page.subtitle = screen_text(ui, "print.subtitle");
    page.back = screen_text(ui, "print.back");
    page.no_back = state->printing != 0;
    page.primary = (struct widget_button){
        .label = screen_text(ui, "print.next"), .icon = ICON_PRINTER, .busy = state->printing != 0};
    struct rect area = ui_page(ui, &page);
    if (wide)
        draw_wide(ui, area, state);
    else
        draw_titled(ui, area, state);
}
