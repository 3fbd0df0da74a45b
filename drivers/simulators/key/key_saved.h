/* Key saved: a change of a simulated key happens whole or not at all, whatever is killed in between.
 *
 * SoftHSM rewrites its files in place and loses a token when it is killed in the middle; a real key does not.
 * So the token's folder is copied before each change and put back at the next start when the change never
 * ended. Copies lie in saved/; the file `busy` is locked (flock) while a change runs, which the kernel undoes
 * when the process dies. Pitfall: what the caller was told last holds; a change that ended but was not
 * reported is kept.
 */
#ifndef DRIVERS_SIMULATORS_KEY_KEY_SAVED_H
#define DRIVERS_SIMULATORS_KEY_KEY_SAVED_H

/* The token with SoftHSM's serial number is about to change; an empty one is a token that does not exist yet.
 * Returns: what key_saved_end takes. Time: until another process's change has ended. */
int key_saved_begin(const char *inner);
/* The change has ended, well or not; there is no way back any more. */
void key_saved_end(int change, const char *inner);

/* Changes that never ended are undone. Call before SoftHSM reads its folder. */
void key_saved_recover(void);

#endif
