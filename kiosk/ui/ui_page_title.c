#include "kiosk/ui/ui_page_title.h"

#include <stdio.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_motif.h"

static void paint_step_pill(struct widget_paint *paint, const struct widget *w)
{
    bool plain = paint->theme == THEME_CONTRAST;
    if (plain)
        widget_draw_outline(paint, w->rect, w->rect.h / 2, 3, THEME_COLOR_B700);
    else
        widget_draw_round(paint, w->rect, w->rect.h / 2, THEME_COLOR_B700);
    widget_draw_text(paint, w->rect, THEME_TYPE_BODY_BOLD, WIDGET_CENTER, w->label,
                     plain ? THEME_COLOR_B700 : THEME_COLOR_ON_PRIMARY);
}

/* In the large themes the step bar becomes words in a pill beside the title. */
static void add_step_pill(struct ui *ui, struct rect *title, const struct ui_page *page)
{
    char text[64];
    if (page->step <= 0 || page->step > ui->step_count)
        return;
    snprintf(text, sizeof text, ui_word_STEP_OF, page->step, ui->step_count);
    int width = widget_label_width(ui, THEME_TYPE_BODY_BOLD, text) + 80;
    struct rect at = rect_cut_right(title, width);
    (void)widget_custom(ui, rect_make(at.x, at.y + 17, width, 88), "bar.step", text, paint_step_pill);
    (void)rect_cut_right(title, 24);
}

/* The project stands beside the title, for the top bar has no room for it. */
static void add_subject(struct ui *ui, struct rect title, const struct ui_page *page)
{
    const char *subject = ui->words.subject;
    int from = widget_label_width(ui, THEME_TYPE_H1, page->title) + 48;
    int width = widget_label_width(ui, THEME_TYPE_BODY, subject);
    if (!subject[0] || from + width > title.w)
        return;
    (void)widget_label(ui, rect_make(title.x + from, title.y, width, title.h),
                       &(struct widget_label){.id = "page.subject",
                                              .text = subject,
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700,
                                              .middle = true});
}

/* What is heard is read along (e01). */
static void add_speaker(struct ui *ui, struct rect *line)
{
    enum { SIDE = 50, SPEAKER_GAP = 20 };
    (void)widget_mark_icon(ui, rect_cut_left(line, SIDE), ICON_SPEAKER, SIDE, THEME_COLOR_B700, false);
    (void)rect_cut_left(line, SPEAKER_GAP);
}

static void add_lines(struct ui *ui, const struct ui_page *page, struct rect title, struct rect line,
                      enum theme_type title_type, enum theme_type line_type)
{
    struct widget_label head = {.id = "page.title", .text = page->title, .type = title_type, .middle = true};
    (void)widget_label(ui, title, &head);
    if (!page->subtitle)
        return;
    char words[160];
    bool aloud = page->aloud && !ui->muted && theme_is_large(ui->theme) && !ui_is_portrait(ui);
    if (aloud)
        add_speaker(ui, &line);
    snprintf(words, sizeof words, aloud ? ui_word_READ_ALOUD : "%s", page->subtitle);
    struct widget_label sub = {.id = "page.subtitle",
                               .text = words,
                               .type = line_type,
                               .color = THEME_COLOR_INK700,
                               .middle = line.h < 64,
                               .stars = true};
    (void)widget_label(ui, line, &sub);
}

/* At the right end, so far below the top. */
static void add_action(struct ui *ui, struct rect *rect, int below, const struct widget_button *action)
{
    int width = widget_button_width(ui, action), height = theme_is_large(ui->theme) ? 104 : 88;
    struct rect at = rect_cut_right(rect, width);
    (void)widget_button(ui, rect_make(at.x, at.y + below, width, height), action);
    (void)rect_cut_right(rect, 32);
}

/* The rosette stands beside the words, never behind them: words that reach its place stand alone (p01). */
static bool leave_rosette(struct ui *ui, const struct ui_page *page, struct rect *line)
{
    enum { WORDS = 572 };
    int width = line->w < WORDS ? line->w : WORDS;
    if (theme_is_large(ui->theme) || widget_label_width(ui, THEME_TYPE_H0, page->title) > WORDS ||
        (page->subtitle && widget_label_height(ui, THEME_TYPE_BODY_L, page->subtitle, width) > line->h))
        return false;
    line->w = width;
    return true;
}

static void add_upright(struct ui *ui, struct rect rect, const struct ui_page *page)
{
    bool large = theme_is_large(ui->theme);
    struct rect r = rect_inset(rect, 48, 0);
    int height = theme_text(ui->theme, THEME_TYPE_H0).line_px, from = large ? 30 : 54;
    (void)widget_panel(ui, rect, WIDGET_PANEL_WELL_SQUARE);
    struct rect line = rect_make(r.x, rect.y + from + 15 + height, r.w, rect.h - 8 - from - 15 - height);
    struct rect action = line;
    if (page->title_action.label)
        (void)rect_cut_right(&line, widget_button_width(ui, &page->title_action) + 32);
    if (leave_rosette(ui, page, &line))
        (void)widget_motif_rosette(ui, rect_make(rect.x + 630, rect.y + 2, rect.w - 630, rect.h - 2),
                                   rect.x + 900, rect.y + 152, 260, WIDGET_MOTIF_PALE);
    if (page->title_action.label)
        add_action(ui, &action, 0, &page->title_action);
    add_lines(ui, page, rect_make(r.x, rect.y + from, r.w, height), line, THEME_TYPE_H0, THEME_TYPE_BODY_L);
}

void ui_page_title(struct ui *ui, struct rect rect, const struct ui_page *page)
{
    bool large = theme_is_large(ui->theme);
    if (ui_is_portrait(ui)) {
        add_upright(ui, rect, page);
        return;
    }
    if (page->title_action.label)
        add_action(ui, &rect, large ? 60 : 12, &page->title_action);
    if (large)
        add_step_pill(ui, &rect, page);
    struct rect title = rect_make(rect.x, rect.y + (large ? 25 : 9), rect.w, large ? 78 : 55);
    struct rect line = rect_make(rect.x, rect.y + (large ? 118 : 69), rect.w, large ? 58 : 42);
    add_lines(ui, page, title, line, THEME_TYPE_H1, THEME_TYPE_BODY);
    if (large)
        add_subject(ui, title, page);
}
