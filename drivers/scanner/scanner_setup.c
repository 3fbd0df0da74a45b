#include "drivers/scanner/scanner_setup.h"

#include <string.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/file.h"
#include "kiosk/base/text.h"

enum { SETUP_BYTES = 4096 };

static enum status write_file(const char *folder, const char *name, const char *text, struct failure *failure)
{
    struct buf path;
    buf_init(&path, SETUP_BYTES);
    enum status status = buf_append_format(&path, "%s/%s", folder, name);
    if (status == STATUS_OK)
        status = file_replace((const char *)path.data, text, strlen(text), 0644, failure);
    buf_release(&path);
    return status;
}

enum status scanner_setup_escl(const char *folder, const char *name, const char *url, struct failure *failure)
{
    if (!*name || strpbrk(name, "\"\\\n") || !text_is_printable(name) || !text_has_prefix(url, "http") ||
        strpbrk(url, " ,\n"))
        return failure_set(failure, STATUS_CONFIG, "scanner_setup_escl", 0,
                           "name or address cannot be written");
    struct buf text;
    buf_init(&text, SETUP_BYTES);
    enum status status = file_make_directories(folder, 0755, failure);
    if (status == STATUS_OK)
        status = buf_append_format(&text, "[devices]\n\"%s\" = %s, eSCL\n\n[options]\ndiscovery = disable\n",
                                   name, url);
    if (status == STATUS_OK)
        status = write_file(folder, "airscan.conf", (const char *)text.data, failure);
    if (status == STATUS_OK)
        status = write_file(folder, "dll.conf", "airscan\n", failure);
    buf_release(&text);
    return status;
}
