#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/pki/crl.h"
#include "tests/support/pki_issuer.h"
#include "tests/support/pki_key.h"
#include "tests/support/pki_process.h"

enum { NOW_UTC_S = 1790000000 };

static struct pki_issuer *issuer;
static struct pki_key *key;
static struct buf leaf;

static const char subject_lines[] = "C=CN\nO=重庆示例科技有限公司\nCN=重庆示例科技有限公司\n"
                                    "serialNumber=91500103MA60ABCD1F";

static int set_up(void **state)
{
    (void)state;
    issuer = pki_issuer_new("summary", NOW_UTC_S);
    key = pki_key_new(PKI_KEY_RSA2048);
    struct buf request = pki_key_request(key, subject_lines);
    leaf = pki_issuer_issue(issuer, bytes_of_buf(&request), &(struct pki_wish){0});
    buf_release(&request);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    buf_release(&leaf);
    pki_key_free(key);
    pki_issuer_free(issuer);
    return 0;
}

static void test_certificate__summary_says_what_screens_show(void **state)
{
    (void)state;
    struct certificate_summary summary;
    char serial[41];
    pki_issuer_serial(bytes_of_buf(&leaf), serial);
    assert_int_equal(certificate_summarize(bytes_of_buf(&leaf), &summary, NULL), STATUS_OK);
    assert_string_equal(summary.subject, "C=CN, O=重庆示例科技有限公司, CN=重庆示例科技有限公司, "
                                         "serialNumber=91500103MA60ABCD1F");
    assert_string_equal(summary.common_name, "重庆示例科技有限公司");
    assert_string_equal(summary.issuer, "CN=summary issuing");
    assert_string_equal(summary.issuer_common_name, "summary issuing");
    assert_string_equal(summary.serial, serial);
    assert_string_equal(summary.key, "RSA 2048");
    assert_true(summary.not_before_utc_s == NOW_UTC_S);
    assert_true(summary.not_after_utc_s == NOW_UTC_S + 365LL * 86400);
}

static void test_certificate__ec_key_is_named(void **state)
{
    (void)state;
    struct certificate_summary summary;
    assert_int_equal(certificate_summarize(pki_issuer_root(issuer), &summary, NULL), STATUS_OK);
    assert_string_equal(summary.key, "EC P-256");
}

static void test_certificate__rubbish_leaves_the_summary_alone(void **state)
{
    (void)state;
    struct certificate_summary summary = {.serial = "untouched"};
    struct buf longer;
    buf_init(&longer, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(buf_append(&longer, leaf.data, leaf.length), STATUS_OK);
    assert_int_equal(buf_append(&longer, "", 1), STATUS_OK);
    assert_int_equal(certificate_summarize(bytes_view("", 0), &summary, NULL), STATUS_MALFORMED);
    assert_int_equal(certificate_summarize(bytes_view(leaf.data, leaf.length - 1), &summary, NULL),
                     STATUS_MALFORMED);
    assert_int_equal(certificate_summarize(bytes_of_buf(&longer), &summary, NULL), STATUS_MALFORMED);
    assert_string_equal(summary.serial, "untouched");
    buf_release(&longer);
}

static void test_certificate__subject_comes_back_as_a_list(void **state)
{
    (void)state;
    struct subject subject = {0};
    assert_int_equal(certificate_subject(bytes_of_buf(&leaf), &subject, NULL), STATUS_OK);
    assert_int_equal(subject.count, 4);
    assert_string_equal(subject_value(&subject, SUBJECT_SERIAL_NUMBER), "91500103MA60ABCD1F");
}

static void test_certificate__subject_of_unknown_attributes_is_unsupported(void **state)
{
    (void)state;
    static const char *const lines[] = {"CN=a\nemailAddress=a@example.cn", "CN=a\n+O=b"};
    for (size_t i = 0; i < 2; i++) {
        struct subject subject = {0};
        struct certificate_summary summary;
        struct buf request = pki_key_request(key, lines[i]);
        struct buf certificate = pki_issuer_issue(issuer, bytes_of_buf(&request), &(struct pki_wish){0});
        assert_int_equal(certificate_subject(bytes_of_buf(&certificate), &subject, NULL), STATUS_UNSUPPORTED);
        assert_int_equal(subject.count, 0);
        assert_int_equal(certificate_summarize(bytes_of_buf(&certificate), &summary, NULL), STATUS_OK);
        assert_string_equal(summary.common_name, "a");
        buf_release(&certificate);
        buf_release(&request);
    }
}

static void test_certificate__control_characters_in_a_name_are_not_shown(void **state)
{
    (void)state;
    struct certificate_summary summary;
    struct buf request = pki_key_request(key, "CN=a\tb");
    struct buf certificate = pki_issuer_issue(issuer, bytes_of_buf(&request), &(struct pki_wish){0});
    assert_int_equal(certificate_summarize(bytes_of_buf(&certificate), &summary, NULL), STATUS_OK);
    assert_string_equal(summary.subject, "CN=?");
    assert_string_equal(summary.common_name, "");
    buf_release(&certificate);
    buf_release(&request);
}

static void test_certificate__overlong_common_name_is_cut_between_characters(void **state)
{
    (void)state;
    struct certificate_summary summary;
    char line[3 + 150 * 3 + 1] = "CN=";
    for (int i = 0; i < 150; i++)
        strcat(line, "渝");
    struct buf request = pki_key_request(key, line);
    struct buf certificate = pki_issuer_issue(issuer, bytes_of_buf(&request), &(struct pki_wish){0});
    assert_int_equal(certificate_summarize(bytes_of_buf(&certificate), &summary, NULL), STATUS_OK);
    assert_int_equal(strlen(summary.common_name) % 3, 0);
    assert_string_equal(summary.common_name + strlen(summary.common_name) - 6, "渝…");
    buf_release(&certificate);
    buf_release(&request);
}

static void test_certificate__belongs_to_its_key_only(void **state)
{
    (void)state;
    struct pki_key *other = pki_key_new(PKI_KEY_P256);
    struct buf right = pki_key_public(key);
    struct buf wrong = pki_key_public(other);
    struct buf found;
    buf_init(&found, LIMIT_CERTIFICATE_BYTES);
    assert_true(certificate_is_for_key(bytes_of_buf(&leaf), bytes_of_buf(&right)));
    assert_false(certificate_is_for_key(bytes_of_buf(&leaf), bytes_of_buf(&wrong)));
    assert_false(certificate_is_for_key(bytes_of_buf(&leaf), bytes_view("", 0)));
    assert_int_equal(certificate_public_key(bytes_of_buf(&leaf), &found, NULL), STATUS_OK);
    assert_true(bytes_is_equal(bytes_of_buf(&found), bytes_of_buf(&right)));
    buf_release(&found);
    buf_release(&wrong);
    buf_release(&right);
    pki_key_free(other);
}

static void test_certificate__pem_list_keeps_order_and_passes_other_labels(void **state)
{
    (void)state;
    struct certificate_list list = {0};
    struct buf pem;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    assert_int_equal(certificate_write_pem(pki_issuer_issuing(issuer), "CERTIFICATE", &pem), STATUS_OK);
    assert_int_equal(certificate_write_pem(bytes_view("x", 1), "X509 CRL", &pem), STATUS_OK);
    assert_int_equal(certificate_write_pem(pki_issuer_root(issuer), "CERTIFICATE", &pem), STATUS_OK);
    assert_int_equal(certificate_list_read(pem.data, pem.length, "CERTIFICATE", &list, NULL), STATUS_OK);
    assert_int_equal(list.count, 2);
    assert_true(bytes_is_equal(bytes_of_buf(&list.items[0]), pki_issuer_issuing(issuer)));
    assert_true(bytes_is_equal(bytes_of_buf(&list.items[1]), pki_issuer_root(issuer)));
    certificate_list_release(&list);
    buf_release(&pem);
}

static void test_certificate__der_is_a_list_of_one(void **state)
{
    (void)state;
    struct certificate_list list = {0};
    assert_int_equal(certificate_list_read(leaf.data, leaf.length, "CERTIFICATE", &list, NULL), STATUS_OK);
    assert_int_equal(list.count, 1);
    assert_true(bytes_is_equal(bytes_of_buf(&list.items[0]), bytes_of_buf(&leaf)));
    certificate_list_release(&list);
}

static void test_certificate__empty_damaged_and_overfull_lists_are_refused(void **state)
{
    (void)state;
    static const char damaged[] = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END SOMETHING-----\n";
    struct certificate_list list = {0};
    struct buf pem;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    assert_int_equal(certificate_list_read("", 0, "CERTIFICATE", &list, NULL), STATUS_MALFORMED);
    assert_int_equal(certificate_list_read(damaged, strlen(damaged), "CERTIFICATE", &list, NULL),
                     STATUS_MALFORMED);
    for (int i = 0; i <= LIMIT_CHAIN_CERTIFICATES; i++)
        assert_int_equal(certificate_write_pem(bytes_of_buf(&leaf), "CERTIFICATE", &pem), STATUS_OK);
    assert_int_equal(certificate_list_read(pem.data, pem.length, "CERTIFICATE", &list, NULL), STATUS_FULL);
    assert_int_equal(list.count, 0);
    buf_release(&pem);
}

/* A file of every form, made by openssl where it is a bundle. */
static struct buf bundle(const char *directory, const char *form)
{
    struct buf text, pem, made;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    buf_init(&made, LIMIT_CONFIG_BYTES);
    assert_int_equal(certificate_write_pem(bytes_of_buf(&leaf), "CERTIFICATE", &pem), STATUS_OK);
    assert_int_equal(certificate_write_pem(pki_issuer_root(issuer), "CERTIFICATE", &pem), STATUS_OK);
    pki_process_write(directory, "list.pem", bytes_of_buf(&pem));
    const char *const arguments[] = {"openssl",
                                     "crl2pkcs7",
                                     "-nocrl",
                                     "-certfile",
                                     pki_process_path(directory, "list.pem"),
                                     "-outform",
                                     form,
                                     "-out",
                                     pki_process_path(directory, "made"),
                                     NULL};
    assert_int_equal(pki_process_run(arguments, &text), 0);
    assert_int_equal(file_read(pki_process_path(directory, "made"), &made, NULL), STATUS_OK);
    buf_release(&text);
    buf_release(&pem);
    return made;
}

static void test_certificate__a_file_may_be_pem_der_or_a_bundle_of_either(void **state)
{
    static const char *const forms[] = {"PEM", "DER"};
    struct certificate_list list;
    char directory[64];
    (void)state;
    pki_process_make_dir(directory);
    for (size_t i = 0; i < 2; i++) {
        struct buf file = bundle(directory, forms[i]);
        assert_int_equal(certificate_list_read_any(file.data, file.length, &list, NULL), STATUS_OK);
        assert_int_equal(list.count, 2);
        assert_true(bytes_is_equal(bytes_of_buf(&list.items[0]), bytes_of_buf(&leaf)));
        certificate_list_release(&list);
        assert_int_equal(certificate_list_read_any(file.data, file.length / 2, &list, NULL),
                         STATUS_MALFORMED);
        buf_release(&file);
    }
    assert_int_equal(certificate_list_read_any(leaf.data, leaf.length, &list, NULL), STATUS_OK);
    assert_int_equal(list.count, 1);
    certificate_list_release(&list);
    assert_int_equal(certificate_list_read_any("text", 4, &list, NULL), STATUS_MALFORMED);
    pki_process_remove_dir(directory);
}

static void test_crl__a_list_tells_who_when_and_which(void **state)
{
    struct crl_summary summary = {0};
    struct crl_entry entry;
    char serial[41];
    (void)state;
    pki_issuer_serial(bytes_of_buf(&leaf), serial);
    struct buf list = pki_issuer_crl(issuer, bytes_of_buf(&leaf), 7);
    assert_int_equal(crl_summarize(bytes_of_buf(&list), &summary, &entry, 1, NULL), STATUS_OK);
    assert_string_equal(summary.issuer_common_name, "summary issuing");
    assert_int_equal(summary.entries, 1);
    assert_true(summary.next_update_utc_s > summary.this_update_utc_s);
    assert_string_equal(entry.serial, serial);
    buf_release(&list);
}

static void test_crl__a_certificate_and_half_a_list_are_none(void **state)
{
    struct crl_summary summary = {.entries = 5};
    (void)state;
    struct buf list = pki_issuer_crl(issuer, bytes_of_buf(&leaf), 7);
    assert_int_equal(crl_summarize(bytes_of_buf(&leaf), &summary, NULL, 0, NULL), STATUS_MALFORMED);
    assert_int_equal(crl_summarize(bytes_view(list.data, list.length / 2), &summary, NULL, 0, NULL),
                     STATUS_MALFORMED);
    assert_int_equal(summary.entries, 5);
    buf_release(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_certificate__summary_says_what_screens_show),
        cmocka_unit_test(test_certificate__ec_key_is_named),
        cmocka_unit_test(test_certificate__rubbish_leaves_the_summary_alone),
        cmocka_unit_test(test_certificate__subject_comes_back_as_a_list),
        cmocka_unit_test(test_certificate__subject_of_unknown_attributes_is_unsupported),
        cmocka_unit_test(test_certificate__control_characters_in_a_name_are_not_shown),
        cmocka_unit_test(test_certificate__overlong_common_name_is_cut_between_characters),
        cmocka_unit_test(test_certificate__belongs_to_its_key_only),
        cmocka_unit_test(test_certificate__pem_list_keeps_order_and_passes_other_labels),
        cmocka_unit_test(test_certificate__der_is_a_list_of_one),
        cmocka_unit_test(test_certificate__empty_damaged_and_overfull_lists_are_refused),
        cmocka_unit_test(test_certificate__a_file_may_be_pem_der_or_a_bundle_of_either),
        cmocka_unit_test(test_crl__a_list_tells_who_when_and_which),
        cmocka_unit_test(test_crl__a_certificate_and_half_a_list_are_none),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
