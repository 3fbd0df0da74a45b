/* Price: what an order costs, from a product's tariff, with a line that shows how each part came about.
 *
 * Pure and in whole fen. It sets no words: screens and certctl show amounts and units through the data's
 * words. A tariff has rows (one amount per part of an operation, some only for a class or a sub-kind of the
 * change) and bundles (a fixed price for several years, taken when it is cheaper). Pitfall: a row without a
 * known amount is not free. The screen says "以公示为准" and no order can be opened.
 */
#ifndef KIOSK_ORDER_PRICE_H
#define KIOSK_ORDER_PRICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/status.h"

enum {
    PRICE_TRACE_BYTES = 2048,
    PRICE_LINE_BYTES = 192,
    PRICE_LINES_MAX = 12,
    PRICE_UNKNOWN_FEN = -1,
    PRICE_SAME_FEN = -2 /* later years cost what the first one does */
};

enum price_unit {
#define PRICE_UNIT(code, name, by_key, by_year) PRICE_UNIT_##code,
#include "kiosk/order/price_units.def"
#undef PRICE_UNIT
    PRICE_UNIT_COUNT_
};

/* The part whose rows apply to keys that carry an electronic seal. */
#define PRICE_PART_SEAL "seal"

/* One line of a tariff. An empty class_id stands for every class that has no row of its own. */
struct price_row {
    const char *class_id;
    const char *operation;
    const char *part;      /* what is charged: "certificate", PRICE_PART_SEAL, "key" */
    const char *sub_kind;  /* charged only when this was chosen; "" for always */
    int64_t amount_fen;    /* PRICE_UNKNOWN_FEN when the authority has published none */
    int64_t following_fen; /* of each year after the first, for units that count years */
    enum price_unit unit;
};

/* So many years at once for a fixed price. */
struct price_bundle {
    const char *class_id; /* "" for every class */
    const char *operation;
    const char *part;
    unsigned years;
    int64_t amount_fen;
};

struct price_tariff {
    const struct price_row *rows;
    size_t row_count;
    const struct price_bundle *bundles;
    size_t bundle_count;
};

/* What is asked for. Units: years, keys and sealed_keys count. */
struct price_wish {
    const char *class_id;
    const char *operation;
    unsigned years, keys;
    unsigned sealed_keys; /* of the keys, those with an electronic seal */
    const char *const *sub_kinds;
    size_t sub_kind_count;
    bool takes_dearest; /* of several sub-kinds only the dearest is charged per part, not their sum */
    bool in_warranty;   /* everything is free */
};

struct price_line {
    const struct price_row *row;  /* borrowed from the tariff */
    unsigned bundle_years;        /* of the bundles that were taken, 0 for none */
    int64_t bundle_fen;           /* what those cost for one key */
    int64_t amount_fen;           /* of the whole line; PRICE_UNKNOWN_FEN */
    char trace[PRICE_LINE_BYTES]; /* English, for journal, log and certctl */
};

struct price_quote {
    int64_t amount_fen;      /* PRICE_UNKNOWN_FEN when one part is unknown */
    enum price_unit unit;    /* of the first part, for the tile */
    int64_t unit_amount_fen; /* the sum of the rows before multiplying, for the tile */
    size_t line_count;
    struct price_line line[PRICE_LINES_MAX];
};

/* Whether both rows charge the same thing, whatever their class. */
bool price_row_is_same_part(const struct price_row *a, const struct price_row *b);
/* Whether so many years cost less as this bundle than as years of the row; a row without an amount, or whose
 * unit does not count years, has no bundle. */
bool price_bundle_saves(const struct price_bundle *bundle, const struct price_row *row);
/* Whether the row is charged for keys with an electronic seal alone. */
bool price_row_is_of_seal(const struct price_row *row);

/* The parts of the wish are added up: a row of the class itself stands before a row for every class with the
 * same part and sub-kind; seal rows count the sealed keys only.
 * Returns: NOT_FOUND when no row fits (not offered), FULL when a sum, a factor or the number of lines is too
 * large. After failure: *out is unchanged. */
enum status price_quote_make(const struct price_tariff *tariff, const struct price_wish *wish,
                             struct price_quote *out);

/* The traces of all lines stand in one text, cut when it is too long. Units: size bytes. */
void price_quote_trace(const struct price_quote *quote, char *out, size_t size);

/* The stable name of a unit, "invalid" outside the list. Thread: any. */
const char *price_unit_name(enum price_unit unit);
/* Whether an amount per this unit is one of each year. Thread: any. */
bool price_unit_counts_years(enum price_unit unit);

#endif
