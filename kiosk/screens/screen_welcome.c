/* Welcome: the start of every visit: begin, come back, ask for help (a01). */
#include <stdio.h>

#include "kiosk/screens/screen_list.h"

struct screen_welcome_state {
    int unused;
};
SCREEN_STATE(welcome)

void screen_welcome_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)argument;
    screen_show_visit(ui);
}

void screen_welcome_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

void screen_welcome_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    (void)memory;
    if (ui_tapped(event, "welcome.start"))
        ui_push(ui, SCREEN_PRODUCT, NULL);
    else if (ui_tapped(event, "welcome.resume") || ui_tapped(event, "welcome.orders"))
        ui_push(ui, SCREEN_LOGIN, NULL);
}

/* --- drawing: the brand ------------------------------------------------------------------------------- */

static void draw_device(struct ui *ui, struct rect part, const char *key, enum device_state state)
{
    char text[96];
    bool well = state == DEVICE_READY || state == DEVICE_WORKING || state == DEVICE_SUPPLY_LOW;
    (void)snprintf(text, sizeof(text), "%s%s", screen_text(ui, key),
                   screen_text(ui, well ? "welcome.well" : "welcome.out"));
    (void)widget_mark_icon(ui, rect_cut_left(&part, 40), well ? ICON_CHECK : ICON_WARNING, 32,
                           well ? THEME_COLOR_JADE_DARK : THEME_COLOR_GOLD300, false);
    (void)rect_cut_left(&part, 8);
    (void)widget_label(
        ui, part,
        &(struct widget_label){
            .text = text, .type = THEME_TYPE_SMALL, .color = THEME_COLOR_ON_DARK2, .middle = true});
}

static void draw_devices(struct ui *ui, struct rect row)
{
    const struct service_devices *devices = services_devices(screen_services(ui));
    draw_device(ui, rect_column(row, 0, 3, 8), "device.printer", devices->printer);
    draw_device(ui, rect_column(row, 1, 3, 8), "device.scanner", devices->scanner);
    draw_device(ui, rect_column(row, 2, 3, 8), "device.writer", devices->writer);
}

/* Side by side; one above the other where large words would not fit beside each other. */
static void draw_ways_in(struct ui *ui, struct rect area, bool upright)
{
    struct rect start =
        upright ? rect_row(area, 0, 2, 16) : rect_make(area.x, area.y, area.w * 11 / 20, area.h);
    struct rect resume = upright ? rect_row(area, 1, 2, 16)
                                 : rect_make(start.x + start.w + 32, area.y, area.w - start.w - 32, area.h);
    (void)widget_button(ui, start,
                        &(struct widget_button){.id = "welcome.start",
                                                .label = screen_text(ui, "welcome.start"),
                                                .look = WIDGET_BUTTON_LIGHT,
                                                .type = THEME_TYPE_H0,
                                                .icon_right = ICON_ARROW_RIGHT,
                                                .way_out = true});
    (void)widget_button(ui, resume,
                        &(struct widget_button){.id = "welcome.resume",
                                                .label = screen_text(ui, "welcome.resume"),
                                                .line = screen_text(ui, "welcome.resume_line"),
                                                .look = WIDGET_BUTTON_DARK,
                                                .icon = ICON_HISTORY,
                                                .way_out = true});
}

static void draw_brand(struct ui *ui, struct rect area)
{
    bool portrait = ui_is_portrait(ui);
    bool upright = portrait && ui_is_large(ui);
    (void)widget_panel(ui, area, WIDGET_PANEL_DARK);
    struct rect inner = rect_inset(area, portrait ? 64 : 96, ui_is_large(ui) ? 48 : 72);
    if (!ui_is_large(ui)) {
        int side = portrait ? 420 : 540;
        (void)widget_motif(ui, rect_make(area.x + area.w - side - 48, area.y + 100, side, side), true);
    }
    (void)widget_label(ui, rect_cut_top(&inner, 64),
                       &(struct widget_label){.text = screen_program(ui)->settings->hall_name,
                                              .type = THEME_TYPE_BODY_L,
                                              .color = THEME_COLOR_ON_DARK,
                                              .middle = true});
    draw_devices(ui, rect_cut_bottom(&inner, 56));
    (void)rect_cut_bottom(&inner, 32);
    draw_ways_in(ui, rect_cut_bottom(&inner, upright ? 304 : ui_is_large(ui) ? 176 : 152), upright);
    (void)rect_cut_bottom(&inner, 40);
    const char *lines = screen_text(ui, "welcome.lines");
    (void)widget_label(
        ui, rect_cut_bottom(&inner, widget_label_height(ui, THEME_TYPE_H2, lines, inner.w)),
        &(struct widget_label){.text = lines, .type = THEME_TYPE_H2, .color = THEME_COLOR_ON_DARK2});
    (void)widget_label(ui, inner,
                       &(struct widget_label){.id = "page.title",
                                              .text = screen_text(ui, "welcome.title"),
                                              .type = THEME_TYPE_HERO,
                                              .color = THEME_COLOR_ON_DARK,
                                              .middle = true});
}

/* --- drawing: what to bring, tools -------------------------------------------------------------------- */

/* The papers of the first product that can be had here, so that people see what to bring before any effort.
 */
static void draw_papers(struct ui *ui, struct rect area)
{
    const struct catalogue *catalogue = screen_program(ui)->catalogue;
    const struct product *product = catalogue->products[0];
    const struct product_operation *operation = &product->operations[0];
    char line[160];
    (void)widget_label(ui, rect_cut_top(&area, 64),
                       &(struct widget_label){
                           .text = screen_text(ui, "welcome.bring"), .type = THEME_TYPE_H2, .middle = true});
    screen_format(ui, line, sizeof(line), "welcome.bring_line", {"product", product->name},
                  {"operation", operation->label});
    (void)widget_label(
        ui, rect_cut_top(&area, widget_label_height(ui, THEME_TYPE_SMALL, line, area.w) + 20),
        &(struct widget_label){.text = line, .type = THEME_TYPE_SMALL, .color = THEME_COLOR_INK700});
    for (size_t i = 0; i < operation->paper_count && i < 5; i++) {
        const struct product_paper *paper = product_operation_paper(product, operation, i);
        struct rect row = rect_cut_top(&area, ui_is_portrait(ui) ? 72 : 84);
        (void)widget_label_pair(ui, row, THEME_TYPE_BODY, paper->title,
                                screen_text(ui, !paper->code_required ? "welcome.stamped"
                                                : ui_is_large(ui)     ? "welcome.printed"
                                                                      : "welcome.printed_here"));
        (void)widget_panel_line(ui, rect_make(row.x, row.y + row.h - 1, row.w, 1));
    }
}

static void draw_tools(struct ui *ui, struct rect area)
{
    bool large = ui_is_large(ui);
    struct rect first = rect_row(area, 0, 2, 16);
    struct rect second = rect_row(area, 1, 2, 16);
    (void)widget_button(ui, rect_column(first, 0, 2, 16),
                        &(struct widget_button){.id = "welcome.orders",
                                                .label = screen_text(ui, "welcome.orders"),
                                                .look = WIDGET_BUTTON_QUIET,
                                                .icon = ICON_LIST,
                                                .way_out = true});
    (void)widget_button(
        ui, rect_column(first, 1, 2, 16),
        &(struct widget_button){.id = "bar.call",
                                .label = screen_text(ui, large ? "welcome.call_short" : "welcome.call"),
                                .look = WIDGET_BUTTON_QUIET,
                                .icon = ICON_HEADSET});
    (void)widget_button(
        ui, rect_column(second, 0, 2, 16),
        &(struct widget_button){.id = "bar.large",
                                .label = screen_text(ui, large ? "welcome.large_off" : "welcome.large"),
                                .look = WIDGET_BUTTON_NEUTRAL,
                                .icon = ICON_LARGE_TEXT});
    (void)widget_button(ui, rect_column(second, 1, 2, 16),
                        &(struct widget_button){.id = "bar.contrast",
                                                .label = screen_text(ui, ui_theme(ui) == THEME_CONTRAST
                                                                             ? "welcome.contrast_off"
                                                                             : "welcome.contrast"),
                                                .look = WIDGET_BUTTON_NEUTRAL,
                                                .icon = ICON_CONTRAST});
}

void screen_welcome_draw(void *memory, struct ui *ui)
{
    (void)memory;
    const struct layout *layout = ui_layout(ui);
    struct rect all = rect_make(0, 0, layout->width, layout->height);
    struct rect brand =
        ui_is_portrait(ui) ? rect_cut_top(&all, ui_is_large(ui) ? 1112 : 1056) : rect_cut_left(&all, 1216);
    (void)widget_panel(ui, all, WIDGET_PANEL_FLAT);
    draw_brand(ui, brand);
    struct rect side = rect_inset(all, 64, ui_is_portrait(ui) ? 40 : 64);
    struct rect tools = rect_cut_bottom(&side, ui_is_large(ui) ? 240 : 224);
    draw_papers(ui, side);
    draw_tools(ui, tools);
}
