/* Everything is read once: file, chains, every sealed value. */
#include "kiosk/store/store_check.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_seal.h"

enum { PLACE_BYTES = 256 };

/* One table with sealed values: a query for order, place and value, in order of orders. */
struct sealed_table {
    const char *name;
    const char *sql; /* order id, row, column, sealed */
};

static const struct sealed_table sealed_tables[] = {
    {"field", "SELECT order_id, name, 'sealed', sealed FROM field ORDER BY order_id"},
    {"invoice", "SELECT order_id, 'title', 'sealed', sealed FROM invoice WHERE length(sealed) > 0"
                " ORDER BY order_id"},
    {"page", "SELECT order_id, paper || '/' || page, 'sealed', sealed FROM page ORDER BY order_id"},
    {"page_extra", "SELECT order_id, paper, 'title', title FROM page_extra ORDER BY order_id"},
    {"rejection",
     "SELECT order_id, decision_id || '/' || number, 'sealed', sealed FROM rejection ORDER BY order_id"},
    {"phone_request", "SELECT order_id, order_id, 'sealed', sealed FROM phone_request ORDER BY order_id"},
    {"soft_certificate",
     "SELECT order_id, request_id, 'sealed', sealed FROM soft_certificate WHERE length(sealed) > 0"
     " ORDER BY order_id"},
    {"certificate_part",
     "SELECT certificate.order_id, certificate_part.request_id, part, sealed FROM certificate_part"
     " JOIN certificate ON certificate.request_id = certificate_part.request_id"
     " ORDER BY certificate.order_id"},
};

/* Every order has its data key or nothing that would need one. */
static enum status open_row(struct store *store, const struct sealed_table *table, const struct db_rows *rows,
                            struct store_seal *seal, struct failure *failure)
{
    const char *order_id = db_column_text(rows, 0);
    if (strcmp(seal->order_id, order_id) != 0) {
        enum status status = store_seal_open(store, order_id, seal, failure);
        if (status != STATUS_OK)
            return status == STATUS_NOT_FOUND ? STATUS_MALFORMED : status;
    }
    struct buf plain;
    size_t length = 0;
    buf_init(&plain, LIMIT_STORED_ROW_BYTES);
    const uint8_t *sealed = db_column_bytes(rows, 3, &length);
    enum status status = store_seal_plain(seal, table->name, db_column_text(rows, 1), db_column_text(rows, 2),
                                          sealed, length, &plain, failure);
    buf_wipe(&plain);
    return status;
}

static enum status check_table(struct store *store, const struct sealed_table *table, int64_t *opened,
                               struct failure *failure)
{
    struct store_seal seal = {0};
    struct db_rows *rows = NULL;
    enum status status = db_query(store->db, table->sql, DB_NONE, &rows, failure);
    while (status == STATUS_OK) {
        status = db_rows_next(rows, failure);
        if (status != STATUS_OK)
            break;
        status = open_row(store, table, rows, &seal, failure);
        if (status == STATUS_OK)
            (*opened)++;
    }
    db_rows_end(rows);
    store_seal_wipe(&seal);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status check_sealed(struct store *store, int64_t *opened, struct failure *failure)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sizeof(sealed_tables) / sizeof(sealed_tables[0]); i++)
        status = check_table(store, &sealed_tables[i], opened, failure);
    return status;
}

static enum status first_bad(const struct store_check_report *report)
{
    if (report->file != STATUS_OK)
        return report->file;
    return report->audit != STATUS_OK ? report->audit : report->sealed;
}

enum status store_check(struct store *store, struct store_check_report *report, struct failure *failure)
{
    *report = (struct store_check_report){0};
    report->file = db_check(store->db, failure);
    report->audit =
        store_audit_verify(store, &report->audit_report, report->file == STATUS_OK ? failure : NULL);
    report->sealed =
        check_sealed(store, &report->sealed_values, first_bad(report) == STATUS_OK ? failure : NULL);
    enum status counted =
        store_inner_integer(store, &report->orders, "SELECT count(*) FROM orders", DB_NONE, NULL);
    if (counted == STATUS_OK)
        counted = store_inner_integer(store, &report->open_intentions,
                                      "SELECT count(*) FROM intention WHERE state = 'open'", DB_NONE, NULL);
    enum status status = first_bad(report);
    return status != STATUS_OK ? status : counted;
}

enum status store_backup(struct store *store, const char *path, struct failure *failure)
{
    return db_backup(store->db, path, failure);
}
