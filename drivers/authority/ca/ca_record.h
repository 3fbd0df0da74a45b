/* CA record: all that the embedded CA knows about one request id, one JSON file each.
 *
 * A record is written whole before anything is said about it. REJECTED is a certificate its asker withdrew
 * before it was ever confirmed, REVOKED one that was revoked; both stand on the revocation list. Pitfall: the
 * serial is drawn and stored with REQUESTED, before the certificate is signed, so that a kill between them
 * never leaves a signed certificate the book does not know. So is the second serial of a pair: both
 * certificates and the escrowed key come into the record in one step, and have its state.
 */
#ifndef DRIVERS_AUTHORITY_CA_CA_RECORD_H
#define DRIVERS_AUTHORITY_CA_CA_RECORD_H

#include <stdint.h>

#include "drivers/authority/authority.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/json.h"

enum ca_state {
#define CA_STATE(code, name) CA_##code,
#include "drivers/authority/ca/ca_states.def"
#undef CA_STATE
    CA_STATE_COUNT_
};

enum {
    CA_HASH_BYTES = 2 * CRYPTO_SHA256_BYTES + 1,
    CA_COMMON_NAME_BYTES = 4 * 64 + 1,
    CA_APPROVERS_BYTES = AUTHORITY_APPROVERS * (AUTHORITY_NAME_BYTES + 2)
};

struct ca_record {
    char id[AUTHORITY_ID_BYTES];
    char profile[AUTHORITY_PROFILE_BYTES];
    char serial[AUTHORITY_SERIAL_BYTES];
    char common_name[CA_COMMON_NAME_BYTES];
    char csr_hash[CA_HASH_BYTES];     /* SHA-256, hexadecimal */
    char key_hash[CA_HASH_BYTES];     /* of the SubjectPublicKeyInfo */
    char subject_hash[CA_HASH_BYTES]; /* of the subject's DER */
    enum ca_state state;
    enum authority_reason reason;
    int64_t requested_utc_s;
    int64_t issued_utc_s;
    int64_t confirmed_utc_s;
    int64_t revoked_utc_s; /* also when it was rejected */
    unsigned days;         /* of validity; 0 for the profile's own */
    int64_t until_utc_s;   /* its last second, whatever the days; 0 for as many days */
    struct buf request;    /* PKCS#10, DER */
    struct buf certificate;
    char encryption_serial[AUTHORITY_SERIAL_BYTES]; /* of a pair; else empty */
    struct buf encryption_certificate;              /* of a pair, from ISSUED on */
    struct buf escrow;                              /* its private key, sealed (ca_escrow.h) */
    char recovered_serial[AUTHORITY_SERIAL_BYTES];  /* of another record's encryption certificate that is this
                                                       one's too; else empty */
    char approvers[CA_APPROVERS_BYTES];             /* who approved that, by ", " */
    int64_t recovered_utc_s;
};

/* The stable name of a state. Returns: a static text. Thread: any. */
const char *ca_record_state_name(enum ca_state state);

/* An empty record. Owns: the caller releases it. */
void ca_record_init(struct ca_record *record);
/* Its buffers alone are empty, whatever they pointed to before: for a copy of a record. */
void ca_record_init_bytes(struct ca_record *record);
/* The memory is given back; safe on a zeroed record. */
void ca_record_release(struct ca_record *record);

/* Everything the record holds, for its file; without request and certificate when `brief`, for the list.
 * Owns: the caller frees the result with json_free. */
struct json *ca_record_to_json(const struct ca_record *record, bool brief);

/* The record is read. Returns: MALFORMED, NO_MEMORY. Owns: the caller releases *out, also after failure. */
enum status ca_record_from_json(const struct json *object, struct ca_record *out);

#endif
