#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/catalogue/settings.h"

static struct yaml_errors errors;

static int set_up(void **state)
{
    (void)state;
    yaml_errors_init(&errors);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    yaml_errors_release(&errors);
    return 0;
}

static const char *environment(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "STATE") == 0 ? "/tmp/状态" : NULL;
}

static enum status parse(const char *text, struct settings **out)
{
    return settings_parse("k.yaml", text, strlen(text), environment, NULL, &errors, out);
}

static void test_settings__absent_keys_have_their_defaults(void **state)
{
    (void)state;
    struct settings *settings = NULL;
    assert_int_equal(parse("terminal: {id: t9}\n", &settings), STATUS_OK);
    assert_string_equal(settings->terminal_id, "t9");
    assert_string_equal(settings->terminal_number, "01");
    assert_int_equal(settings->idle_warning_s, 120);
    assert_int_equal(settings->idle_countdown_s, 30);
    assert_int_equal(settings->idle_sign_s, 300);
    assert_int_equal(settings->login_codes_per_hour, 5);
    assert_int_equal(settings->login_clerk_lock_s, 900);
    assert_int_equal(settings->payment_poll_ms, 3000);
    assert_int_equal(settings->review_undo_s, 5);
    assert_int_equal(settings->order_lease_s, 30);
    assert_false(settings->screen_full_screen);
    assert_string_equal(settings->payment_alipay_seller_id, "");
    settings_free(settings);
    settings_free(NULL);
}

static void test_settings__variables_come_from_outside(void **state)
{
    (void)state;
    struct settings *settings = NULL;
    assert_int_equal(parse("store: {file: '${STATE}/hall.db'}\nhall: {name: a$$b}\n", &settings), STATUS_OK);
    assert_string_equal(settings->store_file, "/tmp/状态/hall.db");
    assert_string_equal(settings->hall_name, "a$b");
    settings_free(settings);
}

static void test_settings__all_mistakes_are_told_with_their_place(void **state)
{
    (void)state;
    struct settings *settings = NULL;
    assert_int_equal(parse("terminal:\n"
                           "  id: ''\n"
                           "idle:\n"
                           "  warning_s: 2m\n"
                           "  warn: 3\n"
                           "screen: {width: 100}\n"
                           "store: {file: '${HOME}/x'}\n"
                           "hall: {name: '$x'}\n"
                           "scanner: {driver: twain}\n"
                           "payment:\n"
                           "  alipay: {gateway: x}\n",
                           &settings),
                     STATUS_CONFIG);
    assert_null(settings);
    assert_string_equal(
        yaml_errors_text(&errors),
        "k.yaml:2:7: expected 1 to 32 characters for terminal.id, found 0\n"
        "  id: ''\n"
        "      ^\n"
        "k.yaml:4:14: expected a whole number from 10 to 3600 for idle.warning_s, found 2m\n"
        "  warning_s: 2m\n"
        "             ^\n"
        "k.yaml:5:3: unknown key warn; expected one of warning_s, countdown_s, sign_s\n"
        "  warn: 3\n"
        "  ^\n"
        "k.yaml:6:17: expected a whole number from 640 to 7680 for screen.width, found 100\n"
        "screen: {width: 100}\n"
        "                ^\n"
        "k.yaml:7:15: expected a variable that is set in the environment\n"
        "store: {file: '${HOME}/x'}\n"
        "              ^\n"
        "k.yaml:8:14: expected ${NAME} or $$ behind a dollar sign\n"
        "hall: {name: '$x'}\n"
        "             ^\n"
        "k.yaml:11:12: unknown key gateway; expected one of gateway_url, app_id, "
        "app_private_key_file, app_cert_file, alipay_root_cert_file, alipay_cert_file, seller_id\n"
        "  alipay: {gateway: x}\n"
        "           ^\n"
        "k.yaml:9:19: expected one of sane|fake|none for scanner.driver, found twain\n"
        "scanner: {driver: twain}\n"
        "                  ^\n");
    assert_int_equal(errors.count, 8);
}

static void test_settings__odd_hours_are_told_with_what_is_expected(void **state)
{
    (void)state;
    struct settings *settings = NULL;
    assert_int_equal(parse("hall:\n  open_hours: 周一至周五 上午九点\n  outside_hours: close\n", &settings),
                     STATUS_CONFIG);
    assert_string_equal(yaml_errors_text(&errors),
                        "k.yaml:2:15: expected hours like 周一至周五 9:00–12:00、13:30–17:30；周六 "
                        "9:00–12:00 for hall.open_hours, found 上午九点\n"
                        "  open_hours: 周一至周五 上午九点\n"
                        "              ^\n"
                        "k.yaml:3:18: expected one of serve|refuse|next-day for hall.outside_hours, found "
                        "close\n"
                        "  outside_hours: close\n"
                        "                 ^\n");
}

static void test_settings__example_is_the_list(void **state)
{
    (void)state;
    struct buf made, shipped;
    buf_init(&made, LIMIT_CONFIG_BYTES);
    buf_init(&shipped, LIMIT_CONFIG_BYTES);
    assert_int_equal(settings_write_example(&made), STATUS_OK);
    assert_int_equal(file_read(TEST_SOURCE_DIR "/config/kiosk.yaml.example", &shipped, NULL), STATUS_OK);
    assert_string_equal((const char *)shipped.data, (const char *)made.data);
    buf_release(&made);
    buf_release(&shipped);
}

static void test_settings__example_gives_the_defaults(void **state)
{
    (void)state;
    struct settings *example = NULL;
    struct settings *defaults = NULL;
    assert_int_equal(
        settings_open(TEST_SOURCE_DIR "/config/kiosk.yaml.example", environment, NULL, &errors, &example),
        STATUS_OK);
    assert_int_equal(parse("{}", &defaults), STATUS_OK);
#define SAME_TEXT(member) assert_string_equal(example->member, defaults->member);
#define SAME_PATH(member) SAME_TEXT(member)
#define SAME_CHOICE(member) SAME_TEXT(member)
#define SAME_INTEGER(member) assert_int_equal(example->member, defaults->member);
#define SAME_BOOL(member) assert_true(example->member == defaults->member);
#define SETTING(member, key, type, unit, fallback, min, max, help) SAME_##type(member)
#include "kiosk/catalogue/settings.def"
#undef SETTING
    settings_free(example);
    settings_free(defaults);
}

static const char *any_environment(void *context, const char *name)
{
    (void)context;
    return name;
}

static void test_settings__demonstration_profile_is_right(void **state)
{
    (void)state;
    struct settings *settings = NULL;
    enum status status = settings_open(TEST_SOURCE_DIR "/config/profiles/demo.yaml", any_environment, NULL,
                                       &errors, &settings);
    assert_string_equal(yaml_errors_text(&errors), "");
    assert_int_equal(status, STATUS_OK);
    assert_string_equal(settings->store_file, "STATE/hall.db");
    settings_free(settings);
}

static void test_settings__counter_profile_is_of_real_devices(void **state)
{
    (void)state;
    struct settings *settings = NULL;
    enum status status =
        settings_open(TEST_SOURCE_DIR "/config/profiles/counter.yaml", NULL, NULL, &errors, &settings);
    assert_string_equal(yaml_errors_text(&errors), "");
    assert_int_equal(status, STATUS_OK);
    const char *const drivers[] = {settings->scanner_driver,   settings->token_driver,
                                   settings->printer_driver,   settings->idcard_driver,
                                   settings->authority_driver, settings->payment_driver,
                                   settings->sms_driver};
    for (size_t i = 0; i < sizeof drivers / sizeof drivers[0]; i++) {
        assert_string_not_equal(drivers[i], "fake");
        assert_string_not_equal(drivers[i], "none");
    }
    settings_free(settings);
}

static void test_settings__process_environment_is_read(void **state)
{
    (void)state;
    assert_int_equal(setenv("CERTKIOSK_TEST_SETTINGS", "value", 1), 0);
    assert_string_equal(settings_process_environment(NULL, "CERTKIOSK_TEST_SETTINGS"), "value");
    assert_null(settings_process_environment(NULL, "CERTKIOSK_TEST_UNSET"));
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_settings__absent_keys_have_their_defaults),
        TEST(test_settings__variables_come_from_outside),
        TEST(test_settings__all_mistakes_are_told_with_their_place),
        TEST(test_settings__odd_hours_are_told_with_what_is_expected),
        TEST(test_settings__example_is_the_list),
        TEST(test_settings__example_gives_the_defaults),
        TEST(test_settings__demonstration_profile_is_right),
        TEST(test_settings__counter_profile_is_of_real_devices),
        TEST(test_settings__process_environment_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
