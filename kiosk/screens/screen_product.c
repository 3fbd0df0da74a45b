/* Product: which system the certificate is for; one card for each product of the catalogue (a02). */
#include <stdio.h>
#include <string.h>

#include "kiosk/screens/screen_list.h"

enum {
    CARDS_PER_PAGE = 9,
    CARDS_PER_PAGE_PORTRAIT = 8,
    CARDS_PER_PAGE_LARGE = 4,
    FILTERS = 5,    /* all, regions, and what is left of them */
    FILTER_ALL = 0, /* the first */
    FILTER_WIDTH = 264,
    FILTER_HEIGHT = 104,
    FILTER_HEIGHT_PORTRAIT = 88,
};

struct screen_product_state {
    int page;
    int filter;
};
SCREEN_STATE(product)

void screen_product_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)argument;
    services_choose(screen_services(ui), NULL, NULL, "");
    screen_show_visit(ui);
}

void screen_product_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

static void choose(struct ui *ui, int64_t index)
{
    services_choose(screen_services(ui), screen_program(ui)->catalogue->products[index], NULL, "");
    screen_show_visit(ui);
    ui_push(ui, SCREEN_SERVICE, NULL);
}

void screen_product_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_product_state *state = memory;
    if (ui_tapped_prefix(event, "product.")) {
        choose(ui, event->tag);
    } else if (ui_tapped_prefix(event, "region.")) {
        state->filter = (int)event->tag;
        state->page = 0;
    } else if (ui_tapped(event, "pages.previous") && state->page > 0) {
        state->page--;
    } else if (ui_tapped(event, "pages.next")) {
        state->page++;
    } else if (ui_tapped(event, "bar.back")) {
        screen_end_visit(ui);
    }
}

/* --- regions ----------------------------------------------------------------------------------------- */

/* The regions of the catalogue in its order. Those beyond the last filter share it as 其他. */
struct regions {
    const char *names[FILTERS];
    int counts[FILTERS]; /* 0 is all */
    int count;
};

static int region_of(const struct regions *regions, const char *name)
{
    for (int i = 1; i < regions->count; i++)
        if (strcmp(regions->names[i], name) == 0)
            return i;
    return 0;
}

static struct regions regions_of(struct ui *ui)
{
    const struct catalogue *catalogue = screen_program(ui)->catalogue;
    struct regions regions = {
        .names = {screen_text(ui, "product.everywhere")}, .counts = {(int)catalogue->count}, .count = 1};
    for (size_t i = 0; i < catalogue->count; i++) {
        const char *name = catalogue->products[i]->region;
        int at = region_of(&regions, name);
        if (at == 0 && regions.count == FILTERS)
            regions.names[at = FILTERS - 1] = screen_text(ui, "product.elsewhere");
        else if (at == 0)
            regions.names[at = regions.count++] = name;
        regions.counts[at]++;
    }
    return regions;
}

static bool passes(const struct regions *regions, int filter, const struct product *product)
{
    if (filter == FILTER_ALL)
        return true;
    int at = region_of(regions, product->region);
    return (at == 0 ? FILTERS - 1 : at) == filter;
}

static void draw_filters(struct ui *ui, struct rect area, const struct regions *regions, int chosen)
{
    bool portrait = ui_is_portrait(ui);
    char id[32];
    for (int i = 0; i < regions->count; i++) {
        struct rect at = portrait
                             ? rect_column(area, i, FILTERS, 16)
                             : rect_make(area.x, area.y + i * (FILTER_HEIGHT + 18), area.w, FILTER_HEIGHT);
        (void)snprintf(id, sizeof(id), "region.%d", i);
        (void)widget_entry_filter(ui, at,
                                  &(struct widget_entry_filter){.id = id,
                                                                .name = regions->names[i],
                                                                .count = regions->counts[i],
                                                                .selected = i == chosen,
                                                                .tag = i});
    }
}

/* --- cards ------------------------------------------------------------------------------------------- */

/* What the first operation costs the class that pays least; "380 元起" where others pay more. Returns:
 * whether it is free for all. */
static bool fee_of(const struct ui *ui, const struct product *product, char *out, size_t size)
{
    const char *operation = product->operations[0].id;
    struct price_quote least = {.amount_fen = PRICE_UNKNOWN_FEN};
    bool differ = false;
    char fee[64];
    for (size_t i = 0; i < product->class_count; i++) {
        struct price_quote quote = {.amount_fen = PRICE_UNKNOWN_FEN};
        (void)product_quote(product, product->classes[i].id, operation, &quote);
        differ = differ || (i > 0 && quote.amount_fen != least.amount_fen);
        if (i == 0 || quote.amount_fen < least.amount_fen)
            least = quote;
    }
    words_fee(screen_program(ui)->words, &least, fee, sizeof(fee));
    screen_format(ui, out, size, differ ? "product.fee_from" : "product.fee", {"fee", fee});
    return !differ && least.amount_fen == 0;
}

/* For whom: the classes side by side. */
static void classes_of(const struct product *product, char *out, size_t size)
{
    size_t length = 0;
    out[0] = 0;
    for (size_t i = 0; i < product->class_count && length < size; i++)
        length += (size_t)snprintf(out + length, size - length, "%s%s", i > 0 ? " / " : "",
                                   product->classes[i].label);
}

static void draw_card(struct ui *ui, struct rect rect, size_t index)
{
    const struct product *product = screen_program(ui)->catalogue->products[index];
    char id[96], line[192], fee[64], papers[64], count[24];
    (void)snprintf(id, sizeof(id), "product.%s", product->id);
    (void)snprintf(count, sizeof(count), "%zu", product->operations[0].paper_count);
    screen_format(ui, papers, sizeof(papers), "product.papers", {"count", count});
    classes_of(product, line, sizeof(line));
    bool is_free = fee_of(ui, product, fee, sizeof(fee));
    (void)widget_entry(ui, rect,
                       &(struct widget_entry){.id = id,
                                              .name = product->name,
                                              .line = line,
                                              .icon = screen_icon(product->icon, ICON_SHIELD_KEY),
                                              .fee = fee,
                                              .free_of_charge = is_free,
                                              .papers = papers,
                                              .tag = (int64_t)index});
}

static int cards_per_page(const struct ui *ui)
{
    return ui_is_large(ui)      ? CARDS_PER_PAGE_LARGE
           : ui_is_portrait(ui) ? CARDS_PER_PAGE_PORTRAIT
                                : CARDS_PER_PAGE;
}

static int columns_of(const struct ui *ui)
{
    int columns = ui_is_portrait(ui) ? 2 : 3;
    return ui_is_large(ui) ? columns - 1 : columns;
}

static void draw_cards(struct ui *ui, struct rect area, const struct regions *regions,
                       const struct screen_product_state *state)
{
    const struct catalogue *catalogue = screen_program(ui)->catalogue;
    int columns = columns_of(ui);
    int height = widget_entry_height(ui);
    int first = state->page * cards_per_page(ui);
    int at = 0;
    for (size_t i = 0; i < catalogue->count; i++) {
        if (!passes(regions, state->filter, catalogue->products[i]))
            continue;
        int place = at++ - first;
        if (place < 0 || place >= cards_per_page(ui))
            continue;
        struct rect row = rect_make(area.x, area.y + place / columns * (height + 20), area.w, height);
        draw_card(ui, rect_column(row, place % columns, columns, 26), i);
    }
}

/* --- the page ---------------------------------------------------------------------------------------- */

void screen_product_draw(void *memory, struct ui *ui)
{
    const struct screen_product_state *state = memory;
    struct regions regions = regions_of(ui);
    struct ui_page page = screen_page(ui, SCREEN_PRODUCT);
    char text[96];
    int pages = (regions.counts[state->filter] + cards_per_page(ui) - 1) / cards_per_page(ui);
    page.subtitle = screen_text(ui, "product.subtitle");
    page.step = 1;
    page.back = screen_text(ui, "product.back");
    page.no_exit = true;
    if (pages > 1)
        screen_pages(ui, &page, state->page, pages, text, sizeof(text));
    struct rect area = ui_page(ui, &page);
    if (!ui_is_large(ui)) { /* large cards take the room of the filters */
        bool portrait = ui_is_portrait(ui);
        struct rect filters =
            portrait ? rect_cut_top(&area, FILTER_HEIGHT_PORTRAIT) : rect_cut_left(&area, FILTER_WIDTH);
        (void)(portrait ? rect_cut_top(&area, 24) : rect_cut_left(&area, 32));
        draw_filters(ui, filters, &regions, state->filter);
    }
    draw_cards(ui, area, &regions, state);
}
