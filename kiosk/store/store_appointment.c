#include "kiosk/store/store_appointment.h"

#include "kiosk/store/store_inner.h"

enum status store_appointment_use(struct store *store, const char *partner, const char *reference,
                                  const char *order_id, struct failure *failure)
{
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status =
        db_exec(store->db,
                "INSERT INTO appointment (partner, reference, order_id, used_utc_s) VALUES (?1, ?2, ?3, ?4)",
                DB_PARAMS(db_text(partner), db_text(reference), db_text(order_id),
                          db_integer(clock_utc_s(store->clock))),
                NULL, failure);
    if (status == STATUS_OK)
        status = store_inner_record(store,
                                    &(struct store_inner_event){.kind = STORE_CHANGE_APPOINTMENT,
                                                                .order_id = order_id,
                                                                .subject = reference,
                                                                .event = "use",
                                                                .note = partner},
                                    failure);
    return store_end(store, status, failure);
}

enum status store_appointment_is_used(struct store *store, const char *partner, const char *reference,
                                      bool *out, struct failure *failure)
{
    int64_t count = 0;
    enum status status = store_inner_integer(
        store, &count, "SELECT count(*) FROM appointment WHERE partner = ?1 AND reference = ?2",
        DB_PARAMS(db_text(partner), db_text(reference)), failure);
    if (status == STATUS_OK)
        *out = count > 0;
    return status;
}
