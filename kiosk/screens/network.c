#include "kiosk/screens/network.h"

bool network_is_down(const struct ui *ui)
{
    const struct service_devices *devices = services_devices(screen_services(ui));
    return devices->payment == DEVICE_OFFLINE && devices->authority == DEVICE_OFFLINE;
}

void network_page(struct ui *ui, enum screen_id here, bool is_printing)
{
    ui_page_error(
        ui,
        &(struct ui_page_error){
            .title = screen_text(ui, "network.title"),
            .kept = screen_text(ui, "network.kept"),
            .steps = {screen_text(ui, "network.step1"), screen_text(ui, "network.step2")},
            .step_lines = {screen_text(ui, "network.step1_line"), screen_text(ui, "network.step2_line")},
            .hint = screen_text(ui, "network.hint"),
            .code = screen_text(ui, "network.code"),
            .device = WIDGET_DEVICE_NETWORK,
            .device_line = screen_text(ui, "network.device"),
            .step = screen_step(ui, here),
            .primary = {.id = "network.slip",
                        .label = screen_text(ui, "network.slip"),
                        .icon = ICON_RECEIPT,
                        .busy = is_printing},
            .secondary = {.id = "bar.call", .label = screen_text(ui, "welcome.call"), .icon = ICON_HEADSET}});
}
