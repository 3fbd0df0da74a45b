/* Service: what is to be done, for which class, with cost, papers and time said before any effort (a03). */
#include <stdio.h>
#include <string.h>

#include "kiosk/screens/paper_list.h"
#include "kiosk/screens/screen_list.h"

enum {
    CARDS_PER_PAGE = 8,
    CARDS_PER_PAGE_LARGE = 4,
    CARD_HEIGHT_PORTRAIT = 196,
    CARD_HEIGHT = 136,
    CLASSES_SHOWN = 8,
    CLASSES_WIDTH = 520,
    SIDE_WIDTH = 616,
    SIDE_GAP = 32,
    ABOUT_HEIGHT = 88,
    ABOUT_ABOVE = 108
};

struct screen_service_state {
    size_t operation;
    size_t class;
    size_t page;  /* of the cards */
    bool details; /* in the large landscape looks what is chosen has a page of its own, after the cards */
};
SCREEN_STATE(service)

static const struct product *product_of(const struct ui *ui)
{
    return screen_visit(ui)->product;
}

static void choose(struct ui *ui, const struct screen_service_state *state)
{
    const struct product *product = product_of(ui);
    services_choose(screen_services(ui), product, &product->operations[state->operation],
                    product->classes[state->class].id);
    screen_show_visit(ui);
}

/* The first operation that can be had is chosen, and the class that stands first in the product's data. */
void screen_service_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_service_state *state = memory;
    (void)argument;
    const struct product *product = product_of(ui);
    while (state->operation + 1 < product->operation_count &&
           !product->operations[state->operation].available)
        state->operation++;
    choose(ui, state);
}

void screen_service_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

/* Large letters leave no room for cards and details on one landscape page. */
static bool has_two_pages(const struct ui *ui)
{
    return ui_is_large(ui) && !ui_is_portrait(ui);
}

static size_t cards_per_page(const struct ui *ui)
{
    return ui_is_large(ui) ? CARDS_PER_PAGE_LARGE : CARDS_PER_PAGE;
}

static size_t pages_of(const struct ui *ui)
{
    return (product_of(ui)->operation_count + cards_per_page(ui) - 1) / cards_per_page(ui);
}

static void go_on(struct ui *ui, struct screen_service_state *state)
{
    choose(ui, state);
    if (has_two_pages(ui) && !state->details) {
        state->details = true;
        return;
    }
    screen_apply(ui, SCREEN_SERVICE);
}

void screen_service_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_service_state *state = memory;
    if (ui_tapped_prefix(event, "operation."))
        state->operation = (size_t)event->tag, choose(ui, state);
    else if (ui_tapped_prefix(event, "class."))
        state->class = (size_t)event->tag, choose(ui, state);
    else if (ui_tapped(event, "bar.next"))
        go_on(ui, state);
    else if (ui_tapped(event, "service.more"))
        state->page = (state->page + 1) % pages_of(ui);
    else if (ui_tapped(event, "service.about"))
        ui_push(ui, SCREEN_ABOUT, NULL);
    else if (ui_tapped(event, "bar.back") && has_two_pages(ui) && state->details)
        state->details = false;
    else if (ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

static void draw_operation(struct ui *ui, struct rect rect, const struct screen_service_state *state,
                           size_t index)
{
    const struct product *product = product_of(ui);
    const struct product_operation *operation = &product->operations[index];
    struct price_quote quote = {.amount_fen = PRICE_UNKNOWN_FEN};
    char id[96];
    char fee[64];
    (void)product_quote(product, product->classes[state->class].id, operation->id, &quote);
    words_fee(screen_program(ui)->words, &quote, fee, sizeof(fee));
    char *unit = screen_split_fee(fee);
    (void)snprintf(id, sizeof(id), "operation.%s", operation->id);
    (void)widget_choice(
        ui, rect,
        &(struct widget_choice){.id = id,
                                .name = operation->label,
                                .line = operation->available ? operation->tile : operation->unavailable_text,
                                .icon = screen_operation_icon(operation->id),
                                .fee = operation->available ? fee : NULL,
                                .fee_unit = operation->available ? unit : NULL,
                                .free_of_charge = quote.amount_fen == 0,
                                .selected = index == state->operation,
                                .disabled = !operation->available,
                                .tag = (int64_t)index});
}

static void draw_cards(struct ui *ui, struct rect area, const struct screen_service_state *state)
{
    size_t per_page = cards_per_page(ui);
    size_t first = state->page < pages_of(ui) ? state->page * per_page : 0;
    int columns = ui_is_large(ui) && ui_is_portrait(ui) ? 1 : 2;
    int rows = (int)per_page / columns;
    /* Cards are as high as they need, not as there is room. */
    int height = ui_is_portrait(ui) ? CARD_HEIGHT_PORTRAIT : CARD_HEIGHT;
    int pitch = height + (ui_is_portrait(ui) ? 20 : 14);
    bool wide = has_two_pages(ui); /* e01 */
    if (wide)
        area = rect_make(area.x, area.y + 8, area.w, area.h - 24);
    for (size_t i = 0; i < per_page && first + i < product_of(ui)->operation_count; i++) {
        struct rect row = rect_row(area, (int)i / columns, rows, wide ? 24 : 20);
        if (!ui_is_large(ui))
            row = rect_make(area.x, area.y + (int)i / columns * pitch, area.w, height);
        draw_operation(ui, rect_column(row, (int)i % columns, columns, wide ? 32 : 24), state, first + i);
    }
}

/* --- drawing: what was chosen -------------------------------------------------------------------------- */

/* Whether the classes do not all cost the same. */
static bool classes_differ(const struct product *product, const char *operation)
{
    struct price_quote first = {.amount_fen = PRICE_UNKNOWN_FEN};
    (void)product_quote(product, product->classes[0].id, operation, &first);
    for (size_t i = 1; i < product->class_count; i++) {
        struct price_quote other = {.amount_fen = PRICE_UNKNOWN_FEN};
        (void)product_quote(product, product->classes[i].id, operation, &other);
        if (other.amount_fen != first.amount_fen)
            return true;
    }
    return false;
}

/* The classes, with their fees where `priced` and where they cost different amounts. */
static void draw_classes(struct ui *ui, struct rect rect, const struct screen_service_state *state,
                         bool priced)
{
    const struct product *product = product_of(ui);
    const char *operation = product->operations[state->operation].id;
    struct widget_choice_segment segments[CLASSES_SHOWN];
    char ids[CLASSES_SHOWN][80];
    char fees[CLASSES_SHOWN][64];
    int count = product->class_count > CLASSES_SHOWN ? CLASSES_SHOWN : (int)product->class_count;
    priced = priced && classes_differ(product, operation);
    for (int i = 0; i < count; i++) {
        struct price_quote quote = {.amount_fen = PRICE_UNKNOWN_FEN};
        (void)product_quote(product, product->classes[i].id, operation, &quote);
        words_fee(screen_program(ui)->words, &quote, fees[i], sizeof(fees[i]));
        (void)snprintf(ids[i], sizeof(ids[i]), "class.%s", product->classes[i].id);
        segments[i] = (struct widget_choice_segment){.id = ids[i],
                                                     .name = product->classes[i].label,
                                                     .line = priced ? fees[i] : NULL,
                                                     .selected = (size_t)i == state->class,
                                                     .tag = i};
    }
    widget_choice_segments(ui, rect, segments, count);
}

static void draw_papers(struct ui *ui, struct rect area)
{
    struct product_wish wish;
    screen_wish(ui, &wish);
    paper_list(ui, area, &wish);
}

static void fee_of(const struct ui *ui, const struct screen_service_state *state, char *out, size_t size)
{
    const struct product *product = product_of(ui);
    struct price_quote quote = {.amount_fen = PRICE_UNKNOWN_FEN};
    (void)product_quote(product, product->classes[state->class].id, product->operations[state->operation].id,
                        &quote);
    words_fee(screen_program(ui)->words, &quote, out, size);
}

/* The number large, its unit small behind it. */
static void draw_fee(struct ui *ui, struct rect rect, const struct screen_service_state *state,
                     enum theme_type number)
{
    char fee[64];
    fee_of(ui, state, fee, sizeof(fee));
    char *unit = screen_split_fee(fee);
    (void)widget_label_amount(
        ui, rect,
        &(struct widget_label_amount){.id = "service.fee",
                                      .number = fee,
                                      .behind = unit,
                                      .number_type = unit != NULL ? number : THEME_TYPE_H2_LARGE,
                                      .unit_type = THEME_TYPE_BODY_L,
                                      .align = WIDGET_RIGHT});
}

static void draw_head(struct ui *ui, struct rect head, const struct product_operation *operation)
{
    char minutes[16];
    char text[96];
    (void)snprintf(minutes, sizeof(minutes), "%u", operation->minutes);
    screen_format(ui, text, sizeof(text), "service.minutes", {"minutes", minutes});
    (void)widget_mark_chip(ui, head, WIDGET_RIGHT, WIDGET_MARK_BLUE, text);
    (void)rect_cut_right(&head, widget_mark_chip_width(ui, text) + 16);
    (void)widget_label(
        ui, head,
        &(struct widget_label){.text = operation->label, .type = THEME_TYPE_H2_LARGE, .middle = true});
}

static struct widget_button about_button(const struct ui *ui)
{
    return (struct widget_button){.id = "service.about",
                                  .label = screen_text(ui, "service.about"),
                                  .look = WIDGET_BUTTON_SECONDARY,
                                  .icon = ICON_INFO};
}

/* p01: the summary card above the bottom bar. */
static void draw_summary_portrait(struct ui *ui, struct rect area, const struct screen_service_state *state)
{
    const struct product_operation *operation = &product_of(ui)->operations[state->operation];
    struct product_wish wish;
    bool large = ui_is_large(ui);
    char count[24];
    char minutes[16];
    char text[160];
    screen_wish(ui, &wish);
    (void)snprintf(count, sizeof(count), "%zu", product_wish_papers(&wish));
    (void)snprintf(minutes, sizeof(minutes), "%u", operation->minutes);
    screen_format(ui, text, sizeof(text), "service.summary", {"operation", operation->label},
                  {"count", count}, {"minutes", minutes});
    (void)widget_panel(ui, area, WIDGET_PANEL_SUMMARY);
    struct rect inner = rect_inset(area, large ? 32 : 38, large ? 24 : 0);
    struct rect fee = large ? rect_cut_bottom(&inner, 120) : rect_make(inner.x, area.y + 74, inner.w, 64);
    (void)rect_cut_top(&inner, large ? 0 : 28);
    (void)widget_label(
        ui, rect_cut_top(&inner, screen_lines(ui, THEME_TYPE_BODY_L, 1)),
        &(struct widget_label){.text = text, .type = THEME_TYPE_BODY_L_STRONG, .middle = true});
    (void)rect_cut_top(&inner, 4);
    draw_classes(ui, rect_make(inner.x, inner.y, large ? inner.w : CLASSES_WIDTH, large ? 112 : 92), state,
                 false);
    if (large) {
        struct widget_button about = about_button(ui);
        int width = widget_button_width(ui, &about);
        (void)widget_button(ui, rect_center(rect_cut_left(&fee, width), width, ABOUT_HEIGHT), &about);
    } else {
        (void)rect_cut_left(&fee, CLASSES_WIDTH + 16);
    }
    draw_fee(ui, fee, state, THEME_TYPE_DISPLAY);
}

/* When it is due: by the order of the operation's steps; NULL where nothing is paid here. */
static const char *due_when(const struct ui *ui, const struct product_operation *operation)
{
    if (!order_steps_has(&operation->steps, ORDER_STEP_PAY))
        return NULL;
    return screen_text(ui, order_steps_has_before(&operation->steps, ORDER_STEP_REVIEW, ORDER_STEP_PAY)
                               ? "service.due_when"
                               : "service.due_first");
}

static void draw_summary(struct ui *ui, struct rect area, const struct screen_service_state *state)
{
    const struct product_operation *operation = &product_of(ui)->operations[state->operation];
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 40, 32);
    draw_head(ui, rect_cut_top(&inner, 60), operation);
    (void)widget_label(ui, rect_cut_top(&inner, 57),
                       &(struct widget_label){.text = screen_text(ui, "service.which_class"),
                                              .type = THEME_TYPE_SMALL,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
    draw_classes(ui, rect_cut_top(&inner, 108), state, true);
    (void)widget_panel_line(ui, rect_cut_top(&inner, 42));
    struct rect due = rect_cut_top(&inner, 74);
    draw_fee(ui, due, state, THEME_TYPE_NUMBER);
    struct rect words = rect_make(due.x, due.y - 4, due.w / 2, due.h);
    const char *when = due_when(ui, operation);
    (void)widget_label(ui, when == NULL ? words : rect_row(words, 0, 2, 0),
                       &(struct widget_label){
                           .text = screen_text(ui, "service.due"), .type = THEME_TYPE_BODY, .middle = true});
    if (when != NULL)
        (void)widget_label(
            ui, rect_row(words, 1, 2, 0),
            &(struct widget_label){
                .text = when, .type = THEME_TYPE_CAPTION, .color = THEME_COLOR_INK700, .middle = true});
    (void)widget_panel_line(ui, rect_cut_top(&inner, 14));
    (void)rect_cut_top(&inner, 12);
    draw_papers(ui, inner);
}

/* The same in large letters on a page of its own: left what it costs, right what to bring. */
static void draw_details(struct ui *ui, struct rect area, const struct screen_service_state *state)
{
    const struct product_operation *operation = &product_of(ui)->operations[state->operation];
    struct rect left = rect_inset(rect_column(area, 0, 2, 32), 40, 24);
    struct rect right = rect_inset(rect_column(area, 1, 2, 32), 40, 24);
    (void)widget_panel(ui, rect_column(area, 0, 2, 32), WIDGET_PANEL_CARD);
    (void)widget_panel(ui, rect_column(area, 1, 2, 32), WIDGET_PANEL_CARD);
    draw_head(ui, rect_cut_top(&left, 96), operation);
    (void)widget_label_text(ui, rect_cut_top(&left, 64), THEME_TYPE_BODY,
                            screen_text(ui, "service.which_class"));
    draw_classes(ui, rect_cut_top(&left, 124), state, true);
    (void)rect_cut_top(&left, 24);
    (void)widget_label_text(ui, rect_cut_top(&left, 64), THEME_TYPE_BODY, screen_text(ui, "service.due"));
    draw_fee(ui, left, state, THEME_TYPE_DISPLAY);
    draw_papers(ui, right);
}

/* --- drawing: the page --------------------------------------------------------------------------------- */

static void draw_portrait(struct ui *ui, struct rect area, const struct screen_service_state *state)
{
    struct rect summary = rect_cut_bottom(&area, ui_is_large(ui) ? 356 : 188);
    (void)rect_cut_bottom(&area, ui_is_large(ui) ? 20 : 12);
    draw_cards(ui, area, state);
    draw_summary_portrait(ui, summary, state);
}

/* a03: the summary begins beside the title, so that the whole of it can be read at once. */
static void draw_landscape(struct ui *ui, struct rect area, const struct screen_service_state *state)
{
    struct rect side = rect_cut_right(&area, SIDE_WIDTH);
    int top = side.y - 120;
    (void)rect_cut_right(&area, SIDE_GAP);
    draw_cards(ui, area, state);
    draw_summary(ui, rect_make(side.x, top, side.w, side.y + side.h - 4 - top), state);
}

/* In landscape the way to what is worth knowing stands over the right end of the cards, beside the title. */
static void draw_about(struct ui *ui, struct rect area)
{
    struct widget_button button = about_button(ui);
    int width = widget_button_width(ui, &button);
    int right = area.x + area.w - SIDE_WIDTH - SIDE_GAP;
    (void)widget_button(ui, rect_make(right - width, area.y - ABOUT_ABOVE, width, ABOUT_HEIGHT), &button);
}

/* Who easily chooses the wrong product is told here, for there is only one line. */
static const char *subtitle_of(const struct ui *ui, const struct screen_service_state *state)
{
    bool two_pages = has_two_pages(ui);
    if (two_pages && state->details)
        return screen_text(ui, "service.details");
    if (product_of(ui)->hint[0] != 0)
        return product_of(ui)->hint;
    return screen_text(ui, ui_is_portrait(ui) ? "service.subtitle_below"
                           : two_pages        ? "service.subtitle_next"
                                              : "service.subtitle");
}

/* Whether the line under the title ends before the button over the cards begins. */
static bool has_room_above(struct ui *ui, const struct ui_page *page)
{
    struct widget_button about = about_button(ui);
    int room = ui_page_content(ui, page).w - SIDE_WIDTH - 2 * SIDE_GAP - widget_button_width(ui, &about);
    return widget_label_width(ui, THEME_TYPE_BODY, page->subtitle) <= room;
}

/* Upright nothing is pressed beside the title: it stands in the bottom bar, with large letters left of the
 * fee, because the bar leads to more cards there. A long line under the title sends it there, too. */
static bool is_about_in_bar(struct ui *ui, const struct screen_service_state *state,
                            const struct ui_page *page)
{
    if (has_two_pages(ui))
        return state->details;
    if (ui_is_portrait(ui))
        return !ui_is_large(ui);
    return pages_of(ui) == 1 && !has_room_above(ui, page);
}

void screen_service_draw(void *memory, struct ui *ui)
{
    const struct screen_service_state *state = memory;
    const struct product *product = product_of(ui);
    bool two_pages = has_two_pages(ui);
    bool first_of_two = two_pages && !state->details;
    struct ui_page page = screen_page(ui, SCREEN_SERVICE);
    page.subtitle = subtitle_of(ui, state);
    page.aloud = strcmp(page.subtitle, screen_text(ui, "service.subtitle_next")) == 0;
    char label[64];
    page.step = 1;
    page.next = screen_following_name(ui, SCREEN_SERVICE);
    screen_format(ui, label, sizeof(label), first_of_two ? "service.on" : "service.next",
                  {"page", page.next});
    page.primary = (struct widget_button){.label = label,
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .disabled = !product->operations[state->operation].available};
    if (pages_of(ui) > 1 && !(two_pages && state->details))
        page.secondary =
            (struct widget_button){.id = "service.more", .label = screen_text(ui, "service.more")};
    bool about_in_bar = is_about_in_bar(ui, state, &page);
    if (about_in_bar)
        page.secondary = about_button(ui);
    struct rect area = ui_page(ui, &page);
    if (!two_pages && !ui_is_portrait(ui) && !about_in_bar)
        draw_about(ui, area);
    if (two_pages && state->details)
        draw_details(ui, area, state);
    else if (two_pages)
        draw_cards(ui, area, state);
    else if (ui_is_portrait(ui))
        draw_portrait(ui, area, state);
    else
        draw_landscape(ui, area, state);
}
