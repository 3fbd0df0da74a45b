/* A mistake is told at the line that is wrong, also where it is between two keys or of a number, and with
 * every key there is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/product_text.h"

static void assert_mistake(const char *from, const char *to, const char *told)
{
    product_text_assert_mistake(TEST_SOURCE_DIR "/config/catalogue/ezca/cqzfcg.yaml", from, to, told);
}

static void test_product_places__caret_stands_under_the_key_that_is_wrong(void **state)
{
    (void)state;
    assert_mistake("  max: 16", "  max: 4",
                   "expected pin.min not above pin.max, found 6 and 4\n  min: 6\n       ^\n");
    assert_mistake("  default: '111111'", "# none",
                   "expected pin.default with pin.must_change in ezca-cqzfcg\n  must_change: true\n"
                   "               ^\n");
    assert_mistake("  methods: [alipay, wechat]", "  methods: [alipay, wechat, transfer]",
                   "exactly with the method transfer\n  methods: [alipay, wechat, transfer]\n  ^\n");
    assert_mistake("  algorithm: rsa-2048", "  algorithm: ec-p256\n  encryption: true",
                   "rsa-2048 with encryption\n  algorithm: ec-p256\n             ^\n");
    assert_mistake("follow:\n  name: 东方中讯\n", "follow:\n",
                   "expected follow.name and follow.code together in ezca-cqzfcg\n  code: ");
    assert_mistake("notices:\n", "consent:\n  hours: 3\nnotices:\n",
                   "consent.hours in ezca-cqzfcg\n  hours: 3\n");
    assert_mistake("  receiver: agent_name\n", "",
                   "together in ezca-cqzfcg\n  methods: "); /* where it belongs */
}

static void test_product_places__unknown_key_is_told_with_every_key_there_is(void **state)
{
    (void)state;
    assert_mistake("\nnotices:", "\nnotes:", "unknown key notes; expected one of id, name, rank, ");
    assert_mistake("\nnotices:", "\nnotes:",
                   ", consent, notices, channels, buttons, messages, ways, after, elsewhere, verification, "
                   "comparisons, to_confirm\nnotes:\n^\n");
}

static void test_product_places__mistake_of_an_old_lock_or_of_going_by_papers_is_told(void **state)
{
    (void)state;
    assert_mistake("    tick: renew\n", "    tick: renew\n    by_papers: true\n",
                   "expected the step review, and no old key, in renew, which goes by papers");
    assert_mistake("    tick: renew\n", "    tick: renew\n    old_lock: {issuers: [另一家CA]}\n",
                   "expected the steps key, review and pin in renew, which takes an old lock");
    assert_mistake("    tick: renew\n", "    tick: renew\n    old_lock: {issuers: [另一家CA]}\n",
                   "expected a paper of the kind key with original in renew, which takes an old lock");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_product_places__caret_stands_under_the_key_that_is_wrong),
        cmocka_unit_test(test_product_places__unknown_key_is_told_with_every_key_there_is),
        cmocka_unit_test(test_product_places__mistake_of_an_old_lock_or_of_going_by_papers_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
