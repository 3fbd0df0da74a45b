/* Findings: what comparing an order's fields with a register found, kept with the order.
 *
 * A field that was not compared has no finding; nothing here is a value of the form.
 * Pitfall: findings are about the values as they were; compare again whenever one is stored.
 */
#ifndef KIOSK_STORE_STORE_FINDING_H
#define KIOSK_STORE_STORE_FINDING_H

#include "kiosk/store/store.h"

enum store_finding_verdict {
#define STORE_FINDING_VERDICT(code, name) STORE_FINDING_##code,
#include "kiosk/store/store_finding_verdicts.def"
#undef STORE_FINDING_VERDICT
    STORE_FINDING_COUNT_
};

struct store_finding {
    char comparison[STORE_NAME_BYTES]; /* id in the product */
    char field[STORE_NAME_BYTES];
    enum store_finding_verdict verdict;
    char register_id[STORE_ID_BYTES]; /* the import it was compared with */
    int64_t found_utc_s;
};

/* The stable name of a verdict. Returns: a static text. Thread: any. */
const char *store_finding_verdict_name(enum store_finding_verdict verdict);

/* The order's findings of one comparison are exactly these; nothing is written when they were so before.
 * Returns: NOT_FOUND (no such order), CONFLICT (claimed by another). */
enum status store_finding_replace(struct store *store, const char *order_id, const char *comparison,
                                  const struct store_finding *findings, size_t count,
                                  struct failure *failure);

/* All findings of the order. Returns: OK with *count 0 when there is none. */
enum status store_finding_list(struct store *store, const char *order_id, struct store_finding *out,
                               size_t capacity, size_t *count, struct failure *failure);

#endif
