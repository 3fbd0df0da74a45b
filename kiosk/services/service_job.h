/* Service job: one request on its way to a worker and back, with what it found out.
 *
 * Inside kiosk/services only. The worker fills the result and the patch; the screen thread applies the patch
 * to the views (service_patch.h) and hands the reply out. Everything in it may be personal: it is wiped when
 * freed. Pitfall: a patch tells what is stored; never fill one before the store said OK.
 */
#ifndef KIOSK_SERVICES_SERVICE_JOB_H
#define KIOSK_SERVICES_SERVICE_JOB_H

#include "kiosk/base/job.h"
#include "kiosk/services/service_patch.h"
#include "kiosk/services/services.h"

/* What is asked; each kind reads its own members. */
struct service_request {
    char order_id[ORDER_ID_BYTES];
    char phone[SERVICE_PHONE_BYTES];
    enum service_login login;      /* how it was proven */
    char text[ORDER_REASON_BYTES]; /* ticket, end of a number, clerk's name, reason, screen name */
    char more[ORDER_NAME_BYTES];   /* paper, field, channel */
    char appointment[SERVICE_APPOINTMENT_BYTES]; /* a partner's code; "" for none */
    char question[256];                          /* of a holder, set anew */
    struct secret secret;                        /* code, password, PIN */
    struct secret file_secret;                   /* desk: opens a file that is written */
    enum order_event event;
    bool flag;
    bool is_call; /* presence: the flag says whether a clerk is called */
    int width_px;
    const struct product *product;
    const struct product_operation *operation;
    char class_id[ORDER_NAME_BYTES];
    struct service_wish wish;
    char copy_of[ORDER_ID_BYTES];         /* whose values a new order takes over, "" for none */
    char reason[ORDER_NAME_BYTES];        /* why the operation is asked for, "" for none */
    char holder_order_id[ORDER_ID_BYTES]; /* that made the certificate of the proven key; "" for none */
    char evidence[SERVICE_CERTIFICATE_FILE_BYTES]; /* number of an order whose papers prove something, or a
                                                      file; "" */
    char holder_request_id[ORDER_ID_BYTES];        /* the certificate of the key that was read; "" for none */
    struct form_values *values;                    /* owned, may be NULL */
    struct order_rejections *rejections;           /* owned, may be NULL */
    struct service_audit_filter *audit;            /* owned, may be NULL */
    uint8_t displayed_hash[32];                    /* desk: of what the clerk saw */
    int64_t version;                               /* desk: of the order the clerk saw */
    struct service_devices devices;                /* presence: as the screen thread knows them */
    struct service_invoice_title title;            /* desk: of a corrected invoice */
    struct service_hand_note note;                 /* desk: of money that passed by hand */
    struct service_originals originals;            /* desk: what was handed in on paper */
    struct service_unit_act unit_act;              /* among a unit's people */
    struct service_stock_act *stock;               /* owned, may be NULL */
    struct service_act act;                        /* desk: what is to be done at a terminal */
};

struct service_job {
    struct job job; /* first: the queue's */
    enum service_kind kind;
    uint64_t id;    /* what the screen knows it by; 0 for a report */
    uint64_t visit; /* the visit that asked */
    struct service_request request;
    enum service_reason reason;
    int64_t number;
    struct failure failure;
    struct service_image *image; /* owned, may be NULL */
    struct service_patch *patch; /* owned, may be NULL */
};

/* A job of this kind, empty. Returns: never NULL. Owns: the caller, until a queue takes it. */
struct service_job *service_job_new(enum service_kind kind);
/* The job and all it holds are wiped and given back; the callback of worker_stop. */
void service_job_free(struct job *job);
/* The outcome is set. Returns: the status given. */
enum status service_job_end(struct service_job *job, enum status status, enum service_reason reason,
                            int64_t number);
/* The job is refused for this reason. Returns: REFUSED, for the caller's `status =`. */
enum status service_job_refuse(struct service_job *job, enum service_reason reason, int64_t number);
/* The outcome is set, with the reason given before or, without one, the store's word for the status. */
void service_job_finish(struct service_job *job, enum status status);
/* The job's patch, made when there is none yet. Returns: never NULL. */
struct service_patch *service_job_patch(struct service_job *job);

/* The request's text, name and secret are these, cut when they are too long. Owns: copied. */
void service_request_give_text(struct service_request *request, const char *text);
void service_request_give_name(struct service_request *request, const char *name);
void service_request_give_secret(struct service_request *request, const struct secret *secret);

#endif
