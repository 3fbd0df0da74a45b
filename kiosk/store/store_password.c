#include "kiosk/store/store_password.h"

enum status store_password_hash(struct store *store, const struct secret *password, size_t least,
                                char out[STORE_PASSWORD_HASH_BYTES], struct failure *failure)
{
    if (password->length < least)
        return failure_set(failure, STATUS_MALFORMED, "password", 0, "password too short");
    enum status status =
        crypto_password_hash(store->random, store->password_log_n, (const char *)password->bytes,
                             password->length, out, STORE_PASSWORD_HASH_BYTES);
    return status == STATUS_OK ? STATUS_OK : failure_set(failure, status, "password", 0, "password hash");
}

bool store_password_matches(struct store *store, const char *hash, const struct secret *password)
{
    char waste[STORE_PASSWORD_HASH_BYTES];
    if (hash[0] != '\0')
        return crypto_password_matches(hash, (const char *)password->bytes, password->length);
    (void)!store_password_hash(store, password, 0, waste, NULL);
    return false;
}
