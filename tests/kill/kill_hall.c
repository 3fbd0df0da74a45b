#include "tests/kill/kill_hall.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drivers/scanner/scanner_setup.h"
#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "kiosk/store/hall_key_file.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_subject.h"
#include "kiosk/store/store_wish.h"
#include "tests/support/form_sample.h"
#include "tests/support/pki_process.h"

/* --- settings ---------------------------------------------------------------------------------------- */

static const char config_text[] =
    "terminal: {id: terminal-01, number: '01'}\n"
    "desk: {id: desk-01, exchange_dir: '%1$s', soft_certificate: true}\n"
    "hall: {name: 示例政务服务大厅}\n"
    "paths: {state: '%1$s', catalogue: '%2$s/config/catalogue', assets: '%2$s/assets'}\n"
    "store: {file: '%1$s/hall.db'}\n"
    "hall_key: {file: '%1$s/hall.key'}\n"
    "scanner: {driver: sane, sane_config_dir: '%11$s'}\n"
    "token: {driver: pkcs11, module: '%3$s/sim-key.so', environment: 'SIM_KEY_DIR=%4$s'}\n"
    "host: {program: '%3$s/certhost'}\n"
    "printer: {driver: cups, uri: 'ipp://localhost:%5$d/ipp/print'}\n"
    "authority: {driver: embedded, socket: '%6$s', roots_file: '%7$s/root.pem', crl_file: '%8$s'}\n"
    "payment:\n"
    "  driver: alipay\n"
    "  poll_ms: 200\n"
    "  alipay:\n"
    "    gateway_url: 'http://127.0.0.1:%9$d/gateway.do'\n"
    "    app_id: '2021000000000001'\n"
    "    app_private_key_file: '%1$s/alipay/app_key.pem'\n"
    "    app_cert_file: '%1$s/alipay/app_cert.pem'\n"
    "    alipay_root_cert_file: '%1$s/alipay/root_cert.pem'\n"
    "    alipay_cert_file: '%1$s/alipay/alipay_cert.pem'\n"
    "    seller_id: '2088000000000001'\n"
    "sms: {driver: http, url: 'http://127.0.0.1:%10$d', key_id: SIMKEY, key_secret_file: '%1$s/sms.secret', "
    "sign_name: 证书服务大厅, template: SMS_0000001}\n"
    "login: {resend_s: 10, codes_per_hour: 60}\n"
    "review: {undo_s: 0}\n"
    "order: {lease_s: 5}\n"
    "intention: {retry_s: 1}\n";

/* SANE finds the simulated scanner and no other. */
static void make_sane_dir(const struct kill_hall *kill, char out[96])
{
    char url[64];
    (void)snprintf(out, 96, "%s/sane", kill->directory);
    (void)snprintf(url, sizeof(url), "http://127.0.0.1:%d/eSCL/", (int)kill->scanner.port);
    check(scanner_setup_escl(out, "Counter Scanner", url, NULL) == STATUS_OK);
}

static void write_config(struct kill_hall *kill, int printer_port)
{
    char text[4096], sane[96];
    make_sane_dir(kill, sane);
    int length =
        snprintf(text, sizeof(text), config_text, kill->directory, kill->hall.source, kill->build_dir,
                 kill->keys.dir, printer_port, kill->ca.socket_path, kill->ca.state_dir, kill->ca.crl_file,
                 (int)kill->alipay.port, (int)kill->sms.port, sane);
    check(length > 0 && (size_t)length < sizeof(text));
    (void)snprintf(kill->config, sizeof(kill->config), "%s/kiosk.yaml", kill->directory);
    check(file_replace(kill->config, text, (size_t)length, 0600, NULL) == STATUS_OK);
}

static void load_hall(struct kill_hall *kill)
{
    struct hall *hall = &kill->hall;
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    enum status status = settings_open(kill->config, NULL, NULL, &errors, &hall->settings);
    if (status == STATUS_OK)
        status = catalogue_open(hall->settings->paths_catalogue, &errors, &hall->catalogue);
    if (status != STATUS_OK)
        (void)fprintf(stderr, "%s\n", yaml_errors_text(&errors));
    check(status == STATUS_OK);
    yaml_errors_release(&errors);
    hall->time.clock = *clock_system();
    check(hall_key_file_create(hall->settings->hall_key_file, random_system(), NULL) == STATUS_OK);
    check(hall_key_file_open(hall->settings->hall_key_file, random_system(), &hall->hall_key, NULL) ==
          STATUS_OK);
    hall_add_clerk(hall, "chen");
    hall_add_clerk(hall, "lin"); /* signs beside the other one */
}

/* --- processes --------------------------------------------------------------------------------------- */

static void start_simulators(struct kill_hall *kill)
{
    char keys[96], secret[96], state[96];
    (void)snprintf(keys, sizeof(keys), "%s/alipay", kill->directory);
    (void)snprintf(secret, sizeof(secret), "%s/sms.secret", kill->directory);
    (void)snprintf(state, sizeof(state), "%s/gateway", kill->directory);
    check(mkdir(state, 0700) == 0);
    sim_client_start(&kill->alipay, state, pki_process_path(kill->build_dir, "sim-alipay"),
                     (const char *const[]){"--keys-dir", keys, "--die-with-parent", NULL});
    sim_client_start(
        &kill->sms, kill->directory, pki_process_path(kill->build_dir, "sim-sms"),
        (const char *const[]){"--secret-file", secret, "--limits", "no", "--die-with-parent", NULL});
    sim_client_start(&kill->scanner, kill->directory, pki_process_path(kill->build_dir, "sim-scanner"),
                     (const char *const[]){"--die-with-parent", NULL});
}

static int start_printer(struct kill_hall *kill)
{
    char state[96], port_file[96];
    struct buf port;
    int number = 0;
    (void)snprintf(state, sizeof(state), "%s/printer", kill->directory);
    (void)snprintf(port_file, sizeof(port_file), "%s/printer.port", kill->directory);
    kill->printer = pki_process_start((const char *const[]){pki_process_path(kill->build_dir, "sim-printer"),
                                                            "--state-dir", state, "--port-file", port_file,
                                                            "--die-with-parent", NULL});
    check(kill->printer > 0);
    buf_init(&port, 16);
    check(file_read(port_file, &port, NULL) == STATUS_OK);
    check(sscanf((const char *)port.data, "%d", &number) == 1);
    buf_release(&port);
    return number;
}

static void note_ca(const struct kill_hall *kill)
{
    char text[16];
    int length = snprintf(text, sizeof(text), "%d\n", (int)kill->ca.pid);
    check(file_replace(kill->ca_pid_file, text, (size_t)length, 0600, NULL) == STATUS_OK);
}

void kill_hall_watch(struct kill_hall *kill)
{
    if (kill->ca.pid > 0 && waitpid(kill->ca.pid, NULL, WNOHANG) != kill->ca.pid)
        return;
    pki_ca_restart(&kill->ca);
    note_ca(kill);
}

void kill_hall_open(struct kill_hall *kill, const char *source_dir, const char *build_dir)
{
    *kill = (struct kill_hall){0};
    (void)snprintf(kill->hall.source, sizeof(kill->hall.source), "%s", source_dir);
    (void)snprintf(kill->build_dir, sizeof(kill->build_dir), "%s", build_dir);
    pki_process_make_dir(kill->directory);
    (void)snprintf(kill->ca_pid_file, sizeof(kill->ca_pid_file), "%s/ca.pid", kill->directory);
    token_sim_open(&kill->keys);
    pki_ca_start(&kill->ca, build_dir);
    note_ca(kill);
    start_simulators(kill);
    write_config(kill, start_printer(kill));
    load_hall(kill);
    char host[512], module[512];
    (void)snprintf(host, sizeof(host), "%s/certhost", build_dir);
    (void)snprintf(module, sizeof(module), "%s/sim-key.so", build_dir);
    check(token_open(&(struct token_settings){.driver = "pkcs11", .host_program = host, .module = module},
                     &kill->token, NULL) == STATUS_OK);
}

void kill_hall_close(struct kill_hall *kill)
{
    token_close(kill->token);
    hall_key_close(&kill->hall.hall_key);
    catalogue_free(kill->hall.catalogue);
    settings_free(kill->hall.settings);
    sim_client_stop(&kill->alipay, SIGTERM);
    sim_client_stop(&kill->sms, SIGTERM);
    sim_client_stop(&kill->scanner, SIGTERM);
    (void)pki_process_stop(kill->printer, SIGTERM);
    pki_ca_end(&kill->ca);
    token_sim_close(&kill->keys);
    pki_process_remove_dir(kill->directory);
}

/* --- orders ------------------------------------------------------------------------------------------ */

void kill_hall_newest_order(struct kill_hall *kill, char order_id[ORDER_ID_BYTES])
{
    struct order order;
    size_t count = 0;
    struct store *store = hall_store(&kill->hall, "watcher");
    check(store_order_list(store, &(struct store_order_filter){.newest_first = true}, &order, 1, &count,
                           NULL) == STATUS_OK);
    store_close(store);
    (void)snprintf(order_id, ORDER_ID_BYTES, "%s", count == 0 ? "" : order.id);
}

/* Of a product whose certificates may leave as files, as if it had been paid. */
static void make_soft_order(struct kill_hall *kill, struct order *out)
{
    struct form_values values;
    const struct product *product = catalogue_find(kill->hall.catalogue, "dfca-hnzj-unit");
    const struct hall_order_choice choice = {product, product_find_operation(product, "new"),
                                             product->class_count > 0 ? product->classes[0].id : "", &values};
    form_sample_make(product_operation_form(product, choice.operation), &values);
    check(form_values_set(&values, "unit_id", HALL_CREDIT_CODE) == STATUS_OK);
    hall_order_make_with(&kill->hall, &choice, ORDER_STATE_ISSUING, out);
    form_values_wipe(&values);
}

void kill_hall_make_order(struct kill_hall *kill, enum kill_story story, const char *holder,
                          struct order *out)
{
    if (story == KILL_STORY_SOFT) {
        make_soft_order(kill, out);
        return;
    }
    const struct store_wish two = {.years = 1, .quantity = 2};
    struct hall_order_sum *sum = calloc(1, sizeof(*sum));
    check(sum != NULL);
    hall_order_make_of(&kill->hall, "ezca-cqzfcg", story == KILL_STORY_RENEWAL ? "renew" : "new",
                       ORDER_STATE_PAYING, out);
    struct store *store = hall_store(&kill->hall, "maker");
    if (story == KILL_STORY_TWO_KEYS)
        check(store_wish_insert(store, out->id, &two, NULL) == STATUS_OK);
    if (story == KILL_STORY_RENEWAL) {
        hall_order_sum(&kill->hall, holder, sum);
        for (size_t i = 0; i < sum->certificates; i++)
            if (sum->certificate[i].state == STORE_CERTIFICATE_CONFIRMED)
                check(store_subject_put(store, out->id, sum->certificate[i].request_id, "", NULL) ==
                      STATUS_OK);
    }
    store_close(store);
    free(sum);
}
