/* libfyaml's document is copied into our own tree; the only file that meets its header. */
#include <libfyaml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"
#include "kiosk/catalogue/yaml_tree.h"

enum { YAML_DEPTH_MAX = 16 };

void *yaml_allocate(struct yaml *yaml, struct yaml_mark mark, size_t size)
{
    struct yaml_piece *piece = calloc(1, sizeof *piece + size);
    if (piece == NULL) {
        yaml->is_out_of_memory = true;
        return NULL;
    }
    piece->mark = mark;
    piece->next = yaml->pieces;
    yaml->pieces = piece;
    return piece->bytes;
}

void yaml_free(struct yaml *yaml)
{
    if (yaml == NULL)
        return;
    while (yaml->pieces != NULL) {
        struct yaml_piece *next = yaml->pieces->next;
        free(yaml->pieces);
        yaml->pieces = next;
    }
    free(yaml->name);
    free(yaml->source);
    free(yaml);
}

void yaml_set_expander(struct yaml *yaml, yaml_expander *expander, void *context)
{
    yaml->expander = expander;
    yaml->expander_context = context;
}

static struct yaml_node *yaml_copy_node(struct yaml *yaml, struct yaml_errors *errors, struct fy_node *from,
                                        struct yaml_mark fallback, unsigned depth);

/* libfyaml marks the text of a quoted scalar; people look for its quote. */
static struct yaml_mark yaml_scalar_mark(struct fy_node *from, struct yaml_mark fallback)
{
    struct fy_token *token = fy_node_get_scalar_token(from);
    const struct fy_mark *mark = token == NULL ? NULL : fy_token_start_mark(token);
    if (mark == NULL || mark->line < 0 || mark->column < 0)
        return fallback;
    struct yaml_mark place = {(unsigned)mark->line + 1, (unsigned)mark->column + 1};
    enum fy_node_style style = fy_node_get_style(from);
    bool is_quoted = style == FYNS_SINGLE_QUOTED || style == FYNS_DOUBLE_QUOTED;
    if (is_quoted && place.column > 1)
        place.column--;
    return place;
}

static void yaml_copy_scalar(struct yaml *yaml, struct yaml_errors *errors, struct fy_node *from,
                             struct yaml_node *node)
{
    size_t length = 0;
    const char *text = fy_node_get_scalar(from, &length);
    char *copy = yaml_allocate(yaml, node->mark, length + 1);
    if (copy == NULL)
        return;
    if (text != NULL && length > 0)
        memcpy(copy, text, length);
    if (strlen(copy) != length || !text_is_valid(copy, length))
        yaml_complain_at(yaml, errors, node->mark, "expected text without a zero character");
    node->text = copy;
    node->is_plain = fy_node_get_style(from) == FYNS_PLAIN;
}

static bool yaml_make_room(struct yaml *yaml, struct yaml_node *node, size_t count)
{
    node->values = yaml_allocate(yaml, node->mark, (count + 1) * sizeof *node->values);
    node->keys = yaml_allocate(yaml, node->mark, (count + 1) * sizeof *node->keys);
    return node->values != NULL && node->keys != NULL;
}

static void yaml_copy_map(struct yaml *yaml, struct yaml_errors *errors, struct fy_node *from,
                          struct yaml_node *node, unsigned depth)
{
    int count = fy_node_mapping_item_count(from);
    if (count <= 0 || !yaml_make_room(yaml, node, (size_t)count))
        return;
    void *position = NULL;
    for (struct fy_node_pair *pair = fy_node_mapping_iterate(from, &position);
         pair != NULL && node->count < (size_t)count; pair = fy_node_mapping_iterate(from, &position)) {
        struct yaml_node *key = yaml_copy_node(yaml, errors, fy_node_pair_key(pair), node->mark, depth);
        if (key == NULL)
            continue;
        if (node->count == 0)
            node->mark = key->mark;
        node->keys[node->count] = key;
        node->values[node->count] = yaml_copy_node(yaml, errors, fy_node_pair_value(pair), key->mark, depth);
        node->count++;
    }
}

static void yaml_copy_list(struct yaml *yaml, struct yaml_errors *errors, struct fy_node *from,
                           struct yaml_node *node, unsigned depth)
{
    int count = fy_node_sequence_item_count(from);
    if (count <= 0 || !yaml_make_room(yaml, node, (size_t)count))
        return;
    void *position = NULL;
    for (struct fy_node *item = fy_node_sequence_iterate(from, &position);
         item != NULL && node->count < (size_t)count; item = fy_node_sequence_iterate(from, &position)) {
        struct yaml_node *copy = yaml_copy_node(yaml, errors, item, node->mark, depth);
        node->values[node->count++] = copy;
    }
    if (node->values[0] != NULL)
        node->mark = node->values[0]->mark;
}

/* What is refused is told; behind an anchor or a tag stands a value that is read all the same. */
static void yaml_tell_refused(struct yaml *yaml, struct yaml_errors *errors, struct fy_node *from,
                              struct yaml_node *node, unsigned depth)
{
    const char *what = NULL;
    size_t length = 0;
    node->is_told = fy_node_is_alias(from) || depth >= YAML_DEPTH_MAX;
    if (fy_node_is_alias(from))
        what = "expected a value; aliases (*name) are not used here";
    else if (fy_node_get_anchor(from) != NULL)
        what = "expected a value; anchors (&name) are not used here";
    else if (fy_node_get_tag(from, &length) != NULL)
        what = "expected a value; tags (!name) are not used here";
    else if (depth >= YAML_DEPTH_MAX)
        what = "expected less nesting";
    if (what != NULL)
        yaml_complain_at(yaml, errors, node->mark, "%s", what);
}

static struct yaml_node *yaml_copy_node(struct yaml *yaml, struct yaml_errors *errors, struct fy_node *from,
                                        struct yaml_mark fallback, unsigned depth)
{
    if (from == NULL)
        return NULL;
    struct yaml_mark mark = yaml_scalar_mark(from, fallback);
    struct yaml_node *node = yaml_allocate(yaml, mark, sizeof *node);
    if (node == NULL)
        return NULL;
    node->mark = mark;
    yaml_tell_refused(yaml, errors, from, node, depth);
    if (node->is_told) {
        node->text = "";
    } else if (fy_node_is_mapping(from)) {
        node->kind = YAML_NODE_MAP;
        yaml_copy_map(yaml, errors, from, node, depth + 1);
    } else if (fy_node_is_sequence(from)) {
        node->kind = YAML_NODE_LIST;
        yaml_copy_list(yaml, errors, from, node, depth + 1);
    } else if (fy_node_get_style(from) == FYNS_PLAIN && fy_node_is_null(from)) {
        return NULL;
    } else {
        yaml_copy_scalar(yaml, errors, from, node);
    }
    return node;
}

static void yaml_tell_syntax(struct yaml *yaml, struct yaml_errors *errors, struct fy_diag *diag)
{
    void *position = NULL;
    bool told = false;
    for (struct fy_diag_error *error = fy_diag_errors_iterate(diag, &position); error != NULL;
         error = fy_diag_errors_iterate(diag, &position)) {
        struct yaml_mark mark = {error->line > 0 ? (unsigned)error->line : 1,
                                 error->column > 0 ? (unsigned)error->column : 1};
        yaml_complain_at(yaml, errors, mark, "expected YAML: %s", error->msg);
        told = true;
    }
    if (!told)
        yaml_complain_at(yaml, errors, (struct yaml_mark){1, 1}, "expected a YAML mapping, found nothing");
}

/* Returns: whether there is a document to be read, however wrong. */
static bool yaml_load(struct yaml *yaml, struct yaml_errors *errors, struct fy_parser *parser,
                      struct fy_diag *diag)
{
    size_t before = errors->count;
    struct fy_document *document = fy_parse_load_document(parser);
    struct fy_node *root = document == NULL ? NULL : fy_document_root(document);
    if (root == NULL)
        yaml_tell_syntax(yaml, errors, diag);
    else
        yaml->root = yaml_copy_node(yaml, errors, root, (struct yaml_mark){1, 1}, 0);
    fy_document_destroy(document);
    if (root == NULL)
        return false;
    yaml->is_refused = errors->count != before;
    struct fy_document *second = fy_parse_load_document(parser);
    if (second != NULL)
        yaml_complain_at(yaml, errors, (struct yaml_mark){1, 1},
                         "expected one document in the file, found more");
    else if (fy_diag_got_error(diag))
        yaml_tell_syntax(yaml, errors, diag);
    bool is_one = second == NULL && !fy_diag_got_error(diag);
    fy_document_destroy(second);
    return is_one;
}

static enum status yaml_build(struct yaml *yaml, struct yaml_errors *errors)
{
    enum status status = STATUS_NO_MEMORY;
    struct fy_diag_cfg diag_config;
    fy_diag_cfg_default(&diag_config);
    diag_config.fp = NULL;
    diag_config.colorize = false;
    struct fy_diag *diag = fy_diag_create(&diag_config);
    struct fy_parser *parser = NULL;
    if (diag == NULL)
        goto done;
    fy_diag_set_collect_errors(diag, true);
    /* Keys given twice are told by the walker, so that the rest of the file is still read. */
    struct fy_parse_cfg config = {
        .flags = FYPCF_QUIET | FYPCF_ALLOW_DUPLICATE_KEYS | FYPCF_DEFAULT_VERSION_1_2, .diag = diag};
    parser = fy_parser_create(&config);
    if (parser == NULL || fy_parser_set_string(parser, yaml->source, yaml->source_length) != 0)
        goto done;
    status = yaml_load(yaml, errors, parser, diag) ? STATUS_OK : STATUS_CONFIG;
    if (yaml->is_out_of_memory)
        status = STATUS_NO_MEMORY;
done:
    if (parser != NULL)
        fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    return status;
}

static bool yaml_is_utf8(struct yaml *yaml, struct yaml_errors *errors)
{
    struct yaml_mark mark = {1, 1};
    const char *at = yaml->source;
    const char *end = at + yaml->source_length;
    while (at < end) {
        const char *next = at;
        uint32_t c = text_next(&next);
        if (c == 0 || !text_is_valid(at, (size_t)(next - at))) {
            yaml_complain_at(yaml, errors, mark, "expected UTF-8 text");
            return false;
        }
        mark.column = c == '\n' ? 1 : mark.column + 1;
        mark.line += c == '\n';
        at = next;
    }
    return true;
}

static struct yaml *yaml_new(const char *name, const char *text, size_t length)
{
    struct yaml *yaml = calloc(1, sizeof *yaml);
    if (yaml == NULL)
        return NULL;
    yaml->name = strdup(name);
    yaml->source = malloc(length + 1);
    yaml->source_length = length;
    if (yaml->name == NULL || yaml->source == NULL) {
        yaml_free(yaml);
        return NULL;
    }
    if (length > 0)
        memcpy(yaml->source, text, length);
    yaml->source[length] = '\0';
    return yaml;
}

enum status yaml_parse(const char *name, const char *text, size_t length, struct yaml_errors *errors,
                       struct yaml **out)
{
    if (length > LIMIT_CONFIG_BYTES) {
        yaml_errors_add(errors, "%s: expected at most %d bytes", name, LIMIT_CONFIG_BYTES);
        return STATUS_FULL;
    }
    struct yaml *yaml = yaml_new(name, text, length);
    if (yaml == NULL)
        return STATUS_NO_MEMORY;
    enum status status = yaml_is_utf8(yaml, errors) ? yaml_build(yaml, errors) : STATUS_CONFIG;
    if (status == STATUS_OK)
        *out = yaml;
    else
        yaml_free(yaml);
    return status;
}

enum status yaml_open(const char *path, struct yaml_errors *errors, struct yaml **out)
{
    struct buf text;
    struct failure failure = {0};
    buf_init(&text, LIMIT_CONFIG_BYTES);
    enum status status = file_read(path, &text, &failure);
    if (status == STATUS_OK)
        status = yaml_parse(path, text.data == NULL ? "" : (const char *)text.data, text.length, errors, out);
    else
        yaml_errors_add(errors, "%s: expected a file that can be read: %s %s", path, status_name(status),
                        failure.text);
    buf_release(&text);
    return status;
}
