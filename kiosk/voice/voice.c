#include "kiosk/voice/voice.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/job.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/voice/speaker.h"
#include "kiosk/voice/speech.h"

enum { KEY_BYTES = 64, WAITING_MOST = 8, AGAIN_AFTER_MS = 60000, TICK_BEHIND_MS = 60, READ_MS = 10000 };

enum wish { WISH_TONE, WISH_SPEAK, WISH_READ, WISH_HUSH };

struct request {
    struct job job; /* first */
    enum wish wish;
    enum tone tone;
    char key[KEY_BYTES];
    char *text; /* READ */
};

struct voice {
    char clips[PATH_MAX], reader[PATH_MAX];
    int volume_percent;
    struct worker *worker;
    int waiting; /* requests that have not come back */
    atomic_bool silent;
    /* the thread's own */
    struct speaker *speaker;
    int64_t tried_ms; /* when the loudspeaker was looked for last; 0 never */
};

/* --- on the voice's thread --------------------------------------------------------------------------- */

static bool has_speaker(struct voice *voice)
{
    struct failure failure = {0};
    int64_t now = clock_monotonic_ms(clock_system());
    if (voice->speaker)
        return true;
    if (voice->tried_ms != 0 && now - voice->tried_ms < AGAIN_AFTER_MS)
        return false;
    bool first = voice->tried_ms == 0;
    voice->tried_ms = now;
    enum status status = speaker_open(&voice->speaker, &failure);
    atomic_store(&voice->silent, status != STATUS_OK);
    if (status != STATUS_OK && first)
        log_info("voice", "no loudspeaker: %s", failure.text);
    return status == STATUS_OK;
}

static enum status play(struct voice *voice, const int16_t *samples, size_t count)
{
    enum status status = speaker_play(voice->speaker, samples, count);
    if (status != STATUS_OK) { /* pulled out: looked for again later */
        speaker_close(voice->speaker);
        voice->speaker = NULL;
    }
    return status;
}

/* A tick that would come late is none; a signal is heard at once. */
static enum status play_tone(struct voice *voice, enum tone tone)
{
    size_t behind = speaker_left(voice->speaker);
    if (tone == TONE_KEY && behind > (size_t)TICK_BEHIND_MS * TONE_RATE_HZ / 1000)
        return STATUS_CANCELLED;
    int16_t *samples = calloc(tone_length(tone), sizeof *samples);
    if (!samples)
        return STATUS_NO_MEMORY;
    if (tone != TONE_KEY)
        speaker_stop(voice->speaker);
    tone_write(tone, voice->volume_percent, samples);
    enum status status = play(voice, samples, tone_length(tone));
    free(samples);
    return status;
}

static enum status load(const struct voice *voice, const struct request *request, int16_t **samples,
                        size_t *count, struct failure *failure)
{
    char path[PATH_MAX + KEY_BYTES + 8];
    if (request->wish == WISH_READ)
        return speech_read(voice->reader, request->text, READ_MS, samples, count, failure);
    (void)snprintf(path, sizeof path, "%s/%s.wav", voice->clips, request->key);
    return speaker_read_wav(path, samples, count, failure);
}

static enum status play_words(struct voice *voice, const struct request *request)
{
    struct failure failure = {0};
    int16_t *samples = NULL;
    size_t count = 0;
    speaker_stop(voice->speaker);
    enum status status = load(voice, request, &samples, &count, &failure);
    if (status != STATUS_OK && (status != STATUS_NOT_FOUND || request->wish == WISH_READ))
        log_failure("voice", "words cannot be spoken", status, &failure);
    for (size_t i = 0; i < count; i++)
        samples[i] = (int16_t)(samples[i] * voice->volume_percent / 100);
    if (status == STATUS_OK)
        status = play(voice, samples, count);
    free(samples);
    return status;
}

static void run(void *context, struct job *job)
{
    struct voice *voice = context;
    const struct request *request = (const struct request *)job;
    if (request->wish == WISH_HUSH) {
        if (voice->speaker)
            speaker_stop(voice->speaker);
        job->status = STATUS_OK;
    } else if (!has_speaker(voice)) {
        job->status = STATUS_LOST;
    } else {
        job->status =
            request->wish == WISH_TONE ? play_tone(voice, request->tone) : play_words(voice, request);
    }
}

/* --- on the caller's --------------------------------------------------------------------------------- */

static void dispose(struct job *job)
{
    struct request *request = (struct request *)job;
    free(request->text);
    free(request);
}

enum status voice_open(const struct voice_settings *settings, struct voice **out)
{
    struct voice *voice = calloc(1, sizeof *voice);
    if (!voice)
        return STATUS_NO_MEMORY;
    check(text_copy(voice->clips, sizeof voice->clips, settings->clips));
    check(text_copy(voice->reader, sizeof voice->reader, settings->reader));
    voice->volume_percent = settings->volume_percent;
    enum status status = worker_start(
        &(struct worker_settings){.name = "voice", .run = run, .context = voice}, &voice->worker);
    if (status != STATUS_OK) {
        free(voice);
        return status;
    }
    *out = voice;
    return STATUS_OK;
}

void voice_close(struct voice *voice)
{
    if (!voice)
        return;
    worker_stop(voice->worker, dispose);
    speaker_close(voice->speaker);
    free(voice);
}

/* Too many that wait mean a loudspeaker that hangs; what comes now is dropped. */
static void send(struct voice *voice, enum wish wish, enum tone tone, const char *key, const char *text)
{
    for (struct job *job; (job = worker_receive(voice->worker)) != NULL; voice->waiting--)
        dispose(job);
    if (voice->waiting >= WAITING_MOST || voice->volume_percent == 0)
        return;
    struct request *request = calloc(1, sizeof *request);
    if (!request)
        return;
    *request = (struct request){.job.what = "sound", .wish = wish, .tone = tone};
    request->text = text == NULL ? NULL : strdup(text);
    if (!text_copy(request->key, sizeof request->key, key) || (text != NULL && request->text == NULL)) {
        dispose(&request->job);
        return;
    }
    voice->waiting++;
    (void)worker_send(voice->worker, &request->job);
}

void voice_play(struct voice *voice, enum tone tone)
{
    if (voice)
        send(voice, WISH_TONE, tone, "", NULL);
}

void voice_speak(struct voice *voice, const char *key)
{
    if (voice)
        send(voice, WISH_SPEAK, TONE_COUNT, key, NULL);
}

void voice_read(struct voice *voice, const char *text)
{
    if (voice && voice->reader[0] != 0)
        send(voice, WISH_READ, TONE_COUNT, "", text);
}

void voice_hush(struct voice *voice)
{
    if (voice)
        send(voice, WISH_HUSH, TONE_COUNT, "", NULL);
}

bool voice_is_silent(const struct voice *voice)
{
    return atomic_load(&voice->silent);
}
