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

static enum icon mark_of(const struct service_page *page)
{
    return page->state == SERVICE_PAGE_MISSING ? ICON_FILE
           : page->state == SERVICE_PAGE_GOOD  ? ICON_CHECK
                                               : ICON_WARNING;
}

/* As many papers as fit, those around the one in hand. */
static void draw_papers(struct ui *ui, struct rect area, const struct screen_scan_state *state)
{
    const struct service_visit *visit = screen_visit(ui);
    int height = ui_is_large(ui) ? 135 : 104;
    size_t fits = (size_t)((area.h + 14) / (height + 14));
    fits = fits < 1 ? 1 : fits;
    size_t first = state->paper >= fits ? state->paper + 1 - fits : 0;
    for (size_t i = first; i < visit->page_count && i < first + fits; i++) {
        const struct service_page *page = &visit->pages[i];
        const struct product_paper *paper = product_find_paper(visit->product, page->paper);
        char id[ID_BYTES];
        (void)snprintf(id, sizeof(id), "paper.%s", page->paper);
        (void)widget_list_row(ui, rect_cut_top(&area, height),
                              &(struct widget_list_row){.id = id,
                                                        .icon = mark_of(page),
                                                        .name = paper->title,
                                                        .line = screen_text(ui, state_key(ui, state, i)),
                                                        .selected = i == state->paper,
                                                        .pressable = page->is_open,
                                                        .tag = (int64_t)i});
        (void)rect_cut_top(&area, 14);
    }
}

/* Failed checks first: they say what to mend, and there may not be room for all. */
static void draw_checks(struct ui *ui, struct rect area, const struct service_page *page)
{
    int height = screen_lines(ui, THEME_TYPE_BODY, 1) + 6;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < page->check_count && area.h >= height; i++) {
            char key[96];
            bool bad = page->checks[i].verdict == SERVICE_CHECK_BAD;
            if (bad != (pass == 0))
                continue;
            (void)snprintf(key, sizeof(key), "%s.%s", bad ? "page.reason" : "page.check",
                           bad ? page->checks[i].reason : page->checks[i].name);
            (void)widget_mark_tick(
                ui, rect_cut_top(&area, height),
                &(struct widget_mark_tick){.text = screen_text(ui, key),
                                           .state = bad ? WIDGET_MARK_FAILED : WIDGET_MARK_DONE});
        }
}

/* What became of the last scan. Returns: its height with the gap below, 0 for none. */
static void draw_message(struct ui *ui, struct rect *area, const struct screen_scan_state *state)
{
    if (state->message[0] == 0)
        return;
    struct widget_notice notice = {.id = "scan.message",
                                   .tone = state->reason == SERVICE_REASON_NONE        ? WIDGET_NOTICE_DONE
                                           : state->reason == SERVICE_REASON_POOR_PAGE ? WIDGET_NOTICE_AMBER
                                                                                       : WIDGET_NOTICE_ERROR,
                                   .line = state->message};
    (void)widget_notice_banner(ui, rect_cut_top(area, widget_notice_height(ui, &notice, area->w)), &notice);
    (void)rect_cut_top(area, 16);
}

static void draw_side(struct ui *ui, struct rect area, const struct screen_scan_state *state)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct service_page *page = &visit->pages[state->paper];
    const struct product_paper *paper = product_find_paper(visit->product, page->paper);
    (void)widget_label(ui, rect_cut_top(&area, screen_lines(ui, THEME_TYPE_H2, 1)),
                       &(struct widget_label){.text = paper->title, .type = THEME_TYPE_H2, .middle = true});
    (void)widget_label(
        ui, rect_cut_top(&area, widget_label_height(ui, THEME_TYPE_BODY, paper->hint, area.w)),
        &(struct widget_label){.text = paper->hint, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700});
    (void)rect_cut_top(&area, 16);
    if (!ui_is_portrait(ui))
        draw_message(ui, &area, state);
    if (state->scanning != 0)
        (void)widget_progress(ui, rect_cut_top(&area, 60), "scan.progress", screen_text(ui, "scan.progress"),
                              visit->scan.percent);
    else
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
                          .hint = screen_text(ui, "scan.hint"),
                          .code = state->reason == SERVICE_REASON_JAMMED ? "SC-21" : "SC-20",
                          .device = WIDGET_DEVICE_SCANNER,
                          .device_line = screen_text(ui, "scan.device"),
                          .step = screen_step(ui, SCREEN_SCAN),
                          .voice = "scan",
                          .primary = {.id = "error.retry", .label = screen_text(ui, "scan.retry")},
                          .secondary = {.id = "error.later", .label = screen_text(ui, "scan.later")}});
}

static void draw_preview(struct ui *ui, struct rect area, struct screen_scan_state *state)
{
    (void)widget_panel(ui, area, WIDGET_PANEL_SUNK);
    (void)widget_picture_image(
        ui, rect_inset(area, 20, 16),
        &(struct widget_picture_image){
            .id = "scan.preview",
            .label = screen_text(ui, "scan.preview"),
            .image = state->preview == NULL ? NULL : &state->picture,
            .version = state->preview_version,
            .placeholder = screen_text(ui, state->scanning != 0 ? "scan.working" : "scan.put")});
}

/* "共 4 项，已扫 2 项" */
static void count_papers(const struct ui *ui, char *out, size_t size)
{
    char all[24];
    char done[24];
    (void)snprintf(all, sizeof(all), "%zu", screen_visit(ui)->page_count);
    (void)snprintf(done, sizeof(done), "%zu", screen_visit(ui)->page_count - missing(ui));
    screen_format(ui, out, size, "scan.count", {"all", all}, {"done", done});
}

/* a10: the title stands over the papers only, so that the page in hand is as high as the screen allows. */
static void draw_head(struct ui *ui, struct rect head, const char *title)
{
    char count[96];
    count_papers(ui, count, sizeof(count));
    (void)widget_label(
        ui, rect_cut_top(&head, 56),
        &(struct widget_label){.id = "page.title", .text = title, .type = THEME_TYPE_H1, .middle = true});
    (void)widget_label(
        ui, head,
        &(struct widget_label){
            .id = "page.subtitle", .text = count, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700});
}

static void draw_body(struct ui *ui, struct rect area, struct screen_scan_state *state, const char *title)
{
    bool large = ui_is_large(ui);
    if (ui_is_portrait(ui)) {
        int count = (int)screen_visit(ui)->page_count < 4 ? (int)screen_visit(ui)->page_count : 4;
        draw_papers(ui, rect_cut_top(&area, count * ((large ? 135 : 104) + 14)), state);
        (void)rect_cut_top(&area, 10);
        draw_message(ui, &area, state);
    } else {
        struct rect papers = rect_cut_left(&area, large ? 540 : 472);
        if (!large)
            draw_head(ui, rect_cut_top(&papers, 120), title);
        draw_papers(ui, papers, state);
        (void)rect_cut_left(&area, 32);
    }
    struct rect side = rect_cut_right(&area, ui_is_portrait(ui) ? area.w / 2 : large ? 600 : 560);
    (void)rect_cut_right(&area, 32);
    draw_preview(ui, area, state);
    draw_side(ui, side, state);
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
    bool wide = !ui_is_portrait(ui) && !ui_is_large(ui);
    bool narrow = ui_is_portrait(ui); /* three buttons share one row */
    struct ui_page page = screen_page(ui, SCREEN_SCAN);
    const char *title = page.title;
    page.title = wide ? NULL : title;
    page.plain = true; /* portrait: the papers need the room of the explanation */
    page.subtitle = screen_text(ui, "scan.subtitle");
    page.no_back = state->scanning != 0 || visit->rejections.count > 0;
    page.back = screen_text(ui, "scan.back");
    page.primary = (struct widget_button){.label = screen_text(ui, here_missing      ? "scan.start"
                                                                   : missing(ui) > 0 ? "scan.next"
                                                                   : narrow          ? "scan.submit_short"
                                                                                     : "scan.submit"),
                                          .icon = here_missing ? ICON_SCANNER : ICON_NONE,
                                          .icon_right = here_missing ? ICON_NONE : ICON_ARROW_RIGHT,
                                          .busy = state->scanning != 0 || state->submitting != 0};
    if (state->scanning != 0)
        page.secondary = (struct widget_button){.id = "scan.cancel", .label = screen_text(ui, "scan.cancel")};
    else if (!here_missing && visit->pages[state->paper].is_open)
        page.secondary =
            (struct widget_button){.id = "scan.again",
                                   .label = screen_text(ui, narrow ? "scan.again_short" : "scan.again"),
                                   .icon = ICON_REFRESH};
    struct rect area = ui_page(ui, &page);
    draw_body(ui, area, state, title);
}
