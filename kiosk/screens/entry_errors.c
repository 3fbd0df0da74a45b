#include "kiosk/screens/entry_errors.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"

enum {
    AROUND = 600,
    LISTED_MOST = 16,
    ROW_GAP = 12,
    SIGN = 36,
    SIGN_GAP = 14,
    NAME_GAP = 24,
    NAME_BYTES = 192
};

/* The first sentence says what is wrong; how to mend it stands at the field. */
static void first_sentence(const char *message, char out[ENTRY_MESSAGE_BYTES])
{
    (void)text_copy(out, ENTRY_MESSAGE_BYTES, message);
    char *stop = strstr(out, "。");
    if (stop != NULL)
        *stop = 0;
}

/* The label, after its group's where another field has the same. */
static void write_name(const struct form *form, size_t index, char out[NAME_BYTES])
{
    const struct form_block *block = form_find_block(form, form->fields[index].block);
    if (form_label_is_unique(form, index) || block == NULL)
        (void)text_copy(out, NAME_BYTES, form->fields[index].label);
    else
        (void)snprintf(out, NAME_BYTES, "%s·%s", block->label, form->fields[index].label);
}

/* Red is for what is wrong; what is still empty is only said. */
static void draw_row(struct ui *ui, struct rect row, const char *name, const char *message, bool is_wrong)
{
    char line[ENTRY_MESSAGE_BYTES];
    (void)widget_mark_icon(ui, rect_cut_left(&row, SIGN), is_wrong ? ICON_WARNING : ICON_EDIT, SIGN,
                           is_wrong ? THEME_COLOR_SEAL600 : THEME_COLOR_B700, false);
    (void)rect_cut_left(&row, SIGN_GAP);
    struct rect at = rect_cut_left(&row, widget_label_width(ui, THEME_TYPE_SMALL_STRONG, name) + 1);
    (void)widget_label(ui, at,
                       &(struct widget_label){.text = name, .type = THEME_TYPE_SMALL_STRONG, .middle = true});
    (void)rect_cut_left(&row, NAME_GAP);
    first_sentence(message, line);
    screen_fit(ui, THEME_TYPE_SMALL, row.w, line, sizeof(line)); /* a clerk's reason may be of any length */
    (void)widget_label(ui, row,
                       &(struct widget_label){.text = line,
                                              .type = THEME_TYPE_SMALL,
                                              .color = is_wrong ? THEME_COLOR_SEAL700 : THEME_COLOR_INK700,
                                              .middle = true});
}

static void draw_more(struct ui *ui, struct rect row, size_t more)
{
    char count[24], text[64];
    (void)snprintf(count, sizeof(count), "%zu", more);
    screen_format(ui, text, sizeof(text), "form.errors.more", {"count", count});
    (void)widget_label(
        ui, row,
        &(struct widget_label){
            .text = text, .type = THEME_TYPE_SMALL, .color = THEME_COLOR_INK700, .middle = true});
}

/* As many as the canvas leaves room for beside title, note and button. */
static size_t rows_for(const struct ui *ui, size_t faulty)
{
    int row = screen_lines(ui, THEME_TYPE_SMALL, 1) + ROW_GAP;
    int rows = (ui_layout(ui)->height - AROUND) / row;
    size_t most = rows < LISTED_MOST ? (size_t)rows : LISTED_MOST;
    return faulty < most ? faulty : most;
}

static void draw_list(struct ui *ui, struct rect list, const struct entry *entry, size_t faulty)
{
    const struct form *form = entry_form(ui);
    int row = screen_lines(ui, THEME_TYPE_SMALL, 1);
    size_t rows = rows_for(ui, faulty), shown = rows < faulty ? rows - 1 : faulty, drawn = 0;
    char name[NAME_BYTES];
    for (size_t i = 0; i < form->field_count && drawn < shown; i++) {
        if (!entry->fields[i].faulty)
            continue;
        write_name(form, i, name);
        draw_row(ui, rect_cut_top(&list, row), name, entry->fields[i].message,
                 !entry_is_missing(entry, ui, i));
        (void)rect_cut_top(&list, ROW_GAP);
        drawn++;
    }
    if (shown < faulty)
        draw_more(ui, rect_cut_top(&list, row), faulty - shown);
}

/* What is empty and what is wrong are counted apart. */
static void write_title(const struct ui *ui, size_t missing, size_t wrong, char *out, size_t size)
{
    char empty[24], count[24];
    (void)snprintf(empty, sizeof(empty), "%zu", missing);
    (void)snprintf(count, sizeof(count), "%zu", wrong);
    screen_format(ui, out, size,
                  missing == 0 ? "form.errors.title"
                  : wrong == 0 ? "form.errors.missing"
                               : "form.errors.both",
                  {"count", count}, {"missing", empty});
}

void entry_errors_draw(struct ui *ui, const struct entry *entry)
{
    const struct form *form = entry_form(ui);
    char title[96];
    size_t faulty = 0, missing = 0;
    for (size_t i = 0; i < form->field_count; i++) {
        faulty += entry->fields[i].faulty;
        missing += entry->fields[i].faulty && entry_is_missing(entry, ui, i);
    }
    write_title(ui, missing, faulty - missing, title, sizeof(title));
    int rows = (int)rows_for(ui, faulty);
    int height = rows * screen_lines(ui, THEME_TYPE_SMALL, 1) + (rows - 1) * ROW_GAP;
    struct rect list = widget_dialog_begin(
        ui,
        &(struct widget_dialog){
            .id = "errors",
            .title = title,
            .note = screen_says(ui, PRODUCT_MESSAGE_FORM_FAULTY,
                                faulty == missing ? "form.errors.kept_missing" : "form.errors.kept"),
            .primary = {.id = "errors.mend",
                        .label =
                            screen_text(ui, faulty == missing ? "form.errors.fill" : "form.errors.mend")}},
        height);
    draw_list(ui, list, entry, faulty);
    widget_dialog_end(ui);
}
