#include "kiosk/screens/paper_list.h"

#include <stdio.h>

/* The form is not brought along but printed here. */
static void draw_paper(struct ui *ui, struct rect row, const struct product_paper *paper)
{
    char text[192];
    screen_format(ui, text, sizeof(text), paper->code_required ? "service.paper_printed" : "service.paper",
                  {"paper", paper->title});
    (void)widget_mark_tick(
        ui, row, &(struct widget_mark_tick){.text = text, .state = WIDGET_MARK_DONE, .plain = true});
}

void paper_list(struct ui *ui, struct rect area, const struct product_wish *wish)
{
    char title[96];
    char count[24];
    int line = screen_lines(ui, THEME_TYPE_BODY, 1);
    (void)snprintf(count, sizeof(count), "%zu", product_wish_papers(wish));
    screen_format(ui, title, sizeof(title), "service.papers", {"count", count});
    (void)widget_label(ui, rect_cut_top(&area, widget_label_height(ui, THEME_TYPE_ITEM, title, area.w) + 8),
                       &(struct widget_label){.text = title, .type = THEME_TYPE_ITEM, .middle = true});
    for (size_t i = 0; i < wish->operation->paper_count && area.h >= line; i++) {
        const struct product_paper *paper = product_operation_paper(wish->product, wish->operation, i);
        if (product_wish_needs(wish, paper->id))
            draw_paper(ui, rect_cut_top(&area, line + 8 < area.h ? line + 8 : line), paper);
    }
}
