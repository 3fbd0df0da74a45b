/* Sim identity: the state all parts of the simulator share. What it does and how it is controlled stands in
 * sim_identity_main.c.
 *
 * Everything here is touched under the server's lock only. Pitfall: nothing is taken from drivers/identity; a
 * mistake made there must not be made here a second time.
 */
#ifndef DRIVERS_SIMULATORS_IDENTITY_SIM_IDENTITY_H
#define DRIVERS_SIMULATORS_IDENTITY_SIM_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/simulators/common/sim_control.h"

enum {
    SIM_IDENTITY_SESSIONS = 256,
    SIM_IDENTITY_NONCES = 1024,
    SIM_IDENTITY_TEXT_BYTES = 192,
    SIM_IDENTITY_HEX_BYTES = 65
};

struct sim_identity_session {
    char id[64];
    char name[SIM_IDENTITY_TEXT_BYTES];
    char number[32];
    char state[16]; /* "waiting", "passed", "failed", "expired" */
    int64_t until_utc_s;
};

struct sim_identity {
    struct sim_control control;
    struct sim_http *server;
    const char *key_id;
    char key[96];
    size_t count;
    struct sim_identity_session sessions[SIM_IDENTITY_SESSIONS]; /* a ring */
    size_t nonce_count;
    char nonces[SIM_IDENTITY_NONCES][64]; /* a ring */
};

/* The session of this id, as it stands by the simulator's clock. Returns: NULL when there is none. */
struct sim_identity_session *sim_identity_find(struct sim_identity *sim, const char *id);
/* The newest session. Returns: NULL when there is none. */
struct sim_identity_session *sim_identity_newest(struct sim_identity *sim);

/* Answers everything outside /control/. Thread: as sim_http_handler; the context is the simulator. */
void sim_identity_service(void *context, const struct sim_http_request *request,
                          struct sim_http_reply *reply);

/* Answers /control/, and its own paths below it. Thread: as sim_http_handler. */
void sim_identity_control(void *context, const struct sim_http_request *request,
                          struct sim_http_reply *reply);
void sim_identity_control_more(void *context, const struct sim_http_request *request,
                               struct sim_http_reply *reply);

#endif
