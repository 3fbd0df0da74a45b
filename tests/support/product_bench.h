/* Product bench: questions put to a shipped product, answered in one text or number, so that a guide's table
 * is a table of a test.
 *
 * It asserts nothing: a test compares the answer. Pitfall: what the product does not offer is REFUSED, what
 * it offers without a published amount is UNKNOWN; neither is free.
 */
#ifndef TESTS_SUPPORT_PRODUCT_BENCH_H
#define TESTS_SUPPORT_PRODUCT_BENCH_H

#include "kiosk/catalogue/product_wish.h"

enum {
    PRODUCT_BENCH_NOW_UTC_S = 1795252342,
    PRODUCT_BENCH_TEXT_BYTES = 2048,
    PRODUCT_BENCH_UNKNOWN_FEN = -1,
    PRODUCT_BENCH_REFUSED_FEN = -3
};

/* What somebody asks for; what is left out is asked for as it is offered first. */
struct product_ask {
    const char *operation;
    const char *class_id;
    unsigned years, quantity;
    bool seal, agent;
    const char *sub_kinds; /* ids with one space between them */
};

/* One row of a guide's table: what is asked for and what it costs. Units: fen, UNKNOWN or REFUSED. */
struct product_fee {
    struct product_ask ask;
    int64_t fen;
};

#define PRODUCT_ASK(id, ...)                                                                                 \
    {                                                                                                        \
        .operation = (id), __VA_ARGS__                                                                       \
    }

/* The product of this file under config/catalogue; one that cannot be read stops the test with its mistakes.
 * Owns: the caller, product_free. */
struct product *product_bench_open(const char *source_dir, const char *file);

/* What it costs. Units: fen, UNKNOWN or REFUSED. */
int64_t product_bench_fen(const struct product *product, const struct product_ask *ask);
/* The first row that the product's own price contradicts, as a sentence; "" when there is none. Owns: static,
 * until the next call. */
const char *product_bench_fees(const struct product *product, const struct product_fee *fees, size_t count);
/* The ids of the papers that are asked for, with one space between them. Owns: static, until the next call.
 */
const char *product_bench_papers(const struct product *product, const struct product_ask *ask);
/* The steps of an operation, with one space between them. Owns: static, until the next call. */
const char *product_bench_steps(const struct product *product, const char *operation);
/* The labels of the fields of its form as the printed form stars them, with one space between them: those
 * that must be filled in end with "*". Owns: static, until the next call. */
const char *product_bench_fields(const struct product *product, const char *operation);
/* The ids of the operations in tile order. Owns: static, until the next call. */
const char *product_bench_operations(const struct product *product);

#endif
