/* Product: which system the certificate is for; one card for each product of the catalogue (a02). */
#include <stdio.h>

#include "kiosk/screens/screen_list.h"

enum { CARDS_PER_PAGE = 6 };

struct screen_product_state {
    int page;
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
    if (ui_tapped_prefix(event, "product."))
        choose(ui, event->tag);
    else if (ui_tapped(event, "pages.previous") && state->page > 0)
        state->page--;
    else if (ui_tapped(event, "pages.next"))
        state->page++;
    else if (ui_tapped(event, "bar.back") || ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

static void draw_card(struct ui *ui, struct rect rect, size_t index)
{
    const struct product *product = screen_program(ui)->catalogue->products[index];
    char id[96];
    char line[192];
    (void)snprintf(id, sizeof(id), "product.%s", product->id);
    (void)snprintf(line, sizeof(line), "%s · %s · %s", product->region, product->platform,
                   product->authority_name);
    (void)widget_choice(
        ui, rect,
        &(struct widget_choice){
            .id = id, .name = product->name, .line = line, .icon = ICON_SHIELD_KEY, .tag = (int64_t)index});
}

void screen_product_draw(void *memory, struct ui *ui)
{
    struct screen_product_state *state = memory;
    struct ui_page page = screen_page(ui, SCREEN_PRODUCT);
    page.subtitle = screen_text(ui, "product.subtitle");
    page.step = 1;
    struct rect area = ui_page(ui, &page);
    size_t count = screen_program(ui)->catalogue->count;
    int pages = (int)((count + CARDS_PER_PAGE - 1) / CARDS_PER_PAGE);
    if (pages > 1)
        widget_list_pages(ui, rect_cut_bottom(&area, 96), "pages", state->page, pages);
    int columns = ui_is_portrait(ui) ? 1 : 2;
    int rows = CARDS_PER_PAGE / columns;
    for (int i = 0; i < CARDS_PER_PAGE; i++) {
        size_t index = (size_t)(state->page * CARDS_PER_PAGE + i);
        struct rect row = rect_row(area, i / columns, rows, 20);
        row.h = row.h > 180 ? 180 : row.h;
        if (index < count)
            draw_card(ui, rect_column(row, i % columns, columns, 32), index);
    }
}
