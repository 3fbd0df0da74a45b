/* sim-wechat plays WeChat Pay's API v3 (Native) on 127.0.0.1 for tests and the demonstration hall.
 *
 * It checks every signature with its own code, signs every reply, keeps a ledger of all money, and leaves
 * every order unpaid until somebody pays it through the control interface.
 *
 *   sim-wechat --keys-dir DIR [--app-id ID] [--merchant-id ID]
 *              [--port N] [--port-file FILE] [--state-dir DIR] [--log FILE] [--die-with-parent]
 *
 * The API's address is http://127.0.0.1:PORT. The product is configured with the files the first start makes
 * in DIR and the serials of sim_wechat_keys: merchant_key.pem, platform_cert.pem (or
 * platform_public_key.pem), api_v3.key. The ledger is STATE-DIR/wechat.json; without a state directory it
 * lives in memory.
 *
 * Control, for curl; parameters in the query or as a form. Without out_trade_no or qr_code the newest order
 * is meant. Answers are JSON; 404: no such order, 409: not in this state.
 *
 *   GET  /control/ledger            {"taken_fen","returned_fen","trades":[{"out_trade_no","status",
 *                                   "amount_fen","paid_count","returned_fen","qr_code","refunds":[..],..}]}
 *   POST /control/scan              the applicant scans the code; the order stays NOTPAY
 *   POST /control/pay[?late=1]      pays; late=1 pays a closed one too
 *   POST /control/close             the unpaid order is closed by the platform
 *   POST /control/expire            the unpaid order ends now
 *   POST /control/settle[?abnormal=1]   processing refunds move their money, or end ABNORMAL
 *   POST /control/fault?method=query&kind=K[&argument=A][&count=N]
 *                                   the next N calls (native, query, close, refund, refund-query,
 *                                   certificates; "*": of any) meet K
 *   GET  /control/faults, POST /control/clear, GET /control/health,
 *   POST /control/clock?advance_s=N as in sim_control.h
 *
 * Kinds that keep the work from being done:
 *   drop (no answer), http-500, rate-limit, refuse (argument: for example NOT_ENOUGH)
 * Kinds that come after the work is done:
 *   drop-reply, http-500-done, cut (half the body), garbage, delay (argument: ms),
 *   bad-sign, no-sign, old-sign (ten minutes ago), wrong-number, wrong-merchant, wrong-amount (argument:
 * fen), next-cert (signed with a certificate the product must fetch), rogue-cert (one nobody can fetch),
 *   duplicate (handled twice, the second answer is sent)
 * Kinds that change what happens:
 *   pay-first (paid in the moment before), refund-pending (see settle), refund-abnormal
 */
#include <string.h>

#include "drivers/simulators/common/sim_program.h"
#include "drivers/simulators/wechat/sim_wechat.h"
#include "kiosk/base/log.h"

static const char *const own_options[] = {"--keys-dir", "--app-id", "--merchant-id", NULL};

static const char *const fault_kinds[] = {
    "drop",      "http-500",       "rate-limit",      "refuse",       "drop-reply",   "http-500-done",
    "cut",       "delay",          "garbage",         "bad-sign",     "no-sign",      "old-sign",
    "next-cert", "rogue-cert",     "duplicate",       "wrong-amount", "wrong-number", "wrong-merchant",
    "pay-first", "refund-pending", "refund-abnormal", NULL,
};

static enum status begin(struct sim_wechat *sim, const struct sim_program *program, struct failure *failure)
{
    const char *keys_dir = sim_program_option(program, "--keys-dir", NULL);
    sim->app_id = sim_program_option(program, "--app-id", "wx0000000000000001");
    sim->merchant_id = sim_program_option(program, "--merchant-id", "1900000001");
    sim->control =
        (struct sim_control){.name = "sim-wechat", .more = sim_wechat_control_more, .context = sim};
    sim_faults_init(&sim->control.faults, fault_kinds);
    if (keys_dir == NULL)
        return failure_set(failure, STATUS_CONFIG, "arguments", 0, "--keys-dir is missing");
    enum status status = sim_log_open(&sim->control.log, program->log_file, failure);
    if (status == STATUS_OK)
        status = sim_wechat_keys_open(keys_dir, &sim->keys, failure);
    if (status == STATUS_OK)
        status = sim_wechat_ledger_open(&sim->ledger, program->state_dir, failure);
    return status;
}

int main(int argc, char **argv)
{
    struct sim_program program;
    struct sim_wechat sim = {0};
    struct sim_http *server = NULL;
    struct failure failure = {0};
    if (sim_program_begin(&program, "sim-wechat", argc, argv, own_options) != STATUS_OK)
        return program.is_help ? 0 : 2;
    struct sim_http_settings settings = {
        .port = program.port, .handler = sim_wechat_gateway, .control = sim_wechat_control, .context = &sim};
    enum status status = begin(&sim, &program, &failure);
    if (status == STATUS_OK)
        status = sim_http_start(&settings, &server, &failure);
    if (status == STATUS_OK)
        status = sim_program_ready(&program, sim_http_port(server));
    if (status == STATUS_OK)
        sim_program_wait();
    else
        log_failure("sim-wechat", "start", status, &failure);
    sim_http_stop(server);
    sim_wechat_ledger_release(&sim.ledger);
    sim_wechat_keys_free(sim.keys);
    sim_log_close(&sim.control.log);
    return status == STATUS_OK ? 0 : 1;
}
