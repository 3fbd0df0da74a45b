#include "kiosk/store/store_audit_filter.h"

#include <string.h>

#include "kiosk/store/store_inner.h"

#define COLUMNS "writer, number, at_utc_ms, action, actor, subject, detail, value_hash, prev_hash, hash"
enum { COLUMN_COUNT = 10, PATTERN_BYTES = 2 * STORE_AUDIT_SEARCH_BYTES + 3 };

/* An order's own rows name it, or its number; what belongs to it stands in the journal under the same
 * subject, written a moment before. */
#define ORDER_OF                                                                                             \
    "coalesce((SELECT id FROM orders WHERE id = audit.subject OR acceptance = audit.subject LIMIT 1),"       \
    " (SELECT order_id FROM journal WHERE journal.at_utc_ms BETWEEN audit.at_utc_ms - 1000 AND"              \
    " audit.at_utc_ms AND journal.subject = audit.subject AND journal.owner = audit.writer AND"              \
    " journal.kind || '.' || journal.event = audit.action AND order_id <> '' ORDER BY sequence DESC"         \
    " LIMIT 1), '')"

#define FOUND "(SELECT " COLUMNS ", " ORDER_OF " AS order_id, CASE"
#define WHERE                                                                                                \
    " END AS result FROM audit) AS found"                                                                    \
    " WHERE at_utc_ms >= ?1 AND at_utc_ms < ?2 AND (?3 = '' OR actor = ?3)"                                  \
    " AND (?4 = 0 OR actor = '' OR actor = writer) AND (?5 = '' OR writer = ?5)"                             \
    " AND (?6 = '' OR action LIKE ?6 || '.%') AND (?7 = '' OR result = ?7)"                                  \
    " AND (?8 = '' OR subject = ?8 OR order_id = ?8)"                                                        \
    " AND (?9 = '' OR actor LIKE ?9 ESCAPE '\\' OR writer LIKE ?9 ESCAPE '\\'"                               \
    " OR subject LIKE ?9 ESCAPE '\\' OR detail LIKE ?9 ESCAPE '\\'"                                          \
    " OR ?10 LIKE '%,' || action || ',%' OR (order_id <> '' AND ?11 LIKE '%,' || order_id || ',%')"          \
    " OR order_id IN (SELECT id FROM orders WHERE acceptance LIKE ?9 ESCAPE '\\'))"

#define STORE_AUDIT_RESULT(code, name, rule) " WHEN " rule " THEN '" name "'"
static const char list_sql[] =
    "SELECT " COLUMNS ", order_id, result,"
    " coalesce((SELECT acceptance FROM orders WHERE id = order_id), '') FROM " FOUND
#include "kiosk/store/store_audit_results.def"
        WHERE " ORDER BY at_utc_ms DESC, writer, number DESC LIMIT ?12 OFFSET ?13";
static const char count_sql[] = "SELECT count(*) FROM " FOUND
#include "kiosk/store/store_audit_results.def"
    WHERE;
#undef STORE_AUDIT_RESULT

static const char *const result_names[] = {
#define STORE_AUDIT_RESULT(code, name, rule) name,
#include "kiosk/store/store_audit_results.def"
#undef STORE_AUDIT_RESULT
};

const char *store_audit_result_name(enum store_audit_result result)
{
    return (unsigned)result < STORE_AUDIT_RESULT_COUNT_ ? result_names[result] : "invalid";
}

enum store_audit_result store_audit_result_from_name(const char *name)
{
    int result = 0;
    while (result < STORE_AUDIT_RESULT_COUNT_ && strcmp(result_names[result], name) != 0)
        result++;
    return (enum store_audit_result)result;
}

static enum status read_found(const struct db_rows *rows, void *out)
{
    struct store_audit_found *found = out;
    int result = 0;
    enum status status = store_audit_read(rows, &found->row);
    if (status == STATUS_OK)
        status = store_inner_text(rows, COLUMN_COUNT, found->order_id, sizeof(found->order_id));
    if (status == STATUS_OK)
        status = store_inner_name(rows, COLUMN_COUNT + 1, result_names, STORE_AUDIT_RESULT_COUNT_, &result);
    if (status == STATUS_OK)
        status = store_inner_text(rows, COLUMN_COUNT + 2, found->acceptance, sizeof(found->acceptance));
    found->result = (enum store_audit_result)result;
    return status;
}

/* What is typed is searched for as it is: the signs of a pattern in it mean themselves. */
static void pattern_of(const char *text, char out[PATTERN_BYTES])
{
    size_t length = 0;
    out[0] = '\0';
    if (text[0] == '\0')
        return;
    out[length++] = '%';
    for (; *text != '\0'; text++) {
        if (*text == '%' || *text == '_' || *text == '\\')
            out[length++] = '\\';
        out[length++] = *text;
    }
    out[length++] = '%';
    out[length] = '\0';
}

/* ?1 to ?11 of both statements. */
enum { FILTER_PARAMS = 11 };
static void fill_params(const struct store_audit_filter *filter, const char *pattern,
                        struct db_value params[FILTER_PARAMS])
{
    const struct db_value values[FILTER_PARAMS] = {
        db_integer(filter->from_utc_ms),
        db_integer(filter->until_utc_ms == 0 ? INT64_MAX : filter->until_utc_ms),
        db_text(filter->actor),
        db_integer(filter->by_program),
        db_text(filter->writer),
        db_text(filter->kind),
        db_text(filter->has_result ? store_audit_result_name(filter->result) : ""),
        db_text(filter->about),
        db_text(pattern),
        db_text(filter->actions),
        db_text(filter->orders)};
    memcpy(params, values, sizeof(values));
}

enum status store_audit_filter_list(struct store *store, const struct store_audit_filter *filter,
                                    size_t offset, struct store_audit_found *out, size_t capacity,
                                    size_t *count, struct failure *failure)
{
    char pattern[PATTERN_BYTES];
    struct db_value params[FILTER_PARAMS + 2];
    pattern_of(filter->text, pattern);
    fill_params(filter, pattern, params);
    params[FILTER_PARAMS] = db_integer((int64_t)capacity);
    params[FILTER_PARAMS + 1] = db_integer((int64_t)offset);
    return store_inner_read_all(store, read_found, out, sizeof(*out), capacity, count, list_sql, params,
                                FILTER_PARAMS + 2, failure);
}

enum status store_audit_filter_count(struct store *store, const struct store_audit_filter *filter,
                                     int64_t *out, struct failure *failure)
{
    char pattern[PATTERN_BYTES];
    struct db_value params[FILTER_PARAMS];
    pattern_of(filter->text, pattern);
    fill_params(filter, pattern, params);
    return store_inner_integer(store, out, count_sql, params, FILTER_PARAMS, failure);
}

static enum status read_name(const struct db_rows *rows, void *out)
{
    struct store_audit_name *name = out;
    return store_inner_text(rows, 0, name->name, sizeof(name->name));
}

enum status store_audit_filter_names(struct store *store, enum store_audit_column column,
                                     struct store_audit_name *out, size_t capacity, size_t *count,
                                     struct failure *failure)
{
    static const char *const sql[] = {
        [STORE_AUDIT_ACTIONS] = "SELECT DISTINCT action FROM audit ORDER BY action LIMIT ?1",
        [STORE_AUDIT_ACTORS] = "SELECT DISTINCT actor FROM audit WHERE actor <> '' AND actor <> writer"
                               " ORDER BY actor LIMIT ?1",
        [STORE_AUDIT_WRITERS] = "SELECT DISTINCT writer FROM audit ORDER BY writer LIMIT ?1"};
    return store_inner_read_all(store, read_name, out, sizeof(*out), capacity, count, sql[column],
                                DB_PARAMS(db_integer((int64_t)capacity)), failure);
}
