/* Token request: one call of the token contract as data, and what a driver is.
 *
 * The functions of token.h turn into one struct token_request each; a driver answers with one struct
 * token_reply. So the product's end, the helper's end, the fake and the fuzz target share one list of verbs.
 * Not for callers of the contract: they use token.h.
 * Pitfall: a request holds PINs; whoever makes one releases it, which wipes it.
 */
#ifndef DRIVERS_TOKEN_TOKEN_REQUEST_H
#define DRIVERS_TOKEN_TOKEN_REQUEST_H

#include "drivers/token/token.h"

enum token_verb {
    TOKEN_VERB_LOOK,
    TOKEN_VERB_WAIT,
    TOKEN_VERB_FORMAT,
    TOKEN_VERB_GENERATE,
    TOKEN_VERB_PUBLIC_KEY,
    TOKEN_VERB_CHECK_KEY,
    TOKEN_VERB_SIGN,
    TOKEN_VERB_WRITE_CERTIFICATE,
    TOKEN_VERB_READ_CERTIFICATE,
    TOKEN_VERB_IMPORT_ENVELOPED,
    TOKEN_VERB_SET_PIN,
    TOKEN_VERB_VERIFY_PIN,
    TOKEN_VERB_UNLOCK_PIN,
    TOKEN_VERB_LIST,
    TOKEN_VERB_DESTROY,
    TOKEN_VERB_DECRYPT,
    TOKEN_VERB_WRITE_DATA,
    TOKEN_VERB_READ_DATA,
    TOKEN_VERB_COUNT_
};

struct token_request {
    enum token_verb verb;
    struct token_identity expected;
    enum token_role role;
    enum token_algorithm algorithm;
    bool unwraps; /* GENERATE */
    struct token_key_id id;
    char mark[TOKEN_MARK_CHARACTERS + 1];
    bool may_erase;
    bool has_pin;                /* `pin` is given */
    struct secret pin;           /* the PIN logged in with: user, or SO for FORMAT and UNLOCK_PIN */
    struct secret new_pin;       /* FORMAT, SET_PIN, UNLOCK_PIN */
    uint64_t insertion;          /* WAIT */
    int wait_ms;                 /* WAIT */
    char name[TOKEN_NAME_BYTES]; /* WRITE_DATA, READ_DATA; FORMAT: the title */
    const uint8_t *data;         /* borrowed: what is signed or kept, or DER */
    size_t data_length;
};

/* What is filled depends on the verb; the rest stays zero. */
struct token_reply {
    struct token_info info;             /* LOOK, WAIT */
    struct token_identity identity;     /* FORMAT */
    struct token_public_key public_key; /* GENERATE, PUBLIC_KEY */
    struct token_key_check check;       /* CHECK_KEY */
    struct token_objects objects;       /* LIST */
    struct token_key_id id;             /* READ_CERTIFICATE */
    struct buf data;                    /* SIGN, READ_CERTIFICATE, DECRYPT, READ_DATA */
};

/* The PINs are wiped; safe on a zeroed one. */
void token_request_release(struct token_request *request);
/* An empty reply. Owns: the caller, who releases it. */
void token_reply_init(struct token_reply *reply);
/* The bytes are given back; safe on a zeroed one. */
void token_reply_release(struct token_reply *reply);

/* A way to a key: a constant each, listed in token.c. */
struct token_driver {
    const char *name;
    /* Ready, nothing touched. Returns: CONFIG, NO_MEMORY. Owns: *context is the driver's, given back by
     * close. */
    enum status (*open)(const struct token_settings *settings, void **context, struct failure *failure);
    void (*close)(void *context);
    /* One request is answered as token.h says for its verb. `cancel` may be NULL. */
    enum status (*perform)(void *context, const struct token_request *request, struct job_cancel *cancel,
                           struct token_reply *reply, struct failure *failure);
};

extern const struct token_driver token_client_driver; /* "pkcs11", through the driver host */
extern const struct token_driver token_fake_driver;   /* "fake", scripted: token_fake.h */
extern const struct token_driver token_none_driver;   /* "none", a terminal without a writer */

/* The same as token_open over a driver and context made by the caller; what tests use, so that a writer can
 * outlive the program. Returns: NO_MEMORY, and the context is then closed. Owns: the context is the token's.
 */
enum status token_open_take(const struct token_driver *driver, void *context, struct token **out);

/* The driver's own context, for the fake's remote control. Returns: NULL when another driver is open. */
void *token_driver_context(const struct token *token, const struct token_driver *driver);

#endif
