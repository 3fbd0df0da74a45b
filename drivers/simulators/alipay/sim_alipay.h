/* Sim alipay: the state all parts of the simulator share. What it does and how it is controlled stands in
 * sim_alipay_main.c.
 *
 * Everything here is touched under the server's lock only. Pitfall: nothing is taken from drivers/payment; a
 * mistake made there must not be made here a second time.
 */
#ifndef DRIVERS_SIMULATORS_ALIPAY_SIM_ALIPAY_H
#define DRIVERS_SIMULATORS_ALIPAY_SIM_ALIPAY_H

#include "drivers/simulators/alipay/sim_alipay_keys.h"
#include "drivers/simulators/alipay/sim_alipay_ledger.h"
#include "drivers/simulators/common/sim_control.h"

struct sim_alipay {
    struct sim_control control;
    struct sim_alipay_ledger ledger;
    struct sim_alipay_keys *keys; /* owned by main */
    const char *app_id;
    const char *seller_id;
    bool has_certificates; /* certificate mode, else public-key mode */
};

/* Answers the gateway's own address, /gateway.do. Thread: as sim_http_handler; the context is the simulator.
 */
void sim_alipay_gateway(void *context, const struct sim_http_request *request, struct sim_http_reply *reply);

/* Answers /control/. Thread: as sim_http_handler; the context is the simulator. */
void sim_alipay_control(void *context, const struct sim_http_request *request, struct sim_http_reply *reply);

/* The simulator's own paths under /control/; handed to sim_control. */
void sim_alipay_control_more(void *context, const struct sim_http_request *request,
                             struct sim_http_reply *reply);

/* The method is done and its answer's inner object returned; an unknown method is an answer too.
 * Owns: the caller frees it. */
struct json *sim_alipay_method(struct sim_alipay *sim, const char *method, const struct json *biz);

/* An inner object that says this. Owns: the caller frees it. */
struct json *sim_alipay_answer(const char *code, const char *message, const char *sub_code);

/* The trade is scanned now when it was a living code. Returns: whether it is a trade. */
bool sim_alipay_scan(struct sim_alipay *sim, struct sim_alipay_trade *trade);

/* What time did to the trade is done. */
void sim_alipay_age(struct sim_alipay *sim, struct sim_alipay_trade *trade);

/* "480.00" for 48000 fen and back; the simulator's own arithmetic.
 * Returns: whether the text is an amount between 0.01 and 100000000.00. */
void sim_alipay_yuan(int64_t fen, char out[32]);
bool sim_alipay_fen(const char *yuan, int64_t *fen);

/* The UTC time as hall time "yyyy-MM-dd HH:mm:ss", and back. Returns: 0 for anything else. */
void sim_alipay_hall_time(int64_t utc_s, char out[32]);
int64_t sim_alipay_utc_s(const char *hall_time);

#endif
