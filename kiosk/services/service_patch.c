#include "kiosk/services/service_patch.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/services/service_state.h"

void service_patch_free(struct service_patch *patch)
{
    if (patch == NULL)
        return;
    form_values_wipe(&patch->values);
    form_values_wipe(&patch->desk.opened.values);
    secret_wipe_bytes(patch, sizeof(*patch));
    free(patch);
}

static void move_values(struct form_values *to, struct form_values *from)
{
    form_values_wipe(to);
    *to = *from;
    form_values_init(from);
}

static void apply_order(struct services *services, struct service_visit *from)
{
    struct service_visit *to = &services->visit;
    bool is_another = !to->has_order || strcmp(to->order.id, from->order.id) != 0;
    to->has_order = true;
    to->order = from->order;
    to->product = from->product;
    to->operation = from->operation;
    (void)memcpy(to->class_id, from->class_id, sizeof(to->class_id));
    to->wish = from->wish;
    (void)memcpy(to->reason, from->reason, sizeof(to->reason));
    to->rejections = from->rejections;
    to->known = from->known;
    to->finding_count = from->finding_count;
    (void)memcpy(to->findings, from->findings, sizeof(to->findings));
    to->attention = from->attention;
    to->due_utc_s = from->due_utc_s;
    (void)memcpy(to->clerk_note, from->clerk_note, sizeof(to->clerk_note));
    to->page_count = from->page_count;
    (void)memcpy(to->pages, from->pages, sizeof(to->pages));
    to->payment = from->payment;
    to->shipment = from->shipment;
    to->keys_made = from->keys_made;
    to->hand = from->hand;
    to->consent = from->consent;
    to->deed = from->deed;
    to->lock = from->lock;
    to->sample_count = from->sample_count;
    (void)memcpy(to->samples, from->samples, sizeof(to->samples));
    to->invoice = from->invoice;
    if (is_another || from->issue.stage == SERVICE_ISSUE_PROVEN)
        to->issue = from->issue;
    if (is_another)
        services_tell_visit(services);
}

/* Progress may arrive from two rounds; the bar on the screen never goes back while one key is made. */
static void apply_issue(struct service_issue *to, const struct service_issue *from)
{
    int percent =
        to->is_running && from->is_running && to->percent > from->percent ? to->percent : from->percent;
    *to = *from;
    to->percent = percent;
}

static void apply_visit(struct services *services, struct service_patch *patch)
{
    struct service_visit *to = &services->visit;
    struct service_visit *from = &patch->visit;
    if (patch->changes & PATCH_LOGIN) {
        (void)memcpy(to->phone, from->phone, sizeof(to->phone));
        to->login = from->login;
    }
    if (patch->changes & PATCH_APPOINTMENT)
        to->appointment = from->appointment;
    if (patch->changes & PATCH_ACCOUNT)
        to->account = from->account;
    if (patch->changes & PATCH_ORDERS) {
        to->order_count = from->order_count;
        (void)memcpy(to->orders, from->orders, sizeof(to->orders));
        (void)memcpy(to->person, from->person, sizeof(to->person));
        to->counts = from->counts;
    }
    if (patch->changes & PATCH_BILLS)
        to->bills = from->bills;
    if (patch->changes & PATCH_QUESTION)
        to->question = from->question;
    if (patch->changes & PATCH_RESET)
        to->reset = from->reset;
    if (patch->changes & PATCH_ORDER)
        apply_order(services, from);
    if (patch->changes & PATCH_VALUES && !(patch->changes & PATCH_DESK_CASE))
        move_values(&services->values, &patch->values);
    if (patch->changes & PATCH_TICKET)
        (void)memcpy(to->ticket, from->ticket, sizeof(to->ticket));
    if (patch->changes & PATCH_PAYMENT)
        to->payment = from->payment;
    if (patch->changes & PATCH_ISSUE)
        apply_issue(&to->issue, &from->issue);
    if (patch->changes & PATCH_SCAN)
        to->scan = from->scan;
    if (patch->changes & PATCH_HOLDER)
        to->holder = from->holder;
    if (patch->changes & PATCH_RECORD)
        to->record = from->record;
    if (patch->changes & PATCH_PROVING)
        to->proving = from->proving;
    if (patch->changes & PATCH_CARD)
        to->card = from->card;
    if (patch->changes & PATCH_UNITS) {
        to->unit_count = from->unit_count;
        (void)memcpy(to->units, from->units, sizeof(to->units));
    }
    if (patch->changes & PATCH_CALL)
        to->clerk_called = from->clerk_called;
}

static void apply_devices(struct services *services, const struct service_patch *patch)
{
    struct service_devices *to = &services->devices;
    const struct service_devices *from = &patch->devices;
    if (patch->changes & PATCH_KEY)
        services->key = patch->key;
    if (patch->changes & PATCH_PRINTER)
        to->printer = from->printer;
    if (patch->changes & PATCH_SCANNER)
        to->scanner = from->scanner;
    if (patch->changes & PATCH_WRITER)
        to->writer = from->writer;
    if (patch->changes & PATCH_AUTHORITY)
        to->authority = from->authority;
    if (patch->changes & PATCH_GATEWAY)
        to->payment = from->payment;
    if (patch->changes & PATCH_SMS)
        to->sms = from->sms;
    if (patch->changes & PATCH_IDCARD)
        to->idcard = from->idcard;
}

static void apply_overview(struct service_desk *to, const struct service_desk *from)
{
    to->terminal_count = from->terminal_count;
    (void)memcpy(to->terminals, from->terminals, sizeof(to->terminals));
    to->queue_count = from->queue_count;
    (void)memcpy(to->queue, from->queue, sizeof(to->queue));
    to->recent_count = from->recent_count;
    (void)memcpy(to->recent, from->recent, sizeof(to->recent));
    to->money_count = from->money_count;
    (void)memcpy(to->money, from->money, sizeof(to->money));
    to->alarm_count = from->alarm_count;
    (void)memcpy(to->alarms, from->alarms, sizeof(to->alarms));
    to->deadline_count = from->deadline_count;
    (void)memcpy(to->deadlines, from->deadlines, sizeof(to->deadlines));
    to->counters = from->counters;
    to->stock_count = from->stock_count;
    (void)memcpy(to->stocks, from->stocks, sizeof(to->stocks));
    (void)memcpy(to->delivered, from->delivered, sizeof(to->delivered));
    to->event_count = from->event_count;
    (void)memcpy(to->events, from->events, sizeof(to->events));
}

static void apply_units(struct service_desk *to, const struct service_desk *from)
{
    to->unit_count = from->unit_count;
    (void)memcpy(to->units, from->units, sizeof(to->units));
    to->unit = from->unit;
    to->proof_count = from->proof_count;
    (void)memcpy(to->proofs, from->proofs, sizeof(to->proofs));
}

/* What the clerk has seen stays seen while the same case is open in the same version. */
static void apply_case(struct service_desk *desk, struct service_patch *patch)
{
    struct service_case *to = &desk->opened;
    struct service_case *from = &patch->desk.opened;
    bool is_same =
        to->is_open && strcmp(to->order.id, from->order.id) == 0 && to->order.version == from->order.version;
    struct service_case before = *to;
    form_values_wipe(&to->values);
    *to = *from;
    form_values_init(&from->values);
    form_values_init(&to->values);
    if (patch->changes & PATCH_VALUES)
        move_values(&to->values, &patch->values);
    if (!is_same)
        return;
    (void)memcpy(to->seen, before.seen, sizeof(to->seen));
    (void)memcpy(to->seen_fields, before.seen_fields, sizeof(to->seen_fields));
    to->seen_count = before.seen_count;
}

static void mark_seen(struct service_case *opened, const char *paper)
{
    for (size_t i = 0; i < opened->page_count; i++)
        if (strcmp(opened->pages[i].paper, paper) == 0)
            opened->seen[i] = true;
}

static void apply_certificates(struct service_desk *desk, const struct service_patch *patch)
{
    if (patch->changes & PATCH_DESK_CERTIFICATES) {
        desk->certificate_count = patch->desk.certificate_count;
        (void)memcpy(desk->certificates, patch->desk.certificates, sizeof(desk->certificates));
    }
    if (patch->changes & PATCH_DESK_TRUST) {
        desk->anchor_count = patch->desk.anchor_count;
        (void)memcpy(desk->anchors, patch->desk.anchors, sizeof(desk->anchors));
        desk->has_stick = patch->desk.has_stick;
        desk->file_count = patch->desk.file_count;
        (void)memcpy(desk->files, patch->desk.files, sizeof(desk->files));
    }
}

static void apply_desk(struct service_desk *desk, struct service_patch *patch)
{
    if (patch->changes & PATCH_DESK_SIGN) {
        desk->signed_in = patch->desk.signed_in;
        (void)memcpy(desk->clerk, patch->desk.clerk, sizeof(desk->clerk));
    }
    if (patch->changes & PATCH_DESK_OVERVIEW)
        apply_overview(desk, &patch->desk);
    if (patch->changes & PATCH_DESK_CASE)
        apply_case(desk, patch);
    if (patch->changes & PATCH_DESK_UNITS)
        apply_units(desk, &patch->desk);
    if (patch->changes & PATCH_DESK_SEEN)
        mark_seen(&desk->opened, patch->visit.scan.paper);
    if (patch->changes & PATCH_DESK_DECIDED) {
        desk->opened.decided = patch->desk.opened.decided;
        desk->opened.approved = patch->desk.opened.approved;
        desk->opened.undo_until_utc_s = patch->desk.opened.undo_until_utc_s;
        desk->opened.waits_second = patch->desk.opened.waits_second;
    }
    if (patch->changes & PATCH_DESK_INVOICES) {
        desk->invoice_count = patch->desk.invoice_count;
        (void)memcpy(desk->invoices, patch->desk.invoices, sizeof(desk->invoices));
    }
    if (patch->changes & PATCH_DESK_PARCELS) {
        desk->notice_count = patch->desk.notice_count;
        (void)memcpy(desk->notices, patch->desk.notices, sizeof(desk->notices));
        desk->parcel_count = patch->desk.parcel_count;
        (void)memcpy(desk->parcels, patch->desk.parcels, sizeof(desk->parcels));
    }
    if (patch->changes & PATCH_DESK_HOLDERS) {
        desk->reset_count = patch->desk.reset_count;
        (void)memcpy(desk->resets, patch->desk.resets, sizeof(desk->resets));
        desk->feedback_count = patch->desk.feedback_count;
        (void)memcpy(desk->feedbacks, patch->desk.feedbacks, sizeof(desk->feedbacks));
    }
    apply_certificates(desk, patch);
    if (patch->changes & PATCH_DESK_AUDIT) {
        desk->audit_count = patch->desk.audit_count;
        desk->audit_holds = patch->desk.audit_holds;
        desk->audit_known = patch->desk.audit_known;
        desk->audit_checked_utc_s = patch->desk.audit_checked_utc_s;
        (void)memcpy(desk->audit, patch->desk.audit, sizeof(desk->audit));
    }
}

void service_patch_apply(struct services *services, struct service_patch *patch)
{
    if (patch == NULL)
        return;
    apply_visit(services, patch);
    apply_devices(services, patch);
    if (patch->changes & PATCH_SUPERVISION)
        services->supervision = patch->supervision;
    apply_desk(&services->desk, patch);
}
