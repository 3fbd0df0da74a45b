/* Price: the amount due for an order, from a product's tariff rows, with a line that shows how it came about.
 *
 * Pure and in whole fen. It sets no words: the screen shows amount and unit through assets/text.
 * Pitfall: a row without a known amount is not free. The screen says "以公示为准" and no order can be opened.
 */
#ifndef KIOSK_ORDER_PRICE_H
#define KIOSK_ORDER_PRICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/status.h"

enum { PRICE_TRACE_BYTES = 512, PRICE_UNKNOWN_FEN = -1 };

enum price_unit {
    PRICE_UNIT_ONCE,     /* 元 */
    PRICE_UNIT_PER_YEAR, /* 元/年 */
    PRICE_UNIT_PER_KEY,  /* 元/个 */
    PRICE_UNIT_COUNT_
};

/* One line of a tariff. An empty class_id stands for every class that has no row of its own. */
struct price_row {
    const char *class_id;
    const char *operation;
    const char *part;   /* what is charged, for example "certificate" or "seal" */
    int64_t amount_fen; /* PRICE_UNKNOWN_FEN when the authority has published none */
    enum price_unit unit;
};

struct price_quote {
    int64_t amount_fen;            /* PRICE_UNKNOWN_FEN when one part is unknown */
    enum price_unit unit;          /* of the first part, for the tile */
    int64_t unit_amount_fen;       /* the sum of the rows before multiplying, for the tile */
    char trace[PRICE_TRACE_BYTES]; /* English, for journal and log: one line per part */
};

/* The parts of a class and operation are added up: a row of the class itself stands before a row for every
 * class with the same part. Units: years and keys count from 1. Returns: NOT_FOUND when no row fits (not
 * offered), FULL when the sum or trace is too long. After failure: *out is unchanged. */
enum status price_quote_make(const struct price_row *rows, size_t count, const char *class_id,
                             const char *operation, unsigned years, unsigned keys, struct price_quote *out);

/* The stable name of a unit, "invalid" outside the list. Thread: any. */
const char *price_unit_name(enum price_unit unit);

#endif
