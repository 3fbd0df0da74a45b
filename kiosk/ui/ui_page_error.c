/* Error pages: a card with what happened, what was kept and what to do, the device beside it. */
#include <stdio.h>
#include <string.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"

enum { EDGE = 12, GAP = 40, PICTURE_PX = 352 };

static void add_head(struct ui *ui, struct rect *r, const struct ui_page_error *error)
{
    int title_px = widget_label_height(ui, THEME_TYPE_H0, error->title, r->w - 145);
    int kept_px = widget_label_height(ui, THEME_TYPE_BODY_L, error->kept, r->w - 145);
    int height = title_px + kept_px > 112 ? title_px + kept_px : 112;
    struct rect head = rect_cut_top(r, height), mark = rect_cut_left(&head, 112);
    struct rect circle = rect_make(mark.x, mark.y, 112, 112);
    (void)widget_mark_icon(ui, circle, ICON_WARNING, 70, THEME_COLOR_SEAL700, true);
    (void)rect_cut_left(&head, 33);
    struct rect title = rect_cut_top(&head, title_px);
    (void)widget_label(
        ui, title, &(struct widget_label){.id = "page.title", .text = error->title, .type = THEME_TYPE_H0});
    if (error->kept)
        (void)widget_label(ui, head,
                           &(struct widget_label){.id = "page.kept",
                                                  .text = error->kept,
                                                  .type = THEME_TYPE_BODY_L,
                                                  .color = THEME_COLOR_INK700});
}

static void add_hint(struct ui *ui, struct rect well, const struct ui_page_error *error)
{
    char code[64] = "";
    (void)widget_panel(ui, well, WIDGET_PANEL_SUNK);
    struct rect r = rect_inset(well, 28, 0);
    (void)widget_mark_icon(ui, rect_cut_left(&r, 36), ICON_INFO, 36, THEME_COLOR_B700, false);
    (void)rect_cut_left(&r, 18);
    if (error->code) {
        snprintf(code, sizeof code, ui_word_CODE, error->code);
        int width = widget_label_width(ui, THEME_TYPE_SMALL, code) + 4;
        (void)widget_label(ui, rect_cut_right(&r, width),
                           &(struct widget_label){.id = "page.code",
                                                  .text = code,
                                                  .type = THEME_TYPE_SMALL,
                                                  .color = THEME_COLOR_INK700,
                                                  .middle = true});
        (void)rect_cut_right(&r, 16);
    }
    if (error->hint)
        (void)widget_label(ui, r,
                           &(struct widget_label){.id = "page.hint",
                                                  .text = error->hint,
                                                  .type = THEME_TYPE_SMALL,
                                                  .color = THEME_COLOR_INK700,
                                                  .middle = true});
}

static void add_steps(struct ui *ui, struct rect r, const struct ui_page_error *error)
{
    int count = 0;
    while (count < 4 && error->steps[count])
        count++;
    r = ui_is_portrait(ui) ? r : rect_make(r.x + 5, r.y, r.w - 5, r.h);
    int wanted = ui_is_portrait(ui) ? 150 : theme_is_large(ui->theme) ? 130 : 118;
    int height = count > 0 && r.h / count < wanted ? r.h / count : wanted;
    int both = theme_text(ui->theme, THEME_TYPE_H2).line_px + theme_text(ui->theme, THEME_TYPE_BODY).line_px;
    for (int i = 0; i < count; i++) {
        struct widget_mark_step step = {.number = i + 1,
                                        .title = error->steps[i],
                                        .line = height >= both - 8 ? error->step_lines[i] : NULL};
        (void)widget_mark_step(ui, rect_cut_top(&r, height), &step);
    }
}

/* The other part of the card, tinted up to its edge, the device in its middle and where it is below. */
static void add_device(struct ui *ui, struct rect r, const struct ui_page_error *error)
{
    int line = theme_text(ui->theme, THEME_TYPE_BODY).line_px;
    struct rect part = ui_is_portrait(ui) ? rect_make(r.x + EDGE, r.y, r.w - EDGE, r.h) : r;
    (void)widget_panel(ui, part, ui_is_portrait(ui) ? WIDGET_PANEL_SIDE_TOP : WIDGET_PANEL_SIDE_RIGHT);
    int words =
        error->device_line ? widget_label_height(ui, THEME_TYPE_BODY, error->device_line, r.w - 48) : 0;
    int picture = r.h - words - 3 * GAP;
    picture = picture < PICTURE_PX ? picture : PICTURE_PX;
    struct rect middle = rect_center(r, r.w, picture + (words > 0 ? words + GAP : 0));
    middle.y += ui_is_portrait(ui) || r.h < 2 * PICTURE_PX ? 0 : line;
    (void)widget_device(ui, rect_inset(rect_cut_top(&middle, picture), 24, 0), error->device, true,
                        error->device_line);
    if (!error->device_line)
        return;
    (void)widget_label(ui, rect_inset(rect_cut_bottom(&middle, words), 24, 0),
                       &(struct widget_label){.id = "page.device",
                                              .text = error->device_line,
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_CENTER});
}

/* The bars; 呼叫工作人员 stands once, as a choice of its own where the page offers it. */
static struct rect add_bars(struct ui *ui, const struct ui_page_error *error)
{
    struct ui_page page = {.step = error->step,
                           .voice = error->voice,
                           .sound = error->urgent ? UI_SOUND_URGENT : UI_SOUND_ATTENTION,
                           .no_back = true,
                           .plain = true,
                           .no_exit = error->no_exit,
                           .exit = error->exit ? error->exit : ui_word_SAVE_AND_EXIT,
                           .no_call = error->secondary.id && strcmp(error->secondary.id, "bar.call") == 0,
                           .primary = error->primary,
                           .secondary = error->secondary};
    return ui_page(ui, &page);
}

/* What is said, beside or below the device. */
static void add_words(struct ui *ui, struct rect r, const struct ui_page_error *error)
{
    bool large = theme_is_large(ui->theme);
    (void)rect_cut_top(&r, large ? 32 : 49);
    (void)rect_cut_bottom(&r, large ? 28 : 36);
    if (error->hint || error->code) {
        add_hint(ui, rect_cut_bottom(&r, large ? 120 : 88), error);
        (void)rect_cut_bottom(&r, 24);
    }
    add_head(ui, &r, error);
    (void)rect_cut_top(&r, large ? 16 : 50);
    add_steps(ui, r, error);
}

void ui_page_error(struct ui *ui, const struct ui_page_error *error)
{
    struct rect left = add_bars(ui, error);
    bool portrait = ui_is_portrait(ui);
    (void)widget_panel(ui, left, WIDGET_PANEL_ERROR);
    struct rect right = portrait
                            ? rect_cut_top(&left, 440)
                            : rect_cut_right(&left, left.w * (theme_is_large(ui->theme) ? 300 : 391) / 1000);
    add_device(ui, right, error);
    add_words(ui, rect_inset(left, portrait ? 48 : 64, 0), error);
}
