/* Drawing of the scanner's page: the papers, the one in hand, what was found on it (a10, a18). */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/scan_help.h"
#include "kiosk/screens/scan_verdict.h"
#include "kiosk/screens/screen_list.h"
#include "kiosk/screens/screen_scan.h"

enum {
    ID_BYTES = 96,
    NAME_BYTES = 192,
    BESIDE_NAME = 124
}; /* of a row: the page's picture and the room around both */

/* --- drawing: the papers ----------------------------------------------------------------------------- */

static const char *missing_line(const struct ui *ui, const struct screen_scan_state *state, size_t index)
{
    const struct service_page *page = screen_scan_page(ui, index);
    return screen_text(ui, screen_scan_is_left_out(ui, state, index) ? "scan.without"
                           : page->is_optional                       ? "scan.state.optional"
                           : page->side == SERVICE_SIDE_FRONT        ? "scan.state.front"
                           : page->side == SERVICE_SIDE_BACK         ? "scan.state.back"
                                                                     : "scan.state.missing");
}

/* The back stands on its front's sheet. */
static bool is_on_front(const struct ui *ui, const struct service_page *page)
{
    return page->side == SERVICE_SIDE_BACK &&
           strcmp(page->same_as, product_find_paper(screen_visit(ui)->product, page->paper)->id) == 0;
}

/* A page of its own, or whose it is. */
static const char *good_line(const struct ui *ui, const struct service_page *page)
{
    return screen_text(ui, page->same_as[0] == 0   ? "scan.state.good"
                           : is_on_front(ui, page) ? "scan.state.on_front"
                                                   : "scan.state.same");
}

static struct widget_list_row row_of(const struct ui *ui, const struct screen_scan_state *state, size_t index)
{
    const struct service_page *page = screen_scan_page(ui, index);
    struct widget_list_row row = {.icon = ICON_FILE,
                                  .line = missing_line(ui, state, index),
                                  .is_document = true,
                                  .selected = index == state->paper,
                                  .pressable = page->is_open,
                                  .tag = (int64_t)index};
    if (state->thumbs.items[index].image != NULL && page->state != SERVICE_PAGE_MISSING) {
        row.page = &state->thumbs.items[index].picture;
        row.page_version = state->thumbs.items[index].version;
    }
    if (state->scanning != 0 && index == state->paper) {
        row.line = screen_text(ui, "scan.state.scanning");
        row.line_color = THEME_COLOR_B700;
    } else if (page->state == SERVICE_PAGE_GOOD) {
        row.line = good_line(ui, page);
        row.line_icon = ICON_CHECK;
        row.line_color = THEME_COLOR_JADE700;
    } else if (page->state == SERVICE_PAGE_POOR) {
        row.line = scan_verdict_words(ui, page);
        row.line_icon = ICON_WARNING;
        row.line_color = THEME_COLOR_SEAL700;
    }
    return row;
}

static int row_height(const struct ui *ui)
{
    return ui_is_large(ui) ? 135 : 108;
}

/* As many papers as fit, those around the one in hand; below them the way to one more. */
static void draw_papers(struct ui *ui, struct rect area, const struct screen_scan_state *state)
{
    const struct service_visit *visit = screen_visit(ui);
    int height = row_height(ui), gap = ui_is_large(ui) ? 14 : 8;
    if (scan_extra_paper(ui) != NULL) {
        struct rect add = rect_cut_bottom(&area, 88 + gap);
        scan_extra_button(ui, rect_cut_bottom(&add, 88));
    }
    size_t fits = (size_t)((area.h + gap) / (height + gap));
    fits = fits < 1 ? 1 : fits;
    size_t shown = state->paper + 2 < visit->page_count ? state->paper + 2 : visit->page_count;
    size_t first = shown > fits ? shown - fits : 0; /* with the one after it, so that each can be reached */
    for (size_t i = first; i < visit->page_count && i < first + fits; i++) {
        char id[ID_BYTES], name[NAME_BYTES];
        struct widget_list_row row = row_of(ui, state, i);
        screen_scan_name(ui, i, name, sizeof(name));
        screen_fit(ui, THEME_TYPE_BODY_L_STRONG, area.w - BESIDE_NAME, name, sizeof(name));
        row.name = name;
        (void)snprintf(id, sizeof(id), "paper.%s", visit->pages[i].paper);
        row.id = id;
        (void)widget_list_row(ui, rect_cut_top(&area, height), &row);
        (void)rect_cut_top(&area, gap);
    }
}

static size_t count_in(const struct ui *ui, enum service_page_state state)
{
    const struct service_visit *visit = screen_visit(ui);
    size_t count = 0;
    for (size_t i = 0; i < visit->page_count; i++)
        count += visit->pages[i].state == state;
    return count;
}

/* "共 4 项，已合格 2 项" */
static void count_papers(const struct ui *ui, char *out, size_t size)
{
    char all[24];
    char good[24];
    (void)snprintf(all, sizeof(all), "%zu", screen_visit(ui)->page_count);
    (void)snprintf(good, sizeof(good), "%zu", count_in(ui, SERVICE_PAGE_GOOD));
    screen_format(ui, out, size, "scan.count", {"all", all}, {"good", good});
}

static void draw_bar(struct ui *ui, struct rect rect)
{
    const struct service_visit *visit = screen_visit(ui);
    enum widget_check_state states[SERVICE_PAPERS_MAX];
    for (size_t i = 0; i < visit->page_count; i++)
        states[i] = visit->pages[i].state == SERVICE_PAGE_GOOD   ? WIDGET_CHECK_GOOD
                    : visit->pages[i].state == SERVICE_PAGE_POOR ? WIDGET_CHECK_BAD
                                                                 : WIDGET_CHECK_OPEN;
    (void)widget_check_bar(ui, rect, "", states, (int)visit->page_count);
}

/* What the authority says above the list: before the first paper, and when all are there; "" in between. */
static const char *papers_words(const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    size_t good = count_in(ui, SERVICE_PAGE_GOOD), missing = count_in(ui, SERVICE_PAGE_MISSING);
    if (missing == visit->page_count)
        return product_says(visit->product, PRODUCT_MESSAGE_PAPERS);
    return good == visit->page_count ? product_says(visit->product, PRODUCT_MESSAGE_PAPERS_CHECK) : "";
}

/* a10: the title stands over the papers only, so that the page in hand is as high as the screen allows. */
static void draw_head(struct ui *ui, struct rect head, const char *title)
{
    char count[96];
    count_papers(ui, count, sizeof(count));
    (void)widget_label(
        ui, rect_cut_top(&head, 60),
        &(struct widget_label){.id = "page.title", .text = title, .type = THEME_TYPE_H1, .middle = true});
    (void)widget_label(
        ui, rect_cut_top(&head, 44),
        &(struct widget_label){
            .id = "page.subtitle", .text = count, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700});
    draw_bar(ui, rect_make(head.x, head.y + 6, head.w, 10));
}

/* The list is narrow, so the words take the lines they need. */
static void draw_papers_words(struct ui *ui, struct rect *papers)
{
    const char *words = papers_words(ui);
    if (words[0] == 0)
        return;
    int height = widget_label_height(ui, THEME_TYPE_SMALL, words, papers->w);
    (void)widget_label(
        ui, rect_cut_top(papers, height),
        &(struct widget_label){
            .id = "scan.words", .text = words, .type = THEME_TYPE_SMALL, .color = THEME_COLOR_INK700});
    (void)rect_cut_top(papers, 12);
}

/* Upright there is no title to stand under. */
static void draw_count(struct ui *ui, struct rect row)
{
    char count[96];
    count_papers(ui, count, sizeof(count));
    if (papers_words(ui)[0] != 0)
        (void)text_copy(count, sizeof(count), papers_words(ui));
    (void)widget_label(
        ui, rect_cut_top(&row, screen_lines(ui, THEME_TYPE_BODY, 1)),
        &(struct widget_label){
            .id = "page.subtitle", .text = count, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700});
    draw_bar(ui, rect_make(row.x, row.y, row.w, 10));
}

/* --- drawing: the page in hand ----------------------------------------------------------------------- */

static void draw_example_button(struct ui *ui, struct rect row)
{
    struct widget_button button = {.id = "scan.example",
                                   .label = screen_text(ui, "example.open"),
                                   .icon = ICON_EYE,
                                   .look = WIDGET_BUTTON_SECONDARY};
    struct rect at = rect_cut_bottom(&row, 88);
    int width = widget_button_width(ui, &button);
    (void)widget_button(ui, rect_center(at, width < at.w ? width : at.w, at.h), &button);
}

/* The machine with its scanner lit while there is no page to show. */
static void draw_place(struct ui *ui, struct rect area, const struct screen_scan_state *state)
{
    const char *words = screen_text(ui, state->scanning != 0 ? "scan.working" : "scan.put");
    int line = widget_label_height(ui, THEME_TYPE_BODY, words, area.w - 32);
    struct rect inner = rect_inset(area, 16, 32);
    if (state->scanning == 0 &&
        services_has_example(screen_services(ui), screen_scan_page(ui, state->paper)->paper))
        draw_example_button(ui, rect_cut_bottom(&inner, 88 + 16));
    (void)widget_label(ui, rect_cut_bottom(&inner, line),
                       &(struct widget_label){.id = "scan.put",
                                              .text = words,
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_CENTER});
    (void)rect_cut_bottom(&inner, 24);
    (void)widget_machine(ui, inner, WIDGET_DEVICE_SCANNER, screen_text(ui, "scan.device"));
}

static void draw_preview(struct ui *ui, struct rect area, struct screen_scan_state *state)
{
    struct widget_picture_frame frame;
    const struct service_page *page = screen_scan_page(ui, state->paper);
    bool framed = state->scanning == 0 && scan_verdict_frame(ui, page, &frame);
    (void)widget_panel(ui, area, WIDGET_PANEL_TRAY);
    if (state->preview == NULL && state->previewing == 0) {
        draw_place(ui, area, state);
        return;
    }
    (void)widget_picture_image(
        ui, rect_inset(area, 20, 20),
        &(struct widget_picture_image){.id = "scan.preview",
                                       .label = screen_text(ui, "scan.preview"),
                                       .image = state->preview == NULL ? NULL : &state->picture,
                                       .version = state->preview_version,
                                       .is_sheet = true,
                                       .frames = &frame,
                                       .frame_count = framed ? 1 : 0});
    if (state->preview != NULL && state->scanning == 0 && page->state != SERVICE_PAGE_MISSING)
        closer_draw_corner(ui, "scan.closer", screen_text(ui, "scan.closer"), area);
}

/* --- drawing: what was found ------------------------------------------------------------------------- */

static bool is_refused(const struct screen_scan_state *state)
{
    return state->message[0] != 0 && state->reason != SERVICE_REASON_NONE &&
           state->reason != SERVICE_REASON_POOR_PAGE;
}

/* What is wrong with the page in hand, and what to do; where nothing is, how the last scan went. */
static void message_of(struct ui *ui, const struct screen_scan_state *state, struct scan_verdict *out)
{
    *out = (struct scan_verdict){0};
    if (is_refused(state))
        scan_verdict_refusal(ui, state->reason, state->message, out);
    else if (screen_scan_wants_again(ui, state, state->paper))
        scan_verdict_page(ui, screen_scan_page(ui, state->paper), out);
    else
        (void)text_copy(out->line, sizeof(out->line), state->message);
}

/* Returns: the height with the gap below, drawn at the area's top. */
static void draw_message(struct ui *ui, struct rect *area, const struct screen_scan_state *state)
{
    struct scan_verdict verdict;
    message_of(ui, state, &verdict);
    if (verdict.title[0] != 0) {
        scan_verdict_draw(ui, rect_cut_top(area, scan_verdict_height(ui, &verdict, area->w)), &verdict);
        (void)rect_cut_top(area, 22);
    } else if (verdict.line[0] != 0) {
        struct widget_notice notice = {.id = "scan.message",
                                       .tone = state->is_good ? WIDGET_NOTICE_DONE : WIDGET_NOTICE_INFO,
                                       .line = verdict.line};
        (void)widget_notice_banner(ui, rect_cut_top(area, widget_notice_height(ui, &notice, area->w)),
                                   &notice);
        (void)rect_cut_top(area, 22);
    }
}

static int message_height(struct ui *ui, const struct screen_scan_state *state, int width)
{
    struct scan_verdict verdict;
    struct widget_notice notice = {.line = verdict.line};
    message_of(ui, state, &verdict);
    return verdict.title[0] != 0  ? scan_verdict_height(ui, &verdict, width) + 22
           : verdict.line[0] != 0 ? widget_notice_height(ui, &notice, width) + 22
                                  : 0;
}

static bool needs_again(const struct ui *ui, const struct screen_scan_state *state)
{
    return state->scanning == 0 && (is_refused(state) || screen_scan_wants_again(ui, state, state->paper));
}

/* 看放置方法 and 先跳过, side by side or one above the other. */
static void draw_choices(struct ui *ui, struct rect area)
{
    struct widget_button how = {.id = "scan.how",
                                .label = screen_text(ui, "scan.how"),
                                .icon = ICON_EYE,
                                .look = WIDGET_BUTTON_SECONDARY};
    struct widget_button skip = {
        .id = "scan.skip", .label = screen_text(ui, "scan.skip"), .look = WIDGET_BUTTON_NEUTRAL};
    bool stacked = area.h > 120;
    (void)widget_button(ui, stacked ? rect_row(area, 0, 2, 16) : rect_column(area, 0, 2, 16), &how);
    (void)widget_button(ui, stacked ? rect_row(area, 1, 2, 16) : rect_column(area, 1, 2, 16), &skip);
}

static void draw_scanning(struct ui *ui, struct rect area)
{
    char percent[16];
    (void)snprintf(percent, sizeof(percent), "%d%%", screen_visit(ui)->scan.percent);
    (void)rect_cut_top(&area, 16);
    (void)widget_label(
        ui, rect_cut_top(&area, screen_lines(ui, THEME_TYPE_NUMBER, 1)),
        &(struct widget_label){
            .id = "scan.percent", .text = percent, .type = THEME_TYPE_NUMBER, .color = THEME_COLOR_B700});
    (void)widget_progress(ui, rect_cut_top(&area, 60), "scan.progress", screen_text(ui, "scan.progress"),
                          screen_visit(ui)->scan.percent);
    (void)rect_cut_top(&area, 16);
    (void)widget_label(ui, area,
                       &(struct widget_label){.text = screen_text(ui, "scan.hold"),
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700});
}

/* The paper's name and what it must be like. */
static void draw_paper_name(struct ui *ui, struct rect *inner, const char *title,
                            const struct product_paper *paper, bool hint)
{
    enum theme_type type = ui_is_large(ui) ? THEME_TYPE_H2 : THEME_TYPE_H2_LARGE;
    (void)widget_label(ui, rect_cut_top(inner, widget_label_height(ui, type, title, inner->w)),
                       &(struct widget_label){.id = "scan.paper", .text = title, .type = type});
    if (hint)
        (void)widget_label(
            ui, rect_cut_top(inner, widget_label_height(ui, THEME_TYPE_BODY, paper->hint, inner->w)),
            &(struct widget_label){
                .text = paper->hint, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700});
    (void)rect_cut_top(inner, 8);
}

/* The paper stands right before this one in the list, with its back if it has one. */
static bool is_before(const struct ui *ui, size_t source, size_t index)
{
    return source + 1 == index ||
           (source + 2 == index && screen_scan_page(ui, source + 1)->side == SERVICE_SIDE_BACK);
}

/* 与上一项相同, where the page before it in the list is meant; a back may stand on its front's sheet. */
static void draw_same(struct ui *ui, struct rect *inner, const struct screen_scan_state *state)
{
    char label[128];
    size_t source = screen_scan_source(ui, state->paper);
    const char *key = screen_scan_page(ui, state->paper)->side == SERVICE_SIDE_BACK ? "scan.on_front"
                      : is_before(ui, source, state->paper)                         ? "scan.same_before"
                                                                                    : "scan.same";
    if (source == screen_visit(ui)->page_count)
        return;
    screen_format(ui, label, sizeof(label), key, {"paper", screen_scan_title(ui, source)});
    (void)widget_button(ui, rect_cut_top(inner, 96),
                        &(struct widget_button){.id = "scan.same",
                                                .label = label,
                                                .icon = ICON_COPY,
                                                .look = WIDGET_BUTTON_SECONDARY,
                                                .busy = state->sharing != 0});
    (void)rect_cut_top(inner, 16);
}

static void draw_side(struct ui *ui, struct rect area, const struct screen_scan_state *state)
{
    const struct service_page *page = screen_scan_page(ui, state->paper);
    const struct product_paper *paper = product_find_paper(screen_visit(ui)->product, page->paper);
    bool narrow = ui_is_portrait(ui) || ui_is_large(ui), there = page->state != SERVICE_PAGE_MISSING;
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, narrow ? 28 : 40, narrow ? 20 : 30);
    char name[NAME_BYTES];
    screen_scan_name(ui, state->paper, name, sizeof(name));
    draw_paper_name(ui, &inner, name, paper,
                    (!there || state->scanning != 0) && page->side != SERVICE_SIDE_BACK);
    if (state->scanning != 0) {
        draw_scanning(ui, inner);
        return;
    }
    bool choices = needs_again(ui, state) && !ui_is_large(ui);
    int height = ui_is_portrait(ui) ? 208 : 96, kept = choices ? height + 22 : 0;
    if (there && !is_refused(state))
        scan_verdict_checks(ui, &inner, inner.h - message_height(ui, state, inner.w) - kept - 14, page,
                            paper);
    draw_message(ui, &inner, state);
    if (choices)
        draw_choices(ui, rect_cut_top(&inner, height));
    draw_same(ui, &inner, state);
    if (!there && state->message[0] == 0)
        scan_help_steps(ui, inner);
}

/* --- drawing: the whole page ------------------------------------------------------------------------- */

static void draw_body(struct ui *ui, struct rect area, struct screen_scan_state *state, const char *title)
{
    bool large = ui_is_large(ui), portrait = ui_is_portrait(ui);
    int count = (int)screen_visit(ui)->page_count;
    if (portrait) {
        draw_count(ui, rect_cut_top(&area, screen_lines(ui, THEME_TYPE_BODY, 1) + 24));
        draw_papers(ui, rect_cut_top(&area, (count < 4 ? count : 4) * (row_height(ui) + (large ? 14 : 8))),
                    state);
        (void)rect_cut_top(&area, 16);
    } else {
        struct rect papers = rect_cut_left(&area, large ? 540 : 464);
        if (!large)
            draw_head(ui, rect_cut_top(&papers, 138), title);
        if (!large)
            draw_papers_words(ui, &papers);
        draw_papers(ui, papers, state);
        (void)rect_cut_left(&area, 32);
    }
    struct rect side = rect_cut_right(&area, portrait ? (large ? 580 : 500) : large ? 640 : 644);
    (void)rect_cut_right(&area, portrait ? 24 : 32);
    draw_preview(ui, area, state);
    draw_side(ui, side, state);
}

/* The way on: scan, scan again, the next paper, or all of them to the clerk. */
static struct widget_button way_on(const struct ui *ui, const struct screen_scan_state *state)
{
    bool there = !screen_scan_is_awaited(ui, state, state->paper);
    bool last = screen_scan_next_paper(ui, state, state->paper) == state->paper;
    bool busy = state->scanning != 0 || state->submitting != 0;
    if (needs_again(ui, state))
        return (struct widget_button){.id = there ? "scan.again" : NULL,
                                      .label = screen_text(ui, "scan.again"),
                                      .icon_right = ICON_SCAN_PAGE};
    if (!there)
        return (struct widget_button){
            .label = screen_text(ui, "scan.start"), .icon_right = ICON_SCAN_PAGE, .busy = busy};
    return (struct widget_button){.label = screen_text(ui, !last                ? "scan.next"
                                                           : ui_is_portrait(ui) ? "scan.submit_short"
                                                                                : "scan.submit"),
                                  .icon_right = ICON_ARROW_RIGHT,
                                  .busy = busy};
}

static struct widget_button other_way(const struct ui *ui, const struct screen_scan_state *state)
{
    const struct service_page *page = screen_scan_page(ui, state->paper);
    if (state->scanning != 0)
        return (struct widget_button){.id = "scan.cancel", .label = screen_text(ui, "scan.cancel")};
    if (needs_again(ui, state) && !ui_is_large(ui))
        return (struct widget_button){0}; /* they stand beside the page */
    if (is_refused(state))
        return (struct widget_button){
            .id = "scan.how", .label = screen_text(ui, "scan.how_short"), .icon = ICON_EYE};
    if (needs_again(ui, state))
        return (struct widget_button){.id = "scan.skip", .label = screen_text(ui, "scan.skip")};
    if (screen_scan_is_left_out(ui, state, state->paper))
        return (struct widget_button){.id = "scan.again", .label = screen_text(ui, "scan.start")};
    if (page->is_optional && page->state == SERVICE_PAGE_MISSING)
        return (struct widget_button){.id = "scan.skip", .label = screen_text(ui, "scan.without")};
    if (page->state == SERVICE_PAGE_MISSING && ui_is_large(ui) &&
        !ui_is_portrait(ui)) /* no room for 退出办理 */
        return (struct widget_button){.id = "scan.later", .label = screen_text(ui, "scan.later")};
    if (page->state == SERVICE_PAGE_MISSING || !page->is_open)
        return (struct widget_button){0};
    return (struct widget_button){.id = "scan.again",
                                  .label =
                                      screen_text(ui, ui_is_portrait(ui) ? "scan.again_short" : "scan.again"),
                                  .icon = ICON_REFRESH};
}

static void draw_look(struct ui *ui, struct screen_scan_state *state)
{
    char name[NAME_BYTES];
    const struct service_page *page = screen_scan_page(ui, state->paper);
    screen_scan_name(ui, state->paper, name, sizeof(name));
    scan_look_draw(ui, &state->look, name, page->is_open && page->state != SERVICE_PAGE_MISSING);
}

void screen_scan_draw(void *memory, struct ui *ui)
{
    struct screen_scan_state *state = memory;
    if (state->later.is_open) {
        scan_later_draw(ui, &state->later);
        return;
    }
    if (state->samples.is_open) {
        scan_samples_draw(&state->samples, ui);
        return;
    }
    if (state->stuck || state->showing_how) {
        if (state->stuck)
            scan_help_stuck(ui, state->reason);
        else
            scan_help_how(ui);
        return;
    }
    if (state->example.closer.is_open) {
        scan_example_draw(ui, &state->example, screen_scan_title(ui, state->paper));
        return;
    }
    if (state->look.closer.is_open) {
        draw_look(ui, state);
        return;
    }
    if (state->extra.is_open) {
        scan_extra_draw(ui, &state->extra);
        return;
    }
    struct ui_page page = screen_page(ui, SCREEN_SCAN);
    const char *title = page.title;
    char count[96];
    count_papers(ui, count, sizeof(count));
    page.title = ui_is_portrait(ui) || ui_is_large(ui) ? title : NULL;
    page.plain = true; /* portrait: the papers need the room of the explanation */
    page.subtitle = papers_words(ui)[0] != 0 ? papers_words(ui) : count;
    page.no_back = state->scanning != 0 || screen_visit(ui)->rejections.count > 0;
    page.primary = way_on(ui, state);
    page.secondary = other_way(ui, state);
    if (scan_later_misses(ui)) /* what is missing is asked about instead */
        page.exit = screen_text(ui, "scan.exit");
    struct rect area = ui_page(ui, &page);
    draw_body(ui, area, state, title);
}
