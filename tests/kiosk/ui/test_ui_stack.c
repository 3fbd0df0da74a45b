/* The screen stack: enter and leave in pairs, memory zeroed and wiped, wishes carried out after the event. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/ui/screen_stack.h"
#include "kiosk/ui/ui.h"

enum { FIRST, SECOND, SENDS_ON, COUNT };

struct state {
    char secret[64];
    int events, returns;
};

static struct screen_stack *stack;
static int entered[COUNT], left[COUNT], begun;
static const void *argument_seen;
static char log_text[256];

static void note(const char *text)
{
    strncat(log_text, text, sizeof log_text - strlen(log_text) - 1);
}

static void enter(int which, void *memory, const void *argument)
{
    struct state zero = {0}, *s = memory;
    assert_memory_equal(s, &zero, sizeof zero);
    strcpy(s->secret, "138****0000");
    entered[which]++;
    argument_seen = argument;
}

static void enter_first(void *memory, struct ui *ui, const void *argument)
{
    (void)ui;
    enter(FIRST, memory, argument);
    note("+1");
}
static void enter_second(void *memory, struct ui *ui, const void *argument)
{
    (void)ui;
    enter(SECOND, memory, argument);
    note("+2");
}
static void enter_sends_on(void *memory, struct ui *ui, const void *argument)
{
    (void)ui;
    enter(SENDS_ON, memory, argument);
    note("+3");
    screen_stack_replace(stack, SECOND, NULL);
}
static void leave_first(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
    left[FIRST]++;
    note("-1");
}
static void leave_second(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
    left[SECOND]++;
    note("-2");
}
static void leave_sends_on(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
    left[SENDS_ON]++;
    note("-3");
}

static void event_first(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct state *s = memory;
    (void)ui;
    s->events++;
    s->returns += event->kind == UI_EVENT_RETURN;
    if (ui_tapped(event, "go")) {
        screen_stack_replace(stack, SECOND, s->secret);
        assert_string_equal(s->secret, "138****0000"); /* still there while the event runs */
        assert_int_equal(left[FIRST], 0);
    }
}
static void event_second(void *memory, struct ui *ui, const struct ui_event *event)
{
    (void)memory;
    (void)ui;
    if (ui_tapped(event, "back"))
        screen_stack_pop(stack);
}

static const struct screen_class classes[COUNT] = {
    [FIRST] = {.name = "first",
               .state_bytes = sizeof(struct state),
               .enter = enter_first,
               .event = event_first,
               .leave = leave_first},
    [SECOND] = {.name = "second",
                .state_bytes = sizeof(struct state),
                .enter = enter_second,
                .event = event_second,
                .leave = leave_second},
    [SENDS_ON] = {.name = "sends-on",
                  .state_bytes = sizeof(struct state),
                  .enter = enter_sends_on,
                  .leave = leave_sends_on},
};

static void on_begin(struct ui *ui, const struct screen_class *top)
{
    (void)ui;
    (void)top;
    begun++;
}

static int set_up(void **state)
{
    (void)state;
    memset(entered, 0, sizeof entered);
    memset(left, 0, sizeof left);
    log_text[0] = '\0';
    begun = 0;
    stack = screen_stack_new(classes, COUNT, NULL, on_begin);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    screen_stack_free(stack);
    stack = NULL;
    return 0;
}

static void open_first(void)
{
    screen_stack_reset(stack, FIRST, NULL);
    assert_true(screen_stack_settle(stack));
}

static bool tap(const char *id)
{
    return screen_stack_event(stack, &(struct ui_event){.kind = UI_EVENT_TAP, .id = id});
}

static void test_screen_stack__an_empty_stack_answers_nothing(void **state)
{
    (void)state;
    assert_null(screen_stack_top(stack));
    assert_null(screen_stack_state(stack));
    assert_int_equal(screen_stack_visit(stack), 0);
    assert_false(tap("go"));
    screen_stack_free(NULL);
}

static void test_screen_stack__replace_leaves_before_it_enters(void **state)
{
    (void)state;
    open_first();
    assert_true(tap("go"));
    assert_string_equal(log_text, "+1-1+2");
    assert_string_equal(screen_stack_top(stack)->name, "second");
    assert_int_equal(screen_stack_depth(stack), 1);
    assert_non_null(argument_seen);
}

static void test_screen_stack__push_keeps_the_state_below_and_pop_returns_to_it(void **state)
{
    (void)state;
    open_first();
    uint64_t visit = screen_stack_visit(stack);
    screen_stack_push(stack, SECOND, NULL);
    assert_true(screen_stack_settle(stack));
    assert_int_equal(screen_stack_depth(stack), 2);
    assert_true(tap("back"));
    assert_int_equal(screen_stack_visit(stack), visit);
    const struct state *s = screen_stack_state(stack);
    assert_int_equal(s->returns, 1);
    assert_string_equal(s->secret, "138****0000");
    assert_string_equal(log_text, "+1+2-2");
    assert_int_equal(begun, 3);
}

static void test_screen_stack__the_last_screen_cannot_be_popped(void **state)
{
    (void)state;
    open_first();
    screen_stack_pop(stack);
    assert_false(screen_stack_settle(stack));
    assert_int_equal(screen_stack_depth(stack), 1);
}

static void test_screen_stack__a_screen_may_send_on_while_entering(void **state)
{
    (void)state;
    screen_stack_reset(stack, SENDS_ON, NULL);
    assert_true(screen_stack_settle(stack));
    assert_string_equal(log_text, "+3-3+2");
    assert_string_equal(screen_stack_top(stack)->name, "second");
}

static void test_screen_stack__reset_leaves_all_from_the_top(void **state)
{
    (void)state;
    open_first();
    screen_stack_push(stack, SECOND, NULL);
    (void)screen_stack_settle(stack);
    screen_stack_push(stack, FIRST, NULL);
    (void)screen_stack_settle(stack);
    log_text[0] = '\0';
    screen_stack_reset(stack, SECOND, NULL);
    assert_true(screen_stack_settle(stack));
    assert_string_equal(log_text, "-1-2-1+2");
    assert_int_equal(screen_stack_depth(stack), 1);
}

static void test_screen_stack__a_hundred_visits_enter_and_leave_in_pairs(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++) {
        screen_stack_reset(stack, i % 2, NULL);
        assert_true(screen_stack_settle(stack));
    }
    assert_int_equal(entered[FIRST] + entered[SECOND], 100);
    assert_int_equal(left[FIRST] + left[SECOND], 99);
    assert_int_equal(screen_stack_visit(stack), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_screen_stack__an_empty_stack_answers_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_screen_stack__replace_leaves_before_it_enters, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_screen_stack__push_keeps_the_state_below_and_pop_returns_to_it,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_screen_stack__the_last_screen_cannot_be_popped, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_screen_stack__a_screen_may_send_on_while_entering, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_screen_stack__reset_leaves_all_from_the_top, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_screen_stack__a_hundred_visits_enter_and_leave_in_pairs, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
