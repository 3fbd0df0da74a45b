/* What the clock does: timers, the idle warning, held keys, toasts, the minute in the top bar, spinners. */
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_motion.h"
#include "kiosk/ui/ui_words.h"

void ui_timer(struct ui *ui, int timer, int64_t delay_ms)
{
    check(timer >= 0 && timer < UI_TIMERS);
    ui->timers[timer].set = true;
    ui->timers[timer].at_ms = ui_now_ms(ui) + delay_ms;
}

void ui_timer_cancel(struct ui *ui, int timer)
{
    check(timer >= 0 && timer < UI_TIMERS);
    ui->timers[timer].set = false;
}

/* The top bar shows minutes, the desk seconds. */
static int64_t clock_period_ms(const struct ui *ui)
{
    return ui->settings.desk ? 1000 : 60000;
}

static void run_timers(struct ui *ui, int64_t now)
{
    uint64_t visit = screen_stack_visit(ui->stack);
    for (int i = 0; i < UI_TIMERS && screen_stack_visit(ui->stack) == visit; i++)
        if (ui->timers[i].set && ui->timers[i].at_ms <= now) {
            ui->timers[i].set = false;
            ui_dispatch(ui, &(struct ui_event){.kind = UI_EVENT_TIMER, .id = "", .timer = i});
        }
}

static void end_visit(struct ui *ui)
{
    if (ui->settings.idle_end)
        ui->settings.idle_end(ui->settings.program, ui);
    ui->invalid = true;
}

static void run_idle(struct ui *ui, int64_t now)
{
    enum idle_phase before = ui->idle.phase;
    bool was_open = before == IDLE_WARNING;
    enum idle_phase phase = idle_update(&ui->idle, now);
    if (phase == IDLE_ENDED)
        end_visit(ui);
    else if (phase == IDLE_WARNING) {
        if (!was_open) {
            touch_reset(&ui->touch);
            ui_move_focus(ui, NULL);
            ui_sound(ui, UI_SOUND_ATTENTION);
        }
        ui->invalid = true;
    }
}

static void run_repeat(struct ui *ui, int64_t now)
{
    if (!ui->repeat.key || ui->repeat.at_ms > now || !touch_is_pressed(&ui->touch, ui->repeat.key))
        return;
    const struct widget *w = widget_find_key(ui->tree, ui->repeat.key);
    ui->repeat.at_ms = now + UI_REPEAT_EVERY_MS;
    ui->repeat.done = true;
    if (w && !(w->state & WIDGET_DISABLED))
        ui_activate(ui, w);
}

void ui_end_rest(struct ui *ui)
{
    if (ui->rests_until_ms == 0 || ui->rests_until_ms > ui_now_ms(ui))
        return;
    ui->rests_until_ms = 0;
    ui_mark_states(ui);
}

static void run_frames(struct ui *ui, int64_t now)
{
    bool any = false;
    if (ui->frame_at_ms > now)
        return;
    bool quick = ui_motion_tick(ui, now);
    for (const struct widget *w = widget_tree_root(ui->tree); w; w = widget_next(w))
        if ((w->state & WIDGET_ANIMATED) && !(w->state & WIDGET_HIDDEN)) {
            ui_damage_rect(ui, w->rect);
            any = true;
        }
    ui->frame_at_ms = quick ? now + MOTION_FRAME_MS : any ? now + UI_FRAME_MS : INT64_MAX;
}

void ui_tick(struct ui *ui)
{
    int64_t now = ui_now_ms(ui);
    ui_settle(ui);
    run_timers(ui, now);
    run_idle(ui, now);
    run_repeat(ui, now);
    ui_end_rest(ui);
    ui_sound_tick(ui);
    if (ui->toast.text[0] && ui->toast.until_ms <= now) {
        memset(&ui->toast, 0, sizeof ui->toast);
        ui->invalid = true;
    }
    int64_t minute = clock_utc_ms(ui->settings.clock) / clock_period_ms(ui);
    if (minute != ui->minute) {
        ui->minute = minute;
        ui->invalid = true;
    }
    ui_settle(ui);
    run_frames(ui, now);
}

static void sooner(int64_t *deadline, int64_t at)
{
    if (at < *deadline)
        *deadline = at;
}

int64_t ui_deadline_ms(const struct ui *ui)
{
    int64_t now = ui_now_ms(ui), period = clock_period_ms(ui), deadline = INT64_MAX;
    for (int i = 0; i < UI_TIMERS; i++)
        if (ui->timers[i].set)
            sooner(&deadline, ui->timers[i].at_ms);
    sooner(&deadline, idle_deadline_ms(&ui->idle, now));
    sooner(&deadline, ui->frame_at_ms);
    sooner(&deadline, ui_sound_deadline_ms(ui));
    if (ui->repeat.key)
        sooner(&deadline, ui->repeat.at_ms);
    if (ui->rests_until_ms != 0)
        sooner(&deadline, ui->rests_until_ms);
    if (ui->toast.text[0])
        sooner(&deadline, ui->toast.until_ms);
    sooner(&deadline, now + period - clock_utc_ms(ui->settings.clock) % period);
    return deadline;
}

void ui_build_idle(struct ui *ui)
{
    int64_t left_ms = idle_left_ms(&ui->idle, ui_now_ms(ui));
    struct widget_dialog dialog = {
        .id = "idle",
        .title = ui_word_IDLE_TITLE,
        .line = theme_is_large(ui->theme) ? ui_word_IDLE_LINE_LARGE : ui_word_IDLE_LINE,
        .note = ui->idle_note[0] ? ui->idle_note : NULL,
        .seconds_left = (int)((left_ms + 999) / 1000),
        .seconds_total = (int)(ui->idle.warning_ms / 1000),
        .left = {.id = "idle.end",
                 .label = ui_word_IDLE_END,
                 .icon = ICON_EXIT,
                 .look = WIDGET_BUTTON_NEUTRAL},
        .primary = {.id = "idle.stay", .label = ui_word_IDLE_STAY},
    };
    widget_dialog(ui, &dialog);
}

void ui_build_leaving(struct ui *ui)
{
    struct widget_dialog dialog = {
        .id = "leave",
        .title = ui_word_LEAVE_TITLE,
        .line = theme_is_large(ui->theme) ? ui_word_LEAVE_LINE_LARGE : ui_word_LEAVE_LINE,
        .note = ui->idle_note,
        .icon = ICON_EXIT,
        .left = {.id = "leave.end",
                 .label = ui_word_IDLE_END,
                 .icon = ICON_EXIT,
                 .look = WIDGET_BUTTON_NEUTRAL},
        .primary = {.id = "leave.stay", .label = ui_word_IDLE_STAY},
    };
    widget_dialog(ui, &dialog);
}

/* 退出办理 asks first where something is kept; the answer reaches the screen as the button it was. */
static bool handle_leaving(struct ui *ui, const struct ui_event *event)
{
    if (ui_tapped(event, "bar.exit") && ui->exit_asks && ui->idle_note[0]) {
        ui->leaving = true;
        return true;
    }
    if (ui_tapped(event, "leave.stay")) {
        ui->leaving = false;
        return true;
    }
    if (!ui_tapped(event, "leave.end"))
        return false;
    ui->leaving = ui->exit_asks = false;
    ui_dispatch(ui, &(struct ui_event){.kind = UI_EVENT_TAP, .id = "bar.exit"});
    return true;
}

bool ui_handle_own(struct ui *ui, const struct ui_event *event)
{
    if (handle_leaving(ui, event))
        return true;
    if (ui_tapped(event, "idle.stay")) {
        idle_stay(&ui->idle, ui_now_ms(ui));
        return true;
    }
    if (ui_tapped(event, "idle.end")) {
        ui->idle.phase = IDLE_ENDED;
        end_visit(ui);
        return true;
    }
    if (ui_tapped(event, "bar.large")) {
        ui_set_theme(ui, theme_is_large(ui->theme) ? THEME_STANDARD : THEME_CARE);
        return true;
    }
    if (ui_tapped(event, "bar.contrast")) {
        ui_set_theme(ui, ui->theme == THEME_CONTRAST ? THEME_STANDARD : THEME_CONTRAST);
        return true;
    }
    if (ui_tapped(event, "bar.voice")) {
        ui_mute(ui, !ui->muted);
        return true;
    }
    return false;
}
