#include "kiosk/ui/loop_sdl.h"

#include "kiosk/base/text.h"

static bool finger(const SDL_TouchFingerEvent *sdl, enum input_event_kind kind, int width, int height,
                   struct input_event *out)
{
    out->kind = kind;
    out->pointer = sdl->fingerId + 1;
    out->x = (int)(sdl->x * (float)width);
    out->y = (int)(sdl->y * (float)height);
    return true;
}

static bool button(const SDL_MouseButtonEvent *sdl, enum input_event_kind kind, struct input_event *out)
{
    if (sdl->which == SDL_TOUCH_MOUSEID || sdl->button != SDL_BUTTON_LEFT)
        return false;
    out->kind = kind;
    out->x = sdl->x;
    out->y = sdl->y;
    return true;
}

static bool motion(const SDL_MouseMotionEvent *sdl, struct input_event *out)
{
    /* Without a button down nothing here follows the mouse. */
    if (sdl->which == SDL_TOUCH_MOUSEID || !(sdl->state & SDL_BUTTON_LMASK))
        return false;
    out->kind = INPUT_EVENT_MOVE;
    out->x = sdl->x;
    out->y = sdl->y;
    return true;
}

static const struct {
    SDL_Keycode code;
    enum input_key key;
} keys[] = {
    {SDLK_TAB, INPUT_KEY_TAB},        {SDLK_RETURN, INPUT_KEY_ENTER},        {SDLK_KP_ENTER, INPUT_KEY_ENTER},
    {SDLK_ESCAPE, INPUT_KEY_ESCAPE},  {SDLK_BACKSPACE, INPUT_KEY_BACKSPACE}, {SDLK_DELETE, INPUT_KEY_DELETE},
    {SDLK_LEFT, INPUT_KEY_LEFT},      {SDLK_RIGHT, INPUT_KEY_RIGHT},         {SDLK_UP, INPUT_KEY_UP},
    {SDLK_DOWN, INPUT_KEY_DOWN},      {SDLK_HOME, INPUT_KEY_HOME},           {SDLK_END, INPUT_KEY_END},
    {SDLK_PAGEUP, INPUT_KEY_PAGE_UP}, {SDLK_PAGEDOWN, INPUT_KEY_PAGE_DOWN},
};

static bool key(const SDL_KeyboardEvent *sdl, struct input_event *out)
{
    SDL_Keycode code = sdl->keysym.sym;
    out->kind = INPUT_EVENT_KEY;
    out->modifiers = (sdl->keysym.mod & KMOD_SHIFT ? (unsigned)INPUT_MODIFIER_SHIFT : 0u) |
                     (sdl->keysym.mod & KMOD_CTRL ? (unsigned)INPUT_MODIFIER_CTRL : 0u) |
                     (sdl->keysym.mod & KMOD_ALT ? (unsigned)INPUT_MODIFIER_ALT : 0u);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (keys[i].code == code) {
            out->key = keys[i].key;
            return true;
        }
    if (code >= SDLK_F1 && code <= SDLK_F12) {
        out->key = INPUT_KEY_FUNCTION;
        out->character = code - SDLK_F1 + 1;
        return true;
    }
    if (code < ' ' || code >= 0x7F)
        return false;
    out->key = INPUT_KEY_CHARACTER;
    out->character = code;
    return true;
}

static bool wheel(const SDL_MouseWheelEvent *sdl, struct input_event *out)
{
    if (sdl->which == SDL_TOUCH_MOUSEID || sdl->y == 0)
        return false;
    out->kind = INPUT_EVENT_WHEEL;
    out->x = sdl->mouseX;
    out->y = sdl->mouseY;
    out->steps = sdl->y;
    return true;
}

bool loop_sdl_translate(const SDL_Event *sdl, int width, int height, struct input_event *out)
{
    *out = (struct input_event){0};
    switch (sdl->type) {
    case SDL_FINGERDOWN:
        return finger(&sdl->tfinger, INPUT_EVENT_PRESS, width, height, out);
    case SDL_FINGERMOTION:
        return finger(&sdl->tfinger, INPUT_EVENT_MOVE, width, height, out);
    case SDL_FINGERUP:
        return finger(&sdl->tfinger, INPUT_EVENT_RELEASE, width, height, out);
    case SDL_MOUSEBUTTONDOWN:
        return button(&sdl->button, INPUT_EVENT_PRESS, out);
    case SDL_MOUSEBUTTONUP:
        return button(&sdl->button, INPUT_EVENT_RELEASE, out);
    case SDL_MOUSEMOTION:
        return motion(&sdl->motion, out);
    case SDL_MOUSEWHEEL:
        return wheel(&sdl->wheel, out);
    case SDL_KEYDOWN:
        return key(&sdl->key, out);
    case SDL_TEXTINPUT:
        out->kind = INPUT_EVENT_TEXT;
        return text_copy(out->text, sizeof out->text, sdl->text.text) && out->text[0];
    default:
        return false;
    }
}
