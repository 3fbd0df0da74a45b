/* Ui: the toolkit as a screen sees it, and the one door for input. One include for screens and desk.
 *
 * A program makes a ui (fonts, theme, canvas size, table of screens), hands input events to ui_handle and
 * lets ui_paint paint; loop.h does both for a window, a test does them by hand. After every event the top
 * screen's draw is called again and builds the page anew; what differs from the page before is repainted.
 *
 * Ids of the bottom bar: bar.back, bar.exit, bar.call, bar.large, bar.contrast, bar.voice, bar.secondary,
 * bar.next. The toolkit itself acts on bar.large (大字), bar.contrast and bar.voice (语音); everything else
 * goes to the program's hook and then to the screen. Pitfall: draw must not change state or start work; it
 * may run at any time.
 */
#ifndef KIOSK_UI_UI_H
#define KIOSK_UI_UI_H

#include "kiosk/base/clock.h"
#include "kiosk/ui/font.h"
#include "kiosk/ui/icon.h"
#include "kiosk/ui/input_event.h"
#include "kiosk/ui/layout.h"
#include "kiosk/ui/screen_stack.h"
#include "kiosk/ui/text_edit.h"
#include "kiosk/ui/ui_assist.h"
#include "kiosk/ui/ui_page.h"
#include "kiosk/ui/ui_sound.h"
#include "kiosk/ui/widget.h"
#include "kiosk/ui/widget_bar.h"
#include "kiosk/ui/widget_button.h"
#include "kiosk/ui/widget_case.h"
#include "kiosk/ui/widget_check.h"
#include "kiosk/ui/widget_choice.h"
#include "kiosk/ui/widget_device.h"
#include "kiosk/ui/widget_dialog.h"
#include "kiosk/ui/widget_digits.h"
#include "kiosk/ui/widget_emblem.h"
#include "kiosk/ui/widget_entry.h"
#include "kiosk/ui/widget_field.h"
#include "kiosk/ui/widget_keypad.h"
#include "kiosk/ui/widget_label.h"
#include "kiosk/ui/widget_list.h"
#include "kiosk/ui/widget_machine.h"
#include "kiosk/ui/widget_mark.h"
#include "kiosk/ui/widget_motif.h"
#include "kiosk/ui/widget_nav.h"
#include "kiosk/ui/widget_notice.h"
#include "kiosk/ui/widget_pager.h"
#include "kiosk/ui/widget_panel.h"
#include "kiosk/ui/widget_picker.h"
#include "kiosk/ui/widget_picture.h"
#include "kiosk/ui/widget_progress.h"
#include "kiosk/ui/widget_table.h"
#include "kiosk/ui/widget_thumb.h"
#include "kiosk/ui/widget_tile.h"
#include "kiosk/ui/widget_timeline.h"

enum ui_event_kind {
    UI_EVENT_TAP,    /* a target was activated: id, tag */
    UI_EVENT_FOCUS,  /* a field got the focus: id, tag */
    UI_EVENT_BLUR,   /* a field lost the focus: id, tag; the time to validate */
    UI_EVENT_CHANGE, /* a field's text changed: id, tag */
    UI_EVENT_NEXT,   /* Enter or 下一项 in a field: id, tag; the focus has not moved */
    UI_EVENT_KEY,    /* a key nobody else took: key, character, modifiers */
    UI_EVENT_DRAG,   /* a DRAG widget: id, phase, x and y in base px, dx and dy since the last */
    UI_EVENT_WHEEL,  /* over a widget: id, steps */
    UI_EVENT_TIMER,  /* a timer of this visit ran out: timer */
    UI_EVENT_REPLY,  /* a service answered: request_id, data; the top screen must compare the id */
    UI_EVENT_NOTICE, /* something happened in the world: notice, data (device changed, order changed) */
    UI_EVENT_RETURN, /* the screen above was left and this one is on top again */
};

enum ui_drag_phase { UI_DRAG_BEGIN, UI_DRAG_MOVE, UI_DRAG_END };

struct ui_event {
    enum ui_event_kind kind;
    const char *id; /* "" when there is none; borrowed for the call */
    int64_t tag;
    enum input_key key;
    int character;
    unsigned modifiers;
    enum ui_drag_phase phase;
    int x, y, dx, dy;
    int64_t pointer;
    int steps;
    int timer;
    uint64_t request_id;
    int notice;
    void *data; /* REPLY, NOTICE: borrowed for the call */
};

/* What lies over a page's lower part while a field has the focus: the on-screen keyboard. */
struct ui_overlay {
    void *context;
    /* The part of the canvas it covers now; empty when it is closed. Units: base px. */
    struct rect (*area)(void *context, const struct ui *ui);
    /* Its widgets are built, after the page's. */
    void (*build)(void *context, struct ui *ui);
    /* Taps and drags of its widgets and UI_TIMER_OVERLAY come here first. Returns: whether it took the event.
     */
    bool (*event)(void *context, struct ui *ui, const struct ui_event *event);
    /* Another field has the focus, or none (edit NULL). */
    void (*focus)(void *context, struct ui *ui, struct text_edit *edit);
    /* Everything typed and every candidate is forgotten: end of a visit. */
    void (*forget)(void *context);
};

struct ui_settings {
    const struct clock *clock;
    struct font *font;      /* borrowed */
    struct icon_set *icons; /* borrowed */
    const struct screen_class *screens;
    int screen_count;
    void *program;     /* handed out by ui_program: services, session */
    bool desk;         /* desk canvas and density instead of the kiosk's */
    double desk_scale; /* 0 means 1 */
    int pitch_um;      /* panel pixel pitch; 0 unknown, negative: no panel (layout_kiosk) */
    /* The program sees each event before the screen (bar.call, bar.voice). Returns: true when it took it. May
     * be NULL. */
    bool (*event)(void *program, struct ui *ui, const struct ui_event *event);
    int64_t idle_countdown_ms; /* length of the idle warning; 0 means IDLE_WARNING_MS */
    /* The idle countdown ran out or 保存并退出 was pressed: store, wipe, ui_reset to the welcome screen. */
    void (*idle_end)(void *program, struct ui *ui);
    /* A page with this voice key was entered. May be NULL. */
    void (*speak)(void *program, const char *voice);
    /* The text is to be read aloud, NULL: no more. May be NULL. */
    void (*read)(void *program, const char *text);
    /* A signal is to be heard; must not wait. May be NULL. */
    void (*sound)(void *program, enum ui_sound sound);
    bool muted; /* 语音 is off at the beginning of every visit */
    /* After each build and event, for checkers in tests. May be NULL. */
    void (*after)(void *context, const struct ui *ui);
    void *after_context;
};

/* The toolkit is ready and empty; ui_reset opens the first screen.
 * Returns: never NULL. Owns: the caller frees it; everything in settings is borrowed for as long.
 * Thread: the screen thread, as every function here. */
struct ui *ui_new(const struct ui_settings *settings, int window_width, int window_height);
/* Every screen is left and everything typed wiped; NULL is allowed. */
void ui_free(struct ui *ui);

/* --- for screens -------------------------------------------------------------------------------------------
 */

/* The program's own object from the settings. */
void *ui_program(const struct ui *ui);
/* The clock everything here runs by. */
const struct clock *ui_clock(const struct ui *ui);
/* The canvas: its size and kind. Owns: borrowed until the next event. */
const struct layout *ui_layout(const struct ui *ui);
/* The look chosen for this visit. */
enum theme_kind ui_theme(const struct ui *ui);
/* Whether the canvas is upright. */
bool ui_is_portrait(const struct ui *ui);
/* Whether texts are 1.4 times as large: fewer items per page. */
bool ui_is_large(const struct ui *ui);
/* The event is a tap on the widget with this id. */
bool ui_tapped(const struct ui_event *event, const char *id);
/* The event is a tap on a widget whose id starts with this, e.g. "service."; the tag says which. */
bool ui_tapped_prefix(const struct ui_event *event, const char *prefix);
/* The event is the answer to this request; false for request 0. */
bool ui_replied(const struct ui_event *event, uint64_t request_id);

/* Wishes about screens, carried out when the event function returns; see screen_stack.h for the argument. */
void ui_push(struct ui *ui, int screen, const void *argument);
void ui_replace(struct ui *ui, int screen, const void *argument);
void ui_pop(struct ui *ui);
void ui_reset(struct ui *ui, int screen, const void *argument);

/* The timer of the overlay: its event goes there. Screens have 0 to 7. */
enum { UI_TIMER_OVERLAY = 8 };
/* UI_EVENT_TIMER arrives once after the delay unless the screen is left first; the same number again moves
 * it. Units: milliseconds; timer 0 to UI_TIMER_OVERLAY. */
void ui_timer(struct ui *ui, int timer, int64_t delay_ms);
/* The timer does not run out. */
void ui_timer_cancel(struct ui *ui, int timer);
/* The words stand above the bottom bar for 4 s. */
void ui_toast(struct ui *ui, enum icon icon, const char *text);
/* The field has the focus (NULL: none); BLUR and FOCUS follow. The id need not be built yet. */
void ui_focus(struct ui *ui, const char *id);
/* The id of the field that has the focus, NULL for none. */
const char *ui_focused(const struct ui *ui);
/* The page is built again although no event came. */
void ui_invalidate(struct ui *ui);
/* The top screen's idle limit from now on, e.g. while issuing. Units: milliseconds, IDLE_NEVER_MS for none.
 */
void ui_idle_limit(struct ui *ui, int64_t limit_ms);
/* How long nobody has touched, also on a screen without an idle limit. Units: milliseconds. */
int64_t ui_rested_ms(const struct ui *ui);
/* Counting begins anew with so much more time than the screen has by itself; an open warning closes. Units:
 * milliseconds. */
void ui_idle_extend(struct ui *ui, int64_t more_ms);
/* A sentence in the idle warning ("7 天内凭手机号 138****0000 可以继续办理"); copied, NULL for none. */
void ui_idle_note(struct ui *ui, const char *note);

/* --- for the on-screen keyboard ----------------------------------------------------------------------------
 */

/* This overlay is shown while a field has the focus; NULL for none (the desk). */
void ui_set_overlay(struct ui *ui, const struct ui_overlay *overlay);
/* The part of the canvas the overlay leaves to the page. Units: base px. */
struct rect ui_free_area(const struct ui *ui);
/* The text stands in the focused field; CHANGE follows. */
void ui_type(struct ui *ui, const char *text);
/* The character before the caret is gone; CHANGE follows. */
void ui_type_backspace(struct ui *ui);
/* What was typed and not yet chosen stands underlined in the focused field. */
void ui_type_preedit(struct ui *ui, const char *preedit);
/* As Enter: UI_EVENT_NEXT goes to the screen. */
void ui_type_next(struct ui *ui);
/* The focused field's edit, NULL when none has the focus. */
struct text_edit *ui_edit(const struct ui *ui);

/* --- for programs, loop and tests --------------------------------------------------------------------------
 */

/* What the top bar says on every page. Copied; NULL members keep nothing. */
struct ui_header {
    const char *product; /* 数字证书自助服务 */
    const char *machine; /* "03 号机" */
    const char *hall;
    const char *subject; /* "project·item·type"; NULL: the hall */
    const char *receipt; /* 受理号; NULL before there is one */
};
void ui_set_header(struct ui *ui, const struct ui_header *header);
/* The steps of this visit, for step bar and numbering; copied. NULL, 0 for none. */
void ui_set_steps(struct ui *ui, const char *const *names, int count);
/* The theme from now on; the page is built again, input and step are kept. */
void ui_set_theme(struct ui *ui, enum theme_kind theme);
/* The visit is over: theme 标准, 语音 as set, header subject and receipt, steps, idle note, text cache, old
 * trees and the overlay's memory are forgotten. Screens are the caller's business (ui_reset). */
void ui_forget(struct ui *ui);

/* Whether an event types a secret on the page as it is now: text for a field that shows dots, or a touch on a
 * secret pad. Recordings ask (recording.h). */
enum ui_secrecy { UI_SECRECY_NONE, UI_SECRECY_TEXT, UI_SECRECY_PAD };
enum ui_secrecy ui_secrecy(const struct ui *ui, const struct input_event *event);

/* The one event door. */
void ui_handle(struct ui *ui, const struct input_event *event);
/* Timers, idle, repeat, toasts and the minute's clock advance to the clock's time; wishes noted outside of
 * events are carried out. */
void ui_tick(struct ui *ui);
/* When ui_tick has something to do. Units: monotonic ms; INT64_MAX for never. */
int64_t ui_deadline_ms(const struct ui *ui);
/* The answer goes to the top screen. Owns: data stays the caller's. */
void ui_reply(struct ui *ui, uint64_t request_id, void *data);
/* The news goes to the top screen. Owns: data stays the caller's. */
void ui_notice(struct ui *ui, int notice, void *data);

/* The page as built last. Owns: borrowed until the next event. */
const struct widget_tree *ui_tree(const struct ui *ui);
/* The name of the top screen, "" when there is none. */
const char *ui_screen_name(const struct ui *ui);
/* The state of the top screen, for tests. */
void *ui_screen_state(const struct ui *ui);
/* Whether the idle warning is open. */
bool ui_is_idle_warning(const struct ui *ui);
/* Whether something waits to be painted. Units: window px; empty when not. */
struct rect ui_dirty(const struct ui *ui);
/* The whole window must be painted again. */
void ui_damage(struct ui *ui);
/* The dirty part is painted into these pixels of the window's size.
 * Units: window px. Returns: what was painted. */
struct rect ui_paint(struct ui *ui, uint32_t *pixels, int stride_pixels);
/* The tree as JSON: screen, visit, theme, window, widgets with id, kind, label, value, rect in window px and
 * state; secrets are never in it. Returns: FULL, NO_MEMORY. */
enum status ui_dump(const struct ui *ui, struct buf *out);

#endif
