/* Yaml: a YAML 1.2 file is read into C structures by a table, and every mistake in it is told at once.
 *
 * The only part that meets libfyaml. A table (struct yaml_schema) says which keys exist, of which type and
 * range, and where they go; unknown keys, keys given twice, wrong types and missing ones are errors with
 * file, line, column, what was expected, the line itself and a caret. Anchors, aliases and tags are refused.
 * Pitfall: texts and lists are borrowed from the struct yaml, which must live as long as what was filled.
 */
#ifndef KIOSK_CATALOGUE_YAML_H
#define KIOSK_CATALOGUE_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/status.h"

enum { YAML_ERRORS_MAX = 200, YAML_ERRORS_BYTES = 256 * 1024 };

/* All complaints about one or more files. */
struct yaml_errors {
    struct buf text; /* one after the other, as they are shown */
    size_t count;
};

struct yaml;

enum yaml_type {
    YAML_TEXT,         /* const char *; min and max count characters */
    YAML_INTEGER,      /* int64_t between min and max */
    YAML_UNSIGNED,     /* unsigned between min and max */
    YAML_BOOL,         /* bool; true or false */
    YAML_YUAN,         /* int64_t fen from "480" or "480.50"; min and max in fen */
    YAML_CHOICE,       /* an enumeration, its value by name */
    YAML_TEXT_LIST,    /* const char *const *; min and max count entries; item texts hold at most item_max */
    YAML_TEXT_ARRAY,   /* const char *[max], in the structure itself */
    YAML_CHOICE_ARRAY, /* an enumeration [max], in the structure itself */
    YAML_CHOICE_TEXTS, /* const char *[choice_count], indexed by the choice; every one is required */
    YAML_MAP_LIST      /* const struct ... *, each entry filled by `items`; min and max count entries */
};

/* One key. A dot in a key stands for nesting: "ca.algorithm" is the key algorithm inside the mapping ca. */
struct yaml_member {
    const char *key;
    enum yaml_type type;
    bool required;
    size_t offset;       /* of the value in the structure */
    size_t count_offset; /* of the size_t that takes the number of entries, for lists and arrays */
    int64_t min, max;
    const char *(*choice_name)(int choice); /* names of 0 .. choice_count - 1 */
    int choice_count;
    const struct yaml_schema *items;
    const char *fallback; /* for an absent TEXT; other types keep what the structure held before */
    bool (*is_valid)(
        const char *text); /* a further check of a text, or of each text of a list; NULL for none */
    const char *expected;  /* what is_valid wants, in English, for the message */
};

struct yaml_schema {
    const char *what; /* in English, for the message: "product", "paper" */
    const struct yaml_member *members;
    size_t member_count;
    size_t size;                  /* of the structure; list entries start zeroed */
    void (*prepare)(void *entry); /* sets defaults of a list entry, NULL for none */
};

/* There are no complaints yet. Owns: the caller releases them. */
void yaml_errors_init(struct yaml_errors *errors);
/* The memory is given back; safe on a zeroed one. */
void yaml_errors_release(struct yaml_errors *errors);
/* All complaints as one text, "" for none. Owns: borrowed. */
const char *yaml_errors_text(const struct yaml_errors *errors);
/* A complaint without a place in a file: a file that cannot be read, a directory without definitions. */
void yaml_errors_add(struct yaml_errors *errors, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A document is parsed from at most LIMIT_CONFIG_BYTES; `name` stands in messages.
 * Returns: CONFIG (told in *errors), FULL, NO_MEMORY. What is told of single values (anchors, tags) leaves
 * the rest to be read: yaml_fill says CONFIG then. Owns: the caller frees *out with yaml_free; the text is
 * copied. */
enum status yaml_parse(const char *name, const char *text, size_t length, struct yaml_errors *errors,
                       struct yaml **out);
/* A file is read and parsed. Returns: as yaml_parse; NOT_FOUND and IO are told in *errors, too. */
enum status yaml_open(const char *path, struct yaml_errors *errors, struct yaml **out);
/* The document and all texts and lists filled from it are gone; NULL is allowed. */
void yaml_free(struct yaml *yaml);

/* A text value may be changed while it is read, for variables like ${STATE}.
 * Returns: false with *complaint set to static text when the value cannot be expanded. */
typedef bool yaml_expander(void *context, const char *text, struct buf *out, const char **complaint);
/* Every TEXT value goes through the expander from now on; NULL for none. */
void yaml_set_expander(struct yaml *yaml, yaml_expander *expander, void *context);

/* The structure is filled from the document's root by the table. All errors of the document are told in one
 * pass. Returns: CONFIG when anything was told, NO_MEMORY. After failure: *out is partly filled and must not
 * be used. */
enum status yaml_fill(struct yaml *yaml, const struct yaml_schema *schema, void *out,
                      struct yaml_errors *errors);

/* A complaint about a text that yaml_fill handed out, at its place in the file; for what a table cannot say
 * (a reference to a field that does not exist). A text from elsewhere is told without a place. */
void yaml_complain(const struct yaml *yaml, struct yaml_errors *errors, const char *text, const char *format,
                   ...) __attribute__((format(printf, 4, 5)));

/* The same about a key of the document's root, "pin.max", for what is no text; a missing key is told where it
 * belongs. */
void yaml_complain_key(const struct yaml *yaml, struct yaml_errors *errors, const char *key,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The table's structure offsets with the types checked by eye in one place. */
#define YAML_AT(structure, member) .offset = offsetof(structure, member)
#define YAML_COUNT(structure, member) .count_offset = offsetof(structure, member)

#endif
