/* Yaml tree: a parsed document as plain C, between the file that meets libfyaml and the file that knows
 * tables.
 *
 * For yaml*.c only. Everything hangs on the struct yaml and goes with it.
 */
#ifndef KIOSK_CATALOGUE_YAML_TREE_H
#define KIOSK_CATALOGUE_YAML_TREE_H

#include "kiosk/catalogue/yaml.h"

enum yaml_node_kind { YAML_NODE_SCALAR, YAML_NODE_MAP, YAML_NODE_LIST };

/* A place in the file, both from 1. Units: column in characters. */
struct yaml_mark {
    unsigned line;
    unsigned column;
};

struct yaml_node {
    enum yaml_node_kind kind;
    struct yaml_mark mark;
    const char *text;          /* of a scalar */
    bool is_plain;             /* a scalar without quotes */
    bool is_told;              /* stands for what was refused and told already; nothing more is said of it */
    struct yaml_node **keys;   /* of a mapping */
    struct yaml_node **values; /* of a mapping or list; NULL stands for nothing written */
    size_t count;
};

/* Memory that goes with the document; texts know their place. */
struct yaml_piece {
    struct yaml_piece *next;
    struct yaml_mark mark;
    char bytes[] __attribute__((aligned(16)));
};

struct yaml {
    char *name;
    char *source;
    size_t source_length;
    struct yaml_node *root;
    struct yaml_piece *pieces;
    bool is_out_of_memory;
    bool is_refused; /* something in it was told, though the rest can be read */
    yaml_expander *expander;
    void *expander_context;
};

/* Zeroed memory that lives as long as the document. Returns: NULL when there is none, noted in the document.
 */
void *yaml_allocate(struct yaml *yaml, struct yaml_mark mark, size_t size);
/* Where the value of a key stands, "pin.max" inside the mapping pin; of a missing key, where it belongs: its
 * innermost section that stands in the file. */
struct yaml_mark yaml_key_mark(const struct yaml_node *map, const char *key);
/* A complaint at a place: file:line:column, the sentence, the line, a caret. */
void yaml_complain_at(const struct yaml *yaml, struct yaml_errors *errors, struct yaml_mark mark,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
