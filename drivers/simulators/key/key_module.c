/* sim-key.so: a certificate key as a PKCS#11 module, played by SoftHSM.
 *
 * One writer (slot 0) whose key can be put in, pulled, swapped, locked and made to misbehave through the
 * files of key_state.h, while programs use it. What SoftHSM cannot express is added: an empty writer, a key
 * pulled in the middle (CKR_DEVICE_REMOVED from every session it had), tries of a PIN with their flags, slot
 * events. SIM_KEY_DIR names the folder of its state; SIM_KEY_INNER the SoftHSM module, if it is not where
 * Debian puts it. */
#include <dlfcn.h>
#include <p11-kit-1/p11-kit/pkcs11.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "drivers/simulators/key/key_saved.h"
#include "drivers/simulators/key/key_state.h"

#define EXPORT __attribute__((visibility("default")))

enum { SESSIONS = 256, INNER_SLOTS = 512, EVENT_EVERY_MS = 20 };
static const CK_SLOT_ID writer_slot = 0;

struct session {
    CK_SESSION_HANDLE handle; /* ours; 0: free */
    CK_SESSION_HANDLE inner;
    unsigned epoch; /* of the insertion it was opened in */
};

static CK_FUNCTION_LIST *inner;
static CK_FUNCTION_LIST list;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* everything below */
static struct key_state_writer writer;
static unsigned epoch = 1;          /* counts insertions and removals this process has seen */
static unsigned reported_epoch = 1; /* the last one a slot event told */
static bool initialized;
static struct session sessions[SESSIONS];
static CK_SESSION_HANDLE last_handle;
static bool has_inner_slot;
static CK_SLOT_ID inner_slot; /* of the key in the writer, when has_inner_slot */

/* --- the writer ---------------------------------------------------------------------------------------- */

/* Notices a pull, an insertion, a swap. The sessions of a pulled key die with it. */
static void notice_locked(void)
{
    struct key_state_writer now;
    key_state_look(&now);
    if (strcmp(now.name, writer.name) != 0 || (now.name[0] != 0 && now.insertion != writer.insertion)) {
        if (has_inner_slot)
            (void)inner->C_CloseAllSessions(inner_slot);
        has_inner_slot = false;
        epoch++;
    }
    writer = now;
}

/* What the files want to happen at this call. Returns: CKR_OK to go on. */
static CK_RV suffer(const char *function, bool after)
{
    unsigned long rv = CKR_OK;
    switch (key_state_fault(function, after, &rv)) {
    case KEY_STATE_NO_FAULT:
        return CKR_OK;
    case KEY_STATE_PULL:
        pthread_mutex_lock(&lock);
        notice_locked();
        pthread_mutex_unlock(&lock);
        return rv != CKR_OK ? rv : CKR_DEVICE_REMOVED;
    case KEY_STATE_FAIL:
        return rv;
    case KEY_STATE_HANG:
        for (;;)
            pause();
    case KEY_STATE_CRASH:
        abort();
    }
    return CKR_OK;
}

/* The inner slot whose token has this serial number, or an unused one for a blank key. */
static bool find_inner(const char *serial, CK_SLOT_ID *out)
{
    CK_SLOT_ID slots[INNER_SLOTS];
    CK_ULONG count = INNER_SLOTS;
    if (inner->C_GetSlotList(CK_TRUE, slots, &count) != CKR_OK)
        return false;
    for (CK_ULONG i = 0; i < count; i++) {
        CK_TOKEN_INFO info;
        if (inner->C_GetTokenInfo(slots[i], &info) != CKR_OK)
            continue;
        bool formatted = (info.flags & CKF_TOKEN_INITIALIZED) != 0;
        bool wanted =
            serial[0] == 0 ? !formatted : formatted && memcmp(info.serialNumber, serial, strlen(serial)) == 0;
        if (!wanted)
            continue;
        *out = slots[i];
        return true;
    }
    return false;
}

static CK_RV start_inner(void)
{
    key_saved_recover();
    CK_C_INITIALIZE_ARGS arguments = {.flags = CKF_OS_LOCKING_OK};
    return inner->C_Initialize(&arguments);
}

/* The key in the writer and the inner slot that plays it. */
static CK_RV map_locked(struct key_state *key)
{
    if (writer.name[0] == 0)
        return CKR_TOKEN_NOT_PRESENT;
    if (!key_state_read(writer.name, key))
        return CKR_DEVICE_ERROR;
    has_inner_slot = find_inner(key->inner, &inner_slot);
    if (!has_inner_slot) { /* formatted by another process: SoftHSM reads its folder only when it starts */
        (void)inner->C_Finalize(NULL);
        CK_RV rv = start_inner();
        if (rv != CKR_OK)
            return rv;
        epoch++;
        has_inner_slot = find_inner(key->inner, &inner_slot);
    }
    return has_inner_slot ? CKR_OK : CKR_TOKEN_NOT_RECOGNIZED;
}

static CK_RV map_slot(const char *function, CK_SLOT_ID slot, struct key_state *key, CK_SLOT_ID *mapped)
{
    if (!initialized)
        return CKR_CRYPTOKI_NOT_INITIALIZED;
    if (slot != writer_slot)
        return CKR_SLOT_ID_INVALID;
    CK_RV rv = suffer(function, false);
    if (rv != CKR_OK)
        return rv == CKR_DEVICE_REMOVED ? CKR_TOKEN_NOT_PRESENT : rv;
    pthread_mutex_lock(&lock);
    notice_locked();
    rv = map_locked(key);
    *mapped = inner_slot;
    pthread_mutex_unlock(&lock);
    return rv;
}

/* --- sessions ----------------------------------------------------------------------------------------- */

static struct session *find_session_locked(CK_SESSION_HANDLE handle)
{
    for (size_t i = 0; i < SESSIONS && handle != 0; i++) {
        if (sessions[i].handle == handle)
            return &sessions[i];
    }
    return NULL;
}

/* A call on a session begins: faults, removal, translation of the handle. */
static CK_RV enter(const char *function, CK_SESSION_HANDLE handle, CK_SESSION_HANDLE *out)
{
    if (!initialized)
        return CKR_CRYPTOKI_NOT_INITIALIZED;
    CK_RV rv = suffer(function, false);
    pthread_mutex_lock(&lock);
    notice_locked();
    struct session *session = find_session_locked(handle);
    if (rv == CKR_OK && session == NULL)
        rv = CKR_SESSION_HANDLE_INVALID;
    else if (rv == CKR_OK && session->epoch != epoch)
        rv = CKR_DEVICE_REMOVED;
    else if (rv == CKR_OK)
        *out = session->inner;
    pthread_mutex_unlock(&lock);
    return rv;
}

/* A call ends: a key pulled now has done the work, but nobody hears of it. */
static CK_RV leave(const char *function, CK_RV rv)
{
    CK_RV fault = suffer(function, true);
    return fault != CKR_OK ? fault : rv;
}

#define WITH_SESSION(name, parameters, arguments)                                                            \
    static CK_RV key_##name parameters                                                                       \
    {                                                                                                        \
        CK_RV rv = enter(#name, session, &session);                                                          \
        return rv == CKR_OK ? leave(#name, inner->name arguments) : rv;                                      \
    }

/* The token that plays the key in the writer; empty for a blank one. */
static void inner_of_writer(char out[17])
{
    struct key_state key;
    out[0] = 0;
    if (key_state_read(writer.name, &key))
        memcpy(out, key.inner, sizeof(key.inner));
}

/* A call that changes the key: all of it or nothing survives a kill. */
#define CHANGING(rv, act)                                                                                    \
    do {                                                                                                     \
        char token[17];                                                                                      \
        inner_of_writer(token);                                                                              \
        int change = key_saved_begin(token);                                                                 \
        (rv) = (act);                                                                                        \
        key_saved_end(change, token);                                                                        \
    } while (0)

#define WITH_CHANGE(name, parameters, arguments)                                                             \
    static CK_RV key_##name parameters                                                                       \
    {                                                                                                        \
        CK_RV rv = enter(#name, session, &session);                                                          \
        if (rv != CKR_OK)                                                                                    \
            return rv;                                                                                       \
        CHANGING(rv, inner->name arguments);                                                                 \
        return leave(#name, rv);                                                                             \
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
        CK_RV rv = enter(#name, session, &session);                                                          \
        if (rv == CKR_OK && writer.is_full)                                                                  \
            rv = CKR_DEVICE_MEMORY;                                                                          \
        if (rv != CKR_OK)                                                                                    \
            return rv;                                                                                       \
        CHANGING(rv, inner->name arguments);                                                                 \
        return leave(#name, rv);                                                                             \
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

static CK_RV key_C_OpenSession(CK_SLOT_ID slot, CK_FLAGS flags, void *application, CK_NOTIFY notify,
                               CK_SESSION_HANDLE_PTR out)
{
    struct key_state key;
    CK_SLOT_ID mapped = 0;
    CK_SESSION_HANDLE opened = 0;
    CK_RV rv = map_slot("C_OpenSession", slot, &key, &mapped);
    if (rv == CKR_OK)
        rv = inner->C_OpenSession(mapped, flags, application, notify, &opened);
    if (rv != CKR_OK)
        return rv;
    pthread_mutex_lock(&lock);
    struct session *free_one = NULL;
    for (size_t i = 0; i < SESSIONS && free_one == NULL; i++)
        free_one = sessions[i].handle == 0 ? &sessions[i] : NULL;
    if (free_one != NULL) {
        *free_one = (struct session){.handle = ++last_handle, .inner = opened, .epoch = epoch};
        *out = free_one->handle;
    }
    pthread_mutex_unlock(&lock);
    if (free_one == NULL)
        (void)inner->C_CloseSession(opened);
    return free_one == NULL ? CKR_SESSION_COUNT : leave("C_OpenSession", CKR_OK);
}

static CK_RV key_C_CloseSession(CK_SESSION_HANDLE handle)
{
    CK_SESSION_HANDLE opened = 0;
    CK_RV rv = enter("C_CloseSession", handle, &opened);
    pthread_mutex_lock(&lock);
    struct session *session = find_session_locked(handle);
    if (session != NULL)
        session->handle = 0;
    pthread_mutex_unlock(&lock);
    return rv == CKR_OK ? inner->C_CloseSession(opened) : rv;
}

static CK_RV key_C_CloseAllSessions(CK_SLOT_ID slot)
{
    struct key_state key;
    CK_SLOT_ID mapped = 0;
    CK_RV rv = map_slot("C_CloseAllSessions", slot, &key, &mapped);
    if (rv == CKR_CRYPTOKI_NOT_INITIALIZED || rv == CKR_SLOT_ID_INVALID)
        return rv;
    pthread_mutex_lock(&lock);
    memset(sessions, 0, sizeof(sessions));
    pthread_mutex_unlock(&lock);
    return rv == CKR_OK ? inner->C_CloseAllSessions(mapped) : rv;
}

static CK_RV key_C_GetSessionInfo(CK_SESSION_HANDLE session, CK_SESSION_INFO_PTR info)
{
    CK_RV rv = enter("C_GetSessionInfo", session, &session);
    if (rv == CKR_OK)
        rv = inner->C_GetSessionInfo(session, info);
    if (rv == CKR_OK)
        info->slotID = writer_slot;
    return rv;
}

/* --- PINs -------------------------------------------------------------------------------------------- */

/* A try is taken before the PIN is looked at, so that a kill in between cannot give one back. */
static CK_RV take_try(bool officer, int *before)
{
    struct key_state key;
    if (!key_state_read(writer.name, &key))
        return CKR_DEVICE_REMOVED;
    int *tries = officer ? &key.so_tries : &key.tries;
    *before = *tries;
    if (*tries <= 0)
        return CKR_PIN_LOCKED;
    (*tries)--;
    return key_state_write(&key) ? CKR_OK : CKR_DEVICE_ERROR;
}

static void set_tries(bool officer, int tries)
{
    struct key_state key;
    if (!key_state_read(writer.name, &key))
        return;
    *(officer ? &key.so_tries : &key.tries) = tries;
    (void)key_state_write(&key);
}

/* The tries after the inner answer: all back for a right PIN, one less for a wrong one, else as before. */
static CK_RV settle_tries(bool officer, int before, CK_RV rv)
{
    if (rv == CKR_OK)
        set_tries(officer, KEY_STATE_TRIES);
    else if (rv != CKR_PIN_INCORRECT)
        set_tries(officer, before);
    return rv == CKR_PIN_INCORRECT && before == 1 ? CKR_PIN_LOCKED : rv;
}

static CK_RV key_C_Login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length)
{
    int before = 0;
    bool officer = user == CKU_SO;
    CK_RV rv = enter("C_Login", session, &session);
    if (rv == CKR_OK)
        rv = take_try(officer, &before);
    if (rv != CKR_OK)
        return rv;
    CHANGING(rv, inner->C_Login(session, user, pin, length)); /* SoftHSM notes wrong PINs in the token */
    rv = settle_tries(officer, before, rv);
    return leave("C_Login", rv);
}

static CK_RV key_C_SetPIN(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR old_pin, CK_ULONG old_length,
                          CK_UTF8CHAR_PTR new_pin, CK_ULONG new_length)
{
    CK_SESSION_INFO info;
    int before = 0;
    CK_RV rv = enter("C_SetPIN", session, &session);
    if (rv == CKR_OK)
        rv = inner->C_GetSessionInfo(session, &info);
    bool officer = rv == CKR_OK && info.state == CKS_RW_SO_FUNCTIONS;
    if (rv == CKR_OK)
        rv = take_try(officer, &before);
    if (rv != CKR_OK)
        return rv;
    CHANGING(rv, inner->C_SetPIN(session, old_pin, old_length, new_pin, new_length));
    rv = settle_tries(officer, before, rv);
    return leave("C_SetPIN", rv);
}

static CK_RV key_C_InitPIN(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR pin, CK_ULONG length)
{
    CK_RV rv = enter("C_InitPIN", session, &session);
    if (rv == CKR_OK)
        CHANGING(rv, inner->C_InitPIN(session, pin, length));
    if (rv == CKR_OK)
        set_tries(false, KEY_STATE_TRIES);
    return rv == CKR_OK ? leave("C_InitPIN", rv) : rv;
}

/* SoftHSM gives a fresh token its serial number at formatting; from then on it names the inner token. */
static bool remember_inner(struct key_state *key, CK_SLOT_ID slot)
{
    CK_TOKEN_INFO info;
    if (inner->C_GetTokenInfo(slot, &info) != CKR_OK)
        return false;
    memcpy(key->inner, info.serialNumber, sizeof(info.serialNumber));
    key->inner[sizeof(info.serialNumber)] = 0;
    key->inner[strcspn(key->inner, " ")] = 0;
    key->tries = KEY_STATE_TRIES;
    key->so_tries = KEY_STATE_TRIES;
    return key_state_write(key);
}

static CK_RV key_C_InitToken(CK_SLOT_ID slot, CK_UTF8CHAR_PTR pin, CK_ULONG length, CK_UTF8CHAR_PTR label)
{
    struct key_state key;
    CK_SLOT_ID mapped = 0;
    int before = 0;
    CK_RV rv = map_slot("C_InitToken", slot, &key, &mapped);
    bool blank = rv == CKR_OK && key.inner[0] == 0;
    if (rv == CKR_OK && !blank)
        rv = take_try(true, &before);
    if (rv != CKR_OK)
        return rv;
    CHANGING(rv, inner->C_InitToken(mapped, pin, length, label));
    if (!blank)
        rv = settle_tries(true, before, rv);
    if (rv == CKR_OK && !remember_inner(&key, mapped))
        rv = CKR_DEVICE_ERROR;
    return rv == CKR_OK ? leave("C_InitToken", rv) : rv;
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
    if (!initialized)
        return CKR_CRYPTOKI_NOT_INITIALIZED;
    CK_RV rv = suffer("C_GetSlotList", false);
    if (rv != CKR_OK && rv != CKR_DEVICE_REMOVED)
        return rv;
    pthread_mutex_lock(&lock);
    notice_locked();
    CK_ULONG listed = present != CK_FALSE && writer.name[0] == 0 ? 0 : 1;
    pthread_mutex_unlock(&lock);
    rv = slots != NULL && *count < listed ? CKR_BUFFER_TOO_SMALL : CKR_OK;
    if (slots != NULL && rv == CKR_OK && listed == 1)
        slots[0] = writer_slot;
    *count = listed;
    return rv;
}

static CK_RV key_C_GetSlotInfo(CK_SLOT_ID slot, CK_SLOT_INFO_PTR info)
{
    if (!initialized)
        return CKR_CRYPTOKI_NOT_INITIALIZED;
    if (slot != writer_slot)
        return CKR_SLOT_ID_INVALID;
    CK_RV rv = suffer("C_GetSlotInfo", false);
    if (rv != CKR_OK && rv != CKR_DEVICE_REMOVED)
        return rv;
    pthread_mutex_lock(&lock);
    notice_locked();
    memset(info, 0, sizeof(*info));
    pad(info->slotDescription, sizeof(info->slotDescription), "Simulated key writer");
    pad(info->manufacturerID, sizeof(info->manufacturerID), "certkiosk");
    info->flags = CKF_REMOVABLE_DEVICE | CKF_HW_SLOT | (writer.name[0] != 0 ? CKF_TOKEN_PRESENT : 0);
    pthread_mutex_unlock(&lock);
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
    CK_RV rv = map_slot("C_GetTokenInfo", slot, &key, &mapped);
    if (rv == CKR_OK)
        rv = inner->C_GetTokenInfo(mapped, info);
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
    CK_RV rv = map_slot("C_GetMechanismList", slot, &key, &mapped);
    return rv == CKR_OK ? inner->C_GetMechanismList(mapped, out, count) : rv;
}

static CK_RV key_C_GetMechanismInfo(CK_SLOT_ID slot, CK_MECHANISM_TYPE type, CK_MECHANISM_INFO_PTR info)
{
    struct key_state key;
    CK_SLOT_ID mapped = 0;
    CK_RV rv = map_slot("C_GetMechanismInfo", slot, &key, &mapped);
    return rv == CKR_OK ? inner->C_GetMechanismInfo(mapped, type, info) : rv;
}

static bool take_event(void)
{
    pthread_mutex_lock(&lock);
    notice_locked();
    bool happened = epoch != reported_epoch;
    reported_epoch = epoch;
    pthread_mutex_unlock(&lock);
    return happened;
}

static CK_RV key_C_WaitForSlotEvent(CK_FLAGS flags, CK_SLOT_ID_PTR slot, void *reserved)
{
    const struct timespec step = {.tv_nsec = EVENT_EVERY_MS * 1000000L};
    (void)reserved;
    CK_RV rv = initialized ? suffer("C_WaitForSlotEvent", false) : CKR_OK;
    if (rv != CKR_OK && rv != CKR_DEVICE_REMOVED)
        return rv;
    while (__atomic_load_n(&initialized, __ATOMIC_ACQUIRE)) {
        if (take_event()) {
            *slot = writer_slot;
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
    if (initialized)
        return CKR_CRYPTOKI_ALREADY_INITIALIZED;
    if (!key_state_open())
        return CKR_GENERAL_ERROR;
    CK_RV rv = start_inner();
    if (rv != CKR_OK)
        return rv;
    pthread_mutex_lock(&lock);
    key_state_look(&writer);
    has_inner_slot = false;
    epoch++;
    reported_epoch = epoch;
    memset(sessions, 0, sizeof(sessions));
    __atomic_store_n(&initialized, true, __ATOMIC_RELEASE);
    pthread_mutex_unlock(&lock);
    return CKR_OK;
}

static CK_RV key_C_Finalize(void *reserved)
{
    if (!initialized)
        return CKR_CRYPTOKI_NOT_INITIALIZED;
    __atomic_store_n(&initialized, false, __ATOMIC_RELEASE);
    return inner->C_Finalize(reserved);
}

static bool load_inner(void)
{
    const char *path = getenv("SIM_KEY_INNER");
    void *library = dlopen(path != NULL ? path : "/usr/lib/softhsm/libsofthsm2.so", RTLD_NOW | RTLD_LOCAL);
    CK_RV (*get_list)(CK_FUNCTION_LIST **) = NULL;
    if (library != NULL) /* POSIX gives functions as data pointers; see dlsym(3) */
        *(void **)&get_list = dlsym(library, "C_GetFunctionList");
    return get_list != NULL && get_list(&inner) == CKR_OK;
}

EXPORT CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR out);
EXPORT CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR out)
{
    pthread_mutex_lock(&lock);
    bool good = inner != NULL || load_inner();
    pthread_mutex_unlock(&lock);
    if (!good)
        return CKR_GENERAL_ERROR;
    list = *inner; /* C_GetInfo and the version stay SoftHSM's */
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
