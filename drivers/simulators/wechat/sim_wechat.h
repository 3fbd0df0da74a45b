/* Sim wechat: the state all parts of the simulator share. What it does and how it is controlled stands in
 * sim_wechat_main.c.
 *
 * Everything here is touched under the server's lock only. Pitfall: nothing is taken from drivers/payment; a
 * mistake made there must not be made here a second time.
 */
#ifndef DRIVERS_SIMULATORS_WECHAT_SIM_WECHAT_H
#define DRIVERS_SIMULATORS_WECHAT_SIM_WECHAT_H

#include "drivers/simulators/common/sim_control.h"
#include "drivers/simulators/wechat/sim_wechat_keys.h"
#include "drivers/simulators/wechat/sim_wechat_ledger.h"

struct sim_wechat {
    struct sim_control control;
    struct sim_wechat_ledger ledger;
    struct sim_wechat_keys *keys; /* owned by main */
    const char *app_id;
    const char *merchant_id;
};

/* What one call of the API answers. */
struct sim_wechat_said {
    int code;
    struct json *content; /* owned by the caller; NULL for an empty body */
};

/* One call of the API, read and believed. */
struct sim_wechat_asked {
    const char *name;        /* as faults name it: native, query, close, refund, refund-query, certificates */
    const char *number;      /* in the path, or ""; borrowed */
    const char *body_text;   /* as sent; borrowed */
    const struct json *body; /* NULL for GET */
};

/* Answers the API's paths. Thread: as sim_http_handler; the context is the simulator. */
void sim_wechat_gateway(void *context, const struct sim_http_request *request, struct sim_http_reply *reply);

/* Answers /control/. Thread: as sim_http_handler; the context is the simulator. */
void sim_wechat_control(void *context, const struct sim_http_request *request, struct sim_http_reply *reply);

/* The simulator's own paths under /control/; handed to sim_control. */
void sim_wechat_control_more(void *context, const struct sim_http_request *request,
                             struct sim_http_reply *reply);

/* The call is done. Owns: the caller frees what is said. */
struct sim_wechat_said sim_wechat_do(struct sim_wechat *sim, const struct sim_wechat_asked *asked);

/* {"code":..,"message":..} under this HTTP code. Owns: the caller frees it. */
struct sim_wechat_said sim_wechat_refuse(int http_code, const char *code);

/* What time did to the order is done. */
void sim_wechat_age(struct sim_wechat *sim, struct sim_wechat_order *trade);

#endif
