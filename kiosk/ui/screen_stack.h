/* Screen stack: the screens of a program as a table it hands in, and which of them are open.
 *
 * Memory of a screen's state comes from here, zeroed before enter and wiped after leave. Only the top screen
 * gets events. Changes asked for inside an event are carried out when the event function has returned, so a
 * screen may ask to be left and still read its state. A covered screen (push) keeps its state.
 * Pitfall: enter may ask for another screen too; the last wish before the stack settles wins.
 */
#ifndef KIOSK_UI_SCREEN_STACK_H
#define KIOSK_UI_SCREEN_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ui;
struct ui_event;

struct screen_class {
    const char *name;      /* stable, in dumps: "form" */
    int64_t idle_ms;       /* 0: 120 s; negative: no idle end */
    bool back;             /* 上一步 is offered */
    const char *title_key; /* for the program's own use */
    size_t state_bytes;
    void (*enter)(void *state, struct ui *ui, const void *argument);
    void (*event)(void *state, struct ui *ui, const struct ui_event *event);
    void (*draw)(void *state, struct ui *ui); /* builds the tree; no side effects */
    void (*leave)(void *state, struct ui *ui);
};

enum { SCREEN_STACK_DEPTH = 8 };

struct screen_stack;

/* A screen is about to be on top: before its enter, and before RETURN reaches it. */
typedef void (*screen_stack_begin)(struct ui *ui, const struct screen_class *top);

/* An empty stack over the program's table.
 * Returns: never NULL. Owns: the caller frees it; the table is borrowed for as long; begin may be NULL. */
struct screen_stack *screen_stack_new(const struct screen_class *classes, int count, struct ui *ui,
                                      screen_stack_begin begin);
/* Every open screen is left, top first; NULL is allowed. */
void screen_stack_free(struct screen_stack *stack);

/* The wish is noted: this screen over the one now open. The argument must live until the stack settles, which
 * is when the event or enter function returns: static, the program's, or inside the asking screen's state as
 * long as its leave does not wipe it. */
void screen_stack_push(struct screen_stack *stack, int screen, const void *argument);
/* The wish is noted: this screen instead of the one now open. */
void screen_stack_replace(struct screen_stack *stack, int screen, const void *argument);
/* The wish is noted: back to the screen below; without effect on the last one. */
void screen_stack_pop(struct screen_stack *stack);
/* The wish is noted: all are left and only this one is open. */
void screen_stack_reset(struct screen_stack *stack, int screen, const void *argument);
/* Noted wishes are carried out. Returns: whether the top screen changed. */
bool screen_stack_settle(struct screen_stack *stack);

/* The class on top, NULL when the stack is empty. */
const struct screen_class *screen_stack_top(const struct screen_stack *stack);
/* The state on top, NULL when the stack is empty. Owns: borrowed until it is left. */
void *screen_stack_state(const struct screen_stack *stack);
/* How many screens are open. */
int screen_stack_depth(const struct screen_stack *stack);
/* A number that differs for every entering of a screen; 0 when the stack is empty. */
uint64_t screen_stack_visit(const struct screen_stack *stack);
/* The event goes to the top screen; the stack settles afterwards. Returns: whether the top screen changed. */
bool screen_stack_event(struct screen_stack *stack, const struct ui_event *event);

#endif
