#include "tests/touch/touch_hand.h"

#include "drivers/payment/payment_fake.h"
#include "drivers/printer/printer_fake.h"
#include "drivers/token/token_fake.h"
#include "kiosk/base/check.h"

enum { TARGETS_MAX = 256, SLIDES = 4, LONGEST_PAUSE_MS = 20000 };

static int below(struct touch_hand *hand, int limit)
{
    return (int)random_below(hand->random, (uint32_t)limit);
}

static void note(struct touch_hand *hand, const char *what, const char *id, int x, int y)
{
    if (hand->log != NULL)
        (void)fprintf(hand->log, "%llu %s %s %s %d %d\n", (unsigned long long)hand->events,
                      ui_screen_name(hand->robot->ui), what, id, x, y);
}

static void touch(struct touch_hand *hand, enum input_event_kind kind, int pointer, int x, int y)
{
    robot_handle(hand->robot, &(struct input_event){.kind = kind, .pointer = pointer, .x = x, .y = y});
}

/* --- where ------------------------------------------------------------------------------------------- */

/* A target of the page as it is, NULL when there is none. */
static const struct widget *any_target(struct touch_hand *hand)
{
    const struct widget *found[TARGETS_MAX];
    int count = 0;
    const struct widget_tree *tree = ui_tree(hand->robot->ui);
    for (const struct widget *w = widget_tree_root(tree); w != NULL && count < TARGETS_MAX;
         w = widget_next(w))
        if ((w->state & WIDGET_TARGET) != 0 && (w->state & WIDGET_HIDDEN) == 0 &&
            widget_is_reachable(tree, w))
            found[count++] = w;
    return count == 0 ? NULL : found[below(hand, count)];
}

static void any_point(struct touch_hand *hand, int *x, int *y)
{
    const struct layout *layout = ui_layout(hand->robot->ui);
    *x = below(hand, layout->window_width);
    *y = below(hand, layout->window_height);
}

/* --- what a hand does -------------------------------------------------------------------------------- */

static void tap(struct touch_hand *hand)
{
    const struct widget *w = any_target(hand);
    if (w == NULL)
        return;
    struct rect at = layout_to_window(ui_layout(hand->robot->ui), w->rect);
    int x = at.x + at.w / 2;
    int y = at.y + at.h / 2;
    note(hand, "tap", w->id, x, y);
    touch(hand, INPUT_EVENT_PRESS, 1, x, y);
    touch(hand, INPUT_EVENT_RELEASE, 1, x, y);
}

static void tap_anywhere(struct touch_hand *hand)
{
    int x = 0;
    int y = 0;
    any_point(hand, &x, &y);
    note(hand, "tap-point", "-", x, y);
    touch(hand, INPUT_EVENT_PRESS, 1, x, y);
    touch(hand, INPUT_EVENT_RELEASE, 1, x, y);
}

static void slide(struct touch_hand *hand)
{
    int x = 0;
    int y = 0;
    any_point(hand, &x, &y);
    note(hand, "slide", "-", x, y);
    touch(hand, INPUT_EVENT_PRESS, 1, x, y);
    for (int i = 0; i < SLIDES; i++) {
        any_point(hand, &x, &y);
        touch(hand, INPUT_EVENT_MOVE, 1, x, y);
    }
    touch(hand, below(hand, 4) == 0 ? INPUT_EVENT_CANCEL : INPUT_EVENT_RELEASE, 1, x, y);
}

static void two_fingers(struct touch_hand *hand)
{
    int x = 0;
    int y = 0;
    int other_x = 0;
    int other_y = 0;
    any_point(hand, &x, &y);
    any_point(hand, &other_x, &other_y);
    note(hand, "two", "-", x, y);
    touch(hand, INPUT_EVENT_PRESS, 1, x, y);
    touch(hand, INPUT_EVENT_PRESS, 2, other_x, other_y);
    touch(hand, INPUT_EVENT_RELEASE, 1, x, y);
    touch(hand, INPUT_EVENT_RELEASE, 2, other_x, other_y);
}

static void key(struct touch_hand *hand)
{
    static const char *const texts[] = {"1", "重庆", "x", "91500108MA6000016R", "@", "·", "0", " "};
    enum input_key which =
        (enum input_key)(INPUT_KEY_TAB + below(hand, INPUT_KEY_PAGE_DOWN - INPUT_KEY_TAB + 1));
    note(hand, "key", "-", (int)which, 0);
    if (below(hand, 2) == 0)
        robot_key(hand->robot, which, 0, 0);
    else
        robot_type(hand->robot, texts[below(hand, (int)(sizeof(texts) / sizeof(texts[0])))]);
}

static void other_look(struct touch_hand *hand)
{
    const struct stage_look *look = &stage_looks[below(hand, STAGE_LOOKS)];
    note(hand, "look", look->name, 0, 0);
    robot_handle(hand->robot,
                 &(struct input_event){.kind = INPUT_EVENT_RESIZE, .x = look->width, .y = look->height});
    ui_set_theme(hand->robot->ui, look->theme);
    robot_turn(hand->robot);
}

/* --- what the world does ----------------------------------------------------------------------------- */

static struct token_fake *writer_of(const struct touch_hand *hand)
{
    return hand->robot->program->hall->writers[hand->robot->program->number - 1];
}

static void printer(enum device_state state)
{
    printer_fake_set(&(struct printer_fake_script){.state = state});
}

static void pay(struct touch_hand *hand)
{
    const struct service_payment *payment = &services_visit(hand->robot->program->services)->payment;
    if (payment->state == SERVICE_PAY_SHOWN)
        (void)payment_fake_pay(hand->robot->program->hall->gateway, payment->out_trade_no);
}

static void world(struct touch_hand *hand)
{
    struct hall_glass *glass = &hand->robot->program->glass;
    int what = below(hand, 9);
    note(hand, "world", "-", what, 0);
    switch (what) {
    case 0:
        token_fake_insert(writer_of(hand), "key-1");
        break;
    case 1:
        token_fake_insert(writer_of(hand), "key-2");
        break;
    case 2:
        token_fake_pull(writer_of(hand));
        break;
    case 3:
        printer(DEVICE_PAPER_OUT);
        break;
    case 4:
        printer(DEVICE_READY);
        break;
    case 5:
        hall_glass_lay(glass, hall_sheet_blank());
        break;
    case 6:
        hall_glass_fail(glass, STATUS_REFUSED, DEVICE_JAMMED);
        break;
    case 7:
        pay(hand);
        break;
    default:
        robot_pass(hand->robot, below(hand, LONGEST_PAUSE_MS));
    }
}

void touch_hand_act(struct touch_hand *hand)
{
    int what = below(hand, 100);
    hand->events++;
    if (what < 58)
        tap(hand);
    else if (what < 68)
        tap_anywhere(hand);
    else if (what < 74)
        slide(hand);
    else if (what < 80)
        two_fingers(hand);
    else if (what < 88)
        key(hand);
    else if (what < 92)
        other_look(hand);
    else
        world(hand);
    robot_turn(hand->robot);
}

void touch_hand_mend(struct touch_hand *hand)
{
    printer(DEVICE_READY);
    hall_glass_clear(&hand->robot->program->glass);
    token_fake_pull(writer_of(hand));
}
