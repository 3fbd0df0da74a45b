/* Tickets: 128 random bits, of which only a hash is kept. */
#include "kiosk/store/store_ticket.h"

#include <string.h>

#include "kiosk/base/encode.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"
#include "kiosk/store/store_inner.h"

enum { RAW_BYTES = (STORE_TICKET_BYTES - 1) / 2 };

enum status store_ticket_new(struct store *store, const char *order_id, int64_t life_s,
                             char out[STORE_TICKET_BYTES], struct failure *failure)
{
    uint8_t raw[RAW_BYTES];
    uint8_t hash[CRYPTO_SHA256_BYTES];
    random_fill(store->random, raw, sizeof(raw));
    store_inner_hash(store, "ticket", raw, sizeof(raw), hash);
    enum status status =
        db_exec(store->db, "INSERT INTO ticket (hash, order_id, expires_utc_s) VALUES (?1, ?2, ?3)",
                DB_PARAMS(db_bytes(hash, sizeof(hash)), db_text(order_id),
                          db_integer(clock_utc_s(store->clock) + life_s)),
                NULL, failure);
    if (status == STATUS_OK)
        encode_hex(out, raw, sizeof(raw));
    secret_wipe_bytes(raw, sizeof(raw));
    return status;
}

struct ticket {
    char order_id[STORE_ID_BYTES];
    int64_t expires_utc_s;
};

static enum status read_ticket(const struct db_rows *rows, void *out)
{
    struct ticket *ticket = out;
    ticket->expires_utc_s = db_column_integer(rows, 1);
    return store_inner_text(rows, 0, ticket->order_id, sizeof(ticket->order_id));
}

enum status store_ticket_find(struct store *store, const char *ticket, char order_id[STORE_ID_BYTES],
                              struct failure *failure)
{
    uint8_t raw[RAW_BYTES];
    uint8_t hash[CRYPTO_SHA256_BYTES];
    struct ticket found;
    if (encode_hex_decode(raw, sizeof(raw), ticket) != STATUS_OK)
        return failure_set(failure, STATUS_NOT_FOUND, "ticket", 0, "not a ticket");
    store_inner_hash(store, "ticket", raw, sizeof(raw), hash);
    enum status status = store_inner_read_one(store, read_ticket, &found, sizeof(found),
                                              "SELECT order_id, expires_utc_s FROM ticket WHERE hash = ?1",
                                              DB_PARAMS(db_bytes(hash, sizeof(hash))), failure);
    if (status == STATUS_OK && found.expires_utc_s <= clock_utc_s(store->clock))
        status = failure_set(failure, STATUS_TIMED_OUT, "ticket", 0, "too old");
    if (status == STATUS_OK)
        memcpy(order_id, found.order_id, STORE_ID_BYTES);
    return status;
}
