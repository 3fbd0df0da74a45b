/* Walk: one complete visit, applicant and clerk, done from outside as people do it.
 *
 * A walk is a list of steps (walk_steps.def), each with what it does at which machine and what must be seen
 * after it. It sees the two programs through their widget dumps and screens, the world through the
 * simulators, and nothing else. What later runs of the same walk need (`--from`) is kept in OUT/walk.json.
 * Pitfall: a step ends when its effect is on the screen, never after a fixed time.
 */
#ifndef TESTS_WALK_WALK_H
#define TESTS_WALK_WALK_H

#include "kiosk/base/json.h"
#include "tests/walk/walk_view.h"
#include "tests/walk/walk_world.h"

enum { WALK_PIN_BYTES = 17, WALK_TEXT_BYTES = 256 };

struct walk {
    struct walk_view terminal;
    struct walk_view desk;
    struct walk_world world;
    const char *out;          /* where pictures and evidence go */
    const char *clerk_file;   /* "name password" */
    const char *form_picture; /* scanned instead of the signed form; NULL for the right one */
    int no_pay_wait_s;        /* above 0: nobody pays; so long is waited for a mistake */
    const char *tap;          /* what the step "see" presses first; NULL for nothing */
    const char *see;          /* and what it reads */
    struct json *applicant;   /* applicant.json */
    int pictures;             /* taken so far */
    char pin[WALK_PIN_BYTES];
    char acceptance[WALK_TEXT_BYTES];
    char failure[WALK_VIEW_FAILURE_BYTES];
};

/* The failure is set. Returns: false, so that it can be returned. */
bool walk_fail(struct walk *walk, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The failure is the view's or the world's. Returns: false. */
bool walk_fail_view(struct walk *walk, const struct walk_view *view);
bool walk_fail_world(struct walk *walk);
/* OUT/name as a path that lives until 8 further calls. */
const char *walk_path(const struct walk *walk, const char *name);
/* A picture OUT/NN-name.png of this machine's display, once its page stands still. Returns: false when it
 * cannot be taken. */
bool walk_picture(struct walk *walk, struct walk_view *view, const char *name);
/* A member of applicant.json. Owns: borrowed. */
const char *walk_applicant(const struct walk *walk, const char *name);
/* The text that a field's pieces make. Units: size bytes. */
void walk_applicant_text(const struct walk *walk, const char *field, char *out, size_t size);

/* The applicant has signed in with the code on the phone, and this screen came. */
bool walk_sign_in(struct walk *walk, const char *next_screen);
/* The paper was laid on the glass, scanned and judged good. */
bool walk_scan_paper(struct walk *walk, const char *paper_id);

/* The terminal shows this screen in time after a decision at the desk. Units: monotonic ms. */
bool walk_wait_decision(struct walk *walk, const char *screen, int64_t decided_ms);

/* One function per step. Returns: whether what must be seen was seen; else the failure says what was. */
#define WALK_STEP(name, when, help) bool walk_step_##name(struct walk *walk);
#include "tests/walk/walk_steps.def"
#undef WALK_STEP

#endif
