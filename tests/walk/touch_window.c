/* A window of the toolkit on a real X server, and real fingers on it: what reaches the field is what they
 * typed. usage: touch-window SOCKET ASSETS; tests/walk/test_touch starts the server and this. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "kiosk/base/check.h"
#include "kiosk/base/clock.h"
#include "kiosk/ui/loop.h"
#include "kiosk/ui/widget_keyboard.h"
#include "tests/walk/touch_client.h"

#define FONTS "/usr/share/fonts/opentype/noto/NotoSansCJK-"

enum { SETTLE_MS = 150, SLOP_PX = 12 };

struct page {
    struct text_edit edit;
    int taps;
};

static struct loop *loop;
static struct ui *ui;
static struct touch_client *client;
static int failures;

/* --- the page ------------------------------------------------------------------------------------------- */

static void enter(void *memory, struct ui *of, const void *argument)
{
    struct page *page = memory;
    (void)argument;
    text_edit_init(&page->edit, TEXT_EDIT_LATIN, 0);
    ui_focus(of, "form.wechat");
}

static void event(void *memory, struct ui *of, const struct ui_event *event)
{
    struct page *page = memory;
    (void)of;
    page->taps += ui_tapped(event, "bar.call");
}

static void draw(void *memory, struct ui *of)
{
    struct page *page = memory;
    struct rect content = ui_page(of, &(struct ui_page){.title = "录入信息"});
    (void)widget_field(of, rect_make(content.x, content.y, 800, widget_field_height(of)),
                       &(struct widget_field){.id = "form.wechat", .label = "微信号", .edit = &page->edit});
}

static const struct screen_class screens[] = {{.name = "touch",
                                               .idle_ms = -1,
                                               .state_bytes = sizeof(struct page),
                                               .enter = enter,
                                               .event = event,
                                               .draw = draw}};

/* --- fingers -------------------------------------------------------------------------------------------- */

static void settle(int ms)
{
    int64_t until = clock_monotonic_ms(clock_system()) + ms;
    while (clock_monotonic_ms(clock_system()) < until)
        (void)loop_step(loop, ui, 10);
}

static struct rect place(const char *id)
{
    const struct widget *w = widget_find(ui_tree(ui), id);
    if (!w)
        fprintf(stderr, "touch-window: no %s on the page\n", id);
    check(w != NULL);
    return layout_to_window(ui_layout(ui), w->rect);
}

static void finger(enum touch_client_act act, unsigned number, int x, int y)
{
    check(touch_client_send(client, act, number, x, y));
    settle(SETTLE_MS);
}

static void finger_on(enum touch_client_act act, unsigned number, const char *id)
{
    struct rect at = place(id);
    finger(act, number, at.x + at.w / 2, at.y + at.h / 2);
}

static void tap(const char *id)
{
    finger_on(TOUCH_CLIENT_BEGIN, 1, id);
    finger_on(TOUCH_CLIENT_END, 1, id);
}

static const struct page *page(void)
{
    return ui_screen_state(ui);
}

static void expect(const char *what, const char *text, int taps)
{
    bool ok = strcmp(page()->edit.text, text) == 0 && page()->taps == taps;
    printf("%s - %s\n", ok ? "ok" : "not ok", what);
    if (!ok)
        printf("#   wanted \"%s\" and %d taps, got \"%s\" and %d\n", text, taps, page()->edit.text,
               page()->taps);
    failures += !ok;
}

/* --- what is proven ------------------------------------------------------------------------------------- */

static void prove_one_tap_is_one_letter(void)
{
    tap("key.a");
    expect("one tap is one letter, the mouse the system makes up from it is none", "a", 0);
    tap("key.a");
    expect("a second tap on the same key is a second letter", "aa", 0);
    tap("bar.call");
    expect("a button is pressed once by one tap", "aa", 1);
}

static void prove_two_fingers_are_two(void)
{
    finger_on(TOUCH_CLIENT_BEGIN, 1, "key.q");
    finger_on(TOUCH_CLIENT_BEGIN, 2, "key.p");
    expect("two fingers that press have typed nothing yet", "aa", 1);
    finger_on(TOUCH_CLIENT_END, 2, "key.p");
    finger_on(TOUCH_CLIENT_END, 1, "key.q");
    expect("two fingers at once type two letters, in the order they leave", "aapq", 1);
    finger_on(TOUCH_CLIENT_BEGIN, 1, "key.m");
    finger_on(TOUCH_CLIENT_BEGIN, 2, "key.m");
    finger_on(TOUCH_CLIENT_END, 1, "key.m");
    finger_on(TOUCH_CLIENT_END, 2, "key.m");
    expect("two fingers on one key are one letter", "aapqm", 1);
}

/* Pressed just inside the key's upper edge and let go `away` px above it. */
static void slide_off(const char *id, int away)
{
    struct rect at = place(id);
    int x = at.x + at.w / 2;
    finger(TOUCH_CLIENT_BEGIN, 1, x, at.y + 4);
    finger(TOUCH_CLIENT_MOVE, 1, x, at.y - away / 2);
    finger(TOUCH_CLIENT_MOVE, 1, x, at.y - away);
    finger(TOUCH_CLIENT_END, 1, x, at.y - away);
}

static void prove_sliding_off_cancels(void)
{
    slide_off("key.g", SLOP_PX - 4);
    expect("a finger that trembles over the edge has still pressed", "aapqmg", 1);
    slide_off("key.g", 30);
    expect("a finger that leaves by 30 px has changed its mind", "aapqmg", 1);
}

static void prove_held_backspace_repeats(void)
{
    finger_on(TOUCH_CLIENT_BEGIN, 1, "key.backspace");
    settle(1500);
    finger_on(TOUCH_CLIENT_END, 1, "key.backspace");
    expect("a held backspace takes all", "", 1);
}

static bool open_all(const char *socket_path)
{
    int width = 0, height = 0;
    struct failure failure = {0};
    if (loop_open(&(struct loop_settings){.title = "touch", .full_screen = true}, &loop, &failure) !=
        STATUS_OK) {
        fprintf(stderr, "touch-window: no window: %s\n", failure.text);
        return false;
    }
    loop_size(loop, &width, &height);
    client = touch_client_open(socket_path, width, height);
    if (!client)
        fprintf(stderr, "touch-window: nobody answers at %s\n", socket_path);
    return client != NULL;
}

int main(int argc, char **argv)
{
    struct font *font = NULL;
    struct font_settings fonts = {
        .regular = FONTS "Regular.ttc", .medium = FONTS "Medium.ttc", .bold = FONTS "Bold.ttc"};
    char icons[512];
    int width, height;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc != 3 || !open_all(argv[1]))
        return 2;
    snprintf(icons, sizeof icons, "%s/icons", argv[2]);
    check(font_open(&fonts, &font, NULL) == STATUS_OK);
    struct icon_set *set = icon_set_new(icons);
    loop_size(loop, &width, &height);
    ui = ui_new(
        &(struct ui_settings){
            .clock = clock_system(), .font = font, .icons = set, .screens = screens, .screen_count = 1},
        width, height);
    struct widget_keyboard *keyboard = widget_keyboard_new(argv[2]);
    ui_set_overlay(ui, widget_keyboard_overlay(keyboard));
    ui_reset(ui, 0, NULL);
    settle(500);
    prove_one_tap_is_one_letter();
    prove_two_fingers_are_two();
    prove_sliding_off_cancels();
    prove_held_backspace_repeats();
    ui_set_overlay(ui, NULL);
    ui_free(ui);
    widget_keyboard_free(keyboard);
    icon_set_free(set);
    font_close(font);
    touch_client_close(client);
    loop_close(loop);
    return failures ? 1 : 0;
}
