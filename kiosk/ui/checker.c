#include "kiosk/ui/checker.h"

#include <string.h>

#include "kiosk/ui/ui_core.h"
#include "kiosk/ui/widget_judge.h"

enum {
    TARGET_MIN = 88,
    GAP = 16,
    LIST_GAP = 8,
    TARGET_MIN_DESK = 20,
    TEXT_MIN = 24,
    TEXT_MIN_DESK = 12,
    LIMIT_LANDSCAPE = 184,
    LIMIT_PORTRAIT = 248
};

struct report {
    struct checker_finding *findings;
    size_t capacity, count;
};

static const char *const names[CHECKER_FAULT_COUNT] = {
#define CHECKER_FAULT(code, name) name,
#include "kiosk/ui/checker_faults.def"
#undef CHECKER_FAULT
};

const char *checker_fault_name(enum checker_fault fault)
{
    return (unsigned)fault < CHECKER_FAULT_COUNT ? names[fault] : "invalid";
}

static void report(struct report *r, enum checker_fault fault, const struct widget *w, const char *other)
{
    if (r->count < r->capacity)
        r->findings[r->count] = (struct checker_finding){fault, w ? w->id : "", other};
    r->count++;
}

static bool is_target(const struct ui *ui, const struct widget *w)
{
    return (w->state & WIDGET_TARGET) && !(w->state & WIDGET_HIDDEN) && widget_is_reachable(ui->tree, w);
}

/* A row with a button inside it: the button wins, nothing is ambiguous. */
static bool is_nested(const struct widget *a, const struct widget *b)
{
    for (const struct widget *w = b; w; w = w->parent)
        if (w == a)
            return true;
    return false;
}

static void check_overlap(const struct ui *ui, struct report *r, const struct widget *w)
{
    for (const struct widget *other = widget_next(w); other; other = widget_next(other)) {
        if (!is_target(ui, other) || is_nested(w, other))
            continue;
        bool eye = other->kind == WIDGET_KIND_EYE && w->kind == WIDGET_KIND_FIELD; /* inside its field */
        if (!eye && !rect_is_empty(rect_intersect(w->rect, other->rect)))
            report(r, CHECKER_FAULT_OVERLAP, w, other->id);
    }
}

/* How far from each other the design's pictures have them: parts of one control touch, and words of the
 * keyboard and rows of a list, which are as large as a finger; thumbnails (a10), tabs and cards stand 8 px or
 * more apart, all else 16. */
static int least_gap(const struct widget *a, const struct widget *b)
{
    static const enum widget_kind lists[] = {WIDGET_KIND_TAB, WIDGET_KIND_CHOICE, WIDGET_KIND_TICK,
                                             WIDGET_KIND_THUMB};
    if (a->kind == WIDGET_KIND_EYE || b->kind == WIDGET_KIND_EYE)
        return 0;
    if (a->kind != b->kind)
        return GAP;
    if (a->kind == WIDGET_KIND_SEGMENT || a->kind == WIDGET_KIND_ROW || a->kind == WIDGET_KIND_CUSTOM)
        return 0;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (a->kind == lists[i])
            return LIST_GAP;
    return GAP;
}

/* Design 2.4: room between what is pressed with a finger; keys of a keyboard may be closer. */
static bool is_close(struct rect a, struct rect b, int least)
{
    int across = a.x > b.x ? a.x - b.x - b.w : b.x - a.x - a.w;
    int down = a.y > b.y ? a.y - b.y - b.h : b.y - a.y - a.h;
    return (across >= 0 || down >= 0) && across < least && down < least;
}

static void check_gap(const struct ui *ui, struct report *r, const struct widget *w)
{
    unsigned excused = WIDGET_RAPID | WIDGET_SMALL;
    for (const struct widget *other = widget_next(w); other; other = widget_next(other))
        if (!((w->state | other->state) & excused) && is_target(ui, other) && !is_nested(w, other) &&
            is_close(w->rect, other->rect, least_gap(w, other)))
            report(r, CHECKER_FAULT_CLOSE, w, other->id);
}

/* A message of a moment lies over the page, not over a dialog that is being read. */
static void check_message(struct report *r, const struct widget *dialog)
{
    for (const struct widget *w = widget_next(dialog); w; w = widget_next(w))
        if (w->kind == WIDGET_KIND_TOAST && !rect_is_empty(rect_intersect(w->rect, dialog->rect)))
            report(r, CHECKER_FAULT_COVERED, dialog, w->label);
}

/* Design 1.2: the upper part of a page only shows; what is pressed is lower down, where every arm reaches. */
static bool is_above_limit(const struct ui *ui, const struct widget *w)
{
    int limit = ui_is_portrait(ui) ? LIMIT_PORTRAIT : LIMIT_LANDSCAPE;
    return !ui->settings.desk && w->rect.y < limit;
}

static void check_target(const struct ui *ui, struct report *r, const struct widget *w)
{
    int least = ui->settings.desk ? TARGET_MIN_DESK : TARGET_MIN;
    bool excused = (w->state & WIDGET_SMALL) != 0;
    if (!w->label[0])
        report(r, CHECKER_FAULT_UNLABELLED, w, NULL);
    if (!w->id[0])
        report(r, CHECKER_FAULT_UNNAMED, w, NULL);
    if (!excused && (w->hit.w < least || w->hit.h < least))
        report(r, CHECKER_FAULT_SMALL, w, NULL);
    if (is_above_limit(ui, w))
        report(r, CHECKER_FAULT_HIGH, w, NULL);
    check_overlap(ui, r, w);
    if (!ui->settings.desk)
        check_gap(ui, r, w);
}

static void check_widget(const struct ui *ui, struct report *r, const struct widget *w)
{
    struct rect canvas = rect_make(0, 0, ui->layout.width, ui->layout.height);
    bool outside = w->rect.x < 0 || w->rect.y < 0 || w->rect.x + w->rect.w > canvas.w ||
                   w->rect.y + w->rect.h > canvas.h;
    if (outside && !(w->state & WIDGET_HIDDEN))
        report(r, CHECKER_FAULT_OUTSIDE, w, NULL);
    int least = ui->settings.desk ? TEXT_MIN_DESK : TEXT_MIN;
    if (w->label[0] && (w->rect.h < least || w->rect.w < least / 2) && !(w->state & WIDGET_HIDDEN))
        report(r, CHECKER_FAULT_NO_ROOM, w, w->label);
    if (w->kind == WIDGET_KIND_LABEL && widget_label_is_cut(ui, w))
        report(r, CHECKER_FAULT_CUT_TEXT, w, w->label);
    if (w->kind == WIDGET_KIND_DIALOG)
        check_message(r, w);
    for (const struct widget *other = widget_next(w); other && w->id[0]; other = widget_next(other))
        if (other->key == w->key && strcmp(other->id, w->id) == 0)
            report(r, CHECKER_FAULT_DUPLICATE, w, other->id);
}

/* What only painting shows. */
static void check_painted(const struct ui *ui, struct report *r)
{
    for (int i = 0; i < ui->cuts.cut.count; i++)
        if (ui->cuts.cut.widgets[i]->kind != WIDGET_KIND_LABEL)
            report(r, CHECKER_FAULT_CUT_TEXT, ui->cuts.cut.widgets[i], ui->cuts.cut.widgets[i]->label);
    for (int i = 0; i < ui->cuts.faint.count; i++)
        report(r, CHECKER_FAULT_FAINT, ui->cuts.faint.widgets[i], ui->cuts.faint.widgets[i]->label);
    for (int i = 0; i < ui->cuts.faint_signs.count; i++)
        report(r, CHECKER_FAULT_FAINT_SIGN, ui->cuts.faint_signs.widgets[i],
               ui->cuts.faint_signs.widgets[i]->label);
    for (int i = 0; i < ui->cuts.crossed.count; i++)
        report(r, CHECKER_FAULT_CROSSED, ui->cuts.crossed.widgets[i], ui->cuts.crossed.widgets[i]->label);
    for (int i = 0; i < ui->cuts.over_edge.count; i++)
        report(r, CHECKER_FAULT_OVER_EDGE, ui->cuts.over_edge.widgets[i],
               ui->cuts.over_edge.widgets[i]->label);
}

size_t checker_check(const struct ui *ui, struct checker_finding *findings, size_t capacity)
{
    struct report r = {findings, capacity, 0};
    bool way_out = false;
    for (const struct widget *w = widget_tree_root(ui->tree); w; w = widget_next(w)) {
        check_widget(ui, &r, w);
        if (!is_target(ui, w))
            continue;
        check_target(ui, &r, w);
        if (!(w->state & (WIDGET_DISABLED | WIDGET_BUSY)) && (w->state & WIDGET_WAY_OUT))
            way_out = true;
    }
    check_painted(ui, &r);
    if (!way_out)
        report(&r, CHECKER_FAULT_NO_WAY_OUT, NULL, NULL);
    return r.count;
}

void checker_judge_painting(struct ui *ui)
{
    if (!ui->cuts.judge)
        ui->cuts.judge = widget_judge_new();
}
