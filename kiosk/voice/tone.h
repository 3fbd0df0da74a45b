/* Tone: the four signals of the kiosk as samples, computed from a list of notes. Pure.
 *
 * Sine waves that swell and fade, so that no loudspeaker clicks; one channel of signed 16 bits. Pitfall: a
 * key's tone is the same for every key, on the PIN pad too, or one could hear what is typed.
 */
#ifndef KIOSK_VOICE_TONE_H
#define KIOSK_VOICE_TONE_H

#include <stddef.h>
#include <stdint.h>

enum { TONE_RATE_HZ = 22050, TONE_NOTES = 3 };

enum tone {
#define TONE(code, level, pause_ms, ...) TONE_##code,
#include "kiosk/voice/tones.def"
#undef TONE
    TONE_COUNT
};

/* The length of a tone. Units: samples. */
size_t tone_length(enum tone tone);
/* The tone stands in `samples`, which hold tone_length. Units: volume 0 to 100. */
void tone_write(enum tone tone, int volume_percent, int16_t *samples);

#endif
