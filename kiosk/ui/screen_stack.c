#include "kiosk/ui/screen_stack.h"

#include <stdlib.h>

#include "kiosk/base/check.h"
#include "kiosk/base/secret.h"
#include "kiosk/ui/ui.h"

enum wish { WISH_NONE, WISH_PUSH, WISH_REPLACE, WISH_POP, WISH_RESET };

enum { WISHES_IN_A_ROW = 16 }; /* screens that send each other on for ever are a broken promise of ours */

struct open_screen {
    const struct screen_class *class;
    void *state;
    uint64_t visit;
};

struct screen_stack {
    const struct screen_class *classes;
    int count;
    struct ui *ui;
    screen_stack_begin begin;
    struct open_screen open[SCREEN_STACK_DEPTH];
    int depth;
    uint64_t visits;
    enum wish wish;
    int wish_screen;
    const void *wish_argument;
    bool busy; /* inside a screen's function: wishes wait */
};

struct screen_stack *screen_stack_new(const struct screen_class *classes, int count, struct ui *ui,
                                      screen_stack_begin begin)
{
    struct screen_stack *stack = calloc(1, sizeof *stack);
    check(stack != NULL);
    stack->classes = classes;
    stack->count = count;
    stack->ui = ui;
    stack->begin = begin;
    return stack;
}

static void say_leave(struct screen_stack *stack, const struct open_screen *screen)
{
    if (screen->class->leave)
        screen->class->leave(screen->state, stack->ui);
}

static void discard(struct open_screen *screen)
{
    secret_wipe_bytes(screen->state, screen->class->state_bytes);
    free(screen->state);
    *screen = (struct open_screen){0};
}

static void leave_top(struct screen_stack *stack)
{
    struct open_screen *top = &stack->open[stack->depth - 1];
    say_leave(stack, top);
    discard(top);
    stack->depth--;
}

void screen_stack_free(struct screen_stack *stack)
{
    if (!stack)
        return;
    stack->busy = true;
    while (stack->depth)
        leave_top(stack);
    free(stack);
}

static void wish(struct screen_stack *stack, enum wish what, int screen, const void *argument)
{
    check(what == WISH_POP || (screen >= 0 && screen < stack->count));
    stack->wish = what;
    stack->wish_screen = screen;
    stack->wish_argument = argument;
}

void screen_stack_push(struct screen_stack *stack, int screen, const void *argument)
{
    wish(stack, WISH_PUSH, screen, argument);
}

void screen_stack_replace(struct screen_stack *stack, int screen, const void *argument)
{
    wish(stack, WISH_REPLACE, screen, argument);
}

void screen_stack_pop(struct screen_stack *stack)
{
    wish(stack, WISH_POP, 0, NULL);
}

void screen_stack_reset(struct screen_stack *stack, int screen, const void *argument)
{
    wish(stack, WISH_RESET, screen, argument);
}

static void enter(struct screen_stack *stack, int screen, const void *argument)
{
    check(stack->depth < SCREEN_STACK_DEPTH);
    struct open_screen *top = &stack->open[stack->depth];
    top->class = &stack->classes[screen];
    top->state = calloc(1, top->class->state_bytes + 1);
    check(top->state != NULL);
    top->visit = ++stack->visits;
    stack->depth++;
    if (stack->begin)
        stack->begin(stack->ui, top->class);
    if (top->class->enter)
        top->class->enter(top->state, stack->ui, argument);
}

/* The old screens' memory is wiped only after the new one was entered, because its argument may lie in there.
 */
static void enter_instead(struct screen_stack *stack, int keep, int screen, const void *argument)
{
    struct open_screen old[SCREEN_STACK_DEPTH];
    int count = stack->depth - keep;
    for (int i = count; i-- > 0;) {
        old[i] = stack->open[keep + i];
        say_leave(stack, &old[i]);
        stack->depth--;
    }
    enter(stack, screen, argument);
    for (int i = 0; i < count; i++)
        discard(&old[i]);
}

static void carry_out(struct screen_stack *stack, enum wish what, int screen, const void *argument)
{
    if (what == WISH_PUSH) {
        enter(stack, screen, argument);
    } else if (what == WISH_REPLACE) {
        enter_instead(stack, stack->depth > 0 ? stack->depth - 1 : 0, screen, argument);
    } else if (what == WISH_RESET) {
        enter_instead(stack, 0, screen, argument);
    } else if (what == WISH_POP && stack->depth > 1) {
        leave_top(stack);
        const struct open_screen *top = &stack->open[stack->depth - 1];
        if (stack->begin)
            stack->begin(stack->ui, top->class);
        struct ui_event event = {.kind = UI_EVENT_RETURN, .id = ""};
        if (top->class->event)
            top->class->event(top->state, stack->ui, &event);
    }
}

bool screen_stack_settle(struct screen_stack *stack)
{
    uint64_t before = screen_stack_visit(stack);
    if (stack->busy)
        return false;
    for (int i = 0; stack->wish != WISH_NONE; i++) {
        check(i < WISHES_IN_A_ROW);
        enum wish what = stack->wish;
        stack->wish = WISH_NONE;
        stack->busy = true;
        carry_out(stack, what, stack->wish_screen, stack->wish_argument);
        stack->busy = false;
    }
    return screen_stack_visit(stack) != before;
}

const struct screen_class *screen_stack_top(const struct screen_stack *stack)
{
    return stack->depth ? stack->open[stack->depth - 1].class : NULL;
}

void *screen_stack_state(const struct screen_stack *stack)
{
    return stack->depth ? stack->open[stack->depth - 1].state : NULL;
}

int screen_stack_depth(const struct screen_stack *stack)
{
    return stack->depth;
}

uint64_t screen_stack_visit(const struct screen_stack *stack)
{
    return stack->depth ? stack->open[stack->depth - 1].visit : 0;
}

bool screen_stack_event(struct screen_stack *stack, const struct ui_event *event)
{
    uint64_t before = screen_stack_visit(stack);
    if (stack->depth && !stack->busy) {
        const struct open_screen *top = &stack->open[stack->depth - 1];
        stack->busy = true;
        if (top->class->event)
            top->class->event(top->state, stack->ui, event);
        stack->busy = false;
    }
    (void)screen_stack_settle(stack);
    return screen_stack_visit(stack) != before;
}
