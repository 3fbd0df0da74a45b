#include "kiosk/base/crypto.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/secret.h"

/* --- digests and keys -------------------------------------------------------------------------------- */

static void digest(const EVP_MD *algorithm, const void *bytes, size_t length, uint8_t *out)
{
    check(EVP_Digest(bytes, length, out, NULL, algorithm, NULL) == 1);
}

void crypto_sha256(const void *bytes, size_t length, uint8_t out[CRYPTO_SHA256_BYTES])
{
    digest(EVP_sha256(), bytes, length, out);
}

void crypto_md5(const void *bytes, size_t length, uint8_t out[CRYPTO_MD5_BYTES])
{
    digest(EVP_md5(), bytes, length, out);
}

void crypto_hmac_sha256(const void *key, size_t key_length, const void *bytes, size_t length,
                        uint8_t out[CRYPTO_SHA256_BYTES])
{
    size_t written = 0;
    check(EVP_Q_mac(NULL, "HMAC", NULL, "SHA256", NULL, key, key_length, bytes, length, out,
                    CRYPTO_SHA256_BYTES, &written) != NULL);
}

static void run_kdf(const char *name, const OSSL_PARAM *parameters, uint8_t *out, size_t length)
{
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, name, NULL);
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);
    check(context != NULL && EVP_KDF_derive(context, out, length, parameters) == 1);
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
}

/* OSSL_PARAM takes its inputs without const although it only reads them. */
static void *unconst(const void *pointer)
{
    return (void *)(uintptr_t)pointer;
}

void crypto_derive(const uint8_t key[CRYPTO_KEY_BYTES], const void *salt, size_t salt_length,
                   const char *label, uint8_t *out, size_t length)
{
    char sha256[] = "SHA256";
    OSSL_PARAM parameters[5] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, sha256, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, unconst(key), CRYPTO_KEY_BYTES),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, unconst(label), strlen(label)),
        OSSL_PARAM_construct_end(),
        OSSL_PARAM_construct_end(),
    };
    if (salt_length >
        0) /* OpenSSL refuses an empty salt that RFC 5869 2.2 allows; leaving it out means the same */
        parameters[3] = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, unconst(salt), salt_length);
    run_kdf("HKDF", parameters, out, length);
}

/* --- sealing ----------------------------------------------------------------------------------------- */

static bool seal_into(const uint8_t *key, const void *associated, size_t associated_length, const void *plain,
                      size_t length, uint8_t *room)
{
    uint8_t *nonce = room;
    uint8_t *cipher = room + CRYPTO_NONCE_BYTES;
    int written = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    bool ok = context != NULL && EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce) == 1 &&
              EVP_EncryptUpdate(context, NULL, &written, associated, (int)associated_length) == 1 &&
              EVP_EncryptUpdate(context, cipher, &written, plain, (int)length) == 1 &&
              EVP_EncryptFinal_ex(context, cipher + length, &written) == 1 &&
              EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, CRYPTO_TAG_BYTES, cipher + length) == 1;
    EVP_CIPHER_CTX_free(context);
    return ok;
}

enum status crypto_seal(const uint8_t key[CRYPTO_KEY_BYTES], const struct random *random,
                        const void *associated, size_t associated_length, const void *plain, size_t length,
                        struct buf *out)
{
    uint8_t *room = NULL;
    enum status status = buf_extend(out, length + CRYPTO_SEAL_OVERHEAD_BYTES, &room);
    if (status != STATUS_OK)
        return status;
    random_fill(random, room, CRYPTO_NONCE_BYTES);
    check(seal_into(key, associated, associated_length, plain, length, room));
    return STATUS_OK;
}

static bool open_into(const uint8_t *key, const void *associated, size_t associated_length,
                      const uint8_t *sealed, size_t plain_length, uint8_t *room)
{
    const uint8_t *cipher = sealed + CRYPTO_NONCE_BYTES;
    int written = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    bool ok = context != NULL && EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, sealed) == 1 &&
              EVP_DecryptUpdate(context, NULL, &written, associated, (int)associated_length) == 1 &&
              EVP_DecryptUpdate(context, room, &written, cipher, (int)plain_length) == 1 &&
              EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, CRYPTO_TAG_BYTES,
                                  unconst(cipher + plain_length)) == 1 &&
              EVP_DecryptFinal_ex(context, room + plain_length, &written) == 1;
    EVP_CIPHER_CTX_free(context);
    return ok;
}

enum status crypto_open(const uint8_t key[CRYPTO_KEY_BYTES], const void *associated, size_t associated_length,
                        const void *sealed, size_t length, struct buf *out)
{
    if (length < CRYPTO_SEAL_OVERHEAD_BYTES)
        return STATUS_MALFORMED;
    size_t plain_length = length - CRYPTO_SEAL_OVERHEAD_BYTES;
    size_t before = out->length;
    uint8_t *room = NULL;
    enum status status = buf_extend(out, plain_length, &room);
    if (status != STATUS_OK)
        return status;
    if (open_into(key, associated, associated_length, sealed, plain_length, room))
        return STATUS_OK;
    secret_wipe_bytes(room, plain_length); /* unauthenticated plaintext must not be read by anyone */
    out->length = before;
    out->data[before] = 0;
    return STATUS_MALFORMED;
}

/* --- passwords --------------------------------------------------------------------------------------- */

enum { SCRYPT_R = 8, SCRYPT_P = 1, SCRYPT_SALT_BYTES = 16, SCRYPT_HASH_BYTES = 32 };

static void scrypt(int log_n, const char *password, size_t length, const uint8_t *salt, uint8_t *out)
{
    uint64_t n = UINT64_C(1) << log_n;
    uint32_t r = SCRYPT_R;
    uint32_t p = SCRYPT_P;
    uint64_t memory = 256 * SCRYPT_R * n; /* twice what it works on */
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, unconst(password), length),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, unconst(salt), SCRYPT_SALT_BYTES),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
        OSSL_PARAM_construct_end(),
    };
    run_kdf("SCRYPT", parameters, out, SCRYPT_HASH_BYTES);
}

enum status crypto_password_hash(const struct random *random, int log_n, const char *password, size_t length,
                                 char *out, size_t size)
{
    check(log_n >= CRYPTO_PASSWORD_LOG_N_LEAST && log_n <= CRYPTO_PASSWORD_LOG_N_MOST);
    uint8_t salt[SCRYPT_SALT_BYTES];
    uint8_t hash[SCRYPT_HASH_BYTES];
    random_fill(random, salt, sizeof(salt));
    scrypt(log_n, password, length, salt, hash);
    struct buf text;
    buf_init(&text, size - 1);
    enum status status = buf_append_format(&text, "scrypt$%d$%d$%d$", log_n, SCRYPT_R, SCRYPT_P);
    if (status == STATUS_OK)
        status = encode_base64(&text, salt, sizeof(salt));
    if (status == STATUS_OK)
        status = buf_append_text(&text, "$");
    if (status == STATUS_OK)
        status = encode_base64(&text, hash, sizeof(hash));
    if (status == STATUS_OK)
        memcpy(out, text.data, text.length + 1);
    secret_wipe_bytes(hash, sizeof(hash));
    buf_wipe(&text);
    return status;
}

/* N is the text's own, so that it can be raised while older passwords still open. */
static bool read_password_head(const char *stored, char head[32], int *log_n)
{
    for (*log_n = CRYPTO_PASSWORD_LOG_N_LEAST; *log_n <= CRYPTO_PASSWORD_LOG_N_MOST; (*log_n)++) {
        (void)snprintf(head, 32, "scrypt$%d$%d$%d$", *log_n, SCRYPT_R, SCRYPT_P);
        if (strncmp(stored, head, strlen(head)) == 0)
            return true;
    }
    return false;
}

/* Splits "scrypt$15$8$1$salt$hash"; other parameters are a format of the future and refused. */
static bool read_password_text(const char *stored, int *log_n, struct buf *salt, struct buf *hash)
{
    char head[32];
    if (!read_password_head(stored, head, log_n))
        return false;
    const char *salt_text = stored + strlen(head);
    const char *dollar = strchr(salt_text, '$');
    char copy[64];
    if (dollar == NULL || (size_t)(dollar - salt_text) >= sizeof(copy))
        return false;
    memcpy(copy, salt_text, (size_t)(dollar - salt_text));
    copy[dollar - salt_text] = 0;
    return encode_base64_decode(salt, copy) == STATUS_OK &&
           encode_base64_decode(hash, dollar + 1) == STATUS_OK && salt->length == SCRYPT_SALT_BYTES &&
           hash->length == SCRYPT_HASH_BYTES;
}

bool crypto_password_matches(const char *stored, const char *password, size_t length)
{
    struct buf salt;
    struct buf hash;
    buf_init(&salt, 64);
    buf_init(&hash, 64);
    uint8_t computed[SCRYPT_HASH_BYTES] = {0};
    int log_n = 0;
    bool matches = read_password_text(stored, &log_n, &salt, &hash);
    if (matches) {
        scrypt(log_n, password, length, salt.data, computed);
        matches = secret_is_equal(computed, sizeof(computed), hash.data, hash.length);
    }
    secret_wipe_bytes(computed, sizeof(computed));
    buf_wipe(&salt);
    buf_wipe(&hash);
    return matches;
}

/* --- RSA signatures ---------------------------------------------------------------------------------- */

struct crypto_key {
    EVP_PKEY *key;
};

static enum status key_take(EVP_PKEY *key, struct crypto_key **out)
{
    if (key == NULL || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) {
        EVP_PKEY_free(key);
        ERR_clear_error();
        return STATUS_MALFORMED;
    }
    struct crypto_key *taken = calloc(1, sizeof(*taken));
    check(taken != NULL);
    taken->key = key;
    *out = taken;
    return STATUS_OK;
}

static BIO *memory_bio(const char *pem, size_t length)
{
    BIO *bio = BIO_new_mem_buf(pem, (int)length);
    check(bio != NULL);
    return bio;
}

/* A key file with a pass phrase must fail, not ask on the terminal. */
static int refuse_pass_phrase(char *out, int size, int writing, void *context)
{
    (void)out, (void)size, (void)writing, (void)context;
    return -1;
}

enum status crypto_key_read_private(const char *pem, size_t length, struct crypto_key **out)
{
    BIO *bio = memory_bio(pem, length);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, refuse_pass_phrase, NULL);
    BIO_free(bio);
    return key_take(key, out);
}

static X509 *read_certificate(const char *pem, size_t length)
{
    BIO *bio = memory_bio(pem, length);
    X509 *certificate = PEM_read_bio_X509(bio, NULL, refuse_pass_phrase, NULL);
    BIO_free(bio);
    ERR_clear_error();
    return certificate;
}

enum status crypto_key_read_public(const char *pem, size_t length, struct crypto_key **out)
{
    X509 *certificate = read_certificate(pem, length);
    if (certificate != NULL) {
        EVP_PKEY *key = X509_get_pubkey(certificate);
        X509_free(certificate);
        return key_take(key, out);
    }
    BIO *bio = memory_bio(pem, length);
    EVP_PKEY *key = PEM_read_bio_PUBKEY(bio, NULL, refuse_pass_phrase, NULL);
    BIO_free(bio);
    return key_take(key, out);
}

void crypto_key_free(struct crypto_key *key)
{
    if (key == NULL)
        return;
    EVP_PKEY_free(key->key);
    free(key);
}

enum status crypto_sign_rsa_sha256(const struct crypto_key *key, const void *bytes, size_t length,
                                   struct buf *out)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t signature_length = (size_t)EVP_PKEY_get_size(key->key);
    size_t before = out->length;
    uint8_t *room = NULL;
    enum status status = buf_extend(out, signature_length, &room);
    bool ok = status == STATUS_OK && context != NULL &&
              EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key->key) == 1 &&
              EVP_DigestSign(context, room, &signature_length, bytes, length) == 1;
    EVP_MD_CTX_free(context);
    if (status == STATUS_OK && !ok) {
        out->length = before;
        status = STATUS_CONFIG; /* a public key was handed in: a matter of configuration */
    }
    ERR_clear_error();
    return status;
}

bool crypto_verify_rsa_sha256(const struct crypto_key *key, const void *bytes, size_t length,
                              const void *signature, size_t signature_length)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool ok = context != NULL && EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key->key) == 1 &&
              EVP_DigestVerify(context, signature, signature_length, bytes, length) == 1;
    EVP_MD_CTX_free(context);
    ERR_clear_error();
    return ok;
}

/* --- RSA envelopes ----------------------------------------------------------------------------------- */

enum status crypto_decrypt_rsa_oaep(const struct crypto_key *key, const void *bytes, size_t length,
                                    struct buf *out)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key->key, NULL);
    size_t plain_length = (size_t)EVP_PKEY_get_size(key->key);
    size_t before = out->length;
    uint8_t *room = NULL;
    enum status status = buf_extend(out, plain_length, &room);
    bool ok = status == STATUS_OK && context != NULL && EVP_PKEY_decrypt_init(context) == 1 &&
              EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1 &&
              EVP_PKEY_decrypt(context, room, &plain_length, bytes, length) == 1;
    EVP_PKEY_CTX_free(context);
    ERR_clear_error();
    if (status != STATUS_OK)
        return status;
    out->length = before + (ok ? plain_length : 0);
    return ok ? STATUS_OK : STATUS_MALFORMED;
}

/* RFC 5649 section 4.2. */
static enum status unwrap_padded(const struct buf *kek, const void *wrapped, size_t length, struct buf *out)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int written = 0;
    uint8_t *room = NULL;
    size_t before = out->length;
    enum status status = buf_extend(out, length, &room);
    bool ok = status == STATUS_OK && context != NULL && kek->length == CRYPTO_KEY_BYTES && length >= 16 &&
              length % 8 == 0;
    if (ok)
        EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    ok = ok && EVP_DecryptInit_ex(context, EVP_aes_256_wrap_pad(), NULL, kek->data, NULL) == 1 &&
         EVP_DecryptUpdate(context, room, &written, wrapped, (int)length) == 1 && written > 0;
    EVP_CIPHER_CTX_free(context);
    if (status != STATUS_OK)
        return status;
    out->length = before + (ok ? (size_t)written : 0);
    return ok ? STATUS_OK : STATUS_MALFORMED;
}

static enum status read_pkcs8(const struct buf *der, struct crypto_key **out)
{
    const unsigned char *at = der->data;
    PKCS8_PRIV_KEY_INFO *info = d2i_PKCS8_PRIV_KEY_INFO(NULL, &at, (long)der->length);
    EVP_PKEY *key = info == NULL ? NULL : EVP_PKCS82PKEY(info);
    PKCS8_PRIV_KEY_INFO_free(info);
    return key_take(key, out);
}

static enum status append_public(const struct crypto_key *key, struct buf *out)
{
    unsigned char *der = NULL;
    int length = i2d_PUBKEY(key->key, &der);
    enum status status = length > 0 ? buf_append(out, der, (size_t)length) : STATUS_MALFORMED;
    OPENSSL_free(der);
    return status;
}

enum status crypto_open_enveloped_key(const struct crypto_key *key, const void *transported,
                                      size_t transported_length, const void *wrapped, size_t wrapped_length,
                                      struct crypto_key **out, struct buf *public_key)
{
    struct buf kek;
    struct buf der;
    struct crypto_key *opened = NULL;
    buf_init(&kek, LIMIT_CERTIFICATE_BYTES);
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    enum status status = crypto_decrypt_rsa_oaep(key, transported, transported_length, &kek);
    if (status == STATUS_OK)
        status = unwrap_padded(&kek, wrapped, wrapped_length, &der);
    if (status == STATUS_OK)
        status = read_pkcs8(&der, &opened);
    if (status == STATUS_OK)
        status = append_public(opened, public_key);
    if (status == STATUS_OK)
        *out = opened;
    else
        crypto_key_free(opened);
    buf_wipe(&kek);
    buf_wipe(&der);
    ERR_clear_error();
    return status;
}

/* --- certificates of gateways ------------------------------------------------------------------------ */

/* The gateway writes a name most specific part first, without spaces or escapes. */
static void append_name(struct buf *out, const X509_NAME *name)
{
    for (int i = X509_NAME_entry_count(name) - 1; i >= 0; i--) {
        const X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, i);
        unsigned char *text = NULL;
        int length = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry));
        const char *type = OBJ_nid2sn(OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry)));
        check(buf_append_format(out, "%s%s=", out->length > 0 ? "," : "", type) == STATUS_OK);
        if (length > 0)
            check(buf_append(out, text, (size_t)length) == STATUS_OK);
        OPENSSL_free(text);
    }
}

static bool certificate_sn(const X509 *certificate, char out[33])
{
    BIGNUM *serial = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), NULL);
    char *decimal = serial == NULL ? NULL : BN_bn2dec(serial);
    BN_free(serial);
    if (decimal == NULL)
        return false;
    struct buf text;
    buf_init(&text, 64 * 1024);
    append_name(&text, X509_get_issuer_name(certificate));
    check(buf_append_text(&text, decimal) == STATUS_OK);
    OPENSSL_free(decimal);
    uint8_t md5[CRYPTO_MD5_BYTES];
    crypto_md5(text.data, text.length, md5);
    encode_hex(out, md5, sizeof(md5));
    buf_release(&text);
    return true;
}

enum status crypto_certificate_sn(const char *pem, size_t length, char out[33])
{
    X509 *certificate = read_certificate(pem, length);
    bool ok = certificate != NULL && certificate_sn(certificate, out);
    X509_free(certificate);
    return ok ? STATUS_OK : STATUS_MALFORMED;
}

/* 1.2.840.113549.1.1 holds the RSA signature algorithms; SM2 roots of the same bundle do not count. */
static bool is_rsa_signed(const X509 *certificate)
{
    char oid[80] = "";
    const X509_ALGOR *algorithm = X509_get0_tbs_sigalg(certificate);
    (void)OBJ_obj2txt(oid, sizeof(oid), algorithm->algorithm, 1);
    return strncmp(oid, "1.2.840.113549.1.1.", 19) == 0;
}

enum status crypto_root_certificate_sn(const char *pem, size_t length, struct buf *out)
{
    BIO *bio = memory_bio(pem, length);
    size_t before = out->length;
    enum status status = STATUS_OK;
    X509 *certificate = NULL;
    while (status == STATUS_OK &&
           (certificate = PEM_read_bio_X509(bio, NULL, refuse_pass_phrase, NULL)) != NULL) {
        char sn[33];
        if (is_rsa_signed(certificate) && certificate_sn(certificate, sn))
            status = buf_append_format(out, "%s%s", out->length > before ? "_" : "", sn);
        X509_free(certificate);
    }
    BIO_free(bio);
    ERR_clear_error();
    return status == STATUS_OK && out->length == before ? STATUS_MALFORMED : status;
}

static STACK_OF(X509) * read_bundle(const char *pem, size_t length)
{
    STACK_OF(X509) *stack = sk_X509_new_null();
    BIO *bio = memory_bio(pem, length);
    X509 *certificate = NULL;
    while ((certificate = PEM_read_bio_X509(bio, NULL, refuse_pass_phrase, NULL)) != NULL)
        check(sk_X509_push(stack, certificate) > 0);
    BIO_free(bio);
    ERR_clear_error();
    return stack;
}

/* Only self-issued certificates of the bundle are roots; the others may stand between. */
static X509_STORE *store_of_roots(STACK_OF(X509) * bundle)
{
    X509_STORE *store = X509_STORE_new();
    check(store != NULL);
    for (int i = 0; i < sk_X509_num(bundle); i++) {
        X509 *certificate = sk_X509_value(bundle, i);
        if (X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0)
            (void)X509_STORE_add_cert(store, certificate);
    }
    return store;
}

static bool verify_at(X509_STORE *store, X509 *leaf, STACK_OF(X509) * between, int64_t at_utc_s)
{
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    bool ok = context != NULL && X509_STORE_CTX_init(context, store, leaf, between) == 1;
    if (ok) {
        X509_STORE_CTX_set_time(context, 0, (time_t)at_utc_s);
        ok = X509_verify_cert(context) == 1;
    }
    X509_STORE_CTX_free(context);
    ERR_clear_error();
    return ok;
}

bool crypto_certificate_chains(const char *pem, size_t length, const char *roots_pem, size_t roots_length,
                               int64_t at_utc_s)
{
    STACK_OF(X509) *given = read_bundle(pem, length);
    STACK_OF(X509) *roots = read_bundle(roots_pem, roots_length);
    X509_STORE *store = store_of_roots(roots);
    bool ok = false;
    if (sk_X509_num(given) > 0) {
        for (int i = 0; i < sk_X509_num(roots); i++)
            check(X509_up_ref(sk_X509_value(roots, i)) == 1 &&
                  sk_X509_push(given, sk_X509_value(roots, i)) > 0);
        ok = verify_at(store, sk_X509_value(given, 0), given, at_utc_s);
    }
    X509_STORE_free(store);
    sk_X509_pop_free(given, X509_free);
    sk_X509_pop_free(roots, X509_free);
    return ok;
}
