/* Speech: a text read aloud by a program of the machine, espeak-ng, as a WAV file in memory.
 *
 * The program is a process of its own with a deadline; text and sound pass in memory that has no name on any
 * disk. Prompts are made once when the program is built (assets/sounds); this is for texts a product brings.
 * Never for what an applicant typed: everybody in the hall hears it.
 */
#ifndef KIOSK_VOICE_SPEECH_H
#define KIOSK_VOICE_SPEECH_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/failure.h"
#include "kiosk/base/status.h"

/* The text as samples the speaker plays. Units: *count samples.
 * Returns: NOT_FOUND (no such program), TIMED_OUT (it was ended), REFUSED (it ended itself with a code other
 * than 0), MALFORMED (what it made is no sound), FULL, IO, NO_MEMORY.
 * Owns: *samples is the caller's, free() it. Thread: any. Time: at most `within_ms`; 50 ms for a page. */
enum status speech_read(const char *program, const char *text, int within_ms, int16_t **samples,
                        size_t *count, struct failure *failure);

#endif
