#include "kiosk/store/store_unique.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/limits.h"
#include "kiosk/base/secret.h"
#include "kiosk/store/store_inner.h"

enum { KIND_BYTES = STORE_NAME_BYTES + 16 };

/* The kind of look-up a field is. */
static void name_kind(const char *field, char out[KIND_BYTES])
{
    (void)snprintf(out, KIND_BYTES, "unique.%s", field);
}

static void hash_value(const struct store *store, const char *product, const char *kind, const char *value,
                       uint8_t out[CRYPTO_SHA256_BYTES])
{
    char text[STORE_NAME_BYTES + KIND_BYTES + LIMIT_FIELD_BYTES];
    int length = snprintf(text, sizeof(text), "%s\n%s\n%s", product, kind, value);
    for (char *at = text; *at != '\0'; at++)
        *at = (char)tolower((unsigned char)*at);
    store_inner_hash(store, "unique", text, (size_t)length, out);
    secret_wipe_bytes(text, sizeof(text));
}

enum status store_unique_check(struct store *store, const char *order_id, const char *product,
                               const char *field, const char *value, struct failure *failure)
{
    uint8_t hash[CRYPTO_SHA256_BYTES];
    char kind[KIND_BYTES];
    int64_t others = 0;
    if (strlen(value) >= LIMIT_FIELD_BYTES)
        return failure_set(failure, STATUS_FULL, "unique", (long)strlen(value), "the value is too long");
    name_kind(field, kind);
    hash_value(store, product, kind, value, hash);
    enum status status = store_inner_integer(
        store, &others,
        "SELECT count(*) FROM order_lookup l JOIN orders o ON o.id = l.order_id WHERE l.kind = ?1 AND l.hash"
        " = ?2 AND o.id <> ?3 AND o.state NOT IN ('cancelled', 'closed', 'refunding', 'refunded')",
        DB_PARAMS(db_text(kind), db_bytes(hash, sizeof(hash)), db_text(order_id)), failure);
    if (status == STATUS_OK && others > 0)
        status = failure_set(failure, STATUS_CONFLICT, "unique", (long)others, "another order has it");
    return status;
}

static enum status put(struct store *store, const char *order_id, const char *kind,
                       const uint8_t hash[CRYPTO_SHA256_BYTES], struct failure *failure)
{
    enum status status = store_inner_guard(store, order_id, failure);
    return status == STATUS_OK
               ? db_exec(store->db,
                         "INSERT INTO order_lookup (order_id, kind, hash) VALUES (?1, ?2, ?3)"
                         " ON CONFLICT (order_id, kind) DO UPDATE SET hash = ?3",
                         DB_PARAMS(db_text(order_id), db_text(kind), db_bytes(hash, CRYPTO_SHA256_BYTES)),
                         NULL, failure)
               : status;
}

enum status store_unique_take(struct store *store, const char *order_id, const char *product,
                              const char *field, const char *value, struct failure *failure)
{
    uint8_t hash[CRYPTO_SHA256_BYTES];
    char kind[KIND_BYTES];
    enum status status = store_begin(store, failure);
    if (status != STATUS_OK)
        return status;
    status = store_unique_check(store, order_id, product, field, value, failure);
    if (status == STATUS_OK) {
        name_kind(field, kind);
        hash_value(store, product, kind, value, hash);
        status = put(store, order_id, kind, hash, failure);
    }
    return store_end(store, status, failure);
}
