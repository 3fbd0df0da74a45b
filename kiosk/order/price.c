#include "kiosk/order/price.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/money.h"

enum {
    PRICE_FEN_MAX = 100000000,
    PRICE_FACTOR_MAX = 1000,
    FACTOR_BYTES = 32
}; /* one million yuan: more is a mistake in a definition */

static const struct {
    const char *name;
    bool by_key, by_year;
} price_units[] = {
#define PRICE_UNIT(code, name, by_key, by_year) {name, by_key, by_year},
#include "kiosk/order/price_units.def"
#undef PRICE_UNIT
};

const char *price_unit_name(enum price_unit unit)
{
    return (unsigned)unit < PRICE_UNIT_COUNT_ ? price_units[unit].name : "invalid";
}

bool price_unit_counts_years(enum price_unit unit)
{
    return (unsigned)unit < PRICE_UNIT_COUNT_ && price_units[unit].by_year;
}

/* --- which rows ------------------------------------------------------------------------------------------
 */

static bool price_is_chosen(const struct price_wish *wish, const char *sub_kind)
{
    for (size_t i = 0; i < wish->sub_kind_count; i++)
        if (strcmp(wish->sub_kinds[i], sub_kind) == 0)
            return true;
    return sub_kind[0] == '\0';
}

bool price_row_is_same_part(const struct price_row *a, const struct price_row *b)
{
    return strcmp(a->operation, b->operation) == 0 && strcmp(a->part, b->part) == 0 &&
           strcmp(a->sub_kind, b->sub_kind) == 0;
}

bool price_row_is_of_seal(const struct price_row *row)
{
    return strcmp(row->part, PRICE_PART_SEAL) == 0;
}

/* A row for every class gives way to a row of the class itself for the same part. */
static bool price_row_applies(const struct price_tariff *tariff, const struct price_row *row,
                              const struct price_wish *wish)
{
    if (strcmp(row->operation, wish->operation) != 0 || !price_is_chosen(wish, row->sub_kind))
        return false;
    if (price_row_is_of_seal(row) && wish->sealed_keys == 0)
        return false;
    if (strcmp(row->class_id, wish->class_id) == 0)
        return true;
    for (size_t i = 0; i < tariff->row_count && row->class_id[0] == '\0'; i++)
        if (price_row_is_same_part(&tariff->rows[i], row) &&
            strcmp(tariff->rows[i].class_id, wish->class_id) == 0)
            return false;
    return row->class_id[0] == '\0';
}

/* --- one line --------------------------------------------------------------------------------------------
 */

static int64_t price_years_fen(const struct price_row *row, unsigned years)
{
    int64_t following = row->following_fen == PRICE_SAME_FEN ? row->amount_fen : row->following_fen;
    return years == 0 ? 0 : row->amount_fen + (int64_t)(years - 1) * following;
}

bool price_bundle_saves(const struct price_bundle *bundle, const struct price_row *row)
{
    return row->amount_fen != PRICE_UNKNOWN_FEN && price_unit_counts_years(row->unit) &&
           bundle->amount_fen < price_years_fen(row, bundle->years);
}

/* Years that no bundle covers are later years, unless there is no bundle at all. */
static int64_t price_bundled_fen(const struct price_row *row, const struct price_bundle *bundle,
                                 unsigned count, unsigned years)
{
    int64_t following = row->following_fen == PRICE_SAME_FEN ? row->amount_fen : row->following_fen;
    return count * bundle->amount_fen + (int64_t)(years - count * bundle->years) * following;
}

/* The cheapest way for so many years of one key; the line tells how many of them bundles cover, and for what.
 */
static int64_t price_cheapest_fen(const struct price_tariff *tariff, const struct price_row *row,
                                  const struct price_wish *wish, struct price_line *line)
{
    int64_t best = price_years_fen(row, wish->years);
    for (size_t i = 0; i < tariff->bundle_count; i++) {
        const struct price_bundle *bundle = &tariff->bundles[i];
        bool fits = strcmp(bundle->operation, row->operation) == 0 && strcmp(bundle->part, row->part) == 0 &&
                    (bundle->class_id[0] == '\0' || strcmp(bundle->class_id, wish->class_id) == 0);
        unsigned most = fits && bundle->years > 0 ? wish->years / bundle->years : 0;
        for (unsigned count = 1; count <= most; count++) {
            int64_t fen = price_bundled_fen(row, bundle, count, wish->years);
            if (fen < best) {
                best = fen;
                line->bundle_years = count * bundle->years;
                line->bundle_fen = count * bundle->amount_fen;
            }
        }
    }
    return best;
}

static unsigned price_keys(const struct price_row *row, const struct price_wish *wish)
{
    if (!price_units[row->unit].by_key)
        return 1;
    return price_row_is_of_seal(row) ? wish->sealed_keys : wish->keys;
}

/* " x 3 years", nothing for what the unit does not count. */
static void price_put_factor(bool counts, unsigned number, const char *one, char out[FACTOR_BYTES])
{
    out[0] = '\0';
    if (counts)
        (void)snprintf(out, FACTOR_BYTES, " x %u %s%s", number, one, number == 1 ? "" : "s");
}

static enum status price_trace(struct price_line *line, const struct price_wish *wish, unsigned years,
                               unsigned keys)
{
    const struct price_row *row = line->row;
    char each[MONEY_TEXT_BYTES] = "unknown", total[MONEY_TEXT_BYTES] = "unknown", later[48] = "",
         how[64] = "", by_years[FACTOR_BYTES], by_keys[FACTOR_BYTES];
    price_put_factor(price_units[row->unit].by_year, years, "year", by_years);
    price_put_factor(price_units[row->unit].by_key, keys, "key", by_keys);
    if (row->amount_fen != PRICE_UNKNOWN_FEN) {
        char following[MONEY_TEXT_BYTES];
        money_to_yuan(row->amount_fen, each);
        money_to_yuan(line->amount_fen, total);
        money_to_yuan(row->following_fen == PRICE_SAME_FEN ? row->amount_fen : row->following_fen, following);
        if (years > 1 && row->following_fen != PRICE_SAME_FEN)
            (void)snprintf(later, sizeof later, ", later years %s", following);
    }
    if (line->bundle_years > 0) {
        char bundle[MONEY_TEXT_BYTES];
        money_to_yuan(line->bundle_fen, bundle);
        (void)snprintf(how, sizeof how, ", %u years as bundle %s", line->bundle_years, bundle);
    }
    if (wish->in_warranty)
        (void)snprintf(how, sizeof how, ", within the warranty");
    int length =
        snprintf(line->trace, sizeof line->trace, "%s %s/%s%s%s %s per %s%s%s%s%s = %s", row->operation,
                 wish->class_id, row->part, row->sub_kind[0] == '\0' ? "" : "/", row->sub_kind, each,
                 price_unit_name(row->unit), later, by_years, by_keys, how, total);
    return length < 0 || (size_t)length >= sizeof line->trace ? STATUS_FULL : STATUS_OK;
}

static enum status price_line_make(const struct price_tariff *tariff, const struct price_row *row,
                                   const struct price_wish *wish, struct price_line *line)
{
    unsigned years = price_units[row->unit].by_year ? wish->years : 1;
    unsigned keys = price_keys(row, wish);
    *line = (struct price_line){.row = row, .amount_fen = PRICE_UNKNOWN_FEN};
    if (row->amount_fen > PRICE_FEN_MAX || years > PRICE_FACTOR_MAX || keys > PRICE_FACTOR_MAX)
        return STATUS_FULL;
    if (row->amount_fen != PRICE_UNKNOWN_FEN) {
        int64_t fen =
            price_units[row->unit].by_year ? price_cheapest_fen(tariff, row, wish, line) : row->amount_fen;
        line->amount_fen = wish->in_warranty ? 0 : fen * keys;
    }
    if (line->amount_fen > PRICE_FEN_MAX)
        return STATUS_FULL;
    return price_trace(line, wish, years, keys);
}

/* --- the sum ---------------------------------------------------------------------------------------------
 */

/* Where only the dearest sub-kind counts, a cheaper line of the same part is replaced or left out. */
static enum status price_put(struct price_quote *quote, const struct price_wish *wish,
                             const struct price_line *line)
{
    for (size_t i = 0; i < quote->line_count && wish->takes_dearest && line->row->sub_kind[0] != '\0'; i++) {
        struct price_line *other = &quote->line[i];
        if (other->row->sub_kind[0] == '\0' || strcmp(other->row->part, line->row->part) != 0)
            continue;
        if (line->amount_fen > other->amount_fen)
            *other = *line;
        return STATUS_OK;
    }
    if (quote->line_count == PRICE_LINES_MAX)
        return STATUS_FULL;
    quote->line[quote->line_count++] = *line;
    return STATUS_OK;
}

static enum status price_sum(struct price_quote *quote)
{
    quote->unit = quote->line[0].row->unit;
    for (size_t i = 0; i < quote->line_count; i++) {
        const struct price_line *line = &quote->line[i];
        if (line->amount_fen == PRICE_UNKNOWN_FEN) {
            quote->amount_fen = quote->unit_amount_fen = PRICE_UNKNOWN_FEN;
            return STATUS_OK;
        }
        quote->amount_fen += line->amount_fen;
        quote->unit_amount_fen += line->row->amount_fen;
    }
    return quote->amount_fen > PRICE_FEN_MAX ? STATUS_FULL : STATUS_OK;
}

enum status price_quote_make(const struct price_tariff *tariff, const struct price_wish *wish,
                             struct price_quote *out)
{
    struct price_quote quote = {0};
    for (size_t i = 0; i < tariff->row_count; i++) {
        struct price_line line;
        if (!price_row_applies(tariff, &tariff->rows[i], wish))
            continue;
        enum status status = price_line_make(tariff, &tariff->rows[i], wish, &line);
        if (status == STATUS_OK)
            status = price_put(&quote, wish, &line);
        if (status != STATUS_OK)
            return status;
    }
    if (quote.line_count == 0)
        return STATUS_NOT_FOUND;
    enum status status = price_sum(&quote);
    if (status == STATUS_OK)
        *out = quote;
    return status;
}

void price_quote_trace(const struct price_quote *quote, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < quote->line_count && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", i == 0 ? "" : "; ", quote->line[i].trace);
}
