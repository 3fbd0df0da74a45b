/* Money: amounts are whole fen; yuan text appears only at the edges.
 *
 * No floating point anywhere. 1 yuan is 100 fen.
 */
#ifndef KIOSK_BASE_MONEY_H
#define KIOSK_BASE_MONEY_H

#include <stdint.h>

#include "kiosk/base/status.h"

enum { MONEY_TEXT_BYTES = 24 };

/* The amount stands as yuan with two decimals, for example "480.00". Units: fen. */
void money_to_yuan(int64_t fen, char out[MONEY_TEXT_BYTES]);

/* A text of digits, optionally a point and one or two digits, is read as yuan.
 * Units: *fen is fen.
 * Returns: MALFORMED for signs, spaces, more decimals or more than 12 digits. */
enum status money_from_yuan(const char *text, int64_t *fen);

#endif
