/* Kill hall: the outside world of the kill tests as real processes.
 *
 * Gateway, SMS service, printer, scanner and the simulated keys outlive every kill; the embedded CA is
 * restarted when it dies. Pitfall: one hall per process, because SIM_KEY_DIR is the process's.
 */
#ifndef TESTS_KILL_KILL_HALL_H
#define TESTS_KILL_KILL_HALL_H

#include "drivers/token/token.h"
#include "tests/kill/kill_story.h"
#include "tests/support/hall_order.h"
#include "tests/support/pki_ca.h"
#include "tests/support/sim_client.h"
#include "tests/support/token_sim.h"

struct kill_hall {
    char directory[64];
    char build_dir[HALL_PATH_BYTES];
    char config[96];      /* the programs' settings */
    char ca_pid_file[96]; /* for kill_points */
    struct hall hall;     /* settings, catalogue, hall key, time: for making orders */
    struct pki_ca ca;
    struct sim_client alipay, sms, scanner;
    pid_t printer;
    struct token_sim keys;
    struct token *token; /* the judge's own way to the key */
};

/* Everything runs; a clerk "chen" can sign in. */
void kill_hall_open(struct kill_hall *kill, const char *source_dir, const char *build_dir);
/* Everything is ended and removed. */
void kill_hall_close(struct kill_hall *kill);
/* The CA is started again when it has died. */
void kill_hall_watch(struct kill_hall *kill);
/* The newest order; "" when there is none. */
void kill_hall_newest_order(struct kill_hall *kill, char order_id[ORDER_ID_BYTES]);
/* What opens the file of a certificate that left as one. */
#define KILL_HALL_FILE_PASSWORD "Hui-long-2026"
/* An order that waits to be paid, or, where its certificate leaves as a file, for that, as the story wants
 * it; a renewal is about the certificate that the order `holder` made. */
void kill_hall_make_order(struct kill_hall *kill, enum kill_story story, const char *holder,
                          struct order *out);

#endif
