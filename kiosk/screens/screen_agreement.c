/* Agreement: read to the end, then agreed to; the order is opened with the agreement's version (a05). */
#include <stdio.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/screens/screen_list.h"

enum { TIMER_MEASURED = 0 };

struct screen_agreement_state {
    int page;
    int pages; /* as drawn last */
    bool read_to_end;
    uint64_t creating;
    char message[192];
    struct rect text_area;
};
SCREEN_STATE(agreement)

void screen_agreement_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)memory;
    (void)argument;
    ui_timer(ui, TIMER_MEASURED, 1); /* the first drawing measures the pages, the second one says how many */
}

void screen_agreement_leave(void *memory, struct ui *ui)
{
    (void)memory;
    ui_timer_cancel(ui, TIMER_MEASURED);
}

static void agree(struct screen_agreement_state *state, struct ui *ui)
{
    if (state->read_to_end && state->creating == 0)
        state->creating = service_order_create(screen_services(ui));
}

void screen_agreement_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_agreement_state *state = memory;
    struct service_reply *reply = NULL;
    if (ui_tapped(event, "text.up") && state->page > 0)
        state->page--;
    else if (ui_tapped(event, "text.down") && state->page + 1 < state->pages)
        state->page++;
    else if (ui_tapped(event, "bar.next"))
        agree(state, ui);
    else if (ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
    else if (screen_answered(event, state->creating, &reply)) {
        state->creating = 0;
        if (reply->status == STATUS_OK)
            screen_go(ui);
        else
            screen_reason(ui, reply, state->message, sizeof(state->message));
    }
    state->read_to_end = state->read_to_end || (state->pages > 0 && state->page + 1 >= state->pages);
}

static void whole_text(const struct product_agreement *agreement, struct buf *out)
{
    for (size_t i = 0; i < agreement->paragraph_count; i++)
        check(buf_append_format(out, "%s%s", i > 0 ? "\n" : "", agreement->paragraphs[i]) == STATUS_OK);
}

static void draw_page(struct ui *ui, struct screen_agreement_state *state, const char *text)
{
    char left[16];
    char label[96];
    int to_read = state->pages > 0 ? state->pages - state->page - 1 : 0;
    struct ui_page page = screen_page(ui, SCREEN_AGREEMENT);
    const struct service_visit *visit = screen_visit(ui);
    bool done = state->read_to_end || (state->pages > 0 && to_read == 0);
    (void)snprintf(left, sizeof(left), "%d", to_read);
    screen_format(ui, label, sizeof(label), to_read == 0 ? "agreement.next" : "agreement.read_on",
                  {"pages", left});
    page.title = visit->product->agreement.title;
    page.subtitle = state->message[0] != 0 ? state->message : screen_text(ui, "agreement.subtitle");
    page.step = 1;
    page.primary = (struct widget_button){.label = label,
                                          .icon_right = done ? ICON_ARROW_RIGHT : ICON_NONE,
                                          .disabled = !done,
                                          .busy = state->creating != 0};
    state->text_area = ui_page(ui, &page);
    (void)widget_pager(ui, state->text_area, "text", page.title, text, state->page);
}

void screen_agreement_draw(void *memory, struct ui *ui)
{
    struct screen_agreement_state *state = memory;
    struct buf text;
    buf_init(&text, LIMIT_CONFIG_BYTES);
    whole_text(&screen_visit(ui)->product->agreement, &text);
    draw_page(ui, state, (const char *)text.data);
    /* How many pages there are is known once the page has told how large its text area is. */
    state->pages = widget_pager_pages(ui, state->text_area, (const char *)text.data);
    buf_release(&text);
}
