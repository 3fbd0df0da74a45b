/* Orders: rows found by id, number or keyed hash, changed by compare-and-set. */
#include "kiosk/store/store_order.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_payment.h"
#include "kiosk/store/store_seal.h"

#define COLUMNS                                                                                              \
    "id, acceptance, product, class_id, operation, terminal, state, version, amount_fen, paid_fen,"          \
    " created_utc_s, updated_utc_s"

enum { END_CHARACTERS = 6, SQL_BYTES = 2048, PARAMS_MAX = 32 };

static const char *const lookup_names[STORE_ORDER_LOOKUP_COUNT_] = {
    [STORE_ORDER_LOOKUP_PHONE] = "phone",
    [STORE_ORDER_LOOKUP_CREDIT_CODE] = "credit-code",
    [STORE_ORDER_LOOKUP_ID_NUMBER] = "id-number",
};

static enum status read_order(const struct db_rows *rows, void *out)
{
    struct order *order = out;
    struct {
        char *out;
        size_t size;
    } texts[] = {{order->id, sizeof(order->id)},
                 {order->acceptance, sizeof(order->acceptance)},
                 {order->product, sizeof(order->product)},
                 {order->class_id, sizeof(order->class_id)},
                 {order->operation, sizeof(order->operation)},
                 {order->terminal, sizeof(order->terminal)}};
    enum status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < 6; i++)
        status = store_inner_text(rows, i, texts[i].out, texts[i].size);
    if (status == STATUS_OK)
        status = order_state_parse(db_column_text(rows, 6), &order->state);
    order->version = db_column_integer(rows, 7);
    order->amount_fen = db_column_integer(rows, 8);
    order->paid_fen = db_column_integer(rows, 9);
    order->created_utc_s = db_column_integer(rows, 10);
    order->updated_utc_s = db_column_integer(rows, 11);
    return status;
}

static const char *end_of(const char *acceptance)
{
    size_t length = strlen(acceptance);
    return length > END_CHARACTERS ? acceptance + length - END_CHARACTERS : acceptance;
}

static enum status insert_row(struct store *store, const struct order *order, struct failure *failure)
{
    return db_exec(
        store->db,
        "INSERT INTO orders (number, acceptance_end, " COLUMNS ")"
        " VALUES ((SELECT coalesce(max(number), 0) + 1 FROM orders), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
        " ?9, ?10, ?11, ?12, ?13)",
        DB_PARAMS(db_text(end_of(order->acceptance)), db_text(order->id), db_text(order->acceptance),
                  db_text(order->product), db_text(order->class_id), db_text(order->operation),
                  db_text(order->terminal), db_text(order_state_name(order->state)),
                  db_integer(order->version), db_integer(order->amount_fen), db_integer(order->paid_fen),
                  db_integer(order->created_utc_s), db_integer(order->updated_utc_s)),
        NULL, failure);
}

enum status store_order_insert(struct store *store, const struct order *order, struct failure *failure)
{
    if (order->id[0] == '\0' || order->acceptance[0] == '\0')
        return failure_set(failure, STATUS_MALFORMED, "order", 0, "no id or acceptance number");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = insert_row(store, order, failure);
    if (status == STATUS_OK)
        status = store_seal_create(store, order->id, failure);
    if (status == STATUS_OK)
        status = store_inner_record(store,
                                    &(struct store_inner_event){.kind = STORE_CHANGE_ORDER,
                                                                .order_id = order->id,
                                                                .subject = order->id,
                                                                .event = "insert",
                                                                .to = order_state_name(order->state),
                                                                .version = order->version},
                                    failure);
    return store_end(store, status, failure);
}

static enum status load(struct store *store, const char *sql, const struct db_value *params, size_t count,
                        struct order *out, struct failure *failure)
{
    struct order order;
    enum status status =
        store_inner_read_one(store, read_order, &order, sizeof(order), sql, params, count, failure);
    if (status == STATUS_OK)
        *out = order;
    return status;
}

enum status store_order_load(struct store *store, const char *id, struct order *out, struct failure *failure)
{
    return load(store, "SELECT " COLUMNS " FROM orders WHERE id = ?1", DB_PARAMS(db_text(id)), out, failure);
}

enum status store_order_load_by_number(struct store *store, const char *acceptance_no, struct order *out,
                                       struct failure *failure)
{
    return load(store, "SELECT " COLUMNS " FROM orders WHERE acceptance = ?1",
                DB_PARAMS(db_text(acceptance_no)), out, failure);
}

static void hash_lookup(const struct store *store, enum store_order_lookup kind, const char *value,
                        uint8_t out[CRYPTO_SHA256_BYTES])
{
    store_inner_hash(store, lookup_names[kind], value, strlen(value), out);
}

enum status store_order_find(struct store *store, const char *last_six, const char *phone, struct order *out,
                             struct failure *failure)
{
    uint8_t hash[CRYPTO_SHA256_BYTES];
    if (strlen(last_six) != END_CHARACTERS)
        return failure_set(failure, STATUS_NOT_FOUND, "order", 0, "not six characters");
    hash_lookup(store, STORE_ORDER_LOOKUP_PHONE, phone, hash);
    return load(store,
                "SELECT " COLUMNS " FROM orders JOIN order_lookup ON order_lookup.order_id = orders.id"
                " WHERE acceptance_end = ?1 AND order_lookup.kind = 'phone' AND hash = ?2"
                " ORDER BY number DESC LIMIT 1",
                DB_PARAMS(db_text(last_six), db_bytes(hash, sizeof(hash))), out, failure);
}

enum status store_order_set_lookup(struct store *store, const char *id, enum store_order_lookup kind,
                                   const char *value, struct failure *failure)
{
    uint8_t hash[CRYPTO_SHA256_BYTES];
    hash_lookup(store, kind, value, hash);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, id, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "INSERT INTO order_lookup (order_id, kind, hash) VALUES (?1, ?2, ?3)"
                         " ON CONFLICT (order_id, kind) DO UPDATE SET hash = ?3",
                         DB_PARAMS(db_text(id), db_text(lookup_names[kind]), db_bytes(hash, sizeof(hash))),
                         NULL, failure);
    return store_end(store, status, failure);
}

void store_order_hash_phone(const struct store *store, const char *phone, uint8_t out[CRYPTO_SHA256_BYTES])
{
    hash_lookup(store, STORE_ORDER_LOOKUP_PHONE, phone, out);
}

enum status store_order_move_phone(struct store *store, const char *from, const char *to,
                                   struct failure *failure)
{
    uint8_t old[CRYPTO_SHA256_BYTES], new[CRYPTO_SHA256_BYTES];
    store_order_hash_phone(store, from, old);
    store_order_hash_phone(store, to, new);
    return db_exec(store->db, "UPDATE order_lookup SET hash = ?2 WHERE kind = 'phone' AND hash = ?1",
                   DB_PARAMS(db_bytes(old, sizeof(old)), db_bytes(new, sizeof(new))), NULL, failure);
}

/* A query grows by conditions; parameters keep their place. */
struct list_query {
    struct buf sql;
    struct db_value params[PARAMS_MAX];
    size_t count;
    enum status status;
};

static void add_text(struct list_query *query, const char *text)
{
    if (query->status == STATUS_OK)
        query->status = buf_append_text(&query->sql, text);
}

/* A parameter is written as ?n; the condition stands before it. */
static void add(struct list_query *query, const char *condition, struct db_value value)
{
    if (query->status == STATUS_OK && query->count == PARAMS_MAX)
        query->status = STATUS_FULL;
    if (query->status != STATUS_OK)
        return;
    query->params[query->count++] = value;
    query->status = buf_append_format(&query->sql, "%s?%zu", condition, query->count);
}

static void add_states(struct list_query *query, const struct store_order_filter *filter)
{
    for (size_t i = 0; i < filter->states_count; i++)
        add(query, i == 0 ? " AND state IN (" : ", ", db_text(order_state_name(filter->states[i])));
    if (filter->states_count > 0)
        add_text(query, ")");
}

static void add_filter(struct list_query *query, const struct store_order_filter *filter,
                       const uint8_t hash[CRYPTO_SHA256_BYTES])
{
    add_text(query, " FROM orders WHERE 1 = 1");
    add_states(query, filter);
    if (filter->product)
        add(query, " AND product = ", db_text(filter->product));
    if (filter->since_utc_s)
        add(query, " AND created_utc_s >= ", db_integer(filter->since_utc_s));
    if (filter->until_utc_s)
        add(query, " AND created_utc_s < ", db_integer(filter->until_utc_s));
    if (filter->by_lookup) {
        add(query, " AND id IN (SELECT order_id FROM order_lookup WHERE kind = ",
            db_text(lookup_names[filter->lookup]));
        add(query, " AND hash = ", db_bytes(hash, CRYPTO_SHA256_BYTES));
        add_text(query, ")");
    }
    if (filter->by_alarm)
        add(query, " AND id IN (SELECT order_id FROM payment WHERE state = ",
            db_text(store_payment_state_name(STORE_PAYMENT_REFUND_ALARM)));
    if (filter->by_alarm)
        add_text(query, ")");
    if (filter->by_pay_back)
        add_text(query, " AND id IN (SELECT order_id FROM payment WHERE state = 'refunding'"
                        " AND channel IN ('desk', 'transfer'))");
    if (filter->by_late)
        add_text(query, " AND state <> 'paying' AND id IN (SELECT order_id FROM payment"
                        " WHERE state = 'closed' AND channel = 'transfer')");
}

static void build_list(struct list_query *query, const struct store_order_filter *filter,
                       const uint8_t hash[CRYPTO_SHA256_BYTES], size_t capacity)
{
    add_text(query, "SELECT " COLUMNS);
    add_filter(query, filter, hash);
    add_text(query, filter->newest_first ? " ORDER BY number DESC" : " ORDER BY number");
    add(query, " LIMIT ", db_integer((int64_t)capacity));
    add(query, " OFFSET ", db_integer((int64_t)filter->offset));
}

enum status store_order_list(struct store *store, const struct store_order_filter *filter, struct order *out,
                             size_t capacity, size_t *count, struct failure *failure)
{
    uint8_t hash[CRYPTO_SHA256_BYTES] = {0};
    if (filter->by_lookup)
        hash_lookup(store, filter->lookup, filter->lookup_value ? filter->lookup_value : "", hash);
    struct list_query query = {.status = STATUS_OK};
    buf_init(&query.sql, SQL_BYTES);
    build_list(&query, filter, hash, capacity);
    enum status status = query.status;
    if (status != STATUS_OK)
        status = failure_set(failure, status, "order list", 0, "the filter is too long");
    else
        status = store_inner_read_all(store, read_order, out, sizeof(*out), capacity, count,
                                      (const char *)query.sql.data, query.params, query.count, failure);
    buf_release(&query.sql);
    return status;
}

enum status store_order_count(struct store *store, const struct store_order_filter *filter, int64_t *out,
                              struct failure *failure)
{
    uint8_t hash[CRYPTO_SHA256_BYTES] = {0};
    if (filter->by_lookup)
        hash_lookup(store, filter->lookup, filter->lookup_value ? filter->lookup_value : "", hash);
    struct list_query query = {.status = STATUS_OK};
    buf_init(&query.sql, SQL_BYTES);
    add_text(&query, "SELECT count(*)");
    add_filter(&query, filter, hash);
    enum status status = query.status;
    if (status != STATUS_OK)
        status = failure_set(failure, status, "order count", 0, "the filter is too long");
    else
        status =
            store_inner_integer(store, out, (const char *)query.sql.data, query.params, query.count, failure);
    buf_release(&query.sql);
    return status;
}

static enum status write_transition(struct store *store, const struct order *order,
                                    const struct order_transition *transition, struct failure *failure)
{
    return store_inner_change_row(
        store,
        "UPDATE orders SET state = ?1, version = ?2, amount_fen = ?3, paid_fen = ?4, updated_utc_s = ?5"
        " WHERE id = ?6 AND version = ?7 AND state = ?8",
        DB_PARAMS(db_text(order_state_name(order->state)), db_integer(order->version),
                  db_integer(order->amount_fen), db_integer(order->paid_fen),
                  db_integer(order->updated_utc_s), db_text(order->id), db_integer(order->version - 1),
                  db_text(order_state_name(transition->from))),
        failure);
}

enum status store_order_apply(struct store *store, const struct order *order,
                              const struct order_transition *transition, struct failure *failure)
{
    if (order->state != transition->to)
        return failure_set(failure, STATUS_BAD_STATE, "order", 0, "the order did not enter the transition");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, order->id, failure);
    if (status == STATUS_OK)
        status = write_transition(store, order, transition, failure);
    if (status == STATUS_OK)
        status = store_inner_record(store,
                                    &(struct store_inner_event){.kind = STORE_CHANGE_ORDER,
                                                                .order_id = order->id,
                                                                .subject = order->id,
                                                                .event = order_event_name(transition->event),
                                                                .from = order_state_name(transition->from),
                                                                .to = order_state_name(transition->to),
                                                                .version = order->version},
                                    failure);
    return store_end(store, status, failure);
}

enum status store_order_divert(struct store *store, const char *id, enum order_state state,
                               const char *operation, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, id, failure);
    if (status == STATUS_OK)
        status = store_inner_change_row(
            store,
            "UPDATE orders SET operation = ?1, version = version + 1, updated_utc_s = ?2"
            " WHERE id = ?3 AND state = ?4",
            DB_PARAMS(db_text(operation), db_integer(clock_utc_s(store->clock)), db_text(id),
                      db_text(order_state_name(state))),
            failure);
    if (status == STATUS_OK)
        status = store_inner_record(store,
                                    &(struct store_inner_event){.kind = STORE_CHANGE_ORDER,
                                                                .order_id = id,
                                                                .subject = id,
                                                                .event = "divert",
                                                                .from = order_state_name(state),
                                                                .to = order_state_name(state)},
                                    failure);
    return store_end(store, status, failure);
}

enum status store_order_reprice(struct store *store, const char *id, int64_t amount_fen,
                                struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, id, failure);
    if (status == STATUS_OK)
        status = store_inner_change_row(
            store, "UPDATE orders SET amount_fen = ?1, version = version + 1 WHERE id = ?2 AND paid_fen = 0",
            DB_PARAMS(db_integer(amount_fen), db_text(id)), failure);
    return store_end(store, status, failure);
}

static enum status erase(struct store *store, const char *id, struct failure *failure)
{
    static const char *const statements[] = {
        "DELETE FROM order_key WHERE order_id = ?1",
        "DELETE FROM order_lookup WHERE order_id = ?1",
        "DELETE FROM field WHERE order_id = ?1",
        "DELETE FROM page WHERE order_id = ?1",
        "DELETE FROM page_same WHERE order_id = ?1",
        "DELETE FROM page_extra WHERE order_id = ?1",
        "DELETE FROM sample WHERE order_id = ?1",
        "DELETE FROM ticket WHERE order_id = ?1",
        "UPDATE invoice SET sealed = '' WHERE order_id = ?1",
        "DELETE FROM pickup_code WHERE order_id = ?1",
        "DELETE FROM phone_request WHERE order_id = ?1",
        "UPDATE soft_certificate SET sealed = '' WHERE order_id = ?1",
        "DELETE FROM rejection WHERE order_id = ?1",
        "DELETE FROM order_finding WHERE order_id = ?1",
        "DELETE FROM order_source WHERE order_id = ?1",
        "DELETE FROM notice WHERE order_id = ?1",
        "DELETE FROM verification WHERE order_id = ?1",
        "DELETE FROM certificate_part WHERE request_id IN (SELECT request_id FROM certificate WHERE order_id "
        "= ?1)",
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sizeof(statements) / sizeof(statements[0]); i++)
        status = db_exec(store->db, statements[i], DB_PARAMS(db_text(id)), NULL, failure);
    return status;
}

enum status store_order_forget(struct store *store, const char *id, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, id, failure);
    if (status == STATUS_OK)
        status = erase(store, id, failure);
    if (status == STATUS_OK)
        status = store_inner_record(
            store,
            &(struct store_inner_event){
                .kind = STORE_CHANGE_ORDER, .order_id = id, .subject = id, .event = "forget"},
            failure);
    status = store_end(store, status, failure);
    /* the wrapped key must leave the log too; while others read, their next commits will see to it */
    if (status == STATUS_OK && store->depth == 0)
        (void)db_tidy(store->db, NULL);
    return status;
}
