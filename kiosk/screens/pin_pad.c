#include "kiosk/screens/pin_pad.h"

#include <string.h>

/* Fisher-Yates: who watches the hand cannot tell the digits, and nobody meets the same pad twice. */
static void shuffle(const struct random *random, uint8_t order[PIN_PAD_DIGITS])
{
    for (uint8_t i = 0; i < PIN_PAD_DIGITS; i++)
        order[i] = i;
    for (uint32_t i = PIN_PAD_DIGITS - 1; i > 0; i--) {
        uint32_t other = random_below(random, i + 1);
        uint8_t kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
}

void pin_pad_open(struct pin_pad *pad, const struct random *random)
{
    *pad = (struct pin_pad){0};
    shuffle(random, pad->order);
}

static void type(struct secret *pin, size_t max, char character)
{
    if (pin->length < max && pin->length < SECRET_BYTES)
        pin->bytes[pin->length++] = (uint8_t)character;
}

static void erase(struct secret *pin)
{
    if (pin->length > 0)
        pin->bytes[--pin->length] = 0;
}

bool pin_pad_event(struct pin_pad *pad, const struct ui_event *event, struct secret *pin, size_t max)
{
    if (ui_tapped(event, "pad.backspace"))
        erase(pin);
    else if (ui_tapped(event, "pad.extra"))
        pad->has_letters = !pad->has_letters;
    else if (ui_tapped(event, "pad.shift"))
        pad->is_capital = !pad->is_capital;
    else if (ui_tapped_prefix(event, "pad."))
        type(pin, max, (char)(event->tag < PIN_PAD_DIGITS ? '0' + event->tag : event->tag));
    else
        return false;
    return true;
}

/* --- drawing ----------------------------------------------------------------------------------------- */

/* Ten letters beside each other need the width; digits are content with less. */
struct rect pin_pad_cut(const struct ui *ui, struct rect *area, const struct pin_pad *pad)
{
    if (ui_is_portrait(ui)) {
        struct rect below = rect_cut_bottom(area, ui_is_large(ui) ? 432 : 500);
        (void)rect_cut_bottom(area, 24);
        return below;
    }
    struct rect beside = rect_cut_right(area, pad->has_letters ? 980 : 680);
    (void)rect_cut_right(area, 32);
    return beside;
}

static void draw_letters(struct ui *ui, struct rect area, const struct pin_pad *pad)
{
    static const char *const rows[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};
    for (int r = 0; r < 3; r++) {
        struct rect row = rect_row(area, r, 4, 10);
        int count = (int)strlen(rows[r]);
        for (int i = 0; i < count; i++) {
            char letter = (char)(pad->is_capital ? rows[r][i] - 'a' + 'A' : rows[r][i]);
            char id[] = {'p', 'a', 'd', '.', letter, 0};
            char label[] = {letter, 0};
            struct rect at = rect_column(row, i, (int)strlen(rows[0]), 8);
            at.x += r * at.w / 2; /* as on every keyboard */
            (void)widget_keypad_key(
                ui, at, &(struct widget_keypad_key){.id = id, .label = label, .secret = true, .tag = letter});
        }
    }
    struct rect row = rect_row(area, 3, 4, 10);
    (void)widget_keypad_key(ui, rect_column(row, 0, 3, 8),
                            &(struct widget_keypad_key){.id = "pad.shift",
                                                        .label = screen_text(ui, "pin.shift"),
                                                        .look = WIDGET_KEYPAD_FUNCTION,
                                                        .selected = pad->is_capital});
    (void)widget_keypad_key(
        ui, rect_column(row, 1, 3, 8),
        &(struct widget_keypad_key){.id = "pad.extra", .label = "123", .look = WIDGET_KEYPAD_FUNCTION});
    (void)widget_keypad_key(ui, rect_column(row, 2, 3, 8),
                            &(struct widget_keypad_key){.id = "pad.backspace",
                                                        .label = screen_text(ui, "pin.backspace"),
                                                        .icon = ICON_BACKSPACE,
                                                        .look = WIDGET_KEYPAD_FUNCTION,
                                                        .repeat = true});
}

void pin_pad_draw(struct ui *ui, struct rect area, const struct pin_pad *pad, bool letters)
{
    if (pad->has_letters)
        draw_letters(ui, area, pad);
    else
        widget_keypad(ui, area,
                      &(struct widget_keypad){
                          .id = "pad", .extra = letters ? "ABC" : NULL, .order = pad->order, .secret = true});
}

void pin_pad_hint(struct ui *ui, struct rect pad)
{
    if (ui_is_large(ui) || ui_is_portrait(ui))
        return;
    const char *hint = screen_text(ui, "pin.hint");
    struct rect line = rect_make(64, pad.y - 92, ui_layout(ui)->width - 128, 50);
    int width = widget_label_width(ui, THEME_TYPE_SMALL, hint);
    (void)widget_label(ui, rect_cut_right(&line, width + 2),
                       &(struct widget_label){.text = hint,
                                              .type = THEME_TYPE_SMALL,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_RIGHT,
                                              .middle = true});
    (void)rect_cut_right(&line, 16);
    (void)widget_mark_icon(ui, rect_cut_right(&line, 34), ICON_HAND, 34, THEME_COLOR_INK700, false);
}
