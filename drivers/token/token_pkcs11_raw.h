/* Token PKCS#11 raw: the calls libp11 lacks, on the module libp11 has loaded and initialised already.
 *
 * Slot events, fresh token information, key generation with our own templates, attribute checks, listing and
 * deleting objects. It never initialises or finalises the module. No CK_ type leaves this unit. Pitfall:
 * sessions share one login state with libp11's on the same slot; libp11's PKCS11_open_session closes all
 * sessions of the slot, so a raw session is opened after it.
 */
#ifndef DRIVERS_TOKEN_TOKEN_PKCS11_RAW_H
#define DRIVERS_TOKEN_TOKEN_PKCS11_RAW_H

#include "drivers/token/token.h"

struct token_pkcs11_raw;

/* The function list of the loaded module is at hand.
 * Returns: CONFIG when it is no PKCS#11 module, NO_MEMORY. Owns: the caller closes it. */
enum status token_pkcs11_raw_open(const char *module, struct token_pkcs11_raw **out, struct failure *failure);
void token_pkcs11_raw_close(struct token_pkcs11_raw *raw);

/* What a vendor's return value means for the caller. `where` is static text.
 * Returns: the status, stored beside its number in `failure`. */
enum status token_pkcs11_raw_status(unsigned long rv, const char *where, struct failure *failure);

/* The first slot with a key whose description contains `text` (NULL: any).
 * Returns: NOT_FOUND when no key is in; *slot is then unchanged. */
enum status token_pkcs11_raw_find(struct token_pkcs11_raw *raw, const char *text, unsigned long *slot,
                                  struct failure *failure);

/* Identity, PIN flags and sizes as they are now. Counts and certificates are not filled.
 * Returns: LOST when the key is gone. */
enum status token_pkcs11_raw_info(struct token_pkcs11_raw *raw, unsigned long slot, struct token_info *out,
                                  struct failure *failure);

/* Whether the module reported an insertion or removal since the last question; false when it cannot tell. */
bool token_pkcs11_raw_has_event(struct token_pkcs11_raw *raw);

/* A read-write session. Returns: as the table above. Owns: closed by token_pkcs11_raw_session_close. */
enum status token_pkcs11_raw_session_open(struct token_pkcs11_raw *raw, unsigned long slot,
                                          unsigned long *session, struct failure *failure);
void token_pkcs11_raw_session_close(struct token_pkcs11_raw *raw, unsigned long session);

/* A key pair of the role is made under this id: sensitive, not extractable, for signing, and when it
 * `unwraps` also for opening what is enveloped for it (RSA). Logged in as user. Returns: UNSUPPORTED, FULL,
 * LOST, IO. */
enum status token_pkcs11_raw_generate(struct token_pkcs11_raw *raw, unsigned long session,
                                      enum token_role role, enum token_algorithm algorithm, bool unwraps,
                                      const struct token_key_id *id, struct failure *failure);

/* A public key as it lies on the key. */
struct token_pkcs11_raw_public {
    struct token_key_id id;
    enum token_algorithm algorithm;
    uint8_t modulus[256]; /* RSA, big-endian */
    size_t modulus_length;
    uint8_t exponent[8];
    size_t exponent_length;
    uint8_t point[65]; /* P-256, uncompressed (SEC 1 section 2.3.3) */
    size_t point_length;
};

/* The public key under this id, or of the role when the id is empty. libp11 could hand it out, but 0.4.12
 * then keeps the slot, and the PIN in it, in memory for ever. Returns: NOT_FOUND, UNSUPPORTED for a key that
 * is neither RSA-2048 nor P-256. */
enum status token_pkcs11_raw_public(struct token_pkcs11_raw *raw, unsigned long session, enum token_role role,
                                    const struct token_key_id *id, struct token_pkcs11_raw_public *out,
                                    struct failure *failure);

/* The private key's attributes. Returns: NOT_FOUND. Logged in as user. */
enum status token_pkcs11_raw_check(struct token_pkcs11_raw *raw, unsigned long session,
                                   const struct token_key_id *id, struct token_key_check *out,
                                   struct failure *failure);

/* The objects that this session can see. Returns: FULL past TOKEN_OBJECTS. */
enum status token_pkcs11_raw_list(struct token_pkcs11_raw *raw, unsigned long session,
                                  struct token_objects *out, struct failure *failure);

/* Every key and certificate of the role, under this id unless it is empty, that this session can see is
 * deleted. Returns: OK also when there was none; LOST, IO. */
enum status token_pkcs11_raw_destroy(struct token_pkcs11_raw *raw, unsigned long session,
                                     enum token_role role, const struct token_key_id *id,
                                     struct failure *failure);

/* The function list of the module. Owns: the module's, until token_pkcs11_raw_close. */
struct _CK_FUNCTION_LIST *token_pkcs11_raw_module(const struct token_pkcs11_raw *raw);

/* The label of a role's objects, and the role of a label. */
const char *token_pkcs11_raw_label(enum token_role role);
enum token_role token_pkcs11_raw_role(const char *label, size_t length);

#endif
