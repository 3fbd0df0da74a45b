/* The tree is walked by a table; every key is met, and every mistake told, in one pass. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/money.h"
#include "kiosk/base/text.h"
#include "kiosk/catalogue/yaml_tree.h"

enum { PATH_BYTES = 192, LISTED_BYTES = 1024, MEMBERS_MAX = 160 };

struct yaml_walk {
    struct yaml *yaml;
    struct yaml_errors *errors;
    const struct yaml_schema *schema;
    char *base; /* of the structure that is filled */
    bool seen[MEMBERS_MAX];
};

static bool yaml_fill_entry(struct yaml *yaml, struct yaml_errors *errors, const struct yaml_schema *schema,
                            const struct yaml_node *node, struct yaml_mark mark, void *base);

/* --- scalars -----------------------------------------------------------------------------------------------
 */

static const char *yaml_found(const struct yaml_node *node)
{
    if (node == NULL)
        return "nothing";
    if (node->kind == YAML_NODE_MAP)
        return "a mapping";
    return node->kind == YAML_NODE_LIST ? "a list" : node->text;
}

#define COMPLAIN(walk, mark, ...) yaml_complain_at((walk)->yaml, (walk)->errors, (mark), __VA_ARGS__)

static struct yaml_mark yaml_mark_of(const struct yaml_node *node, struct yaml_mark fallback)
{
    return node == NULL ? fallback : node->mark;
}

static const char *yaml_expand(struct yaml_walk *walk, const struct yaml_node *node)
{
    struct buf expanded;
    const char *complaint = "a known variable";
    buf_init(&expanded, LIMIT_FIELD_BYTES * 4);
    if (!walk->yaml->expander(walk->yaml->expander_context, node->text, &expanded, &complaint)) {
        COMPLAIN(walk, node->mark, "expected %s", complaint);
        buf_release(&expanded);
        return NULL;
    }
    char *copy = yaml_allocate(walk->yaml, node->mark, expanded.length + 1);
    if (copy != NULL && expanded.length > 0)
        memcpy(copy, expanded.data, expanded.length);
    buf_release(&expanded);
    return copy;
}

/* Whether it was told already that there is nothing to be read here. */
static bool yaml_is_told(const struct yaml_node *node)
{
    return node != NULL && node->is_told;
}

/* A text within the member's limits, NULL when it was complained about. */
static const char *yaml_read_text(struct yaml_walk *walk, const struct yaml_member *member,
                                  const struct yaml_node *node, struct yaml_mark mark, int64_t min,
                                  int64_t max)
{
    if (node == NULL && min == 0)
        return "";
    if (yaml_is_told(node))
        return NULL;
    if (node == NULL || node->kind != YAML_NODE_SCALAR) {
        COMPLAIN(walk, yaml_mark_of(node, mark), "expected text for %s, found %s", member->key,
                 yaml_found(node));
        return NULL;
    }
    const char *text = walk->yaml->expander == NULL ? node->text : yaml_expand(walk, node);
    if (text == NULL)
        return NULL;
    int64_t length = (int64_t)text_length(text);
    if (!text_is_printable(text)) {
        COMPLAIN(walk, node->mark, "expected %s without control characters", member->key);
        return NULL;
    }
    if (length < min || length > max) {
        COMPLAIN(walk, node->mark, "expected %lld to %lld characters for %s, found %lld", (long long)min,
                 (long long)max, member->key, (long long)length);
        return NULL;
    }
    if (length > 0 && member->is_valid != NULL && !member->is_valid(text)) {
        COMPLAIN(walk, node->mark, "expected %s for %s, found %s", member->expected, member->key, text);
        return NULL;
    }
    return text;
}

static bool yaml_parse_integer(const char *text, int64_t *out)
{
    size_t digits = strspn(text[0] == '-' ? text + 1 : text, "0123456789");
    bool is_integer = digits > 0 && digits <= 18 && text[digits + (text[0] == '-')] == '\0';
    if (is_integer)
        *out = strtoll(text, NULL, 10);
    return is_integer;
}

static void yaml_store_integer(struct yaml_walk *walk, const struct yaml_member *member, int64_t value)
{
    if (member->type == YAML_UNSIGNED) {
        unsigned small = (unsigned)value;
        memcpy(walk->base + member->offset, &small, sizeof small);
    } else {
        memcpy(walk->base + member->offset, &value, sizeof value);
    }
}

static void yaml_read_integer(struct yaml_walk *walk, const struct yaml_member *member,
                              const struct yaml_node *node, struct yaml_mark mark)
{
    int64_t value = 0;
    bool is_plain = node != NULL && node->kind == YAML_NODE_SCALAR && node->is_plain;
    bool is_right =
        is_plain && yaml_parse_integer(node->text, &value) && value >= member->min && value <= member->max;
    if (is_right)
        yaml_store_integer(walk, member, value);
    else
        COMPLAIN(walk, yaml_mark_of(node, mark), "expected a whole number from %lld to %lld for %s, found %s",
                 (long long)member->min, (long long)member->max, member->key, yaml_found(node));
}

static void yaml_read_yuan(struct yaml_walk *walk, const struct yaml_member *member,
                           const struct yaml_node *node, struct yaml_mark mark)
{
    int64_t fen = 0;
    bool is_scalar = node != NULL && node->kind == YAML_NODE_SCALAR;
    bool is_right = is_scalar && money_from_yuan(node->text, &fen) == STATUS_OK && fen >= member->min &&
                    fen <= member->max;
    if (is_right)
        yaml_store_integer(walk, member, fen);
    else
        COMPLAIN(walk, yaml_mark_of(node, mark),
                 "expected an amount in yuan such as 480 or 480.50 for %s, found %s", member->key,
                 yaml_found(node));
}

static void yaml_read_bool(struct yaml_walk *walk, const struct yaml_member *member,
                           const struct yaml_node *node, struct yaml_mark mark)
{
    bool is_plain = node != NULL && node->kind == YAML_NODE_SCALAR && node->is_plain;
    bool is_true = is_plain && strcmp(node->text, "true") == 0;
    if (is_true || (is_plain && strcmp(node->text, "false") == 0))
        memcpy(walk->base + member->offset, &is_true, sizeof is_true);
    else
        COMPLAIN(walk, yaml_mark_of(node, mark), "expected true or false for %s, found %s", member->key,
                 yaml_found(node));
}

/* --- choices -----------------------------------------------------------------------------------------------
 */

static int yaml_find_choice(const struct yaml_member *member, const char *text)
{
    for (int i = 0; i < member->choice_count; i++) {
        if (strcmp(member->choice_name(i), text) == 0)
            return i;
    }
    return -1;
}

static const char *yaml_list_choices(const struct yaml_member *member, char out[LISTED_BYTES])
{
    size_t used = 0;
    out[0] = '\0';
    for (int i = 0; i < member->choice_count && used < LISTED_BYTES; i++)
        used += (size_t)snprintf(out + used, LISTED_BYTES - used, "%s%s", i == 0 ? "" : ", ",
                                 member->choice_name(i));
    return out;
}

/* The choice a node names, -1 when it was complained about. */
static int yaml_read_choice(struct yaml_walk *walk, const struct yaml_member *member,
                            const struct yaml_node *node, struct yaml_mark mark)
{
    char listed[LISTED_BYTES];
    int choice = node != NULL && node->kind == YAML_NODE_SCALAR ? yaml_find_choice(member, node->text) : -1;
    if (choice < 0 && !yaml_is_told(node))
        COMPLAIN(walk, yaml_mark_of(node, mark), "expected one of %s for %s, found %s",
                 yaml_list_choices(member, listed), member->key, yaml_found(node));
    return choice;
}

static void yaml_store_choice(struct yaml_walk *walk, const struct yaml_member *member, size_t index,
                              int choice)
{
    memcpy(walk->base + member->offset + index * sizeof choice, &choice, sizeof choice);
}

/* --- lists -------------------------------------------------------------------------------------------------
 */

static bool yaml_is_list(struct yaml_walk *walk, const struct yaml_member *member,
                         const struct yaml_node *node, struct yaml_mark mark)
{
    if (node == NULL || node->kind != YAML_NODE_LIST) {
        COMPLAIN(walk, yaml_mark_of(node, mark), "expected a list for %s, found %s", member->key,
                 yaml_found(node));
        return false;
    }
    if ((int64_t)node->count >= member->min && (int64_t)node->count <= member->max)
        return true;
    COMPLAIN(walk, yaml_mark_of(node, mark), "expected %lld to %lld entries for %s, found %zu",
             (long long)member->min, (long long)member->max, member->key, node->count);
    return false;
}

static void yaml_store_count(struct yaml_walk *walk, const struct yaml_member *member, size_t count)
{
    memcpy(walk->base + member->count_offset, &count, sizeof count);
}

static void yaml_read_choice_array(struct yaml_walk *walk, const struct yaml_member *member,
                                   const struct yaml_node *node)
{
    bool given[MEMBERS_MAX] = {false};
    for (size_t i = 0; i < node->count; i++) {
        int choice = yaml_read_choice(walk, member, node->values[i], node->mark);
        if (choice < 0)
            continue;
        if (given[choice])
            COMPLAIN(walk, node->values[i]->mark, "expected %s once in %s", node->values[i]->text,
                     member->key);
        given[choice] = true;
        yaml_store_choice(walk, member, i, choice);
    }
    yaml_store_count(walk, member, node->count);
}

static void yaml_read_texts(struct yaml_walk *walk, const struct yaml_member *member,
                            const struct yaml_node *node, const char **texts)
{
    for (size_t i = 0; i < node->count; i++) {
        const char *text = yaml_read_text(walk, member, node->values[i], node->mark, 1, LIMIT_FIELD_BYTES);
        texts[i] = text == NULL ? "" : text;
    }
    yaml_store_count(walk, member, node->count);
}

static void yaml_read_text_list(struct yaml_walk *walk, const struct yaml_member *member,
                                const struct yaml_node *node)
{
    const char **texts = yaml_allocate(walk->yaml, node->mark, (node->count + 1) * sizeof *texts);
    if (texts == NULL)
        return;
    yaml_read_texts(walk, member, node, texts);
    memcpy(walk->base + member->offset, &texts, sizeof texts);
}

static void yaml_read_map_list(struct yaml_walk *walk, const struct yaml_member *member,
                               const struct yaml_node *node)
{
    size_t size = member->items->size;
    char *entries = yaml_allocate(walk->yaml, node->mark, (node->count + 1) * size);
    if (entries == NULL)
        return;
    for (size_t i = 0; i < node->count; i++)
        yaml_fill_entry(walk->yaml, walk->errors, member->items, node->values[i], node->mark,
                        entries + i * size);
    yaml_store_count(walk, member, node->count);
    memcpy(walk->base + member->offset, &entries, sizeof entries);
}

/* --- one value ---------------------------------------------------------------------------------------------
 */

static void yaml_read_choice_texts(struct yaml_walk *walk, const struct yaml_member *member,
                                   const struct yaml_node *node, struct yaml_mark mark)
{
    bool given[MEMBERS_MAX] = {false};
    if (node == NULL || node->kind != YAML_NODE_MAP) {
        COMPLAIN(walk, yaml_mark_of(node, mark), "expected a mapping for %s, found %s", member->key,
                 yaml_found(node));
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        int choice = yaml_read_choice(walk, member, node->keys[i], node->mark);
        if (choice < 0)
            continue;
        if (given[choice])
            COMPLAIN(walk, node->keys[i]->mark, "expected %s once in %s", node->keys[i]->text, member->key);
        given[choice] = true;
        const char *text =
            yaml_read_text(walk, member, node->values[i], node->keys[i]->mark, member->min, member->max);
        memcpy(walk->base + member->offset + (size_t)choice * sizeof text, &text, sizeof text);
    }
    for (int i = 0; i < member->choice_count; i++) {
        if (!given[i])
            COMPLAIN(walk, node->mark, "expected %s in %s", member->choice_name(i), member->key);
    }
}

static void yaml_read_value(struct yaml_walk *walk, const struct yaml_member *member,
                            const struct yaml_node *node, struct yaml_mark mark)
{
    const char *text;
    int choice;
    if (yaml_is_told(node))
        return;
    switch (member->type) {
    case YAML_TEXT:
        text = yaml_read_text(walk, member, node, mark, member->min, member->max);
        text = text == NULL ? "" : text; /* complained about; checks that follow may still read it */
        memcpy(walk->base + member->offset, &text, sizeof text);
        return;
    case YAML_INTEGER:
    case YAML_UNSIGNED:
        yaml_read_integer(walk, member, node, mark);
        return;
    case YAML_YUAN:
        yaml_read_yuan(walk, member, node, mark);
        return;
    case YAML_BOOL:
        yaml_read_bool(walk, member, node, mark);
        return;
    case YAML_CHOICE:
        choice = yaml_read_choice(walk, member, node, mark);
        if (choice >= 0)
            yaml_store_choice(walk, member, 0, choice);
        return;
    case YAML_CHOICE_TEXTS:
        yaml_read_choice_texts(walk, member, node, mark);
        return;
    case YAML_TEXT_LIST:
        if (yaml_is_list(walk, member, node, mark))
            yaml_read_text_list(walk, member, node);
        return;
    case YAML_TEXT_ARRAY:
        if (yaml_is_list(walk, member, node, mark))
            yaml_read_texts(walk, member, node, (const char **)(void *)(walk->base + member->offset));
        return;
    case YAML_CHOICE_ARRAY:
        if (yaml_is_list(walk, member, node, mark))
            yaml_read_choice_array(walk, member, node);
        return;
    case YAML_MAP_LIST:
        if (yaml_is_list(walk, member, node, mark))
            yaml_read_map_list(walk, member, node);
        return;
    }
}

/* --- mappings ----------------------------------------------------------------------------------------------
 */

static int yaml_find_member(const struct yaml_schema *schema, const char *path)
{
    for (size_t i = 0; i < schema->member_count; i++) {
        if (strcmp(schema->members[i].key, path) == 0)
            return (int)i;
    }
    return -1;
}

static bool yaml_is_section(const struct yaml_schema *schema, const char *path)
{
    size_t length = strlen(path);
    for (size_t i = 0; i < schema->member_count; i++) {
        const char *key = schema->members[i].key;
        if (strncmp(key, path, length) == 0 && key[length] == '.')
            return true;
    }
    return false;
}

/* The keys that may stand at this level, each once. */
static const char *yaml_list_keys(const struct yaml_schema *schema, const char *prefix,
                                  char out[LISTED_BYTES])
{
    size_t used = 0;
    size_t skip = strlen(prefix);
    const char *previous = "";
    size_t previous_length = 0;
    out[0] = '\0';
    for (size_t i = 0; i < schema->member_count && used < LISTED_BYTES; i++) {
        const char *key = schema->members[i].key;
        if (strncmp(key, prefix, skip) != 0)
            continue;
        size_t length = strcspn(key + skip, ".");
        if (length == previous_length && strncmp(previous, key + skip, length) == 0)
            continue;
        previous = key + skip;
        previous_length = length;
        used += (size_t)snprintf(out + used, LISTED_BYTES - used, "%s%.*s", used == 0 ? "" : ", ",
                                 (int)length, previous);
    }
    return out;
}

static bool yaml_is_first(struct yaml_walk *walk, const struct yaml_node *map, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        const struct yaml_node *earlier = map->keys[i];
        if (earlier->kind == YAML_NODE_SCALAR && strcmp(earlier->text, map->keys[index]->text) == 0) {
            COMPLAIN(walk, map->keys[index]->mark, "expected %s once, it stands on line %u already",
                     earlier->text, earlier->mark.line);
            return false;
        }
    }
    return true;
}

static void yaml_walk_map(struct yaml_walk *walk, const struct yaml_node *map, const char *prefix);

static void yaml_walk_section(struct yaml_walk *walk, const struct yaml_node *key,
                              const struct yaml_node *value, const char *path)
{
    char prefix[PATH_BYTES + 1];
    if (value == NULL || yaml_is_told(value)) /* a section whose keys are all left to their defaults */
        return;
    if (value->kind != YAML_NODE_MAP) {
        COMPLAIN(walk, yaml_mark_of(value, key->mark), "expected a mapping for %s, found %s", path,
                 yaml_found(value));
        return;
    }
    snprintf(prefix, sizeof prefix, "%s.", path);
    yaml_walk_map(walk, value, prefix);
}

static void yaml_walk_pair(struct yaml_walk *walk, const struct yaml_node *map, size_t index,
                           const char *prefix)
{
    const struct yaml_node *key = map->keys[index];
    char path[PATH_BYTES];
    char listed[LISTED_BYTES];
    if (yaml_is_told(key))
        return;
    if (key->kind != YAML_NODE_SCALAR) {
        COMPLAIN(walk, key->mark, "expected a key, found %s", yaml_found(key));
        return;
    }
    if (!yaml_is_first(walk, map, index))
        return;
    int length = snprintf(path, sizeof path, "%s%s", prefix, key->text);
    bool is_plain = length > 0 && (size_t)length < sizeof path && strchr(key->text, '.') == NULL;
    int member = is_plain ? yaml_find_member(walk->schema, path) : -1;
    if (member >= 0) {
        walk->seen[member] = true;
        yaml_read_value(walk, &walk->schema->members[member], map->values[index], key->mark);
    } else if (is_plain && yaml_is_section(walk->schema, path)) {
        yaml_walk_section(walk, key, map->values[index], path);
    } else {
        COMPLAIN(walk, key->mark, "unknown key %.60s; expected one of %s", key->text,
                 yaml_list_keys(walk->schema, prefix, listed));
    }
}

static void yaml_walk_map(struct yaml_walk *walk, const struct yaml_node *map, const char *prefix)
{
    for (size_t i = 0; i < map->count; i++)
        yaml_walk_pair(walk, map, i, prefix);
}

struct yaml_mark yaml_key_mark(const struct yaml_node *map, const char *key)
{
    size_t length = strcspn(key, ".");
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_node *name = map->keys[i];
        const struct yaml_node *value = map->values[i];
        bool is_home = name->kind == YAML_NODE_SCALAR && strlen(name->text) == length &&
                       strncmp(name->text, key, length) == 0;
        if (is_home && key[length] == '.' && value != NULL && value->kind == YAML_NODE_MAP)
            return yaml_key_mark(value, key + length + 1);
        if (is_home)
            return key[length] == '\0' && value != NULL && value->kind == YAML_NODE_SCALAR ? value->mark
                                                                                           : name->mark;
    }
    return map->mark;
}

/* Before anything is read, so that no text is ever NULL, not even beside a mistake. */
static void yaml_set_fallbacks(const struct yaml_walk *walk)
{
    for (size_t i = 0; i < walk->schema->member_count; i++) {
        const struct yaml_member *member = &walk->schema->members[i];
        const char *text = member->fallback == NULL ? "" : member->fallback;
        if (member->type == YAML_TEXT)
            memcpy(walk->base + member->offset, &text, sizeof text);
    }
}

static void yaml_tell_missing(struct yaml_walk *walk, const struct yaml_node *map)
{
    for (size_t i = 0; i < walk->schema->member_count; i++) {
        const struct yaml_member *member = &walk->schema->members[i];
        if (member->required && !walk->seen[i])
            COMPLAIN(walk, yaml_key_mark(map, member->key), "expected the key %s in this %s", member->key,
                     walk->schema->what);
    }
}

static bool yaml_fill_entry(struct yaml *yaml, struct yaml_errors *errors, const struct yaml_schema *schema,
                            const struct yaml_node *node, struct yaml_mark mark, void *base)
{
    struct yaml_walk walk = {.yaml = yaml, .errors = errors, .schema = schema, .base = base};
    size_t before = errors->count;
    check(schema->member_count <= MEMBERS_MAX);
    yaml_set_fallbacks(&walk);
    if (schema->prepare != NULL)
        schema->prepare(base);
    if (yaml_is_told(node))
        return false;
    if (node == NULL || node->kind != YAML_NODE_MAP) {
        COMPLAIN(&walk, yaml_mark_of(node, mark), "expected a mapping for this %s, found %s", schema->what,
                 yaml_found(node));
        return false;
    }
    yaml_walk_map(&walk, node, "");
    yaml_tell_missing(&walk, node);
    return errors->count == before;
}

enum status yaml_fill(struct yaml *yaml, const struct yaml_schema *schema, void *out,
                      struct yaml_errors *errors)
{
    struct yaml_mark start = {1, 1};
    bool is_right = yaml_fill_entry(yaml, errors, schema, yaml->root, start, out);
    if (yaml->is_out_of_memory)
        return STATUS_NO_MEMORY;
    return is_right && !yaml->is_refused ? STATUS_OK : STATUS_CONFIG;
}
