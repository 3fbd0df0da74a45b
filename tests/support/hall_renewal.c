#include "tests/support/hall_renewal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/pki/signature.h"
#include "tests/support/token_judge.h"

static struct token_fake *writer(const struct hall_scene *scene)
{
    return scene->hall.writers[0];
}

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
    services_end_visit(scene->terminal.services);
    token_fake_insert(writer(scene), key);
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
    token_fake_insert(writer(scene), "strange");
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

void hall_renewal_log_in(struct hall_scene *scene)
{
    struct secret pin = {0};
    hall_renewal_pin(&pin, HALL_PIN);
    hall_done(&scene->terminal, service_key_login(scene->terminal.services, &pin));
    secret_wipe(&pin);
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
