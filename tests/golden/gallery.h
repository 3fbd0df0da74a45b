/* Gallery: every page an applicant or a clerk can see, each with a name, from data written down here.
 *
 * A case opens one screen over scripted services (gallery_services.h) and brings it into one state by the
 * ways the product has: views, replies, taps. test_golden compares each with its committed picture,
 * the layout tests judge it with the shortest and longest texts, gallery_main writes pictures for a person to
 * look at. The clock stands at 2025-11-21 10:26 in the hall, names and numbers are the pictures' of the
 * design and fictitious. Pitfall: a case must not depend on anything but its own data, or its picture changes
 * by itself.
 */
#ifndef TESTS_GOLDEN_GALLERY_H
#define TESTS_GOLDEN_GALLERY_H

#include "kiosk/desk/desk.h"
#include "kiosk/screens/screen.h"
#include "kiosk/ui/widget_keyboard.h"
#include "tests/golden/gallery_services.h"
#include "tests/support/stage.h"

enum { GALLERY_NOW_UTC_S = 1763691960, GALLERY_DESK_LOOKS = 2 };

/* How long the texts are that come from people. */
enum gallery_length { GALLERY_NORMAL, GALLERY_SHORTEST, GALLERY_LONGEST, GALLERY_LENGTHS };

struct gallery {
    struct stage stage; /* as the two below, shared by all cases and only read */
    struct settings *settings;
    struct catalogue *catalogue;
    struct clock_manual clock;
    struct random_seeded random;
    struct services services;
    struct widget_keyboard *keyboard;
    struct screen_program screens;
    struct desk_program desk;
    bool is_desk;
    enum gallery_length length;
    struct stage_look look;
    struct ui *ui;
    uint32_t *pixels;
    char aloud[64]; /* the beginning of what is being read aloud, "" for nothing */
};

/* One page. */
struct gallery_case {
    const char *name;    /* <screen>__<case>, as in the picture's file name */
    const char *picture; /* the design's picture it follows, "" for none */
    bool is_desk;
    void (*open)(struct gallery *gallery);
};
/* All of them, in the order of gallery_cases.def. */
extern const struct gallery_case gallery_cases[];
extern const size_t gallery_case_count;

/* The functions of the list: the page stands open on an opened gallery. */
#define GALLERY_CASE(name, picture, open) void open(struct gallery *gallery);
#define GALLERY_DESK(name, picture, open) void open(struct gallery *gallery);
#include "tests/golden/gallery_cases.def"
#undef GALLERY_CASE
#undef GALLERY_DESK

/* The looks a case is shown in. Units: index below gallery_looks(case). */
size_t gallery_looks(const struct gallery_case *which);
struct stage_look gallery_look(const struct gallery_case *which, size_t index);

/* Whether it is its screen's first case; screens of the applicant and of the clerk may have the same name. */
bool gallery_is_first(const struct gallery_case *which);
/* Whether a picture of this look is committed: every look of a screen's first case and of what the design has
 * a picture of, of other cases the first look, because a picture of each would be hundreds of megabytes; the
 * layout of all is judged. A page that stands in the list twice has its pictures under its first name. */
bool gallery_is_golden(const struct gallery_case *which, size_t look);
/* The look the case's picture of the design is in. Pitfall: asked of a case without a picture is a broken
 * promise. */
struct stage_look gallery_picture_look(const struct gallery_case *which);

/* The case stands open in this look with texts of this length. Owns: the caller closes it. */
void gallery_open(struct gallery *gallery, const struct gallery_case *which, struct stage_look look,
                  enum gallery_length length);
void gallery_close(struct gallery *gallery);
/* The page is painted whole into the gallery's pixels. */
void gallery_paint(struct gallery *gallery);
/* The page's faults are told on standard error under the case's name. Returns: how many there are. */
size_t gallery_faults(struct gallery *gallery, const struct gallery_case *which);

/* --- for cases -------------------------------------------------------------------------------------------
 */

/* This screen is opened on an empty stack, with header and steps of the visit. */
void gallery_screen(struct gallery *gallery, int screen);
/* A finger presses the widget's middle and leaves it. A widget that is not there is a broken case. */
void gallery_tap(struct gallery *gallery, const char *id);
/* A finger draws a straight stroke on the widget: from x, y to x, y in parts of a hundred of its height, in a
 * square in its middle. */
void gallery_draw(struct gallery *gallery, const char *id, const int ends[4]);
/* As from a keyboard. */
void gallery_type(struct gallery *gallery, const char *text);
/* Time passes, timers run. Units: milliseconds. */
void gallery_wait(struct gallery *gallery, int64_t ms);
/* The last request of this kind is answered. Owns: the image is handed over; NULL is allowed. */
void gallery_answer(struct gallery *gallery, enum service_kind kind, enum status status,
                    enum service_reason reason, int64_t number, struct service_image *image);
/* The services report by themselves. */
void gallery_report(struct gallery *gallery, enum service_kind kind, enum status status,
                    enum service_reason reason);
/* One of three texts by the gallery's length. */
const char *gallery_text(const struct gallery *gallery, const char *normal, const char *shortest,
                         const char *longest);

#endif
