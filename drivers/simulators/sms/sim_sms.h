/* Sim sms: the state all parts of the simulator share. What it does and how it is controlled stands in
 * sim_sms_main.c.
 *
 * Everything here is touched under the server's lock only. Pitfall: nothing is taken from drivers/sms; a
 * mistake made there must not be made here a second time.
 */
#ifndef DRIVERS_SIMULATORS_SMS_SIM_SMS_H
#define DRIVERS_SIMULATORS_SMS_SIM_SMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/simulators/common/sim_control.h"
#include "drivers/simulators/common/sim_form.h"

enum { SIM_SMS_MESSAGES = 512, SIM_SMS_NONCES = 1024, SIM_SMS_TEXT_BYTES = 512 };

struct sim_sms_message {
    char number[16];
    char code[32];
    char text[SIM_SMS_TEXT_BYTES];
    char out_id[96];
    char template_code[48];
    char biz_id[48];
    bool spoken; /* in a call */
    int64_t utc_s;
};

struct sim_sms {
    struct sim_control control;
    struct sim_log messages_file; /* one JSON line per message */
    const char *key_id;
    char secret[96];
    const char *sign_name;
    bool has_limits;
    size_t count;
    struct sim_sms_message messages[SIM_SMS_MESSAGES]; /* a ring */
    size_t nonce_count;
    char nonces[SIM_SMS_NONCES][96]; /* a ring */
};

/* What keeps the request from being believed: key, time, nonce, signature.
 * Returns: NULL for nothing, else the service's Code, static text. */
const char *sim_sms_check(struct sim_sms *sim, const struct sim_http_request *request,
                          const struct sim_form *query);

/* The message, or the call, is taken and kept, or refused.
 * Returns: "OK" or the service's Code, static text. */
const char *sim_sms_take(struct sim_sms *sim, const struct sim_form *query, bool is_call,
                         struct sim_sms_message **out);

/* Answers the service's own address, "/". Thread: as sim_http_handler; the context is the simulator. */
void sim_sms_service(void *context, const struct sim_http_request *request, struct sim_http_reply *reply);

/* Answers /control/, and its own paths below it. Thread: as sim_http_handler. */
void sim_sms_control(void *context, const struct sim_http_request *request, struct sim_http_reply *reply);
void sim_sms_control_more(void *context, const struct sim_http_request *request,
                          struct sim_http_reply *reply);

#endif
