/* Mine: the person's certificates by how they stand, and what can be done about each. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/found.h"
#include "kiosk/screens/offers.h"
#include "kiosk/screens/screen_list.h"

enum { ROW = 124, ROW_LARGE = 168, GAP = 14, FOOT = 104, TAB = 88, FACTS = 196, FACTS_LARGE = 232 };

enum tab { TAB_VALID, TAB_SOON, TAB_HELD, TAB_OVER, TABS };
static const char *const tabs[TABS] = {"mine.tab.valid", "mine.tab.soon", "mine.tab.held", "mine.tab.over"};

struct screen_mine_state {
    uint64_t listing;
    enum tab tab;
    size_t page;
    char looked[ORDER_ID_BYTES]; /* request id of the certificate in hand, "" for the list */
    size_t chosen;               /* index of the offer */
    size_t offers_page;
    char message[192];
};
SCREEN_STATE(mine)

static const struct service_mine *mine_of(const struct ui *ui)
{
    return &screen_visit(ui)->mine;
}

static bool is_in(const struct service_mine_certificate *certificate, enum tab tab)
{
    switch (tab) {
    case TAB_VALID: /* what ends soon is good, too */
        return certificate->state == SERVICE_HOLDER_VALID || certificate->state == SERVICE_HOLDER_SOON;
    case TAB_SOON:
        return certificate->state == SERVICE_HOLDER_SOON;
    case TAB_HELD:
        return certificate->state == SERVICE_HOLDER_HELD;
    case TAB_OVER:
        return certificate->state == SERVICE_HOLDER_EXPIRED || certificate->state == SERVICE_HOLDER_REVOKED;
    case TABS:
        break;
    }
    return false;
}

static size_t pick(const struct ui *ui, enum tab tab, size_t out[SERVICE_MINE_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < mine_of(ui)->count; i++)
        if (is_in(&mine_of(ui)->certificates[i], tab))
            out[count++] = i;
    return count;
}

/* The one in hand, NULL for none. */
static const struct service_mine_certificate *looked_at(const struct ui *ui,
                                                        const struct screen_mine_state *state)
{
    for (size_t i = 0; i < mine_of(ui)->count && state->looked[0] != 0; i++)
        if (strcmp(mine_of(ui)->certificates[i].request_id, state->looked) == 0)
            return &mine_of(ui)->certificates[i];
    return NULL;
}

static struct offers offers_of(const struct service_mine_certificate *certificate)
{
    return (struct offers){.product = certificate->product,
                           .class_id = certificate->class_id,
                           .state = certificate->state,
                           .not_after_utc_s = certificate->not_after_utc_s};
}

/* What is chosen of the offers and can be had; NULL for nothing. */
static const struct product_operation *chosen_of(const struct ui *ui, const struct screen_mine_state *state)
{
    const struct product_operation *all[OFFERS_MAX];
    const struct service_mine_certificate *certificate = looked_at(ui, state);
    if (certificate == NULL)
        return NULL;
    const struct offers offers = offers_of(certificate);
    size_t count = offers_list(ui, &offers, all);
    return state->chosen < count && offers_is_open(ui, &offers, all[state->chosen]) ? all[state->chosen]
                                                                                    : NULL;
}

void screen_mine_enter(void *memory, struct ui *ui, const void *argument)
{
    struct screen_mine_state *state = memory;
    (void)argument;
    screen_show_visit(ui);
    state->listing = service_mine_list(screen_services(ui));
}

void screen_mine_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

/* --- what happens -------------------------------------------------------------------------------------- */

static void go_on(const struct screen_mine_state *state, struct ui *ui)
{
    const struct service_mine_certificate *certificate = looked_at(ui, state);
    const struct product_operation *operation = chosen_of(ui, state);
    if (operation == NULL)
        return;
    services_choose(screen_services(ui), certificate->product, operation, certificate->class_id);
    screen_show_visit(ui);
    screen_apply(ui, SCREEN_MINE);
}

static void look_at(struct screen_mine_state *state, const struct ui *ui, int64_t index)
{
    (void)memcpy(state->looked, mine_of(ui)->certificates[index].request_id, sizeof(state->looked));
    state->chosen = state->offers_page = 0;
}

static void on_tap(struct screen_mine_state *state, struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped_prefix(event, "mine.tab.")) {
        state->tab = (enum tab)event->tag;
        state->page = 0;
    } else if (ui_tapped_prefix(event, "certificate.")) {
        look_at(state, ui, event->tag);
    } else if (ui_tapped_prefix(event, "operation.")) {
        state->chosen = (size_t)event->tag;
    } else if (ui_tapped(event, "found.here")) {
        found_recover(ui, SCREEN_MINE);
    } else if (ui_tapped(event, "mine.more")) {
        state->offers_page++;
    } else if (ui_tapped(event, "pages.previous") && state->page > 0) {
        state->page--;
    } else if (ui_tapped(event, "pages.next")) {
        state->page++;
    } else if (ui_tapped(event, "bar.next")) {
        go_on(state, ui);
    } else if (ui_tapped(event, "bar.back") && state->looked[0] != 0) {
        state->looked[0] = 0;
    } else if (ui_tapped(event, "bar.back")) {
        ui_pop(ui);
    } else if (ui_tapped(event, "bar.exit")) {
        screen_end_visit(ui);
    }
}

void screen_mine_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_mine_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->listing, &reply)) {
        state->listing = 0;
        if (reply->status != STATUS_OK)
            screen_reason(ui, reply, state->message, sizeof(state->message));
    } else if (event->kind == UI_EVENT_RETURN) { /* something may have been done about one */
        state->listing = service_mine_list(screen_services(ui));
    } else if (event->kind == UI_EVENT_TAP) {
        on_tap(state, ui, event);
    }
}

/* --- drawing: the list --------------------------------------------------------------------------------- */

static void draw_tabs(struct ui *ui, struct rect row, enum tab chosen)
{
    for (int i = 0; i < TABS; i++) {
        size_t places[SERVICE_MINE_MAX];
        char label[64];
        (void)snprintf(label, sizeof(label), "%s %zu", screen_text(ui, tabs[i]),
                       pick(ui, (enum tab)i, places));
        (void)widget_button(
            ui, rect_column(row, i, TABS, 16),
            &(struct widget_button){.id = tabs[i],
                                    .label = label,
                                    .look = i == (int)chosen ? WIDGET_BUTTON_PRIMARY : WIDGET_BUTTON_NEUTRAL,
                                    .type = THEME_TYPE_READING_STRONG,
                                    .tag = i});
    }
}

static const char *state_word(const struct ui *ui, const struct service_mine_certificate *certificate)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "holder.state.%s", service_holder_state_name(certificate->state));
    return screen_text(ui, key);
}

static enum widget_mark_tone tone_of(const struct service_mine_certificate *certificate)
{
    if (is_in(certificate, TAB_SOON) || is_in(certificate, TAB_HELD))
        return WIDGET_MARK_AMBER;
    return is_in(certificate, TAB_OVER) ? WIDGET_MARK_RED : WIDGET_MARK_GREEN;
}

/* "更新、变更、补办": what can be had now. */
static void write_acts(const struct ui *ui, const struct service_mine_certificate *certificate, char *out,
                       size_t size)
{
    const struct product_operation *all[OFFERS_MAX];
    const struct offers offers = offers_of(certificate);
    size_t count = offers_list(ui, &offers, all), used = 0;
    out[0] = 0;
    for (size_t i = 0; i < count && used < size; i++)
        if (offers_is_open(ui, &offers, all[i]))
            used += (size_t)snprintf(out + used, size - used, "%s%s", used == 0 ? "" : "、", all[i]->label);
}

static void draw_certificate(struct ui *ui, struct rect rect, size_t index)
{
    const struct service_mine_certificate *certificate = &mine_of(ui)->certificates[index];
    bool narrow = ui_is_portrait(ui) && ui_is_large(ui);
    char id[32], name[SERVICE_TEXT_BYTES], day[32] = "", acts[256], line[320];
    (void)snprintf(id, sizeof(id), "certificate.%zu", index);
    (void)snprintf(name, sizeof(name), "%s", certificate->product == NULL ? "" : certificate->product->name);
    (void)clock_format_hall(certificate->not_after_utc_s, "%Y-%m-%d", day, sizeof(day));
    write_acts(ui, certificate, acts, sizeof(acts));
    screen_format(ui, line, sizeof(line), narrow || acts[0] == 0 ? "mine.line_short" : "mine.line",
                  {"day", day}, {"what", acts});
    int room = rect.w - (narrow ? 240 : 520);
    screen_fit(ui, THEME_TYPE_BODY_L_STRONG, room, name, sizeof(name));
    screen_fit(ui, THEME_TYPE_BODY, room, line, sizeof(line));
    (void)widget_list_row(ui, rect,
                          &(struct widget_list_row){.id = id,
                                                    .icon = narrow ? ICON_NONE : ICON_SHIELD_KEY,
                                                    .name = name,
                                                    .line = line,
                                                    .chip = narrow ? NULL : state_word(ui, certificate),
                                                    .tone = tone_of(certificate),
                                                    .action = screen_text(ui, "orders.view"),
                                                    .pressable = true,
                                                    .is_private = true,
                                                    .tag = (int64_t)index});
}

static void draw_list(struct ui *ui, struct rect area, const struct screen_mine_state *state)
{
    size_t places[SERVICE_MINE_MAX];
    size_t count = pick(ui, state->tab, places);
    int pitch = ui_is_large(ui) ? ROW_LARGE : ROW;
    bool paged = count > (size_t)(area.h / pitch);
    struct rect foot = paged ? rect_cut_bottom(&area, FOOT) : area;
    size_t fits = area.h < pitch ? 1 : (size_t)(area.h / pitch), pages = (count + fits - 1) / fits;
    size_t page = state->page < pages || pages == 0 ? state->page : pages - 1;
    for (size_t i = page * fits; i < count && i < (page + 1) * fits; i++) {
        struct rect row = rect_cut_top(&area, pitch);
        draw_certificate(ui, rect_make(row.x, row.y, row.w, pitch - GAP), places[i]);
    }
    if (paged)
        widget_list_pages(ui, foot, "pages", (int)page, (int)pages);
}

/* --- drawing: one of them ------------------------------------------------------------------------------ */

static void draw_facts(struct ui *ui, struct rect card, const struct service_mine_certificate *certificate)
{
    char day[32] = "", line[96], owner[SERVICE_TEXT_BYTES];
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    struct rect inner = rect_inset(card, 32, ui_is_large(ui) ? 12 : 20);
    (void)widget_mark_chip(ui, rect_cut_top(&inner, ui_is_large(ui) ? 60 : 52), WIDGET_LEFT,
                           tone_of(certificate), state_word(ui, certificate));
    (void)rect_cut_top(&inner, 8);
    (void)text_copy(owner, sizeof(owner), certificate->owner);
    screen_fit(ui, THEME_TYPE_BODY_L_STRONG, inner.w, owner, sizeof(owner));
    (void)widget_label(
        ui, rect_cut_top(&inner, screen_lines(ui, THEME_TYPE_BODY_L_STRONG, 1)),
        &(struct widget_label){
            .id = "mine.owner", .text = owner, .type = THEME_TYPE_BODY_L_STRONG, .is_private = true});
    (void)clock_format_hall(certificate->not_after_utc_s, "%Y-%m-%d", day, sizeof(day));
    screen_format(ui, line, sizeof(line), "mine.line_short", {"day", day});
    (void)widget_label(
        ui, rect_cut_top(&inner, screen_lines(ui, THEME_TYPE_BODY, 1)),
        &(struct widget_label){
            .id = "mine.until", .text = line, .type = THEME_TYPE_BODY, .color = THEME_COLOR_INK700});
}

static void draw_one(struct ui *ui, const struct screen_mine_state *state,
                     const struct service_mine_certificate *certificate)
{
    const struct product_operation *all[OFFERS_MAX];
    const struct offers offers = offers_of(certificate);
    struct ui_page page = screen_page(ui, SCREEN_MINE);
    int facts = ui_is_large(ui) ? FACTS_LARGE : FACTS, height = ui_is_portrait(ui) ? 540 : 380;
    page.step = 0;
    if (certificate->product != NULL)
        page.title = certificate->product->name;
    page.subtitle = screen_text(ui, chosen_of(ui, state) == NULL ? "mine.nothing" : "holder.subtitle");
    page.primary = (struct widget_button){.label = screen_text(ui, "holder.next"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .disabled = chosen_of(ui, state) == NULL};
    if (offers_list(ui, &offers, all) > offers_per_page(ui, &offers, height))
        page.secondary = (struct widget_button){.id = "mine.more", .label = screen_text(ui, "holder.more")};
    struct rect area = ui_page(ui, &page);
    draw_facts(ui, rect_cut_top(&area, facts), certificate);
    (void)rect_cut_top(&area, 24);
    if (area.h > height)
        area.h = height;
    offers_draw(ui, area, &offers, state->chosen, state->offers_page);
}

void screen_mine_draw(void *memory, struct ui *ui)
{
    const struct screen_mine_state *state = memory;
    const struct service_mine_certificate *certificate = looked_at(ui, state);
    size_t places[SERVICE_MINE_MAX];
    if (certificate != NULL) {
        draw_one(ui, state, certificate);
        return;
    }
    struct ui_page page = screen_page(ui, SCREEN_MINE);
    page.step = 0;
    page.subtitle = state->message[0] != 0              ? state->message
                    : state->listing != 0               ? screen_text(ui, "orders.loading")
                    : pick(ui, state->tab, places) == 0 ? screen_text(ui, "mine.none")
                                                        : screen_text(ui, "mine.subtitle");
    struct rect area = ui_page(ui, &page);
    draw_tabs(ui, rect_cut_top(&area, TAB), state->tab);
    (void)rect_cut_top(&area, 24);
    found_draw_here(ui, &area);
    draw_list(ui, area, state);
}
