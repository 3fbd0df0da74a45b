/* Keyboard pad: the place of the on-screen keyboard to write on with a finger, and what it was written on it.
 *
 * Ids: "key.pad". Knows nothing of fields: the candidates are handed to the bar, what a tap on one means is
 * widget_keyboard.c's business. Only the finger that began a stroke draws; a second one is not heard.
 */
#ifndef KIOSK_UI_WIDGET_KEYBOARD_PAD_H
#define KIOSK_UI_WIDGET_KEYBOARD_PAD_H

#include "kiosk/input/handwriting.h"
#include "kiosk/ui/ui.h"
#include "kiosk/ui/widget_keyboard_bar.h"

struct widget_keyboard_pad {
    struct handwriting *handwriting; /* NULL before it was wanted first, and without a model */
    bool tried;
    bool is_down;
    int64_t pointer; /* of the finger that is down */
};

/* The model is there when it can be. Returns: whether one can write. Time: about 6 ms the first time. */
bool widget_keyboard_pad_open(struct widget_keyboard_pad *pad, const char *model_file);
/* What was written is wiped and the model given back. */
void widget_keyboard_pad_close(struct widget_keyboard_pad *pad);
/* What was written is wiped. */
void widget_keyboard_pad_forget(struct widget_keyboard_pad *pad);
/* The last stroke is gone. Returns: false when there was none. */
bool widget_keyboard_pad_undo(struct widget_keyboard_pad *pad);
/* Whether something is written. */
bool widget_keyboard_pad_is_written(const struct widget_keyboard_pad *pad);
/* A finger drew. Returns: whether the event was the pad's. */
bool widget_keyboard_pad_event(struct widget_keyboard_pad *pad, const struct ui_event *event);
/* What there is to choose from. Owns: borrowed until the next call that changes something. */
struct widget_keyboard_words widget_keyboard_pad_words(const struct widget_keyboard_pad *pad);
/* The pad stands there with its ink. Units: base px. */
void widget_keyboard_pad_build(const struct widget_keyboard_pad *pad, struct ui *ui, struct rect rect);

#endif
