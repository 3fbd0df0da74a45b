#include "kiosk/services/service_register.h"

enum { ROWS_AT_ONCE = 500 };

static enum status join_titles(const struct register_shape *shape, struct buf *out)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < shape->count && status == STATUS_OK; i++)
        status = buf_append_format(out, "%s%s", i == 0 ? "" : "\n", shape->columns[i].title);
    return status;
}

static enum status add_row(struct store *store, const char *id, const struct register_shape *shape,
                           const struct register_row *row, struct failure *failure)
{
    struct buf text;
    struct json *json = json_new_object();
    buf_init(&text, STORE_REGISTER_ROW_BYTES);
    for (size_t i = 0; i < shape->count; i++)
        if (row->cells[i][0] != 0)
            json_set_text(json, shape->columns[i].title, row->cells[i]);
    enum status status = json_write(json, &text);
    if (status == STATUS_OK)
        status = store_register_add(store, id, row->cells[shape->key], text.data, text.length, failure);
    json_free(json);
    buf_wipe(&text);
    return status;
}

/* In several changes, so that terminals are held up by none of them for long. */
static enum status add_rows(struct store *store, const char *id, const struct register_shape *shape,
                            const struct register_file *file, struct failure *failure)
{
    enum status status = STATUS_OK;
    for (size_t from = 0; from < file->count && status == STATUS_OK; from += ROWS_AT_ONCE) {
        status = store_begin(store, failure);
        if (status != STATUS_OK)
            break;
        for (size_t i = from; i < file->count && i < from + ROWS_AT_ONCE && status == STATUS_OK; i++)
            status = add_row(store, id, shape, &file->rows[i], failure);
        status = store_end(store, status, failure);
    }
    return status;
}

enum status service_register_put(struct store *store, const struct register_shape *shape,
                                 const struct register_file *file, const char *digest, const char *actor,
                                 struct failure *failure)
{
    char id[STORE_ID_BYTES];
    struct buf titles;
    buf_init(&titles, STORE_REGISTER_COLUMNS_BYTES);
    enum status status = join_titles(shape, &titles);
    if (status == STATUS_OK)
        status = store_register_begin(store, shape->kind, (const char *)titles.data, id, failure);
    if (status == STATUS_OK)
        status = add_rows(store, id, shape, file, failure);
    if (status == STATUS_OK)
        status = store_register_finish(store, id, digest, actor, failure);
    buf_release(&titles);
    return status;
}

enum status service_register_find(struct store *store, const char *kind, const char *key, struct json **out,
                                  char register_id[STORE_ID_BYTES], struct failure *failure)
{
    struct buf text;
    buf_init(&text, STORE_REGISTER_ROW_BYTES);
    enum status status = store_register_find(store, kind, key, &text, register_id, failure);
    if (status == STATUS_OK)
        status = json_parse((const char *)text.data, text.length, out);
    buf_wipe(&text);
    return status;
}
