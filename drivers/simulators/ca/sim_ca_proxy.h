/* Sim CA proxy: sits on the unix socket between the product and a CA process and spoils what it is told to
 * spoil.
 *
 * The CA behind it stays an honest product part; only here calls are lost, delayed or answered wrongly.
 * Understands just enough of the messages: the call's kind, and the first certificate of a reply. Kinds of
 * faults, for methods request, inquire, confirm, revoke, status:
 *
 *   lose-request   the connection closes, nothing was done
 *   lose-reply     the work was done, the connection closes
 *   hang           nothing was done, no answer comes
 *   delay          the work was done, the answer comes `argument` milliseconds later
 *   duplicate      the call reaches the CA twice, the second answer is given
 *   refuse         nothing was done, the answer is a refusal
 *   wait           the work was done, the answer is "waiting" for `argument` seconds
 *   swap           the answer carries the leaf certificate of the one issued before
 *   garbage        the work was done, the answer is no message
 *
 * Pitfall: "swap" needs an earlier certificate seen by this process; without one the answer stays right.
 */
#ifndef DRIVERS_SIMULATORS_CA_SIM_CA_PROXY_H
#define DRIVERS_SIMULATORS_CA_SIM_CA_PROXY_H

#include "drivers/simulators/common/sim_fault.h"
#include "drivers/simulators/common/sim_http.h"
#include "drivers/simulators/common/sim_log.h"

enum { SIM_CA_HELD = 32 };

struct sim_ca_held {
    int fd;
    int64_t due_ms;   /* monotonic; negative: never answered */
    struct buf reply; /* a whole payload, empty when never answered */
    uint16_t type;
    uint16_t fields;
};

struct sim_ca_proxy {
    const char *listen_path;
    const char *connect_path;
    struct sim_http *server; /* its lock guards faults and log */
    struct sim_faults *faults;
    struct sim_log *log;
    struct buf seen_leaf; /* the leaf of the last reply that had one */
    struct sim_ca_held held[SIM_CA_HELD];
    size_t held_count;
};

/* The faults the proxy knows, ended by NULL. */
extern const char *const sim_ca_proxy_kinds[];

/* Calls are carried until a termination signal; signals are blocked already (sim_program_begin).
 * Returns: OK after a signal, CONFIG for a path that is too long, IO. Time: until then. */
enum status sim_ca_proxy_run(struct sim_ca_proxy *proxy, int listening, struct failure *failure);

/* The socket listens. Returns: CONFIG, IO. Owns: the caller closes *out. */
enum status sim_ca_proxy_listen(const char *path, int *out, struct failure *failure);

#endif
