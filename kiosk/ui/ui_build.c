/* Building a page from the top screen, painting what differs, and the dump. */
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/json.h"
#include "kiosk/base/text.h"
#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/ui_motion.h"

static void begin_build(struct ui *ui)
{
    widget_tree_clear(ui->spare);
    ui->building = ui->spare;
    ui->open_count = 0;
    ui->voice = NULL;
    ui->exit_asks = false;
    ui->way_on = 0;
    ui->group[0] = '\0';
    ui->sound = UI_SOUND_NONE;
    struct widget *root = widget_tree_root(ui->spare);
    root->rect = root->hit = rect_make(0, 0, ui->layout.width, ui->layout.height);
}

/* The field that has the focus says which edit is typed into. Returns: whether it is another one than before.
 */
static bool bind_focus(struct ui *ui)
{
    const struct widget *w = ui->focused[0] ? widget_find(ui->spare, ui->focused) : NULL;
    struct text_edit *edit = w && (w->state & WIDGET_EDITABLE) ? w->edit : NULL;
    if (!w)
        ui->focused[0] = '\0';
    else
        ui->focused_tag = w->tag;
    bool changed = edit != ui->told;
    ui->edit = ui->told = edit;
    if (changed && ui->has_overlay)
        ui->overlay.focus(ui->overlay.context, ui, edit);
    return changed;
}

static void build_page(struct ui *ui)
{
    const struct screen_class *top = screen_stack_top(ui->stack);
    begin_build(ui);
    if (top && top->draw)
        top->draw(screen_stack_state(ui->stack), ui);
    check(ui->open_count == 0);
}

static void build_layers(struct ui *ui)
{
    if (ui->has_overlay && ui->edit && !rect_is_empty(ui->overlay.area(ui->overlay.context, ui)))
        ui->overlay.build(ui->overlay.context, ui);
    ui_build_assist(ui);
    if (ui->toast.text[0])
        (void)widget_notice_toast(ui, ui_free_area(ui), ui->toast.icon, ui->toast.text);
    if (ui->idle.phase == IDLE_WARNING)
        ui_build_idle(ui);
    else if (ui->leaving)
        ui_build_leaving(ui);
    check(ui->open_count == 0);
}

void ui_build(struct ui *ui)
{
    ui->invalid = false;
    build_page(ui);
    /* A field that just got the focus opens the keyboard, and the page is laid out anew in what is left. */
    if (bind_focus(ui) && ui->has_overlay)
        build_page(ui);
    /* A screen that says how many pages it has measured them while it was laid out. */
    if (ui->relaid)
        build_page(ui);
    ui->relaid = false;
    build_layers(ui);
    ui->building = NULL;
    ui_set_states(ui, ui->spare);
    struct widget_tree *before = ui->tree;
    ui->tree = ui->spare;
    ui->spare = before;
    ui->cuts.cut.count = ui->cuts.faint.count = ui->cuts.faint_signs.count = 0;
    ui->cuts.crossed.count = ui->cuts.over_edge.count = 0;
    struct rect difference = widget_tree_difference(before, ui->tree);
    if (ui->forgets)
        widget_tree_clear(before);
    ui->forgets = false;
    bool hidden = ui->idle.phase == IDLE_WARNING;
    if (!rect_is_empty(difference))
        ui_damage_rect(ui, difference);
    ui_motion_build(ui, before);
    if (hidden != ui->hidden_values)
        ui->dirty = rect_make(0, 0, ui->layout.window_width, ui->layout.window_height);
    ui->hidden_values = hidden;
    ui->frame_at_ms = ui_now_ms(ui);
    ui_sound_page(ui);
}

struct rect ui_dirty(const struct ui *ui)
{
    return ui->motion_due ? rect_union(ui->dirty, ui->motion.area) : ui->dirty;
}

static void paint_tree(struct ui *ui, uint32_t *pixels, int stride_pixels, struct rect dirty)
{
    struct canvas canvas;
    canvas_init(&canvas, pixels, ui->layout.window_width, ui->layout.window_height, stride_pixels, ui->cache);
    canvas_push_clip(&canvas, dirty);
    struct widget_paint paint = {
        .canvas = &canvas,
        .font = ui->settings.font,
        .icons = ui->settings.icons,
        .theme = ui->theme,
        .layout = &ui->layout,
        .now_ms = ui_now_ms(ui),
        .hide_values = ui->hidden_values,
        .cuts = &ui->cuts,
    };
    canvas_fill(&canvas, dirty, theme_color(ui->theme, THEME_COLOR_BG));
    widget_tree_paint(ui->tree, &paint);
    canvas_pop_clip(&canvas);
}

struct rect ui_paint(struct ui *ui, uint32_t *pixels, int stride_pixels)
{
    ui_settle(ui);
    uint32_t *after = ui_motion_is_on(ui) ? ui_motion_pixels(ui, pixels, stride_pixels) : NULL;
    struct rect dirty = ui->dirty;
    if (!rect_is_empty(dirty))
        paint_tree(ui, after ? after : pixels, after ? ui->layout.window_width : stride_pixels, dirty);
    ui->dirty = (struct rect){0};
    ui->painted = true;
    return after ? ui_motion_show(ui, pixels, stride_pixels, dirty) : dirty;
}

static const struct {
    unsigned flag;
    const char *name;
} states[] = {
    {WIDGET_TARGET, "target"},     {WIDGET_DISABLED, "disabled"}, {WIDGET_PRESSED, "pressed"},
    {WIDGET_FOCUSED, "focused"},   {WIDGET_SELECTED, "selected"}, {WIDGET_HIDDEN, "hidden"},
    {WIDGET_ERROR, "error"},       {WIDGET_BUSY, "busy"},         {WIDGET_MODAL, "modal"},
    {WIDGET_EDITABLE, "editable"}, {WIDGET_WAY_OUT, "way-out"},   {WIDGET_RESTING, "resting"},
};

static struct json *dump_widget(const struct ui *ui, const struct widget *w)
{
    struct json *entry = json_new_object(), *rect = json_new_object(), *state = json_new_array();
    struct rect at = layout_to_window(&ui->layout, w->rect);
    json_set_text(entry, "id", w->id);
    json_set_text(entry, "kind", widget_kind_name(w->kind));
    json_set_text(entry, "label", w->label);
    if (w->value)
        json_set_text(entry, "value", w->value);
    json_set_integer(rect, "x", at.x);
    json_set_integer(rect, "y", at.y);
    json_set_integer(rect, "w", at.w);
    json_set_integer(rect, "h", at.h);
    json_set_take(entry, "rect", rect);
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (w->state & states[i].flag)
            json_append_text(state, states[i].name);
    if ((w->state & WIDGET_TARGET) && !widget_is_reachable(ui->tree, w))
        json_append_text(state, "covered");
    json_set_take(entry, "state", state);
    return entry;
}

enum status ui_dump(const struct ui *ui, struct buf *out)
{
    static const char *const themes[THEME_KIND_COUNT] = {"standard", "care", "contrast"};
    struct json *dump = json_new_object(), *window = json_new_object(), *widgets = json_new_array();
    json_set_text(dump, "screen", ui_screen_name(ui));
    json_set_integer(dump, "visit", (int64_t)screen_stack_visit(ui->stack));
    json_set_text(dump, "theme", themes[ui->theme]);
    json_set_bool(dump, "idle_warning", ui_is_idle_warning(ui));
    json_set_text(dump, "focused", ui->focused);
    json_set_integer(window, "w", ui->layout.window_width);
    json_set_integer(window, "h", ui->layout.window_height);
    json_set_take(dump, "window", window);
    for (const struct widget *w = widget_tree_root(ui->tree); w; w = widget_next(w))
        if (w->kind != WIDGET_KIND_ROOT)
            json_append_take(widgets, dump_widget(ui, w));
    json_set_take(dump, "widgets", widgets);
    enum status status = json_write(dump, out);
    json_free(dump);
    return status;
}
