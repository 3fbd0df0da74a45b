/* sim-alipay plays Alipay's OpenAPI gateway on 127.0.0.1 for tests and the demonstration hall.
 *
 * It checks every signature with its own code, signs every answer, keeps a ledger of all money, and leaves
 * every trade unpaid until somebody pays it through the control interface.
 *
 *   sim-alipay --keys-dir DIR [--app-id ID] [--seller-id ID] [--mode certificate|public-key]
 *              [--port N] [--port-file FILE] [--state-dir DIR] [--log FILE] [--die-with-parent]
 *
 * The gateway's address is http://127.0.0.1:PORT/gateway.do. The product is configured with the files the
 * first start makes in DIR: app_key.pem, app_cert.pem, alipay_cert.pem, root_cert.pem (or
 * alipay_public_key.pem). The ledger is STATE-DIR/ledger.json; without a state directory it lives in memory.
 *
 * Control, for curl; parameters in the query or as a form. Without out_trade_no or qr_code the newest trade
 * is meant. Answers are JSON; 404: no such trade, 409: not in this state.
 *
 *   GET  /control/ledger            (also /control/trades) {"taken_fen","returned_fen","trades":[
 *                                   {"out_trade_no","trade_no","status","amount_fen","paid_count",
 *                                   "returned_fen","qr_code","refunds":[..],..}]}
 *   POST /control/scan              the applicant scans the code: WAIT_BUYER_PAY
 *   POST /control/pay[?late=1]      scans when needed and pays; late=1 pays a closed or cancelled one too
 *   POST /control/close             the waiting trade is closed by the gateway
 *   POST /control/expire            code and unpaid trade end now
 *   POST /control/finish            the paid trade can no longer be refunded: TRADE_FINISHED
 *   POST /control/settle            pending refunds move their money
 *   GET  /control/notify[?forge=1]  the body of the notification for the trade, rightly signed or forged
 *   POST /control/fault?method=alipay.trade.query&kind=K[&argument=A][&count=N]
 *                                   the next N calls of the method ("*": of any) meet K
 *   GET  /control/faults, POST /control/clear, GET /control/health,
 *   POST /control/clock?advance_s=N as in sim_control.h
 *
 * Kinds that keep the work from being done:
 *   drop (no answer), http-500, 20000, rate-limit, retry (cancel only),
 *   sub-code (argument: for example ACQ.SELLER_BALANCE_NOT_ENOUGH)
 * Kinds that come after the work is done:
 *   drop-reply, http-500-done, 20000-done, cut (half the body), garbage, delay (argument: ms),
 *   bad-sign, no-sign, wrong-number, wrong-seller, wrong-amount (argument: yuan),
 *   next-cert (signed with a certificate the product must fetch), rogue-cert (one that chains to nobody),
 *   duplicate (handled twice, the second answer is sent)
 * Kinds that change what happens:
 *   pay-first (paid in the moment before), refund-pending (refund only; see settle)
 */
#include <string.h>

#include "drivers/simulators/alipay/sim_alipay.h"
#include "drivers/simulators/common/sim_program.h"
#include "kiosk/base/log.h"

static const char *const own_options[] = {"--keys-dir", "--app-id", "--seller-id", "--mode", NULL};

static const char *const fault_kinds[] = {
    "drop",         "http-500",       "20000",      "rate-limit",    "sub-code",
    "retry",        "drop-reply",     "20000-done", "http-500-done", "cut",
    "delay",        "garbage",        "bad-sign",   "no-sign",       "wrong-amount",
    "wrong-number", "wrong-seller",   "next-cert",  "rogue-cert",    "duplicate",
    "pay-first",    "refund-pending", NULL,
};

static enum status begin(struct sim_alipay *sim, const struct sim_program *program, struct failure *failure)
{
    const char *keys_dir = sim_program_option(program, "--keys-dir", NULL);
    const char *mode = sim_program_option(program, "--mode", "certificate");
    sim->app_id = sim_program_option(program, "--app-id", "2021000000000001");
    sim->seller_id = sim_program_option(program, "--seller-id", "2088000000000001");
    sim->has_certificates = strcmp(mode, "certificate") == 0;
    sim->control =
        (struct sim_control){.name = "sim-alipay", .more = sim_alipay_control_more, .context = sim};
    sim_faults_init(&sim->control.faults, fault_kinds);
    if (keys_dir == NULL || (!sim->has_certificates && strcmp(mode, "public-key") != 0))
        return failure_set(failure, STATUS_CONFIG, "arguments", 0,
                           "--keys-dir is missing or --mode is not known");
    enum status status = sim_log_open(&sim->control.log, program->log_file, failure);
    if (status == STATUS_OK)
        status = sim_alipay_keys_open(keys_dir, &sim->keys, failure);
    if (status == STATUS_OK)
        status = sim_alipay_ledger_open(&sim->ledger, program->state_dir, failure);
    return status;
}

int main(int argc, char **argv)
{
    struct sim_program program;
    struct sim_alipay sim = {0};
    struct sim_http *server = NULL;
    struct failure failure = {0};
    if (sim_program_begin(&program, "sim-alipay", argc, argv, own_options) != STATUS_OK)
        return program.is_help ? 0 : 2;
    struct sim_http_settings settings = {
        .port = program.port, .handler = sim_alipay_gateway, .control = sim_alipay_control, .context = &sim};
    enum status status = begin(&sim, &program, &failure);
    if (status == STATUS_OK)
        status = sim_http_start(&settings, &server, &failure);
    if (status == STATUS_OK)
        status = sim_program_ready(&program, sim_http_port(server));
    if (status == STATUS_OK)
        sim_program_wait();
    else
        log_failure("sim-alipay", "start", status, &failure);
    sim_http_stop(server);
    sim_alipay_ledger_release(&sim.ledger);
    sim_alipay_keys_free(sim.keys);
    sim_log_close(&sim.control.log);
    return status == STATUS_OK ? 0 : 1;
}
