/* The documented example, from the same list that reads the file. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/catalogue/settings.h"

struct settings_line {
    const char *key;
    const char *type;
    const char *unit;
    const char *fallback;
    long long min, max;
    const char *help;
};

#define SETTINGS_SHOWN_TEXT(fallback) "\"" fallback "\""
#define SETTINGS_SHOWN_PATH(fallback) "\"" fallback "\""
#define SETTINGS_SHOWN_CHOICE(fallback) "\"" fallback "\""
#define SETTINGS_SHOWN_INTEGER(fallback) #fallback
#define SETTINGS_SHOWN_BOOL(fallback) (fallback) ? "true" : "false"
#define SETTINGS_TYPE_NAME_TEXT "text"
#define SETTINGS_TYPE_NAME_PATH "path"
#define SETTINGS_TYPE_NAME_CHOICE "choice"
#define SETTINGS_TYPE_NAME_INTEGER "integer"
#define SETTINGS_TYPE_NAME_BOOL "bool"

static const struct settings_line settings_lines[] = {
#define SETTING(member, key, kind, unit, fallback, min, max, help)                                           \
    {key, SETTINGS_TYPE_NAME_##kind, unit, SETTINGS_SHOWN_##kind(fallback), min, max, help},
#include "kiosk/catalogue/settings.def"
#undef SETTING
};

static const char settings_head[] = "# Settings of certkiosk, certclerk and certctl: every key with type, "
                                    "unit, default and range. A key that is\n"
                                    "# left out has its default. In texts, ${NAME} stands for a variable of "
                                    "the environment and $$ for a dollar\n"
                                    "# sign. Secrets never stand here, only paths of files that hold them.\n";

static size_t settings_level(const char *key)
{
    size_t level = 0;
    for (; *key != '\0'; key++)
        level += *key == '.';
    return level;
}

/* The first `level` names of a key and their dots. */
static size_t settings_prefix(const char *key, size_t level)
{
    size_t length = 0;
    while (level > 0)
        level -= key[length++] == '.';
    return length;
}

/* The sections a key stands in, as far as the line before has not opened them. */
static enum status settings_write_sections(const struct settings_line *line, const char *before,
                                           struct buf *out)
{
    enum status status = STATUS_OK;
    for (size_t level = 1; level <= settings_level(line->key) && status == STATUS_OK; level++) {
        size_t length = settings_prefix(line->key, level);
        size_t start = settings_prefix(line->key, level - 1);
        if (strncmp(line->key, before, length) == 0)
            continue;
        status = buf_append_format(out, "%s%*s%.*s:\n", level == 1 ? "\n" : "", (int)(level - 1) * 2, "",
                                   (int)(length - start - 1), line->key + start);
    }
    return status;
}

static enum status settings_write_line(const struct settings_line *line, struct buf *out)
{
    int indent = (int)settings_level(line->key) * 2;
    const char *name = strrchr(line->key, '.');
    name = name == NULL ? line->key : name + 1;
    enum status status = buf_append_format(out, "%*s# %s\n", indent, "", line->help);
    if (status == STATUS_OK)
        status = buf_append_format(out, "%*s# %s (%s), default %s", indent, "", line->type, line->unit,
                                   line->fallback);
    bool has_range = strcmp(line->type, "bool") != 0 && strcmp(line->type, "choice") != 0;
    if (status == STATUS_OK && has_range)
        status = buf_append_format(out, ", %lld to %lld%s", line->min, line->max,
                                   strcmp(line->type, "integer") == 0 ? "" : " characters");
    if (status == STATUS_OK)
        status = buf_append_format(out, "\n%*s%s: %s\n", indent, "", name, line->fallback);
    return status;
}

enum status settings_write_example(struct buf *out)
{
    const char *before = "";
    enum status status = buf_append_text(out, settings_head);
    for (size_t i = 0; i < sizeof settings_lines / sizeof settings_lines[0] && status == STATUS_OK; i++) {
        const struct settings_line *line = &settings_lines[i];
        if (settings_level(line->key) == 0)
            status = buf_append_text(out, "\n");
        if (status == STATUS_OK)
            status = settings_write_sections(line, before, out);
        if (status == STATUS_OK)
            status = settings_write_line(line, out);
        before = line->key;
    }
    return status;
}
