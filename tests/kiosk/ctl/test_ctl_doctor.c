#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <arpa/inet.h>

#include "kiosk/base/file.h"
#include "kiosk/services/service_doctor.h"
#include "tests/support/ctl_bench.h"
#include "tests/support/pki_ca.h"
#include "tests/support/sim_client.h"
#include "tests/support/token_sim.h"

enum { DECEMBER_2026_UTC_S = 1797325942 };

/* The doctor's line about one thing, from a fresh run. */
static void line_of(struct ctl_bench *bench, const char *what, char state[16], char advice[32])
{
    state[0] = advice[0] = 0;
    (void)ctl_bench_run(bench, NULL, "doctor", "--json", NULL);
    struct json *rows = ctl_bench_json(bench);
    for (size_t i = 0; i < json_length(rows); i++) {
        const struct json *row = json_element(rows, i);
        if (strcmp(json_text(row, "what", ""), what) != 0)
            continue;
        (void)snprintf(state, 16, "%s", json_text(row, "state", ""));
        (void)snprintf(advice, 32, "%s", json_text(row, "advice_key", ""));
    }
    json_free(rows);
}

#define assert_line(bench, what, expected_state, expected_advice)                                            \
    do {                                                                                                     \
        char found_state[16], found_advice[32];                                                              \
        line_of((bench), (what), found_state, found_advice);                                                 \
        assert_string_equal(found_state, (expected_state));                                                  \
        assert_string_equal(found_advice, (expected_advice));                                                \
    } while (0)

static void make_store(struct ctl_bench *bench)
{
    assert_int_equal(ctl_bench_run(bench, "long enough\n", "clerk", "add", "lin", "--password-stdin", NULL),
                     0);
}

static void test_ctl_doctor__a_hall_of_fakes_works_and_is_warned_of(void **state)
{
    struct ctl_bench *bench = *state;
    make_store(bench);
    assert_int_equal(ctl_bench_run(bench, NULL, "doctor", NULL), 0);
    assert_null(strstr(bench->out, "\nbad "));
    assert_non_null(strstr(bench->out, "warning  payment"));
#define DOCTOR(code, name, probe) assert_non_null(strstr(bench->out, " " name " "));
#include "kiosk/services/service_doctor.def"
#undef DOCTOR
    assert_line(bench, "store", "ok", "");
    assert_line(bench, "printer", "warning", "driver-fake");
    assert_line(bench, "authority", "off", "");
}

static void test_ctl_doctor__a_missing_hall_key_and_store_are_exit_1(void **state)
{
    struct ctl_bench *bench = *state;
    assert_int_equal(ctl_bench_run(bench, NULL, "doctor", NULL), 1);
    assert_line(bench, "store", "bad", "store-missing");
    assert_int_equal(unlink(ctl_bench_path(bench, "keys/hall.key")), 0);
    assert_line(bench, "hall-key", "bad", "hall-key-missing");
    assert_int_equal(ctl_bench_run(bench, NULL, "doctor", NULL), 1);
    assert_non_null(strstr(bench->out, "certctl hall-key create"));
}

static void test_ctl_doctor__an_open_hall_key_is_told(void **state)
{
    struct ctl_bench *bench = *state;
    make_store(bench);
    assert_int_equal(chmod(ctl_bench_path(bench, "keys/hall.key"), 0640), 0);
    assert_line(bench, "hall-key", "bad", "hall-key-open");
}

static void test_ctl_doctor__broken_products_words_and_fonts_are_told(void **state)
{
    struct ctl_bench *bench = *state;
    make_store(bench);
    ctl_bench_set(bench, "catalogue", "/nowhere");
    ctl_bench_set(bench, "sms", "{driver: fake}\nlanguage: xx\nfonts: {regular: /nowhere.ttc}");
    assert_line(bench, "catalogue", "bad", "catalogue");
    assert_line(bench, "words", "bad", "words");
    assert_line(bench, "fonts", "bad", "fonts");
    assert_int_equal(ctl_bench_run(bench, NULL, "doctor", NULL), 1);
}

static void test_ctl_doctor__a_calendar_without_the_coming_year_is_told(void **state)
{
    struct ctl_bench *bench = *state;
    make_store(bench);
    assert_line(bench, "calendar", "ok", "");
    clock_manual_init(&bench->clock, DECEMBER_2026_UTC_S);
    assert_line(bench, "calendar", "warning", "calendar");
}

static void test_ctl_doctor__a_damaged_store_is_told(void **state)
{
    struct ctl_bench *bench = *state;
    make_store(bench);
    ctl_bench_write(bench, "hall.db", "this is no database, only a text that is long enough to be one");
    assert_line(bench, "store", "bad", "store-damaged");
}

static void test_ctl_doctor__devices_that_do_not_answer_are_told_apart(void **state)
{
    struct ctl_bench *bench = *state;
    make_store(bench);
    ctl_bench_set(bench, "printer", "{driver: cups, uri: \"ipp://127.0.0.1:1/ipp/print\"}");
    ctl_bench_set(bench, "payment", "{driver: alipay}");
    ctl_bench_set(bench, "sms", "{driver: http}");
    ctl_bench_set(bench, "token",
                  "{driver: pkcs11, module: /nowhere.so}\nhost: {program: /nowhere/certhost}");
    ctl_bench_set(bench, "authority", "{socket: /nowhere/ca.sock, roots_file: /nowhere.pem}");
    ctl_bench_set(bench, "idcard", "{driver: serial, device: /nowhere/tty}");
    assert_line(bench, "idcard", "bad", "idcard-silent");
    ctl_bench_set(bench, "idcard", "{driver: serial, baud: 12345}");
    assert_line(bench, "idcard", "bad", "idcard-settings");
    ctl_bench_set(bench, "idcard", "{driver: none}");
    ctl_bench_set(bench, "identity_service", "{driver: http}");
    assert_line(bench, "identity", "bad", "identity-files");
    ctl_bench_set(bench, "identity_service", "{driver: fake}");
    assert_line(bench, "identity", "warning", "driver-fake");
    assert_line(bench, "idcard", "off", "");
    assert_line(bench, "printer", "bad", "printer-silent");
    assert_line(bench, "payment", "bad", "payment-files");
    assert_line(bench, "sms", "bad", "sms-files");
    assert_line(bench, "host", "bad", "host-missing");
    assert_line(bench, "token", "bad", "token-silent");
    assert_line(bench, "authority", "bad", "authority-silent");
    assert_line(bench, "roots", "bad", "roots-file");
    ctl_bench_set(bench, "printer", "{driver: cups, uri: \"lpt1\"}");
    assert_line(bench, "printer", "bad", "printer-address");
}

static void test_ctl_doctor__a_switched_off_device_is_no_failure(void **state)
{
    struct ctl_bench *bench = *state;
    make_store(bench);
    ctl_bench_set(bench, "scanner", "{driver: none}");
    ctl_bench_set(bench, "token", "{driver: none}");
    ctl_bench_set(bench, "printer", "{driver: none}");
    ctl_bench_set(bench, "payment", "{driver: none}");
    ctl_bench_set(bench, "sms", "{driver: none}");
    assert_int_equal(ctl_bench_run(bench, NULL, "doctor", NULL), 0);
    assert_line(bench, "scanner", "off", "");
    assert_line(bench, "payment", "off", "");
}

static void test_ctl_doctor__the_writer_and_scanner_are_asked_through_the_real_host(void **state)
{
    struct ctl_bench *bench = *state;
    struct token_sim sim;
    make_store(bench);
    token_sim_open(&sim);
    token_sim_insert(&sim, "one");
    assert_int_equal(mkdir(ctl_bench_path(bench, "sane"), 0700), 0);
    ctl_bench_write(bench, "sane/dll.conf", "test\n");
    ctl_bench_write(bench, "sane/test.conf", "number_of_devices 1\n");
    ctl_bench_set(bench, "token",
                  "{driver: pkcs11, module: " TEST_BUILD_DIR "/sim-key.so}\nhost: {program: " TEST_BUILD_DIR
                  "/certhost}");
    char scanner[600];
    (void)snprintf(scanner, sizeof(scanner), "{driver: sane, sane_config_dir: %s}",
                   ctl_bench_path(bench, "sane"));
    ctl_bench_set(bench, "scanner", scanner);
    assert_int_equal(ctl_bench_run(bench, NULL, "doctor", NULL), 0);
    assert_non_null(strstr(bench->out, "ok       host"));
    assert_non_null(strstr(bench->out, "key: blank"));
    assert_non_null(strstr(bench->out, "ok       scanner    ready"));
    token_sim_pull(&sim);
    assert_int_equal(ctl_bench_run(bench, NULL, "doctor", NULL), 0);
    assert_non_null(strstr(bench->out, "key: absent"));
    token_sim_close(&sim);
}

static void test_ctl_doctor__the_running_authority_and_its_root_are_found(void **state)
{
    struct ctl_bench *bench = *state;
    struct pki_ca ca;
    char setting[600];
    make_store(bench);
    pki_ca_start(&ca, TEST_BUILD_DIR);
    (void)snprintf(setting, sizeof(setting), "{socket: %s, roots_file: %s/root.pem, crl_file: %s}",
                   ca.socket_path, ca.state_dir, ca.crl_file);
    ctl_bench_set(bench, "authority", setting);
    bench->clock.utc_ms = clock_utc_ms(clock_system()); /* as the CA's */
    assert_int_equal(ctl_bench_run(bench, NULL, "doctor", NULL), 0);
    assert_non_null(strstr(bench->out, "answers as"));
    assert_line(bench, "roots", "ok", "");
    assert_line(bench, "crl", "ok", "");
    assert_line(bench, "authority", "ok", "");
    bench->clock.utc_ms += INT64_C(6) * 366 * 86400 * 1000; /* a term of five years is sold, ten the CA has */
    assert_line(bench, "authority", "warning", "authority-ends");
    bench->clock.utc_ms += INT64_C(100) * 366 * 86400 * 1000;
    assert_line(bench, "roots", "bad", "roots-expired");
    pki_ca_end(&ca);
}

static void test_ctl_doctor__the_card_reader_is_asked_over_its_line(void **state)
{
    struct ctl_bench *bench = *state;
    struct sim_client sim = {0};
    char line[300], setting[360];
    make_store(bench);
    (void)snprintf(line, sizeof(line), "%s/reader", bench->directory);
    (void)snprintf(setting, sizeof(setting), "{driver: serial, device: %s}", line);
    sim_client_start(&sim, bench->directory, TEST_BUILD_DIR "/sim-idcard",
                     (const char *const[]){"--line", line, NULL});
    ctl_bench_set(bench, "idcard", setting);
    assert_int_equal(ctl_bench_run(bench, NULL, "doctor", NULL), 0);
    assert_non_null(strstr(bench->out, "the card reader answers"));
    assert_int_equal(sim_client_post(&sim, "/control/fault?method=status&kind=sw&argument=66"), 200);
    assert_line(bench, "idcard", "bad", "idcard-licence");
    int other = open(line, O_RDWR | O_NOCTTY | O_CLOEXEC);
    assert_int_equal(flock(other, LOCK_EX | LOCK_NB), 0); /* as a running terminal holds it */
    assert_line(bench, "idcard", "ok", "");
    (void)close(other);
    sim_client_stop(&sim, SIGTERM);
}

static void test_ctl_doctor__the_identity_service_is_asked_whether_it_accepts_us(void **state)
{
    struct ctl_bench *bench = *state;
    struct sim_client sim = {0};
    char key_file[300], setting[600];
    make_store(bench);
    (void)snprintf(key_file, sizeof(key_file), "%s/shared.key", bench->directory);
    sim_client_start(&sim, bench->directory, TEST_BUILD_DIR "/sim-identity",
                     (const char *const[]){"--key-file", key_file, NULL});
    (void)snprintf(setting, sizeof(setting),
                   "{driver: http, url: 'http://127.0.0.1:%u', key_id: SIMKEY, key_file: %s}", sim.port,
                   key_file);
    ctl_bench_set(bench, "identity_service", setting);
    bench->clock.utc_ms = clock_utc_ms(clock_system()); /* as the service's */
    assert_line(bench, "identity", "ok", "");
    assert_int_equal(sim_client_post(&sim, "/control/clock?advance_s=3600"), 200);
    assert_line(bench, "identity", "bad", "identity-refused");
    sim_client_stop(&sim, SIGTERM);
    assert_line(bench, "identity", "bad", "identity-silent");
}

/* --- the service itself ------------------------------------------------------------------------------ */

static void keep(void *context, const struct service_doctor_finding *finding)
{
    struct service_doctor_finding *kept = context;
    kept[finding->check] = *finding;
}

/* A port that takes connections and never says a word. */
static int open_silent_port(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, length), 0);
    assert_int_equal(listen(fd, 8), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    *port = ntohs(address.sin_port);
    return fd;
}

static void test_ctl_doctor__a_silent_device_ends_at_the_deadline(void **state)
{
    struct ctl_bench *bench = *state;
    struct service_doctor_finding found[SERVICE_DOCTOR_COUNT_];
    struct settings *settings = NULL;
    struct yaml_errors errors;
    char setting[200];
    int port = 0;
    int fd = open_silent_port(&port);
    make_store(bench);
    (void)snprintf(setting, sizeof(setting), "{driver: cups, uri: \"ipp://127.0.0.1:%d/ipp/print\"}", port);
    ctl_bench_set(bench, "printer", setting);
    yaml_errors_init(&errors);
    assert_int_equal(settings_open(bench->config, settings_process_environment, NULL, &errors, &settings),
                     STATUS_OK);
    int64_t start_ms = clock_monotonic_ms(clock_system());
    bool is_well = service_doctor_run(
        &(struct service_doctor_settings){
            .settings = settings, .clock = clock_system(), .random = random_system(), .deadline_ms = 300},
        keep, found);
    int64_t took_ms = clock_monotonic_ms(clock_system()) - start_ms;
    assert_false(is_well);
    assert_int_equal(found[SERVICE_DOCTOR_PRINTER].state, SERVICE_DOCTOR_BAD);
    assert_in_range(took_ms, 250, 10000); /* far from a hang, whatever else the machine does */
    settings_free(settings);
    yaml_errors_release(&errors);
    (void)close(fd);
}

static void test_ctl_doctor__every_advice_has_a_key_and_a_text(void **state)
{
    (void)state;
    for (int i = 1; i < SERVICE_DOCTOR_ADVICE_COUNT_; i++) {
        assert_string_not_equal(service_doctor_advice_key((enum service_doctor_advice)i), "");
        assert_string_not_equal(service_doctor_advice_text((enum service_doctor_advice)i), "");
    }
    assert_string_equal(service_doctor_advice_key(SERVICE_DOCTOR_ADVICE_COUNT_), "invalid");
    assert_string_equal(service_doctor_check_name(SERVICE_DOCTOR_COUNT_), "invalid");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, ctl_bench_setup, ctl_bench_teardown)
        TEST(test_ctl_doctor__a_hall_of_fakes_works_and_is_warned_of),
        TEST(test_ctl_doctor__a_missing_hall_key_and_store_are_exit_1),
        TEST(test_ctl_doctor__an_open_hall_key_is_told),
        TEST(test_ctl_doctor__broken_products_words_and_fonts_are_told),
        TEST(test_ctl_doctor__a_calendar_without_the_coming_year_is_told),
        TEST(test_ctl_doctor__a_damaged_store_is_told),
        TEST(test_ctl_doctor__devices_that_do_not_answer_are_told_apart),
        TEST(test_ctl_doctor__a_switched_off_device_is_no_failure),
        TEST(test_ctl_doctor__the_writer_and_scanner_are_asked_through_the_real_host),
        TEST(test_ctl_doctor__the_running_authority_and_its_root_are_found),
        TEST(test_ctl_doctor__the_card_reader_is_asked_over_its_line),
        TEST(test_ctl_doctor__the_identity_service_is_asked_whether_it_accepts_us),
        TEST(test_ctl_doctor__a_silent_device_ends_at_the_deadline),
        TEST(test_ctl_doctor__every_advice_has_a_key_and_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
