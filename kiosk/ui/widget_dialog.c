#include "kiosk/ui/widget_dialog.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_draw.h"
#include "kiosk/ui/widget_label.h"
#include "kiosk/ui/widget_mark.h"
#include "kiosk/ui/widget_notice.h"
#include "kiosk/ui/widget_panel.h"
#include "kiosk/ui/widget_progress.h"

/* Lengths of a dialog; `words` stand between text, note and buttons. */
struct measures {
    int width, padding, bottom, mark, mark_gap, title_gap, note_gap, button_gap, button, note;
    enum theme_type title, line;
};

static struct measures measures_for(const struct ui *ui, const struct widget_dialog *dialog)
{
    if (ui->settings.desk)
        return (struct measures){.width = 520,
                                 .padding = 28,
                                 .bottom = 20,
                                 .mark = dialog->seconds_total > 0 ? 120 : 40,
                                 .mark_gap = 16,
                                 .title_gap = 4,
                                 .note_gap = 10,
                                 .button_gap = 10,
                                 .button = 40,
                                 .note = 44,
                                 .title = THEME_TYPE_DESK_TITLE,
                                 .line = THEME_TYPE_DESK};
    int most = ui->layout.width - 64;
    return (struct measures){.width = most < 1000 ? most : 1000,
                             .padding = 64,
                             .bottom = 56,
                             .mark = dialog->seconds_total > 0 ? 232 : 128,
                             .mark_gap = 48,
                             .title_gap = 12,
                             .note_gap = 40,
                             .button_gap = 32,
                             .button = 120,
                             .note = 104,
                             .title = THEME_TYPE_H0,
                             .line = THEME_TYPE_QUESTION};
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
    (void)widget_progress_ring(ui, ui->settings.desk ? at : rect_inset(at, 6, 6), &ring);
}

static void add_buttons(struct ui *ui, const struct widget_dialog *dialog, struct rect row)
{
    struct widget_button left = dialog->left, primary = dialog->primary;
    left.way_out = primary.way_out = true;
    if (!ui->settings.desk) {
        left.type = THEME_TYPE_H2;
        primary.type = THEME_TYPE_H2_LARGE;
    }
    if (ui->settings.desk) { /* as wide as their words, at the right */
        struct rect at = rect_cut_right(&row, widget_button_width(ui, &primary));
        (void)widget_button(ui, at, &primary);
        (void)rect_cut_right(&row, 12);
        if (left.id)
            (void)widget_button(ui, rect_cut_right(&row, widget_button_width(ui, &left)), &left);
        return;
    }
    if (left.id) {
        int width = (row.w - 24) * 87 / 200, wanted = widget_button_width(ui, &left);
        width = wanted > width ? wanted : width;
        width = width > (row.w - 24) * 6 / 10 ? (row.w - 24) * 6 / 10 : width;
        (void)widget_button(ui, rect_cut_left(&row, width), &left);
        (void)rect_cut_left(&row, 24);
    }
    (void)widget_button(ui, row, &primary);
}

/* Heights of what stands in a dialog, each with the gap before it; 0 for what is not there. */
struct heights {
    int words, title, line, head, note, content;
};

static struct widget_notice notice_of(const char *note)
{
    return (struct widget_notice){.tone = WIDGET_NOTICE_INFO, .icon = ICON_HISTORY, .line = note};
}

/* A note that does not fit one line is a notice of as many as it needs. */
static bool is_long_note(struct ui *ui, const struct measures *m, const char *note)
{
    enum { AROUND = 130 };
    int room = m->width - 2 * m->padding;
    return ui->settings.desk || widget_label_width(ui, THEME_TYPE_ITEM, note) + AROUND > room;
}

static int note_height(struct ui *ui, const struct measures *m, const char *note)
{
    struct widget_notice notice = notice_of(note);
    int needed = ui->settings.desk || !is_long_note(ui, m, note)
                     ? 0
                     : widget_notice_height(ui, &notice, m->width - 2 * m->padding);
    return needed > m->note ? needed : m->note;
}

static struct heights heights_for(struct ui *ui, const struct measures *m, const struct widget_dialog *dialog,
                                  int content_height)
{
    bool marked = dialog->seconds_total > 0 || dialog->icon != ICON_NONE;
    struct heights h = {.words = m->width - 2 * m->padding - (marked ? m->mark + m->mark_gap : 0)};
    h.title = widget_label_height(ui, m->title, dialog->title, h.words);
    h.line = dialog->line ? widget_label_height(ui, m->line, dialog->line, h.words) + m->title_gap : 0;
    h.head = h.title + h.line > (marked ? m->mark : 0) ? h.title + h.line : m->mark;
    h.note = dialog->note ? m->note_gap + note_height(ui, m, dialog->note) : 0;
    h.content = content_height ? m->button_gap + content_height : 0;
    return h;
}

static void add_head(struct ui *ui, const struct measures *m, const struct heights *h,
                     const struct widget_dialog *dialog, struct rect head)
{
    if (dialog->seconds_total > 0 || dialog->icon != ICON_NONE) {
        struct rect at = rect_cut_left(&head, m->mark);
        add_mark(ui, dialog, rect_make(at.x, at.y + (h->head - m->mark) / 2, m->mark, m->mark));
        (void)rect_cut_left(&head, m->mark_gap);
    }
    /* Beside a mark the words stand a little above the middle, for their last line has no descender. */
    int above = (h->head - h->title - h->line) / 2;
    (void)rect_cut_top(&head, above > 4 ? above - 4 : above);
    (void)widget_label_text(ui, rect_cut_top(&head, h->title), m->title, dialog->title);
    (void)rect_cut_top(&head, m->title_gap);
    if (dialog->line)
        (void)widget_label(
            ui, head,
            &(struct widget_label){.text = dialog->line, .type = m->line, .color = THEME_COLOR_INK700});
}

/* Words between spaces that hold a digit are numbers and stand out. */
static void paint_numbers(struct widget_paint *paint, struct rect r, const char *words)
{
    char word[UI_TEXT_BYTES];
    for (const char *at = words; *at;) {
        size_t length = strcspn(at, " ") + (at[strcspn(at, " ")] == ' ');
        (void)snprintf(word, sizeof word, "%.*s", (int)length, at);
        bool is_number = length > 8 && strpbrk(word, "0123456789") != NULL;
        enum theme_type type = is_number ? THEME_TYPE_ITEM : THEME_TYPE_READING;
        int width = widget_draw_width(paint, type, word);
        widget_draw_text(paint, rect_cut_left(&r, width), type, WIDGET_LEFT, word, THEME_COLOR_INK900);
        at += length;
    }
}

static void paint_note(struct widget_paint *paint, const struct widget *w)
{
    struct rect r = rect_inset(w->rect, 34, 0);
    widget_draw_round(paint, w->rect, 16, THEME_COLOR_B50);
    if (paint->theme == THEME_CONTRAST)
        widget_draw_outline(paint, w->rect, 16, 3, THEME_COLOR_LINE200);
    widget_draw_icon(paint, rect_cut_left(&r, 40), ICON_HISTORY, 44, THEME_COLOR_B700);
    (void)rect_cut_left(&r, 22);
    paint_numbers(paint, r, w->label);
}

/* By the dialog's own id: the idle warning may stand over another one. */
static void add_note(struct ui *ui, const struct measures *m, const struct widget_dialog *dialog,
                     struct rect *rest)
{
    char id[UI_ID_BYTES];
    const char *note = dialog->note;
    if (!note)
        return;
    (void)snprintf(id, sizeof id, "%s.note", dialog->id);
    (void)rect_cut_top(rest, m->note_gap);
    struct rect at = rect_cut_top(rest, note_height(ui, m, note));
    struct widget_notice notice = notice_of(note);
    if (is_long_note(ui, m, note))
        (void)widget_notice_banner(ui, at, &notice);
    else
        (void)widget_custom(ui, at, id, note, paint_note);
}

struct rect widget_dialog_begin(struct ui *ui, const struct widget_dialog *dialog, int content_height)
{
    struct measures m = measures_for(ui, dialog);
    struct heights h = heights_for(ui, &m, dialog, content_height);
    int height = m.padding + h.head + h.note + h.content + m.button_gap + m.button + m.bottom;
    (void)widget_panel_scrim(ui, dialog->id, dialog->title);
    struct rect card = rect_center(rect_make(0, 0, ui->layout.width, ui->layout.height), m.width, height);
    (void)widget_panel(ui, card, WIDGET_PANEL_DIALOG);
    struct rect rest = rect_inset(card, m.padding, m.padding);
    add_head(ui, &m, &h, dialog, rect_cut_top(&rest, h.head));
    add_note(ui, &m, dialog, &rest);
    (void)rect_cut_top(&rest, m.button_gap);
    add_buttons(ui, dialog, rect_make(rest.x, card.y + card.h - m.bottom - m.button, rest.w, m.button));
    return rect_cut_top(&rest, content_height);
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
