/* Key: the holder proves to be the holder: the own key is in the writer and its PIN is right. Without an
 * order it logs in and leads to the holder's orders; with one it is a step of the order. */
#include <stdio.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/key_entry.h"
#include "kiosk/screens/key_models.h"
#include "kiosk/screens/old_lock.h"
#include "kiosk/screens/screen_list.h"

struct screen_key_state {
    struct key_entry entry;
    struct old_lock old_lock;
    uint64_t asking;
    uint64_t diverting;
    bool is_unknown; /* nobody here knows the key; the operation has another way */
};
SCREEN_STATE(key)

static bool is_step(const struct ui *ui)
{
    return screen_visit(ui)->has_order;
}

static const struct service_key *key_of(const struct ui *ui)
{
    return services_key(screen_services(ui));
}

static bool is_locked(const struct ui *ui)
{
    return key_of(ui)->presence == SERVICE_KEY_CARRYING && key_of(ui)->pin == SERVICE_PIN_LOCKED;
}

void screen_key_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_key_state *state = memory;
    (void)argument;
    screen_show_visit(ui);
    key_entry_open(&state->entry, ui);
}

void screen_key_leave(void *memory, struct ui *ui)
{
    struct screen_key_state *state = memory;
    (void)ui;
    key_entry_wipe(&state->entry);
}

static void confirm(struct screen_key_state *state, struct ui *ui)
{
    struct services *services = screen_services(ui);
    if (state->asking != 0 || !key_entry_is_complete(&state->entry))
        return;
    state->entry.message[0] = 0;
    state->asking = is_step(ui) ? service_key_show(services, &state->entry.pin)
                                : service_key_login(services, &state->entry.pin);
    key_entry_wipe(&state->entry);
}

static void on_answer(struct screen_key_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->asking = 0;
    if (is_step(ui) && screen_moved_on(ui, SCREEN_KEY))
        return;
    state->is_unknown = reply->reason == SERVICE_REASON_KEY_UNKNOWN;
    if (reply->status == STATUS_OK && screen_visit(ui)->holder.must_change)
        ui_replace(ui, SCREEN_PIN, "change");
    else if (reply->status == STATUS_OK)
        ui_replace(ui, screen_visit(ui)->operation != NULL ? SCREEN_AGREEMENT : SCREEN_ORDERS, NULL);
    else
        screen_reason(ui, reply, state->entry.message, sizeof(state->entry.message));
}

/* The order goes the other way, which begins with the PIN. */
static void on_diverted(struct screen_key_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->diverting = 0;
    state->is_unknown = reply->status != STATUS_OK;
    key_entry_open(&state->entry, ui);
    if (reply->status != STATUS_OK)
        screen_reason(ui, reply, state->entry.message, sizeof(state->entry.message));
    screen_show_visit(ui); /* its steps are others now */
}

/* A key with a locked PIN has one way on: its unlocking, among what can be done with it. */
static void unlock(struct ui *ui)
{
    if (!is_step(ui)) {
        services_choose(screen_services(ui), NULL, NULL, "");
        ui_reset(ui, SCREEN_HOLDER, NULL);
        return;
    }
    screen_end_visit(ui);
}

void screen_key_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_key_state *state = memory;
    struct service_reply *reply = NULL;
    if (old_lock_is_asked(ui) && old_lock_event(&state->old_lock, ui, event))
        (void)screen_moved_on(ui, SCREEN_KEY);
    else if (screen_answered(event, state->asking, &reply))
        on_answer(state, ui, reply);
    else if (screen_answered(event, state->diverting, &reply))
        on_diverted(state, ui, reply);
    else if (ui_tapped(event, "key.divert") && state->diverting == 0)
        state->diverting = service_order_divert(screen_services(ui));
    else if (event->kind == UI_EVENT_NOTICE || event->kind == UI_EVENT_REPLY)
        (void)(is_step(ui) && screen_moved_on(ui, SCREEN_KEY));
    else if (!old_lock_is_asked(ui) && key_entry_event(&state->entry, event))
        return;
    else if (ui_tapped(event, "key.unlock"))
        unlock(ui);
    else if (ui_tapped(event, "bar.next") && !old_lock_is_asked(ui))
        confirm(state, ui);
    else if (ui_tapped(event, "bar.back") && !is_step(ui))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.back") || ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_locked(struct ui *ui)
{
    struct ui_page_error error = {
        .title = screen_text(ui, "key.locked_title"),
        .kept = screen_text(ui, is_step(ui) ? "key.kept" : "key.locked_kept"),
        .steps = {screen_text(ui, "key.locked_step"), screen_text(ui, "key.locked_step2")},
        .device = WIDGET_DEVICE_KEY,
        .device_line = screen_text(ui, "holder.device"),
        .code = "KY-34",
        .voice = "trouble",
        .primary = {.id = "key.unlock",
                    .label = screen_text(ui, is_step(ui) ? "key.leave" : "key.unlock"),
                    .icon_right = ICON_ARROW_RIGHT}};
    ui_page_error(ui, &error);
}

/* The product's own words: 不存在该芯片号订单. */
static void draw_unknown(struct ui *ui, const struct screen_key_state *state)
{
    struct ui_page_error error = {
        .title = screen_visit(ui)->operation->fallback.text,
        .kept = screen_text(ui, "key.unknown_kept"),
        .steps = {screen_text(ui, "key.unknown_step"), screen_text(ui, "key.unknown_step2")},
        .device = WIDGET_DEVICE_KEY,
        .device_line = screen_text(ui, "holder.device"),
        .code = "KY-35",
        .hint = screen_text(ui, "issue.hint"),
        .voice = "trouble",
        .primary = {.id = "key.divert",
                    .label = screen_text(ui, "key.divert"),
                    .icon_right = ICON_ARROW_RIGHT,
                    .busy = state->diverting != 0}};
    ui_page_error(ui, &error);
}

/* The order waits for its holder's key, or the key was pulled. */
static void draw_absent(struct ui *ui)
{
    struct ui_page page = screen_page(ui, SCREEN_KEY);
    page.step = is_step(ui) ? page.step : 1;
    page.title = screen_text(ui, "key.insert_title");
    page.subtitle = screen_text(ui, "key.insert");
    struct rect area = ui_page(ui, &page);
    if (screen_visit(ui)->product != NULL) /* which of the keys at home is meant */
        key_models_draw(ui, &area, screen_visit(ui)->product);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    (void)widget_device(ui, rect_inset(area, 40, 32), WIDGET_DEVICE_KEY, false,
                        screen_text(ui, "holder.device"));
}

void screen_key_draw(void *memory, struct ui *ui)
{
    const struct screen_key_state *state = memory;
    if (old_lock_is_asked(ui)) {
        old_lock_draw(ui, &state->old_lock);
        return;
    }
    if (is_locked(ui)) {
        draw_locked(ui);
        return;
    }
    if (state->is_unknown) {
        draw_unknown(ui, state);
        return;
    }
    if (key_of(ui)->presence != SERVICE_KEY_CARRYING) {
        draw_absent(ui);
        return;
    }
    struct ui_page page = screen_page(ui, SCREEN_KEY);
    page.step = is_step(ui) ? page.step : 1;
    page.subtitle = screen_text(ui, "key.subtitle");
    page.primary =
        (struct widget_button){.label = screen_text(ui, "key.next"),
                               .icon_right = ICON_ARROW_RIGHT,
                               .busy = state->asking != 0,
                               .disabled = !key_entry_is_complete(&state->entry) && state->asking == 0};
    key_entry_draw(ui, ui_page(ui, &page), &state->entry, screen_visit(ui)->holder.owner);
}
