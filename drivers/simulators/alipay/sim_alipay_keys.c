#include "drivers/simulators/alipay/sim_alipay_keys.h"

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

enum { PATH_BYTES = 1024, SN_BYTES = 33, VALID_DAYS = 3650, SIGNATURE_BYTES = 512, BASE64_BYTES = 1024 };

struct signer {
    EVP_PKEY *key;
    X509 *certificate;
    char sn[SN_BYTES];
};

struct sim_alipay_keys {
    struct signer signers[SIM_ALIPAY_SIGNER_COUNT_];
    X509 *app_certificate;
    char app_sn[SN_BYTES];
    char root_sn[2 * SN_BYTES];
};

/* --- making
 * --------------------------------------------------------------------------------------------------- */

static void add_name(X509_NAME *name, const char *field, const char *value)
{
    (void)X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, (const unsigned char *)value, -1, -1, 0);
}

static void set_serial(X509 *certificate)
{
    unsigned char bytes[12];
    (void)RAND_bytes(bytes, sizeof(bytes));
    bytes[0] &= 0x7f;
    BIGNUM *number = BN_bin2bn(bytes, sizeof(bytes), NULL);
    (void)BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
}

static void set_extension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    if (extension != NULL)
        (void)X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

/* A certificate for the key; without an issuer it is its own root. */
static X509 *new_certificate(const char *common_name, EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuer_key)
{
    X509 *certificate = X509_new();
    if (certificate == NULL)
        return NULL;
    (void)X509_set_version(certificate, 2);
    set_serial(certificate);
    (void)X509_gmtime_adj(X509_getm_notBefore(certificate), -86400L);
    (void)X509_time_adj_ex(X509_getm_notAfter(certificate), VALID_DAYS, 0, NULL);
    X509_NAME *name = X509_get_subject_name(certificate);
    add_name(name, "C", "CN");
    add_name(name, "O", "Payment Simulator");
    add_name(name, "OU", "Test Only");
    add_name(name, "CN", common_name);
    (void)X509_set_issuer_name(certificate, issuer == NULL ? name : X509_get_subject_name(issuer));
    (void)X509_set_pubkey(certificate, key);
    set_extension(certificate, issuer == NULL ? certificate : issuer, NID_basic_constraints,
                  issuer == NULL ? "critical,CA:TRUE" : "critical,CA:FALSE");
    set_extension(certificate, issuer == NULL ? certificate : issuer, NID_key_usage,
                  issuer == NULL ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
    if (X509_sign(certificate, issuer_key, EVP_sha256()) == 0) {
        X509_free(certificate);
        return NULL;
    }
    return certificate;
}

static FILE *open_in(const char *directory, const char *name, const char *mode)
{
    char path[PATH_BYTES];
    int length = snprintf(path, sizeof(path), "%s/%s", directory, name);
    FILE *file = length < 0 || length >= PATH_BYTES ? NULL : fopen(path, mode);
    if (file != NULL && mode[0] == 'w')
        (void)fchmod(fileno(file), 0600);
    return file;
}

static bool write_certificates(const char *directory, const char *name, X509 *first, X509 *second)
{
    FILE *file = open_in(directory, name, "w");
    if (file == NULL)
        return false;
    bool is_written =
        PEM_write_X509(file, first) == 1 && (second == NULL || PEM_write_X509(file, second) == 1);
    return fclose(file) == 0 && is_written;
}

static bool write_private(const char *directory, const char *name, EVP_PKEY *key)
{
    FILE *file = open_in(directory, name, "w");
    if (file == NULL)
        return false;
    bool is_written = PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL) == 1;
    return fclose(file) == 0 && is_written;
}

static bool write_public(const char *directory, const char *name, EVP_PKEY *key)
{
    FILE *file = open_in(directory, name, "w");
    if (file == NULL)
        return false;
    bool is_written = PEM_write_PUBKEY(file, key) == 1;
    return fclose(file) == 0 && is_written;
}

/* Key and certificate stand in "<name>_key.pem" and "<name>_cert.pem". */
static bool make_pair(const char *directory, const char *name, const char *common_name, X509 *root,
                      EVP_PKEY *root_key)
{
    char key_file[64];
    char certificate_file[64];
    (void)snprintf(key_file, sizeof(key_file), "%s_key.pem", name);
    (void)snprintf(certificate_file, sizeof(certificate_file), "%s_cert.pem", name);
    EVP_PKEY *key = EVP_RSA_gen(2048);
    X509 *certificate = key == NULL ? NULL : new_certificate(common_name, key, root, root_key);
    bool is_made = certificate != NULL && write_private(directory, key_file, key) &&
                   write_certificates(directory, certificate_file, certificate, NULL);
    if (is_made && strcmp(name, "alipay") == 0)
        is_made = write_public(directory, "alipay_public_key.pem", key);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return is_made;
}

/* The app's key is written last: a half-made directory is made again. */
static bool make_all(const char *directory)
{
    EVP_PKEY *root_key = EVP_RSA_gen(2048);
    EVP_PKEY *other_key = EVP_EC_gen("P-256");
    EVP_PKEY *rogue_key = EVP_RSA_gen(2048);
    X509 *root = root_key == NULL ? NULL : new_certificate("Simulator Root", root_key, NULL, root_key);
    X509 *other = other_key == NULL ? NULL : new_certificate("Simulator EC Root", other_key, NULL, other_key);
    X509 *rogue = rogue_key == NULL ? NULL : new_certificate("Simulator Root", rogue_key, NULL, rogue_key);
    bool is_made = root != NULL && other != NULL && rogue != NULL &&
                   write_certificates(directory, "root_cert.pem", root, other) &&
                   make_pair(directory, "alipay", "Simulator Alipay", root, root_key) &&
                   make_pair(directory, "alipay_next", "Simulator Alipay Next", root, root_key) &&
                   make_pair(directory, "rogue", "Simulator Alipay", rogue, rogue_key) &&
                   make_pair(directory, "app", "Merchant App", root, root_key);
    X509_free(root);
    X509_free(other);
    X509_free(rogue);
    EVP_PKEY_free(root_key);
    EVP_PKEY_free(other_key);
    EVP_PKEY_free(rogue_key);
    return is_made;
}

/* --- numbers
 * -------------------------------------------------------------------------------------------------- */

/* "CN=..,OU=..,O=..,C=.." of the issuer, last entry first. */
static bool write_issuer(X509 *certificate, char *out, size_t size)
{
    X509_NAME *name = X509_get_issuer_name(certificate);
    size_t used = 0;
    for (int i = X509_NAME_entry_count(name) - 1; i >= 0; i--) {
        X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, i);
        const char *field = OBJ_nid2sn(OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry)));
        unsigned char *value = NULL;
        int length = ASN1_STRING_to_UTF8(&value, X509_NAME_ENTRY_get_data(entry));
        int written = length < 0 ? -1
                                 : snprintf(out + used, size - used, "%s=%.*s%s", field, length,
                                            (char *)value, i == 0 ? "" : ",");
        OPENSSL_free(value);
        if (written < 0 || (size_t)written >= size - used)
            return false;
        used += (size_t)written;
    }
    return true;
}

static bool write_sn(X509 *certificate, char out[SN_BYTES])
{
    char text[1024];
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int digest_bytes = 0;
    if (!write_issuer(certificate, text, sizeof(text)))
        return false;
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), NULL);
    char *decimal = number == NULL ? NULL : BN_bn2dec(number);
    BN_free(number);
    size_t used = strlen(text);
    bool is_written = decimal != NULL && snprintf(text + used, sizeof(text) - used, "%s", decimal) > 0 &&
                      EVP_Digest(text, strlen(text), digest, &digest_bytes, EVP_md5(), NULL) == 1;
    OPENSSL_free(decimal);
    for (unsigned int i = 0; is_written && i < digest_bytes; i++)
        (void)snprintf(out + 2 * i, 3, "%02x", digest[i]);
    return is_written;
}

/* --- reading
 * -------------------------------------------------------------------------------------------------- */

static X509 *read_certificate(const char *directory, const char *name)
{
    FILE *file = open_in(directory, name, "r");
    if (file == NULL)
        return NULL;
    X509 *certificate = PEM_read_X509(file, NULL, NULL, NULL);
    (void)fclose(file);
    return certificate;
}

static bool read_signer(const char *directory, const char *name, struct signer *signer)
{
    char file_name[64];
    (void)snprintf(file_name, sizeof(file_name), "%s_cert.pem", name);
    signer->certificate = read_certificate(directory, file_name);
    (void)snprintf(file_name, sizeof(file_name), "%s_key.pem", name);
    FILE *file = open_in(directory, file_name, "r");
    if (file == NULL || signer->certificate == NULL) {
        if (file != NULL)
            (void)fclose(file);
        return false;
    }
    signer->key = PEM_read_PrivateKey(file, NULL, NULL, NULL);
    (void)fclose(file);
    return signer->key != NULL && write_sn(signer->certificate, signer->sn);
}

/* The bundle's first certificate is the RSA root; the EC one behind it has no number. */
static bool read_all(const char *directory, struct sim_alipay_keys *keys)
{
    X509 *root = read_certificate(directory, "root_cert.pem");
    keys->app_certificate = read_certificate(directory, "app_cert.pem");
    bool is_read = root != NULL && keys->app_certificate != NULL && write_sn(root, keys->root_sn) &&
                   write_sn(keys->app_certificate, keys->app_sn) &&
                   read_signer(directory, "alipay", &keys->signers[SIM_ALIPAY_SIGNER_NOW]) &&
                   read_signer(directory, "alipay_next", &keys->signers[SIM_ALIPAY_SIGNER_NEXT]) &&
                   read_signer(directory, "rogue", &keys->signers[SIM_ALIPAY_SIGNER_ROGUE]);
    X509_free(root);
    return is_read;
}

static bool is_made_already(const char *directory)
{
    char path[PATH_BYTES];
    int length = snprintf(path, sizeof(path), "%s/app_cert.pem", directory);
    return length > 0 && length < PATH_BYTES && access(path, R_OK) == 0;
}

enum status sim_alipay_keys_open(const char *directory, struct sim_alipay_keys **out, struct failure *failure)
{
    enum status status = file_make_directories(directory, 0700, failure);
    if (status != STATUS_OK)
        return status;
    if (!is_made_already(directory) && !make_all(directory))
        return failure_set(failure, STATUS_IO, "keys", 0, "cannot make keys in %s", directory);
    struct sim_alipay_keys *keys = calloc(1, sizeof(*keys));
    if (keys == NULL)
        return STATUS_NO_MEMORY;
    if (!read_all(directory, keys)) {
        sim_alipay_keys_free(keys);
        return failure_set(failure, STATUS_IO, "keys", 0, "cannot read the keys in %s", directory);
    }
    *out = keys;
    return STATUS_OK;
}

void sim_alipay_keys_free(struct sim_alipay_keys *keys)
{
    if (keys == NULL)
        return;
    for (int i = 0; i < SIM_ALIPAY_SIGNER_COUNT_; i++) {
        EVP_PKEY_free(keys->signers[i].key);
        X509_free(keys->signers[i].certificate);
    }
    X509_free(keys->app_certificate);
    free(keys);
}

const char *sim_alipay_keys_app_sn(const struct sim_alipay_keys *keys)
{
    return keys->app_sn;
}

const char *sim_alipay_keys_root_sn(const struct sim_alipay_keys *keys)
{
    return keys->root_sn;
}

const char *sim_alipay_keys_signer_sn(const struct sim_alipay_keys *keys, enum sim_alipay_signer signer)
{
    return keys->signers[signer].sn;
}

enum sim_alipay_signer sim_alipay_keys_find(const struct sim_alipay_keys *keys, const char *sn)
{
    for (int i = 0; i < SIM_ALIPAY_SIGNER_COUNT_; i++)
        if (strcmp(keys->signers[i].sn, sn) == 0)
            return (enum sim_alipay_signer)i;
    return SIM_ALIPAY_SIGNER_COUNT_;
}

/* --- signing
 * -------------------------------------------------------------------------------------------------- */

static enum status append_base64(struct buf *out, const void *bytes, size_t length)
{
    uint8_t *room = NULL;
    size_t text_bytes = 4 * ((length + 2) / 3);
    enum status status = buf_extend(out, text_bytes, &room);
    if (status == STATUS_OK)
        (void)EVP_EncodeBlock(room, bytes, (int)length);
    return status;
}

enum status sim_alipay_keys_certificate(const struct sim_alipay_keys *keys, enum sim_alipay_signer signer,
                                        struct buf *out)
{
    BIO *memory = BIO_new(BIO_s_mem());
    char *text = NULL;
    if (memory == NULL || PEM_write_bio_X509(memory, keys->signers[signer].certificate) != 1) {
        BIO_free(memory);
        return STATUS_NO_MEMORY;
    }
    long length = BIO_get_mem_data(memory, &text);
    enum status status = append_base64(out, text, (size_t)length);
    BIO_free(memory);
    return status;
}

bool sim_alipay_keys_verify_app(const struct sim_alipay_keys *keys, const void *bytes, size_t length,
                                const char *signature)
{
    unsigned char decoded[BASE64_BYTES];
    size_t text_bytes = strlen(signature);
    if (text_bytes == 0 || text_bytes % 4 != 0 || text_bytes > sizeof(decoded))
        return false;
    int decoded_bytes = EVP_DecodeBlock(decoded, (const unsigned char *)signature, (int)text_bytes);
    if (decoded_bytes <= 0)
        return false;
    for (const char *end = signature + text_bytes; end[-1] == '=' && decoded_bytes > 0; end--)
        decoded_bytes--;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY *key = X509_get0_pubkey(keys->app_certificate);
    bool is_right = context != NULL && EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
                    EVP_DigestVerify(context, decoded, (size_t)decoded_bytes, bytes, length) == 1;
    EVP_MD_CTX_free(context);
    return is_right;
}

enum status sim_alipay_keys_sign(const struct sim_alipay_keys *keys, enum sim_alipay_signer signer,
                                 const void *bytes, size_t length, struct buf *out)
{
    unsigned char signature[SIGNATURE_BYTES];
    size_t signature_bytes = sizeof(signature);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool is_signed = context != NULL &&
                     EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, keys->signers[signer].key) == 1 &&
                     EVP_DigestSign(context, signature, &signature_bytes, bytes, length) == 1;
    EVP_MD_CTX_free(context);
    return is_signed ? append_base64(out, signature, signature_bytes) : STATUS_IO;
}
