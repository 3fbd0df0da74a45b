/* Key writer: the one slot of the simulated module: what is in it, which SoftHSM token plays it, the sessions
 * that programs have with it, and the faults that the files of key_state.h wish for.
 *
 * Every function of the module begins and ends here; what it does between them is SoftHSM's. Pitfall: a
 * session dies with the insertion it was opened in, so a handle is translated at each call, never kept.
 */
#ifndef DRIVERS_SIMULATORS_KEY_KEY_WRITER_H
#define DRIVERS_SIMULATORS_KEY_KEY_WRITER_H

#include <p11-kit-1/p11-kit/pkcs11.h>
#include <stdbool.h>

#include "drivers/simulators/key/key_saved.h"
#include "drivers/simulators/key/key_state.h"

enum { KEY_WRITER_SLOT = 0, KEY_WRITER_TOKEN_BYTES = 17 };

/* SoftHSM's module is loaded; once per process. Returns: whether it is there. Thread: any. */
bool key_writer_load(void);
/* SoftHSM's functions, after key_writer_load. */
CK_FUNCTION_LIST *key_writer_softhsm(void);

/* The writer works, and does no longer. */
CK_RV key_writer_start(void);
CK_RV key_writer_end(void *reserved);
/* Whether it works. Thread: any. */
bool key_writer_runs(void);

/* The fault that is due before this function does anything, if one is, has happened. */
CK_RV key_writer_suffer(const char *function);
/* What is in the writer, also when it was pulled at this very call. */
CK_RV key_writer_look(const char *function, struct key_state_writer *out);
/* Whether something was put in or pulled since the last time this was asked. */
bool key_writer_take_event(void);
/* The key in the writer. Returns: false when there is none. */
bool key_writer_key(struct key_state *out);
/* Whether it has no memory left, as of the call that is running. */
bool key_writer_is_full(void);

/* A call on the slot begins: the key in it, and SoftHSM's slot that plays it. */
CK_RV key_writer_map(const char *function, CK_SLOT_ID slot, struct key_state *key, CK_SLOT_ID *mapped);
/* A call on a session begins: faults, removal, translation of the handle. */
CK_RV key_writer_enter(const char *function, CK_SESSION_HANDLE handle, CK_SESSION_HANDLE *out);
/* A call ends: a key pulled now has done the work, but nobody hears of it. */
CK_RV key_writer_leave(const char *function, CK_RV rv);

/* A call that changes the key: all of it or nothing survives a kill. */
int key_writer_begin_change(char token[KEY_WRITER_TOKEN_BYTES]);
#define KEY_WRITER_CHANGING(rv, act)                                                                         \
    do {                                                                                                     \
        char token[KEY_WRITER_TOKEN_BYTES];                                                                  \
        int change = key_writer_begin_change(token);                                                         \
        (rv) = (act);                                                                                        \
        key_saved_end(change, token);                                                                        \
    } while (0)

/* The module's functions that open and close sessions. */
CK_RV key_C_OpenSession(CK_SLOT_ID slot, CK_FLAGS flags, void *application, CK_NOTIFY notify,
                        CK_SESSION_HANDLE_PTR out);
CK_RV key_C_CloseSession(CK_SESSION_HANDLE handle);
CK_RV key_C_CloseAllSessions(CK_SLOT_ID slot);

#endif
