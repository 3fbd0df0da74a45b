/* Scan: the papers one after the other, each shown as it was judged (a10, a18). */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { PREVIEW_PX = 700, MESSAGE_BYTES = 192, ID_BYTES = 96 };

struct screen_scan_state {
    size_t paper; /* index in the visit's pages */
    uint64_t scanning;
    uint64_t previewing;
    uint64_t submitting;
    struct service_image *preview;
    struct canvas_image picture; /* a view of the preview, for the painter */
    uint64_t preview_version;
    bool stuck; /* the device needs a hand: an error page */
    enum service_reason reason;
    char message[MESSAGE_BYTES];
};
SCREEN_STATE(scan)

static void forget_preview(struct screen_scan_state *state)
{
    service_image_free(state->preview);
    state->preview = NULL;
}

/* The first paper that is still missing, else the one in hand. */
static size_t next_paper(const struct ui *ui, size_t now)
{
    const struct service_visit *visit = screen_visit(ui);
    for (size_t i = 0; i < visit->page_count; i++)
        if (visit->pages[i].is_open && visit->pages[i].state == SERVICE_PAGE_MISSING)
            return i;
    return now;
}

static size_t missing(const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    size_t count = 0;
    for (size_t i = 0; i < visit->page_count; i++)
        count += visit->pages[i].state == SERVICE_PAGE_MISSING;
    return count;
}

static void show_stored(struct screen_scan_state *state, struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    forget_preview(state);
    state->previewing = 0;
    if (visit->pages[state->paper].state != SERVICE_PAGE_MISSING)
        state->previewing =
            service_page_preview(screen_services(ui), visit->pages[state->paper].paper, PREVIEW_PX);
}

void screen_scan_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_scan_state *state = memory;
    (void)argument;
    state->paper = next_paper(ui, 0);
    show_stored(state, ui);
}

void screen_scan_leave(void *memory, struct ui *ui)
{
    struct screen_scan_state *state = memory;
    service_scan_cancel(screen_services(ui));
    forget_preview(state);
}

static void scan(struct screen_scan_state *state, struct ui *ui)
{
    if (state->scanning != 0)
        return;
    state->stuck = false;
    state->message[0] = 0;
    forget_preview(state);
    state->scanning = service_scan_page(screen_services(ui), screen_visit(ui)->pages[state->paper].paper);
}

static bool is_device_trouble(enum service_reason reason)
{
    return reason == SERVICE_REASON_JAMMED || reason == SERVICE_REASON_COVER_OPEN ||
           reason == SERVICE_REASON_OFFLINE;
}

static void take_image(struct screen_scan_state *state, struct service_reply *reply)
{
    forget_preview(state);
    state->preview = reply->image;
    state->preview_version = reply->id;
    reply->image = NULL;
    if (state->preview != NULL)
        state->picture =
            (struct canvas_image){state->preview->rgb, state->preview->width_px, state->preview->height_px};
}

static void on_scanned(struct screen_scan_state *state, struct ui *ui, struct service_reply *reply)
{
    state->scanning = 0;
    state->reason = reply->reason;
    take_image(state, reply);
    if (reply->status == STATUS_OK && reply->reason == SERVICE_REASON_NONE)
        (void)text_copy(state->message, sizeof(state->message), screen_text(ui, "scan.good"));
    else if (reply->status != STATUS_CANCELLED)
        screen_reason(ui, reply, state->message, sizeof(state->message));
    state->stuck = reply->status != STATUS_OK && is_device_trouble(reply->reason);
}

static void go_on(struct screen_scan_state *state, struct ui *ui)
{
    const struct service_page *page = &screen_visit(ui)->pages[state->paper];
    if (state->submitting != 0 || state->scanning != 0)
        return;
    if (page->state == SERVICE_PAGE_MISSING) {
        scan(state, ui);
    } else if (missing(ui) > 0) {
        state->paper = next_paper(ui, state->paper);
        state->message[0] = 0;
        show_stored(state, ui);
    } else {
        state->submitting = service_order_event(screen_services(ui), ORDER_EVENT_SCANNED);
    }
}

static void on_tap(struct screen_scan_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped_prefix(event, "paper.") && state->scanning == 0) {
        state->paper = (size_t)event->tag;
        state->message[0] = 0;
        show_stored(state, ui);
    } else if (ui_tapped(event, "scan.again") || ui_tapped(event, "error.retry")) {
        scan(state, ui);
    } else if (ui_tapped(event, "scan.cancel")) {
        service_scan_cancel(screen_services(ui));
    } else if (ui_tapped(event, "error.later")) {
        state->stuck = false;
    } else if (ui_tapped(event, "bar.next")) {
        go_on(state, ui);
    } else if (ui_tapped(event, "bar.back")) {
        (void)service_order_event(screen_services(ui), ORDER_EVENT_PRINT_REOPENED);
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

void screen_scan_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_scan_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->scanning, &reply)) {
        on_scanned(state, ui, reply);
    } else if (screen_answered(event, state->previewing, &reply)) {
        state->previewing = 0;
        take_image(state, reply);
    } else if (screen_answered(event, state->submitting, &reply)) {
        state->submitting = 0;
        if (!screen_moved_on(ui, SCREEN_SCAN))
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (event->kind == UI_EVENT_NOTICE || event->kind == UI_EVENT_REPLY) {
        (void)screen_moved_on(ui, SCREEN_SCAN);
    } else {
        on_tap(state, ui, event);
    }
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static const char *state_key(const struct ui *ui, const struct screen_scan_state *state, size_t index)
{
    const struct service_page *page = &screen_visit(ui)->pages[index];
    if (state->scanning != 0 && index == state->paper)
        return "scan.state.scanning";
    if (page->state == SERVICE_PAGE_MISSING)
        return "scan.state.missing";
    return page->state == SERVICE_PAGE_GOOD ? "scan.state.good" : "scan.state.poor";
}

static void draw_papers(struct ui *ui, struct rect area, const struct screen_scan_state *state)
{
    const struct service_visit *visit = screen_visit(ui);
    for (size_t i = 0; i < visit->page_count; i++) {
        const struct service_page *page = &visit->pages[i];
        const struct product_paper *paper = product_find_paper(visit->product, page->paper);
        char id[ID_BYTES];
        struct rect row = rect_row(area, (int)i, visit->page_count < 5 ? 5 : (int)visit->page_count, 14);
        (void)snprintf(id, sizeof(id), "paper.%s", page->paper);
        (void)widget_choice_tab(
            ui, row,
            &(struct widget_choice_tab){.id = id,
                                        .name = paper->title,
                                        .line = screen_text(ui, state_key(ui, state, i)),
                                        .mark = page->state == SERVICE_PAGE_MISSING ? WIDGET_CHOICE_NUMBER
                                                : page->state == SERVICE_PAGE_GOOD  ? WIDGET_CHOICE_DONE
                                                                                    : WIDGET_CHOICE_ERROR,
                                        .number = (int)i + 1,
                                        .selected = i == state->paper,
                                        .disabled = !page->is_open,
                                        .tag = (int64_t)i});
    }
}

static void draw_checks(struct ui *ui, struct rect area, const struct service_page *page)
{
    for (size_t i = 0; i < page->check_count && area.h >= 44; i++) {
        char key[96];
        char text[160];
        bool bad = page->checks[i].verdict == SERVICE_CHECK_BAD;
        (void)snprintf(key, sizeof(key), "%s.%s", bad ? "page.reason" : "page.check",
                       bad ? page->checks[i].reason : page->checks[i].name);
        (void)text_copy(text, sizeof(text), screen_text(ui, key));
        (void)widget_mark_tick(
            ui, rect_cut_top(&area, ui_is_large(ui) ? 60 : 46),
            &(struct widget_mark_tick){.text = text, .state = bad ? WIDGET_MARK_FAILED : WIDGET_MARK_DONE});
    }
}

static void draw_side(struct ui *ui, struct rect area, const struct screen_scan_state *state)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct service_page *page = &visit->pages[state->paper];
    const struct product_paper *paper = product_find_paper(visit->product, page->paper);
    (void)widget_label(ui, rect_cut_top(&area, ui_is_large(ui) ? 70 : 52),
                       &(struct widget_label){.text = paper->title, .type = THEME_TYPE_H2, .middle = true});
    (void)widget_label(
        ui, rect_cut_top(&area, ui_is_large(ui) ? 130 : 84),
        &(struct widget_label){.text = paper->hint, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700});
    if (state->message[0] != 0) {
        struct widget_notice notice = {.id = "scan.message",
                                       .tone = state->reason == SERVICE_REASON_NONE ? WIDGET_NOTICE_DONE
                                               : state->reason == SERVICE_REASON_POOR_PAGE
                                                   ? WIDGET_NOTICE_AMBER
                                                   : WIDGET_NOTICE_ERROR,
                                       .line = state->message};
        (void)widget_notice_banner(ui, rect_cut_top(&area, widget_notice_height(ui, &notice, area.w)),
                                   &notice);
        (void)rect_cut_top(&area, 16);
    }
    if (state->scanning != 0) {
        (void)widget_progress(ui, rect_cut_top(&area, 60), "scan.progress", screen_text(ui, "scan.progress"),
                              visit->scan.percent);
        (void)widget_button(ui, rect_cut_top(&area, 96),
                            &(struct widget_button){.id = "scan.cancel",
                                                    .label = screen_text(ui, "scan.cancel"),
                                                    .look = WIDGET_BUTTON_NEUTRAL});
        return;
    }
    if (page->state != SERVICE_PAGE_MISSING && page->is_open) {
        struct rect again = rect_cut_bottom(&area, 96);
        (void)widget_button(ui, again,
                            &(struct widget_button){.id = "scan.again",
                                                    .label = screen_text(ui, "scan.again"),
                                                    .look = WIDGET_BUTTON_SECONDARY,
                                                    .icon = ICON_REFRESH});
    }
    draw_checks(ui, area, page);
}

static void draw_stuck(struct ui *ui, const struct screen_scan_state *state)
{
    const char *name = service_reason_name(state->reason);
    char title[96];
    char first[96];
    char kept[160];
    char done[24];
    (void)snprintf(title, sizeof(title), "scan.%s.title", name);
    (void)snprintf(first, sizeof(first), "scan.%s.step", name);
    (void)snprintf(done, sizeof(done), "%zu", screen_visit(ui)->page_count - missing(ui));
    screen_format(ui, kept, sizeof(kept), "scan.kept", {"count", done});
    ui_page_error(ui, &(struct ui_page_error){
                          .title = screen_text(ui, title),
                          .kept = kept,
                          .steps = {screen_text(ui, first), screen_text(ui, "scan.retry_step")},
                          .code = state->reason == SERVICE_REASON_JAMMED ? "SC-21" : "SC-20",
                          .device = WIDGET_DEVICE_SCANNER,
                          .step = screen_step(ui, SCREEN_SCAN),
                          .voice = "scan",
                          .primary = {.id = "error.retry", .label = screen_text(ui, "scan.retry")},
                          .secondary = {.id = "error.later", .label = screen_text(ui, "scan.later")}});
}

void screen_scan_draw(void *memory, struct ui *ui)
{
    struct screen_scan_state *state = memory;
    const struct service_visit *visit = screen_visit(ui);
    if (state->stuck) {
        draw_stuck(ui, state);
        return;
    }
    bool here_missing = visit->pages[state->paper].state == SERVICE_PAGE_MISSING;
    struct ui_page page = screen_page(ui, SCREEN_SCAN);
    page.subtitle = screen_text(ui, "scan.subtitle");
    page.no_back = state->scanning != 0 || visit->rejections.count > 0;
    page.back = screen_text(ui, "scan.back");
    page.primary = (struct widget_button){.label = screen_text(ui, here_missing      ? "scan.start"
                                                                   : missing(ui) > 0 ? "scan.next"
                                                                                     : "scan.submit"),
                                          .icon = here_missing ? ICON_SCANNER : ICON_NONE,
                                          .icon_right = here_missing ? ICON_NONE : ICON_ARROW_RIGHT,
                                          .busy = state->scanning != 0 || state->submitting != 0};
    struct rect area = ui_page(ui, &page);
    struct rect papers = ui_is_portrait(ui) ? rect_cut_top(&area, 420) : rect_cut_left(&area, 400);
    (void)(ui_is_portrait(ui) ? rect_cut_top(&area, 20) : rect_cut_left(&area, 32));
    draw_papers(ui, papers, state);
    struct rect side = rect_cut_right(&area, ui_is_portrait(ui) ? area.w / 2 : 560);
    (void)rect_cut_right(&area, 32);
    (void)widget_panel(ui, area, WIDGET_PANEL_SUNK);
    (void)widget_picture_image(
        ui, rect_inset(area, 20, 16),
        &(struct widget_picture_image){
            .id = "scan.preview",
            .label = screen_text(ui, "scan.preview"),
            .image = state->preview == NULL ? NULL : &state->picture,
            .version = state->preview_version,
            .placeholder = screen_text(ui, state->scanning != 0 ? "scan.working" : "scan.put")});
    draw_side(ui, side, state);
}
