#include "kiosk/ui/ui_page.h"

#include <stdio.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_page_bar.h"
#include "kiosk/ui/ui_page_title.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_group.h"

/* In the large looks the chip says the look instead of the machine. */
static const char *chip_of(const struct ui *ui)
{
    if (ui->assist.chip[0])
        return ui->assist.chip;
    if (ui->theme == THEME_CARE)
        return ui_word_THEME_CARE;
    return ui->theme == THEME_CONTRAST ? ui_word_THEME_CONTRAST : ui->words.machine;
}

static void add_top_bar(struct ui *ui, struct rect rect)
{
    char date[48] = "", time[16] = "";
    int64_t now = clock_utc_s(ui->settings.clock);
    (void)clock_format_hall(now, ui_word_TODAY, date, sizeof date);
    (void)clock_format_hall(now, "%H:%M", time, sizeof time);
    struct widget_bar_top top = {.product = ui->words.product,
                                 .subject = ui->words.subject[0] ? ui->words.subject : ui->words.hall,
                                 .receipt = ui->words.receipt,
                                 .chip = chip_of(ui),
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
                                              .count = page->group_count,
                                              .done = page->group_done,
                                              .faulty = page->group_faulty});
}

/* What the keyboard says upright, where the group bar has no place. */
static void tell_group(struct ui *ui, const struct ui_page *page)
{
    if (page->group)
        snprintf(ui->group, sizeof ui->group, "%s·%s", page->group, page->group_line ? page->group_line : "");
}

static void add_steps(struct ui *ui, struct rect rect, const struct ui_page *page)
{
    const char *names[UI_STEPS_MAX];
    for (int i = 0; i < ui->step_count; i++)
        names[i] = ui->steps[i];
    struct widget_bar_steps steps = {.names = names,
                                     .count = ui->step_count,
                                     .now = page->step - 1,
                                     .finished = page->finished,
                                     .next = page->next};
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
        add_steps(ui, rect, page);
}

/* Without a step bar the page begins below the top bar (a17). */
static void raise_title(struct layout_regions *r)
{
    enum { RAISED = 100 };
    r->title.y -= RAISED;
    r->content.y -= RAISED;
    r->content.h += RAISED;
}

static bool is_typing(const struct ui *ui)
{
    return ui_free_area(ui).h < ui->layout.height;
}

static struct layout_regions regions_of(const struct ui *ui, const struct ui_page *page)
{
    bool typing = is_typing(ui);
    struct layout_regions r =
        layout_regions(&ui->layout, ui->theme, page->title != NULL && !typing, page->plain || typing);
    if (page->step == 0 && ui->layout.mode == LAYOUT_LANDSCAPE && !theme_is_large(ui->theme) && !typing)
        raise_title(&r);
    if (typing)
        r.content.h = ui_free_area(ui).h - 12 - r.content.y;
    return r;
}

struct rect ui_page_content(const struct ui *ui, const struct ui_page *page)
{
    return regions_of(ui, page).content;
}

struct rect ui_page(struct ui *ui, const struct ui_page *page)
{
    struct layout_regions r = regions_of(ui, page);
    bool typing = is_typing(ui);
    ui->voice = page->voice;
    tell_group(ui, page);
    ui->sound = page->sound;
    add_top_bar(ui, r.top_bar);
    add_step_row(ui, r.step_bar, page, typing);
    if (page->title && !rect_is_empty(r.title))
        ui_page_title(ui, r.title, page);
    if (!typing)
        ui_page_bar(ui, r.bottom_bar, page);
    return r.content;
}
