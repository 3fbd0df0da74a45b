#include "drivers/token/token_pkcs11_import.h"

#include <p11-kit-1/p11-kit/pkcs11.h>
#include <string.h>

#include "kiosk/base/secret.h"

enum { MODULUS_BYTES = 512, EXPONENT_BYTES = 8, OPENERS = 8 };

static const CK_BBOOL yes = CK_TRUE;
static const CK_BBOOL no = CK_FALSE;
static const CK_OBJECT_CLASS class_private = CKO_PRIVATE_KEY;
static const CK_OBJECT_CLASS class_public = CKO_PUBLIC_KEY;
static const CK_OBJECT_CLASS class_secret = CKO_SECRET_KEY;
static const CK_KEY_TYPE type_rsa = CKK_RSA;
static const CK_KEY_TYPE type_aes = CKK_AES;

/* What is needed for one import. */
struct import {
    CK_FUNCTION_LIST *module;
    CK_SESSION_HANDLE session;
    const char *label;
    const struct token_key_id *id;
    struct failure *failure;
};

/* PKCS#11 templates take plain pointers and do not write through them. */
static CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, const void *value, size_t length)
{
    union {
        const void *in;
        void *out;
    } pointer = {.in = value};
    return (CK_ATTRIBUTE){.type = type, .pValue = pointer.out, .ulValueLen = length};
}

/* RSAES-OAEP's defaults (RFC 8017 A.2.1). */
static CK_MECHANISM oaep(CK_RSA_PKCS_OAEP_PARAMS *parameters)
{
    *parameters =
        (CK_RSA_PKCS_OAEP_PARAMS){.hashAlg = CKM_SHA_1, .mgf = CKG_MGF1_SHA1, .source = CKZ_DATA_SPECIFIED};
    return (CK_MECHANISM){
        .mechanism = CKM_RSA_PKCS_OAEP, .pParameter = parameters, .ulParameterLen = sizeof(*parameters)};
}

/* What an unwrapping or decrypting call's number means, where it says more than the common ones. */
static enum status explain(CK_RV rv, const char *where, struct failure *failure)
{
    switch (rv) {
    case CKR_WRAPPED_KEY_INVALID:
    case CKR_WRAPPED_KEY_LEN_RANGE:
    case CKR_ENCRYPTED_DATA_INVALID:
    case CKR_ENCRYPTED_DATA_LEN_RANGE:
    case CKR_GENERAL_ERROR: /* SoftHSM's word for a padding that is wrong */
        return failure_set(failure, STATUS_MALFORMED, where, (long)rv,
                           "the envelope is another key's or was changed: 0x%lx", rv);
    case CKR_KEY_FUNCTION_NOT_PERMITTED:
    case CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT:
    case CKR_KEY_TYPE_INCONSISTENT:
    case CKR_ARGUMENTS_BAD:
        return failure_set(failure, STATUS_UNSUPPORTED, where, (long)rv,
                           "the key does not take enveloped keys: 0x%lx", rv);
    default:
        return token_pkcs11_raw_status(rv, where, failure);
    }
}

/* At most `most` objects that match; a search is always ended, or the session stays busy. */
static enum status find(const struct import *import, CK_ATTRIBUTE *template, CK_ULONG count,
                        CK_OBJECT_HANDLE *handles, CK_ULONG most, CK_ULONG *found)
{
    CK_RV rv = import->module->C_FindObjectsInit(import->session, template, count);
    if (rv != CKR_OK)
        return token_pkcs11_raw_status(rv, "C_FindObjectsInit", import->failure);
    rv = import->module->C_FindObjects(import->session, handles, most, found);
    CK_RV ended = import->module->C_FindObjectsFinal(import->session);
    return token_pkcs11_raw_status(rv == CKR_OK ? ended : rv, "C_FindObjects", import->failure);
}

/* One half of the pair under the id; 0 when it is not there. */
static enum status find_half(const struct import *import, const CK_OBJECT_CLASS *class, CK_OBJECT_HANDLE *out)
{
    CK_ULONG found = 0;
    CK_OBJECT_HANDLE handle = 0;
    CK_ATTRIBUTE template[] = {attribute(CKA_CLASS, class, sizeof(*class)),
                               attribute(CKA_ID, import->id->bytes, import->id->length)};
    enum status status = find(import, template, 2, &handle, 1, &found);
    if (status == STATUS_OK)
        *out = found == 0 ? 0 : handle;
    return status;
}

/* --- the private half -------------------------------------------------------------------------------- */

static enum status unwrap_transported(const struct import *import, CK_OBJECT_HANDLE opener,
                                      struct bytes transported, CK_OBJECT_HANDLE *out)
{
    CK_RSA_PKCS_OAEP_PARAMS parameters;
    CK_MECHANISM mechanism = oaep(&parameters);
    CK_ATTRIBUTE template[] = {
        attribute(CKA_CLASS, &class_secret, sizeof(class_secret)),
        attribute(CKA_KEY_TYPE, &type_aes, sizeof(type_aes)),
        attribute(CKA_TOKEN, &no, sizeof(no)),
        attribute(CKA_PRIVATE, &yes, sizeof(yes)),
        attribute(CKA_SENSITIVE, &yes, sizeof(yes)),
        attribute(CKA_EXTRACTABLE, &no, sizeof(no)),
        attribute(CKA_UNWRAP, &yes, sizeof(yes)),
    };
    CK_ATTRIBUTE in = attribute(0, transported.data, transported.length);
    CK_RV rv = import->module->C_UnwrapKey(import->session, &mechanism, opener, in.pValue, in.ulValueLen,
                                           template, sizeof(template) / sizeof(template[0]), out);
    return explain(rv, "C_UnwrapKey OAEP", import->failure);
}

static enum status unwrap_private(const struct import *import, CK_OBJECT_HANDLE kek, struct bytes wrapped)
{
    CK_MECHANISM mechanism = {.mechanism = CKM_AES_KEY_WRAP_PAD};
    CK_OBJECT_HANDLE made = 0;
    CK_ATTRIBUTE template[] = {
        attribute(CKA_CLASS, &class_private, sizeof(class_private)),
        attribute(CKA_KEY_TYPE, &type_rsa, sizeof(type_rsa)),
        attribute(CKA_TOKEN, &yes, sizeof(yes)),
        attribute(CKA_PRIVATE, &yes, sizeof(yes)),
        attribute(CKA_SENSITIVE, &yes, sizeof(yes)),
        attribute(CKA_EXTRACTABLE, &no, sizeof(no)),
        attribute(CKA_DECRYPT, &yes, sizeof(yes)),
        attribute(CKA_UNWRAP, &yes, sizeof(yes)),
        attribute(CKA_SIGN, &no, sizeof(no)),
        attribute(CKA_LABEL, import->label, strlen(import->label)),
        attribute(CKA_ID, import->id->bytes, import->id->length),
    };
    CK_ATTRIBUTE in = attribute(0, wrapped.data, wrapped.length);
    CK_RV rv = import->module->C_UnwrapKey(import->session, &mechanism, kek, in.pValue, in.ulValueLen,
                                           template, sizeof(template) / sizeof(template[0]), &made);
    return explain(rv, "C_UnwrapKey AES", import->failure);
}

/* Whichever signing key the envelope was made for opens it; a renewed key has several. */
static enum status open_transported(const struct import *import, struct bytes transported,
                                    CK_OBJECT_HANDLE *kek)
{
    const char *label = token_pkcs11_raw_label(TOKEN_ROLE_SIGN);
    CK_OBJECT_HANDLE openers[OPENERS];
    CK_ULONG count = 0;
    CK_ATTRIBUTE template[] = {attribute(CKA_CLASS, &class_private, sizeof(class_private)),
                               attribute(CKA_LABEL, label, strlen(label))};
    enum status status = find(import, template, 2, openers, OPENERS, &count);
    if (status == STATUS_OK && count == 0)
        return failure_set(import->failure, STATUS_NOT_FOUND, "C_FindObjects", 0, "no signing key");
    for (CK_ULONG i = 0; i < count; i++) {
        status = unwrap_transported(import, openers[i], transported, kek);
        if (status != STATUS_MALFORMED && status != STATUS_UNSUPPORTED)
            break;
    }
    return status;
}

static enum status import_private(const struct import *import, const struct token_envelope *envelope,
                                  CK_OBJECT_HANDLE *out)
{
    CK_OBJECT_HANDLE kek = 0;
    enum status status = open_transported(import, envelope->transported, &kek);
    if (status != STATUS_OK)
        return status;
    status = unwrap_private(import, kek, envelope->wrapped);
    (void)import->module->C_DestroyObject(import->session, kek);
    return status == STATUS_OK ? find_half(import, &class_private, out) : status;
}

/* --- the public half --------------------------------------------------------------------------------- */

/* Modulus and exponent of the private half are no secret; from them follows the public one. */
static enum status make_public(const struct import *import, CK_OBJECT_HANDLE private_half)
{
    CK_BYTE modulus[MODULUS_BYTES];
    CK_BYTE exponent[EXPONENT_BYTES];
    CK_ATTRIBUTE numbers[] = {{CKA_MODULUS, modulus, sizeof(modulus)},
                              {CKA_PUBLIC_EXPONENT, exponent, sizeof(exponent)}};
    CK_RV rv = import->module->C_GetAttributeValue(import->session, private_half, numbers, 2);
    if (rv != CKR_OK)
        return token_pkcs11_raw_status(rv, "C_GetAttributeValue", import->failure);
    CK_OBJECT_HANDLE made = 0;
    CK_ATTRIBUTE template[] = {
        attribute(CKA_CLASS, &class_public, sizeof(class_public)),
        attribute(CKA_KEY_TYPE, &type_rsa, sizeof(type_rsa)),
        attribute(CKA_TOKEN, &yes, sizeof(yes)),
        attribute(CKA_PRIVATE, &no, sizeof(no)),
        attribute(CKA_ENCRYPT, &yes, sizeof(yes)),
        attribute(CKA_WRAP, &yes, sizeof(yes)),
        attribute(CKA_LABEL, import->label, strlen(import->label)),
        attribute(CKA_ID, import->id->bytes, import->id->length),
        numbers[0],
        numbers[1],
    };
    rv = import->module->C_CreateObject(import->session, template, sizeof(template) / sizeof(template[0]),
                                        &made);
    return token_pkcs11_raw_status(rv, "C_CreateObject", import->failure);
}

enum status token_pkcs11_import(struct token_pkcs11_raw *raw, unsigned long session, enum token_role role,
                                const struct token_key_id *id, const struct token_envelope *envelope,
                                struct failure *failure)
{
    const struct import import = {.module = token_pkcs11_raw_module(raw),
                                  .session = session,
                                  .label = token_pkcs11_raw_label(role),
                                  .id = id,
                                  .failure = failure};
    CK_OBJECT_HANDLE private_half = 0;
    CK_OBJECT_HANDLE public_half = 0;
    enum status status = find_half(&import, &class_private, &private_half);
    if (status == STATUS_OK && private_half == 0)
        status = import_private(&import, envelope, &private_half);
    if (status == STATUS_OK)
        status = find_half(&import, &class_public, &public_half);
    return status == STATUS_OK && public_half == 0 ? make_public(&import, private_half) : status;
}

/* --- decrypting -------------------------------------------------------------------------------------- */

enum status token_pkcs11_decrypt(struct token_pkcs11_raw *raw, unsigned long session,
                                 const struct token_key_id *id, const void *data, size_t length,
                                 struct buf *plain, struct failure *failure)
{
    const struct import import = {
        .module = token_pkcs11_raw_module(raw), .session = session, .id = id, .failure = failure};
    CK_RSA_PKCS_OAEP_PARAMS parameters;
    CK_MECHANISM mechanism = oaep(&parameters);
    CK_OBJECT_HANDLE key = 0;
    CK_BYTE out[MODULUS_BYTES];
    CK_ULONG out_length = sizeof(out);
    enum status status = find_half(&import, &class_private, &key);
    if (status == STATUS_OK && key == 0)
        status = failure_set(failure, STATUS_NOT_FOUND, "C_FindObjects", 0, "no such private key");
    if (status == STATUS_OK)
        status = explain(import.module->C_DecryptInit(session, &mechanism, key), "C_DecryptInit", failure);
    if (status != STATUS_OK)
        return status;
    CK_ATTRIBUTE in = attribute(0, data, length);
    CK_RV rv = import.module->C_Decrypt(session, in.pValue, in.ulValueLen, out, &out_length);
    status = explain(rv, "C_Decrypt", failure);
    if (status == STATUS_OK)
        status = buf_append(plain, out, out_length);
    secret_wipe_bytes(out, sizeof(out));
    return status;
}
