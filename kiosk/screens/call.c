#include "kiosk/screens/call.h"

#include "kiosk/screens/help.h"

enum { AGAIN_MS = 4000 }; /* as long as the words stand that say so */

static struct screen_call *call_of(const struct ui *ui)
{
    return &screen_program(ui)->call;
}

static void send(struct ui *ui, bool calling)
{
    *call_of(ui) =
        (struct screen_call){.calling = calling, .request = service_call_clerk(screen_services(ui), calling)};
}

void call_clerk(struct ui *ui)
{
    if (!screen_visit(ui)->clerk_called)
        send(ui, true);
}

bool call_toggle(struct ui *ui)
{
    bool failed = call_of(ui)->again_ms != 0;
    send(ui, failed || !screen_visit(ui)->clerk_called);
    return call_of(ui)->calling;
}

void call_cancel(struct ui *ui)
{
    send(ui, false);
}

const char *call_state(const struct ui *ui)
{
    const struct screen_call *call = &screen_program(ui)->call;
    bool is_called = screen_visit(ui)->clerk_called;
    if (call->again_ms != 0 && call->calling)
        return "call.retrying";
    if (call->request != 0)
        return call->calling ? "call.sending" : NULL;
    return is_called ? "call.sent" : NULL;
}

bool call_event(struct ui *ui, const struct ui_event *event)
{
    struct screen_call *call = call_of(ui);
    struct service_reply *reply = NULL;
    if (!screen_answered(event, call->request, &reply))
        return false;
    bool failed = reply->status != STATUS_OK;
    call->request = 0;
    call->again_ms = failed ? clock_monotonic_ms(screen_program(ui)->clock) + AGAIN_MS : 0;
    if (call->calling && help_shows_manual(ui))
        return true;
    ui_toast(ui, failed ? ICON_WARNING : ICON_HEADSET,
             screen_text(ui, call->calling ? (failed ? "call.failed" : "call.sent")
                             : failed      ? "call.not_cancelled"
                                           : "call.cancelled"));
    return true;
}

void call_update(struct ui *ui)
{
    const struct screen_call *call = call_of(ui);
    if (call->again_ms == 0 || call->request != 0 ||
        clock_monotonic_ms(screen_program(ui)->clock) < call->again_ms)
        return;
    send(ui, call->calling);
}

void call_forget(struct ui *ui)
{
    *call_of(ui) = (struct screen_call){0};
}
