/* Ui core: what is inside struct ui, for the files ui*.c and the builders in this folder. Not for screens.
 *
 * One build goes into the spare tree while the old one stays readable; then they change places.
 */
#ifndef KIOSK_UI_UI_CORE_H
#define KIOSK_UI_UI_CORE_H

#include "kiosk/ui/canvas.h"
#include "kiosk/ui/idle.h"
#include "kiosk/ui/motion.h"
#include "kiosk/ui/touch.h"
#include "kiosk/ui/ui.h"

enum {
    UI_ID_BYTES = 96,
    UI_TIMERS = UI_TIMER_OVERLAY + 1,
    UI_OPEN_MAX = 16,
    UI_TOAST_MS = 4000,
    UI_FRAME_MS = 50,         /* between pictures of a spinner */
    UI_REPEAT_AFTER_MS = 450, /* a held backspace */
    UI_REPEAT_EVERY_MS = 80,
    UI_STEPS_MAX = 12,
    UI_TEXT_BYTES = 160,
};

struct ui_words {
    char product[UI_TEXT_BYTES], machine[UI_TEXT_BYTES], hall[UI_TEXT_BYTES], subject[UI_TEXT_BYTES],
        receipt[UI_TEXT_BYTES];
};

/* What a clerk at a distance put over the page (ui_assist.h), as copied. */
struct ui_assist_words {
    char chip[UI_TEXT_BYTES], message_title[UI_TEXT_BYTES], message[2 * UI_TEXT_BYTES], note[UI_TEXT_BYTES],
        read[UI_TEXT_BYTES], cancel[UI_TEXT_BYTES], lock_title[UI_TEXT_BYTES], lock_line[2 * UI_TEXT_BYTES],
        call[UI_TEXT_BYTES], field[UI_ID_BYTES];
};

struct ui {
    struct ui_settings settings;
    struct layout layout;
    enum theme_kind theme;
    bool muted; /* 语音 is switched off for this visit */
    struct screen_stack *stack;

    struct widget_tree *tree, *spare;
    struct widget_tree *building;     /* NULL outside a build */
    struct widget *open[UI_OPEN_MAX]; /* groups begun during the build */
    int open_count;
    bool invalid;       /* a build is due */
    bool relaid;        /* look or canvas are others than in the build before */
    bool hidden_values; /* as painted last */
    bool forgets;       /* the tree before the next build is wiped */

    struct touch touch;
    struct {
        uint64_t key; /* of the target held down; 0 for none */
        int64_t pointer, at_ms;
        bool done; /* it repeated at least once, so the release activates nothing */
    } repeat;
    struct {
        bool set; /* a button was pressed last; a key of a pad or a field is none */
        int64_t at_ms;
    } asked;
    int64_t rests_until_ms; /* the page came by itself and its way on takes no press; 0: it takes them */
    uint64_t way_on;        /* key of the primary of the page being built; 0 for none */
    struct idle idle;
    char focused[UI_ID_BYTES];
    int64_t focused_tag;
    struct text_edit *edit; /* of the focused field, as built last */
    int led_here;           /* the character of the key that led to it just now; its text is not meant */
    struct text_edit *told; /* the edit the overlay knows of */
    struct ui_overlay overlay;
    bool has_overlay;
    bool wishes_focus;
    char wish[UI_ID_BYTES];
    int depth; /* dispatches on the way */

    struct {
        bool set;
        int64_t at_ms;
    } timers[UI_TIMERS];
    struct {
        enum icon icon;
        char text[UI_TEXT_BYTES];
        int64_t until_ms;
    } toast;
    int64_t frame_at_ms; /* when animated widgets move again */
    int64_t minute;      /* the clock as shown */

    struct ui_words words;
    struct ui_assist_words assist;
    char steps[UI_STEPS_MAX][UI_TEXT_BYTES];
    int step_count;
    char idle_note[UI_TEXT_BYTES];
    bool exit_asks;            /* the page being built offers 退出办理 in these words, so it asks */
    bool leaving;              /* it asks now */
    const char *voice;         /* of the page being built */
    char group[UI_TEXT_BYTES]; /* of the page being built: 经办人信息·还差 2 项; "" when it has no groups */
    enum ui_sound sound; /* of the page being built */
    enum ui_sound heard; /* of the page built before */
    char spoken[UI_ID_BYTES];
    int64_t spoken_ms; /* monotonic */
    bool spoken_again; /* said a second time, to who did not touch anything */

    struct canvas_cache *cache;
    struct widget_cuts cuts; /* of the tree shown */
    struct rect dirty;       /* window px */
    bool painted;            /* the pixels show the page built before */
    struct motion motion;
    bool motion_due; /* its next frame waits to be painted */
};

/* The event goes overlay, program, screen; when it was the outermost, what was asked for is done. */
void ui_dispatch(struct ui *ui, const struct ui_event *event);
/* A widget's tap is dispatched; a field takes the focus instead. The id is copied, for the tree may change.
 */
void ui_activate(struct ui *ui, const struct widget *widget);
/* The change of the focused field is dispatched. */
void ui_changed(struct ui *ui);
/* A key is handled. */
void ui_handle_key(struct ui *ui, const struct input_event *event);
/* What was asked for is done: screens change, the page is built. */
void ui_settle(struct ui *ui);
/* The window part must be painted. Units: base px. */
void ui_damage_rect(struct ui *ui, struct rect rect);
/* The pressed, focused and resting marks in the tree shown are as they should be now; what changed is
 * damaged.
 */
void ui_mark_states(struct ui *ui);
/* The same in a tree not shown yet, without damage. */
void ui_set_states(struct ui *ui, struct widget_tree *tree);
/* The rest of a page that came by itself ends when its time has come. */
void ui_end_rest(struct ui *ui);
/* The focus is on this field, or none; the events follow. */
void ui_move_focus(struct ui *ui, const char *id);
/* Now, monotonic. */
int64_t ui_now_ms(const struct ui *ui);
/* The page is built from the top screen. */
void ui_build(struct ui *ui);
/* What a clerk at a distance has to say is built. */
void ui_build_assist(struct ui *ui);
/* The idle warning is built. */
void ui_build_idle(struct ui *ui);
/* 退出办理 asks once: that all is kept, and how one comes back. */
void ui_build_leaving(struct ui *ui);
/* The event is the toolkit's own (idle dialog, 大字, 高对比). Returns: whether it was. */
bool ui_handle_own(struct ui *ui, const struct ui_event *event);

#endif
