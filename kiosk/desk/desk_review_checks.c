/* What was checked by itself on the page in the viewer: two columns, as far as this paper is asked for it. */
#include <stdio.h>
#include <string.h>

#include "kiosk/desk/desk_review.h"

enum {
    EDGE = 8,
    HEAD = 24,
    ROW = 30,
    ROW_LOW = 23,
    ROWS_ROOMY = 3, /* more stand closer together */
    APART = 28,
    SIGN = 20,
    SIGN_GAP = 6
};

/* A check that no rule made counts where the paper is asked for it: only the form has the hall's code, and
 * not every paper is stamped or signed. */
static bool is_listed(const struct ui *ui, const struct service_page *page, size_t index)
{
    const struct product_paper *paper = product_find_paper(desk_review_product(ui), page->paper);
    const char *name = page->checks[index].name;
    if (page->checks[index].verdict != SERVICE_CHECK_NOT_COMPUTED)
        return true;
    if (paper == NULL) /* the applicant's own */
        return strcmp(name, "code") != 0;
    return strcmp(name, "code") == 0        ? paper->code_required
           : strcmp(name, "seal") == 0      ? paper->stamped
           : strcmp(name, "signature") == 0 ? paper->signed_by_hand
                                            : true;
}

static size_t rows_of(const struct ui *ui, const struct service_page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < page->check_count; i++)
        count += is_listed(ui, page, i);
    return (count + 1) / 2;
}

/* The rows of the page that has most, so that nothing moves when pages are turned. */
static size_t rows_most(const struct ui *ui)
{
    const struct service_case *what = desk_review_case(ui);
    size_t most = 1;
    for (size_t i = 0; i < what->page_count; i++) {
        size_t rows = rows_of(ui, &what->pages[i]);
        most = rows > most ? rows : most;
    }
    return most;
}

static int row_height(size_t rows)
{
    return rows > ROWS_ROOMY ? ROW_LOW : ROW;
}

int desk_review_checks_height(const struct ui *ui)
{
    size_t rows = rows_most(ui);
    return 2 * EDGE + HEAD + (int)rows * row_height(rows);
}

/* A tick only for what was computed and found good; what was not computed says 未检 and has a dash. */
static void draw_check(struct ui *ui, struct rect cell, const struct service_page *page, size_t index)
{
    enum service_check verdict = page->checks[index].verdict;
    bool bad = verdict == SERVICE_CHECK_BAD, open = verdict == SERVICE_CHECK_NOT_COMPUTED;
    char id[64];
    char key[96];
    char text[192];
    (void)snprintf(id, sizeof(id), "check.%s", page->checks[index].name);
    (void)snprintf(key, sizeof(key), "%s.%s", bad ? "page.reason" : "page.check",
                   bad ? page->checks[index].reason : page->checks[index].name);
    const char *word = desk_text(ui, open  ? "desk.review.unchecked"
                                     : bad ? "desk.check.bad"
                                           : "desk.check.good");
    (void)widget_mark_icon(ui, rect_cut_left(&cell, SIGN),
                           open  ? ICON_MINUS
                           : bad ? ICON_WARNING
                                 : ICON_CHECK,
                           18,
                           open  ? THEME_COLOR_LINE500
                           : bad ? THEME_COLOR_AMBER800
                                 : THEME_COLOR_JADE600,
                           false);
    (void)rect_cut_left(&cell, SIGN_GAP);
    int width = widget_label_width(ui, THEME_TYPE_DESK_TABLE, word) + 4;
    (void)widget_label(ui, rect_cut_right(&cell, width),
                       &(struct widget_label){.text = word,
                                              .type = THEME_TYPE_DESK_TABLE,
                                              .color = bad ? THEME_COLOR_AMBER800 : THEME_COLOR_INK700,
                                              .align = WIDGET_RIGHT,
                                              .middle = true});
    widget_label_fit(ui, THEME_TYPE_DESK_TABLE, desk_text(ui, key), cell.w - 4, text, sizeof(text));
    (void)widget_label(
        ui, cell,
        &(struct widget_label){.id = id, .text = text, .type = THEME_TYPE_DESK_TABLE, .middle = true});
}

static void draw_none(struct ui *ui, struct rect row)
{
    (void)widget_label(ui, row,
                       &(struct widget_label){.text = desk_text(ui, "desk.review.unchecked"),
                                              .type = THEME_TYPE_DESK_TABLE,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
}

void desk_review_checks_draw(const struct desk_review_state *state, struct ui *ui, struct rect area)
{
    const struct service_page *page = &desk_review_case(ui)->pages[state->shown.page];
    int height = row_height(rows_most(ui)), shown = 0;
    (void)widget_panel_line(ui, rect_make(area.x + 1, area.y, area.w - 2, 1));
    struct rect r = rect_inset(area, 16, EDGE);
    (void)widget_label(ui, rect_cut_top(&r, HEAD),
                       &(struct widget_label){.text = desk_text(ui, "desk.review.checks"),
                                              .type = THEME_TYPE_DESK_STRONG,
                                              .middle = true});
    if (rows_of(ui, page) == 0)
        draw_none(ui, rect_cut_top(&r, height));
    for (size_t i = 0; i < page->check_count; i++) {
        if (!is_listed(ui, page, i))
            continue;
        struct rect row = rect_make(r.x, r.y + shown / 2 * height, r.w, height);
        draw_check(ui, rect_column(row, shown % 2, 2, APART), page, i);
        shown++;
    }
}
