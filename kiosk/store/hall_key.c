/* The provider is asked through its table; nothing of the key is known here. */
#include "kiosk/store/hall_key.h"

const char *hall_key_id(const struct hall_key *key)
{
    return key->ops->id(key->context);
}

enum status hall_key_wrap(const struct hall_key *key, const void *associated, size_t associated_length,
                          const void *plain, size_t length, struct buf *out, struct failure *failure)
{
    return key->ops->wrap(key->context, associated, associated_length, plain, length, out, failure);
}

enum status hall_key_unwrap(const struct hall_key *key, const void *associated, size_t associated_length,
                            const void *wrapped, size_t length, struct buf *out, struct failure *failure)
{
    return key->ops->unwrap(key->context, associated, associated_length, wrapped, length, out, failure);
}

enum status hall_key_derive(const struct hall_key *key, const char *label, const void *salt,
                            size_t salt_length, uint8_t *out, size_t length, struct failure *failure)
{
    return key->ops->derive(key->context, label, salt, salt_length, out, length, failure);
}

void hall_key_close(struct hall_key *key)
{
    if (!key || !key->ops)
        return;
    if (key->ops->close)
        key->ops->close(key->context);
    *key = (struct hall_key){0};
}
