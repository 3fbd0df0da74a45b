/* Hall renewal: the key of a holder at the first terminal: made, shown, and what is on it afterwards.
 *
 * For stories about certificates that take the place of others. Everything is insisted on.
 * Pitfall: the PIN is HALL_PIN everywhere; a locked key makes these calls fail.
 */
#ifndef TESTS_SUPPORT_HALL_RENEWAL_H
#define TESTS_SUPPORT_HALL_RENEWAL_H

#include "tests/support/hall_scene.h"

/* The PIN is this text. Owns: the caller wipes it. */
void hall_renewal_pin(struct secret *pin, const char *text);
/* A key of this hall with its holder's PIN, in the writer; scene->order made it, scene->sum is about that. */
void hall_renewal_make_key(struct hall_scene *scene, const char *key);
/* A key "strange" that another hall formatted, with its holder's PIN and a certificate no store knows. */
void hall_renewal_make_strange(struct hall_scene *scene);
/* The holder of the key in the writer is logged in. */
void hall_renewal_log_in(struct hall_scene *scene);
/* How many objects of this kind the key in the writer carries. */
size_t hall_renewal_count(struct hall_scene *scene, enum token_object_kind kind);
/* Whether the certificate of this row is on the key, and the key pair beside it signs what it verifies. */
bool hall_renewal_works(struct hall_scene *scene, const char *request_id);

#endif
