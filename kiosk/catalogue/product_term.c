#include "kiosk/catalogue/product_term.h"

#include "kiosk/catalogue/product.h"

enum { DAY_S = 86400 };

static const char *const product_start_names[] = {
#define PRODUCT_START(code, name) [PRODUCT_START_##code] = name,
#include "kiosk/catalogue/product_starts.def"
#undef PRODUCT_START
};

static const char *const product_term_names[] = {
#define PRODUCT_TERM(code, name) [PRODUCT_TERM_##code] = name,
#include "kiosk/catalogue/product_terms.def"
#undef PRODUCT_TERM
};

const char *product_start_name(enum product_start start)
{
    return (unsigned)start < PRODUCT_START_COUNT_ ? product_start_names[start] : "invalid";
}

const char *product_term_name(enum product_term term)
{
    return (unsigned)term < PRODUCT_TERM_COUNT_ ? product_term_names[term] : "invalid";
}

enum product_term product_operation_term(const struct product_operation *operation)
{
    static const enum product_term usual[PRODUCT_OPERATION_COUNT_] = {
        [PRODUCT_OPERATION_RENEW] = PRODUCT_TERM_ADDED,   [PRODUCT_OPERATION_CHANGE] = PRODUCT_TERM_KEPT,
        [PRODUCT_OPERATION_REPLACE] = PRODUCT_TERM_KEPT,  [PRODUCT_OPERATION_RECOVER] = PRODUCT_TERM_KEPT,
        [PRODUCT_OPERATION_EXCHANGE] = PRODUCT_TERM_KEPT, [PRODUCT_OPERATION_UPGRADE] = PRODUCT_TERM_KEPT};
    enum product_operation_code code = product_operation_code(operation);
    if (operation->term != PRODUCT_TERM_USUAL)
        return operation->term;
    return code < PRODUCT_OPERATION_COUNT_ && usual[code] != PRODUCT_TERM_USUAL ? usual[code]
                                                                                : PRODUCT_TERM_WHOLE;
}

bool product_operation_has_years(const struct product_operation *operation)
{
    return order_steps_has(&operation->steps, ORDER_STEP_ISSUE) &&
           product_operation_term(operation) != PRODUCT_TERM_KEPT;
}

unsigned product_term_days(const struct product *product, const struct product_operation *operation,
                           unsigned years)
{
    if (years == 0 || operation->years == 0)
        return product->validity_days;
    return product->validity_days * years / operation->years;
}

unsigned product_term_longest_days(const struct product *product)
{
    unsigned longest = 0;
    for (size_t i = 0; i < product->operation_count; i++) {
        const struct product_operation *operation = &product->operations[i];
        unsigned days = product_term_days(product, operation, operation->years_most);
        longest = days > longest ? days : longest;
    }
    return longest;
}

int64_t product_term_end_utc_s(const struct product *product, const struct product_operation *operation,
                               unsigned years, int64_t start_utc_s, int64_t old_end_utc_s)
{
    enum product_term term = product_operation_term(operation);
    int64_t term_s = (int64_t)product_term_days(product, operation, years) * DAY_S;
    if (term == PRODUCT_TERM_WHOLE)
        return start_utc_s + term_s;
    if (old_end_utc_s == 0)
        return 0;
    if (old_end_utc_s > start_utc_s)
        return term == PRODUCT_TERM_KEPT ? old_end_utc_s : old_end_utc_s + term_s;
    return start_utc_s + (term == PRODUCT_TERM_KEPT ? DAY_S : term_s);
}

unsigned product_term_days_most(const struct product *product)
{
    return product->renewal_days_most > 0 ? product->renewal_days_most : PRODUCT_TERM_DAYS_MOST;
}

int64_t product_term_opens_utc_s(const struct product *product, const struct product_operation *operation,
                                 unsigned years, int64_t old_end_utc_s)
{
    int64_t opens_utc_s = 0;
    if (product_operation_code(operation) != PRODUCT_OPERATION_RENEW)
        return 0;
    if (product->renewal_days > 0)
        opens_utc_s = old_end_utc_s - (int64_t)product->renewal_days * DAY_S;
    if (product_operation_term(operation) != PRODUCT_TERM_ADDED)
        return opens_utc_s;
    int64_t over = (int64_t)product_term_days(product, operation, years) - product_term_days_most(product);
    int64_t fits_utc_s = old_end_utc_s + over * DAY_S;
    return fits_utc_s > opens_utc_s ? fits_utc_s : opens_utc_s;
}
