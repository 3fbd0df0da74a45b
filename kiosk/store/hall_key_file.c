/* The file is one line: "certkiosk-hall-key 1 <id> <key>", id and key in hexadecimal. */
#include "kiosk/store/hall_key_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "kiosk/base/crypto.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/file.h"
#include "kiosk/base/secret.h"

#define HEADER "certkiosk-hall-key 1 "

enum { FILE_LIMIT_BYTES = 256, ID_RAW_BYTES = 8, ID_HEX = 2 * ID_RAW_BYTES, KEY_HEX = 2 * CRYPTO_KEY_BYTES };

struct hall_key_file {
    char id[HALL_KEY_ID_BYTES];
    struct secret key;
    const struct random *random;
};

enum status hall_key_file_create(const char *path, const struct random *random, struct failure *failure)
{
    struct stat info;
    if (stat(path, &info) == 0)
        return failure_set(failure, STATUS_CONFLICT, "hall key", EEXIST, "the file exists");
    uint8_t id[ID_RAW_BYTES];
    uint8_t key[CRYPTO_KEY_BYTES];
    char id_hex[ID_HEX + 1];
    char key_hex[KEY_HEX + 1];
    char line[FILE_LIMIT_BYTES];
    random_fill(random, id, sizeof(id));
    random_fill(random, key, sizeof(key));
    encode_hex(id_hex, id, sizeof(id));
    encode_hex(key_hex, key, sizeof(key));
    int length = snprintf(line, sizeof(line), HEADER "%s %s\n", id_hex, key_hex);
    enum status status = file_replace(path, line, (size_t)length, 0600, failure);
    secret_wipe_bytes(key, sizeof(key));
    secret_wipe_bytes(key_hex, sizeof(key_hex));
    secret_wipe_bytes(line, sizeof(line));
    return status;
}

static const char *file_id(void *context)
{
    const struct hall_key_file *file = context;
    return file->id;
}

static enum status file_wrap(void *context, const void *associated, size_t associated_length,
                             const void *plain, size_t length, struct buf *out, struct failure *failure)
{
    const struct hall_key_file *file = context;
    enum status status =
        crypto_seal(file->key.bytes, file->random, associated, associated_length, plain, length, out);
    if (status != STATUS_OK)
        return failure_set(failure, status, "wrap", 0, "hall key %s", file->id);
    return STATUS_OK;
}

static enum status file_unwrap(void *context, const void *associated, size_t associated_length,
                               const void *wrapped, size_t length, struct buf *out, struct failure *failure)
{
    const struct hall_key_file *file = context;
    enum status status = crypto_open(file->key.bytes, associated, associated_length, wrapped, length, out);
    if (status != STATUS_OK)
        return failure_set(failure, status, "unwrap", 0, "hall key %s", file->id);
    return STATUS_OK;
}

static enum status file_derive(void *context, const char *label, const void *salt, size_t salt_length,
                               uint8_t *out, size_t length, struct failure *failure)
{
    (void)failure;
    const struct hall_key_file *file = context;
    crypto_derive(file->key.bytes, salt, salt_length, label, out, length);
    return STATUS_OK;
}

static void file_close(void *context)
{
    struct hall_key_file *file = context;
    secret_wipe(&file->key);
    free(file);
}

static const struct hall_key_ops file_ops = {
    .name = "file",
    .id = file_id,
    .wrap = file_wrap,
    .unwrap = file_unwrap,
    .derive = file_derive,
    .close = file_close,
};

/* Returns: MALFORMED for anything but the one line create writes. */
static enum status parse(const struct buf *content, struct hall_key_file *file)
{
    size_t head = strlen(HEADER);
    if (content->length != head + ID_HEX + 1 + KEY_HEX + 1)
        return STATUS_MALFORMED;
    const char *text = (const char *)content->data;
    if (strncmp(text, HEADER, head) != 0 || text[head + ID_HEX] != ' ' || text[content->length - 1] != '\n')
        return STATUS_MALFORMED;
    memcpy(file->id, text + head, ID_HEX);
    uint8_t id[ID_RAW_BYTES];
    uint8_t key[CRYPTO_KEY_BYTES];
    char key_hex[KEY_HEX + 1] = {0};
    memcpy(key_hex, text + head + ID_HEX + 1, KEY_HEX);
    enum status status = encode_hex_decode(id, sizeof(id), file->id);
    if (status == STATUS_OK)
        status = encode_hex_decode(key, sizeof(key), key_hex);
    if (status == STATUS_OK)
        status = secret_set(&file->key, key, sizeof(key));
    secret_wipe_bytes(key, sizeof(key));
    secret_wipe_bytes(key_hex, sizeof(key_hex));
    return status;
}

/* A key others can read is refused rather than used: somebody may have it already. */
static enum status check_mode(const char *path, struct failure *failure)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return failure_set(failure, errno == ENOENT ? STATUS_NOT_FOUND : STATUS_IO, "hall key", errno, "%s",
                           strerror(errno));
    if (!S_ISREG(info.st_mode) || (info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return failure_set(failure, STATUS_REFUSED, "hall key", (long)(info.st_mode & 07777),
                           "mode must be 0600, owned by the service");
    return STATUS_OK;
}

enum status hall_key_file_open(const char *path, const struct random *random, struct hall_key *out,
                               struct failure *failure)
{
    struct buf content;
    buf_init(&content, FILE_LIMIT_BYTES);
    struct hall_key_file *file = NULL;
    enum status status = check_mode(path, failure);
    if (status != STATUS_OK)
        goto done;
    status = file_read(path, &content, failure);
    if (status != STATUS_OK) {
        status = status == STATUS_FULL ? STATUS_MALFORMED : status;
        goto done;
    }
    file = calloc(1, sizeof(*file));
    if (!file) {
        status = failure_set(failure, STATUS_NO_MEMORY, "hall key", 0, "provider");
        goto done;
    }
    file->random = random;
    status = parse(&content, file);
    if (status != STATUS_OK) {
        status = failure_set(failure, status, "hall key", 0, "the file is not a hall key");
        goto done;
    }
    *out = (struct hall_key){.ops = &file_ops, .context = file};
    file = NULL;
done:
    if (file)
        file_close(file);
    buf_wipe(&content);
    return status;
}
