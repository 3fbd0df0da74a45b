/* Screen: what every screen of the applicant's program has in hand, and the ways from one to the next.
 *
 * A screen is one file with a state struct and four functions, named in screens.def. It asks services, keeps
 * ids of its requests, and draws from its state and the views. It never includes another screen's file: ways
 * between screens are screen ids and, where an order exists, screen_go, which follows the order's state.
 * Pitfall: a reply reaches whatever screen is on top; compare ids (ui_replied) and take news only from the
 * views.
 */
#ifndef KIOSK_SCREENS_SCREEN_H
#define KIOSK_SCREENS_SCREEN_H

#include "kiosk/catalogue/words.h"
#include "kiosk/services/services.h"
#include "kiosk/ui/ui.h"

enum screen_id {
#define SCREEN(code, name, idle_ms, back, title_key, state) SCREEN_##code,
#include "kiosk/screens/screens.def"
#undef SCREEN
    SCREEN_COUNT_
};

/* What is known of a clerk's help between two looks (help.h). */
enum { SCREEN_HELP_ACTS = 8 };
struct screen_help {
    char handled[SCREEN_HELP_ACTS][SERVICE_MARK_BYTES]; /* ids, the oldest is overwritten */
    unsigned handled_count;
    char message[SERVICE_MARK_BYTES]; /* id of the sentence on the screen; "" for none */
    char manual[64];                  /* the screen whose manual is open; "" for none */
    char field[96];                   /* the widget pointed at */
    char stopped_reason[SERVICE_NAME_BYTES];
    char stopped_number[ORDER_ACCEPTANCE_BYTES]; /* of the order that was kept; "" for none */
};

/* The call for a clerk made last (call.h). */
struct screen_call {
    uint64_t request; /* on its way, 0 for none */
    bool calling;     /* a clerk is asked for, or no longer */
    int64_t again_ms; /* it failed: made again then; monotonic, 0 for not */
};

struct voice;

/* What ui_program hands out in the applicant's program. Everything is borrowed from the app. */
struct screen_program {
    struct services *services;
    const struct words *words;
    const struct settings *settings;
    const struct catalogue *catalogue;
    const struct clock *clock;
    struct voice *voice;         /* for the app's hooks; NULL: silent */
    const struct random *random; /* shuffles the PIN pad */
    char told_screen[64];        /* what the desk was told last */
    char told_field[64];
    struct screen_help help;
    struct screen_call call;
};

/* For the toolkit's settings: what every screen does the same way (呼叫工作人员), and the end by idleness. */
bool screen_program_event(void *program, struct ui *ui, const struct ui_event *event);
void screen_program_idle_end(void *program, struct ui *ui);
/* What the services answered reaches the screens, and the desk is told where the applicant stands: names of
 * screen and field, never values. Call at every turn of the loop. */
void screen_program_drain(struct ui *ui);

/* The table for the screen stack, in the order of screen_id. Units: *count entries. Owns: static. Thread:
 * call once before ui_new, with the idle limit of screens that take the setting's. */
const struct screen_class *screen_table(const struct settings *settings, int *count);

/* The program object of this ui. */
struct screen_program *screen_program(const struct ui *ui);
struct services *screen_services(const struct ui *ui);
const struct service_visit *screen_visit(const struct ui *ui);
/* The words of a key (assets/text). Owns: borrowed. */
const char *screen_text(const struct ui *ui, const char *key);
/* The words with placeholders filled, cut when too long. */
#define screen_format(ui, out, size, key, ...)                                                               \
    words_format(screen_program(ui)->words, (out), (size), (key), __VA_ARGS__)

/* The service's reply in a REPLY or NOTICE event; NULL for other events. Owns: borrowed for the call. */
struct service_reply *screen_reply(const struct ui_event *event);
/* The event is the reply to this request: *out is set. 0 never fits. */
bool screen_answered(const struct ui_event *event, uint64_t request, struct service_reply **out);
/* The words for a reply that is not OK: what happened and what to do; numbers filled in. Key
 * "service.<reason>" or "status.<status>". Units: size bytes. */
void screen_reason(const struct ui *ui, const struct service_reply *reply, char *out, size_t size);

/* The line as a banner, where it fits. Units: base px. */
void screen_banner(struct ui *ui, struct rect area, const char *id, enum widget_notice_tone tone,
                   const char *line);
/* The message as an error, or the hint where there is none, as a banner. Units: base px. */
void screen_message(struct ui *ui, struct rect area, const char *id, const char *message, const char *hint);
/* A field whose id is the key of its label, and with "_example" of what stands in it while it is empty.
 * Units: base px. */
void screen_field(struct ui *ui, struct rect area, const char *id, struct text_edit *edit);
/* Two of them while the keyboard is open: beside each other, upright one above the other. Units: base px. */
void screen_field_pair(struct ui *ui, struct rect area, const char *first_id, struct text_edit *first,
                       const char *second_id, struct text_edit *second);

/* The screen that the visit's order belongs to is opened (reset), or the welcome screen without an order. */
void screen_go(struct ui *ui);
/* Where what was chosen is gone on with from this page: when one need not come at all is said first, then
 * stands the page of the wish where there is something to choose; then whoever is there proves who it is, or
 * reads the agreement when that was done. */
enum screen_id screen_following(const struct ui *ui, enum screen_id here);
/* The same by its short name: 登录. */
const char *screen_following_name(const struct ui *ui, enum screen_id here);
/* It is gone on with there. */
void screen_apply(struct ui *ui, enum screen_id here);
/* The wish of what was chosen, for price and papers. Owns: borrowed from the visit. */
void screen_wish(const struct ui *ui, struct product_wish *out);
/* The authority's own words where the visit's product has some, else the program's under this key. */
const char *screen_says(const struct ui *ui, enum product_message message, const char *key);
/* The words of a key that speak of an approval; those under "<key>.first", which do not, where no review
 * stands before this step of the visit's operation. */
const char *screen_text_by_steps(const struct ui *ui, const char *key, enum order_step here);
/* What becomes of the seal that the key carries already; NULL where there is none to speak of. */
const char *screen_carried(const struct ui *ui, enum service_carried carried);
/* Whether the PIN of the key that was read may be asked: a certificate made here, a PIN set and not locked.
 */
bool screen_may_log_in(const struct ui *ui);
/* Whether the visit's order has left the state this screen belongs to; then screen_go was called. Call it
 * first for each NOTICE and REPLY. */
bool screen_moved_on(struct ui *ui, enum screen_id here);
/* The visit ends: stored, wiped, welcome screen. */
void screen_end_visit(struct ui *ui);
/* Header and step bar say what the visit is about. Call on entering; done by screen_go for order screens. */
void screen_show_visit(struct ui *ui);
/* The number of this screen's step among those the product has, for ui_page; 0 when it has none. */
int screen_step(const struct ui *ui, enum screen_id here);

/* A page as the product's words and this screen's title say: title, step number, voice set; the rest zero. */
struct ui_page screen_page(const struct ui *ui, enum screen_id here);

/* Pages of a list are turned in the bottom bar, where other screens go on: "pages.previous" and "pages.next",
 * with the page that comes as tag. Units: pages from 0; text of size bytes, which must live until ui_page. */
void screen_pages(const struct ui *ui, struct ui_page *page, int now, int pages, char *text, size_t size);

/* Title and sentence of the page stand over this column alone (landscape, where a panel begins beside them;
 * ui_page was called without). Units: base px. Returns: what is left below. */
struct rect screen_column(struct ui *ui, struct rect column, const char *title, const char *subtitle);

/* The icon a product's data names; the other one when it names none or one there is not. */
enum icon screen_icon(const char *name, enum icon otherwise);
/* The icon of an operation's tile, by its id in product_operations.def. */
enum icon screen_operation_icon(const char *operation);
/* The height of so many lines of this type in the look of this visit. Units: base px. */
int screen_lines(const struct ui *ui, enum theme_type type, int lines);
/* The text is at most this long, with … in place of its end: names in lists, never in forms. Units:
 * characters and bytes. */
void screen_shorten(const char *text, size_t characters, char *out, size_t size);
/* The text is at most as wide as this in one line, with … in place of its end. Units: base px; size in bytes.
 */
void screen_fit(struct ui *ui, enum theme_type type, int width, char *text, size_t size);
/* Money as text: "480.00". */
void screen_yuan(int64_t fen, char out[32]);
/* "480 元": the number is shown large, the unit small; the text is cut between them. Returns: the unit, NULL
 * when the fee is words. */
char *screen_split_fee(char *fee);
/* The mobile number as 3-4-4, or masked as 138****0000. */
void screen_phone(const char *phone, bool masked, char out[24]);
/* The number a Key was given, else the one its maker gave it; 13 characters as 4-4-5, any others as they are.
 */
void screen_key_number(const char *number, const char *serial, char out[32]);

#endif
