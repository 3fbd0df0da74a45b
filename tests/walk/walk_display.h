/* Display: one X display as a person meets it: a pointer, a keyboard, and what can be seen.
 *
 * Input goes through the XTEST extension, so the programs under test get it as from a device; pictures come
 * from the root window. It knows nothing of widgets. Pitfall: a press and a release without time in between
 * are legal in X but no finger does that.
 */
#ifndef TESTS_WALK_WALK_DISPLAY_H
#define TESTS_WALK_WALK_DISPLAY_H

#include <stdbool.h>

struct walk_display;

/* The display is open. Returns: NULL when it is not there. Owns: the caller closes it. */
struct walk_display *walk_display_open(const char *name);
/* The connection is gone; NULL is allowed. */
void walk_display_close(struct walk_display *display);
/* The pointer went there, pressed and let go. Units: px of the display. */
void walk_display_tap(struct walk_display *display, int x, int y);
/* The keys of this ASCII text were pressed one after the other. Returns: false for a character no key has. */
bool walk_display_type(struct walk_display *display, const char *text);
/* One key by X's name: "Return", "Tab", "F9". Returns: false for an unknown name. */
bool walk_display_key(struct walk_display *display, const char *name);
/* The whole display stands in a PNG file. Returns: false when it cannot be read or written. */
bool walk_display_picture(struct walk_display *display, const char *path);

#endif
