#include "kiosk/ui/widget_dialog.h"

#include <stdio.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_label.h"
#include "kiosk/ui/widget_mark.h"
#include "kiosk/ui/widget_notice.h"
#include "kiosk/ui/widget_panel.h"
#include "kiosk/ui/widget_progress.h"

struct measures {
    int width, padding, mark, gap, button, note;
    enum theme_type title, line, note_type;
};

static struct measures measures_for(const struct ui *ui)
{
    if (ui->settings.desk)
        return (struct measures){
            520, 28, 40, 16, 40, 44, THEME_TYPE_DESK_TITLE, THEME_TYPE_DESK, THEME_TYPE_DESK};
    int most = ui->layout.width - 64;
    return (struct measures){
        most < 1000 ? most : 1000, 64, 232, 48, 120, 104, THEME_TYPE_H0, THEME_TYPE_BODY_L, THEME_TYPE_BODY};
}

static void add_mark(struct ui *ui, const struct widget_dialog *dialog, struct rect at)
{
    char seconds[16];
    if (!dialog->seconds_total) {
        (void)widget_mark_icon(ui, at, dialog->icon, at.w * 6 / 10, THEME_COLOR_B700, true);
        return;
    }
    snprintf(seconds, sizeof seconds, "%d", dialog->seconds_left);
    struct widget_progress_ring ring = {.id = "dialog.ring",
                                        .text = seconds,
                                        .caption = ui_word_IDLE_SECONDS,
                                        .caption_below = true,
                                        .left = dialog->seconds_left,
                                        .total = dialog->seconds_total,
                                        .amber = true};
    (void)widget_progress_ring(ui, at, &ring);
}

static void add_buttons(struct ui *ui, const struct widget_dialog *dialog, struct rect row)
{
    struct widget_button left = dialog->left, primary = dialog->primary;
    left.way_out = primary.way_out = true;
    if (!ui->settings.desk)
        left.type = primary.type = THEME_TYPE_H2;
    if (ui->settings.desk) { /* as wide as their words, at the right */
        struct rect at = rect_cut_right(&row, widget_button_width(ui, &primary));
        (void)widget_button(ui, at, &primary);
        (void)rect_cut_right(&row, 12);
        if (left.id)
            (void)widget_button(ui, rect_cut_right(&row, widget_button_width(ui, &left)), &left);
        return;
    }
    if (left.id) {
        int width = (row.w - 24) * 43 / 100, wanted = widget_button_width(ui, &left);
        width = wanted > width ? wanted : width;
        width = width > (row.w - 24) * 6 / 10 ? (row.w - 24) * 6 / 10 : width;
        (void)widget_button(ui, rect_cut_left(&row, width), &left);
        (void)rect_cut_left(&row, 24);
    }
    (void)widget_button(ui, row, &primary);
}

struct rect widget_dialog_begin(struct ui *ui, const struct widget_dialog *dialog, int content_height)
{
    struct measures m = measures_for(ui);
    bool marked = dialog->seconds_total > 0 || dialog->icon != ICON_NONE;
    int mark = dialog->seconds_total > 0 ? m.mark : ui->settings.desk ? m.mark : 128;
    if (ui->settings.desk && dialog->seconds_total > 0)
        mark = 120;
    int words = m.width - 2 * m.padding - (marked ? mark + m.gap : 0);
    int title = widget_label_height(ui, m.title, dialog->title, words);
    int line = dialog->line ? widget_label_height(ui, m.line, dialog->line, words) + m.gap / 4 : 0;
    int head = title + line > (marked ? mark : 0) ? title + line : mark;
    int note = dialog->note ? m.note + m.gap * 2 / 3 : 0,
        content = content_height ? content_height + m.gap * 2 / 3 : 0;
    int height = m.padding + head + note + content + m.gap * 2 / 3 + m.button + m.padding - 8;
    (void)widget_panel_scrim(ui, dialog->id, dialog->title);
    struct rect card = rect_center(rect_make(0, 0, ui->layout.width, ui->layout.height), m.width, height);
    (void)widget_panel(ui, card, WIDGET_PANEL_DIALOG);
    struct rect r = rect_inset(card, m.padding, m.padding);
    struct rect top = rect_cut_top(&r, head);
    if (marked) {
        struct rect at = rect_cut_left(&top, mark);
        add_mark(ui, dialog, rect_make(at.x, at.y + (head - mark) / 2, mark, mark));
        (void)rect_cut_left(&top, m.gap);
    }
    (void)rect_cut_top(&top, (head - title - line) / 2);
    (void)widget_label_text(ui, rect_cut_top(&top, title), m.title, dialog->title);
    (void)rect_cut_top(&top, m.gap / 4);
    if (dialog->line)
        (void)widget_label(
            ui, top,
            &(struct widget_label){.text = dialog->line, .type = m.line, .color = THEME_COLOR_INK700});
    (void)rect_cut_top(&r, m.gap * 2 / 3);
    if (dialog->note) {
        struct widget_notice notice = {
            .tone = WIDGET_NOTICE_INFO, .icon = ICON_HISTORY, .line = dialog->note};
        (void)widget_notice_banner(ui, rect_cut_top(&r, m.note), &notice);
        (void)rect_cut_top(&r, m.gap * 2 / 3);
    }
    struct rect own = rect_cut_top(&r, content_height);
    struct rect row = rect_make(r.x, card.y + card.h - m.padding + 8 - m.button, r.w, m.button);
    add_buttons(ui, dialog, row);
    return own;
}

void widget_dialog_end(struct ui *ui)
{
    widget_end(ui);
}

void widget_dialog(struct ui *ui, const struct widget_dialog *dialog)
{
    (void)widget_dialog_begin(ui, dialog, 0);
    widget_dialog_end(ui);
}
