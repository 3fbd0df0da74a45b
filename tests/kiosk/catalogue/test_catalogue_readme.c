/* config/catalogue/README.md explains every key of a definition, with its type as the tables have it, and no
 * other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/catalogue/product_schema.h"

#define README TEST_SOURCE_DIR "/config/catalogue/README.md"

enum { SCHEMAS_MAX = 40, ROW_BYTES = 1024, TYPE_BYTES = 768 };

static struct buf readme;
static const struct yaml_schema *schemas[SCHEMAS_MAX];
static size_t schema_count;

/* Every table below this one, each once. */
static void collect(const struct yaml_schema *schema)
{
    for (size_t i = 0; i < schema_count; i++)
        if (schemas[i] == schema)
            return;
    assert_true(schema_count < SCHEMAS_MAX);
    schemas[schema_count++] = schema;
    for (size_t i = 0; i < schema->member_count; i++)
        if (schema->members[i].type == YAML_MAP_LIST)
            collect(schema->members[i].items);
}

static int read_readme(void **state)
{
    (void)state;
    buf_init(&readme, LIMIT_CONFIG_BYTES);
    schema_count = 0;
    collect(&product_schema);
    return file_read(README, &readme, NULL) == STATUS_OK ? 0 : -1;
}

static int release_readme(void **state)
{
    (void)state;
    buf_release(&readme);
    return 0;
}

/* --- a key as the description has to have it ---------------------------------------------------------------
 */

static void list_choices(const struct yaml_member *member, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (int i = 0; i < member->choice_count && used < size; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", i == 0 ? "" : ", ", member->choice_name(i));
}

/* The heading's link: small letters with - for spaces. Owns: static, until the next call. */
static const char *anchor_of(const char *what)
{
    static char anchor[64];
    (void)snprintf(anchor, sizeof anchor, "%s", what);
    for (char *at = anchor; (at = strchr(at, ' ')) != NULL;)
        *at = '-';
    return anchor;
}

/* What a text may hold, in a word where there is one. */
static const char *kind_of(const struct yaml_member *member)
{
    if (member->expected == NULL)
        return "text";
    return strcmp(member->expected, "small letters, digits, - and _") == 0 ? "id" : member->expected;
}

static void describe(const struct yaml_member *member, char out[TYPE_BYTES])
{
    char choices[512];
    long min = (long)member->min, max = (long)member->max;
    list_choices(member, choices, sizeof choices);
    out[0] = '\0';
    switch (member->type) {
    case YAML_TEXT:
        (void)snprintf(out, TYPE_BYTES, "%s, %ld to %ld characters", kind_of(member), min, max);
        break;
    case YAML_INTEGER:
    case YAML_UNSIGNED:
        (void)snprintf(out, TYPE_BYTES, "number, %ld to %ld", min, max);
        break;
    case YAML_BOOL:
        (void)snprintf(out, TYPE_BYTES, "true or false");
        break;
    case YAML_YUAN:
        (void)snprintf(out, TYPE_BYTES, "yuan");
        break;
    case YAML_CHOICE:
        (void)snprintf(out, TYPE_BYTES, "one of %s", choices);
        break;
    case YAML_TEXT_LIST:
    case YAML_TEXT_ARRAY:
        (void)snprintf(out, TYPE_BYTES, "list of %ld to %ld: %s", min, max, kind_of(member));
        break;
    case YAML_CHOICE_ARRAY:
        (void)snprintf(out, TYPE_BYTES, "list of %s", choices);
        break;
    case YAML_CHOICE_TEXTS:
        (void)snprintf(out, TYPE_BYTES, "a text for each of %s", choices);
        break;
    case YAML_MAP_LIST:
        (void)snprintf(out, TYPE_BYTES, "list of %ld to %ld: [%s](#%s)", min, max, member->items->what,
                       anchor_of(member->items->what));
        break;
    }
}

/* The first columns of a key's row. */
static void row_of(const struct yaml_member *member, char out[ROW_BYTES])
{
    char type[TYPE_BYTES];
    describe(member, type);
    (void)snprintf(out, ROW_BYTES, "\n| `%s` | %s | %s | ", member->key, member->required ? "yes" : "no",
                   type);
}

/* --- the description ---------------------------------------------------------------------------------------
 */

/* The text under a table's heading, up to the next one. */
static bool section_of(const char *what, const char **begin, size_t *length)
{
    char heading[64];
    (void)snprintf(heading, sizeof heading, "\n### %s\n", what);
    const char *found = strstr((const char *)readme.data, heading);
    if (found == NULL)
        return false;
    *begin = found + strlen(heading) - 1;
    const char *end = strstr(*begin, "\n#");
    *length = end == NULL ? strlen(*begin) : (size_t)(end - *begin);
    return true;
}

static size_t count_of(const char *begin, size_t length, const char *text)
{
    size_t count = 0;
    for (const char *at = strstr(begin, text); at != NULL && at < begin + length; at = strstr(at + 1, text))
        count++;
    return count;
}

/* The number of keys that are not explained as they are; each is printed. */
static size_t missing_of(const struct yaml_schema *schema, const char *begin, size_t length)
{
    size_t missing = 0;
    char row[ROW_BYTES];
    for (size_t i = 0; i < schema->member_count; i++) {
        row_of(&schema->members[i], row);
        if (count_of(begin, length, row) == 1)
            continue;
        print_error("### %s: expected the row%s\n", schema->what, row);
        missing++;
    }
    return missing;
}

static void test_catalogue_readme__every_key_is_explained_as_it_is(void **state)
{
    (void)state;
    size_t missing = 0;
    for (size_t i = 0; i < schema_count; i++) {
        const char *begin = "";
        size_t length = 0;
        if (!section_of(schemas[i]->what, &begin, &length))
            print_error("expected the heading ### %s\n", schemas[i]->what);
        missing += missing_of(schemas[i], begin, length);
    }
    assert_int_equal(missing, 0);
}

static void test_catalogue_readme__nothing_is_explained_that_does_not_exist(void **state)
{
    (void)state;
    size_t headings = count_of((const char *)readme.data, readme.length, "\n### ");
    assert_int_equal(headings, schema_count);
    for (size_t i = 0; i < schema_count; i++) {
        const char *begin = "";
        size_t length = 0;
        assert_true(section_of(schemas[i]->what, &begin, &length));
        assert_int_equal(count_of(begin, length, "\n| `"), schemas[i]->member_count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_catalogue_readme__every_key_is_explained_as_it_is),
        cmocka_unit_test(test_catalogue_readme__nothing_is_explained_that_does_not_exist),
    };
    return cmocka_run_group_tests(tests, read_readme, release_readme);
}
