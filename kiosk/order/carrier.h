/* Carrier: couriers that bring a key to its holder, and whether a number can be one of theirs.
 *
 * Pure. Pitfall: a number that passes may still belong to nothing; only the courier knows.
 */
#ifndef KIOSK_ORDER_CARRIER_H
#define KIOSK_ORDER_CARRIER_H

#include <stdbool.h>

#include "kiosk/base/status.h"

enum carrier {
#define CARRIER(code, name) CARRIER_##code,
#include "kiosk/order/carriers.def"
#undef CARRIER
    CARRIER_COUNT_
};

enum { CARRIER_NUMBER_BYTES = 32 };

/* The stable name of a carrier, "invalid" outside the list. Thread: any. */
const char *carrier_name(enum carrier carrier);
/* A stored name is read back. Returns: NOT_FOUND. After failure: *out is unchanged. */
enum status carrier_find(const char *name, enum carrier *out);

/* A number as it is typed or scanned stands in out without blanks, in upper case.
 * Returns: MALFORMED when it cannot be a number of this carrier: 顺丰 SF and 13 digits, or 12 digits; EMS 13
 * digits, or the form of the postal union with its check digit; 京东 JD and 11 to 15 letters and digits;
 * another one 8 to 20 letters and digits. After failure: out is unchanged. */
enum status carrier_number(enum carrier carrier, const char *typed, char out[CARRIER_NUMBER_BYTES]);

#endif
