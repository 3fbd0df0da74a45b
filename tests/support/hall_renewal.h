/* Hall renewal: the key of a holder at the first terminal: made, shown, and what is on it afterwards.
 *
 * For stories about certificates that exist already and those that take their place. Everything is insisted
 * on. Pitfall: the PIN is HALL_PIN everywhere; a locked key makes these calls fail.
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
/* The certificate scene->sum is about: its row's id, and how it stands in the store. */
const char *hall_renewal_certificate(const struct hall_scene *scene);
enum store_certificate_state hall_renewal_state(struct hall_scene *scene);
/* It is revoked in the store alone; the authority knows nothing of it. */
void hall_renewal_revoke(struct hall_scene *scene);
/* The order is about it, for this reason. */
void hall_renewal_set_subject(struct hall_scene *scene, const char *order_id, const char *reason);
/* A paid order of this operation about it, opened at the terminal: ISSUING. */
void hall_renewal_begin(struct hall_scene *scene, const char *operation, struct order *out);
/* The key in the writer and this PIN: for a login, and for the step of the order. Returns: the request. */
uint64_t hall_renewal_ask_login(struct hall_scene *scene, const char *text);
uint64_t hall_renewal_show(struct hall_scene *scene, const char *text);
/* The holder of the key in the writer is logged in. */
void hall_renewal_log_in(struct hall_scene *scene);
/* How many objects of this kind the key in the writer carries. */
size_t hall_renewal_count(struct hall_scene *scene, enum token_object_kind kind);
/* Whether the certificate of this row is on the key, and the key pair beside it signs what it verifies. */
bool hall_renewal_works(struct hall_scene *scene, const char *request_id);
/* The order is through: the new certificate alone is on the key and works, the old one is withdrawn. */
void hall_renewal_assert_done(struct hall_scene *scene, const struct order *order);

#endif
