#include "tests/support/hall_renewal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/pki/signature.h"
#include "kiosk/store/store_subject.h"
#include "tests/support/token_judge.h"

void hall_renewal_pin(struct secret *pin, const char *text)
{
    assert_int_equal(STATUS_OK, secret_set(pin, text, strlen(text)));
}

void hall_renewal_make_key(struct hall_scene *scene, const char *key)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_pay(&scene->terminal, key);
    hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    hall_leave(&scene->terminal);
    token_fake_insert(hall_scene_writer(scene), key);
    hall_scene_look(scene);
}

void hall_renewal_make_strange(struct hall_scene *scene)
{
    struct token *token = scene->hall.tokens[0];
    struct secret so = {0}, pin = {0};
    struct token_format format = {.so_pin = &so, .transport_pin = &pin};
    struct token_identity made;
    struct token_info info;
    struct token_key_id id;
    struct token_public_key key;
    hall_renewal_pin(&so, "somebodys-so-pin");
    hall_renewal_pin(&pin, HALL_PIN);
    token_fake_insert(hall_scene_writer(scene), "strange");
    token_mark_draw(random_system(), format.mark);
    token_key_id_draw(random_system(), &id);
    assert_int_equal(STATUS_OK, token_look(token, &info, NULL));
    assert_int_equal(STATUS_OK, token_format(token, &info.identity, &format, &made, NULL));
    assert_int_equal(STATUS_OK, token_generate(token, &made, &pin, TOKEN_ROLE_SIGN, TOKEN_ALGORITHM_RSA_2048,
                                               &id, NULL, &key, NULL));
    struct buf leaf = token_judge_certificate(key.bytes, key.length, 4711);
    assert_int_equal(STATUS_OK, token_write_certificate(token, &made, &pin, TOKEN_ROLE_SIGN, &id, leaf.data,
                                                        leaf.length, NULL));
    buf_release(&leaf);
}

uint64_t hall_renewal_ask_login(struct hall_scene *scene, const char *text)
{
    struct secret pin = {0};
    hall_renewal_pin(&pin, text);
    uint64_t id = service_key_login(scene->terminal.services, &pin);
    secret_wipe(&pin);
    return id;
}

void hall_renewal_log_in(struct hall_scene *scene)
{
    hall_done(&scene->terminal, hall_renewal_ask_login(scene, HALL_PIN));
}

uint64_t hall_renewal_show(struct hall_scene *scene, const char *text)
{
    struct secret pin = {0};
    hall_renewal_pin(&pin, text);
    uint64_t id = service_key_show(scene->terminal.services, &pin);
    secret_wipe(&pin);
    return id;
}

const char *hall_renewal_certificate(const struct hall_scene *scene)
{
    return scene->sum.certificate[0].request_id;
}

enum store_certificate_state hall_renewal_state(struct hall_scene *scene)
{
    struct store_certificate row;
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_certificate_load(store, hall_renewal_certificate(scene), &row, NULL));
    store_close(store);
    return row.state;
}

void hall_renewal_revoke(struct hall_scene *scene)
{
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_certificate_step(store, hall_renewal_certificate(scene),
                                                       STORE_CERTIFICATE_CONFIRMED, STORE_CERTIFICATE_REVOKED,
                                                       NULL, NULL));
    store_close(store);
}

void hall_renewal_set_subject(struct hall_scene *scene, const char *order_id, const char *reason)
{
    struct store *store = hall_store(&scene->hall, "maker");
    assert_int_equal(STATUS_OK,
                     store_subject_put(store, order_id, hall_renewal_certificate(scene), reason, NULL));
    store_close(store);
}

void hall_renewal_begin(struct hall_scene *scene, const char *operation, struct order *out)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, "ezca-cqzfcg");
    services_choose(scene->terminal.services, product, product_find_operation(product, operation),
                    "supplier");
    hall_order_make_of(&scene->hall, "ezca-cqzfcg", operation, ORDER_STATE_ISSUING, out);
    hall_renewal_set_subject(scene, out->id, "");
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, out->id));
}

size_t hall_renewal_count(struct hall_scene *scene, enum token_object_kind kind)
{
    struct token_info info;
    struct token_objects objects;
    struct secret pin = {0};
    size_t count = 0;
    hall_renewal_pin(&pin, HALL_PIN);
    assert_int_equal(STATUS_OK, token_look(scene->hall.tokens[0], &info, NULL));
    assert_int_equal(STATUS_OK, token_list(scene->hall.tokens[0], &info.identity, &pin, &objects, NULL));
    for (unsigned i = 0; i < objects.count; i++)
        count += objects.object[i].kind == kind;
    return count;
}

bool hall_renewal_works(struct hall_scene *scene, const char *request_id)
{
    static const char text[] = "a text to be signed";
    struct token *token = scene->hall.tokens[0];
    struct store *store = hall_store(&scene->hall, "watcher");
    struct token_info info;
    struct token_objects objects;
    struct secret pin = {0};
    struct buf der;
    bool is_working = false;
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    hall_renewal_pin(&pin, HALL_PIN);
    assert_int_equal(STATUS_OK, store_certificate_part(store, request_id, STORE_CERTIFICATE_DER, &der, NULL));
    store_close(store);
    assert_int_equal(STATUS_OK, token_look(token, &info, NULL));
    assert_int_equal(STATUS_OK, token_list(token, &info.identity, NULL, &objects, NULL));
    for (unsigned i = 0; i < objects.count && !is_working; i++) {
        struct buf leaf, signature;
        buf_init(&leaf, LIMIT_CERTIFICATE_BYTES);
        buf_init(&signature, LIMIT_CERTIFICATE_BYTES);
        const struct token_key_id *id = &objects.object[i].id;
        is_working =
            objects.object[i].kind == TOKEN_OBJECT_CERTIFICATE &&
            token_read_certificate(token, &info.identity, TOKEN_ROLE_SIGN, id, &leaf, NULL, NULL) ==
                STATUS_OK &&
            bytes_is_equal(bytes_of_buf(&leaf), bytes_of_buf(&der)) &&
            token_sign(token, &info.identity, &pin, id, text, sizeof(text), &signature, NULL) == STATUS_OK &&
            signature_check(bytes_of_buf(&leaf), bytes_view(text, sizeof(text)), bytes_of_buf(&signature),
                            NULL) == STATUS_OK;
        buf_release(&leaf);
        buf_release(&signature);
    }
    buf_release(&der);
    return is_working;
}

void hall_renewal_assert_done(struct hall_scene *scene, const struct order *order)
{
    struct hall_order_sum sum;
    hall_order_sum(&scene->hall, order->id, &sum);
    assert_int_equal(ORDER_STATE_COLLECTING, sum.order.state);
    assert_int_equal(1, hall_order_certificates(&sum, STORE_CERTIFICATE_CONFIRMED));
    assert_int_equal(0, sum.keys);
    assert_int_equal(0, hall_order_acts(&sum));
    assert_int_equal(STORE_CERTIFICATE_REVOKED, hall_renewal_state(scene));
    for (size_t i = 0; i < sum.certificates; i++)
        if (sum.certificate[i].state == STORE_CERTIFICATE_CONFIRMED)
            assert_true(hall_renewal_works(scene, sum.certificate[i].request_id));
    assert_int_equal(1, hall_renewal_count(scene, TOKEN_OBJECT_CERTIFICATE));
    assert_int_equal(1, hall_renewal_count(scene, TOKEN_OBJECT_PRIVATE_KEY));
    assert_int_equal(STORE_KEY_DELIVERED, scene->sum.key[0].state);
}
