#include "kiosk/services/service_unit.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/services/service_act.h"
#include "kiosk/services/service_desk.h"
#include "kiosk/services/service_load.h"
#include "kiosk/store/store_holding.h"
#include "kiosk/store/store_member.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_proof.h"

/* --- reading ----------------------------------------------------------------------------------------- */

static void show_person(const struct store_member *member, struct service_person *out)
{
    *out = (struct service_person){.is_manager = member->role == STORE_MEMBER_MANAGER,
                                   .is_asked = member->state == STORE_MEMBER_ASKED,
                                   .since_utc_s = member->updated_utc_s};
    (void)text_copy(out->id, sizeof(out->id), member->id);
    (void)text_copy(out->name, sizeof(out->name), member->name);
    (void)text_copy(out->phone, sizeof(out->phone), member->phone);
}

static enum status load_people(struct service_context *context, struct service_unit *out,
                               struct failure *failure)
{
    struct store_member members[SERVICE_PERSONS_MAX];
    enum status status =
        store_member_list(context->store, out->id, members, SERVICE_PERSONS_MAX, &out->person_count, failure);
    for (size_t i = 0; status == STATUS_OK && i < out->person_count; i++)
        show_person(&members[i], &out->persons[i]);
    secret_wipe_bytes(members, sizeof(members));
    return status;
}

static const struct service_person *find_person(const struct service_unit *unit, const char *id)
{
    for (size_t i = 0; i < unit->person_count; i++)
        if (strcmp(unit->persons[i].id, id) == 0)
            return &unit->persons[i];
    return NULL;
}

/* A person is authorised by id and shown by name; who has left is nobody. */
static void show_holding(const struct service_unit *unit, const struct store_holding *holding,
                         int64_t now_utc_s, struct service_holding *out)
{
    const char *text = holding->text;
    const struct service_person *person =
        holding->kind == STORE_HOLDING_PERSON ? find_person(unit, text) : NULL;
    *out = (struct service_holding){.kind = (enum service_holding_kind)holding->kind,
                                    .until_utc_s = holding->until_utc_s,
                                    .is_live = store_holding_is_live(holding, now_utc_s)};
    if (holding->kind == STORE_HOLDING_PERSON) {
        out->is_live = out->is_live && person != NULL && !person->is_asked;
        text = person == NULL ? "" : person->name;
    }
    (void)text_copy(out->id, sizeof(out->id), holding->id);
    (void)text_copy(out->text, sizeof(out->text), text);
}

static enum status load_holdings(struct service_context *context, struct service_unit *out,
                                 struct failure *failure)
{
    struct store_holding held[SERVICE_HOLDINGS_MAX];
    enum status status = store_holding_list(context->store, out->id, false, held, SERVICE_HOLDINGS_MAX,
                                            &out->holding_count, failure);
    for (size_t i = 0; status == STATUS_OK && i < out->holding_count; i++)
        show_holding(out, &held[i], service_now_utc_s(context), &out->holdings[i]);
    return status;
}

enum status service_unit_load(struct service_context *context, const struct store_unit *unit,
                              struct service_unit *out, struct failure *failure)
{
    *out = (struct service_unit){0};
    (void)text_copy(out->id, sizeof(out->id), unit->id);
    (void)text_copy(out->name, sizeof(out->name), unit->name);
    (void)text_copy(out->credit_code, sizeof(out->credit_code), unit->credit_code);
    (void)text_copy(out->heir_id, sizeof(out->heir_id), unit->heir_id);
    enum status status = load_people(context, out, failure);
    return status == STATUS_OK ? load_holdings(context, out, failure) : status;
}

static enum status load_by_id(struct service_context *context, const char *id, struct service_unit *out,
                              struct failure *failure)
{
    struct store_unit unit;
    enum status status = store_unit_load(context->store, id, &unit, failure);
    return status == STATUS_OK ? service_unit_load(context, &unit, out, failure) : status;
}

/* --- what is done ------------------------------------------------------------------------------------ */

/* Somebody does something in a unit. */
struct deed {
    struct service_context *context;
    struct service_job *job;
    const struct service_unit_act *act;
    const char *actor;               /* the clerk, or the person's id */
    const struct service_unit *unit; /* as it was loaded; empty for TELL */
};

static enum status refuse(const struct deed *deed, enum service_reason reason)
{
    return service_job_refuse(deed->job, reason, 0);
}

static enum status step(const struct deed *deed, enum store_member_state from, enum store_member_state to)
{
    enum status status = store_member_step(deed->context->store, deed->act->subject_id, from, to, deed->actor,
                                           &deed->job->failure);
    return status == STATUS_CONFLICT ? refuse(deed, SERVICE_REASON_CHANGED) : status;
}

/* Who leaves is no heir and no longer authorised (show_holding); the administrator hands over first. */
static enum status remove_person(const struct deed *deed)
{
    const struct service_person *person = find_person(deed->unit, deed->act->subject_id);
    if (person == NULL || person->is_asked)
        return refuse(deed, SERVICE_REASON_UNIT_NOT_MEMBER);
    if (person->is_manager)
        return refuse(deed, SERVICE_REASON_UNIT_MANAGER_STAYS);
    enum status status = step(deed, STORE_MEMBER_MEMBER, STORE_MEMBER_LEFT);
    if (status == STATUS_OK && strcmp(deed->unit->heir_id, person->id) == 0)
        status =
            store_unit_set_heir(deed->context->store, deed->unit->id, "", deed->actor, &deed->job->failure);
    return status;
}

static enum status name_heir(const struct deed *deed)
{
    const struct service_person *heir = find_person(deed->unit, deed->act->subject_id);
    if (deed->act->subject_id[0] != 0 && (heir == NULL || heir->is_asked || heir->is_manager))
        return refuse(deed, SERVICE_REASON_UNIT_NOT_MEMBER);
    return store_unit_set_heir(deed->context->store, deed->unit->id, deed->act->subject_id, deed->actor,
                               &deed->job->failure);
}

/* Only to whom the administrator named, as the clerk saw it. */
static enum status transfer(const struct deed *deed)
{
    if (deed->unit->heir_id[0] == 0 || strcmp(deed->unit->heir_id, deed->act->subject_id) != 0)
        return refuse(deed, SERVICE_REASON_CHANGED);
    enum status status = store_member_transfer(deed->context->store, deed->unit->id, deed->unit->heir_id,
                                               deed->actor, &deed->job->failure);
    return status == STATUS_BAD_STATE ? refuse(deed, SERVICE_REASON_UNIT_NOT_MEMBER) : status;
}

static enum status begin_holding(const struct deed *deed)
{
    struct store_holding holding = {.kind = (enum store_holding_kind)deed->act->holding,
                                    .until_utc_s = deed->act->until_utc_s};
    const struct service_person *person = find_person(deed->unit, deed->act->text);
    if (holding.kind == STORE_HOLDING_PERSON && (person == NULL || person->is_asked))
        return refuse(deed, SERVICE_REASON_UNIT_NOT_MEMBER);
    (void)text_copy(holding.unit_id, sizeof(holding.unit_id), deed->unit->id);
    if (!text_copy(holding.text, sizeof(holding.text), deed->act->text))
        return failure_set(&deed->job->failure, STATUS_FULL, "unit", 0, "the text is too long");
    enum status status = store_holding_add(deed->context->store, &holding, deed->actor, &deed->job->failure);
    return status == STATUS_CONFLICT ? refuse(deed, SERVICE_REASON_UNIT_HAS_IT) : status;
}

static enum status end_holding(const struct deed *deed)
{
    bool is_its = false;
    for (size_t i = 0; i < deed->unit->holding_count; i++)
        is_its = is_its || strcmp(deed->unit->holdings[i].id, deed->act->subject_id) == 0;
    enum status status = is_its ? store_holding_end(deed->context->store, deed->act->subject_id, deed->actor,
                                                    &deed->job->failure)
                                : STATUS_CONFLICT;
    return status == STATUS_CONFLICT ? refuse(deed, SERVICE_REASON_CHANGED) : status;
}

static enum status tell_proof(const struct deed *deed)
{
    struct store_proof proof;
    int tries = (int)deed->context->settings->settings->unit_proof_tries;
    enum status status =
        store_proof_tell(deed->context->store, deed->act->subject_id, deed->act->account_end,
                         deed->act->amount_fen, tries, deed->actor, &proof, &deed->job->failure);
    if (status == STATUS_CONFLICT)
        return refuse(deed, SERVICE_REASON_CHANGED);
    if (status != STATUS_OK || proof.state == STORE_PROOF_PROVEN)
        return status;
    return service_job_refuse(deed->job,
                              proof.state == STORE_PROOF_FAILED ? SERVICE_REASON_PROOF_FAILED
                                                                : SERVICE_REASON_PROOF_WRONG,
                              tries - proof.wrong);
}

static enum status run(const struct deed *deed)
{
    switch (deed->act->kind) {
    case SERVICE_UNIT_ACCEPT:
        return step(deed, STORE_MEMBER_ASKED, STORE_MEMBER_MEMBER);
    case SERVICE_UNIT_REFUSE:
        return step(deed, STORE_MEMBER_ASKED, STORE_MEMBER_REFUSED);
    case SERVICE_UNIT_REMOVE:
    case SERVICE_UNIT_LEAVE:
        return remove_person(deed);
    case SERVICE_UNIT_HEIR:
        return name_heir(deed);
    case SERVICE_UNIT_TRANSFER:
        return transfer(deed);
    case SERVICE_UNIT_BEGIN:
        return begin_holding(deed);
    case SERVICE_UNIT_END:
        return end_holding(deed);
    case SERVICE_UNIT_TELL:
        return tell_proof(deed);
    case SERVICE_UNIT_ACT_COUNT_:
        break;
    }
    return STATUS_BAD_STATE;
}

/* An act about a person is about one of this unit. */
static bool is_about_its_own(const struct service_unit_act *act, const struct service_unit *unit)
{
    bool of_person = act->kind == SERVICE_UNIT_ACCEPT || act->kind == SERVICE_UNIT_REFUSE;
    return !of_person || find_person(unit, act->subject_id) != NULL;
}

static enum status run_inside(struct deed *deed, struct service_unit *unit)
{
    enum status status = deed->act->kind == SERVICE_UNIT_TELL
                             ? STATUS_OK
                             : load_by_id(deed->context, deed->act->unit_id, unit, &deed->job->failure);
    deed->unit = unit;
    if (status == STATUS_OK && !is_about_its_own(deed->act, unit))
        status = refuse(deed, SERVICE_REASON_CHANGED);
    return status == STATUS_OK ? run(deed) : status;
}

static const struct {
    bool by_manager, by_desk;
} allowed[SERVICE_UNIT_ACT_COUNT_] = {
#define SERVICE_UNIT_ACT(code, name, by_manager, by_desk) [SERVICE_UNIT_##code] = {by_manager, by_desk},
#include "kiosk/services/service_unit_acts.def"
#undef SERVICE_UNIT_ACT
};

const char *service_unit_act_name(enum service_unit_act_kind kind)
{
    static const char *const names[SERVICE_UNIT_ACT_COUNT_] = {
#define SERVICE_UNIT_ACT(code, name, by_manager, by_desk) [SERVICE_UNIT_##code] = name,
#include "kiosk/services/service_unit_acts.def"
#undef SERVICE_UNIT_ACT
    };
    return (unsigned)kind < SERVICE_UNIT_ACT_COUNT_ ? names[kind] : "invalid";
}

/* --- at the terminal --------------------------------------------------------------------------------- */

static enum status list_units(struct service_context *context, struct service_job *job)
{
    struct service_patch *patch = service_job_patch(job);
    struct store_member places[SERVICE_UNITS_MAX];
    size_t count = 0;
    enum status status = store_member_list_phone(context->store, job->request.phone, places,
                                                 SERVICE_UNITS_MAX, &count, &job->failure);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct service_unit *unit = &patch->visit.units[i];
        status = load_by_id(context, places[i].unit_id, unit, &job->failure);
        const struct service_person *own = find_person(unit, places[i].id);
        unit->own = own == NULL ? 0 : (size_t)(own - unit->persons) + 1;
        if (own != NULL && own->is_asked) /* who only asks is not told who is there */
            unit->person_count = unit->holding_count = 0;
    }
    secret_wipe_bytes(places, sizeof(places));
    patch->visit.unit_count = count;
    if (status == STATUS_OK)
        patch->changes |= PATCH_UNITS;
    return status;
}

void service_unit_list_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    enum status status = job->request.phone[0] == 0 ? STATUS_BAD_STATE : service_store(context, &store);
    if (status == STATUS_OK)
        status = list_units(context, job);
    service_job_finish(job, status);
}

/* The logged-in person's own place in the unit of the act. */
static enum status find_own(struct service_context *context, struct service_job *job,
                            struct store_member *out)
{
    struct store_member places[SERVICE_UNITS_MAX];
    size_t count = 0;
    enum status status = store_member_list_phone(context->store, job->request.phone, places,
                                                 SERVICE_UNITS_MAX, &count, &job->failure);
    enum status found = STATUS_NOT_FOUND;
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        if (strcmp(places[i].unit_id, job->request.unit_act.unit_id) == 0) {
            *out = places[i];
            found = STATUS_OK;
        }
    secret_wipe_bytes(places, sizeof(places));
    return status == STATUS_OK ? found : status;
}

static enum status act_as_person(struct service_context *context, struct service_job *job,
                                 const struct store_member *own, struct service_unit *unit)
{
    struct service_unit_act *act = &job->request.unit_act;
    struct deed deed = {.context = context, .job = job, .act = act, .actor = own->id};
    bool is_own = act->kind == SERVICE_UNIT_LEAVE;
    bool is_manager = own->role == STORE_MEMBER_MANAGER && own->state == STORE_MEMBER_MEMBER;
    if (is_own)
        (void)memcpy(act->subject_id, own->id, sizeof(own->id));
    if (!is_own && !(is_manager && allowed[act->kind].by_manager))
        return refuse(&deed, SERVICE_REASON_UNIT_NOT_MANAGER);
    return run_inside(&deed, unit);
}

void service_unit_act_run(struct service_context *context, struct service_job *job)
{
    struct store *store = NULL;
    struct store_member own;
    struct service_unit unit = {0};
    enum status status = job->request.phone[0] == 0 ? STATUS_BAD_STATE : service_store(context, &store);
    if (status == STATUS_OK)
        status = store_begin(store, &job->failure);
    if (status == STATUS_OK) {
        status = find_own(context, job, &own);
        if (status == STATUS_NOT_FOUND)
            status = service_job_refuse(job, SERVICE_REASON_UNIT_NOT_MANAGER, 0);
        if (status == STATUS_OK)
            status = act_as_person(context, job, &own, &unit);
        status = store_end(store, status, &job->failure);
    }
    if (status == STATUS_OK)
        status = list_units(context, job);
    secret_wipe_bytes(&unit, sizeof(unit));
    service_job_finish(job, status);
}

/* --- at the desk ------------------------------------------------------------------------------------- */

static void fill_line(const struct service_unit *unit, struct service_unit_line *out)
{
    *out = (struct service_unit_line){.has_heir = unit->heir_id[0] != 0};
    (void)text_copy(out->id, sizeof(out->id), unit->id);
    (void)text_copy(out->name, sizeof(out->name), unit->name);
    (void)text_copy(out->credit_code, sizeof(out->credit_code), unit->credit_code);
    for (size_t i = 0; i < unit->person_count; i++) {
        const struct service_person *person = &unit->persons[i];
        out->asked += person->is_asked;
        out->members += !person->is_asked;
        if (person->is_manager && !person->is_asked)
            (void)text_copy(out->manager, sizeof(out->manager), person->name);
    }
    for (size_t i = 0; i < unit->holding_count; i++)
        out->zones += unit->holdings[i].kind == SERVICE_HOLDING_ZONE;
}

static enum status fill_lines(struct service_context *context, struct service_job *job,
                              struct service_desk *out)
{
    struct store_unit units[SERVICE_UNIT_LINES_MAX];
    size_t count = 0;
    enum status status = STATUS_OK;
    if (job->request.text[0] == 0)
        status = store_unit_list(context->store, 0, units, SERVICE_UNIT_LINES_MAX, &count, &job->failure);
    else
        status = store_unit_find(context->store, job->request.text, &units[0], &job->failure);
    if (job->request.text[0] != 0 && status == STATUS_OK)
        count = 1;
    if (status == STATUS_NOT_FOUND)
        status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct service_unit unit;
        status = service_unit_load(context, &units[i], &unit, &job->failure);
        if (status == STATUS_OK)
            fill_line(&unit, &out->units[i]);
        if (status == STATUS_OK && (strcmp(unit.id, job->request.more) == 0 || job->request.text[0] != 0))
            out->unit = unit;
        secret_wipe_bytes(&unit, sizeof(unit));
    }
    secret_wipe_bytes(units, sizeof(units));
    out->unit_count = count;
    return status;
}

static enum status fill_proofs(struct service_context *context, struct service_job *job,
                               struct service_desk *out)
{
    struct store_proof proofs[SERVICE_PROOFS_MAX];
    struct order order;
    enum status status =
        store_proof_list_open(context->store, proofs, SERVICE_PROOFS_MAX, &out->proof_count, &job->failure);
    for (size_t i = 0; status == STATUS_OK && i < out->proof_count; i++) {
        struct service_proof *line = &out->proofs[i];
        *line = (struct service_proof){.since_utc_s = proofs[i].created_utc_s, .wrong = proofs[i].wrong};
        (void)text_copy(line->id, sizeof(line->id), proofs[i].id);
        status = store_order_load(context->store, proofs[i].order_id, &order, &job->failure);
        if (status == STATUS_OK)
            status = service_load_unit(context, &order, line->unit, sizeof(line->unit));
        if (status == STATUS_OK)
            (void)text_copy(line->acceptance, sizeof(line->acceptance), order.acceptance);
    }
    secret_wipe_bytes(proofs, sizeof(proofs));
    return status;
}

static enum status fill_desk(struct service_context *context, struct service_job *job)
{
    struct service_patch *patch = service_job_patch(job);
    enum status status = fill_lines(context, job, &patch->desk);
    if (status == STATUS_OK && job->request.more[0] != 0 && patch->desk.unit.id[0] == 0)
        status = load_by_id(context, job->request.more, &patch->desk.unit, &job->failure);
    if (status == STATUS_NOT_FOUND)
        status = STATUS_OK;
    if (status == STATUS_OK)
        status = fill_proofs(context, job, &patch->desk);
    if (status == STATUS_OK)
        patch->changes |= PATCH_DESK_UNITS;
    return status;
}

static enum status open_store(struct service_context *context)
{
    struct store *store = NULL;
    return service_desk_has_clerk(context) ? service_store(context, &store) : STATUS_BAD_STATE;
}

void service_desk_units_run(struct service_context *context, struct service_job *job)
{
    enum status status = open_store(context);
    if (status == STATUS_OK)
        status = fill_desk(context, job);
    service_job_finish(job, status);
}

/* A proof that was told wrongly is stored although the clerk is told so. */
static enum status act_as_clerk(struct service_context *context, struct service_job *job)
{
    struct service_unit unit = {0};
    const struct service_unit_act *act = &job->request.unit_act;
    struct deed deed = {.context = context, .job = job, .act = act, .actor = service_desk_clerk(context)};
    if (!allowed[act->kind].by_desk)
        return STATUS_BAD_STATE;
    if (act->kind == SERVICE_UNIT_TELL)
        return tell_proof(&deed);
    enum status status = store_begin(context->store, &job->failure);
    if (status == STATUS_OK)
        status = store_end(context->store, run_inside(&deed, &unit), &job->failure);
    secret_wipe_bytes(&unit, sizeof(unit));
    return status;
}

void service_desk_unit_act_run(struct service_context *context, struct service_job *job)
{
    enum status status = open_store(context);
    if (status == STATUS_OK)
        status = act_as_clerk(context, job);
    (void)text_copy(job->request.more, sizeof(job->request.more), job->request.unit_act.unit_id);
    job->request.text[0] = 0;
    if (status == STATUS_OK || status == STATUS_REFUSED)
        (void)!fill_desk(context, job);
    service_job_finish(job, status);
}
