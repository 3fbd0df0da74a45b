#include "kiosk/services/service_deed.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/services/service_handset.h"
#include "kiosk/services/service_load.h"
#include "kiosk/services/service_subject.h"
#include "kiosk/store/store_member.h"
#include "kiosk/store/store_proof.h"
#include "kiosk/store/store_unit.h"

enum { PLACES_MAX = 16, AGREED_LEAST_FEN = 11, AGREED_MOST_FEN = 99 };

/* The order's unit, if it is about one, and its person, and how they stand to each other now. */
struct deed {
    struct service_context *context;
    struct service_job *job;
    const struct service_visit *visit;
    struct product_wish wish;
    char name[SERVICE_TEXT_BYTES]; /* of the unit, as the form says */
    char credit_code[SERVICE_TEXT_BYTES];
    char person[SERVICE_TEXT_BYTES];
    char phone[SERVICE_TEXT_BYTES];
    char id_number[SERVICE_TEXT_BYTES]; /* of the person */
    char account_end[SERVICE_TEXT_BYTES];
    struct store_unit unit; /* id "" when it is not known here */
    bool has_manager;
    bool has_place;
    struct store_member place; /* of the person in the unit */
};

static enum status refuse(const struct deed *deed, enum service_reason reason)
{
    return service_job_refuse(deed->job, reason, 0);
}

static bool does(const struct deed *deed, enum product_deed what)
{
    return product_wish_does(&deed->wish, what);
}

/* --- how it stands ----------------------------------------------------------------------------------- */

static enum status load_form(struct deed *deed)
{
    struct service_context *context = deed->context;
    const struct order *order = &deed->visit->order;
    enum status status = service_load_unit(context, order, deed->name, sizeof(deed->name));
    if (status == STATUS_OK)
        status = service_load_credit_code(context, order, deed->credit_code, sizeof(deed->credit_code));
    if (status == STATUS_OK)
        status = service_load_agent(context, order, deed->person, sizeof(deed->person));
    if (status == STATUS_OK)
        status = service_load_phone(context, order, deed->phone, sizeof(deed->phone));
    if (status == STATUS_OK)
        status = service_load_id_number(context, order, deed->id_number, sizeof(deed->id_number));
    if (status == STATUS_OK)
        status = service_load_account_end(context, order, deed->account_end, sizeof(deed->account_end));
    return status;
}

static enum status load_places(struct deed *deed)
{
    struct store_member people[PLACES_MAX];
    size_t count = 0;
    struct failure *failure = &deed->job->failure;
    enum status status =
        store_member_list(deed->context->store, deed->unit.id, people, PLACES_MAX, &count, failure);
    if (status == STATUS_OK) /* the administrator comes first, if the unit has one */
        deed->has_manager = count > 0 && people[0].role == STORE_MEMBER_MANAGER;
    if (status == STATUS_OK)
        status =
            store_member_list_phone(deed->context->store, deed->phone, people, PLACES_MAX, &count, failure);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (strcmp(people[i].unit_id, deed->unit.id) != 0)
            continue;
        deed->has_place = true;
        deed->place = people[i];
    }
    secret_wipe_bytes(people, sizeof(people));
    return status;
}

/* A person is told by name and number; among a unit's people that is the mobile number. */
static bool is_named(const struct deed *deed)
{
    const char *number = deed->credit_code[0] != 0 ? deed->phone : deed->id_number;
    return deed->person[0] != 0 && number[0] != 0 &&
           (deed->credit_code[0] != 0 || !product_wish_is_of_unit(&deed->wish));
}

static enum status load(struct deed *deed)
{
    service_visit_wish(deed->visit, service_now_utc_s(deed->context), &deed->wish);
    enum status status = load_form(deed);
    if (status == STATUS_OK && !is_named(deed))
        return failure_set(&deed->job->failure, STATUS_MALFORMED, "deed", 0,
                           "the form names no unit or person");
    if (status == STATUS_OK && deed->credit_code[0] == 0)
        return STATUS_OK;
    if (status == STATUS_OK)
        status = store_unit_find(deed->context->store, deed->credit_code, &deed->unit, &deed->job->failure);
    if (status == STATUS_OK)
        return load_places(deed);
    deed->unit.id[0] = 0;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static bool is_member(const struct deed *deed)
{
    return deed->has_place && deed->place.state == STORE_MEMBER_MEMBER;
}

static bool is_manager(const struct deed *deed)
{
    return is_member(deed) && deed->place.role == STORE_MEMBER_MANAGER;
}

/* --- judging ----------------------------------------------------------------------------------------- */

/* A place that this very order asked for is no reason against it. */
static bool is_taken(const struct deed *deed)
{
    return deed->has_place && strcmp(deed->place.order_id, deed->visit->order.id) != 0;
}

static enum status judge(const struct deed *deed)
{
    bool proves = does(deed, PRODUCT_DEED_PROVE);
    bool enters = proves || does(deed, PRODUCT_DEED_CLAIM) || does(deed, PRODUCT_DEED_JOIN);
    if (enters && is_taken(deed))
        return refuse(deed, SERVICE_REASON_UNIT_IS_MEMBER);
    if (does(deed, PRODUCT_DEED_CLAIM) && deed->has_manager && !is_manager(deed))
        return refuse(deed, SERVICE_REASON_UNIT_HAS_MANAGER);
    if (does(deed, PRODUCT_DEED_JOIN) && !deed->has_manager)
        return refuse(deed, SERVICE_REASON_UNIT_UNKNOWN);
    if (proves && strlen(deed->account_end) != STORE_PROOF_ACCOUNT_BYTES - 1)
        return refuse(deed, SERVICE_REASON_PROOF_ACCOUNT);
    if (does(deed, PRODUCT_DEED_MEMBER) && !is_member(deed))
        return refuse(deed, SERVICE_REASON_UNIT_NOT_MEMBER);
    if ((does(deed, PRODUCT_DEED_MANAGER) || does(deed, PRODUCT_DEED_RENAME)) && !is_manager(deed))
        return refuse(deed, SERVICE_REASON_UNIT_NOT_MANAGER);
    return STATUS_OK;
}

/* Only before it is done: what withdraws the last certificate leaves none. */
static enum status judge_holder(const struct deed *deed)
{
    struct store_certificate earlier;
    const struct service_handset_holder holder = {deed->phone, deed->credit_code, deed->id_number};
    if (!does(deed, PRODUCT_DEED_HOLDER))
        return STATUS_OK;
    enum status status =
        service_handset_find(deed->context, deed->job, &deed->visit->order, &holder, &earlier);
    if (status == STATUS_NOT_FOUND)
        return refuse(deed, SERVICE_REASON_NO_CERTIFICATE);
    return status == STATUS_OK ? service_subject_admit(deed->context, deed->job, deed->wish.product,
                                                       deed->wish.operation, deed->wish.years, &earlier)
                               : status;
}

bool service_deed_is_asked(struct service_context *context, const struct service_visit *visit)
{
    struct product_wish wish;
    service_visit_wish(visit, service_now_utc_s(context), &wish);
    return product_wish_has_deeds(&wish);
}

static struct deed *deed_new(struct service_context *context, struct service_job *job,
                             const struct service_visit *visit)
{
    struct deed *deed = calloc(1, sizeof(*deed));
    check(deed != NULL);
    *deed = (struct deed){.context = context, .job = job, .visit = visit};
    return deed;
}

static void deed_free(struct deed *deed)
{
    secret_wipe_bytes(deed, sizeof(*deed));
    free(deed);
}

enum status service_deed_settle(struct service_context *context, struct service_job *job,
                                const struct service_visit *visit)
{
    struct deed *deed = deed_new(context, job, visit);
    enum status status = load(deed);
    if (status == STATUS_OK)
        status = judge(deed);
    if (status == STATUS_OK)
        status = judge_holder(deed);
    deed_free(deed);
    return status;
}

/* --- doing ------------------------------------------------------------------------------------------- */

static enum status keep_unit(struct deed *deed)
{
    return store_unit_keep(deed->context->store, deed->credit_code, deed->name, NULL, &deed->unit,
                           &deed->job->failure);
}

/* The person gets this place; somebody may have been first. */
static enum status add_place(struct deed *deed, enum store_member_role role, enum store_member_state state)
{
    struct store_member member = {.role = role, .state = state};
    enum status status = keep_unit(deed);
    (void)text_copy(member.unit_id, sizeof(member.unit_id), deed->unit.id);
    (void)text_copy(member.name, sizeof(member.name), deed->person);
    (void)text_copy(member.phone, sizeof(member.phone), deed->phone);
    (void)text_copy(member.order_id, sizeof(member.order_id), deed->visit->order.id);
    if (status == STATUS_OK)
        status = store_member_add(deed->context->store, &member, NULL, &deed->job->failure);
    if (status == STATUS_CONFLICT)
        status = refuse(deed, role == STORE_MEMBER_MANAGER ? SERVICE_REASON_UNIT_HAS_MANAGER
                                                           : SERVICE_REASON_UNIT_IS_MEMBER);
    if (status == STATUS_OK) {
        deed->place = member;
        deed->has_place = true;
        deed->has_manager = deed->has_manager || role == STORE_MEMBER_MANAGER;
    }
    secret_wipe_bytes(&member, sizeof(member));
    return status;
}

/* The agreed amount is small, and no round one, so that it says which transfer it is. */
static enum status prove(struct deed *deed, bool begins)
{
    struct store_proof proof;
    struct store *store = deed->context->store;
    struct failure *failure = &deed->job->failure;
    enum status status = store_proof_load_order(store, deed->visit->order.id, &proof, failure);
    if (status == STATUS_OK && proof.state == STORE_PROOF_PROVEN)
        return STATUS_OK;
    if (begins && (status == STATUS_NOT_FOUND || (status == STATUS_OK && proof.state == STORE_PROOF_FAILED)))
        status = store_proof_begin(store, deed->visit->order.id, deed->account_end,
                                   AGREED_LEAST_FEN +
                                       (int64_t)random_below(deed->context->settings->random,
                                                             AGREED_MOST_FEN - AGREED_LEAST_FEN + 1),
                                   &proof, failure);
    if (status != STATUS_OK && status != STATUS_NOT_FOUND)
        return status;
    return refuse(deed, SERVICE_REASON_PROOF_WAITS);
}

/* What became of the asking: the store keeps the answer with the order. */
static enum status join(struct deed *deed, bool begins)
{
    struct store_member asked;
    if (is_member(deed))
        return STATUS_OK;
    enum status status =
        store_member_load_order(deed->context->store, deed->visit->order.id, &asked, &deed->job->failure);
    if (status == STATUS_OK)
        return refuse(deed, asked.state == STORE_MEMBER_ASKED ? SERVICE_REASON_UNIT_WAITS
                                                              : SERVICE_REASON_UNIT_REFUSED);
    if (status == STATUS_NOT_FOUND)
        status = begins ? add_place(deed, STORE_MEMBER_STAFF, STORE_MEMBER_ASKED) : STATUS_OK;
    return status == STATUS_OK ? refuse(deed, SERVICE_REASON_UNIT_WAITS) : status;
}

/* A unit that proved itself vouches for its person: administrator of one without, else let in at once. */
static enum status enter_proven(struct deed *deed)
{
    if (is_member(deed))
        return STATUS_OK;
    return add_place(deed, deed->has_manager ? STORE_MEMBER_STAFF : STORE_MEMBER_MANAGER,
                     STORE_MEMBER_MEMBER);
}

static enum status enter(struct deed *deed, bool begins)
{
    enum status status = STATUS_OK;
    if (does(deed, PRODUCT_DEED_PROVE)) {
        status = prove(deed, begins);
        return status == STATUS_OK ? enter_proven(deed) : status;
    }
    if (does(deed, PRODUCT_DEED_CLAIM) && !is_manager(deed))
        status = add_place(deed, STORE_MEMBER_MANAGER, STORE_MEMBER_MEMBER);
    if (status == STATUS_OK && does(deed, PRODUCT_DEED_JOIN))
        status = join(deed, begins);
    return status;
}

/* What waits for somebody is no failure of the change: what it asked for is kept. */
static bool is_waiting(const struct service_job *job, enum status status)
{
    return status == STATUS_REFUSED &&
           (job->reason == SERVICE_REASON_UNIT_WAITS || job->reason == SERVICE_REASON_PROOF_WAITS);
}

static enum status run_inside(struct deed *deed, bool begins)
{
    enum status status = load(deed);
    if (status == STATUS_OK)
        status = judge(deed);
    if (status == STATUS_OK)
        status = enter(deed, begins);
    if (status == STATUS_OK && does(deed, PRODUCT_DEED_RENAME))
        status = keep_unit(deed);
    return status;
}

/* What the authority does stands outside the change among people, which holds whether it answers or not. */
static enum status run_certificates(struct deed *deed)
{
    struct service_context *context = deed->context;
    const struct order *order = &deed->visit->order;
    const struct service_handset_holder holder = {deed->phone, deed->credit_code, deed->id_number};
    enum status status = STATUS_OK;
    if (does(deed, PRODUCT_DEED_PHONE))
        status = service_handset_make(context, deed->job, order, &holder);
    if (status == STATUS_OK && does(deed, PRODUCT_DEED_WITHDRAW))
        status = service_handset_withdraw(context, deed->job, order, &holder);
    return status;
}

static enum status run(struct deed *deed, bool begins)
{
    struct failure *failure = &deed->job->failure;
    enum status status = store_begin(deed->context->store, failure);
    if (status != STATUS_OK)
        return status;
    enum status done = run_inside(deed, begins);
    bool waits = is_waiting(deed->job, done);
    status = store_end(deed->context->store, waits ? STATUS_OK : done, failure);
    if (status != STATUS_OK || waits)
        return waits ? done : status;
    return run_certificates(deed);
}

enum status service_deed_run(struct service_context *context, struct service_job *job, const char *order_id,
                             bool begins)
{
    struct service_visit *visit = calloc(1, sizeof(*visit));
    check(visit != NULL);
    enum status status = service_load_order(context, order_id, visit, &job->failure);
    struct deed *deed = deed_new(context, job, visit);
    if (status == STATUS_OK && service_deed_is_asked(context, visit))
        status = run(deed, begins);
    deed_free(deed);
    secret_wipe_bytes(visit, sizeof(*visit));
    free(visit);
    return status;
}

/* --- what it waits for ------------------------------------------------------------------------------- */

enum status service_deed_load(struct service_context *context, struct service_visit *visit,
                              struct failure *failure)
{
    struct store_proof proof;
    struct store_member asked;
    struct product_wish wish;
    visit->deed = (struct service_deed){.waits = SERVICE_DEED_NOTHING};
    if (visit->order.state != ORDER_STATE_ACTING || !service_deed_is_asked(context, visit))
        return STATUS_OK;
    enum status status = store_proof_load_order(context->store, visit->order.id, &proof, failure);
    if (status == STATUS_OK && proof.state == STORE_PROOF_OPEN) {
        visit->deed.waits = SERVICE_DEED_TRANSFER;
        visit->deed.amount_fen = proof.amount_fen;
        (void)text_copy(visit->deed.account_end, sizeof(visit->deed.account_end), proof.account_end);
    }
    if (status == STATUS_NOT_FOUND)
        status = store_member_load_order(context->store, visit->order.id, &asked, failure);
    if (status == STATUS_OK && visit->deed.waits == SERVICE_DEED_NOTHING &&
        asked.state != STORE_MEMBER_MEMBER)
        visit->deed.waits = asked.state == STORE_MEMBER_ASKED     ? SERVICE_DEED_LETTING_IN
                            : asked.state == STORE_MEMBER_REFUSED ? SERVICE_DEED_REFUSED
                                                                  : SERVICE_DEED_NOTHING;
    service_visit_wish(visit, service_now_utc_s(context), &wish);
    if (visit->deed.waits == SERVICE_DEED_NOTHING && product_wish_does(&wish, PRODUCT_DEED_PHONE))
        visit->deed.waits = SERVICE_DEED_PHONE;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}
