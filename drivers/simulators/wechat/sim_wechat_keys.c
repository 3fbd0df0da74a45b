#include "drivers/simulators/wechat/sim_wechat_keys.h"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/base/file.h"

enum {
    PATH_BYTES = 1024,
    VALID_DAYS = 3650,
    SIGNATURE_BYTES = 512,
    BASE64_BYTES = 1024,
    API_KEY_BYTES = 32,
    TAG_BYTES = 16
};

struct sim_wechat_keys {
    EVP_PKEY *signers[SIM_WECHAT_SIGNER_COUNT_];
    X509 *certificates[SIM_WECHAT_SIGNER_COUNT_];
    X509 *merchant;
    unsigned char api_key[API_KEY_BYTES];
};

static const struct {
    const char *name, *serial;
} signers[SIM_WECHAT_SIGNER_COUNT_] = {
    [SIM_WECHAT_SIGNER_NOW] = {"platform", "5157F09EFDC096DE15EBE81A47057A7200000001"},
    [SIM_WECHAT_SIGNER_NEXT] = {"platform_next", "5157F09EFDC096DE15EBE81A47057A7200000002"},
    [SIM_WECHAT_SIGNER_ROGUE] = {"rogue", "5157F09EFDC096DE15EBE81A47057A7200000099"},
};

/* --- making ------------------------------------------------------------------------------------------ */

static X509 *new_certificate(const char *common_name, const char *serial, EVP_PKEY *key)
{
    X509 *certificate = X509_new();
    BIGNUM *number = NULL;
    if (certificate == NULL || BN_hex2bn(&number, serial) == 0) {
        X509_free(certificate);
        return NULL;
    }
    X509_NAME *name = X509_get_subject_name(certificate);
    (void)X509_set_version(certificate, 2);
    (void)BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
    (void)X509_gmtime_adj(X509_getm_notBefore(certificate), -86400L);
    (void)X509_time_adj_ex(X509_getm_notAfter(certificate), VALID_DAYS, 0, NULL);
    (void)X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)common_name, -1, -1,
                                     0);
    (void)X509_set_issuer_name(certificate, name);
    (void)X509_set_pubkey(certificate, key);
    if (X509_sign(certificate, key, EVP_sha256()) == 0) {
        X509_free(certificate);
        return NULL;
    }
    return certificate;
}

static FILE *open_in(const char *directory, const char *name, const char *suffix, const char *mode)
{
    char path[PATH_BYTES];
    int length = snprintf(path, sizeof(path), "%s/%s%s", directory, name, suffix);
    FILE *file = length < 0 || length >= PATH_BYTES ? NULL : fopen(path, mode);
    if (file != NULL && mode[0] == 'w')
        (void)fchmod(fileno(file), 0600);
    return file;
}

/* One kind of PEM in one file. */
static bool write_pem(const char *directory, const char *name, const char *suffix, EVP_PKEY *key,
                      X509 *certificate)
{
    FILE *file = open_in(directory, name, suffix, "w");
    int written = 0;
    if (file == NULL)
        return false;
    if (certificate != NULL)
        written = PEM_write_X509(file, certificate);
    else if (strcmp(suffix, "_public_key.pem") == 0)
        written = PEM_write_PUBKEY(file, key);
    else
        written = PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL);
    return fclose(file) == 0 && written == 1;
}

static bool make_pair(const char *directory, const char *name, const char *serial)
{
    EVP_PKEY *key = EVP_RSA_gen(2048);
    X509 *certificate = key == NULL ? NULL : new_certificate(name, serial, key);
    bool is_made = certificate != NULL && write_pem(directory, name, "_key.pem", key, NULL) &&
                   write_pem(directory, name, "_public_key.pem", key, NULL) &&
                   write_pem(directory, name, "_cert.pem", NULL, certificate);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return is_made;
}

static bool make_api_key(const char *directory)
{
    unsigned char random[API_KEY_BYTES / 2];
    FILE *file = open_in(directory, "api_v3", ".key", "w");
    if (file == NULL)
        return false;
    (void)RAND_bytes(random, sizeof(random));
    bool is_written = true;
    for (size_t i = 0; i < sizeof(random); i++)
        is_written = fprintf(file, "%02x", random[i]) == 2 && is_written;
    return fclose(file) == 0 && is_written;
}

/* The merchant's is made last: a half-made directory is made again. */
static bool make_all(const char *directory)
{
    bool is_made = make_api_key(directory);
    for (int i = 0; i < SIM_WECHAT_SIGNER_COUNT_; i++)
        is_made = is_made && make_pair(directory, signers[i].name, signers[i].serial);
    return is_made && make_pair(directory, "merchant", SIM_WECHAT_MERCHANT_SERIAL);
}

/* --- reading ----------------------------------------------------------------------------------------- */

static X509 *read_certificate(const char *directory, const char *name)
{
    FILE *file = open_in(directory, name, "_cert.pem", "r");
    X509 *certificate = file == NULL ? NULL : PEM_read_X509(file, NULL, NULL, NULL);
    if (file != NULL)
        (void)fclose(file);
    return certificate;
}

static EVP_PKEY *read_private(const char *directory, const char *name)
{
    FILE *file = open_in(directory, name, "_key.pem", "r");
    EVP_PKEY *key = file == NULL ? NULL : PEM_read_PrivateKey(file, NULL, NULL, NULL);
    if (file != NULL)
        (void)fclose(file);
    return key;
}

static bool read_all(const char *directory, struct sim_wechat_keys *keys)
{
    FILE *file = open_in(directory, "api_v3", ".key", "r");
    bool is_read = file != NULL && fread(keys->api_key, 1, API_KEY_BYTES, file) == API_KEY_BYTES;
    if (file != NULL)
        (void)fclose(file);
    keys->merchant = read_certificate(directory, "merchant");
    for (int i = 0; i < SIM_WECHAT_SIGNER_COUNT_; i++) {
        keys->signers[i] = read_private(directory, signers[i].name);
        keys->certificates[i] = read_certificate(directory, signers[i].name);
        is_read = is_read && keys->signers[i] != NULL && keys->certificates[i] != NULL;
    }
    return is_read && keys->merchant != NULL;
}

static bool is_made_already(const char *directory)
{
    char path[PATH_BYTES];
    int length = snprintf(path, sizeof(path), "%s/merchant_cert.pem", directory);
    return length > 0 && length < PATH_BYTES && access(path, R_OK) == 0;
}

enum status sim_wechat_keys_open(const char *directory, struct sim_wechat_keys **out, struct failure *failure)
{
    enum status status = file_make_directories(directory, 0700, failure);
    if (status != STATUS_OK)
        return status;
    if (!is_made_already(directory) && !make_all(directory))
        return failure_set(failure, STATUS_IO, "keys", 0, "cannot make keys in %s", directory);
    struct sim_wechat_keys *keys = calloc(1, sizeof(*keys));
    if (keys == NULL)
        return STATUS_NO_MEMORY;
    if (!read_all(directory, keys)) {
        sim_wechat_keys_free(keys);
        return failure_set(failure, STATUS_IO, "keys", 0, "cannot read the keys in %s", directory);
    }
    *out = keys;
    return STATUS_OK;
}

void sim_wechat_keys_free(struct sim_wechat_keys *keys)
{
    if (keys == NULL)
        return;
    for (int i = 0; i < SIM_WECHAT_SIGNER_COUNT_; i++) {
        EVP_PKEY_free(keys->signers[i]);
        X509_free(keys->certificates[i]);
    }
    X509_free(keys->merchant);
    free(keys);
}

const char *sim_wechat_keys_serial(enum sim_wechat_signer signer)
{
    return signers[signer].serial;
}

/* --- using ------------------------------------------------------------------------------------------- */

static enum status append_base64(struct buf *out, const void *bytes, size_t length)
{
    uint8_t *room = NULL;
    enum status status = buf_extend(out, 4 * ((length + 2) / 3), &room);
    if (status == STATUS_OK)
        (void)EVP_EncodeBlock(room, bytes, (int)length);
    return status;
}

static bool seal(const unsigned char *key, const char *nonce, const char *associated, const void *plain,
                 int length, unsigned char *out)
{
    int done = 0;
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    bool is_sealed =
        context != NULL &&
        EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, (const unsigned char *)nonce) == 1 &&
        EVP_EncryptUpdate(context, NULL, &done, (const unsigned char *)associated, (int)strlen(associated)) ==
            1 &&
        EVP_EncryptUpdate(context, out, &done, plain, length) == 1 &&
        EVP_EncryptFinal_ex(context, out + done, &done) == 1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, TAG_BYTES, out + length) == 1;
    EVP_CIPHER_CTX_free(context);
    return is_sealed;
}

enum status sim_wechat_keys_seal(const struct sim_wechat_keys *keys, enum sim_wechat_signer signer,
                                 const char *nonce, const char *associated, struct buf *out)
{
    char *text = NULL;
    enum status status = STATUS_IO;
    BIO *memory = BIO_new(BIO_s_mem());
    if (memory == NULL || PEM_write_bio_X509(memory, keys->certificates[signer]) != 1) {
        BIO_free(memory);
        return status;
    }
    long length = BIO_get_mem_data(memory, &text);
    unsigned char *sealed = malloc((size_t)length + TAG_BYTES);
    if (sealed != NULL && seal(keys->api_key, nonce, associated, text, (int)length, sealed))
        status = append_base64(out, sealed, (size_t)length + TAG_BYTES);
    free(sealed);
    BIO_free(memory);
    return status;
}

bool sim_wechat_keys_verify(const struct sim_wechat_keys *keys, const void *bytes, size_t length,
                            const char *signature)
{
    unsigned char decoded[BASE64_BYTES];
    size_t text_bytes = strlen(signature);
    if (text_bytes == 0 || text_bytes % 4 != 0 || text_bytes > sizeof(decoded))
        return false;
    int decoded_bytes = EVP_DecodeBlock(decoded, (const unsigned char *)signature, (int)text_bytes);
    for (const char *end = signature + text_bytes; end[-1] == '=' && decoded_bytes > 0; end--)
        decoded_bytes--;
    if (decoded_bytes <= 0)
        return false;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool is_right =
        context != NULL &&
        EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, X509_get0_pubkey(keys->merchant)) == 1 &&
        EVP_DigestVerify(context, decoded, (size_t)decoded_bytes, bytes, length) == 1;
    EVP_MD_CTX_free(context);
    return is_right;
}

enum status sim_wechat_keys_sign(const struct sim_wechat_keys *keys, enum sim_wechat_signer signer,
                                 const void *bytes, size_t length, struct buf *out)
{
    unsigned char signature[SIGNATURE_BYTES];
    size_t signature_bytes = sizeof(signature);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool is_signed = context != NULL &&
                     EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, keys->signers[signer]) == 1 &&
                     EVP_DigestSign(context, signature, &signature_bytes, bytes, length) == 1;
    EVP_MD_CTX_free(context);
    return is_signed ? append_base64(out, signature, signature_bytes) : STATUS_IO;
}
