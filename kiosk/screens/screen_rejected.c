/* Rejected: what came back and why, item by item; mending starts exactly there (design 5.2, Rejected by
 * clerk). */
#include <stdio.h>
#include <string.h>

#include "kiosk/screens/screen_list.h"

enum { GAP = 12, TILE = 72, TILE_GAP = 28, PAD_X = 36, PAD_Y = 10, PLACE_BYTES = 96 };

struct screen_rejected_state {
    size_t page;
    uint64_t correcting;
    char message[192];
};
SCREEN_STATE(rejected)

void screen_rejected_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)ui;
    (void)argument;
}

void screen_rejected_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

static void correct(struct screen_rejected_state *state, struct ui *ui)
{
    enum order_event event;
    if (state->correcting == 0 && order_correction_event(&screen_visit(ui)->rejections, &event) == STATUS_OK)
        state->correcting = service_order_event(screen_services(ui), event);
}

void screen_rejected_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_rejected_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->correcting, &reply)) {
        state->correcting = 0;
        if (!screen_moved_on(ui, SCREEN_REJECTED))
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (event->kind == UI_EVENT_NOTICE || event->kind == UI_EVENT_REPLY) {
        (void)screen_moved_on(ui, SCREEN_REJECTED);
    } else if (ui_tapped(event, "pages.previous") && state->page > 0) {
        state->page--;
    } else if (ui_tapped(event, "pages.next")) {
        state->page++;
    } else if (ui_tapped(event, "bar.next")) {
        correct(state, ui);
    } else if (ui_tapped(event, "bar.secondary") || ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

/* --- one item ---------------------------------------------------------------------------------------- */

static const struct form *form_of(const struct ui *ui)
{
    return product_operation_form(screen_visit(ui)->product, screen_visit(ui)->operation);
}

static const char *name_of(const struct ui *ui, const struct order_rejection *item)
{
    if (item->kind == ORDER_ITEM_PAPER) {
        const struct service_visit *visit = screen_visit(ui);
        const char *title = service_page_title(visit->product, visit->pages, visit->page_count, item->item);
        return title[0] == 0 ? item->item : title;
    }
    const struct form_field *field = form_find(form_of(ui), item->item);
    return field == NULL ? item->item : field->label;
}

/* Where it stands: the number among the papers, or the group of the form. */
static void write_place(const struct ui *ui, const struct order_rejection *item, char out[PLACE_BYTES])
{
    const struct product_operation *operation = screen_visit(ui)->operation;
    const struct form_field *field =
        item->kind == ORDER_ITEM_FIELD ? form_find(form_of(ui), item->item) : NULL;
    const struct form_block *block = field == NULL ? NULL : form_find_block(form_of(ui), field->block);
    char number[24];
    size_t at = 0;
    while (at < operation->paper_count && strcmp(operation->paper_ids[at], item->item) != 0)
        at++;
    (void)snprintf(number, sizeof(number), "%zu", at + 1);
    out[0] = 0;
    if (item->kind == ORDER_ITEM_PAPER && at < operation->paper_count)
        screen_format(ui, out, PLACE_BYTES, "rejected.place_paper", {"number", number});
    else if (block != NULL)
        (void)snprintf(out, PLACE_BYTES, "%s", block->label);
}

static const char *chip_of(const struct ui *ui, const struct order_rejection *item)
{
    return screen_text(ui, item->kind == ORDER_ITEM_PAPER ? "rejected.chip" : "rejected.chip_field");
}

/* What the words have beside the mark and above or below the chip. */
static struct rect words_of(struct ui *ui, struct rect rect)
{
    struct rect inner = rect_inset(rect, PAD_X, PAD_Y);
    if (!ui_is_large(ui))
        (void)rect_cut_left(&inner, TILE + TILE_GAP);
    return inner;
}

static int item_height(struct ui *ui, const struct order_rejection *item, int width)
{
    struct rect words = words_of(ui, rect_make(0, 0, width, 10000));
    int title = screen_lines(ui, THEME_TYPE_H2, 1);
    int reason = widget_label_height(ui, THEME_TYPE_BODY, item->reason, words.w);
    return title + reason + 2 * PAD_Y;
}

/* Name and place on one line, what is to be done at its end, the reason word for word below. */
static void draw_item(struct ui *ui, struct rect rect, const struct order_rejection *item)
{
    char id[ORDER_NAME_BYTES + 16];
    char place[PLACE_BYTES];
    const char *chip = chip_of(ui, item);
    (void)snprintf(id, sizeof(id), "rejected.%s", item->item);
    write_place(ui, item, place);
    (void)widget_panel(ui, rect, WIDGET_PANEL_CARD);
    struct rect words = words_of(ui, rect);
    if (!ui_is_large(ui))
        (void)widget_mark_icon(ui, rect_make(rect.x + PAD_X, rect.y + (rect.h - TILE) / 2, TILE, TILE),
                               ICON_BANG, 44, THEME_COLOR_SEAL700, true);
    struct rect head = rect_cut_top(&words, screen_lines(ui, THEME_TYPE_H2, 1));
    (void)widget_mark_chip(ui, rect_cut_right(&head, widget_mark_chip_width(ui, chip)), WIDGET_RIGHT,
                           WIDGET_MARK_RED, chip);
    int width = widget_label_width(ui, THEME_TYPE_H2, name_of(ui, item));
    (void)widget_label(
        ui, rect_cut_left(&head, width),
        &(struct widget_label){.id = id, .text = name_of(ui, item), .type = THEME_TYPE_H2, .middle = true});
    (void)rect_cut_left(&head, 24);
    if (place[0] != 0 && widget_label_width(ui, THEME_TYPE_BODY, place) < head.w)
        (void)widget_label(
            ui, head,
            &(struct widget_label){
                .text = place, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700, .middle = true});
    (void)widget_label(
        ui, words,
        &(struct widget_label){.text = item->reason, .type = THEME_TYPE_BODY, .color = THEME_COLOR_SEAL700});
}

/* --- pages of items ---------------------------------------------------------------------------------- */

/* How many items from `first` stand in this height; at least one. */
static size_t count_fitting(struct ui *ui, size_t first, int width, int height)
{
    const struct order_rejections *items = &screen_visit(ui)->rejections;
    size_t count = 0;
    for (int used = 0; first + count < items->count; count++) {
        used += item_height(ui, &items->item[first + count], width) + GAP;
        if (count > 0 && used - GAP > height)
            break;
    }
    return count;
}

static size_t count_pages(struct ui *ui, struct rect area)
{
    size_t pages = 0;
    for (size_t first = 0; first < screen_visit(ui)->rejections.count; pages++)
        first += count_fitting(ui, first, area.w, area.h);
    return pages;
}

static void draw_page(struct ui *ui, struct rect area, size_t page)
{
    const struct order_rejections *items = &screen_visit(ui)->rejections;
    size_t first = 0;
    for (size_t i = 0; i < page; i++)
        first += count_fitting(ui, first, area.w, area.h);
    size_t end = first + count_fitting(ui, first, area.w, area.h);
    for (size_t i = first; i < end; i++) {
        draw_item(ui, rect_cut_top(&area, item_height(ui, &items->item[i], area.w)), &items->item[i]);
        (void)rect_cut_top(&area, GAP);
    }
}

/* What follows from it: a changed form is printed, signed and scanned again. */
static struct widget_notice follows_of(const struct ui *ui)
{
    enum order_event event = ORDER_EVENT_PAPERS_CORRECTING;
    bool prints = order_correction_event(&screen_visit(ui)->rejections, &event) == STATUS_OK &&
                  event == ORDER_EVENT_FORM_CORRECTING;
    return (struct widget_notice){
        .id = "follows",
        .tone = WIDGET_NOTICE_INFO,
        .line = screen_text(ui, prints ? "rejected.print_again" : "rejected.scan_only")};
}

/* One page has room for what follows from it, several have their pager there. */
static void draw_items(struct ui *ui, struct rect area, size_t wanted)
{
    const struct widget_notice follows = follows_of(ui);
    struct rect above = area;
    struct rect below = rect_cut_bottom(&above, widget_notice_height(ui, &follows, area.w));
    (void)rect_cut_bottom(&above, GAP);
    if (count_pages(ui, above) == 1) {
        draw_page(ui, above, 0);
        (void)widget_notice_banner(ui, below, &follows);
        return;
    }
    struct rect bar = rect_cut_bottom(&area, ui_is_large(ui) ? 112 : 96);
    (void)rect_cut_bottom(&area, GAP);
    size_t pages = count_pages(ui, area);
    wanted = wanted < pages ? wanted : pages - 1;
    widget_list_pages(ui, bar, "pages", (int)wanted, (int)pages);
    draw_page(ui, area, wanted);
}

void screen_rejected_draw(void *memory, struct ui *ui)
{
    const struct screen_rejected_state *state = memory;
    const struct order_rejections *items = &screen_visit(ui)->rejections;
    char title[96];
    char count[24];
    struct ui_page page = screen_page(ui, SCREEN_REJECTED);
    (void)snprintf(count, sizeof(count), "%zu", items->count);
    screen_format(ui, title, sizeof(title), "rejected.title", {"count", count});
    page.title = title;
    page.subtitle = state->message[0] != 0 ? state->message : screen_text(ui, "rejected.kept");
    page.primary = (struct widget_button){.label = screen_text(ui, "rejected.mend"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = state->correcting != 0};
    page.secondary = (struct widget_button){.label = screen_text(ui, "rejected.later"), .way_out = true};
    struct rect area = ui_page(ui, &page);
    draw_items(ui, area, state->page);
}
