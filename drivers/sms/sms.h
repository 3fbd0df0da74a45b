/* Sms: sends one verification code, as a message or read aloud in a call, or one notice, to one mobile
 * number.
 *
 * A driver speaks to one service. Making codes, their life, the counting of tries and sends is not its
 * business: the service layer keeps those rules. What goes wrong at a counter: the service limits a number to
 * one message a minute, the reply is lost although the message went out, the template was withdrawn. Result
 * classes:
 *
 *   OK         accepted by the service; *out names it
 *   REFUSED    this number cannot be reached (wrong, blocked): say so to the applicant
 *   BUSY       "retry later": a limit of the service, or it is not reachable; nothing was sent
 *   UNKNOWN    it may have been sent; no automatic repeat within 60 s
 *   CONFIG     key, signature, template or account: staff must act
 *   CANCELLED  the cancel object was set before anything was sent
 *
 * Pitfall: number and code are personal and secret: neither stands in a failure or a log.
 */
#ifndef DRIVERS_SMS_SMS_H
#define DRIVERS_SMS_SMS_H

#include <stddef.h>
#include <stdint.h>

#include "drivers/net/http.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/job.h"
#include "kiosk/base/random.h"
#include "kiosk/base/secret.h"

enum { SMS_ID_BYTES = 65 };

struct sms_call {
    int64_t timeout_ms;              /* for the whole call, from now; above 0 */
    const struct job_cancel *cancel; /* may be NULL */
};

enum sms_channel {
    SMS_TEXT,
    SMS_VOICE /* the number is called and the code read aloud */
};

/* One blank of a template and what is written into it. */
struct sms_parameter {
    const char *name;
    const char *value;
};

/* A code, or with `template_code` a notice: then code, purpose and minutes are not looked at. */
struct sms_message {
    enum sms_channel channel;
    const char *number;        /* 11 digits, mainland mobile */
    const char *purpose;       /* "login", "resume": chooses the template where a site has several */
    const struct secret *code; /* digits */
    int minutes;               /* how long the code lives, said in the message */
    const char *request_id;    /* ours, echoed in receipts; printable ASCII; may be "" */
    const char *template_code; /* of a notice; NULL for a code */
    const struct sms_parameter *parameters; /* of a notice */
    size_t parameter_count;
};

struct sms_receipt {
    char id[SMS_ID_BYTES]; /* the service's number of the message */
};

/* What a driver offers: each entry is a must, runs on the SMS thread only, waits at most call->timeout_ms,
 * gives up early when the cancel object is set, and leaves *out unchanged on failure. */
struct sms_ops {
    const char *name; /* static text */
    enum status (*send)(void *context, const struct sms_call *call, const struct sms_message *message,
                        struct sms_receipt *out, struct failure *failure);
    enum status (*probe)(void *context, const struct sms_call *call, struct failure *failure);
    void (*close)(void *context);
};

struct sms;

/* A service over these functions; called by drivers only.
 * Returns: NO_MEMORY, and then the context is still the caller's.
 * Owns: the service takes the context and ends it with ops->close. */
enum status sms_new_take(const struct sms_ops *ops, void *context, struct sms **out);

/* The settings of all drivers; a driver reads only its own. Texts are copied by sms_open. */
struct sms_settings {
    const char *driver;          /* "http", "fake" or "none" */
    const struct clock *clock;   /* borrowed for the life of the service */
    const struct random *random; /* borrowed likewise; makes nonces */
    struct http *http;           /* borrowed likewise; NULL for fake and none */

    /* http: Aliyun SendSms and SingleCallByTts, version 2017-05-25 */
    const char *base_url; /* scheme and host, for example "https://dysmsapi.aliyuncs.com" */
    const char *access_key_id;
    const char
        *access_key_secret_file; /* the secret alone in a file, mode 0600; one trailing line end is cut */
    const char *sign_name;
    const char *template_code;        /* for every purpose */
    const char *template_code_resume; /* for purpose "resume"; "" means template_code */
    const char *voice_url;            /* of the calls, "" when the service makes none */
    const char *voice_template_code;  /* what is read aloud; "" likewise */
    const char *minutes_parameter;    /* name of the template's minutes parameter; "" when it has none */
};

/* The service of this name is ready; nothing was sent.
 * Returns: NOT_FOUND (no such driver), CONFIG (a setting is missing or unreadable), NO_MEMORY.
 * Owns: the caller closes it with sms_close. */
enum status sms_open(const struct sms_settings *settings, struct sms **out, struct failure *failure);

/* The service is gone, its secret wiped; NULL is allowed. */
void sms_close(struct sms *sms);

/* The service's stable name, as settings->driver. Thread: any. */
const char *sms_name(const struct sms *sms);

/* The message was accepted by the service.
 * Returns: the classes above; UNSUPPORTED for a call of a service that makes none. Thread: the SMS thread.
 * Time: until call->timeout_ms or cancel. */
enum status sms_send(struct sms *sms, const struct sms_call *call, const struct sms_message *message,
                     struct sms_receipt *out, struct failure *failure);

/* The service answers; no message is sent. For doctor and the desk.
 * Returns: OK, BUSY, UNKNOWN, CONFIG. Thread: the SMS thread. Time: until call->timeout_ms or cancel. */
enum status sms_probe(struct sms *sms, const struct sms_call *call, struct failure *failure);

#endif
