#include "tests/support/hall_seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/crypto.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/json.h"
#include "kiosk/page/page_jpeg.h"
#include "kiosk/page/page_picture.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_sample.h"
#include "kiosk/store/store_subject.h"
#include "kiosk/store/store_wish.h"
#include "tests/support/form_sample.h"
#include "tests/support/hall_order.h"
#include "tests/support/page_bench.h"
#include "tests/support/pki_process.h"
#include "tests/support/robot_visit.h"

/* --- what is on the key ------------------------------------------------------------------------------ */

bool hall_seal_read(struct hall *hall, const char *name, struct buf *out)
{
    struct token_info info;
    buf_init(out, TOKEN_DATA_BYTES);
    assert_int_equal(token_look(hall->tokens[0], &info, NULL), STATUS_OK);
    return token_read_data(hall->tokens[0], &info.identity, name, out, NULL) == STATUS_OK;
}

unsigned hall_seal_count(struct hall *hall)
{
    struct token_info info;
    struct token_objects objects;
    unsigned count = 0;
    assert_int_equal(token_look(hall->tokens[0], &info, NULL), STATUS_OK);
    assert_int_equal(token_list(hall->tokens[0], &info.identity, NULL, &objects, NULL), STATUS_OK);
    for (unsigned i = 0; i < objects.count; i++)
        count += objects.object[i].kind == TOKEN_OBJECT_OTHER;
    return count;
}

/* openssl, which knows nothing of the hall but its authority, judges the signature over the description. */
static int judge_signature(struct hall *hall, const struct buf *info, const struct buf *signed_info)
{
    struct buf trust, output;
    const char *dir = hall->directory;
    struct pki_issuer *issuer = hall->certification.issuer;
    buf_init(&trust, LIMIT_CONFIG_BYTES);
    assert_int_equal(certificate_write_pem(pki_issuer_root(issuer), "CERTIFICATE", &trust), STATUS_OK);
    assert_int_equal(certificate_write_pem(pki_issuer_issuing(issuer), "CERTIFICATE", &trust), STATUS_OK);
    pki_process_write(dir, "trust.pem", bytes_of_buf(&trust));
    pki_process_write(dir, "seal.json", bytes_of_buf(info));
    pki_process_write(dir, "seal.p7s", bytes_of_buf(signed_info));
    const char *const arguments[] = {"openssl",
                                     "cms",
                                     "-verify",
                                     "-binary",
                                     "-inform",
                                     "DER",
                                     "-in",
                                     pki_process_path(dir, "seal.p7s"),
                                     "-content",
                                     pki_process_path(dir, "seal.json"),
                                     "-CAfile",
                                     pki_process_path(dir, "trust.pem"),
                                     "-purpose",
                                     "any",
                                     "-no_check_time",
                                     "-signer",
                                     pki_process_path(dir, "signer.pem"),
                                     "-out",
                                     "/dev/null",
                                     NULL};
    int code = pki_process_run(arguments, &output);
    buf_release(&output);
    buf_release(&trust);
    return code;
}

/* Whom the signature names as the one who made it. */
static void assert_signer(struct hall *hall, const char *certificate)
{
    char line[96];
    struct buf output;
    const char *const arguments[] = {
        "openssl", "x509", "-noout", "-serial", "-in", pki_process_path(hall->directory, "signer.pem"), NULL};
    assert_int_equal(pki_process_run(arguments, &output), 0);
    assert_int_equal(buf_append(&output, "", 1), STATUS_OK);
    (void)snprintf(line, sizeof(line), "serial=%s\n", certificate);
    assert_string_equal((const char *)output.data, line);
    buf_release(&output);
}

/* The picture is the one that the description names. */
static void assert_digest(const struct json *info, const struct buf *picture)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];
    char text[2 * CRYPTO_SHA256_BYTES + 1];
    crypto_sha256(picture->data, picture->length, digest);
    encode_hex(text, digest, sizeof(digest));
    assert_string_equal(json_text(info, "sha256", ""), text);
    assert_true(json_number(info, "width_um", 0) > 0);
}

static void read_part(struct hall *hall, const char *kind, const char *part, struct buf *out)
{
    char name[64];
    (void)snprintf(name, sizeof(name), "certkiosk %s%s", kind, part);
    assert_true(hall_seal_read(hall, name, out));
}

void hall_seal_assert(struct hall *hall, const char *kind, const char *certificate)
{
    struct json *json = NULL;
    struct buf picture, info, signed_info;
    read_part(hall, kind, "", &picture);
    read_part(hall, kind, " info", &info);
    read_part(hall, kind, " p7s", &signed_info);
    assert_memory_equal(picture.data + 1, "PNG", 3);
    assert_int_equal(json_parse((const char *)info.data, info.length, &json), STATUS_OK);
    assert_string_equal(json_text(json, "kind", ""), kind);
    assert_string_equal(json_text(json, "certificate", ""), certificate);
    assert_string_equal(json_text(json, "credit_code", ""), "91500108MA6000016R");
    assert_true(json_number(json, "valid_until_utc_s", 0) > json_number(json, "valid_from_utc_s", 0));
    assert_digest(json, &picture);
    assert_int_equal(judge_signature(hall, &info, &signed_info), 0);
    assert_signer(hall, certificate);
    info.data[info.length / 2] ^= 1;
    assert_int_not_equal(judge_signature(hall, &info, &signed_info), 0);
    json_free(json);
    buf_release(&picture);
    buf_release(&info);
    buf_release(&signed_info);
}

void hall_seal_assert_kinds(struct hall *hall, const struct robot_order *order)
{
    bool on_own = order_steps_is_on_own_key(&order->operation->steps);
    token_fake_insert(hall->writers[0], on_own ? order->own_key : order->blank_key);
    for (size_t i = 0; i < order->operation->paper_count; i++) {
        const struct product_paper *paper = product_operation_paper(order->product, order->operation, i);
        for (size_t j = 0; j < paper->sample_count; j++) {
            struct buf picture;
            if (paper->samples[j].optional || paper->optional)
                continue;
            read_part(hall, product_sample_name(paper->samples[j].of), "", &picture);
            assert_true(picture.length > 0);
            buf_release(&picture);
        }
    }
}

/* --- what is in the store ---------------------------------------------------------------------------- */

/* A stamp as it is cut out of a sheet, and its picture. */
static void draw_stamp(struct buf *cut, struct page_picture *picture, struct buf *png)
{
    struct page_image image = {0};
    assert_int_equal(page_image_new(500, 500, 3, 300, &image), STATUS_OK);
    (void)memset(image.pixels, 255, (size_t)500 * 500 * 3);
    page_bench_ring(&image, 21, 21, 32, 1.0, 200);
    assert_int_equal(page_jpeg_encode(&image, PAGE_JPEG_QUALITY, cut), STATUS_OK);
    assert_int_equal(page_picture_make(&image, 300 / 25.4, true, picture), STATUS_OK);
    assert_int_equal(page_picture_encode(picture, TOKEN_DATA_BYTES - 512, png), STATUS_OK);
    page_image_release(&image);
}

void hall_seal_put_stamp(struct hall *hall, const char *owner, const char *order_id, bool has_picture)
{
    struct buf cut, png;
    struct page_picture picture = {0};
    buf_init(&cut, LIMIT_PAGE_JPEG_BYTES);
    buf_init(&png, TOKEN_DATA_BYTES);
    draw_stamp(&cut, &picture, &png);
    const struct store_sample sample = {.paper = "application",
                                        .zone = "seal_sample",
                                        .kind = "seal",
                                        .fault = "none",
                                        .chosen = STORE_SAMPLE_BY_BEST,
                                        .width_um = has_picture ? (int64_t)(picture.width_mm * 1000) : 0,
                                        .height_um = has_picture ? (int64_t)(picture.height_mm * 1000) : 0};
    const struct store_sample_bytes bytes = {cut.data, cut.length, png.data, has_picture ? png.length : 0};
    struct store *store = hall_store(hall, owner);
    assert_int_equal(store_sample_replace(store, order_id, "application", &sample, &bytes, 1, NULL),
                     STATUS_OK);
    store_close(store);
    page_picture_release(&picture);
    buf_wipe(&cut);
    buf_wipe(&png);
}

void hall_seal_put_lock(struct hall *hall, const char *order_id, enum store_lock_role role, const char *clerk)
{
    struct store_lock lock = {.seal = true};
    const struct store_lock_effect effect = {.with_seal = role == STORE_LOCK_MAIN, .amount_fen = 25000};
    struct store *store = hall_store(hall, "watcher");
    (void)!store_lock_load(store, order_id, &lock, NULL);
    lock.role = role;
    (void)snprintf(lock.clerk, sizeof(lock.clerk), "%s", clerk);
    assert_int_equal(store_lock_put(store, order_id, &lock, &effect, NULL), STATUS_OK);
    store_close(store);
}

void hall_seal_load_lock(struct hall *hall, const char *order_id, struct store_lock *lock,
                         struct order *order)
{
    struct store *store = hall_store(hall, "watcher");
    assert_int_equal(store_lock_load(store, order_id, lock, NULL), STATUS_OK);
    assert_int_equal(store_order_load(store, order_id, order, NULL), STATUS_OK);
    store_close(store);
}

/* --- orders and keys --------------------------------------------------------------------------------- */

static const char sealed_product[] = "gxca-suqian-unit", sealed_class[] = "unit";

void hall_seal_make_first_key(struct hall *hall, struct hall_program *terminal)
{
    struct form_values values;
    struct order order;
    const struct product *product = catalogue_find(hall->catalogue, sealed_product);
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"), sealed_class,
                                             &values};
    form_values_init(&values);
    for (size_t i = 0; i < ROBOT_GXCA_UNIT; i++)
        assert_int_equal(STATUS_OK, form_values_set(&values, robot_gxca_unit[i].id, robot_gxca_unit[i].text));
    hall_order_make_with(hall, &choice, ORDER_STATE_ISSUING, &order);
    form_values_wipe(&values);
    hall_done(terminal, service_order_open(terminal->services, order.id));
    token_fake_insert(hall->writers[0], "key-0");
    hall_visit_issue(terminal);
    hall_visit_pin(terminal);
    hall_visit_take(terminal);
    token_fake_pull(hall->writers[0]);
    hall_leave(terminal);
}

static void make_wished(struct hall *hall, const char *product_id, unsigned keys, enum order_state state,
                        struct order *out)
{
    const struct product *product = catalogue_find(hall->catalogue, product_id);
    struct form_values values;
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"),
                                             product->classes[0].id, &values};
    const struct store_wish wish = {.years = 1, .quantity = keys, .seal = true, .sub_kinds = ""};
    form_sample_make(product_operation_form(product, choice.operation), &values);
    hall_order_make_with(hall, &choice, state, out);
    form_values_wipe(&values);
    struct store *store = hall_store(hall, "watcher");
    assert_int_equal(store_wish_insert(store, out->id, &wish, NULL), STATUS_OK);
    store_close(store);
}

void hall_seal_make_wished(struct hall *hall, unsigned keys, enum order_state state, struct order *out)
{
    make_wished(hall, sealed_product, keys, state, out);
}

static void approve_stamp(struct hall *hall, const char *order_id)
{
    hall_seal_put_stamp(hall, "watcher", order_id, true);
    struct store *store = hall_store(hall, "watcher");
    assert_int_equal(store_sample_approve(store, order_id, NULL), STATUS_OK);
    store_close(store);
}

void hall_seal_make_sealed(struct hall *hall, unsigned keys, struct order *out)
{
    hall_seal_make_wished(hall, keys, ORDER_STATE_ISSUING, out);
    approve_stamp(hall, out->id);
}

void hall_seal_make_key(struct hall *hall, struct hall_program *terminal, const char *product,
                        const char *key)
{
    struct order order;
    make_wished(hall, product, 1, ORDER_STATE_ISSUING, &order);
    approve_stamp(hall, order.id);
    hall_done(terminal, service_order_open(terminal->services, order.id));
    token_fake_insert(hall->writers[0], key);
    hall_visit_issue(terminal);
    hall_visit_pin(terminal);
    hall_visit_take(terminal);
    token_fake_pull(hall->writers[0]);
    hall_leave(terminal);
}

void hall_seal_make_change(struct hall *hall, const char *product_id, const char *request_id,
                           struct order *out)
{
    const struct product *product = catalogue_find(hall->catalogue, product_id);
    const struct hall_order_choice choice = {product, product_find_operation(product, "change"),
                                             product->classes[0].id, NULL};
    const struct store_wish wish = {.quantity = 1, .seal = true, .sub_kinds = "seal-style"};
    hall_order_make_with(hall, &choice, ORDER_STATE_ISSUING, out);
    struct store *store = hall_store(hall, "watcher");
    assert_int_equal(store_wish_insert(store, out->id, &wish, NULL), STATUS_OK);
    assert_int_equal(store_subject_put(store, out->id, request_id, "", NULL), STATUS_OK);
    store_close(store);
    approve_stamp(hall, out->id);
}
