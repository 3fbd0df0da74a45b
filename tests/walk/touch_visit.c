/* touch-visit: the real certkiosk, driven by real fingers from the welcome page to the agreement.
 *
 *   touch-visit SOCKET DUMP HALL WIDTH HEIGHT
 *
 * Fingers come in through the X server's input driver (touch_client.h); where widgets stand is read from the
 * widget dump. Taps, two fingers at once, a finger that slides away and one that trembles: what each must and
 * must not do is one line. tests/walk/test_touch starts server, hall and this. Exit codes: 0 all true, 1 not,
 * 2 wrong arguments or no driver. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/clock.h"
#include "tests/walk/touch_client.h"
#include "tests/walk/walk_view.h"
#include "tests/walk/walk_world.h"

/* AGAIN_MS: a button takes a second press within 300 ms for a bounce. QUIET_MS: a page slides in. */
enum { SCREEN_MS = 15000, STEP_MS = 30, AGAIN_MS = 400, QUIET_MS = 350, SLOP_PX = 12, VALUE_BYTES = 64 };

static const char phone[] = "13800000000";

static struct walk_view view = {.name = "terminal"};
static struct walk_world world;
static struct touch_client *client;
static int failures;

struct place {
    int x, y, w, h;
};

/* --- fingers -------------------------------------------------------------------------------------------- */

static void give_up(const char *why)
{
    (void)printf("not ok - %s\n", why);
    exit(1);
}

/* Where the widget stands, as soon as it can be pressed. */
static struct place find(const char *id)
{
    if (!walk_view_wait_pressable(&view, id, SCREEN_MS))
        give_up(view.failure);
    const struct json *rect = json_member(walk_view_find(&view, id), "rect");
    return (struct place){(int)json_number(rect, "x", 0), (int)json_number(rect, "y", 0),
                          (int)json_number(rect, "w", 0), (int)json_number(rect, "h", 0)};
}

static void finger(enum touch_client_act act, unsigned number, int x, int y)
{
    if (!touch_client_send(client, act, number, x, y))
        give_up("the input driver is gone");
    clock_sleep_ms(clock_system(), STEP_MS);
}

static void press(unsigned number, struct place at)
{
    finger(TOUCH_CLIENT_BEGIN, number, at.x + at.w / 2, at.y + at.h / 2);
}

static void lift(unsigned number, struct place at)
{
    finger(TOUCH_CLIENT_END, number, at.x + at.w / 2, at.y + at.h / 2);
}

static void tap(const char *id)
{
    struct place at = find(id);
    clock_sleep_ms(clock_system(), AGAIN_MS);
    press(1, at);
    lift(1, at);
}

/* Pressed just inside the upper edge and let go `away` px above it. */
static void slide_off(struct place at, int away)
{
    int x = at.x + at.w / 2;
    clock_sleep_ms(clock_system(), AGAIN_MS);
    finger(TOUCH_CLIENT_BEGIN, 1, x, at.y + 4);
    finger(TOUCH_CLIENT_MOVE, 1, x, at.y - away / 2);
    finger(TOUCH_CLIENT_MOVE, 1, x, at.y - away);
    finger(TOUCH_CLIENT_END, 1, x, at.y - away);
}

/* --- what is seen --------------------------------------------------------------------------------------- */

static void expect(const char *what, bool is_so)
{
    (void)printf("%s - %s\n", is_so ? "ok" : "not ok", what);
    if (!is_so)
        (void)printf("#   the terminal shows %s\n", walk_view_screen(&view));
    failures += !is_so;
}

static void expect_screen(const char *what, const char *screen)
{
    bool is_so = walk_view_wait_screen(&view, screen, SCREEN_MS);
    walk_view_settle(&view, QUIET_MS);
    expect(what, is_so);
}

static void expect_still(const char *what, const char *screen)
{
    walk_view_settle(&view, QUIET_MS);
    expect(what, strcmp(walk_view_screen(&view), screen) == 0);
}

/* The digits the number's field shows, without what parts them. */
static void expect_number(const char *what, const char *digits)
{
    char value[VALUE_BYTES];
    size_t used = 0;
    walk_view_settle(&view, QUIET_MS);
    const struct json *field = walk_view_find(&view, "login.phone");
    for (const char *at = field == NULL ? "" : json_text(field, "value", ""); *at != 0; at++)
        if (*at >= '0' && *at <= '9' && used + 1 < sizeof(value))
            value[used++] = *at;
    value[used] = 0;
    expect(what, strcmp(value, digits) == 0);
    if (strcmp(value, digits) != 0)
        (void)printf("#   wanted %s, got %s\n", digits, value);
}

static struct place key(char digit)
{
    const char label[2] = {digit, 0};
    char id[WALK_VIEW_ID_BYTES];
    (void)find("pad.backspace");
    const struct json *widget = walk_view_find_label(&view, "pad.", label, false);
    if (widget == NULL)
        give_up("the pad has no such digit");
    (void)snprintf(id, sizeof(id), "%s", json_text(widget, "id", ""));
    return find(id);
}

static void type(const char *digits)
{
    for (; *digits != 0; digits++) {
        struct place at = key(*digits);
        press(1, at);
        lift(1, at);
    }
}

/* --- the visit ------------------------------------------------------------------------------------------ */

static void prove_welcome(void)
{
    expect_screen("the terminal waits for somebody", "welcome");
    slide_off(find("welcome.start"), 40);
    expect_still("a finger that slides off 开始办理 has not begun", "welcome");
    slide_off(find("welcome.start"), SLOP_PX - 4);
    expect_screen("one that trembles over its edge has", "product");
}

static void prove_choice(void)
{
    tap("product.ezca-cqzfcg");
    expect_screen("a tap chooses the product", "service");
    tap("operation.new");
    tap("class.supplier");
    tap("bar.next");
    expect_screen("taps choose operation and class", "login");
}

static void prove_digits(void)
{
    struct place one = key('1');
    struct place three = key('3');
    press(1, one);
    press(2, three);
    expect_number("two fingers that press have typed nothing yet", "");
    lift(1, one);
    lift(2, three);
    expect_number("two fingers at once type two digits, in the order they leave", "13");
    struct place eight = key('8');
    press(1, eight);
    press(2, eight);
    lift(1, eight);
    lift(2, eight);
    expect_number("two fingers on one key are one digit", "138");
    slide_off(key('5'), 120);
    expect_number("a finger that slides off a key types nothing", "138");
    type(phone + 3);
    expect_number("taps type the rest", phone);
}

static void prove_login(void)
{
    char code[16];
    tap("login.send");
    if (!walk_world_read_code(&world, phone, 0, code, sizeof(code)))
        give_up(world.failure);
    type(code);
    expect_screen("the code's last digit signs in", "agreement");
}

int main(int argc, char **argv)
{
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc != 6)
        return 2;
    view.dump_path = argv[2];
    world = (struct walk_world){.hall = argv[3], .build = ""};
    client = touch_client_open(argv[1], (int)strtol(argv[4], NULL, 10), (int)strtol(argv[5], NULL, 10));
    if (client == NULL) {
        (void)fprintf(stderr, "touch-visit: nobody answers at %s\n", argv[1]);
        return 2;
    }
    prove_welcome();
    prove_choice();
    prove_digits();
    prove_login();
    touch_client_close(client);
    walk_view_release(&view);
    return failures == 0 ? 0 : 1;
}
