/* Rejected: what came back and why, item by item; mending starts exactly there (design 5.2, Rejected by
 * clerk). */
#include <stdio.h>

#include "kiosk/screens/screen_list.h"

struct screen_rejected_state {
    size_t page;
    uint64_t correcting;
    char message[192];
};
SCREEN_STATE(rejected)

void screen_rejected_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)ui;
    (void)argument;
}

void screen_rejected_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

static void correct(struct screen_rejected_state *state, struct ui *ui)
{
    enum order_event event;
    if (state->correcting == 0 && order_correction_event(&screen_visit(ui)->rejections, &event) == STATUS_OK)
        state->correcting = service_order_event(screen_services(ui), event);
}

void screen_rejected_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_rejected_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->correcting, &reply)) {
        state->correcting = 0;
        if (!screen_moved_on(ui, SCREEN_REJECTED))
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (event->kind == UI_EVENT_NOTICE || event->kind == UI_EVENT_REPLY) {
        (void)screen_moved_on(ui, SCREEN_REJECTED);
    } else if (ui_tapped(event, "pages.previous") && state->page > 0) {
        state->page--;
    } else if (ui_tapped(event, "pages.next")) {
        state->page++;
    } else if (ui_tapped(event, "bar.next")) {
        correct(state, ui);
    } else if (ui_tapped(event, "bar.secondary") || ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

static const char *name_of(const struct ui *ui, const struct order_rejection *item)
{
    const struct service_visit *visit = screen_visit(ui);
    if (item->kind == ORDER_ITEM_PAPER) {
        const struct product_paper *paper = product_find_paper(visit->product, item->item);
        return paper == NULL ? item->item : paper->title;
    }
    const struct form_field *field =
        form_find(product_operation_form(visit->product, visit->operation), item->item);
    return field == NULL ? item->item : field->label;
}

static void draw_item(struct ui *ui, struct rect rect, const struct order_rejection *item)
{
    char id[ORDER_NAME_BYTES + 16];
    bool narrow = ui_is_portrait(ui) && ui_is_large(ui);
    (void)snprintf(id, sizeof(id), "rejected.%s", item->item);
    (void)widget_list_row(ui, rect,
                          &(struct widget_list_row){.id = id,
                                                    .icon = ICON_WARNING,
                                                    .name = name_of(ui, item),
                                                    .line = item->reason,
                                                    .chip = narrow ? NULL : screen_text(ui, "rejected.chip"),
                                                    .tone = WIDGET_MARK_RED});
}

static void draw_items(struct ui *ui, struct rect area, size_t wanted_page)
{
    const struct order_rejections *items = &screen_visit(ui)->rejections;
    int height = (ui_is_large(ui) ? 140 : 104) + 14;
    size_t fits = (size_t)((area.h + 14) / height);
    if (items->count > fits) {
        fits = (size_t)((area.h - 112 + 14) / height);
        size_t pages = (items->count + fits - 1) / fits;
        wanted_page = wanted_page < pages ? wanted_page : pages - 1;
        widget_list_pages(ui, rect_cut_bottom(&area, ui_is_large(ui) ? 112 : 96), "pages", (int)wanted_page,
                          (int)pages);
    } else {
        wanted_page = 0;
    }
    for (size_t i = wanted_page * fits; i < items->count && i < (wanted_page + 1) * fits; i++) {
        draw_item(ui, rect_cut_top(&area, height - 14), &items->item[i]);
        (void)rect_cut_top(&area, 14);
    }
}

void screen_rejected_draw(void *memory, struct ui *ui)
{
    const struct screen_rejected_state *state = memory;
    const struct order_rejections *items = &screen_visit(ui)->rejections;
    char title[96];
    char count[24];
    struct ui_page page = screen_page(ui, SCREEN_REJECTED);
    (void)snprintf(count, sizeof(count), "%zu", items->count);
    screen_format(ui, title, sizeof(title), "rejected.title", {"count", count});
    page.title = title;
    page.subtitle = state->message[0] != 0 ? state->message : screen_text(ui, "rejected.kept");
    page.primary = (struct widget_button){.label = screen_text(ui, "rejected.mend"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = state->correcting != 0};
    page.secondary = (struct widget_button){.label = screen_text(ui, "rejected.later"), .way_out = true};
    struct rect area = ui_page(ui, &page);
    draw_items(ui, area, state->page);
}
