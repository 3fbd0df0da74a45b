/* Data kept on a key under a name, on the fake and on PKCS#11 through the real helper process and the
 * simulated key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/token/token.h"
#include "tests/support/feature.h"
#include "tests/support/token_bench.h"

static unsigned other_objects(struct token_bench *bench, const struct token_identity *identity)
{
    struct token_objects objects;
    unsigned count = 0;
    assert_int_equal(token_list(bench->token, identity, NULL, &objects, NULL), STATUS_OK);
    for (unsigned i = 0; i < objects.count; i++)
        count += objects.object[i].kind == TOKEN_OBJECT_OTHER;
    return count;
}

static enum status write_data(struct token_bench *bench, const struct token_identity *identity,
                              const char *name, const void *data, size_t length)
{
    return token_write_data(bench->token, identity, &bench->transport_pin, name, data, length, NULL);
}

static void assert_data(struct token_bench *bench, const struct token_identity *identity, const char *name,
                        const void *data, size_t length)
{
    struct buf read;
    buf_init(&read, TOKEN_DATA_BYTES);
    assert_int_equal(token_read_data(bench->token, identity, name, &read, NULL), STATUS_OK);
    assert_int_equal(read.length, length);
    assert_memory_equal(read.data, data, length);
    buf_release(&read);
}

static void test_token_data__is_there_once_whatever_is_written(void **state)
{
    struct token_bench *bench = *state;
    token_bench_insert(bench, "data");
    struct token_identity made = token_bench_format(bench);
    static uint8_t large[TOKEN_DATA_BYTES];
    struct buf read;
    buf_init(&read, TOKEN_DATA_BYTES);
    for (size_t i = 0; i < sizeof(large); i++)
        large[i] = (uint8_t)(i * 7);
    assert_int_equal(token_read_data(bench->token, &made, "certkiosk seal", &read, NULL), STATUS_NOT_FOUND);
    for (int times = 0; times < 2; times++)
        assert_int_equal(write_data(bench, &made, "certkiosk seal", large, sizeof(large)), STATUS_OK);
    assert_int_equal(write_data(bench, &made, "certkiosk number", "1126110000001", 13), STATUS_OK);
    assert_int_equal(other_objects(bench, &made), 2);
    assert_data(bench, &made, "certkiosk seal", large, sizeof(large));
    assert_int_equal(write_data(bench, &made, "certkiosk seal", "another", 7), STATUS_OK);
    assert_int_equal(other_objects(bench, &made), 2);
    FEATURE("F161");
    assert_data(bench, &made, "certkiosk seal", "another", 7);
    assert_data(bench, &made, "certkiosk number", "1126110000001", 13);
    struct token_identity identity;
    struct token_format format = {
        .so_pin = &bench->so_pin, .transport_pin = &bench->transport_pin, .may_erase = true};
    token_mark_draw(&bench->random.random, format.mark);
    assert_int_equal(token_format(bench->token, &made, &format, &identity, NULL), STATUS_OK);
    assert_int_equal(token_read_data(bench->token, &identity, "certkiosk seal", &read, NULL),
                     STATUS_NOT_FOUND);
    buf_release(&read);
}

static void test_token_data__is_not_written_by_a_wrong_pin_or_when_there_is_too_much(void **state)
{
    struct token_bench *bench = *state;
    token_bench_insert(bench, "no-data");
    struct token_identity made = token_bench_format(bench);
    static const uint8_t large[TOKEN_DATA_BYTES + 1];
    assert_int_equal(token_write_data(bench->token, &made, &bench->holder_pin, "seal", "a", 1, NULL),
                     STATUS_REFUSED);
    assert_int_equal(write_data(bench, &made, "seal", large, sizeof(large)), STATUS_FULL);
    assert_int_equal(other_objects(bench, &made), 0);
    token_bench_pull(bench);
    assert_int_equal(write_data(bench, &made, "seal", "a", 1), STATUS_LOST);
}

int main(void)
{
    const struct CMUnitTest contract[] = {
        cmocka_unit_test(test_token_data__is_there_once_whatever_is_written),
        cmocka_unit_test(test_token_data__is_not_written_by_a_wrong_pin_or_when_there_is_too_much),
    };
    int failed = cmocka_run_group_tests_name("token data: fake", contract, token_bench_setup_fake,
                                             token_bench_teardown);
    failed += cmocka_run_group_tests_name("token data: pkcs11", contract, token_bench_setup_pkcs11,
                                          token_bench_teardown);
    return failed;
}
