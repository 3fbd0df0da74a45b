/* certctl phone: which orders wait, the request that is taken and the one that is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/catalogue/catalogue.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/store/store_field.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_phone.h"
#include "tests/support/ctl_bench.h"
#include "tests/support/pki_key.h"

/* Who an approved order of a phone product is for. */
struct applicant {
    const char *product, *class_id;
    const char *name_field, *mobile_field;
};

static const struct applicant of_unit = {"bzt-unit", "manager", "company", "agent_mobile"};
static const struct applicant of_person = {"bzt-person", "person", "person_name", "person_mobile"};

static void make_for(struct ctl_bench *bench, const struct applicant *applicant, struct order *out)
{
    static const enum order_event way[] = {ORDER_EVENT_FORM_COMPLETED, ORDER_EVENT_PRINTED,
                                           ORDER_EVENT_SCANNED, ORDER_EVENT_IDENTIFIED, ORDER_EVENT_APPROVED};
    struct hall_key key;
    struct yaml_errors errors;
    struct catalogue *catalogue = NULL;
    ctl_bench_order(bench, out); /* makes the store */
    yaml_errors_init(&errors);
    assert_int_equal(STATUS_OK, catalogue_open(TEST_SOURCE_DIR "/config/catalogue", &errors, &catalogue));
    const struct product *product = catalogue_find(catalogue, applicant->product);
    const struct product_operation *operation = product_find_operation(product, "renew");
    struct store *store = ctl_bench_open_store(bench, &key);
    assert_int_equal(STATUS_OK, order_init(out, random_system(), product->id, applicant->class_id, "renew",
                                           "terminal-01", 0, &operation->steps, store_now_utc_s(store)));
    (void)strcpy(out->acceptance, "BZT20261121000001");
    assert_int_equal(STATUS_OK, store_order_insert(store, out, NULL));
    assert_int_equal(STATUS_OK, store_field_put(store, out->id, applicant->name_field, CTL_BENCH_NAME, NULL));
    assert_int_equal(STATUS_OK,
                     store_field_put(store, out->id, applicant->mobile_field, CTL_BENCH_PHONE, NULL));
    for (size_t i = 0; i < sizeof(way) / sizeof(way[0]); i++) {
        struct order_transition transition;
        assert_int_equal(STATUS_OK, order_apply(out, way[i], &operation->steps, &transition));
        order_enter(out, &transition, store_now_utc_s(store));
        assert_int_equal(STATUS_OK, store_order_apply(store, out, &transition, NULL));
    }
    ctl_bench_close_store(store, &key);
    catalogue_free(catalogue);
    yaml_errors_release(&errors);
}

static void make(struct ctl_bench *bench, struct order *out)
{
    make_for(bench, &of_unit, out);
}

/* A request as PEM in a file of the hall's folder; `spoil` changes a bit of its signature. */
static const char *write_request(struct ctl_bench *bench, bool spoil)
{
    struct buf pem;
    struct pki_key *key = pki_key_new(PKI_KEY_RSA2048);
    struct buf request = pki_key_request(key, "CN=" CTL_BENCH_NAME);
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    if (spoil)
        request.data[request.length - 1] ^= 1;
    assert_int_equal(STATUS_OK, certificate_write_pem(bytes_of_buf(&request), "CERTIFICATE REQUEST", &pem));
    ctl_bench_write(bench, "phone.pem", (const char *)pem.data);
    buf_release(&pem);
    buf_release(&request);
    pki_key_free(key);
    return ctl_bench_path(bench, "phone.pem");
}

static void test_ctl_phone__list_says_who_waits_and_who_it_is_only_when_asked(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    make(bench, &order);
    assert_int_equal(ctl_bench_run(bench, NULL, "phone", "list", "--json", NULL), 0);
    assert_null(strstr(bench->out, CTL_BENCH_PHONE));
    struct json *rows = ctl_bench_json(bench);
    assert_int_equal(json_length(rows), 1);
    assert_string_equal(json_text(json_element(rows, 0), "number", ""), order.acceptance);
    json_free(rows);
    assert_int_equal(ctl_bench_run(bench, NULL, "phone", "list", "--json", "--reveal", NULL), 0);
    rows = ctl_bench_json(bench);
    assert_string_equal(json_text(json_element(rows, 0), "phone", ""), CTL_BENCH_PHONE);
    assert_string_equal(json_text(json_member(json_element(rows, 0), "subject"), "CN", ""), CTL_BENCH_NAME);
    json_free(rows);
}

/* A person applies without an agent, so the number is the person's own. */
static void test_ctl_phone__list_says_whose_a_persons_order_is(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    make_for(bench, &of_person, &order);
    assert_int_equal(ctl_bench_run(bench, NULL, "phone", "list", "--json", NULL), 0);
    assert_null(strstr(bench->out, CTL_BENCH_PHONE));
    assert_int_equal(ctl_bench_run(bench, NULL, "phone", "list", "--json", "--reveal", NULL), 0);
    struct json *rows = ctl_bench_json(bench);
    const struct json *row = json_element(rows, 0);
    assert_int_equal(json_length(rows), 1);
    assert_string_equal(json_text(row, "phone", ""), CTL_BENCH_PHONE);
    assert_string_equal(json_text(json_member(row, "subject"), "CN", ""), CTL_BENCH_NAME);
    assert_null(json_member(json_member(row, "subject"), "O"));
    json_free(rows);
}

static void test_ctl_phone__a_request_that_signs_itself_is_taken(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    struct buf request;
    struct hall_key key;
    make(bench, &order);
    assert_int_equal(
        ctl_bench_run(bench, NULL, "phone", "request", order.acceptance, write_request(bench, false), NULL),
        0);
    struct store *store = ctl_bench_open_store(bench, &key);
    buf_init(&request, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(STATUS_OK, store_phone_load(store, order.id, &request, NULL));
    assert_true(request.length > 0);
    assert_int_equal(STATUS_OK, store_phone_drop(store, order.id, NULL));
    buf_clear(&request);
    assert_int_equal(STATUS_NOT_FOUND, store_phone_load(store, order.id, &request, NULL));
    buf_release(&request);
    ctl_bench_close_store(store, &key);
}

static void test_ctl_phone__what_is_not_its_own_is_not_taken(void **state)
{
    struct ctl_bench *bench = *state;
    struct order order;
    make(bench, &order);
    assert_int_equal(
        ctl_bench_run(bench, NULL, "phone", "request", order.acceptance, write_request(bench, true), NULL),
        1);
    assert_non_null(strstr(bench->err, "signed by its own key"));
    ctl_bench_write(bench, "words.pem", "no request");
    assert_int_equal(ctl_bench_run(bench, NULL, "phone", "request", order.acceptance,
                                   ctl_bench_path(bench, "words.pem"), NULL),
                     1);
    assert_int_equal(ctl_bench_run(bench, NULL, "phone", "request", "T0", write_request(bench, false), NULL),
                     1);
    assert_non_null(strstr(bench->err, "no order"));
    assert_int_equal(ctl_bench_run(bench, NULL, "phone", "certificate", order.acceptance, NULL), 1);
    assert_non_null(strstr(bench->err, "no certificate"));
    assert_int_equal(ctl_bench_run(bench, NULL, "phone", "request", order.acceptance, NULL), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name)                                                                                           \
    cmocka_unit_test_setup_teardown(test_ctl_phone__##name, ctl_bench_setup, ctl_bench_teardown)
        TEST(list_says_who_waits_and_who_it_is_only_when_asked),
        TEST(list_says_whose_a_persons_order_is),
        TEST(a_request_that_signs_itself_is_taken),
        TEST(what_is_not_its_own_is_not_taken),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
