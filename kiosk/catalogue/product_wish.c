#include "kiosk/catalogue/product_wish.h"

#include <stdio.h>
#include <string.h>

enum { DAY_S = 86400 };

void product_wish_init(struct product_wish *wish, const struct product *product,
                       const struct product_operation *operation, int64_t now_utc_s)
{
    *wish = (struct product_wish){.product = product,
                                  .operation = operation,
                                  .class_id = product->classes[0].id,
                                  .years = operation->years,
                                  .quantity = 1,
                                  .reason = "",
                                  .now_utc_s = now_utc_s};
}

/* --- judging ---------------------------------------------------------------------------------------------
 */

static bool wish_has(const struct product_wish *wish, const char *sub_kind)
{
    for (size_t i = 0; i < wish->sub_kind_count; i++)
        if (strcmp(wish->sub_kinds[i], sub_kind) == 0)
            return true;
    return false;
}

static const struct product_why *wish_why(const struct product_wish *wish)
{
    for (size_t i = 0; i < wish->operation->why_count; i++)
        if (strcmp(wish->operation->whys[i].id, wish->reason) == 0)
            return &wish->operation->whys[i];
    return NULL;
}

static bool offers_sub_kind(const struct product_operation *operation, const char *id)
{
    for (size_t i = 0; i < operation->sub_kind_count; i++)
        if (strcmp(operation->sub_kinds[i].id, id) == 0)
            return true;
    return false;
}

/* The ids of a list, for a sentence that says what is offered. */
#define LIST_IDS(out, size, list, count)                                                                     \
    do {                                                                                                     \
        size_t used_ = 0;                                                                                    \
        (out)[0] = '\0';                                                                                     \
        for (size_t i_ = 0; i_ < (count) && used_ < (size); i_++)                                            \
            used_ +=                                                                                         \
                (size_t)snprintf((out) + used_, (size)-used_, "%s%s", i_ == 0 ? "" : ", ", (list)[i_].id);   \
    } while (0)

static enum status judge_choice(const struct product_wish *wish, char *complaint)
{
    char offered[96];
    const struct product_operation *operation = wish->operation;
    if (product_find_class(wish->product, wish->class_id) == NULL) {
        LIST_IDS(offered, sizeof offered, wish->product->classes, wish->product->class_count);
        (void)snprintf(complaint, PRODUCT_WISH_COMPLAINT_BYTES, "no class %.40s; offered: %s", wish->class_id,
                       offered);
        return STATUS_REFUSED;
    }
    for (size_t i = 0; i < wish->sub_kind_count; i++)
        if (!offers_sub_kind(operation, wish->sub_kinds[i])) {
            LIST_IDS(offered, sizeof offered, operation->sub_kinds, operation->sub_kind_count);
            (void)snprintf(complaint, PRODUCT_WISH_COMPLAINT_BYTES, "no sub-kind %.40s; offered: %s",
                           wish->sub_kinds[i], offered[0] == '\0' ? "none" : offered);
            return STATUS_REFUSED;
        }
    if (operation->one_sub_kind && wish->sub_kind_count > 1) {
        (void)snprintf(complaint, PRODUCT_WISH_COMPLAINT_BYTES, "one sub-kind, not %zu",
                       wish->sub_kind_count);
        return STATUS_REFUSED;
    }
    if (wish->reason[0] != '\0' && wish_why(wish) == NULL) {
        LIST_IDS(offered, sizeof offered, operation->whys, operation->why_count);
        (void)snprintf(complaint, PRODUCT_WISH_COMPLAINT_BYTES, "no reason %.40s; offered: %s", wish->reason,
                       offered[0] == '\0' ? "none" : offered);
        return STATUS_REFUSED;
    }
    return STATUS_OK;
}

bool product_wish_makes_seal(const struct product_operation *operation)
{
    bool makes = operation->makes_seal;
    for (size_t i = 0; i < operation->sub_kind_count; i++)
        makes = makes || operation->sub_kinds[i].makes_seal;
    return makes;
}

static bool charges_seal(const struct product *product, const struct product_operation *operation)
{
    for (size_t i = 0; i < product->tariff_count; i++)
        if (strcmp(product->tariff[i].operation, operation->id) == 0 &&
            price_row_is_of_seal(&product->tariff[i]))
            return true;
    return false;
}

bool product_wish_may_be_sealed(const struct product *product, const struct product_operation *operation)
{
    bool comes = product->seal == PRODUCT_SEAL_INCLUDED || product_wish_makes_seal(operation) ||
                 charges_seal(product, operation);
    return comes && product->seal != PRODUCT_SEAL_NONE && product_operation_can_seal(product, operation);
}

void product_wish_list_operations(const struct product *product, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < product->operation_count && used < size; i++)
        if (product_operation_is_defined(&product->operations[i]))
            used += (size_t)snprintf(out + used, size - used, "%s%s", used == 0 ? "" : ", ",
                                     product->operations[i].id);
}

static void complain_of_seal(const struct product_wish *wish, char *complaint)
{
    const struct product *product = wish->product;
    int used = snprintf(complaint, PRODUCT_WISH_COMPLAINT_BYTES,
                        "%s has no electronic seal; offered with: ", wish->operation->id);
    const char *gap = "";
    for (size_t i = 0; i < product->operation_count && used < PRODUCT_WISH_COMPLAINT_BYTES; i++)
        if (product_wish_may_be_sealed(product, &product->operations[i])) {
            used += snprintf(complaint + used, PRODUCT_WISH_COMPLAINT_BYTES - (size_t)used, "%s%s", gap,
                             product->operations[i].id);
            gap = ", ";
        }
    if (gap[0] == '\0')
        (void)snprintf(complaint, PRODUCT_WISH_COMPLAINT_BYTES, "%s has no electronic seal", product->id);
}

enum status product_wish_judge(const struct product_wish *wish, char complaint[PRODUCT_WISH_COMPLAINT_BYTES])
{
    const struct product_operation *operation = wish->operation;
    complaint[0] = '\0';
    if (!product_operation_is_defined(operation)) {
        char offered[128];
        product_wish_list_operations(wish->product, offered, sizeof offered);
        (void)snprintf(complaint, PRODUCT_WISH_COMPLAINT_BYTES, "%s has no operation %s; offered: %s",
                       wish->product->id, operation->id, offered);
    } else if (wish->years < operation->years || wish->years > operation->years_most)
        (void)snprintf(complaint, PRODUCT_WISH_COMPLAINT_BYTES, "%u years are not offered, %u to %u are",
                       wish->years, operation->years, operation->years_most);
    else if (wish->quantity < 1 || wish->quantity > operation->quantity_most)
        (void)snprintf(complaint, PRODUCT_WISH_COMPLAINT_BYTES, "%u keys are not offered, 1 to %u are",
                       wish->quantity, operation->quantity_most);
    else if (wish->seal && !product_wish_may_be_sealed(wish->product, operation))
        complain_of_seal(wish, complaint);
    return complaint[0] != '\0' ? STATUS_REFUSED : judge_choice(wish, complaint);
}

enum status product_wish_judge_whole(const struct product_wish *wish,
                                     char complaint[PRODUCT_WISH_COMPLAINT_BYTES])
{
    char offered[96];
    const struct product_operation *operation = wish->operation;
    complaint[0] = '\0';
    if (operation->sub_kind_count == 0 || wish->sub_kind_count > 0)
        return STATUS_OK;
    LIST_IDS(offered, sizeof offered, operation->sub_kinds, operation->sub_kind_count);
    (void)snprintf(complaint, PRODUCT_WISH_COMPLAINT_BYTES, "%s needs a sub-kind; offered: %s", operation->id,
                   offered);
    return STATUS_REFUSED;
}

/* --- price -----------------------------------------------------------------------------------------------
 */

bool product_wish_in_warranty(const struct product_wish *wish)
{
    const struct product_why *why = wish_why(wish);
    int64_t until_utc_s = wish->issued_utc_s + (int64_t)wish->product->warranty_days * DAY_S;
    return why != NULL && why->in_warranty && wish->issued_utc_s > 0 && wish->now_utc_s < until_utc_s;
}

bool product_wish_brings_seal(const struct product_wish *wish)
{
    const struct product_operation *operation = wish->operation;
    bool brings = operation->makes_seal || (wish->product->seal == PRODUCT_SEAL_INCLUDED &&
                                            product_operation_can_seal(wish->product, operation));
    for (size_t i = 0; i < operation->sub_kind_count; i++)
        brings = brings || (operation->sub_kinds[i].makes_seal && wish_has(wish, operation->sub_kinds[i].id));
    return brings && !wish->never_sealed && wish->product->seal != PRODUCT_SEAL_NONE;
}

bool product_wish_outdates_seal(const struct product_wish *wish)
{
    for (size_t i = 0; i < wish->product->tariff_count && wish->product->seal != PRODUCT_SEAL_NONE; i++) {
        const struct price_row *row = &wish->product->tariff[i];
        if (price_row_is_of_seal(row) && strcmp(row->operation, wish->operation->id) == 0 &&
            wish_has(wish, row->sub_kind))
            return true;
    }
    return false;
}

static bool is_sealed(const struct product_wish *wish)
{
    return wish->seal || product_wish_brings_seal(wish);
}

static unsigned sealed_keys(const struct product_wish *wish)
{
    if (!is_sealed(wish) || wish->never_sealed || wish->product->seal == PRODUCT_SEAL_NONE)
        return 0;
    return wish->product->seal == PRODUCT_SEAL_MAIN_LOCK ? 1 : wish->quantity;
}

static struct price_wish price_asked(const struct product_wish *wish)
{
    return (struct price_wish){.class_id = wish->class_id,
                               .operation = wish->operation->id,
                               .years = wish->years,
                               .keys = wish->quantity,
                               .sealed_keys = sealed_keys(wish),
                               .sub_kinds = wish->sub_kinds,
                               .sub_kind_count = wish->sub_kind_count,
                               .takes_dearest = wish->operation->charges_dearest,
                               .in_warranty = product_wish_in_warranty(wish)};
}

enum status product_wish_quote(const struct product_wish *wish, struct price_quote *out)
{
    const struct price_tariff tariff = product_tariff(wish->product);
    const struct price_wish asked = price_asked(wish);
    return price_quote_make(&tariff, &asked, out);
}

int64_t product_wish_seal_fen(const struct product_wish *wish)
{
    struct product_wish sealed = *wish;
    struct price_quote quote;
    int64_t sum_fen = 0;
    sealed.seal = true;
    if (product_wish_quote(&sealed, &quote) != STATUS_OK)
        return 0;
    for (size_t i = 0; i < quote.line_count; i++) {
        if (!price_row_is_of_seal(quote.line[i].row))
            continue;
        if (quote.line[i].amount_fen == PRICE_UNKNOWN_FEN)
            return PRICE_UNKNOWN_FEN;
        sum_fen += quote.line[i].amount_fen;
    }
    return sum_fen;
}

/* --- papers ----------------------------------------------------------------------------------------------
 */

static bool has_one_of(const struct product_wish *wish, const char *const *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (wish_has(wish, ids[i]))
            return true;
    return false;
}

static bool has_others_than(const struct product_wish *wish, const char *const *ids, size_t count)
{
    for (size_t i = 0; i < wish->sub_kind_count; i++) {
        bool is_listed = false;
        for (size_t j = 0; j < count; j++)
            is_listed = is_listed || strcmp(ids[j], wish->sub_kinds[i]) == 0;
        if (!is_listed)
            return true;
    }
    return wish->sub_kind_count == 0;
}

static bool condition_holds(const struct product_wish *wish, const struct product_condition *condition)
{
    if (condition->only_count > 0 && !has_one_of(wish, condition->only_sub_kinds, condition->only_count))
        return false;
    if (condition->unless_count > 0 &&
        !has_others_than(wish, condition->unless_sub_kinds, condition->unless_count))
        return false;
    return (!condition->with_seal || is_sealed(wish)) && (!condition->with_agent || wish->agent);
}

/* --- what it does ------------------------------------------------------------------------------------ */

static bool lists_deed(const enum product_deed *deeds, size_t count, enum product_deed deed)
{
    for (size_t i = 0; i < count; i++)
        if (deeds[i] == deed)
            return true;
    return false;
}

bool product_wish_does(const struct product_wish *wish, enum product_deed deed)
{
    const struct product_operation *operation = wish->operation;
    bool does = lists_deed(operation->deed, operation->deed_count, deed);
    for (size_t i = 0; i < operation->sub_kind_count; i++)
        if (wish_has(wish, operation->sub_kinds[i].id))
            does = does || lists_deed(operation->sub_kinds[i].deed, operation->sub_kinds[i].deed_count, deed);
    return does;
}

static bool does_before(const struct product_wish *wish, int end)
{
    for (int deed = 0; deed < end; deed++)
        if (product_wish_does(wish, (enum product_deed)deed))
            return true;
    return false;
}

bool product_wish_has_deeds(const struct product_wish *wish)
{
    return does_before(wish, PRODUCT_DEED_COUNT_);
}

bool product_wish_is_of_unit(const struct product_wish *wish)
{
    return does_before(wish, PRODUCT_DEED_RENAME + 1);
}

bool product_wish_needs(const struct product_wish *wish, const char *paper_id)
{
    for (size_t i = 0; i < wish->product->condition_count; i++) {
        const struct product_condition *condition = &wish->product->conditions[i];
        bool is_meant =
            condition->operation[0] == '\0' || strcmp(condition->operation, wish->operation->id) == 0;
        if (is_meant && strcmp(condition->paper, paper_id) == 0 && !condition_holds(wish, condition))
            return false;
    }
    return true;
}

int64_t product_wish_end_utc_s(const struct product_wish *wish)
{
    bool issues = order_steps_has(&wish->operation->steps, ORDER_STEP_ISSUE);
    if (wish->operation->years == 0 || !issues)
        return 0;
    return product_term_end_utc_s(wish->product, wish->operation, wish->years, wish->now_utc_s,
                                  wish->ends_utc_s);
}

bool product_wish_counts_keys(const struct product_wish *wish)
{
    const struct order_steps *steps = &wish->operation->steps;
    return product_operation_has_years(wish->operation) ||
           (order_steps_has(steps, ORDER_STEP_ISSUE) && !order_steps_is_on_own_key(steps));
}

size_t product_wish_papers(const struct product_wish *wish)
{
    size_t count = 0;
    for (size_t i = 0; i < wish->operation->paper_count; i++)
        count += product_wish_needs(wish, wish->operation->paper_ids[i]);
    return count;
}

/* --- what may be chosen ----------------------------------------------------------------------------------
 */

/* A seal may be chosen where it has a price, be it nothing. */
bool product_wish_has_seal(const struct product_wish *wish)
{
    return wish->product->seal != PRODUCT_SEAL_NONE && !product_wish_brings_seal(wish) &&
           charges_seal(wish->product, wish->operation);
}

bool product_wish_has_agent(const struct product_wish *wish)
{
    for (size_t i = 0; i < wish->product->condition_count; i++) {
        const struct product_condition *condition = &wish->product->conditions[i];
        bool is_meant =
            condition->operation[0] == '\0' || strcmp(condition->operation, wish->operation->id) == 0;
        for (size_t j = 0; j < wish->operation->paper_count && is_meant && condition->with_agent; j++)
            if (strcmp(wish->operation->paper_ids[j], condition->paper) == 0)
                return true;
    }
    return false;
}

bool product_wish_is_open(const struct product_wish *wish)
{
    const struct product_operation *operation = wish->operation;
    return operation->years_most > operation->years || operation->quantity_most > 1 ||
           operation->sub_kind_count > 0 || product_wish_has_seal(wish) || product_wish_has_agent(wish);
}
