#include "drivers/token/token_pkcs11_slot.h"

#include <libp11.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

struct token_pkcs11_slot {
    PKCS11_CTX *context;
    struct token_pkcs11_raw *raw;
    PKCS11_SLOT *slots; /* of the current visit */
    unsigned count;
    PKCS11_SLOT *current;
    unsigned long session;
    bool has_session;
    bool loaded;
};

/* The PKCS#11 number in OpenSSL's error queue, or STATUS_IO without one; the queue is empty afterwards. */
static enum status queue_status(const char *where, struct failure *failure)
{
    unsigned long rv = 0;
    unsigned long last = 0;
    for (unsigned long error = ERR_get_error(); error != 0; error = ERR_get_error()) {
        if (ERR_GET_LIB(error) == ERR_get_CKR_code() && ERR_GET_REASON(error) > 0)
            rv = (unsigned long)ERR_GET_REASON(error);
        last = error;
    }
    if (rv != 0)
        return token_pkcs11_raw_status(rv, where, failure);
    return failure_set(failure, STATUS_IO, where, (long)ERR_GET_REASON(last), "%s",
                       last != 0 ? ERR_reason_error_string(last) : "no error told");
}

enum status token_pkcs11_slot_load(const char *module, struct token_pkcs11_slot **out,
                                   struct failure *failure)
{
    struct token_pkcs11_slot *slot = calloc(1, sizeof(*slot));
    if (slot == NULL)
        return STATUS_NO_MEMORY;
    slot->context = PKCS11_CTX_new();
    enum status status = slot->context != NULL ? STATUS_OK : STATUS_NO_MEMORY;
    if (status == STATUS_OK && PKCS11_CTX_load(slot->context, module) != 0) {
        (void)queue_status("PKCS11_CTX_load", failure);
        status = failure_set(failure, STATUS_CONFIG, "PKCS11_CTX_load", 0, "the module cannot be loaded");
    } else if (status == STATUS_OK) {
        slot->loaded = true;
        status = token_pkcs11_raw_open(module, &slot->raw, failure);
    }
    if (status != STATUS_OK) {
        token_pkcs11_slot_unload(slot);
        return status;
    }
    *out = slot;
    return STATUS_OK;
}

void token_pkcs11_slot_unload(struct token_pkcs11_slot *slot)
{
    if (slot == NULL)
        return;
    token_pkcs11_slot_leave(slot);
    token_pkcs11_raw_close(slot->raw);
    if (slot->loaded)
        PKCS11_CTX_unload(slot->context);
    if (slot->context != NULL)
        PKCS11_CTX_free(slot->context);
    free(slot);
}

struct token_pkcs11_raw *token_pkcs11_slot_raw(const struct token_pkcs11_slot *slot)
{
    return slot->raw;
}

/* --- a visit ----------------------------------------------------------------------------------------- */

enum status token_pkcs11_slot_enter(struct token_pkcs11_slot *slot, unsigned long number,
                                    struct failure *failure)
{
    ERR_clear_error();
    if (PKCS11_enumerate_slots(slot->context, &slot->slots, &slot->count) != 0) {
        slot->slots = NULL;
        slot->count = 0;
        return queue_status("PKCS11_enumerate_slots", failure);
    }
    for (unsigned i = 0; i < slot->count; i++) {
        if (PKCS11_get_slotid_from_slot(&slot->slots[i]) == number && slot->slots[i].token != NULL)
            slot->current = &slot->slots[i];
    }
    if (slot->current != NULL)
        return STATUS_OK;
    token_pkcs11_slot_leave(slot);
    return failure_set(failure, STATUS_LOST, "PKCS11_enumerate_slots", 0, "no key in the slot");
}

enum status token_pkcs11_slot_login(struct token_pkcs11_slot *slot, enum token_pkcs11_login who,
                                    const struct secret *pin, unsigned long *session, struct failure *failure)
{
    check(slot->current != NULL && !slot->has_session);
    if (PKCS11_open_session(slot->current, 1) != 0)
        return queue_status("PKCS11_open_session", failure);
    unsigned long number = PKCS11_get_slotid_from_slot(slot->current);
    enum status status = token_pkcs11_raw_session_open(slot->raw, number, &slot->session, failure);
    if (status != STATUS_OK)
        return status;
    slot->has_session = true;
    if (session != NULL)
        *session = slot->session;
    if (who == TOKEN_PKCS11_NOBODY)
        return STATUS_OK;
    if (PKCS11_login(slot->current, who == TOKEN_PKCS11_OFFICER, (const char *)pin->bytes) != 0)
        return queue_status("C_Login", failure);
    return STATUS_OK;
}

void token_pkcs11_slot_leave(struct token_pkcs11_slot *slot)
{
    int user = 0;
    int officer = 0;
    if (slot->current != NULL && slot->has_session) {
        if (PKCS11_is_logged_in(slot->current, 0, &user) == 0 &&
            PKCS11_is_logged_in(slot->current, 1, &officer) == 0 && (user != 0 || officer != 0))
            (void)PKCS11_logout(slot->current);
        token_pkcs11_raw_session_close(slot->raw, slot->session);
    }
    if (slot->slots != NULL)
        PKCS11_release_all_slots(slot->context, slot->slots, slot->count);
    slot->slots = NULL;
    slot->count = 0;
    slot->current = NULL;
    slot->has_session = false;
    ERR_clear_error();
}

/* --- formatting and PINs ------------------------------------------------------------------------------ */

enum status token_pkcs11_slot_format(struct token_pkcs11_slot *slot, const struct secret *so_pin,
                                     const char *label, struct failure *failure)
{
    check(strlen(label) == TOKEN_LABEL_CHARACTERS && !slot->has_session);
    if (PKCS11_init_token(slot->current->token, (const char *)so_pin->bytes, label) != 0)
        return queue_status("C_InitToken", failure);
    return STATUS_OK;
}

enum status token_pkcs11_slot_init_pin(struct token_pkcs11_slot *slot, const struct secret *pin,
                                       struct failure *failure)
{
    if (PKCS11_init_pin(slot->current->token, (const char *)pin->bytes) != 0)
        return queue_status("C_InitPIN", failure);
    return STATUS_OK;
}

enum status token_pkcs11_slot_change_pin(struct token_pkcs11_slot *slot, const struct secret *old_pin,
                                         const struct secret *new_pin, struct failure *failure)
{
    if (PKCS11_change_pin(slot->current, (const char *)old_pin->bytes, (const char *)new_pin->bytes) != 0)
        return queue_status("C_SetPIN", failure);
    return STATUS_OK;
}

/* --- certificates -------------------------------------------------------------------------------------- */

static enum token_role cert_role(const PKCS11_CERT *cert)
{
    return cert->label != NULL ? token_pkcs11_raw_role(cert->label, strlen(cert->label)) : TOKEN_ROLE_FOREIGN;
}

static void copy_id(struct token_key_id *out, const unsigned char *id, size_t length)
{
    out->length = id != NULL && length <= sizeof(out->bytes) ? length : 0;
    if (out->length > 0)
        memcpy(out->bytes, id, out->length);
}

static void copy_subject(struct token_certificate *out, const X509 *x509)
{
    char *text = NULL;
    BIO *bio = BIO_new(BIO_s_mem());
    if (bio == NULL)
        return;
    if (X509_NAME_print_ex(bio, X509_get_subject_name(x509), 0,
                           XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB) > 0) {
        long length = BIO_get_mem_data(bio, &text);
        if (length > 0 && (size_t)length < sizeof(out->subject) && text_is_valid(text, (size_t)length) &&
            memchr(text, 0, (size_t)length) == NULL)
            memcpy(out->subject, text, (size_t)length);
    }
    BIO_free(bio);
}

static void copy_serial(struct token_certificate *out, const X509 *x509)
{
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(x509), NULL);
    char *text = number != NULL ? BN_bn2hex(number) : NULL;
    if (text != NULL)
        (void)text_copy(out->serial, sizeof(out->serial), text);
    OPENSSL_free(text);
    BN_free(number);
}

static int64_t to_utc_s(const ASN1_TIME *time)
{
    int days = 0;
    int seconds = 0;
    ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
    bool good = epoch != NULL && ASN1_TIME_diff(&days, &seconds, epoch, time) == 1;
    ASN1_TIME_free(epoch);
    return good ? (int64_t)days * 86400 + seconds : 0;
}

/* The certificate's DER, allocated by OpenSSL. Returns: its length, 0 when there is none within the ceiling.
 */
static size_t cert_der(const PKCS11_CERT *cert, unsigned char **der)
{
    *der = NULL;
    int length = cert->x509 != NULL ? i2d_X509(cert->x509, der) : 0;
    if (length > 0 && length <= LIMIT_CERTIFICATE_BYTES)
        return (size_t)length;
    OPENSSL_free(*der);
    *der = NULL;
    return 0;
}

static void describe_cert(const PKCS11_CERT *cert, struct token_certificate *out)
{
    unsigned char *der = NULL;
    *out = (struct token_certificate){.role = cert_role(cert)};
    copy_id(&out->id, cert->id, cert->id_len);
    size_t length = cert_der(cert, &der);
    if (length == 0) /* an object that is no certificate: listed, so that a person learns of it */
        return;
    (void)EVP_Digest(der, length, out->sha256, NULL, EVP_sha256(), NULL);
    OPENSSL_free(der);
    copy_subject(out, cert->x509);
    copy_serial(out, cert->x509);
    out->not_before_utc_s = to_utc_s(X509_get0_notBefore(cert->x509));
    out->not_after_utc_s = to_utc_s(X509_get0_notAfter(cert->x509));
}

static enum status enumerate_certs(struct token_pkcs11_slot *slot, PKCS11_CERT **certs, unsigned *count,
                                   struct failure *failure)
{
    ERR_clear_error(); /* what an unreadable object left behind must not name the next error */
    if (PKCS11_enumerate_certs(slot->current->token, certs, count) != 0)
        return queue_status("PKCS11_enumerate_certs", failure);
    return STATUS_OK;
}

static enum status enumerate_public_keys(struct token_pkcs11_slot *slot, PKCS11_KEY **keys, unsigned *count,
                                         struct failure *failure)
{
    ERR_clear_error();
    if (PKCS11_enumerate_public_keys(slot->current->token, keys, count) != 0)
        return queue_status("PKCS11_enumerate_public_keys", failure);
    return STATUS_OK;
}

enum status token_pkcs11_slot_summary(struct token_pkcs11_slot *slot, struct token_info *info,
                                      struct failure *failure)
{
    PKCS11_CERT *certs = NULL;
    PKCS11_KEY *keys = NULL;
    unsigned cert_count = 0;
    unsigned key_count = 0;
    enum status status = enumerate_certs(slot, &certs, &cert_count, failure);
    if (status == STATUS_OK)
        status = enumerate_public_keys(slot, &keys, &key_count, failure);
    if (status != STATUS_OK)
        return status;
    info->certificates = cert_count;
    info->keys = key_count;
    for (unsigned i = 0; i < cert_count && i < TOKEN_CERTIFICATES; i++)
        describe_cert(&certs[i], &info->certificate[i]);
    if (cert_count > 0 || key_count > 0)
        info->presence = TOKEN_CARRYING;
    return STATUS_OK;
}

/* Whether the certificate is of the role, and under the id unless that is empty. */
static bool is_meant(const PKCS11_CERT *cert, enum token_role role, const struct token_key_id *id)
{
    struct token_key_id found;
    copy_id(&found, cert->id, cert->id_len);
    return cert_role(cert) == role && (id->length == 0 || token_key_id_is_same(&found, id));
}

enum status token_pkcs11_slot_read(struct token_pkcs11_slot *slot, enum token_role role,
                                   const struct token_key_id *id, struct buf *der, struct token_key_id *found,
                                   struct failure *failure)
{
    PKCS11_CERT *certs = NULL;
    unsigned count = 0;
    enum status status = enumerate_certs(slot, &certs, &count, failure);
    for (unsigned i = 0; i < count && status == STATUS_OK; i++) {
        unsigned char *bytes = NULL;
        size_t length = is_meant(&certs[i], role, id) ? cert_der(&certs[i], &bytes) : 0;
        if (length == 0)
            continue;
        copy_id(found, certs[i].id, certs[i].id_len);
        status = buf_append(der, bytes, length);
        OPENSSL_free(bytes);
        return status;
    }
    if (status != STATUS_OK)
        return status;
    return failure_set(failure, STATUS_NOT_FOUND, "PKCS11_enumerate_certs", 0, "no certificate of this role");
}

static bool is_same_cert(const PKCS11_CERT *cert, const void *der, size_t length)
{
    unsigned char *bytes = NULL;
    size_t own = cert_der(cert, &bytes);
    bool same = own == length && memcmp(bytes, der, length) == 0;
    OPENSSL_free(bytes);
    return same;
}

/* Already there under the id and role it should have. */
static bool holds_cert(const PKCS11_CERT *certs, unsigned count, enum token_role role,
                       const struct token_key_id *id, const void *der, size_t length)
{
    for (unsigned i = 0; i < count; i++)
        if (is_meant(&certs[i], role, id) && is_same_cert(&certs[i], der, length))
            return true;
    return false;
}

static enum status store_x509(struct token_pkcs11_slot *slot, enum token_role role,
                              const struct token_key_id *id, X509 *x509, struct failure *failure)
{
    char label[TOKEN_LABEL_CHARACTERS];
    unsigned char bytes[TOKEN_KEY_ID_BYTES];
    check(text_copy(label, sizeof(label), token_pkcs11_raw_label(role)));
    memcpy(bytes, id->bytes, id->length);
    if (PKCS11_store_certificate(slot->current->token, x509, label, bytes, id->length, NULL) != 0)
        return queue_status("C_CreateObject", failure);
    return STATUS_OK;
}

enum status token_pkcs11_slot_store(struct token_pkcs11_slot *slot, enum token_role role,
                                    const struct token_key_id *id, const void *der, size_t length,
                                    struct failure *failure)
{
    PKCS11_CERT *certs = NULL;
    unsigned count = 0;
    const unsigned char *at = der;
    if (length == 0 || length > LIMIT_CERTIFICATE_BYTES)
        return failure_set(failure, STATUS_MALFORMED, "d2i_X509", 0,
                           "no certificate of this length is stored");
    X509 *x509 = d2i_X509(NULL, &at, (long)length);
    PKCS11_CERT given = {.x509 = x509};
    if (!is_same_cert(&given, der, length)) {
        X509_free(x509);
        ERR_clear_error();
        return failure_set(failure, STATUS_MALFORMED, "d2i_X509", 0, "not one DER certificate");
    }
    enum status status = enumerate_certs(slot, &certs, &count, failure);
    if (status == STATUS_OK && !holds_cert(certs, count, role, id, der, length))
        status = store_x509(slot, role, id, x509, failure);
    X509_free(x509);
    return status;
}

enum status token_pkcs11_slot_remove_others(struct token_pkcs11_slot *slot, enum token_role role,
                                            const struct token_key_id *id, const void *der, size_t length,
                                            struct failure *failure)
{
    PKCS11_CERT *certs = NULL;
    unsigned count = 0;
    enum status status = enumerate_certs(slot, &certs, &count, failure);
    for (unsigned i = 0; i < count && status == STATUS_OK; i++) {
        if (is_meant(&certs[i], role, id) && !is_same_cert(&certs[i], der, length) &&
            PKCS11_remove_certificate(&certs[i]) != 0)
            status = queue_status("C_DestroyObject", failure);
    }
    return status;
}

/* --- keys -------------------------------------------------------------------------------------------- */

static bool push_rsa(OSSL_PARAM_BLD *builder, const struct token_pkcs11_raw_public *key, BIGNUM **numbers)
{
    numbers[0] = BN_bin2bn(key->modulus, (int)key->modulus_length, NULL);
    numbers[1] = BN_bin2bn(key->exponent, (int)key->exponent_length, NULL);
    return numbers[0] != NULL && numbers[1] != NULL &&
           OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, numbers[0]) == 1 &&
           OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, numbers[1]) == 1;
}

static bool push_ec(OSSL_PARAM_BLD *builder, const struct token_pkcs11_raw_public *key)
{
    return OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1 &&
           OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, key->point,
                                            key->point_length) == 1;
}

/* The key as OpenSSL's own object, without a tie to libp11. Returns: NULL when it is no key. */
static EVP_PKEY *build_public(const struct token_pkcs11_raw_public *key)
{
    bool is_rsa = key->algorithm == TOKEN_ALGORITHM_RSA_2048;
    EVP_PKEY *pkey = NULL;
    BIGNUM *numbers[2] = {NULL, NULL};
    OSSL_PARAM *parameters = NULL;
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, is_rsa ? "RSA" : "EC", NULL);
    if (builder != NULL && context != NULL &&
        (is_rsa ? push_rsa(builder, key, numbers) : push_ec(builder, key)))
        parameters = OSSL_PARAM_BLD_to_param(builder);
    if (parameters != NULL && EVP_PKEY_fromdata_init(context) == 1 &&
        EVP_PKEY_fromdata(context, &pkey, EVP_PKEY_PUBLIC_KEY, parameters) != 1)
        pkey = NULL;
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    EVP_PKEY_CTX_free(context);
    BN_free(numbers[0]);
    BN_free(numbers[1]);
    return pkey;
}

enum status token_pkcs11_slot_encode(const struct token_pkcs11_raw_public *key, struct token_public_key *out,
                                     struct failure *failure)
{
    unsigned char *der = NULL;
    EVP_PKEY *pkey = build_public(key);
    int length = pkey != NULL ? i2d_PUBKEY(pkey, &der) : 0;
    bool good = length > 0 && (size_t)length <= sizeof(out->bytes);
    if (good) {
        *out =
            (struct token_public_key){.id = key->id, .algorithm = key->algorithm, .length = (size_t)length};
        memcpy(out->bytes, der, out->length);
    }
    OPENSSL_free(der);
    EVP_PKEY_free(pkey);
    ERR_clear_error();
    return good ? STATUS_OK : failure_set(failure, STATUS_MALFORMED, "i2d_PUBKEY", 0, "not a public key");
}

static bool is_wanted(const PKCS11_KEY *key, const struct token_key_id *id)
{
    struct token_key_id found;
    copy_id(&found, key->id, key->id_len);
    return token_key_id_is_same(&found, id);
}

/* SHA-256 and the key's own scheme; OpenSSL gives the signature in the form X.509 wants. */
static enum status sign_with(EVP_PKEY *pkey, const void *data, size_t length, struct buf *signature,
                             struct failure *failure)
{
    uint8_t bytes[512];
    size_t size = sizeof(bytes);
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    enum status status = STATUS_OK;
    if (digest == NULL || EVP_DigestSignInit(digest, NULL, EVP_sha256(), NULL, pkey) != 1 ||
        EVP_DigestSign(digest, bytes, &size, data, length) != 1)
        status = queue_status("C_Sign", failure);
    else
        status = buf_append(signature, bytes, size);
    EVP_MD_CTX_free(digest);
    return status;
}

enum status token_pkcs11_slot_sign(struct token_pkcs11_slot *slot, const struct token_key_id *id,
                                   const void *data, size_t length, struct buf *signature,
                                   struct failure *failure)
{
    PKCS11_KEY *keys = NULL;
    PKCS11_KEY *wanted = NULL;
    unsigned count = 0;
    ERR_clear_error();
    if (PKCS11_enumerate_keys(slot->current->token, &keys, &count) != 0)
        return queue_status("PKCS11_enumerate_keys", failure);
    for (unsigned i = 0; i < count; i++)
        wanted = is_wanted(&keys[i], id) ? &keys[i] : wanted;
    if (wanted == NULL)
        return failure_set(failure, STATUS_NOT_FOUND, "PKCS11_enumerate_keys", 0, "no such private key");
    EVP_PKEY *pkey = PKCS11_get_private_key(wanted);
    if (pkey == NULL)
        return queue_status("PKCS11_get_private_key", failure);
    enum status status = STATUS_UNSUPPORTED;
    if (EVP_PKEY_get_size(pkey) <= 512)
        status = sign_with(pkey, data, length, signature, failure);
    EVP_PKEY_free(pkey);
    return status;
}
