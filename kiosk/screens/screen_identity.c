/* Identity: who the order names is here. By the way that stands first in the product's list and is there in
 * this hall; the applicant may choose another: a clerk with the original card, the card reader, a telephone
 * (a11). */
#include "kiosk/screens/screen_identity.h"

#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/call.h"
#include "kiosk/screens/screen_list.h"

SCREEN_STATE(identity)

size_t screen_identity_ways(const struct ui *ui, enum product_identity out[PRODUCT_IDENTITY_COUNT_])
{
    const struct product_operation *operation = screen_visit(ui)->operation;
    size_t count = 0;
    for (size_t i = 0; i < operation->identity_count; i++)
        if (services_identifies(screen_services(ui), operation->identity[i]))
            out[count++] = operation->identity[i];
    return count;
}

enum screen_identity_standing screen_identity_standing(const struct ui *ui,
                                                       const struct screen_identity_state *state)
{
    const struct service_visit *visit = screen_visit(ui);
    if (visit->attention.is_open)
        return SCREEN_IDENTITY_CHECKING;
    if (state->way != PRODUCT_IDENTITY_DESK)
        return state->refusal != SERVICE_REASON_NONE ? SCREEN_IDENTITY_REFUSED : SCREEN_IDENTITY_WAITING;
    return visit->rejections.count > 0 && visit->attention.refusals > state->read_refusals
               ? SCREEN_IDENTITY_REFUSED
               : SCREEN_IDENTITY_WAITING;
}

/* --- ways -------------------------------------------------------------------------------------------- */

static void stop_reading(struct screen_identity_state *state, struct ui *ui)
{
    if (state->reading != 0)
        service_card_cancel(screen_services(ui));
    state->reading = 0;
}

static void begin(struct screen_identity_state *state, struct ui *ui)
{
    state->refusal = SERVICE_REASON_NONE;
    state->message[0] = 0;
    if (state->way == PRODUCT_IDENTITY_READER && state->reading == 0)
        state->reading = service_card_identify(screen_services(ui));
    if (state->way == PRODUCT_IDENTITY_PHONE && state->beginning == 0)
        state->beginning = service_phone_begin(screen_services(ui));
}

static void choose(struct screen_identity_state *state, struct ui *ui, enum product_identity way)
{
    stop_reading(state, ui);
    state->way = way;
    begin(state, ui);
}

void screen_identity_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_identity_state *state = memory;
    enum product_identity ways[PRODUCT_IDENTITY_COUNT_];
    (void)argument;
    if (screen_identity_ways(ui, ways) > 0)
        choose(state, ui, ways[0]);
}

void screen_identity_leave(void *memory, struct ui *ui)
{
    stop_reading(memory, ui);
}

/* --- events ------------------------------------------------------------------------------------------ */

static void on_read(struct screen_identity_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->reading = 0;
    if (reply->status == STATUS_OK || reply->status == STATUS_CANCELLED || reply->status == STATUS_BAD_STATE)
        (void)screen_moved_on(ui, SCREEN_IDENTITY);
    else
        state->refusal = reply->reason != SERVICE_REASON_NONE ? reply->reason : SERVICE_REASON_OFFLINE;
}

static void on_begun(struct screen_identity_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->beginning = 0;
    if (screen_moved_on(ui, SCREEN_IDENTITY) || state->way != PRODUCT_IDENTITY_PHONE)
        return;
    if (reply->status != STATUS_OK)
        state->refusal = reply->reason != SERVICE_REASON_NONE ? reply->reason : SERVICE_REASON_PHONE_SILENT;
}

/* The session ended without the person; who passed has moved on. */
static void on_proven(struct screen_identity_state *state, const struct ui *ui)
{
    enum service_proving_state now = screen_visit(ui)->proving.state;
    if (state->way != PRODUCT_IDENTITY_PHONE || state->beginning != 0)
        return;
    if (now == SERVICE_PROVING_FAILED)
        state->refusal = SERVICE_REASON_PHONE_FAILED;
    else if (now == SERVICE_PROVING_EXPIRED)
        state->refusal = SERVICE_REASON_PHONE_EXPIRED;
}

/* The code is made once, not at every frame. */
static void take_code(struct screen_identity_state *state, const struct ui *ui)
{
    const char *url = screen_visit(ui)->proving.url;
    if (url[0] != 0 && strcmp(state->qr_of, url) != 0 && qr_encode(url, &state->qr) == STATUS_OK)
        (void)text_copy(state->qr_of, sizeof(state->qr_of), url);
}

static void try_again(struct screen_identity_state *state, struct ui *ui)
{
    if (state->way != PRODUCT_IDENTITY_DESK) {
        begin(state, ui);
        return;
    }
    state->read_refusals = screen_visit(ui)->attention.refusals;
    call_clerk(ui);
}

static void on_tap(struct screen_identity_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped_prefix(event, "identity.way."))
        choose(state, ui, (enum product_identity)event->tag);
    else if (ui_tapped(event, "identity.desk"))
        choose(state, ui, PRODUCT_IDENTITY_DESK);
    else if (ui_tapped(event, "bar.next"))
        try_again(state, ui);
    else if (ui_tapped(event, "bar.secondary") && state->correcting == 0)
        state->correcting = service_order_event(screen_services(ui), ORDER_EVENT_FORM_CORRECTING);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

void screen_identity_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_identity_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->correcting, &reply)) {
        state->correcting = 0;
        if (!screen_moved_on(ui, SCREEN_IDENTITY))
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (screen_answered(event, state->reading, &reply)) {
        on_read(state, ui, reply);
    } else if (screen_answered(event, state->beginning, &reply)) {
        on_begun(state, ui, reply);
    } else if (event->kind == UI_EVENT_NOTICE || event->kind == UI_EVENT_REPLY) {
        if (!screen_moved_on(ui, SCREEN_IDENTITY))
            on_proven(state, ui);
    } else if (event->kind == UI_EVENT_TAP) {
        on_tap(state, ui, event);
    }
    take_code(state, ui);
}
