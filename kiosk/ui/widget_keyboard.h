/* Keyboard: the on-screen keyboard below a form, as an overlay of the toolkit.
 *
 * It opens by the kind of the field that has the focus: pinyin with a candidate bar for Chinese, letters,
 * capitals with digits for credit codes, pads of digits for numbers. 收起 takes the focus away, 下一项 sends
 * UI_EVENT_NEXT. Ids: "key.a" … "key.z", "key.0" … "key.9", the functions of keyboard_functions.def,
 * the pad of 手写 "key.pad", "bar.call", "candidate.1" … "candidate.9", "candidate.previous",
 * "candidate.next". It learns nothing: what was typed is gone with the focus, and for certain at `forget`.
 * Pitfall: without the pinyin data (assets/rime/build, made when the program is built) Chinese fields open
 * with letters, without the model (assets/handwriting.model) nobody can write with a finger; the log says so
 * once.
 */
#ifndef KIOSK_UI_WIDGET_KEYBOARD_H
#define KIOSK_UI_WIDGET_KEYBOARD_H

#include "kiosk/ui/ui.h"

struct widget_keyboard;

/* A closed keyboard. Pinyin data are read from "<assets_path>/rime/build" and the surnames from
 * "<assets_path>/rime/surnames.txt" when a Chinese field has the focus for the first time. Returns:
 * never NULL. Owns: the caller frees it after the ui no longer uses it; the path is copied. */
struct widget_keyboard *widget_keyboard_new(const char *assets_path);
/* What was typed is wiped and the keyboard gone; NULL is allowed. */
void widget_keyboard_free(struct widget_keyboard *keyboard);
/* For ui_set_overlay. Owns: the keyboard's. */
const struct ui_overlay *widget_keyboard_overlay(struct widget_keyboard *keyboard);

#endif
