/* Service doctor: everything the terminal depends on is looked at once, and told with what to do about it.
 *
 * It opens what the workers would open, from the same settings, asks each whether it answers, and leaves no
 * trace: no order, message, page or payment is made. Settings, words and products are checked before, by
 * whoever loads them. A driver that is switched off ("none") is told, not counted as a failure.
 * Pitfall: a busy scanner or writer belongs to a running terminal; the doctor shares it for seconds.
 */
#ifndef KIOSK_SERVICES_SERVICE_DOCTOR_H
#define KIOSK_SERVICES_SERVICE_DOCTOR_H

#include <stdbool.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/random.h"
#include "kiosk/catalogue/settings.h"

enum service_doctor_check {
#define DOCTOR(code, name, probe) SERVICE_DOCTOR_##code,
#include "kiosk/services/service_doctor.def"
#undef DOCTOR
    SERVICE_DOCTOR_COUNT_
};

enum service_doctor_advice {
#define DOCTOR_ADVICE(code, key, text) SERVICE_DOCTOR_ADVICE_##code,
#include "kiosk/services/service_doctor.def"
#undef DOCTOR_ADVICE
    SERVICE_DOCTOR_ADVICE_COUNT_
};

enum service_doctor_state {
    SERVICE_DOCTOR_GOOD,
    SERVICE_DOCTOR_OFF,     /* switched off by the settings */
    SERVICE_DOCTOR_WARNING, /* works, but somebody should look */
    SERVICE_DOCTOR_BAD,     /* needed, and does not work */
    SERVICE_DOCTOR_STATE_COUNT_
};

enum { SERVICE_DOCTOR_DETAIL_BYTES = 256 };

/* One line of the doctor's report. */
struct service_doctor_finding {
    enum service_doctor_check check;
    enum service_doctor_state state;
    enum service_doctor_advice advice;
    char detail[SERVICE_DOCTOR_DETAIL_BYTES]; /* English, for administrators; no personal data */
};

/* The stable name of what is looked at. Returns: a static text, "invalid" outside the list. Thread: any. */
const char *service_doctor_check_name(enum service_doctor_check check);
/* The stable name of a state: "ok", "off", "warning", "bad". Returns: a static text. Thread: any. */
const char *service_doctor_state_name(enum service_doctor_state state);
/* The stable key of an advice. Returns: a static text. Thread: any. */
const char *service_doctor_advice_key(enum service_doctor_advice advice);
/* What an administrator should do, in English. Returns: a static text, "" for none. Thread: any. */
const char *service_doctor_advice_text(enum service_doctor_advice advice);

struct service_doctor_settings {
    const struct settings *settings; /* borrowed for the call */
    const struct clock *clock;
    const struct random *random;
    unsigned term_days; /* the longest term sold; 0 for none */
    int deadline_ms;    /* for each device's answer; 0 means 5000 */
};

/* Each finding is told as soon as it is made, in the list's order.
 * Returns: whether nothing needed is broken. Thread: the caller's; devices are opened and closed on it.
 * Time: at most the deadline, and what starting a helper takes, for each line. */
bool service_doctor_run(const struct service_doctor_settings *settings,
                        void (*tell)(void *context, const struct service_doctor_finding *finding),
                        void *context);

#endif
