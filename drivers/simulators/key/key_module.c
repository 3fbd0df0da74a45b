/* sim-key.so: a certificate key as a PKCS#11 module, played by SoftHSM.
 *
 * One writer (slot 0) whose key can be put in, pulled, swapped, locked and made to misbehave through the
 * files of key_state.h, while programs use it. What SoftHSM cannot express is added: an empty writer, a key
 * pulled in the middle (CKR_DEVICE_REMOVED from every session it had), tries of a PIN with their flags, slot
 * events. SIM_KEY_DIR names the folder of its state; SIM_KEY_INNER the SoftHSM module, if it is not where
 * Debian puts it. */
#include <p11-kit-1/p11-kit/pkcs11.h>
#include <string.h>
#include <time.h>

#include "drivers/simulators/key/key_pin.h"
#include "drivers/simulators/key/key_writer.h"

#define EXPORT __attribute__((visibility("default")))

enum { EVENT_EVERY_MS = 20 };

static CK_FUNCTION_LIST list;

#define WITH_SESSION(name, parameters, arguments)                                                            \
    static CK_RV key_##name parameters                                                                       \
    {                                                                                                        \
        CK_RV rv = key_writer_enter(#name, session, &session);                                               \
        return rv == CKR_OK ? key_writer_leave(#name, key_writer_softhsm()->name arguments) : rv;            \
    }

#define WITH_CHANGE(name, parameters, arguments)                                                             \
    static CK_RV key_##name parameters                                                                       \
    {                                                                                                        \
        CK_RV rv = key_writer_enter(#name, session, &session);                                               \
        if (rv != CKR_OK)                                                                                    \
            return rv;                                                                                       \
        KEY_WRITER_CHANGING(rv, key_writer_softhsm()->name arguments);                                       \
        return key_writer_leave(#name, rv);                                                                  \
    }

WITH_SESSION(C_GetOperationState, (CK_SESSION_HANDLE session, CK_BYTE_PTR state, CK_ULONG_PTR length),
             (session, state, length))
WITH_SESSION(C_SetOperationState,
             (CK_SESSION_HANDLE session, CK_BYTE_PTR state, CK_ULONG length, CK_OBJECT_HANDLE a,
              CK_OBJECT_HANDLE b),
             (session, state, length, a, b))
WITH_SESSION(C_Logout, (CK_SESSION_HANDLE session), (session))
WITH_CHANGE(C_CopyObject,
            (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR template, CK_ULONG count,
             CK_OBJECT_HANDLE_PTR out),
            (session, object, template, count, out))
WITH_CHANGE(C_DestroyObject, (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object), (session, object))
WITH_SESSION(C_GetObjectSize, (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ULONG_PTR size),
             (session, object, size))
WITH_SESSION(C_GetAttributeValue,
             (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR template, CK_ULONG count),
             (session, object, template, count))
WITH_CHANGE(C_SetAttributeValue,
            (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR template, CK_ULONG count),
            (session, object, template, count))
WITH_SESSION(C_FindObjectsInit, (CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR template, CK_ULONG count),
             (session, template, count))
WITH_SESSION(C_FindObjects,
             (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE_PTR objects, CK_ULONG most, CK_ULONG_PTR count),
             (session, objects, most, count))
WITH_SESSION(C_FindObjectsFinal, (CK_SESSION_HANDLE session), (session))

/* The cipher and digest families share three shapes. */
#define INIT_WITH_KEY(name)                                                                                  \
    WITH_SESSION(name, (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key),        \
                 (session, mechanism, key))
#define IN_OUT(name)                                                                                         \
    WITH_SESSION(name,                                                                                       \
                 (CK_SESSION_HANDLE session, CK_BYTE_PTR in, CK_ULONG in_length, CK_BYTE_PTR out,            \
                  CK_ULONG_PTR out_length),                                                                  \
                 (session, in, in_length, out, out_length))
#define IN_ONLY(name)                                                                                        \
    WITH_SESSION(name, (CK_SESSION_HANDLE session, CK_BYTE_PTR in, CK_ULONG length), (session, in, length))
#define OUT_ONLY(name)                                                                                       \
    WITH_SESSION(name, (CK_SESSION_HANDLE session, CK_BYTE_PTR out, CK_ULONG_PTR length),                    \
                 (session, out, length))

INIT_WITH_KEY(C_EncryptInit)
IN_OUT(C_Encrypt)
IN_OUT(C_EncryptUpdate)
OUT_ONLY(C_EncryptFinal)
INIT_WITH_KEY(C_DecryptInit)
IN_OUT(C_Decrypt)
IN_OUT(C_DecryptUpdate)
OUT_ONLY(C_DecryptFinal)
WITH_SESSION(C_DigestInit, (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism), (session, mechanism))
IN_OUT(C_Digest)
IN_ONLY(C_DigestUpdate)
WITH_SESSION(C_DigestKey, (CK_SESSION_HANDLE session, CK_OBJECT_HANDLE key), (session, key))
OUT_ONLY(C_DigestFinal)
INIT_WITH_KEY(C_SignInit)
IN_OUT(C_Sign)
IN_ONLY(C_SignUpdate)
OUT_ONLY(C_SignFinal)
INIT_WITH_KEY(C_SignRecoverInit)
IN_OUT(C_SignRecover)
INIT_WITH_KEY(C_VerifyInit)
WITH_SESSION(C_Verify,
             (CK_SESSION_HANDLE session, CK_BYTE_PTR in, CK_ULONG length, CK_BYTE_PTR signature,
              CK_ULONG size),
             (session, in, length, signature, size))
IN_ONLY(C_VerifyUpdate)
IN_ONLY(C_VerifyFinal)
INIT_WITH_KEY(C_VerifyRecoverInit)
IN_OUT(C_VerifyRecover)
IN_OUT(C_DigestEncryptUpdate)
IN_OUT(C_DecryptDigestUpdate)
IN_OUT(C_SignEncryptUpdate)
IN_OUT(C_DecryptVerifyUpdate)
WITH_SESSION(C_WrapKey,
             (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE wrapping,
              CK_OBJECT_HANDLE key, CK_BYTE_PTR out, CK_ULONG_PTR length),
             (session, mechanism, wrapping, key, out, length))
WITH_SESSION(C_DeriveKey,
             (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE base,
              CK_ATTRIBUTE_PTR template, CK_ULONG count, CK_OBJECT_HANDLE_PTR key),
             (session, mechanism, base, template, count, key))
IN_ONLY(C_SeedRandom)
IN_ONLY(C_GenerateRandom)
WITH_SESSION(C_GetFunctionStatus, (CK_SESSION_HANDLE session), (session))
WITH_SESSION(C_CancelFunction, (CK_SESSION_HANDLE session), (session))

/* What takes memory on the key fails when it is full. */
#define WITH_MEMORY(name, parameters, arguments)                                                             \
    static CK_RV key_##name parameters                                                                       \
    {                                                                                                        \
        CK_RV rv = key_writer_enter(#name, session, &session);                                               \
        if (rv == CKR_OK && key_writer_is_full())                                                            \
            rv = CKR_DEVICE_MEMORY;                                                                          \
        if (rv != CKR_OK)                                                                                    \
            return rv;                                                                                       \
        KEY_WRITER_CHANGING(rv, key_writer_softhsm()->name arguments);                                       \
        return key_writer_leave(#name, rv);                                                                  \
    }
WITH_MEMORY(C_CreateObject,
            (CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR template, CK_ULONG count, CK_OBJECT_HANDLE_PTR out),
            (session, template, count, out))
WITH_MEMORY(C_GenerateKey,
            (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_ATTRIBUTE_PTR template, CK_ULONG count,
             CK_OBJECT_HANDLE_PTR out),
            (session, mechanism, template, count, out))
WITH_MEMORY(C_GenerateKeyPair,
            (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_ATTRIBUTE_PTR a, CK_ULONG a_count,
             CK_ATTRIBUTE_PTR b, CK_ULONG b_count, CK_OBJECT_HANDLE_PTR a_out, CK_OBJECT_HANDLE_PTR b_out),
            (session, mechanism, a, a_count, b, b_count, a_out, b_out))
WITH_MEMORY(C_UnwrapKey,
            (CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key, CK_BYTE_PTR in,
             CK_ULONG length, CK_ATTRIBUTE_PTR template, CK_ULONG count, CK_OBJECT_HANDLE_PTR out),
            (session, mechanism, key, in, length, template, count, out))

static CK_RV key_C_GetSessionInfo(CK_SESSION_HANDLE session, CK_SESSION_INFO_PTR info)
{
    CK_RV rv = key_writer_enter("C_GetSessionInfo", session, &session);
    if (rv == CKR_OK)
        rv = key_writer_softhsm()->C_GetSessionInfo(session, info);
    if (rv == CKR_OK)
        info->slotID = KEY_WRITER_SLOT;
    return rv;
}

/* --- slot and token information ----------------------------------------------------------------------------
 */

static void pad(unsigned char *out, size_t size, const char *text)
{
    size_t length = strnlen(text, size);
    memset(out, ' ', size);
    memcpy(out, text, length);
}

static CK_RV key_C_GetSlotList(CK_BBOOL present, CK_SLOT_ID_PTR slots, CK_ULONG_PTR count)
{
    struct key_state_writer writer;
    CK_RV rv = key_writer_look("C_GetSlotList", &writer);
    if (rv != CKR_OK)
        return rv;
    CK_ULONG listed = present != CK_FALSE && writer.name[0] == 0 ? 0 : 1;
    rv = slots != NULL && *count < listed ? CKR_BUFFER_TOO_SMALL : CKR_OK;
    if (slots != NULL && rv == CKR_OK && listed == 1)
        slots[0] = KEY_WRITER_SLOT;
    *count = listed;
    return rv;
}

static CK_RV key_C_GetSlotInfo(CK_SLOT_ID slot, CK_SLOT_INFO_PTR info)
{
    struct key_state_writer writer;
    if (key_writer_runs() && slot != KEY_WRITER_SLOT)
        return CKR_SLOT_ID_INVALID;
    CK_RV rv = key_writer_look("C_GetSlotInfo", &writer);
    if (rv != CKR_OK)
        return rv;
    memset(info, 0, sizeof(*info));
    pad(info->slotDescription, sizeof(info->slotDescription), "Simulated key writer");
    pad(info->manufacturerID, sizeof(info->manufacturerID), "certkiosk");
    info->flags = CKF_REMOVABLE_DEVICE | CKF_HW_SLOT | (writer.name[0] != 0 ? CKF_TOKEN_PRESENT : 0);
    return CKR_OK;
}

static CK_FLAGS pin_flags(int tries, CK_FLAGS low, CK_FLAGS final, CK_FLAGS locked)
{
    if (tries <= 0)
        return locked;
    return tries == 1 ? low | final : tries < KEY_STATE_TRIES ? low : 0;
}

static CK_RV key_C_GetTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info)
{
    static const CK_FLAGS pins = CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED |
                                 CKF_SO_PIN_COUNT_LOW | CKF_SO_PIN_FINAL_TRY | CKF_SO_PIN_LOCKED;
    struct key_state key;
    CK_SLOT_ID mapped = 0;
    CK_RV rv = key_writer_map("C_GetTokenInfo", slot, &key, &mapped);
    if (rv == CKR_OK)
        rv = key_writer_softhsm()->C_GetTokenInfo(mapped, info);
    if (rv != CKR_OK)
        return rv;
    pad(info->serialNumber, sizeof(info->serialNumber), key.serial);
    pad(info->model, sizeof(info->model), key.model);
    pad(info->manufacturerID, sizeof(info->manufacturerID), "certkiosk simulator");
    info->flags &= ~pins;
    if (key.inner[0] != 0)
        info->flags |=
            pin_flags(key.tries, CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY, CKF_USER_PIN_LOCKED) |
            pin_flags(key.so_tries, CKF_SO_PIN_COUNT_LOW, CKF_SO_PIN_FINAL_TRY, CKF_SO_PIN_LOCKED);
    return CKR_OK;
}

static CK_RV key_C_GetMechanismList(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR out, CK_ULONG_PTR count)
{
    struct key_state key;
    CK_SLOT_ID mapped = 0;
    CK_RV rv = key_writer_map("C_GetMechanismList", slot, &key, &mapped);
    return rv == CKR_OK ? key_writer_softhsm()->C_GetMechanismList(mapped, out, count) : rv;
}

static CK_RV key_C_GetMechanismInfo(CK_SLOT_ID slot, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO_PTR info)
{
    struct key_state key;
    CK_SLOT_ID mapped = 0;
    CK_RV rv = key_writer_map("C_GetMechanismInfo", slot, &key, &mapped);
    return rv == CKR_OK ? key_writer_softhsm()->C_GetMechanismInfo(mapped, type, info) : rv;
}

static CK_RV key_C_WaitForSlotEvent(CK_FLAGS flags, CK_SLOT_ID_PTR slot, void *reserved)
{
    const struct timespec step = {.tv_nsec = EVENT_EVERY_MS * 1000000L};
    (void)reserved;
    CK_RV rv = key_writer_runs() ? key_writer_suffer("C_WaitForSlotEvent") : CKR_OK;
    if (rv != CKR_OK && rv != CKR_DEVICE_REMOVED)
        return rv;
    while (key_writer_runs()) {
        if (key_writer_take_event()) {
            *slot = KEY_WRITER_SLOT;
            return CKR_OK;
        }
        if ((flags & CKF_DONT_BLOCK) != 0)
            return CKR_NO_EVENT;
        (void)nanosleep(&step, NULL);
    }
    return CKR_CRYPTOKI_NOT_INITIALIZED; /* C_Finalize wakes who waits */
}

/* --- the module ----------------------------------------------------------------------------------------- */

static CK_RV key_C_Initialize(void *arguments)
{
    (void)arguments;
    return key_writer_start();
}

static CK_RV key_C_Finalize(void *reserved)
{
    return key_writer_end(reserved);
}

EXPORT CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR out);
EXPORT CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR out)
{
    if (!key_writer_load())
        return CKR_GENERAL_ERROR;
    list = *key_writer_softhsm(); /* C_GetInfo and the version stay SoftHSM's */
    list.C_GetFunctionList = C_GetFunctionList;
#define OURS(name) list.name = key_##name
    OURS(C_Initialize);
    OURS(C_Finalize);
    OURS(C_GetSlotList);
    OURS(C_GetSlotInfo);
    OURS(C_GetTokenInfo);
    OURS(C_GetMechanismList);
    OURS(C_GetMechanismInfo);
    OURS(C_InitToken);
    OURS(C_InitPIN);
    OURS(C_SetPIN);
    OURS(C_OpenSession);
    OURS(C_CloseSession);
    OURS(C_CloseAllSessions);
    OURS(C_GetSessionInfo);
    OURS(C_GetOperationState);
    OURS(C_SetOperationState);
    OURS(C_Login);
    OURS(C_Logout);
    OURS(C_CreateObject);
    OURS(C_CopyObject);
    OURS(C_DestroyObject);
    OURS(C_GetObjectSize);
    OURS(C_GetAttributeValue);
    OURS(C_SetAttributeValue);
    OURS(C_FindObjectsInit);
    OURS(C_FindObjects);
    OURS(C_FindObjectsFinal);
    OURS(C_EncryptInit);
    OURS(C_Encrypt);
    OURS(C_EncryptUpdate);
    OURS(C_EncryptFinal);
    OURS(C_DecryptInit);
    OURS(C_Decrypt);
    OURS(C_DecryptUpdate);
    OURS(C_DecryptFinal);
    OURS(C_DigestInit);
    OURS(C_Digest);
    OURS(C_DigestUpdate);
    OURS(C_DigestKey);
    OURS(C_DigestFinal);
    OURS(C_SignInit);
    OURS(C_Sign);
    OURS(C_SignUpdate);
    OURS(C_SignFinal);
    OURS(C_SignRecoverInit);
    OURS(C_SignRecover);
    OURS(C_VerifyInit);
    OURS(C_Verify);
    OURS(C_VerifyUpdate);
    OURS(C_VerifyFinal);
    OURS(C_VerifyRecoverInit);
    OURS(C_VerifyRecover);
    OURS(C_DigestEncryptUpdate);
    OURS(C_DecryptDigestUpdate);
    OURS(C_SignEncryptUpdate);
    OURS(C_DecryptVerifyUpdate);
    OURS(C_GenerateKey);
    OURS(C_GenerateKeyPair);
    OURS(C_WrapKey);
    OURS(C_UnwrapKey);
    OURS(C_DeriveKey);
    OURS(C_SeedRandom);
    OURS(C_GenerateRandom);
    OURS(C_GetFunctionStatus);
    OURS(C_CancelFunction);
    OURS(C_WaitForSlotEvent);
#undef OURS
    *out = &list;
    return CKR_OK;
}
