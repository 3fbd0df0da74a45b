/* Kill judge: whether an order ended well, read from the gateway's ledger, `certca list`, the keys themselves
 * and the database, never from the programs.
 *
 * Pitfall: reading a key goes through a writer's host like any other; ask only while nobody else works on it.
 */
#ifndef TESTS_KILL_KILL_JUDGE_H
#define TESTS_KILL_KILL_JUDGE_H

#include "tests/kill/kill_hall.h"

/* What is wrong with the story's order, in one line; "" when all invariants hold. Its key is in the writer.
 * `holder` is the order that made the key a renewal is about. */
void kill_judge_end(struct kill_hall *kill, enum kill_story story, const char *order_id, const char *holder,
                    char *out, size_t size);
/* What is wrong with the holder's key while its renewal is not over, wherever that stands: "" when a
 * certificate on it, which the authority has not revoked, still works with the holder's PIN. */
void kill_judge_meanwhile(struct kill_hall *kill, const char *order_id, const char *holder, char *out,
                          size_t size);

#endif
