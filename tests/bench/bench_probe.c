/* bench-probe: how long until a pixel of the X screen changes, seen from outside through shared memory.
 *
 *   bench-probe first X Y TIMEOUT_MS -- PROGRAM ...   from the program's start until the pixel differs from
 *                                                     what it was; prints milliseconds and the process
 *   bench-probe tap X Y PX PY COUNT GAP_MS            a press at X,Y until the pixel PX,PY differs; prints
 *                                                     milliseconds, one line per press
 *   bench-probe click X Y                             a press and its release at X,Y, as a finger does it
 *
 * DISPLAY says where. The resolution is one round trip to the server, some 0.05 ms. At a tap the pointer is
 * moved away before it is released, so that the press starts nothing. Between presses GAP_MS and up to 15
 * more pass, so as not to fall into step with a clock. The started program is left running in a session of
 * its own. Exit codes: 0 measured, 1 no display, no extension or nothing changed, 2 wrong arguments.
 */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <X11/extensions/XTest.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_NOT_MEASURED = 1, EXIT_ARGUMENTS = 2, TAP_PATIENCE_MS = 500, JITTER_MS = 15, CLICK_MS = 60 };

struct probe {
    Display *display;
    XShmSegmentInfo memory;
    XImage *image;
};

static double now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1000000;
}

static void sleep_ms(double ms)
{
    const struct timespec pause = {.tv_sec = (time_t)(ms / 1000),
                                   .tv_nsec = (long)((ms - 1000 * (double)(long)(ms / 1000)) * 1000000)};
    (void)nanosleep(&pause, NULL);
}

static bool open_probe(struct probe *probe)
{
    probe->display = XOpenDisplay(NULL);
    if (probe->display == NULL || !XShmQueryExtension(probe->display))
        return false;
    int screen = DefaultScreen(probe->display);
    probe->image =
        XShmCreateImage(probe->display, DefaultVisual(probe->display, screen),
                        (unsigned)DefaultDepth(probe->display, screen), ZPixmap, NULL, &probe->memory, 1, 1);
    if (probe->image == NULL)
        return false;
    probe->memory.shmid = shmget(IPC_PRIVATE, (size_t)probe->image->bytes_per_line, IPC_CREAT | 0600);
    probe->memory.shmaddr = probe->image->data = shmat(probe->memory.shmid, NULL, 0);
    bool is_attached = XShmAttach(probe->display, &probe->memory) != 0;
    (void)XSync(probe->display, False);
    (void)shmctl(probe->memory.shmid, IPC_RMID, NULL);
    return is_attached;
}

static unsigned long look(struct probe *probe, int x, int y)
{
    (void)XShmGetImage(probe->display, DefaultRootWindow(probe->display), probe->image, x, y, AllPlanes);
    return XGetPixel(probe->image, 0, 0) & 0xffffff;
}

/* Returns: milliseconds since `since`, negative when the pixel stayed as it was. */
static double wait_for_change(struct probe *probe, int x, int y, unsigned long before, double since,
                              double patience_ms, double pause_ms)
{
    while (now_ms() - since < patience_ms) {
        if (look(probe, x, y) != before)
            return now_ms() - since;
        if (pause_ms > 0)
            sleep_ms(pause_ms);
    }
    return -1;
}

static int measure_first(struct probe *probe, int x, int y, double patience_ms, char **command)
{
    unsigned long before = look(probe, x, y);
    double since = now_ms();
    pid_t pid = fork();
    if (pid == 0) {
        int nowhere = open("/dev/null", O_RDWR);
        (void)setsid();
        for (int fd = 0; fd < 3; fd++)
            (void)dup2(nowhere, fd); /* or who reads our answer would wait for the program's end */
        (void)execvp(command[0], command);
        _exit(127);
    }
    double took = wait_for_change(probe, x, y, before, since, patience_ms, 0.5);
    (void)printf("%.1f %d\n", took, (int)pid);
    return took < 0 ? EXIT_NOT_MEASURED : 0;
}

static double tap_once(struct probe *probe, int x, int y, int pixel_x, int pixel_y)
{
    (void)XTestFakeMotionEvent(probe->display, -1, x, y, CurrentTime);
    (void)XSync(probe->display, False);
    sleep_ms(30); /* a pointer over the widget may change it, too */
    unsigned long before = look(probe, pixel_x, pixel_y);
    double since = now_ms();
    (void)XTestFakeButtonEvent(probe->display, 1, True, CurrentTime);
    (void)XFlush(probe->display);
    double took = wait_for_change(probe, pixel_x, pixel_y, before, since, TAP_PATIENCE_MS, 0);
    (void)XTestFakeMotionEvent(probe->display, -1, 2, 2, CurrentTime);
    (void)XTestFakeButtonEvent(probe->display, 1, False, CurrentTime);
    (void)XSync(probe->display, False);
    return took;
}

static int measure_taps(struct probe *probe, char **words)
{
    int numbers[6];
    int missed = 0;
    for (int i = 0; i < 6; i++)
        numbers[i] = (int)strtol(words[i], NULL, 10);
    for (int i = 0; i < numbers[4]; i++) {
        double took = tap_once(probe, numbers[0], numbers[1], numbers[2], numbers[3]);
        missed += took < 0;
        (void)printf("%.3f\n", took);
        (void)fflush(stdout);
        sleep_ms(numbers[5] + (double)(rand() % JITTER_MS));
    }
    return missed == numbers[4] ? EXIT_NOT_MEASURED : 0;
}

static int click(struct probe *probe, int x, int y)
{
    (void)XTestFakeMotionEvent(probe->display, -1, x, y, CurrentTime);
    (void)XTestFakeButtonEvent(probe->display, 1, True, CurrentTime);
    (void)XSync(probe->display, False);
    sleep_ms(CLICK_MS);
    (void)XTestFakeButtonEvent(probe->display, 1, False, CurrentTime);
    (void)XSync(probe->display, False);
    return 0;
}

int main(int argc, char **argv)
{
    struct probe probe = {0};
    bool is_first = argc > 6 && strcmp(argv[1], "first") == 0 && strcmp(argv[5], "--") == 0;
    bool is_tap = argc == 8 && strcmp(argv[1], "tap") == 0;
    bool is_click = argc == 4 && strcmp(argv[1], "click") == 0;
    if (!is_first && !is_tap && !is_click) {
        (void)fprintf(stderr, "bench-probe: see the head of bench_probe.c\n");
        return EXIT_ARGUMENTS;
    }
    if (!open_probe(&probe)) {
        (void)fprintf(stderr, "bench-probe: no display, or one without shared memory\n");
        return EXIT_NOT_MEASURED;
    }
    if (is_first)
        return measure_first(&probe, (int)strtol(argv[2], NULL, 10), (int)strtol(argv[3], NULL, 10),
                             strtod(argv[4], NULL), argv + 6);
    if (is_click)
        return click(&probe, (int)strtol(argv[2], NULL, 10), (int)strtol(argv[3], NULL, 10));
    return measure_taps(&probe, argv + 2);
}
