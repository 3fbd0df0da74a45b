#include "kiosk/ui/loop.h"

#include <SDL.h>
#include <SDL_image.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "kiosk/ui/loop_sdl.h"
#include "kiosk/ui/recording.h"

enum { WAIT_MOST_MS = 60000, REQUEST_LOOK_MS = 250, DUMP_LIMIT_BYTES = 4 << 20 };

struct loop {
    struct loop_settings settings;
    SDL_Window *window;
    SDL_Surface *surface; /* the window's, borrowed */
    SDL_Surface *own;     /* painted instead when the window has other pixels; NULL otherwise */
    Uint32 bell;
    atomic_bool rings; /* one bell event is on its way, more are not needed */
    atomic_bool quits;
    bool shown;
    bool stale;               /* the surface must be fetched again */
    struct recording *record; /* NULL for none */
    struct recording *replay;
    int64_t replay_start_ms;
    bool replaying;
    struct input_event next; /* of the replay */
};

static struct loop *signalled;

static void on_signal(int number)
{
    (void)number;
    if (signalled)
        atomic_store(&signalled->quits, true);
}

void loop_catch_signals(struct loop *loop)
{
    struct sigaction action = {.sa_handler = on_signal};
    signalled = loop;
    sigemptyset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
}

static char *copy_text(const char *text)
{
    return text ? strdup(text) : NULL;
}

/* Without a display SDL falls back to drivers nobody sees. Tests ask for such a one alone, by its name. */
static bool is_seen(const char *asked)
{
    static const char *const unseen[] = {"dummy", "evdev", "offscreen"};
    const char *driver = SDL_GetCurrentVideoDriver();
    for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++)
        if (strcmp(driver, unseen[i]) == 0)
            return asked && strcmp(asked, driver) == 0;
    return true;
}

static enum status open_window(struct loop *loop, struct failure *failure)
{
    const struct loop_settings *s = &loop->settings;
    Uint32 flags = SDL_WINDOW_SHOWN | (s->borderless || s->full_screen ? SDL_WINDOW_BORDERLESS : 0u) |
                   (s->resizable ? SDL_WINDOW_RESIZABLE : 0u);
    int width = s->width, height = s->height;
    SDL_Rect display = {0};
    if (s->full_screen && SDL_GetDisplayBounds(0, &display) == 0) {
        /* A borderless window of the display's size: the dummy driver's own full screen is another size, and
         * under a bare X server there is no window manager to grant the real one. */
        width = width > 0 ? width : display.w;
        height = height > 0 ? height : display.h;
    }
    int x = s->full_screen ? display.x : s->x, y = s->full_screen ? display.y : s->y;
    loop->window = SDL_CreateWindow(s->title, x < 0 ? (int)SDL_WINDOWPOS_UNDEFINED : x,
                                    y < 0 ? (int)SDL_WINDOWPOS_UNDEFINED : y, width > 0 ? width : 1280,
                                    height > 0 ? height : 800, flags);
    if (!loop->window)
        return failure_set(failure, STATUS_LOST, "SDL_CreateWindow", 0, "%s", SDL_GetError());
    loop->stale = true;
    if (s->hide_pointer)
        SDL_ShowCursor(SDL_DISABLE);
    SDL_StartTextInput();
    return STATUS_OK;
}

static enum status open_files(struct loop *loop, struct failure *failure)
{
    const struct loop_settings *s = &loop->settings;
    enum status status = STATUS_OK;
    if (s->record_path)
        status = recording_create(s->record_path, s->record_pads, &loop->record, failure);
    loop->replaying = s->replay_path != NULL;
    if (status == STATUS_OK && loop->replaying)
        status = recording_open(s->replay_path, &loop->replay, failure);
    return status;
}

static void copy_settings(struct loop *loop, const struct loop_settings *settings)
{
    loop->settings = *settings;
    loop->settings.title = copy_text(settings->title ? settings->title : "");
    loop->settings.dump_path = copy_text(settings->dump_path);
    loop->settings.screenshot_path = copy_text(settings->screenshot_path);
    loop->settings.record_path = copy_text(settings->record_path);
    loop->settings.replay_path = copy_text(settings->replay_path);
}

enum status loop_open(const struct loop_settings *settings, struct loop **out, struct failure *failure)
{
    struct loop *loop = calloc(1, sizeof *loop);
    if (!loop)
        return STATUS_NO_MEMORY;
    copy_settings(loop, settings);
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
    const char *driver = SDL_getenv("SDL_VIDEODRIVER");
    /* Plain shared memory on X11; on Wayland the same hint would leave no surface at all. */
    if (!driver || strcmp(driver, "wayland") != 0)
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    enum status status = STATUS_OK;
    if (SDL_Init(SDL_INIT_VIDEO) != 0)
        status = failure_set(failure, STATUS_LOST, "SDL_Init", 0, "%s", SDL_GetError());
    if (status == STATUS_OK && !is_seen(driver))
        status = failure_set(failure, STATUS_LOST, "SDL_Init", 0,
                             "no display: neither DISPLAY nor WAYLAND_DISPLAY"
                             " leads to one, and the driver %s shows nothing",
                             SDL_GetCurrentVideoDriver());
    if (status == STATUS_OK)
        status = open_window(loop, failure);
    if (status == STATUS_OK)
        status = open_files(loop, failure);
    loop->bell = status == STATUS_OK ? SDL_RegisterEvents(1) : 0;
    if (status != STATUS_OK) {
        loop_close(loop);
        return status;
    }
    *out = loop;
    return STATUS_OK;
}

void loop_close(struct loop *loop)
{
    if (!loop)
        return;
    if (signalled == loop)
        signalled = NULL;
    if (loop->own)
        SDL_FreeSurface(loop->own);
    if (loop->window)
        SDL_DestroyWindow(loop->window);
    if (SDL_WasInit(0))
        SDL_Quit();
    recording_close(loop->record);
    recording_close(loop->replay);
    free((char *)(uintptr_t)loop->settings.title);
    free((char *)(uintptr_t)loop->settings.dump_path);
    free((char *)(uintptr_t)loop->settings.screenshot_path);
    free((char *)(uintptr_t)loop->settings.record_path);
    free((char *)(uintptr_t)loop->settings.replay_path);
    free(loop);
}

void loop_size(const struct loop *loop, int *width, int *height)
{
    SDL_GetWindowSize(loop->window, width, height);
}

void loop_quit(struct loop *loop)
{
    atomic_store(&loop->quits, true);
}

void loop_wake(void *context)
{
    struct loop *loop = context;
    if (atomic_exchange(&loop->rings, true))
        return;
    SDL_Event event = {.type = loop->bell};
    if (SDL_PushEvent(&event) < 1)
        atomic_store(&loop->rings, false); /* the queue is full, so the loop is awake anyway */
}

/* --- painting
 * ------------------------------------------------------------------------------------------------ */

static bool fetch_surface(struct loop *loop, struct ui *ui)
{
    if (!loop->stale && loop->surface)
        return true;
    loop->surface = SDL_GetWindowSurface(loop->window);
    if (!loop->surface)
        return false;
    loop->stale = false;
    bool fits = loop->surface->format->BytesPerPixel == 4 && loop->surface->format->Rmask == 0x00FF0000 &&
                loop->surface->format->Bmask == 0x000000FF;
    if (loop->own)
        SDL_FreeSurface(loop->own);
    loop->own = fits ? NULL
                     : SDL_CreateRGBSurfaceWithFormat(0, loop->surface->w, loop->surface->h, 32,
                                                      SDL_PIXELFORMAT_RGB888);
    ui_damage(ui);
    return fits || loop->own != NULL;
}

/* The toolkit's idea of the window's size follows the surface, which is what is painted into. */
static void follow_size(struct loop *loop, struct ui *ui)
{
    const struct layout *layout = ui_layout(ui);
    if (layout->window_width == loop->surface->w && layout->window_height == loop->surface->h)
        return;
    struct input_event event = {.kind = INPUT_EVENT_RESIZE, .x = loop->surface->w, .y = loop->surface->h};
    ui_handle(ui, &event);
}

static void write_dump(struct loop *loop, const struct ui *ui)
{
    struct buf dump;
    struct failure failure = {0};
    buf_init(&dump, DUMP_LIMIT_BYTES);
    enum status status = ui_dump(ui, &dump);
    char path[1024];
    snprintf(path, sizeof path, "%s.new", loop->settings.dump_path);
    /* Renamed into place so that a reader never sees half; not synced, for a dump need not outlive a power
     * cut. */
    FILE *file = status == STATUS_OK ? fopen(path, "we") : NULL;
    bool written = file && fwrite(dump.data, 1, dump.length, file) == dump.length;
    if (file && (fclose(file) != 0 || !written || rename(path, loop->settings.dump_path) != 0))
        status = failure_set(&failure, STATUS_IO, "rename", errno, "widget dump");
    if (status != STATUS_OK)
        log_failure("loop", "the widget dump was not written", status, &failure);
    buf_wipe(&dump);
}

/* One frame when something is to be painted. Returns: false when the display is gone. */
static bool paint(struct loop *loop, struct ui *ui)
{
    if (!fetch_surface(loop, ui))
        return false;
    follow_size(loop, ui);
    if (rect_is_empty(ui_dirty(ui)) && loop->shown)
        return true;
    SDL_Surface *target = loop->own ? loop->own : loop->surface;
    if (SDL_MUSTLOCK(target))
        SDL_LockSurface(target);
    struct rect dirty = ui_paint(ui, target->pixels, target->pitch / 4);
    if (SDL_MUSTLOCK(target))
        SDL_UnlockSurface(target);
    if (rect_is_empty(dirty))
        return true;
    SDL_Rect rect = {dirty.x, dirty.y, dirty.w, dirty.h};
    if (loop->own)
        SDL_BlitSurface(loop->own, &rect, loop->surface, &rect);
    if (SDL_UpdateWindowSurfaceRects(loop->window, &rect, 1) != 0) {
        loop->stale = true; /* resized by the compositor: fetched and painted again in the next round */
        loop->surface = NULL;
    }
    if (loop->settings.dump_path)
        write_dump(loop, ui);
    if (!loop->shown && loop->settings.ready)
        loop->settings.ready(loop->settings.context);
    loop->shown = true;
    return true;
}

enum status loop_screenshot(struct loop *loop, const char *path, struct failure *failure)
{
    SDL_Surface *source = loop->own ? loop->own : loop->surface;
    char beside[1024];
    if (!source)
        return failure_set(failure, STATUS_IO, "screenshot", 0, "nothing painted yet");
    snprintf(beside, sizeof beside, "%s.new", path);
    if (IMG_SavePNG(source, beside) != 0)
        return failure_set(failure, STATUS_IO, "IMG_SavePNG", 0, "%s", SDL_GetError());
    if (rename(beside, path) != 0)
        return failure_set(failure, STATUS_IO, "rename", errno, "screenshot");
    return STATUS_OK;
}

static void look_for_request(struct loop *loop)
{
    char request[1024];
    struct failure failure = {0};
    if (!loop->settings.screenshot_path || !loop->shown)
        return;
    snprintf(request, sizeof request, "%s.request", loop->settings.screenshot_path);
    if (unlink(request) != 0)
        return;
    enum status status = loop_screenshot(loop, loop->settings.screenshot_path, &failure);
    if (status != STATUS_OK)
        log_failure("loop", "the screenshot was not written", status, &failure);
}

/* --- events
 * -------------------------------------------------------------------------------------------------- */

static void take(struct loop *loop, struct ui *ui, struct input_event *event)
{
    event->time_ms = clock_monotonic_ms(ui_clock(ui));
    if (loop->record)
        recording_note(loop->record, ui, event);
    ui_handle(ui, event);
}

/* Times of a recording count from its first event; that one comes when the first frame is shown. */
static void replay(struct loop *loop, struct ui *ui)
{
    int64_t now = clock_monotonic_ms(ui_clock(ui));
    if (!loop->replaying || !loop->shown)
        return;
    if (loop->replay_start_ms == 0) {
        loop->replaying = recording_next(loop->replay, &loop->next);
        loop->replay_start_ms = now - loop->next.time_ms;
    }
    while (loop->replaying && loop->replay_start_ms + loop->next.time_ms <= now) {
        struct input_event event = loop->next;
        loop->replaying = recording_next(loop->replay, &loop->next);
        take(loop, ui, &event);
    }
}

static void handle(struct loop *loop, struct ui *ui, const SDL_Event *sdl)
{
    struct input_event event;
    if (sdl->type == loop->bell) {
        atomic_store(&loop->rings, false);
        return;
    }
    if (sdl->type == SDL_QUIT) {
        loop_quit(loop);
        return;
    }
    if (sdl->type == SDL_WINDOWEVENT) {
        if (sdl->window.event == SDL_WINDOWEVENT_SIZE_CHANGED)
            loop->stale = true;
        if (sdl->window.event == SDL_WINDOWEVENT_EXPOSED)
            ui_damage(ui);
        return;
    }
    /* Without a window manager nobody else gives the keyboard to the window one works in. */
    if (sdl->type == SDL_MOUSEBUTTONDOWN && !(SDL_GetWindowFlags(loop->window) & SDL_WINDOW_INPUT_FOCUS))
        (void)SDL_SetWindowInputFocus(loop->window);
    int width, height;
    loop_size(loop, &width, &height);
    if (loop_sdl_translate(sdl, width, height, &event))
        take(loop, ui, &event);
}

static int wait_ms(struct loop *loop, const struct ui *ui, int most)
{
    int64_t now = clock_monotonic_ms(ui_clock(ui)), deadline = ui_deadline_ms(ui);
    if (loop->settings.deadline_ms) {
        int64_t other = loop->settings.deadline_ms(loop->settings.context);
        deadline = other < deadline ? other : deadline;
    }
    if (loop->replaying && loop->replay_start_ms + loop->next.time_ms < deadline)
        deadline = loop->replay_start_ms + loop->next.time_ms;
    int64_t wait = deadline == INT64_MAX ? WAIT_MOST_MS : deadline - now;
    if (loop->settings.screenshot_path && wait > REQUEST_LOOK_MS)
        wait = REQUEST_LOOK_MS;
    if (wait > most)
        wait = most;
    return wait < 0 ? 0 : (int)wait;
}

bool loop_step(struct loop *loop, struct ui *ui, int most_ms)
{
    SDL_Event event;
    int wait = loop->shown && rect_is_empty(ui_dirty(ui)) ? wait_ms(loop, ui, most_ms) : 0;
    /* The signal handler only sets a flag, so no wait is longer than a person notices on SIGTERM. */
    wait = wait > 500 && signalled == loop ? 500 : wait;
    bool has = wait > 0 ? SDL_WaitEventTimeout(&event, wait) == 1 : SDL_PollEvent(&event) == 1;
    for (; has; has = SDL_PollEvent(&event) == 1)
        handle(loop, ui, &event);
    replay(loop, ui);
    if (loop->settings.drain)
        loop->settings.drain(loop->settings.context);
    ui_tick(ui);
    if (!paint(loop, ui)) {
        log_error("loop", "the display is gone: %s", SDL_GetError());
        loop_quit(loop);
    }
    look_for_request(loop);
    return !atomic_load(&loop->quits);
}

enum status loop_run(struct loop *loop, struct ui *ui)
{
    while (loop_step(loop, ui, WAIT_MOST_MS))
        ;
    return loop->surface || loop->stale ? STATUS_OK : STATUS_LOST;
}
