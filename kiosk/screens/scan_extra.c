#include "kiosk/screens/scan_extra.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"

static bool has_page(const struct service_visit *visit, const char *paper)
{
    for (size_t i = 0; i < visit->page_count; i++)
        if (strcmp(visit->pages[i].paper, paper) == 0)
            return true;
    return false;
}

/* Whether a place is free; what came back is corrected without new pages. */
static bool has_room(const struct service_visit *visit, const struct product_paper *paper)
{
    char id[ORDER_NAME_BYTES];
    for (unsigned i = 1; i <= paper->extra; i++) {
        product_extra_id(paper, i, id);
        if (!has_page(visit, id))
            return visit->page_count < SERVICE_PAPERS_MAX && visit->rejections.count == 0;
    }
    return false;
}

const struct product_paper *scan_extra_paper(const struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    for (size_t i = 0; i < visit->page_count; i++) {
        const struct product_paper *paper = product_find_paper(visit->product, visit->pages[i].paper);
        if (paper->extra > 0 && strcmp(paper->id, visit->pages[i].paper) == 0 && has_room(visit, paper))
            return paper;
    }
    return NULL;
}

void scan_extra_begin(struct scan_extra *extra, struct ui *ui)
{
    *extra = (struct scan_extra){.is_open = true};
    text_edit_init(&extra->title, TEXT_EDIT_CHINESE, SERVICE_EXTRA_TITLE_MOST);
    ui_focus(ui, NULL);
}

void scan_extra_end(struct scan_extra *extra, struct ui *ui)
{
    if (extra->is_open)
        ui_focus(ui, NULL);
    text_edit_wipe(&extra->title);
    extra->is_open = false;
    extra->adding = 0;
}

static bool has_title(const struct scan_extra *extra)
{
    return text_length(extra->title.text) >= SERVICE_EXTRA_TITLE_LEAST;
}

static void add(struct scan_extra *extra, struct ui *ui)
{
    const struct product_paper *paper = scan_extra_paper(ui);
    ui_focus(ui, NULL);
    if (paper == NULL || !has_title(extra) || extra->adding != 0)
        return;
    extra->adding = service_page_add(screen_services(ui), paper->id, extra->title.text);
}

static void on_tap(struct scan_extra *extra, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "bar.next"))
        add(extra, ui);
    else if (ui_tapped(event, "bar.back"))
        scan_extra_end(extra, ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

bool scan_extra_event(struct scan_extra *extra, struct ui *ui, const struct ui_event *event, bool *added)
{
    struct service_reply *reply = NULL;
    if (!extra->is_open)
        return false;
    if (screen_answered(event, extra->adding, &reply)) {
        extra->adding = 0;
        *added = reply->status == STATUS_OK;
        if (*added)
            scan_extra_end(extra, ui);
        else
            screen_reason(ui, reply, extra->message, sizeof(extra->message));
        return true;
    }
    if (event->kind == UI_EVENT_NEXT)
        ui_focus(ui, NULL);
    else if (event->kind == UI_EVENT_TAP)
        on_tap(extra, ui, event);
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------ */

static void draw_field(struct ui *ui, struct rect area, struct scan_extra *extra)
{
    (void)widget_field(ui, rect_cut_top(&area, widget_field_height(ui)),
                       &(struct widget_field){.id = "extra.title",
                                              .label = screen_text(ui, "extra.label"),
                                              .placeholder = screen_text(ui, "extra.example"),
                                              .message = screen_text(ui, "extra.hint"),
                                              .required = true,
                                              .edit = &extra->title});
}

void scan_extra_draw(struct ui *ui, struct scan_extra *extra)
{
    struct ui_page page = screen_page(ui, SCREEN_SCAN);
    page.title = screen_text(ui, "extra.title");
    page.subtitle = extra->message[0] != 0 ? extra->message : screen_text(ui, "extra.subtitle");
    page.voice = NULL;
    page.back = screen_text(ui, "extra.back");
    page.primary = (struct widget_button){.label = screen_text(ui, "extra.add"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = extra->adding != 0,
                                          .disabled = !has_title(extra)};
    struct rect area = ui_page(ui, &page);
    if (ui_focused(ui) == NULL) {
        (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
        area = rect_inset(area, ui_is_large(ui) ? 32 : 48, ui_is_large(ui) ? 24 : 40);
    }
    draw_field(ui, area, extra);
}

void scan_extra_button(struct ui *ui, struct rect rect)
{
    (void)widget_button(ui, rect,
                        &(struct widget_button){.id = "scan.add",
                                                .label = screen_text(ui, "extra.title"),
                                                .icon = ICON_FILE_PLUS,
                                                .look = WIDGET_BUTTON_SECONDARY});
}
