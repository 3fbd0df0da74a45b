#include "drivers/scanner/scanner_setup.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/file.h"
#include "kiosk/base/text.h"

enum { SETUP_BYTES = 4096, AIRSCAN_BYTES = 64 * 1024, FOLDER_BYTES = 512 };

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

/* Past the blanks. */
static const char *skip(const char *text)
{
    return text + strspn(text, " \t\r");
}

/* `"NAME" = URL` or `"NAME" = URL, eSCL`, the quotation marks may be missing; a line of sane-airscan(5). */
static bool line_url(const char *line, const char *name, char *url, size_t size)
{
    const char *at = skip(line);
    bool is_quoted = *at == '"';
    at += is_quoted;
    if (!text_has_prefix(at, name))
        return false;
    at += strlen(name);
    if (is_quoted && *at++ != '"')
        return false;
    at = skip(at);
    if (*at++ != '=')
        return false;
    at = skip(at);
    size_t length = strcspn(at, " \t\r,;#");
    const char *kind = skip(at + length);
    kind = *kind == ',' ? skip(kind + 1) : "eSCL";
    if (!text_has_prefix(at, "http") || length >= size || !text_has_prefix(kind, "eSCL"))
        return false;
    (void)snprintf(url, size, "%.*s", (int)length, at);
    return true;
}

static bool find_in_folder(const char *folder, const char *name, char *url, size_t size)
{
    char path[FOLDER_BYTES + sizeof "/airscan.conf"], *rest = NULL;
    struct buf text;
    bool is_found = false;
    (void)snprintf(path, sizeof path, "%s/airscan.conf", folder);
    buf_init(&text, AIRSCAN_BYTES);
    if (file_read(path, &text, NULL) == STATUS_OK && buf_append(&text, "", 1) == STATUS_OK)
        for (char *line = strtok_r((char *)text.data, "\n", &rest); line && !is_found;
             line = strtok_r(NULL, "\n", &rest))
            is_found = line_url(line, name, url, size);
    buf_release(&text);
    return is_found;
}

bool scanner_setup_find_escl(const char *folders, const char *id, char *url, size_t size)
{
    const char *kind = text_has_prefix(id, "airscan:e") ? id + strlen("airscan:e") : NULL;
    const char *name = kind ? strchr(kind, ':') : NULL;
    bool is_found = false;
    while (name && name[1] && !is_found && *folders) {
        char folder[FOLDER_BYTES];
        size_t length = strcspn(folders, ":");
        if (length > 0 && length < sizeof folder) {
            (void)snprintf(folder, sizeof folder, "%.*s", (int)length, folders);
            is_found = find_in_folder(folder, name + 1, url, size);
        }
        folders += length + (folders[length] == ':');
    }
    return is_found;
}
