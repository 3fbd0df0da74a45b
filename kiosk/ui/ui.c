#include "kiosk/ui/ui.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_motion.h"
#include "kiosk/ui/widget_judge.h"

enum { SETTLE_ROUNDS = 16 };

int64_t ui_now_ms(const struct ui *ui)
{
    return clock_monotonic_ms(ui->settings.clock);
}

static struct layout layout_of(const struct ui *ui, int width, int height)
{
    return ui->settings.desk ? layout_desk(width, height, ui->settings.desk_scale)
                             : layout_kiosk(width, height, ui->settings.pitch_um);
}

/* A screen is about to be on top: nothing of the one before may reach it. */
static void start_idle(struct ui *ui, int64_t limit_ms)
{
    idle_start(&ui->idle, limit_ms, ui->settings.idle_countdown_ms, ui_now_ms(ui));
}

/* A page that nobody pressed a button for comes by itself: after the last digit of a code, or when something
 * happened in the world. Who was about to press the way on of the page before must not press this one's. The
 * desk's pages are the clerk's own work. */
static void begin_rest(struct ui *ui)
{
    int64_t now = ui_now_ms(ui);
    bool is_first = screen_stack_visit(ui->stack) <= 1;
    bool is_asked = ui->asked.set && now - ui->asked.at_ms < TOUCH_REST_MS;
    ui->rests_until_ms = is_first || is_asked || ui->settings.desk ? 0 : now + TOUCH_REST_MS;
}

static void begin_visit(struct ui *ui, const struct screen_class *top)
{
    bool was_painted = ui->painted || ui->motion.kind == MOTION_PAGE;
    touch_reset(&ui->touch);
    memset(ui->timers, 0, sizeof ui->timers);
    memset(&ui->repeat, 0, sizeof ui->repeat);
    ui->focused[0] = '\0';
    ui->wishes_focus = false;
    ui->edit = ui->told = NULL;
    ui_sound_begin(ui);
    ui->leaving = false;
    if (ui->has_overlay)
        ui->overlay.focus(ui->overlay.context, ui, NULL);
    start_idle(ui, top->idle_ms);
    begin_rest(ui);
    ui_damage(ui);
    ui_motion_page(ui, was_painted);
}

struct ui *ui_new(const struct ui_settings *settings, int window_width, int window_height)
{
    struct ui *ui = calloc(1, sizeof *ui);
    check(ui != NULL && settings->clock && settings->font && settings->icons);
    ui->settings = *settings;
    ui->muted = settings->muted;
    ui->layout = layout_of(ui, window_width, window_height);
    ui->tree = widget_tree_new();
    ui->spare = widget_tree_new();
    ui->cache = canvas_cache_new();
    ui->stack = screen_stack_new(settings->screens, settings->screen_count, ui, begin_visit);
    touch_init(&ui->touch, TOUCH_SLOP_PX);
    start_idle(ui, IDLE_NEVER_MS);
    ui_damage(ui);
    return ui;
}

void ui_free(struct ui *ui)
{
    if (!ui)
        return;
    screen_stack_free(ui->stack);
    widget_tree_free(ui->tree);
    widget_tree_free(ui->spare);
    canvas_cache_free(ui->cache);
    motion_cut(&ui->motion);
    widget_judge_free(ui->cuts.judge);
    secret_wipe_bytes(ui, sizeof *ui);
    free(ui);
}

void *ui_program(const struct ui *ui)
{
    return ui->settings.program;
}

const struct clock *ui_clock(const struct ui *ui)
{
    return ui->settings.clock;
}

const struct layout *ui_layout(const struct ui *ui)
{
    return &ui->layout;
}

enum theme_kind ui_theme(const struct ui *ui)
{
    return ui->theme;
}

bool ui_is_portrait(const struct ui *ui)
{
    return ui->layout.mode == LAYOUT_PORTRAIT;
}

bool ui_is_large(const struct ui *ui)
{
    return theme_is_large(ui->theme);
}

bool ui_tapped(const struct ui_event *event, const char *id)
{
    return event->kind == UI_EVENT_TAP && strcmp(event->id, id) == 0;
}

bool ui_tapped_prefix(const struct ui_event *event, const char *prefix)
{
    return event->kind == UI_EVENT_TAP && text_has_prefix(event->id, prefix);
}

bool ui_replied(const struct ui_event *event, uint64_t request_id)
{
    return event->kind == UI_EVENT_REPLY && request_id != 0 && event->request_id == request_id;
}

void ui_push(struct ui *ui, int screen, const void *argument)
{
    screen_stack_push(ui->stack, screen, argument);
}

void ui_replace(struct ui *ui, int screen, const void *argument)
{
    screen_stack_replace(ui->stack, screen, argument);
}

void ui_pop(struct ui *ui)
{
    screen_stack_pop(ui->stack);
}

void ui_reset(struct ui *ui, int screen, const void *argument)
{
    screen_stack_reset(ui->stack, screen, argument);
}

void ui_focus(struct ui *ui, const char *id)
{
    ui->wishes_focus = text_copy(ui->wish, sizeof ui->wish, id ? id : "");
    ui->invalid = true;
}

const char *ui_focused(const struct ui *ui)
{
    return ui->focused[0] ? ui->focused : NULL;
}

void ui_invalidate(struct ui *ui)
{
    ui->invalid = true;
}

void ui_idle_limit(struct ui *ui, int64_t limit_ms)
{
    start_idle(ui, limit_ms);
}

int64_t ui_rested_ms(const struct ui *ui)
{
    return ui_now_ms(ui) - ui->idle.last_ms;
}

void ui_idle_extend(struct ui *ui, int64_t more_ms)
{
    int64_t limit_ms = ui->idle.limit_ms;
    start_idle(ui, limit_ms < 0 ? limit_ms : limit_ms + more_ms);
    ui->invalid = true;
}

/* Too long a text is shortened rather than lost. */
static void keep(char *out, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    while (length >= UI_TEXT_BYTES || (length > 0 && !text_is_valid(text, length)))
        length--;
    memset(out, 0, UI_TEXT_BYTES);
    if (length)
        memcpy(out, text, length);
}

void ui_idle_note(struct ui *ui, const char *note)
{
    keep(ui->idle_note, note);
}

void ui_toast(struct ui *ui, enum icon icon, const char *text)
{
    ui->toast.icon = icon;
    keep(ui->toast.text, text);
    ui->toast.until_ms = ui_now_ms(ui) + UI_TOAST_MS;
    ui->invalid = true;
}

void ui_set_header(struct ui *ui, const struct ui_header *header)
{
    keep(ui->words.product, header->product);
    keep(ui->words.machine, header->machine);
    keep(ui->words.hall, header->hall);
    keep(ui->words.subject, header->subject);
    keep(ui->words.receipt, header->receipt);
    ui->invalid = true;
}

void ui_set_steps(struct ui *ui, const char *const *names, int count)
{
    memset(ui->steps, 0, sizeof ui->steps);
    ui->step_count = count < UI_STEPS_MAX ? count : UI_STEPS_MAX;
    for (int i = 0; i < ui->step_count; i++)
        keep(ui->steps[i], names[i]);
    ui->invalid = true;
}

void ui_set_theme(struct ui *ui, enum theme_kind theme)
{
    ui->theme = ui->settings.desk ? THEME_STANDARD : theme;
    touch_reset(&ui->touch);
    ui->relaid = true;
    ui_damage(ui);
}

void ui_forget(struct ui *ui)
{
    ui_set_theme(ui, THEME_STANDARD);
    ui->muted = ui->settings.muted;
    memset(ui->words.subject, 0, sizeof ui->words.subject);
    secret_wipe_bytes(ui->words.receipt, sizeof ui->words.receipt);
    secret_wipe_bytes(ui->idle_note, sizeof ui->idle_note);
    secret_wipe_bytes(&ui->toast, sizeof ui->toast);
    secret_wipe_bytes(&ui->assist, sizeof ui->assist);
    ui->step_count = 0;
    if (ui->has_overlay)
        ui->overlay.forget(ui->overlay.context);
    ui->forgets = true;
    font_forget(ui->settings.font);
    ui_damage(ui);
}

void ui_set_overlay(struct ui *ui, const struct ui_overlay *overlay)
{
    ui->has_overlay = overlay != NULL;
    if (overlay)
        ui->overlay = *overlay;
}

struct rect ui_free_area(const struct ui *ui)
{
    struct rect all = rect_make(0, 0, ui->layout.width, ui->layout.height);
    struct rect over = {0};
    if (ui->has_overlay && ui->edit)
        over = ui->overlay.area(ui->overlay.context, ui);
    if (!rect_is_empty(over) && over.y < all.h)
        all.h = over.y;
    return all;
}

void ui_dispatch(struct ui *ui, const struct ui_event *event)
{
    ui->depth++;
    bool taken = ui_handle_own(ui, event);
    bool of_overlay = event->kind == UI_EVENT_TAP || event->kind == UI_EVENT_DRAG ||
                      (event->kind == UI_EVENT_TIMER && event->timer == UI_TIMER_OVERLAY);
    if (!taken && ui->has_overlay && of_overlay)
        taken = ui->overlay.event(ui->overlay.context, ui, event);
    if (!taken && ui->settings.event)
        taken = ui->settings.event(ui->settings.program, ui, event);
    if (!taken)
        (void)screen_stack_event(ui->stack, event);
    ui->depth--;
    ui->invalid = true;
    if (ui->depth == 0)
        ui_settle(ui);
}

void ui_settle(struct ui *ui)
{
    if (ui->depth > 0)
        return;
    for (int round = 0; round < SETTLE_ROUNDS; round++) {
        (void)screen_stack_settle(ui->stack);
        if (!ui->wishes_focus)
            break;
        ui->wishes_focus = false;
        ui->depth++;
        ui_move_focus(ui, ui->wish);
        ui->depth--;
    }
    if (ui->invalid)
        ui_build(ui);
}

void ui_reply(struct ui *ui, uint64_t request_id, void *data)
{
    ui_dispatch(ui,
                &(struct ui_event){.kind = UI_EVENT_REPLY, .id = "", .request_id = request_id, .data = data});
}

void ui_notice(struct ui *ui, int notice, void *data)
{
    ui_dispatch(ui, &(struct ui_event){.kind = UI_EVENT_NOTICE, .id = "", .notice = notice, .data = data});
}

const struct widget_tree *ui_tree(const struct ui *ui)
{
    return ui->tree;
}

const char *ui_screen_name(const struct ui *ui)
{
    const struct screen_class *top = screen_stack_top(ui->stack);
    return top ? top->name : "";
}

void *ui_screen_state(const struct ui *ui)
{
    return screen_stack_state(ui->stack);
}

bool ui_is_idle_warning(const struct ui *ui)
{
    return ui->idle.phase == IDLE_WARNING;
}
