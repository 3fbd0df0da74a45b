/* Voice: with a loudspeaker of SDL's own, without one, with and without recordings; nobody waits for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/voice/speaker.h"
#include "kiosk/voice/speech.h"
#include "kiosk/voice/voice.h"

#define READER "/usr/bin/espeak-ng"

enum { CLIP_SAMPLES = 4410, WAV_HEAD_BYTES = 44 };

static char directory[64];

static void choose_driver(const char *name)
{
    assert_true(SDL_SetHintWithPriority(SDL_HINT_AUDIODRIVER, name, SDL_HINT_OVERRIDE));
}

static void put_number(uint8_t *at, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        at[i] = (uint8_t)(number >> (8 * i));
}

/* 0.2 s of silence at 22050 Hz, as a recorder writes it. */
static void write_clip(const char *path, bool whole)
{
    uint8_t head[WAV_HEAD_BYTES] = "RIFF....WAVEfmt ";
    static const uint8_t silence[CLIP_SAMPLES * 2];
    put_number(head + 4, 36 + sizeof silence, 4);
    put_number(head + 16, 16, 4);
    put_number(head + 20, 1, 2);
    put_number(head + 22, 1, 2);
    put_number(head + 24, TONE_RATE_HZ, 4);
    put_number(head + 28, TONE_RATE_HZ * 2, 4);
    put_number(head + 32, 2, 2);
    put_number(head + 34, 16, 2);
    memcpy(head + 36, "data", 4);
    put_number(head + 40, sizeof silence, 4);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fwrite(head, 1, whole ? sizeof head : 20, file), whole ? sizeof head : 20);
    if (whole)
        assert_int_equal(fwrite(silence, 1, sizeof silence, file), sizeof silence);
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
    (void)state;
    (void)snprintf(directory, sizeof directory, "/tmp/test-voice-XXXXXX");
    return mkdtemp(directory) == NULL;
}

static int tear_down(void **state)
{
    char path[96];
    (void)state;
    (void)snprintf(path, sizeof path, "%s/clip.wav", directory);
    (void)unlink(path);
    return rmdir(directory);
}

static void test_voice__a_loudspeaker_takes_samples_and_stops(void **state)
{
    struct speaker *speaker = NULL;
    struct failure failure = {0};
    static int16_t samples[TONE_RATE_HZ];
    (void)state;
    choose_driver("dummy");
    assert_int_equal(speaker_open(&speaker, &failure), STATUS_OK);
    assert_int_equal(speaker_play(speaker, samples, TONE_RATE_HZ), STATUS_OK);
    assert_true(speaker_left(speaker) > 0);
    speaker_stop(speaker);
    assert_int_equal(speaker_left(speaker), 0);
    speaker_close(speaker);
    speaker_close(NULL);
}

static void test_voice__no_loudspeaker_is_lost_and_nothing_else(void **state)
{
    struct speaker *speaker = NULL;
    struct failure failure = {0};
    (void)state;
    choose_driver("nonexistent");
    assert_int_equal(speaker_open(&speaker, &failure), STATUS_LOST);
    assert_null(speaker);
    assert_true(failure.text[0] != 0);
}

static void test_voice__a_recording_becomes_samples(void **state)
{
    struct failure failure = {0};
    char path[96];
    int16_t *samples = NULL;
    size_t count = 0;
    (void)state;
    (void)snprintf(path, sizeof path, "%s/clip.wav", directory);
    assert_int_equal(speaker_read_wav(path, &samples, &count, &failure), STATUS_NOT_FOUND);
    write_clip(path, true);
    assert_int_equal(speaker_read_wav(path, &samples, &count, &failure), STATUS_OK);
    assert_int_equal(count, CLIP_SAMPLES);
    free(samples);
    samples = NULL;
    write_clip(path, false);
    assert_int_equal(speaker_read_wav(path, &samples, &count, &failure), STATUS_MALFORMED);
    assert_null(samples);
}

/* What is not there would be a page that says nothing; twelve seconds are the most a person listens to. */
static void test_voice__every_page_speaks_and_soon_ends(void **state)
{
    enum { LONGEST_S = 12, LOUD = 2000 };
    static const char *const pages[] = {
#define SCREEN(code, name, idle_ms, back, title, state) #name,
#include "kiosk/screens/screens.def"
#undef SCREEN
        "summary", "printed", "paid", "trouble", "pulled"};
    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        struct failure failure = {0};
        char path[512];
        int16_t *samples = NULL;
        size_t count = 0;
        int loudest = 0;
        (void)snprintf(path, sizeof path, "%s/assets/sounds/%s.wav", TEST_BUILD_DIR, pages[i]);
        assert_int_equal(speaker_read_wav(path, &samples, &count, &failure), STATUS_OK);
        for (size_t j = 0; j < count; j++)
            loudest = samples[j] > loudest ? samples[j] : loudest;
        assert_true(loudest > LOUD);
        assert_in_range(count, TONE_RATE_HZ / 2, LONGEST_S * TONE_RATE_HZ);
        free(samples);
    }
}

static void test_voice__a_text_is_read_aloud(void **state)
{
    static const char *const texts[] = {"请看完协议。",
                                        "第一条 新办\n申请人应提供真实、完整的信息，并对信息负责。"};
    size_t before = 0;
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct failure failure = {0};
        int16_t *samples = NULL;
        size_t count = 0;
        assert_int_equal(speech_read(READER, texts[i], 20000, &samples, &count, &failure), STATUS_OK);
        assert_true(count > TONE_RATE_HZ && count > before); /* a second at least; the longer text longer */
        before = count;
        free(samples);
    }
}

/* A program in the test's directory that does this. */
static void write_program(char path[96], const char *what)
{
    (void)snprintf(path, 96, "%s/clip.wav", directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fprintf(file, "#!/bin/sh\n%s\n", what) > 0);
    assert_int_equal(fclose(file) + chmod(path, 0700), 0);
}

static void test_voice__a_reader_that_fails_is_told_and_ended(void **state)
{
    static const struct {
        const char *program;
        enum status status;
    } rows[] = {{"exit 3", STATUS_REFUSED},
                {"kill -9 $$", STATUS_REFUSED},
                {"exit 0", STATUS_MALFORMED},
                {"exec sleep 60", STATUS_TIMED_OUT}};
    struct failure failure = {0};
    int16_t *samples = NULL;
    size_t count = 0;
    char path[96];
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        write_program(path, rows[i].program);
        int within_ms = rows[i].status == STATUS_TIMED_OUT ? 200 : 20000;
        assert_int_equal(speech_read(path, "请看完协议。", within_ms, &samples, &count, &failure),
                         rows[i].status);
        assert_null(samples);
    }
    assert_int_equal(speech_read("/nowhere/reader", "请", 1000, &samples, &count, &failure),
                     STATUS_NOT_FOUND);
}

static void play_all(struct voice *voice)
{
    for (int round = 0; round < 20; round++) { /* more than wait in the queue */
        for (int tone = 0; tone < TONE_COUNT; tone++)
            voice_play(voice, (enum tone)tone);
        voice_speak(voice, "clip");
        voice_speak(voice, "there-is-no-such-clip");
        voice_read(voice, "请看完协议。");
        voice_hush(voice);
    }
}

static void open_and_play(int volume_percent, bool silent)
{
    struct voice *voice = NULL;
    assert_int_equal(
        voice_open(
            &(struct voice_settings){.clips = directory, .reader = READER, .volume_percent = volume_percent},
            &voice),
        STATUS_OK);
    play_all(voice);
    for (int i = 0; i < 500 && voice_is_silent(voice) != silent; i++)
        SDL_Delay(10); /* the thread finds out by and by */
    assert_int_equal(voice_is_silent(voice), silent);
    play_all(voice);
    voice_close(voice);
}

static void test_voice__plays_on_a_loudspeaker(void **state)
{
    (void)state;
    choose_driver("dummy");
    open_and_play(60, false);
}

static void test_voice__is_silent_without_one_and_nobody_notices(void **state)
{
    (void)state;
    choose_driver("nonexistent");
    open_and_play(60, true);
    open_and_play(0, false); /* nothing is looked for */
    play_all(NULL);
    voice_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_voice__a_loudspeaker_takes_samples_and_stops),
        cmocka_unit_test(test_voice__no_loudspeaker_is_lost_and_nothing_else),
        cmocka_unit_test(test_voice__a_recording_becomes_samples),
        cmocka_unit_test(test_voice__every_page_speaks_and_soon_ends),
        cmocka_unit_test(test_voice__a_text_is_read_aloud),
        cmocka_unit_test(test_voice__a_reader_that_fails_is_told_and_ended),
        cmocka_unit_test(test_voice__plays_on_a_loudspeaker),
        cmocka_unit_test(test_voice__is_silent_without_one_and_nobody_notices),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
