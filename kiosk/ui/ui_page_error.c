/* Error pages: a card with what happened, what was kept and what to do, the device beside it. */
#include <stdio.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"

static void add_head(struct ui *ui, struct rect *r, const struct ui_page_error *error)
{
    int title_px = widget_label_height(ui, THEME_TYPE_H0, error->title, r->w - 145);
    int kept_px = widget_label_height(ui, THEME_TYPE_BODY_L, error->kept, r->w - 145);
    int height = title_px + kept_px > 112 ? title_px + kept_px : 112;
    struct rect head = rect_cut_top(r, height), mark = rect_cut_left(&head, 112);
    struct rect circle = rect_make(mark.x, mark.y, 112, 112);
    (void)widget_mark_icon(ui, circle, ICON_WARNING, 60, THEME_COLOR_SEAL700, true);
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
    int wanted = theme_is_large(ui->theme) ? 130 : 118;
    int height = count > 0 && r.h / count < wanted ? r.h / count : wanted;
    int both = theme_text(ui->theme, THEME_TYPE_H2).line_px + theme_text(ui->theme, THEME_TYPE_BODY).line_px;
    for (int i = 0; i < count; i++) {
        struct widget_mark_step step = {.number = i + 1,
                                        .title = error->steps[i],
                                        .line = height >= both - 8 ? error->step_lines[i] : NULL};
        (void)widget_mark_step(ui, rect_cut_top(&r, height), &step);
    }
}

static void add_device(struct ui *ui, struct rect r, const struct ui_page_error *error)
{
    (void)widget_panel(ui, rect_inset(r, 3, 3), WIDGET_PANEL_WELL);
    if (error->device_line) {
        int height = theme_text(ui->theme, THEME_TYPE_BODY).line_px;
        struct rect line = rect_cut_bottom(&r, height + (r.h > 400 ? 90 : 24));
        (void)widget_label(ui, rect_inset(rect_cut_top(&line, height), 24, 0),
                           &(struct widget_label){.id = "page.device",
                                                  .text = error->device_line,
                                                  .type = THEME_TYPE_BODY,
                                                  .color = THEME_COLOR_INK700,
                                                  .align = WIDGET_CENTER,
                                                  .middle = true});
    }
    (void)widget_device(ui, rect_inset(r, 48, 32), error->device, true, error->device_line);
}

void ui_page_error(struct ui *ui, const struct ui_page_error *error)
{
    struct ui_page page = {
        .step = error->step,
        .voice = error->voice,
        .sound = error->urgent ? UI_SOUND_URGENT : UI_SOUND_ATTENTION,
        .no_back = true,
        .plain = true,
        .no_exit = error->no_exit,
        .exit = error->exit ? error->exit : ui_word_SAVE_AND_EXIT,
        .no_call = ui_tapped(
            &(struct ui_event){.kind = UI_EVENT_TAP, .id = error->secondary.id ? error->secondary.id : ""},
            "bar.call"),
        .primary = error->primary,
        .secondary = error->secondary};
    struct rect card = ui_page(ui, &page);
    (void)widget_panel(ui, card, WIDGET_PANEL_ERROR);
    bool portrait = ui_is_portrait(ui);
    struct rect left = card;
    struct rect right = portrait
                            ? rect_cut_top(&left, 440)
                            : rect_cut_right(&left, card.w * (theme_is_large(ui->theme) ? 30 : 39) / 100);
    if (portrait)
        right = rect_make(right.x + 12, right.y, right.w - 12, right.h);
    add_device(ui, right, error);
    struct rect r = rect_inset(left, portrait ? 48 : 64, 48);
    if (error->hint || error->code) {
        add_hint(ui, rect_cut_bottom(&r, theme_is_large(ui->theme) ? 120 : 88), error);
        (void)rect_cut_bottom(&r, 24);
    }
    add_head(ui, &r, error);
    (void)rect_cut_top(&r, portrait ? 48 : theme_is_large(ui->theme) ? 16 : 56);
    add_steps(ui, r, error);
}
