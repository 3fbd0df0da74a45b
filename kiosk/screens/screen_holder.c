/* Holder: the key that was put in: whose it is, how it stands, and what can be done with it now, with price,
 * papers and time. Without a key it asks for one. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_list.h"

enum {
    OFFERS_MAX = 24,
    CARD_HEIGHT = 136,
    CARD_HEIGHT_PORTRAIT = 176,
    CARD_HEIGHT_LARGE = 200,
    CARD_GAP = 14,
    FACTS_WIDTH = 616,
    FACTS_HEIGHT_PORTRAIT = 456,
    FACTS_HEIGHT_ORDERS = 100,
    DAY_S = 86400
};

struct screen_holder_state {
    uint64_t reading;
    bool is_read;  /* the visit's holder is of the key that is in now */
    size_t chosen; /* index of the offer */
    size_t page;
    bool is_second; /* large letters: what can be done has a page of its own, after the facts */
    char message[192];
};
SCREEN_STATE(holder)

static const struct service_holder *holder_of(const struct ui *ui)
{
    return &screen_visit(ui)->holder;
}

static bool is_key_in(const struct ui *ui)
{
    enum service_key_presence presence = services_key(screen_services(ui))->presence;
    return presence == SERVICE_KEY_CARRYING || presence == SERVICE_KEY_BLANK;
}

/* --- what can be done now ------------------------------------------------------------------------------ */

#define STATE(code) (1U << SERVICE_HOLDER_##code)
enum { LIVE = STATE(VALID) | STATE(SOON) | STATE(UNCHECKED) | STATE(EARLY) };

/* The operations that make sense for a key whose certificate stands like this. */
static const unsigned sense[PRODUCT_OPERATION_COUNT_] = {
    [PRODUCT_OPERATION_NEW] = STATE(NONE) | STATE(UNKNOWN) | STATE(REVOKED),
    [PRODUCT_OPERATION_RENEW] = STATE(VALID) | STATE(SOON) | STATE(UNCHECKED) | STATE(EXPIRED),
    [PRODUCT_OPERATION_CHANGE] = LIVE,
    [PRODUCT_OPERATION_REPLACE] = LIVE,
    [PRODUCT_OPERATION_UNLOCK] = LIVE | STATE(EXPIRED),
    [PRODUCT_OPERATION_REVOKE] = LIVE | STATE(HELD),
    [PRODUCT_OPERATION_SUSPEND] = LIVE,
    [PRODUCT_OPERATION_RESUME] = STATE(HELD),
    [PRODUCT_OPERATION_RECOVER] = LIVE | STATE(EXPIRED),
    [PRODUCT_OPERATION_EXCHANGE] = LIVE,
    [PRODUCT_OPERATION_UPGRADE] = LIVE | STATE(EXPIRED),
    [PRODUCT_OPERATION_REAPPLY] = STATE(EXPIRED) | STATE(REVOKED)};

/* From when a renewal is allowed, 0 for any time. */
static int64_t opens_utc_s(const struct service_holder *holder, const struct product_operation *operation)
{
    if (product_operation_code(operation) != PRODUCT_OPERATION_RENEW || holder->product->renewal_days == 0)
        return 0;
    return holder->not_after_utc_s - (int64_t)holder->product->renewal_days * DAY_S;
}

/* What is offered, and not too early for this certificate. */
static bool is_open(const struct ui *ui, const struct product_operation *operation)
{
    return operation->available &&
           opens_utc_s(holder_of(ui), operation) <= clock_utc_s(screen_program(ui)->clock);
}

static bool makes_sense(const struct service_holder *holder, const struct product_operation *operation)
{
    enum product_operation_code code = product_operation_code(operation);
    bool is_past = holder->state == SERVICE_HOLDER_EXPIRED && !holder->product->renewal_after_expiry;
    if (is_past && (code == PRODUCT_OPERATION_RENEW || code == PRODUCT_OPERATION_NEW))
        return code == PRODUCT_OPERATION_NEW; /* it is to be applied for anew */
    return code < PRODUCT_OPERATION_COUNT_ && (sense[code] & (1U << holder->state)) != 0;
}

/* What is offered, what can be had first. Returns: how many. */
static size_t list_offers(const struct ui *ui, const struct product_operation *offers[OFFERS_MAX])
{
    const struct service_holder *holder = holder_of(ui);
    size_t count = 0;
    for (int round = 0; round < 2 && holder->product != NULL; round++)
        for (size_t i = 0; i < holder->product->operation_count && count < OFFERS_MAX; i++) {
            const struct product_operation *operation = &holder->product->operations[i];
            if (is_open(ui, operation) == (round == 0) && makes_sense(holder, operation))
                offers[count++] = operation;
        }
    return count;
}

static const struct product_operation *chosen_of(const struct ui *ui, const struct screen_holder_state *state)
{
    const struct product_operation *offers[OFFERS_MAX];
    size_t count = list_offers(ui, offers);
    return state->chosen < count && is_open(ui, offers[state->chosen]) ? offers[state->chosen] : NULL;
}

/* --- what happens -------------------------------------------------------------------------------------- */

static void start_reading(struct screen_holder_state *state, struct ui *ui)
{
    state->is_read = false;
    state->message[0] = 0;
    if (is_key_in(ui))
        state->reading = service_key_read(screen_services(ui));
}

void screen_holder_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)argument;
    screen_show_visit(ui);
    start_reading(memory, ui);
}

void screen_holder_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

static void on_read(struct screen_holder_state *state, struct ui *ui, const struct service_reply *reply)
{
    state->reading = 0;
    state->is_read = reply->status == STATUS_OK;
    state->chosen = state->page = 0;
    state->is_second = false;
    if (!state->is_read)
        screen_reason(ui, reply, state->message, sizeof(state->message));
}

static void on_key(struct screen_holder_state *state, struct ui *ui)
{
    if (!is_key_in(ui)) {
        state->is_read = false;
        state->reading = 0;
    } else if (!state->is_read && state->reading == 0) {
        start_reading(state, ui);
    }
}

static bool has_two_pages(const struct ui *ui)
{
    return ui_is_large(ui);
}

static bool is_logged_in(const struct ui *ui)
{
    return screen_visit(ui)->phone[0] != 0;
}

static void go_on(struct screen_holder_state *state, struct ui *ui)
{
    const struct service_holder *holder = holder_of(ui);
    const struct product_operation *operation = chosen_of(ui, state);
    if (has_two_pages(ui) && !state->is_second && holder->product != NULL) {
        state->is_second = true;
        return;
    }
    if (operation == NULL) { /* nothing is known of it: a project is to be chosen */
        ui_push(ui, SCREEN_PRODUCT, NULL);
        return;
    }
    services_choose(screen_services(ui), holder->product, operation, holder->class_id);
    screen_show_visit(ui);
    screen_apply(ui, SCREEN_HOLDER);
}

void screen_holder_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_holder_state *state = memory;
    struct service_reply *reply = screen_reply(event);
    if (screen_answered(event, state->reading, &reply))
        on_read(state, ui, reply);
    else if (event->kind == UI_EVENT_NOTICE && reply != NULL && reply->kind == SERVICE_KEY_WATCH)
        on_key(state, ui);
    else if (ui_tapped_prefix(event, "operation."))
        state->chosen = (size_t)event->tag;
    else if (ui_tapped(event, "holder.more"))
        state->page++;
    else if (ui_tapped(event, "holder.orders"))
        ui_push(ui, is_logged_in(ui) ? SCREEN_ORDERS : SCREEN_KEY, NULL);
    else if (ui_tapped(event, "holder.again"))
        start_reading(state, ui);
    else if (ui_tapped(event, "bar.next"))
        go_on(state, ui);
    else if (ui_tapped(event, "bar.back") && state->is_second)
        state->is_second = false;
    else if (ui_tapped(event, "bar.back") || ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

/* --- drawing: the offers ------------------------------------------------------------------------------- */

static void write_offer(const struct ui *ui, const struct product_operation *operation, char *out,
                        size_t size)
{
    char minutes[16];
    char count[24];
    char day[32];
    (void)clock_format_hall(opens_utc_s(holder_of(ui), operation), "%Y-%m-%d", day, sizeof(day));
    (void)snprintf(minutes, sizeof(minutes), "%u", operation->minutes);
    (void)snprintf(count, sizeof(count), "%zu", operation->paper_count);
    if (!operation->available)
        (void)text_copy(out, size, operation->unavailable_text);
    else if (!is_open(ui, operation))
        screen_format(ui, out, size, "holder.opens", {"day", day});
    else
        screen_format(ui, out, size, operation->paper_count > 0 ? "holder.offer" : "holder.offer_no_papers",
                      {"minutes", minutes}, {"count", count});
}

static void draw_offer(struct ui *ui, struct rect rect, const struct product_operation *operation,
                       size_t index, bool selected)
{
    const struct service_holder *holder = holder_of(ui);
    struct price_quote quote = {.amount_fen = PRICE_UNKNOWN_FEN};
    char id[96];
    char line[128];
    char fee[64];
    (void)product_quote(holder->product, holder->class_id, operation->id, &quote);
    words_fee(screen_program(ui)->words, &quote, fee, sizeof(fee));
    char *unit = screen_split_fee(fee);
    write_offer(ui, operation, line, sizeof(line));
    (void)snprintf(id, sizeof(id), "operation.%s", operation->id);
    (void)widget_choice(ui, rect,
                        &(struct widget_choice){.id = id,
                                                .name = operation->label,
                                                .line = line,
                                                .icon = screen_operation_icon(operation->id),
                                                .fee = operation->available ? fee : NULL,
                                                .fee_unit = operation->available ? unit : NULL,
                                                .free_of_charge = quote.amount_fen == 0,
                                                .selected = selected,
                                                .disabled = !is_open(ui, operation),
                                                .tag = (int64_t)index});
}

static int card_height(const struct ui *ui)
{
    return ui_is_large(ui) ? CARD_HEIGHT_LARGE : ui_is_portrait(ui) ? CARD_HEIGHT_PORTRAIT : CARD_HEIGHT;
}

static int columns_of(const struct ui *ui)
{
    return ui_is_large(ui) && ui_is_portrait(ui) ? 1 : 2;
}

static size_t offers_per_page(const struct ui *ui, int height)
{
    int rows = (height + CARD_GAP) / (card_height(ui) + CARD_GAP);
    return (size_t)(rows < 1 ? 1 : rows) * (size_t)columns_of(ui);
}

static void draw_offers(struct ui *ui, struct rect area, const struct screen_holder_state *state)
{
    const struct product_operation *offers[OFFERS_MAX];
    size_t count = list_offers(ui, offers);
    size_t per_page = offers_per_page(ui, area.h);
    size_t pages = count == 0 ? 1 : (count + per_page - 1) / per_page;
    size_t first = state->page % pages * per_page;
    int pitch = card_height(ui) + CARD_GAP;
    for (size_t i = 0; i < per_page && first + i < count; i++) {
        int row = (int)i / columns_of(ui);
        struct rect line = rect_make(area.x, area.y + row * pitch, area.w, card_height(ui));
        draw_offer(ui, rect_column(line, (int)i % columns_of(ui), columns_of(ui), 24), offers[first + i],
                   first + i, first + i == state->chosen && is_open(ui, offers[first + i]));
    }
}

/* --- drawing: the facts -------------------------------------------------------------------------------- */

static const char *state_word(const struct ui *ui, const char *suffix)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "holder.state.%s%s", service_holder_state_name(holder_of(ui)->state),
                   suffix);
    return screen_text(ui, key);
}

static enum widget_mark_tone tone_of(enum service_holder_state state)
{
    switch (state) {
    case SERVICE_HOLDER_VALID:
    case SERVICE_HOLDER_FOREIGN:
        return WIDGET_MARK_GREEN;
    case SERVICE_HOLDER_SOON:
    case SERVICE_HOLDER_EARLY:
    case SERVICE_HOLDER_HELD:
    case SERVICE_HOLDER_UNCHECKED:
        return WIDGET_MARK_AMBER;
    case SERVICE_HOLDER_EXPIRED:
    case SERVICE_HOLDER_REVOKED:
        return WIDGET_MARK_RED;
    case SERVICE_HOLDER_UNREAD:
    case SERVICE_HOLDER_NONE:
    case SERVICE_HOLDER_UNKNOWN:
    case SERVICE_HOLDER_STATE_COUNT_:
        break;
    }
    return WIDGET_MARK_GREY;
}

static const char *pin_word(const struct ui *ui)
{
    static const char *const keys[] = {[SERVICE_PIN_UNSET] = "holder.pin.unset",
                                       [SERVICE_PIN_NORMAL] = "holder.pin.normal",
                                       [SERVICE_PIN_LOW] = "holder.pin.low",
                                       [SERVICE_PIN_FINAL] = "holder.pin.final",
                                       [SERVICE_PIN_LOCKED] = "holder.pin.locked"};
    return screen_text(ui, keys[services_key(screen_services(ui))->pin]);
}

static void draw_fact(struct ui *ui, struct rect *area, const char *key, const char *value)
{
    struct rect line = rect_cut_top(area, ui_is_large(ui) ? 64 : 56);
    const char *name = screen_text(ui, key);
    (void)widget_label(
        ui, line,
        &(struct widget_label){
            .text = name, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700, .middle = true});
    (void)rect_cut_left(&line, widget_label_width(ui, THEME_TYPE_BODY, name) + 24);
    (void)widget_label(ui, line,
                       &(struct widget_label){.id = key,
                                              .text = value,
                                              .type = THEME_TYPE_BODY,
                                              .align = WIDGET_RIGHT,
                                              .middle = true,
                                              .is_private = true});
}

/* Why the authority withdrew it, whole, over as many lines as it takes. */
static void draw_ground(struct ui *ui, struct rect *area)
{
    const char *ground = holder_of(ui)->ground;
    const char *name = screen_text(ui, "holder.ground");
    (void)widget_label(
        ui, rect_cut_top(area, widget_label_height(ui, THEME_TYPE_BODY, name, area->w)),
        &(struct widget_label){.text = name, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700});
    (void)widget_label(
        ui, rect_cut_top(area, widget_label_height(ui, THEME_TYPE_BODY, ground, area->w)),
        &(struct widget_label){
            .id = "holder.ground", .text = ground, .type = THEME_TYPE_BODY, .color = THEME_COLOR_SEAL700});
}

static void draw_rows(struct ui *ui, struct rect *area)
{
    const struct service_holder *holder = holder_of(ui);
    char day[32];
    char number[32];
    char objects[16];
    (void)clock_format_hall(holder->not_after_utc_s, "%Y-%m-%d", day, sizeof(day));
    screen_key_number(holder->key_number, holder->key_serial, number);
    (void)snprintf(objects, sizeof(objects), "%u", holder->objects);
    if (holder->not_after_utc_s != 0)
        draw_fact(ui, area, "holder.until", day);
    if (holder->ground[0] != 0) { /* the PIN of what was withdrawn matters no more */
        draw_ground(ui, area);
    } else {
        draw_fact(ui, area, "holder.pin", pin_word(ui));
        draw_fact(ui, area, "holder.objects", objects);
    }
    draw_fact(ui, area, "holder.number", number);
}

/* Whose it is, with how it stands before the name. */
static void draw_owner(struct ui *ui, struct rect *area)
{
    const struct service_holder *holder = holder_of(ui);
    (void)widget_mark_chip(ui, rect_cut_top(area, ui_is_large(ui) ? 60 : 52), WIDGET_LEFT,
                           tone_of(holder->state), state_word(ui, ""));
    (void)rect_cut_top(area, 12);
    const char *owner = holder->owner[0] != 0 ? holder->owner : screen_text(ui, "holder.nobody");
    char shown[SERVICE_TEXT_BYTES];
    screen_shorten(owner, ui_is_large(ui) ? 30 : 36, shown, sizeof(shown));
    (void)widget_label(ui, rect_cut_top(area, widget_label_height(ui, THEME_TYPE_H2, shown, area->w)),
                       &(struct widget_label){
                           .id = "holder.owner", .text = shown, .type = THEME_TYPE_H2, .is_private = true});
    (void)rect_cut_top(area, 12);
}

static struct widget_button orders_button(const struct ui *ui)
{
    return (struct widget_button){
        .id = "holder.orders", .label = screen_text(ui, "holder.orders"), .look = WIDGET_BUTTON_SECONDARY};
}

static void draw_facts(struct ui *ui, struct rect area)
{
    struct widget_button orders = orders_button(ui);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 40, ui_is_portrait(ui) || ui_is_large(ui) ? 20 : 32);
    draw_owner(ui, &inner);
    (void)widget_panel_line(ui, rect_cut_top(&inner, 12));
    draw_rows(ui, &inner);
    if (!ui_is_large(ui) && screen_may_log_in(ui))
        (void)widget_button(ui, rect_cut_bottom(&inner, 88), &orders);
    (void)rect_cut_bottom(&inner, 16);
    if (ui_is_portrait(ui) || (holder_of(ui)->product == NULL && !ui_is_large(ui)) || inner.h < 120)
        return;
    struct widget_notice notice = {
        .id = "holder.advice", .tone = WIDGET_NOTICE_INFO, .line = state_word(ui, "_line"), .quiet = true};
    int height = widget_notice_height(ui, &notice, inner.w);
    if (height <= inner.h)
        (void)widget_notice_banner(ui, rect_cut_bottom(&inner, height), &notice);
}

/* --- drawing: the page --------------------------------------------------------------------------------- */

static void draw_nothing(struct ui *ui, struct rect area)
{
    const struct widget_notice notice = {.id = "holder.nothing",
                                         .tone = WIDGET_NOTICE_INFO,
                                         .title = state_word(ui, "_title"),
                                         .line = state_word(ui, "_line")};
    int height = widget_notice_height(ui, &notice, area.w);
    (void)widget_notice_banner(ui, rect_cut_top(&area, height < 144 ? 144 : height), &notice);
}

static void draw_landscape(struct ui *ui, struct rect area, const struct screen_holder_state *state)
{
    struct rect side = rect_cut_right(&area, FACTS_WIDTH);
    int top = side.y - 120;
    (void)rect_cut_right(&area, 32);
    draw_facts(ui, rect_make(side.x, top, side.w, side.y + side.h - 4 - top));
    if (holder_of(ui)->product == NULL)
        draw_nothing(ui, area);
    else
        draw_offers(ui, area, state);
}

static void draw_portrait(struct ui *ui, struct rect area, const struct screen_holder_state *state)
{
    draw_facts(
        ui, rect_cut_top(&area, FACTS_HEIGHT_PORTRAIT + (screen_may_log_in(ui) ? FACTS_HEIGHT_ORDERS : 0)));
    (void)rect_cut_top(&area, 24);
    if (holder_of(ui)->product == NULL)
        draw_nothing(ui, area);
    else
        draw_offers(ui, area, state);
}

static void draw_read(struct ui *ui, struct rect area, const struct screen_holder_state *state)
{
    if (has_two_pages(ui) && state->is_second)
        draw_offers(ui, area, state);
    else if (has_two_pages(ui))
        draw_facts(ui, area);
    else if (ui_is_portrait(ui))
        draw_portrait(ui, area, state);
    else
        draw_landscape(ui, area, state);
}

static void offer_ways(struct ui *ui, struct ui_page *page, const struct screen_holder_state *state)
{
    const struct product_operation *offers[OFFERS_MAX];
    bool is_first = has_two_pages(ui) && !state->is_second;
    bool is_strange = holder_of(ui)->product == NULL;
    if (is_strange)
        page->title = screen_text(ui, "holder.strange_title");
    page->subtitle = screen_text(ui, is_strange ? "holder.strange"
                                     : is_first ? "holder.first"
                                                : "holder.subtitle");
    page->primary =
        (struct widget_button){.label = screen_text(ui, is_strange ? "holder.products"
                                                        : is_first ? "holder.what"
                                                                   : "holder.next"),
                               .icon_right = ICON_ARROW_RIGHT,
                               .disabled = !is_strange && !is_first && chosen_of(ui, state) == NULL};
    if (is_first && screen_may_log_in(ui))
        page->secondary = orders_button(ui);
    int height = ui_is_large(ui) ? 596 : ui_is_portrait(ui) ? 540 : 596;
    if (!is_strange && !is_first && list_offers(ui, offers) > offers_per_page(ui, height))
        page->secondary =
            (struct widget_button){.id = "holder.more", .label = screen_text(ui, "holder.more")};
}

/* No key, or one that is being read, or one that could not be. */
static void draw_unread(struct ui *ui, const struct screen_holder_state *state)
{
    struct ui_page page = screen_page(ui, SCREEN_HOLDER);
    bool failed = state->message[0] != 0;
    page.title = screen_text(ui, state->reading != 0 ? "holder.reading_title" : "holder.insert_title");
    page.subtitle = failed                ? state->message
                    : state->reading != 0 ? screen_text(ui, "holder.reading")
                                          : screen_text(ui, "holder.insert");
    if (failed)
        page.primary = (struct widget_button){.id = "holder.again", .label = screen_text(ui, "holder.again")};
    struct rect area = ui_page(ui, &page);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    (void)widget_device(ui, rect_inset(area, 40, 32), WIDGET_DEVICE_KEY, false,
                        screen_text(ui, "holder.device"));
}

void screen_holder_draw(void *memory, struct ui *ui)
{
    const struct screen_holder_state *state = memory;
    if (!state->is_read) {
        draw_unread(ui, state);
        return;
    }
    struct ui_page page = screen_page(ui, SCREEN_HOLDER);
    offer_ways(ui, &page, state);
    draw_read(ui, ui_page(ui, &page), state);
}
