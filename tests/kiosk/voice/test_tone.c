/* Tones: their length, their notes, their levels, and that no loudspeaker clicks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "kiosk/voice/tone.h"

enum { LONGEST = 2 * TONE_RATE_HZ };

static int16_t samples[LONGEST];

static size_t samples_of(int ms)
{
    return (size_t)ms * TONE_RATE_HZ / 1000;
}

static int loudest(size_t from, size_t to)
{
    int most = 0;
    for (size_t i = from; i < to; i++)
        most = abs(samples[i]) > most ? abs(samples[i]) : most;
    return most;
}

/* The frequency heard in a stretch, from where the wave rises through zero. */
static int hertz(size_t from, size_t to)
{
    size_t first = 0, last = 0;
    int waves = -1;
    for (size_t i = from + 1; i < to; i++)
        if (samples[i - 1] < 0 && samples[i] >= 0) {
            first = waves < 0 ? i : first;
            last = i;
            waves++;
        }
    return waves > 0 ? (int)((double)waves * TONE_RATE_HZ / (double)(last - first) + 0.5) : 0;
}

static void test_tone__lengths_are_those_of_the_notes(void **state)
{
    (void)state;
    assert_int_equal(tone_length(TONE_KEY), samples_of(18));
    assert_int_equal(tone_length(TONE_SUCCESS), samples_of(120) + samples_of(200));
    assert_int_equal(tone_length(TONE_ATTENTION), samples_of(280));
    assert_int_equal(tone_length(TONE_URGENT), 3 * samples_of(240) + 2 * samples_of(90));
    for (int tone = 0; tone < TONE_COUNT; tone++)
        assert_true(tone_length((enum tone)tone) < LONGEST);
}

static void test_tone__success_goes_up_and_attention_is_low(void **state)
{
    (void)state;
    tone_write(TONE_SUCCESS, 100, samples);
    int low = hertz(samples_of(10), samples_of(110)), high = hertz(samples_of(130), samples_of(300));
    assert_in_range(low, 650, 668);
    assert_in_range(high, 870, 890);
    tone_write(TONE_ATTENTION, 100, samples);
    assert_in_range(hertz(samples_of(10), samples_of(260)), 288, 300);
}

static void test_tone__urgent_is_three_low_notes_with_silence_between(void **state)
{
    (void)state;
    tone_write(TONE_URGENT, 100, samples);
    for (int note = 0; note < 3; note++) {
        size_t from = (size_t)note * (samples_of(240) + samples_of(90));
        assert_in_range(hertz(from + samples_of(10), from + samples_of(220)), 256, 268);
        if (note < 2)
            assert_int_equal(loudest(from + samples_of(241), from + samples_of(325)), 0);
    }
}

static void test_tone__levels_follow_the_volume_and_never_clip(void **state)
{
    (void)state;
    int last = 0;
    for (int volume = 0; volume <= 100; volume += 25) {
        tone_write(TONE_URGENT, volume, samples);
        int now = loudest(0, tone_length(TONE_URGENT));
        assert_true(volume == 0 ? now == 0 : now > last);
        last = now;
    }
    assert_true(last < INT16_MAX);
    tone_write(TONE_URGENT, 1000, samples);
    assert_int_equal(loudest(0, tone_length(TONE_URGENT)), last);
    tone_write(TONE_KEY, 100, samples);
    assert_true(loudest(0, tone_length(TONE_KEY)) < last / 2); /* a tick is quiet */
}

static void test_tone__begins_and_ends_without_a_click(void **state)
{
    (void)state;
    for (int tone = 0; tone < TONE_COUNT; tone++) {
        size_t length = tone_length((enum tone)tone);
        tone_write((enum tone)tone, 100, samples);
        assert_int_equal(samples[0], 0);
        assert_true(abs(samples[length - 1]) < 40);
        assert_true(abs(samples[1]) < 400);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tone__lengths_are_those_of_the_notes),
        cmocka_unit_test(test_tone__success_goes_up_and_attention_is_low),
        cmocka_unit_test(test_tone__urgent_is_three_low_notes_with_silence_between),
        cmocka_unit_test(test_tone__levels_follow_the_volume_and_never_clip),
        cmocka_unit_test(test_tone__begins_and_ends_without_a_click),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
