#include "kiosk/store/store_finding.h"

#include <string.h>

#include "kiosk/store/store_inner.h"

enum { FIELDS_MAX = 64 };

static const char *const verdict_names[] = {
#define STORE_FINDING_VERDICT(code, name) name,
#include "kiosk/store/store_finding_verdicts.def"
#undef STORE_FINDING_VERDICT
};

const char *store_finding_verdict_name(enum store_finding_verdict verdict)
{
    return (unsigned)verdict < STORE_FINDING_COUNT_ ? verdict_names[verdict] : "invalid";
}

static enum status read_finding(const struct db_rows *rows, void *result)
{
    struct store_finding *out = result;
    int verdict = 0;
    enum status status = store_inner_text(rows, 0, out->comparison, sizeof(out->comparison));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, out->field, sizeof(out->field));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 2, verdict_names, STORE_FINDING_COUNT_, &verdict);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 3, out->register_id, sizeof(out->register_id));
    out->verdict = (enum store_finding_verdict)verdict;
    out->found_utc_s = db_column_integer(rows, 4);
    return status;
}

enum status store_finding_list(struct store *store, const char *order_id, struct store_finding *out,
                               size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_finding, out, sizeof(*out), capacity, count,
                                "SELECT comparison, field, verdict, register_id, created_utc_s FROM"
                                " order_finding WHERE order_id = ?1 ORDER BY comparison, field LIMIT ?2",
                                DB_PARAMS(db_text(order_id), db_integer((int64_t)capacity)), failure);
}

/* What is stored of one comparison, at most FIELDS_MAX. */
static enum status load(struct store *store, const char *order_id, const char *comparison,
                        struct store_finding *out, size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_finding, out, sizeof(*out), FIELDS_MAX, count,
                                "SELECT comparison, field, verdict, register_id, created_utc_s FROM"
                                " order_finding WHERE order_id = ?1 AND comparison = ?2 ORDER BY field",
                                DB_PARAMS(db_text(order_id), db_text(comparison)), failure);
}

static bool has(const struct store_finding *findings, size_t count, const struct store_finding *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(findings[i].field, wanted->field) == 0 && findings[i].verdict == wanted->verdict &&
            strcmp(findings[i].register_id, wanted->register_id) == 0)
            return true;
    return false;
}

static bool is_same(const struct store_finding *before, size_t known, const struct store_finding *findings,
                    size_t count)
{
    bool same = known == count;
    for (size_t i = 0; i < count && same; i++)
        same = has(before, known, &findings[i]);
    return same;
}

static enum status insert(struct store *store, const char *order_id, const char *comparison,
                          const struct store_finding *finding, struct failure *failure)
{
    return db_exec(store->db,
                   "INSERT INTO order_finding (order_id, comparison, field, verdict, register_id,"
                   " created_utc_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                   DB_PARAMS(db_text(order_id), db_text(comparison), db_text(finding->field),
                             db_text(store_finding_verdict_name(finding->verdict)),
                             db_text(finding->register_id), db_integer(clock_utc_s(store->clock))),
                   NULL, failure);
}

static enum status replace(struct store *store, const char *order_id, const char *comparison,
                           const struct store_finding *findings, size_t count, struct failure *failure)
{
    struct store_finding before[FIELDS_MAX];
    size_t known = 0;
    enum status status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = load(store, order_id, comparison, before, &known, failure);
    if (status != STATUS_OK || is_same(before, known, findings, count))
        return status;
    status = db_exec(store->db, "DELETE FROM order_finding WHERE order_id = ?1 AND comparison = ?2",
                     DB_PARAMS(db_text(order_id), db_text(comparison)), NULL, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = insert(store, order_id, comparison, &findings[i], failure);
    return status;
}

enum status store_finding_replace(struct store *store, const char *order_id, const char *comparison,
                                  const struct store_finding *findings, size_t count, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    return status == STATUS_OK
               ? store_end(store, replace(store, order_id, comparison, findings, count, failure), failure)
               : status;
}
