/* Desk: what every screen of the clerk's program has in hand, and the frame around it.
 *
 * One file a screen, as for the applicant (screens.def), with the same four functions; one list, desk.def.
 * The desk sees orders, pages and where terminals stand, never an applicant's screen. Pitfall: nothing here
 * is decided on a view; a decision is checked again by the worker against the version shown.
 */
#ifndef KIOSK_DESK_DESK_H
#define KIOSK_DESK_DESK_H

#include "kiosk/base/money.h"
#include "kiosk/catalogue/words.h"
#include "kiosk/services/services.h"
#include "kiosk/ui/ui.h"

enum desk_id {
#define DESK(code, name, title_key, icon, shortcut) DESK_##code,
#include "kiosk/desk/desk.def"
#undef DESK
    DESK_COUNT_
};

struct voice;

/* What ui_program hands out in the clerk's program. Everything is borrowed from the app. */
struct desk_program {
    struct services *services;
    const struct words *words;
    const struct settings *settings;
    const struct catalogue *catalogue;
    const struct clock *clock;
    struct voice *voice; /* for the app's hooks; NULL: silent */
    size_t calls;        /* terminals that called and were not answered, at the last look */
    int64_t call_heard_ms;
};

/* What the services answered reaches the screens, and a call nobody answers is heard, again every 15 s. Call
 * at every turn of the loop. */
void desk_program_drain(struct ui *ui);

/* The table for the screen stack, in the order of desk_id. Owns: static. */
const struct screen_class *desk_table(const struct settings *settings, int *count);

/* The program object of this ui, and what is most asked of it. */
struct desk_program *desk_program(const struct ui *ui);
const struct service_desk *desk_view(const struct ui *ui);
/* The words of a key. Owns: borrowed. */
const char *desk_text(const struct ui *ui, const char *key);
/* The words with placeholders filled. */
#define desk_format(ui, out, size, key, ...)                                                                 \
    words_format(desk_program(ui)->words, (out), (size), (key), __VA_ARGS__)
/* The words for a reply that is not OK. */
void desk_reason(const struct ui *ui, const struct service_reply *reply, char *out, size_t size);
/* The words for a reply: of this key when it is OK, else the reason. Returns: whether it is OK. */
bool desk_told(const struct ui *ui, const struct service_reply *reply, const char *done, char *out,
               size_t size);

/* The same with a chip behind the title (NULL for none) and the room left in the header. */
struct ui_page_desk_areas desk_page_with(struct ui *ui, enum desk_id here, const char *chip,
                                         enum widget_mark_tone tone);
/* The same with the words of this key, {count} in them, as its chip; none for 0. */
struct ui_page_desk_areas desk_page_counted(struct ui *ui, enum desk_id here, const char *key, size_t count,
                                            enum widget_mark_tone tone);
/* The content of a page of tables, which stands 16 px from the edges where tiles have 20 (c01, c03). Units:
 * base px. */
struct rect desk_page_wide(struct rect content);
/* How many of the deadlines are over. */
size_t desk_overdue(const struct ui *ui);
/* Nav column, F keys, lock and the ends of a session. Returns: whether it took the event. */
bool desk_common(struct ui *ui, const struct ui_event *event);
/* Whether the key with this character (or F number for function) was pressed and no field has the focus. */
bool desk_pressed(const struct ui *ui, const struct ui_event *event, enum input_key key, int character);

enum { DESK_AMOUNT_BYTES = MONEY_TEXT_BYTES + 4, DESK_SUBJECT_BYTES = 160 };
/* The amount as it is due, ¥480.00, and what the order is for: 重庆市政府采购网·证书新办. Units: fen. */
void desk_amount(int64_t fen, char out[DESK_AMOUNT_BYTES]);
void desk_subject(const struct ui *ui, const struct order *order, char out[DESK_SUBJECT_BYTES]);
/* Hall time as HH:MM, with its day as MM-DD HH:MM, and the time since then as mm:ss. */
void desk_time(int64_t utc_s, char out[16]);
void desk_day_time(int64_t utc_s, char out[16]);
void desk_since(const struct ui *ui, int64_t utc_s, char out[16]);

#endif
