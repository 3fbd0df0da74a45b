/* The on-screen keyboard over a small form: what opens, what is typed, and that every key can be hit.
 * The pictures are left in the build directory for a person to look at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "kiosk/base/text.h"
#include "kiosk/input/pinyin.h"
#include "kiosk/ui/keyboard_layout.h"
#include "kiosk/ui/widget_keyboard.h"
#include "tests/support/ui_robot.h"

#define PICTURES TEST_BUILD_DIR "/ui-pictures"
#define ASSETS TEST_BUILD_DIR "/assets"

enum { FIELDS = 10 };

static const struct {
    const char *id, *label;
    enum text_edit_input input;
} fields[FIELDS] = {
    {"form.legal", "经办人", TEXT_EDIT_NAME},
    {"form.mobile", "手机号码", TEXT_EDIT_DIGITS},
    {"form.address", "邮寄地址", TEXT_EDIT_CHINESE},
    {"form.email", "邮箱", TEXT_EDIT_EMAIL},
    {"form.credit", "统一社会信用代码", TEXT_EDIT_CREDIT},
    {"form.id", "身份证号码", TEXT_EDIT_ID},
    {"form.wechat", "微信号", TEXT_EDIT_LATIN},
    {"form.office", "办公电话", TEXT_EDIT_PHONE},
    {"form.website", "单位网址", TEXT_EDIT_WEBSITE},
    {"form.account", "账号名", TEXT_EDIT_ACCOUNT},
};

struct form {
    struct text_edit edits[FIELDS];
    int changes, nexts, calls;
    char last[64];
};

static void form_enter(void *memory, struct ui *ui, const void *argument)
{
    struct form *form = memory;
    (void)ui;
    (void)argument;
    for (int i = 0; i < FIELDS; i++)
        text_edit_init(&form->edits[i], fields[i].input, 0);
}

static void form_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct form *form = memory;
    (void)ui;
    form->changes += event->kind == UI_EVENT_CHANGE;
    form->nexts += event->kind == UI_EVENT_NEXT;
    form->calls += ui_tapped(event, "bar.call");
    if (event->kind == UI_EVENT_TAP)
        snprintf(form->last, sizeof form->last, "%s", event->id);
}

/* The focused field's row and the one before it, as a form does. */
static void form_draw(void *memory, struct ui *ui)
{
    struct form *form = memory;
    struct rect content = ui_page(ui, &(struct ui_page){.title = "录入信息",
                                                        .plain = true,
                                                        .step = 2,
                                                        .group = "经办人信息",
                                                        .group_line = "还差 2 项",
                                                        .group_now = 3,
                                                        .group_count = 4,
                                                        .primary = {.label = "完成"}});
    int height = widget_field_height(ui), focus = -1, rows = content.h / height, first = 0;
    for (int i = 0; i < FIELDS; i++)
        if (ui_focused(ui) && strcmp(ui_focused(ui), fields[i].id) == 0)
            focus = i;
    if (focus >= 0 && focus / 2 >= rows)
        first = 2 * (focus / 2 - rows + 1);
    for (int i = first; i < FIELDS && i < first + 2 * rows; i++) {
        struct rect column = rect_column(content, i % 2, 2, 32);
        (void)widget_field(
            ui, rect_make(column.x, column.y + (i - first) / 2 * height, column.w, height),
            &(struct widget_field){
                .id = fields[i].id, .label = fields[i].label, .required = true, .edit = &form->edits[i]});
    }
}

static const struct screen_class screens[] = {{.name = "form",
                                               .state_bytes = sizeof(struct form),
                                               .idle_ms = IDLE_NEVER_MS,
                                               .enter = form_enter,
                                               .event = form_event,
                                               .draw = form_draw}};

struct bench {
    struct ui_robot robot;
    struct widget_keyboard *keyboard;
    struct form *form;
};

static const char *const steps[] = {"项目选择", "录入信息", "打印申请表", "扫描资料",
                                    "身份识别", "审核",     "缴费",       "制证领取"};

static void begin(struct bench *b, int width, int height, enum theme_kind theme, const char *assets)
{
    ui_robot_init(&b->robot, (struct ui_settings){.screens = screens, .screen_count = 1}, width, height);
    ui_set_header(b->robot.ui, &(struct ui_header){.product = "数字证书自助服务",
                                                   .machine = "03 号机",
                                                   .subject = "重庆网上房地产·证书新办·管理员",
                                                   .receipt = "T20251121102436"});
    ui_set_steps(b->robot.ui, steps, 8);
    b->keyboard = widget_keyboard_new(assets);
    ui_set_overlay(b->robot.ui, widget_keyboard_overlay(b->keyboard));
    ui_set_theme(b->robot.ui, theme);
    ui_reset(b->robot.ui, 0, NULL);
    ui_tick(b->robot.ui);
    b->form = ui_screen_state(b->robot.ui);
}

static void end(struct bench *b)
{
    ui_set_overlay(b->robot.ui, NULL);
    ui_robot_release(&b->robot);
    widget_keyboard_free(b->keyboard);
}

static void focus(struct bench *b, const char *id)
{
    ui_focus(b->robot.ui, id);
    ui_tick(b->robot.ui);
    assert_string_equal(ui_focused(b->robot.ui), id);
}

/* The form in landscape, and its address with the keyboard open. */
static int open_form(void **state)
{
    static struct bench b;
    begin(&b, 1920, 1080, THEME_STANDARD, ASSETS);
    *state = &b;
    return 0;
}

static int open_address(void **state)
{
    int result = open_form(state);
    focus(*state, "form.address");
    return result;
}

static int close_form(void **state)
{
    end(*state);
    return 0;
}

static void tap(struct bench *b, const char *id)
{
    if (!ui_robot_find(&b->robot, id))
        print_message("no key %s\n", id);
    assert_non_null(ui_robot_find(&b->robot, id));
    ui_robot_tap(&b->robot, id);
}

static void tap_letters(struct bench *b, const char *letters)
{
    char id[KEYBOARD_KEY_ID_BYTES];
    for (; *letters; letters++) {
        keyboard_layout_id((const char[]){*letters, 0}, id);
        tap(b, id);
    }
}

static const char *text_of(struct bench *b, const char *id)
{
    for (int i = 0; i < FIELDS; i++)
        if (strcmp(fields[i].id, id) == 0)
            return b->form->edits[i].text;
    return NULL;
}

static struct text_edit *address(struct bench *b)
{
    return &b->form->edits[2];
}

static bool has(struct bench *b, const char *id)
{
    return ui_robot_find(&b->robot, id) != NULL;
}

static const char *label_of(struct bench *b, const char *id)
{
    assert_true(has(b, id));
    return ui_robot_find(&b->robot, id)->label;
}

static void picture(struct bench *b, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, PICTURES "/keyboard-%s.png", name);
    ui_robot_picture(&b->robot, path);
}

/* --- tests ---------------------------------------------------------------------------------------------- */

static void test_widget_keyboard__opens_by_the_kind_of_the_field(void **state)
{
    static const struct {
        const char *field, *has, *lacks;
    } cases[] = {
        {"form.legal", "key.language", "key.1"},
        {"form.address", "key.language", "key.1"},
        {"form.mobile", "key.0", "key.a"},
        {"form.email", "key.com", "key.space"},
        {"form.credit", "key.a", "key.shift"},
        {"form.id", "key.x", "key.a"},
        {"form.wechat", "key.space", "key.language"},
        {"form.office", "key.u002d", "key.x"},
        {"form.website", "key.com", "key.language"},
        {"form.account", "key.u65e0", "key.language"},
    };
    struct bench *b = *state;
    assert_false(has(b, "key.hide"));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        focus(b, cases[i].field);
        assert_true(has(b, cases[i].has));
        assert_false(has(b, cases[i].lacks));
        assert_true(has(b, "key.backspace") && has(b, "key.hide") && has(b, "key.next") &&
                    has(b, "bar.call") && has(b, "key.clear"));
    }
    focus(b, "form.credit");
    assert_string_equal(label_of(b, "key.a"), "A");
}

static void test_widget_keyboard__each_pad_types_what_its_field_takes(void **state)
{
    struct bench *b = *state;
    focus(b, "form.id");
    tap_letters(b, "11010519491231002X");
    focus(b, "form.credit");
    tap_letters(b, "91500108MA6000007U");
    focus(b, "form.email");
    tap_letters(b, "wxx@163");
    tap(b, "key.com");
    focus(b, "form.website");
    tap(b, "key.www.");
    tap_letters(b, "idayou");
    tap(b, "key.com");
    focus(b, "form.account");
    tap(b, "key.u65e0"); /* who has none says so on the same page */
    focus(b, "form.office");
    tap_letters(b, "023-62000000");
    focus(b, "form.mobile");
    tap_letters(b, "13800000000");
    assert_string_equal(text_of(b, "form.id"), "11010519491231002X");
    assert_string_equal(text_of(b, "form.credit"), "91500108MA6000007U");
    assert_string_equal(text_of(b, "form.email"), "wxx@163.com");
    assert_string_equal(text_of(b, "form.website"), "www.idayou.com");
    assert_string_equal(text_of(b, "form.account"), "无");
    assert_string_equal(text_of(b, "form.office"), "023-62000000");
    assert_string_equal(text_of(b, "form.mobile"), "13800000000");
    assert_int_equal(b->form->changes, 18 + 18 + 8 + 9 + 12 + 11);
}

static void test_widget_keyboard__pinyin_is_shown_and_a_chosen_word_typed(void **state)
{
    struct bench *b = *state;
    tap_letters(b, "chongqingshi");
    assert_string_equal(address(b)->preedit, "chong qing shi");
    assert_string_equal(address(b)->text, "");
    assert_string_equal(label_of(b, "candidate.1"), "重庆市");
    tap(b, "candidate.1");
    assert_string_equal(address(b)->text, "重庆市");
    assert_string_equal(address(b)->preedit, "");
    assert_false(has(b, "candidate.1"));
    tap_letters(b, "nananqu");
    tap(b, "key.space"); /* takes the marked one */
    assert_string_equal(address(b)->text, "重庆市南岸区");
    tap_letters(b, "shililu");
    picture(b, "pinyin-landscape");
}

static void test_widget_keyboard__a_part_is_chosen_and_the_rest_goes_on(void **state)
{
    struct bench *b = *state;
    focus(b, "form.legal");
    tap_letters(b, "wangxiaoxiao");
    assert_string_equal(label_of(b, "candidate.1"), "王");
    picture(b, "name-landscape");
    tap(b, "candidate.1");
    assert_string_equal(b->form->edits[0].text, "");
    assert_string_equal(b->form->edits[0].preedit, "王xiao xiao");
    tap(b, "candidate.1");
    while (has(b, "candidate.1"))
        tap(b, "candidate.1");
    assert_string_equal(b->form->edits[0].text, "王小小");
}

static size_t words_shown(struct bench *b)
{
    size_t count = 0;
    for (char id[] = "candidate.1"; has(b, id) && count < 9; id[sizeof id - 2]++)
        count++;
    return count;
}

static void test_widget_keyboard__pages_turn_there_and_back(void **state)
{
    struct bench *b = *state;
    char first[32], ninth[32];
    tap_letters(b, "yi");
    snprintf(first, sizeof first, "%s", label_of(b, "candidate.1"));
    assert_true(ui_robot_find(&b->robot, "candidate.previous")->state & WIDGET_DISABLED);
    tap(b, "candidate.next");
    assert_string_not_equal(label_of(b, "candidate.1"), first);
    tap(b, "candidate.next");
    snprintf(ninth, sizeof ninth, "%s", label_of(b, "candidate.2"));
    tap(b, "candidate.previous");
    tap(b, "candidate.previous");
    assert_string_equal(label_of(b, "candidate.1"), first);
    size_t words = 0;
    for (int i = 0; i < 200; i++) {
        bool last = (ui_robot_find(&b->robot, "candidate.next")->state & WIDGET_DISABLED) != 0;
        words += words_shown(b);
        if (last)
            break;
        ui_robot_tap(&b->robot, "candidate.next");
    }
    assert_int_equal(words, PINYIN_CANDIDATES_MAX); /* none is left out between two pages */
    assert_true(ui_robot_find(&b->robot, "candidate.next")->state & WIDGET_DISABLED);
    for (int i = 0; i < 200; i++)
        ui_robot_tap(&b->robot, "candidate.previous");
    tap(b, "candidate.next");
    tap(b, "candidate.next");
    tap(b, "candidate.2");
    assert_string_equal(address(b)->text, ninth);
}

static void test_widget_keyboard__backspace_takes_what_is_composed_first(void **state)
{
    struct bench *b = *state;
    text_edit_set(address(b), "路");
    tap_letters(b, "wo");
    tap(b, "key.backspace");
    assert_string_equal(address(b)->preedit, "w");
    tap(b, "key.backspace");
    assert_string_equal(address(b)->preedit, "");
    assert_string_equal(address(b)->text, "路");
    tap(b, "key.backspace");
    assert_string_equal(address(b)->text, "");
}

static void test_widget_keyboard__backspace_repeats_while_it_is_held(void **state)
{
    struct bench *b = *state;
    focus(b, "form.mobile");
    tap_letters(b, "13800000000");
    struct input_event press = ui_robot_event(&b->robot, INPUT_EVENT_PRESS, "key.backspace"), up = press;
    up.kind = INPUT_EVENT_RELEASE;
    ui_handle(b->robot.ui, &press);
    for (int i = 0; i < 12; i++)
        ui_robot_wait(&b->robot, 100);
    ui_handle(b->robot.ui, &up);
    assert_true(strlen(text_of(b, "form.mobile")) <= 5);
}

static void test_widget_keyboard__next_takes_the_first_word_and_tells_the_screen(void **state)
{
    struct bench *b = *state;
    tap_letters(b, "chongqing");
    tap(b, "key.next");
    assert_string_equal(address(b)->text, "重庆");
    assert_int_equal(b->form->nexts, 1);
    tap(b, "key.next");
    assert_int_equal(b->form->nexts, 2);
}

static void test_widget_keyboard__hide_closes_and_call_is_the_programs(void **state)
{
    struct bench *b = *state;
    tap(b, "bar.call");
    assert_int_equal(b->form->calls, 1);
    assert_string_equal(ui_focused(b->robot.ui), "form.address");
    tap_letters(b, "lu");
    tap(b, "key.hide");
    assert_null(ui_focused(b->robot.ui));
    assert_false(has(b, "key.hide"));
    assert_true(has(b, "bar.next"));
    assert_int_equal(text_length(b->form->edits[2].text), 1);
}

static void test_widget_keyboard__symbols_and_letters_change_places(void **state)
{
    struct bench *b = *state;
    tap_letters(b, "lu");
    tap(b, "key.symbols"); /* takes the word first */
    tap_letters(b, "88");
    tap(b, "key.uff08"); /* （ */
    tap(b, "key.letters");
    tap(b, "key.language");
    tap(b, "key.shift");
    tap_letters(b, "ab");
    tap(b, "key.shift");
    tap(b, "key.shift");
    tap_letters(b, "cd");
    tap(b, "key.shift");
    tap_letters(b, "e");
    assert_string_equal(address(b)->text + strlen("路"), "88（AbCDe");
}

static void test_widget_keyboard__other_language_keeps_the_letters(void **state)
{
    struct bench *b = *state;
    tap_letters(b, "abc");
    tap(b, "key.language");
    assert_string_equal(address(b)->text, "abc");
    assert_string_equal(address(b)->preedit, "");
    tap(b, "key.language");
    tap_letters(b, "lu");
    assert_true(has(b, "candidate.1"));
}

static void test_widget_keyboard__clear_can_be_taken_back_once(void **state)
{
    struct bench *b = *state;
    text_edit_set(address(b), "重庆市");
    tap(b, "key.clear");
    assert_string_equal(address(b)->text, "");
    assert_string_equal(label_of(b, "key.undo"), "撤销");
    tap(b, "key.undo");
    assert_string_equal(address(b)->text, "重庆市");
    assert_true(has(b, "key.clear"));
    tap(b, "key.clear");
    tap_letters(b, "l"); /* going on typing ends the offer */
    assert_false(has(b, "key.undo"));
}

static void test_widget_keyboard__undo_is_offered_for_5_s(void **state)
{
    struct bench *b = *state;
    text_edit_set(address(b), "重庆市");
    tap(b, "key.clear");
    ui_robot_wait(&b->robot, 4000);
    assert_true(has(b, "key.undo"));
    ui_robot_wait(&b->robot, 1001);
    assert_false(has(b, "key.undo"));
    assert_true(has(b, "key.clear"));
    assert_string_equal(address(b)->text, "");
}

static void test_widget_keyboard__upright_it_says_the_group(void **state)
{
    struct bench b;
    (void)state;
    begin(&b, 1080, 1920, THEME_STANDARD, ASSETS);
    focus(&b, "form.mobile");
    bool said = false;
    for (const struct widget *w = widget_tree_root(ui_tree(b.robot.ui)); w; w = widget_next(w))
        said = said || strcmp(w->label, "经办人信息·还差 2 项") == 0;
    assert_true(said);
    assert_string_equal(label_of(&b, "key.hide"), "收起键盘");
    end(&b);
}

static void test_widget_keyboard__clear_takes_only_what_is_composed(void **state)
{
    struct bench *b = *state;
    text_edit_set(address(b), "重庆市");
    tap_letters(b, "nan");
    tap(b, "key.clear");
    assert_string_equal(address(b)->text, "重庆市");
    assert_string_equal(address(b)->preedit, "");
}

static void test_widget_keyboard__one_tap_is_one_letter_and_two_fingers_are_two(void **state)
{
    struct bench *b = *state;
    focus(b, "form.wechat");
    struct input_event a = ui_robot_event(&b->robot, INPUT_EVENT_PRESS, "key.a"),
                       s = ui_robot_event(&b->robot, INPUT_EVENT_PRESS, "key.s");
    s.pointer = 2;
    ui_handle(b->robot.ui, &a);
    ui_handle(b->robot.ui, &s);
    a.kind = s.kind = INPUT_EVENT_RELEASE;
    ui_handle(b->robot.ui, &a);
    ui_handle(b->robot.ui, &a); /* a second release of the same finger */
    ui_handle(b->robot.ui, &s);
    assert_string_equal(text_of(b, "form.wechat"), "as");
    for (int i = 0; i < 3; i++) { /* the same key as fast as it goes */
        a.kind = INPUT_EVENT_PRESS;
        ui_handle(b->robot.ui, &a);
        a.kind = INPUT_EVENT_RELEASE;
        ui_handle(b->robot.ui, &a);
    }
    assert_string_equal(text_of(b, "form.wechat"), "asaaa");
}

/* A straight stroke on the pad, from and to in parts of a hundred of its height. */
static void draw(struct bench *b, int pointer, int x0, int y0, int x1, int y1)
{
    enum { STEPS = 12 };
    struct rect pad = layout_to_window(ui_layout(b->robot.ui), ui_robot_find(&b->robot, "key.pad")->rect);
    struct input_event event = {.kind = INPUT_EVENT_PRESS, .pointer = pointer};
    for (int i = 0; i <= STEPS; i++) {
        event.x = pad.x + pad.w / 3 + (x0 + (x1 - x0) * i / STEPS) * pad.h / 100;
        event.y = pad.y + (y0 + (y1 - y0) * i / STEPS) * pad.h / 100;
        ui_handle(b->robot.ui, &event);
        event.kind = INPUT_EVENT_MOVE;
    }
    event.kind = INPUT_EVENT_RELEASE;
    ui_handle(b->robot.ui, &event);
    ui_robot_wait(&b->robot, TOUCH_GUARD_MS + 1);
}

/* 工 */
static void draw_work(struct bench *b)
{
    draw(b, 1, 10, 12, 90, 12);
    draw(b, 1, 50, 12, 50, 88);
    draw(b, 1, 5, 88, 95, 88);
}

static void test_widget_keyboard__a_written_character_is_chosen_and_typed(void **state)
{
    struct bench *b = *state;
    tap(b, "key.write");
    assert_false(has(b, "key.a"));
    assert_false(has(b, "candidate.1"));
    draw_work(b);
    picture(b, "writing-landscape");
    assert_string_equal(address(b)->text, "");
    assert_string_equal(label_of(b, "candidate.1"), "工");
    tap(b, "candidate.1");
    assert_string_equal(address(b)->text, "工");
    assert_false(has(b, "candidate.1")); /* the pad is empty for the next one */
    draw_work(b);
    tap(b, "key.space"); /* takes the marked one */
    draw_work(b);
    tap(b, "key.next"); /* as well */
    assert_string_equal(address(b)->text, "工工工");
    assert_int_equal(b->form->nexts, 1);
}

static void test_widget_keyboard__strokes_go_back_one_by_one_and_all_at_once(void **state)
{
    struct bench *b = *state;
    text_edit_set(address(b), "路");
    tap(b, "key.write");
    draw_work(b);
    draw(b, 1, 80, 20, 20, 80);
    tap(b, "key.backspace");
    assert_string_equal(label_of(b, "candidate.1"), "工");
    tap(b, "key.clear");
    assert_false(has(b, "candidate.1"));
    assert_string_equal(address(b)->text, "路");
    tap(b, "key.backspace");
    assert_string_equal(address(b)->text, "");
}

static void test_widget_keyboard__who_writes_once_writes_in_the_next_field(void **state)
{
    struct bench *b = *state;
    tap(b, "key.write");
    focus(b, "form.mobile");
    assert_false(has(b, "key.pad"));
    focus(b, "form.legal");
    assert_true(has(b, "key.pad"));
    draw_work(b);
    focus(b, "form.address"); /* nobody chose: what was written is gone */
    assert_false(has(b, "candidate.1"));
    assert_string_equal(text_of(b, "form.legal"), "");
    tap(b, "key.spell");
    assert_true(has(b, "key.a"));
    focus(b, "form.legal");
    assert_false(has(b, "key.pad"));
    tap(b, "key.write");
    ui_forget(b->robot.ui); /* the next applicant begins with letters */
    ui_reset(b->robot.ui, 0, NULL);
    ui_tick(b->robot.ui);
    b->form = ui_screen_state(b->robot.ui);
    focus(b, "form.address");
    assert_false(has(b, "key.pad"));
}

static void test_widget_keyboard__a_second_finger_on_the_pad_draws_nothing(void **state)
{
    struct bench *b = *state;
    tap(b, "key.write");
    struct input_event first = ui_robot_event(&b->robot, INPUT_EVENT_PRESS, "key.pad");
    ui_handle(b->robot.ui, &first);
    draw(b, 2, 10, 12, 90, 12); /* while the first one lies still */
    first.kind = INPUT_EVENT_RELEASE;
    ui_handle(b->robot.ui, &first);
    tap(b, "key.backspace"); /* the dot of the first */
    assert_false(has(b, "candidate.1"));
}

static void test_widget_keyboard__without_a_model_nobody_can_write(void **state)
{
    struct bench b;
    char assets[] = "/tmp/certkiosk-assets-XXXXXX", link[64];
    (void)state;
    assert_non_null(mkdtemp(assets));
    snprintf(link, sizeof link, "%s/rime", assets);
    assert_int_equal(symlink(ASSETS "/rime", link), 0);
    begin(&b, 1920, 1080, THEME_STANDARD, assets);
    focus(&b, "form.address");
    tap(&b, "key.write");
    assert_false(has(&b, "key.pad"));
    assert_true(ui_robot_find(&b.robot, "key.write")->state & WIDGET_DISABLED);
    tap_letters(&b, "lu");
    assert_true(has(&b, "candidate.1"));
    end(&b);
    assert_int_equal(unlink(link) + rmdir(assets), 0);
}

static void test_widget_keyboard__forget_wipes_what_was_typed(void **state)
{
    struct bench *b = *state;
    text_edit_set(address(b), "重庆市");
    tap(b, "key.clear");
    tap_letters(b, "nanan");
    ui_forget(b->robot.ui);
    ui_reset(b->robot.ui, 0, NULL);
    ui_tick(b->robot.ui);
    b->form = ui_screen_state(b->robot.ui);
    focus(b, "form.address");
    assert_false(has(b, "key.undo"));
    assert_false(has(b, "candidate.1"));
    tap_letters(b, "lu");
    assert_string_equal(address(b)->preedit, "lu");
}

static void test_widget_keyboard__without_pinyin_data_letters_can_be_typed(void **state)
{
    struct bench b;
    (void)state;
    begin(&b, 1920, 1080, THEME_STANDARD, "/nonexistent");
    focus(&b, "form.address");
    tap_letters(&b, "abc");
    assert_string_equal(address(&b)->text, "abc");
    assert_true(ui_robot_find(&b.robot, "key.language")->state & WIDGET_DISABLED);
    focus(&b, "form.legal");
    tap_letters(&b, "d");
    assert_string_equal(text_of(&b, "form.legal"), "d");
    end(&b);
}

/* Random taps on whatever can be tapped; nothing breaks and the text stays text. */
static void test_widget_keyboard__random_taps_never_break_it(void **state)
{
    struct bench b;
    unsigned seed = 11;
    (void)state;
    begin(&b, 1080, 1920, THEME_STANDARD, ASSETS);
    for (int i = 0; i < 700; i++) {
        const struct widget *targets[160];
        unsigned count = 0;
        if (!ui_focused(b.robot.ui))
            focus(&b, fields[i % FIELDS].id);
        for (const struct widget *w = widget_tree_root(ui_tree(b.robot.ui)); w; w = widget_next(w))
            if ((w->state & WIDGET_TARGET) && count < 160)
                targets[count++] = w;
        seed = seed * 1103515245u + 12345u;
        char id[96];
        snprintf(id, sizeof id, "%s", targets[(seed >> 16) % count]->id);
        ui_robot_tap(&b.robot, id);
        for (int f = 0; f < FIELDS; f++)
            assert_true(text_is_valid(b.form->edits[f].text, b.form->edits[f].length) &&
                        text_is_valid(b.form->edits[f].preedit, strlen(b.form->edits[f].preedit)));
    }
    end(&b);
}

/* The n-th look of a field's keyboard: as it opens, composing, English, symbols, the pad.
 * Returns: false when it has no such look. */
static bool show_look(struct bench *b, int field, int look)
{
    bool chinese = fields[field].input == TEXT_EDIT_CHINESE, name = fields[field].input == TEXT_EDIT_NAME;
    focus(b, fields[field].id);
    if (look == 0)
        return true;
    if (look == 1 && (chinese || name)) {
        tap_letters(b, chinese ? "chongqingshijianshegongchengzixunyouxian" : "wangxiaoxiao");
        return true;
    }
    if (look == 4 && has(b, "key.write")) {
        tap(b, "key.write");
        draw_work(b);
        return true;
    }
    const char *key = look == 2 ? "key.language" : "key.symbols";
    if (look == 1 || look == 4 || name || !has(b, key))
        return false;
    tap(b, key);
    return true;
}

static size_t small_keys(struct bench *b, size_t *keys)
{
    size_t small = 0;
    int top = ui_is_portrait(b->robot.ui) ? 1118 : 552;
    for (const struct widget *w = widget_tree_root(ui_tree(b->robot.ui)); w; w = widget_next(w))
        if ((w->state & WIDGET_TARGET) && w->rect.y >= top) {
            assert_true(w->label[0] && w->id[0]);
            small += w->hit.w < 88 || w->hit.h < 88;
            ++*keys;
        }
    return small;
}

static void check_all_looks(int width, int height, enum theme_kind theme, const char *suffix)
{
    struct bench b;
    size_t faults = 0, small = 0, keys = 0;
    char name[64];
    begin(&b, width, height, theme, ASSETS);
    for (int i = 0; i < FIELDS; i++)
        for (int look = 0; look < 5; look++) {
            if (show_look(&b, i, look)) {
                faults += ui_robot_faults(&b.robot);
                small += small_keys(&b, &keys);
                snprintf(name, sizeof name, "%s-%d-%s", fields[i].id + 5, look, suffix);
                if (look < 2 || look == 4)
                    picture(&b, name);
            }
            if (has(&b, "key.spell"))
                tap(&b, "key.spell");
            ui_focus(b.robot.ui, NULL);
            ui_tick(b.robot.ui);
            text_edit_wipe(&b.form->edits[i]);
        }
    end(&b);
    assert_true(keys > 350);
    assert_int_equal(small, 0);
    assert_int_equal(faults, 0);
}

static void test_widget_keyboard__landscape_has_no_faults(void **state)
{
    (void)state;
    check_all_looks(1920, 1080, THEME_STANDARD, "landscape");
}

static void test_widget_keyboard__portrait_has_no_faults(void **state)
{
    (void)state;
    check_all_looks(1080, 1920, THEME_STANDARD, "portrait");
}

static void test_widget_keyboard__large_text_has_no_faults(void **state)
{
    (void)state;
    check_all_looks(1920, 1080, THEME_CARE, "care");
    check_all_looks(1080, 1920, THEME_CARE, "care-portrait");
}

static void test_widget_keyboard__high_contrast_has_no_faults(void **state)
{
    (void)state;
    check_all_looks(1920, 1080, THEME_CONTRAST, "contrast");
}

/* The width a letter has in a row this wide. Units: base px. */
static int letter_width(const struct keyboard_row *row, int width)
{
    enum { GAP = 10 };
    return (width - (row->count - 1) * GAP) * 100 / row->weight;
}

static void test_keyboard_layout__letters_are_as_wide_in_every_row(void **state)
{
    enum { LYING = 1792, UPRIGHT = 1032, DIFFERENCE = 14 };
    struct keyboard_row row, second;
    (void)state;
    for (int page = 0; page < KEYBOARD_PAGE_COUNT; page++)
        for (int portrait = 0; portrait < 2; portrait++)
            for (int i = 0; i < KEYBOARD_ROWS; i++) {
                int width = portrait ? UPRIGHT : LYING;
                keyboard_layout_row((enum keyboard_page)page, portrait != 0, 1, &second);
                keyboard_layout_row((enum keyboard_page)page, portrait != 0, i, &row);
                assert_true(row.count > 0 || i == 0);
                if (row.count > 0)
                    assert_in_range(letter_width(&row, width), letter_width(&second, width) - DIFFERENCE,
                                    letter_width(&second, width) + DIFFERENCE);
            }
}

#define FORM(test) cmocka_unit_test_setup_teardown(test, open_form, close_form)
#define ADDRESS(test) cmocka_unit_test_setup_teardown(test, open_address, close_form)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keyboard_layout__letters_are_as_wide_in_every_row),
        FORM(test_widget_keyboard__opens_by_the_kind_of_the_field),
        FORM(test_widget_keyboard__each_pad_types_what_its_field_takes),
        ADDRESS(test_widget_keyboard__pinyin_is_shown_and_a_chosen_word_typed),
        FORM(test_widget_keyboard__a_part_is_chosen_and_the_rest_goes_on),
        ADDRESS(test_widget_keyboard__pages_turn_there_and_back),
        ADDRESS(test_widget_keyboard__backspace_takes_what_is_composed_first),
        FORM(test_widget_keyboard__backspace_repeats_while_it_is_held),
        ADDRESS(test_widget_keyboard__next_takes_the_first_word_and_tells_the_screen),
        ADDRESS(test_widget_keyboard__hide_closes_and_call_is_the_programs),
        ADDRESS(test_widget_keyboard__symbols_and_letters_change_places),
        ADDRESS(test_widget_keyboard__other_language_keeps_the_letters),
        ADDRESS(test_widget_keyboard__clear_can_be_taken_back_once),
        ADDRESS(test_widget_keyboard__undo_is_offered_for_5_s),
        cmocka_unit_test(test_widget_keyboard__upright_it_says_the_group),
        ADDRESS(test_widget_keyboard__clear_takes_only_what_is_composed),
        FORM(test_widget_keyboard__one_tap_is_one_letter_and_two_fingers_are_two),
        ADDRESS(test_widget_keyboard__a_written_character_is_chosen_and_typed),
        ADDRESS(test_widget_keyboard__strokes_go_back_one_by_one_and_all_at_once),
        ADDRESS(test_widget_keyboard__who_writes_once_writes_in_the_next_field),
        ADDRESS(test_widget_keyboard__a_second_finger_on_the_pad_draws_nothing),
        cmocka_unit_test(test_widget_keyboard__without_a_model_nobody_can_write),
        ADDRESS(test_widget_keyboard__forget_wipes_what_was_typed),
        cmocka_unit_test(test_widget_keyboard__without_pinyin_data_letters_can_be_typed),
        cmocka_unit_test(test_widget_keyboard__random_taps_never_break_it),
        cmocka_unit_test(test_widget_keyboard__landscape_has_no_faults),
        cmocka_unit_test(test_widget_keyboard__portrait_has_no_faults),
        cmocka_unit_test(test_widget_keyboard__large_text_has_no_faults),
        cmocka_unit_test(test_widget_keyboard__high_contrast_has_no_faults),
    };
    mkdir(PICTURES, 0755);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
