/* Service state: what struct services is, for services.c, its requests and the patches.
 *
 * Inside kiosk/services only. Everything here belongs to the screen thread but the contexts, each of which
 * belongs to its worker's thread once that runs.
 * Pitfall: a worker that is not running (a desk has no scanner) answers nothing; services_send then answers
 * UNSUPPORTED itself.
 */
#ifndef KIOSK_SERVICES_SERVICE_STATE_H
#define KIOSK_SERVICES_SERVICE_STATE_H

#include "kiosk/services/service_context.h"

struct services {
    struct services_settings settings;
    struct service_context contexts[SERVICE_WORKER_COUNT_];
    struct worker *workers[SERVICE_WORKER_COUNT_];
    struct hall_key hall_key;
    int owner_lock; /* of settings.owner, -1 for none */
    struct http *http;
    struct service_shared shared;
    struct service_job *unsent; /* answers of workers that do not run */
    uint64_t last_id;
    bool has_wechat; /* the hall takes it beside the first channel */
    bool has_voice;  /* codes can be read aloud */
    bool has_phone;  /* an external service recognises people */
    bool has_reader; /* of identity cards */
    uint64_t visit_number;
    struct job_cancel *scan_cancel;  /* of the running scan, NULL when none */
    struct job_cancel *card_cancel;  /* of the card being waited for, NULL when none */
    struct job_cancel *visit_cancel; /* of what nobody waits for once the visit is over */
    struct service_visit visit;
    struct form_values values;
    struct service_key key;
    struct service_devices devices;
    struct service_supervision supervision;
    struct service_desk desk;
};

/* The job is on its way to its worker. Returns: its id. Owns: the queue takes the job. */
uint64_t services_send(struct services *services, struct service_job *job);
/* The desk sees the devices as they are now. */
void services_tell_devices(struct services *services);
/* Every worker knows whose visit is on the screen. */
void services_tell_visit(struct services *services);

#endif
