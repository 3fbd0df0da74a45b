/* Print: the filled form is shown and printed; then it is taken, signed and stamped (a09). */
#include <stdio.h>
#include <string.h>

#include "kiosk/screens/closer.h"
#include "kiosk/screens/screen_list.h"

enum { PREVIEW_PX = 1000, MESSAGE_BYTES = 192, STEPS = 3, GUIDES_MAX = 3, LOOK_CLOSER_PERCENT = 200 };
enum { STEP_GAP = 14, LEGEND_PX = 59 };

struct screen_print_state {
    uint64_t previewing;
    uint64_t printing;
    uint64_t reopening; /* the order goes back to be printed once more */
    struct service_image *preview;
    struct canvas_image picture; /* a view of the preview, for the painter */
    uint64_t preview_version;
    bool is_closer; /* the form fills the page, to be read */
    struct widget_picture_view view;
    bool printed; /* the sheet is out; the order has moved on, the applicant not yet */
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

/* The sheet must be signed and stamped before it is scanned: the page stays until the applicant says so. */
static bool has_moved_on(const struct screen_print_state *state, struct ui *ui)
{
    bool here = (state->printed || state->printing != 0 || state->reopening != 0) &&
                screen_visit(ui)->order.state == ORDER_STATE_SCANNING;
    return !here && screen_moved_on(ui, SCREEN_PRINT);
}

static void print(struct screen_print_state *state, struct ui *ui)
{
    state->failed = state->waiting = state->printed = false;
    state->reason = SERVICE_REASON_WORKING;
    if (state->printing == 0)
        state->printing = service_form_print(screen_services(ui));
}

static void print_another(struct screen_print_state *state, struct ui *ui)
{
    if (state->reopening == 0)
        state->reopening = service_order_event(screen_services(ui), ORDER_EVENT_PRINT_REOPENED);
}

static void on_printed(struct screen_print_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->printing = 0;
    state->printed = reply->status == STATUS_OK && screen_visit(ui)->order.state == ORDER_STATE_SCANNING;
    if (state->printed || has_moved_on(state, ui))
        return;
    state->failed = true;
    state->waiting = false;
    state->reason = reply->reason;
    screen_reason(ui, reply, state->message, sizeof(state->message));
}

static void on_reopened(struct screen_print_state *state, struct ui *ui)
{
    state->reopening = 0;
    if (screen_visit(ui)->order.state == ORDER_STATE_PRINTING)
        print(state, ui);
    else
        (void)has_moved_on(state, ui);
}

static void on_notice(struct screen_print_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_reply *reply = screen_reply(event);
    if (has_moved_on(state, ui))
        return;
    if (reply != NULL && reply->kind == SERVICE_FORM_PRINT && reply->status == STATUS_BUSY) {
        state->waiting = state->waiting && reply->reason == state->reason;
        state->reason = reply->reason;
        screen_reason(ui, reply, state->message, sizeof(state->message));
    }
}

static void take_preview(struct screen_print_state *state, struct service_reply *reply)
{
    service_image_free(state->preview);
    state->preview = reply->image;
    state->preview_version = reply->id;
    reply->image = NULL;
    if (state->preview != NULL)
        state->picture =
            (struct canvas_image){state->preview->rgb, state->preview->width_px, state->preview->height_px};
}

static void look_closer(struct screen_print_state *state)
{
    state->is_closer = true;
    state->view = (struct widget_picture_view){.zoom_percent = LOOK_CLOSER_PERCENT};
}

static void on_tap_closer(struct screen_print_state *state, const struct ui_event *event)
{
    if (ui_tapped(event, "bar.next"))
        state->is_closer = false;
    else if (ui_tapped(event, "print.larger"))
        widget_picture_zoom(&state->view, 4);
    else if (ui_tapped(event, "print.smaller"))
        widget_picture_zoom(&state->view, -4);
}

static void on_tap(struct screen_print_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "bar.exit") || ui_tapped(event, "error.elsewhere"))
        screen_end_visit(ui);
    else if (state->is_closer)
        on_tap_closer(state, event);
    else if (ui_tapped(event, "print.closer"))
        look_closer(state);
    else if (ui_tapped(event, "bar.next") && state->printed)
        screen_go(ui);
    else if (ui_tapped(event, "bar.next") || ui_tapped(event, "error.retry"))
        print(state, ui);
    else if (ui_tapped(event, "print.another"))
        print_another(state, ui);
    else if (ui_tapped(event, "error.wait"))
        state->waiting = true;
    else if (ui_tapped(event, "bar.back"))
        (void)service_order_event(screen_services(ui), ORDER_EVENT_FORM_REOPENED);
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
    } else if (screen_answered(event, state->reopening, &reply)) {
        on_reopened(state, ui);
    } else if (event->kind == UI_EVENT_NOTICE) {
        on_notice(state, ui, event);
    } else if (event->kind == UI_EVENT_REPLY) {
        (void)has_moved_on(state, ui);
    } else {
        on_tap(state, ui, event);
    }
}

/* --- drawing: trouble ---------------------------------------------------------------------------------- */

static bool is_working(const struct screen_print_state *state)
{
    return state->printing != 0 || state->reopening != 0;
}

static bool waits_for_somebody(const struct screen_print_state *state)
{
    return state->printing != 0 && state->reason != SERVICE_REASON_WORKING;
}

/* The words of a trouble, or those of any trouble where it has none of its own. */
static const char *trouble_text(const struct ui *ui, const struct screen_print_state *state, const char *what)
{
    char key[96];
    (void)snprintf(key, sizeof(key), "print.%s.%s", service_reason_name(state->reason), what);
    if (!words_has(screen_program(ui)->words, key))
        (void)snprintf(key, sizeof(key), "print.failed.%s", what);
    return screen_text(ui, key);
}

static bool is_known(const struct ui *ui, const struct screen_print_state *state)
{
    char key[96];
    (void)snprintf(key, sizeof(key), "print.%s.title", service_reason_name(state->reason));
    return words_has(screen_program(ui)->words, key);
}

/* What happened, what was kept, what to do; without words of its own the service's sentence is the title. */
static void draw_trouble(struct ui *ui, const struct screen_print_state *state)
{
    struct widget_button primary = {.id = "error.wait", .label = screen_text(ui, "print.wait")};
    if (state->failed)
        primary = (struct widget_button){
            .id = "error.retry", .label = screen_text(ui, "print.again"), .icon = ICON_PRINTER};
    ui_page_error(
        ui, &(struct ui_page_error){
                .title = is_known(ui, state) ? trouble_text(ui, state, "title") : state->message,
                .kept = trouble_text(ui, state, "kept"),
                .steps = {trouble_text(ui, state, "step"), screen_text(ui, "print.elsewhere_step")},
                .step_lines = {trouble_text(ui, state, "step_line"), screen_text(ui, "print.elsewhere_line")},
                .hint = screen_text(ui, "print.hint"),
                .code = trouble_text(ui, state, "code"),
                .device = WIDGET_DEVICE_PRINTER,
                .device_line = screen_text(ui, "print.device"),
                .step = screen_step(ui, SCREEN_PRINT),
                .voice = "trouble",
                .primary = primary,
                .secondary = {
                    .id = "error.elsewhere", .label = screen_text(ui, "print.elsewhere"), .way_out = true}});
}

/* --- drawing: the form ------------------------------------------------------------------------------- */

static void add_guide(struct widget_picture_frame *guides, int *count, struct service_place place, int number,
                      enum theme_color color)
{
    if (place.w > 0)
        guides[(*count)++] = (struct widget_picture_frame){.x = place.x,
                                                           .y = place.y,
                                                           .w = place.w,
                                                           .h = place.h,
                                                           .color = color,
                                                           .is_guide = true,
                                                           .number = number};
}

/* 1: signature and date, 2: seal; only where the form's template says they are. */
static int guides_of(const struct screen_print_state *state, struct widget_picture_frame *guides)
{
    int count = 0;
    if (state->preview == NULL)
        return 0;
    add_guide(guides, &count, state->preview->signature, 1, THEME_COLOR_B700);
    add_guide(guides, &count, state->preview->date, 0, THEME_COLOR_B700);
    add_guide(guides, &count, state->preview->seal, 2, THEME_COLOR_SEAL700);
    return count;
}

static void draw_form(struct ui *ui, struct rect rect, struct screen_print_state *state)
{
    struct widget_picture_frame guides[GUIDES_MAX];
    int count = guides_of(state, guides);
    (void)widget_picture_image(
        ui, rect,
        &(struct widget_picture_image){
            .id = "print.preview",
            .label = screen_text(ui, "print.preview"),
            .image = state->preview == NULL ? NULL : &state->picture,
            .version = state->preview_version,
            .view = state->is_closer ? &state->view : NULL,
            .is_sheet = true,
            .frames = guides,
            .frame_count = count,
            .placeholder = screen_text(ui, state->previewing != 0 ? "print.drawing" : "print.no_preview")});
}

static void draw_paper(struct ui *ui, struct rect paper, struct screen_print_state *state)
{
    (void)widget_panel(ui, paper, WIDGET_PANEL_TRAY);
    draw_form(ui, rect_inset(paper, 20, 18), state);
    if (state->preview != NULL)
        closer_draw_corner(ui, "print.closer", screen_text(ui, "print.closer"), paper);
}

/* The whole page for the form, to be moved with a finger. */
static void draw_closer(struct ui *ui, struct screen_print_state *state)
{
    struct ui_page page = screen_page(ui, SCREEN_PRINT);
    bool portrait = ui_is_portrait(ui);
    page.title = ui_is_large(ui) && !portrait ? screen_text(ui, "print.preview") : NULL; /* keeps the reach */
    page.plain = true;
    page.no_back = true;
    page.primary = (struct widget_button){.label = screen_text(ui, "print.close"), .icon_right = ICON_CHECK};
    struct rect area = ui_page(ui, &page);
    closer_draw_buttons(ui, "print", &area);
    (void)widget_panel(ui, area, WIDGET_PANEL_TRAY);
    draw_form(ui, rect_inset(area, 8, 8), state);
}

/* --- drawing: what to do ----------------------------------------------------------------------------- */

/* While the printer works its banner stands where another sheet can be had afterwards. */
static struct widget_notice banner_of(struct ui *ui, const struct screen_print_state *state, char *line,
                                      size_t size)
{
    bool stuck = waits_for_somebody(state);
    if (stuck)
        screen_format(ui, line, size, "print.waiting", {"reason", state->message});
    return (struct widget_notice){.id = stuck ? "print.trouble" : "print.working",
                                  .tone = stuck ? WIDGET_NOTICE_AMBER : WIDGET_NOTICE_INFO,
                                  .line = stuck ? line : screen_text(ui, "print.working"),
                                  .busy = true};
}

static void draw_another(struct ui *ui, struct rect row)
{
    struct widget_button another = {.id = "print.another",
                                    .label = screen_text(ui, "print.another"),
                                    .icon = ICON_PRINTER,
                                    .type = THEME_TYPE_ITEM,
                                    .look = WIDGET_BUTTON_NEUTRAL};
    const char *note = screen_text(ui, "print.another_note");
    (void)widget_button(ui, rect_cut_left(&row, widget_button_width(ui, &another)), &another);
    (void)rect_cut_left(&row, 20);
    if (widget_label_height(ui, THEME_TYPE_SMALL, note, row.w) <= row.h)
        (void)widget_label(
            ui, row,
            &(struct widget_label){
                .text = note, .type = THEME_TYPE_SMALL, .color = THEME_COLOR_INK700, .middle = true});
}

/* What the numbers on the form stand for. */
static void draw_legend(struct ui *ui, struct rect row)
{
    const char *sign = screen_text(ui, "print.guide_sign");
    (void)widget_mark_guide(ui, rect_cut_left(&row, widget_mark_guide_width(ui, sign)), 1, THEME_COLOR_B700,
                            sign);
    (void)rect_cut_left(&row, 24);
    const char *seal = screen_text(ui, "print.guide_seal");
    (void)widget_mark_guide(ui, rect_cut_left(&row, widget_mark_guide_width(ui, seal)), 2,
                            THEME_COLOR_SEAL700, seal);
}

static enum widget_mark_state step_state(const struct screen_print_state *state, int step)
{
    int now = state->printed || is_working(state) ? 1 : 0;
    return step < now ? WIDGET_MARK_DONE : step == now ? WIDGET_MARK_NOW : WIDGET_MARK_OPEN;
}

/* What is worth knowing of the seal; NULL for nothing. */
static const char *seal_key(const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    if (visit->lock.role == SERVICE_LOCK_SECONDARY)
        return "print.subtitle_secondary";
    if (visit->carried == SERVICE_CARRIED_LEFT)
        return "print.subtitle_left";
    return visit->carried == SERVICE_CARRIED_ANEW && visit->order.amount_fen > 0 ? "print.subtitle_anew"
                                                                                 : NULL;
}

/* Whose main lock is there already, or whose seal is not renewed, reads it before anything is printed: under
 * the title, upright on the first step. */
static const char *subtitle_of(const struct ui *ui, const struct screen_print_state *state)
{
    const char *key = seal_key(ui);
    if (key == NULL && state->printed && !is_working(state))
        return screen_says(ui, PRODUCT_MESSAGE_PRINTED, "print.subtitle");
    return screen_text(ui, key != NULL ? key : "print.subtitle");
}

static const char *first_line(struct ui *ui, int width)
{
    const char *key = ui_is_portrait(ui) ? seal_key(ui) : NULL;
    int wanted = widget_label_width(ui, THEME_TYPE_BODY, screen_text(ui, "print.step1_line"));
    bool is_short = ui_is_large(ui) || wanted > widget_mark_card_room(width);
    return key != NULL ? key : is_short ? "print.step1_short" : "print.step1_line";
}

static void draw_step(struct ui *ui, struct rect rect, const struct screen_print_state *state, int step,
                      bool legend)
{
    static const char *const titles[STEPS] = {"print.step1", "print.step2", "print.step3"};
    const char *const lines[STEPS] = {first_line(ui, rect.w),
                                      state->printed      ? "print.step2_done"
                                      : is_working(state) ? "print.step2_working"
                                                          : "print.step2_line",
                                      legend ? "print.step3_line" : "print.step3_guides"};
    (void)widget_mark_step(ui, rect,
                           &(struct widget_mark_step){.id = titles[step],
                                                      .number = step + 1,
                                                      .title = screen_text(ui, titles[step]),
                                                      .line = screen_text(ui, lines[step]),
                                                      .state = step_state(state, step),
                                                      .card = true,
                                                      .foot = legend && step == STEPS - 1 ? LEGEND_PX : 0});
    if (legend && step == STEPS - 1)
        draw_legend(ui, rect_make(rect.x + 123, rect.y + rect.h - 68, rect.w - 143, 48));
}

/* Three cards, and below them the banner, or the way to another sheet. */
static void draw_steps(struct ui *ui, struct rect area, const struct screen_print_state *state)
{
    char line[MESSAGE_BYTES + 64];
    struct widget_notice banner = banner_of(ui, state, line, sizeof(line));
    bool foot = state->printed && !is_working(state);
    if (is_working(state)) {
        (void)widget_notice_banner(ui, rect_cut_bottom(&area, widget_notice_height(ui, &banner, area.w)),
                                   &banner);
        (void)rect_cut_bottom(&area, STEP_GAP);
    } else if (foot && !(ui_is_large(ui) && !ui_is_portrait(ui))) {
        draw_another(ui, rect_cut_bottom(&area, ui_is_large(ui) ? 104 : 88));
        (void)rect_cut_bottom(&area, STEP_GAP);
    }
    int card = widget_mark_card_height(ui), all = STEPS * card + (STEPS - 1) * STEP_GAP;
    bool legend = area.h >= all + LEGEND_PX;
    for (int i = area.h >= all ? 0 : 1; i < STEPS; i++) {
        draw_step(ui, rect_cut_top(&area, card + (legend && i == STEPS - 1 ? LEGEND_PX : 0)), state, i,
                  legend);
        (void)rect_cut_top(&area, STEP_GAP);
    }
}

/* a09: where the paper comes out, and whether there is some. */
static void draw_slot(struct ui *ui, struct rect area)
{
    enum device_state printer = services_devices(screen_services(ui))->printer;
    bool low = printer == DEVICE_SUPPLY_LOW;
    int title = screen_lines(ui, THEME_TYPE_BODY_L_STRONG, 1) + 4,
        line = screen_lines(ui, THEME_TYPE_BODY, 1) - 3;
    struct widget_label words = {.text = screen_text(ui, "print.slot"),
                                 .type = THEME_TYPE_BODY_L_STRONG,
                                 .align = WIDGET_CENTER,
                                 .middle = true};
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 16, 24);
    int room = title + 2 * line, picture = area.h > 640 ? 374 : inner.h - room - 24;
    (void)rect_cut_top(&inner, (inner.h - picture - room - (area.h > 640 ? 42 : 24)) / 2);
    (void)widget_machine(ui, rect_cut_top(&inner, picture), WIDGET_DEVICE_PRINTER,
                         screen_text(ui, "print.device"));
    (void)rect_cut_top(&inner, area.h > 640 ? 42 : 24);
    (void)widget_label(ui, rect_cut_top(&inner, title), &words);
    words.type = THEME_TYPE_SMALL;
    words.color = THEME_COLOR_INK700;
    words.text = screen_text(ui, "print.slot_place");
    (void)widget_label(ui, rect_cut_top(&inner, line), &words);
    words.text = screen_text(ui, low ? "print.slot_low" : "print.slot_full");
    if (low || printer == DEVICE_READY)
        (void)widget_label(ui, rect_cut_top(&inner, line), &words);
}

/* The title stands over the steps only, so that the paper is as high as the page. */
static void draw_wide(struct ui *ui, struct rect area, struct screen_print_state *state)
{
    draw_paper(ui, rect_cut_left(&area, 640), state);
    (void)rect_cut_left(&area, 40);
    draw_slot(ui, rect_cut_right(&area, 328));
    (void)rect_cut_right(&area, 32);
    (void)widget_label(ui, rect_cut_top(&area, 60),
                       &(struct widget_label){.id = "page.title",
                                              .text = screen_text(ui, "print.title"),
                                              .type = THEME_TYPE_H1,
                                              .middle = true});
    (void)widget_label(ui, rect_cut_top(&area, 58),
                       &(struct widget_label){.id = "page.subtitle",
                                              .text = subtitle_of(ui, state),
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700});
    draw_steps(ui, area, state);
}

static int steps_height(struct ui *ui, const struct screen_print_state *state)
{
    int foot = is_working(state) ? 140 : state->printed ? (ui_is_large(ui) ? 118 : 102) : 0;
    return STEPS * widget_mark_card_height(ui) + (STEPS - 1) * STEP_GAP + LEGEND_PX + foot;
}

static void draw_upright(struct ui *ui, struct rect area, struct screen_print_state *state)
{
    draw_steps(ui, rect_cut_bottom(&area, steps_height(ui, state)), state);
    (void)rect_cut_bottom(&area, 24);
    draw_slot(ui, rect_cut_right(&area, 320));
    (void)rect_cut_right(&area, 24);
    draw_paper(ui, area, state);
}

/* Large letters on a low page: no room for the machine, the step says where the paper comes out. */
static void draw_large(struct ui *ui, struct rect area, struct screen_print_state *state)
{
    draw_paper(ui, rect_cut_left(&area, 500), state);
    (void)rect_cut_left(&area, 40);
    draw_steps(ui, area, state);
}

void screen_print_draw(void *memory, struct ui *ui)
{
    struct screen_print_state *state = memory;
    bool wide = !ui_is_portrait(ui) && !ui_is_large(ui);
    if (state->failed || (waits_for_somebody(state) && !state->waiting)) {
        draw_trouble(ui, state);
        return;
    }
    if (state->is_closer) {
        draw_closer(ui, state);
        return;
    }
    struct ui_page page = screen_page(ui, SCREEN_PRINT);
    page.title = wide ? NULL : page.title;
    page.plain = true; /* portrait: the paper needs the room of the explanation */
    page.subtitle = subtitle_of(ui, state);
    page.voice = state->printed || is_working(state) ? "printed" : page.voice;
    page.no_back = is_working(state);
    page.primary = (struct widget_button){
        .label = screen_text(ui, "print.next"), .icon = ICON_PRINTER, .busy = is_working(state)};
    if (state->printed && !is_working(state))
        page.primary =
            (struct widget_button){.label = screen_text(ui, "print.signed"), .icon_right = ICON_ARROW_RIGHT};
    if (state->printed && !is_working(state) && ui_is_large(ui) && !ui_is_portrait(ui))
        page.secondary = (struct widget_button){
            .id = "print.another", .label = screen_text(ui, "print.another"), .icon = ICON_PRINTER};
    struct rect area = ui_page(ui, &page);
    if (wide)
        draw_wide(ui, area, state);
    else if (ui_is_portrait(ui))
        draw_upright(ui, area, state);
    else
        draw_large(ui, area, state);
}
