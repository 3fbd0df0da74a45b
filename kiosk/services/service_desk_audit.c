/* The audit for the clerk, on the desk worker: the rows a filter leaves, whether every chain holds, and one
 * row between its neighbours. */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/crypto.h"
#include "kiosk/base/encode.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_desk_audit.h"
#include "kiosk/services/service_load.h"
#include "kiosk/store/store_audit_filter.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_order.h"

/* --- rows ---------------------------------------------------------------------------------------------- */

/* What the machine calls an account that acted by certctl, "uid:0"; "" for everybody else. */
static void name_account(const char *actor, char out[SERVICE_NAME_BYTES])
{
    static const char mark[] = "uid:";
    char memory[1024];
    struct passwd entry;
    struct passwd *found = NULL;
    out[0] = 0;
    if (strncmp(actor, mark, sizeof(mark) - 1) != 0)
        return;
    uid_t uid = (uid_t)strtoul(actor + sizeof(mark) - 1, NULL, 10);
    if (getpwuid_r(uid, &entry, memory, sizeof(memory), &found) == 0 && found != NULL)
        (void)text_copy(out, SERVICE_NAME_BYTES, found->pw_name);
}

/* What a program did by itself has nobody's name; some rows have that of the program's own chain. */
static void fill_line(struct service_audit_line *out, const struct store_audit_found *found)
{
    static const uint8_t none[CRYPTO_SHA256_BYTES];
    const struct store_audit *row = &found->row;
    *out = (struct service_audit_line){.sequence = row->number, .at_utc_ms = row->at_utc_ms};
    (void)text_copy(out->writer, sizeof(out->writer), row->writer);
    encode_hex(out->digest, row->hash, sizeof(row->hash));
    if (memcmp(row->prev_hash, none, sizeof(none)) != 0)
        encode_hex(out->digest_before, row->prev_hash, sizeof(row->prev_hash));
    (void)text_copy(out->actor, sizeof(out->actor), strcmp(row->actor, row->writer) == 0 ? "" : row->actor);
    name_account(out->actor, out->account);
    (void)text_copy(out->action, sizeof(out->action), row->action);
    (void)text_copy(out->subject, sizeof(out->subject), row->subject);
    (void)text_copy(out->detail, sizeof(out->detail), row->detail);
    (void)text_copy(out->result, sizeof(out->result), store_audit_result_name(found->result));
    (void)text_copy(out->order_id, sizeof(out->order_id), found->order_id);
    (void)text_copy(out->acceptance, sizeof(out->acceptance), found->acceptance);
}

struct store_audit_filter service_desk_audit_filter(const struct service_audit_filter *wish)
{
    struct store_audit_filter filter = {.from_utc_ms = wish->from_utc_ms,
                                        .until_utc_ms = wish->until_utc_ms,
                                        .by_program = wish->by_program,
                                        .has_result = wish->result[0] != 0,
                                        .result = store_audit_result_from_name(wish->result)};
    (void)text_copy(filter.actor, sizeof(filter.actor), wish->actor);
    (void)text_copy(filter.writer, sizeof(filter.writer), wish->writer);
    (void)text_copy(filter.kind, sizeof(filter.kind), wish->kind);
    (void)text_copy(filter.about, sizeof(filter.about), wish->about);
    (void)text_copy(filter.text, sizeof(filter.text), wish->text);
    (void)text_copy(filter.actions, sizeof(filter.actions), wish->actions);
    (void)text_copy(filter.orders, sizeof(filter.orders), wish->orders);
    return filter;
}

/* Up to so many lines behind `offset` are filled, through memory of their own. */
static enum status load_lines(struct service_context *context, const struct store_audit_filter *filter,
                              size_t offset, struct service_audit_line *out, size_t capacity, size_t *count,
                              struct failure *failure)
{
    struct store_audit_found *rows = calloc(capacity, sizeof(*rows));
    check(rows != NULL);
    enum status status =
        store_audit_filter_list(context->store, filter, offset, rows, capacity, count, failure);
    for (size_t i = 0; i < *count && status == STATUS_OK; i++)
        fill_line(&out[i], &rows[i]);
    free(rows);
    return status;
}

static enum status load_rows(struct service_context *context, struct service_job *job)
{
    const struct service_audit_filter *wish = job->request.audit;
    struct service_audit *out = &service_job_patch(job)->desk.audit;
    struct store_audit_filter filter = service_desk_audit_filter(wish);
    size_t capacity = wish->rows > SERVICE_AUDIT_MAX ? SERVICE_AUDIT_MAX : wish->rows;
    int64_t total = 0;
    if (filter.until_utc_ms == 0)
        filter.until_utc_ms = clock_utc_ms(context->settings->clock) + 1;
    out->until_utc_ms = filter.until_utc_ms;
    out->first = wish->first;
    out->count = 0;
    enum status status = store_audit_filter_count(context->store, &filter, &total, &job->failure);
    if (status == STATUS_OK)
        status = load_lines(context, &filter, out->first, out->rows, capacity, &out->count, &job->failure);
    out->total = (size_t)total;
    if (status == STATUS_OK)
        job->patch->changes |= PATCH_DESK_AUDIT;
    return status;
}

/* --- chains -------------------------------------------------------------------------------------------- */

static enum status load_names(struct service_context *context, enum store_audit_column column,
                              char out[][SERVICE_NAME_BYTES], size_t capacity, size_t *count,
                              struct failure *failure)
{
    struct store_audit_name *names = calloc(capacity, sizeof(*names));
    check(names != NULL);
    enum status status = store_audit_filter_names(context->store, column, names, capacity, count, failure);
    for (size_t i = 0; i < *count && status == STATUS_OK; i++)
        (void)text_copy(out[i], SERVICE_NAME_BYTES, names[i].name);
    free(names);
    return status;
}

static enum status load_chains(struct service_context *context, struct service_job *job)
{
    struct service_audit_chains *out = &service_job_patch(job)->desk.audit_chains;
    struct store_audit_report report = {0};
    *out = (struct service_audit_chains){.is_known = true, .checked_utc_s = service_now_utc_s(context)};
    enum status status = store_audit_verify(context->store, &report, &job->failure);
    if (status != STATUS_OK && status != STATUS_MALFORMED)
        return status;
    out->holds = status == STATUS_OK;
    (void)text_copy(out->broken_writer, sizeof(out->broken_writer), report.broken_writer);
    out->broken_sequence = report.broken_number;
    status = load_names(context, STORE_AUDIT_ACTORS, out->actors, SERVICE_AUDIT_NAMES_MAX, &out->actor_count,
                        &job->failure);
    for (size_t i = 0; i < out->actor_count && status == STATUS_OK; i++)
        name_account(out->actors[i], out->accounts[i]);
    if (status == STATUS_OK)
        status = load_names(context, STORE_AUDIT_WRITERS, out->writers, SERVICE_AUDIT_NAMES_MAX,
                            &out->writer_count, &job->failure);
    if (status == STATUS_OK)
        status = load_names(context, STORE_AUDIT_ACTIONS, out->actions, SERVICE_AUDIT_ACTIONS_MAX,
                            &out->action_count, &job->failure);
    for (int i = STORE_AUDIT_RESULT_COUNT_; i-- > 0;) /* what is usual first */
        (void)text_copy(out->results[out->result_count++], sizeof(out->results[0]),
                        store_audit_result_name((enum store_audit_result)i));
    if (status == STATUS_OK)
        job->patch->changes |= PATCH_DESK_AUDIT_CHAINS;
    return status;
}

void service_desk_audit_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status = service_desk_has_clerk(context) ? service_store(context, &store) : STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = load_rows(context, job);
    if (status == STATUS_OK && job->request.flag)
        status = load_chains(context, job);
    service_job_finish(job, status);
}

/* --- one row ------------------------------------------------------------------------------------------- */

/* What else is known of the same order, or of the same subject, oldest first. */
static enum status load_history(struct service_context *context, const struct service_audit_filter *wish,
                                struct service_audit_row *out, struct failure *failure)
{
    struct store_audit_filter about = {0};
    (void)text_copy(about.about, sizeof(about.about), wish->about);
    if (about.about[0] == 0)
        return STATUS_OK;
    enum status status =
        load_lines(context, &about, 0, out->history, SERVICE_AUDIT_HISTORY_MAX, &out->history_count, failure);
    for (size_t i = 0, last = out->history_count; i + 1 < last; i++, last--) {
        struct service_audit_line swapped = out->history[i];
        out->history[i] = out->history[last - 1];
        out->history[last - 1] = swapped;
    }
    return status;
}

static enum status load_order(struct service_context *context, const char *order_id,
                              struct service_audit_row *out, struct failure *failure)
{
    if (order_id[0] == 0)
        return STATUS_OK;
    enum status status = store_order_load(context->store, order_id, &out->order, failure);
    if (status == STATUS_OK) /* a person who is forgotten has no name any more */
        (void)!service_load_unit(context, &out->order, out->unit, sizeof(out->unit));
    return status;
}

/* A decision is its row's subject. */
static enum status load_decision(struct service_context *context, const struct store_audit *row,
                                 struct service_audit_signed *out, struct failure *failure)
{
    struct store_decision decision;
    struct store_decision_signer signers[SERVICE_AUDIT_SIGNERS_MAX];
    if (strncmp(row->action, "decision.", strlen("decision.")) != 0)
        return STATUS_OK;
    enum status status = store_decision_load(context->store, row->subject, &decision, failure);
    if (status == STATUS_OK)
        status = store_decision_signers(context->store, decision.id, signers, SERVICE_AUDIT_SIGNERS_MAX,
                                        &out->count, failure);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    (void)text_copy(out->action, sizeof(out->action), decision.action);
    encode_hex(out->displayed, decision.displayed_hash, sizeof(decision.displayed_hash));
    out->required = decision.required;
    for (size_t i = 0; i < out->count; i++) {
        (void)text_copy(out->by[i].name, sizeof(out->by[i].name), signers[i].name);
        (void)text_copy(out->by[i].method, sizeof(out->by[i].method), signers[i].method);
        out->by[i].at_utc_s = signers[i].at_utc_s;
    }
    return STATUS_OK;
}

static enum status load_row(struct service_context *context, struct service_job *job)
{
    const struct service_audit_filter *wish = job->request.audit;
    struct service_audit_row *out = &service_job_patch(job)->desk.audit_row;
    struct store_audit_links links;
    *out = (struct service_audit_row){.sequence = job->request.version};
    (void)text_copy(out->writer, sizeof(out->writer), wish->writer);
    enum status status =
        store_audit_links_load(context->store, wish->writer, job->request.version, &links, &job->failure);
    if (status != STATUS_OK)
        return status;
    out->holds = links.holds;
    if (links.has_next)
        encode_hex(out->digest_next, links.next.hash, sizeof(links.next.hash));
    status = load_order(context, job->request.order_id, out, &job->failure);
    if (status == STATUS_OK)
        status = load_decision(context, &links.own, &out->decision, &job->failure);
    if (status == STATUS_OK)
        status = load_history(context, wish, out, &job->failure);
    if (status == STATUS_OK)
        job->patch->changes |= PATCH_DESK_AUDIT_ROW;
    return status;
}

void service_desk_audit_row_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status = service_desk_has_clerk(context) ? service_store(context, &store) : STATUS_BAD_STATE;
    if (status == STATUS_OK)
        status = load_row(context, job);
    service_job_finish(job, status);
}
