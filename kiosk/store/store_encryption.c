#include "kiosk/store/store_encryption.h"

#include <string.h>

#include "kiosk/store/store_inner.h"

static enum status read_encryption(const struct db_rows *rows, void *out)
{
    struct store_encryption *encryption = out;
    enum status status = store_inner_text(rows, 0, encryption->request_id, sizeof(encryption->request_id));
    if (status == STATUS_OK)
        status = store_inner_text(rows, 1, encryption->serial, sizeof(encryption->serial));
    encryption->not_after_utc_s = db_column_integer(rows, 2);
    encryption->recovered = db_column_integer(rows, 3) != 0;
    encryption->proven_utc_s = db_column_integer(rows, 4);
    encryption->created_utc_s = db_column_integer(rows, 5);
    return status;
}

#define COLUMNS "e.request_id, e.serial, e.not_after_utc_s, e.recovered, e.proven_utc_s, e.created_utc_s"

static enum status load(struct store *store, const char *sql, const char *value, struct store_encryption *out,
                        struct failure *failure)
{
    struct store_encryption encryption;
    enum status status = store_inner_read_one(store, read_encryption, &encryption, sizeof(encryption), sql,
                                              DB_PARAMS(db_text(value)), failure);
    if (status == STATUS_OK)
        *out = encryption;
    return status;
}

enum status store_encryption_load(struct store *store, const char *request_id, struct store_encryption *out,
                                  struct failure *failure)
{
    return load(store, "SELECT " COLUMNS " FROM certificate_encryption e WHERE e.request_id = ?1", request_id,
                out, failure);
}

enum status store_encryption_load_by_serial(struct store *store, const char *serial,
                                            struct store_encryption *out, struct failure *failure)
{
    return load(store,
                "SELECT " COLUMNS " FROM certificate_encryption e JOIN certificate c"
                " ON c.request_id = e.request_id WHERE e.serial = ?1 ORDER BY c.number DESC LIMIT 1",
                serial, out, failure);
}

enum status store_encryption_list(struct store *store, const char *order_id, struct store_encryption *out,
                                  size_t capacity, size_t *count, struct failure *failure)
{
    return store_inner_read_all(
        store, read_encryption, out, sizeof(*out), capacity, count,
        "SELECT " COLUMNS " FROM certificate_encryption e JOIN certificate c"
        " ON c.request_id = e.request_id WHERE c.order_id = ?1 ORDER BY c.number LIMIT ?2",
        DB_PARAMS(db_text(order_id), db_integer((int64_t)capacity)), failure);
}

static enum status record(struct store *store, const struct store_certificate *certificate, const char *event,
                          struct failure *failure)
{
    const char *state = store_certificate_state_name(certificate->state);
    return store_inner_record(store,
                              &(struct store_inner_event){.kind = STORE_CHANGE_CERTIFICATE,
                                                          .order_id = certificate->order_id,
                                                          .subject = certificate->request_id,
                                                          .event = event,
                                                          .from = state,
                                                          .to = state},
                              failure);
}

static enum status insert(struct store *store, const struct store_certificate *certificate,
                          const struct store_encryption_facts *facts, struct failure *failure)
{
    enum status status = db_exec(
        store->db,
        "INSERT INTO certificate_encryption (request_id, serial, not_after_utc_s, recovered, proven_utc_s,"
        " created_utc_s) VALUES (?1, ?2, ?3, ?4, 0, ?5)",
        DB_PARAMS(db_text(certificate->request_id), db_text(facts->serial),
                  db_integer(facts->not_after_utc_s), db_integer(facts->recovered),
                  db_integer(clock_utc_s(store->clock))),
        NULL, failure);
    return status == STATUS_OK
               ? record(store, certificate, facts->recovered ? "recovered" : "paired", failure)
               : status;
}

static enum status put(struct store *store, const char *request_id,
                       const struct store_encryption_facts *facts, struct failure *failure)
{
    struct store_certificate certificate;
    struct store_encryption stored;
    enum status status = store_certificate_load(store, request_id, &certificate, failure);
    if (status != STATUS_OK)
        return status;
    status = store_encryption_load(store, request_id, &stored, failure);
    if (status == STATUS_NOT_FOUND)
        status = insert(store, &certificate, facts, failure);
    else if (status == STATUS_OK && strcmp(stored.serial, facts->serial) != 0)
        status = failure_set(failure, STATUS_CONFLICT, "encryption", 0, "the certificate has another one");
    if (status == STATUS_OK)
        status = store_certificate_keep_part(store, &certificate, STORE_CERTIFICATE_ENCRYPTION_DER,
                                             facts->der, facts->der_length, failure);
    if (status == STATUS_OK)
        status = store_certificate_keep_part(store, &certificate, STORE_CERTIFICATE_ENVELOPED_KEY,
                                             facts->enveloped_key, facts->enveloped_key_length, failure);
    return status;
}

enum status store_encryption_put(struct store *store, const char *request_id,
                                 const struct store_encryption_facts *facts, struct failure *failure)
{
    if (strlen(facts->serial) >= STORE_CERTIFICATE_SERIAL_BYTES)
        return failure_set(failure, STATUS_FULL, "encryption", 0, "serial too long");
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    return store_end(store, put(store, request_id, facts, failure), failure);
}

static enum status prove(struct store *store, const char *request_id, struct failure *failure)
{
    struct store_certificate certificate;
    enum status status = store_certificate_load(store, request_id, &certificate, failure);
    if (status == STATUS_OK)
        status = store_inner_change_row(
            store, "UPDATE certificate_encryption SET proven_utc_s = ?1 WHERE request_id = ?2",
            DB_PARAMS(db_integer(clock_utc_s(store->clock)), db_text(request_id)), failure);
    if (status == STATUS_OK)
        status = store_certificate_drop_part(store, &certificate, STORE_CERTIFICATE_ENVELOPED_KEY, failure);
    return status == STATUS_OK ? record(store, &certificate, "pair-proven", failure) : status;
}

enum status store_encryption_prove(struct store *store, const char *request_id, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    return store_end(store, prove(store, request_id, failure), failure);
}
