#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/order/carrier.h"

static void accepts(enum carrier carrier, const char *typed, const char *stored)
{
    char out[CARRIER_NUMBER_BYTES] = "";
    assert_int_equal(carrier_number(carrier, typed, out), STATUS_OK);
    assert_string_equal(out, stored);
}

static void refuses(enum carrier carrier, const char *typed)
{
    char out[CARRIER_NUMBER_BYTES] = "before";
    assert_int_equal(carrier_number(carrier, typed, out), STATUS_MALFORMED);
    assert_string_equal(out, "before");
}

static void test_carrier__numbers_of_each_courier_are_taken_as_typed(void **state)
{
    (void)state;
    accepts(CARRIER_SF, "sf 1234567890123", "SF1234567890123");
    accepts(CARRIER_SF, "123456789012", "123456789012");
    accepts(CARRIER_EMS, "EE 473 124 829 CN", "EE473124829CN"); /* the postal union's own example */
    accepts(CARRIER_EMS, "1234567890123", "1234567890123");
    accepts(CARRIER_JD, "JDVA01234567890", "JDVA01234567890");
    accepts(CARRIER_OTHER, "yt-12345678", "YT12345678");
}

static void test_carrier__wrong_digits_letters_and_lengths_are_refused(void **state)
{
    (void)state;
    refuses(CARRIER_SF, "SF123456789012");
    refuses(CARRIER_SF, "");
    refuses(CARRIER_EMS, "EE473124828CN"); /* the check digit */
    refuses(CARRIER_EMS, "EE47312482XCN");
    refuses(CARRIER_JD, "1234567890123");
    refuses(CARRIER_OTHER, "1234567");
    refuses(CARRIER_OTHER, "单号12345678");
    refuses(CARRIER_OTHER, "123456789012345678901234567890123456789");
    refuses(CARRIER_COUNT_, "12345678");
}

static void test_carrier__names_come_back(void **state)
{
    (void)state;
    enum carrier carrier = CARRIER_COUNT_;
    for (unsigned i = 0; i < CARRIER_COUNT_; i++) {
        assert_int_equal(carrier_find(carrier_name((enum carrier)i), &carrier), STATUS_OK);
        assert_int_equal(carrier, i);
    }
    assert_int_equal(carrier_find("pigeon", &carrier), STATUS_NOT_FOUND);
    assert_string_equal(carrier_name(CARRIER_COUNT_), "invalid");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_carrier__numbers_of_each_courier_are_taken_as_typed),
        cmocka_unit_test(test_carrier__wrong_digits_letters_and_lengths_are_refused),
        cmocka_unit_test(test_carrier__names_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
