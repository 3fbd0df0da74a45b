/* Authority fake: an authority inside the process that does what its script says, for tests.
 *
 * Keeps its requests in memory, so it forgets everything when the process dies; kill tests use the embedded
 * CA. It has no keys: who wants real certificates hands in a function that issues them
 * (tests/support/pki_issuer.h). Pitfall: the script is read at each call by the thread that calls; change it
 * only between calls.
 */
#ifndef DRIVERS_AUTHORITY_AUTHORITY_FAKE_H
#define DRIVERS_AUTHORITY_AUTHORITY_FAKE_H

#include "drivers/authority/authority.h"

enum { AUTHORITY_FAKE_RECORDS = 64 };

/* The certificate for a request stands at the end of the buffer, and its serial in hexadecimal digits. */
typedef enum status (*authority_fake_issue)(void *context, const struct authority_request *request,
                                            struct buf *certificate, char serial[AUTHORITY_SERIAL_BYTES]);

/* Makes the encryption halves of pairs; a fake without it refuses them. A key is the maker's own object and
 * stays with the fake, as in escrow. */
struct authority_fake_pairs {
    /* A fresh key and its certificate for the request's subject, and its serial in hexadecimal digits. */
    enum status (*make)(void *context, const struct authority_request *request, void **key,
                        struct buf *certificate, char serial[AUTHORITY_SERIAL_BYTES]);
    /* The key, enveloped for the request's public key, stands at the end of the buffer. */
    enum status (*envelope)(void *context, void *key, struct bytes request, struct buf *envelope);
    void (*free)(void *context, void *key);
    void *context;
};

/* What the fake does next, all counters count down with each call they touch; zeroed behaves well. */
struct authority_fake_script {
    int wait_times;                 /* this many answers about an id are WAITING */
    int wait_after_s;               /* with this after_s, 1 when 0 */
    int refuse_times;               /* this many requests are REFUSED with `refusal` */
    enum authority_refusal refusal; /* policy when NONE */
    int spoil_envelope_times;       /* this many envelopes are changed on their way */
    int silent_times;               /* this many calls are not answered and do nothing: LOST */
    int silent_revocations;         /* this many revocations likewise, whatever else is answered */
    int lose_reply_times;           /* this many calls do their work and then answer UNKNOWN */
    bool offline;                   /* every call is LOST and status says OFFLINE */
};

/* What tests read. */
struct authority_fake_counts {
    unsigned requests;
    unsigned inquiries;
    unsigned issued;    /* different certificates made */
    unsigned confirmed; /* certificates confirmed and not revoked */
    unsigned revoked;   /* certificates revoked or withdrawn */
    unsigned recovered; /* encryption keys given back from escrow */
};

struct authority_fake;

/* The fake answers through *out and obeys *fake's script.
 * Returns: NO_MEMORY. Owns: the caller closes *out, which frees *fake too. `issue` may be NULL: the
 * certificate is then a few recognisable bytes and no certificate at all. */
enum status authority_fake_open(authority_fake_issue issue, void *context, struct authority **out,
                                struct authority_fake **fake);

/* Pairs may be asked for from now on. Owns: the struct is copied. */
void authority_fake_set_pairs(struct authority_fake *fake, const struct authority_fake_pairs *pairs);

/* The script may be changed through the result. Owns: borrowed from the fake. */
struct authority_fake_script *authority_fake_script(struct authority_fake *fake);

/* The counts so far. */
struct authority_fake_counts authority_fake_counts(const struct authority_fake *fake);

#endif
