#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/json.h"
#include "kiosk/base/limits.h"

static struct json *parse(const char *text)
{
    struct json *json = NULL;
    assert_int_equal(json_parse(text, strlen(text), &json), STATUS_OK);
    return json;
}

static void test_json__members_are_read_by_type(void **state)
{
    (void)state;
    struct json *json = parse("{\"a\":\"文\",\"b\":12345678901,\"c\":true,\"d\":[1,\"x\"],\"e\":null}");
    assert_string_equal(json_text(json, "a", "-"), "文");
    assert_int_equal(json_number(json, "b", 0), INT64_C(12345678901));
    assert_true(json_bool(json, "c", false));
    assert_int_equal(json_length(json_member(json, "d")), 2);
    assert_string_equal(json_text_value(json_element(json_member(json, "d"), 1)), "x");
    json_free(json);
}

static void test_json__a_missing_or_other_type_is_the_fallback(void **state)
{
    (void)state;
    struct json *json = parse("{\"a\":1,\"b\":\"1\",\"c\":0,\"d\":1.5}");
    assert_string_equal(json_text(json, "a", "-"), "-");
    assert_int_equal(json_number(json, "b", -1), -1);
    assert_int_equal(json_number(json, "d", -1), -1);
    assert_true(json_bool(json, "c", true));
    assert_string_equal(json_text(json, "z", "-"), "-");
    assert_null(json_member(json, "z"));
    assert_null(json_element(json_member(json, "a"), 0));
    assert_int_equal(json_length(json), 0);
    assert_null(json_text_value(NULL));
    json_free(json);
    json_free(NULL);
}

static void test_json__members_have_names_in_the_order_they_were_written(void **state)
{
    (void)state;
    static const char text[] = "{\"b\":1,\"a\":2}";
    struct json *object = NULL;
    assert_int_equal(json_parse(text, strlen(text), &object), STATUS_OK);
    assert_string_equal(json_member_name(object, 0), "b");
    assert_string_equal(json_member_name(object, 1), "a");
    assert_string_equal(json_member_name(object, 2), "");
    json_free(object);
}

static void test_json__broken_texts_are_malformed(void **state)
{
    (void)state;
    static const char *const broken[] = {"",
                                         "{",
                                         "{\"a\":1,}",
                                         "{\"a\":1,\"a\":2}",
                                         "{\"a\":1} x",
                                         "nul",
                                         "{\"a\":\"\xFF\"}",
                                         "[1 2]",
                                         "{\"a\":\"\\u0000\"}"};
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        struct json *json = (struct json *)state;
        assert_int_equal(json_parse(broken[i], strlen(broken[i]), &json), STATUS_MALFORMED);
        assert_ptr_equal(json, state);
    }
}

static void test_json__too_long_a_text_is_full(void **state)
{
    (void)state;
    struct json *json = NULL;
    char *text = calloc(1, LIMIT_JSON_BYTES + 1);
    assert_non_null(text);
    memset(text, ' ', LIMIT_JSON_BYTES + 1);
    assert_int_equal(json_parse(text, LIMIT_JSON_BYTES + 1, &json), STATUS_FULL);
    free(text);
}

static void test_json__depth_has_an_end(void **state)
{
    (void)state;
    struct json *json = NULL;
    char *text = calloc(1, 200001);
    assert_non_null(text);
    memset(text, '[', 200000);
    assert_int_equal(json_parse(text, 200000, &json), STATUS_MALFORMED);
    free(text);
}

static void test_json__a_built_document_is_written_in_its_order(void **state)
{
    (void)state;
    struct json *json = json_new_object();
    struct json *list = json_new_array();
    struct buf out;
    buf_init(&out, 1000);
    json_set_text(json, "z", "引\"号\n");
    json_set_integer(json, "a", INT64_MIN);
    json_set_bool(json, "m", false);
    json_append_text(list, "one");
    json_append_take(list, json_new_object());
    json_set_take(json, "list", list);
    json_set_text(json, "z", "two");
    assert_int_equal(json_write(json, &out), STATUS_OK);
    assert_string_equal((const char *)out.data,
                        "{\"z\":\"two\",\"a\":-9223372036854775808,\"m\":false,\"list\":[\"one\",{}]}");
    buf_release(&out);
    json_free(json);
}

/* A device may name itself in any bytes; the program goes on. */
static void test_json__text_that_is_not_utf8_is_kept_as_replacements(void **state)
{
    (void)state;
    struct json *json = json_new_object();
    json_set_text(json, "name", "UKey \xC8\xCB\xFF 2");
    assert_string_equal(json_text(json, "name", ""), "UKey \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD 2");
    json_free(json);
}

static void test_json__writing_past_the_ceiling_is_full(void **state)
{
    (void)state;
    struct json *json = json_new_object();
    struct buf out;
    buf_init(&out, 1);
    assert_int_equal(json_write(json, &out), STATUS_FULL);
    assert_int_equal(out.length, 0);
    buf_release(&out);
    json_free(json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json__members_are_read_by_type),
        cmocka_unit_test(test_json__a_missing_or_other_type_is_the_fallback),
        cmocka_unit_test(test_json__members_have_names_in_the_order_they_were_written),
        cmocka_unit_test(test_json__broken_texts_are_malformed),
        cmocka_unit_test(test_json__too_long_a_text_is_full),
        cmocka_unit_test(test_json__depth_has_an_end),
        cmocka_unit_test(test_json__a_built_document_is_written_in_its_order),
        cmocka_unit_test(test_json__text_that_is_not_utf8_is_kept_as_replacements),
        cmocka_unit_test(test_json__writing_past_the_ceiling_is_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
