#include "drivers/token/token_fake.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/token/token_fake_keys.h"
#include "drivers/token/token_request.h"
#include "kiosk/base/check.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

enum { KEYS = 24, NAME_BYTES = 32, LOOK_MS = 5, PAIRS = 6, DATA = 16 };

/* What stands under one id on a key; without key and certificate the place is free. */
struct pair {
    enum token_role role;
    struct token_key_id id;
    enum token_algorithm algorithm;
    void *key; /* the maker's; NULL: none */
    bool unwraps;
    struct buf public_key;
    struct buf certificate;
};

/* Bytes under a name; without a name the place is free. */
struct datum {
    char name[TOKEN_NAME_BYTES];
    struct buf bytes;
};

struct fake_key {
    char name[NAME_BYTES];
    char label[TOKEN_LABEL_CHARACTERS + 1];
    bool is_formatted;
    bool is_full;
    struct secret so_pin;
    struct secret user_pin; /* empty: unset */
    int so_tries;
    int tries;
    struct pair pairs[PAIRS];
    struct datum data[DATA];
};

struct token_fake {
    atomic_flag busy; /* held over everything below; never while sleeping */
    struct fake_key keys[KEYS];
    struct fake_key *current;
    uint64_t insertion;
    unsigned pull_in; /* calls until the pull; 0: none planned */
    bool pull_after_work;
    unsigned fail_in;
    enum status fail_status;
    atomic_int delay_ms;
    struct token_fake_maker maker;
    size_t made;
    int64_t told_bytes; /* of free space; 0: none is told */
};

static void lock(struct token_fake *fake)
{
    while (atomic_flag_test_and_set_explicit(&fake->busy, memory_order_acquire))
        (void)poll(NULL, 0, 1);
}

static void unlock(struct token_fake *fake)
{
    atomic_flag_clear_explicit(&fake->busy, memory_order_release);
}

/* --- the built-in key pairs ------------------------------------------------------------------------------
 */

static enum status builtin_make(void *context, enum token_algorithm algorithm, void **key,
                                struct buf *public_key)
{
    struct token_fake *fake = context;
    struct crypto_key *made = NULL;
    if (algorithm != TOKEN_ALGORITHM_RSA_2048)
        return STATUS_UNSUPPORTED;
    const struct token_fake_key *pair = &token_fake_keys[fake->made++ % TOKEN_FAKE_KEYS];
    enum status status = crypto_key_read_private(pair->private_pem, strlen(pair->private_pem), &made);
    if (status == STATUS_OK)
        status = encode_base64_decode(public_key, pair->public_base64);
    if (status == STATUS_OK)
        *key = made;
    else
        crypto_key_free(made);
    return status;
}

static enum status builtin_sign(void *context, void *key, const void *data, size_t length,
                                struct buf *signature)
{
    (void)context;
    return crypto_sign_rsa_sha256(key, data, length, signature);
}

static enum status builtin_open(void *context, void *key, const struct token_envelope *envelope,
                                void **opened, struct buf *public_key)
{
    struct crypto_key *made = NULL;
    (void)context;
    enum status status =
        crypto_open_enveloped_key(key, envelope->transported.data, envelope->transported.length,
                                  envelope->wrapped.data, envelope->wrapped.length, &made, public_key);
    if (status == STATUS_OK)
        *opened = made;
    return status;
}

static enum status builtin_decrypt(void *context, void *key, const void *data, size_t length,
                                   struct buf *plain)
{
    (void)context;
    return crypto_decrypt_rsa_oaep(key, data, length, plain);
}

static void builtin_free(void *context, void *key)
{
    (void)context;
    crypto_key_free(key);
}

/* --- the writer ---------------------------------------------------------------------------------------- */

static void clear_pair(struct token_fake *fake, struct pair *pair)
{
    if (pair->key != NULL)
        fake->maker.free(fake->maker.context, pair->key);
    buf_release(&pair->public_key);
    buf_release(&pair->certificate);
    *pair = (struct pair){0};
    buf_init(&pair->public_key, TOKEN_PUBLIC_KEY_BYTES);
    buf_init(&pair->certificate, LIMIT_CERTIFICATE_BYTES);
}

static void clear_data(struct fake_key *key)
{
    for (size_t i = 0; i < DATA; i++) {
        buf_release(&key->data[i].bytes);
        key->data[i] = (struct datum){0};
        buf_init(&key->data[i].bytes, TOKEN_DATA_BYTES);
    }
}

static void init_key(struct token_fake *fake, struct fake_key *key, const char *name)
{
    check(text_copy(key->name, sizeof(key->name), name));
    key->so_tries = TOKEN_FAKE_TRIES;
    key->tries = TOKEN_FAKE_TRIES;
    for (size_t i = 0; i < PAIRS; i++)
        clear_pair(fake, &key->pairs[i]);
    clear_data(key);
}

static void release_key(struct token_fake *fake, struct fake_key *key)
{
    for (size_t i = 0; i < PAIRS; i++) {
        clear_pair(fake, &key->pairs[i]);
        buf_release(&key->pairs[i].public_key);
        buf_release(&key->pairs[i].certificate);
    }
    clear_data(key);
    secret_wipe(&key->so_pin);
    secret_wipe(&key->user_pin);
}

void token_fake_insert(struct token_fake *fake, const char *name)
{
    lock(fake);
    fake->current = NULL;
    for (size_t i = 0; i < KEYS && fake->current == NULL; i++) {
        if (fake->keys[i].name[0] == 0)
            init_key(fake, &fake->keys[i], name);
        if (strcmp(fake->keys[i].name, name) == 0)
            fake->current = &fake->keys[i];
    }
    check(fake->current != NULL);
    fake->insertion++;
    unlock(fake);
}

static void pull_locked(struct token_fake *fake)
{
    fake->insertion += fake->current != NULL ? 1 : 0;
    fake->current = NULL;
}

void token_fake_pull(struct token_fake *fake)
{
    lock(fake);
    pull_locked(fake);
    unlock(fake);
}

void token_fake_set_free_bytes(struct token_fake *fake, int64_t free_bytes)
{
    lock(fake);
    fake->told_bytes = free_bytes;
    unlock(fake);
}

void token_fake_lock(struct token_fake *fake)
{
    lock(fake);
    check(fake->current != NULL);
    fake->current->tries = 0;
    unlock(fake);
}

void token_fake_set_full(struct token_fake *fake, bool is_full)
{
    lock(fake);
    check(fake->current != NULL);
    fake->current->is_full = is_full;
    unlock(fake);
}

void token_fake_pull_at(struct token_fake *fake, unsigned n, bool after_work)
{
    lock(fake);
    fake->pull_in = n;
    fake->pull_after_work = after_work;
    unlock(fake);
}

void token_fake_fail_at(struct token_fake *fake, unsigned n, enum status status)
{
    lock(fake);
    fake->fail_in = n;
    fake->fail_status = status;
    unlock(fake);
}

void token_fake_set_delay(struct token_fake *fake, int delay_ms)
{
    atomic_store(&fake->delay_ms, delay_ms);
}

void token_fake_set_maker(struct token_fake *fake, const struct token_fake_maker *maker)
{
    lock(fake);
    fake->maker = *maker;
    unlock(fake);
}

/* --- what is in it ------------------------------------------------------------------------------------- */

static struct token_identity identity_of(const struct fake_key *key)
{
    struct token_identity identity = {.model = "FAKE"};
    unsigned long serial = 5381;
    for (const char *at = key->name; *at != 0; at++)
        serial = serial * 33 + (unsigned char)*at;
    snprintf(identity.serial, sizeof(identity.serial), "%016lX", serial);
    (void)text_copy(identity.label, sizeof(identity.label), key->label);
    for (size_t end = strlen(identity.label); end > 0 && identity.label[end - 1] == ' '; end--)
        identity.label[end - 1] = 0;
    (void)token_mark_from_label(identity.label, identity.mark);
    return identity;
}

static enum token_pin pin_of(bool is_set, int tries)
{
    if (!is_set)
        return TOKEN_PIN_UNSET;
    if (tries <= 0)
        return TOKEN_PIN_LOCKED;
    if (tries == 1)
        return TOKEN_PIN_FINAL;
    return tries < TOKEN_FAKE_TRIES ? TOKEN_PIN_LOW : TOKEN_PIN_NORMAL;
}

static void describe(const struct token_fake *fake, struct token_info *info)
{
    const struct fake_key *key = fake->current;
    *info = (struct token_info){.presence = TOKEN_ABSENT, .insertion = fake->insertion, .free_bytes = -1};
    if (key == NULL)
        return;
    info->free_bytes = fake->told_bytes == 0 ? -1 : fake->told_bytes;
    info->presence = key->is_formatted ? TOKEN_EMPTY : TOKEN_BLANK;
    info->identity = identity_of(key);
    snprintf(info->manufacturer, sizeof(info->manufacturer), "certkiosk");
    info->user_pin = pin_of(key->is_formatted && key->user_pin.length > 0, key->tries);
    info->so_pin = pin_of(key->is_formatted, key->so_tries);
    info->pin_min_bytes = TOKEN_FAKE_PIN_LEAST;
    info->pin_max_bytes = TOKEN_FAKE_PIN_MOST;
    for (size_t i = 0; i < PAIRS; i++) {
        const struct pair *pair = &key->pairs[i];
        info->keys += pair->key != NULL ? 1 : 0;
        if (pair->certificate.length == 0)
            continue;
        struct token_certificate *out = &info->certificate[info->certificates++];
        out->role = pair->role;
        out->id = pair->id;
        crypto_sha256(pair->certificate.data, pair->certificate.length, out->sha256);
    }
    if (info->keys > 0 || info->certificates > 0)
        info->presence = TOKEN_CARRYING;
}

/* --- PINs -------------------------------------------------------------------------------------------- */

static bool is_pin_length(const struct secret *pin)
{
    return pin->length >= TOKEN_FAKE_PIN_LEAST && pin->length <= TOKEN_FAKE_PIN_MOST;
}

static enum status try_pin(const struct secret *given, const struct secret *right, int *tries)
{
    if (right->length == 0 || *tries <= 0)
        return STATUS_BAD_STATE;
    if (secret_is_equal(given->bytes, given->length, right->bytes, right->length)) {
        *tries = TOKEN_FAKE_TRIES;
        return STATUS_OK;
    }
    (*tries)--;
    return *tries > 0 ? STATUS_REFUSED : STATUS_BAD_STATE;
}

static enum status login(struct fake_key *key, const struct token_request *request)
{
    if (!request->has_pin)
        return STATUS_MALFORMED;
    return key->is_formatted ? try_pin(&request->pin, &key->user_pin, &key->tries) : STATUS_BAD_STATE;
}

static enum status login_officer(struct fake_key *key, const struct token_request *request)
{
    return key->is_formatted ? try_pin(&request->pin, &key->so_pin, &key->so_tries) : STATUS_BAD_STATE;
}

static enum status set_user_pin(struct fake_key *key, const struct secret *pin)
{
    if (!is_pin_length(pin))
        return STATUS_MALFORMED;
    key->tries = TOKEN_FAKE_TRIES;
    return secret_set(&key->user_pin, pin->bytes, pin->length);
}

/* --- the verbs ----------------------------------------------------------------------------------------- */

static enum status format(struct token_fake *fake, struct fake_key *key, const struct token_request *request,
                          struct token_reply *reply)
{
    if (key->is_formatted && !request->may_erase)
        return STATUS_BAD_STATE;
    enum status status = key->is_formatted ? login_officer(key, request) : STATUS_OK;
    if (status == STATUS_OK && !is_pin_length(&request->new_pin))
        status = STATUS_MALFORMED;
    if (status == STATUS_OK)
        status = secret_set(&key->so_pin, request->pin.bytes, request->pin.length);
    if (status == STATUS_OK)
        status = set_user_pin(key, &request->new_pin);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < PAIRS; i++)
        clear_pair(fake, &key->pairs[i]);
    clear_data(key);
    key->is_formatted = true;
    token_label_from_mark(request->mark, request->name, key->label);
    reply->identity = identity_of(key);
    return STATUS_OK;
}

static bool is_free(const struct pair *pair)
{
    return pair->key == NULL && pair->certificate.length == 0;
}

/* What stands under this id, with an empty one the first of the role; NULL when nothing does. */
static struct pair *pair_of(struct fake_key *key, enum token_role role, const struct token_key_id *id)
{
    for (size_t i = 0; i < PAIRS; i++) {
        struct pair *pair = &key->pairs[i];
        bool is_meant = id->length == 0 || token_key_id_is_same(&pair->id, id);
        if (!is_free(pair) && pair->role == role && is_meant)
            return pair;
    }
    return NULL;
}

/* The place under this id, or a free one given to it; NULL when the key is full. */
static struct pair *place_for(struct fake_key *key, enum token_role role, const struct token_key_id *id)
{
    struct pair *place = pair_of(key, role, id);
    for (size_t i = 0; i < PAIRS && place == NULL; i++)
        if (is_free(&key->pairs[i]))
            place = &key->pairs[i];
    if (place == NULL)
        return NULL;
    place->role = role;
    place->id = *id;
    return place;
}

static enum status give_public_key(const struct pair *pair, struct token_reply *reply)
{
    if (pair == NULL || pair->key == NULL)
        return STATUS_NOT_FOUND;
    reply->public_key.id = pair->id;
    reply->public_key.algorithm = pair->algorithm;
    reply->public_key.length = pair->public_key.length;
    memcpy(reply->public_key.bytes, pair->public_key.data, pair->public_key.length);
    return STATUS_OK;
}

static enum status generate(struct token_fake *fake, struct fake_key *key,
                            const struct token_request *request, struct token_reply *reply)
{
    if (request->role != TOKEN_ROLE_SIGN ||
        (request->unwraps && request->algorithm != TOKEN_ALGORITHM_RSA_2048))
        return STATUS_UNSUPPORTED;
    enum status status = login(key, request);
    if (status == STATUS_OK && pair_of(key, TOKEN_ROLE_SIGN, &request->id) != NULL)
        status = STATUS_CONFLICT;
    struct pair *pair =
        status == STATUS_OK && !key->is_full ? place_for(key, TOKEN_ROLE_SIGN, &request->id) : NULL;
    if (status == STATUS_OK && pair == NULL)
        status = STATUS_FULL;
    if (status == STATUS_OK)
        status = fake->maker.make(fake->maker.context, request->algorithm, &pair->key, &pair->public_key);
    if (status != STATUS_OK)
        return status;
    pair->algorithm = request->algorithm;
    pair->unwraps = request->unwraps;
    return give_public_key(pair, reply);
}

/* The envelope is opened by whichever signing key it was made for. */
static enum status open_envelope(struct token_fake *fake, struct fake_key *key,
                                 const struct token_envelope *envelope, void **opened, struct buf *public_key)
{
    enum status status = STATUS_NOT_FOUND;
    for (size_t i = 0; i < PAIRS; i++) {
        const struct pair *pair = &key->pairs[i];
        if (pair->key == NULL || pair->role != TOKEN_ROLE_SIGN)
            continue;
        status = pair->unwraps
                     ? fake->maker.open(fake->maker.context, pair->key, envelope, opened, public_key)
                     : STATUS_UNSUPPORTED;
        if (status == STATUS_OK)
            break;
    }
    return status;
}

static enum status import_enveloped(struct token_fake *fake, struct fake_key *key,
                                    const struct token_request *request)
{
    struct token_envelope envelope;
    void *opened = NULL;
    struct buf public_key;
    if (request->role != TOKEN_ROLE_ENCRYPT)
        return STATUS_MALFORMED;
    enum status status = login(key, request);
    if (status == STATUS_OK)
        status = token_envelope_read(bytes_view(request->data, request->data_length), &envelope);
    const struct pair *there = pair_of(key, TOKEN_ROLE_ENCRYPT, &request->id);
    if (status != STATUS_OK || (there != NULL && there->key != NULL))
        return status;
    buf_init(&public_key, TOKEN_PUBLIC_KEY_BYTES);
    status = open_envelope(fake, key, &envelope, &opened, &public_key);
    struct pair *pair =
        status == STATUS_OK && !key->is_full ? place_for(key, TOKEN_ROLE_ENCRYPT, &request->id) : NULL;
    if (status == STATUS_OK && pair == NULL) {
        fake->maker.free(fake->maker.context, opened);
        status = STATUS_FULL;
    }
    if (status == STATUS_OK) {
        pair->key = opened;
        pair->algorithm = TOKEN_ALGORITHM_RSA_2048;
        status = buf_append(&pair->public_key, public_key.data, public_key.length);
    }
    buf_release(&public_key);
    return status;
}

static struct pair *pair_of_id(struct fake_key *key, const struct token_key_id *id)
{
    for (size_t i = 0; i < PAIRS; i++) {
        if (key->pairs[i].key != NULL && token_key_id_is_same(&key->pairs[i].id, id))
            return &key->pairs[i];
    }
    return NULL;
}

static enum status check_key(struct fake_key *key, const struct token_request *request,
                             struct token_reply *reply)
{
    enum status status = login(key, request);
    const struct pair *pair = pair_of_id(key, &request->id);
    if (status == STATUS_OK && pair == NULL)
        status = STATUS_NOT_FOUND;
    if (status != STATUS_OK)
        return status;
    bool signs = pair->role == TOKEN_ROLE_SIGN;
    reply->check = (struct token_key_check){.is_local = signs,
                                            .is_sensitive = true,
                                            .can_sign = signs,
                                            .can_unwrap = !signs || pair->unwraps,
                                            .can_decrypt = !signs};
    return STATUS_OK;
}

static enum status sign(struct token_fake *fake, struct fake_key *key, const struct token_request *request,
                        struct token_reply *reply)
{
    enum status status = login(key, request);
    const struct pair *pair = pair_of_id(key, &request->id);
    if (status == STATUS_OK && pair == NULL)
        status = STATUS_NOT_FOUND;
    if (status != STATUS_OK)
        return status;
    return fake->maker.sign(fake->maker.context, pair->key, request->data, request->data_length,
                            &reply->data);
}

static enum status decrypt(struct token_fake *fake, struct fake_key *key, const struct token_request *request,
                           struct token_reply *reply)
{
    enum status status = login(key, request);
    const struct pair *pair = pair_of_id(key, &request->id);
    if (status == STATUS_OK && pair == NULL)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK && pair->role == TOKEN_ROLE_SIGN)
        status = STATUS_UNSUPPORTED;
    if (status != STATUS_OK)
        return status;
    return fake->maker.decrypt(fake->maker.context, pair->key, request->data, request->data_length,
                               &reply->data);
}

/* One DER SEQUENCE with a length of its own (X.690 section 8.1.3) and nothing behind it. */
static bool is_der_sequence(const uint8_t *der, size_t length)
{
    if (length < 4 || der[0] != 0x30)
        return false;
    size_t octets = der[1] > 0x80 ? (size_t)(der[1] & 0x7f) : 0;
    if (octets > 3 || length < 2 + octets || der[1] == 0x80)
        return false;
    size_t content = octets == 0 ? der[1] : 0;
    for (size_t i = 0; i < octets; i++)
        content = content << 8 | der[2 + i];
    return content == length - 2 - octets;
}

static enum status write_certificate(struct fake_key *key, const struct token_request *request)
{
    if (request->role >= TOKEN_ROLE_FOREIGN || request->data_length > LIMIT_CERTIFICATE_BYTES ||
        !is_der_sequence(request->data, request->data_length))
        return STATUS_MALFORMED;
    enum status status = login(key, request);
    struct pair *pair =
        status == STATUS_OK && !key->is_full ? place_for(key, request->role, &request->id) : NULL;
    if (status == STATUS_OK && pair == NULL)
        status = STATUS_FULL;
    if (status != STATUS_OK)
        return status;
    buf_clear(&pair->certificate);
    return buf_append(&pair->certificate, request->data, request->data_length);
}

static enum status read_certificate(struct fake_key *key, const struct token_request *request,
                                    struct token_reply *reply)
{
    for (size_t i = 0; i < PAIRS; i++) {
        const struct pair *pair = &key->pairs[i];
        bool is_meant = request->id.length == 0 || token_key_id_is_same(&pair->id, &request->id);
        if (pair->certificate.length == 0 || pair->role != request->role || !is_meant)
            continue;
        reply->id = pair->id;
        return buf_append(&reply->data, pair->certificate.data, pair->certificate.length);
    }
    return STATUS_NOT_FOUND;
}

static void add_object(struct token_objects *objects, enum token_object_kind kind, const struct pair *pair)
{
    objects->object[objects->count++] =
        (struct token_object){.kind = kind, .role = pair->role, .id = pair->id};
}

static enum status list_objects(struct fake_key *key, const struct token_request *request,
                                struct token_reply *reply)
{
    enum status status = request->has_pin ? login(key, request) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    reply->objects.with_private = request->has_pin;
    for (size_t i = 0; i < PAIRS; i++) {
        const struct pair *pair = &key->pairs[i];
        if (pair->key != NULL)
            add_object(&reply->objects, TOKEN_OBJECT_PUBLIC_KEY, pair);
        if (pair->key != NULL && request->has_pin)
            add_object(&reply->objects, TOKEN_OBJECT_PRIVATE_KEY, pair);
        if (pair->certificate.length > 0)
            add_object(&reply->objects, TOKEN_OBJECT_CERTIFICATE, pair);
    }
    for (size_t i = 0; i < DATA; i++)
        if (key->data[i].name[0] != 0)
            reply->objects.object[reply->objects.count++] =
                (struct token_object){.kind = TOKEN_OBJECT_OTHER, .role = TOKEN_ROLE_FOREIGN};
    return STATUS_OK;
}

/* What stands under this name, with "" a free place; NULL when there is none. */
static struct datum *datum_of(struct fake_key *key, const char *name)
{
    for (size_t i = 0; i < DATA; i++)
        if (strcmp(key->data[i].name, name) == 0)
            return &key->data[i];
    return NULL;
}

static enum status write_data(struct fake_key *key, const struct token_request *request)
{
    if (request->name[0] == 0 || request->data_length == 0)
        return STATUS_MALFORMED;
    enum status status = login(key, request);
    struct datum *datum = datum_of(key, request->name);
    if (datum == NULL && !key->is_full)
        datum = datum_of(key, "");
    if (status == STATUS_OK && datum == NULL)
        status = STATUS_FULL;
    if (status != STATUS_OK)
        return status;
    (void)text_copy(datum->name, sizeof(datum->name), request->name);
    buf_clear(&datum->bytes);
    return buf_append(&datum->bytes, request->data, request->data_length);
}

static enum status read_data(struct fake_key *key, const struct token_request *request,
                             struct token_reply *reply)
{
    const struct datum *datum = request->name[0] != 0 ? datum_of(key, request->name) : NULL;
    return datum == NULL ? STATUS_NOT_FOUND
                         : buf_append(&reply->data, datum->bytes.data, datum->bytes.length);
}

static enum status set_pin(struct fake_key *key, const struct token_request *request)
{
    enum status status = login(key, request);
    return status == STATUS_OK ? set_user_pin(key, &request->new_pin) : status;
}

static enum status unlock_pin(struct fake_key *key, const struct token_request *request)
{
    enum status status = login_officer(key, request);
    return status == STATUS_OK ? set_user_pin(key, &request->new_pin) : status;
}

static enum status destroy(struct token_fake *fake, struct fake_key *key, const struct token_request *request)
{
    enum status status = login(key, request);
    for (struct pair *pair = pair_of(key, request->role, &request->id); status == STATUS_OK && pair != NULL;
         pair = pair_of(key, request->role, &request->id))
        clear_pair(fake, pair);
    return status;
}

static enum status act(struct token_fake *fake, struct fake_key *key, const struct token_request *request,
                       struct token_reply *reply)
{
    switch (request->verb) {
    case TOKEN_VERB_FORMAT:
        return format(fake, key, request, reply);
    case TOKEN_VERB_GENERATE:
        return generate(fake, key, request, reply);
    case TOKEN_VERB_PUBLIC_KEY:
        return give_public_key(pair_of(key, request->role, &request->id), reply);
    case TOKEN_VERB_CHECK_KEY:
        return check_key(key, request, reply);
    case TOKEN_VERB_SIGN:
        return sign(fake, key, request, reply);
    case TOKEN_VERB_IMPORT_ENVELOPED:
        return import_enveloped(fake, key, request);
    case TOKEN_VERB_DECRYPT:
        return decrypt(fake, key, request, reply);
    case TOKEN_VERB_WRITE_CERTIFICATE:
        return write_certificate(key, request);
    case TOKEN_VERB_READ_CERTIFICATE:
        return read_certificate(key, request, reply);
    case TOKEN_VERB_WRITE_DATA:
        return write_data(key, request);
    case TOKEN_VERB_READ_DATA:
        return read_data(key, request, reply);
    case TOKEN_VERB_SET_PIN:
        return set_pin(key, request);
    case TOKEN_VERB_VERIFY_PIN:
        return login(key, request);
    case TOKEN_VERB_UNLOCK_PIN:
        return unlock_pin(key, request);
    case TOKEN_VERB_LIST:
        return list_objects(key, request, reply);
    case TOKEN_VERB_DESTROY:
        return destroy(fake, key, request);
    case TOKEN_VERB_LOOK:
    case TOKEN_VERB_WAIT:
    case TOKEN_VERB_COUNT_:
        break;
    }
    return STATUS_UNSUPPORTED;
}

/* --- the driver ---------------------------------------------------------------------------------------- */

/* Counts one call down. Returns: whether its time has come. */
static bool is_due(unsigned *calls)
{
    return *calls > 0 && --*calls == 0;
}

static enum status act_locked(struct token_fake *fake, const struct token_request *request,
                              struct token_reply *reply)
{
    bool pulls = is_due(&fake->pull_in);
    if (is_due(&fake->fail_in))
        return fake->fail_status;
    if (pulls && !fake->pull_after_work)
        pull_locked(fake);
    if (fake->current == NULL)
        return STATUS_LOST;
    struct token_identity present = identity_of(fake->current);
    if (!token_identity_is_same(&present, &request->expected))
        return STATUS_CONFLICT;
    enum status status = act(fake, fake->current, request, reply);
    if (pulls && fake->pull_after_work) {
        pull_locked(fake);
        return STATUS_LOST;
    }
    return status;
}

static enum status wait_for_change(struct token_fake *fake, const struct token_request *request,
                                   struct job_cancel *cancel, struct token_reply *reply)
{
    int64_t until_ms = clock_monotonic_ms(clock_system()) + request->wait_ms;
    for (;;) {
        lock(fake);
        describe(fake, &reply->info);
        unlock(fake);
        if (request->verb == TOKEN_VERB_LOOK || reply->info.insertion != request->insertion ||
            clock_monotonic_ms(clock_system()) >= until_ms)
            return STATUS_OK;
        if (job_cancel_is_requested(cancel))
            return STATUS_CANCELLED;
        (void)poll(NULL, 0, LOOK_MS);
    }
}

static enum status fake_perform(void *context, const struct token_request *request, struct job_cancel *cancel,
                                struct token_reply *reply, struct failure *failure)
{
    struct token_fake *fake = context;
    int delay_ms = atomic_load(&fake->delay_ms);
    if (delay_ms > 0)
        (void)poll(NULL, 0, delay_ms);
    if (job_cancel_is_requested(cancel))
        return failure_set(failure, STATUS_CANCELLED, "token_fake", 0, "cancelled");
    if (request->verb == TOKEN_VERB_LOOK || request->verb == TOKEN_VERB_WAIT)
        return wait_for_change(fake, request, cancel, reply);
    lock(fake);
    enum status status = act_locked(fake, request, reply);
    unlock(fake);
    if (status != STATUS_OK)
        return failure_set(failure, status, "token_fake", 0, "answered so by the script");
    return status;
}

static void fake_close(void *context)
{
    struct token_fake *fake = context;
    if (fake == NULL)
        return;
    for (size_t i = 0; i < KEYS; i++)
        release_key(fake, &fake->keys[i]);
    free(fake);
}

static enum status fake_open(const struct token_settings *settings, void **context, struct failure *failure)
{
    struct token_fake *fake = calloc(1, sizeof(*fake));
    (void)failure;
    if (fake == NULL)
        return STATUS_NO_MEMORY;
    atomic_flag_clear(&fake->busy);
    fake->insertion = 1;
    fake->maker = (struct token_fake_maker){.make = builtin_make,
                                            .sign = builtin_sign,
                                            .open = builtin_open,
                                            .decrypt = builtin_decrypt,
                                            .free = builtin_free,
                                            .context = fake};
    if (settings->module != NULL && strcmp(settings->module, "blank") == 0)
        token_fake_insert(fake, "fake-1");
    *context = fake;
    return STATUS_OK;
}

struct token_fake *token_fake_of(const struct token *token)
{
    return token_driver_context(token, &token_fake_driver);
}

const struct token_driver token_fake_driver = {
    .name = "fake", .open = fake_open, .close = fake_close, .perform = fake_perform};
