/* Certificate pairs and key recovery: both certificates on the key and proven, whatever happens on the way;
 * an old encryption key comes back to a new key when two clerks approved, and never otherwise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_encryption.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_subject.h"
#include "tests/support/feature.h"
#include "tests/support/form_sample.h"
#include "tests/support/hall_scene.h"
#include "tests/support/pki_key.h"
#include "tests/support/token_bench.h"

static const char secret_word[] = "an old tender, encrypted last year";

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static uint64_t run(struct hall_scene *scene)
{
    return service_issue_run(scene->terminal.services, false);
}

static const struct product *product_of(const struct hall_scene *scene)
{
    return catalogue_find(scene->hall.catalogue, "dfca-hnzj-unit");
}

/* The unit's order of this operation is ISSUING. */
static void make_order(struct hall_scene *scene, const char *operation)
{
    struct form_values values;
    const struct hall_order_choice choice = {
        product_of(scene), product_find_operation(product_of(scene), operation), "unit", &values};
    form_values_init(&values);
    form_sample_make(product_operation_form(choice.product, choice.operation), &values);
    hall_order_make_with(&scene->hall, &choice, ORDER_STATE_ISSUING, &scene->order);
    form_values_wipe(&values);
}

/* It is opened at the terminal, and a blank key is in the writer. */
static void open_order(struct hall_scene *scene, const char *key)
{
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
    token_fake_insert(hall_scene_writer(scene), key);
}

static void begin(struct hall_scene *scene, const char *operation, const char *key)
{
    make_order(scene, operation);
    open_order(scene, key);
}

/* --- what is there ----------------------------------------------------------------------------------- */

static const struct store_certificate *live(struct hall_scene *scene)
{
    const struct hall_order_sum *sum = hall_scene_look(scene);
    for (size_t i = 0; i < sum->certificates; i++)
        if (sum->certificate[i].state != STORE_CERTIFICATE_REVOKED &&
            sum->certificate[i].state != STORE_CERTIFICATE_REFUSED)
            return &sum->certificate[i];
    return NULL;
}

static enum status row_of(struct hall_scene *scene, const char *request_id, struct store_encryption *out)
{
    struct store *store = hall_store(&scene->hall, "watcher");
    enum status status = store_encryption_load(store, request_id, out, NULL);
    store_close(store);
    return status;
}

static enum status part_of(struct hall_scene *scene, const char *request_id, enum store_certificate_part part,
                           struct buf *out)
{
    struct store *store = hall_store(&scene->hall, "watcher");
    buf_init(out, LIMIT_CERTIFICATE_BYTES);
    enum status status = store_certificate_part(store, request_id, part, out, NULL);
    store_close(store);
    return status;
}

static enum store_certificate_state state_of(struct hall_scene *scene, const char *request_id)
{
    struct store_certificate row;
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_certificate_load(store, request_id, &row, NULL));
    store_close(store);
    return row.state;
}

/* Anybody encrypts to the order's encryption certificate. Owns: the caller releases it. */
static struct buf encrypted_to(struct hall_scene *scene, const char *request_id)
{
    struct buf der;
    assert_int_equal(STATUS_OK, part_of(scene, request_id, STORE_CERTIFICATE_ENCRYPTION_DER, &der));
    struct buf public_key = pki_issuer_public_key(bytes_of_buf(&der));
    struct buf cipher =
        pki_key_encrypt(bytes_of_buf(&public_key), bytes_view(secret_word, sizeof(secret_word)));
    buf_release(&public_key);
    buf_release(&der);
    return cipher;
}

/* The key in the writer, with its holder's PIN, reads it. */
static enum status decrypt(struct hall_scene *scene, const struct buf *cipher)
{
    struct token_info info;
    struct token_public_key key;
    struct secret pin = {0};
    struct buf plain;
    struct token *token = scene->hall.tokens[0];
    buf_init(&plain, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(STATUS_OK, secret_set(&pin, HALL_PIN, strlen(HALL_PIN)));
    assert_int_equal(STATUS_OK, token_look(token, &info, NULL));
    assert_int_equal(STATUS_OK,
                     token_public_key(token, &info.identity, TOKEN_ROLE_ENCRYPT, NULL, &key, NULL));
    enum status status =
        token_decrypt(token, &info.identity, &pin, &key.id, cipher->data, cipher->length, &plain, NULL);
    if (status == STATUS_OK) {
        assert_int_equal(sizeof(secret_word), plain.length);
        assert_memory_equal(secret_word, plain.data, plain.length);
    }
    buf_release(&plain);
    return status;
}

/* Both certificates of the order stand on the key that is in the writer. */
static void assert_carries_both(struct hall_scene *scene, const char *request_id)
{
    static const enum store_certificate_part parts[] = {STORE_CERTIFICATE_DER,
                                                        STORE_CERTIFICATE_ENCRYPTION_DER};
    struct token_info info;
    assert_int_equal(STATUS_OK, token_look(scene->hall.tokens[0], &info, NULL));
    assert_int_equal(2, info.certificates);
    assert_int_equal(2, info.keys);
    for (int role = TOKEN_ROLE_SIGN; role <= TOKEN_ROLE_ENCRYPT; role++) {
        struct buf stored;
        struct buf read;
        buf_init(&read, LIMIT_CERTIFICATE_BYTES);
        assert_int_equal(STATUS_OK, part_of(scene, request_id, parts[role], &stored));
        assert_int_equal(STATUS_OK, token_read_certificate(scene->hall.tokens[0], &info.identity,
                                                           (enum token_role)role, NULL, &read, NULL, NULL));
        assert_true(bytes_is_equal(bytes_of_buf(&stored), bytes_of_buf(&read)));
        buf_release(&read);
        buf_release(&stored);
    }
}

/* The order ends well on this key: one certificate with its proven half, nothing open, no envelope kept. */
static void finish(struct hall_scene *scene, const char *key)
{
    struct store_encryption row;
    struct buf envelope;
    char request_id[STORE_ID_BYTES];
    if (services_visit(scene->terminal.services)->order.state == ORDER_STATE_ISSUING)
        hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    assert_non_null(live(scene));
    (void)memcpy(request_id, live(scene)->request_id, sizeof(request_id));
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, live(scene)->state);
    assert_int_equal(0, hall_order_acts(&scene->sum));
    assert_int_equal(STATUS_OK, row_of(scene, request_id, &row));
    assert_true(row.proven_utc_s > 0);
    assert_true(row.not_after_utc_s > 0);
    assert_int_equal(STATUS_NOT_FOUND,
                     part_of(scene, request_id, STORE_CERTIFICATE_ENVELOPED_KEY, &envelope));
    token_fake_insert(hall_scene_writer(scene), key);
    assert_carries_both(scene, request_id);
    struct buf cipher = encrypted_to(scene, request_id);
    assert_int_equal(STATUS_OK, decrypt(scene, &cipher));
    buf_release(&cipher);
    hall_leave(&scene->terminal);
}

/* --- pairs ------------------------------------------------------------------------------------------- */

static void test_pair__both_certificates_are_on_the_key_and_proven(void **state)
{
    struct hall_scene *scene = *state;
    struct store_encryption row;
    begin(scene, "new", "key-1");
    finish(scene, "key-1");
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).issued);
    assert_int_equal(STATUS_OK, row_of(scene, live(scene)->request_id, &row));
    assert_false(row.recovered);
    assert_true(strcmp(row.serial, live(scene)->serial) != 0);
    hall_done(&scene->terminal, service_key_read(scene->terminal.services));
    const struct service_holder *holder = &hall_scene_visit(scene)->holder;
    int64_t ends[SERVICE_OBJECT_KIND_COUNT_] = {0};
    for (unsigned i = 0; i < holder->objects; i++)
        ends[holder->object[i].kind] = holder->object[i].not_after_utc_s;
    assert_true(ends[SERVICE_OBJECT_SIGN_CERTIFICATE] > 0 && ends[SERVICE_OBJECT_ENCRYPT_CERTIFICATE] > 0);
}

static void test_pair__a_product_without_pairs_has_one_certificate(void **state)
{
    struct hall_scene *scene = *state;
    struct store_encryption row;
    struct token_info info;
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_pay(&scene->terminal, "key-1");
    hall_visit_issue(&scene->terminal);
    assert_int_equal(STATUS_NOT_FOUND, row_of(scene, live(scene)->request_id, &row));
    assert_int_equal(STATUS_OK, token_look(scene->hall.tokens[0], &info, NULL));
    assert_int_equal(1, info.certificates);
    assert_int_equal(1, info.keys);
}

static void test_pair__pulled_at_any_call_it_goes_on_when_it_is_back(void **state)
{
    struct hall_scene *scene = *state;
    unsigned pulls = 0;
    begin(scene, "new", "key-1");
    for (unsigned call = 1; call < 90; call++) {
        token_fake_pull_at(hall_scene_writer(scene), (call + 1) / 2, call % 2 == 0);
        struct service_reply reply = hall_wait(&scene->terminal, run(scene));
        if (reply.status == STATUS_OK)
            break;
        assert_int_equal(SERVICE_REASON_KEY_PULLED, reply.reason);
        pulls++;
        token_fake_insert(hall_scene_writer(scene), "key-1");
    }
    token_fake_pull_at(hall_scene_writer(scene), 0, false);
    assert_true(pulls >= 10);
    finish(scene, "key-1");
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).issued);
}

/* Killed when the act is done and nothing of it is stored: between import and store, among others. */
static void test_pair__a_stop_at_every_call_is_taken_up_again(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, "new", "key-1");
    for (unsigned call = 1; call <= 20; call++) {
        token_fake_pull_at(hall_scene_writer(scene), call, true);
        (void)run(scene);
        hall_run(&scene->terminal, 30);
        hall_program_stop(&scene->terminal);
        token_fake_insert(hall_scene_writer(scene), "key-1");
        hall_program_restart(&scene->terminal);
        hall_done(&scene->terminal, service_order_open(scene->terminal.services, scene->order.id));
        if (services_visit(scene->terminal.services)->order.state != ORDER_STATE_ISSUING)
            break;
    }
    token_fake_pull_at(hall_scene_writer(scene), 0, false);
    finish(scene, "key-1");
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).issued);
}

/* The ninth call brings the encryption key in, behind formatting, making the pair, signing and writing. */
static void test_pair__a_key_full_in_the_middle_is_told_and_goes_on(void **state)
{
    enum { IMPORT = 9 };
    struct hall_scene *scene = *state;
    struct token_info info;
    begin(scene, "new", "key-1");
    token_fake_fail_at(hall_scene_writer(scene), IMPORT, STATUS_FULL);
    hall_refused(&scene->terminal, run(scene), SERVICE_REASON_KEY_FULL);
    assert_int_equal(STORE_CERTIFICATE_ISSUED, live(scene)->state);
    assert_int_equal(STATUS_OK, token_look(scene->hall.tokens[0], &info, NULL));
    assert_int_equal(1, info.keys);
    assert_int_equal(1, info.certificates);
    finish(scene, "key-1");
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).issued);
}

/* The first try is refused and withdrawn as a whole; the second gets another pair. */
static void assert_declined_then_made(struct hall_scene *scene, const char *key)
{
    struct token_info info;
    hall_refused(&scene->terminal, run(scene), SERVICE_REASON_AUTHORITY_REFUSED);
    assert_int_equal(1, hall_order_certificates(hall_scene_look(scene), STORE_CERTIFICATE_REVOKED));
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).revoked);
    assert_int_equal(STATUS_OK, token_look(scene->hall.tokens[0], &info, NULL));
    assert_int_equal(1, info.keys); /* nothing was brought in */
    finish(scene, key);
    assert_int_equal(2, authority_fake_counts(scene->hall.ca).issued);
}

static void test_pair__an_envelope_changed_on_its_way_is_declined(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, "new", "key-1");
    authority_fake_script(scene->hall.ca)->spoil_envelope_times = 1;
    assert_declined_then_made(scene, "key-1");
}

/* What an authority does that goes wrong, once. */
static struct {
    struct authority_fake_pairs right;
    struct pki_issuer *issuer;
    int wrong_envelopes;
    int wrong_certificates;
    struct pki_wish wish;
} wrong;

static enum status wrong_envelope(void *context, void *key, struct bytes request, struct buf *envelope)
{
    if (wrong.wrong_envelopes-- <= 0)
        return wrong.right.envelope(context, key, request, envelope);
    struct pki_key *other = pki_key_new(PKI_KEY_RSA2048);
    struct buf public_key = pki_key_public(other);
    struct buf made = pki_key_envelope(key, bytes_of_buf(&public_key));
    enum status status = buf_append(envelope, made.data, made.length);
    buf_release(&made);
    buf_release(&public_key);
    pki_key_free(other);
    return status;
}

static enum status wrong_make(void *context, const struct authority_request *request, void **key,
                              struct buf *certificate, char serial[AUTHORITY_SERIAL_BYTES])
{
    if (wrong.wrong_certificates-- <= 0)
        return wrong.right.make(context, request, key, certificate, serial);
    struct pki_key *made = pki_key_new(PKI_KEY_RSA2048);
    struct buf public_key = pki_key_public(made);
    wrong.wish.public_key = bytes_of_buf(&public_key);
    struct buf der = pki_issuer_issue(wrong.issuer, request->request, &wrong.wish);
    pki_issuer_serial(bytes_of_buf(&der), serial);
    enum status status = buf_append(certificate, der.data, der.length);
    buf_release(&der);
    buf_release(&public_key);
    *key = made;
    return status;
}

static void spoil(struct hall_scene *scene)
{
    wrong.right = pki_issuer_pairs(scene->hall.certification.issuer);
    wrong.issuer = scene->hall.certification.issuer;
    wrong.wrong_envelopes = wrong.wrong_certificates = 0;
    wrong.wish = (struct pki_wish){.encrypts = true};
    struct authority_fake_pairs pairs = wrong.right;
    pairs.envelope = wrong_envelope;
    pairs.make = wrong_make;
    authority_fake_set_pairs(scene->hall.ca, &pairs);
    begin(scene, "new", "key-1");
}

static void test_pair__an_envelope_for_another_key_is_declined(void **state)
{
    struct hall_scene *scene = *state;
    spoil(scene);
    wrong.wrong_envelopes = 1;
    assert_declined_then_made(scene, "key-1");
}

static void test_pair__a_second_signing_certificate_is_no_pair(void **state)
{
    struct hall_scene *scene = *state;
    spoil(scene);
    wrong.wrong_certificates = 1;
    wrong.wish.encrypts = false;
    assert_declined_then_made(scene, "key-1");
}

static void test_pair__an_encryption_certificate_of_another_authority_is_declined(void **state)
{
    struct hall_scene *scene = *state;
    spoil(scene);
    wrong.wrong_certificates = 1;
    wrong.issuer = scene->hall.certification.foreign;
    assert_declined_then_made(scene, "key-1");
}

static void test_pair__an_encryption_certificate_for_another_name_is_declined(void **state)
{
    struct hall_scene *scene = *state;
    spoil(scene);
    wrong.wrong_certificates = 1;
    wrong.wish.common_name = "湖南另一家有限公司";
    assert_declined_then_made(scene, "key-1");
}

/* As a module whose decryption is broken, or a key that was brought in wrong. */
static enum status decrypt_wrong(void *context, void *key, const void *data, size_t length, struct buf *plain)
{
    (void)context, (void)key, (void)data, (void)length;
    return buf_append(plain, secret_word, sizeof(secret_word));
}

static void test_pair__a_key_that_reads_it_wrong_is_not_handed_over(void **state)
{
    struct hall_scene *scene = *state;
    struct token_fake_maker maker = token_bench_maker;
    struct store_encryption row;
    maker.decrypt = decrypt_wrong;
    token_fake_set_maker(hall_scene_writer(scene), &maker);
    begin(scene, "new", "key-1");
    hall_refused(&scene->terminal, run(scene), SERVICE_REASON_WRITE_FAILED);
    assert_int_equal(STORE_CERTIFICATE_WRITTEN, live(scene)->state);
    assert_int_equal(STATUS_OK, row_of(scene, live(scene)->request_id, &row));
    assert_int_equal(0, row.proven_utc_s);
    assert_int_equal(0, authority_fake_counts(scene->hall.ca).confirmed);
}

static void test_pair__given_up_both_are_withdrawn(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, "new", "key-1");
    hall_visit_issue(&scene->terminal);
    token_fake_insert(hall_scene_writer(scene), "key-2");
    hall_done(&scene->terminal, service_issue_abandon(scene->terminal.services));
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).revoked);
    finish(scene, "key-2");
}

/* --- recovery ---------------------------------------------------------------------------------------- */

/* A unit has a pair on "key-1", something is encrypted to it, and its order of recovery is ISSUING. */
struct old {
    char request_id[STORE_ID_BYTES];
    struct store_encryption row;
    struct buf cipher;
};

static void make_old(struct hall_scene *scene, struct old *old)
{
    begin(scene, "new", "key-1");
    finish(scene, "key-1");
    (void)memcpy(old->request_id, live(scene)->request_id, sizeof(old->request_id));
    assert_int_equal(STATUS_OK, row_of(scene, old->request_id, &old->row));
    old->cipher = encrypted_to(scene, old->request_id);
}

static void begin_recovery(struct hall_scene *scene, const struct old *old, unsigned clerks)
{
    make_order(scene, "recover");
    struct store *store = hall_store(&scene->hall, "maker");
    assert_int_equal(STATUS_OK, store_subject_put(store, scene->order.id, old->request_id, "", NULL));
    store_close(store);
    hall_order_sign(&scene->hall, &scene->order, clerks);
    open_order(scene, "key-2");
}

static void test_recover__the_new_key_reads_what_the_old_one_read(void **state)
{
    struct hall_scene *scene = *state;
    struct old old;
    struct store_encryption row;
    make_old(scene, &old);
    begin_recovery(scene, &old, 2);
    finish(scene, "key-2");
    assert_int_equal(STATUS_OK, decrypt(scene, &old.cipher));
    assert_int_equal(STATUS_OK, row_of(scene, live(scene)->request_id, &row));
    assert_true(row.recovered);
    assert_string_equal(old.row.serial, row.serial);
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).recovered);
    assert_int_equal(STORE_CERTIFICATE_REVOKED,
                     state_of(scene, old.request_id)); /* replaced by the new one */
    FEATURE("F055");
    buf_release(&old.cipher);
}

/* What was encrypted while it held does not become readable by waiting. */
static void test_recover__an_expired_half_comes_back_too(void **state)
{
    enum { LONG_S = 400 * 24 * 60 * 60 };
    struct hall_scene *scene = *state;
    struct old old;
    make_old(scene, &old);
    hall_pass(&scene->hall, LONG_S);
    assert_true(old.row.not_after_utc_s < hall_now_utc_s(&scene->hall));
    scene->hall.certification.wish.from_s = LONG_S; /* a new certificate holds from now */
    begin_recovery(scene, &old, 2);
    finish(scene, "key-2");
    assert_int_equal(STATUS_OK, decrypt(scene, &old.cipher));
    buf_release(&old.cipher);
}

static void test_recover__one_clerk_is_not_enough(void **state)
{
    struct hall_scene *scene = *state;
    struct old old;
    make_old(scene, &old);
    begin_recovery(scene, &old, 1);
    hall_refused(&scene->terminal, run(scene), SERVICE_REASON_AUTHORITY_REFUSED);
    assert_int_equal(0, authority_fake_counts(scene->hall.ca).recovered);
    assert_int_equal(1, hall_order_certificates(hall_scene_look(scene), STORE_CERTIFICATE_REVOKED));
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, state_of(scene, old.request_id));
    buf_release(&old.cipher);
}

static void test_recover__a_compromised_key_does_not_come_back(void **state)
{
    struct hall_scene *scene = *state;
    struct old old;
    make_old(scene, &old);
    assert_int_equal(STATUS_OK, authority_revoke(scene->hall.authority, old.row.serial,
                                                 AUTHORITY_REASON_KEY_COMPROMISE, NULL));
    begin_recovery(scene, &old, 2);
    hall_refused(&scene->terminal, run(scene), SERVICE_REASON_AUTHORITY_REFUSED);
    assert_int_equal(0, authority_fake_counts(scene->hall.ca).recovered);
    buf_release(&old.cipher);
}

static void test_recover__without_a_certificate_there_is_nothing_to_recover(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, "recover", "key-2");
    hall_order_sign(&scene->hall, &scene->order, 2);
    hall_refused(&scene->terminal, run(scene), SERVICE_REASON_NO_CERTIFICATE);
    assert_int_equal(0, authority_fake_counts(scene->hall.ca).recovered);
}

static void test_recover__pulled_or_unanswered_it_is_asked_again(void **state)
{
    struct hall_scene *scene = *state;
    struct old old;
    make_old(scene, &old);
    begin_recovery(scene, &old, 2);
    authority_fake_script(scene->hall.ca)->lose_reply_times = 2; /* of the request and of the recovery */
    for (unsigned call = 1; call < 90; call++) {
        token_fake_pull_at(hall_scene_writer(scene), (call + 1) / 2, call % 2 == 0);
        if (hall_wait(&scene->terminal, run(scene)).status == STATUS_OK)
            break;
        token_fake_insert(hall_scene_writer(scene), "key-2");
    }
    token_fake_pull_at(hall_scene_writer(scene), 0, false);
    finish(scene, "key-2");
    assert_int_equal(STATUS_OK, decrypt(scene, &old.cipher));
    assert_int_equal(1, authority_fake_counts(scene->hall.ca).recovered);
    buf_release(&old.cipher);
}

static void test_recover__a_new_key_that_fails_leaves_the_old_one_whole(void **state)
{
    struct hall_scene *scene = *state;
    struct old old;
    make_old(scene, &old);
    begin_recovery(scene, &old, 2);
    hall_visit_issue(&scene->terminal);
    token_fake_insert(hall_scene_writer(scene), "key-3");
    hall_done(&scene->terminal, service_issue_abandon(scene->terminal.services));
    assert_int_equal(STORE_CERTIFICATE_CONFIRMED, state_of(scene, old.request_id));
    finish(scene, "key-3");
    assert_int_equal(STATUS_OK, decrypt(scene, &old.cipher));
    assert_int_equal(2, authority_fake_counts(scene->hall.ca).recovered);
    buf_release(&old.cipher);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_pair__both_certificates_are_on_the_key_and_proven),
        T(test_pair__a_product_without_pairs_has_one_certificate),
        T(test_pair__pulled_at_any_call_it_goes_on_when_it_is_back),
        T(test_pair__a_stop_at_every_call_is_taken_up_again),
        T(test_pair__a_key_full_in_the_middle_is_told_and_goes_on),
        T(test_pair__an_envelope_changed_on_its_way_is_declined),
        T(test_pair__an_envelope_for_another_key_is_declined),
        T(test_pair__a_second_signing_certificate_is_no_pair),
        T(test_pair__an_encryption_certificate_of_another_authority_is_declined),
        T(test_pair__an_encryption_certificate_for_another_name_is_declined),
        T(test_pair__a_key_that_reads_it_wrong_is_not_handed_over),
        T(test_pair__given_up_both_are_withdrawn),
        T(test_recover__the_new_key_reads_what_the_old_one_read),
        T(test_recover__an_expired_half_comes_back_too),
        T(test_recover__one_clerk_is_not_enough),
        T(test_recover__a_compromised_key_does_not_come_back),
        T(test_recover__without_a_certificate_there_is_nothing_to_recover),
        T(test_recover__pulled_or_unanswered_it_is_asked_again),
        T(test_recover__a_new_key_that_fails_leaves_the_old_one_whole),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
