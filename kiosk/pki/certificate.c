#include "kiosk/pki/certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/file.h"
#include "kiosk/pki/der.h"
#include "kiosk/pki/name.h"

static void describe_key(const EVP_PKEY *key, char out[CERTIFICATE_KEY_BYTES])
{
    if (key != NULL && EVP_PKEY_is_a(key, "RSA"))
        (void)snprintf(out, CERTIFICATE_KEY_BYTES, "RSA %d", EVP_PKEY_get_bits(key));
    else
        (void)snprintf(out, CERTIFICATE_KEY_BYTES, "%s",
                       der_key_kind(key) == DER_KEY_P256 ? "EC P-256" : "other");
}

enum status certificate_summarize(struct bytes certificate, struct certificate_summary *out,
                                  struct failure *failure)
{
    struct certificate_summary summary = {0};
    X509 *parsed = der_certificate(certificate);
    bool ok = parsed != NULL &&
              der_serial(X509_get0_serialNumber(parsed), summary.serial, sizeof(summary.serial)) &&
              der_time(X509_get0_notBefore(parsed), &summary.not_before_utc_s) &&
              der_time(X509_get0_notAfter(parsed), &summary.not_after_utc_s);
    if (ok) {
        name_text(X509_get_subject_name(parsed), summary.subject, sizeof(summary.subject));
        name_text(X509_get_issuer_name(parsed), summary.issuer, sizeof(summary.issuer));
        name_common_name(X509_get_subject_name(parsed), summary.common_name, sizeof(summary.common_name));
        name_common_name(X509_get_issuer_name(parsed), summary.issuer_common_name,
                         sizeof(summary.issuer_common_name));
        describe_key(X509_get0_pubkey(parsed), summary.key);
        ERR_clear_error(); /* a key OpenSSL cannot read is only described as other */
        *out = summary;
    }
    X509_free(parsed);
    return ok ? STATUS_OK : der_failure(failure, STATUS_MALFORMED, "certificate_summarize");
}

enum status certificate_subject(struct bytes certificate, struct subject *out, struct failure *failure)
{
    X509 *parsed = der_certificate(certificate);
    enum status status = parsed == NULL ? STATUS_MALFORMED : name_subject(X509_get_subject_name(parsed), out);
    X509_free(parsed);
    return status == STATUS_OK ? status : der_failure(failure, status, "certificate_subject");
}

enum status certificate_public_key(struct bytes certificate, struct buf *public_key, struct failure *failure)
{
    X509 *parsed = der_certificate(certificate);
    if (parsed == NULL)
        return der_failure(failure, STATUS_MALFORMED, "certificate_public_key");
    unsigned char *der = NULL;
    int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(parsed), &der);
    enum status status = der_append(public_key, der, length);
    X509_free(parsed);
    return status;
}

bool certificate_is_for_key(struct bytes certificate, struct bytes public_key)
{
    X509 *parsed = der_certificate(certificate);
    EVP_PKEY *inside = parsed == NULL ? NULL : X509_get0_pubkey(parsed);
    EVP_PKEY *asked = der_public_key(public_key);
    /* Compared as keys: a token may write the same EC point in another form than the authority. */
    bool same = inside != NULL && asked != NULL && EVP_PKEY_eq(inside, asked) == 1;
    EVP_PKEY_free(asked);
    X509_free(parsed);
    ERR_clear_error();
    return same;
}

static enum status add_item(struct certificate_list *list, const void *der, size_t length)
{
    if (list->count >= LIMIT_CHAIN_CERTIFICATES)
        return STATUS_FULL;
    struct buf *item = &list->items[list->count];
    buf_init(item, LIMIT_CONFIG_BYTES);
    enum status status = buf_append(item, der, length);
    if (status == STATUS_OK)
        list->count++;
    else
        buf_release(item);
    return status;
}

/* Every block with the label is added; the end of the text is the reader's "no start line". */
static enum status read_blocks(BIO *text, const char *label, struct certificate_list *list)
{
    for (;;) {
        char *name = NULL;
        char *header = NULL;
        unsigned char *der = NULL;
        long length = 0;
        if (PEM_read_bio(text, &name, &header, &der, &length) != 1)
            return ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE ? STATUS_OK
                                                                                : STATUS_MALFORMED;
        enum status status = STATUS_OK;
        if (strcmp(name, label) == 0)
            status = header[0] == 0 && length > 0 ? add_item(list, der, (size_t)length) : STATUS_MALFORMED;
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_free(der);
        if (status != STATUS_OK)
            return status;
    }
}

static enum status read_pem(const void *text, size_t length, const char *label, struct certificate_list *list)
{
    BIO *source = length > LIMIT_CONFIG_BYTES * 2 ? NULL : BIO_new_mem_buf(text, (int)length);
    if (source == NULL)
        return STATUS_FULL;
    enum status status = read_blocks(source, label, list);
    BIO_free(source);
    ERR_clear_error();
    return status == STATUS_OK && list->count == 0 ? STATUS_MALFORMED : status;
}

enum status certificate_list_read(const void *text, size_t length, const char *label,
                                  struct certificate_list *out, struct failure *failure)
{
    struct certificate_list list = {0};
    bool is_der = length > 0 && *(const uint8_t *)text == 0x30;
    enum status status = is_der ? add_item(&list, text, length) : read_pem(text, length, label, &list);
    if (status != STATUS_OK) {
        certificate_list_release(&list);
        return failure_set(failure, status, "certificate_list_read", (long)list.count, "no readable %s",
                           label);
    }
    *out = list;
    return STATUS_OK;
}

static enum status add_all(const STACK_OF(X509) * from, struct certificate_list *list)
{
    enum status status = STATUS_OK;
    for (int i = 0; i < sk_X509_num(from) && status == STATUS_OK; i++) {
        unsigned char *der = NULL;
        int length = i2d_X509(sk_X509_value(from, i), &der);
        status = length > 0 ? add_item(list, der, (size_t)length) : STATUS_MALFORMED;
        OPENSSL_free(der);
    }
    return status;
}

/* A .p7b: certificates in the shell of a signed message that signs nothing (RFC 2315 section 9). */
static enum status read_bundle(struct bytes der, struct certificate_list *list)
{
    const unsigned char *at = der.data;
    PKCS7 *bundle = d2i_PKCS7(NULL, &at, (long)der.length);
    enum status status = STATUS_MALFORMED;
    if (bundle != NULL && at == der.data + der.length && PKCS7_type_is_signed(bundle) &&
        bundle->d.sign != NULL)
        status = add_all(bundle->d.sign->cert, list);
    PKCS7_free(bundle);
    ERR_clear_error();
    return status == STATUS_OK && list->count == 0 ? STATUS_MALFORMED : status;
}

/* Of a file that is DER or the bundle of a PEM block. */
static enum status read_der(struct bytes der, struct certificate_list *list)
{
    X509 *one = der_certificate(der);
    ERR_clear_error();
    if (one == NULL)
        return read_bundle(der, list);
    X509_free(one);
    return add_item(list, der.data, der.length);
}

static enum status read_any(const void *text, size_t length, struct certificate_list *list)
{
    struct certificate_list bundle = {0};
    if (length > 0 && *(const uint8_t *)text == 0x30)
        return length > LIMIT_CONFIG_BYTES ? STATUS_FULL : read_der(bytes_view(text, length), list);
    enum status status = read_pem(text, length, "CERTIFICATE", list);
    if (status == STATUS_MALFORMED && list->count == 0)
        status = read_pem(text, length, "PKCS7", &bundle);
    if (status == STATUS_OK && bundle.count > 0)
        status = read_bundle(bytes_of_buf(&bundle.items[0]), list);
    certificate_list_release(&bundle);
    return status;
}

enum status certificate_list_read_file(const char *path, const char *label, struct certificate_list *out,
                                       struct failure *failure)
{
    struct buf text;
    buf_init(&text, LIMIT_CONFIG_BYTES);
    enum status status = file_read(path, &text, failure);
    if (status == STATUS_OK)
        status = certificate_list_read(text.data, text.length, label, out, failure);
    buf_release(&text);
    return status;
}

enum status certificate_list_read_any(const void *text, size_t length, struct certificate_list *out,
                                      struct failure *failure)
{
    struct certificate_list list = {0};
    enum status status = read_any(text, length, &list);
    if (status != STATUS_OK) {
        certificate_list_release(&list);
        return failure_set(failure, status, "certificate_list_read_any", 0, "no readable certificate");
    }
    *out = list;
    return STATUS_OK;
}

void certificate_list_release(struct certificate_list *list)
{
    if (list == NULL)
        return;
    for (size_t i = 0; i < list->count; i++)
        buf_release(&list->items[i]);
    list->count = 0;
}

enum status certificate_write_pem(struct bytes der, const char *label, struct buf *out)
{
    BIO *text = BIO_new(BIO_s_mem());
    char *bytes = NULL;
    enum status status = STATUS_NO_MEMORY;
    if (text != NULL && PEM_write_bio(text, label, "", der.data, (long)der.length) > 0) {
        long length = BIO_get_mem_data(text, &bytes);
        status = buf_append(out, bytes, (size_t)length);
    }
    BIO_free(text);
    return status;
}
