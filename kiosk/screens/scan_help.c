#include "kiosk/screens/scan_help.h"

#include <stdio.h>

enum { ID_BYTES = 96 };

static size_t count_stored(const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    size_t count = 0;
    for (size_t i = 0; i < visit->page_count; i++)
        count += visit->pages[i].state != SERVICE_PAGE_MISSING;
    return count;
}

void scan_help_steps(struct ui *ui, struct rect area)
{
    static const char *const steps[] = {"scan.how1", "scan.how2", "scan.how3"};
    int height = area.h / 3 < 112 ? area.h / 3 : 112;
    for (int i = 0; i < 3; i++) {
        char line[ID_BYTES];
        (void)snprintf(line, sizeof(line), "%s_line", steps[i]);
        bool fits = height >= screen_lines(ui, THEME_TYPE_H2, 1) + screen_lines(ui, THEME_TYPE_BODY, 1) - 8;
        (void)widget_mark_step(ui, rect_cut_top(&area, height),
                               &(struct widget_mark_step){.id = steps[i],
                                                          .number = i + 1,
                                                          .title = screen_text(ui, steps[i]),
                                                          .line = fits ? screen_text(ui, line) : NULL});
    }
}

void scan_help_how(struct ui *ui)
{
    struct ui_page page = screen_page(ui, SCREEN_SCAN);
    page.title = screen_text(ui, "scan.how_title");
    page.subtitle = screen_text(ui, "scan.subtitle");
    page.back = screen_text(ui, "scan.how_back");
    page.primary =
        (struct widget_button){.label = screen_text(ui, "scan.again"), .icon_right = ICON_SCAN_PAGE};
    struct rect area = ui_page(ui, &page);
    bool portrait = ui_is_portrait(ui);
    struct rect picture = portrait ? rect_cut_top(&area, area.h / 2) : rect_cut_right(&area, area.w * 2 / 5);
    (void)(portrait ? rect_cut_top(&area, 24) : rect_cut_right(&area, 32));
    (void)widget_panel(ui, picture, WIDGET_PANEL_TRAY);
    (void)widget_machine(ui, rect_inset(picture, 32, 32), WIDGET_DEVICE_SCANNER,
                         screen_text(ui, "scan.device"));
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 48, 24);
    scan_help_steps(ui, rect_center(inner, inner.w, inner.h < 420 ? inner.h : 420));
}

void scan_help_stuck(struct ui *ui, enum service_reason reason)
{
    enum { STEPS = 3 };
    const struct words *words = screen_program(ui)->words;
    const char *name = service_reason_name(reason);
    char key[ID_BYTES];
    char kept[160];
    char done[24];
    size_t kept_count = count_stored(ui);
    struct ui_page_error error = {
        .hint = screen_text(ui, "scan.hint"),
        .device = WIDGET_DEVICE_SCANNER,
        .device_line = screen_text(ui, "scan.device"),
        .step = screen_step(ui, SCREEN_SCAN),
        .voice = "trouble",
        .primary = {.id = "error.retry", .icon_right = ICON_ARROW_RIGHT},
        .secondary = {.id = "bar.call", .label = screen_text(ui, "welcome.call"), .icon = ICON_HEADSET}};
    (void)snprintf(done, sizeof(done), "%zu", kept_count);
    screen_format(ui, kept, sizeof(kept), kept_count > 0 ? "scan.kept" : "scan.kept_form", {"count", done});
    error.kept = kept;
    (void)snprintf(key, sizeof(key), "scan.%s.title", name);
    error.title = screen_text(ui, key);
    (void)snprintf(key, sizeof(key), "scan.%s.retry", name);
    error.primary.label = screen_text(ui, key);
    (void)snprintf(key, sizeof(key), "scan.%s.code", name);
    error.code = screen_text(ui, key);
    for (int i = 0; i < STEPS; i++) {
        (void)snprintf(key, sizeof(key), "scan.%s.step%d", name, i + 1);
        error.steps[i] = words_has(words, key) ? screen_text(ui, key) : NULL;
        (void)snprintf(key, sizeof(key), "scan.%s.step%d_line", name, i + 1);
        error.step_lines[i] = words_has(words, key) ? screen_text(ui, key) : NULL;
    }
    ui_page_error(ui, &error);
}
