#include "tests/support/catalogue_table.h"

#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"

#define UNKNOWN PRICE_UNKNOWN_FEN
#define WALK true
#define QUOTE false
static const struct catalogue_fee fees[] = {
#define CATALOGUE_FEE(product, operation, class_id, years, keys, extra, sub_kinds, reason, fen, walks)       \
    {product, operation, class_id, years, keys, CATALOGUE_FEE_##extra, sub_kinds, reason, fen, walks},
#include "tests/flows/catalogue_fees.def"
#undef CATALOGUE_FEE
};

static const struct catalogue_paper papers[] = {
#define CATALOGUE_PAPER(product, operations, when, use, title, stamped)                                      \
    {product, operations, when, CATALOGUE_PAPER_##use, title, stamped},
#include "tests/flows/catalogue_papers.def"
#undef CATALOGUE_PAPER
};

static const struct catalogue_warning warnings[] = {
#define CATALOGUE_WARNING(product, operations, feature, text) {product, operations, feature, text},
#include "tests/flows/catalogue_warnings.def"
#undef CATALOGUE_WARNING
};

const struct catalogue_fee *catalogue_table_fees(size_t *count)
{
    *count = sizeof(fees) / sizeof(fees[0]);
    return fees;
}

const struct catalogue_paper *catalogue_table_papers(size_t *count)
{
    *count = sizeof(papers) / sizeof(papers[0]);
    return papers;
}

const struct catalogue_warning *catalogue_table_warnings(size_t *count)
{
    *count = sizeof(warnings) / sizeof(warnings[0]);
    return warnings;
}

/* The next word of a list. Returns: false when there is none. */
static bool next_word(const char **list, char word[ORDER_NAME_BYTES])
{
    size_t length = strcspn(*list, " ");
    check(length < ORDER_NAME_BYTES);
    (void)memcpy(word, *list, length);
    word[length] = 0;
    *list += length + ((*list)[length] == ' ');
    return length > 0;
}

void catalogue_table_wish(const struct catalogue_fee *fee, const struct product *product,
                          const struct product_operation *operation, struct catalogue_words *words,
                          struct product_wish *out)
{
    const char *list = fee->sub_kinds;
    product_wish_init(out, product, operation, 0);
    out->class_id = fee->class_id;
    out->years = fee->years;
    out->quantity = fee->keys;
    out->seal = fee->extra == CATALOGUE_FEE_SEAL;
    out->agent = fee->extra == CATALOGUE_FEE_AGENT;
    out->reason = fee->reason;
    while (next_word(&list, words->sub_kinds[out->sub_kind_count])) {
        out->sub_kinds[out->sub_kind_count] = words->sub_kinds[out->sub_kind_count];
        out->sub_kind_count++;
        check(out->sub_kind_count < PRODUCT_WISH_SUB_KINDS_MAX);
    }
}

int64_t catalogue_table_end_utc_s(const struct catalogue_fee *fee, int64_t begins_utc_s,
                                  int64_t old_end_utc_s)
{
    enum { YEAR_S = 365 * 86400 };
    int64_t bought_s = (int64_t)fee->years * YEAR_S;
    bool from_acceptance = strncmp(fee->product, "gxca-", 5) == 0;
    if (strcmp(fee->operation, "new") == 0 || strcmp(fee->operation, "reapply") == 0 ||
        strcmp(fee->operation, "exchange") ==
            0) /* of another authority's lock: nothing of its end is known */
        return begins_utc_s + bought_s;
    if (strcmp(fee->operation, "renew") == 0)
        return from_acceptance ? begins_utc_s + bought_s : old_end_utc_s + bought_s;
    return old_end_utc_s;
}

static bool wishes_for(const struct product_wish *wish, const char *when)
{
    if (when[0] == 0)
        return true;
    if (strcmp(when, "seal") == 0)
        return wish->seal;
    if (strcmp(when, "agent") == 0)
        return wish->agent;
    for (size_t i = 0; i < wish->sub_kind_count; i++)
        if (strcmp(wish->sub_kinds[i], when) == 0)
            return true;
    return false;
}

static bool lists(const char *list, const char *wanted)
{
    char word[ORDER_NAME_BYTES];
    while (next_word(&list, word))
        if (strcmp(word, wanted) == 0)
            return true;
    return false;
}

bool catalogue_table_asks(const struct catalogue_paper *paper, const struct product_wish *wish)
{
    return strcmp(paper->product, wish->product->id) == 0 && wishes_for(wish, paper->when) &&
           lists(paper->operations, wish->operation->id);
}

bool catalogue_table_warns(const struct catalogue_warning *warning, const struct product *product,
                           const struct product_operation *operation)
{
    return strcmp(warning->product, product->id) == 0 && lists(warning->operations, operation->id);
}
