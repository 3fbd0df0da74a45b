#include "kiosk/ui/ui_motion.h"

enum { SHADOW = 96 }; /* a dialog's shadow reaches so far, base px */

static bool moves(const struct ui *ui)
{
    return ui->theme == THEME_STANDARD && !ui->settings.desk;
}

static struct rect window_of(const struct ui *ui)
{
    return rect_make(0, 0, ui->layout.window_width, ui->layout.window_height);
}

static void start(struct ui *ui, enum motion_kind kind, struct rect area, struct rect moving)
{
    int64_t now = ui_now_ms(ui);
    motion_start(&ui->motion, kind, rect_intersect(window_of(ui), area),
                 rect_intersect(window_of(ui), moving), ui->layout.scale, now);
    ui->frame_at_ms = now;
}

void ui_motion_page(struct ui *ui, bool was_painted)
{
    struct layout_regions r = layout_regions(&ui->layout, ui->theme, false, false);
    struct rect content = rect_make(0, r.content.y, ui->layout.width, r.bottom_bar.y - r.content.y);
    if (moves(ui) && was_painted && !ui->forgets)
        start(ui, MOTION_PAGE, window_of(ui), layout_to_window(&ui->layout, content));
}

static const struct widget *find_kind(const struct widget_tree *tree, enum widget_kind kind)
{
    const struct widget *found = NULL;
    for (const struct widget *w = widget_tree_root(tree); w; w = widget_next(w))
        found = w->kind == kind ? w : found;
    return found;
}

/* Returns: the widget of this kind that is there now and was not before. */
static const struct widget *appeared(const struct ui *ui, const struct widget_tree *before,
                                     enum widget_kind kind)
{
    const struct widget *now = find_kind(ui->tree, kind), *old = now ? find_kind(before, kind) : NULL;
    return now && (!old || old->key != now->key) ? now : NULL;
}

void ui_motion_build(struct ui *ui, const struct widget_tree *before)
{
    if (!moves(ui) || !ui->painted)
        return;
    const struct widget *scrim = appeared(ui, before, WIDGET_KIND_SCRIM),
                        *card = scrim ? find_kind(ui->tree, WIDGET_KIND_DIALOG) : NULL,
                        *toast = appeared(ui, before, WIDGET_KIND_TOAST);
    if (card) {
        start(ui, MOTION_DIALOG, window_of(ui),
              layout_to_window(&ui->layout, rect_inset(card->rect, -SHADOW, -SHADOW)));
    } else if (toast && ui->motion.kind == MOTION_NONE) {
        struct rect around = layout_to_window(&ui->layout, rect_inset(toast->rect, -40, -40));
        start(ui, MOTION_TOAST, around, around);
    }
}

/* Returns: whether some press is still darkening. */
static bool tick_presses(struct ui *ui, int64_t now_ms)
{
    bool any = false;
    for (const struct widget *w = moves(ui) ? widget_tree_root(ui->tree) : NULL; w; w = widget_next(w))
        if ((w->state & WIDGET_PRESSED) && now_ms - w->pressed_ms < MOTION_PRESS_MS + MOTION_FRAME_MS) {
            ui_damage_rect(ui, w->rect);
            any = true;
        }
    return any;
}

bool ui_motion_tick(struct ui *ui, int64_t now_ms)
{
    bool presses = tick_presses(ui, now_ms);
    ui->motion_due = ui->motion.kind != MOTION_NONE;
    return presses || ui->motion_due;
}

static void finish(struct ui *ui)
{
    ui->dirty = rect_union(ui->dirty, ui->motion.area);
    ui->motion_due = false;
    motion_cut(&ui->motion);
}

bool ui_motion_is_on(struct ui *ui)
{
    if (ui->motion.kind == MOTION_NONE)
        return false;
    if (motion_is_running(&ui->motion, ui_now_ms(ui)))
        return true;
    finish(ui);
    return false;
}

uint32_t *ui_motion_pixels(struct ui *ui, const uint32_t *pixels, int stride)
{
    bool fresh;
    uint32_t *after =
        motion_after(&ui->motion, pixels, stride, ui->layout.window_width, ui->layout.window_height, &fresh);
    if (!after)
        finish(ui);
    else if (fresh)
        ui->dirty = rect_union(ui->dirty, ui->motion.area);
    return after;
}

struct rect ui_motion_show(struct ui *ui, uint32_t *pixels, int stride, struct rect painted)
{
    motion_show(&ui->motion, ui_now_ms(ui), pixels, stride, painted);
    ui->motion_due = false;
    return rect_union(ui->motion.area, painted);
}
