#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/buf.h"

static void test_buf__content_is_always_followed_by_nul(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 1000);
    for (int i = 0; i < 300; i++) {
        assert_int_equal(buf_append(&buf, "x", 1), STATUS_OK);
        assert_int_equal(buf.data[buf.length], 0);
    }
    assert_int_equal(strlen((const char *)buf.data), 300);
    buf_release(&buf);
}

static void test_buf__ceiling_is_exact_and_leaves_the_content(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 4);
    assert_int_equal(buf_append_text(&buf, "abcd"), STATUS_OK);
    assert_int_equal(buf_append_text(&buf, "e"), STATUS_FULL);
    assert_int_equal(buf_append_format(&buf, "%d", 1), STATUS_FULL);
    assert_string_equal((const char *)buf.data, "abcd");
    assert_int_equal(buf_append(&buf, "", 0), STATUS_OK);
    assert_int_equal(buf_append(&buf, "x", SIZE_MAX), STATUS_FULL);
    buf_release(&buf);
}

static void test_buf__clear_keeps_memory_and_ceiling(void **state)
{
    (void)state;
    struct buf buf;
    buf_init(&buf, 8);
    assert_int_equal(buf_append_text(&buf, "abcdefgh"), STATUS_OK);
    size_t capacity = buf.capacity;
    buf_clear(&buf);
    assert_int_equal(buf.length, 0);
    assert_int_equal(buf.capacity, capacity);
    assert_int_equal(buf_append_text(&buf, "123456789"), STATUS_FULL);
    buf_release(&buf);
}

static void test_buf__extend_gives_room_that_counts(void **state)
{
    (void)state;
    struct buf buf;
    uint8_t *room = NULL;
    buf_init(&buf, 100);
    assert_int_equal(buf_append_text(&buf, "a"), STATUS_OK);
    assert_int_equal(buf_extend(&buf, 3, &room), STATUS_OK);
    memcpy(room, "bcd", 3);
    assert_string_equal((const char *)buf.data, "abcd");
    assert_int_equal(buf_extend(&buf, 97, &room), STATUS_FULL);
    buf_release(&buf);
}

static void test_buf__detached_bytes_belong_to_the_caller(void **state)
{
    (void)state;
    struct buf buf;
    size_t length = 0;
    buf_init(&buf, 100);
    assert_null(buf_detach(&buf, &length));
    assert_int_equal(buf_append_text(&buf, "abc"), STATUS_OK);
    uint8_t *bytes = buf_detach(&buf, &length);
    assert_int_equal(length, 3);
    assert_memory_equal(bytes, "abc", 4);
    assert_int_equal(buf.length, 0);
    free(bytes);
    buf_release(&buf);
}

static void test_buf__release_and_wipe_may_come_twice_and_on_zeros(void **state)
{
    (void)state;
    struct buf buf = {0};
    buf_release(&buf);
    buf_wipe(&buf);
    buf_release(NULL);
    buf_wipe(NULL);
    buf_init(&buf, 10);
    assert_int_equal(buf_append_text(&buf, "secret"), STATUS_OK);
    buf_wipe(&buf);
    buf_wipe(&buf);
    assert_null(buf.data);
}

/* "ab", "c" and "a", "bc" are different lists. */
static void test_buf__sized_values_are_told_apart(void **state)
{
    (void)state;
    struct buf one, other;
    buf_init(&one, 64);
    buf_init(&other, 64);
    assert_int_equal(buf_append_sized(&one, "ab", 2), STATUS_OK);
    assert_int_equal(buf_append_sized(&one, "c", 1), STATUS_OK);
    assert_int_equal(buf_append_sized(&other, "a", 1), STATUS_OK);
    assert_int_equal(buf_append_sized(&other, "bc", 2), STATUS_OK);
    assert_int_equal(one.length, other.length);
    assert_memory_not_equal(one.data, other.data, one.length);
    buf_release(&one);
    buf_release(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buf__content_is_always_followed_by_nul),
        cmocka_unit_test(test_buf__ceiling_is_exact_and_leaves_the_content),
        cmocka_unit_test(test_buf__clear_keeps_memory_and_ceiling),
        cmocka_unit_test(test_buf__sized_values_are_told_apart),
        cmocka_unit_test(test_buf__extend_gives_room_that_counts),
        cmocka_unit_test(test_buf__detached_bytes_belong_to_the_caller),
        cmocka_unit_test(test_buf__release_and_wipe_may_come_twice_and_on_zeros),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
