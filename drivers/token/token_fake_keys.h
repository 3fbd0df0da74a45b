/* Token fake keys: the key pairs of the fake, for token_fake.c alone.
 *
 * Not secret, not random, never on a real key.
 * Pitfall: the third key made has the public key of the first.
 */
#ifndef DRIVERS_TOKEN_TOKEN_FAKE_KEYS_H
#define DRIVERS_TOKEN_TOKEN_FAKE_KEYS_H

enum { TOKEN_FAKE_KEYS = 2 };

struct token_fake_key {
    const char *private_pem;   /* PKCS#8 */
    const char *public_base64; /* SubjectPublicKeyInfo */
};
/* Key pairs made once, so that a fake token generates at once. */
extern const struct token_fake_key token_fake_keys[TOKEN_FAKE_KEYS];

#endif
