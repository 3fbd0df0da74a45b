/* Authority: the certification authority behind a product, seen as requests with ids.
 *
 * A request is made under an id that the caller stored before the first call. The authority answers at once
 * or asks to be inquired again later (waiting); it may need a person, so nothing here waits longer than the
 * deadline. After issuing, the certificate is written to the key, read back and checked, and only then
 * confirmed. What goes wrong at a counter: the authority's line is down, a reply is lost after the work was
 * done, the terminal dies between asking and writing, a certificate is made for a key that was pulled out.
 * All of it is mended through the id: the same id with the same key gives the same certificate, however often
 * it is asked.
 *
 * Where a product asks for it a certificate is one of a pair: the authority makes a second key pair itself,
 * for encryption, keeps it in escrow, and sends it enveloped for the signing key (EnvelopedKey, see
 * drivers/token/token_envelope.h). Both certificates share one id and one fate: confirmed, held, withdrawn
 * and revoked together, by the id or by either serial.
 *
 * Not here: making requests and checking certificates (kiosk/pki), and the rule that an order never has two
 * unrevoked certificates (decisions.md 6), which the certificates service keeps. Pitfall: STATUS_UNKNOWN
 * means the reply is missing, not that nothing happened; inquire before anything else.
 */
#ifndef DRIVERS_AUTHORITY_AUTHORITY_H
#define DRIVERS_AUTHORITY_AUTHORITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/driver.h"
#include "kiosk/base/buf.h"
#include "kiosk/base/bytes.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/limits.h"

enum authority_answer {
#define AUTHORITY_ANSWER(code, name) AUTHORITY_##code,
#include "drivers/authority/authority_answers.def"
#undef AUTHORITY_ANSWER
    AUTHORITY_ANSWER_COUNT_
};

enum authority_refusal {
#define AUTHORITY_REFUSAL(code, name) AUTHORITY_REFUSAL_##code,
#include "drivers/authority/authority_refusals.def"
#undef AUTHORITY_REFUSAL
    AUTHORITY_REFUSAL_COUNT_
};

enum authority_reason {
#define AUTHORITY_REASON(code, number, name) AUTHORITY_REASON_##code = number,
#include "drivers/authority/authority_reasons.def"
#undef AUTHORITY_REASON
};

enum {
    AUTHORITY_DAYS_MOST = 3660,
    AUTHORITY_ID_BYTES =
        65, /* a request id with its NUL: 1 to 64 of A-Z a-z 0-9 . _ -, not starting with "." */
    AUTHORITY_PROFILE_BYTES = 65, /* a profile name with its NUL, same characters */
    AUTHORITY_TEXT_BYTES = 256,   /* the authority's own words, for the log and the clerk */
    AUTHORITY_APPROVERS = 4,      /* names told with a recovery, at most */
    AUTHORITY_APPROVALS = 2,      /* and at least */
    AUTHORITY_NAME_BYTES = 65,    /* one of them with its NUL */
    AUTHORITY_SERIAL_BYTES = 41   /* a certificate serial as hexadecimal digits with its NUL */
};

/* What the authority says about one id. Zeroed is empty and may be released. */
struct authority_outcome {
    enum authority_answer answer;
    int after_s;                    /* WAITING: inquire again after this many seconds, at least 1 */
    enum authority_refusal refusal; /* REFUSED: why */
    char text[AUTHORITY_TEXT_BYTES];
    struct buf
        certificates[LIMIT_CHAIN_CERTIFICATES]; /* ISSUED, CONFIRMED, REVOKED: DER, the leaf first, then its
                                                   issuers; a root, if any, is not to be trusted for that */
    size_t certificate_count;
    struct buf encryption_certificate; /* of a pair: DER, under the same issuers as the leaf; else empty */
    struct buf enveloped_key;          /* of a pair, until it is confirmed: EnvelopedKey, DER; else empty */
};

struct authority_request {
    const char *id;       /* made by the caller and stored before the call */
    const char *profile;  /* which kind of certificate, from the product's definition */
    struct bytes request; /* PKCS#10, DER */
    unsigned days;        /* of validity from the day it is issued; 0 for the profile's own */
    int64_t until_utc_s;  /* its last second, whatever the days; 0 for as many days */
    bool encryption;      /* a pair is asked for */
};

/* An escrowed encryption key is wanted back, on the key of a request that was issued. */
struct authority_recovery {
    const char *id;     /* of the request, issued without a pair and not yet confirmed */
    const char *serial; /* of the encryption certificate whose key is in escrow */
    const char *approvers[AUTHORITY_APPROVERS]; /* names of those who approved it, each another person */
    size_t approver_count;
};

/* How the authority looks from here. */
struct authority_status {
    enum device_state state;         /* READY, ABSENT (none configured) or OFFLINE (does not answer) */
    char name[AUTHORITY_TEXT_BYTES]; /* common name of the issuing certificate, empty when not READY */
    int64_t until_utc_s; /* its last second, past which nothing is issued; 0 when it is not known */
};

/* What each implementation gives. Every entry is a must, is called on the authority's one worker thread, and
 * ends within the deadline it was opened with; there is no other cancel. Nothing remains open after a
 * failure. */
struct authority_ops {
    enum status (*request)(void *state, const struct authority_request *request,
                           struct authority_outcome *out, struct failure *failure);
    enum status (*inquire)(void *state, const char *id, struct authority_outcome *out,
                           struct failure *failure);
    enum status (*recover)(void *state, const struct authority_recovery *recovery,
                           struct authority_outcome *out, struct failure *failure);
    enum status (*confirm)(void *state, const char *id, bool accepted, struct failure *failure);
    enum status (*revoke)(void *state, const char *serial, enum authority_reason reason,
                          struct failure *failure);
    enum status (*status)(void *state, struct authority_status *out, struct failure *failure);
    void (*close)(void *state);
};

struct authority;

struct authority_settings {
    const char *driver;      /* "embedded" or "none"; tests take authority_fake.h */
    const char *socket_path; /* embedded: where the embedded CA listens */
    int deadline_ms;         /* per call, above 0 */
};

/* The authority can be asked; nothing is connected yet, so an absent one opens too.
 * Returns: CONFIG for an unknown driver or a missing or too long socket path; NO_MEMORY.
 * Owns: the caller closes *out with authority_close; the settings' texts are copied.
 * Thread: the one that will use it. */
enum status authority_open(const struct authority_settings *settings, struct authority **out,
                           struct failure *failure);

/* The implementation's state is wrapped; for implementations, authority_fake.h and tests.
 * Returns: NO_MEMORY, and the state is then closed. Owns: state belongs to the authority. */
enum status authority_open_take(const struct authority_ops *ops, void *state, struct authority **out);

/* Everything is given back; NULL is allowed. */
void authority_close(struct authority *authority);

/* A certificate was asked for under an id. The same id with the same key, profile and term gives the same
 * certificate; with another key it is REFUSED with key-differs; a withdrawn certificate is answered as
 * REVOKED. Returns: OK with the answer in *out; MALFORMED for an id or profile outside the allowed
 * characters; LOST when the authority could not be reached and nothing was asked; UNKNOWN when it was asked
 * and the reply is missing or unreadable; UNSUPPORTED without an authority. Owns: the caller releases *out
 * with authority_outcome_release. Thread: the authority's worker. Time: up to the deadline. After failure:
 * *out is unchanged; after UNKNOWN inquire. */
enum status authority_request(struct authority *authority, const struct authority_request *request,
                              struct authority_outcome *out, struct failure *failure);

/* The escrowed encryption key and its certificate are the request's from now on: the answer, and every later
 * one about the id, brings them as those of a pair. The authority records who approved. The old certificate
 * keeps its serial and its pair's fate; once that pair is revoked as superseded, it shares the new one's.
 * When the new one is revoked because its key is compromised, the old one is, too. Saying the same twice is
 * allowed. Returns: OK with the answer in *out, which is REFUSED with escrow-unknown for a serial it never
 * escrowed, escrow-closed for one that is held, was never confirmed or was revoked because its key is
 * compromised, not-approved with fewer than AUTHORITY_APPROVALS different names, subject-unfit when the two
 * certificates name different holders, key-unfit for a key nothing can be enveloped for; NOT_FOUND for an
 * unknown id; BAD_STATE when the id is confirmed or withdrawn, has a pair of its own, or got another one
 * back; MALFORMED; else as authority_request. Owns, Thread, Time: as authority_request. After failure: *out
 * is unchanged; after UNKNOWN inquire or recover again. */
enum status authority_recover(struct authority *authority, const struct authority_recovery *recovery,
                              struct authority_outcome *out, struct failure *failure);

/* What became of the id is known.
 * Returns: OK with the answer in *out; NOT_FOUND when the authority has no certificate or open request under
 * this id (it never arrived or was refused: asking again is safe); LOST, TIMED_OUT or MALFORMED when it did
 * not answer properly; UNSUPPORTED. Owns, Thread, Time: as authority_request. After failure: *out is
 * unchanged. */
enum status authority_inquire(struct authority *authority, const char *id, struct authority_outcome *out,
                              struct failure *failure);

/* The authority knows that the certificate was written, read back and checked (accepted), or that it was not
 * and is withdrawn at once, which puts it on the revocation list. Saying the same twice is allowed. Returns:
 * OK; NOT_FOUND for an unknown id; BAD_STATE when the opposite was said before, or the certificate was
 * revoked meanwhile; LOST, UNKNOWN, UNSUPPORTED as authority_request. Thread and Time: as authority_request.
 */
enum status authority_confirm(struct authority *authority, const char *id, bool accepted,
                              struct failure *failure);

/* The certificate is revoked and the new revocation list is out. Revoking again is allowed and keeps the
 * first reason and time. HOLD revokes until RELEASE takes it off the list again, or another reason makes it
 * final; RELEASE of one that is not on the list changes nothing. Units: serial is hexadecimal digits of
 * either case, as certificate_summarize gives it. Returns: OK; NOT_FOUND for a serial of somebody else;
 * BAD_STATE for a RELEASE of one that was revoked for good, or a HOLD of one that was never confirmed;
 * MALFORMED for one that is not hexadecimal; LOST, UNKNOWN, UNSUPPORTED as authority_request. Thread and
 * Time: as authority_request. */
enum status authority_revoke(struct authority *authority, const char *serial, enum authority_reason reason,
                             struct failure *failure);

/* How the authority looks now; asked before a payment code is created (decisions.md 10).
 * Returns: OK always, with the state in *out; the failure says why it is OFFLINE.
 * Thread and Time: as authority_request. */
enum status authority_status(struct authority *authority, struct authority_status *out,
                             struct failure *failure);

/* The memory of an outcome is given back and it is empty; safe on a zeroed one. */
void authority_outcome_release(struct authority_outcome *outcome);

/* Whether the text may be an id or profile name. Thread: any. */
bool authority_id_is_valid(const char *id);

/* The stable names. Returns: a static text, "invalid" outside the list. Thread: any. */
const char *authority_answer_name(enum authority_answer answer);
const char *authority_refusal_name(enum authority_refusal refusal);
const char *authority_reason_name(enum authority_reason reason);

#endif
