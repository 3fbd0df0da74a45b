#include "kiosk/order/price.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/money.h"

enum { PRICE_FEN_MAX = 100000000 }; /* one million yuan: more is a mistake in a definition */

static const char *const price_unit_names[] = {
    [PRICE_UNIT_ONCE] = "once", [PRICE_UNIT_PER_YEAR] = "year", [PRICE_UNIT_PER_KEY] = "key"};

const char *price_unit_name(enum price_unit unit)
{
    return (unsigned)unit < PRICE_UNIT_COUNT_ ? price_unit_names[unit] : "invalid";
}

static unsigned price_factor(enum price_unit unit, unsigned years, unsigned keys)
{
    if (unit == PRICE_UNIT_PER_YEAR)
        return years;
    return unit == PRICE_UNIT_PER_KEY ? keys : 1;
}

/* A row for every class gives way to a row of the class itself for the same part. */
static bool price_row_applies(const struct price_row *rows, size_t count, const struct price_row *row,
                              const char *class_id, const char *operation)
{
    if (strcmp(row->operation, operation) != 0)
        return false;
    if (strcmp(row->class_id, class_id) == 0)
        return true;
    if (row->class_id[0] != '\0')
        return false;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].operation, operation) == 0 && strcmp(rows[i].class_id, class_id) == 0 &&
            strcmp(rows[i].part, row->part) == 0)
            return false;
    }
    return true;
}

static enum status price_trace(struct price_quote *quote, const struct price_row *row, const char *class_id,
                               unsigned factor)
{
    char each[MONEY_TEXT_BYTES] = "unknown";
    char total[MONEY_TEXT_BYTES] = "unknown";
    if (row->amount_fen != PRICE_UNKNOWN_FEN) {
        money_to_yuan(row->amount_fen, each);
        money_to_yuan(row->amount_fen * factor, total);
    }
    size_t used = strlen(quote->trace);
    int length = snprintf(quote->trace + used, sizeof quote->trace - used, "%s%s %s/%s %s per %s x %u = %s",
                          used == 0 ? "" : "; ", row->operation, class_id, row->part, each,
                          price_unit_name(row->unit), factor, total);
    return length < 0 || (size_t)length >= sizeof quote->trace - used ? STATUS_FULL : STATUS_OK;
}

static enum status price_add(struct price_quote *quote, const struct price_row *row, unsigned factor)
{
    if (row->amount_fen == PRICE_UNKNOWN_FEN || quote->amount_fen == PRICE_UNKNOWN_FEN) {
        quote->amount_fen = PRICE_UNKNOWN_FEN;
        quote->unit_amount_fen = PRICE_UNKNOWN_FEN;
        return STATUS_OK;
    }
    if (row->amount_fen < 0 || factor > 1000 || row->amount_fen > PRICE_FEN_MAX)
        return STATUS_FULL;
    quote->amount_fen += row->amount_fen * factor;
    quote->unit_amount_fen += row->amount_fen;
    return quote->amount_fen > PRICE_FEN_MAX ? STATUS_FULL : STATUS_OK;
}

enum status price_quote_make(const struct price_row *rows, size_t count, const char *class_id,
                             const char *operation, unsigned years, unsigned keys, struct price_quote *out)
{
    struct price_quote quote = {0};
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        if (!price_row_applies(rows, count, &rows[i], class_id, operation))
            continue;
        unsigned factor = price_factor(rows[i].unit, years, keys);
        if (!found)
            quote.unit = rows[i].unit;
        found = true;
        enum status status = price_add(&quote, &rows[i], factor);
        if (status == STATUS_OK)
            status = price_trace(&quote, &rows[i], class_id, factor);
        if (status != STATUS_OK)
            return status;
    }
    if (!found)
        return STATUS_NOT_FOUND;
    *out = quote;
    return STATUS_OK;
}
