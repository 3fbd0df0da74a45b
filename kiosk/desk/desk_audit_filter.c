/* What narrows the audit: time, who, what, where, with what result; one picker each, and all of them away
 * again. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/audit_words.h"
#include "kiosk/desk/desk_audit.h"
#include "kiosk/desk/order_search.h"

enum { DAY_S = 24 * 60 * 60, WEEK_DAYS = 7, MONTH_DAYS = 30, OPTIONS_MAX = SERVICE_AUDIT_NAMES_MAX + 2 };
enum { PICKER_GAP = 8, PICKER_MOST = 200, PICKER_LEAST = 88, RESET = 80 };

static const char *const picker_names[DESK_AUDIT_PICKERS] = {"", "time", "actor", "kind", "place", "result"};
static const char *const period_names[DESK_AUDIT_PERIODS] = {"today", "yesterday", "week", "month", "ever"};

/* What a picker offers: stable values and their words. */
struct options {
    size_t count, chosen;
    char values[OPTIONS_MAX][SERVICE_NAME_BYTES];
    char words[OPTIONS_MAX][AUDIT_WORDS_BYTES];
};

/* The value of rows that nobody did; no clerk's name has a space. */
static const char program[] = " ";

/* --- options ------------------------------------------------------------------------------------------- */

static void add(struct options *options, const char *value, const char *words, const char *chosen)
{
    if (options->count == OPTIONS_MAX)
        return;
    if (strcmp(value, chosen) == 0)
        options->chosen = options->count;
    (void)text_copy(options->values[options->count], sizeof(options->values[0]), value);
    (void)snprintf(options->words[options->count++], sizeof(options->words[0]), "%.180s", words);
}

static void add_named(const struct ui *ui, struct options *options, const char *what, const char *name,
                      const char *chosen)
{
    char key[WORDS_KEY_BYTES];
    (void)snprintf(key, sizeof(key), "desk.audit.%s.%s", what, name);
    add(options, name, desk_text(ui, key), chosen);
}

static void add_actors(const struct desk_audit_state *state, const struct ui *ui, struct options *options)
{
    const struct service_audit_chains *chains = &desk_view(ui)->audit_chains;
    const char *chosen = state->filter.by_program ? program : state->filter.actor;
    add(options, "", desk_text(ui, "desk.audit.all"), chosen);
    add(options, program, desk_text(ui, "desk.audit.program"), chosen);
    for (size_t i = 0; i < chains->actor_count; i++) {
        char words[AUDIT_WORDS_BYTES];
        audit_words_actor(ui, chains->actors[i], chains->accounts[i], words);
        add(options, chains->actors[i], words, chosen);
    }
}

/* The kinds of all actions there are, each once: their names stand in order. */
static void add_kinds(const struct desk_audit_state *state, const struct ui *ui, struct options *options)
{
    const struct service_audit_chains *chains = &desk_view(ui)->audit_chains;
    struct service_audit_line line = {0};
    add(options, "", desk_text(ui, "desk.audit.all"), state->filter.kind);
    for (size_t i = 0; i < chains->action_count; i++) {
        char kind[ORDER_NAME_BYTES];
        (void)snprintf(kind, sizeof(kind), "%.*s", (int)strcspn(chains->actions[i], "."), chains->actions[i]);
        (void)text_copy(line.action, sizeof(line.action), chains->actions[i]);
        if (strcmp(options->values[options->count - 1], kind) != 0)
            add(options, kind, audit_words_kind(ui, &line), state->filter.kind);
    }
}

static void add_places(const struct desk_audit_state *state, const struct ui *ui, struct options *options)
{
    const struct service_audit_chains *chains = &desk_view(ui)->audit_chains;
    add(options, "", desk_text(ui, "desk.audit.all"), state->filter.writer);
    for (size_t i = 0; i < chains->writer_count; i++) {
        char words[AUDIT_WORDS_BYTES];
        audit_words_place(ui, chains->writers[i], words);
        add(options, chains->writers[i], words, state->filter.writer);
    }
}

static void fill_options(const struct desk_audit_state *state, const struct ui *ui,
                         enum desk_audit_picker picker, struct options *out)
{
    const struct service_audit_chains *chains = &desk_view(ui)->audit_chains;
    out->count = out->chosen = 0;
    if (picker == DESK_AUDIT_ACTOR) {
        add_actors(state, ui, out);
    } else if (picker == DESK_AUDIT_KIND) {
        add_kinds(state, ui, out);
    } else if (picker == DESK_AUDIT_PLACE) {
        add_places(state, ui, out);
    } else if (picker == DESK_AUDIT_RESULT) {
        add(out, "", desk_text(ui, "desk.audit.all"), state->filter.result);
        for (size_t i = 0; i < chains->result_count; i++)
            add_named(ui, out, "result", chains->results[i], state->filter.result);
    } else {
        for (size_t i = 0; i < DESK_AUDIT_PERIODS; i++)
            add_named(ui, out, "time", period_names[i], period_names[state->period]);
    }
}

/* --- chosen -------------------------------------------------------------------------------------------- */

static void choose(struct desk_audit_state *state, const struct options *options, size_t index)
{
    struct service_audit_filter *filter = &state->filter;
    const char *value = options->values[index];
    if (state->open == DESK_AUDIT_TIME) {
        state->period = (enum desk_audit_period)index;
    } else if (state->open == DESK_AUDIT_ACTOR) {
        filter->by_program = strcmp(value, program) == 0;
        (void)text_copy(filter->actor, sizeof(filter->actor), filter->by_program ? "" : value);
    } else if (state->open == DESK_AUDIT_KIND) {
        (void)text_copy(filter->kind, sizeof(filter->kind), value);
    } else if (state->open == DESK_AUDIT_PLACE) {
        (void)text_copy(filter->writer, sizeof(filter->writer), value);
    } else {
        (void)text_copy(filter->result, sizeof(filter->result), value);
    }
}

bool desk_audit_filter_narrows(const struct desk_audit_state *state)
{
    const struct service_audit_filter *filter = &state->filter;
    return state->period != DESK_AUDIT_TODAY || filter->by_program || filter->actor[0] != 0 ||
           filter->writer[0] != 0 || filter->kind[0] != 0 || filter->result[0] != 0 ||
           filter->about[0] != 0 || state->search.length > 0;
}

static void reset(struct desk_audit_state *state)
{
    state->filter = (struct service_audit_filter){0};
    state->period = DESK_AUDIT_TODAY;
    text_edit_wipe(&state->search);
}

bool desk_audit_filter_event(struct desk_audit_state *state, const struct ui *ui,
                             const struct ui_event *event, bool *changed)
{
    char option[64];
    (void)snprintf(option, sizeof(option), "audit.%s.option.", picker_names[state->open]);
    *changed = false;
    if (state->open != DESK_AUDIT_NO_PICKER && ui_tapped_prefix(event, option)) {
        struct options options;
        fill_options(state, ui, state->open, &options);
        *changed = (size_t)event->tag < options.count && (size_t)event->tag != options.chosen;
        if (*changed)
            choose(state, &options, (size_t)event->tag);
        state->open = DESK_AUDIT_NO_PICKER;
    } else if (state->open != DESK_AUDIT_NO_PICKER && event->kind == UI_EVENT_TAP) {
        state->open = DESK_AUDIT_NO_PICKER; /* beside it, or Esc */
    } else if (ui_tapped_prefix(event, "audit.pick.")) {
        state->open = (enum desk_audit_picker)event->tag;
    } else if (ui_tapped(event, "audit.reset")) {
        reset(state);
        *changed = true;
    } else {
        return false;
    }
    return true;
}

/* --- asked --------------------------------------------------------------------------------------------- */

/* The actions whose words have what is searched for: ",order.paid,order.taken,". */
static void fill_actions(const struct ui *ui, struct service_audit_filter *out)
{
    const struct service_audit_chains *chains = &desk_view(ui)->audit_chains;
    size_t length = 1;
    (void)text_copy(out->actions, sizeof(out->actions), ",");
    for (size_t i = 0; i < chains->action_count && out->text[0] != 0; i++) {
        struct service_audit_line line = {0};
        char words[AUDIT_WORDS_BYTES];
        (void)text_copy(line.action, sizeof(line.action), chains->actions[i]);
        audit_words_action(ui, &line, words);
        size_t room = sizeof(out->actions) - length;
        if (strstr(words, out->text) != NULL && strlen(line.action) + 2 <= room)
            length += (size_t)snprintf(out->actions + length, room, "%s,", line.action);
    }
}

static void add_orders(const struct service_queue_line *lines, size_t count, struct service_audit_filter *out)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(out->orders), room = sizeof(out->orders) - length;
        if (order_search_means(&lines[i], out->text) && strstr(out->orders, lines[i].order.id) == NULL &&
            strlen(lines[i].order.id) + 2 <= room)
            (void)snprintf(out->orders + length, room, "%s,", lines[i].order.id);
    }
}

/* The orders that the desk knows by what is searched for: rows of the audit name neither unit nor phone. */
static void fill_orders(const struct ui *ui, struct service_audit_filter *out)
{
    const struct service_desk *view = desk_view(ui);
    (void)text_copy(out->orders, sizeof(out->orders), ",");
    add_orders(view->queue, view->queue_count, out);
    add_orders(view->alarms, view->alarm_count, out);
    add_orders(view->recent, view->recent_count, out);
}

void desk_audit_filter_fill(const struct desk_audit_state *state, const struct ui *ui, int64_t until_utc_ms,
                            size_t first, struct service_audit_filter *out)
{
    int64_t day_utc_s = clock_hall_day_utc_s(clock_utc_s(desk_program(ui)->clock));
    const int64_t from[DESK_AUDIT_PERIODS] = {[DESK_AUDIT_TODAY] = day_utc_s,
                                              [DESK_AUDIT_YESTERDAY] = day_utc_s - DAY_S,
                                              [DESK_AUDIT_WEEK] = day_utc_s - (WEEK_DAYS - 1) * DAY_S,
                                              [DESK_AUDIT_MONTH] = day_utc_s - (MONTH_DAYS - 1) * DAY_S};
    *out = state->filter;
    out->from_utc_ms = from[state->period] * 1000;
    out->until_utc_ms = state->period == DESK_AUDIT_YESTERDAY ? day_utc_s * 1000 : until_utc_ms;
    out->first = first;
    out->rows = state->rows;
    (void)text_copy(out->text, sizeof(out->text), state->search.text);
    fill_actions(ui, out);
    fill_orders(ui, out);
}

/* --- drawing ------------------------------------------------------------------------------------------- */

/* A picker with what its words are kept in. */
struct shown_picker {
    struct options options;
    char id[48], shortcut[4];
    struct widget_picker what;
};

static void fill_picker(const struct desk_audit_state *state, struct ui *ui, enum desk_audit_picker picker,
                        bool narrow, struct shown_picker *out)
{
    char key[WORDS_KEY_BYTES];
    fill_options(state, ui, picker, &out->options);
    (void)snprintf(out->id, sizeof(out->id), "audit.pick.%s", picker_names[picker]);
    (void)snprintf(key, sizeof(key), "desk.audit.pick.%s", picker_names[picker]);
    (void)snprintf(out->shortcut, sizeof(out->shortcut), "%d", (int)picker);
    const char *name = desk_text(ui, key), *value = out->options.words[out->options.chosen];
    bool is_all = out->options.chosen == 0;
    out->what = (struct widget_picker){.id = out->id,
                                       .name = narrow ? "" : name,
                                       .value = narrow && is_all && picker != DESK_AUDIT_TIME ? name : value,
                                       .narrows = !is_all,
                                       .shortcut = out->shortcut,
                                       .tag = picker};
}

static struct rect draw_picker(const struct desk_audit_state *state, struct ui *ui, struct rect *room,
                               enum desk_audit_picker picker, bool narrow, int most)
{
    struct shown_picker shown;
    fill_picker(state, ui, picker, narrow, &shown);
    int width = widget_picker_width(ui, &shown.what);
    struct rect at = rect_cut_left(room, width < most ? width : most);
    (void)widget_picker(ui, at, &shown.what);
    (void)rect_cut_left(room, PICKER_GAP);
    return at;
}

/* The row of pickers as wide as they like to be. */
static int wanted_width(const struct desk_audit_state *state, struct ui *ui)
{
    int wanted = 0;
    for (int picker = DESK_AUDIT_TIME; picker < DESK_AUDIT_PICKERS; picker++) {
        struct shown_picker shown;
        fill_picker(state, ui, (enum desk_audit_picker)picker, false, &shown);
        wanted += widget_picker_width(ui, &shown.what) + PICKER_GAP;
    }
    return wanted;
}

struct rect desk_audit_filter_draw(const struct desk_audit_state *state, struct ui *ui, struct rect tools)
{
    bool narrows = desk_audit_filter_narrows(state);
    struct rect below = {0};
    int room = tools.w - (narrows ? RESET + PICKER_GAP : 0),
        most = room / (DESK_AUDIT_PICKERS - 1) - PICKER_GAP;
    bool narrow = wanted_width(state, ui) > room;
    most = !narrow || most > PICKER_MOST ? PICKER_MOST : most < PICKER_LEAST ? PICKER_LEAST : most;
    for (int picker = DESK_AUDIT_TIME; picker < DESK_AUDIT_PICKERS; picker++) {
        struct rect at = draw_picker(state, ui, &tools, (enum desk_audit_picker)picker, narrow, most);
        if (picker == (int)state->open)
            below = at;
    }
    if (narrows && tools.w >= RESET)
        (void)widget_button(ui, rect_cut_left(&tools, RESET),
                            &(struct widget_button){.id = "audit.reset",
                                                    .label = desk_text(ui, "desk.audit.reset"),
                                                    .look = WIDGET_BUTTON_GHOST,
                                                    .type = THEME_TYPE_DESK_TABLE,
                                                    .shortcut = "0"});
    return below;
}

void desk_audit_filter_draw_menu(const struct desk_audit_state *state, struct ui *ui, struct rect below)
{
    struct options options;
    const char *words[OPTIONS_MAX];
    char menu[48];
    if (state->open == DESK_AUDIT_NO_PICKER)
        return;
    (void)snprintf(menu, sizeof(menu), "audit.%s", picker_names[state->open]);
    fill_options(state, ui, state->open, &options);
    for (size_t i = 0; i < options.count; i++)
        words[i] = options.words[i];
    widget_picker_menu(ui, below,
                       &(struct widget_picker_menu){.id = menu,
                                                    .label = desk_text(ui, "desk.audit.close"),
                                                    .options = words,
                                                    .count = options.count,
                                                    .chosen = options.chosen});
}
