/* Loop: the window, the wait for events and the bell, on SDL's video part only.
 *
 * It owns the window and translates SDL's events to input events; everything else is ui.h. Fingers and the
 * real mouse go one way, the mouse SDL makes up from fingers is dropped. It sleeps until an event, a deadline
 * or the bell. Worker threads ring loop_wake; the bell carries nothing, `drain` looks. Pitfall: after the
 * window changed its size every present fails until the surface is fetched again.
 */
#ifndef KIOSK_UI_LOOP_H
#define KIOSK_UI_LOOP_H

#include "kiosk/base/failure.h"
#include "kiosk/base/status.h"
#include "kiosk/ui/ui.h"

struct loop_settings {
    const char *title;
    int x, y;          /* -1: wherever */
    int width, height; /* window px; 0, 0 with full_screen: the display's size */
    bool full_screen;
    bool borderless;
    bool resizable;
    bool hide_pointer;     /* a kiosk without a mouse */
    const char *dump_path; /* the widget dump is replaced here after each frame that changed; NULL: none */
    const char *screenshot_path;  /* a PNG is written here when the file "<path>.request" appears, which is
                                     then removed */
    const char *record_path;      /* input events are written here as lines; NULL: none */
    bool record_pads;             /* touches of secret pads, too: for tests (recording.h) */
    const char *replay_path;      /* and come from here, by their times; NULL: none */
    void (*ready)(void *context); /* after the first frame is on the screen; may be NULL */
    void (*drain)(void *context); /* empties the queues of all workers; after the bell and once per frame */
    /* When drain wants to be called without a bell. Units: monotonic ms, INT64_MAX for never. May be NULL. */
    int64_t (*deadline_ms)(void *context);
    void *context;
};

struct loop;

/* SDL runs and the window is open; ask loop_size before ui_new.
 * Returns: LOST when there is no display, NO_MEMORY.
 * Owns: the caller closes it; texts are copied. Thread: the main thread, as everything here but loop_wake. */
enum status loop_open(const struct loop_settings *settings, struct loop **out, struct failure *failure);
/* Window and SDL are gone; NULL is allowed. */
void loop_close(struct loop *loop);
/* The window's size now. Units: window px. */
void loop_size(const struct loop *loop, int *width, int *height);
/* Events are handled and frames painted until loop_quit, SIGTERM, SIGINT or the window is closed.
 * Returns: OK at the end, LOST when the display went away. Time: as long as the program runs. */
enum status loop_run(struct loop *loop, struct ui *ui);
/* One round of loop_run that waits at most so long. Returns: false when it is time to end. For tests. */
bool loop_step(struct loop *loop, struct ui *ui, int wait_ms);
/* The loop ends after the current event. */
void loop_quit(struct loop *loop);
/* The loop wakes up and drains. Thread: any. Fits job_wake: the context is the loop. */
void loop_wake(void *loop);
/* What is on the screen is written as PNG. Returns: IO. */
enum status loop_screenshot(struct loop *loop, const char *path, struct failure *failure);
/* SIGTERM and SIGINT end the loop. One loop per process. */
void loop_catch_signals(struct loop *loop);

#endif
