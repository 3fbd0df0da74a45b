/* Kill hall: the outside world of the kill tests as real processes, and what they say about an order
 * afterwards.
 *
 * Gateway, SMS service, printer, scanner and the simulated keys outlive every kill; the embedded CA is
 * restarted when it dies. Whether an order ended well is read from the gateway's ledger, `certca list`, the
 * key itself and the database, never from the programs. Pitfall: one hall per process, because SIM_KEY_DIR is
 * the process's.
 */
#ifndef TESTS_KILL_KILL_HALL_H
#define TESTS_KILL_KILL_HALL_H

#include "drivers/token/token.h"
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
/* The newest order that is in none of the known states "over" and was made after `known` orders; "" when
 * there is none. */
void kill_hall_newest_order(struct kill_hall *kill, char order_id[ORDER_ID_BYTES]);
/* What is wrong with the order, in one line; "" when all invariants hold. `key` was in the writer. */
void kill_hall_judge(struct kill_hall *kill, const char *order_id, char *out, size_t size);

/* What is wrong with the acts of the clerk who helped (kill_help.h), in one line; "" when each had its effect
 * once, none is open, and the order is where it was. */
void kill_hall_judge_help(struct kill_hall *kill, const char *order_id, char *out, size_t size);

#endif
