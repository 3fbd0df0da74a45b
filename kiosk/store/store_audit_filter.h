/* Audit filter: the rows of the audit somebody looks for, page by page, and what there is to choose from.
 *
 * The choice is made by the database, so that it reaches every row there ever was. Pitfall: rows come while
 * one turns pages; hold `until_utc_ms` still, or rows stand on two pages.
 */
#ifndef KIOSK_STORE_STORE_AUDIT_FILTER_H
#define KIOSK_STORE_STORE_AUDIT_FILTER_H

#include "kiosk/order/order.h"
#include "kiosk/store/store_audit.h"

enum store_audit_result {
#define STORE_AUDIT_RESULT(code, name, rule) STORE_AUDIT_##code,
#include "kiosk/store/store_audit_results.def"
#undef STORE_AUDIT_RESULT
    STORE_AUDIT_RESULT_COUNT_
};

enum { STORE_AUDIT_SEARCH_BYTES = 128, STORE_AUDIT_NAMES_BYTES = 4096, STORE_AUDIT_ORDERS_BYTES = 1024 };

/* All that is said must hold; "" and 0 say nothing. */
struct store_audit_filter {
    int64_t from_utc_ms;
    int64_t until_utc_ms; /* the first millisecond that is too late */
    char actor[STORE_NAME_BYTES];
    bool by_program; /* nobody's rows: what a program did by itself */
    char writer[STORE_NAME_BYTES];
    char kind[STORE_NAME_BYTES]; /* the part of the action before its point */
    enum store_audit_result result;
    bool has_result;
    char about[STORE_AUDIT_SUBJECT_BYTES]; /* an order's id, whatever of it the row is about, or a subject */
    char text[STORE_AUDIT_SEARCH_BYTES];   /* somewhere in actor, place, subject, detail or the order's number
                                              .. */
    char actions[STORE_AUDIT_NAMES_BYTES]; /* .. or the action is one of these: ",order.paid,order.taken," */
    char orders[STORE_AUDIT_ORDERS_BYTES]; /* .. or the order it is about: ",id,id," */
};

struct store_audit_found {
    struct store_audit row;
    char order_id[STORE_ID_BYTES];           /* the order it is about; "" for none */
    char acceptance[ORDER_ACCEPTANCE_BYTES]; /* its number */
    enum store_audit_result result;
};

/* The stable name of a result. Returns: a static text, "invalid" outside the list. */
const char *store_audit_result_name(enum store_audit_result result);
/* The result with this stable name. Returns: STORE_AUDIT_RESULT_COUNT_ when there is none. */
enum store_audit_result store_audit_result_from_name(const char *name);

/* The rows the filter leaves, from the newest back, `offset` passed over.
 * Returns: OK with *count 0 when there is none. Time: may read every row. */
enum status store_audit_filter_list(struct store *store, const struct store_audit_filter *filter,
                                    size_t offset, struct store_audit_found *out, size_t capacity,
                                    size_t *count, struct failure *failure);
/* How many rows it leaves. Returns: as the store. Time: reads every row. */
enum status store_audit_filter_count(struct store *store, const struct store_audit_filter *filter,
                                     int64_t *out, struct failure *failure);

/* Every action, actor (without the program itself) or writer there is, in order of their names. Returns: as
 * the store. */
enum store_audit_column { STORE_AUDIT_ACTIONS, STORE_AUDIT_ACTORS, STORE_AUDIT_WRITERS };
struct store_audit_name {
    char name[STORE_NAME_BYTES];
};
enum status store_audit_filter_names(struct store *store, enum store_audit_column column,
                                     struct store_audit_name *out, size_t capacity, size_t *count,
                                     struct failure *failure);

#endif
