/* Product: which system the certificate is for; one card for each product of the catalogue (a02). */
#include <stdio.h>
#include <string.h>

#include "kiosk/catalogue/product_search.h"
#include "kiosk/screens/screen_list.h"

enum {
    CARDS_PER_PAGE = 9, /* the last leads to the search */
    CARDS_PER_PAGE_PORTRAIT = 8,
    CARDS_PER_PAGE_LARGE = 4,
    FILTERS = 5,    /* all, regions, and what is left of them */
    FILTER_ALL = 0, /* the first */
    FILTER_WIDTH = 264,
    FILTER_HEIGHT = 104,
    FILTER_HEIGHT_PORTRAIT = 88,
    WORDS_CHARACTERS = 30,
    FIELD_GAP = 16,
    TURN_GAP = 16
};

struct screen_product_state {
    int first; /* of what the page shows; a page holds more or fewer when the keyboard or the look changes */
    int filter;
    bool searching;
    struct text_edit words; /* what is looked for */
};
SCREEN_STATE(product)

void screen_product_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_product_state *state = memory;
    (void)argument;
    text_edit_init(&state->words, TEXT_EDIT_CHINESE, WORDS_CHARACTERS);
    services_choose(screen_services(ui), NULL, NULL, "");
    screen_show_visit(ui);
}

void screen_product_leave(void *memory, struct ui *ui)
{
    struct screen_product_state *state = memory;
    (void)ui;
    text_edit_wipe(&state->words);
}

/* --- looked for ---------------------------------------------------------------------------------------- */

/* The product of the newest order of whoever is there; NULL when that is not known. */
static const struct product *last_used(const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    const struct order *newest = NULL;
    for (size_t i = 0; i < visit->order_count && visit->phone[0] != 0; i++)
        if (newest == NULL || visit->orders[i].order.created_utc_s > newest->created_utc_s)
            newest = &visit->orders[i].order;
    return newest == NULL ? NULL : catalogue_find(screen_program(ui)->catalogue, newest->product);
}

static void search(struct screen_product_state *state, struct ui *ui, bool on)
{
    state->searching = on;
    state->first = 0;
    text_edit_wipe(&state->words);
    ui_focus(ui, on ? "search.words" : NULL);
}

static bool is_meant(const struct screen_product_state *state, const struct product *product)
{
    return product_search_finds(product, state->words.text) &&
           product_search_spells(product, state->words.preedit);
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
        state->first = 0;
    } else if (ui_tapped(event, "pages.previous") || ui_tapped(event, "pages.next")) {
        state->first = (int)event->tag;
    } else if (ui_tapped(event, "search.open")) {
        search(state, ui, true);
    } else if (event->kind == UI_EVENT_CHANGE) {
        state->first = 0;
    } else if (event->kind == UI_EVENT_NEXT) {
        ui_focus(ui, NULL);
    } else if (ui_tapped(event, "bar.back") && state->searching) {
        search(state, ui, false);
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
    char id[96], classes[160], fee[64], papers[64], count[24];
    (void)snprintf(id, sizeof(id), "product.%s", product->id);
    (void)snprintf(count, sizeof(count), "%zu", product->operations[0].paper_count);
    screen_format(ui, papers, sizeof(papers), "product.papers", {"count", count});
    classes_of(product, classes, sizeof(classes));
    bool is_free = fee_of(ui, product, fee, sizeof(fee));
    (void)widget_entry(
        ui, rect,
        &(struct widget_entry){.id = id,
                               .name = product->name,
                               .line = product == last_used(ui) ? screen_text(ui, "product.last") : classes,
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

/* What the filter or the words leave; what was used last comes first. Returns: how many. */
static int pick(const struct ui *ui, const struct regions *regions, const struct screen_product_state *state,
                size_t out[CATALOGUE_PRODUCTS_MAX])
{
    const struct catalogue *catalogue = screen_program(ui)->catalogue;
    const struct product *last = last_used(ui);
    int count = 0;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < catalogue->count && count < CATALOGUE_PRODUCTS_MAX; i++) {
            const struct product *product = catalogue->products[i];
            bool is_left =
                state->searching ? is_meant(state, product) : passes(regions, state->filter, product);
            if (is_left && (product == last) == (round == 0))
                out[count++] = i;
        }
    return count;
}

/* A page holds as many as the looks say, and beside the keyboard as many as have room. */
static int cards_here(struct ui *ui, int height)
{
    int rows = (height + 20) / (widget_entry_height(ui) + 20), fit = (rows < 1 ? 1 : rows) * columns_of(ui);
    return fit < cards_per_page(ui) ? fit : cards_per_page(ui);
}

static struct rect card_place(struct ui *ui, struct rect area, int place)
{
    int columns = columns_of(ui);
    int height = widget_entry_height(ui);
    struct rect row = rect_make(area.x, area.y + place / columns * (height + 20), area.w, height);
    return rect_column(row, place % columns, columns, 26);
}

/* Returns: how many stand there. */
static int draw_cards(struct ui *ui, struct rect area, const size_t *picked, int count, int first, int most)
{
    int place = 0;
    for (; place < most && first + place < count; place++)
        draw_card(ui, card_place(ui, area, place), picked[first + place]);
    return place;
}

/* The way to a system that is not on this page. */
static void draw_way_to_search(struct ui *ui, struct rect rect)
{
    char count[16], link[64];
    (void)snprintf(count, sizeof(count), "%zu", screen_program(ui)->catalogue->count);
    screen_format(ui, link, sizeof(link), "search.count", {"count", count});
    (void)widget_entry(ui, rect,
                       &(struct widget_entry){.id = "search.open",
                                              .name = screen_text(ui, "search.open"),
                                              .line = screen_text(ui, "search.line"),
                                              .icon = ICON_SEARCH,
                                              .link = link});
}

/* --- the page ---------------------------------------------------------------------------------------- */

static struct ui_page page_of(struct ui *ui)
{
    struct ui_page page = screen_page(ui, SCREEN_PRODUCT);
    page.subtitle = screen_text(ui, "product.subtitle");
    page.step = 1;
    page.back = screen_text(ui, "product.back");
    page.no_exit = true;
    return page;
}

/* Of so many with so many on a page: which is shown, of how many. */
struct turns {
    int now, count, most;
};

static struct turns turns_of(const struct screen_product_state *state, int count, int most)
{
    int pages = count > most ? (count + most - 1) / most : 1, now = state->first / most;
    return (struct turns){now < pages ? now : pages - 1, pages, most};
}

/* The buttons lead to the first of a page. */
static void write_turns(const struct ui *ui, struct ui_page *page, const struct turns *turns, char *text,
                        size_t size)
{
    screen_pages(ui, page, turns->now, turns->count, text, size);
    page->primary.tag *= turns->most;
    page->secondary.tag *= turns->most;
}

static bool is_typing(const struct ui *ui)
{
    return ui_free_area(ui).h < ui_layout(ui)->height;
}

/* While the keyboard covers the bottom bar the pages are turned beside the field. */
static void draw_turns(struct ui *ui, struct rect *row, const struct turns *turns)
{
    struct ui_page page = {0};
    char text[96];
    write_turns(ui, &page, turns, text, sizeof(text));
    page.primary.look = page.secondary.look;
    page.primary.icon = page.primary.icon_right;
    page.primary.icon_only = true;
    int width = widget_button_width(ui, &page.primary), box = ui_is_large(ui) ? 112 : 88;
    struct rect right = rect_cut_right(row, 2 * width + TURN_GAP), head = right;
    right = rect_cut_bottom(&head, box); /* as high as the box beside them */
    (void)snprintf(text, sizeof(text), "%d / %d", turns->now + 1, turns->count);
    (void)widget_label(ui, head,
                       &(struct widget_label){.text = text,
                                              .type = THEME_TYPE_SMALL,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
    (void)widget_button(ui, rect_cut_left(&right, width), &page.secondary);
    (void)widget_button(ui, rect_cut_right(&right, width), &page.primary);
    (void)rect_cut_right(row, TURN_GAP);
}

/* The field over what its words leave, which change while they are typed. */
static void draw_search(struct ui *ui, struct screen_product_state *state)
{
    struct regions regions = regions_of(ui);
    size_t picked[CATALOGUE_PRODUCTS_MAX];
    char text[96];
    int count = pick(ui, &regions, state, picked), field = widget_field_plain_height(ui);
    struct ui_page page = page_of(ui);
    page.plain = true;
    page.back = NULL;
    page.subtitle = screen_text(ui, "search.hint");
    int most = cards_here(ui, ui_page_content(ui, &page).h - field - FIELD_GAP);
    struct turns turns = turns_of(state, count, most);
    if (turns.count > 1)
        write_turns(ui, &page, &turns, text, sizeof(text));
    struct rect area = ui_page(ui, &page), row = rect_cut_top(&area, field);
    if (is_typing(ui) && (int)screen_program(ui)->catalogue->count > most)
        draw_turns(ui, &row, &turns);
    screen_field(ui, row, "search.words", &state->words);
    (void)rect_cut_top(&area, FIELD_GAP);
    (void)draw_cards(ui, area, picked, count, turns.now * most, most);
    if (count == 0)
        screen_banner(ui, area, "search.none", WIDGET_NOTICE_INFO, screen_text(ui, "search.nothing"));
}

void screen_product_draw(void *memory, struct ui *ui)
{
    struct screen_product_state *state = memory;
    struct regions regions = regions_of(ui);
    size_t picked[CATALOGUE_PRODUCTS_MAX];
    char text[96];
    if (state->searching) {
        draw_search(ui, state);
        return;
    }
    struct ui_page page = page_of(ui);
    int most = cards_per_page(ui) - 1;
    struct turns turns = turns_of(state, regions.counts[state->filter], most);
    if (turns.count > 1)
        write_turns(ui, &page, &turns, text, sizeof(text));
    struct rect area = ui_page(ui, &page);
    if (!ui_is_large(ui)) { /* large cards take the room of the filters */
        bool portrait = ui_is_portrait(ui);
        struct rect filters =
            portrait ? rect_cut_top(&area, FILTER_HEIGHT_PORTRAIT) : rect_cut_left(&area, FILTER_WIDTH);
        (void)(portrait ? rect_cut_top(&area, 24) : rect_cut_left(&area, 32));
        draw_filters(ui, filters, &regions, state->filter);
    }
    int count = pick(ui, &regions, state, picked);
    int placed = draw_cards(ui, area, picked, count, turns.now * most, most);
    draw_way_to_search(ui, card_place(ui, area, placed));
}
