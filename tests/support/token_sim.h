/* Token sim: the remote control of the simulated key (drivers/simulators/key) through its control file.
 *
 * token_sim_open makes a fresh state folder and names it in SIM_KEY_DIR, so helpers started afterwards use
 * it. Pitfall: a fault is written for calls from now on; what a helper calls by itself (slot events) counts
 * for "*".
 */
#ifndef TESTS_SUPPORT_TOKEN_SIM_H
#define TESTS_SUPPORT_TOKEN_SIM_H

struct token_sim {
    char dir[64];
    char inserted[64]; /* the key in the writer; empty: none */
    unsigned insertions;
};

/* The writer is empty. Owns: the caller closes it, which removes the folder. */
void token_sim_open(struct token_sim *sim);
void token_sim_close(struct token_sim *sim);

/* This key is in the writer, with no fault planned; a new name is a new blank key. */
void token_sim_insert(struct token_sim *sim, const char *name);
/* The writer is empty, with no fault planned. */
void token_sim_pull(struct token_sim *sim);
/* The key stays where it is and this line of key_state.h holds beside it, alone. */
void token_sim_plan(struct token_sim *sim, const char *line);

#endif
