#include "tests/kill/kill_clerk.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/log.h"
#include "kiosk/base/text.h"
#include "tests/kill/kill_hall.h"
#include "tests/kill/kill_help.h"
#include "tests/kill/kill_points.h"
#include "tests/support/hall_visit.h"

enum { LOOK_MS = 500 };

static bool ask(struct kill_program *kill, uint64_t id)
{
    struct service_reply reply = hall_wait(&kill->program, id);
    if (reply.status != STATUS_OK)
        log_info("clerk", "%s: %s, %s", service_kind_name(reply.kind), status_name(reply.status),
                 service_reason_name(reply.reason));
    return reply.status == STATUS_OK;
}

static void review(struct kill_program *kill, const char *order_id)
{
    struct services *services = kill->program.services;
    const struct service_case *opened = &services_desk(services)->opened;
    kill_points_watch(order_id);
    if (!ask(kill, service_desk_case(services, order_id)))
        return;
    if (opened->order.state == ORDER_STATE_IDENTIFYING) {
        (void)ask(kill, service_desk_identify(services, true, ""));
        return;
    }
    for (size_t i = 0; i < opened->page_count; i++)
        if (!ask(kill, service_desk_page(services, opened->pages[i].paper, 200)))
            return;
    hall_desk_see_fields(services, kill->hall.catalogue);
    (void)ask(kill, service_desk_approve(services));
}

/* The second signature is a colleague's, whom the hall has beside the clerk. */
static void give_up(struct kill_program *kill, const char *order_id)
{
    struct secret password = {0};
    kill_points_watch(order_id);
    if (secret_set(&password, "zhanghao-2026", 13) == STATUS_OK)
        (void)ask(kill, service_desk_give_up(kill->program.services, order_id, "the applicant left", "lin",
                                             &password));
}

static void give_up_proven(struct kill_program *kill)
{
    const struct service_desk *desk = services_desk(kill->program.services);
    char id[ORDER_ID_BYTES];
    for (size_t i = 0; i < desk->recent_count; i++) {
        if (desk->recent[i].order.state != ORDER_STATE_PIN)
            continue;
        (void)memcpy(id, desk->recent[i].order.id, sizeof(id));
        give_up(kill, id);
    }
}

/* --- money by hand ------------------------------------------------------------------------------------- */

/* The transfer makes way for cash, which is then taken under a number of the order's own. */
static void take_cash(struct kill_program *kill, const struct service_queue_line *line)
{
    struct services *services = kill->program.services;
    struct service_hand_note note = {.amount_fen = line->hand.amount_fen};
    bool is_cash = strcmp(line->hand.channel, product_payment_name(PRODUCT_PAYMENT_DESK)) == 0;
    (void)text_copy(note.method, sizeof(note.method), "cash");
    (void)snprintf(note.reference, sizeof(note.reference), "SJ-%.12s", line->order.id);
    if (line->hand.channel[0] == 0 || line->hand.is_signed || line->hand.is_late)
        return;
    if (!is_cash)
        (void)ask(kill, service_desk_money_open(services, kill->arguments.order, true));
    else
        (void)ask(kill, service_desk_money_take(services, kill->arguments.order, &note));
}

static void look_for_money(struct kill_program *kill)
{
    const struct service_desk *desk = services_desk(kill->program.services);
    for (size_t i = 0; i < desk->money_count; i++) {
        const struct service_queue_line line = desk->money[i];
        if (strcmp(line.order.id, kill->arguments.order) == 0)
            take_cash(kill, &line);
    }
}

/* --- parcels ------------------------------------------------------------------------------------------- */

static void look_for_parcels(struct kill_program *kill)
{
    struct services *services = kill->program.services;
    const char *id = kill->arguments.order;
    if (!ask(kill, service_desk_parcels(services)))
        return;
    const struct service_desk *desk = services_desk(services);
    for (size_t i = 0; i < desk->parcel_count; i++) {
        const struct service_parcel *parcel = &desk->parcels[i];
        enum service_shipment_state state = parcel->shipment.state;
        if (strcmp(parcel->order.id, id) != 0)
            continue;
        if (state == SERVICE_SHIPMENT_WISHED && !ask(kill, service_desk_make(services, id, false)))
            hall_run(&kill->program, LOOK_MS); /* the writer is looked at between requests */
        else if (state == SERVICE_SHIPMENT_MADE)
            (void)ask(kill, service_desk_send(services, id, "ems", "EE473124829CN"));
        return;
    }
}

/* --- files --------------------------------------------------------------------------------------------- */

/* Begun, or gone on with: the colleague signs and the password is typed again. */
static void look_for_soft(struct kill_program *kill)
{
    const struct service_desk *desk = services_desk(kill->program.services);
    struct secret password = {0}, signature = {0};
    const struct service_certificate_file wish = {.order_id = kill->arguments.order,
                                                  .password = &password,
                                                  .second = "lin",
                                                  .second_password = &signature};
    bool waits = false;
    for (size_t i = 0; i < desk->recent_count; i++)
        waits = waits || (strcmp(desk->recent[i].order.id, wish.order_id) == 0 &&
                          (desk->recent[i].soft == SERVICE_CERTIFICATE_SOFT_OFFERED ||
                           desk->recent[i].soft == SERVICE_CERTIFICATE_SOFT_OPEN));
    if (waits &&
        secret_set(&password, KILL_HALL_FILE_PASSWORD, strlen(KILL_HALL_FILE_PASSWORD)) == STATUS_OK &&
        secret_set(&signature, "zhanghao-2026", 13) == STATUS_OK)
        (void)ask(kill, service_desk_soft(kill->program.services, &wish));
}

/* --- the clerk ----------------------------------------------------------------------------------------- */

void kill_clerk_look_round(struct kill_program *kill)
{
    const struct service_desk *desk = services_desk(kill->program.services);
    enum kill_story story = kill->arguments.story;
    char id[ORDER_ID_BYTES] = "";
    if (!ask(kill, service_desk_overview(kill->program.services)))
        return;
    if (story == KILL_STORY_HELPED) {
        kill_help_give(&kill->program, kill->arguments.order);
        return;
    }
    if (desk->queue_count > 0) {
        (void)memcpy(id, desk->queue[0].order.id, sizeof(id));
        review(kill, id);
    }
    if (story == KILL_STORY_GIVEN_UP)
        give_up_proven(kill);
    if (story == KILL_STORY_BY_HAND)
        look_for_money(kill);
    if (story == KILL_STORY_COURIER)
        look_for_parcels(kill);
    if (story == KILL_STORY_SOFT)
        look_for_soft(kill);
}

bool kill_clerk_sign_in(struct kill_program *kill)
{
    struct secret password = {0};
    return secret_set(&password, "zhanghao-2026", 13) == STATUS_OK &&
           ask(kill, service_desk_sign_in(kill->program.services, kill->arguments.clerk, &password));
}
