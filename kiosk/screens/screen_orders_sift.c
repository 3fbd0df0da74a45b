/* The filters of the order list: state, business, how long ago, each with the number of orders it leaves. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/screens/screen_orders.h"

enum { PILL = 88, PILL_LARGE = 104, GAP = 16, SIFT_WORDS = SERVICE_ORDERS_MAX, GROUPS = 3 };
static const unsigned periods[] = {0, 7, 30, 365};
enum { PERIODS = sizeof(periods) / sizeof(periods[0]) };

/* The different words of a kind among the visit's orders, in their order. */
static size_t list_words(const struct ui *ui,
                         const char *(*word_of)(const struct ui *ui, const struct order *order),
                         const char *out[SIFT_WORDS])
{
    const struct service_visit *visit = screen_visit(ui);
    size_t count = 0;
    for (size_t i = 0; i < visit->order_count; i++) {
        const char *word = word_of(ui, &visit->orders[i].order);
        bool is_new = *word != 0;
        for (size_t j = 0; j < count; j++)
            is_new = is_new && strcmp(out[j], word) != 0;
        if (is_new)
            out[count++] = word;
    }
    return count;
}

static size_t count_with(const struct ui *ui, const struct screen_orders_sift *sift)
{
    struct screen_orders_state state = {.sift = *sift};
    size_t places[SERVICE_ORDERS_MAX];
    return screen_orders_pick(ui, &state, SCREEN_ORDERS_ALL, places);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

/* Pills stand in lines, a new line where the next one has no room. */
struct flow {
    struct rect area;
    int x, y, height;
};

static void draw_pill(struct ui *ui, struct flow *flow, const char *id, const char *word, size_t count,
                      bool chosen, int64_t tag)
{
    char label[96];
    (void)snprintf(label, sizeof(label), "%s %zu", word, count);
    struct widget_button button = {.id = id,
                                   .label = label,
                                   .look = chosen ? WIDGET_BUTTON_PRIMARY : WIDGET_BUTTON_NEUTRAL,
                                   .type = THEME_TYPE_READING_STRONG,
                                   .pill = true,
                                   .tag = tag};
    int width = widget_button_width(ui, &button);
    if (flow->x > 0 && flow->x + width > flow->area.w) {
        flow->x = 0;
        flow->y += flow->height + GAP;
    }
    if (flow->y + flow->height > flow->area.h)
        return; /* no room: the list's own filters remain */
    (void)widget_button(ui, rect_make(flow->area.x + flow->x, flow->area.y + flow->y, width, flow->height),
                        &button);
    flow->x += width + GAP;
}

static void draw_head(struct ui *ui, struct flow *flow, const char *key)
{
    int height = screen_lines(ui, THEME_TYPE_BODY, 1);
    if (flow->x > 0)
        flow->y += flow->height + GAP;
    flow->x = 0;
    (void)widget_label(ui, rect_make(flow->area.x, flow->area.y + flow->y, flow->area.w, height),
                       &(struct widget_label){.text = screen_text(ui, key),
                                              .type = THEME_TYPE_BODY,
                                              .color = THEME_COLOR_INK700});
    flow->y += height + 8;
}

static void draw_states(struct ui *ui, struct flow *flow, const struct screen_orders_sift *sift)
{
    const char *words[SIFT_WORDS];
    size_t count = list_words(ui, screen_orders_status, words);
    struct screen_orders_sift tried = *sift;
    tried.status[0] = 0;
    draw_head(ui, flow, "orders.column.state");
    draw_pill(ui, flow, "sift.status.0", screen_text(ui, "orders.filter.all"), count_with(ui, &tried),
              sift->status[0] == 0, 0);
    for (size_t i = 0; i < count; i++) {
        char id[48];
        (void)snprintf(id, sizeof(id), "sift.status.%zu", i + 1);
        (void)text_copy(tried.status, sizeof(tried.status), words[i]);
        draw_pill(ui, flow, id, words[i], count_with(ui, &tried), strcmp(sift->status, words[i]) == 0,
                  (int64_t)i + 1);
    }
}

static void draw_kinds(struct ui *ui, struct flow *flow, const struct screen_orders_sift *sift)
{
    const char *words[SIFT_WORDS];
    size_t count = list_words(ui, screen_orders_kind, words);
    struct screen_orders_sift tried = *sift;
    tried.kind[0] = 0;
    draw_head(ui, flow, "orders.column.kind");
    draw_pill(ui, flow, "sift.kind.0", screen_text(ui, "orders.filter.all"), count_with(ui, &tried),
              sift->kind[0] == 0, 0);
    for (size_t i = 0; i < count; i++) {
        char id[32];
        (void)snprintf(id, sizeof(id), "sift.kind.%zu", i + 1);
        (void)text_copy(tried.kind, sizeof(tried.kind), words[i]);
        draw_pill(ui, flow, id, words[i], count_with(ui, &tried), strcmp(sift->kind, words[i]) == 0,
                  (int64_t)i + 1);
    }
}

static void draw_periods(struct ui *ui, struct flow *flow, const struct screen_orders_sift *sift)
{
    struct screen_orders_sift tried = *sift;
    draw_head(ui, flow, "orders.sift.period");
    for (size_t i = 0; i < PERIODS; i++) {
        char id[32];
        char key[48];
        (void)snprintf(id, sizeof(id), "sift.days.%zu", i);
        (void)snprintf(key, sizeof(key), "orders.sift.days_%u", periods[i]);
        tried.days = periods[i];
        draw_pill(ui, flow, id, screen_text(ui, key), count_with(ui, &tried), sift->days == periods[i],
                  (int64_t)i);
    }
}

static void draw_tabs(struct ui *ui, struct rect area, size_t group)
{
    static const char *const keys[GROUPS] = {"orders.sift.tab_state", "orders.sift.tab_kind",
                                             "orders.sift.tab_period"};
    for (int i = 0; i < GROUPS; i++) {
        char id[32];
        (void)snprintf(id, sizeof(id), "sift.group.%d", i);
        (void)widget_button(
            ui, rect_column(area, i, GROUPS, GAP),
            &(struct widget_button){.id = id,
                                    .label = screen_text(ui, keys[i]),
                                    .look = (size_t)i == group ? WIDGET_BUTTON_SOFT : WIDGET_BUTTON_GHOST,
                                    .tag = i});
    }
}

void screen_orders_sift_draw(struct ui *ui, struct rect area, const struct screen_orders_state *state)
{
    static void (*const groups[])(struct ui * ui, struct flow * flow,
                                  const struct screen_orders_sift *sift) = {draw_states, draw_kinds,
                                                                            draw_periods};
    bool large = ui_is_large(ui);
    if (large) { /* one at a time */
        draw_tabs(ui, rect_cut_top(&area, PILL_LARGE), state->group);
        (void)rect_cut_top(&area, GAP);
    }
    struct flow flow = {.area = area, .height = large ? PILL_LARGE : PILL};
    for (size_t i = 0; i < GROUPS; i++)
        if (!large || i == state->group)
            groups[i](ui, &flow, &state->sift);
}

/* --- taps -------------------------------------------------------------------------------------------- */

static void take_word(const struct ui *ui,
                      const char *(*word_of)(const struct ui *ui, const struct order *order), int64_t tag,
                      char out[SCREEN_ORDERS_WORD])
{
    const char *words[SIFT_WORDS];
    size_t count = list_words(ui, word_of, words);
    (void)text_copy(out, SCREEN_ORDERS_WORD, tag > 0 && (size_t)tag <= count ? words[tag - 1] : "");
}

bool screen_orders_sift_event(struct screen_orders_state *state, const struct ui *ui,
                              const struct ui_event *event)
{
    if (ui_tapped_prefix(event, "sift.group.")) {
        state->group = (size_t)event->tag;
        return true;
    }
    if (ui_tapped_prefix(event, "sift.status."))
        take_word(ui, screen_orders_status, event->tag, state->sift.status);
    else if (ui_tapped_prefix(event, "sift.kind."))
        take_word(ui, screen_orders_kind, event->tag, state->sift.kind);
    else if (ui_tapped_prefix(event, "sift.days.") && (size_t)event->tag < PERIODS)
        state->sift.days = periods[event->tag];
    else
        return false;
    state->page = 0;
    state->filter = SCREEN_ORDERS_ALL;
    return true;
}
