#include "tests/support/hall.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/file.h"
#include "kiosk/base/log.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/store/db.h"
#include "kiosk/store/hall_key_file.h"
#include "kiosk/store/store_clerk.h"
#include "tests/support/pki_process.h"

enum { STEADY_S = 30, NAP_MS = 2 };

/* --- time -------------------------------------------------------------------------------------------- */

static int64_t passed_ms(const struct hall_clock *time)
{
    return clock_monotonic_ms(clock_system()) - time->start_ms + atomic_load(&time->passed_ms);
}

static int64_t monotonic_ms(void *context)
{
    const struct hall_clock *time = context;
    return time->start_ms + passed_ms(time);
}

static int64_t utc_ms(void *context)
{
    const struct hall_clock *time = context;
    return (int64_t)HALL_START_UTC_S * 1000 + passed_ms(time) + atomic_load(&time->jumped_ms);
}

static void start_clock(struct hall_clock *time)
{
    time->start_ms = clock_monotonic_ms(clock_system());
    atomic_init(&time->passed_ms, 0);
    atomic_init(&time->jumped_ms, 0);
    time->clock = (struct clock){utc_ms, monotonic_ms, time, HALL_SPEED};
}

void hall_pass(struct hall *hall, int64_t seconds)
{
    (void)atomic_fetch_add(&hall->time.passed_ms, seconds * 1000);
}

void hall_nap(struct hall *hall)
{
    (void)poll(NULL, 0, NAP_MS);
    (void)atomic_fetch_add(&hall->time.passed_ms, (HALL_SPEED - 1) * NAP_MS);
}

void hall_pass_steadily(struct hall *hall, int64_t seconds)
{
    for (; seconds > 0; seconds -= STEADY_S) {
        hall_pass(hall, seconds < STEADY_S ? seconds : STEADY_S);
        (void)poll(NULL, 0, 1); /* programs that were just reading both clocks have done so */
    }
}

void hall_sql(const struct hall *hall, const char *script)
{
    struct db *db = NULL;
    struct db_settings settings = {
        .path = hall->settings->store_file, .busy_ms = 5000, .only_existing = true};
    check(db_open(&settings, &db, NULL) == STATUS_OK && db_script(db, script, NULL) == STATUS_OK);
    db_close(db);
}

void hall_jump(struct hall *hall, int64_t seconds)
{
    (void)atomic_fetch_add(&hall->time.jumped_ms, seconds * 1000);
}

int64_t hall_now_utc_s(const struct hall *hall)
{
    return clock_utc_s(&hall->time.clock);
}

/* --- settings ---------------------------------------------------------------------------------------- */

static const char settings_text[] = "terminal: {id: terminal-01, number: '01'}\n"
                                    "hall: {name: 示例政务服务大厅}\n"
                                    "paths: {state: '%1$s', catalogue: '%2$s/config/catalogue', "
                                    "assets: '%2$s/assets'}\n"
                                    "store: {file: '%1$s/hall.db', password_log_n: 12}\n"
                                    "hall_key: {file: '%1$s/hall.key'}\n"
                                    "scanner: {driver: none}\n"
                                    "token: {driver: none}\n"
                                    "printer: {driver: fake}\n"
                                    "authority: {driver: none, roots_file: '%1$s/root.pem', crl_file: "
                                    "'%1$s/crl.pem'}\n"
                                    "payment: {driver: fake, poll_ms: 200}\n"
                                    "sms: {driver: fake}\n"
                                    "review: {undo_s: 1}\n"
                                    "intention: {retry_s: 1}\n";

/* Products take longer to read than a story to tell, so they are read once a process. Stories change members
 * of products; when a hall closes they are as they were read. */
static struct {
    struct catalogue *catalogue;
    struct product *as_read;
} shared;

static void free_shared(void)
{
    free(shared.as_read);
    catalogue_free(shared.catalogue);
}

static enum status read_catalogue(const char *directory, struct yaml_errors *errors)
{
    if (shared.catalogue != NULL)
        return STATUS_OK;
    enum status status = catalogue_open(directory, errors, &shared.catalogue);
    if (status != STATUS_OK)
        return status;
    shared.as_read = calloc(shared.catalogue->count, sizeof(*shared.as_read));
    check(shared.as_read != NULL && atexit(free_shared) == 0);
    for (size_t i = 0; i < shared.catalogue->count; i++)
        shared.as_read[i] = *shared.catalogue->products[i];
    return STATUS_OK;
}

static void restore_catalogue(void)
{
    for (size_t i = 0; i < shared.catalogue->count; i++)
        *shared.catalogue->products[i] = shared.as_read[i];
}

static void read_settings(struct hall *hall)
{
    char text[4096];
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    int length = snprintf(text, sizeof(text), settings_text, hall->directory, hall->source);
    enum status status =
        settings_parse("hall.yaml", text, (size_t)length, NULL, NULL, &errors, &hall->settings);
    if (status == STATUS_OK)
        status = read_catalogue(hall->settings->paths_catalogue, &errors);
    if (status == STATUS_OK)
        hall->catalogue = shared.catalogue;
    if (status != STATUS_OK)
        (void)fprintf(stderr, "%s\n", yaml_errors_text(&errors));
    check(status == STATUS_OK);
    yaml_errors_release(&errors);
}

/* --- the outside world ------------------------------------------------------------------------------- */

/* The certificate of whatever authority the test wishes, as right or wrong as it wishes. */
static enum status issue(void *context, const struct authority_request *request, struct buf *certificate,
                         char serial[41])
{
    struct hall_certification *certification = context;
    struct pki_wish wish = certification->wish;
    struct pki_issuer *issuer = certification->is_foreign ? certification->foreign : certification->issuer;
    if (wish.days == 0)
        wish.until_utc_s = request->until_utc_s;
    wish.days = wish.days == 0 ? request->days : wish.days;
    struct buf der = pki_issuer_issue(issuer, request->request, &wish);
    pki_issuer_serial(bytes_of_buf(&der), serial);
    enum status status = buf_append(certificate, der.data, der.length);
    buf_release(&der);
    return status;
}

static void write_pem(const struct hall *hall, const char *name, struct bytes der, const char *label)
{
    struct buf pem;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    check(certificate_write_pem(der, label, &pem) == STATUS_OK);
    pki_process_write(hall->directory, name, bytes_of_buf(&pem));
    buf_release(&pem);
}

static void open_authority(struct hall *hall)
{
    hall->certification.issuer = pki_issuer_new("Hall", HALL_START_UTC_S);
    hall->certification.foreign = pki_issuer_new("Elsewhere", HALL_START_UTC_S);
    write_pem(hall, "root.pem", pki_issuer_root(hall->certification.issuer), "CERTIFICATE");
    struct buf crl = pki_issuer_crl(hall->certification.issuer, (struct bytes){0}, 3650);
    write_pem(hall, "crl.pem", bytes_of_buf(&crl), "X509 CRL");
    buf_release(&crl);
    check(authority_fake_open(issue, &hall->certification, &hall->authority, &hall->ca) == STATUS_OK);
    const struct authority_fake_pairs pairs = pki_issuer_pairs(hall->certification.issuer);
    authority_fake_set_pairs(hall->ca, &pairs);
    atomic_flag_clear(&hall->authority_busy);
}

static void open_world(struct hall *hall)
{
    const struct clock *clock = &hall->time.clock;
    check(payment_open(&(struct payment_settings){.driver = "fake", .clock = clock}, &hall->payment, NULL) ==
          STATUS_OK);
    hall->gateway = payment_fake_of(hall->payment);
    check(payment_open(&(struct payment_settings){.driver = "fake", .clock = clock}, &hall->wechat, NULL) ==
          STATUS_OK);
    hall->wechat_gateway = payment_fake_of(hall->wechat);
    check(sms_open(&(struct sms_settings){.driver = "fake", .clock = clock, .random = random_system()},
                   &hall->sms, NULL) == STATUS_OK);
    hall->phones = sms_fake_of(hall->sms);
    check(idcard_open(&(struct idcard_settings){.driver = "fake", .clock = clock}, &hall->idcard, NULL) ==
          STATUS_OK);
    hall->reader = idcard_fake_of(hall->idcard);
    check(identity_open(&(struct identity_settings){.driver = "fake", .clock = clock}, &hall->identity,
                        NULL) == STATUS_OK);
    hall->faces = identity_fake_of(hall->identity);
    open_authority(hall);
    for (int i = 0; i < HALL_WRITERS; i++) {
        check(token_open(&(struct token_settings){.driver = "fake", .clock = clock}, &hall->tokens[i],
                         NULL) == STATUS_OK);
        hall->writers[i] = token_fake_of(hall->tokens[i]);
    }
    printer_fake_reset(&(struct printer_fake_script){0});
}

static void open_keys(struct hall *hall)
{
    check(hall_key_file_create(hall->settings->hall_key_file, random_system(), NULL) == STATUS_OK);
    check(hall_key_file_open(hall->settings->hall_key_file, random_system(), &hall->hall_key, NULL) ==
          STATUS_OK);
    check(hall_key_derive(&hall->hall_key, "page-code", "", 0, hall->page_key, sizeof(hall->page_key),
                          NULL) == STATUS_OK);
}

void hall_open(struct hall *hall, const char *source)
{
    *hall = (struct hall){0};
    log_start(getenv("HALL_LOG") == NULL ? LOG_ERROR : LOG_DEBUG, 2);
    (void)snprintf(hall->source, sizeof(hall->source), "%s", source);
    pki_process_make_dir(hall->directory);
    start_clock(&hall->time);
    read_settings(hall);
    open_keys(hall);
    open_world(hall);
}

void hall_close(struct hall *hall)
{
    for (int i = 0; i < HALL_WRITERS; i++)
        token_close(hall->tokens[i]);
    payment_close_channel(hall->payment);
    payment_close_channel(hall->wechat);
    sms_close(hall->sms);
    idcard_close(hall->idcard);
    identity_close(hall->identity);
    authority_close(hall->authority);
    pki_issuer_free(hall->certification.issuer);
    pki_issuer_free(hall->certification.foreign);
    hall_key_close(&hall->hall_key);
    restore_catalogue();
    settings_free(hall->settings);
    printer_fake_reset(&(struct printer_fake_script){0});
    pki_process_remove_dir(hall->directory);
}

int hall_setup(void **state, const char *source)
{
    struct hall *hall = calloc(1, sizeof(*hall));
    check(hall != NULL);
    hall_open(hall, source);
    *state = hall;
    return 0;
}

int hall_teardown(void **state)
{
    hall_close(*state);
    free(*state);
    return 0;
}

struct store *hall_store(struct hall *hall, const char *owner)
{
    struct store *store = NULL;
    check(store_open(&(struct store_settings){.path = hall->settings->store_file,
                                              .hall_key = &hall->hall_key,
                                              .clock = &hall->time.clock,
                                              .random = random_system(),
                                              .owner = owner,
                                              .password_log_n = (int)hall->settings->store_password_log_n},
                     &store, NULL) == STATUS_OK);
    return store;
}

static void add_clerk(struct hall *hall, const char *name, enum store_clerk_role role)
{
    struct secret password = {0};
    struct store *store = hall_store(hall, "administrator");
    check(secret_set(&password, "zhanghao-2026", 13) == STATUS_OK);
    check(store_clerk_add(store, name, role, &password, "uid:7", NULL) == STATUS_OK);
    store_close(store);
}

void hall_add_clerk(struct hall *hall, const char *name)
{
    add_clerk(hall, name, STORE_CLERK_REVIEWER);
}

void hall_add_supervisor(struct hall *hall, const char *name)
{
    add_clerk(hall, name, STORE_CLERK_SUPERVISOR);
}

void hall_take_by_hand(struct hall *hall)
{
    struct product *product = (struct product *)(uintptr_t)catalogue_find(hall->catalogue, "ezca-cqzfcg");
    product->account = (struct product_account){
        .holder = "示例数字证书有限公司", .number = "6222020200112233", .bank = "示例银行重庆渝北支行"};
    product->payment_count = 0;
    product->payment[product->payment_count++] = PRODUCT_PAYMENT_ALIPAY;
    product->payment[product->payment_count++] = PRODUCT_PAYMENT_WECHAT;
    product->payment[product->payment_count++] = PRODUCT_PAYMENT_TRANSFER;
    product->payment[product->payment_count++] = PRODUCT_PAYMENT_DESK;
}
