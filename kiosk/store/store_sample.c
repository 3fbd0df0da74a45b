#include "kiosk/store/store_sample.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/limits.h"
#include "kiosk/store/store_inner.h"
#include "kiosk/store/store_seal.h"

#define COLUMNS "paper, zone, kind, fault, chosen_by, approved_utc_s, width_um, height_um, sha256"

static const char *const choice_names[STORE_SAMPLE_CHOICE_COUNT_] = {"", "best", "tick", "applicant"};

enum { PLACE_BYTES = 2 * STORE_NAME_BYTES + 2 };

static void write_place(char out[PLACE_BYTES], const char *paper, const char *zone)
{
    (void)snprintf(out, PLACE_BYTES, "%s/%s", paper, zone);
}

static enum status record(struct store *store, const char *order_id, const char *subject, const char *event,
                          struct failure *failure)
{
    return store_inner_record(
        store,
        &(struct store_inner_event){
            .kind = STORE_CHANGE_PAGE, .order_id = order_id, .subject = subject, .event = event},
        failure);
}

/* --- replacing --------------------------------------------------------------------------------------- */

static enum status seal_part(struct store *store, const struct store_seal *seal, const char *place,
                             const char *column, const void *plain, size_t length, struct buf *out,
                             struct failure *failure)
{
    return length == 0 ? STATUS_OK
                       : store_seal_value(store, seal, "sample", place, column, plain, length, out, failure);
}

static enum status insert(struct store *store, const struct store_seal *seal,
                          const struct store_sample *sample, const struct store_sample_bytes *bytes,
                          size_t number, struct failure *failure)
{
    char place[PLACE_BYTES];
    uint8_t sha256[CRYPTO_SHA256_BYTES] = {0};
    struct buf cut, picture;
    buf_init(&cut, LIMIT_STORED_ROW_BYTES);
    buf_init(&picture, LIMIT_STORED_ROW_BYTES);
    write_place(place, sample->paper, sample->zone);
    if (bytes->picture_length > 0)
        crypto_sha256(bytes->picture, bytes->picture_length, sha256);
    enum status status =
        seal_part(store, seal, place, "sealed", bytes->cut, bytes->cut_length, &cut, failure);
    if (status == STATUS_OK)
        status = seal_part(store, seal, place, "picture", bytes->picture, bytes->picture_length, &picture,
                           failure);
    if (status == STATUS_OK)
        status = db_exec(store->db,
                         "INSERT INTO sample (order_id, number, sealed, picture, " COLUMNS ")"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?11, ?12)",
                         DB_PARAMS(db_text(seal->order_id), db_integer((int64_t)number),
                                   db_bytes(cut.data, cut.length), db_bytes(picture.data, picture.length),
                                   db_text(sample->paper), db_text(sample->zone), db_text(sample->kind),
                                   db_text(sample->fault), db_text(choice_names[sample->chosen]),
                                   db_integer(sample->width_um), db_integer(sample->height_um),
                                   db_bytes(sha256, sizeof(sha256))),
                         NULL, failure);
    buf_release(&cut);
    buf_release(&picture);
    return status;
}

static enum status replace(struct store *store, const char *order_id, const char *paper,
                           const struct store_sample *samples, const struct store_sample_bytes *bytes,
                           size_t count, struct failure *failure)
{
    struct store_seal seal = {0};
    enum status status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = db_exec(store->db, "DELETE FROM sample WHERE order_id = ?1 AND paper = ?2",
                         DB_PARAMS(db_text(order_id), db_text(paper)), NULL, failure);
    if (status == STATUS_OK && count > 0)
        status = store_seal_open(store, order_id, &seal, failure);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = insert(store, &seal, &samples[i], &bytes[i], i, failure);
    store_seal_wipe(&seal);
    return status;
}

enum status store_sample_replace(struct store *store, const char *order_id, const char *paper,
                                 const struct store_sample *samples, const struct store_sample_bytes *bytes,
                                 size_t count, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = replace(store, order_id, paper, samples, bytes, count, failure);
    if (status == STATUS_OK && count > 0)
        status = record(store, order_id, paper, "sampled", failure);
    return store_end(store, status, failure);
}

/* --- choosing and approving -------------------------------------------------------------------------- */

static enum status load_one(struct store *store, const char *order_id, const char *paper, const char *zone,
                            struct store_sample *out, struct failure *failure);

static enum status choose(struct store *store, const char *order_id, const char *paper, const char *zone,
                          struct failure *failure)
{
    struct store_sample sample;
    int64_t changed = 0;
    char place[PLACE_BYTES];
    enum status status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = load_one(store, order_id, paper, zone, &sample, failure);
    if (status != STATUS_OK)
        return status;
    status = db_exec(
        store->db,
        "UPDATE sample SET chosen_by = CASE WHEN paper = ?3 AND zone = ?4 THEN 'applicant' ELSE '' END"
        " WHERE order_id = ?1 AND kind = ?2 AND NOT EXISTS (SELECT 1 FROM sample AS approved"
        " WHERE approved.order_id = ?1 AND approved.kind = ?2 AND approved.approved_utc_s <> 0)",
        DB_PARAMS(db_text(order_id), db_text(sample.kind), db_text(paper), db_text(zone)), &changed, failure);
    if (status == STATUS_OK && changed == 0)
        status = failure_set(failure, STATUS_BAD_STATE, "sample", 0, "one of its kind is approved");
    write_place(place, paper, zone);
    return status == STATUS_OK ? record(store, order_id, place, "chosen", failure) : status;
}

enum status store_sample_choose(struct store *store, const char *order_id, const char *paper,
                                const char *zone, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    return store_end(store, choose(store, order_id, paper, zone, failure), failure);
}

enum status store_sample_approve(struct store *store, const char *order_id, struct failure *failure)
{
    int64_t changed = 0;
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = db_exec(store->db,
                     "UPDATE sample SET approved_utc_s = ?2 WHERE order_id = ?1 AND chosen_by <> ''"
                     " AND approved_utc_s = 0",
                     DB_PARAMS(db_text(order_id), db_integer(clock_utc_s(store->clock))), &changed, failure);
    if (status == STATUS_OK && changed > 0)
        status = record(store, order_id, order_id, "samples-approved", failure);
    return store_end(store, status, failure);
}

/* --- reading ----------------------------------------------------------------------------------------- */

static enum status read_sample(const struct db_rows *rows, void *out)
{
    struct store_sample *sample = out;
    int choice = 0;
    enum status status = store_inner_text(rows, 0, sample->paper, sizeof(sample->paper));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, sample->zone, sizeof(sample->zone));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 2, sample->kind, sizeof(sample->kind));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 3, sample->fault, sizeof(sample->fault));
    if (status == STATUS_OK)
        status = store_inner_name(rows, 4, choice_names, STORE_SAMPLE_CHOICE_COUNT_, &choice);
    sample->chosen = (enum store_sample_choice)choice;
    sample->approved_utc_s = db_column_integer(rows, 5);
    sample->width_um = db_column_integer(rows, 6);
    sample->height_um = db_column_integer(rows, 7);
    return status == STATUS_OK ? store_inner_bytes(rows, 8, sample->sha256, sizeof(sample->sha256)) : status;
}

static enum status load_one(struct store *store, const char *order_id, const char *paper, const char *zone,
                            struct store_sample *out, struct failure *failure)
{
    return store_inner_read_one(store, read_sample, out, sizeof(*out),
                                "SELECT " COLUMNS
                                " FROM sample WHERE order_id = ?1 AND paper = ?2 AND zone = ?3",
                                DB_PARAMS(db_text(order_id), db_text(paper), db_text(zone)), failure);
}

enum status store_sample_list(struct store *store, const char *order_id, struct store_sample *out,
                              size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(store, read_sample, out, sizeof(*out), capacity, count,
                                "SELECT " COLUMNS " FROM sample WHERE order_id = ?1 ORDER BY paper, number"
                                " LIMIT ?2",
                                DB_PARAMS(db_text(order_id), db_integer((int64_t)capacity)), failure);
}

enum status store_sample_part(struct store *store, const char *order_id, const char *paper, const char *zone,
                              enum store_sample_part part, struct buf *out, struct failure *failure)
{
    const char *column = part == STORE_SAMPLE_CUT ? "sealed" : "picture";
    struct store_seal seal = {0};
    struct db_rows *rows = NULL;
    char place[PLACE_BYTES];
    size_t length = 0;
    write_place(place, paper, zone);
    enum status status = store_seal_open(store, order_id, &seal, failure);
    if (status == STATUS_OK)
        status = db_query(
            store->db, "SELECT sealed, picture FROM sample WHERE order_id = ?1 AND paper = ?2 AND zone = ?3",
            DB_PARAMS(db_text(order_id), db_text(paper), db_text(zone)), &rows, failure);
    if (status == STATUS_OK)
        status = db_rows_next(rows, failure);
    if (status == STATUS_OK) {
        const uint8_t *sealed = db_column_bytes(rows, part == STORE_SAMPLE_CUT ? 0 : 1, &length);
        status = length == 0 ? STATUS_NOT_FOUND
                             : store_seal_plain(&seal, "sample", place, column, sealed, length, out, failure);
    }
    db_rows_end(rows);
    store_seal_wipe(&seal);
    return status;
}
