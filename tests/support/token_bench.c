#include "tests/support/token_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/token/token_fake.h"
#include "kiosk/base/check.h"
#include "tests/support/pki_key.h"

/* --- key pairs of the fake: OpenSSL's ---------------------------------------------------------------------
 */

static enum status take(struct buf *out, struct buf from)
{
    enum status status = buf_append(out, from.data, from.length);
    buf_release(&from);
    return status;
}

static enum status maker_make(void *context, enum token_algorithm algorithm, void **key,
                              struct buf *public_key)
{
    (void)context;
    struct pki_key *made =
        pki_key_new(algorithm == TOKEN_ALGORITHM_RSA_2048 ? PKI_KEY_RSA2048 : PKI_KEY_P256);
    *key = made;
    return take(public_key, pki_key_public(made));
}

static enum status maker_sign(void *context, void *key, const void *data, size_t length,
                              struct buf *signature)
{
    (void)context;
    return take(signature, pki_key_sign(key, bytes_view(data, length)));
}

static enum status maker_open(void *context, void *key, const struct token_envelope *envelope, void **opened,
                              struct buf *public_key)
{
    (void)context;
    struct pki_key *made = pki_key_open(key, envelope->transported, envelope->wrapped);
    if (made == NULL)
        return STATUS_MALFORMED;
    *opened = made;
    return take(public_key, pki_key_public(made));
}

static enum status maker_decrypt(void *context, void *key, const void *data, size_t length, struct buf *plain)
{
    (void)context;
    struct buf opened = pki_key_decrypt(key, bytes_view(data, length));
    enum status status = opened.length > 0 ? STATUS_OK : STATUS_MALFORMED;
    if (status == STATUS_OK)
        status = buf_append(plain, opened.data, opened.length);
    buf_release(&opened);
    return status;
}

static void maker_free(void *context, void *key)
{
    (void)context;
    pki_key_free(key);
}

/* --- the bench ----------------------------------------------------------------------------------------- */

static void set(struct secret *secret, const char *text)
{
    check(secret_set(secret, text, strlen(text)) == STATUS_OK);
}

const struct token_fake_maker token_bench_maker = {
    .make = maker_make, .sign = maker_sign, .open = maker_open, .decrypt = maker_decrypt, .free = maker_free};

void token_bench_open(struct token_bench *bench, bool is_fake, const char *build_dir, int deadline_ms)
{
    char program[512];
    char module[512];
    memset(bench, 0, sizeof(*bench));
    bench->is_fake = is_fake;
    bench->build_dir = build_dir;
    random_seeded_init(&bench->random, 20261121);
    set(&bench->so_pin, "officer-0123");
    set(&bench->transport_pin, "transport-77");
    set(&bench->holder_pin, "739164");
    set(&bench->wrong_pin, "000000");
    if (!is_fake)
        token_sim_open(&bench->sim);
    snprintf(program, sizeof(program), "%s/certhost", build_dir);
    snprintf(module, sizeof(module), "%s/sim-key.so", build_dir);
    const struct token_settings settings = {.driver = is_fake ? "fake" : "pkcs11",
                                            .host_program = program,
                                            .module = is_fake ? NULL : module,
                                            .deadline_ms = deadline_ms};
    check(token_open(&settings, &bench->token, NULL) == STATUS_OK);
    if (is_fake)
        token_fake_set_maker(token_fake_of(bench->token), &token_bench_maker);
}

void token_bench_close(struct token_bench *bench)
{
    token_close(bench->token);
    if (!bench->is_fake)
        token_sim_close(&bench->sim);
}

void token_bench_insert(struct token_bench *bench, const char *name)
{
    if (bench->is_fake)
        token_fake_insert(token_fake_of(bench->token), name);
    else
        token_sim_insert(&bench->sim, name);
}

void token_bench_pull(struct token_bench *bench)
{
    if (bench->is_fake)
        token_fake_pull(token_fake_of(bench->token));
    else
        token_sim_pull(&bench->sim);
}

void token_bench_lock(struct token_bench *bench)
{
    if (bench->is_fake)
        token_fake_lock(token_fake_of(bench->token));
    else
        token_sim_plan(&bench->sim, "lock");
}

void token_bench_set_full(struct token_bench *bench, bool is_full)
{
    if (bench->is_fake)
        token_fake_set_full(token_fake_of(bench->token), is_full);
    else
        token_sim_plan(&bench->sim, is_full ? "full" : "");
}

struct token_info token_bench_look(struct token_bench *bench)
{
    struct token_info info;
    struct failure failure = {0};
    enum status status = token_look(bench->token, &info, &failure);
    if (status != STATUS_OK)
        fprintf(stderr, "look: %s %s %s\n", status_name(status), failure.where, failure.text);
    check(status == STATUS_OK);
    return info;
}

struct token_identity token_bench_format(struct token_bench *bench)
{
    struct token_info info = token_bench_look(bench);
    struct token_identity identity;
    struct failure failure = {0};
    struct token_format format = {.title = TOKEN_BENCH_TITLE,
                                  .so_pin = &bench->so_pin,
                                  .transport_pin = &bench->transport_pin,
                                  .may_erase = false};
    token_mark_draw(&bench->random.random, format.mark);
    enum status status = token_format(bench->token, &info.identity, &format, &identity, &failure);
    if (status != STATUS_OK)
        fprintf(stderr, "format: %s %s %s\n", status_name(status), failure.where, failure.text);
    check(status == STATUS_OK);
    return identity;
}

static int set_up(void **state, bool is_fake)
{
    *state = calloc(1, sizeof(struct token_bench));
    token_bench_open(*state, is_fake, TEST_BUILD_DIR, 0);
    return 0;
}

int token_bench_setup_fake(void **state)
{
    return set_up(state, true);
}

int token_bench_setup_pkcs11(void **state)
{
    return set_up(state, false);
}

int token_bench_teardown(void **state)
{
    token_bench_close(*state);
    free(*state);
    return 0;
}
