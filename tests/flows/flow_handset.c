/* Certificates on phones: made for the phone's own request, renewed, found again, changed, revoked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/feature.h"
#include "tests/support/hall_phone.h"
#include "tests/support/hall_unit.h"

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static size_t standing(struct hall_scene *scene, const struct order *order)
{
    struct hall_order_sum sum;
    hall_order_sum(&scene->hall, order->id, &sum);
    return hall_order_certificates(&sum, STORE_CERTIFICATE_CONFIRMED);
}

/* The administrator's order of this operation, approved. */
static void approve_as(struct hall_scene *scene, const char *operation, const char *company,
                       struct order *out)
{
    hall_unit_make(
        scene,
        &(struct hall_unit_wish){
            .operation = operation, .company = company, .name = HALL_UNIT_PERSON, .phone = HALL_PHONE},
        ORDER_STATE_REVIEWING, out);
    hall_unit_approve(scene, out);
}

static void test_handset__renewing_makes_another_and_ends_the_old_one(void **state)
{
    struct hall_scene *scene = *state;
    struct order renewal, again;
    hall_unit_claim(scene, &scene->order);
    assert_int_equal(1, standing(scene, &scene->order));
    approve_as(scene, "renew", HALL_UNIT_COMPANY, &renewal);
    hall_until_stored(&scene->terminal, renewal.id, ORDER_STATE_COLLECTING);
    assert_int_equal(1, standing(scene, &renewal));
    assert_int_equal(0, standing(scene, &scene->order));
    approve_as(scene, "reapply", HALL_UNIT_COMPANY, &again);
    hall_until_stored(&scene->terminal, again.id, ORDER_STATE_COLLECTING);
    assert_int_equal(1, standing(scene, &again));
}

static void test_handset__a_new_phone_ends_the_certificate_of_the_old_one(void **state)
{
    struct hall_scene *scene = *state;
    struct order found;
    hall_unit_claim(scene, &scene->order);
    approve_as(scene, "recover", HALL_UNIT_COMPANY, &found);
    hall_until_stored(&scene->terminal, found.id, ORDER_STATE_COLLECTING);
    assert_int_equal(1, standing(scene, &found));
    assert_int_equal(0, standing(scene, &scene->order));
}

/* --- what the old phone could read ---------------------------------------------------------------------- */

static const char secret_word[] = "a tender, encrypted before the phone was lost";

/* A part of the order's certificate. Owns: the caller releases it. */
static struct buf part_of(struct hall_scene *scene, const struct order *order,
                          enum store_certificate_part part)
{
    struct hall_order_sum sum;
    struct buf der;
    hall_order_sum(&scene->hall, order->id, &sum);
    struct store *store = hall_store(&scene->hall, "watcher");
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(1, sum.certificates);
    assert_int_equal(STATUS_OK,
                     store_certificate_part(store, sum.certificate[0].request_id, part, &der, NULL));
    store_close(store);
    return der;
}

/* Anybody encrypts to the encryption certificate. Owns: the caller releases it. */
static struct buf encrypted_to(struct hall_scene *scene, const struct order *order)
{
    struct buf der = part_of(scene, order, STORE_CERTIFICATE_ENCRYPTION_DER);
    struct buf public_key = pki_issuer_public_key(bytes_of_buf(&der));
    struct buf cipher =
        pki_key_encrypt(bytes_of_buf(&public_key), bytes_view(secret_word, sizeof(secret_word)));
    buf_release(&public_key);
    buf_release(&der);
    return cipher;
}

/* The phone opens what it is sent with its own key, and reads with the key inside. */
static void assert_reads(struct hall_scene *scene, const struct order *order, const struct pki_key *phone,
                         const struct buf *cipher)
{
    struct buf envelope = part_of(scene, order, STORE_CERTIFICATE_ENVELOPED_KEY);
    struct pki_key *key = pki_key_open_envelope(phone, bytes_of_buf(&envelope));
    assert_non_null(key);
    struct buf plain = pki_key_decrypt(key, bytes_of_buf(cipher));
    assert_int_equal(sizeof(secret_word), plain.length);
    assert_memory_equal(secret_word, plain.data, plain.length);
    buf_release(&plain);
    buf_release(&envelope);
    pki_key_free(key);
}

/* The administrator's order after the phone was lost; the new phone asks with this key. */
static void ask_again(struct hall_scene *scene, const struct pki_key *phone, struct order *out)
{
    hall_unit_make(
        scene,
        &(struct hall_unit_wish){.operation = "recover", .name = HALL_UNIT_PERSON, .phone = HALL_PHONE},
        ORDER_STATE_REVIEWING, out);
    hall_phone_bring_key(&scene->hall, out->id, phone);
}

static void test_handset__a_new_phone_reads_what_the_old_one_read(void **state)
{
    struct hall_scene *scene = *state;
    struct order found, again;
    struct pki_key *phone = pki_key_new(PKI_KEY_RSA2048);
    hall_unit_claim(scene, &scene->order);
    struct buf cipher = encrypted_to(scene, &scene->order);
    ask_again(scene, phone, &found);
    hall_unit_approve(scene, &found);
    hall_until_stored(&scene->terminal, found.id, ORDER_STATE_COLLECTING);
    assert_reads(scene, &found, phone, &cipher);
    pki_key_free(phone);
    phone = pki_key_new(PKI_KEY_RSA2048); /* this phone is lost, too */
    ask_again(scene, phone, &again);
    hall_unit_approve(scene, &again);
    hall_until_stored(&scene->terminal, again.id, ORDER_STATE_COLLECTING);
    assert_reads(scene, &again, phone, &cipher);
    assert_int_equal(2, authority_fake_counts(scene->hall.ca).recovered);
    assert_int_equal(0, standing(scene, &found) + standing(scene, &scene->order));
    FEATURE("F197");
    buf_release(&cipher);
    pki_key_free(phone);
}

static void test_handset__one_clerk_brings_no_key_back(void **state)
{
    struct hall_scene *scene = *state;
    struct order found;
    struct pki_key *phone = pki_key_new(PKI_KEY_RSA2048);
    hall_unit_claim(scene, &scene->order);
    struct buf cipher = encrypted_to(scene, &scene->order);
    ask_again(scene, phone, &found);
    hall_unit_approve_by(scene, &found, 1);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, found.id));
    hall_refused(&scene->terminal, service_change_run(scene->terminal.services),
                 SERVICE_REASON_AUTHORITY_REFUSED);
    assert_int_equal(0, authority_fake_counts(scene->hall.ca).recovered);
    assert_int_equal(0, standing(scene, &found));
    assert_int_equal(1, standing(scene, &scene->order));
    hall_order_sign(&scene->hall, &found, 2); /* and is asked about again without anybody */
    hall_until_stored(&scene->terminal, found.id, ORDER_STATE_COLLECTING);
    assert_reads(scene, &found, phone, &cipher);
    buf_release(&cipher);
    pki_key_free(phone);
}

/* --- what else becomes of it ---------------------------------------------------------------------------- */

static void test_handset__a_change_renames_the_company_and_ends_the_old_certificate(void **state)
{
    struct hall_scene *scene = *state;
    struct order change;
    hall_unit_claim(scene, &scene->order);
    approve_as(scene, "change", "宿迁新名建设有限公司", &change);
    hall_until_stored(&scene->terminal, change.id, ORDER_STATE_COLLECTING);
    assert_int_equal(1, standing(scene, &change));
    assert_int_equal(0, standing(scene, &scene->order));
    hall_visit_login(&scene->terminal);
    hall_done(&scene->terminal, service_unit_list(scene->terminal.services));
    assert_string_equal("宿迁新名建设有限公司", services_visit(scene->terminal.services)->units[0].name);
}

static void test_handset__revoking_ends_every_certificate_of_the_person(void **state)
{
    struct hall_scene *scene = *state;
    struct order renewal, end;
    hall_unit_claim(scene, &scene->order);
    approve_as(scene, "renew", HALL_UNIT_COMPANY, &renewal);
    hall_until_stored(&scene->terminal, renewal.id, ORDER_STATE_COLLECTING);
    approve_as(scene, "revoke", HALL_UNIT_COMPANY, &end);
    hall_until_stored(&scene->terminal, end.id, ORDER_STATE_COLLECTING);
    assert_int_equal(0, standing(scene, &renewal) + standing(scene, &scene->order));
}

static void test_handset__whoever_is_no_member_renews_nothing(void **state)
{
    struct hall_scene *scene = *state;
    hall_order_make_of(&scene->hall, HALL_UNIT_PRODUCT, "renew", ORDER_STATE_DRAFT, &scene->order);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    hall_refused(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_FORM_COMPLETED),
                 SERVICE_REASON_UNIT_NOT_MEMBER);
    assert_int_equal(ORDER_STATE_DRAFT, services_visit(scene->terminal.services)->order.state);
}

/* The authority is silent while it is asked; the order waits and is finished without anybody. */
static void test_handset__a_silent_authority_is_asked_again(void **state)
{
    struct hall_scene *scene = *state;
    hall_unit_make(scene,
                   &(struct hall_unit_wish){.kind = "claim", .name = HALL_UNIT_PERSON, .phone = HALL_PHONE},
                   ORDER_STATE_REVIEWING, &scene->order);
    authority_fake_script(scene->hall.ca)->offline = true;
    hall_unit_approve(scene, &scene->order);
    hall_run(&scene->terminal, 1500);
    assert_int_equal(ORDER_STATE_ACTING, hall_scene_look(scene)->order.state);
    authority_fake_script(scene->hall.ca)->offline = false;
    hall_until_stored(&scene->terminal, scene->order.id, ORDER_STATE_COLLECTING);
    assert_int_equal(1, standing(scene, &scene->order));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(test_handset__##name, setup, hall_scene_teardown)
        TEST(renewing_makes_another_and_ends_the_old_one),
        TEST(a_new_phone_ends_the_certificate_of_the_old_one),
        TEST(a_new_phone_reads_what_the_old_one_read),
        TEST(one_clerk_brings_no_key_back),
        TEST(a_change_renames_the_company_and_ends_the_old_certificate),
        TEST(revoking_ends_every_certificate_of_the_person),
        TEST(whoever_is_no_member_renews_nothing),
        TEST(a_silent_authority_is_asked_again),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
