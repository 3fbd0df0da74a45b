/* Key pin: the PINs of the simulated key: tries that are counted down and given back, locking, formatting.
 *
 * SoftHSM counts no tries; key_state.h keeps them. Pitfall: a try is taken before the PIN is looked at, so
 * that a kill in between cannot give one back.
 */
#ifndef DRIVERS_SIMULATORS_KEY_KEY_PIN_H
#define DRIVERS_SIMULATORS_KEY_KEY_PIN_H

#include <p11-kit-1/p11-kit/pkcs11.h>

/* The module's functions that take a PIN. */
CK_RV key_C_Login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length);
CK_RV key_C_SetPIN(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR old_pin, CK_ULONG old_length,
                   CK_UTF8CHAR_PTR new_pin, CK_ULONG new_length);
CK_RV key_C_InitPIN(CK_SESSION_HANDLE session, CK_UTF8CHAR_PTR pin, CK_ULONG length);
CK_RV key_C_InitToken(CK_SLOT_ID slot, CK_UTF8CHAR_PTR pin, CK_ULONG length, CK_UTF8CHAR_PTR label);

#endif
