#include "kiosk/ui/widget_keyboard_bar.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_draw.h"

/* Base px of the standard theme, as in a07; upright as in p02. */
enum {
    WORD_PX = 38,
    WORD_PX_UPRIGHT = 40,
    WORD_PX_LEAST = 22,
    NUMBER_PX = 24,
    PREEDIT_PX = 32,
    PREEDIT_PX_UPRIGHT = 30,
    HINT_PX = 28,
    MARGIN = 8,
    BEFORE = 26, /* from the card's edge to what is composed */
    LINE = 36,   /* what is composed, a line, the words */
    BEFORE_UPRIGHT = 23,
    LINE_UPRIGHT = 27,
    PAD = 26,
    PAD_UPRIGHT = 20,
    NUMBER_GAP = 8,
    WORD_GAP = 2,
    WORD_LEAST = 88,
    PREEDIT_LEAST = 24,
    ARROW = 96,
    ARROW_GAP = 12,
    PREEDIT_BYTES = 512,
};

struct word_data {
    char number[12];
    int number_width, px, pad;
};

/* What a page of the bar looks like. */
struct page {
    char preedit[PREEDIT_BYTES];
    struct rect preedit_rect, previous, next; /* previous: empty where there is none */
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

static int width_of(struct ui *ui, int px, enum theme_weight weight, const char *text)
{
    int window_px = layout_length(&ui->layout, px);
    return (int)(font_width(ui->settings.font, window_px, weight, text, strlen(text)) / ui->layout.scale) + 1;
}

/* Syllables with ' between them; of a long input the end, where typing happens. */
static int fit_preedit(struct ui *ui, const char *preedit, char out[PREEDIT_BYTES])
{
    bool upright = ui_is_portrait(ui);
    int px = theme_px(ui->theme, upright ? PREEDIT_PX_UPRIGHT : PREEDIT_PX), wide,
        width = upright ? 200 : 400;
    (void)text_copy(out, PREEDIT_BYTES, preedit);
    for (char *c = out; *c; c++)
        if (*c == ' ')
            *c = '\'';
    while ((wide = width_of(ui, px, THEME_WEIGHT_MEDIUM, out)) > width && out[0]) {
        const char *rest = out;
        (void)text_next(&rest);
        memmove(out, rest, strlen(rest) + 1);
    }
    return wide < PREEDIT_LEAST ? PREEDIT_LEAST : wide; /* an f alone is narrower than anything else here */
}

/* The word's box from this place on; a word wider than all there is is written smaller. */
static struct rect fit_word(struct ui *ui, struct rect words, const char *word, struct word_data *data)
{
    bool upright = ui_is_portrait(ui);
    data->px = theme_px(ui->theme, upright ? WORD_PX_UPRIGHT : WORD_PX);
    data->pad = upright ? PAD_UPRIGHT : PAD;
    data->number_width = width_of(ui, theme_px(ui->theme, NUMBER_PX), THEME_WEIGHT_REGULAR, data->number);
    int around = 2 * data->pad + data->number_width + NUMBER_GAP,
        width = width_of(ui, data->px, THEME_WEIGHT_MEDIUM, word);
    while (around + width > words.w && data->px > WORD_PX_LEAST)
        width = width_of(ui, --data->px, THEME_WEIGHT_MEDIUM, word);
    width = around + width < WORD_LEAST ? WORD_LEAST : around + width;
    return rect_make(words.x, words.y, width < words.w ? width : words.w, words.h);
}

/* The arrows at the right: both, upright the way back only where there is one. Returns: the rest. */
static struct rect lay_arrows(const struct ui *ui, struct rect r, bool first_page, struct page *page)
{
    page->next = rect_cut_right(&r, ARROW);
    (void)rect_cut_right(&r, ARROW_GAP);
    if (!first_page || !ui_is_portrait(ui)) {
        page->previous = rect_cut_right(&r, ARROW);
        (void)rect_cut_right(&r, ARROW_GAP);
    }
    return r;
}

static void lay_words(struct ui *ui, struct rect r, const struct widget_keyboard_words *words, size_t first,
                      struct page *page)
{
    for (; page->count < WIDGET_KEYBOARD_BAR_WORDS; page->count++) {
        const char *word = words->word(words->context, first + (size_t)page->count);
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

static void lay_out(const struct widget_keyboard_bar *bar, struct ui *ui, struct rect rect,
                    const struct widget_keyboard_words *words, struct page *page)
{
    memset(page, 0, sizeof *page);
    struct rect r = lay_arrows(ui, rect_inset(rect, MARGIN, MARGIN), bar->page == 0, page);
    bool upright = ui_is_portrait(ui);
    if (words->preedit[0]) {
        (void)rect_cut_left(&r, (upright ? BEFORE_UPRIGHT : BEFORE) - MARGIN);
        page->preedit_rect = rect_cut_left(&r, fit_preedit(ui, words->preedit, page->preedit));
        (void)rect_cut_left(&r, upright ? LINE_UPRIGHT : LINE);
    }
    lay_words(ui, r, words, bar->starts[bar->page], page);
}

void widget_keyboard_bar_turn(struct widget_keyboard_bar *bar, struct ui *ui, struct rect rect,
                              const struct widget_keyboard_words *words, bool back)
{
    struct page page;
    size_t first = bar->starts[bar->page];
    if (back) {
        bar->page -= bar->page > 0;
        return;
    }
    lay_out(bar, ui, rect, words, &page);
    size_t next = first + (size_t)page.count;
    if (next >= words->count || bar->page + 1 >= WIDGET_KEYBOARD_BAR_PAGES)
        return;
    bar->starts[++bar->page] = next;
}

static void paint_card(struct widget_paint *paint, const struct widget *w)
{
    widget_draw_round(paint, w->rect, 16, THEME_COLOR_SURFACE);
    widget_draw_outline(paint, w->rect, 16, theme_card_outline(paint->theme), THEME_COLOR_LINE300);
}

static void paint_preedit(struct widget_paint *paint, const struct widget *w)
{
    bool upright = paint->layout->mode == LAYOUT_PORTRAIT;
    struct theme_text text = {theme_px(paint->theme, upright ? PREEDIT_PX_UPRIGHT : PREEDIT_PX),
                              THEME_WEIGHT_MEDIUM, 0};
    int gap = upright ? LINE_UPRIGHT - 11 : LINE - 12;
    struct rect line = rect_make(w->rect.x + w->rect.w + gap, w->rect.y + 12, 2, w->rect.h - 24);
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
    struct rect r = rect_inset(w->rect, d->pad, 0);
    widget_paint_text(paint, rect_cut_left(&r, d->number_width),
                      (struct theme_text){theme_px(paint->theme, NUMBER_PX), THEME_WEIGHT_REGULAR, 0},
                      WIDGET_LEFT, d->number, widget_paint_color(paint, number));
    widget_paint_text(paint, rect_make(r.x + NUMBER_GAP, r.y, r.w - NUMBER_GAP + 2, r.h),
                      (struct theme_text){d->px, THEME_WEIGHT_MEDIUM, 0}, WIDGET_LEFT, w->label,
                      widget_paint_color(paint, word));
}

static void add_words(const struct widget_keyboard_bar *bar, struct ui *ui, const struct page *page,
                      const struct widget_keyboard_words *words)
{
    size_t first = bar->starts[bar->page];
    for (int i = 0; i < page->count; i++) {
        char id[32];
        snprintf(id, sizeof id, "candidate.%d", i + 1);
        struct widget *w =
            widget_custom(ui, page->rects[i], id, words->word(words->context, first + (size_t)i), paint_word);
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
            .id = id, .label = label, .icon = icon, .look = WIDGET_KEYPAD_QUIET, .disabled = disabled});
    w->hit = rect_inset(rect, 0, -4); /* 80 high in a bar of 96 */
}

void widget_keyboard_bar_build(const struct widget_keyboard_bar *bar, struct ui *ui, struct rect rect,
                               const struct widget_keyboard_words *words, const char *hint)
{
    struct page page;
    (void)widget_custom(ui, rect, "", "", paint_card);
    if (!words->preedit) {
        (void)widget_custom(ui, rect_inset(rect, PAD, 8), "", hint, paint_hint);
        return;
    }
    size_t first = bar->starts[bar->page];
    lay_out(bar, ui, rect, words, &page);
    if (words->preedit[0])
        (void)widget_custom(ui, page.preedit_rect, "candidate.preedit", page.preedit, paint_preedit);
    add_words(bar, ui, &page, words);
    bool upright = ui_is_portrait(ui);
    if (!rect_is_empty(page.previous))
        add_arrow(ui, page.previous, "candidate.previous", ui_word_CANDIDATES_BACK,
                  upright ? ICON_CHEVRON_UP : ICON_ARROW_LEFT, bar->page == 0);
    add_arrow(ui, page.next, "candidate.next", ui_word_CANDIDATES_ON,
              upright ? ICON_CHEVRON_DOWN : ICON_ARROW_RIGHT, first + (size_t)page.count >= words->count);
}
