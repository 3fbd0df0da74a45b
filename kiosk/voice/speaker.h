/* Speaker: the machine's loudspeaker, through SDL's audio part.
 *
 * It takes samples of one channel at TONE_RATE_HZ and plays them behind each other; nobody waits for the end.
 * A machine without one is normal: opening then says LOST and everything else stays silent. Pitfall: opening
 * may take seconds where a sound server is asked; only the voice's own thread does it.
 */
#ifndef KIOSK_VOICE_SPEAKER_H
#define KIOSK_VOICE_SPEAKER_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/failure.h"
#include "kiosk/base/status.h"

struct speaker;

/* The loudspeaker can play. Returns: LOST when there is none, NO_MEMORY.
 * Owns: the caller closes it. Thread: one thread for all calls. Time: up to seconds. */
enum status speaker_open(struct speaker **out, struct failure *failure);
/* It is silent and given back; NULL is allowed. */
void speaker_close(struct speaker *speaker);
/* The samples follow what still plays. Returns: LOST. */
enum status speaker_play(struct speaker *speaker, const int16_t *samples, size_t count);
/* What still plays stops. */
void speaker_stop(struct speaker *speaker);
/* How much is still to be played. Units: samples. */
size_t speaker_left(const struct speaker *speaker);
/* A WAV file as samples the speaker plays. Units: *count samples.
 * Returns: NOT_FOUND, MALFORMED, FULL (over ten minutes), NO_MEMORY. Owns: *samples is the caller's, free()
 * it.
 */
enum status speaker_read_wav(const char *path, int16_t **samples, size_t *count, struct failure *failure);

#endif
