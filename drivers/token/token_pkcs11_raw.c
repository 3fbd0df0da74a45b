#include "drivers/token/token_pkcs11_raw.h"

#include <dlfcn.h>
#include <p11-kit-1/p11-kit/pkcs11.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

enum { SLOTS = 32, LABEL_BYTES = 64 };

struct token_pkcs11_raw {
    void *library;
    CK_FUNCTION_LIST *module;
};

/* --- what a return value means ---------------------------------------------------------------------------
 */

static enum status rv_status(CK_RV rv)
{
    switch (rv) {
    case CKR_OK:
        return STATUS_OK;
    case CKR_DEVICE_REMOVED:
    case CKR_TOKEN_NOT_PRESENT:
    case CKR_SLOT_ID_INVALID:
    case CKR_SESSION_HANDLE_INVALID:
    case CKR_SESSION_CLOSED:
        return STATUS_LOST;
    case CKR_PIN_INCORRECT:
        return STATUS_REFUSED;
    case CKR_PIN_LOCKED:
    case CKR_PIN_EXPIRED:
    case CKR_USER_PIN_NOT_INITIALIZED:
    case CKR_TOKEN_NOT_RECOGNIZED: /* not formatted */
        return STATUS_BAD_STATE;
    case CKR_PIN_LEN_RANGE:
    case CKR_PIN_INVALID:
        return STATUS_MALFORMED;
    case CKR_DEVICE_MEMORY:
        return STATUS_FULL;
    case CKR_HOST_MEMORY:
        return STATUS_NO_MEMORY;
    case CKR_MECHANISM_INVALID:
    case CKR_MECHANISM_PARAM_INVALID:
    case CKR_FUNCTION_NOT_SUPPORTED:
    case CKR_DOMAIN_PARAMS_INVALID:
    case CKR_TOKEN_WRITE_PROTECTED:
        return STATUS_UNSUPPORTED;
    default:
        return STATUS_IO;
    }
}

enum status token_pkcs11_raw_status(unsigned long rv, const char *where, struct failure *failure)
{
    enum status status = rv_status(rv);
    if (status == STATUS_OK)
        return status;
    return failure_set(failure, status, where, (long)rv, "PKCS#11 answered 0x%lx", rv);
}

/* --- module, slots, token information ----------------------------------------------------------------------
 */

enum status token_pkcs11_raw_open(const char *module, struct token_pkcs11_raw **out, struct failure *failure)
{
    struct token_pkcs11_raw *raw = calloc(1, sizeof(*raw));
    if (raw == NULL)
        return STATUS_NO_MEMORY;
    raw->library = dlopen(module, RTLD_NOW | RTLD_LOCAL);
    CK_RV (*get_list)(CK_FUNCTION_LIST **) = NULL;
    if (raw->library != NULL) /* POSIX gives functions as data pointers; see dlsym(3) */
        *(void **)&get_list = dlsym(raw->library, "C_GetFunctionList");
    if (get_list == NULL || get_list(&raw->module) != CKR_OK || raw->module == NULL) {
        token_pkcs11_raw_close(raw);
        return failure_set(failure, STATUS_CONFIG, "C_GetFunctionList", 0, "not a PKCS#11 module");
    }
    *out = raw;
    return STATUS_OK;
}

void token_pkcs11_raw_close(struct token_pkcs11_raw *raw)
{
    if (raw == NULL)
        return;
    if (raw->library != NULL)
        dlclose(raw->library);
    free(raw);
}

struct _CK_FUNCTION_LIST *token_pkcs11_raw_module(const struct token_pkcs11_raw *raw)
{
    return raw->module;
}

/* A blank-padded field of PKCS#11 as text; a vendor's stray byte must not make the whole key unreadable. */
static void copy_padded(char *out, const CK_UTF8CHAR *field, size_t length)
{
    memcpy(out, field, length);
    out[length] = 0;
    length = strlen(out);
    while (length > 0 && out[length - 1] == ' ')
        out[--length] = 0;
    if (text_is_printable(out))
        return;
    for (size_t i = 0; i < length; i++) {
        if (out[i] < ' ' || out[i] > '~')
            out[i] = '?';
    }
}

static bool description_contains(const CK_SLOT_INFO *info, const char *text)
{
    char description[sizeof(info->slotDescription) + 1];
    copy_padded(description, info->slotDescription, sizeof(info->slotDescription));
    return text == NULL || strstr(description, text) != NULL;
}

enum status token_pkcs11_raw_find(struct token_pkcs11_raw *raw, const char *text, unsigned long *slot,
                                  struct failure *failure)
{
    CK_SLOT_ID slots[SLOTS];
    CK_ULONG count = SLOTS;
    CK_RV rv = raw->module->C_GetSlotList(CK_TRUE, slots, &count);
    if (rv != CKR_OK)
        return token_pkcs11_raw_status(rv, "C_GetSlotList", failure);
    for (CK_ULONG i = 0; i < count; i++) {
        CK_SLOT_INFO info;
        if (raw->module->C_GetSlotInfo(slots[i], &info) != CKR_OK || (info.flags & CKF_TOKEN_PRESENT) == 0 ||
            !description_contains(&info, text))
            continue;
        *slot = slots[i];
        return STATUS_OK;
    }
    return failure_set(failure, STATUS_NOT_FOUND, "C_GetSlotList", 0, "no key in the writer");
}

static enum token_pin pin_state(CK_FLAGS flags, CK_FLAGS is_set, CK_FLAGS low, CK_FLAGS final,
                                CK_FLAGS locked)
{
    if ((flags & is_set) == 0) /* before the flags: blank keys report nonsense in the others */
        return TOKEN_PIN_UNSET;
    if ((flags & locked) != 0)
        return TOKEN_PIN_LOCKED;
    if ((flags & final) != 0)
        return TOKEN_PIN_FINAL;
    return (flags & low) != 0 ? TOKEN_PIN_LOW : TOKEN_PIN_NORMAL;
}

/* Memory sizes are "unknown" in two spellings; a size that cannot be is taken as unknown too. */
static int64_t free_bytes(const CK_TOKEN_INFO *info)
{
    CK_ULONG least = info->ulFreePublicMemory;
    if (least == CK_UNAVAILABLE_INFORMATION || info->ulTotalPublicMemory == CK_UNAVAILABLE_INFORMATION)
        return -1;
    if (info->ulFreePrivateMemory != CK_UNAVAILABLE_INFORMATION && info->ulFreePrivateMemory < least)
        least = info->ulFreePrivateMemory;
    return least <= INT64_MAX / 2 && info->ulTotalPublicMemory > 0 ? (int64_t)least : -1;
}

static int pin_length(CK_ULONG length)
{
    return length < LIMIT_PIN_BYTES ? (int)length : LIMIT_PIN_BYTES;
}

enum status token_pkcs11_raw_info(struct token_pkcs11_raw *raw, unsigned long slot, struct token_info *out,
                                  struct failure *failure)
{
    CK_TOKEN_INFO info;
    CK_RV rv = raw->module->C_GetTokenInfo(slot, &info);
    if (rv != CKR_OK)
        return token_pkcs11_raw_status(rv, "C_GetTokenInfo", failure);
    *out = (struct token_info){.free_bytes = free_bytes(&info)};
    bool formatted = (info.flags & CKF_TOKEN_INITIALIZED) != 0;
    out->presence = formatted ? TOKEN_EMPTY : TOKEN_BLANK;
    copy_padded(out->identity.label, info.label, sizeof(info.label));
    copy_padded(out->identity.serial, info.serialNumber, sizeof(info.serialNumber));
    copy_padded(out->identity.model, info.model, sizeof(info.model));
    copy_padded(out->manufacturer, info.manufacturerID, sizeof(info.manufacturerID));
    (void)token_mark_from_label(out->identity.label, out->identity.mark);
    out->pin_min_bytes = pin_length(info.ulMinPinLen);
    out->pin_max_bytes = pin_length(info.ulMaxPinLen);
    CK_FLAGS flags = formatted ? info.flags : 0;
    out->user_pin = pin_state(flags, CKF_USER_PIN_INITIALIZED, CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY,
                              CKF_USER_PIN_LOCKED);
    out->so_pin = pin_state(flags, CKF_TOKEN_INITIALIZED, CKF_SO_PIN_COUNT_LOW, CKF_SO_PIN_FINAL_TRY,
                            CKF_SO_PIN_LOCKED);
    return STATUS_OK;
}

bool token_pkcs11_raw_has_event(struct token_pkcs11_raw *raw)
{
    CK_SLOT_ID slot = 0;
    bool happened = false;
    /* several events may wait; a module that always answers one must not hold us here */
    for (int i = 0; i < SLOTS && raw->module->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, NULL) == CKR_OK; i++)
        happened = true;
    return happened;
}

enum status token_pkcs11_raw_session_open(struct token_pkcs11_raw *raw, unsigned long slot,
                                          unsigned long *session, struct failure *failure)
{
    CK_RV rv = raw->module->C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, session);
    if (rv != CKR_OK)
        return token_pkcs11_raw_status(rv, "C_OpenSession", failure);
    (void)raw->module->C_Logout(*session); /* some modules keep a login of another session alive */
    return STATUS_OK;
}

void token_pkcs11_raw_session_close(struct token_pkcs11_raw *raw, unsigned long session)
{
    (void)raw->module->C_CloseSession(session);
}

/* --- roles ------------------------------------------------------------------------------------------- */

const char *token_pkcs11_raw_label(enum token_role role)
{
    return role == TOKEN_ROLE_ENCRYPT ? "certkiosk encrypt" : "certkiosk sign";
}

enum token_role token_pkcs11_raw_role(const char *label, size_t length)
{
    for (int role = 0; role < TOKEN_ROLE_FOREIGN; role++) {
        const char *ours = token_pkcs11_raw_label((enum token_role)role);
        if (length == strlen(ours) && memcmp(label, ours, length) == 0)
            return (enum token_role)role;
    }
    return TOKEN_ROLE_FOREIGN;
}

/* --- keys -------------------------------------------------------------------------------------------- */

/* PKCS#11 templates take plain pointers and do not write through them. */
static CK_ATTRIBUTE attribute(CK_ATTRIBUTE_TYPE type, const void *value, size_t length)
{
    union {
        const void *in;
        void *out;
    } pointer = {.in = value};
    return (CK_ATTRIBUTE){.type = type, .pValue = pointer.out, .ulValueLen = length};
}

static const CK_BBOOL yes = CK_TRUE;
static const CK_BBOOL no = CK_FALSE;
static const CK_ULONG rsa_bits = 2048;
static const CK_BYTE rsa_exponent[] = {1, 0, 1};
/* OBJECT IDENTIFIER prime256v1, 1.2.840.10045.3.1.7 (RFC 5480 section 2.1.1.1) */
static const CK_BYTE p256[] = {0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};

enum status token_pkcs11_raw_generate(struct token_pkcs11_raw *raw, unsigned long session,
                                      enum token_role role, enum token_algorithm algorithm, bool unwraps,
                                      const struct token_key_id *id, struct failure *failure)
{
    const char *label = token_pkcs11_raw_label(role);
    bool is_rsa = algorithm == TOKEN_ALGORITHM_RSA_2048;
    CK_MECHANISM mechanism = {.mechanism = is_rsa ? CKM_RSA_PKCS_KEY_PAIR_GEN : CKM_EC_KEY_PAIR_GEN};
    CK_ATTRIBUTE public_key[] = {
        attribute(CKA_TOKEN, &yes, sizeof(yes)),
        attribute(CKA_PRIVATE, &no, sizeof(no)),
        attribute(CKA_VERIFY, &yes, sizeof(yes)),
        attribute(CKA_LABEL, label, strlen(label)),
        attribute(CKA_ID, id->bytes, id->length),
        is_rsa ? attribute(CKA_MODULUS_BITS, &rsa_bits, sizeof(rsa_bits))
               : attribute(CKA_EC_PARAMS, p256, sizeof(p256)),
        attribute(CKA_PUBLIC_EXPONENT, rsa_exponent, sizeof(rsa_exponent)), /* left out for EC */
    };
    CK_ATTRIBUTE private_key[] = {
        attribute(CKA_TOKEN, &yes, sizeof(yes)),
        attribute(CKA_PRIVATE, &yes, sizeof(yes)),
        attribute(CKA_SENSITIVE, &yes, sizeof(yes)),
        attribute(CKA_EXTRACTABLE, &no, sizeof(no)),
        attribute(CKA_SIGN, &yes, sizeof(yes)),
        attribute(CKA_DECRYPT, &no, sizeof(no)),
        attribute(CKA_UNWRAP, unwraps ? &yes : &no, sizeof(yes)),
        attribute(CKA_LABEL, label, strlen(label)),
        attribute(CKA_ID, id->bytes, id->length),
    };
    CK_ULONG public_count = sizeof(public_key) / sizeof(public_key[0]) - (is_rsa ? 0 : 1);
    CK_OBJECT_HANDLE public_handle = 0;
    CK_OBJECT_HANDLE private_handle = 0;
    CK_RV rv = raw->module->C_GenerateKeyPair(session, &mechanism, public_key, public_count, private_key,
                                              sizeof(private_key) / sizeof(private_key[0]), &public_handle,
                                              &private_handle);
    return token_pkcs11_raw_status(rv, "C_GenerateKeyPair", failure);
}

/* The handles of all objects that match; a search is always ended, or the session stays busy. */
static enum status find(struct token_pkcs11_raw *raw, unsigned long session, CK_ATTRIBUTE *template,
                        CK_ULONG count, CK_OBJECT_HANDLE *handles, CK_ULONG most, CK_ULONG *found,
                        struct failure *failure)
{
    CK_RV rv = raw->module->C_FindObjectsInit(session, template, count);
    if (rv != CKR_OK)
        return token_pkcs11_raw_status(rv, "C_FindObjectsInit", failure);
    CK_ULONG total = 0;
    CK_ULONG got = 0;
    do {
        rv = raw->module->C_FindObjects(session, handles + total, most - total, &got);
        total += rv == CKR_OK ? got : 0;
    } while (rv == CKR_OK && got > 0 && total < most);
    CK_RV ended = raw->module->C_FindObjectsFinal(session);
    if (rv == CKR_OK)
        rv = ended;
    if (rv != CKR_OK)
        return token_pkcs11_raw_status(rv, "C_FindObjects", failure);
    *found = total;
    return STATUS_OK;
}

/* A yes-or-no attribute; one the module does not know counts as `otherwise`. */
static enum status read_flag(struct token_pkcs11_raw *raw, unsigned long session, CK_OBJECT_HANDLE object,
                             CK_ATTRIBUTE_TYPE type, bool otherwise, bool *out, struct failure *failure)
{
    CK_BBOOL value = CK_FALSE;
    CK_ATTRIBUTE one = {.type = type, .pValue = &value, .ulValueLen = sizeof(value)};
    CK_RV rv = raw->module->C_GetAttributeValue(session, object, &one, 1);
    bool unknown = rv == CKR_ATTRIBUTE_TYPE_INVALID || rv == CKR_ATTRIBUTE_SENSITIVE;
    if (rv != CKR_OK && !unknown)
        return token_pkcs11_raw_status(rv, "C_GetAttributeValue", failure);
    *out = unknown ? otherwise : value != CK_FALSE;
    return STATUS_OK;
}

enum status token_pkcs11_raw_check(struct token_pkcs11_raw *raw, unsigned long session,
                                   const struct token_key_id *id, struct token_key_check *out,
                                   struct failure *failure)
{
    const CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
    CK_ATTRIBUTE template[] = {attribute(CKA_CLASS, &class, sizeof(class)),
                               attribute(CKA_ID, id->bytes, id->length)};
    CK_OBJECT_HANDLE handles[2];
    CK_ULONG found = 0;
    enum status status = find(raw, session, template, 2, handles, 2, &found, failure);
    if (status != STATUS_OK)
        return status;
    if (found != 1)
        return failure_set(failure, STATUS_NOT_FOUND, "C_FindObjects", 0, "%lu private keys under this id",
                           found);
    struct token_key_check check = {0};
    /* what the module cannot say counts against the key */
    status = read_flag(raw, session, handles[0], CKA_LOCAL, false, &check.is_local, failure);
    if (status == STATUS_OK)
        status = read_flag(raw, session, handles[0], CKA_SENSITIVE, false, &check.is_sensitive, failure);
    if (status == STATUS_OK)
        status = read_flag(raw, session, handles[0], CKA_EXTRACTABLE, true, &check.is_extractable, failure);
    if (status == STATUS_OK)
        status = read_flag(raw, session, handles[0], CKA_SIGN, false, &check.can_sign, failure);
    if (status == STATUS_OK)
        status = read_flag(raw, session, handles[0], CKA_UNWRAP, false, &check.can_unwrap, failure);
    if (status == STATUS_OK)
        status = read_flag(raw, session, handles[0], CKA_DECRYPT, false, &check.can_decrypt, failure);
    if (status == STATUS_OK)
        *out = check;
    return status;
}

/* --- objects ----------------------------------------------------------------------------------------- */

static enum token_object_kind kind_of(CK_OBJECT_CLASS class)
{
    switch (class) {
    case CKO_PRIVATE_KEY:
        return TOKEN_OBJECT_PRIVATE_KEY;
    case CKO_PUBLIC_KEY:
        return TOKEN_OBJECT_PUBLIC_KEY;
    case CKO_CERTIFICATE:
        return TOKEN_OBJECT_CERTIFICATE;
    default:
        return TOKEN_OBJECT_OTHER;
    }
}

/* An attribute's bytes; one that is missing or too long is empty, because foreign objects may have anything.
 */
static enum status read_bytes(struct token_pkcs11_raw *raw, unsigned long session, CK_OBJECT_HANDLE object,
                              CK_ATTRIBUTE_TYPE type, void *out, size_t size, size_t *length,
                              struct failure *failure)
{
    CK_ATTRIBUTE one = {.type = type, .pValue = out, .ulValueLen = size};
    CK_RV rv = raw->module->C_GetAttributeValue(session, object, &one, 1);
    bool missing =
        rv == CKR_ATTRIBUTE_TYPE_INVALID || rv == CKR_ATTRIBUTE_SENSITIVE || rv == CKR_BUFFER_TOO_SMALL;
    if (rv != CKR_OK && !missing)
        return token_pkcs11_raw_status(rv, "C_GetAttributeValue", failure);
    *length = missing || one.ulValueLen > size ? 0 : one.ulValueLen;
    return STATUS_OK;
}

/* An EC point is an OCTET STRING around the point (PKCS#11 v2.40 section 2.3.3); some modules leave that out.
 */
static void unwrap_point(struct token_pkcs11_raw_public *out, const uint8_t *bytes, size_t length)
{
    bool wrapped = length == sizeof(out->point) + 2 && bytes[0] == 0x04 && bytes[1] == sizeof(out->point);
    const uint8_t *point = wrapped ? bytes + 2 : bytes;
    out->point_length = wrapped || length == sizeof(out->point) ? sizeof(out->point) : 0;
    memcpy(out->point, point, out->point_length);
}

static enum status read_rsa(struct token_pkcs11_raw *raw, unsigned long session, CK_OBJECT_HANDLE object,
                            struct token_pkcs11_raw_public *out, struct failure *failure)
{
    out->algorithm = TOKEN_ALGORITHM_RSA_2048;
    enum status status = read_bytes(raw, session, object, CKA_MODULUS, out->modulus, sizeof(out->modulus),
                                    &out->modulus_length, failure);
    if (status == STATUS_OK)
        status = read_bytes(raw, session, object, CKA_PUBLIC_EXPONENT, out->exponent, sizeof(out->exponent),
                            &out->exponent_length, failure);
    if (status == STATUS_OK && (out->modulus_length != sizeof(out->modulus) || out->exponent_length == 0))
        return failure_set(failure, STATUS_UNSUPPORTED, "CKA_MODULUS", 0, "not an RSA-2048 key");
    return status;
}

static enum status read_ec(struct token_pkcs11_raw *raw, unsigned long session, CK_OBJECT_HANDLE object,
                           struct token_pkcs11_raw_public *out, struct failure *failure)
{
    uint8_t curve[sizeof(p256)];
    uint8_t point[sizeof(out->point) + 2];
    size_t curve_length = 0;
    size_t point_length = 0;
    out->algorithm = TOKEN_ALGORITHM_EC_P256;
    enum status status =
        read_bytes(raw, session, object, CKA_EC_PARAMS, curve, sizeof(curve), &curve_length, failure);
    if (status == STATUS_OK)
        status = read_bytes(raw, session, object, CKA_EC_POINT, point, sizeof(point), &point_length, failure);
    if (status != STATUS_OK)
        return status;
    unwrap_point(out, point, point_length);
    if (curve_length != sizeof(p256) || memcmp(curve, p256, sizeof(p256)) != 0 || out->point_length == 0)
        return failure_set(failure, STATUS_UNSUPPORTED, "CKA_EC_PARAMS", 0, "not a P-256 key");
    return STATUS_OK;
}

enum status token_pkcs11_raw_public(struct token_pkcs11_raw *raw, unsigned long session, enum token_role role,
                                    const struct token_key_id *id, struct token_pkcs11_raw_public *out,
                                    struct failure *failure)
{
    const CK_OBJECT_CLASS class = CKO_PUBLIC_KEY;
    const char *label = token_pkcs11_raw_label(role);
    CK_ATTRIBUTE template[] = {attribute(CKA_CLASS, &class, sizeof(class)),
                               id->length > 0 ? attribute(CKA_ID, id->bytes, id->length)
                                              : attribute(CKA_LABEL, label, strlen(label))};
    CK_OBJECT_HANDLE handle = 0;
    CK_ULONG found = 0;
    CK_KEY_TYPE type = CKK_RSA;
    size_t length = 0;
    struct token_pkcs11_raw_public key = {0};
    enum status status = find(raw, session, template, 2, &handle, 1, &found, failure);
    if (status == STATUS_OK && found == 0)
        return failure_set(failure, STATUS_NOT_FOUND, "C_FindObjects", 0, "no such public key");
    if (status == STATUS_OK)
        status = read_bytes(raw, session, handle, CKA_KEY_TYPE, &type, sizeof(type), &length, failure);
    if (status == STATUS_OK)
        status = read_bytes(raw, session, handle, CKA_ID, key.id.bytes, sizeof(key.id.bytes), &key.id.length,
                            failure);
    if (status == STATUS_OK && type != CKK_RSA && type != CKK_EC)
        return failure_set(failure, STATUS_UNSUPPORTED, "CKA_KEY_TYPE", (long)type,
                           "a key of another algorithm");
    if (status == STATUS_OK)
        status = type == CKK_RSA ? read_rsa(raw, session, handle, &key, failure)
                                 : read_ec(raw, session, handle, &key, failure);
    if (status == STATUS_OK)
        *out = key;
    return status;
}

static enum status describe(struct token_pkcs11_raw *raw, unsigned long session, CK_OBJECT_HANDLE object,
                            struct token_object *out, struct failure *failure)
{
    CK_OBJECT_CLASS class = CKO_DATA;
    char label[LABEL_BYTES];
    size_t length = 0;
    enum status status = read_bytes(raw, session, object, CKA_CLASS, &class, sizeof(class), &length, failure);
    if (status != STATUS_OK)
        return status;
    out->kind = length == sizeof(class) ? kind_of(class) : TOKEN_OBJECT_OTHER;
    out->role = TOKEN_ROLE_FOREIGN;
    out->id.length = 0;
    if (out->kind == TOKEN_OBJECT_OTHER)
        return STATUS_OK;
    status = read_bytes(raw, session, object, CKA_LABEL, label, sizeof(label), &length, failure);
    if (status == STATUS_OK) {
        out->role = token_pkcs11_raw_role(label, length);
        status = read_bytes(raw, session, object, CKA_ID, out->id.bytes, sizeof(out->id.bytes),
                            &out->id.length, failure);
    }
    return status;
}

enum status token_pkcs11_raw_list(struct token_pkcs11_raw *raw, unsigned long session,
                                  struct token_objects *out, struct failure *failure)
{
    CK_OBJECT_HANDLE handles[TOKEN_OBJECTS + 1];
    CK_ULONG found = 0;
    CK_ATTRIBUTE template[] = {attribute(CKA_TOKEN, &yes, sizeof(yes))};
    enum status status = find(raw, session, template, 1, handles, TOKEN_OBJECTS + 1, &found, failure);
    if (status != STATUS_OK)
        return status;
    if (found > TOKEN_OBJECTS)
        return failure_set(failure, STATUS_FULL, "C_FindObjects", 0, "more than %d objects", TOKEN_OBJECTS);
    memset(out, 0, sizeof(*out));
    for (CK_ULONG i = 0; i < found && status == STATUS_OK; i++)
        status = describe(raw, session, handles[i], &out->object[out->count++], failure);
    return status;
}

/* The private key goes last: while it is there, the pair can be recognised as ours after a pull. */
enum status token_pkcs11_raw_destroy(struct token_pkcs11_raw *raw, unsigned long session,
                                     enum token_role role, const struct token_key_id *id,
                                     struct failure *failure)
{
    static const CK_OBJECT_CLASS classes[] = {CKO_CERTIFICATE, CKO_PUBLIC_KEY, CKO_PRIVATE_KEY};
    const char *label = token_pkcs11_raw_label(role);
    enum status status = STATUS_OK;
    for (size_t c = 0; c < sizeof(classes) / sizeof(classes[0]) && status == STATUS_OK; c++) {
        CK_OBJECT_HANDLE handles[TOKEN_OBJECTS];
        CK_ULONG found = 0;
        CK_ATTRIBUTE template[] = {attribute(CKA_CLASS, &classes[c], sizeof(classes[c])),
                                   attribute(CKA_TOKEN, &yes, sizeof(yes)),
                                   attribute(CKA_LABEL, label, strlen(label)),
                                   attribute(CKA_ID, id->bytes, id->length)}; /* left out when empty */
        status =
            find(raw, session, template, id->length > 0 ? 4 : 3, handles, TOKEN_OBJECTS, &found, failure);
        for (CK_ULONG i = 0; i < found && status == STATUS_OK; i++)
            status = token_pkcs11_raw_status(raw->module->C_DestroyObject(session, handles[i]),
                                             "C_DestroyObject", failure);
    }
    return status;
}
