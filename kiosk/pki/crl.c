#include "kiosk/pki/crl.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "kiosk/pki/der.h"
#include "kiosk/pki/name.h"

/* A list need not be numbered. */
static bool read_number(const X509_CRL *crl, char out[CERTIFICATE_SERIAL_BYTES])
{
    int critical = 0;
    ASN1_INTEGER *number = X509_CRL_get_ext_d2i(crl, NID_crl_number, &critical, NULL);
    bool ok = number == NULL ? critical == -1 : der_serial(number, out, CERTIFICATE_SERIAL_BYTES);
    ASN1_INTEGER_free(number);
    return ok;
}

static bool read_times(const X509_CRL *crl, struct crl_summary *out)
{
    const ASN1_TIME *next = X509_CRL_get0_nextUpdate(crl);
    return der_time(X509_CRL_get0_lastUpdate(crl), &out->this_update_utc_s) &&
           (next == NULL || der_time(next, &out->next_update_utc_s));
}

static bool read_entry(const X509_REVOKED *revoked, struct crl_entry *out)
{
    ASN1_ENUMERATED *reason = X509_REVOKED_get_ext_d2i(revoked, NID_crl_reason, NULL, NULL);
    *out = (struct crl_entry){.reason = reason == NULL ? 0 : (int)ASN1_ENUMERATED_get(reason)};
    ASN1_ENUMERATED_free(reason);
    return der_serial(X509_REVOKED_get0_serialNumber(revoked), out->serial, sizeof(out->serial)) &&
           der_time(X509_REVOKED_get0_revocationDate(revoked), &out->revoked_utc_s);
}

static bool read_entries(X509_CRL *crl, size_t *count, struct crl_entry *entries, size_t capacity)
{
    const STACK_OF(X509_REVOKED) *revoked = X509_CRL_get_REVOKED(crl);
    bool ok = true;
    *count = revoked == NULL ? 0 : (size_t)sk_X509_REVOKED_num(revoked);
    for (size_t i = 0; i < *count && i < capacity && ok; i++)
        ok = read_entry(sk_X509_REVOKED_value(revoked, (int)i), &entries[i]);
    return ok;
}

enum status crl_summarize(struct bytes crl, struct crl_summary *out, struct crl_entry *entries,
                          size_t capacity, struct failure *failure)
{
    struct crl_summary summary = {0};
    X509_CRL *parsed = der_crl(crl);
    bool ok = parsed != NULL && read_number(parsed, summary.number) && read_times(parsed, &summary) &&
              read_entries(parsed, &summary.entries, entries, capacity);
    if (ok) {
        name_text(X509_CRL_get_issuer(parsed), summary.issuer, sizeof(summary.issuer));
        name_common_name(X509_CRL_get_issuer(parsed), summary.issuer_common_name,
                         sizeof(summary.issuer_common_name));
        *out = summary;
    }
    X509_CRL_free(parsed);
    return ok ? STATUS_OK : der_failure(failure, STATUS_MALFORMED, "crl_summarize");
}
