/* CRL: what a revocation list (RFC 5280 section 5) says, for screens and administrators.
 *
 * Reading only; whether a certificate is on a list that may be trusted is chain.h. Pitfall: a list past its
 * next update says nothing about today.
 */
#ifndef KIOSK_PKI_CRL_H
#define KIOSK_PKI_CRL_H

#include "kiosk/pki/certificate.h"

struct crl_summary {
    char issuer[SUBJECT_TEXT_BYTES];
    char issuer_common_name[CERTIFICATE_NAME_BYTES]; /* empty when there is none */
    char number[CERTIFICATE_SERIAL_BYTES];           /* capital hexadecimal digits; empty when it says none */
    int64_t this_update_utc_s;
    int64_t next_update_utc_s; /* 0 when it says none */
    size_t entries;
};

struct crl_entry {
    char serial[CERTIFICATE_SERIAL_BYTES]; /* as certificate_summary */
    int64_t revoked_utc_s;
    int reason; /* CRLReason (section 5.3.1), 0 when it says none */
};

/* The summary holds what the list says, and *entries its first `capacity` entries in the list's order; NULL
 * and 0 for none.
 * Units: seconds since 1970-01-01 UTC. Returns: MALFORMED for anything but one DER revocation list of at most
 * LIMIT_CONFIG_BYTES. Thread: any. After failure: the summary is unchanged. */
enum status crl_summarize(struct bytes crl, struct crl_summary *out, struct crl_entry *entries,
                          size_t capacity, struct failure *failure);

#endif
