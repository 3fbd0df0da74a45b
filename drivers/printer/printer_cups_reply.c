#include "drivers/printer/printer_cups_reply.h"

#include <cups/cups.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/printer/printer_reasons.h"
#include "kiosk/base/text.h"

enum { LIST_BYTES = 256, SHEETS_MOST = 1000000 };

struct memory {
    const uint8_t *bytes;
    size_t length;
};

static ssize_t read_memory(void *context, ipp_uchar_t *out, size_t length)
{
    struct memory *memory = context;
    size_t count = length < memory->length ? length : memory->length;
    memcpy(out, memory->bytes, count);
    memory->bytes += count;
    memory->length -= count;
    return (ssize_t)count;
}

static bool is_named(ipp_attribute_t *attribute, const char *name)
{
    return strcmp(ippGetName(attribute), name) == 0;
}

struct printer_facts {
    struct printer_reasons reasons;
    int64_t sheets, sheets_most;
    int state; /* ipp_pstate_t, 0 when not told */
    bool refuses;
};

static void read_reasons(ipp_attribute_t *attribute, struct printer_reasons *reasons)
{
    for (int i = 0; i < ippGetCount(attribute); i++) {
        const char *word = ippGetString(attribute, i, NULL);
        if (word != NULL)
            printer_reasons_add(reasons, word);
    }
}

/* The number behind "key=" in the list of a tray or a supply (PWG 5100.13). Returns: -1 for none. */
static int64_t number_of(const char *list, const char *key)
{
    const char *at = strstr(list, key);
    return at == NULL ? -1 : strtoll(at + strlen(key), NULL, 10);
}

static void read_list(ipp_attribute_t *attribute, int index, char out[LIST_BYTES])
{
    int length = 0;
    const char *bytes =
        ippGetValueTag(attribute) == IPP_TAG_STRING ? ippGetOctetString(attribute, index, &length) : NULL;
    length = length < 0 ? 0 : length < LIST_BYTES ? length : LIST_BYTES - 1;
    if (bytes != NULL)
        memcpy(out, bytes, (size_t)length);
    out[bytes == NULL ? 0 : length] = 0;
}

/* A tray that does not count its sheets says so with a number below zero. */
static void read_tray(const char *list, struct printer_facts *facts)
{
    int64_t most = number_of(list, "maxcapacity="), now = number_of(list, "level=");
    if (most <= 0 || most > SHEETS_MOST || now < 0 || now > most)
        return;
    facts->sheets += now;
    facts->sheets_most += most;
}

/* What fills up, as waste toner does, is no supply. */
static void read_supply(const char *list, struct printer_report *report)
{
    int64_t most = number_of(list, "maxcapacity="), now = number_of(list, "level=");
    if (strstr(list, "class=supplyThatIsConsumed") == NULL || most <= 0 || most > SHEETS_MOST || now < 0 ||
        now > most)
        return;
    int percent = (int)(now * 100 / most);
    if (report->marker_percent == 0 || percent < report->marker_percent)
        report->marker_percent = percent;
}

static void read_levels(ipp_attribute_t *attribute, struct printer_report *report,
                        struct printer_facts *facts)
{
    char list[LIST_BYTES];
    for (int i = 0; i < ippGetCount(attribute); i++) {
        read_list(attribute, i, list);
        if (is_named(attribute, "printer-supply"))
            read_supply(list, report);
        else
            read_tray(list, facts);
    }
}

static void read_printer_attribute(ipp_attribute_t *attribute, struct printer_report *report,
                                   struct printer_facts *facts)
{
    if (is_named(attribute, "printer-state"))
        facts->state = ippGetInteger(attribute, 0);
    else if (is_named(attribute, "printer-state-reasons"))
        read_reasons(attribute, &facts->reasons);
    else if (is_named(attribute, "printer-is-accepting-jobs"))
        facts->refuses = ippGetValueTag(attribute) == IPP_TAG_BOOLEAN && !ippGetBoolean(attribute, 0);
    else if (is_named(attribute, "printer-input-tray") || is_named(attribute, "printer-supply"))
        read_levels(attribute, report, facts);
    else if (is_named(attribute, "printer-make-and-model")) {
        const char *model = ippGetString(attribute, 0, NULL);
        if (model != NULL && text_is_printable(model))
            (void)text_copy(report->model, sizeof report->model, model);
    }
}

static void judge_printer(const struct printer_facts *facts, struct printer_cups_reply *out)
{
    struct printer_report *report = &out->report;
    out->has_state = facts->state >= IPP_PSTATE_IDLE && facts->state <= IPP_PSTATE_STOPPED;
    enum device_state worst = printer_reasons_state(&facts->reasons);
    report->supply_low = facts->reasons.supply_low;
    report->paper_percent = facts->sheets_most > 0 ? (int)(facts->sheets * 100 / facts->sheets_most) : 0;
    memcpy(report->reasons, facts->reasons.words, sizeof report->reasons);
    bool is_stopped = facts->state == IPP_PSTATE_STOPPED || facts->refuses || !out->has_state;
    if (worst != DEVICE_READY && worst != DEVICE_SUPPLY_LOW)
        report->state = worst;
    else if (is_stopped)
        report->state = DEVICE_FAULTY;
    else if (facts->state == IPP_PSTATE_PROCESSING)
        report->state = DEVICE_WORKING;
    else
        report->state = worst;
    report->can_print = report->state == DEVICE_READY || report->state == DEVICE_WORKING ||
                        report->state == DEVICE_SUPPLY_LOW;
}

static enum printer_job_state job_state(int state)
{
    switch (state) {
    case IPP_JSTATE_PROCESSING:
        return PRINTER_JOB_PRINTING;
    case IPP_JSTATE_STOPPED:
        return PRINTER_JOB_STOPPED;
    case IPP_JSTATE_CANCELED:
        return PRINTER_JOB_CANCELLED;
    case IPP_JSTATE_ABORTED:
        return PRINTER_JOB_ABORTED;
    case IPP_JSTATE_COMPLETED:
        return PRINTER_JOB_DONE;
    default:
        return PRINTER_JOB_PENDING;
    }
}

static bool lists_word(ipp_attribute_t *attribute, const char *word)
{
    for (int i = 0; i < ippGetCount(attribute); i++) {
        const char *text = ippGetString(attribute, i, NULL);
        if (text != NULL && strcmp(text, word) == 0)
            return true;
    }
    return false;
}

static void read_job_attribute(ipp_attribute_t *attribute, struct printer_cups_reply *out)
{
    size_t index = out->job_count - 1;
    struct printer_job *job = &out->jobs[index].job;
    if (is_named(attribute, "job-id"))
        job->reference = ippGetInteger(attribute, 0);
    else if (is_named(attribute, "job-state"))
        job->state = job_state(ippGetInteger(attribute, 0));
    else if (is_named(attribute, "job-impressions-completed"))
        job->sheets_done = ippGetInteger(attribute, 0);
    else if (is_named(attribute, "job-state-reasons"))
        out->jobs[index].lacks_document |= lists_word(attribute, "job-data-insufficient");
    else if (is_named(attribute, "number-of-documents"))
        out->jobs[index].lacks_document |=
            ippGetValueTag(attribute) == IPP_TAG_INTEGER && ippGetInteger(attribute, 0) == 0;
    else if (is_named(attribute, "job-name")) {
        const char *name = ippGetString(attribute, 0, NULL);
        (void)text_copy(out->jobs[index].name, sizeof out->jobs[index].name, name == NULL ? "" : name);
    }
}

static void read_message(ipp_t *message, struct printer_cups_reply *out)
{
    struct printer_facts facts = {0};
    bool in_job = false;
    for (ipp_attribute_t *at = ippFirstAttribute(message); at != NULL; at = ippNextAttribute(message)) {
        /* A nameless attribute stands between two groups. */
        bool is_job = ippGetName(at) != NULL && ippGetGroupTag(at) == IPP_TAG_JOB;
        if (is_job && !in_job) {
            if (out->job_count == PRINTER_CUPS_JOBS_MAX)
                break;
            out->job_count++;
            out->jobs[out->job_count - 1].job.waits_for = DEVICE_READY;
        }
        in_job = is_job;
        if (is_job)
            read_job_attribute(at, out);
        else if (ippGetName(at) != NULL && ippGetGroupTag(at) == IPP_TAG_PRINTER)
            read_printer_attribute(at, &out->report, &facts);
    }
    judge_printer(&facts, out);
}

enum status printer_cups_reply_parse(const uint8_t *bytes, size_t length, struct printer_cups_reply *out)
{
    memset(out, 0, sizeof *out);
    ipp_t *message = ippNew();
    if (message == NULL)
        return STATUS_NO_MEMORY;
    struct memory memory = {bytes, length};
    enum status status = STATUS_MALFORMED;
    if (length > 8 && ippReadIO(&memory, read_memory, 1, NULL, message) == IPP_STATE_DATA) {
        out->status_code = (int)ippGetStatusCode(message);
        read_message(message, out);
        status = STATUS_OK;
    }
    ippDelete(message);
    return status;
}
