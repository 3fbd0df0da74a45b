/* A tile of the wall: machine, state, thumbnail, step, time, who and what, the steps done, two acts. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/desk_wall.h"

enum { ID_BYTES = 96, PADDING = 15, SECOND_BUTTON = 58, GAP = 8 };

/* How a mood looks and what it offers first. */
static const struct {
    enum widget_tile look;
    enum widget_mark_tone tone;
    const char *chip;
    const char *main; /* words of the first button */
    bool urgent;
} moods[] = {
    [DESK_WALL_IDLE] = {WIDGET_TILE_QUIET, WIDGET_MARK_GREY, "wall.state.idle", "wall.close", false},
    [DESK_WALL_CLOSED] = {WIDGET_TILE_QUIET, WIDGET_MARK_GREY, "wall.state.closed", "wall.reopen", false},
    [DESK_WALL_BUSY] = {WIDGET_TILE_PLAIN, WIDGET_MARK_GREEN, "wall.state.busy", "wall.assist", false},
    [DESK_WALL_WAITS] = {WIDGET_TILE_WAITS, WIDGET_MARK_BLUE, "wall.state.waits", "wall.review", true},
    [DESK_WALL_SLOW] = {WIDGET_TILE_SLOW, WIDGET_MARK_AMBER, "wall.state.slow", "wall.assist", false},
    [DESK_WALL_SILENT] = {WIDGET_TILE_ALARM, WIDGET_MARK_ALARM, "wall.state.silent", "wall.close", false},
    [DESK_WALL_FAULT] = {WIDGET_TILE_ALARM, WIDGET_MARK_ALARM, "", "wall.guide", true},
    [DESK_WALL_CALL] = {WIDGET_TILE_ALARM, WIDGET_MARK_ALARM, "wall.state.call", "wall.answer", true},
};

static enum widget_thumb thumb_of(const struct service_terminal *terminal, enum desk_wall_mood mood)
{
    static const struct {
        const char *screen;
        enum widget_thumb thumb;
    } thumbs[] = {{"product", WIDGET_THUMB_CHOICES}, {"service", WIDGET_THUMB_CHOICES},
                  {"orders", WIDGET_THUMB_CHOICES},  {"login", WIDGET_THUMB_KEYPAD},
                  {"pin", WIDGET_THUMB_KEYPAD},      {"agreement", WIDGET_THUMB_TEXT},
                  {"form", WIDGET_THUMB_FORM},       {"print", WIDGET_THUMB_PRINT},
                  {"scan", WIDGET_THUMB_SCAN},       {"review", WIDGET_THUMB_REVIEW},
                  {"rejected", WIDGET_THUMB_REVIEW}, {"pay", WIDGET_THUMB_PAY},
                  {"issue", WIDGET_THUMB_ISSUE},     {"done", WIDGET_THUMB_DONE}};
    if (mood == DESK_WALL_CLOSED || mood == DESK_WALL_SILENT)
        return WIDGET_THUMB_CLOSED;
    if (mood == DESK_WALL_FAULT && terminal->visit[0] != 0)
        return WIDGET_THUMB_TROUBLE;
    for (size_t i = 0; i < sizeof(thumbs) / sizeof(thumbs[0]); i++)
        if (strcmp(thumbs[i].screen, terminal->screen) == 0)
            return thumbs[i].thumb;
    return WIDGET_THUMB_WELCOME;
}

/* Steps after issuing stand under one segment with it, as in the applicant's step bar. */
static bool is_counted(enum order_step step)
{
    return step != ORDER_STEP_PIN && step != ORDER_STEP_COLLECT;
}

static int steps_of(const struct ui *ui, const struct service_terminal *terminal, int *done)
{
    const struct catalogue *catalogue = desk_program(ui)->catalogue;
    const struct product_operation *operation = terminal_words_operation(ui, terminal, NULL);
    int count = 1; /* 项目选择 */
    *done = 1;
    if (operation == NULL && catalogue->count > 0)
        operation = &catalogue->products[0]->operations[0];
    for (size_t i = 0; operation != NULL && i < operation->steps.count; i++) {
        enum order_step step = operation->steps.step[i];
        count += is_counted(step);
        if (terminal->acceptance[0] != 0 && order_step_state(step) == terminal->state)
            *done = count;
    }
    if (terminal->state == ORDER_STATE_REJECTED && terminal->acceptance[0] != 0)
        *done = count > 3 ? count - 2 : count;
    return count;
}

static void chip_of(const struct ui *ui, const struct service_terminal *terminal, enum desk_wall_mood mood,
                    char out[64])
{
    if (mood == DESK_WALL_FAULT)
        desk_wall_fault(ui, terminal, out);
    else if (terminal->is_locked && mood < DESK_WALL_SILENT)
        (void)text_copy(out, 64, desk_text(ui, "wall.state.locked"));
    else if (terminal->is_closed && terminal->visit[0] != 0 && mood < DESK_WALL_SILENT)
        (void)text_copy(out, 64, desk_text(ui, "wall.closing"));
    else
        (void)text_copy(out, 64, desk_text(ui, moods[mood].chip));
}

/* Whose picture is locked is not simply busy. */
static enum widget_mark_tone tone_of(const struct service_terminal *terminal, enum desk_wall_mood mood)
{
    return terminal->is_locked && mood < DESK_WALL_SILENT ? WIDGET_MARK_AMBER : moods[mood].tone;
}

static void draw_head(struct ui *ui, struct rect head, const struct service_terminal *terminal,
                      enum desk_wall_mood mood)
{
    char chip[64];
    char machine[48];
    chip_of(ui, terminal, mood, chip);
    terminal_words_machine(ui, terminal, machine);
    (void)widget_mark_chip(ui, rect_cut_right(&head, widget_mark_chip_width(ui, chip)), WIDGET_RIGHT,
                           tone_of(terminal, mood), chip);
    (void)rect_cut_right(&head, GAP);
    int width = widget_label_width(ui, THEME_TYPE_DESK_NUMBER, machine) + 2;
    (void)widget_label(
        ui, rect_cut_left(&head, width),
        &(struct widget_label){.text = machine, .type = THEME_TYPE_DESK_NUMBER, .middle = true});
    (void)rect_cut_left(&head, 10);
    if (terminal->place[0] != 0 && head.w >= widget_label_width(ui, THEME_TYPE_DESK_CAPTION, terminal->place))
        (void)widget_label(ui, head,
                           &(struct widget_label){.text = terminal->place,
                                                  .type = THEME_TYPE_DESK_CAPTION,
                                                  .color = THEME_COLOR_INK700,
                                                  .middle = true});
}

/* Step at the left, time at the right. */
static void draw_step(struct ui *ui, struct rect row, const struct service_terminal *terminal,
                      enum desk_wall_mood mood)
{
    char since[16] = "";
    if (terminal->step_since_utc_s > 0 && mood != DESK_WALL_CLOSED && mood != DESK_WALL_SILENT)
        desk_since(ui, terminal->step_since_utc_s, since);
    int width = widget_label_width(ui, THEME_TYPE_DESK_STRONG, since) + 2;
    if (since[0] != 0)
        (void)widget_label(ui, rect_cut_right(&row, width),
                           &(struct widget_label){
                               .text = since,
                               .type = mood == DESK_WALL_SLOW ? THEME_TYPE_DESK_STRONG : THEME_TYPE_DESK,
                               .color = mood == DESK_WALL_SLOW ? THEME_COLOR_AMBER800 : THEME_COLOR_INK700,
                               .align = WIDGET_RIGHT,
                               .middle = true});
    (void)widget_label(ui, row,
                       &(struct widget_label){.text = mood == DESK_WALL_CLOSED
                                                          ? desk_text(ui, "wall.step.closed")
                                                          : terminal_words_step(ui, terminal),
                                              .type = THEME_TYPE_DESK_HEAD,
                                              .middle = true});
}

/* By name once it was typed. */
static const char *who_is_there(const struct ui *ui, const struct service_terminal *terminal)
{
    if (terminal->person[0] != 0)
        return terminal->person;
    return desk_text(ui, terminal->is_logged_in ? "wall.logged_in" : "wall.anonymous");
}

/* Who and what; out of service: why and since when. */
static void lines_of(const struct ui *ui, const struct service_terminal *terminal, enum desk_wall_mood mood,
                     char first[80], char second[192])
{
    char time[16];
    char key[WORDS_KEY_BYTES];
    const struct product *product = NULL;
    const struct product_operation *operation = terminal_words_operation(ui, terminal, &product);
    first[0] = second[0] = 0;
    if (mood == DESK_WALL_CLOSED) {
        desk_time(terminal->closed_since_utc_s, time);
        (void)snprintf(key, sizeof(key), "supervision.reason.%s", terminal->closed_reason);
        desk_format(ui, second, 192, "wall.closed.since", {"reason", desk_text(ui, key)}, {"time", time});
    } else if (mood == DESK_WALL_SILENT) {
        desk_time(terminal->seen_utc_s, time);
        desk_format(ui, second, 192, "wall.silent.since", {"time", time});
    } else if (terminal->visit[0] != 0) {
        (void)text_copy(first, 80, who_is_there(ui, terminal));
        if (operation != NULL)
            (void)snprintf(second, 192, "%s·%s", product->name, operation->label);
    }
    if (terminal->helper[0] != 0)
        desk_format(ui, second, 192, "wall.helper", {"clerk", terminal->helper});
}

static void draw_line(struct ui *ui, struct rect row, enum theme_type type, enum theme_color color,
                      const char *text)
{
    char shown[192];
    desk_wall_fit(ui, type, text, row.w, shown);
    if (text[0] != 0)
        (void)widget_label(
            ui, row, &(struct widget_label){.text = shown, .type = type, .color = color, .middle = true});
}

static void add_button(struct ui *ui, struct rect at, const char *act,
                       const struct service_terminal *terminal, int index, const char *words, bool primary)
{
    char id[ID_BYTES];
    (void)snprintf(id, sizeof(id), "tile.%s.%s", act, terminal->id);
    (void)widget_button(
        ui, at,
        &(struct widget_button){.id = id,
                                .label = desk_text(ui, words),
                                .look = primary ? WIDGET_BUTTON_PRIMARY : WIDGET_BUTTON_NEUTRAL,
                                .tag = index});
}

static void draw_buttons(struct ui *ui, struct rect row, const struct service_terminal *terminal, int index,
                         enum desk_wall_mood mood)
{
    struct rect second = rect_cut_right(&row, SECOND_BUTTON);
    bool is_there = terminal->visit[0] != 0 && terminal->is_alive;
    bool helps_first = mood == DESK_WALL_BUSY || mood == DESK_WALL_SLOW;
    (void)rect_cut_right(&row, GAP);
    add_button(ui, row, "main", terminal, index, moods[mood].main, moods[mood].urgent);
    if (is_there && helps_first)
        add_button(ui, second, "extend", terminal, index, "wall.extend", false);
    else
        add_button(ui, second, "look", terminal, index, "wall.look", false);
}

static void draw_ground(struct ui *ui, struct rect rect, enum desk_wall_mood mood, bool chosen)
{
    bool marked = chosen && moods[mood].look != WIDGET_TILE_ALARM;
    (void)widget_tile(ui, rect, marked ? WIDGET_TILE_WAITS : moods[mood].look);
}

void desk_wall_tile_draw(struct ui *ui, struct rect rect, const struct service_terminal *terminal, int index,
                         bool chosen)
{
    enum desk_wall_mood mood = desk_wall_mood(ui, terminal);
    char first[80];
    char second[192];
    int done = 0;
    int count = steps_of(ui, terminal, &done);
    draw_ground(ui, rect, mood, chosen);
    struct rect r = rect_inset(rect, PADDING, 12);
    draw_head(ui, rect_cut_top(&r, 26), terminal, mood);
    (void)rect_cut_top(&r, 8);
    struct rect page = rect_cut_top(&r, WIDGET_THUMB_HEIGHT);
    (void)widget_thumb(ui, rect_cut_left(&page, WIDGET_THUMB_WIDTH), thumb_of(terminal, mood),
                       terminal_words_step(ui, terminal));
    (void)rect_cut_left(&page, 14);
    draw_step(ui, rect_cut_top(&page, 25), terminal, mood);
    lines_of(ui, terminal, mood, first, second);
    draw_line(ui, rect_cut_top(&page, 24), THEME_TYPE_DESK, THEME_COLOR_INK900, first);
    draw_line(ui, rect_cut_top(&page, 22), THEME_TYPE_DESK_TABLE, THEME_COLOR_INK700, second);
    (void)rect_cut_top(&r, 8);
    struct rect track = rect_cut_top(&r, WIDGET_THUMB_TRACK);
    if (terminal->visit[0] != 0)
        (void)widget_thumb_track(ui, track, done, count);
    draw_buttons(ui, rect_make(r.x, rect.y + rect.h - 54, r.w, 36), terminal, index, mood);
}

void desk_wall_tile_draw_small(struct ui *ui, struct rect rect, const struct service_terminal *terminal,
                               int index, bool chosen)
{
    enum desk_wall_mood mood = desk_wall_mood(ui, terminal);
    char first[80];
    char second[192];
    int done = 0;
    int count = steps_of(ui, terminal, &done);
    draw_ground(ui, rect, mood, chosen);
    struct rect r = rect_inset(rect, 12, 9);
    draw_head(ui, rect_cut_top(&r, 26), terminal, mood);
    draw_step(ui, rect_cut_top(&r, 25), terminal, mood);
    lines_of(ui, terminal, mood, first, second);
    draw_line(ui, rect_cut_top(&r, 20), THEME_TYPE_DESK_CAPTION, THEME_COLOR_INK700,
              second[0] != 0 ? second : first);
    struct rect buttons = rect_cut_bottom(&r, 32);
    (void)rect_cut_bottom(&r, 4);
    if (terminal->visit[0] != 0)
        (void)widget_thumb_track(ui, rect_cut_bottom(&r, WIDGET_THUMB_TRACK), done, count);
    draw_buttons(ui, buttons, terminal, index, mood);
}
