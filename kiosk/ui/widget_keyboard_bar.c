#include "kiosk/ui/widget_keyboard_bar.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_draw.h"

/* Base px of the standard theme. */
enum {
    WORD_PX = 38,
    WORD_PX_LEAST = 22,
    NUMBER_PX = 24,
    PREEDIT_PX = 32,
    HINT_PX = 28,
    PAD = 24,
    NUMBER_GAP = 10,
    WORD_GAP = 4,
    WORD_LEAST = 88,
    WORD_HEIGHT = 80,
    ARROW = 96,
};

struct word_data {
    char number[12];
    int number_width, px;
};

/* What a page of the bar looks like. */
struct page {
    char preedit[PINYIN_TEXT_BYTES];
    struct rect preedit_rect, line, words, previous, next;
    struct rect rects[WIDGET_KEYBOARD_BAR_WORDS];
    struct word_data data[WIDGET_KEYBOARD_BAR_WORDS];
    int count;
};

void widget_keyboard_bar_reset(struct widget_keyboard_bar *bar)
{
    memset(bar, 0, sizeof *bar);
}

size_t widget_keyboard_bar_index(const struct widget_keyboard_bar *bar, int number)
{
    return bar->starts[bar->page] + (size_t)(number > 0 ? number - 1 : 0);
}

static int width_of(struct ui *ui, int px, const char *text)
{
    int window_px = layout_length(&ui->layout, px);
    return (int)(font_width(ui->settings.font, window_px, THEME_WEIGHT_MEDIUM, text, strlen(text)) /
                 ui->layout.scale) +
           2;
}

/* Syllables with ' between them; of a long input the end, where typing happens. */
static int fit_preedit(struct ui *ui, const char *preedit, int width, char out[PINYIN_TEXT_BYTES])
{
    int px = theme_px(ui->theme, PREEDIT_PX), wide;
    (void)text_copy(out, PINYIN_TEXT_BYTES, preedit);
    for (char *c = out; *c; c++)
        if (*c == ' ')
            *c = '\'';
    while ((wide = width_of(ui, px, out)) > width && out[0]) {
        const char *rest = out;
        (void)text_next(&rest);
        memmove(out, rest, strlen(rest) + 1);
    }
    return wide;
}

/* The word's box from this place on; a word wider than all there is is written smaller. */
static struct rect fit_word(struct ui *ui, struct rect words, const char *word, struct word_data *data)
{
    data->px = theme_px(ui->theme, WORD_PX);
    data->number_width = width_of(ui, theme_px(ui->theme, NUMBER_PX), data->number);
    int around = 2 * PAD + data->number_width + NUMBER_GAP, width = width_of(ui, data->px, word);
    while (around + width > words.w && data->px > WORD_PX_LEAST)
        width = width_of(ui, --data->px, word);
    width = around + width < WORD_LEAST ? WORD_LEAST : around + width;
    return rect_make(words.x, words.y, width < words.w ? width : words.w, words.h);
}

static void lay_out(struct ui *ui, struct rect rect, const struct pinyin *pinyin, size_t first,
                    struct page *page)
{
    struct rect r = rect_inset(rect, 8, (rect.h - WORD_HEIGHT) / 2);
    bool upright = ui_is_portrait(ui);
    memset(page, 0, sizeof *page);
    page->next = rect_cut_right(&r, ARROW);
    (void)rect_cut_right(&r, 10);
    page->previous = rect_cut_right(&r, ARROW);
    (void)rect_cut_right(&r, 10);
    (void)rect_cut_left(&r, PAD - 8);
    int wide = fit_preedit(ui, pinyin_preedit(pinyin), upright ? 200 : 400, page->preedit);
    page->preedit_rect = rect_cut_left(&r, wide);
    page->line = rect_cut_left(&r, PAD);
    page->words = r;
    for (; page->count < WIDGET_KEYBOARD_BAR_WORDS; page->count++) {
        const char *word = pinyin_candidate(pinyin, first + (size_t)page->count);
        struct word_data *data = &page->data[page->count];
        snprintf(data->number, sizeof data->number, "%d", page->count + 1);
        struct rect whole = page->count == 0 ? r : rect_make(0, r.y, 100000, r.h);
        struct rect box = fit_word(ui, whole, word, data);
        if (!word[0] || box.w > r.w)
            break;
        page->rects[page->count] = rect_make(r.x, r.y, box.w, r.h);
        (void)rect_cut_left(&r, box.w + WORD_GAP);
    }
}

void widget_keyboard_bar_turn(struct widget_keyboard_bar *bar, struct ui *ui, struct rect rect,
                              const struct pinyin *pinyin, bool back)
{
    struct page page;
    size_t first = bar->starts[bar->page];
    if (back) {
        bar->page -= bar->page > 0;
        return;
    }
    lay_out(ui, rect, pinyin, first, &page);
    size_t next = first + (size_t)page.count;
    if (next >= pinyin_candidate_count(pinyin) || bar->page + 1 >= WIDGET_KEYBOARD_BAR_PAGES)
        return;
    bar->starts[++bar->page] = next;
}

static void paint_card(struct widget_paint *paint, const struct widget *w)
{
    widget_draw_round(paint, w->rect, 16, THEME_COLOR_SURFACE);
    widget_draw_outline(paint, w->rect, 16, theme_card_outline(paint->theme), THEME_COLOR_LINE200);
}

static void paint_preedit(struct widget_paint *paint, const struct widget *w)
{
    struct theme_text text = {theme_px(paint->theme, PREEDIT_PX), THEME_WEIGHT_MEDIUM, 0};
    struct rect line = rect_make(w->rect.x + w->rect.w + PAD / 2 - 1, w->rect.y + 8, 2, w->rect.h - 16);
    widget_paint_text(paint, w->rect, text, WIDGET_LEFT, w->label,
                      widget_paint_color(paint, THEME_COLOR_B700));
    widget_draw_fill(paint, line, THEME_COLOR_LINE200);
}

static void paint_hint(struct widget_paint *paint, const struct widget *w)
{
    struct theme_text text = {theme_px(paint->theme, HINT_PX), THEME_WEIGHT_REGULAR, 0};
    widget_paint_text(paint, w->rect, text, WIDGET_LEFT, w->label,
                      widget_paint_color(paint, THEME_COLOR_INK400));
}

static void paint_word(struct widget_paint *paint, const struct widget *w)
{
    const struct word_data *d = w->data;
    bool pressed = (w->state & WIDGET_PRESSED) != 0, chosen = (w->state & WIDGET_SELECTED) != 0;
    if (pressed || chosen)
        widget_draw_round(paint, w->rect, 12, pressed ? THEME_COLOR_PRESSED : THEME_COLOR_B700);
    enum theme_color word = pressed || chosen ? THEME_COLOR_ON_PRIMARY : THEME_COLOR_INK900;
    enum theme_color number = pressed || chosen ? THEME_COLOR_ON_PRIMARY : THEME_COLOR_INK500;
    struct rect r = rect_inset(w->rect, PAD - 4, 0);
    int text = r.w - d->number_width - NUMBER_GAP;
    widget_paint_text(paint, rect_cut_left(&r, d->number_width),
                      (struct theme_text){theme_px(paint->theme, NUMBER_PX), THEME_WEIGHT_REGULAR, 0},
                      WIDGET_LEFT, d->number, widget_paint_color(paint, number));
    widget_paint_text(paint, rect_make(r.x + NUMBER_GAP, r.y, text, r.h),
                      (struct theme_text){d->px, THEME_WEIGHT_MEDIUM, 0}, WIDGET_LEFT, w->label,
                      widget_paint_color(paint, word));
}

static void add_words(const struct widget_keyboard_bar *bar, struct ui *ui, const struct page *page,
                      const struct pinyin *pinyin)
{
    size_t first = bar->starts[bar->page];
    for (int i = 0; i < page->count; i++) {
        char id[32];
        snprintf(id, sizeof id, "candidate.%d", i + 1);
        struct widget *w =
            widget_custom(ui, page->rects[i], id, pinyin_candidate(pinyin, first + (size_t)i), paint_word);
        w->data = widget_keep_bytes(ui, w, &page->data[i], sizeof page->data[i]);
        widget_make_target(ui, w, i + 1);
        w->state |= i == 0 ? WIDGET_SELECTED : 0u;
    }
}

static void add_arrow(struct ui *ui, struct rect rect, const char *id, const char *label, enum icon icon,
                      bool disabled)
{
    struct widget *w = widget_keypad_key(
        ui, rect,
        &(struct widget_keypad_key){
            .id = id, .label = label, .icon = icon, .look = WIDGET_KEYPAD_FUNCTION, .disabled = disabled});
    w->hit = rect_inset(rect, 0, -4); /* 80 high in a bar of 96 */
}

void widget_keyboard_bar_build(const struct widget_keyboard_bar *bar, struct ui *ui, struct rect rect,
                               const struct pinyin *pinyin, const char *hint)
{
    struct page page;
    (void)widget_custom(ui, rect, "", "", paint_card);
    if (!pinyin_is_composing(pinyin)) {
        (void)widget_custom(ui, rect_inset(rect, PAD, 8), "", hint, paint_hint);
        return;
    }
    size_t first = bar->starts[bar->page];
    lay_out(ui, rect, pinyin, first, &page);
    (void)widget_custom(ui, page.preedit_rect, "candidate.preedit", page.preedit, paint_preedit);
    add_words(bar, ui, &page, pinyin);
    add_arrow(ui, page.previous, "candidate.previous", "前面的字", ICON_ARROW_LEFT, bar->page == 0);
    add_arrow(ui, page.next, "candidate.next", "更多的字", ICON_ARROW_RIGHT,
              first + (size_t)page.count >= pinyin_candidate_count(pinyin));
}
