/* Scan: the papers one after the other, each shown as it was judged (a10, a18). */
#include "kiosk/screens/screen_scan.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum { PREVIEW_PX = 700 };

SCREEN_STATE(scan)

/* --- papers ------------------------------------------------------------------------------------------ */

const struct service_page *screen_scan_page(const struct ui *ui, size_t index)
{
    return &screen_visit(ui)->pages[index];
}

/* It is there, could be better, and the applicant has not said to leave it so. */
bool screen_scan_wants_again(const struct ui *ui, const struct screen_scan_state *state, size_t index)
{
    const struct service_page *page = screen_scan_page(ui, index);
    return page->is_open && page->state == SERVICE_PAGE_POOR && !state->skipped[index];
}

/* It need not be there, and the applicant has said that there is none. */
bool screen_scan_is_left_out(const struct ui *ui, const struct screen_scan_state *state, size_t index)
{
    const struct service_page *page = screen_scan_page(ui, index);
    return page->is_optional && page->state == SERVICE_PAGE_MISSING && state->skipped[index];
}

bool screen_scan_is_awaited(const struct ui *ui, const struct screen_scan_state *state, size_t index)
{
    const struct service_page *page = screen_scan_page(ui, index);
    return page->is_open && page->state == SERVICE_PAGE_MISSING && !screen_scan_is_left_out(ui, state, index);
}

/* The first paper still to be done from `after` round to it again, `after` itself last. */
size_t screen_scan_next_paper(const struct ui *ui, const struct screen_scan_state *state, size_t after)
{
    size_t count = screen_visit(ui)->page_count;
    for (int pass = 0; pass < 2; pass++)
        for (size_t step = 1; step <= count; step++) {
            size_t i = (after + step) % count;
            if (pass == 0 ? screen_scan_is_awaited(ui, state, i) : screen_scan_wants_again(ui, state, i))
                return i;
        }
    return after;
}

const char *screen_scan_title(const struct ui *ui, size_t index)
{
    const struct service_visit *visit = screen_visit(ui);
    return service_page_title(visit->product, visit->pages, visit->page_count, visit->pages[index].paper);
}

void screen_scan_name(const struct ui *ui, size_t index, char *out, size_t size)
{
    enum service_side side = screen_scan_page(ui, index)->side;
    if (side == SERVICE_SIDE_WHOLE)
        (void)text_copy(out, size, screen_scan_title(ui, index));
    else
        screen_format(ui, out, size, side == SERVICE_SIDE_BACK ? "scan.back" : "scan.front",
                      {"paper", screen_scan_title(ui, index)});
}

size_t screen_scan_source(const struct ui *ui, size_t index)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct service_page *page = &visit->pages[index];
    const struct service_page *source =
        page->state == SERVICE_PAGE_MISSING
            ? service_page_source(visit->product, visit->pages, visit->page_count, page)
            : NULL;
    return source == NULL ? visit->page_count : (size_t)(source - visit->pages);
}

/* --- the page in hand -------------------------------------------------------------------------------- */

static void forget_preview(struct screen_scan_state *state)
{
    service_image_free(state->preview);
    state->preview = NULL;
}

static void show_paper(struct screen_scan_state *state, struct ui *ui, size_t paper)
{
    state->paper = paper;
    state->message[0] = 0;
    state->reason = SERVICE_REASON_NONE;
    forget_preview(state);
    state->previewing = 0;
    if (screen_scan_page(ui, paper)->state != SERVICE_PAGE_MISSING)
        state->previewing =
            service_page_preview(screen_services(ui), screen_scan_page(ui, paper)->paper, PREVIEW_PX);
}

void screen_scan_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_scan_state *state = memory;
    (void)argument;
    show_paper(state, ui, screen_scan_next_paper(ui, state, screen_visit(ui)->page_count - 1));
    if (state->previewing == 0) /* the page in hand comes first */
        scan_thumbs_ask(&state->thumbs, ui);
}

void screen_scan_leave(void *memory, struct ui *ui)
{
    struct screen_scan_state *state = memory;
    service_scan_cancel(screen_services(ui));
    forget_preview(state);
    scan_thumbs_forget_all(&state->thumbs);
    scan_extra_end(&state->extra, ui);
    scan_example_release(&state->example);
    scan_look_release(&state->look);
    scan_samples_release(&state->samples);
}

static void scan(struct screen_scan_state *state, struct ui *ui)
{
    if (state->scanning != 0 || state->sharing != 0)
        return;
    state->stuck = state->showing_how = state->skipped[state->paper] = false;
    state->message[0] = 0;
    state->reason = SERVICE_REASON_NONE;
    forget_preview(state);
    state->scanning = service_scan_page(screen_services(ui), screen_scan_page(ui, state->paper)->paper);
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

/* The small pictures of this page are asked for anew, and of papers it stands for. Returns: the first of
 * those, the number of papers when there is none. */
static size_t forget_thumbs(struct screen_scan_state *state, const struct ui *ui, size_t index)
{
    const struct service_visit *visit = screen_visit(ui);
    size_t first = visit->page_count;
    scan_thumbs_forget(&state->thumbs, index);
    for (size_t i = visit->page_count; i-- > 0;)
        if (strcmp(visit->pages[i].same_as, visit->pages[index].paper) == 0) {
            scan_thumbs_forget(&state->thumbs, i);
            first =
                i == index + 1 && visit->pages[i].side == SERVICE_SIDE_BACK ? first : i; /* its own back */
        }
    return first;
}

/* What became of a good scan; where the page stands for another paper, too, that has changed with it. */
static void say_good(struct screen_scan_state *state, const struct ui *ui, size_t other)
{
    if (other == screen_visit(ui)->page_count)
        (void)text_copy(state->message, sizeof(state->message), screen_text(ui, "scan.good"));
    else
        screen_format(ui, state->message, sizeof(state->message), "scan.good_both",
                      {"paper", screen_scan_title(ui, other)});
}

static void on_shared(struct screen_scan_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->sharing = 0;
    if (reply->status != STATUS_OK) {
        screen_reason(ui, reply, state->message, sizeof(state->message));
        return;
    }
    scan_thumbs_forget_all(&state->thumbs); /* a back has come along */
    show_paper(state, ui, state->paper);
}

/* The paper is asked for again, and what stood on its page. */
static void on_deleted(struct screen_scan_state *state, struct ui *ui)
{
    state->skipped[state->paper] = false;
    scan_thumbs_forget_all(&state->thumbs);
    show_paper(state, ui, state->paper);
    scan_thumbs_ask(&state->thumbs, ui);
}

static void on_scanned(struct screen_scan_state *state, struct ui *ui, struct service_reply *reply)
{
    state->scanning = 0;
    state->reason = reply->reason;
    state->is_good = reply->status == STATUS_OK && reply->reason == SERVICE_REASON_NONE;
    take_image(state, reply);
    size_t other = screen_visit(ui)->page_count;
    if (reply->status == STATUS_OK)
        other = forget_thumbs(state, ui, state->paper);
    if (state->is_good)
        say_good(state, ui, other);
    else if (reply->status == STATUS_CANCELLED)
        (void)text_copy(state->message, sizeof(state->message), screen_text(ui, "scan.stopped"));
    else
        screen_reason(ui, reply, state->message, sizeof(state->message));
    state->stuck = reply->status != STATUS_OK && is_device_trouble(reply->reason);
    scan_thumbs_ask(&state->thumbs, ui);
}

/* --- touches ----------------------------------------------------------------------------------------- */

static void go_on(struct screen_scan_state *state, struct ui *ui)
{
    if (state->submitting != 0 || state->scanning != 0 || state->sharing != 0)
        return;
    size_t next = screen_scan_next_paper(ui, state, state->paper);
    bool asks = screen_scan_is_awaited(ui, state, state->paper) || state->showing_how;
    if (!asks &&
        scan_samples_wants(ui, next != state->paper ? screen_scan_page(ui, state->paper)->paper : NULL))
        scan_samples_open(&state->samples, ui);
    else if (asks)
        scan(state, ui);
    else if (next != state->paper)
        show_paper(state, ui, next);
    else
        state->submitting = service_order_event(screen_services(ui), ORDER_EVENT_SCANNED);
}

/* This page stays as it is for now; one that is stored, or need not be there, goes to the clerk so. */
static void skip(struct screen_scan_state *state, struct ui *ui)
{
    const struct service_page *page = screen_scan_page(ui, state->paper);
    state->skipped[state->paper] = page->state == SERVICE_PAGE_POOR || page->is_optional;
    show_paper(state, ui, screen_scan_next_paper(ui, state, state->paper));
}

/* What is missing may be brought later; a scan on its way ends. */
static void leave(struct screen_scan_state *state, struct ui *ui)
{
    if (scan_later_misses(ui))
        state->later.is_open = true;
    else
        screen_end_visit(ui);
}

static void on_tap(struct screen_scan_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped_prefix(event, "paper.") && state->scanning == 0)
        show_paper(state, ui, (size_t)event->tag);
    else if (ui_tapped(event, "scan.again") || ui_tapped(event, "error.retry"))
        scan(state, ui);
    else if (ui_tapped(event, "scan.cancel"))
        service_scan_cancel(screen_services(ui));
    else if (ui_tapped(event, "scan.how"))
        state->showing_how = true;
    else if (ui_tapped(event, "scan.skip"))
        skip(state, ui);
    else if (ui_tapped(event, "scan.same") && state->sharing == 0)
        state->sharing = service_page_same(screen_services(ui), screen_scan_page(ui, state->paper)->paper);
    else if (ui_tapped(event, "scan.example"))
        scan_example_begin(&state->example, ui, screen_scan_page(ui, state->paper)->paper);
    else if (ui_tapped(event, "scan.closer") && state->scanning == 0)
        scan_look_begin(&state->look, ui, screen_scan_page(ui, state->paper)->paper);
    else if (ui_tapped(event, "scan.add") && state->scanning == 0)
        scan_extra_begin(&state->extra, ui);
    else if (ui_tapped(event, "bar.next"))
        go_on(state, ui);
    else if (ui_tapped(event, "bar.back") && state->showing_how)
        state->showing_how = false;
    else if (ui_tapped(event, "bar.back"))
        (void)service_order_event(screen_services(ui), ORDER_EVENT_PRINT_REOPENED);
    else if (ui_tapped(event, "bar.exit") || ui_tapped(event, "scan.later"))
        leave(state, ui);
}

void screen_scan_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_scan_state *state = memory;
    struct service_reply *reply = NULL;
    bool added = false, deleted = false;
    if (state->samples.is_open && scan_samples_event(&state->samples, ui, event)) {
        if (!state->samples.is_open && !scan_samples_wants(ui, NULL)) /* chosen, not left */
            go_on(state, ui);
    } else if (scan_example_event(&state->example, ui, event)) {
        return;
    } else if (scan_later_event(&state->later, ui, event)) {
        return;
    } else if (scan_look_event(&state->look, ui, event, &deleted)) {
        if (deleted)
            on_deleted(state, ui);
    } else if (scan_extra_event(&state->extra, ui, event, &added)) {
        if (added)
            show_paper(state, ui, screen_visit(ui)->page_count - 1);
    } else if (screen_answered(event, state->scanning, &reply)) {
        on_scanned(state, ui, reply);
    } else if (screen_answered(event, state->sharing, &reply)) {
        on_shared(state, ui, reply);
    } else if (screen_answered(event, state->previewing, &reply)) {
        state->previewing = 0;
        take_image(state, reply);
        scan_thumbs_ask(&state->thumbs, ui);
    } else if (scan_thumbs_take(&state->thumbs, ui, event)) {
        return;
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
