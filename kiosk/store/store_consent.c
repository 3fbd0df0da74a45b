/* Consent: one row per order, never changed. */
#include "kiosk/store/store_consent.h"

#include "kiosk/store/store_inner.h"

static enum status read_consent(const struct db_rows *rows, void *out)
{
    struct store_consent *consent = out;
    consent->said_utc_s = db_column_integer(rows, 1);
    return store_inner_text(rows, 0, consent->objection, sizeof(consent->objection));
}

enum status store_consent_put(struct store *store, const char *order_id, const char *objection,
                              struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_inner_guard(store, order_id, failure);
    if (status == STATUS_OK)
        status = store_inner_change_row(
            store,
            "INSERT INTO consent (order_id, objection, said_utc_s) VALUES (?1, ?2, ?3)"
            " ON CONFLICT (order_id) DO NOTHING",
            DB_PARAMS(db_text(order_id), db_text(objection), db_integer(clock_utc_s(store->clock))), failure);
    if (status == STATUS_OK)
        status =
            store_inner_record(store,
                               &(struct store_inner_event){.kind = STORE_CHANGE_ORDER,
                                                           .order_id = order_id,
                                                           .subject = order_id,
                                                           .event = *objection == 0 ? "consent" : "objection",
                                                           .note = objection},
                               failure);
    return store_end(store, status, failure);
}

enum status store_consent_load(struct store *store, const char *order_id, struct store_consent *out,
                               struct failure *failure)
{
    return store_inner_read_one(store, read_consent, out, sizeof(*out),
                                "SELECT objection, said_utc_s FROM consent WHERE order_id = ?1",
                                DB_PARAMS(db_text(order_id)), failure);
}
