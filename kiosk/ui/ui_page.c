#include "kiosk/ui/ui_page.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_group.h"

enum { BAR_ITEMS = 6, GHOST_PADDING = 24 };

static void add_top_bar(struct ui *ui, struct rect rect)
{
    char date[48] = "", time[16] = "";
    int64_t now = clock_utc_s(ui->settings.clock);
    (void)clock_format_hall(now, ui_word_TODAY, date, sizeof date);
    (void)clock_format_hall(now, "%H:%M", time, sizeof time);
    struct widget_bar_top top = {.product = ui->words.product,
                                 .subject = ui->words.subject[0] ? ui->words.subject : ui->words.hall,
                                 .receipt = ui->words.receipt,
                                 .machine = ui->words.machine,
                                 .date = date,
                                 .time = time};
    (void)widget_bar_top(ui, rect, &top);
}

/* --- the row between top bar and title
 * ---------------------------------------------------------------------- */

static void add_group_bar(struct ui *ui, struct rect rect, const struct ui_page *page)
{
    int step = page->step <= ui->step_count ? page->step : 0;
    (void)widget_group(ui, rect,
                       &(struct widget_group){.step = step,
                                              .step_name = step > 0 ? ui->steps[step - 1] : "",
                                              .name = page->group,
                                              .line = page->group_line ? page->group_line : "",
                                              .now = page->group_now,
                                              .count = page->group_count});
}

static void add_steps(struct ui *ui, struct rect rect, int step)
{
    const char *names[UI_STEPS_MAX];
    for (int i = 0; i < ui->step_count; i++)
        names[i] = ui->steps[i];
    struct widget_bar_steps steps = {.names = names, .count = ui->step_count, .now = step - 1};
    (void)widget_bar_steps(ui, rect, &steps);
}

static void add_step_row(struct ui *ui, struct rect rect, const struct ui_page *page, bool typing)
{
    if (rect_is_empty(rect))
        return;
    bool grouped = typing && page->group && !ui_is_portrait(ui),
         stepped = page->step > 0 && page->step <= ui->step_count;
    if (!grouped && !stepped)
        return;
    (void)widget_panel(ui, rect, WIDGET_PANEL_HEADER);
    if (grouped)
        add_group_bar(ui, rect, page);
    else
        add_steps(ui, rect, page->step);
}

/* --- the title
 * ---------------------------------------------------------------------------------------------- */

static void paint_step_pill(struct widget_paint *paint, const struct widget *w)
{
    widget_draw_round(paint, w->rect, w->rect.h / 2, THEME_COLOR_B700);
    widget_draw_text(paint, w->rect, THEME_TYPE_BODY_STRONG, WIDGET_CENTER, w->label, THEME_COLOR_ON_PRIMARY);
}

/* In the large themes the step bar becomes words in a pill beside the title. */
static void add_step_pill(struct ui *ui, struct rect *title, const struct ui_page *page)
{
    char text[64];
    if (page->step <= 0 || page->step > ui->step_count)
        return;
    snprintf(text, sizeof text, ui_word_STEP_OF, page->step, ui->step_count);
    int width = widget_label_width(ui, THEME_TYPE_BODY_STRONG, text) + 80;
    struct rect at = rect_cut_right(title, width);
    (void)widget_custom(ui, rect_make(at.x, at.y + 18, width, 88), "bar.step", text, paint_step_pill);
    (void)rect_cut_right(title, 24);
}

static void add_title_lines(struct ui *ui, const struct ui_page *page, struct rect title, struct rect line,
                            enum theme_type title_type, enum theme_type line_type)
{
    struct widget_label head = {.id = "page.title", .text = page->title, .type = title_type, .middle = true};
    (void)widget_label(ui, title, &head);
    if (!page->subtitle)
        return;
    struct widget_label sub = {.id = "page.subtitle",
                               .text = page->subtitle,
                               .type = line_type,
                               .color = THEME_COLOR_INK700,
                               .middle = line.h < 64,
                               .stars = true};
    (void)widget_label(ui, line, &sub);
}

static void add_title(struct ui *ui, struct rect rect, const struct ui_page *page)
{
    bool large = theme_is_large(ui->theme);
    if (ui_is_portrait(ui)) {
        (void)widget_panel(ui, rect, WIDGET_PANEL_WELL_SQUARE);
        struct rect r = rect_inset(rect, 48, 0);
        int title = theme_text(ui->theme, THEME_TYPE_H0).line_px;
        add_title_lines(ui, page, rect_make(r.x, rect.y + (large ? 30 : 56), r.w, title),
                        rect_make(r.x, rect.y + (large ? 40 : 66) + title, r.w,
                                  rect.y + rect.h - 8 - rect.y - (large ? 40 : 66) - title),
                        THEME_TYPE_H0, THEME_TYPE_BODY_L);
        return;
    }
    if (page->title_action.label) {
        struct widget_button action = page->title_action;
        int width = widget_button_width(ui, &action) - 24, height = large ? 104 : 88;
        struct rect at = rect_cut_right(&rect, width);
        (void)widget_button(ui, rect_make(at.x, at.y + (large ? 60 : 12), width, height), &action);
        (void)rect_cut_right(&rect, 32);
    }
    if (large)
        add_step_pill(ui, &rect, page);
    struct rect title = rect_make(rect.x, rect.y + (large ? 24 : 10), rect.w, large ? 78 : 55);
    struct rect line = rect_make(rect.x, rect.y + (large ? 118 : 69), rect.w, large ? 58 : 42);
    add_title_lines(ui, page, title, line, THEME_TYPE_H1, THEME_TYPE_BODY);
}

/* --- the bottom bar
 * ----------------------------------------------------------------------------------------- */

/* What stands at the left, in order; `keep` says how dear it is when there is too little room. */
struct bar_items {
    struct widget_button buttons[BAR_ITEMS];
    int keep[BAR_ITEMS];
    int count;
};

static void add_item(struct bar_items *items, const struct widget_button *button, int keep)
{
    items->buttons[items->count] = *button;
    items->keep[items->count++] = keep;
}

static struct bar_items items_for(struct ui *ui, const struct ui_page *page)
{
    const struct screen_class *top = screen_stack_top(ui->stack);
    bool large = theme_is_large(ui->theme);
    struct bar_items items = {0};
    if (top && top->back && !page->no_back)
        add_item(&items,
                 &(struct widget_button){.id = "bar.back",
                                         .label = page->back ? page->back : ui_word_BACK,
                                         .icon = ICON_ARROW_LEFT,
                                         .look = WIDGET_BUTTON_SECONDARY,
                                         .way_out = true},
                 9);
    if (!page->no_exit)
        add_item(&items,
                 &(struct widget_button){.id = "bar.exit",
                                         .label = page->exit ? page->exit : ui_word_EXIT,
                                         .icon = ICON_EXIT,
                                         .look = WIDGET_BUTTON_GHOST,
                                         .way_out = true},
                 items.count ? 2 : 8);
    if (!page->no_call)
        add_item(&items,
                 &(struct widget_button){.id = "bar.call",
                                         .label = large ? ui_word_CALL_SHORT : ui_word_CALL,
                                         .icon = ICON_HEADSET,
                                         .look = WIDGET_BUTTON_GHOST,
                                         .way_out = true}, /* where nothing else leads off, a person does */
                 7);
    add_item(&items,
             &(struct widget_button){.id = "bar.large",
                                     .label = large ? ui_word_LARGE_OFF : ui_word_LARGE,
                                     .icon = large ? ICON_NONE : ICON_LARGE_TEXT,
                                     .look = WIDGET_BUTTON_GHOST},
             5);
    bool contrast = ui->theme == THEME_CONTRAST;
    add_item(&items,
             &(struct widget_button){.id = "bar.contrast",
                                     .label = contrast ? ui_word_CONTRAST_OFF : ui_word_CONTRAST,
                                     .icon = large ? ICON_NONE : ICON_CONTRAST,
                                     .look = WIDGET_BUTTON_GHOST},
             3);
    if (ui->settings.speak) /* a button that switches nothing is not offered */
        add_item(
            &items,
            &(struct widget_button){
                .id = "bar.voice", .label = ui_word_VOICE, .icon = ICON_SPEAKER, .look = WIDGET_BUTTON_GHOST},
            1);
    return items;
}

static int item_width(struct ui *ui, const struct widget_button *button)
{
    int width = widget_button_width(ui, button);
    if (button->look == WIDGET_BUTTON_GHOST && !theme_is_large(ui->theme))
        return width - 84 + GHOST_PADDING;
    return theme_is_large(ui->theme) ? width - 24 : width;
}

static void drop_item(struct bar_items *items)
{
    int least = 0;
    for (int i = 1; i < items->count; i++)
        if (items->keep[i] < items->keep[least])
            least = i;
    for (int i = least; i + 1 < items->count; i++) {
        items->buttons[i] = items->buttons[i + 1];
        items->keep[i] = items->keep[i + 1];
    }
    items->count--;
}

static int items_width(struct ui *ui, const struct bar_items *items, int gap)
{
    int width = 0;
    for (int i = 0; i < items->count; i++)
        width += item_width(ui, &items->buttons[i]) + gap;
    return width;
}

static struct widget_button primary_of(const struct ui_page *page)
{
    struct widget_button button = page->primary;
    button.id = button.id ? button.id : "bar.next";
    return button;
}

static struct widget_button secondary_of(const struct ui_page *page)
{
    struct widget_button button = page->secondary;
    button.id = button.id ? button.id : "bar.secondary";
    if (button.look == WIDGET_BUTTON_PRIMARY)
        button.look = WIDGET_BUTTON_SECONDARY;
    return button;
}

static void add_right(struct ui *ui, struct rect *row, const struct ui_page *page)
{
    bool large = theme_is_large(ui->theme);
    if (page->primary.label) {
        struct widget_button button = primary_of(page);
        int width = widget_button_width(ui, &button), least = large ? 300 : 380;
        (void)widget_button(ui, rect_cut_right(row, width < least ? least : width), &button);
        (void)rect_cut_right(row, 16);
    }
    if (page->secondary.label) {
        struct widget_button button = secondary_of(page);
        int width = widget_button_width(ui, &button);
        (void)widget_button(ui, rect_cut_right(row, width), &button);
        (void)rect_cut_right(row, 16);
    }
    if (page->bar_text) {
        enum theme_type type = THEME_TYPE_BODY;
        int width = widget_label_width(ui, type, page->bar_text);
        struct widget_label label = {.id = "bar.text",
                                     .text = page->bar_text,
                                     .type = type,
                                     .color = THEME_COLOR_INK700,
                                     .align = WIDGET_RIGHT,
                                     .middle = true};
        (void)widget_label(ui, rect_cut_right(row, width + 8), &label);
        (void)rect_cut_right(row, 32);
    }
}

static void add_bar_landscape(struct ui *ui, struct rect bar, const struct ui_page *page)
{
    bool large = theme_is_large(ui->theme);
    int height = large ? 120 : 96, gap = large ? 20 : 32;
    struct rect row = rect_make(bar.x + 64, bar.y + (large ? 20 : 21), bar.w - 128, height);
    struct bar_items items = items_for(ui, page);
    add_right(ui, &row, page);
    while (items.count > 1 && items_width(ui, &items, gap) > row.w)
        drop_item(&items);
    for (int i = 0; i < items.count; i++) {
        const struct widget_button *button = &items.buttons[i];
        bool first_ghost = i == 0 && button->look == WIDGET_BUTTON_GHOST && !large;
        if (first_ghost) /* its words stand on the margin */
            row = rect_make(row.x - GHOST_PADDING / 2, row.y, row.w + GHOST_PADDING / 2, row.h);
        (void)widget_button(ui, rect_cut_left(&row, item_width(ui, button)), button);
        bool ends_ways_out = i + 1 < items.count && strcmp(items.buttons[i + 1].id, "bar.call") == 0;
        struct rect space = rect_cut_left(&row, gap);
        if (ends_ways_out && !large)
            (void)widget_panel_line(ui, rect_center(space, 2, 56));
    }
}

static void add_bar_portrait(struct ui *ui, struct rect bar, const struct ui_page *page)
{
    bool large = theme_is_large(ui->theme);
    struct rect inner = rect_make(bar.x + 48, bar.y + 24, bar.w - 96, bar.h - 48);
    struct rect upper = rect_cut_top(&inner, large ? 120 : 112);
    (void)rect_cut_top(&inner, large ? 20 : 16);
    struct rect lower = rect_cut_top(&inner, 88);
    struct bar_items items = items_for(ui, page);
    int first = 0;
    if (items.count > 0 && strcmp(items.buttons[0].id, "bar.back") == 0) {
        int width = widget_button_width(ui, &items.buttons[0]);
        (void)widget_button(ui, rect_cut_left(&upper, width < 260 ? 260 : width), &items.buttons[0]);
        (void)rect_cut_left(&upper, 20);
        first = 1;
    }
    if (page->secondary.label) {
        struct widget_button button = secondary_of(page);
        int width = page->primary.label ? widget_button_width(ui, &button) : upper.w;
        width = page->primary.label && width > upper.w / 2 ? upper.w / 2 : width;
        (void)widget_button(ui, rect_cut_left(&upper, width), &button);
        (void)rect_cut_left(&upper, 20);
    }
    if (page->primary.label) {
        struct widget_button button = primary_of(page);
        (void)widget_button(ui, upper, &button);
    } else if (page->bar_text && !page->secondary.label) {
        (void)widget_label(ui, upper,
                           &(struct widget_label){.id = "bar.text",
                                                  .text = page->bar_text,
                                                  .type = THEME_TYPE_BODY,
                                                  .color = THEME_COLOR_INK700,
                                                  .align = WIDGET_CENTER,
                                                  .middle = true});
    }
    while (items.count - first > 1 &&
           items_width(ui, &items, 16) - (first ? item_width(ui, &items.buttons[0]) + 16 : 0) > lower.w + 16)
        drop_item(&items);
    int count = items.count - first, words = 0, before = 0;
    for (int i = 0; i < count; i++)
        words += item_width(ui, &items.buttons[first + i]);
    for (int i = 0; i < count; i++) { /* each as wide as its words, what is left between them */
        int width = item_width(ui, &items.buttons[first + i]);
        int x = lower.x + before + (count > 1 ? (lower.w - words) * i / (count - 1) : 0);
        (void)widget_button(ui, rect_make(x, lower.y, width, lower.h), &items.buttons[first + i]);
        before += width;
    }
}

struct rect ui_page(struct ui *ui, const struct ui_page *page)
{
    struct rect free = ui_free_area(ui);
    bool typing = free.h < ui->layout.height;
    struct layout_regions r =
        layout_regions(&ui->layout, ui->theme, page->title != NULL && !typing, page->plain || typing);
    ui->voice = page->voice;
    add_top_bar(ui, r.top_bar);
    add_step_row(ui, r.step_bar, page, typing);
    if (page->title && !rect_is_empty(r.title))
        add_title(ui, r.title, page);
    if (typing) {
        r.content.h = free.y + free.h - 12 - r.content.y;
        return r.content;
    }
    (void)widget_panel(ui, r.bottom_bar, WIDGET_PANEL_BAR);
    if (ui_is_portrait(ui))
        add_bar_portrait(ui, r.bottom_bar, page);
    else
        add_bar_landscape(ui, r.bottom_bar, page);
    return r.content;
}
