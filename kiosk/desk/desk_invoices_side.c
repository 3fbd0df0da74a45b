/* The invoice in hand: to whom it is made out, corrected before it is issued, and the number it was issued
 * under. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_invoices.h"
#include "kiosk/desk/record_table.h"

enum { PAIR = 30, GAP = 10 };

/* A part of the title: its name in ids and words, and where it stands. */
static const struct part {
    const char *name;
    size_t offset, size;
} parts[DESK_INVOICES_FIELDS] = {
#define PART(code, name, member)                                                                             \
    [DESK_INVOICES_##code] = {name, offsetof(struct service_invoice_title, member),                          \
                              sizeof(((struct service_invoice_title *)0)->member)}
    PART(TITLE, "title_of", title),
    PART(TAX_NUMBER, "tax_number", tax_number),
    PART(EMAIL, "email", email),
    PART(ADDRESS, "address", address),
    PART(BANK, "bank", bank),
    PART(ACCOUNT, "account", account)
#undef PART
};

static bool may_change(const struct service_invoice *invoice)
{
    return invoice->state == SERVICE_INVOICE_OPEN || invoice->state == SERVICE_INVOICE_REQUESTED;
}

/* --- events -------------------------------------------------------------------------------------------- */

static bool on_reply(struct desk_invoices_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_reply *reply = event->data;
    bool corrected = ui_replied(event, state->correcting);
    if (!corrected && !ui_replied(event, state->issuing))
        return false;
    *(corrected ? &state->correcting : &state->issuing) = 0;
    if (reply->status == STATUS_OK) {
        desk_invoices_forget(state);
        desk_invoices_load(state, ui);
    }
    state->is_error = !desk_told(ui, reply, corrected ? "desk.invoices.corrected" : "desk.invoices.issued",
                                 state->message, sizeof(state->message));
    return true;
}

static void begin_correcting(struct desk_invoices_state *state, const struct service_invoice_line *line)
{
    desk_invoices_forget(state);
    state->is_correcting = true;
    for (int i = 0; i < DESK_INVOICES_FIELDS; i++)
        text_edit_set(&state->fields[i], (const char *)&line->invoice.title + parts[i].offset);
}

static void correct(struct desk_invoices_state *state, struct ui *ui, const struct service_invoice_line *line)
{
    struct service_invoice_title title = {0};
    if (state->correcting != 0 || state->fields[DESK_INVOICES_TITLE].length == 0)
        return;
    for (int i = 0; i < DESK_INVOICES_FIELDS; i++)
        (void)text_copy((char *)&title + parts[i].offset, parts[i].size, state->fields[i].text);
    state->correcting = service_desk_invoice_correct(desk_program(ui)->services, line->order.id,
                                                     line->invoice.version, &title);
}

static void issue(struct desk_invoices_state *state, struct ui *ui, const struct service_invoice_line *line)
{
    if (state->issuing == 0 && state->document.length > 0)
        state->issuing = service_desk_invoice_issue(desk_program(ui)->services, line->order.id,
                                                    line->invoice.version, state->document.text);
}

bool desk_invoices_side_event(struct desk_invoices_state *state, struct ui *ui, const struct ui_event *event)
{
    const struct service_invoice_line *line = desk_invoices_chosen(state, ui);
    if (event->kind == UI_EVENT_REPLY)
        return on_reply(state, ui, event);
    if (line == NULL)
        return false;
    if (ui_tapped(event, "invoice.correct"))
        begin_correcting(state, line);
    else if (ui_tapped(event, "invoice.keep"))
        desk_invoices_forget(state);
    else if (ui_tapped(event, "invoice.save"))
        correct(state, ui, line);
    else if (ui_tapped(event, "invoice.issue"))
        issue(state, ui, line);
    else
        return false;
    return true;
}

/* --- drawing ------------------------------------------------------------------------------------------- */

static void draw_pair(struct ui *ui, struct rect *r, const char *key, const char *value)
{
    record_table_draw_pair(ui, rect_cut_top(r, PAIR), key, value, true);
}

static void draw_day(struct ui *ui, struct rect *r, const char *key, int64_t utc_s)
{
    char day[32] = "";
    if (utc_s != 0)
        (void)clock_format_hall(utc_s, "%Y-%m-%d", day, sizeof(day));
    draw_pair(ui, r, key, day);
}

static void draw_facts(struct ui *ui, struct rect *r, const struct service_invoice_line *line)
{
    const struct service_invoice *invoice = &line->invoice;
    char amount[DESK_AMOUNT_BYTES];
    char subject[DESK_SUBJECT_BYTES];
    desk_amount(invoice->amount_fen, amount);
    desk_subject(ui, &line->order, subject);
    for (int i = 0; i < DESK_INVOICES_FIELDS; i++) {
        char key[WORDS_KEY_BYTES];
        (void)snprintf(key, sizeof(key), "desk.invoices.%s", parts[i].name);
        draw_pair(ui, r, key, (const char *)&invoice->title + parts[i].offset);
    }
    (void)widget_panel_line(ui, rect_cut_top(r, GAP));
    draw_pair(ui, r, "desk.column.business", subject);
    draw_pair(ui, r, "desk.column.amount", amount);
    draw_day(ui, r, "desk.invoices.paid", invoice->paid_utc_s);
    draw_day(ui, r, "desk.invoices.due", invoice->due_utc_s);
    if (invoice->document[0] != 0) {
        draw_day(ui, r, "desk.invoices.issued_on", invoice->issued_utc_s);
        draw_pair(ui, r, "desk.invoices.document", invoice->document);
    }
}

static void draw_issue(struct desk_invoices_state *state, struct ui *ui, struct rect *r)
{
    record_table_draw_button(ui, r,
                             &(struct widget_button){.id = "invoice.issue",
                                                     .label = desk_text(ui, "desk.invoices.issue"),
                                                     .look = WIDGET_BUTTON_PRIMARY,
                                                     .disabled = state->document.length == 0,
                                                     .busy = state->issuing != 0});
    record_table_draw_button(ui, r,
                             &(struct widget_button){.id = "invoice.correct",
                                                     .label = desk_text(ui, "desk.invoices.correct"),
                                                     .look = WIDGET_BUTTON_NEUTRAL,
                                                     .icon = ICON_EDIT});
    (void)widget_field(ui, rect_cut_bottom(r, widget_field_plain_height(ui) + GAP),
                       &(struct widget_field){.id = "invoice.document",
                                              .label = desk_text(ui, "desk.invoices.document"),
                                              .required = true,
                                              .edit = &state->document});
}

static void draw_field(struct desk_invoices_state *state, struct ui *ui, struct rect rect, int index)
{
    char id[48];
    char key[WORDS_KEY_BYTES];
    (void)snprintf(id, sizeof(id), "invoice.%s", parts[index].name);
    (void)snprintf(key, sizeof(key), "desk.invoices.%s", parts[index].name);
    (void)widget_field(ui, rect,
                       &(struct widget_field){.id = id,
                                              .label = desk_text(ui, key),
                                              .required = index == DESK_INVOICES_TITLE,
                                              .edit = &state->fields[index]});
}

static void draw_correcting(struct desk_invoices_state *state, struct ui *ui, struct rect *r)
{
    int height = widget_field_plain_height(ui) + GAP;
    record_table_draw_button(
        ui, r,
        &(struct widget_button){.id = "invoice.save",
                                .label = desk_text(ui, "desk.invoices.save"),
                                .look = WIDGET_BUTTON_PRIMARY,
                                .disabled = state->fields[DESK_INVOICES_TITLE].length == 0,
                                .busy = state->correcting != 0});
    record_table_draw_button(ui, r,
                             &(struct widget_button){.id = "invoice.keep",
                                                     .label = desk_text(ui, "desk.invoices.keep"),
                                                     .look = WIDGET_BUTTON_NEUTRAL});
    for (int i = 0; i < DESK_INVOICES_FIELDS; i++)
        draw_field(state, ui, rect_cut_top(r, height), i);
}

void desk_invoices_side_draw(struct desk_invoices_state *state, struct ui *ui, struct rect area)
{
    const struct service_invoice_line *line = desk_invoices_chosen(state, ui);
    struct rect r =
        record_table_draw_side(ui, area, "invoices", line == NULL ? NULL : line->order.acceptance);
    struct rect told = rect_cut_bottom(&r, state->message[0] != 0 ? 32 : 0);
    record_table_draw_told(ui, told, "invoice.message", state->message, state->is_error);
    if (line == NULL)
        return;
    if (state->is_correcting) {
        draw_correcting(state, ui, &r);
    } else {
        if (may_change(&line->invoice))
            draw_issue(state, ui, &r);
        draw_facts(ui, &r, line);
    }
}
