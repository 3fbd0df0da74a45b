/* Drawing of one order's record: facts and amounts at the left, what happened at the right, acts below. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"
#include "kiosk/screens/screen_order.h"

enum {
    GUTTER = 32,
    STOP = 92,
    STOP_LARGE = 128,
    FACTS_MAX = 24,
    FACT_BYTES = 224,
    BUTTON = 88,
    BUTTON_LARGE = 104
};

/* --- the facts --------------------------------------------------------------------------------------- */

struct fact {
    char name[64];
    char value[FACT_BYTES];
    bool strong, quiet;
};
struct facts {
    size_t count;
    struct fact rows[FACTS_MAX];
};

static struct fact *add(struct facts *facts, const char *name, const char *value)
{
    static struct fact nowhere;
    struct fact *row = facts->count < FACTS_MAX ? &facts->rows[facts->count++] : &nowhere;
    *row = (struct fact){0};
    (void)text_copy(row->name, sizeof(row->name), name);
    (void)text_copy(row->value, sizeof(row->value), value);
    return row;
}

static void write_yuan(const struct ui *ui, int64_t fen, char out[48])
{
    char yuan[32];
    screen_yuan(fen, yuan);
    screen_format(ui, out, 48, fen == 0 ? "orders.free" : "orders.yuan", {"yuan", yuan});
}

/* What a line of the price is for, in words; several years at once are said. */
static void name_line(const struct ui *ui, const struct product_operation *operation,
                      const struct price_line *line, char *out, size_t size)
{
    char key[64];
    char years[8];
    char bundle[48] = "";
    const char *kind = NULL;
    (void)snprintf(key, sizeof(key), "order.part.%.40s", line->row->part);
    for (size_t i = 0; i < operation->sub_kind_count; i++)
        if (strcmp(operation->sub_kinds[i].id, line->row->sub_kind) == 0)
            kind = operation->sub_kinds[i].label;
    (void)snprintf(years, sizeof(years), "%u", line->bundle_years);
    if (line->bundle_years > 0)
        screen_format(ui, bundle, sizeof(bundle), "order.bundle", {"years", years});
    (void)snprintf(out, size, "· %s%s",
                   kind != NULL                                ? kind
                   : words_has(screen_program(ui)->words, key) ? screen_text(ui, key)
                                                               : screen_text(ui, "order.part.other"),
                   bundle);
}

static const char *paid_word(const struct ui *ui, const struct service_record *record)
{
    char key[64];
    if (record->line.order.state == ORDER_STATE_REFUNDED || record->payment.state == SERVICE_PAY_REFUNDED)
        return screen_text(ui, "order.refunded");
    if (record->line.order.state == ORDER_STATE_REFUNDING)
        return screen_text(ui, "order.refunding");
    if (record->line.order.paid_fen == 0)
        return screen_text(ui, "order.unpaid");
    (void)snprintf(key, sizeof(key), "order.paid_by.%s", record->payment.channel);
    return words_has(screen_program(ui)->words, key) ? screen_text(ui, key) : record->payment.channel;
}

static void add_amounts(const struct ui *ui, const struct service_record *record, struct facts *facts)
{
    int64_t due_fen = record->line.order.amount_fen;
    char yuan[48];
    char whole[128];
    write_yuan(ui, due_fen, yuan);
    (void)snprintf(whole, sizeof(whole), "%s%s%s", due_fen > 0 ? paid_word(ui, record) : "",
                   due_fen > 0 ? " " : "", yuan);
    add(facts, screen_text(ui, "order.amount"), whole)->strong = true;
    for (size_t i = 0; record->quote.line_count > 1 && i < record->quote.line_count; i++) {
        char name[64];
        name_line(ui, record->operation, &record->quote.line[i], name, sizeof(name));
        write_yuan(ui, record->quote.line[i].amount_fen, yuan);
        add(facts, name, yuan)->quiet = true;
    }
}

static void add_day(const struct ui *ui, struct facts *facts, const char *key, const char *format_key,
                    int64_t utc_s)
{
    char day[32];
    char text[64];
    if (utc_s == 0 || clock_format_hall(utc_s, "%Y-%m-%d", day, sizeof(day)) == 0)
        return;
    (void)text_copy(text, sizeof(text), day);
    if (format_key != NULL)
        screen_format(ui, text, sizeof(text), format_key, {"day", day});
    (void)add(facts, screen_text(ui, key), text);
}

static void add_certificate(const struct ui *ui, const struct service_record *record, struct facts *facts)
{
    if (record->issue.stage != SERVICE_ISSUE_PROVEN) {
        if (!order_state_is_final(record->line.order.state))
            add_day(ui, facts, "order.until", NULL, record->wish.until_utc_s);
        return;
    }
    (void)add(facts, screen_text(ui, "order.certificate"), record->issue.common_name);
    (void)add(facts, screen_text(ui, "order.serial"), record->issue.serial);
    if (record->issue.key_number[0] != 0)
        (void)add(facts, screen_text(ui, "done.serial"), record->issue.key_number);
    add_day(ui, facts, "order.until", NULL, record->issue.not_after_utc_s);
}

static void add_lock(const struct ui *ui, const struct service_record *record, struct facts *facts)
{
    bool is_main = record->lock.role == SERVICE_LOCK_MAIN;
    if (record->lock.role != SERVICE_LOCK_NONE)
        (void)add(facts, screen_text(ui, "order.lock"),
                  screen_text(ui, is_main ? "order.lock.main" : "order.lock.secondary"));
}

static void add_carried(const struct ui *ui, const struct service_record *record, struct facts *facts)
{
    const char *words = screen_carried(ui, record->carried);
    if (words != NULL)
        (void)add(facts, screen_text(ui, "carried.seal"), words);
}

/* What the authority says in its own words of the number, and of what it is too late for. */
static void add_sayings(const struct ui *ui, const struct service_record *record, struct facts *facts)
{
    const struct {
        enum product_message message;
        enum product_act act; /* COUNT_ for always */
        const char *key;
    } sayings[] = {{PRODUCT_MESSAGE_NUMBER, PRODUCT_ACT_COUNT_, "order.saying.number"},
                   {PRODUCT_MESSAGE_CHANGE_REFUSED, PRODUCT_ACT_CORRECT, "order.saying.change"},
                   {PRODUCT_MESSAGE_CANCEL_REFUSED, PRODUCT_ACT_CANCEL, "order.saying.cancel"}};
    for (size_t i = 0; i < sizeof(sayings) / sizeof(sayings[0]); i++) {
        const char *own = product_says(record->product, sayings[i].message);
        bool is_meant = sayings[i].act == PRODUCT_ACT_COUNT_ ||
                        order_acts_is_late(record->operation, &record->line.order, sayings[i].act);
        if (own[0] != 0 && is_meant)
            (void)add(facts, screen_text(ui, sayings[i].key), own);
    }
}

static void add_papers(const struct ui *ui, const struct service_record *record, struct facts *facts)
{
    char text[64];
    char count[24];
    char needed[24];
    if (record->page_needed == 0)
        return;
    (void)snprintf(count, sizeof(count), "%zu", record->page_count);
    (void)snprintf(needed, sizeof(needed), "%zu", record->page_needed);
    screen_format(ui, text, sizeof(text), "order.papers_value", {"count", count}, {"needed", needed});
    (void)add(facts, screen_text(ui, "order.papers"), text);
}

/* Whether it is asked for, by when it comes, or under which number it came. */
static void add_invoice(const struct ui *ui, const struct service_record *record, struct facts *facts)
{
    const struct service_invoice *invoice = &record->invoice;
    char key[WORDS_KEY_BYTES];
    char day[32] = "";
    char text[96];
    if (!invoice->exists)
        return;
    (void)snprintf(key, sizeof(key), "invoice.%s", service_invoice_state_name(invoice->state));
    if (invoice->due_utc_s != 0)
        (void)clock_format_hall(invoice->due_utc_s, "%m-%d", day, sizeof(day));
    bool is_due = invoice->state == SERVICE_INVOICE_REQUESTED && day[0] != 0;
    screen_format(ui, text, sizeof(text), "order.invoice_due", {"day", day}, {"state", screen_text(ui, key)});
    (void)add(facts, screen_text(ui, "order.invoice_name"),
              invoice->document[0] != 0 ? invoice->document
              : is_due                  ? text
                                        : screen_text(ui, key));
}

static void add_parcel(const struct ui *ui, const struct service_record *record, struct facts *facts)
{
    static const char *const states[] = {[SERVICE_SHIPMENT_WISHED] = "orders.parcel.wished",
                                         [SERVICE_SHIPMENT_MADE] = "orders.parcel.made",
                                         [SERVICE_SHIPMENT_SENT] = "orders.parcel.sent"};
    const struct service_shipment *shipment = &record->line.shipment;
    char key[64];
    char number[128];
    if (shipment->state == SERVICE_SHIPMENT_NONE)
        return;
    (void)snprintf(key, sizeof(key), "carrier.%.40s", shipment->carrier);
    (void)snprintf(number, sizeof(number), "%s %s", screen_text(ui, key), shipment->tracking);
    add(facts, screen_text(ui, "order.parcel"),
        shipment->state == SERVICE_SHIPMENT_SENT ? number : screen_text(ui, states[shipment->state]))
        ->strong = true;
    if (shipment->leaves_utc_s == 0)
        return;
    (void)clock_format_hall(shipment->leaves_utc_s, "%Y-%m-%d", number, sizeof(number));
    (void)add(facts, screen_text(ui, "order.leaves"), number);
}

/* What was said of the certificate; while it may still be said, until when. */
static void add_consent(const struct ui *ui, const struct service_record *record, struct facts *facts)
{
    static const char *const keys[] = {[SERVICE_CONSENT_ASKED] = "order.consent_asked",
                                       [SERVICE_CONSENT_GIVEN] = "order.consent_given",
                                       [SERVICE_CONSENT_SILENT] = "order.consent_silent",
                                       [SERVICE_CONSENT_OBJECTED] = "order.consent_objected"};
    char when[32] = "";
    char text[128];
    const struct service_consent *consent = &record->consent;
    if (consent->state == SERVICE_CONSENT_NONE || consent->at_utc_s == 0)
        return;
    (void)clock_format_hall(consent->at_utc_s, "%m-%d %H:%M", when, sizeof(when));
    screen_format(ui, text, sizeof(text), keys[consent->state], {"time", when});
    (void)add(facts, screen_text(ui, "order.consent"), text);
}

static void list_facts(const struct ui *ui, const struct service_record *record, struct facts *facts)
{
    const struct order *order = &record->line.order;
    const struct product_class *class = product_find_class(record->product, order->class_id);
    char begun[32] = "";
    char kind[128];
    (void)clock_format_hall(order->created_utc_s, "%Y-%m-%d %H:%M", begun, sizeof(begun));
    if (ui_is_portrait(ui)) { /* there is no title above */
        (void)add(facts, screen_text(ui, "order.project"), record->product->name);
        (void)add(facts, screen_text(ui, "orders.column.state"),
                  product_status_label(record->product, order->state));
    }
    (void)add(facts, screen_text(ui, "order.number"), order->acceptance);
    if (record->line.reason[0] != 0)
        add(facts, screen_text(ui, "order.reason"), record->line.reason)->strong = true;
    (void)snprintf(kind, sizeof(kind), "%s%s%s", record->operation->label, class == NULL ? "" : "·",
                   class == NULL ? "" : class->sale_label);
    (void)add(facts, screen_text(ui, "order.kind"), kind);
    (void)add(facts, screen_text(ui, "order.begun"), begun);
    add_day(ui, facts, "order.due", "order.due_value", record->line.due_utc_s);
    add_parcel(ui, record, facts);
    add_amounts(ui, record, facts);
    add_papers(ui, record, facts);
    add_invoice(ui, record, facts);
    add_lock(ui, record, facts);
    add_carried(ui, record, facts);
    add_certificate(ui, record, facts);
    add_consent(ui, record, facts);
    add_sayings(ui, record, facts);
}

struct fact_size {
    int line, name,
        below; /* below: height of a value that is too long for the rest of the line, 0 for none */
};

static struct fact_size size_of(struct ui *ui, const struct fact *fact, int width)
{
    enum theme_type type = fact->quiet ? THEME_TYPE_SMALL : THEME_TYPE_BODY;
    enum theme_type value_type = fact->strong ? THEME_TYPE_BODY_STRONG : type;
    struct fact_size size = {.line = screen_lines(ui, THEME_TYPE_BODY, 1) + (ui_is_large(ui) ? 4 : 6),
                             .name = widget_label_width(ui, type, fact->name) + 24};
    if (size.name + widget_label_width(ui, value_type, fact->value) > width)
        size.below = widget_label_height(ui, value_type, fact->value, width);
    return size;
}

static void draw_fact(struct ui *ui, struct rect *area, const struct fact *fact)
{
    enum theme_type type = fact->quiet ? THEME_TYPE_SMALL : THEME_TYPE_BODY;
    struct fact_size size = size_of(ui, fact, area->w);
    struct rect row = rect_cut_top(area, size.line);
    (void)widget_label(ui, rect_make(row.x, row.y, size.name, row.h),
                       &(struct widget_label){
                           .text = fact->name, .type = type, .color = THEME_COLOR_INK700, .middle = true});
    struct rect value = size.below > 0 ? rect_cut_top(area, size.below)
                                       : rect_make(row.x + size.name, row.y, row.w - size.name, row.h);
    (void)widget_label(ui, value,
                       &(struct widget_label){.text = fact->value,
                                              .type = fact->strong ? THEME_TYPE_BODY_STRONG : type,
                                              .color = fact->quiet ? THEME_COLOR_INK700 : THEME_COLOR_INK900,
                                              .align = size.below > 0 ? WIDGET_LEFT : WIDGET_RIGHT,
                                              .middle = size.below == 0,
                                              .is_private = true});
}

/* How many facts from this one on have room, at least one. */
static size_t facts_that_fit(struct ui *ui, const struct facts *facts, size_t first, struct rect area)
{
    size_t count = 0;
    for (int used = 0; first + count < facts->count; count++) {
        struct fact_size size = size_of(ui, &facts->rows[first + count], area.w);
        used += size.line + size.below;
        if (used > area.h)
            break;
    }
    return count < 1 ? 1 : count;
}

static void draw_facts(struct ui *ui, struct rect card, const struct service_record *record, size_t page)
{
    struct facts facts = {0};
    size_t first = 0, pages = 1, at = 0;
    list_facts(ui, record, &facts);
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, ui_is_large(ui) ? 32 : 44, 20);
    if (facts_that_fit(ui, &facts, 0, inner) < facts.count) {
        struct rect foot = rect_cut_bottom(&inner, ui_is_large(ui) ? BUTTON_LARGE : BUTTON);
        for (pages = 0; at < facts.count; pages++) {
            first = pages <= page ? at : first;
            at += facts_that_fit(ui, &facts, at, inner);
        }
        widget_list_pages(ui, foot, "facts", (int)(page < pages ? page : pages - 1), (int)pages);
    }
    for (size_t end = first + facts_that_fit(ui, &facts, first, inner); first < end && first < facts.count;
         first++)
        draw_fact(ui, &inner, &facts.rows[first]);
}

/* --- what happened ----------------------------------------------------------------------------------- */

size_t screen_order_past_fits(const struct ui *ui, int height)
{
    int fits = height / (ui_is_large(ui) ? STOP_LARGE : STOP);
    return fits < 1 ? 1 : (size_t)fits;
}

static void draw_stop(struct ui *ui, struct rect rect, const struct service_record *record, size_t index,
                      bool joined)
{
    const struct service_past *past = &record->past[index];
    char id[32];
    char key[WORDS_KEY_BYTES];
    char when[32] = "";
    (void)snprintf(id, sizeof(id), "past.%zu", index);
    (void)snprintf(key, sizeof(key), "event.order.%.48s", past->event);
    (void)clock_format_hall(past->at_utc_s, "%m-%d %H:%M", when, sizeof(when));
    bool has_reason = past->reason[0] != 0; /* it stands for what happened then */
    widget_timeline_stop(
        ui, rect,
        &(struct widget_timeline_stop){
            .id = id,
            .number = (int)(record->past_count - index),
            .title = has_reason ? screen_text(ui, key) : product_status_label(record->product, past->state),
            .line = has_reason ? past->reason : screen_text(ui, key),
            .right = when,
            .state = index == 0 ? WIDGET_MARK_NOW : WIDGET_MARK_DONE,
            .joined = joined});
}

static void draw_past(struct ui *ui, struct rect card, const struct service_record *record, size_t page)
{
    int pitch = ui_is_large(ui) ? STOP_LARGE : STOP;
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, ui_is_large(ui) ? 32 : 40, 24);
    size_t fits = screen_order_past_fits(ui, inner.h);
    if (record->past_count > fits) {
        struct rect foot = rect_cut_bottom(&inner, ui_is_large(ui) ? BUTTON_LARGE : BUTTON);
        fits = screen_order_past_fits(ui, inner.h);
        size_t pages = (record->past_count + fits - 1) / fits;
        page = page < pages ? page : pages - 1;
        widget_list_pages(ui, foot, "pages", (int)page, (int)pages);
    } else {
        page = 0;
    }
    for (size_t i = page * fits; i < record->past_count && i < (page + 1) * fits; i++)
        draw_stop(ui, rect_cut_top(&inner, pitch), record, i,
                  i + 1 < record->past_count && i + 1 < (page + 1) * fits);
}

/* --- what may be done -------------------------------------------------------------------------------- */

static struct widget_button print_button(const struct ui *ui, const struct screen_order_state *state,
                                         const struct service_record *record)
{
    bool done = record->line.order.state == ORDER_STATE_DONE;
    return (struct widget_button){.id = "order.print",
                                  .label = screen_text(ui, state->printed ? "order.printed"
                                                           : done         ? "order.receipt"
                                                                          : "order.print"),
                                  .look = WIDGET_BUTTON_NEUTRAL,
                                  .type = THEME_TYPE_READING_STRONG,
                                  .icon = ICON_RECEIPT,
                                  .busy = state->printing != 0};
}

/* Where the product gives one only when it is asked for. */
static struct widget_button invoice_button(const struct ui *ui, const struct screen_order_state *state)
{
    return (struct widget_button){.id = "order.invoice",
                                  .label = screen_text(ui, "order.invoice_ask"),
                                  .look = WIDGET_BUTTON_NEUTRAL,
                                  .type = THEME_TYPE_READING_STRONG,
                                  .icon = ICON_FILE,
                                  .busy = state->invoicing != 0};
}

static struct widget_button act_button(const struct order_choice *choice, char id[32])
{
    (void)snprintf(id, 32, "act.%s", product_act_name(choice->act));
    return (struct widget_button){.id = id,
                                  .label = choice->label,
                                  .look = WIDGET_BUTTON_NEUTRAL,
                                  .type = THEME_TYPE_READING_STRONG,
                                  .tag = (int64_t)choice->act};
}

/* Slip, copy, cancel: as wide as their words, in one line where there is room, else in two. */
static void draw_acts(struct ui *ui, struct rect area, const struct screen_order_state *state,
                      const struct service_record *record)
{
    struct order_choice choices[ORDER_ACTS_MAX];
    size_t count = order_acts_list(ui, &record->line, choices);
    int height = ui_is_large(ui) ? BUTTON_LARGE : BUTTON;
    struct widget_button buttons[ORDER_ACTS_MAX + 2] = {print_button(ui, state, record)};
    char ids[ORDER_ACTS_MAX][32];
    size_t used = 1;
    if (record->invoice.exists && record->invoice.state == SERVICE_INVOICE_OPEN)
        buttons[used++] = invoice_button(ui, state);
    for (size_t i = 0; i < count; i++) {
        bool is_here = choices[i].act == PRODUCT_ACT_COPY || choices[i].act == PRODUCT_ACT_CANCEL;
        if (is_here) {
            buttons[used] = act_button(&choices[i], ids[i]);
            buttons[used].disabled = state->cancelling != 0;
            used++;
        }
    }
    struct rect line = rect_cut_top(&area, height);
    for (size_t i = 0; i < used; i++) {
        int width = widget_button_width(ui, &buttons[i]) + 8;
        if (width > line.w) {
            (void)rect_cut_top(&area, 16);
            line = rect_cut_top(&area, height);
        }
        (void)widget_button(ui, rect_cut_left(&line, width), &buttons[i]);
        (void)rect_cut_left(&line, 16);
    }
}

/* The one way on at the bottom right: what goes on with it, or the page on which it waits. */
static struct widget_button primary_of(const struct ui *ui, const struct screen_order_state *state,
                                       const struct service_record *record, char id[32])
{
    struct order_choice choices[ORDER_ACTS_MAX];
    size_t count = order_acts_list(ui, &record->line, choices);
    struct widget_button button = {0};
    if (count > 0 && order_acts_goes_on(choices[0].act))
        button = act_button(&choices[0], id);
    else if (record->line.order.state == ORDER_STATE_REVIEWING)
        button = act_button(
            &(struct order_choice){.act = PRODUCT_ACT_VIEW, .label = screen_text(ui, "order.wait")}, id);
    button.look = WIDGET_BUTTON_PRIMARY;
    button.type = 0;
    button.icon_right = button.label == NULL ? ICON_NONE : ICON_ARROW_RIGHT;
    button.busy = state->opening != 0 || state->sending != 0;
    return button;
}

/* --- the page ---------------------------------------------------------------------------------------- */

static void draw_tab(struct ui *ui, struct rect rect, const char *key, bool chosen)
{
    (void)widget_button(ui, rect,
                        &(struct widget_button){.id = key,
                                                .label = screen_text(ui, key),
                                                .look = chosen ? WIDGET_BUTTON_SOFT : WIDGET_BUTTON_GHOST});
}

static int acts_height(const struct ui *ui)
{
    if (!ui_is_large(ui))
        return BUTTON;
    return ui_is_portrait(ui) ? 2 * BUTTON_LARGE + 16 : BUTTON_LARGE;
}

static void draw_record(struct ui *ui, struct rect area, const struct screen_order_state *state,
                        const struct service_record *record)
{
    draw_acts(ui, rect_cut_bottom(&area, acts_height(ui)), state, record);
    (void)rect_cut_bottom(&area, 20);
    if (ui_is_large(ui)) {
        struct rect tabs = rect_cut_top(&area, BUTTON_LARGE);
        draw_tab(ui, rect_column(tabs, 0, 2, 16), "order.facts", !state->shows_past);
        draw_tab(ui, rect_column(tabs, 1, 2, 16), "order.past", state->shows_past);
        (void)rect_cut_top(&area, 16);
        if (state->shows_past)
            draw_past(ui, area, record, state->past_page);
        else
            draw_facts(ui, area, record, state->facts_page);
        return;
    }
    draw_facts(ui, layout_split(ui_layout(ui), area, 0, 2, GUTTER), record, state->facts_page);
    draw_past(ui, layout_split(ui_layout(ui), area, 1, 2, GUTTER), record, state->past_page);
}

static const char *subtitle_of(const struct ui *ui, const struct screen_order_state *state,
                               const struct service_record *record)
{
    if (state->message[0] != 0)
        return state->message;
    if (state->cancelling != 0)
        return screen_text(ui, "order.cancelling");
    return record == NULL ? screen_text(ui, "order.loading")
                          : product_status_label(record->product, record->line.order.state);
}

static void draw_dialog(struct ui *ui, const struct service_record *record)
{
    bool is_draft = record->line.order.state == ORDER_STATE_DRAFT;
    widget_dialog(ui, &(struct widget_dialog){
                          .id = "cancel",
                          .title = screen_text(ui, is_draft ? "order.cancel_draft" : "order.cancel_ask"),
                          .line = screen_text(ui, is_draft ? "order.cancel_draft_line" : "order.cancel_line"),
                          .icon = ICON_WARNING,
                          .left = {.id = "cancel.yes",
                                   .label = screen_text(ui, is_draft ? "orders.delete" : "orders.cancel"),
                                   .look = WIDGET_BUTTON_DANGER},
                          .primary = {.id = "cancel.keep", .label = screen_text(ui, "order.cancel_keep")}});
}

void screen_order_draw(void *memory, struct ui *ui)
{
    const struct screen_order_state *state = memory;
    const struct service_record *record = screen_order_record(ui, state);
    char title[160] = "";
    char id[32];
    struct ui_page page = screen_page(ui, SCREEN_ORDER);
    page.step = 0;
    page.back = screen_text(ui, "order.back");
    page.plain = true; /* facts need the room of the explanation */
    page.subtitle = subtitle_of(ui, state, record);
    if (record != NULL) {
        (void)snprintf(title, sizeof(title), "%s", record->product->name);
        page.title = title;
        page.primary = primary_of(ui, state, record, id);
    }
    struct rect area = ui_page(ui, &page);
    if (record == NULL && state->reading != 0)
        (void)widget_mark_spinner(ui, rect_center(area, 120, 120), screen_text(ui, "order.loading"));
    if (record == NULL)
        return;
    draw_record(ui, area, state, record);
    if (state->asking)
        draw_dialog(ui, record);
}
