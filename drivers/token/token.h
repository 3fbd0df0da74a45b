/* Token: the certificate key (UKey) in the terminal's writer, spoken to in bytes and DER.
 *
 * What goes wrong at a counter: the key is pulled in the middle, another one is put in, it is full, its PIN
 * is locked, its vendor's library hangs or crashes. So every call is whole in itself (it brings the PIN, logs
 * in, acts, logs out), names the key it means, and every step can be asked about afterwards: token_look for
 * formatting and PINs, token_public_key and token_check_key for key generation, token_read_certificate for
 * writing. It does not decide what to do with a key, choose PINs, build requests or check certificates. How a
 * key is recognised: by a random mark written into its label at formatting, with serial, model and label
 * beside it, because serial numbers repeat. A call that finds another key than it names answers CONFLICT and
 * does nothing. Pitfall: LOST, TIMED_OUT and CANCELLED from a call that changes the key leave open whether it
 * happened. Ask the key, never repeat blindly.
 *
 * Statuses every call may give: LOST (no key in the writer, it was pulled, or the driver's process died; ask
 * again when it is back), CONFLICT (another key than the named one), TIMED_OUT (the vendor's library did not
 * come back and was killed), CANCELLED, IO (the vendor's own error, its number in `failure`), CONFIG (no such
 * module). Calls that take a PIN may also give REFUSED (wrong PIN; token_look tells what is left), BAD_STATE
 * (that PIN is locked or not set yet), MALFORMED (a length the key does not take). Not repeated below.
 * Thread: one at a time per struct token; in the product the token worker.
 */
#ifndef DRIVERS_TOKEN_TOKEN_H
#define DRIVERS_TOKEN_TOKEN_H

#include <stdbool.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/job.h"
#include "kiosk/base/random.h"
#include "kiosk/base/secret.h"

enum token_presence {
#define TOKEN_PRESENCE(code, name) TOKEN_##code,
#include "drivers/token/token_words.def"
#undef TOKEN_PRESENCE
    TOKEN_PRESENCE_COUNT_
};
enum token_pin {
#define TOKEN_PIN(code, name) TOKEN_PIN_##code,
#include "drivers/token/token_words.def"
#undef TOKEN_PIN
    TOKEN_PIN_COUNT_
};
enum token_role {
#define TOKEN_ROLE(code, name) TOKEN_ROLE_##code,
#include "drivers/token/token_words.def"
#undef TOKEN_ROLE
    TOKEN_ROLE_COUNT_
};
enum token_algorithm {
#define TOKEN_ALGORITHM(code, name) TOKEN_ALGORITHM_##code,
#include "drivers/token/token_words.def"
#undef TOKEN_ALGORITHM
    TOKEN_ALGORITHM_COUNT_
};
enum token_object_kind {
#define TOKEN_OBJECT(code, name) TOKEN_OBJECT_##code,
#include "drivers/token/token_words.def"
#undef TOKEN_OBJECT
    TOKEN_OBJECT_COUNT_
};

/* The stable names. Returns: static texts, "invalid" outside the list. Thread: any. */
const char *token_presence_name(enum token_presence presence);
const char *token_pin_name(enum token_pin pin);
const char *token_role_name(enum token_role role);
const char *token_algorithm_name(enum token_algorithm algorithm);

enum {
    TOKEN_MARK_BYTES = 16,       /* of randomness in a mark */
    TOKEN_MARK_CHARACTERS = 26,  /* the same in base32 (RFC 4648 section 6) without padding */
    TOKEN_LABEL_CHARACTERS = 32, /* PKCS#11's, padded with blanks */
    TOKEN_TITLE_CHARACTERS = 4,  /* what a label has room for behind the mark */
    TOKEN_KEY_ID_BYTES = 20,
    TOKEN_CERTIFICATES = 8, /* told of one key; more are counted, not listed */
    TOKEN_OBJECTS = 64,
    TOKEN_SUBJECT_BYTES = 512,
    TOKEN_PUBLIC_KEY_BYTES = 1024, /* a SubjectPublicKeyInfo */
    TOKEN_DATA_BYTES = 16 * 1024,  /* the most that is signed in one call, or kept under a name */
    TOKEN_NAME_BYTES = 33          /* of data kept on a key, with its NUL */
};

/* Who a key is. Texts are without padding, empty when unknown. */
struct token_identity {
    char mark[TOKEN_MARK_CHARACTERS + 1]; /* empty: not formatted by us */
    char label[TOKEN_LABEL_CHARACTERS + 1];
    char serial[17];
    char model[17];
};

/* The id shared by a key pair and its certificate on the key (CKA_ID). */
struct token_key_id {
    uint8_t bytes[TOKEN_KEY_ID_BYTES];
    size_t length; /* 0: none */
};

/* A certificate as it is listed; its bytes come from token_read_certificate. */
struct token_certificate {
    enum token_role role;
    struct token_key_id id;
    uint8_t sha256[32];                /* of the DER; zeros when unreadable */
    char subject[TOKEN_SUBJECT_BYTES]; /* RFC 2253 in UTF-8; empty when unreadable. Personal: never logged */
    char serial[65];                   /* upper-case hexadecimal */
    int64_t not_before_utc_s;
    int64_t not_after_utc_s;
};

/* What the writer holds. */
struct token_info {
    enum token_presence presence;
    uint64_t insertion; /* another number whenever the key may have been out since; never 0 once looked */
    struct token_identity identity;
    char manufacturer[33];
    enum token_pin user_pin;
    enum token_pin so_pin;
    int pin_min_bytes;
    int pin_max_bytes;
    int64_t free_bytes; /* -1: the key does not tell; count as enough */
    unsigned keys;      /* public key objects */
    unsigned certificates;
    struct token_certificate certificate[TOKEN_CERTIFICATES];
};

struct token_object {
    enum token_object_kind kind;
    enum token_role role;
    struct token_key_id id;
};
struct token_objects {
    unsigned count;
    bool with_private; /* a PIN was given, so private objects are in the list */
    struct token_object object[TOKEN_OBJECTS];
};

/* A public key: DER SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7). */
struct token_public_key {
    struct token_key_id id;
    enum token_algorithm algorithm;
    size_t length;
    uint8_t bytes[TOKEN_PUBLIC_KEY_BYTES];
};

/* How a private key lies on the key, read from it after generation. */
struct token_key_check {
    bool is_local;       /* made on this key */
    bool is_sensitive;   /* its value cannot be read */
    bool is_extractable; /* it can be wrapped and taken out: must be false */
    bool can_sign;
    bool can_unwrap; /* it opens what is enveloped for it */
    bool can_decrypt;
};

struct token_settings {
    const char *driver;       /* "pkcs11", "fake" or "none" */
    const char *host_program; /* pkcs11: path of certhost */
    const char *module;       /* pkcs11: path of the vendor's PKCS#11 module */
    const char *slot; /* pkcs11: text its slot description must contain; NULL for the first with a key */
    const struct clock *clock; /* NULL for the machine's */
    int deadline_ms;           /* for every call; 0 for each call's own (token_client.c) */
};

struct token;

/* The writer's driver is chosen by name and ready; nothing is started or touched yet.
 * Returns: CONFIG (no such driver), NO_MEMORY.
 * Owns: the caller, who closes it; the settings are copied. */
enum status token_open(const struct token_settings *settings, struct token **out, struct failure *failure);

/* The driver, and its process if any, are gone. NULL is allowed. */
void token_close(struct token *token);

/* What the writer holds now, an absent key included.
 * Returns: as above; OK also without a key.
 * Time: seconds on a slow key. */
enum status token_look(struct token *token, struct token_info *out, struct failure *failure);

/* As token_look, but only when the key in the writer is another than `insertion` tells or wait_ms have
 * passed. Units: insertion as in struct token_info, 0 answers at once; wait_ms in milliseconds. Returns: OK
 * in both cases; compare out->insertion. Time: until wait_ms; cancelled by `cancel`, which may be NULL. */
enum status token_wait(struct token *token, uint64_t insertion, int wait_ms, struct job_cancel *cancel,
                       struct token_info *out, struct failure *failure);

struct token_format {
    char mark[TOKEN_MARK_CHARACTERS + 1]; /* from token_mark_draw, stored before the call */
    const char *title;                    /* stands behind the mark in the label, for people; NULL for none */
    const struct secret *so_pin; /* for a formatted key the one it has; becomes the new one of a blank */
    const struct secret *transport_pin; /* the user PIN from now on */
    bool may_erase;                     /* a person agreed to lose what the key carries */
};
/* The key is empty, carries the mark, and has both PINs; *out is its new identity.
 * Returns: BAD_STATE for a key that is not blank when may_erase is false, REFUSED for a wrong SO PIN.
 * Time: up to half a minute.
 * After failure: token_look: the new mark with user PIN unset means that only the PIN is missing
 *   (token_unlock_pin); another mark or blank means nothing happened. Formatting again is always allowed. */
enum status token_format(struct token *token, const struct token_identity *expected,
                         const struct token_format *format, struct token_identity *out,
                         struct failure *failure);

/* A key pair made on the key, sensitive, not extractable, for signing only, exists under this id, beside
 * whatever other pairs the role has.
 * Returns: UNSUPPORTED algorithm, FULL key, CONFLICT also when the id is taken (token_destroy it first).
 * Time: up to a minute and a half; cancelled by `cancel`, which kills the driver's process.
 * After failure: token_public_key and token_check_key tell; half a pair is removed by token_destroy. */
enum status token_generate(struct token *token, const struct token_identity *expected,
                           const struct secret *pin, enum token_role role, enum token_algorithm algorithm,
                           const struct token_key_id *id, struct job_cancel *cancel,
                           struct token_public_key *out, struct failure *failure);

/* As token_generate, and the key may also open what is enveloped for it, inside the key
 * (token_import_enveloped). Asked for only where a key is to carry an encryption pair: whoever has the PIN
 * can then unwrap with it, too. Returns: as above; UNSUPPORTED for EC, which no key here unwraps with. Time
 * and After failure: as above. */
enum status token_generate_unwrapping(struct token *token, const struct token_identity *expected,
                                      const struct secret *pin, enum token_role role,
                                      enum token_algorithm algorithm, const struct token_key_id *id,
                                      struct job_cancel *cancel, struct token_public_key *out,
                                      struct failure *failure);

/* The public key under this id is handed out, with NULL any one of the role; no PIN is needed.
 * Returns: NOT_FOUND. */
enum status token_public_key(struct token *token, const struct token_identity *expected, enum token_role role,
                             const struct token_key_id *id, struct token_public_key *out,
                             struct failure *failure);

/* The private key's attributes are read from the key.
 * Returns: NOT_FOUND when there is none under this id. */
enum status token_check_key(struct token *token, const struct token_identity *expected,
                            const struct secret *pin, const struct token_key_id *id,
                            struct token_key_check *out, struct failure *failure);

/* The signature over the data stands at the end of the buffer, in the form X.509 wants: RSASSA-PKCS1-v1_5
 * with SHA-256 (RFC 8017), or ECDSA with SHA-256 as DER SEQUENCE of r and s (RFC 3279 section 2.2.3).
 * Returns: NOT_FOUND key, FULL for more than TOKEN_DATA_BYTES. */
enum status token_sign(struct token *token, const struct token_identity *expected, const struct secret *pin,
                       const struct token_key_id *id, const void *data, size_t length, struct buf *signature,
                       struct failure *failure);

/* The certificate is the only one of the role under this id and reads back equal byte for byte; those under
 * other ids stay. Writing what is there already changes nothing. Returns: MALFORMED DER, FULL key. */
enum status token_write_certificate(struct token *token, const struct token_identity *expected,
                                    const struct secret *pin, enum token_role role,
                                    const struct token_key_id *id, const void *der, size_t length,
                                    struct failure *failure);

/* The role's certificate under this id, with NULL any one of the role, stands at the end of the buffer as
 * DER; *found, which may be NULL, is its id. Returns: NOT_FOUND. Pitfall: a renewed key has two; which of
 * them is meant is known by its id only. */
enum status token_read_certificate(struct token *token, const struct token_identity *expected,
                                   enum token_role role, const struct token_key_id *id, struct buf *der,
                                   struct token_key_id *found, struct failure *failure);

/* The RSA key pair that the authority made for the role, enveloped for the key's own signing key
 * (token_envelope.h), is on the key under this id: sensitive, not extractable, for decrypting and unwrapping
 * only; it was opened inside the key. Bringing in what is there already changes nothing. Returns: MALFORMED
 * for an envelope that is another key's or was changed, UNSUPPORTED when the signing key was not made for it
 * (token_generate_unwrapping) or the key's chip cannot, NOT_FOUND without a signing key, FULL key. After
 * failure: call it again; half a pair is completed. */
enum status token_import_enveloped(struct token *token, const struct token_identity *expected,
                                   const struct secret *pin, enum token_role role,
                                   const struct token_key_id *id, const void *envelope, size_t length,
                                   struct failure *failure);

/* What was encrypted to the key pair under this id (RSAES-OAEP as in token_envelope.h) stands in plain at the
 * end of the buffer. Returns: NOT_FOUND key, MALFORMED when it was encrypted to another, UNSUPPORTED for a
 * key that does not decrypt. */
enum status token_decrypt(struct token *token, const struct token_identity *expected,
                          const struct secret *pin, const struct token_key_id *id, const void *data,
                          size_t length, struct buf *plain, struct failure *failure);

/* The bytes are what the key keeps under this name, beside its certificates, for everybody to read. There is
 * one object of a name: an earlier one with other bytes is gone, writing what is there already changes
 * nothing. Returns: FULL key, or more than TOKEN_DATA_BYTES. After failure: token_read_data tells; call it
 * again. */
enum status token_write_data(struct token *token, const struct token_identity *expected,
                             const struct secret *pin, const char *name, const void *data, size_t length,
                             struct failure *failure);
/* What the key keeps under this name stands at the end of the buffer; no PIN is needed. Returns: NOT_FOUND.
 */
enum status token_read_data(struct token *token, const struct token_identity *expected, const char *name,
                            struct buf *out, struct failure *failure);

/* The user PIN is the new one. Returns: REFUSED for a wrong old one, MALFORMED for a new one the key does not
 * take. After failure: token_verify_pin tells which of the two holds. */
enum status token_set_pin(struct token *token, const struct token_identity *expected,
                          const struct secret *old_pin, const struct secret *new_pin,
                          struct failure *failure);

/* The user PIN was right.
 * Returns: REFUSED when it was not, which costs a try. */
enum status token_verify_pin(struct token *token, const struct token_identity *expected,
                             const struct secret *pin, struct failure *failure);

/* The user PIN is the new one and has all its tries, keys and certificates are untouched.
 * Returns: REFUSED for a wrong SO PIN. */
enum status token_unlock_pin(struct token *token, const struct token_identity *expected,
                             const struct secret *so_pin, const struct secret *new_pin,
                             struct failure *failure);

/* The objects on the key are listed; without a PIN (NULL) only public ones.
 * Returns: FULL for more than TOKEN_OBJECTS. */
enum status token_list(struct token *token, const struct token_identity *expected, const struct secret *pin,
                       struct token_objects *out, struct failure *failure);

/* No key, public key or certificate of the role is left under this id, with NULL under any; others stay.
 * Returns: OK also when there was none. */
enum status token_destroy(struct token *token, const struct token_identity *expected,
                          const struct secret *pin, enum token_role role, const struct token_key_id *id,
                          struct failure *failure);

/* A fresh mark: TOKEN_MARK_BYTES random bytes in base32. */
void token_mark_draw(const struct random *random, char out[TOKEN_MARK_CHARACTERS + 1]);

/* A fresh key id. */
void token_key_id_draw(const struct random *random, struct token_key_id *out);

/* The label a mark is written as: "CK", the mark, the title's first TOKEN_TITLE_CHARACTERS, blanks up to 32,
 * and a NUL. */
void token_label_from_mark(const char *mark, const char *title, char out[TOKEN_LABEL_CHARACTERS + 1]);

/* The mark in a label, padded or not, with a title or without. Returns: false, and an empty mark, when the
 * label is not one of ours.
 */
bool token_mark_from_label(const char *label, char out[TOKEN_MARK_CHARACTERS + 1]);

/* Whether both are the same key: mark, label, serial and model are equal. */
bool token_identity_is_same(const struct token_identity *left, const struct token_identity *right);

/* Whether both ids are equal and not empty. */
bool token_key_id_is_same(const struct token_key_id *left, const struct token_key_id *right);

/* Whether the key may serve as a certificate key: local, sensitive, not extractable, signing. */
bool token_key_check_is_sound(const struct token_key_check *check);

/* Whether the key may serve as an encryption key that was brought in: sensitive, not extractable, decrypting,
 * not signing. */
bool token_key_check_is_sound_encryption(const struct token_key_check *check);

#endif
