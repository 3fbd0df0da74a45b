#include "kiosk/store/store_key_number.h"

#include <string.h>

#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_key.h"

enum { TAKEN_MOST = 1000 }; /* numbers of another pattern that look the same are passed over */

struct number {
    char text[ORDER_ACCEPTANCE_BYTES];
};

static enum status read_number(const struct db_rows *rows, void *out)
{
    struct number *number = out;
    return store_inner_text(rows, 0, number->text, sizeof(number->text));
}

static enum status load(struct store *store, const char *sql, const char *subject,
                        char out[ORDER_ACCEPTANCE_BYTES], struct failure *failure)
{
    struct number number;
    enum status status = store_inner_read_one(store, read_number, &number, sizeof(number), sql,
                                              DB_PARAMS(db_text(subject)), failure);
    if (status == STATUS_OK)
        (void)memcpy(out, number.text, sizeof(number.text));
    return status;
}

enum status store_key_number_load(struct store *store, const char *mark, char out[ORDER_ACCEPTANCE_BYTES],
                                  struct failure *failure)
{
    return load(store, "SELECT number FROM key_number WHERE key_mark = ?1", mark, out, failure);
}

enum status store_key_number_load_order(struct store *store, const char *order_id,
                                        char out[ORDER_ACCEPTANCE_BYTES], struct failure *failure)
{
    return load(store,
                "SELECT n.number FROM key_number n JOIN token_key k ON k.mark = n.key_mark"
                " WHERE k.order_id = ?1 ORDER BY k.number DESC",
                order_id, out, failure);
}

static enum status count_up(struct store *store, const char *pattern, int64_t *count, struct failure *failure)
{
    enum status status = db_exec(store->db,
                                 "INSERT INTO key_number_counter (pattern, last) VALUES (?1, 1)"
                                 " ON CONFLICT (pattern) DO UPDATE SET last = key_number_counter.last + 1",
                                 DB_PARAMS(db_text(pattern)), NULL, failure);
    return status == STATUS_OK
               ? store_inner_integer(store, count, "SELECT last FROM key_number_counter WHERE pattern = ?1",
                                     DB_PARAMS(db_text(pattern)), failure)
               : status;
}

static enum status next_free(struct store *store, const char *pattern, struct number *out,
                             struct failure *failure)
{
    int64_t taken = 1;
    enum status status = STATUS_OK;
    for (unsigned i = 0; i < TAKEN_MOST && taken > 0 && status == STATUS_OK; i++) {
        int64_t count = 0;
        status = count_up(store, pattern, &count, failure);
        if (status != STATUS_OK)
            return status;
        status = order_number_make(pattern, clock_utc_s(store->clock), count, out->text);
        if (status != STATUS_OK)
            return failure_set(failure, status, "key_number", 0, "number %lld of %s", (long long)count,
                               pattern);
        status = store_inner_integer(store, &taken, "SELECT count(*) FROM key_number WHERE number = ?1",
                                     DB_PARAMS(db_text(out->text)), failure);
    }
    return status == STATUS_OK && taken > 0 ? STATUS_FULL : status;
}

static enum status insert(struct store *store, const struct store_key *key, const struct number *number,
                          struct failure *failure)
{
    enum status status =
        db_exec(store->db,
                "INSERT INTO key_number (number, key_mark, created_utc_s)"
                " VALUES (?1, ?2, ?3)",
                DB_PARAMS(db_text(number->text), db_text(key->mark), db_integer(clock_utc_s(store->clock))),
                NULL, failure);
    if (status == STATUS_OK)
        status = store_inner_record(store,
                                    &(struct store_inner_event){.kind = STORE_CHANGE_KEY,
                                                                .order_id = key->order_id,
                                                                .subject = key->mark,
                                                                .event = "numbered",
                                                                .from = store_key_state_name(key->state),
                                                                .to = store_key_state_name(key->state),
                                                                .note = number->text},
                                    failure);
    return status;
}

static enum status draw(struct store *store, const char *mark, const char *pattern, struct number *out,
                        struct failure *failure)
{
    struct store_key key;
    enum status status = store_key_number_load(store, mark, out->text, failure);
    if (status != STATUS_NOT_FOUND)
        return status;
    status = store_key_load(store, mark, &key, failure);
    if (status == STATUS_OK)
        status = next_free(store, pattern, out, failure);
    return status == STATUS_OK ? insert(store, &key, out, failure) : status;
}

enum status store_key_number_draw(struct store *store, const char *mark, const char *pattern,
                                  char out[ORDER_ACCEPTANCE_BYTES], struct failure *failure)
{
    struct number number = {0};
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_end(store, draw(store, mark, pattern, &number, failure), failure);
    if (status == STATUS_OK)
        (void)memcpy(out, number.text, sizeof(number.text));
    return status;
}
