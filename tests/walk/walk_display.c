#include "tests/walk/walk_display.h"

#include <X11/XKBlib.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <cairo.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/clock.h"

enum { HELD_MS = 25, BETWEEN_KEYS_MS = 12, CHANNEL_BITS = 8 };

struct walk_display {
    Display *x;
    Window root;
};

struct walk_display *walk_display_open(const char *name)
{
    Display *x = XOpenDisplay(name);
    int event, error, major, minor;
    if (x == NULL)
        return NULL;
    struct walk_display *display = calloc(1, sizeof(*display));
    if (display == NULL || !XTestQueryExtension(x, &event, &error, &major, &minor)) {
        free(display);
        XCloseDisplay(x);
        return NULL;
    }
    display->x = x;
    display->root = DefaultRootWindow(x);
    return display;
}

void walk_display_close(struct walk_display *display)
{
    if (display == NULL)
        return;
    XCloseDisplay(display->x);
    free(display);
}

static void wait_ms(int64_t ms)
{
    clock_sleep_ms(clock_system(), ms);
}

void walk_display_tap(struct walk_display *display, int x, int y)
{
    XTestFakeMotionEvent(display->x, -1, x, y, 0);
    XTestFakeButtonEvent(display->x, 1, True, 0);
    XSync(display->x, False);
    wait_ms(HELD_MS);
    XTestFakeButtonEvent(display->x, 1, False, 0);
    XSync(display->x, False);
}

static bool press_keysym(struct walk_display *display, KeySym symbol)
{
    KeyCode code = XKeysymToKeycode(display->x, symbol);
    if (code == 0)
        return false;
    bool shifted = XkbKeycodeToKeysym(display->x, code, 0, 0) != symbol;
    KeyCode shift = XKeysymToKeycode(display->x, XK_Shift_L);
    if (shifted)
        XTestFakeKeyEvent(display->x, shift, True, 0);
    XTestFakeKeyEvent(display->x, code, True, 0);
    XTestFakeKeyEvent(display->x, code, False, 0);
    if (shifted)
        XTestFakeKeyEvent(display->x, shift, False, 0);
    XSync(display->x, False);
    wait_ms(BETWEEN_KEYS_MS);
    return true;
}

bool walk_display_type(struct walk_display *display, const char *text)
{
    /* For the printable ASCII characters the keysym is the character (X11 protocol, appendix A). */
    for (; *text != 0; text++)
        if (!press_keysym(display, (KeySym)(unsigned char)*text))
            return false;
    return true;
}

bool walk_display_key(struct walk_display *display, const char *name)
{
    KeySym symbol = XStringToKeysym(name);
    return symbol != NoSymbol && press_keysym(display, symbol);
}

static void copy_row(const XImage *image, int row, unsigned char *out)
{
    const char *from = image->data + (long)row * image->bytes_per_line;
    memcpy(out, from, (size_t)image->width * 4);
}

static bool write_png(const XImage *image, const char *path)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, image->width, image->height);
    bool is_good = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
    if (is_good) {
        unsigned char *pixels = cairo_image_surface_get_data(surface);
        int stride = cairo_image_surface_get_stride(surface);
        for (int row = 0; row < image->height; row++)
            copy_row(image, row, pixels + (long)row * stride);
        cairo_surface_mark_dirty(surface);
        is_good = cairo_surface_write_to_png(surface, path) == CAIRO_STATUS_SUCCESS;
    }
    cairo_surface_destroy(surface);
    return is_good;
}

bool walk_display_picture(struct walk_display *display, const char *path)
{
    XWindowAttributes root;
    if (!XGetWindowAttributes(display->x, display->root, &root))
        return false;
    XImage *image = XGetImage(display->x, display->root, 0, 0, (unsigned)root.width, (unsigned)root.height,
                              AllPlanes, ZPixmap);
    if (image == NULL)
        return false;
    bool is_good = image->bits_per_pixel == 4 * CHANNEL_BITS && write_png(image, path);
    XDestroyImage(image);
    return is_good;
}
