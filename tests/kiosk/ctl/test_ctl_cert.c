#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "kiosk/base/file.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/store/store_encryption.h"
#include "tests/support/ctl_bench.h"
#include "tests/support/feature.h"
#include "tests/support/pki_issuer.h"

static const char request_id[] = "11111111111111111111111111111111";

/* A certificate of the sample order stands in the store as issued; any will do: the issuer's own. */
static void store_one(struct ctl_bench *bench, const struct pki_issuer *issuer, char serial[41])
{
    struct order order;
    struct hall_key key = {0};
    struct bytes der = pki_issuer_issuing(issuer);
    ctl_bench_order(bench, &order);
    pki_issuer_serial(der, serial);
    struct store *store = ctl_bench_open_store(bench, &key);
    assert_int_equal(store_certificate_insert(store, request_id, order.id, "0123456789abcdef0123456789abcdef",
                                              "r", 1, NULL),
                     STATUS_OK);
    struct store_certificate_facts facts = {.serial = serial,
                                            .subject = "CN=示例",
                                            .not_after_utc_s = CTL_BENCH_NOW_UTC_S + 86400,
                                            .der = der.data,
                                            .der_length = der.length};
    assert_int_equal(store_certificate_step(store, request_id, STORE_CERTIFICATE_REQUESTED,
                                            STORE_CERTIFICATE_ISSUED, &facts, NULL),
                     STATUS_OK);
    ctl_bench_close_store(store, &key);
}

static void test_ctl_cert__a_stored_one_is_shown_without_its_subject(void **state)
{
    struct ctl_bench *bench = *state;
    char serial[41];
    struct pki_issuer *issuer = pki_issuer_new("示例认证机构", CTL_BENCH_NOW_UTC_S);
    store_one(bench, issuer, serial);
    assert_int_equal(ctl_bench_run(bench, NULL, "cert", "show", serial, "--json", NULL), 0);
    struct json *document = ctl_bench_json(bench);
    assert_string_equal(json_text(document, "serial", ""), serial);
    assert_string_equal(json_text(document, "state", ""), "issued");
    assert_string_equal(json_text(document, "request_id", ""), request_id);
    assert_string_equal(json_text(document, "key", ""), "EC P-256");
    assert_true(json_text(document, "order", "")[0] == 'T');
    assert_null(json_member(document, "subject"));
    json_free(document);
    pki_issuer_free(issuer);
}

static void test_ctl_cert__reveal_shows_the_subject_and_is_recorded(void **state)
{
    struct ctl_bench *bench = *state;
    char serial[41];
    struct pki_issuer *issuer = pki_issuer_new("示例认证机构", CTL_BENCH_NOW_UTC_S);
    store_one(bench, issuer, serial);
    assert_int_equal(ctl_bench_run(bench, NULL, "cert", "show", serial, "--reveal", NULL), 0);
    assert_non_null(strstr(bench->out, "subject:"));
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", "--json", "--count", "1", NULL), 0);
    struct json *rows = ctl_bench_json(bench);
    assert_string_equal(json_text(json_element(rows, 0), "action", ""), "value.reveal");
    assert_string_equal(json_text(json_element(rows, 0), "detail", ""), "cert show");
    json_free(rows);
    pki_issuer_free(issuer);
}

static void test_ctl_cert__a_serial_is_found_in_either_case(void **state)
{
    struct ctl_bench *bench = *state;
    char serial[41];
    struct pki_issuer *issuer = pki_issuer_new("示例认证机构", CTL_BENCH_NOW_UTC_S);
    store_one(bench, issuer, serial);
    for (char *c = serial; *c != 0; c++)
        *c = (char)(*c >= 'A' && *c <= 'F' ? *c + 32 : *c);
    assert_int_equal(ctl_bench_run(bench, NULL, "cert", "show", serial, NULL), 0);
    pki_issuer_free(issuer);
}

static void test_ctl_cert__a_file_is_shown_with_what_the_store_knows(void **state)
{
    struct ctl_bench *bench = *state;
    char serial[41];
    char path[2 * CTL_BENCH_PATH_BYTES];
    struct buf pem;
    struct pki_issuer *issuer = pki_issuer_new("示例认证机构", CTL_BENCH_NOW_UTC_S);
    store_one(bench, issuer, serial);
    buf_init(&pem, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(certificate_write_pem(pki_issuer_issuing(issuer), "CERTIFICATE", &pem), STATUS_OK);
    ctl_bench_write(bench, "one.pem", (const char *)pem.data);
    (void)snprintf(path, sizeof(path), "%s", ctl_bench_path(bench, "one.pem"));
    assert_int_equal(ctl_bench_run(bench, NULL, "cert", "show", path, NULL), 0);
    assert_non_null(strstr(bench->out, serial));
    assert_non_null(strstr(bench->out, "示例认证机构"));
    assert_non_null(strstr(bench->out, request_id));
    assert_int_equal(ctl_bench_run_bare(bench, "cert", "show", path, NULL), 0);
    assert_null(strstr(bench->out, request_id));
    buf_release(&pem);
    pki_issuer_free(issuer);
}

/* The half beside it is any certificate, too: the root. */
static void test_ctl_cert__both_of_a_pair_are_shown_from_either(void **state)
{
    struct ctl_bench *bench = *state;
    char serial[41];
    char encryption[41];
    struct hall_key key = {0};
    struct pki_issuer *issuer = pki_issuer_new("示例认证机构", CTL_BENCH_NOW_UTC_S);
    struct bytes der = pki_issuer_root(issuer);
    store_one(bench, issuer, serial);
    pki_issuer_serial(der, encryption);
    const struct store_encryption_facts facts = {.serial = encryption,
                                                 .not_after_utc_s = CTL_BENCH_NOW_UTC_S + 86400,
                                                 .recovered = true,
                                                 .der = der.data,
                                                 .der_length = der.length,
                                                 .enveloped_key = "e",
                                                 .enveloped_key_length = 1};
    struct store *store = ctl_bench_open_store(bench, &key);
    assert_int_equal(store_encryption_put(store, request_id, &facts, NULL), STATUS_OK);
    ctl_bench_close_store(store, &key);
    assert_int_equal(ctl_bench_run(bench, NULL, "cert", "show", serial, "--json", NULL), 0);
    struct json *document = ctl_bench_json(bench);
    assert_string_equal(json_text(document, "role", ""), "sign");
    assert_string_equal(json_text(document, "encryption_serial", ""), encryption);
    assert_string_equal(json_text(document, "recovered", ""), "yes");
    char *number = strdup(json_text(document, "order", ""));
    json_free(document);
    assert_int_equal(ctl_bench_run(bench, NULL, "cert", "show", encryption, NULL), 0);
    assert_non_null(strstr(bench->out, encryption));
    assert_non_null(strstr(bench->out, serial));
    assert_non_null(strstr(bench->out, "encrypt"));
    assert_null(strstr(bench->out, "subject:"));
    assert_int_equal(ctl_bench_run(bench, NULL, "order", "show", number, NULL), 0);
    assert_non_null(strstr(bench->out, encryption));
    free(number);
    pki_issuer_free(issuer);
}

static void test_ctl_cert__what_is_no_certificate_is_refused(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    ctl_bench_order(bench, &order);
    assert_int_equal(ctl_bench_run(bench, NULL, "cert", "show", "00AA", NULL), 1);
    assert_int_equal(ctl_bench_run(bench, NULL, "cert", "show", bench->config, NULL), 1);
    assert_int_equal(ctl_bench_run_bare(bench, "cert", "show", "00AA", NULL), 2);
}

/* --- revocation lists ---------------------------------------------------------------------------------- */

static void write_pem(const struct ctl_bench *bench, const char *name, struct bytes der, const char *label)
{
    struct buf pem;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    assert_int_equal(certificate_write_pem(der, label, &pem), STATUS_OK);
    assert_int_equal(buf_append(&pem, "", 1), STATUS_OK);
    ctl_bench_write(bench, name, (const char *)pem.data);
    buf_release(&pem);
}

/* The hall trusts this issuer, on whose list its own issuing certificate stands. */
static void trust(struct ctl_bench *bench, struct pki_issuer *issuer)
{
    char setting[600];
    struct order order;
    struct buf list = pki_issuer_crl(issuer, pki_issuer_issuing(issuer), 7);
    ctl_bench_order(bench, &order); /* there is a store */
    write_pem(bench, "roots.pem", pki_issuer_root(issuer), "CERTIFICATE");
    write_pem(bench, "list.pem", bytes_of_buf(&list), "X509 CRL");
    (void)snprintf(setting, sizeof(setting), "{roots_file: %s, crl_file: %s}",
                   ctl_bench_path(bench, "roots.pem"), ctl_bench_path(bench, "list.pem"));
    ctl_bench_set(bench, "authority", setting);
    buf_release(&list);
}

static void test_ctl_crl__show_tells_issuer_updates_and_every_entry(void **state)
{
    struct ctl_bench *bench = *state;
    struct pki_issuer *issuer = pki_issuer_new("示例", CTL_BENCH_NOW_UTC_S);
    char serial[41];
    pki_issuer_serial(pki_issuer_issuing(issuer), serial);
    trust(bench, issuer);
    assert_int_equal(ctl_bench_run(bench, NULL, "crl", "show", "--json", NULL), 0);
    struct json *lists = ctl_bench_json(bench);
    const struct json *list = json_element(lists, 0);
    assert_int_equal(json_length(lists), 1);
    assert_int_equal(json_number(list, "entries", 0), 1);
    assert_non_null(strstr(json_text(list, "issuer", ""), "示例"));
    assert_true(strcmp(json_text(list, "this_update", ""), json_text(list, "next_update", "")) < 0);
    FEATURE("F180");
    assert_string_equal(json_text(json_element(json_member(list, "revoked"), 0), "serial", ""), serial);
    json_free(lists);
    assert_int_equal(ctl_bench_run(bench, NULL, "crl", "show", NULL), 0);
    assert_non_null(strstr(bench->out, serial));
    pki_issuer_free(issuer);
}

static void test_ctl_crl__export_writes_files_that_are_read_again_and_is_recorded(void **state)
{
    struct ctl_bench *bench = *state;
    struct pki_issuer *issuer = pki_issuer_new("示例", CTL_BENCH_NOW_UTC_S);
    struct buf text;
    struct certificate_list list;
    trust(bench, issuer);
    const char *out = ctl_bench_path(bench, "out");
    assert_int_equal(mkdir(out, 0700), 0);
    assert_int_equal(ctl_bench_run(bench, NULL, "crl", "export", out, NULL), 0);
    buf_init(&text, LIMIT_CONFIG_BYTES);
    assert_int_equal(file_read(ctl_bench_path(bench, "out/root-1.pem"), &text, NULL), STATUS_OK);
    assert_int_equal(certificate_list_read(text.data, text.length, "CERTIFICATE", &list, NULL), STATUS_OK);
    assert_true(bytes_is_equal(bytes_of_buf(&list.items[0]), pki_issuer_root(issuer)));
    certificate_list_release(&list);
    buf_release(&text);
    assert_int_equal(ctl_bench_run(bench, NULL, "audit", "list", NULL), 0);
    assert_non_null(strstr(bench->out, "trust.exported"));
    pki_issuer_free(issuer);
}

static void test_ctl_crl__without_a_list_or_a_folder_it_is_refused(void **state)
{
    struct ctl_bench *bench = *state;
    struct pki_issuer *issuer = pki_issuer_new("示例", CTL_BENCH_NOW_UTC_S);
    trust(bench, issuer);
    assert_int_equal(ctl_bench_run(bench, NULL, "crl", "export", "/nowhere/at/all", NULL), 1);
    ctl_bench_write(bench, "list.pem", "no list");
    assert_int_equal(ctl_bench_run(bench, NULL, "crl", "show", NULL), 1);
    ctl_bench_set(bench, "authority", "{roots_file: /nowhere.pem}");
    assert_int_equal(ctl_bench_run(bench, NULL, "crl", "show", NULL), 1);
    pki_issuer_free(issuer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, ctl_bench_setup, ctl_bench_teardown)
        TEST(test_ctl_cert__a_stored_one_is_shown_without_its_subject),
        TEST(test_ctl_cert__reveal_shows_the_subject_and_is_recorded),
        TEST(test_ctl_cert__a_serial_is_found_in_either_case),
        TEST(test_ctl_cert__a_file_is_shown_with_what_the_store_knows),
        TEST(test_ctl_cert__both_of_a_pair_are_shown_from_either),
        TEST(test_ctl_cert__what_is_no_certificate_is_refused),
        TEST(test_ctl_crl__show_tells_issuer_updates_and_every_entry),
        TEST(test_ctl_crl__export_writes_files_that_are_read_again_and_is_recorded),
        TEST(test_ctl_crl__without_a_list_or_a_folder_it_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
