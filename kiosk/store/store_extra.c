/* Extra pages: a row for each place, its title sealed. */
#include "kiosk/store/store_extra.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_seal.h"

static enum status insert(struct store *store, const char *order_id, const struct store_extra *extra,
                          struct failure *failure)
{
    struct store_seal seal = {0};
    struct buf sealed;
    buf_init(&sealed, STORE_EXTRA_TITLE_BYTES + CRYPTO_SEAL_OVERHEAD_BYTES);
    enum status status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status = store_seal_value(store, &seal, "page_extra", extra->paper, "title", extra->title,
                                  strlen(extra->title), &sealed, failure);
    if (status == STATUS_OK)
        status = store_inner_change_row(
            store,
            "INSERT INTO page_extra (order_id, paper, title) VALUES (?1, ?2, ?3)"
            " ON CONFLICT (order_id, paper) DO NOTHING",
            DB_PARAMS(db_text(order_id), db_text(extra->paper), db_bytes(sealed.data, sealed.length)),
            failure);
    store_seal_wipe(&seal);
    buf_release(&sealed);
    return status;
}

enum status store_extra_add(struct store *store, const char *order_id, const struct store_extra *extra,
                            struct failure *failure)
{
    if (memchr(extra->title, 0, sizeof(extra->title)) == NULL)
        return failure_set(failure, STATUS_FULL, "extra", 0, "the title is too long");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = insert(store, order_id, extra, failure);
    if (status == STATUS_OK)
        status = store_inner_record(
            store,
            &(struct store_inner_event){
                .kind = STORE_CHANGE_PAGE, .order_id = order_id, .subject = extra->paper, .event = "add"},
            failure);
    return store_end(store, status, failure);
}

static enum status read_extra(const struct store_seal *seal, const struct db_rows *rows,
                              struct store_extra *out)
{
    struct buf plain;
    size_t length = 0;
    *out = (struct store_extra){0};
    buf_init(&plain, STORE_EXTRA_TITLE_BYTES);
    enum status status = store_inner_text(rows, 0, out->paper, sizeof(out->paper));
    const uint8_t *sealed = db_column_bytes(rows, 1, &length);
    if (status == STATUS_OK)
        status = store_seal_plain(seal, "page_extra", out->paper, "title", sealed, length, &plain, NULL);
    if (status == STATUS_OK && plain.length > 0 &&
        !text_copy(out->title, sizeof(out->title), (const char *)plain.data))
        status = STATUS_MALFORMED;
    buf_wipe(&plain);
    return status;
}

enum status store_extra_list(struct store *store, const char *order_id, struct store_extra *out,
                             size_t capacity, size_t *count, struct failure *failure)
{
    struct store_seal seal = {0};
    struct db_rows *rows = NULL;
    size_t filled = 0;
    enum status status =
        db_query(store->db, "SELECT paper, title FROM page_extra WHERE order_id = ?1 ORDER BY paper",
                 DB_PARAMS(db_text(order_id)), &rows, failure);
    while (status == STATUS_OK && filled < capacity) {
        status = db_rows_next(rows, failure);
        if (status == STATUS_OK && filled == 0)
            status = store_seal_open(store, order_id, &seal, failure);
        if (status == STATUS_OK)
            status = read_extra(&seal, rows, &out[filled]);
        filled += status == STATUS_OK;
    }
    db_rows_end(rows);
    store_seal_wipe(&seal);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    *count = filled;
    return STATUS_OK;
}
