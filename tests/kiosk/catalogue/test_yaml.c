/* Messages are compared whole: file, line, column, sentence, source line, caret. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/base/limits.h"
#include "kiosk/catalogue/yaml.h"

enum colour { COLOUR_RED, COLOUR_BLUE };

struct item {
    const char *id;
    unsigned number;
};

struct thing {
    const char *name;
    const char *nested;
    int64_t integer;
    int64_t fen;
    unsigned count;
    bool flag;
    enum colour colour;
    enum colour colours[2];
    size_t colour_count;
    const char *by_colour[2];
    const char *const *texts;
    size_t text_count;
    const char *array[2];
    size_t array_count;
    const struct item *items;
    size_t item_count;
};

static const char *colour_name(int colour)
{
    return colour == COLOUR_RED ? "red" : "blue";
}

static bool is_lower(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyz") == strlen(text);
}

static void prepare_item(void *entry)
{
    ((struct item *)entry)->number = 7;
}

static const struct yaml_member item_members[] = {
    {.key = "id", .type = YAML_TEXT, .required = true, .min = 1, .max = 4, YAML_AT(struct item, id)},
    {.key = "number", .type = YAML_UNSIGNED, .min = 1, .max = 9, YAML_AT(struct item, number)},
};
static const struct yaml_schema item_schema = {.what = "item",
                                               .members = item_members,
                                               .member_count = 2,
                                               .size = sizeof(struct item),
                                               .prepare = prepare_item};

#define COLOURS .choice_name = colour_name, .choice_count = 2
static const struct yaml_member members[] = {
    {.key = "name",
     .type = YAML_TEXT,
     .required = true,
     .min = 1,
     .max = 6,
     .is_valid = is_lower,
     .expected = "small letters",
     YAML_AT(struct thing, name)},
    {.key = "deep.er.text",
     .type = YAML_TEXT,
     .min = 0,
     .max = 20,
     .fallback = "none",
     YAML_AT(struct thing, nested)},
    {.key = "deep.integer",
     .type = YAML_INTEGER,
     .required = true,
     .min = -5,
     .max = 100,
     YAML_AT(struct thing, integer)},
    {.key = "fee", .type = YAML_YUAN, .min = 0, .max = 100000, YAML_AT(struct thing, fen)},
    {.key = "count", .type = YAML_UNSIGNED, .min = 0, .max = 10, YAML_AT(struct thing, count)},
    {.key = "flag", .type = YAML_BOOL, YAML_AT(struct thing, flag)},
    {.key = "colour", .type = YAML_CHOICE, COLOURS, YAML_AT(struct thing, colour)},
    {.key = "colours",
     .type = YAML_CHOICE_ARRAY,
     .min = 1,
     .max = 2,
     COLOURS,
     YAML_AT(struct thing, colours),
     YAML_COUNT(struct thing, colour_count)},
    {.key = "labels",
     .type = YAML_CHOICE_TEXTS,
     .min = 1,
     .max = 10,
     COLOURS,
     YAML_AT(struct thing, by_colour)},
    {.key = "texts",
     .type = YAML_TEXT_LIST,
     .min = 1,
     .max = 3,
     YAML_AT(struct thing, texts),
     YAML_COUNT(struct thing, text_count)},
    {.key = "array",
     .type = YAML_TEXT_ARRAY,
     .min = 1,
     .max = 2,
     YAML_AT(struct thing, array),
     YAML_COUNT(struct thing, array_count)},
    {.key = "items",
     .type = YAML_MAP_LIST,
     .min = 0,
     .max = 3,
     .items = &item_schema,
     YAML_AT(struct thing, items),
     YAML_COUNT(struct thing, item_count)},
};
static const struct yaml_schema schema = {.what = "thing",
                                          .members = members,
                                          .member_count = sizeof members / sizeof members[0],
                                          .size = sizeof(struct thing)};

struct reading {
    struct yaml_errors errors;
    struct yaml *yaml;
    struct thing thing;
    enum status status;
};

static void read_bytes(struct reading *reading, const char *text, size_t length)
{
    memset(reading, 0, sizeof *reading);
    yaml_errors_init(&reading->errors);
    reading->status = yaml_parse("t.yaml", text, length, &reading->errors, &reading->yaml);
    if (reading->status == STATUS_OK)
        reading->status = yaml_fill(reading->yaml, &schema, &reading->thing, &reading->errors);
}

static void read_text(struct reading *reading, const char *text)
{
    read_bytes(reading, text, strlen(text));
}

static void release(struct reading *reading)
{
    yaml_free(reading->yaml);
    yaml_errors_release(&reading->errors);
}

static void assert_told(const char *text, size_t count, const char *expected)
{
    struct reading reading;
    read_text(&reading, text);
    assert_string_equal(yaml_errors_text(&reading.errors), expected);
    assert_int_equal(reading.errors.count, count);
    assert_int_equal(reading.status, STATUS_CONFIG);
    release(&reading);
}

static const char right[] = "name: abc\n"
                            "deep:\n"
                            "  er: {text: 单位}\n"
                            "  integer: -3\n"
                            "fee: 480.5\n"
                            "count: 3\n"
                            "flag: true\n"
                            "colour: blue\n"
                            "colours: [blue, red]\n"
                            "labels: {red: 红, blue: 蓝}\n"
                            "texts:\n"
                            "  - 一\n"
                            "  - >-\n"
                            "    二\n"
                            "    三\n"
                            "array: ['x', \"y\"]\n"
                            "items:\n"
                            "  - {id: a}\n"
                            "  - id: b\n"
                            "    number: 2\n";

static void test_yaml__right_file_fills_everything(void **state)
{
    (void)state;
    struct reading reading;
    read_text(&reading, right);
    const struct thing *thing = &reading.thing;
    assert_string_equal(yaml_errors_text(&reading.errors), "");
    assert_int_equal(reading.status, STATUS_OK);
    assert_string_equal(thing->name, "abc");
    assert_string_equal(thing->nested, "单位");
    assert_int_equal(thing->integer, -3);
    assert_int_equal(thing->fen, 48050);
    assert_int_equal(thing->count, 3);
    assert_true(thing->flag);
    assert_int_equal(thing->colour, COLOUR_BLUE);
    assert_int_equal(thing->colour_count, 2);
    assert_int_equal(thing->colours[1], COLOUR_RED);
    assert_string_equal(thing->by_colour[COLOUR_BLUE], "蓝");
    assert_string_equal(thing->texts[1], "二 三");
    assert_string_equal(thing->array[1], "y");
    assert_int_equal(thing->item_count, 2);
    assert_int_equal(thing->items[0].number, 7);
    assert_int_equal(thing->items[1].number, 2);
    release(&reading);
}

static void test_yaml__absent_values_have_their_defaults(void **state)
{
    (void)state;
    struct reading reading;
    read_text(&reading, "name: abc\ndeep: {integer: 1}\n");
    assert_int_equal(reading.status, STATUS_OK);
    assert_string_equal(reading.thing.nested, "none");
    assert_int_equal(reading.thing.item_count, 0);
    release(&reading);
}

static void test_yaml__all_mistakes_are_told_in_one_pass(void **state)
{
    (void)state;
    assert_told("name: 太长了吧一二三\n"
                "deep:\n"
                "  integer: 101\n"
                "  colour: red\n"
                "fee: 4,80\n"
                "count: \"3\"\n"
                "flag: yes\n"
                "colour: green\n"
                "items:\n"
                "  - {id: abcde}\n"
                "  - number: 0\n",
                10,
                "t.yaml:1:7: expected 1 to 6 characters for name, found 7\n"
                "name: 太长了吧一二三\n"
                "      ^\n"
                "t.yaml:3:12: expected a whole number from -5 to 100 for deep.integer, found 101\n"
                "  integer: 101\n"
                "           ^\n"
                "t.yaml:4:3: unknown key colour; expected one of er, integer\n"
                "  colour: red\n"
                "  ^\n"
                "t.yaml:5:6: expected an amount in yuan such as 480 or 480.50 for fee, found 4,80\n"
                "fee: 4,80\n"
                "     ^\n"
                "t.yaml:6:8: expected a whole number from 0 to 10 for count, found 3\n"
                "count: \"3\"\n"
                "       ^\n"
                "t.yaml:7:7: expected true or false for flag, found yes\n"
                "flag: yes\n"
                "      ^\n"
                "t.yaml:8:9: expected one of red, blue for colour, found green\n"
                "colour: green\n"
                "        ^\n"
                "t.yaml:10:10: expected 1 to 4 characters for id, found 5\n"
                "  - {id: abcde}\n"
                "         ^\n"
                "t.yaml:11:13: expected a whole number from 1 to 9 for number, found 0\n"
                "  - number: 0\n"
                "            ^\n"
                "t.yaml:11:5: expected the key id in this item\n"
                "  - number: 0\n"
                "    ^\n");
}

static void test_yaml__missing_key_is_told_where_it_belongs(void **state)
{
    (void)state;
    assert_told("colour: red\ndeep:\n  er: {text: a}\nitems:\n  - number: 3\n", 3,
                "t.yaml:5:5: expected the key id in this item\n"
                "  - number: 3\n"
                "    ^\n"
                "t.yaml:1:1: expected the key name in this thing\n"
                "colour: red\n"
                "^\n"
                "t.yaml:3:3: expected the key deep.integer in this thing\n"
                "  er: {text: a}\n"
                "  ^\n");
}

static void test_yaml__key_given_twice_is_told_with_the_first_line(void **state)
{
    (void)state;
    assert_told("name: a\ndeep: {integer: 1}\nname: b\n", 1,
                "t.yaml:3:1: expected name once, it stands on line 1 already\n"
                "name: b\n"
                "^\n");
}

static void test_yaml__caret_stands_under_chinese(void **state)
{
    (void)state;
    assert_told("name: a\ndeep: {integer: 1}\nlabels: {red: 红色, 蓝: x, blue: b}\n", 1,
                "t.yaml:3:19: expected one of red, blue for labels, found 蓝\n"
                "labels: {red: 红色, 蓝: x, blue: b}\n"
                "              　　  ^\n");
}

static void test_yaml__wrong_shapes_are_told(void **state)
{
    (void)state;
    assert_told("name: [a]\ndeep: 3\ntexts: []\ncolours: [red, red]\nlabels: {red: r}\narray: [a, b, "
                "c]\nitems: [x]\n",
                8,
                "t.yaml:1:8: expected text for name, found a list\n"
                "name: [a]\n"
                "       ^\n"
                "t.yaml:2:7: expected a mapping for deep, found 3\n"
                "deep: 3\n"
                "      ^\n"
                "t.yaml:3:1: expected 1 to 3 entries for texts, found 0\n"
                "texts: []\n"
                "^\n"
                "t.yaml:4:16: expected red once in colours\n"
                "colours: [red, red]\n"
                "               ^\n"
                "t.yaml:5:10: expected blue in labels\n"
                "labels: {red: r}\n"
                "         ^\n"
                "t.yaml:6:9: expected 1 to 2 entries for array, found 3\n"
                "array: [a, b, c]\n"
                "        ^\n"
                "t.yaml:7:9: expected a mapping for this item, found x\n"
                "items: [x]\n"
                "        ^\n"
                "t.yaml:2:1: expected the key deep.integer in this thing\n"
                "deep: 3\n"
                "^\n");
}

static void test_yaml__value_with_its_own_rule_is_told(void **state)
{
    (void)state;
    assert_told("name: ABC\ndeep: {integer: 1, er: {text: \"a\\tb\"}}\n", 2,
                "t.yaml:1:7: expected small letters for name, found ABC\n"
                "name: ABC\n"
                "      ^\n"
                "t.yaml:2:31: expected deep.er.text without control characters\n"
                "deep: {integer: 1, er: {text: \"a\\tb\"}}\n"
                "                              ^\n");
}

static void test_yaml__syntax_error_has_its_place(void **state)
{
    (void)state;
    assert_told("name: \"abc\ndeep: 1\n", 1,
                "t.yaml:1:7: expected YAML: wrongly indented double-quoted scalar\n"
                "name: \"abc\n"
                "      ^\n");
}

static void assert_refused(const char *text, const char *part)
{
    struct reading reading;
    read_text(&reading, text);
    assert_int_equal(reading.status, STATUS_CONFIG);
    if (strstr(yaml_errors_text(&reading.errors), part) == NULL)
        fail_msg("%s is not told in %s", part, yaml_errors_text(&reading.errors));
    release(&reading);
}

/* One anchor hides nothing: what stands behind it is read, and the rest of the file, too. */
static void test_yaml__mistakes_beside_an_anchor_are_told_with_it(void **state)
{
    (void)state;
    assert_told("name: &a abc\n"
                "deep: &b {integer: soon}\n"
                "texts: [*a, '']\n"
                "colour: *a\n"
                "colours: [*a, pink]\n"
                "items: [*b]\n"
                "shape: round\n",
                10,
                "t.yaml:1:10: expected a value; anchors (&name) are not used here\n"
                "name: &a abc\n"
                "         ^\n"
                "t.yaml:2:1: expected a value; anchors (&name) are not used here\n"
                "deep: &b {integer: soon}\n"
                "^\n"
                "t.yaml:3:10: expected a value; aliases (*name) are not used here\n"
                "texts: [*a, '']\n"
                "         ^\n"
                "t.yaml:4:10: expected a value; aliases (*name) are not used here\n"
                "colour: *a\n"
                "         ^\n"
                "t.yaml:5:12: expected a value; aliases (*name) are not used here\n"
                "colours: [*a, pink]\n"
                "           ^\n"
                "t.yaml:6:10: expected a value; aliases (*name) are not used here\n"
                "items: [*b]\n"
                "         ^\n"
                "t.yaml:2:20: expected a whole number from -5 to 100 for deep.integer, found soon\n"
                "deep: &b {integer: soon}\n"
                "                   ^\n"
                "t.yaml:3:13: expected 1 to 1024 characters for texts, found 0\n"
                "texts: [*a, '']\n"
                "            ^\n"
                "t.yaml:5:15: expected one of red, blue for colours, found pink\n"
                "colours: [*a, pink]\n"
                "              ^\n"
                "t.yaml:7:1: unknown key shape; expected one of name, deep, fee, count, flag, colour, "
                "colours, labels, texts, array, items\n"
                "shape: round\n"
                "^\n");
}

static void test_yaml__what_is_not_used_here_is_refused(void **state)
{
    (void)state;
    assert_refused("name: &a abc\ndeep: {integer: 1}\n",
                   "t.yaml:1:10: expected a value; anchors (&name) are not used here");
    assert_refused("name: *a\ndeep: {integer: 1}\n", "aliases (*name) are not used here");
    assert_refused("name: !!str abc\n", "tags (!name) are not used here");
    assert_refused("name: a\ndeep: {integer: 1}\n---\nname: b\n", "expected one document in the file");
    assert_refused("", "expected a YAML mapping, found nothing");
    assert_refused("# nothing\n", "expected a YAML mapping, found nothing");
    assert_refused("- a\n", "expected a mapping for this thing, found a list");
    assert_refused("name: \"a\\0b\"\n", "expected text without a zero character");
    assert_refused("name: a\n? [x]\n: y\n", "expected a key, found a list");
    assert_refused(
        "deep: {integer: {a: {b: {c: {d: {e: {f: {g: {h: {i: {j: {k: {l: {m: {n: {o: 1}}}}}}}}}}}}}}}}\n",
        "expected less nesting");
    assert_refused("name: a\xff\n", "t.yaml:1:8: expected UTF-8 text");
    assert_refused("deep.integer: 3\n", "unknown key deep.integer");
}

static void test_yaml__too_big_a_file_is_refused(void **state)
{
    (void)state;
    static char text[LIMIT_CONFIG_BYTES + 2];
    struct reading reading;
    memset(text, '#', sizeof text - 1);
    read_text(&reading, text);
    assert_int_equal(reading.status, STATUS_FULL);
    assert_string_equal(yaml_errors_text(&reading.errors), "t.yaml: expected at most 1048576 bytes\n");
    release(&reading);
}

static void test_yaml__text_handed_out_knows_its_place(void **state)
{
    (void)state;
    struct reading reading;
    read_text(&reading, right);
    yaml_complain(reading.yaml, &reading.errors, reading.thing.items[1].id, "expected another id");
    assert_string_equal(yaml_errors_text(&reading.errors), "t.yaml:19:9: expected another id\n"
                                                           "  - id: b\n"
                                                           "        ^\n");
    release(&reading);
}

static void test_yaml__file_that_is_not_there_is_told(void **state)
{
    (void)state;
    struct yaml_errors errors;
    struct yaml *yaml = NULL;
    yaml_errors_init(&errors);
    assert_int_equal(yaml_open(TEST_BUILD_DIR "/no-such-file.yaml", &errors, &yaml), STATUS_NOT_FOUND);
    assert_null(yaml);
    assert_int_equal(errors.count, 1);
    assert_non_null(strstr(yaml_errors_text(&errors), "expected a file that can be read: not-found"));
    yaml_errors_release(&errors);
    yaml_free(NULL);
}

static void test_yaml__flood_of_mistakes_is_counted_not_kept(void **state)
{
    (void)state;
    static char text[20000];
    struct reading reading;
    size_t used = 0;
    for (int i = 0; i < 1000; i++) {
        memcpy(text + used, "aaaa: 1\n", 8);
        text[used + 3] = (char)('a' + i % 26);
        text[used + 2] = (char)('a' + i / 26 % 26);
        text[used + 1] = (char)('a' + i / 676);
        used += 8;
    }
    read_bytes(&reading, text, used);
    assert_int_equal(reading.status, STATUS_CONFIG);
    assert_int_equal(reading.errors.count, 1002);
    release(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_yaml__right_file_fills_everything),
        cmocka_unit_test(test_yaml__absent_values_have_their_defaults),
        cmocka_unit_test(test_yaml__all_mistakes_are_told_in_one_pass),
        cmocka_unit_test(test_yaml__missing_key_is_told_where_it_belongs),
        cmocka_unit_test(test_yaml__key_given_twice_is_told_with_the_first_line),
        cmocka_unit_test(test_yaml__caret_stands_under_chinese),
        cmocka_unit_test(test_yaml__wrong_shapes_are_told),
        cmocka_unit_test(test_yaml__value_with_its_own_rule_is_told),
        cmocka_unit_test(test_yaml__syntax_error_has_its_place),
        cmocka_unit_test(test_yaml__mistakes_beside_an_anchor_are_told_with_it),
        cmocka_unit_test(test_yaml__what_is_not_used_here_is_refused),
        cmocka_unit_test(test_yaml__too_big_a_file_is_refused),
        cmocka_unit_test(test_yaml__text_handed_out_knows_its_place),
        cmocka_unit_test(test_yaml__file_that_is_not_there_is_told),
        cmocka_unit_test(test_yaml__flood_of_mistakes_is_counted_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
