/* Ui sound: which signal belongs to what happens, and the switch 语音 that silences a visit.
 *
 * The toolkit makes no sound; it hands the signal's name to the program. Every activation ticks alike, keys
 * of the PIN pad too. A page names its signal and is heard once, however often it is built. Pitfall: URGENT
 * is heard with 语音 off as well, for somebody is about to lose a Key.
 */
#ifndef KIOSK_UI_UI_SOUND_H
#define KIOSK_UI_UI_SOUND_H

#include <stdbool.h>
#include <stdint.h>

struct ui;

enum ui_sound {
    UI_SOUND_NONE, /* handed to the program: what is being said stops */
    UI_SOUND_KEY,
    UI_SOUND_SUCCESS,
    UI_SOUND_ATTENTION,
    UI_SOUND_URGENT, /* a Key pulled out, something left behind */
};

/* The signal is heard now, unless 语音 is off. */
void ui_sound(struct ui *ui, enum ui_sound sound);
/* Whether 语音 is off in this visit. */
bool ui_is_muted(const struct ui *ui);
/* 语音 is switched on or off until the end of the visit; switched on, the page is spoken. */
void ui_mute(struct ui *ui, bool muted);

/* The text is read aloud, with 语音 off as well, for somebody asked for it; NULL: no more of it. The page's
 * prompt is not repeated into it. */
void ui_read_aloud(struct ui *ui, const char *text);

/* Inside kiosk/ui: the page just built is heard: its signal and its prompt, each once. */
void ui_sound_page(struct ui *ui);
/* Inside kiosk/ui: who did not touch anything for 20 s hears the page's prompt once more. */
void ui_sound_tick(struct ui *ui);
/* Inside kiosk/ui: when that is due. Units: monotonic ms, INT64_MAX for never. */
int64_t ui_sound_deadline_ms(const struct ui *ui);
/* Inside kiosk/ui: the next page is heard even if it names the same, and the visit's switch stays. */
void ui_sound_begin(struct ui *ui);

#endif
