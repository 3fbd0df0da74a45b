/* Token fake: a writer in memory that behaves like a good one and, when told, like a bad one.
 *
 * It keeps any number of named keys (up to twenty-four) apart from the writer, so that keys can be pulled,
 * put back and swapped; PINs are counted and lock as on a real key. Signatures are real. Settings: driver
 * "fake"; module "blank" starts with a blank key in the writer, anything else with an empty one. Not a
 * simulator of PKCS#11: that is drivers/simulators/key. Pitfall: the calls below may come from another thread
 * than the worker's; a fault counts the calls from then on.
 */
#ifndef DRIVERS_TOKEN_TOKEN_FAKE_H
#define DRIVERS_TOKEN_TOKEN_FAKE_H

#include "drivers/token/token.h"
#include "drivers/token/token_envelope.h"

struct token_fake;

enum { TOKEN_FAKE_TRIES = 6, TOKEN_FAKE_PIN_LEAST = 6, TOKEN_FAKE_PIN_MOST = 16 };

/* The remote control of an opened token. Returns: NULL when its driver is not "fake". Owns: the token's. */
struct token_fake *token_fake_of(const struct token *token);

/* The key of this name is in the writer; a new name is a new blank key. Thread: any, as all below. */
void token_fake_insert(struct token_fake *fake, const char *name);
/* The writer is empty. */
void token_fake_pull(struct token_fake *fake);
/* What every key in the writer tells of its free space, 0 for nothing. Units: bytes. */
void token_fake_set_free_bytes(struct token_fake *fake, int64_t free_bytes);
/* The user PIN of the key in the writer is locked. */
void token_fake_lock(struct token_fake *fake);
/* The key in the writer takes no further key or certificate, or takes them again. */
void token_fake_set_full(struct token_fake *fake, bool is_full);

/* The key is pulled at the n-th call from now on, looks and waits not counted: before the work, or after it
 * so that the caller does not hear of it. */
void token_fake_pull_at(struct token_fake *fake, unsigned n, bool after_work);
/* The n-th call from now on, looks and waits not counted, does nothing and gives this status. */
void token_fake_fail_at(struct token_fake *fake, unsigned n, enum status status);
/* Every call takes this long. Units: milliseconds. */
void token_fake_set_delay(struct token_fake *fake, int delay_ms);

/* Makes key pairs in place of the two built-in RSA ones, so that tests have as many, and of any algorithm. */
struct token_fake_maker {
    /* A fresh pair: *key is the maker's own object, *public_key its SubjectPublicKeyInfo. Returns:
     * UNSUPPORTED. */
    enum status (*make)(void *context, enum token_algorithm algorithm, void **key, struct buf *public_key);
    /* The X.509 form of the signature with SHA-256 stands at the end of the buffer. */
    enum status (*sign)(void *context, void *key, const void *data, size_t length, struct buf *signature);
    /* What the envelope brings is *opened, with its SubjectPublicKeyInfo. Returns: MALFORMED for an envelope
     * that is not for `key`. */
    enum status (*open)(void *context, void *key, const struct token_envelope *envelope, void **opened,
                        struct buf *public_key);
    /* What was encrypted to the key stands at the end of the buffer. Returns: MALFORMED. */
    enum status (*decrypt)(void *context, void *key, const void *data, size_t length, struct buf *plain);
    void (*free)(void *context, void *key);
    void *context;
};
/* Key pairs come from here from now on. Call before the first is made. Owns: the struct is copied. */
void token_fake_set_maker(struct token_fake *fake, const struct token_fake_maker *maker);

#endif
