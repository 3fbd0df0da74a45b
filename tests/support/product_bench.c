#include "tests/support/product_bench.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"

struct product *product_bench_open(const char *source_dir, const char *file)
{
    char path[PATH_MAX];
    struct yaml_errors errors;
    struct product *product = NULL;
    yaml_errors_init(&errors);
    (void)snprintf(path, sizeof path, "%s/config/catalogue/%s", source_dir, file);
    if (product_open(path, NULL, NULL, &errors, &product) != STATUS_OK)
        (void)fprintf(stderr, "%s\n", yaml_errors_text(&errors));
    yaml_errors_release(&errors);
    check(product != NULL);
    return product;
}

/* --- asking ----------------------------------------------------------------------------------------------
 */

/* A wish and the sub-kinds' ids, which it borrows. */
struct product_bench_wish {
    struct product_wish wish;
    char ids[128];
};

static void bench_wish(struct product_bench_wish *out, const struct product *product,
                       const struct product_ask *ask)
{
    char *rest = out->ids;
    const struct product_operation *operation = product_find_operation(product, ask->operation);
    check(operation != NULL);
    product_wish_init(&out->wish, product, operation, PRODUCT_BENCH_NOW_UTC_S);
    out->wish.years = ask->years > 0 ? ask->years : out->wish.years;
    out->wish.quantity = ask->quantity > 0 ? ask->quantity : 1;
    out->wish.class_id = ask->class_id != NULL ? ask->class_id : out->wish.class_id;
    out->wish.seal = ask->seal;
    out->wish.agent = ask->agent;
    (void)snprintf(out->ids, sizeof out->ids, "%s", ask->sub_kinds == NULL ? "" : ask->sub_kinds);
    for (char *id; (id = strsep(&rest, " ")) != NULL;)
        if (*id != '\0')
            out->wish.sub_kinds[out->wish.sub_kind_count++] = id;
}

int64_t product_bench_fen(const struct product *product, const struct product_ask *ask)
{
    struct product_bench_wish bench;
    struct price_quote quote;
    char complaint[PRODUCT_WISH_COMPLAINT_BYTES];
    if (product_find_operation(product, ask->operation) == NULL)
        return PRODUCT_BENCH_REFUSED_FEN;
    bench_wish(&bench, product, ask);
    bool is_offered = product_wish_judge(&bench.wish, complaint) == STATUS_OK &&
                      product_wish_quote(&bench.wish, &quote) == STATUS_OK;
    return is_offered ? quote.amount_fen : PRODUCT_BENCH_REFUSED_FEN;
}

/* --- texts -----------------------------------------------------------------------------------------------
 */

static char bench_text[PRODUCT_BENCH_TEXT_BYTES];

static void bench_begin(void)
{
    bench_text[0] = '\0';
}

static void bench_add(const char *word, const char *mark)
{
    size_t length = strlen(bench_text);
    int added = snprintf(bench_text + length, sizeof bench_text - length, "%s%s%s", length > 0 ? " " : "",
                         word, mark);
    check(added > 0 && (size_t)added < sizeof bench_text - length);
}

const char *product_bench_fees(const struct product *product, const struct product_fee *fees, size_t count)
{
    bench_begin();
    for (size_t i = 0; i < count && bench_text[0] == '\0'; i++) {
        int64_t fen = product_bench_fen(product, &fees[i].ask);
        if (fen != fees[i].fen)
            (void)snprintf(bench_text, sizeof bench_text, "row %zu, %s: expected %lld fen, found %lld", i,
                           fees[i].ask.operation, (long long)fees[i].fen, (long long)fen);
    }
    return bench_text;
}

const char *product_bench_papers(const struct product *product, const struct product_ask *ask)
{
    struct product_bench_wish bench;
    bench_wish(&bench, product, ask);
    bench_begin();
    for (size_t i = 0; i < bench.wish.operation->paper_count; i++)
        if (product_wish_needs(&bench.wish, bench.wish.operation->paper_ids[i]))
            bench_add(bench.wish.operation->paper_ids[i], "");
    return bench_text;
}

const char *product_bench_steps(const struct product *product, const char *operation)
{
    const struct product_operation *found = product_find_operation(product, operation);
    check(found != NULL);
    bench_begin();
    for (size_t i = 0; i < found->steps.count; i++)
        bench_add(order_step_name(found->steps.step[i]), "");
    return bench_text;
}

const char *product_bench_fields(const struct product *product, const char *operation)
{
    const struct product_operation *found = product_find_operation(product, operation);
    check(found != NULL);
    const struct form *form = product_find_form(product, found->form_id);
    check(form != NULL);
    bench_begin();
    for (size_t i = 0; i < form->field_count; i++)
        bench_add(form->fields[i].label, form->fields[i].required ? "*" : "");
    return bench_text;
}

const char *product_bench_operations(const struct product *product)
{
    bench_begin();
    for (size_t i = 0; i < product->operation_count; i++)
        bench_add(product->operations[i].id, "");
    return bench_text;
}
