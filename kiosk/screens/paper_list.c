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

/* How the lines stand: one below the other, beside one another where they would not all fit. */
struct paper_grid {
    struct rect area;
    size_t columns, rows; /* that fit */
};

enum { GAP = 8, COLUMN_LEAST = 360 };

static struct paper_grid grid_of(struct rect area, int line, size_t papers)
{
    struct paper_grid grid = {.area = area, .columns = 1};
    grid.rows = area.h < line ? 0 : (size_t)((area.h + GAP) / (line + GAP));
    if (papers > grid.rows && area.w >= 2 * COLUMN_LEAST)
        grid.columns = 2;
    return grid;
}

static struct rect cell_of(const struct paper_grid *grid, size_t index, int line)
{
    struct rect column =
        rect_column(grid->area, (int)(index / grid->rows), (int)grid->columns, grid->columns > 1 ? 24 : 0);
    return rect_make(column.x, column.y + (int)(index % grid->rows) * (line + GAP), column.w, line);
}

/* What does not fit is named at the scanner, one paper after another. */
static void draw_rest(struct ui *ui, struct rect row, size_t rest)
{
    char text[96], count[24];
    (void)snprintf(count, sizeof(count), "%zu", rest);
    screen_format(ui, text, sizeof(text), "service.papers_more", {"count", count});
    (void)widget_label_text(ui, row, THEME_TYPE_BODY, text);
}

static void draw_papers(struct ui *ui, struct rect area, const struct product_wish *wish, size_t papers)
{
    int line = screen_lines(ui, THEME_TYPE_BODY, 1);
    struct paper_grid grid = grid_of(area, line, papers);
    size_t cells = grid.columns * grid.rows;
    for (size_t i = 0, drawn = 0; i < wish->operation->paper_count && drawn < cells; i++) {
        const struct product_paper *paper = product_operation_paper(wish->product, wish->operation, i);
        if (!product_wish_needs(wish, paper->id))
            continue;
        struct rect cell = cell_of(&grid, drawn++, line);
        if (drawn == cells && papers > cells)
            draw_rest(ui, cell, papers - cells + 1);
        else
            draw_paper(ui, cell, paper);
    }
}

void paper_list(struct ui *ui, struct rect area, const struct product_wish *wish)
{
    char title[96], count[24];
    (void)snprintf(count, sizeof(count), "%zu", product_wish_papers(wish));
    screen_format(ui, title, sizeof(title), "service.papers", {"count", count});
    (void)widget_label(ui, rect_cut_top(&area, widget_label_height(ui, THEME_TYPE_ITEM, title, area.w) + GAP),
                       &(struct widget_label){.text = title, .type = THEME_TYPE_ITEM, .middle = true});
    draw_papers(ui, area, wish, product_wish_papers(wish));
}
