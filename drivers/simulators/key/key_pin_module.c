#include "drivers/simulators/key/key_pin.h"

#include <string.h>

#include "drivers/simulators/key/key_writer.h"

/* A try is taken before the PIN is looked at, so that a kill in between cannot give one back. */
static CK_RV take_try(bool officer, int *before)
{
    struct key_state key;
    if (!key_writer_key(&key))
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
    if (!key_writer_key(&key))
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

CK_RV key_C_Login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length)
{
    int before = 0;
    bool officer = user == CKU_SO;
    CK_RV rv = key_writer_enter("C_Login", session, &session);
    if (rv == CKR_OK)
        rv = take_try(officer, &before);
    if (rv != CKR_OK)
        return rv;
    KEY_WRITER_CHANGING(rv, key_writer_softhsm()->C_Login(
                                session, user, pin, length)); /* SoftHSM notes wrong PINs in the token */
    rv = settle_tries(officer, before, rv);
    return key_writer_leave("C_Login", rv);
}

CK_RV key_C_SetPIN(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR old_pin, CK_ULONG old_length,
                   CK_UTF8CHAR_PTR new_pin, CK_ULONG new_length)
{
    CK_SESSION_INFO info;
    int before = 0;
    CK_RV rv = key_writer_enter("C_SetPIN", session, &session);
    if (rv == CKR_OK)
        rv = key_writer_softhsm()->C_GetSessionInfo(session, &info);
    bool officer = rv == CKR_OK && info.state == CKS_RW_SO_FUNCTIONS;
    if (rv == CKR_OK)
        rv = take_try(officer, &before);
    if (rv != CKR_OK)
        return rv;
    KEY_WRITER_CHANGING(rv,
                        key_writer_softhsm()->C_SetPIN(session, old_pin, old_length, new_pin, new_length));
    rv = settle_tries(officer, before, rv);
    return key_writer_leave("C_SetPIN", rv);
}

CK_RV key_C_InitPIN(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR pin, CK_ULONG length)
{
    CK_RV rv = key_writer_enter("C_InitPIN", session, &session);
    if (rv == CKR_OK)
        KEY_WRITER_CHANGING(rv, key_writer_softhsm()->C_InitPIN(session, pin, length));
    if (rv == CKR_OK)
        set_tries(false, KEY_STATE_TRIES);
    return rv == CKR_OK ? key_writer_leave("C_InitPIN", rv) : rv;
}

/* SoftHSM gives a fresh token its serial number at formatting; from then on it names the inner token. */
static bool remember_inner(struct key_state *key, CK_SLOT_ID slot)
{
    CK_TOKEN_INFO info;
    if (key_writer_softhsm()->C_GetTokenInfo(slot, &info) != CKR_OK)
        return false;
    memcpy(key->inner, info.serialNumber, sizeof(info.serialNumber));
    key->inner[sizeof(info.serialNumber)] = 0;
    key->inner[strcspn(key->inner, " ")] = 0;
    key->tries = KEY_STATE_TRIES;
    key->so_tries = KEY_STATE_TRIES;
    return key_state_write(key);
}

CK_RV key_C_InitToken(CK_SLOT_ID slot, CK_UTF8CHAR_PTR pin, CK_ULONG length, CK_UTF8CHAR_PTR label)
{
    struct key_state key;
    CK_SLOT_ID mapped = 0;
    int before = 0;
    CK_RV rv = key_writer_map("C_InitToken", slot, &key, &mapped);
    bool blank = rv == CKR_OK && key.inner[0] == 0;
    if (rv == CKR_OK && !blank)
        rv = take_try(true, &before);
    if (rv != CKR_OK)
        return rv;
    KEY_WRITER_CHANGING(rv, key_writer_softhsm()->C_InitToken(mapped, pin, length, label));
    if (!blank)
        rv = settle_tries(true, before, rv);
    if (rv == CKR_OK && !remember_inner(&key, mapped))
        rv = CKR_DEVICE_ERROR;
    return rv == CKR_OK ? key_writer_leave("C_InitToken", rv) : rv;
}
