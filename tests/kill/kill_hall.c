#include "tests/kill/kill_hall.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drivers/scanner/scanner_setup.h"
#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "kiosk/base/json.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/pki/signature.h"
#include "kiosk/store/db.h"
#include "kiosk/store/hall_key_file.h"
#include "tests/support/pki_process.h"

/* --- settings ---------------------------------------------------------------------------------------- */

static const char config_text[] =
    "terminal: {id: terminal-01, number: '01'}\n"
    "desk: {id: desk-01}\n"
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

/* --- the database ------------------------------------------------------------------------------------ */

static struct db *open_database(const struct kill_hall *kill)
{
    struct db *db = NULL;
    check(db_open(&(struct db_settings){.path = kill->hall.settings->store_file,
                                        .busy_ms = 5000,
                                        .only_existing = true},
                  &db, NULL) == STATUS_OK);
    return db;
}

/* The first column of the first row as text. */
static void ask_text(struct db *db, const char *sql, const char *parameter, char *out, size_t size)
{
    struct db_rows *rows = NULL;
    *out = 0;
    check(db_query(db, sql, DB_PARAMS(db_text(parameter)), &rows, NULL) == STATUS_OK);
    if (db_rows_next(rows, NULL) == STATUS_OK)
        (void)snprintf(out, size, "%s", db_column_text(rows, 0));
    db_rows_end(rows);
}

static int64_t ask_number(struct db *db, const char *sql, const char *parameter)
{
    struct db_rows *rows = NULL;
    check(db_query(db, sql, DB_PARAMS(db_text(parameter)), &rows, NULL) == STATUS_OK);
    int64_t number = db_rows_next(rows, NULL) == STATUS_OK ? db_column_integer(rows, 0) : 0;
    db_rows_end(rows);
    return number;
}

void kill_hall_newest_order(struct kill_hall *kill, char order_id[ORDER_ID_BYTES])
{
    struct db *db = open_database(kill);
    ask_text(db, "SELECT id FROM orders WHERE ?1 = '' ORDER BY number DESC LIMIT 1", "", order_id,
             ORDER_ID_BYTES);
    db_close(db);
}

/* --- judging ----------------------------------------------------------------------------------------- */

struct verdict {
    struct kill_hall *kill;
    struct db *db;
    const char *order_id;
    char state[32];
    char *out;
    size_t size;
};

static void complain(struct verdict *verdict, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void complain(struct verdict *verdict, const char *format, ...)
{
    size_t used = strlen(verdict->out);
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(verdict->out + used, verdict->size - used, format, arguments);
    va_end(arguments);
    used = strlen(verdict->out);
    (void)snprintf(verdict->out + used, verdict->size - used, "; ");
}

static bool is_done(const struct verdict *verdict)
{
    return strcmp(verdict->state, "done") == 0;
}

/* No order charged twice; money is kept for a finished order and for no other. */
static void judge_money(struct verdict *verdict)
{
    struct json *ledger = sim_client_get(&verdict->kill->alipay, "/control/ledger");
    const struct json *trades = json_member(ledger, "trades");
    int64_t kept_fen = 0;
    check(ledger != NULL);
    for (size_t i = 0; i < json_length(trades); i++) {
        const struct json *trade = json_element(trades, i);
        char owner[ORDER_ID_BYTES];
        ask_text(verdict->db, "SELECT order_id FROM payment WHERE out_trade_no = ?1",
                 json_text(trade, "out_trade_no", ""), owner, sizeof(owner));
        if (owner[0] == 0)
            complain(verdict, "the gateway has a trade the store does not know");
        if (strcmp(owner, verdict->order_id) == 0)
            kept_fen += json_number(trade, "paid_count", 0) * json_number(trade, "amount_fen", 0) -
                        json_number(trade, "returned_fen", 0);
    }
    json_free(ledger);
    int64_t due_fen = is_done(verdict) ? 48000 : 0;
    if (kept_fen != due_fen)
        complain(verdict, "the gateway keeps %lld fen of an order that is %s", (long long)kept_fen,
                 verdict->state);
}

/* No two unrevoked certificates; one for a finished order and none for any other; none nobody asked for. */
static void judge_certificates(struct verdict *verdict, char serial[STORE_CERTIFICATE_SERIAL_BYTES])
{
    struct buf list = pki_ca_list(&verdict->kill->ca);
    int valid = 0;
    *serial = 0;
    for (char *rest = NULL, *line = strtok_r((char *)list.data, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        struct json *record = NULL;
        char owner[ORDER_ID_BYTES];
        if (json_parse(line, strlen(line), &record) != STATUS_OK)
            continue;
        const char *state = json_text(record, "state", "");
        bool is_valid = strcmp(state, "issued") == 0 || strcmp(state, "confirmed") == 0;
        ask_text(verdict->db, "SELECT order_id FROM certificate WHERE request_id = ?1",
                 json_text(record, "id", ""), owner, sizeof(owner));
        if (owner[0] == 0)
            complain(verdict, "the authority has a certificate the store does not know");
        if (is_valid && strcmp(owner, verdict->order_id) == 0) {
            valid++;
            (void)snprintf(serial, STORE_CERTIFICATE_SERIAL_BYTES, "%s", json_text(record, "serial", ""));
        }
        json_free(record);
    }
    buf_release(&list);
    if (valid != (is_done(verdict) ? 1 : 0))
        complain(verdict, "%d unrevoked certificates of an order that is %s", valid, verdict->state);
}

static enum status sign_and_check(struct token *token, const struct token_identity *identity,
                                  const struct token_key_id *id, struct bytes certificate)
{
    struct secret pin = {0};
    struct buf signature;
    uint8_t challenge[32];
    random_fill(random_system(), challenge, sizeof(challenge));
    buf_init(&signature, LIMIT_CERTIFICATE_BYTES);
    enum status status = secret_set(&pin, HALL_PIN, strlen(HALL_PIN));
    if (status == STATUS_OK)
        status = token_sign(token, identity, &pin, id, challenge, sizeof(challenge), &signature, NULL);
    if (status == STATUS_OK)
        status = signature_check(certificate, bytes_view(challenge, sizeof(challenge)),
                                 bytes_of_buf(&signature), NULL);
    buf_release(&signature);
    return status;
}

/* A finished order's key carries that certificate and signs with the holder's PIN. */
static void judge_key(struct verdict *verdict, const char *serial)
{
    struct token *token = verdict->kill->token;
    struct token_info info;
    struct token_key_id id;
    struct certificate_summary summary = {0};
    struct buf der;
    char owner[ORDER_ID_BYTES] = "";
    buf_init(&der, LIMIT_CERTIFICATE_BYTES);
    enum status status = token_look(token, &info, NULL);
    if (status == STATUS_OK && info.identity.mark[0] != 0)
        ask_text(verdict->db, "SELECT order_id FROM token_key WHERE mark = ?1", info.identity.mark, owner,
                 sizeof(owner));
    if (status == STATUS_OK && info.presence != TOKEN_BLANK && strcmp(owner, verdict->order_id) != 0)
        complain(verdict, "the key in the writer belongs to nobody");
    if (is_done(verdict)) {
        if (status == STATUS_OK)
            status = token_read_certificate(token, &info.identity, TOKEN_ROLE_SIGN, NULL, &der, &id, NULL);
        if (status == STATUS_OK)
            status = certificate_summarize(bytes_of_buf(&der), &summary, NULL);
        if (status == STATUS_OK && strcmp(summary.serial, serial) != 0)
            complain(verdict, "the key carries another certificate");
        if (status == STATUS_OK)
            status = sign_and_check(token, &info.identity, &id, bytes_of_buf(&der));
        if (status != STATUS_OK)
            complain(verdict, "the key does not work: %s", status_name(status));
    }
    buf_release(&der);
}

static void judge_store(struct verdict *verdict)
{
    const char *id = verdict->order_id;
    if (ask_number(verdict->db, "SELECT count(*) FROM token_key WHERE order_id = ?1 AND state = 'in-work'",
                   id) != 0)
        complain(verdict, "a key is still in work");
    if (ask_number(verdict->db, "SELECT count(*) FROM token_key WHERE order_id = ?1 AND state = 'delivered'",
                   id) != (is_done(verdict) ? 1 : 0))
        complain(verdict, "not the one delivered key");
    if (ask_number(verdict->db,
                   "SELECT count(*) FROM intention WHERE order_id = ?1 AND state = 'open'"
                   " AND kind <> 'close-payment'",
                   id) != 0)
        complain(verdict, "an act is still open");
    if (ask_number(verdict->db,
                   "SELECT count(*) FROM payment WHERE order_id = ?1 AND state IN ('created', 'shown',"
                   " 'closing', 'late-paid', 'refunding', 'refund-alarm')",
                   id) != 0)
        complain(verdict, "a payment is still open");
}

void kill_hall_judge(struct kill_hall *kill, const char *order_id, char *out, size_t size)
{
    struct verdict verdict = {.kill = kill, .order_id = order_id, .out = out, .size = size};
    char serial[STORE_CERTIFICATE_SERIAL_BYTES] = "";
    *out = 0;
    verdict.db = open_database(kill);
    ask_text(verdict.db, "SELECT state FROM orders WHERE id = ?1", order_id, verdict.state,
             sizeof(verdict.state));
    if (!is_done(&verdict) && strcmp(verdict.state, "refunded") != 0)
        complain(&verdict, "the order is %s", verdict.state[0] == 0 ? "lost" : verdict.state);
    judge_money(&verdict);
    judge_certificates(&verdict, serial);
    judge_key(&verdict, serial);
    judge_store(&verdict);
    db_close(verdict.db);
}

void kill_hall_judge_help(struct kill_hall *kill, const char *order_id, char *out, size_t size)
{
    static const char *const kinds[] = {"message", "lock", "unlock", "end"};
    struct verdict verdict = {.kill = kill, .order_id = order_id, .out = out, .size = size};
    char sql[160];
    *out = 0;
    verdict.db = open_database(kill);
    ask_text(verdict.db, "SELECT state FROM orders WHERE id = ?1", order_id, verdict.state,
             sizeof(verdict.state));
    if (strcmp(verdict.state, "paying") != 0)
        complain(&verdict, "the order is %s", verdict.state[0] == 0 ? "lost" : verdict.state);
    if (ask_number(verdict.db, "SELECT count(*) FROM supervision WHERE state <> 'done' AND ?1 = ''", "") != 0)
        complain(&verdict, "an act of the clerk is still open");
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        (void)snprintf(sql, sizeof(sql),
                       "SELECT count(*) FROM supervision WHERE order_id = ?1 AND outcome = 'effect'"
                       " AND kind = '%s'",
                       kinds[i]);
        int64_t effects = ask_number(verdict.db, sql, order_id);
        if (effects != 1)
            complain(&verdict, "%s had its effect %lld times", kinds[i], (long long)effects);
    }
    db_close(verdict.db);
}
