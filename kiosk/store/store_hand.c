#include "kiosk/store/store_hand.h"

#include <string.h>

#include "kiosk/store/store_inner.h"

#define COLUMNS "h.decision_id, h.out_trade_no, h.action, h.method, h.reference, h.at_utc_s"
#define IN_FORCE " JOIN decision d ON d.id = h.decision_id AND d.state <> 'withdrawn'"

enum { REFERENCE_SHORTEST = 4 };

bool store_hand_is_reference(const char *text)
{
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_/.");
    return text[length] == '\0' && length >= REFERENCE_SHORTEST && length < STORE_HAND_REFERENCE_BYTES;
}

static enum status read_hand(const struct db_rows *rows, void *out)
{
    struct store_hand *hand = out;
    const struct {
        char *text;
        size_t size;
    } columns[] = {{hand->decision_id, sizeof(hand->decision_id)},
                   {hand->out_trade_no, sizeof(hand->out_trade_no)},
                   {hand->action, sizeof(hand->action)},
                   {hand->method, sizeof(hand->method)},
                   {hand->reference, sizeof(hand->reference)}};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]) && status == STATUS_OK; i++)
        status = store_inner_text(rows, (int)i, columns[i].text, columns[i].size);
    hand->at_utc_s = db_column_integer(rows, 5);
    return status;
}

/* A number that stands for money already counted cannot stand for more. */
static enum status check_unused(struct store *store, const struct store_hand *hand, struct failure *failure)
{
    int64_t used = 0;
    enum status status = store_inner_integer(
        store, &used,
        "SELECT count(*) FROM hand_money h" IN_FORCE
        " WHERE h.reference = ?1 AND h.method = ?2 AND h.action = ?3 AND h.out_trade_no <> ?4",
        DB_PARAMS(db_text(hand->reference), db_text(hand->method), db_text(hand->action),
                  db_text(hand->out_trade_no)),
        failure);
    if (status == STATUS_OK && used > 0)
        status = failure_set(failure, STATUS_CONFLICT, "hand", 0, "the number stands for other money");
    return status;
}

static enum status insert(struct store *store, const struct store_hand *hand, struct failure *failure)
{
    return db_exec(store->db,
                   "INSERT INTO hand_money (decision_id, out_trade_no, action, method, reference, at_utc_s)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                   DB_PARAMS(db_text(hand->decision_id), db_text(hand->out_trade_no), db_text(hand->action),
                             db_text(hand->method), db_text(hand->reference), db_integer(hand->at_utc_s)),
                   NULL, failure);
}

enum status store_hand_put(struct store *store, const struct store_hand *hand, struct failure *failure)
{
    if (!store_hand_is_reference(hand->reference) || hand->method[0] == '\0' || hand->at_utc_s <= 0)
        return failure_set(failure, STATUS_MALFORMED, "hand", 0, "number, method or day");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = check_unused(store, hand, failure);
    if (status == STATUS_OK)
        status = insert(store, hand, failure);
    return store_end(store, status, failure);
}

enum status store_hand_load(struct store *store, const char *decision_id, struct store_hand *out,
                            struct failure *failure)
{
    return store_inner_read_one(store, read_hand, out, sizeof(*out),
                                "SELECT " COLUMNS " FROM hand_money h WHERE h.decision_id = ?1",
                                DB_PARAMS(db_text(decision_id)), failure);
}

enum status store_hand_load_of(struct store *store, const char *out_trade_no, const char *action,
                               struct store_hand *out, struct failure *failure)
{
    return store_inner_read_one(store, read_hand, out, sizeof(*out),
                                "SELECT " COLUMNS " FROM hand_money h" IN_FORCE
                                " WHERE h.out_trade_no = ?1 AND h.action = ?2 ORDER BY d.number DESC LIMIT 1",
                                DB_PARAMS(db_text(out_trade_no), db_text(action)), failure);
}
