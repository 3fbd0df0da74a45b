/* Holder: the key that was put in: whose it is, how it stands, and what can be done with it now, with price,
 * papers and time. Without a key it asks for one. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/objects.h"
#include "kiosk/screens/offers.h"
#include "kiosk/screens/screen_list.h"

enum { FACTS_WIDTH = 616, FACTS_HEIGHT_PORTRAIT = 456, FACTS_HEIGHT_ORDERS = 100 };

struct screen_holder_state {
    uint64_t reading;
    bool is_read;  /* the visit's holder is of the key that is in now */
    size_t chosen; /* index of the offer */
    size_t page;
    bool is_second; /* large letters: what can be done has a page of its own, after the facts */
    bool is_inside; /* what lies on the key is shown, row by row */
    int inside;     /* page of its rows */
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

static struct offers offers_of(const struct ui *ui)
{
    const struct service_holder *holder = holder_of(ui);
    return (struct offers){.product = holder->product,
                           .issuer = holder->issuer,
                           .class_id = holder->class_id,
                           .state = holder->state,
                           .not_after_utc_s = holder->not_after_utc_s,
                           .has_seal = holder->has_seal};
}

/* It was not made here, and nothing here takes it in: a project is to be chosen. */
static bool is_strange(const struct ui *ui)
{
    const struct product_operation *all[OFFERS_MAX];
    const struct offers offers = offers_of(ui);
    return offers.product == NULL && offers_list(ui, &offers, all) == 0;
}

static const struct product_operation *chosen_of(const struct ui *ui, const struct screen_holder_state *state)
{
    const struct product_operation *all[OFFERS_MAX];
    const struct offers offers = offers_of(ui);
    size_t count = offers_list(ui, &offers, all);
    return state->chosen < count && offers_is_open(ui, &offers, all[state->chosen]) ? all[state->chosen]
                                                                                    : NULL;
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
    state->is_second = state->is_inside = false;
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

/* Another authority's lock says nothing of the class here. */
static void choose(struct ui *ui, const struct product_operation *operation)
{
    const struct offers offers = offers_of(ui);
    const struct product *product = offers_product(ui, &offers, operation);
    services_choose(screen_services(ui), product, operation,
                    offers.product != NULL ? offers.class_id : product->classes[0].id);
}

static void go_on(struct screen_holder_state *state, struct ui *ui)
{
    const struct product_operation *operation = chosen_of(ui, state);
    if (state->is_inside) {
        state->is_inside = false;
        return;
    }
    if (has_two_pages(ui) && !state->is_second && !is_strange(ui)) {
        state->is_second = true;
        return;
    }
    if (operation == NULL) { /* nothing is known of it: a project is to be chosen */
        ui_push(ui, SCREEN_PRODUCT, NULL);
        return;
    }
    choose(ui, operation);
    screen_show_visit(ui);
    screen_apply(ui, SCREEN_HOLDER);
}

static void open_inside(struct screen_holder_state *state)
{
    state->is_inside = true;
    state->inside = 0;
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
    else if (ui_tapped(event, "holder.inside"))
        open_inside(state);
    else if (objects_event(event, &state->inside))
        return;
    else if (ui_tapped(event, "holder.orders"))
        ui_push(ui, is_logged_in(ui) ? SCREEN_ORDERS : SCREEN_KEY, NULL);
    else if (ui_tapped(event, "holder.again"))
        start_reading(state, ui);
    else if (ui_tapped(event, "bar.next"))
        go_on(state, ui);
    else if (ui_tapped(event, "bar.back") && state->is_inside)
        state->is_inside = false;
    else if (ui_tapped(event, "bar.back") && state->is_second)
        state->is_second = false;
    else if (ui_tapped(event, "bar.back") || ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
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
    case SERVICE_HOLDER_FOREIGN_PAST:
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

/* Who made a certificate that was not made here. */
static void draw_issuer(struct ui *ui, struct rect *area)
{
    char issuer[SERVICE_TEXT_BYTES];
    int room = area->w - widget_label_width(ui, THEME_TYPE_BODY, screen_text(ui, "holder.issuer")) - 24;
    (void)text_copy(issuer, sizeof(issuer), holder_of(ui)->issuer);
    screen_fit(ui, THEME_TYPE_BODY, room, issuer, sizeof(issuer));
    draw_fact(ui, area, "holder.issuer", issuer);
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
    bool has_issuer = holder->product == NULL && holder->issuer[0] != 0;
    if (has_issuer)
        draw_issuer(ui, area);
    if (holder->not_after_utc_s != 0)
        draw_fact(ui, area, "holder.until", day);
    if (holder->ground[0] != 0) { /* the PIN of what was withdrawn matters no more */
        draw_ground(ui, area);
    } else {
        draw_fact(ui, area, "holder.pin", pin_word(ui));
        if (!has_issuer) /* else that line's room is taken; the button leads to them */
            draw_fact(ui, area, "holder.objects", objects);
    }
    draw_fact(ui, area, "holder.number", number);
}

/* A lock that is taken in is known by its issuer, though nobody here vouches for its certificate. */
static bool is_taken_in(const struct ui *ui)
{
    const struct service_holder *holder = holder_of(ui);
    return holder->product == NULL && holder->state == SERVICE_HOLDER_UNKNOWN && !is_strange(ui);
}

/* Whose it is, with how it stands before the name. */
static void draw_owner(struct ui *ui, struct rect *area)
{
    const struct service_holder *holder = holder_of(ui);
    (void)widget_mark_chip(ui, rect_cut_top(area, ui_is_large(ui) ? 60 : 52), WIDGET_LEFT,
                           tone_of(holder->state),
                           is_taken_in(ui) ? screen_text(ui, "holder.taken_in") : state_word(ui, ""));
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

/* Without large letters the orders are led to from here, too. */
static bool has_orders_here(const struct ui *ui)
{
    return !ui_is_large(ui) && screen_may_log_in(ui);
}

static bool has_ways_here(const struct ui *ui)
{
    return has_orders_here(ui) || holder_of(ui)->objects > 0;
}

/* To the orders, and into the key. */
static void draw_ways(struct ui *ui, struct rect *area)
{
    struct widget_button orders = orders_button(ui);
    struct widget_button inside = {
        .id = "holder.inside", .label = screen_text(ui, "holder.inside"), .look = WIDGET_BUTTON_SECONDARY};
    bool both = has_orders_here(ui) && holder_of(ui)->objects > 0;
    if (!has_ways_here(ui))
        return;
    struct rect line = rect_cut_bottom(area, ui_is_large(ui) ? 104 : 88);
    if (has_orders_here(ui))
        (void)widget_button(ui, both ? rect_column(line, 0, 2, 16) : line, &orders);
    if (holder_of(ui)->objects > 0)
        (void)widget_button(ui, both ? rect_column(line, 1, 2, 16) : line, &inside);
}

static void draw_facts(struct ui *ui, struct rect area)
{
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(area, 40, ui_is_portrait(ui) || ui_is_large(ui) ? 20 : 32);
    draw_owner(ui, &inner);
    (void)widget_panel_line(ui, rect_cut_top(&inner, 12));
    draw_rows(ui, &inner);
    draw_ways(ui, &inner);
    (void)rect_cut_bottom(&inner, 16);
    if (ui_is_portrait(ui) || (is_strange(ui) && !ui_is_large(ui)) || inner.h < 120)
        return;
    struct widget_notice notice = {.id = "holder.advice",
                                   .tone = WIDGET_NOTICE_INFO,
                                   .line = is_taken_in(ui) ? screen_text(ui, "holder.taken_in_line")
                                                           : state_word(ui, "_line"),
                                   .quiet = true};
    int height = widget_notice_height(ui, &notice, inner.w);
    if (height <= inner.h)
        (void)widget_notice_banner(ui, rect_cut_bottom(&inner, height), &notice);
}

static void draw_offers(struct ui *ui, struct rect area, const struct screen_holder_state *state)
{
    const struct offers offers = offers_of(ui);
    offers_draw(ui, area, &offers, state->chosen, state->page);
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
    if (is_strange(ui))
        draw_nothing(ui, area);
    else
        draw_offers(ui, area, state);
}

static void draw_portrait(struct ui *ui, struct rect area, const struct screen_holder_state *state)
{
    draw_facts(ui,
               rect_cut_top(&area, FACTS_HEIGHT_PORTRAIT + (has_ways_here(ui) ? FACTS_HEIGHT_ORDERS : 0)));
    (void)rect_cut_top(&area, 24);
    if (is_strange(ui))
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
    const struct product_operation *all[OFFERS_MAX];
    const struct offers offers = offers_of(ui);
    bool is_first = has_two_pages(ui) && !state->is_second;
    bool strange = is_strange(ui), of_others = holder_of(ui)->product == NULL;
    if (of_others)
        page->title = screen_text(ui, strange ? "holder.strange_title" : "holder.others_title");
    page->subtitle = screen_text(ui, strange    ? "holder.strange"
                                     : is_first ? "holder.first"
                                                : "holder.subtitle");
    if (strange && has_two_pages(ui)) { /* there is no room for the notice */
        page->title = state_word(ui, "_title");
        page->subtitle = state_word(ui, "_line");
    }
    const char *check = of_others ? "" : product_says(holder_of(ui)->product, PRODUCT_MESSAGE_KEY_CHECK);
    if (check[0] != 0 && !state->is_second) /* the facts are on this page */
        page->subtitle = check;
    page->primary = (struct widget_button){.label = screen_text(ui, strange    ? "holder.products"
                                                                    : is_first ? "holder.what"
                                                                               : "holder.next"),
                                           .icon_right = ICON_ARROW_RIGHT,
                                           .disabled = !strange && !is_first && chosen_of(ui, state) == NULL};
    if (is_first && screen_may_log_in(ui))
        page->secondary = orders_button(ui);
    int height = ui_is_large(ui) ? 596 : ui_is_portrait(ui) ? 540 : 596;
    if (!strange && !is_first && offers_list(ui, &offers, all) > offers_per_page(ui, &offers, height))
        page->secondary =
            (struct widget_button){.id = "holder.more", .label = screen_text(ui, "holder.more")};
}

/* No key, or one that is being read, or one that could not be. */
static void draw_unread(struct ui *ui, const struct screen_holder_state *state)
{
    struct ui_page page = screen_page(ui, SCREEN_HOLDER);
    bool failed = state->message[0] != 0;
    bool is_faulty = services_key(screen_services(ui))->presence == SERVICE_KEY_FAULTY;
    page.title = screen_text(ui, state->reading != 0 ? "holder.reading_title"
                                 : is_faulty         ? "holder.faulty_title"
                                                     : "holder.insert_title");
    page.subtitle = failed                ? state->message
                    : is_faulty           ? screen_text(ui, "holder.faulty")
                    : state->reading != 0 ? screen_text(ui, "holder.reading")
                                          : screen_text(ui, "holder.insert");
    if (failed)
        page.primary = (struct widget_button){.id = "holder.again", .label = screen_text(ui, "holder.again")};
    struct rect area = ui_page(ui, &page);
    (void)widget_panel(ui, area, WIDGET_PANEL_CARD);
    (void)widget_device(ui, rect_inset(area, 40, 32), WIDGET_DEVICE_KEY, false,
                        screen_text(ui, "holder.device"));
}

static void draw_inside(struct ui *ui, int shown)
{
    struct ui_page page = screen_page(ui, SCREEN_HOLDER);
    page.title = screen_text(ui, "holder.inside_title");
    page.subtitle = screen_text(ui, "holder.inside_line");
    page.primary =
        (struct widget_button){.label = screen_text(ui, "holder.inside_close"), .icon_right = ICON_CHECK};
    objects_draw(ui, ui_page(ui, &page), holder_of(ui), shown);
}

void screen_holder_draw(void *memory, struct ui *ui)
{
    const struct screen_holder_state *state = memory;
    if (!state->is_read) {
        draw_unread(ui, state);
        return;
    }
    if (state->is_inside) {
        draw_inside(ui, state->inside);
        return;
    }
    struct ui_page page = screen_page(ui, SCREEN_HOLDER);
    offer_ways(ui, &page, state);
    draw_read(ui, ui_page(ui, &page), state);
}
