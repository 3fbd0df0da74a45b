/* Widget: one thing on the screen, with id, label, rectangle and state, in a retained tree.
 *
 * A screen's draw builds the whole tree from its state through the builders (widget_button.h and its sisters,
 * all in ui.h); the tree stays until the next build and is what painter, hit test, checker, dump and robot
 * read. All memory of a tree is one arena that is wiped and reused, so builders copy what they are given.
 * Pitfall: a widget pointer dies at the next build. Between builds remember ids.
 */
#ifndef KIOSK_UI_WIDGET_H
#define KIOSK_UI_WIDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/buf.h"
#include "kiosk/ui/canvas.h"
#include "kiosk/ui/font.h"
#include "kiosk/ui/icon.h"
#include "kiosk/ui/layout.h"
#include "kiosk/ui/text_edit.h"
#include "kiosk/ui/theme.h"

enum widget_kind {
#define WIDGET_KIND(code, name, paint) WIDGET_KIND_##code,
#include "kiosk/ui/widget_kinds.def"
#undef WIDGET_KIND
    WIDGET_KIND_COUNT
};

enum widget_state {
    WIDGET_TARGET = 1 << 0,   /* can be pressed */
    WIDGET_DISABLED = 1 << 1, /* a target that now refuses; its label says why */
    WIDGET_PRESSED = 1 << 2,  /* set by the toolkit */
    WIDGET_FOCUSED = 1 << 3,  /* set by the toolkit */
    WIDGET_SELECTED = 1 << 4,
    WIDGET_HIDDEN = 1 << 5,
    WIDGET_ERROR = 1 << 6,
    WIDGET_BUSY = 1 << 7,
    WIDGET_MODAL = 1 << 8,     /* only its children can be pressed, and those of later modals */
    WIDGET_ANIMATED = 1 << 9,  /* repainted some 20 times a second */
    WIDGET_RAPID = 1 << 10,    /* no double activation guard: keys of a keyboard */
    WIDGET_REPEAT = 1 << 11,   /* activates again and again while held: backspace */
    WIDGET_DRAG = 1 << 12,     /* reports movement while pressed: image, writing pad */
    WIDGET_PRIVATE = 1 << 13,  /* a grey bar while the idle warning is open */
    WIDGET_WAY_OUT = 1 << 14,  /* leads off this page */
    WIDGET_EDITABLE = 1 << 15, /* takes the focus and text */
    WIDGET_RESTING = 1 << 18,  /* set by the toolkit: the way on of a page that has just come by itself */
    WIDGET_SECRET = 1 << 17,   /* its press types a secret, which no recording keeps */
    WIDGET_SMALL = 1 << 16,    /* not meant for a finger: desk density, excused from the 88 px rule */
    /* A target in one of these takes no press. */
    WIDGET_REFUSES = WIDGET_DISABLED | WIDGET_BUSY | WIDGET_HIDDEN | WIDGET_RESTING,
};

struct widget_picture_view;
struct widget;
struct widget_paint;
struct ui;

/* Painting of a kind not in the list: the handwriting pad, a guide drawing. rect is window px. */
typedef void (*widget_painter)(struct widget_paint *paint, const struct widget *widget);

struct widget {
    const char *id; /* stable and unique on its page: "form.unit_name", "bar.next" */
    enum widget_kind kind;
    const char *label;                /* what a person would call it; never empty for a target */
    const char *value;                /* what it shows beside the label, NULL for nothing; never a secret */
    struct rect rect;                 /* base px */
    struct rect hit;                  /* base px; at least 88 x 88 for targets on the kiosk */
    unsigned state;                   /* enum widget_state */
    int64_t pressed_ms;               /* PRESSED: since when, monotonic */
    int64_t tag;                      /* the builder's number; comes back in events */
    const char *shortcut;             /* "F9", "Ctrl+L", "J"; NULL for none */
    struct text_edit *edit;           /* EDITABLE: borrowed from the screen's state */
    struct widget_picture_view *view; /* IMAGE: borrowed from the screen's state */
    widget_painter paint;             /* CUSTOM only */
    const void *data;                 /* the kind's own, in the arena */
    uint64_t key;                     /* hash of the id */
    uint64_t digest;                  /* of everything it shows; differs when it must be repainted */
    struct widget *parent, *first, *last, *next;
};

/* What showed in painting: widgets that had to shorten a text, widgets with a text that can hardly be read on
 * what lies below it, those with a text that something drawn crosses, and those whose text is partly on a
 * card and partly beside it. A page that has any is at fault. */
enum { WIDGET_CUTS_MAX = 16 };
struct widget_noted {
    int count;
    const struct widget *widgets[WIDGET_CUTS_MAX];
};
struct widget_judge;
struct widget_cuts {
    struct widget_judge *judge; /* NULL unless a checker asked for it; owned by the ui */
    struct widget_noted cut, faint, faint_signs, crossed, over_edge;
};

/* What a painter needs. Units: everything it paints is window px; widget rectangles are base px. */
struct widget_paint {
    struct canvas *canvas;
    struct font *font;
    struct icon_set *icons;
    enum theme_kind theme;
    const struct layout *layout;
    int64_t now_ms;
    bool hide_values;         /* the idle warning is open */
    const struct widget *now; /* the one being painted */
    struct widget_cuts *cuts; /* may be NULL */
};

struct widget_tree;

/* An empty tree. Returns: never NULL. Owns: the caller frees it. */
struct widget_tree *widget_tree_new(void);
/* The tree is wiped and gone; NULL is allowed. */
void widget_tree_free(struct widget_tree *tree);
/* The tree is empty again and its memory zeros; a build begins. */
void widget_tree_clear(struct widget_tree *tree);
/* The root, whose children are what builders added, in painting order. */
struct widget *widget_tree_root(const struct widget_tree *tree);
/* The next widget in painting order, NULL at the end; start with the root. */
const struct widget *widget_next(const struct widget *widget);
/* The widget with this id, NULL when there is none. */
struct widget *widget_find(const struct widget_tree *tree, const char *id);
/* The widget with this key, NULL when there is none or key is 0. */
struct widget *widget_find_key(const struct widget_tree *tree, uint64_t key);
/* The topmost target at a point; an open modal hides everything below it. Units: base px. */
struct widget *widget_hit(const struct widget_tree *tree, int x, int y);
/* The last modal, NULL when none is open. */
struct widget *widget_modal(const struct widget_tree *tree);
/* Whether an open modal leaves the widget within reach. */
bool widget_is_reachable(const struct widget_tree *tree, const struct widget *widget);
/* The kind's name in dumps. */
const char *widget_kind_name(enum widget_kind kind);
/* The key of an id. Returns: never 0. */
uint64_t widget_key(const char *id);

/* For builders, inside kiosk/ui and for custom widgets: a child of the open group.
 * id and label are copied; hit is rect until changed. */
struct widget *widget_add(struct ui *ui, enum widget_kind kind, struct rect rect, const char *id,
                          const char *label);
/* A target as large as a finger on the kiosk: the hit area is widened to 88 base px around the rectangle. */
void widget_make_target(struct ui *ui, struct widget *widget, int64_t tag);
/* What follows becomes its children, until widget_end. */
void widget_begin(struct ui *ui, struct widget *widget);
/* The group begun last is closed. */
void widget_end(struct ui *ui);
/* Bytes that live as long as the tree; zeroed. */
void *widget_allocate(struct ui *ui, size_t size);
/* A copy of the text that lives as long as the tree, counted in the widget's digest; NULL stays NULL. */
const char *widget_keep_text(struct ui *ui, struct widget *widget, const char *text);
/* A copy of the bytes that lives as long as the tree, counted in the widget's digest. No pointers inside. */
void *widget_keep_bytes(struct ui *ui, struct widget *widget, const void *bytes, size_t size);
/* The number is counted in the widget's digest. */
void widget_mix(struct widget *widget, int64_t number);
/* A widget painted by the caller. Returns: the widget, for widget_keep_bytes into ->data. */
struct widget *widget_custom(struct ui *ui, struct rect rect, const char *id, const char *label,
                             widget_painter paint);

/* Every widget that can be seen is painted, in order. */
void widget_tree_paint(const struct widget_tree *tree, struct widget_paint *paint);
/* The painter of CUSTOM. */
void widget_paint_custom(struct widget_paint *paint, const struct widget *widget);
/* What must be repainted between two builds: the union of what differs, with room for shadow and focus ring.
 * Units: base px; empty when nothing differs. */
struct rect widget_tree_difference(const struct widget_tree *before, const struct widget_tree *after);

/* One line of text, left, centred or right in the rectangle and on its middle; cut with … when it is too
 * wide. Units: rect is base px. */
enum widget_align { WIDGET_LEFT, WIDGET_CENTER, WIDGET_RIGHT };
void widget_paint_text(struct widget_paint *paint, struct rect rect, struct theme_text text,
                       enum widget_align align, const char *words, uint32_t color);
/* A run of text with its left edge and the middle of its line: the one way any text gets on the canvas.
 * Units: window px. */
void widget_paint_run(struct widget_paint *paint, int px, enum theme_weight weight, const char *text,
                      size_t length, int x, int middle, uint32_t color);
/* The icon in the middle of the rectangle. Units: base px. */
void widget_paint_icon(struct widget_paint *paint, struct rect rect, enum icon icon, int side,
                       uint32_t color);
/* The same of a drawing that data name. */
void widget_paint_drawing(struct widget_paint *paint, struct rect rect, const char *name, int side,
                          uint32_t color);
/* A token's colour in the theme being painted. */
uint32_t widget_paint_color(const struct widget_paint *paint, enum theme_color color);

#endif
