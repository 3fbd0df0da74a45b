#include "kiosk/ui/ui_page_bar.h"

#include <string.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"

enum {
    ITEMS = 6,
    GHOST_PADDING = 20, /* the toolkit's ghost buttons reach so far beyond their words */
    BUTTON_GAP = 20,
    GHOST_GAP = 16,
    DIVIDER = 2,
    TURNS_GAP = 36
};

/* What stands at the left, in order. */
struct items {
    struct widget_button buttons[ITEMS];
    enum icon icons[ITEMS]; /* instead of the words, where room is short; NONE: never */
    int count;
};

static void add_item(struct items *items, const struct widget_button *button, enum icon icon)
{
    items->buttons[items->count] = *button;
    items->icons[items->count++] = icon;
}

static void add_ways_out(struct ui *ui, struct items *items, const struct ui_page *page)
{
    const struct screen_class *top = screen_stack_top(ui->stack);
    const char *back = theme_is_large(ui->theme) ? ui_word_BACK_SHORT : ui_word_BACK;
    if (top && top->back && !page->no_back)
        add_item(items,
                 &(struct widget_button){.id = "bar.back",
                                         .label = page->back ? page->back : back,
                                         .icon = ICON_ARROW_LEFT,
                                         .look = ui->theme == THEME_CONTRAST ? WIDGET_BUTTON_NEUTRAL
                                                                             : WIDGET_BUTTON_SECONDARY,
                                         .way_out = true},
                 ICON_NONE);
    ui->exit_asks = !page->no_exit && !page->exit;
    if (!page->no_exit)
        add_item(items,
                 &(struct widget_button){.id = "bar.exit",
                                         .label = page->exit ? page->exit : ui_word_EXIT,
                                         .icon = ICON_EXIT,
                                         .look = WIDGET_BUTTON_GHOST,
                                         .way_out = true},
                 ICON_NONE);
}

static void add_call(struct ui *ui, struct items *items, const struct ui_page *page)
{
    if (!page->no_call)
        add_item(
            items,
            &(struct widget_button){.id = "bar.call",
                                    .label = theme_is_large(ui->theme) ? ui_word_CALL_SHORT : ui_word_CALL,
                                    .icon = ICON_HEADSET,
                                    .look = WIDGET_BUTTON_GHOST,
                                    .way_out = true}, /* where nothing else leads off, a person does */
            ICON_HEADSET);
}

/* 大字版 leads to the large look, which offers 高对比 beside the way back; 高对比 leads straight back. */
static void add_looks(struct ui *ui, struct items *items)
{
    bool large = theme_is_large(ui->theme), contrast = ui->theme == THEME_CONTRAST;
    if (!contrast)
        add_item(items,
                 &(struct widget_button){.id = "bar.large",
                                         .label = large ? ui_word_LARGE_OFF : ui_word_LARGE,
                                         .icon = large ? ICON_NONE : ICON_LARGE_TEXT,
                                         .look = WIDGET_BUTTON_GHOST},
                 ICON_LARGE_TEXT);
    if (large)
        add_item(items,
                 &(struct widget_button){.id = "bar.contrast",
                                         .label = contrast ? ui_word_CONTRAST_OFF : ui_word_CONTRAST,
                                         .icon = contrast ? ICON_CONTRAST : ICON_NONE,
                                         .look = WIDGET_BUTTON_GHOST},
                 ICON_CONTRAST);
}

static void add_voice(struct ui *ui, struct items *items)
{
    enum icon icon = ui->muted ? ICON_SPEAKER_OFF : ICON_SPEAKER;
    add_item(items,
             &(struct widget_button){.id = "bar.voice",
                                     .label = ui->muted ? ui_word_VOICE_OFF : ui_word_VOICE,
                                     .icon = ui->theme == THEME_CARE ? ICON_NONE : icon,
                                     .look = WIDGET_BUTTON_GHOST},
             icon);
}

static struct items items_for(struct ui *ui, const struct ui_page *page)
{
    struct items items = {0};
    add_ways_out(ui, &items, page);
    add_call(ui, &items, page);
    add_looks(ui, &items);
    add_voice(ui, &items);
    return items;
}

static int find_item(const struct items *items, const char *id)
{
    for (int i = 0; i < items->count; i++)
        if (strcmp(items->buttons[i].id, id) == 0)
            return i;
    return -1;
}

static void remove_item(struct items *items, int index)
{
    for (int i = index; i + 1 < items->count; i++) {
        items->buttons[i] = items->buttons[i + 1];
        items->icons[i] = items->icons[i + 1];
    }
    items->count--;
}

static bool is_way_out(const char *id)
{
    return strcmp(id, "bar.back") == 0 || strcmp(id, "bar.exit") == 0;
}

static bool is_ghost(const struct ui *ui, const struct widget_button *button)
{
    return button->look == WIDGET_BUTTON_GHOST && !theme_is_large(ui->theme);
}

/* The ways out are set off from the rest by a line. */
static bool divides(const struct ui *ui, const struct items *items, int index)
{
    if (theme_is_large(ui->theme) || index + 1 >= items->count)
        return false;
    return is_way_out(items->buttons[index].id) && !is_way_out(items->buttons[index + 1].id);
}

/* Between an item and the next. */
static int gap_after(const struct ui *ui, const struct items *items, int index)
{
    bool ghost = is_ghost(ui, &items->buttons[index]);
    if (theme_is_large(ui->theme) || index + 1 >= items->count)
        return BUTTON_GAP;
    if (divides(ui, items, index))
        return (ghost ? 24 : 20) + DIVIDER + 22;
    return ghost ? GHOST_GAP : BUTTON_GAP;
}

static int items_width(struct ui *ui, const struct items *items)
{
    int width = 0;
    for (int i = 0; i < items->count; i++)
        width += widget_button_width(ui, &items->buttons[i]) + (i ? gap_after(ui, items, i - 1) : 0);
    return width;
}

static void make_icon(struct items *items, const char *id)
{
    int at = find_item(items, id);
    if (at < 0)
        return;
    items->buttons[at].icon = items->icons[at];
    items->buttons[at].icon_only = true;
}

/* With a way back, 退出办理 is the first to go; then the switches become icons, then all draw together, and
 * only then help stands without its words. */
static void fit(struct ui *ui, struct items *items, int room)
{
    static const char *const switches[] = {"bar.voice", "bar.contrast", "bar.large"};
    int exit = find_item(items, "bar.exit");
    if (items_width(ui, items) > room && exit > 0)
        remove_item(items, exit);
    for (size_t i = 0; i < sizeof switches / sizeof switches[0] && items_width(ui, items) > room; i++)
        make_icon(items, switches[i]);
    for (int i = 0; i < items->count && items_width(ui, items) > room; i++)
        items->buttons[i].type = THEME_TYPE_ITEM;
    if (items_width(ui, items) > room)
        make_icon(items, "bar.call");
}

/* --- the way on -------------------------------------------------------------------------------------- */

static struct widget_button primary_of(struct ui *ui, const struct ui_page *page)
{
    struct widget_button button = page->primary;
    button.id = button.id ? button.id : "bar.next";
    ui->way_on = widget_key(button.id);
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

static void add_words(struct ui *ui, struct rect rect, const char *text, enum widget_align align)
{
    (void)widget_label(ui, rect,
                       &(struct widget_label){.id = "bar.text",
                                              .text = text,
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700,
                                              .align = align,
                                              .middle = true});
}

/* Icon, number and words, as wide as they are, from the right end of the row. */
static void add_bar_text(struct ui *ui, struct rect *row, const struct ui_page *page)
{
    enum { ICON_SIDE = 36, ICON_GAP = 12, NUMBER_GAP = 2 };
    int width = widget_label_width(ui, THEME_TYPE_BODY, page->bar_text);
    add_words(ui, rect_cut_right(row, width + 4), page->bar_text, WIDGET_RIGHT);
    if (page->bar_number) {
        (void)rect_cut_right(row, NUMBER_GAP);
        (void)widget_label(ui,
                           rect_cut_right(row, widget_label_width(ui, THEME_TYPE_H2, page->bar_number) + 1),
                           &(struct widget_label){.id = "bar.number",
                                                  .text = page->bar_number,
                                                  .type = THEME_TYPE_H2,
                                                  .color = THEME_COLOR_B700,
                                                  .middle = true});
    }
    if (page->bar_icon) {
        (void)rect_cut_right(row, ICON_GAP);
        (void)widget_mark_icon(ui, rect_cut_right(row, ICON_SIDE), page->bar_icon, ICON_SIDE,
                               THEME_COLOR_B700, false);
    }
    (void)rect_cut_right(row, 32);
}

static int turns_width(struct ui *ui, const struct ui_page *page)
{
    return widget_label_width(ui, THEME_TYPE_ITEM, page->turns);
}

static void add_turns_words(struct ui *ui, struct rect rect, const struct ui_page *page)
{
    (void)widget_label(ui, rect,
                       &(struct widget_label){.id = "bar.text",
                                              .text = page->turns,
                                              .type = THEME_TYPE_ITEM,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
}

/* Back a page, which of how many, on a page (a02). */
static void add_turns(struct ui *ui, struct rect *row, const struct ui_page *page)
{
    struct widget_button next = primary_of(ui, page), previous = secondary_of(page);
    (void)widget_button(ui, rect_cut_right(row, widget_button_width(ui, &next)), &next);
    add_turns_words(ui, rect_cut_right(row, turns_width(ui, page) + 2 * TURNS_GAP), page);
    (void)widget_button(ui, rect_cut_right(row, widget_button_width(ui, &previous)), &previous);
    (void)rect_cut_right(row, BUTTON_GAP);
}

static void add_right(struct ui *ui, struct rect *row, const struct ui_page *page)
{
    bool large = theme_is_large(ui->theme);
    if (page->turns) {
        add_turns(ui, row, page);
        return;
    }
    if (page->primary.label) {
        struct widget_button button = primary_of(ui, page);
        int width = widget_button_width(ui, &button), least = large ? 360 : 380;
        (void)widget_button(ui, rect_cut_right(row, width < least ? least : width), &button);
        (void)rect_cut_right(row, large ? 20 : 16);
    }
    if (page->secondary.label) {
        struct widget_button button = secondary_of(page);
        (void)widget_button(ui, rect_cut_right(row, widget_button_width(ui, &button)), &button);
        (void)rect_cut_right(row, large ? 20 : 16);
    }
    if (page->bar_text)
        add_bar_text(ui, row, page);
}

static void add_landscape(struct ui *ui, struct rect bar, const struct ui_page *page)
{
    bool large = theme_is_large(ui->theme);
    struct rect row = rect_make(bar.x + 64, bar.y + (large ? 22 : 21), bar.w - 128, large ? 120 : 96);
    struct items items = items_for(ui, page);
    add_right(ui, &row, page);
    fit(ui, &items, row.w);
    if (items.count && is_ghost(ui, &items.buttons[0])) /* its words stand on the margin */
        row = rect_make(row.x - GHOST_PADDING, row.y, row.w + GHOST_PADDING, row.h);
    for (int i = 0; i < items.count; i++) {
        const struct widget_button *button = &items.buttons[i];
        (void)widget_button(ui, rect_cut_left(&row, widget_button_width(ui, button)), button);
        struct rect gap = rect_cut_left(&row, gap_after(ui, &items, i));
        if (divides(ui, &items, i))
            (void)widget_panel_line(ui, rect_make(gap.x + (is_ghost(ui, button) ? 24 : 20),
                                                  gap.y + (gap.h - 56) / 2, DIVIDER, 56));
    }
}

/* --- upright ----------------------------------------------------------------------------------------- */

/* As large as the title of a card, where that fits; the large looks have sizes of their own. */
static enum theme_type upright_type(struct ui *ui, struct widget_button button, int room)
{
    if (theme_is_large(ui->theme))
        return button.type;
    button.type = THEME_TYPE_H2;
    return widget_button_width(ui, &button) <= room ? THEME_TYPE_H2 : THEME_TYPE_BODY_L_STRONG;
}

static void add_upper_button(struct ui *ui, struct rect rect, struct widget_button button)
{
    button.type = upright_type(ui, button, rect.w);
    (void)widget_button(ui, rect, &button);
}

/* Where room is short the words go first: both buttons say by themselves whether there is a page. */
static void add_upper_turns(struct ui *ui, struct rect row, const struct ui_page *page)
{
    struct widget_button next = primary_of(ui, page), previous = secondary_of(page);
    int words = turns_width(ui, page) + 2 * BUTTON_GAP;
    (void)widget_button(ui, rect_cut_left(&row, widget_button_width(ui, &previous)), &previous);
    if (row.w - words >= widget_button_width(ui, &next))
        add_turns_words(ui, rect_cut_left(&row, words), page);
    else
        (void)rect_cut_left(&row, BUTTON_GAP);
    add_upper_button(ui, row, next);
}

static void add_upper(struct ui *ui, struct rect row, struct items *items, const struct ui_page *page)
{
    int back = find_item(items, "bar.back");
    if (back >= 0) {
        struct widget_button button = items->buttons[back];
        button.type = upright_type(ui, button, row.w);
        int width = widget_button_width(ui, &button);
        add_upper_button(ui, rect_cut_left(&row, width < 260 ? 260 : width), button);
        (void)rect_cut_left(&row, BUTTON_GAP);
        remove_item(items, back);
    }
    if (page->turns) {
        add_upper_turns(ui, row, page);
        return;
    }
    if (page->secondary.label) {
        struct widget_button button = secondary_of(page);
        int width = page->primary.label ? widget_button_width(ui, &button) : row.w;
        width = page->primary.label && width > row.w / 2 ? row.w / 2 : width;
        (void)widget_button(ui, rect_cut_left(&row, width), &button);
        (void)rect_cut_left(&row, BUTTON_GAP);
    }
    if (page->primary.label)
        add_upper_button(ui, row, primary_of(ui, page));
    else if (page->bar_text && !page->secondary.label)
        add_words(ui, row, page->bar_text, WIDGET_CENTER);
}

/* Each as wide as its words, what is left between them. */
static void add_lower(struct ui *ui, struct rect row, struct items *items)
{
    int words = 0, before = 0;
    if (!theme_is_large(ui->theme)) /* the words stand on the margins */
        row = rect_inset(row, -GHOST_PADDING, 0);
    for (int i = 0; i < items->count; i++)
        items->buttons[i].type = THEME_TYPE_ITEM;
    fit(ui, items, row.w);
    for (int i = 0; i < items->count; i++)
        words += widget_button_width(ui, &items->buttons[i]);
    for (int i = 0; i < items->count; i++) {
        int width = widget_button_width(ui, &items->buttons[i]);
        int x = row.x + before + (items->count > 1 ? (row.w - words) * i / (items->count - 1) : 0);
        (void)widget_button(ui, rect_make(x, row.y, width, row.h), &items->buttons[i]);
        before += width;
    }
}

static void add_portrait(struct ui *ui, struct rect bar, const struct ui_page *page)
{
    bool large = theme_is_large(ui->theme);
    struct rect inner = rect_make(bar.x + 48, bar.y + (large ? 24 : 26), bar.w - 96, bar.h - 48);
    struct items items = items_for(ui, page);
    add_upper(ui, rect_cut_top(&inner, large ? 120 : 112), &items, page);
    (void)rect_cut_top(&inner, large ? 20 : 17);
    add_lower(ui, rect_cut_top(&inner, 88), &items);
}

void ui_page_bar(struct ui *ui, struct rect bar, const struct ui_page *page)
{
    (void)widget_panel(ui, bar, WIDGET_PANEL_BAR);
    if (ui_is_portrait(ui))
        add_portrait(ui, bar, page);
    else
        add_landscape(ui, bar, page);
}
