/* Loop SDL: one of SDL's events as one of ours. Apart from loop.c so that tests can hand events in.
 *
 * Fingers are pointers 1 and up, the real mouse is pointer 0; the mouse SDL makes up from a finger is
 * dropped.
 */
#ifndef KIOSK_UI_LOOP_SDL_H
#define KIOSK_UI_LOOP_SDL_H

#include <SDL.h>
#include <stdbool.h>

#include "kiosk/ui/input_event.h"

/* The event is translated. Units: the window's size in px, for fingers come as parts of it.
 * Returns: false for events nobody needs. */
bool loop_sdl_translate(const SDL_Event *sdl, int width, int height, struct input_event *out);

#endif
