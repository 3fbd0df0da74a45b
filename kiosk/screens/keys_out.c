#include "kiosk/screens/keys_out.h"

#include "kiosk/screens/parcel.h"

/* What the applicant does not lose by going elsewhere. */
static const char *kept_of(const struct ui *ui, enum order_step step)
{
    const struct service_visit *visit = screen_visit(ui);
    bool is_reviewed = order_steps_has_before(&visit->operation->steps, ORDER_STEP_REVIEW, step);
    if (visit->order.paid_fen > 0)
        return screen_text(ui, is_reviewed ? "keys.kept_paid" : "issue.kept");
    if (visit->order.amount_fen == 0)
        return screen_text(ui, is_reviewed ? "keys.kept_free" : "keys.kept_first");
    return screen_text(ui, is_reviewed ? "keys.kept_unpaid" : "keys.kept_first");
}

/* The machine the hall names, else any that has some. */
static void write_place(const struct ui *ui, char *out, size_t size)
{
    const char *machine = screen_program(ui)->settings->terminal_keys_at;
    screen_format(ui, out, size, machine[0] != 0 ? "keys.step1" : "keys.step1_any", {"machine", machine});
}

struct widget_button keys_out_button(const struct ui *ui)
{
    return (struct widget_button){
        .id = "keys.none", .label = screen_text(ui, "keys.none"), .look = WIDGET_BUTTON_SECONDARY};
}

void keys_out_page(struct ui *ui, const struct keys_out *keys)
{
    char place[96];
    const struct widget_button parcel = {.id = keys->parcel_id, .label = screen_text(ui, "keys.parcel")};
    const struct widget_button call = {
        .id = "bar.call", .label = screen_text(ui, "welcome.call"), .icon = ICON_HEADSET};
    write_place(ui, place, sizeof(place));
    ui_page_error(ui,
                  &(struct ui_page_error){
                      .title = screen_text(ui, "keys.title"),
                      .kept = kept_of(ui, keys->here == SCREEN_PAY ? ORDER_STEP_PAY : ORDER_STEP_ISSUE),
                      .steps = {place, screen_text(ui, "keys.step2")},
                      .step_lines = {screen_text(ui, "keys.step1_line"), screen_text(ui, "keys.step2_line")},
                      .hint = keys->message[0] != 0 ? keys->message : screen_text(ui, "keys.hint"),
                      .code = "KY-35",
                      .device = WIDGET_DEVICE_KEY,
                      .device_line = screen_text(ui, "pay.device"),
                      .step = screen_step(ui, keys->here),
                      .voice = "trouble",
                      .exit = screen_text(ui, "keys.back"),
                      .primary = {.id = "keys.slip",
                                  .label = screen_text(ui, "keys.slip"),
                                  .icon = ICON_RECEIPT,
                                  .busy = keys->is_printing},
                      .secondary = parcel_is_offered(ui) ? parcel : call});
}
