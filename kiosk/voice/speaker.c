#include "kiosk/voice/speaker.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/voice/tone.h"

enum { BUFFER_SAMPLES = 512, LONGEST_S = 600 };

struct speaker {
    SDL_AudioDeviceID device;
};

/* SDL keeps its last error in memory of the thread, which only SDL's own threads give back at their end; ours
 * are the worker's, so every function that may have left one gives it back here. */
static enum status leave(enum status status)
{
    SDL_TLSCleanup();
    return status;
}

enum status speaker_open(struct speaker **out, struct failure *failure)
{
    struct speaker *speaker = calloc(1, sizeof *speaker);
    const SDL_AudioSpec wanted = {
        .freq = TONE_RATE_HZ, .format = AUDIO_S16SYS, .channels = 1, .samples = BUFFER_SAMPLES};
    if (!speaker)
        return STATUS_NO_MEMORY;
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) {
        free(speaker);
        return leave(failure_set(failure, STATUS_LOST, "SDL_InitSubSystem", 0, "%s", SDL_GetError()));
    }
    speaker->device = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
    if (speaker->device == 0) {
        enum status status =
            failure_set(failure, STATUS_LOST, "SDL_OpenAudioDevice", 0, "%s", SDL_GetError());
        speaker_close(speaker);
        return status;
    }
    SDL_PauseAudioDevice(speaker->device, 0);
    *out = speaker;
    return leave(STATUS_OK);
}

void speaker_close(struct speaker *speaker)
{
    if (!speaker)
        return;
    if (speaker->device)
        SDL_CloseAudioDevice(speaker->device);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    free(speaker);
    (void)leave(STATUS_OK);
}

enum status speaker_play(struct speaker *speaker, const int16_t *samples, size_t count)
{
    int queued = SDL_QueueAudio(speaker->device, samples, (Uint32)(count * sizeof *samples));
    return leave(queued == 0 ? STATUS_OK : STATUS_LOST);
}

void speaker_stop(struct speaker *speaker)
{
    SDL_ClearQueuedAudio(speaker->device);
}

size_t speaker_left(const struct speaker *speaker)
{
    return SDL_GetQueuedAudioSize(speaker->device) / sizeof(int16_t);
}

/* Whatever the file's rate and channels are becomes the speaker's. */
static enum status convert(const SDL_AudioSpec *spec, const Uint8 *bytes, Uint32 length, int16_t **samples,
                           size_t *count)
{
    SDL_AudioStream *stream =
        SDL_NewAudioStream(spec->format, spec->channels, spec->freq, AUDIO_S16SYS, 1, TONE_RATE_HZ);
    if (!stream)
        return STATUS_NO_MEMORY;
    enum status status = STATUS_MALFORMED;
    int16_t *out = NULL;
    if (SDL_AudioStreamPut(stream, bytes, (int)length) == 0 && SDL_AudioStreamFlush(stream) == 0) {
        int got = SDL_AudioStreamAvailable(stream);
        status = got > LONGEST_S * TONE_RATE_HZ * (int)sizeof *out ? STATUS_FULL : STATUS_OK;
        out = status == STATUS_OK ? malloc((size_t)got + 1) : NULL;
        status = status == STATUS_OK && !out ? STATUS_NO_MEMORY : status;
        if (status == STATUS_OK) {
            got = SDL_AudioStreamGet(stream, out, got);
            *samples = out;
            *count = got > 0 ? (size_t)got / sizeof *out : 0;
        }
    }
    SDL_FreeAudioStream(stream);
    return status;
}

enum status speaker_read_wav(const char *path, int16_t **samples, size_t *count, struct failure *failure)
{
    SDL_AudioSpec spec;
    Uint8 *bytes = NULL;
    Uint32 length = 0;
    if (access(path, R_OK) != 0)
        return STATUS_NOT_FOUND;
    if (!SDL_LoadWAV(path, &spec, &bytes, &length))
        return leave(failure_set(failure, STATUS_MALFORMED, "SDL_LoadWAV", 0, "%s", SDL_GetError()));
    enum status status = convert(&spec, bytes, length, samples, count);
    SDL_FreeWAV(bytes);
    return leave(status);
}
