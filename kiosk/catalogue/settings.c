#include "kiosk/catalogue/settings.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/catalogue/opening.h"

/* Per type: how it is read, how it is set to its default. */
#define SETTINGS_YAML_TEXT YAML_TEXT
#define SETTINGS_YAML_PATH YAML_TEXT
#define SETTINGS_YAML_CHOICE YAML_TEXT
#define SETTINGS_YAML_INTEGER YAML_INTEGER
#define SETTINGS_YAML_BOOL YAML_BOOL
#define SETTINGS_FALLBACK_TEXT(fallback) fallback
#define SETTINGS_FALLBACK_PATH(fallback) fallback
#define SETTINGS_FALLBACK_CHOICE(fallback) fallback
#define SETTINGS_FALLBACK_INTEGER(fallback) NULL
#define SETTINGS_FALLBACK_BOOL(fallback) NULL

static const struct yaml_member settings_members[] = {
#define SETTING(member, path, kind, unit, otherwise, smallest, largest, help)                                \
    {.key = path,                                                                                            \
     .type = SETTINGS_YAML_##kind,                                                                           \
     .offset = offsetof(struct settings, member),                                                            \
     .min = smallest,                                                                                        \
     .max = largest,                                                                                         \
     .fallback = SETTINGS_FALLBACK_##kind(otherwise)},
#include "kiosk/catalogue/settings.def"
#undef SETTING
};

static void settings_prepare(void *entry)
{
    struct settings *settings = entry;
#define SETTING(member, path, kind, unit, fallback, smallest, largest, help) settings->member = fallback;
#include "kiosk/catalogue/settings.def"
#undef SETTING
}

static const struct yaml_schema settings_schema = {
    .what = "settings file",
    .members = settings_members,
    .member_count = sizeof settings_members / sizeof settings_members[0],
    .size = sizeof(struct settings),
    .prepare = settings_prepare,
};

struct settings_variables {
    settings_environment *environment;
    void *context;
};

const char *settings_process_environment(void *context, const char *name)
{
    (void)context;
    return getenv(name);
}

/* The variable at *text, which stands behind "$", is put down and *text moves behind it. */
static bool settings_expand_variable(const struct settings_variables *variables, const char **text,
                                     struct buf *out, const char **complaint)
{
    char name[64];
    const char *end = strchr(*text, '}');
    if (**text != '{' || end == NULL || end == *text + 1 || (size_t)(end - *text) > sizeof name) {
        *complaint = "${NAME} or $$ behind a dollar sign";
        return false;
    }
    size_t length = (size_t)(end - *text) - 1;
    memcpy(name, *text + 1, length);
    name[length] = '\0';
    const char *value = variables->environment(variables->context, name);
    if (value == NULL || buf_append_text(out, value) != STATUS_OK) {
        *complaint = "a variable that is set in the environment";
        return false;
    }
    *text = end + 1;
    return true;
}

static bool settings_expand(void *context, const char *text, struct buf *out, const char **complaint)
{
    while (*text != '\0') {
        if (*text != '$') {
            size_t plain = strcspn(text, "$");
            if (buf_append(out, text, plain) != STATUS_OK)
                return false;
            text += plain;
            continue;
        }
        text++;
        if (*text == '$') {
            if (buf_append(out, text++, 1) != STATUS_OK)
                return false;
        } else if (!settings_expand_variable(context, &text, out, complaint)) {
            return false;
        }
    }
    return true;
}

/* Whether the word is one of a list written "a|b|c". */
static bool settings_is_listed(const char *word, const char *list)
{
    size_t length = strlen(word);
    for (const char *at = list; *at != '\0'; at += strcspn(at, "|") + (at[strcspn(at, "|")] == '|')) {
        if (strcspn(at, "|") == length && strncmp(at, word, length) == 0)
            return true;
    }
    return false;
}

static void settings_check_choice(const struct settings *settings, struct yaml_errors *errors,
                                  const char *key, const char **word, const char *list)
{
    bool is_told = (*word)[0] == '\0'; /* an empty word was refused by its length */
    if (is_told || settings_is_listed(*word, list))
        return;
    yaml_complain(settings->yaml, errors, *word, "expected one of %s for %s, found %s", list, key, *word);
    *word = "";
}

#define SETTINGS_CHECK_TEXT(member, path, unit)
#define SETTINGS_CHECK_PATH(member, path, unit)
#define SETTINGS_CHECK_INTEGER(member, path, unit)
#define SETTINGS_CHECK_BOOL(member, path, unit)
#define SETTINGS_CHECK_CHOICE(member, path, unit)                                                            \
    settings_check_choice(settings, errors, path, &settings->member, unit);

static void settings_check_hours(struct settings *settings, struct yaml_errors *errors)
{
    struct opening opening;
    const char *odd =
        settings->hall_open_hours[0] == '\0' ? NULL : opening_parse(settings->hall_open_hours, &opening);
    if (odd == NULL)
        return;
    yaml_complain(settings->yaml, errors, settings->hall_open_hours,
                  "expected hours like 周一至周五 9:00–12:00、13:30–17:30；周六 9:00–12:00 for "
                  "hall.open_hours, found %s",
                  odd[0] == '\0' ? "the end" : odd);
    settings->hall_open_hours = "";
}

static void settings_check(struct settings *settings, struct yaml_errors *errors)
{
    settings_check_hours(settings, errors);
#define SETTING(member, path, kind, unit, fallback, smallest, largest, help)                                 \
    SETTINGS_CHECK_##kind(member, path, unit)
#include "kiosk/catalogue/settings.def"
#undef SETTING
}

/* Takes the document. After CONFIG *out holds what could be read. */
static enum status settings_read(struct yaml *yaml, settings_environment *environment, void *context,
                                 struct yaml_errors *errors, struct settings **out)
{
    struct settings *settings = calloc(1, sizeof *settings);
    enum status status = STATUS_NO_MEMORY;
    size_t before = errors->count;
    if (settings == NULL) {
        yaml_free(yaml);
        return status;
    }
    settings->yaml = yaml;
    struct settings_variables variables = {environment, context};
    yaml_set_expander(yaml, settings_expand, &variables);
    status = yaml_fill(yaml, &settings_schema, settings, errors);
    yaml_set_expander(yaml, NULL, NULL);
    if (status != STATUS_NO_MEMORY)
        settings_check(settings, errors);
    if (status == STATUS_OK && errors->count != before)
        status = STATUS_CONFIG;
    if (status != STATUS_NO_MEMORY)
        *out = settings;
    else
        settings_free(settings);
    return status;
}

/* Mistakes were told: nobody gets what is only partly right. */
static enum status settings_whole(enum status status, struct settings *read, struct settings **out)
{
    if (status == STATUS_OK)
        *out = read;
    else
        settings_free(read);
    return status;
}

enum status settings_open_partly(const char *path, settings_environment *environment, void *context,
                                 struct yaml_errors *errors, struct settings **out)
{
    struct yaml *yaml = NULL;
    enum status status = yaml_open(path, errors, &yaml);
    return status == STATUS_OK ? settings_read(yaml, environment, context, errors, out) : STATUS_CONFIG;
}

enum status settings_open(const char *path, settings_environment *environment, void *context,
                          struct yaml_errors *errors, struct settings **out)
{
    struct settings *read = NULL;
    enum status status = settings_open_partly(path, environment, context, errors, &read);
    return settings_whole(status, read, out);
}

enum status settings_parse(const char *name, const char *text, size_t length,
                           settings_environment *environment, void *context, struct yaml_errors *errors,
                           struct settings **out)
{
    struct yaml *yaml = NULL;
    struct settings *read = NULL;
    enum status status = yaml_parse(name, text, length, errors, &yaml);
    if (status == STATUS_OK)
        status = settings_read(yaml, environment, context, errors, &read);
    return settings_whole(status, read, out);
}

void settings_free(struct settings *settings)
{
    if (settings == NULL)
        return;
    yaml_free(settings->yaml);
    free(settings);
}
