/* Certificate: what a DER certificate (RFC 5280) says, for screens, receipts and records.
 *
 * Reading only; whether it may be trusted is chain.h. PEM is unwrapped here because trust files are PEM.
 * Pitfall: the texts come from outside; they are checked to be printable and cut to their size with U+2026.
 */
#ifndef KIOSK_PKI_CERTIFICATE_H
#define KIOSK_PKI_CERTIFICATE_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/bytes.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/limits.h"
#include "kiosk/pki/subject.h"

enum {
    CERTIFICATE_SERIAL_BYTES = 2 * 20 + 1,
    CERTIFICATE_NAME_BYTES = 4 * 64 + 1,
    CERTIFICATE_KEY_BYTES = 32
};

struct certificate_summary {
    char subject[SUBJECT_TEXT_BYTES];                /* "CN=.., O=.." in the certificate's order */
    char issuer[SUBJECT_TEXT_BYTES];                 /* the same for the issuer */
    char common_name[CERTIFICATE_NAME_BYTES];        /* empty when there is none */
    char issuer_common_name[CERTIFICATE_NAME_BYTES]; /* empty when there is none */
    char serial[CERTIFICATE_SERIAL_BYTES]; /* capital hexadecimal digits, as `openssl x509 -serial` */
    char key[CERTIFICATE_KEY_BYTES];       /* "RSA 2048", "EC P-256", or "other" */
    int64_t not_before_utc_s;
    int64_t not_after_utc_s;
};

/* The summary holds what the certificate says.
 * Units: seconds since 1970-01-01 UTC.
 * Returns: MALFORMED for anything but exactly one DER certificate of at most LIMIT_CERTIFICATE_BYTES with a
 * positive serial of at most 20 octets (RFC 5280 4.1.2.2). Owns: certificate is borrowed. Thread: any. After
 * failure: the summary is unchanged. */
enum status certificate_summarize(struct bytes certificate, struct certificate_summary *out,
                                  struct failure *failure);

/* The certificate's subject as a list; attributes we do not know make it UNSUPPORTED.
 * Returns: MALFORMED, UNSUPPORTED, FULL. Thread: any. After failure: *out is unchanged. */
enum status certificate_subject(struct bytes certificate, struct subject *out, struct failure *failure);

/* The certificate's SubjectPublicKeyInfo stands at the end of the buffer, DER.
 * Returns: MALFORMED; FULL, NO_MEMORY. Thread: any. After failure: the buffer is unchanged. */
enum status certificate_public_key(struct bytes certificate, struct buf *public_key, struct failure *failure);

/* Whether the certificate is for exactly this SubjectPublicKeyInfo; false for anything unreadable. Thread:
 * any. */
bool certificate_is_for_key(struct bytes certificate, struct bytes public_key);

/* Certificates or revocation lists out of a PEM text (RFC 7468), each as DER. */
struct certificate_list {
    struct buf items[LIMIT_CHAIN_CERTIFICATES];
    size_t count;
};

/* The list holds every block with this label ("CERTIFICATE", "X509 CRL") in the order of the text; a text
 * that is not PEM but starts as DER (0x30) is taken whole as one item. Returns: MALFORMED when there is none
 * or one is damaged; FULL past LIMIT_CHAIN_CERTIFICATES or, for one item, past LIMIT_CONFIG_BYTES. Owns: the
 * caller releases *out with certificate_list_release. Thread: any. After failure: *out is unchanged. */
enum status certificate_list_read(const void *text, size_t length, const char *label,
                                  struct certificate_list *out, struct failure *failure);
/* The same from a file. Returns: also as file_read. Time: the disk's. */
enum status certificate_list_read_file(const char *path, const char *label, struct certificate_list *out,
                                       struct failure *failure);
/* The list holds every certificate of a file as people have them: PEM, DER or PKCS#7 (.p7b, RFC 2315) in
 * either form. Returns: MALFORMED when there is none or one is damaged; FULL as above. Owns: as above.
 * Thread: any. After failure: *out is unchanged. */
enum status certificate_list_read_any(const void *text, size_t length, struct certificate_list *out,
                                      struct failure *failure);
/* The memory is given back; safe on a zeroed list. */
void certificate_list_release(struct certificate_list *list);

/* The DER bytes stand as a PEM block with this label at the end of the buffer. Returns: as buf_append. */
enum status certificate_write_pem(struct bytes der, const char *label, struct buf *out);

#endif
