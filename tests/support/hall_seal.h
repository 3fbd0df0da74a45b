/* Hall seal: the electronic seal of an order: its sample and lock put into the store, its parts on the key
 * judged.
 *
 * The stamp is a ring of 32 mm. What is on a key is read without a PIN, and its signature judged by the
 * openssl program, which knows the hall's authority and nothing else. Pitfall: the order must not be held by
 * another program than the one in whose name it is written to.
 */
#ifndef TESTS_SUPPORT_HALL_SEAL_H
#define TESTS_SUPPORT_HALL_SEAL_H

#include "kiosk/store/store_lock.h"
#include "tests/support/hall.h"
#include "tests/support/robot_order.h"

/* What the key in the first writer keeps under this name. Returns: false for nothing. Owns: the caller
 * releases *out, also after false. */
bool hall_seal_read(struct hall *hall, const char *name, struct buf *out);
/* How many objects it keeps that are neither keys nor certificates. */
unsigned hall_seal_count(struct hall *hall);
/* A seal of this kind is on it: the picture, beside it whose it is, of which certificate, how large and how
 * long it holds, and over that a signature of the certificate's key, which no other description has. */
void hall_seal_assert(struct hall *hall, const char *kind, const char *certificate);
/* One of every kind that the papers of this order must have is on its key, which is in the writer again. */
void hall_seal_assert_kinds(struct hall *hall, const struct robot_order *order);

/* A stamp stands with the order, with or without a picture of it, put there in the name of `owner`. */
void hall_seal_put_stamp(struct hall *hall, const char *owner, const char *order_id, bool has_picture);
/* The order's key is this among its holder's keys, as this clerk said, "" for nobody. */
void hall_seal_put_lock(struct hall *hall, const char *order_id, enum store_lock_role role,
                        const char *clerk);
/* What it is, and the order, as they stand. */
void hall_seal_load_lock(struct hall *hall, const char *order_id, struct store_lock *lock,
                         struct order *order);

/* The unit of robot_visit.h has a key of 国信CA already, without a seal: "key-0". */
void hall_seal_make_first_key(struct hall *hall, struct hall_program *terminal);
/* An order of 国信CA that was placed with a seal, in this state, with nothing collected for it yet. */
void hall_seal_make_wished(struct hall *hall, unsigned keys, enum order_state state, struct order *out);
/* A sealed order that is to be made on keys, as if it had been approved and paid. */
void hall_seal_make_sealed(struct hall *hall, unsigned keys, struct order *out);
/* A key with a seal, made by such an order of this product, in its holder's hands and out of the writer. */
void hall_seal_make_key(struct hall *hall, struct hall_program *terminal, const char *product,
                        const char *key);
/* A change of the seal on the key of this certificate, approved, to be written. */
void hall_seal_make_change(struct hall *hall, const char *product, const char *request_id, struct order *out);

#endif
