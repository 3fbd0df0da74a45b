/* Authority wire: what client and embedded CA say to each other, as fields of kiosk/base/wire messages.
 *
 * A client connects to the CA's unix socket, sends one call, reads one reply, and closes. The reply's type is
 * the call's type plus AUTHORITY_WIRE_REPLY. Both directions are read here, so both are fuzzed
 * (fuzz_authority_reply). Pitfall: these numbers are spoken between processes of different versions; add,
 * never renumber.
 */
#ifndef DRIVERS_AUTHORITY_AUTHORITY_WIRE_H
#define DRIVERS_AUTHORITY_AUTHORITY_WIRE_H

#include "drivers/authority/authority.h"
#include "kiosk/base/wire.h"

enum authority_wire_type {
    AUTHORITY_WIRE_REQUEST = 1,
    AUTHORITY_WIRE_INQUIRE = 2,
    AUTHORITY_WIRE_CONFIRM = 3,
    AUTHORITY_WIRE_REVOKE = 4,
    AUTHORITY_WIRE_STATUS = 5,
    AUTHORITY_WIRE_RECOVER = 6,
    AUTHORITY_WIRE_REPLY = 0x100
};

enum authority_wire_tag {
    AUTHORITY_WIRE_TAG_ID = 1,
    AUTHORITY_WIRE_TAG_PROFILE = 2,
    AUTHORITY_WIRE_TAG_CSR = 3,
    AUTHORITY_WIRE_TAG_ACCEPTED = 4,
    AUTHORITY_WIRE_TAG_SERIAL = 5,
    AUTHORITY_WIRE_TAG_REASON = 6,
    AUTHORITY_WIRE_TAG_DAYS = 7, /* absent: the profile's own */
    AUTHORITY_WIRE_TAG_ENCRYPTION = 8,
    AUTHORITY_WIRE_TAG_APPROVER = 9,
    AUTHORITY_WIRE_TAG_UNTIL = 10, /* absent: as many days; of a status the issuing certificate's end */
    AUTHORITY_WIRE_TAG_RESULT = 16,
    AUTHORITY_WIRE_TAG_ANSWER = 17,
    AUTHORITY_WIRE_TAG_AFTER_S = 18,
    AUTHORITY_WIRE_TAG_REFUSAL = 19,
    AUTHORITY_WIRE_TAG_TEXT = 20,
    AUTHORITY_WIRE_TAG_CERTIFICATE = 21,
    AUTHORITY_WIRE_TAG_ENVELOPED_KEY = 22,
    AUTHORITY_WIRE_TAG_NAME = 23,
    AUTHORITY_WIRE_TAG_ENCRYPTION_CERTIFICATE = 24
};

/* One call as the CA reads it; members a type does not use are zero. */
struct authority_call {
    enum authority_wire_type type;
    char id[AUTHORITY_ID_BYTES];
    char profile[AUTHORITY_PROFILE_BYTES];
    char serial[AUTHORITY_SERIAL_BYTES]; /* capital hexadecimal digits without leading "00" */
    struct bytes request;                /* borrowed from the message */
    unsigned days;                       /* 0 for the profile's own */
    int64_t until_utc_s;                 /* 0 for as many days */
    bool accepted;
    bool encryption;
    char approvers[AUTHORITY_APPROVERS][AUTHORITY_NAME_BYTES];
    size_t approver_count;
    enum authority_reason reason;
};

/* The serial with capital digits and without leading zero octets, so that equal numbers are equal texts.
 * Returns: MALFORMED for an empty text, another character or more than 20 octets.
 * After failure: out is unchanged. */
enum status authority_wire_serial(const char *serial, char out[AUTHORITY_SERIAL_BYTES]);

/* The call stands in the message, which the caller initialised with the call's type. Returns: FULL,
 * NO_MEMORY. */
enum status authority_wire_write_call(struct wire *wire, const struct authority_call *call);

/* The call is read. Returns: MALFORMED for anything a client of ours never sends; UNSUPPORTED for an unknown
 * type. Owns: call->request is borrowed from the message. After failure: *call is unchanged. */
enum status authority_wire_read_call(const struct wire *wire, struct authority_call *call);

/* How the call ended stands in the reply. Only OK, NOT_FOUND, BAD_STATE, MALFORMED, UNSUPPORTED and IO
 * travel; everything else becomes IO.
 * Returns: as wire_put. */
enum status authority_wire_write_result(struct wire *wire, enum status result);

/* How the call ended, as the CA says it in a reply of the right type; its IO (the CA failed in the middle) is
 * UNKNOWN.
 * Returns: MALFORMED when the reply does not say it. After failure: *result is unchanged. */
enum status authority_wire_read_result(const struct wire *wire, enum authority_wire_type type,
                                       enum status *result);

/* The outcome stands in the reply. Returns: FULL, NO_MEMORY. */
enum status authority_wire_write_outcome(struct wire *wire, const struct authority_outcome *outcome);

/* The outcome is read; every certificate is within LIMIT_CERTIFICATE_BYTES and there are at most
 * LIMIT_CHAIN_CERTIFICATES; one that was issued has at least one.
 * Returns: MALFORMED, FULL, NO_MEMORY. Owns: the caller releases *out. After failure: *out is unchanged. */
enum status authority_wire_read_outcome(const struct wire *wire, struct authority_outcome *out);

#endif
