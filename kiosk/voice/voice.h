/* Voice: signals, spoken prompts and texts read aloud, on a thread of its own, so that a page never waits for
 * a loudspeaker.
 *
 * A prompt is a WAV file named after its page, in one folder; a hall puts its own recordings there. No file
 * and no loudspeaker are normal states: nothing is heard, nothing is said about it but one line in the log.
 * A text of a product, its agreement, is read by the program named in the settings. Prompts and texts are
 * fixed; names, numbers and codes are never spoken. Pitfall: a page may change ten times a
 * second; a new prompt ends the one before, and ticks give way to words.
 */
#ifndef KIOSK_VOICE_VOICE_H
#define KIOSK_VOICE_VOICE_H

#include <stdbool.h>

#include "kiosk/base/status.h"
#include "kiosk/voice/tone.h"

struct voice_settings {
    const char *clips;  /* folder of <key>.wav; copied */
    const char *reader; /* program that reads texts aloud (speech.h), "" for none; copied */
    int volume_percent; /* 0 to 100; 0 is silence, and no loudspeaker is opened */
};

struct voice;

/* The thread runs; the loudspeaker is opened when something is to be heard first.
 * Returns: NO_MEMORY. Owns: the caller closes it. Thread: one thread for all calls. Time: never waits. */
enum status voice_open(const struct voice_settings *settings, struct voice **out);
/* What is still to be heard is dropped; NULL is allowed. Time: as long as the loudspeaker is being opened. */
void voice_close(struct voice *voice);
/* The tone is heard soon; NULL is allowed. Time: never waits. */
void voice_play(struct voice *voice, enum tone tone);
/* The prompt of this key is heard instead of the one before; NULL is allowed. Time: never waits. */
void voice_speak(struct voice *voice, const char *key);
/* The text is read aloud instead of what was said before; NULL is allowed. Owns: the text is copied. Time:
 * never waits. */
void voice_read(struct voice *voice, const char *text);
/* Nothing more of a prompt is heard; NULL is allowed. Time: never waits. */
void voice_hush(struct voice *voice);
/* Whether there was no loudspeaker when it was wanted last. Thread: any. */
bool voice_is_silent(const struct voice *voice);

#endif
