/* Desk wall: what the parts of the wall's screen share: state, moods, words of a terminal.
 *
 * Tiles stand in a fixed place; only the alerts are sorted (c01). An act is sent for the visit the clerk
 * sees; whether it is still there is the services' to judge. Pitfall: an index into the view's terminals is
 * good for one draw; between events remember the id.
 */
#ifndef KIOSK_DESK_DESK_WALL_H
#define KIOSK_DESK_DESK_WALL_H

#include "kiosk/desk/desk.h"
#include "kiosk/desk/terminal_act.h"
#include "kiosk/desk/terminal_words.h"

enum { DESK_WALL_SLOW_S = 5 * 60, DESK_WALL_WORDS_MAX = 60 };

/* What a tile says first, most urgent last. */
enum desk_wall_mood {
    DESK_WALL_IDLE,
    DESK_WALL_CLOSED,
    DESK_WALL_BUSY,
    DESK_WALL_WAITS, /* for the clerk's review */
    DESK_WALL_SLOW,
    DESK_WALL_SILENT,
    DESK_WALL_FAULT,
    DESK_WALL_CALL
};

enum desk_wall_tab { DESK_WALL_SAY, DESK_WALL_POINT, DESK_WALL_LOG };

struct desk_wall_state {
    int first;                     /* row of tiles shown first */
    char chosen[ORDER_NAME_BYTES]; /* terminal of the assist panel, "" for none */
    enum desk_wall_tab tab;
    struct terminal_act act; /* the question that is open */
    struct text_edit words;  /* the clerk's own sentence */
    struct text_edit search;
    uint64_t sending;
    char message[SERVICE_TEXT_BYTES]; /* of the last act; "" for none */
    bool failed;
};

/* --- a terminal in words */

/* The mood of a terminal now. */
enum desk_wall_mood desk_wall_mood(const struct ui *ui, const struct service_terminal *terminal);
/* What is out of order, 扫描仪卡纸; "" when all is well. */
void desk_wall_fault(const struct ui *ui, const struct service_terminal *terminal, char out[64]);
/* The text with … in place of its end when it is wider: names are of any length. Units: width in base px. */
void desk_wall_fit(struct ui *ui, enum theme_type type, const char *text, int width, char out[192]);
/* The terminal with this id, NULL when it is not on the wall. */
const struct service_terminal *desk_wall_find(const struct ui *ui, const char *id);

/* --- acts and panels */

/* The act is sent for the terminal as shown; reason, words and field may be NULL. */
void desk_wall_act(struct desk_wall_state *state, struct ui *ui, const struct service_terminal *terminal,
                   enum service_act_kind kind, const char *reason, const char *words, const char *field);
/* The assist panel of this terminal is open. */
void desk_wall_choose(struct desk_wall_state *state, const struct service_terminal *terminal);

/* One tile. */
void desk_wall_tile_draw(struct ui *ui, struct rect rect, const struct service_terminal *terminal, int index,
                         bool chosen);
/* The same without room for a thumbnail: a small desk, or many terminals. */
void desk_wall_tile_draw_small(struct ui *ui, struct rect rect, const struct service_terminal *terminal,
                               int index, bool chosen);
/* Alerts above, what happened below. */
void desk_wall_alerts_draw(struct ui *ui, struct rect rect);
/* Everything a clerk may do at the chosen terminal, in place of the alerts. */
void desk_wall_assist_draw(struct desk_wall_state *state, struct ui *ui, struct rect rect);
/* The dialog that asks for a reason, when one is open. */
void desk_wall_assist_dialog(struct desk_wall_state *state, struct ui *ui);
/* Taps of the panel and its dialog. Returns: whether it took the event. */
bool desk_wall_assist_event(struct desk_wall_state *state, struct ui *ui, const struct ui_event *event);

#endif
