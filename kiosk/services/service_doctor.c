#include "kiosk/services/service_doctor.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "kiosk/base/check.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/services/service_drivers.h"
#include "kiosk/store/hall_key_file.h"
#include "kiosk/store/store.h"

enum {
    DEADLINE_MS = 5000,
    DISK_BAD_MIB = 64,       /* a page is up to 16 MiB, and the store's log doubles it */
    DISK_WARNING_MIB = 1024, /* some weeks of a busy hall */
    DAY_S = 86400,
    ROOT_WARNING_S = 30 * DAY_S
};

/* What the probes share during one run. */
struct doctor {
    struct service_drivers_source source;
    struct hall_key hall_key; /* zeroed when it could not be opened */
    int deadline_ms;
    unsigned term_days; /* the longest term sold */
};

typedef void probe(struct doctor *doctor, struct service_doctor_finding *out);

__attribute__((format(printf, 4, 5))) static void say(struct service_doctor_finding *out,
                                                      enum service_doctor_state state,
                                                      enum service_doctor_advice advice, const char *format,
                                                      ...)
{
    va_list arguments;
    out->state = state;
    out->advice = advice;
    va_start(arguments, format);
    (void)vsnprintf(out->detail, sizeof(out->detail), format, arguments);
    va_end(arguments);
}

static void say_bad(struct service_doctor_finding *out, enum service_doctor_advice advice, const char *what,
                    enum status status, const struct failure *failure)
{
    bool has_detail = failure->where != NULL;
    say(out, SERVICE_DOCTOR_BAD, advice, "%s: %s%s%s%s%s", what, status_name(status), has_detail ? ", " : "",
        has_detail ? failure->where : "", failure->text[0] != 0 ? ": " : "", failure->text);
}

static bool is_off(const char *driver, struct service_doctor_finding *out)
{
    bool off = strcmp(driver, "none") == 0;
    if (off)
        say(out, SERVICE_DOCTOR_OFF, SERVICE_DOCTOR_ADVICE_NONE, "switched off by its driver setting");
    return off;
}

/* A fake that answers is never simply good: no hall may run on one unnoticed. */
static void warn_of_fake(const char *driver, struct service_doctor_finding *out)
{
    if (strcmp(driver, "fake") == 0 && out->state == SERVICE_DOCTOR_GOOD)
        say(out, SERVICE_DOCTOR_WARNING, SERVICE_DOCTOR_ADVICE_DRIVER_FAKE, "a fake answers");
}

/* --- what is kept ------------------------------------------------------------------------------------ */

static void probe_hall_key(struct doctor *doctor, struct service_doctor_finding *out)
{
    struct failure failure = {0};
    const char *path = doctor->source.settings->hall_key_file;
    enum status status = hall_key_file_open(path, doctor->source.random, &doctor->hall_key, &failure);
    if (status == STATUS_OK)
        say(out, SERVICE_DOCTOR_GOOD, SERVICE_DOCTOR_ADVICE_NONE, "%s, private", path);
    else if (status == STATUS_NOT_FOUND)
        say(out, SERVICE_DOCTOR_BAD, SERVICE_DOCTOR_ADVICE_HALL_KEY_MISSING, "%s does not exist", path);
    else if (status == STATUS_REFUSED)
        say(out, SERVICE_DOCTOR_BAD, SERVICE_DOCTOR_ADVICE_HALL_KEY_OPEN, "others may read %s", path);
    else
        say_bad(out, SERVICE_DOCTOR_ADVICE_HALL_KEY_DAMAGED, path, status, &failure);
}

static enum service_doctor_advice store_advice(enum status status)
{
    if (status == STATUS_NOT_FOUND)
        return SERVICE_DOCTOR_ADVICE_STORE_MISSING;
    if (status == STATUS_CONFIG)
        return SERVICE_DOCTOR_ADVICE_STORE_OTHER_KEY;
    if (status == STATUS_UNSUPPORTED)
        return SERVICE_DOCTOR_ADVICE_STORE_NEWER;
    if (status == STATUS_BUSY)
        return SERVICE_DOCTOR_ADVICE_STORE_BUSY;
    return status == STATUS_FULL ? SERVICE_DOCTOR_ADVICE_DISK_FULL : SERVICE_DOCTOR_ADVICE_STORE_DAMAGED;
}

static void probe_store(struct doctor *doctor, struct service_doctor_finding *out)
{
    struct store *store = NULL;
    struct failure failure = {0};
    const char *path = doctor->source.settings->store_file;
    if (doctor->hall_key.ops == NULL) {
        say(out, SERVICE_DOCTOR_BAD, SERVICE_DOCTOR_ADVICE_HALL_KEY_MISSING,
            "not opened without the hall key");
        return;
    }
    enum status status = store_open(&(struct store_settings){.path = path,
                                                             .hall_key = &doctor->hall_key,
                                                             .clock = doctor->source.clock,
                                                             .random = doctor->source.random,
                                                             .owner = doctor->source.owner,
                                                             .busy_ms = doctor->deadline_ms,
                                                             .only_existing = true},
                                    &store, &failure);
    if (status == STATUS_OK)
        say(out, SERVICE_DOCTOR_GOOD, SERVICE_DOCTOR_ADVICE_NONE, "%s opens", path);
    else
        say_bad(out, store_advice(status), path, status, &failure);
    store_close(store);
}

static void probe_disk(struct doctor *doctor, struct service_doctor_finding *out)
{
    struct statvfs disk;
    const char *path = doctor->source.settings->paths_state;
    if (statvfs(path, &disk) != 0) {
        say(out, SERVICE_DOCTOR_BAD, SERVICE_DOCTOR_ADVICE_DISK_MISSING, "%s: %s", path,
            strerrordesc_np(errno));
        return;
    }
    uint64_t free_mib = (uint64_t)disk.f_bavail * disk.f_frsize / (1024 * 1024);
    enum service_doctor_state state = free_mib < DISK_BAD_MIB       ? SERVICE_DOCTOR_BAD
                                      : free_mib < DISK_WARNING_MIB ? SERVICE_DOCTOR_WARNING
                                                                    : SERVICE_DOCTOR_GOOD;
    say(out, state,
        state == SERVICE_DOCTOR_GOOD ? SERVICE_DOCTOR_ADVICE_NONE : SERVICE_DOCTOR_ADVICE_DISK_FULL,
        "%llu MiB free below %s", (unsigned long long)free_mib, path);
}

/* --- the devices ------------------------------------------------------------------------------------- */

static void probe_host(struct doctor *doctor, struct service_doctor_finding *out)
{
    const struct settings *settings = doctor->source.settings;
    bool is_needed =
        strcmp(settings->token_driver, "pkcs11") == 0 || strcmp(settings->scanner_driver, "sane") == 0;
    if (!is_needed)
        say(out, SERVICE_DOCTOR_OFF, SERVICE_DOCTOR_ADVICE_NONE, "no driver needs it");
    else if (access(settings->host_program, X_OK) != 0)
        say(out, SERVICE_DOCTOR_BAD, SERVICE_DOCTOR_ADVICE_HOST_MISSING, "%s: %s", settings->host_program,
            strerrordesc_np(errno));
    else
        say(out, SERVICE_DOCTOR_GOOD, SERVICE_DOCTOR_ADVICE_NONE, "%s", settings->host_program);
}

static void probe_token(struct doctor *doctor, struct service_doctor_finding *out)
{
    struct token *token = NULL;
    struct token_info info = {0};
    struct failure failure = {0};
    const char *driver = doctor->source.settings->token_driver;
    if (is_off(driver, out))
        return;
    enum status status = service_drivers_open_token(&doctor->source, doctor->deadline_ms, &token, &failure);
    if (status == STATUS_OK)
        status = token_look(token, &info, &failure);
    if (status == STATUS_OK)
        say(out, SERVICE_DOCTOR_GOOD, SERVICE_DOCTOR_ADVICE_NONE, "the writer answers, key: %s%s%s",
            token_presence_name(info.presence), info.identity.model[0] != 0 ? ", " : "", info.identity.model);
    else
        say_bad(out,
                status == STATUS_CONFIG ? SERVICE_DOCTOR_ADVICE_TOKEN_MODULE
                                        : SERVICE_DOCTOR_ADVICE_TOKEN_SILENT,
                "the writer", status, &failure);
    warn_of_fake(driver, out);
    token_close(token);
}

static void judge_scanner(enum device_state state, const char *name, struct service_doctor_finding *out)
{
    if (state == DEVICE_READY || state == DEVICE_WORKING)
        say(out, SERVICE_DOCTOR_GOOD, SERVICE_DOCTOR_ADVICE_NONE, "%s, %s", device_state_name(state), name);
    else if (state == DEVICE_OFFLINE || state == DEVICE_ABSENT)
        say(out, SERVICE_DOCTOR_BAD, SERVICE_DOCTOR_ADVICE_SCANNER_SILENT, "no scanner answers");
    else
        say(out, SERVICE_DOCTOR_BAD, SERVICE_DOCTOR_ADVICE_SCANNER_MEND, "%s, %s", device_state_name(state),
            name);
}

static void probe_scanner(struct doctor *doctor, struct service_doctor_finding *out)
{
    struct scanner *scanner = NULL;
    struct scanner_list list = {0};
    struct failure failure = {0};
    char name[SCANNER_NAME_BYTES] = "";
    const char *driver = doctor->source.settings->scanner_driver;
    if (is_off(driver, out))
        return;
    enum status status = service_drivers_open_scanner(&doctor->source, &scanner, &failure);
    if (status == STATUS_OK)
        status = scanner_devices(scanner, doctor->deadline_ms, &list, &failure);
    if (status == STATUS_OK)
        judge_scanner(list.count == 0 ? DEVICE_OFFLINE : scanner_look(scanner, doctor->deadline_ms, name),
                      name, out);
    else
        say_bad(out, SERVICE_DOCTOR_ADVICE_SCANNER_SILENT, "the scanner", status, &failure);
    warn_of_fake(driver, out);
    scanner_close(scanner);
}

static void judge_printer(const struct printer_report *report, struct service_doctor_finding *out)
{
    enum service_doctor_state state = report->can_print && !report->supply_low ? SERVICE_DOCTOR_GOOD
                                      : report->can_print                      ? SERVICE_DOCTOR_WARNING
                                                                               : SERVICE_DOCTOR_BAD;
    enum service_doctor_advice advice =
        state == SERVICE_DOCTOR_GOOD      ? SERVICE_DOCTOR_ADVICE_NONE
        : state == SERVICE_DOCTOR_WARNING ? SERVICE_DOCTOR_ADVICE_PRINTER_SUPPLY
        : report->state == DEVICE_OFFLINE ? SERVICE_DOCTOR_ADVICE_PRINTER_SILENT
                                          : SERVICE_DOCTOR_ADVICE_PRINTER_MEND;
    bool has_reasons = report->reasons[0] != 0 && strcmp(report->reasons, "none") != 0;
    say(out, state, advice, "%s%s%s%s%.100s", device_state_name(report->state),
        report->model[0] != 0 ? ", " : "", report->model, has_reasons ? ", " : "",
        has_reasons ? report->reasons : "");
}

static void probe_printer(struct doctor *doctor, struct service_doctor_finding *out)
{
    struct printer *printer = NULL;
    struct printer_report report = {0};
    struct failure failure = {0};
    const char *driver = doctor->source.settings->printer_driver;
    if (is_off(driver, out))
        return;
    enum status status = service_drivers_open_printer(&doctor->source, &printer, &failure);
    bool is_open = status == STATUS_OK;
    if (status == STATUS_OK)
        status = printer_report(printer, &(struct printer_limits){.deadline_ms = doctor->deadline_ms},
                                &report, &failure);
    if (status == STATUS_OK)
        judge_printer(&report, out);
    else
        say_bad(out, is_open ? SERVICE_DOCTOR_ADVICE_PRINTER_SILENT : SERVICE_DOCTOR_ADVICE_PRINTER_ADDRESS,
                "the printer", status, &failure);
    warn_of_fake(driver, out);
    printer_close(printer);
}

/* --- the services ------------------------------------------------------------------------------------ */

/* Three kinds of trouble with anything behind a network: our files, our standing, its silence. */
static void judge_service(const char *what, bool is_open, enum status status, const struct failure *failure,
                          const enum service_doctor_advice advice[3], struct service_doctor_finding *out)
{
    if (status == STATUS_OK)
        say(out, SERVICE_DOCTOR_GOOD, SERVICE_DOCTOR_ADVICE_NONE, "%s answers and accepts us", what);
    else
        say_bad(out,
                !is_open                                              ? advice[0]
                : status == STATUS_CONFIG || status == STATUS_REFUSED ? advice[1]
                                                                      : advice[2],
                what, status, failure);
}

/* A channel that was opened, or not, is asked whether it accepts us. Owns: the channel is closed. */
static void probe_channel_take(const struct doctor *doctor, const char *what, struct payment *payment,
                               enum status status, struct failure *failure,
                               const enum service_doctor_advice advice[3], struct service_doctor_finding *out)
{
    bool is_open = status == STATUS_OK;
    if (is_open)
        status = payment_probe(payment, &(struct payment_call){.timeout_ms = doctor->deadline_ms}, failure);
    judge_service(what, is_open, status, failure, advice, out);
    payment_close_channel(payment);
}

static void probe_payment(struct doctor *doctor, struct service_doctor_finding *out)
{
    static const enum service_doctor_advice advice[] = {SERVICE_DOCTOR_ADVICE_PAYMENT_FILES,
                                                        SERVICE_DOCTOR_ADVICE_PAYMENT_REFUSED,
                                                        SERVICE_DOCTOR_ADVICE_PAYMENT_SILENT};
    struct payment *payment = NULL;
    struct failure failure = {0};
    const char *driver = doctor->source.settings->payment_driver;
    if (is_off(driver, out))
        return;
    enum status status = service_drivers_open_payment(&doctor->source, &payment, &failure);
    probe_channel_take(doctor, "the gateway", payment, status, &failure, advice, out);
    warn_of_fake(driver, out);
}

static void probe_wechat(struct doctor *doctor, struct service_doctor_finding *out)
{
    static const enum service_doctor_advice advice[] = {SERVICE_DOCTOR_ADVICE_WECHAT_FILES,
                                                        SERVICE_DOCTOR_ADVICE_PAYMENT_REFUSED,
                                                        SERVICE_DOCTOR_ADVICE_WECHAT_SILENT};
    struct payment *payment = NULL;
    struct failure failure = {0};
    const char *driver = doctor->source.settings->payment_wechat_driver;
    if (is_off(driver, out))
        return;
    enum status status = service_drivers_open_wechat(&doctor->source, &payment, &failure);
    probe_channel_take(doctor, "WeChat Pay", payment, status, &failure, advice, out);
    warn_of_fake(driver, out);
}

static void probe_sms(struct doctor *doctor, struct service_doctor_finding *out)
{
    static const enum service_doctor_advice advice[] = {
        SERVICE_DOCTOR_ADVICE_SMS_FILES, SERVICE_DOCTOR_ADVICE_SMS_REFUSED, SERVICE_DOCTOR_ADVICE_SMS_SILENT};
    struct sms *sms = NULL;
    struct failure failure = {0};
    const char *driver = doctor->source.settings->sms_driver;
    if (is_off(driver, out))
        return;
    enum status status = service_drivers_open_sms(&doctor->source, &sms, &failure);
    bool is_open = status == STATUS_OK;
    if (status == STATUS_OK)
        status = sms_probe(sms, &(struct sms_call){.timeout_ms = doctor->deadline_ms}, &failure);
    judge_service("the SMS service", is_open, status, &failure, advice, out);
    warn_of_fake(driver, out);
    sms_close(sms);
}

static void probe_identity(struct doctor *doctor, struct service_doctor_finding *out)
{
    static const enum service_doctor_advice advice[] = {SERVICE_DOCTOR_ADVICE_IDENTITY_FILES,
                                                        SERVICE_DOCTOR_ADVICE_IDENTITY_REFUSED,
                                                        SERVICE_DOCTOR_ADVICE_IDENTITY_SILENT};
    struct identity *identity = NULL;
    struct failure failure = {0};
    const char *driver = doctor->source.settings->identity_service_driver;
    if (is_off(driver, out))
        return;
    enum status status = service_drivers_open_identity(&doctor->source, &identity, &failure);
    bool is_open = status == STATUS_OK;
    if (is_open)
        status =
            identity_probe(identity, &(struct identity_call){.timeout_ms = doctor->deadline_ms}, &failure);
    judge_service("the identity service", is_open, status, &failure, advice, out);
    warn_of_fake(driver, out);
    identity_close(identity);
}

/* One who listens at the same time would get half of each answer, so a running terminal is left alone. */
static void judge_reader(enum status status, const struct failure *failure,
                         struct service_doctor_finding *out)
{
    if (status == STATUS_OK || status == STATUS_BUSY)
        say(out, SERVICE_DOCTOR_GOOD, SERVICE_DOCTOR_ADVICE_NONE, "%s",
            status == STATUS_OK ? "the card reader answers"
                                : "the card reader is in use by a running terminal");
    else
        say_bad(out,
                status == STATUS_CONFIG ? SERVICE_DOCTOR_ADVICE_IDCARD_LICENCE
                                        : SERVICE_DOCTOR_ADVICE_IDCARD_SILENT,
                "the card reader", status, failure);
}

static void probe_idcard(struct doctor *doctor, struct service_doctor_finding *out)
{
    struct idcard *idcard = NULL;
    struct failure failure = {0};
    const char *driver = doctor->source.settings->idcard_driver;
    if (is_off(driver, out))
        return;
    enum status status = service_drivers_open_idcard(&doctor->source, &idcard, &failure);
    if (status == STATUS_OK)
        judge_reader(idcard_probe(idcard, &(struct idcard_call){.timeout_ms = doctor->deadline_ms}, &failure),
                     &failure, out);
    else
        say_bad(out, SERVICE_DOCTOR_ADVICE_IDCARD_SETTINGS, "the card reader", status, &failure);
    warn_of_fake(driver, out);
    idcard_close(idcard);
}

/* Nothing is issued past the issuing certificate's end: what is sold may not reach further. */
static void judge_authority(const struct doctor *doctor, const struct authority_status *answer,
                            struct service_doctor_finding *out)
{
    int64_t left_s = answer->until_utc_s - clock_utc_s(doctor->source.clock);
    char day[32] = "";
    (void)clock_format_hall(answer->until_utc_s, "%Y-%m-%d", day, sizeof(day));
    if (answer->until_utc_s != 0 && left_s < (int64_t)doctor->term_days * DAY_S)
        say(out, SERVICE_DOCTOR_WARNING, SERVICE_DOCTOR_ADVICE_AUTHORITY_ENDS,
            "%.150s ends on %s, before the longest term of %u days", answer->name, day, doctor->term_days);
    else
        say(out, SERVICE_DOCTOR_GOOD, SERVICE_DOCTOR_ADVICE_NONE, "answers as %.200s", answer->name);
}

static void probe_authority(struct doctor *doctor, struct service_doctor_finding *out)
{
    struct authority *authority = NULL;
    struct authority_status answer = {.state = DEVICE_OFFLINE};
    struct failure failure = {0};
    if (is_off(doctor->source.settings->authority_driver, out))
        return;
    enum status status =
        service_drivers_open_authority(&doctor->source, doctor->deadline_ms, &authority, &failure);
    if (status == STATUS_OK)
        status = authority_status(authority, &answer, &failure);
    if (status == STATUS_OK && answer.state == DEVICE_READY)
        judge_authority(doctor, &answer, out);
    else
        say_bad(out, SERVICE_DOCTOR_ADVICE_AUTHORITY_SILENT, "the authority",
                status == STATUS_OK ? STATUS_LOST : status, &failure);
    authority_close(authority);
}

static void judge_root(struct doctor *doctor, const struct certificate_list *roots,
                       struct service_doctor_finding *out)
{
    struct certificate_summary summary;
    struct failure failure = {0};
    int64_t now_utc_s = clock_utc_s(doctor->source.clock);
    for (size_t i = 0; i < roots->count; i++) {
        enum status status = certificate_summarize(bytes_of_buf(&roots->items[i]), &summary, &failure);
        if (status != STATUS_OK) {
            say_bad(out, SERVICE_DOCTOR_ADVICE_ROOTS_FILE, "a root", status, &failure);
            return;
        }
        int64_t left_s = summary.not_after_utc_s - now_utc_s;
        if (left_s < ROOT_WARNING_S) {
            say(out, left_s < 0 ? SERVICE_DOCTOR_BAD : SERVICE_DOCTOR_WARNING,
                SERVICE_DOCTOR_ADVICE_ROOTS_EXPIRED, "%.100s %s", summary.common_name,
                left_s < 0 ? "has expired" : "expires within 30 days");
            return;
        }
    }
    say(out, SERVICE_DOCTOR_GOOD, SERVICE_DOCTOR_ADVICE_NONE, "%zu trusted", roots->count);
}

static void probe_roots(struct doctor *doctor, struct service_doctor_finding *out)
{
    struct certificate_list roots = {0};
    struct failure failure = {0};
    const struct settings *settings = doctor->source.settings;
    if (is_off(settings->authority_driver, out))
        return;
    enum status status =
        certificate_list_read_file(settings->authority_roots_file, "CERTIFICATE", &roots, &failure);
    if (status == STATUS_OK)
        judge_root(doctor, &roots, out);
    else
        say_bad(out, SERVICE_DOCTOR_ADVICE_ROOTS_FILE, settings->authority_roots_file, status, &failure);
    certificate_list_release(&roots);
}

static void probe_crl(struct doctor *doctor, struct service_doctor_finding *out)
{
    struct certificate_list lists = {0};
    struct failure failure = {0};
    const char *path = doctor->source.settings->authority_crl_file;
    if (path[0] == 0) {
        say(out, SERVICE_DOCTOR_OFF, SERVICE_DOCTOR_ADVICE_NONE, "no revocation list is asked");
        return;
    }
    enum status status = certificate_list_read_file(path, "X509 CRL", &lists, &failure);
    if (status == STATUS_OK)
        say(out, SERVICE_DOCTOR_GOOD, SERVICE_DOCTOR_ADVICE_NONE, "%s is readable", path);
    else
        say_bad(out, SERVICE_DOCTOR_ADVICE_CRL_FILE, path, status, &failure);
    certificate_list_release(&lists);
}

/* --- the list ---------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    probe *probe;
} checks[SERVICE_DOCTOR_COUNT_] = {
#define DOCTOR(code, name, probe) {name, probe},
#include "kiosk/services/service_doctor.def"
#undef DOCTOR
};

static const struct {
    const char *key;
    const char *text;
} advices[SERVICE_DOCTOR_ADVICE_COUNT_] = {
#define DOCTOR_ADVICE(code, key, text) {key, text},
#include "kiosk/services/service_doctor.def"
#undef DOCTOR_ADVICE
};

const char *service_doctor_check_name(enum service_doctor_check check)
{
    return (unsigned)check < SERVICE_DOCTOR_COUNT_ ? checks[check].name : "invalid";
}

const char *service_doctor_state_name(enum service_doctor_state state)
{
    static const char *const names[SERVICE_DOCTOR_STATE_COUNT_] = {"ok", "off", "warning", "bad"};
    return (unsigned)state < SERVICE_DOCTOR_STATE_COUNT_ ? names[state] : "invalid";
}

const char *service_doctor_advice_key(enum service_doctor_advice advice)
{
    return (unsigned)advice < SERVICE_DOCTOR_ADVICE_COUNT_ ? advices[advice].key : "invalid";
}

const char *service_doctor_advice_text(enum service_doctor_advice advice)
{
    return (unsigned)advice < SERVICE_DOCTOR_ADVICE_COUNT_ ? advices[advice].text : "";
}

bool service_doctor_run(const struct service_doctor_settings *settings,
                        void (*tell)(void *context, const struct service_doctor_finding *finding),
                        void *context)
{
    bool is_well = true;
    struct doctor doctor = {.source = {.settings = settings->settings,
                                       .clock = settings->clock,
                                       .random = settings->random,
                                       .owner = "doctor"},
                            .term_days = settings->term_days,
                            .deadline_ms = settings->deadline_ms > 0 ? settings->deadline_ms : DEADLINE_MS};
    service_drivers_set_environment(settings->settings);
    check(http_curl_new(&(struct http_curl_settings){0}, &doctor.source.http) == STATUS_OK);
    for (unsigned i = 0; i < SERVICE_DOCTOR_COUNT_; i++) {
        struct service_doctor_finding finding = {.check = (enum service_doctor_check)i};
        checks[i].probe(&doctor, &finding);
        is_well = is_well && finding.state != SERVICE_DOCTOR_BAD;
        tell(context, &finding);
    }
    http_free(doctor.source.http);
    hall_key_close(&doctor.hall_key);
    return is_well;
}
