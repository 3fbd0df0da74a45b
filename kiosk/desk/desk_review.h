/* Review: the parts of the desk's review screen (c02): queue, page, fields, decision.
 *
 * desk_review.c has the four functions of the screen and the keys; the others draw and take the taps of their
 * part. Pitfall: a field counts as seen only after it was built into a page that was on the screen, so it is
 * noted at the next event, never while drawing.
 */
#ifndef KIOSK_DESK_DESK_REVIEW_H
#define KIOSK_DESK_DESK_REVIEW_H

#include "kiosk/desk/desk.h"
#include "kiosk/desk/identity_check.h"

enum { DESK_REVIEW_NOTE_BYTES = 160, DESK_REVIEW_ID_BYTES = 96 };

/* What the clerk is asked for in a dialog. */
enum desk_review_ask { DESK_REVIEW_ASK_NOTHING, DESK_REVIEW_ASK_HOLD, DESK_REVIEW_ASK_REVEAL };

/* One thing that goes back, for a reason of the product's, in the clerk's own words, or both. */
struct desk_review_item {
    enum order_item_kind kind;
    char item[ORDER_NAME_BYTES];
    size_t reason; /* index + 1, 0 for none */
    char note[DESK_REVIEW_NOTE_BYTES];
};

/* A page as pixels, and what it is waited for by. */
struct desk_review_picture {
    size_t page; /* index in the case's pages */
    uint64_t loading;
    uint64_t version;
    struct service_image *image; /* owned */
    struct canvas_image pixels;
    struct widget_picture_view view;
};

/* Small pictures of the case's pages, one asked for after the other and never before a page that is waited
 * for. They show personal data and go with the case, or when its version is another. */
struct desk_review_thumbs {
    char order_id[ORDER_ID_BYTES];
    int64_t version; /* of the order */
    uint64_t asking; /* 0 when nothing is asked for */
    size_t asked;    /* the page it is about */
    struct {
        struct service_image *image; /* owned; NULL while there is none */
        struct canvas_image pixels;
        uint64_t version;
        bool tried; /* a damaged page is not asked for again and again */
    } items[SERVICE_PAPERS_MAX];
};

/* The dialog in which originals are ticked. */
struct desk_review_originals {
    bool asking;
    uint64_t saving;
    struct service_originals list; /* as it is to be */
};

struct desk_review_state {
    struct desk_review_picture shown;
    struct desk_review_picture beside; /* what it is compared with */
    bool comparing;
    size_t first_tab; /* of the pages' tabs, the first that is shown */
    struct desk_review_thumbs thumbs;
    uint64_t opening, deciding, undoing, holding, revealing;
    size_t first_field;           /* of the fields shown, the first in the list */
    char field[ORDER_NAME_BYTES]; /* pointed at, "" for none: then the page itself is */
    char revealed[ORDER_NAME_BYTES];
    int64_t revealed_until_utc_s;
    bool choosing; /* number keys choose reasons instead of pages */
    struct desk_review_item items[ORDER_REJECTIONS_MAX];
    size_t item_count;
    struct text_edit note; /* of the item pointed at */
    struct text_edit search;
    enum service_lock_role lock_wanted; /* decided, not yet seen in the case; NONE for nothing */
    enum desk_review_ask asking;
    struct text_edit words; /* of the dialog */
    char message[192];
    struct desk_review_originals originals;
    struct identity_check identity; /* of a case that waits for its identity check */
};

/* --- the case in hand: desk_review.c */

/* The open case, its product and its form. Owns: borrowed. */
const struct service_case *desk_review_case(const struct ui *ui);
const struct product *desk_review_product(const struct ui *ui);
const struct form *desk_review_form(const struct ui *ui);
/* The order of the queue as shown: oldest first, those on hold behind. Returns: how many. */
size_t desk_review_queue(const struct ui *ui, size_t out[SERVICE_QUEUE_MAX]);
/* The message of the last refusal or hint. */
void desk_review_say(struct desk_review_state *state, const struct ui *ui, const char *key);

/* Where the parts lie. Units: base px. */
struct desk_review_areas {
    struct rect queue, page, side;
    struct rect head, fields, turn, lower, originals,
        decision;                           /* of the side; originals only where asked for */
    struct rect tabs, tools, viewer, value; /* of the page; value: of the field in hand */
    bool is_low;                            /* checks and reasons do not fit together */
    bool turn_in_head;                      /* other fields are turned to in the table's head */
    struct rect checks, reasons;
};
struct desk_review_areas desk_review_areas(const struct desk_review_state *state, struct ui *ui);

/* --- parts */

/* Who waits, and the keys of this screen. */
void desk_review_queue_draw(struct ui *ui, struct rect area);

/* The page with this index is asked for and stands in the viewer as wide as that. */
void desk_review_page_show(struct desk_review_state *state, struct ui *ui, size_t page);
/* The place of the field in hand comes into the middle of the viewer. */
void desk_review_page_point(struct desk_review_state *state, struct ui *ui);
/* The page of this paper, the number of pages when the case has none. */
size_t desk_review_page_of(const struct ui *ui, const char *paper);
/* What this paper of the case is called. Owns: borrowed. */
const char *desk_review_title(const struct ui *ui, const char *paper);
/* Whether this paper of the case is what was cut out of a sheet. */
bool desk_review_is_samples(const char *paper);
/* The paper that goes back when something is wrong with the page of this index: what was cut out of a sheet
 * goes back with the sheet. */
const char *desk_review_page_paper(const struct ui *ui, size_t page);
/* Pictures are given back. */
void desk_review_page_forget(struct desk_review_state *state);
void desk_review_page_draw(struct desk_review_state *state, struct ui *ui,
                           const struct desk_review_areas *areas);
/* Taps and keys of the viewer, replies with pages. Returns: whether it took the event. */
bool desk_review_page_event(struct desk_review_state *state, struct ui *ui, const struct ui_event *event);

/* Tabs of the pages with their small pictures; those that have no room are turned to. */
void desk_review_tabs_draw(const struct desk_review_state *state, struct ui *ui, struct rect area);
/* The tab of the page in the viewer is among those shown. */
void desk_review_tabs_follow(struct desk_review_state *state, struct ui *ui);
/* Taps and the wheel. Returns: whether it took the event. */
bool desk_review_tabs_event(struct desk_review_state *state, struct ui *ui, const struct ui_event *event);
/* The next small picture is asked for, unless something else is waited for. */
void desk_review_thumbs_ask(struct desk_review_state *state, struct ui *ui);
/* The event is a small picture asked for: it is kept. Returns: whether it was. */
bool desk_review_thumbs_take(struct desk_review_state *state, const struct ui_event *event);
/* All are wiped; those on their way are not waited for. */
void desk_review_thumbs_forget(struct desk_review_thumbs *thumbs);

/* The fields that are on the screen now count as seen. */
void desk_review_fields_note(const struct desk_review_state *state, struct ui *ui);
/* Whether the field in hand is shown whole below the page: it is hidden, cut, or a register knows it. */
bool desk_review_fields_asks_value(const struct desk_review_state *state, struct ui *ui,
                                   const struct desk_review_areas *areas);
/* How many fields the clerk has neither seen nor has on the screen now. */
size_t desk_review_fields_unseen(const struct desk_review_state *state, struct ui *ui);
void desk_review_fields_draw(const struct desk_review_state *state, struct ui *ui,
                             const struct desk_review_areas *areas);
bool desk_review_fields_event(struct desk_review_state *state, struct ui *ui, const struct ui_event *event);

/* Room for the checks of the page that has most, so that nothing moves when pages are turned. Units: base px.
 */
int desk_review_checks_height(const struct ui *ui);
void desk_review_checks_draw(const struct desk_review_state *state, struct ui *ui, struct rect area);

/* What is pointed at comes back: its item, NULL while it does not. */
const struct desk_review_item *desk_review_item_of(const struct desk_review_state *state,
                                                   enum order_item_kind kind, const char *item);
/* What is pointed at has changed: the note in hand is the new one's. */
void desk_review_pointed(struct desk_review_state *state, const struct ui *ui);
void desk_review_reasons_draw(struct desk_review_state *state, struct ui *ui, struct rect area);
bool desk_review_reasons_event(struct desk_review_state *state, struct ui *ui, const struct ui_event *event);

/* How many of the originals that are asked for are not there. */
size_t desk_review_originals_missing(const struct ui *ui);
/* The button that leads to them; their dialog; taps and replies of both. */
void desk_review_originals_draw(const struct desk_review_state *state, struct ui *ui, struct rect area);
void desk_review_originals_dialog(struct desk_review_state *state, struct ui *ui);
bool desk_review_originals_event(struct desk_review_state *state, struct ui *ui,
                                 const struct ui_event *event);

/* What is decided and how; the dialog of what is asked for; their taps and replies. */
void desk_review_decide_draw(struct desk_review_state *state, struct ui *ui, struct rect area);
void desk_review_dialog_draw(struct desk_review_state *state, struct ui *ui);
bool desk_review_decide_event(struct desk_review_state *state, struct ui *ui, const struct ui_event *event);
/* Whether the last decision can still be taken back. */
bool desk_review_can_undo(const struct ui *ui);

#endif
