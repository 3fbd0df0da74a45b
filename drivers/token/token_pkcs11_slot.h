/* Token PKCS#11 slot: one whole visit to the key through libp11, from enumeration to release.
 *
 * A visit names the slot, opens a read-write session first, logs in when asked, acts, logs out, and releases
 * the slots, which is also what makes libp11 forget the PIN. Slots are always enumerated afresh, never
 * updated, and no key, certificate or EVP_PKEY outlives its visit: the ways libp11 0.4.12 breaks are avoided
 * by never coming near them. No libp11 or OpenSSL type leaves this unit. Pitfall: libp11 waits for ever when
 * its first session cannot be opened. A raw session is opened just before, so that this needs a pull within
 * microseconds; then the caller's deadline ends the process.
 */
#ifndef DRIVERS_TOKEN_TOKEN_PKCS11_SLOT_H
#define DRIVERS_TOKEN_TOKEN_PKCS11_SLOT_H

#include "drivers/token/token.h"
#include "drivers/token/token_pkcs11_raw.h"

struct token_pkcs11_slot;

enum token_pkcs11_login { TOKEN_PKCS11_NOBODY, TOKEN_PKCS11_USER, TOKEN_PKCS11_OFFICER };

/* The module is loaded and initialised. Returns: CONFIG, NO_MEMORY. Owns: the caller closes it. */
enum status token_pkcs11_slot_load(const char *module, struct token_pkcs11_slot **out,
                                   struct failure *failure);
void token_pkcs11_slot_unload(struct token_pkcs11_slot *slot);

/* The raw calls on the same module, borrowed. */
struct token_pkcs11_raw *token_pkcs11_slot_raw(const struct token_pkcs11_slot *slot);

/* The slot with this number is visited; nothing is opened on it yet. Returns: LOST when it holds no key.
 * After failure: nothing to end. */
enum status token_pkcs11_slot_enter(struct token_pkcs11_slot *slot, unsigned long number,
                                    struct failure *failure);
/* A session is open and, unless NOBODY, somebody is logged in. *session is a raw session, valid until
 * leaving. Returns: REFUSED (wrong PIN), BAD_STATE (locked, not set), MALFORMED (length), LOST, IO. */
enum status token_pkcs11_slot_login(struct token_pkcs11_slot *slot, enum token_pkcs11_login who,
                                    const struct secret *pin, unsigned long *session,
                                    struct failure *failure);
/* Logged out, sessions closed, slots released; may follow any failure. */
void token_pkcs11_slot_leave(struct token_pkcs11_slot *slot);

/* Between enter and leave. All of these return LOST and IO beside what is said. */

/* The key is formatted under a padded label; nobody may be logged in. After it: leave and enter again.
 * Returns: REFUSED (wrong SO PIN), BAD_STATE (locked). */
enum status token_pkcs11_slot_format(struct token_pkcs11_slot *slot, const struct secret *so_pin,
                                     const char *label, struct failure *failure);
/* The user PIN is set by the officer, who is logged in. Returns: MALFORMED (length). */
enum status token_pkcs11_slot_init_pin(struct token_pkcs11_slot *slot, const struct secret *pin,
                                       struct failure *failure);
/* The user PIN is changed by the user, who is logged in. Returns: REFUSED (wrong old PIN), MALFORMED. */
enum status token_pkcs11_slot_change_pin(struct token_pkcs11_slot *slot, const struct secret *old_pin,
                                         const struct secret *new_pin, struct failure *failure);
/* Counts and certificates are filled into a token_info. Returns: as above. */
enum status token_pkcs11_slot_summary(struct token_pkcs11_slot *slot, struct token_info *info,
                                      struct failure *failure);
/* A public key read from the key stands as SubjectPublicKeyInfo. Returns: MALFORMED when it is no key at all.
 */
enum status token_pkcs11_slot_encode(const struct token_pkcs11_raw_public *key, struct token_public_key *out,
                                     struct failure *failure);
/* The signature by the private key under this id; the user is logged in. Returns: NOT_FOUND, UNSUPPORTED. */
enum status token_pkcs11_slot_sign(struct token_pkcs11_slot *slot, const struct token_key_id *id,
                                   const void *data, size_t length, struct buf *signature,
                                   struct failure *failure);
/* The role's certificate under this id, with an empty one any of the role, as DER. Returns: NOT_FOUND. */
enum status token_pkcs11_slot_read(struct token_pkcs11_slot *slot, enum token_role role,
                                   const struct token_key_id *id, struct buf *der, struct token_key_id *found,
                                   struct failure *failure);
/* The certificate is stored unless it is there already. Returns: MALFORMED when it is not DER. */
enum status token_pkcs11_slot_store(struct token_pkcs11_slot *slot, enum token_role role,
                                    const struct token_key_id *id, const void *der, size_t length,
                                    struct failure *failure);
/* All other certificates of the role under this id are removed. Returns: as above. */
enum status token_pkcs11_slot_remove_others(struct token_pkcs11_slot *slot, enum token_role role,
                                            const struct token_key_id *id, const void *der, size_t length,
                                            struct failure *failure);

#endif
