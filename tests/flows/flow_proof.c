/* A key that does not sign what it is asked to is never handed over, however right its certificate is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/hall_scene.h"
#include "tests/support/pki_key.h"

/* Keys of the writer sign the request rightly and everything after it wrongly. */
static unsigned signatures;

static enum status take(struct buf *out, struct buf made)
{
    enum status status = buf_append(out, made.data, made.length);
    buf_release(&made);
    return status;
}

static enum status make(void *context, enum token_algorithm algorithm, void **key, struct buf *public_key)
{
    (void)context, (void)algorithm;
    struct pki_key *made = pki_key_new(PKI_KEY_RSA2048);
    *key = made;
    return take(public_key, pki_key_public(made));
}

static enum status sign(void *context, void *key, const void *data, size_t length, struct buf *signature)
{
    (void)context;
    return signatures++ == 0 ? take(signature, pki_key_sign(key, bytes_view(data, length)))
                             : take(signature, pki_key_sign(key, bytes_view("something else", 14)));
}

static void free_key(void *context, void *key)
{
    (void)context;
    pki_key_free(key);
}

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static void test_proof__a_wrong_answer_to_the_challenge_stops_the_key(void **state)
{
    struct hall_scene *scene = *state;
    const struct token_fake_maker maker = {.make = make, .sign = sign, .free = free_key};
    signatures = 0;
    token_fake_set_maker(scene->hall.writers[0], &maker);
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_pay(&scene->terminal, "key-1");
    struct service_reply reply =
        hall_wait(&scene->terminal, service_issue_run(scene->terminal.services, false));
    assert_int_not_equal(STATUS_OK, reply.status);
    assert_true(signatures >= 2);
    const struct hall_order_sum *sum = hall_scene_look(scene);
    assert_int_equal(ORDER_STATE_ISSUING, sum->order.state);
    assert_int_equal(0, hall_order_certificates(sum, STORE_CERTIFICATE_PROVEN));
    assert_int_equal(0, hall_order_certificates(sum, STORE_CERTIFICATE_CONFIRMED));
    assert_int_equal(0, authority_fake_counts(scene->hall.ca).confirmed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_proof__a_wrong_answer_to_the_challenge_stops_the_key, setup,
                                        hall_scene_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
