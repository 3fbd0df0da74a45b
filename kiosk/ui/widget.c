#include "kiosk/ui/widget.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/secret.h"
#include "kiosk/ui/ui_core.h"

enum { CHUNK_BYTES = 64 * 1024, TARGET_PX = 88 };

struct chunk {
    struct chunk *next;
    size_t used, size;
    max_align_t bytes[];
};

struct widget_tree {
    struct chunk *first, *current;
    struct widget *root;
};

static const char *const kind_names[WIDGET_KIND_COUNT] = {
#define WIDGET_KIND(code, name, paint) name,
#include "kiosk/ui/widget_kinds.def"
#undef WIDGET_KIND
};

const char *widget_kind_name(enum widget_kind kind)
{
    return (unsigned)kind < WIDGET_KIND_COUNT ? kind_names[kind] : "invalid";
}

static struct chunk *chunk_new(size_t size)
{
    struct chunk *chunk = calloc(1, sizeof *chunk + size);
    check(chunk != NULL);
    chunk->size = size;
    return chunk;
}

static void *tree_allocate(struct widget_tree *tree, size_t size)
{
    size = (size + sizeof(max_align_t) - 1) / sizeof(max_align_t) * sizeof(max_align_t);
    while (tree->current->used + size > tree->current->size) {
        if (!tree->current->next)
            tree->current->next = chunk_new(size > CHUNK_BYTES ? size : CHUNK_BYTES);
        tree->current = tree->current->next;
    }
    void *bytes = (char *)tree->current->bytes + tree->current->used;
    tree->current->used += size;
    return bytes;
}

static void make_root(struct widget_tree *tree)
{
    tree->root = tree_allocate(tree, sizeof *tree->root);
    tree->root->kind = WIDGET_KIND_ROOT;
    tree->root->id = "root";
    tree->root->label = "";
}

struct widget_tree *widget_tree_new(void)
{
    struct widget_tree *tree = calloc(1, sizeof *tree);
    check(tree != NULL);
    tree->first = tree->current = chunk_new(CHUNK_BYTES);
    make_root(tree);
    return tree;
}

void widget_tree_free(struct widget_tree *tree)
{
    if (!tree)
        return;
    for (struct chunk *chunk = tree->first, *next; chunk; chunk = next) {
        next = chunk->next;
        secret_wipe_bytes(chunk->bytes, chunk->used);
        free(chunk);
    }
    free(tree);
}

void widget_tree_clear(struct widget_tree *tree)
{
    for (struct chunk *chunk = tree->first; chunk; chunk = chunk->next) {
        secret_wipe_bytes(chunk->bytes, chunk->used);
        chunk->used = 0;
    }
    tree->current = tree->first;
    make_root(tree);
}

struct widget *widget_tree_root(const struct widget_tree *tree)
{
    return tree->root;
}

const struct widget *widget_next(const struct widget *widget)
{
    if (widget->first)
        return widget->first;
    while (widget && !widget->next)
        widget = widget->parent;
    return widget ? widget->next : NULL;
}

uint64_t widget_key(const char *id)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (; *id; id++)
        hash = (hash ^ (uint8_t)*id) * 1099511628211u;
    return hash ? hash : 1;
}

struct widget *widget_find_key(const struct widget_tree *tree, uint64_t key)
{
    for (const struct widget *w = tree->root; w && key; w = widget_next(w))
        if (w->key == key)
            return (struct widget *)(uintptr_t)w;
    return NULL;
}

struct widget *widget_find(const struct widget_tree *tree, const char *id)
{
    for (const struct widget *w = tree->root; w; w = widget_next(w))
        if (strcmp(w->id, id) == 0)
            return (struct widget *)(uintptr_t)w;
    return NULL;
}

struct widget *widget_modal(const struct widget_tree *tree)
{
    const struct widget *modal = NULL;
    for (const struct widget *w = tree->root; w; w = widget_next(w))
        if (w->state & WIDGET_MODAL)
            modal = w;
    return (struct widget *)(uintptr_t)modal;
}

static bool is_below(const struct widget *widget, const struct widget *ancestor)
{
    for (; widget; widget = widget->parent)
        if (widget == ancestor)
            return true;
    return ancestor == NULL;
}

bool widget_is_reachable(const struct widget_tree *tree, const struct widget *widget)
{
    return is_below(widget, widget_modal(tree));
}

/* What is seen wins over what only reaches out to a finger's size: a small target next to a large one would
 * otherwise take the large one's edge. */
struct widget *widget_hit(const struct widget_tree *tree, int x, int y)
{
    const struct widget *modal = widget_modal(tree), *seen = NULL, *near = NULL;
    for (const struct widget *w = tree->root; w; w = widget_next(w)) {
        if (!(w->state & WIDGET_TARGET) || (w->state & WIDGET_HIDDEN) || !is_below(w, modal))
            continue;
        if (rect_contains(w->rect, x, y))
            seen = w;
        else if (rect_contains(w->hit, x, y))
            near = w;
    }
    return (struct widget *)(uintptr_t)(seen ? seen : near);
}

static void mix(struct widget *widget, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < size; i++)
        widget->digest = (widget->digest ^ at[i]) * 1099511628211u;
}

void widget_mix(struct widget *widget, int64_t number)
{
    mix(widget, &number, sizeof number);
}

void *widget_allocate(struct ui *ui, size_t size)
{
    check(ui->building != NULL);
    return tree_allocate(ui->building, size);
}

const char *widget_keep_text(struct ui *ui, struct widget *widget, const char *text)
{
    if (!text) {
        widget_mix(widget, -1);
        return NULL;
    }
    size_t size = strlen(text) + 1;
    char *copy = widget_allocate(ui, size);
    memcpy(copy, text, size);
    mix(widget, text, size);
    return copy;
}

void *widget_keep_bytes(struct ui *ui, struct widget *widget, const void *bytes, size_t size)
{
    void *copy = widget_allocate(ui, size);
    memcpy(copy, bytes, size);
    mix(widget, bytes, size);
    return copy;
}

static void append(struct widget *parent, struct widget *child)
{
    child->parent = parent;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

struct widget *widget_add(struct ui *ui, enum widget_kind kind, struct rect rect, const char *id,
                          const char *label)
{
    struct widget *widget = widget_allocate(ui, sizeof *widget);
    widget->digest = 14695981039346656037u;
    widget->kind = kind;
    widget->rect = widget->hit = rect;
    widget->id = widget_keep_text(ui, widget, id ? id : "");
    widget->label = widget_keep_text(ui, widget, label ? label : "");
    widget->key = widget->id[0] ? widget_key(widget->id) : 0;
    widget_mix(widget, kind);
    mix(widget, &rect, sizeof rect);
    append(ui->open_count ? ui->open[ui->open_count - 1] : ui->building->root, widget);
    return widget;
}

void widget_make_target(struct ui *ui, struct widget *widget, int64_t tag)
{
    widget->state |= WIDGET_TARGET;
    widget->tag = tag;
    if (ui->settings.desk)
        return;
    int dx = widget->rect.w < TARGET_PX ? (TARGET_PX - widget->rect.w + 1) / 2 : 0;
    int dy = widget->rect.h < TARGET_PX ? (TARGET_PX - widget->rect.h + 1) / 2 : 0;
    widget->hit = rect_inset(widget->rect, -dx, -dy);
}

void widget_begin(struct ui *ui, struct widget *widget)
{
    check(ui->open_count < UI_OPEN_MAX);
    ui->open[ui->open_count++] = widget;
}

void widget_end(struct ui *ui)
{
    check(ui->open_count > 0);
    ui->open_count--;
}

struct widget *widget_custom(struct ui *ui, struct rect rect, const char *id, const char *label,
                             widget_painter paint)
{
    struct widget *widget = widget_add(ui, WIDGET_KIND_CUSTOM, rect, id, label);
    widget->paint = paint;
    return widget;
}

/* What is painted outside a widget's rectangle: shadow and focus ring. Units: base px. */
static struct rect painted(const struct widget *widget)
{
    int around = widget->kind == WIDGET_KIND_DIALOG ? 100 : 28;
    return rect_inset(widget->rect, -around, -around);
}

static bool looks_same(const struct widget *a, const struct widget *b)
{
    return a->digest == b->digest && a->state == b->state && a->kind == b->kind;
}

struct rect widget_tree_difference(const struct widget_tree *before, const struct widget_tree *after)
{
    struct rect difference = {0};
    const struct widget *a = before->root, *b = after->root;
    while (a && b) {
        if (!looks_same(a, b))
            difference = rect_union(difference, rect_union(painted(a), painted(b)));
        a = widget_next(a);
        b = widget_next(b);
    }
    for (; a; a = widget_next(a))
        difference = rect_union(difference, painted(a));
    for (; b; b = widget_next(b))
        difference = rect_union(difference, painted(b));
    return difference;
}
