/* Scanned pages: one sealed JPEG per order, paper and page. */
#include "kiosk/store/store_page.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_seal.h"

#define COLUMNS                                                                                              \
    "page.page, version, verdict, dpi, width_px, height_px, findings, sha256, size_bytes, at_utc_s"

enum { PLACE_BYTES = STORE_NAME_BYTES + 16 };

static void write_place(char out[PLACE_BYTES], const char *paper, int page)
{
    snprintf(out, PLACE_BYTES, "%s/%d", paper, page);
}

static enum status read_page(const struct db_rows *rows, void *out)
{
    struct store_page *page = out;
    enum status status = store_inner_text(rows, 0, page->paper, sizeof(page->paper));
    page->page = (int)db_column_integer(rows, 1);
    page->version = db_column_integer(rows, 2);
    page->verdict = (int)db_column_integer(rows, 3);
    page->dpi = (int)db_column_integer(rows, 4);
    page->width_px = (int)db_column_integer(rows, 5);
    page->height_px = (int)db_column_integer(rows, 6);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 7, page->findings, sizeof(page->findings));
    if (status == STATUS_OK)
        status = store_inner_bytes(rows, 8, page->sha256, sizeof(page->sha256));
    page->size_bytes = db_column_integer(rows, 9);
    page->at_utc_s = db_column_integer(rows, 10);
    if (status == STATUS_OK)
        status = store_inner_text(rows, 11, page->same_as, sizeof(page->same_as));
    return status;
}

static enum status write_page(struct store *store, const char *order_id, const struct store_page *page,
                              const uint8_t sha256[CRYPTO_SHA256_BYTES], size_t size,
                              const struct buf *sealed, struct failure *failure)
{
    return db_exec(
        store->db,
        "INSERT INTO page (order_id, paper, page, version, verdict, dpi, width_px, height_px, findings,"
        " sha256, size_bytes, at_utc_s, sealed)"
        " VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        " ON CONFLICT (order_id, paper, page) DO UPDATE SET version = page.version + 1, verdict = ?4,"
        " dpi = ?5, width_px = ?6, height_px = ?7, findings = ?8, sha256 = ?9, size_bytes = ?10,"
        " at_utc_s = ?11, sealed = ?12",
        DB_PARAMS(db_text(order_id), db_text(page->paper), db_integer(page->page), db_integer(page->verdict),
                  db_integer(page->dpi), db_integer(page->width_px), db_integer(page->height_px),
                  db_text(page->findings), db_bytes(sha256, CRYPTO_SHA256_BYTES), db_integer((int64_t)size),
                  db_integer(clock_utc_s(store->clock)), db_bytes(sealed->data, sealed->length)),
        NULL, failure);
}

static enum status record(struct store *store, const char *order_id, const char *place, const char *event,
                          struct failure *failure)
{
    return store_inner_record(
        store,
        &(struct store_inner_event){
            .kind = STORE_CHANGE_PAGE, .order_id = order_id, .subject = place, .event = event},
        failure);
}

/* The paper has no page of another one. */
static enum status part(struct store *store, const char *order_id, const char *paper, int64_t *parted,
                        struct failure *failure)
{
    return db_exec(store->db, "DELETE FROM page_same WHERE order_id = ?1 AND paper = ?2",
                   DB_PARAMS(db_text(order_id), db_text(paper)), parted, failure);
}

static enum status put(struct store *store, const char *order_id, const struct store_page *page,
                       const void *jpeg, size_t length, struct failure *failure)
{
    struct store_seal seal = {0};
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    char place[PLACE_BYTES];
    write_place(place, page->paper, page->page);
    struct buf sealed;
    buf_init(&sealed, LIMIT_STORED_ROW_BYTES);
    enum status status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status = store_seal_value(store, &seal, "page", place, "sealed", jpeg, length, &sealed, failure);
    crypto_sha256(jpeg, length, sha256);
    if (status == STATUS_OK)
        status = part(store, order_id, page->paper, NULL, failure);
    if (status == STATUS_OK)
        status = write_page(store, order_id, page, sha256, length, &sealed, failure);
    if (status == STATUS_OK)
        status = record(store, order_id, place, "put", failure);
    buf_release(&sealed);
    store_seal_wipe(&seal);
    return status;
}

enum status store_page_put(struct store *store, const char *order_id, const struct store_page *page,
                           const void *jpeg, size_t length, struct failure *failure)
{
    if (length > LIMIT_PAGE_JPEG_BYTES)
        return failure_set(failure, STATUS_FULL, "page", (long)length, "the scan is too large");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = put(store, order_id, page, jpeg, length, failure);
    return store_end(store, status, failure);
}

enum status store_page_list(struct store *store, const char *order_id, struct store_page *out,
                            size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_page, out, sizeof(*out), capacity, count,
                                "SELECT paper, " COLUMNS ", '' FROM page WHERE order_id = ?1"
                                " UNION ALL SELECT page_same.paper, " COLUMNS ", page_same.source"
                                " FROM page_same JOIN page ON page.order_id = page_same.order_id"
                                " AND page.paper = page_same.source WHERE page_same.order_id = ?1"
                                " ORDER BY 1, 2 LIMIT ?2",
                                DB_PARAMS(db_text(order_id), db_integer((int64_t)capacity)), failure);
}

/* The digest is compared too: it is what decisions and evidence speak of. */
static enum status open_page(const struct store_seal *seal, const struct db_rows *rows,
                             const struct store_page *page, struct buf *jpeg, struct failure *failure)
{
    char place[PLACE_BYTES];
    uint8_t sha256[CRYPTO_SHA256_BYTES];
    size_t length = 0;
    size_t before = jpeg->length;
    const uint8_t *sealed = db_column_bytes(rows, 12, &length);
    write_place(place, page->paper, page->page);
    enum status status = store_seal_plain(seal, "page", place, "sealed", sealed, length, jpeg, failure);
    if (status != STATUS_OK)
        return status;
    crypto_sha256(jpeg->data + before, jpeg->length - before, sha256);
    if (memcmp(sha256, page->sha256, sizeof(sha256)) == 0)
        return STATUS_OK;
    jpeg->length = before;
    return failure_set(failure, STATUS_MALFORMED, "page", 0, "bytes and digest differ");
}

enum status store_page_get(struct store *store, const char *order_id, const char *paper, int page,
                           struct store_page *out, struct buf *jpeg, struct failure *failure)
{
    struct store_seal seal = {0};
    struct store_page found = {0};
    struct db_rows *rows = NULL;
    enum status status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status = db_query(
            store->db,
            "SELECT paper, " COLUMNS ", '', sealed FROM page WHERE order_id = ?1 AND page = ?3"
            " AND paper = coalesce((SELECT source FROM page_same WHERE order_id = ?1 AND paper = ?2),"
            " ?2)",
            DB_PARAMS(db_text(order_id), db_text(paper), db_integer(page)), &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK)
        status = read_page(rows, &found);
    if (status == STATUS_OK)
        status = open_page(&seal, rows, &found, jpeg, failure);
    if (status == STATUS_OK && strcmp(found.paper, paper) != 0) {
        (void)memcpy(found.same_as, found.paper, sizeof(found.same_as));
        (void)text_copy(found.paper, sizeof(found.paper), paper);
    }
    if (status == STATUS_OK && out)
        *out = found;
    db_rows_end(rows);
    store_seal_wipe(&seal);
    return status;
}

static enum status same(struct store *store, const char *order_id, const char *paper, const char *source,
                        struct failure *failure)
{
    int64_t there = 0;
    enum status status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status =
            store_inner_integer(store, &there, "SELECT count(*) FROM page WHERE order_id = ?1 AND paper = ?2",
                                DB_PARAMS(db_text(order_id), db_text(source)), failure);
    if (status == STATUS_OK && there == 0)
        status = failure_set(failure, STATUS_NOT_FOUND, "page", 0, "%s has no page of its own", source);
    if (status == STATUS_OK)
        status = db_exec(store->db, "DELETE FROM page WHERE order_id = ?1 AND paper = ?2",
                         DB_PARAMS(db_text(order_id), db_text(paper)), NULL, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "INSERT INTO page_same (order_id, paper, source) VALUES (?1, ?2, ?3)"
                         " ON CONFLICT (order_id, paper) DO UPDATE SET source = ?3",
                         DB_PARAMS(db_text(order_id), db_text(paper), db_text(source)), NULL, failure);
    return status;
}

enum status store_page_same(struct store *store, const char *order_id, const char *paper, const char *source,
                            struct failure *failure)
{
    char place[PLACE_BYTES];
    check(strcmp(paper, source) != 0);
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    write_place(place, paper, 1);
    status = same(store, order_id, paper, source, failure);
    if (status == STATUS_OK)
        status = record(store, order_id, place, "same", failure);
    return store_end(store, status, failure);
}

enum status store_page_delete(struct store *store, const char *order_id, const char *paper, int page,
                              struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    char place[PLACE_BYTES];
    int64_t changed = 0;
    write_place(place, paper, page);
    status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = part(store, order_id, paper, &changed, failure);
    if (status == STATUS_OK && changed == 0)
        status = db_exec(store->db, "DELETE FROM page WHERE order_id = ?1 AND paper = ?2 AND page = ?3",
                         DB_PARAMS(db_text(order_id), db_text(paper), db_integer(page)), &changed, failure);
    if (status == STATUS_OK && changed == 0)
        status = failure_set(failure, STATUS_NOT_FOUND, "page", 0, "no such page");
    if (status == STATUS_OK) /* what was cut out of it goes with it */
        status = db_exec(store->db, "DELETE FROM sample WHERE order_id = ?1 AND paper = ?2",
                         DB_PARAMS(db_text(order_id), db_text(paper)), NULL, failure);
    if (status == STATUS_OK)
        status = record(store, order_id, place, "delete", failure);
    return store_end(store, status, failure);
}
