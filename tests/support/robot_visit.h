/* Robot visit: what an applicant and a clerk do at their screens, stop by stop, with sample data that passes
 * every rule.
 *
 * Each stop begins on its own screen and ends on the next one. `look` is called where a page is worth looking
 * at; NULL calls nobody. The person is fictitious.
 * Pitfall: the clerk's side works on services alone (robot_clerk_*), for the applicant's robot needs the
 * time.
 */
#ifndef TESTS_SUPPORT_ROBOT_VISIT_H
#define TESTS_SUPPORT_ROBOT_VISIT_H

#include "tests/support/hall_visit.h"
#include "tests/support/robot.h"

struct robot_visit {
    struct robot *robot;
    void (*look)(struct robot *robot, const char *name);
    const struct hall_visit_answer *answers; /* NULL: the sample's */
    size_t answer_count;
    const char *product, *class_id; /* NULL: the sample's */
    const char *operation;          /* NULL: new */
    const char *const *wishes;      /* what is tapped on the page of the wish; NULL: what is offered first */
    size_t wish_count;
};

/* The sample's answers, shortest and longest values that pass. Units: *count entries. Owns: static. */
const struct hall_visit_answer *robot_answers(size_t *count);
const struct hall_visit_answer *robot_answers_short(size_t *count);
/* What a unit answers of the product gxca-suqian-unit. */
enum { ROBOT_GXCA_UNIT = 10 };
extern const struct hall_visit_answer robot_gxca_unit[ROBOT_GXCA_UNIT];
const struct hall_visit_answer *robot_answers_long(size_t *count);

/* The screens stand at the welcome page and have seen that the terminal's writer is empty. */
void robot_visit_open_empty(struct robot *robot, struct hall_program *terminal);
/* Then this key was put in: on the page of its holder. */
void robot_visit_open_holder(struct robot *robot, struct hall_program *terminal, const char *key);
/* Welcome, product, operation: to the login. */
void robot_visit_choose(const struct robot_visit *visit);
/* Mobile number, message, code: to the agreement, or to the orders when nothing was chosen. */
void robot_visit_login(const struct robot_visit *visit);
/* On the agreement: an order like it that waits is left alone, every page is read and agreed to. */
void robot_visit_read(struct robot *robot);
/* Every page of the agreement is read and agreed to: to the form. */
void robot_visit_agree(const struct robot_visit *visit);
/* What the form took over from the last order is confirmed, where it asks. */
void robot_visit_known(struct robot *robot);
/* All fields, page by page: to the print. */
void robot_visit_form(const struct robot_visit *visit);
/* Printed: to the scan. */
void robot_visit_print(const struct robot_visit *visit);
/* The first paper that is missing lies on the glass; nothing when there is none. */
void robot_visit_lay_next(const struct robot_visit *visit);
/* Every open paper is scanned and submitted: to the identity check. */
void robot_visit_scan(const struct robot_visit *visit);
/* Whatever is asked about samples on a sheet is answered with what is proposed. */
void robot_visit_samples(struct robot *robot);
/* The same, to this screen. */
void robot_visit_scan_to(const struct robot_visit *visit, const char *screen);
/* A clerk compares the card with the person: to the review. */
void robot_visit_identity(const struct robot_visit *visit, struct hall_program *desk);
/* A clerk approves: to the payment. */
void robot_visit_review(const struct robot_visit *visit, struct hall_program *desk);
/* A clerk approves: to this screen. */
void robot_visit_review_to(const struct robot_visit *visit, struct hall_program *desk, const char *screen);
/* A key of this name is put in and the code paid: to the issuing. */
void robot_visit_pay(const struct robot_visit *visit, const char *key);
/* The key is made: to the PIN. */
void robot_visit_issue(const struct robot_visit *visit);
/* HALL_PIN stands on the pad. */
void robot_visit_type_pin(struct robot *robot);
/* Typed twice: to the end. */
void robot_visit_pin(const struct robot_visit *visit);
/* The same, to this screen: the next key's when there are several. */
void robot_visit_pin_to(const struct robot_visit *visit, const char *screen);
/* The key is taken and the screen left: to the welcome page. */
void robot_visit_take(const struct robot_visit *visit);

#endif
