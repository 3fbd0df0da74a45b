/* Hall program: one running terminal or desk without screens, and the pump that plays its loop.
 *
 * Requests go out through services.h; hall_wait plays the screen's loop until the reply is there. Reports are
 * counted and the last one of each kind is kept.
 * Pitfall: a wait that takes longer than HALL_PATIENCE_MS of the machine's time fails the test.
 */
#ifndef TESTS_SUPPORT_HALL_PROGRAM_H
#define TESTS_SUPPORT_HALL_PROGRAM_H

#include "tests/support/hall_device.h"

enum { HALL_PATIENCE_MS = 60000, HALL_REPLIES = 32 };

struct hall_program {
    struct hall *hall;
    int number; /* of the terminal, from 1; 0 for a desk */
    char owner[32];
    struct services *services; /* NULL while it does not run */
    struct hall_glass glass;
    struct service_reply replies[HALL_REPLIES];  /* not asked for yet, by id modulo */
    struct service_reply report[SERVICE_COUNT_]; /* the last one */
    unsigned reports[SERVICE_COUNT_];
};

/* A terminal (number from 1) or a desk (number 0, by name) runs in the hall. */
void hall_program_start(struct hall_program *program, struct hall *hall, int number, const char *owner);
/* The same program again, after hall_program_stop. */
void hall_program_restart(struct hall_program *program);
/* It has ended, as by SIGTERM. The outside world stays. */
void hall_program_stop(struct hall_program *program);
/* It has ended for good; its glass is gone, too. */
void hall_program_end(struct hall_program *program);

/* The reply to this request. Pictures in it are freed. */
struct service_reply hall_wait(struct hall_program *program, uint64_t id);
/* The same with a picture, which is the caller's. */
struct service_reply hall_wait_picture(struct hall_program *program, uint64_t id);
/* The request is done as asked: status OK. */
void hall_done(struct hall_program *program, uint64_t id);
/* The request is refused with this reason. */
void hall_refused(struct hall_program *program, uint64_t id, enum service_reason reason);

/* What is waited for. */
typedef bool (*hall_condition)(struct hall_program *program, const void *argument);
/* The program runs until the condition holds. `what` is told when it never does. */
void hall_until(struct hall_program *program, const char *what, hall_condition condition,
                const void *argument);
/* The visit's order is in this state at last. */
void hall_until_state(struct hall_program *program, enum order_state state);
/* The visit's payment is in this state at last. */
void hall_until_payment(struct hall_program *program, enum service_pay_state state);
/* This order is in this state in the store at last; the visit need not be about it. */
void hall_until_stored(struct hall_program *program, const char *order_id, enum order_state state);
/* It has looked round once for money that is owed, and counts from then how long its clock is steady. */
void hall_until_swept(struct hall_program *program);
/* The program runs for a while. Units: milliseconds of the machine, HALL_SPEED times as many of the hall. */
void hall_run(struct hall_program *program, int ms);
/* Time passes as it does while the program lives: in steps shorter than a lease, each with time of the
 * machine to renew it. hall_pass is a machine that stood still: leases have run out and others may take over.
 */
void hall_live(struct hall_program *program, int seconds);
/* The same while a screen waits for the replies: time is put forward in steps shorter than a lease, and after
 * each the program has kept its visit's order. Units: milliseconds of the hall. */
void hall_pass_at(struct hall_program *program, int64_t ms);
/* The visit has ended, and its order is nobody's. */
void hall_leave(struct hall_program *program);

#endif
