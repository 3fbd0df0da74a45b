#include "kiosk/ui/widget_keyboard_pad.h"

#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_words.h"
#include "kiosk/ui/widget_draw.h"

/* Base px. */
enum { NEAR = 5, INK = 9, INK_AROUND = 8, RADIUS = 16, HINT_PX = 28 };

bool widget_keyboard_pad_open(struct widget_keyboard_pad *pad, const char *model_file)
{
    struct failure failure = {0};
    if (!pad->tried) {
        pad->tried = true;
        enum status status = handwriting_open(model_file, &pad->handwriting, &failure);
        if (status != STATUS_OK)
            log_failure("keyboard", "nobody can write with a finger", status, &failure);
    }
    return pad->handwriting != NULL;
}

void widget_keyboard_pad_close(struct widget_keyboard_pad *pad)
{
    handwriting_close(pad->handwriting);
    *pad = (struct widget_keyboard_pad){0};
}

void widget_keyboard_pad_forget(struct widget_keyboard_pad *pad)
{
    pad->is_down = false;
    if (pad->handwriting)
        handwriting_forget(pad->handwriting);
}

bool widget_keyboard_pad_undo(struct widget_keyboard_pad *pad)
{
    pad->is_down = false;
    return pad->handwriting && handwriting_undo(pad->handwriting);
}

bool widget_keyboard_pad_is_written(const struct widget_keyboard_pad *pad)
{
    return pad->handwriting && handwriting_stroke_count(pad->handwriting) > 0;
}

/* --- events --------------------------------------------------------------------------------------------- */

static void begin(struct widget_keyboard_pad *pad, const struct ui_event *event)
{
    struct handwriting_point point = {event->x, event->y};
    if (pad->is_down || !handwriting_begin(pad->handwriting, NEAR, point))
        return;
    pad->is_down = true;
    pad->pointer = event->pointer;
}

bool widget_keyboard_pad_event(struct widget_keyboard_pad *pad, const struct ui_event *event)
{
    if (event->kind != UI_EVENT_DRAG || strcmp(event->id, "key.pad") != 0 || !pad->handwriting)
        return false;
    if (event->phase == UI_DRAG_BEGIN) {
        begin(pad, event);
        return true;
    }
    if (!pad->is_down || event->pointer != pad->pointer)
        return true;
    handwriting_move(pad->handwriting, (struct handwriting_point){event->x, event->y});
    if (event->phase == UI_DRAG_END) {
        handwriting_end(pad->handwriting);
        pad->is_down = false;
    }
    return true;
}

static const char *word(const void *context, size_t index)
{
    return handwriting_candidate(context, index);
}

struct widget_keyboard_words widget_keyboard_pad_words(const struct widget_keyboard_pad *pad)
{
    size_t count = pad->handwriting ? handwriting_candidate_count(pad->handwriting) : 0;
    return (struct widget_keyboard_words){
        .preedit = count > 0 ? "" : NULL, .count = count, .word = word, .context = pad->handwriting};
}

/* --- building ------------------------------------------------------------------------------------------- */

static void paint_pad(struct widget_paint *paint, const struct widget *w)
{
    struct theme_text hint = {theme_px(paint->theme, HINT_PX), THEME_WEIGHT_REGULAR, 0};
    bool is_written = w->tag != 0;
    widget_draw_round(paint, w->rect, RADIUS, THEME_COLOR_SURFACE);
    widget_draw_outline(paint, w->rect, RADIUS, theme_card_outline(paint->theme), THEME_COLOR_LINE300);
    if (!is_written)
        widget_paint_text(paint, w->rect, hint, WIDGET_CENTER, ui_word_WRITING_PAD,
                          widget_paint_color(paint, THEME_COLOR_INK400));
}

static void paint_stroke(struct widget_paint *paint, const struct widget *w)
{
    const struct handwriting_stroke *stroke = w->data;
    double scale = paint->layout->scale;
    if (paint->hide_values)
        return;
    for (size_t i = 0; i < stroke->count; i++) {
        const struct handwriting_point *from = &stroke->points[i > 0 ? i - 1 : 0], *to = &stroke->points[i];
        struct rect at =
            widget_draw_rect(paint, rect_make(from->x, from->y, to->x - from->x, to->y - from->y));
        canvas_line(paint->canvas, at.x, at.y, at.x + at.w, at.y + at.h, INK * scale,
                    widget_paint_color(paint, THEME_COLOR_INK900));
    }
}

static struct rect around(const struct handwriting_stroke *stroke)
{
    int left = stroke->points[0].x, right = left, top = stroke->points[0].y, bottom = top;
    for (size_t i = 1; i < stroke->count; i++) {
        const struct handwriting_point *point = &stroke->points[i];
        left = point->x < left ? point->x : left;
        right = point->x > right ? point->x : right;
        top = point->y < top ? point->y : top;
        bottom = point->y > bottom ? point->y : bottom;
    }
    return rect_inset(rect_make(left, top, right - left, bottom - top), -INK_AROUND, -INK_AROUND);
}

void widget_keyboard_pad_build(const struct widget_keyboard_pad *pad, struct ui *ui, struct rect rect)
{
    size_t count = pad->handwriting ? handwriting_stroke_count(pad->handwriting) : 0;
    struct widget *w = widget_custom(ui, rect, "key.pad", ui_word_WRITING_PAD, paint_pad);
    widget_make_target(ui, w, count > 0);
    widget_mix(w, count > 0);
    w->state |= WIDGET_DRAG;
    for (size_t i = 0; i < count; i++) {
        const struct handwriting_stroke *stroke = handwriting_stroke(pad->handwriting, i);
        struct widget *ink = widget_custom(ui, around(stroke), "", "", paint_stroke);
        ink->data = widget_keep_bytes(ui, ink, stroke, sizeof(*stroke));
    }
}
