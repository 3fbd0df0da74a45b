#include "drivers/simulators/common/sim_document.h"

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

enum status sim_document_load(const char *path, struct json **out, struct failure *failure)
{
    struct buf text;
    *out = NULL;
    buf_init(&text, LIMIT_JSON_BYTES);
    enum status status = file_read(path, &text, failure);
    if (status == STATUS_OK)
        status = json_parse((const char *)text.data, text.length, out);
    else if (status == STATUS_NOT_FOUND)
        status = STATUS_OK;
    buf_release(&text);
    return status;
}

enum status sim_document_save_take(const char *path, struct json *document)
{
    struct buf text;
    enum status status = STATUS_OK;
    buf_init(&text, LIMIT_JSON_BYTES);
    if (path[0] != '\0')
        status = json_write(document, &text);
    if (path[0] != '\0' && status == STATUS_OK)
        status = file_replace(path, text.data, text.length, 0600, NULL);
    buf_release(&text);
    json_free(document);
    return status;
}

bool sim_document_text(const struct json *row, const char *name, char *out, size_t size)
{
    return text_copy(out, size, json_text(row, name, ""));
}
