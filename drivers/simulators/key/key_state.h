/* Key state: the writer and the keys of the simulated token, kept in files so that they outlive every
 * process.
 *
 * Everything lies in the folder that the environment variable SIM_KEY_DIR names:
 *
 *   control                  what is in the writer and how it misbehaves; the one file others write
 *   keys/NAME                one simulated key, made on first insertion: lines "serial", "model", "inner",
 *                            "tries", "so-tries"
 *   tokens/, softhsm2.conf   SoftHSM's own; each formatted key is one SoftHSM token
 *   lock                     an advisory lock (flock) held while any of them is changed
 *
 * A missing control file is an empty writer. Its lines, in any order, unknown ones being passed over:
 *
 *   insert NAME [NUMBER]     this key is in the writer; another NUMBER is another insertion of the same key,
 *                            so that a quick pull and insertion is noticed; without this line: empty
 *   lock                     the key's user PIN is locked; done once, the line disappears
 *   full                     the key has no memory left: creating objects and keys fails
 *   delay FUNCTION MS        the PKCS#11 function (or every one: *) takes longer
 *   pull-at FUNCTION [N]     at the N-th call from now (default 1) the key is pulled before anything is done
 *   pull-after FUNCTION [N]  the key is pulled when the work is done but the caller has not heard of it
 *   fail FUNCTION RV [N]     the call answers RV (0x...) and does nothing
 *   hang FUNCTION [N]        the call never comes back
 *   crash FUNCTION [N]       the process aborts
 *
 * Lines with a count are counted down in the file itself and disappear when they have acted, so one fault
 * happens once, in whichever process makes the call. A writer of the file replaces it by rename, holding the
 * lock. Not for the product: nothing outside this folder and the tests knows these files.
 * Pitfall: a process looks at the files at each call, so a pull is noticed at the next call, as with a real
 * key.
 */
#ifndef DRIVERS_SIMULATORS_KEY_KEY_STATE_H
#define DRIVERS_SIMULATORS_KEY_KEY_STATE_H

#include <stdbool.h>
#include <stddef.h>

enum { KEY_STATE_NAME_BYTES = 64, KEY_STATE_TRIES = 6 };

/* One simulated key. Texts are without padding. */
struct key_state {
    char name[KEY_STATE_NAME_BYTES];
    char serial[17];
    char model[17];
    char inner[17]; /* SoftHSM's serial number of the token that plays this key; empty: blank */
    int tries;      /* of the user PIN that are left; 0: locked */
    int so_tries;
};

/* What is in the writer. */
struct key_state_writer {
    char name[KEY_STATE_NAME_BYTES]; /* empty: nothing */
    unsigned insertion;
    bool is_full;
};

enum key_state_fault { KEY_STATE_NO_FAULT, KEY_STATE_PULL, KEY_STATE_FAIL, KEY_STATE_HANG, KEY_STATE_CRASH };

/* The folder is ready: its subfolders and SoftHSM's configuration exist, SOFTHSM2_CONF names it.
 * Returns: false, with a line on standard error, when SIM_KEY_DIR is missing or cannot be written. */
bool key_state_open(void);

/* The folder that SIM_KEY_DIR named when it was opened. */
const char *key_state_folder(void);

/* What is in the writer now. `lock` is carried out on the way. */
void key_state_look(struct key_state_writer *out);

/* The delay of the function is slept and the fault that is due now is told; counts go down.
 * `after`: the work is done (pull-after), else it is about to begin. *rv is the answer for FAIL, and for PULL
 * unless it is 0. */
enum key_state_fault key_state_fault(const char *function, bool after, unsigned long *rv);

/* The key is read, or made blank with a serial number of its own. Returns: false when it cannot be. */
bool key_state_read(const char *name, struct key_state *out);
/* The key is written whole. */
bool key_state_write(const struct key_state *key);

#endif
