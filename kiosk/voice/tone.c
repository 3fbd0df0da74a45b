#include "kiosk/voice/tone.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "kiosk/base/check.h"

enum { SWELL_MS = 4, FADE_PERCENT = 45, HIGHEST = 26000 };

struct note {
    int hz, ms;
};

static const struct {
    int level_percent, pause_ms;
    struct note notes[TONE_NOTES]; /* hz 0 ends */
} tones[TONE_COUNT] = {
#define TONE(code, level, pause, ...) [TONE_##code] = {level, pause, {__VA_ARGS__}},
#include "kiosk/voice/tones.def"
#undef TONE
};

static size_t samples_of(int ms)
{
    return (size_t)ms * TONE_RATE_HZ / 1000;
}

static size_t step_of(enum tone tone, int note)
{
    bool last = note + 1 >= TONE_NOTES || tones[tone].notes[note + 1].hz == 0;
    return samples_of(tones[tone].notes[note].ms) + (last ? 0 : samples_of(tones[tone].pause_ms));
}

size_t tone_length(enum tone tone)
{
    size_t length = 0;
    check((unsigned)tone < TONE_COUNT);
    for (int i = 0; i < TONE_NOTES && tones[tone].notes[i].hz; i++)
        length += step_of(tone, i);
    return length;
}

/* From silence to full and back within one note. Returns: 0 to 1. */
static double envelope(size_t at, size_t length)
{
    double swell = (double)samples_of(SWELL_MS), fade = (double)length * FADE_PERCENT / 100;
    double from_end = (double)(length - 1 - at);
    double in = (double)at < swell ? (double)at / swell : 1, out = from_end < fade ? from_end / fade : 1;
    return in * out;
}

static void write_note(struct note note, double peak, int16_t *samples)
{
    size_t length = samples_of(note.ms);
    for (size_t i = 0; i < length; i++) {
        double turn = 2 * M_PI * note.hz * (double)i / TONE_RATE_HZ;
        samples[i] = (int16_t)lround(peak * envelope(i, length) * sin(turn));
    }
}

void tone_write(enum tone tone, int volume_percent, int16_t *samples)
{
    int volume = volume_percent < 0 ? 0 : volume_percent > 100 ? 100 : volume_percent;
    double peak = (double)HIGHEST * volume / 100 * tones[tone].level_percent / 100;
    memset(samples, 0, tone_length(tone) * sizeof *samples);
    for (int i = 0; i < TONE_NOTES && tones[tone].notes[i].hz; i++) {
        write_note(tones[tone].notes[i], peak, samples);
        samples += step_of(tone, i);
    }
}
