/* The audit at the desk, over scripted services: what narrows it, by keys and by the mouse, how its pages
 * turn, and what its rows say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/text.h"
#include "kiosk/desk/audit_words.h"
#include "tests/golden/gallery.h"

enum look { LARGE, SMALL }; /* of a desk's page in the gallery */

static struct gallery gallery;

static void open_rows(enum look look)
{
    for (size_t i = 0; i < gallery_case_count; i++)
        if (strcmp(gallery_cases[i].name, "audit__rows") == 0) {
            gallery_open(&gallery, &gallery_cases[i], gallery_look(&gallery_cases[i], look), GALLERY_NORMAL);
            return;
        }
    fail_msg("no case");
}

static const struct widget *find(const char *id)
{
    return widget_find(ui_tree(gallery.ui), id);
}

static bool shows(const char *words)
{
    for (const struct widget *w = widget_tree_root(ui_tree(gallery.ui)); w != NULL; w = widget_next(w))
        if (strcmp(w->label, words) == 0)
            return true;
    return false;
}

static void press(enum input_key key, int character)
{
    ui_handle(gallery.ui, &(struct input_event){.kind = INPUT_EVENT_KEY, .key = key, .character = character});
    gallery_wait(&gallery, 500);
}

static void test_audit__a_row_reads_as_words(void **state)
{
    static const char *const rows[][3] = {
        {"order.scanned", "scanning>identifying", "待扫描 → 待核验身份"},
        {"order.insert", ">draft", "草稿"},
        {"order.subject", "issuing>issuing CN=示例", "制作中 CN=示例"},
        {"payment.paid", "shown>paid", "已出示 → 已收到"},
        {"supervision.lock", "open>taken terminal-01 left", "待送达 → 已送达 01 号机 申请人已离开"},
        {"supervision.message", "open", "待送达"},
        {"supervision.point", ">open x form.company", "待送达 x form.company"},
        {"order.scanned", "odd>paying", "odd → 待缴费"},
        {"odd", "scanning>identifying", "scanning → identifying"},
        {"value.reveal", "legal_id 与复印件核对", "legal_id 与复印件核对"},
        {"clerk.sign-in", "", ""}};
    (void)state;
    open_rows(LARGE);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct service_audit_line line = {0};
        char words[AUDIT_WORDS_BYTES];
        assert_true(text_copy(line.action, sizeof(line.action), rows[i][0]));
        assert_true(text_copy(line.detail, sizeof(line.detail), rows[i][1]));
        audit_words_detail(gallery.ui, &line, words);
        assert_string_equal(words, rows[i][2]);
    }
    gallery_close(&gallery);
}

static const struct service_audit_filter *looked_for(void)
{
    return &gallery.services.audit;
}

/* The rows asked for last are there: so many in all. */
static void answer_audit(size_t total)
{
    struct service_audit *audit = &gallery.services.desk.audit;
    const struct service_audit_filter *filter = looked_for();
    audit->total = total;
    audit->first = filter->first;
    audit->count = total - filter->first < filter->rows ? total - filter->first : filter->rows;
    gallery_answer(&gallery, SERVICE_DESK_AUDIT, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

static void test_audit__is_narrowed_by_keys_and_by_the_mouse(void **state)
{
    const int64_t day_utc_ms = clock_hall_day_utc_s(GALLERY_NOW_UTC_S) * 1000;
    (void)state;
    open_rows(SMALL);
    assert_true(looked_for()->from_utc_ms == day_utc_ms);
    assert_null(find("audit.reset"));
    press(INPUT_KEY_CHARACTER, '1');
    press(INPUT_KEY_CHARACTER, '3');
    assert_true(looked_for()->from_utc_ms == day_utc_ms - 6 * 86400000LL);
    press(INPUT_KEY_CHARACTER, '1');
    press(INPUT_KEY_CHARACTER, '2');
    assert_true(looked_for()->until_utc_ms == day_utc_ms);
    press(INPUT_KEY_CHARACTER, '2');
    press(INPUT_KEY_CHARACTER, '2');
    assert_true(looked_for()->by_program);
    gallery_tap(&gallery, "audit.pick.actor");
    gallery_tap(&gallery, "audit.actor.option.4");
    assert_false(looked_for()->by_program);
    assert_string_equal("uid:0", looked_for()->actor);
    gallery_tap(&gallery, "audit.pick.kind");
    gallery_tap(&gallery, "audit.kind.option.2");
    assert_string_equal("clerk", looked_for()->kind);
    gallery_tap(&gallery, "audit.pick.place");
    gallery_tap(&gallery, "audit.place.option.3");
    assert_string_equal("terminal-03", looked_for()->writer);
    press(INPUT_KEY_CHARACTER, '5');
    press(INPUT_KEY_CHARACTER, '3');
    assert_string_equal("failed", looked_for()->result);
    answer_audit(0);
    assert_null(find("audit.row.0"));
    press(INPUT_KEY_CHARACTER, '0');
    assert_string_equal("", looked_for()->result);
    assert_string_equal("", looked_for()->writer);
    assert_true(looked_for()->from_utc_ms == day_utc_ms);
    gallery_close(&gallery);
}

static void test_audit__a_menu_takes_everything_until_it_is_closed(void **state)
{
    (void)state;
    open_rows(LARGE);
    uint64_t before = gallery.services.asked[SERVICE_DESK_AUDIT];
    press(INPUT_KEY_CHARACTER, '4');
    assert_non_null(find("audit.place.option.1"));
    gallery_tap(&gallery, "audit.place.option.0");
    assert_int_equal(before, gallery.services.asked[SERVICE_DESK_AUDIT]); /* chosen before */
    press(INPUT_KEY_CHARACTER, '4');
    press(INPUT_KEY_ESCAPE, 0);
    assert_null(find("audit.place.option.1"));
    assert_int_equal(before, gallery.services.asked[SERVICE_DESK_AUDIT]);
    gallery_close(&gallery);
}

static void test_audit__pages_stand_still_and_the_cursor_turns_them(void **state)
{
    (void)state;
    open_rows(LARGE);
    size_t rows = looked_for()->rows;
    press(INPUT_KEY_PAGE_DOWN, 0);
    assert_int_equal(rows, looked_for()->first);
    assert_true(looked_for()->until_utc_ms == gallery.services.desk.audit.until_utc_ms);
    answer_audit(rows + 4);
    assert_non_null(find("audit.row.22"));
    assert_null(find("audit.row.0"));
    press(INPUT_KEY_PAGE_DOWN, 0);
    char last[32];
    (void)snprintf(last, sizeof(last), "audit.row.%zu", rows + 3);
    assert_true(find(last)->state & WIDGET_SELECTED);
    press(INPUT_KEY_CHARACTER, 'o');
    assert_string_equal(gallery.services.visit.order.id, looked_for()->about);
    assert_int_equal(0, looked_for()->first);
    assert_int_equal(0, looked_for()->until_utc_ms);
    answer_audit(3);
    press(INPUT_KEY_CHARACTER, 'b');
    assert_string_equal("orders", ui_screen_name(gallery.ui));
    gallery_close(&gallery);
}

static void test_audit__is_searched_by_words_and_says_when_it_cannot_be_read(void **state)
{
    (void)state;
    open_rows(SMALL);
    press(INPUT_KEY_CHARACTER, '/');
    gallery_type(&gallery, "缴费");
    assert_string_equal("缴费", looked_for()->text);
    assert_string_equal(",payment.paid,", looked_for()->actions);
    gallery_answer(&gallery, SERVICE_DESK_AUDIT, STATUS_BUSY, SERVICE_REASON_NONE, 0, NULL);
    assert_null(find("audit.row.0"));
    answer_audit(5);
    assert_null(find("audit.row.0")); /* no reply to anything asked */
    gallery_close(&gallery);
}

static void test_audit__unfolds_and_says_who_signed_over_what_was_shown(void **state)
{
    struct service_audit_signed *decision = &gallery.services.desk.audit_row.decision;
    char shown[128];
    (void)state;
    open_rows(LARGE);
    assert_int_equal(2, decision->count);
    (void)snprintf(shown, sizeof(shown), "%.4s %.4s %.4s … %.4s", decision->displayed,
                   decision->displayed + 4, decision->displayed + 8, decision->displayed + 60);
    assert_true(shows("审核通过"));
    assert_true(shows("登录密码，已签 2／2 人"));
    assert_true(shows("陈示范 10:23:48、林样例 10:24:30"));
    assert_true(shows(shown));
    decision->count = 1; /* the second is missing */
    press(INPUT_KEY_CHARACTER, 'x');
    assert_true(shows("登录密码，已签 1／2 人"));
    assert_null(find("audit.detail"));
    press(INPUT_KEY_ENTER, 0);
    assert_string_equal("待签名 → 可撤回", find("audit.detail")->label);
    press(INPUT_KEY_ENTER, 0);
    assert_null(find("audit.detail"));
    decision->action[0] = 0; /* a row of anything else */
    press(INPUT_KEY_CHARACTER, 'x');
    assert_false(shows("操作签名"));
    gallery_close(&gallery);
}

static void test_audit__rows_of_an_order_are_found_by_its_unit_and_phone(void **state)
{
    char wanted[64];
    (void)state;
    open_rows(LARGE);
    struct service_queue_line *line = &gallery.services.desk.recent[0];
    assert_true(text_copy(line->unit, sizeof(line->unit), "示例公司"));
    assert_true(text_copy(line->phone_tail, sizeof(line->phone_tail), "5431"));
    (void)snprintf(wanted, sizeof(wanted), ",%s,", line->order.id);
    gallery_tap(&gallery, "audit.search");
    gallery_type(&gallery, "5431");
    assert_string_equal(wanted, looked_for()->orders);
    gallery_type(&gallery, "9");
    assert_string_equal(",", looked_for()->orders);
    gallery_close(&gallery);
}

static void test_audit__who_and_where_stand_by_name(void **state)
{
    static const char *const actors[][3] = {{"", "", "系统"},
                                            {"uid:0", "root", "管理员 root"},
                                            {"uid:1000", "", "账户 1000"},
                                            {"陈示范", "", "陈示范"}};
    static const char *const places[][2] = {
        {"terminal-03", "03 号机"}, {"certctl", "管理端"}, {"desk-01", "desk-01"}};
    char words[AUDIT_WORDS_BYTES];
    char number[24];
    (void)state;
    open_rows(LARGE);
    for (size_t i = 0; i < sizeof(actors) / sizeof(actors[0]); i++) {
        audit_words_actor(gallery.ui, actors[i][0], actors[i][1], words);
        assert_string_equal(actors[i][2], words);
    }
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        audit_words_place(gallery.ui, places[i][0], words);
        assert_string_equal(places[i][1], words);
    }
    audit_words_number(1284567, number);
    assert_string_equal("1,284,567", number);
    audit_words_number(284, number);
    assert_string_equal("284", number);
    gallery_close(&gallery);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_audit__a_row_reads_as_words),
        cmocka_unit_test(test_audit__is_narrowed_by_keys_and_by_the_mouse),
        cmocka_unit_test(test_audit__a_menu_takes_everything_until_it_is_closed),
        cmocka_unit_test(test_audit__pages_stand_still_and_the_cursor_turns_them),
        cmocka_unit_test(test_audit__is_searched_by_words_and_says_when_it_cannot_be_read),
        cmocka_unit_test(test_audit__unfolds_and_says_who_signed_over_what_was_shown),
        cmocka_unit_test(test_audit__rows_of_an_order_are_found_by_its_unit_and_phone),
        cmocka_unit_test(test_audit__who_and_where_stand_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
