/* The tariff: rows and bundles that say what they mean once, and papers asked for by what was chosen. */
#include <string.h>

#include "kiosk/catalogue/product_check.h"

/* --- what may be chosen ------------------------------------------------------------------------------------
 */

static bool operation_has_sub_kind(const struct product_operation *operation, const char *id)
{
    for (size_t i = 0; i < operation->sub_kind_count; i++) {
        if (strcmp(operation->sub_kinds[i].id, id) == 0)
            return true;
    }
    return false;
}

static bool operation_has_paper(const struct product_operation *operation, const char *id)
{
    for (size_t i = 0; i < operation->paper_count; i++) {
        if (strcmp(operation->paper_ids[i], id) == 0)
            return true;
    }
    return false;
}

static void examine_sub_kinds(const struct product_examiner *examiner, const char *operation_id,
                              const char *const *ids, size_t count)
{
    const struct product *product = examiner->product;
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        for (size_t j = 0; j < product->operation_count; j++) {
            const struct product_operation *operation = &product->operations[j];
            bool is_meant = operation_id[0] == '\0' || strcmp(operation->id, operation_id) == 0;
            found = found || (is_meant && operation_has_sub_kind(operation, ids[i]));
        }
        if (!found)
            TELL(examiner, ids[i], "expected the id of a sub-kind, found %s", ids[i]);
    }
}

static void examine_condition(const struct product_examiner *examiner,
                              const struct product_condition *condition)
{
    const struct product *product = examiner->product;
    bool found = false;
    for (size_t i = 0; i < product->operation_count; i++) {
        const struct product_operation *operation = &product->operations[i];
        bool is_meant = condition->operation[0] == '\0' || strcmp(operation->id, condition->operation) == 0;
        found = found || (is_meant && operation_has_paper(operation, condition->paper));
    }
    if (!found)
        TELL(examiner, condition->paper, "expected a paper of the operation, found %s", condition->paper);
    examine_sub_kinds(examiner, condition->operation, condition->only_sub_kinds, condition->only_count);
    examine_sub_kinds(examiner, condition->operation, condition->unless_sub_kinds, condition->unless_count);
}

/* --- rows --------------------------------------------------------------------------------------------------
 */

/* A second row of the same thing would be charged beside the first. */
static void examine_twin_rows(const struct product_examiner *examiner, size_t index)
{
    const struct price_row *row = &examiner->product->tariff[index];
    for (size_t i = 0; i < index; i++) {
        const struct price_row *other = &examiner->product->tariff[i];
        if (price_row_is_same_part(row, other) && strcmp(row->class_id, other->class_id) == 0) {
            TELL(examiner, row->operation, "expected one tariff row for %s%s%s of %s%s%s, found another",
                 row->part, row->sub_kind[0] == '\0' ? "" : "/", row->sub_kind, row->operation,
                 row->class_id[0] == '\0' ? "" : " of class ", row->class_id);
            return;
        }
    }
}

static void examine_row(const struct product_examiner *examiner, const struct price_row *row)
{
    const struct product *product = examiner->product;
    if (row->class_id[0] != '\0' && product_find_class(product, row->class_id) == NULL)
        TELL(examiner, row->class_id, "expected the id of a class, found %s", row->class_id);
    if (row->operation[0] != '\0' && product_find_operation(product, row->operation) == NULL)
        TELL(examiner, row->operation, "expected the id of an operation, found %s", row->operation);
    if (row->sub_kind[0] != '\0')
        examine_sub_kinds(examiner, row->operation, &row->sub_kind, 1);
    if (row->following_fen != PRICE_SAME_FEN && row->amount_fen == PRICE_UNKNOWN_FEN)
        TELL(examiner, row->operation, "expected amount_yuan with following_yuan of %s", row->operation);
    if (row->following_fen != PRICE_SAME_FEN && !price_unit_counts_years(row->unit))
        TELL(examiner, row->operation,
             "expected a unit that counts years with following_yuan of %s, found %s", row->operation,
             price_unit_name(row->unit));
}

/* --- bundles -----------------------------------------------------------------------------------------------
 */

/* Whether the bundle may be taken for what the row charges. */
static bool bundle_is_of(const struct price_bundle *bundle, const struct price_row *row)
{
    bool is_class = bundle->class_id[0] == '\0' || row->class_id[0] == '\0' ||
                    strcmp(row->class_id, bundle->class_id) == 0;
    return is_class && strcmp(row->operation, bundle->operation) == 0 && strcmp(row->part, bundle->part) == 0;
}

static void examine_bundle_rows(const struct product_examiner *examiner, const struct price_bundle *bundle)
{
    const struct product *product = examiner->product;
    bool found = false, counts_years = false, saves = false;
    for (size_t i = 0; i < product->tariff_count; i++) {
        const struct price_row *row = &product->tariff[i];
        if (!bundle_is_of(bundle, row))
            continue;
        found = true;
        counts_years = counts_years || price_unit_counts_years(row->unit);
        saves = saves || price_bundle_saves(bundle, row);
    }
    if (!found)
        TELL(examiner, bundle->operation, "expected a tariff row for the bundle of %s", bundle->operation);
    else if (!counts_years)
        TELL(examiner, bundle->operation,
             "expected a tariff row with a unit that counts years for the bundle of %s", bundle->operation);
    else if (!saves)
        TELL(examiner, bundle->operation, "expected the bundle of %s to be cheaper than %u years of its row",
             bundle->operation, bundle->years);
}

static void examine_bundle(const struct product_examiner *examiner, size_t index)
{
    const struct product *product = examiner->product;
    const struct price_bundle *bundle = &product->bundles[index];
    const struct product_operation *operation = product_find_operation(product, bundle->operation);
    if (bundle->class_id[0] != '\0' && product_find_class(product, bundle->class_id) == NULL)
        TELL(examiner, bundle->class_id, "expected the id of a class, found %s", bundle->class_id);
    if (operation != NULL && bundle->years > operation->years_most)
        TELL(examiner, bundle->operation,
             "expected a bundle of at most %u years, as years_most of %s, found %u", operation->years_most,
             operation->id, bundle->years);
    examine_bundle_rows(examiner, bundle);
    for (size_t i = 0; i < index; i++) {
        const struct price_bundle *other = &product->bundles[i];
        if (other->years == bundle->years && strcmp(other->operation, bundle->operation) == 0 &&
            strcmp(other->part, bundle->part) == 0 && strcmp(other->class_id, bundle->class_id) == 0)
            TELL(examiner, bundle->operation, "expected one bundle of %u years of %s, found another",
                 bundle->years, bundle->operation);
    }
}

void product_check_tariff(const struct product_examiner *examiner)
{
    const struct product *product = examiner->product;
    for (size_t i = 0; i < product->tariff_count; i++) {
        examine_row(examiner, &product->tariff[i]);
        examine_twin_rows(examiner, i);
    }
    for (size_t i = 0; i < product->bundle_count; i++)
        examine_bundle(examiner, i);
    for (size_t i = 0; i < product->condition_count; i++)
        examine_condition(examiner, &product->conditions[i]);
}
