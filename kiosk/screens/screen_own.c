/* Own: what is the person's beside single orders: how many are under way and wait for what, the certificates,
 * the bills, what they think of the hall. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/screens/screen_list.h"

enum {
    COUNT_HEIGHT = 150,
    COUNT_LOW = 120,
    COUNT_GAP = 16,
    UPRIGHT = 4,
    GAP = 24,
    CARD = 150,
    CARD_LARGE = 168
};

/* What is counted, in the order it is shown. */
#define COUNT(name)                                                                                          \
    {                                                                                                        \
        "own." #name, offsetof(struct service_order_counts, name)                                            \
    }
static const struct {
    const char *id; /* and the words' key */
    size_t offset;
} counted[] = {COUNT(open), COUNT(rejected),     COUNT(paying), COUNT(fetching),
               COUNT(soft), COUNT(certificates), COUNT(ending)};
#undef COUNT
enum { COUNTED = sizeof(counted) / sizeof(counted[0]) };

struct screen_own_state {
    uint64_t listing; /* the counts are those of the orders */
    uint64_t looking; /* at the account */
};
SCREEN_STATE(own)

/* What may be opened from here. */
static const struct {
    const char *id, *name, *line;
    enum icon icon;
    enum screen_id screen;
} ways[] = {{"way.mine", "mine.title", "own.mine_line", ICON_SHIELD_KEY, SCREEN_MINE},
            {"way.bills", "bills.title", "own.bills_line", ICON_WALLET, SCREEN_BILLS},
            {"way.feedback", "feedback.title", "own.feedback_line", ICON_EDIT, SCREEN_FEEDBACK},
            {"way.account", "account.title", "own.account_line", ICON_LOCK, SCREEN_ACCOUNT},
            {"way.phone", "phone.title", "own.phone_line", ICON_PHONE, SCREEN_PHONE},
            {"way.units", "own.units", "own.units_line", ICON_USERS, SCREEN_UNIT}};
enum { WAYS = sizeof(ways) / sizeof(ways[0]), WAY_ACCOUNT = 3 };

/* Those that lead anywhere for this person. */
static bool is_offered(const struct ui *ui, int way)
{
    const struct service_visit *visit = screen_visit(ui);
    bool may = services_has_accounts(screen_services(ui)) && visit->login != SERVICE_LOGIN_BY_KEY;
    if (ways[way].screen == SCREEN_UNIT)
        return visit->unit_count > 0;
    if (ways[way].screen == SCREEN_PHONE)
        return may && visit->account.exists;
    return ways[way].screen != SCREEN_ACCOUNT || may;
}

/* Whether there is an account decides what is offered. */
static void look(struct screen_own_state *state, struct ui *ui)
{
    if (is_offered(ui, WAY_ACCOUNT))
        state->looking = service_account_look(screen_services(ui));
}

void screen_own_enter(void *memory, struct ui *ui, const void *argument)
{
    (void)argument;
    screen_show_visit(ui);
    look(memory, ui);
}

void screen_own_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
}

void screen_own_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct screen_own_state *state = memory;
    struct service_reply *reply = NULL;
    if (screen_answered(event, state->listing, &reply)) {
        state->listing = 0;
        return;
    }
    if (screen_answered(event, state->looking, &reply)) {
        state->looking = 0;
        return;
    }
    if (event->kind == UI_EVENT_RETURN && state->listing == 0) {
        state->listing = service_order_list(screen_services(ui));
        look(state, ui);
    }
    for (int i = 0; i < WAYS; i++)
        if (ui_tapped(event, ways[i].id)) {
            ui_push(ui, ways[i].screen, NULL);
            return;
        }
    if (ui_tapped(event, "bar.back"))
        ui_pop(ui);
    else if (ui_tapped(event, "bar.exit"))
        screen_end_visit(ui);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_count(struct ui *ui, struct rect card, const char *id, int64_t count)
{
    char number[24];
    (void)snprintf(number, sizeof(number), "%lld", (long long)count);
    (void)widget_panel(ui, card, WIDGET_PANEL_CARD);
    int high = screen_lines(ui, THEME_TYPE_H1, 1), low = screen_lines(ui, THEME_TYPE_BODY, 1);
    struct rect inner = rect_center(card, card.w - 16, high + low);
    (void)widget_label(ui, rect_cut_top(&inner, high),
                       &(struct widget_label){.id = id,
                                              .text = number,
                                              .type = THEME_TYPE_H1,
                                              .color = count > 0 ? THEME_COLOR_B700 : THEME_COLOR_INK700,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
    (void)widget_label(ui, inner,
                       &(struct widget_label){.text = screen_text(ui, id),
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700,
                                              .align = WIDGET_CENTER,
                                              .middle = true});
}

static int64_t count_of(const struct ui *ui, int which)
{
    const char *counts = (const char *)&screen_visit(ui)->counts;
    return *(const int64_t *)(const void *)(counts + counted[which].offset);
}

/* Software certificates are rare: where nobody has one there is no word of them. */
static bool is_counted(const struct ui *ui, int which)
{
    return counted[which].offset != offsetof(struct service_order_counts, soft) || count_of(ui, which) > 0;
}

/* All beside each other, upright in two rows. */
static void draw_counts(struct ui *ui, struct rect *area)
{
    int shown[COUNTED], count = 0;
    for (int i = 0; i < COUNTED; i++)
        if (is_counted(ui, i))
            shown[count++] = i;
    int columns = ui_is_portrait(ui) ? UPRIGHT : count,
        height = ui_is_portrait(ui) && !ui_is_large(ui) ? COUNT_LOW : COUNT_HEIGHT;
    for (int i = 0; i < count; i += columns) {
        struct rect row = rect_cut_top(area, height);
        for (int j = i; j < count && j < i + columns; j++)
            draw_count(ui, rect_column(row, j - i, columns, COUNT_GAP), counted[shown[j]].id,
                       count_of(ui, shown[j]));
        (void)rect_cut_top(area, i + columns < count ? COUNT_GAP : GAP);
    }
}

/* As many as have room beside each other; upright one is enough while they fit below each other. */
static int columns_of(const struct ui *ui, int height)
{
    int count = 0;
    for (int i = 0; i < WAYS; i++)
        count += is_offered(ui, i);
    if (ui_is_portrait(ui))
        return ui_is_large(ui) || count * (CARD + GAP) > height ? 2 : 1;
    return ui_is_large(ui) ? 3 : 2;
}

static void draw_ways(struct ui *ui, struct rect area)
{
    int columns = columns_of(ui, area.h), height = ui_is_large(ui) ? CARD_LARGE : CARD;
    for (int i = 0, at = 0; i < WAYS; i++) {
        if (!is_offered(ui, i))
            continue;
        struct rect row = rect_make(area.x, area.y + at / columns * (height + GAP), area.w, height);
        (void)widget_choice(ui, rect_column(row, at++ % columns, columns, GAP),
                            &(struct widget_choice){.id = ways[i].id,
                                                    .name = screen_text(ui, ways[i].name),
                                                    .line = screen_text(ui, ways[i].line),
                                                    .icon = ways[i].icon,
                                                    .tag = i});
    }
}

void screen_own_draw(void *memory, struct ui *ui)
{
    (void)memory;
    struct ui_page page = screen_page(ui, SCREEN_OWN);
    page.step = 0;
    page.subtitle = screen_text(ui, "own.subtitle");
    page.back = screen_text(ui, "orders.back_list");
    struct rect area = ui_page(ui, &page);
    draw_counts(ui, &area);
    draw_ways(ui, area);
}
