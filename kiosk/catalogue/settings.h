/* Settings: what a site may set, from kiosk.yaml, every key on one list (settings.def).
 *
 * A key is unset or right: wrong types, ranges and unknown keys are told all at once with file, line, column
 * and caret, and no program starts half-configured. A text may hold ${NAME}, replaced from the environment
 * handed in;
 * `$$` is a dollar sign. Secrets never stand in the file, only paths of files that hold them.
 * Pitfall: texts are borrowed from the settings, which live as long as the program.
 */
#ifndef KIOSK_CATALOGUE_SETTINGS_H
#define KIOSK_CATALOGUE_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/catalogue/yaml.h"

#define SETTINGS_TYPE_TEXT const char *
#define SETTINGS_TYPE_PATH const char *
#define SETTINGS_TYPE_INTEGER int64_t
#define SETTINGS_TYPE_BOOL bool
#define SETTINGS_TYPE_CHOICE const char *

/* One member per line of settings.def, its key with dots as underscores. Texts are never NULL. */
struct settings {
#define SETTING(member, key, type, unit, fallback, min, max, help) SETTINGS_TYPE_##type member;
#include "kiosk/catalogue/settings.def"
#undef SETTING
    struct yaml *yaml; /* owns the texts */
};

/* Where ${NAME} comes from. Returns: NULL for an unknown name. */
typedef const char *settings_environment(void *context, const char *name);
/* The environment of this process, for settings_open. Returns: NULL for an unset name. Owns: the environment.
 */
const char *settings_process_environment(void *context, const char *name);

/* The file is read whole over the defaults.
 * Returns: CONFIG with all mistakes told in *errors, NO_MEMORY.
 * Owns: the caller frees *out with settings_free. After failure: *out is unchanged. */
enum status settings_open(const char *path, settings_environment *environment, void *context,
                          struct yaml_errors *errors, struct settings **out);
/* The file is read as by settings_open, and what could be read is handed out beside its mistakes, so that the
 * files it names are judged in the same pass: a text that was complained about is "", a number its default.
 * No program starts on it. Returns: CONFIG with *out set, or untouched when the file is no YAML; NO_MEMORY.
 * Owns: the caller frees *out with settings_free. */
enum status settings_open_partly(const char *path, settings_environment *environment, void *context,
                                 struct yaml_errors *errors, struct settings **out);
/* The same from memory as settings_open; what a fuzz target calls.
 * Returns and Owns: as settings_open, and FULL past LIMIT_CONFIG_BYTES. */
enum status settings_parse(const char *name, const char *text, size_t length,
                           settings_environment *environment, void *context, struct yaml_errors *errors,
                           struct settings **out);
/* The settings are gone; NULL is allowed. */
void settings_free(struct settings *settings);

/* The documented example, made from the list, stands at the end of the buffer: what config/kiosk.yaml.example
 * holds. Returns: as buf_append. */
enum status settings_write_example(struct buf *out);

#endif
