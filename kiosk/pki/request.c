#include "kiosk/pki/request.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <string.h>

#include "kiosk/base/limits.h"
#include "kiosk/pki/der.h"
#include "kiosk/pki/name.h"

/* The AlgorithmIdentifiers written under a request, DER: sha256WithRSAEncryption with NULL parameters (RFC
 * 4055 5) and ecdsa-with-SHA256 without any (RFC 5758 3.2). */
static const uint8_t rsa_sha256[] = {0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86,
                                     0xF7, 0x0D, 0x01, 0x01, 0x0B, 0x05, 0x00};
static const uint8_t ecdsa_sha256[] = {0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86,
                                       0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02};

enum status request_tbs(const struct subject *subject, struct bytes public_key, struct buf *tbs,
                        struct failure *failure)
{
    enum status status = STATUS_OK;
    X509_NAME *name = NULL;
    X509_REQ *request = NULL;
    EVP_PKEY *key = der_public_key(public_key);
    if (key == NULL || subject->count == 0) {
        status = der_failure(failure, STATUS_MALFORMED, "request_tbs");
        goto done;
    }
    if (der_key_kind(key) == DER_KEY_OTHER) {
        status = failure_set(failure, STATUS_UNSUPPORTED, "request_tbs", EVP_PKEY_get_bits(key), "key kind");
        goto done;
    }
    name = name_from_subject(subject);
    request = X509_REQ_new();
    if (name == NULL || request == NULL || X509_REQ_set_version(request, X509_REQ_VERSION_1) != 1 ||
        X509_REQ_set_subject_name(request, name) != 1 || X509_REQ_set_pubkey(request, key) != 1) {
        status = der_failure(failure, STATUS_NO_MEMORY, "X509_REQ_set");
        goto done;
    }
    unsigned char *der = NULL;
    int length = i2d_re_X509_REQ_tbs(request, &der);
    status = der_append(tbs, der, length);
done:
    X509_REQ_free(request);
    X509_NAME_free(name);
    EVP_PKEY_free(key);
    return status;
}

/* The value at *at is stepped over when it has this universal or context tag and lies inside `left`. */
static bool pass(const uint8_t **at, size_t *left, int tag, bool enter)
{
    const unsigned char *content = *at;
    long length = 0;
    int found = 0;
    int class = 0;
    int result = ASN1_get_object(&content, &length, &found, &class, (long)*left);
    /* Bit 7: broken; bit 0: indefinite length, which DER forbids (X.690 10.1). */
    if ((result & 0x81) != 0 || found != tag)
        return false;
    const uint8_t *next = enter ? content : content + length;
    *left = enter ? (size_t)length : *left - (size_t)(next - *at);
    *at = next;
    return true;
}

/* CertificationRequestInfo ::= SEQUENCE { version, subject, subjectPKInfo, attributes [0] } (RFC 2986 4.1).
 */
static EVP_PKEY *key_of_tbs(struct bytes tbs)
{
    const uint8_t *at = tbs.data;
    size_t left = tbs.length;
    size_t whole = tbs.length;
    const uint8_t *end = tbs.data;
    if (tbs.length == 0 || tbs.length > LIMIT_CERTIFICATE_BYTES ||
        !pass(&end, &whole, V_ASN1_SEQUENCE, false) || whole != 0)
        return NULL;
    if (!pass(&at, &left, V_ASN1_SEQUENCE, true) || !pass(&at, &left, V_ASN1_INTEGER, false) ||
        !pass(&at, &left, V_ASN1_SEQUENCE, false))
        return NULL;
    const uint8_t *key = at;
    if (!pass(&at, &left, V_ASN1_SEQUENCE, false))
        return NULL;
    return der_public_key(bytes_view(key, (size_t)(at - key)));
}

/* CertificationRequest ::= SEQUENCE { tbs, algorithm, signature BIT STRING } (RFC 2986 4.2). */
static enum status compose(struct bytes tbs, struct bytes algorithm, struct bytes signature, struct buf *out)
{
    uint8_t *room = NULL;
    int bit_string = ASN1_object_size(0, (int)signature.length + 1, V_ASN1_BIT_STRING);
    int content = (int)tbs.length + (int)algorithm.length + bit_string;
    int total = ASN1_object_size(1, content, V_ASN1_SEQUENCE);
    enum status status = buf_extend(out, (size_t)total, &room);
    if (status != STATUS_OK)
        return status;
    ASN1_put_object(&room, 1, content, V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL);
    memcpy(room, tbs.data, tbs.length);
    room += tbs.length;
    memcpy(room, algorithm.data, algorithm.length);
    room += algorithm.length;
    ASN1_put_object(&room, 0, (int)signature.length + 1, V_ASN1_BIT_STRING, V_ASN1_UNIVERSAL);
    *room++ = 0; /* no unused bits */
    memcpy(room, signature.data, signature.length);
    return STATUS_OK;
}

static X509_REQ *parse(struct bytes bytes)
{
    const unsigned char *at = bytes.data;
    if (bytes.length == 0 || bytes.length > LIMIT_CERTIFICATE_BYTES)
        return NULL;
    X509_REQ *request = d2i_X509_REQ(NULL, &at, (long)bytes.length);
    if (request == NULL || at == bytes.data + bytes.length)
        return request;
    X509_REQ_free(request);
    return NULL;
}

static enum status check_own_signature(struct bytes der, EVP_PKEY *key, struct failure *failure)
{
    X509_REQ *request = parse(der);
    enum status status = request == NULL                      ? STATUS_MALFORMED
                         : X509_REQ_verify(request, key) == 1 ? STATUS_OK
                                                              : STATUS_REFUSED;
    X509_REQ_free(request);
    return status == STATUS_OK ? status : der_failure(failure, status, "X509_REQ_verify");
}

enum status request_assemble(struct bytes tbs, struct bytes signature, struct buf *request,
                             struct failure *failure)
{
    struct buf composed;
    buf_init(&composed, LIMIT_CERTIFICATE_BYTES);
    EVP_PKEY *key = key_of_tbs(tbs);
    enum der_key kind = der_key_kind(key);
    enum status status = STATUS_OK;
    if (key == NULL) {
        status = der_failure(failure, STATUS_MALFORMED, "request_assemble");
        goto done;
    }
    if (kind == DER_KEY_OTHER) {
        status = failure_set(failure, STATUS_UNSUPPORTED, "request_assemble", 0, "key kind");
        goto done;
    }
    if (signature.length == 0 || signature.length > LIMIT_CERTIFICATE_BYTES) {
        status = failure_set(failure, STATUS_REFUSED, "request_assemble", (long)signature.length,
                             "signature length");
        goto done;
    }
    struct bytes algorithm = kind == DER_KEY_RSA ? bytes_view(rsa_sha256, sizeof(rsa_sha256))
                                                 : bytes_view(ecdsa_sha256, sizeof(ecdsa_sha256));
    status = compose(tbs, algorithm, signature, &composed);
    if (status == STATUS_OK)
        status = check_own_signature(bytes_of_buf(&composed), key, failure);
    if (status == STATUS_OK)
        status = buf_append(request, composed.data, composed.length);
done:
    buf_release(&composed);
    EVP_PKEY_free(key);
    return status;
}

enum status request_public_key(struct bytes request, struct buf *public_key, struct failure *failure)
{
    X509_REQ *parsed = parse(request);
    if (parsed == NULL)
        return der_failure(failure, STATUS_MALFORMED, "request_public_key");
    unsigned char *der = NULL;
    int length = i2d_X509_PUBKEY(X509_REQ_get_X509_PUBKEY(parsed), &der);
    enum status status = der_append(public_key, der, length);
    X509_REQ_free(parsed);
    return status;
}

enum status request_verify(struct bytes request, struct failure *failure)
{
    X509_REQ *parsed = parse(request);
    EVP_PKEY *key = parsed == NULL ? NULL : X509_REQ_get_pubkey(parsed);
    enum status status = key == NULL                          ? STATUS_MALFORMED
                         : der_key_kind(key) == DER_KEY_OTHER ? STATUS_UNSUPPORTED
                         : X509_REQ_verify(parsed, key) == 1  ? STATUS_OK
                                                              : STATUS_REFUSED;
    EVP_PKEY_free(key);
    X509_REQ_free(parsed);
    return status == STATUS_OK ? status : der_failure(failure, status, "request_verify");
}
