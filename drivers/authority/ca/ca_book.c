#include "drivers/authority/ca/ca_book.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/file.h"

static bool is_record_name(const char *name)
{
    size_t length = strlen(name);
    return name[0] != '.' && length > 5 && strcmp(name + length - 5, ".json") == 0;
}

static enum status copy_bytes(struct buf *to, const struct buf *from)
{
    buf_init(to, LIMIT_CERTIFICATE_BYTES);
    return buf_append(to, from->data, from->length);
}

static enum status copy_record(struct ca_record *to, const struct ca_record *from)
{
    struct ca_record copy = *from;
    ca_record_init_bytes(&copy);
    enum status status = copy_bytes(&copy.request, &from->request);
    if (status == STATUS_OK)
        status = copy_bytes(&copy.certificate, &from->certificate);
    if (status == STATUS_OK)
        status = copy_bytes(&copy.encryption_certificate, &from->encryption_certificate);
    if (status == STATUS_OK)
        status = copy_bytes(&copy.escrow, &from->escrow);
    if (status == STATUS_OK)
        *to = copy;
    else
        ca_record_release(&copy);
    return status;
}

static enum status make_room(struct ca_book *book)
{
    if (book->count < book->capacity)
        return STATUS_OK;
    size_t capacity = book->capacity == 0 ? 64 : 2 * book->capacity;
    struct ca_record *records = reallocarray(book->records, capacity, sizeof(*records));
    if (records == NULL)
        return STATUS_NO_MEMORY;
    book->records = records;
    book->capacity = capacity;
    return STATUS_OK;
}

static enum status read_record(struct ca_book *book, const char *path, const char *name,
                               struct failure *failure)
{
    struct ca_record record = {0};
    struct json *object = NULL;
    struct buf text;
    buf_init(&text, LIMIT_JSON_BYTES);
    enum status status = make_room(book);
    if (status == STATUS_OK)
        status = file_read(path, &text, failure);
    if (status != STATUS_OK)
        goto done;
    status = json_parse((const char *)text.data, text.length, &object);
    if (status == STATUS_OK)
        status = ca_record_from_json(object, &record);
    if (status == STATUS_OK && strncmp(record.id, name, strlen(name) - 5) != 0)
        status = STATUS_MALFORMED;
    if (status == STATUS_OK) {
        book->records[book->count++] = record;
        record = (struct ca_record){0};
    } else {
        status = failure_set(failure, STATUS_MALFORMED, "ca_book", 0, "damaged record %s", name);
    }
done:
    ca_record_release(&record);
    json_free(object);
    buf_release(&text);
    return status;
}

static enum status read_entry(struct ca_book *book, const char *name, bool cleans, struct failure *failure)
{
    char path[CA_PATH_BYTES];
    if (name[0] == '.')
        return STATUS_OK;
    if (!ca_settings_path(book->dir, name, path))
        return failure_set(failure, STATUS_IO, "ca_book", 0, "path too long");
    if (is_record_name(name))
        return read_record(book, path, name, failure);
    if (cleans)
        (void)unlink(
            path); /* written beside its record when the process was killed: never renamed, never said */
    return STATUS_OK;
}

enum status ca_book_open(struct ca_book *book, const char *dir, bool cleans, struct failure *failure)
{
    *book = (struct ca_book){0};
    struct dirent **names = NULL;
    int count =
        ca_settings_path(dir, "records", book->dir) ? scandir(book->dir, &names, NULL, alphasort) : -1;
    if (count < 0)
        return failure_set(failure, STATUS_IO, "scandir", errno, "%s/records", dir);
    enum status status = STATUS_OK;
    for (int i = 0; i < count; i++) {
        if (status == STATUS_OK)
            status = read_entry(book, names[i]->d_name, cleans, failure);
        free(names[i]);
    }
    free(names);
    return status;
}

void ca_book_release(struct ca_book *book)
{
    if (book == NULL)
        return;
    for (size_t i = 0; i < book->count; i++)
        ca_record_release(&book->records[i]);
    free(book->records);
    *book = (struct ca_book){0};
}

static enum status write_record(const struct ca_book *book, const struct ca_record *record,
                                struct failure *failure)
{
    char name[AUTHORITY_ID_BYTES + 8];
    char path[CA_PATH_BYTES];
    struct buf text;
    buf_init(&text, LIMIT_JSON_BYTES);
    struct json *object = ca_record_to_json(record, false);
    enum status status = json_write(object, &text);
    (void)snprintf(name, sizeof(name), "%s.json", record->id);
    if (status == STATUS_OK && !ca_settings_path(book->dir, name, path))
        status = failure_set(failure, STATUS_IO, "ca_book", 0, "path too long");
    if (status == STATUS_OK)
        status = file_replace(path, text.data, text.length, 0600, failure);
    json_free(object);
    buf_release(&text);
    return status;
}

static struct ca_record *find(const struct ca_book *book, const char *id)
{
    for (size_t i = 0; i < book->count; i++)
        if (strcmp(book->records[i].id, id) == 0)
            return &book->records[i];
    return NULL;
}

enum status ca_book_put(struct ca_book *book, const struct ca_record *record, struct failure *failure)
{
    struct ca_record copy = {0};
    enum status status = make_room(book);
    if (status == STATUS_OK)
        status = copy_record(&copy, record);
    if (status == STATUS_OK)
        status = write_record(book, record, failure);
    if (status != STATUS_OK) {
        ca_record_release(&copy);
        return status;
    }
    struct ca_record *place = find(book, record->id);
    if (place == NULL)
        place = &book->records[book->count++];
    else
        ca_record_release(place);
    *place = copy;
    return STATUS_OK;
}

const struct ca_record *ca_book_by_id(const struct ca_book *book, const char *id)
{
    return find(book, id);
}

const struct ca_record *ca_book_by_serial(const struct ca_book *book, const char *serial)
{
    for (size_t i = 0; i < book->count; i++)
        if (strcmp(book->records[i].serial, serial) == 0)
            return &book->records[i];
    return ca_book_by_escrow(book, serial);
}

const struct ca_record *ca_book_by_escrow(const struct ca_book *book, const char *serial)
{
    for (size_t i = 0; i < book->count && serial[0] != 0; i++)
        if (strcmp(book->records[i].encryption_serial, serial) == 0)
            return &book->records[i];
    return NULL;
}

bool ca_book_has_escrow(const struct ca_book *book)
{
    for (size_t i = 0; i < book->count; i++)
        if (book->records[i].escrow.length > 0)
            return true;
    return false;
}

const struct ca_record *ca_book_by_key(const struct ca_book *book, const char *key_hash)
{
    for (size_t i = 0; i < book->count; i++)
        if (strcmp(book->records[i].key_hash, key_hash) == 0)
            return &book->records[i];
    return NULL;
}
