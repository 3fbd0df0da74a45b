/* The desk over scripted services: what a clerk's keys do, what bars approval, what goes back word for word;
 * and every page of the desk in the sizes a window can have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/text.h"
#include "tests/golden/gallery.h"
#include "tests/support/feature.h"

static const struct stage_look small = {"1280x720", 1280, 720, THEME_STANDARD},
                               large = {"1920x1080", 1920, 1080, THEME_STANDARD},
                               middle = {"1600x900", 1600, 900, THEME_STANDARD};

static const struct gallery_case *case_named(const char *name)
{
    for (size_t i = 0; i < gallery_case_count; i++)
        if (strcmp(gallery_cases[i].name, name) == 0)
            return &gallery_cases[i];
    fail_msg("no case %s", name);
    return NULL;
}

static void begin(struct gallery *gallery, const char *name, struct stage_look look)
{
    gallery_open(gallery, case_named(name), look, GALLERY_NORMAL);
}

static const struct widget *find(const struct gallery *gallery, const char *id)
{
    return widget_find(ui_tree(gallery->ui), id);
}

static bool is_pressable(const struct gallery *gallery, const char *id)
{
    const struct widget *w = find(gallery, id);
    return w != NULL && (w->state & WIDGET_TARGET) && !(w->state & WIDGET_DISABLED);
}

static void press(struct gallery *gallery, enum input_key key, int character)
{
    ui_handle(gallery->ui,
              &(struct input_event){.kind = INPUT_EVENT_KEY, .key = key, .character = character});
    gallery_wait(gallery, 500);
}

static uint64_t asked(const struct gallery *gallery, enum service_kind kind)
{
    return gallery->services.asked[kind];
}

/* --- sizes --------------------------------------------------------------------------------------------- */

static size_t count_faults(struct stage_look look, enum gallery_length length)
{
    size_t faults = 0;
    for (size_t i = 0; i < gallery_case_count; i++) {
        struct gallery gallery;
        if (!gallery_cases[i].is_desk)
            continue;
        gallery_open(&gallery, &gallery_cases[i], look, length);
        faults += gallery_faults(&gallery, &gallery_cases[i]);
        gallery_close(&gallery);
    }
    return faults;
}

/* 960x540 is this canvas at three quarters. */
static void test_desk__pages_are_sound_in_the_smallest_window(void **state)
{
    (void)state;
    assert_int_equal(0, count_faults(small, GALLERY_NORMAL));
    assert_int_equal(0, count_faults(small, GALLERY_LONGEST));
}

static void test_desk__pages_are_sound_in_between(void **state)
{
    (void)state;
    assert_int_equal(0, count_faults(middle, GALLERY_NORMAL));
    assert_int_equal(0, count_faults(middle, GALLERY_LONGEST));
}

/* --- seen ---------------------------------------------------------------------------------------------- */

static void test_desk__approval_waits_until_every_page_and_field_was_on_the_screen(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "review__case", small);
    struct service_case *opened = &gallery.services.desk.opened;
    for (size_t i = 0; i < opened->page_count; i++)
        opened->seen[i] = true;
    press(&gallery, INPUT_KEY_FUNCTION, 9);
    assert_int_equal(0, asked(&gallery, SERVICE_DESK_APPROVE));
    assert_false(is_pressable(&gallery, "review.approve"));
    for (int i = 0; i < 8 && is_pressable(&gallery, "fields.next"); i++)
        press(&gallery, INPUT_KEY_PAGE_DOWN, 0);
    assert_true(is_pressable(&gallery, "review.approve"));
    opened->seen[2] = false;
    press(&gallery, INPUT_KEY_FUNCTION, 9);
    assert_int_equal(0, asked(&gallery, SERVICE_DESK_APPROVE));
    opened->seen[2] = true;
    press(&gallery, INPUT_KEY_PAGE_UP, 0);
    press(&gallery, INPUT_KEY_FUNCTION, 9);
    FEATURE("F134");
    assert_int_not_equal(0, asked(&gallery, SERVICE_DESK_APPROVE));
    gallery_close(&gallery);
}

static void test_desk__a_value_that_is_cut_was_not_seen_before_it_is_in_hand(void **state)
{
    struct gallery gallery;
    (void)state;
    gallery_open(&gallery, case_named("review__case"), small, GALLERY_LONGEST);
    press(&gallery, INPUT_KEY_PAGE_UP, 0);
    assert_false(service_case_saw(&gallery.services.desk.opened, "company"));
    gallery_tap(&gallery, "item.field.company");
    press(&gallery, INPUT_KEY_PAGE_UP, 0);
    assert_true(service_case_saw(&gallery.services.desk.opened, "company"));
    assert_string_equal(form_values_get(&gallery.services.values, "company"),
                        find(&gallery, "review.value")->label);
    gallery_close(&gallery);
}

static void test_desk__a_check_that_was_not_made_has_no_tick(void **state)
{
    struct gallery gallery;
    size_t told = 0;
    (void)state;
    begin(&gallery, "review__case", large);
    const struct service_page *page = &gallery.services.desk.opened.pages[0];
    for (const struct widget *w = widget_tree_root(ui_tree(gallery.ui)); w != NULL; w = widget_next(w))
        told += w->kind == WIDGET_KIND_LABEL && strcmp(w->label, "未检") == 0;
    assert_int_equal(SERVICE_CHECK_NOT_COMPUTED, page->checks[page->check_count - 1].verdict);
    assert_int_equal(1, told);
    gallery_close(&gallery);
}

static void test_desk__no_mobile_number_stands_whole_before_it_is_revealed(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "review__case", large);
    assert_string_equal("13800000000", form_values_get(&gallery.services.desk.opened.values, "agent_mobile"));
    while (find(&gallery, "item.field.agent_mobile") == NULL)
        press(&gallery, INPUT_KEY_PAGE_DOWN, 0);
    gallery_tap(&gallery, "item.field.agent_mobile");
    assert_string_equal("138****0000", find(&gallery, "review.value")->label);
    assert_non_null(find(&gallery, "review.reveal"));
    gallery_close(&gallery);
}

static bool shows(const struct gallery *gallery, const char *words)
{
    for (const struct widget *w = widget_tree_root(ui_tree(gallery->ui)); w != NULL; w = widget_next(w))
        if (strcmp(w->label, words) == 0)
            return true;
    return false;
}

static void test_desk__what_a_register_says_stands_beside_the_field(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "review__compared", small);
    FEATURE("F067");
    assert_true(shows(&gallery, "单位登记：不一致"));
    gallery_tap(&gallery, "item.field.company");
    assert_true(shows(&gallery, "单位登记：一致"));
    gallery_close(&gallery);
    begin(&gallery, "review__case", small); /* nothing was compared */
    assert_null(find(&gallery, "review.finding"));
    gallery_close(&gallery);
}

enum { NAME_WIDE = 134, NAME_HIGH = 20 };

/* The name of a field as it is painted in a window of this size. */
static void read_name(struct stage_look look, uint32_t out[NAME_HIGH][NAME_WIDE])
{
    struct gallery gallery;
    begin(&gallery, "review__case", look);
    gallery_paint(&gallery);
    struct rect at = layout_to_window(ui_layout(gallery.ui), find(&gallery, "item.field.credit_code")->rect);
    for (int y = 0; y < NAME_HIGH; y++)
        for (int x = 0; x < NAME_WIDE; x++)
            out[y][x] = gallery.pixels[(at.y + (at.h - NAME_HIGH) / 2 + y) * look.width + at.x + x];
    gallery_close(&gallery);
}

static void test_desk__the_longest_name_of_a_field_is_whole_in_every_window(void **state)
{
    static uint32_t wide[NAME_HIGH][NAME_WIDE], narrower[NAME_HIGH][NAME_WIDE];
    (void)state;
    read_name(large, wide);
    read_name(middle, narrower);
    assert_memory_equal(wide, narrower, sizeof(wide));
    read_name(small, narrower);
    assert_memory_equal(wide, narrower, sizeof(wide));
}

static const char *shown_role(const struct gallery *gallery)
{
    for (const struct widget *w = widget_tree_root(ui_tree(gallery->ui)); w != NULL; w = widget_next(w))
        if (w->kind == WIDGET_KIND_NAV && w->value != NULL)
            return w->value;
    fail_msg("no nav column");
    return NULL;
}

static void test_desk__the_clerks_role_stands_below_the_name(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "audit__rows", large);
    assert_string_equal("审核员", shown_role(&gallery));
    gallery.services.desk.is_supervisor = true;
    press(&gallery, INPUT_KEY_FUNCTION, 1);
    assert_string_equal("主管", shown_role(&gallery));
    gallery_close(&gallery);
}

static void test_desk__every_page_of_the_column_has_a_key_of_its_own(void **state)
{
    struct gallery gallery;
    const char *keys[DESK_COUNT_];
    size_t count = 0;
    (void)state;
    begin(&gallery, "audit__rows", small);
    for (const struct widget *w = widget_tree_root(ui_tree(gallery.ui)); w != NULL; w = widget_next(w)) {
        if (w->kind != WIDGET_KIND_NAV_ITEM || strcmp(w->id, "nav.lock") == 0)
            continue;
        assert_non_null(w->shortcut);
        for (size_t i = 0; i < count; i++)
            assert_string_not_equal(keys[i], w->shortcut);
        keys[count++] = w->shortcut;
    }
    assert_int_equal(DESK_COUNT_ - 1, count); /* all but the page to sign in */
    ui_handle(gallery.ui, &(struct input_event){.kind = INPUT_EVENT_KEY,
                                                .key = INPUT_KEY_CHARACTER,
                                                .character = 'e',
                                                .modifiers = INPUT_MODIFIER_CTRL});
    gallery_wait(&gallery, 500);
    assert_true(find(&gallery, "nav.certificates")->state & WIDGET_SELECTED);
    gallery_close(&gallery);
}

/* --- keys ---------------------------------------------------------------------------------------------- */

static void test_desk__numbers_turn_pages_until_reasons_are_chosen(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "review__ready", large);
    press(&gallery, INPUT_KEY_CHARACTER, '2');
    assert_string_equal("page.licence", find(&gallery, "page.licence")->id);
    assert_true(find(&gallery, "page.licence")->state & WIDGET_SELECTED);
    press(&gallery, INPUT_KEY_FUNCTION, 10);
    press(&gallery, INPUT_KEY_CHARACTER, '3');
    assert_true(find(&gallery, "page.licence")->state & WIDGET_SELECTED);
    press(&gallery, INPUT_KEY_FUNCTION, 10);
    assert_int_equal(1, gallery.services.rejected.count);
    assert_string_equal("licence", gallery.services.rejected.item[0].item);
    assert_string_equal(gallery.catalogue->products[0]->reasons[2].text,
                        gallery.services.rejected.item[0].reason);
    gallery_close(&gallery);
}

static void test_desk__own_words_go_behind_the_reason_word_for_word(void **state)
{
    struct gallery gallery;
    char wanted[ORDER_REASON_BYTES];
    (void)state;
    begin(&gallery, "review__reasons", small);
    gallery_tap(&gallery, "review.reject");
    const struct order_rejections *sent = &gallery.services.rejected;
    assert_int_equal(2, sent->count);
    assert_int_equal(ORDER_ITEM_FIELD, sent->item[1].kind);
    assert_string_equal("credit_code", sent->item[1].item);
    (void)snprintf(wanted, sizeof(wanted), "%s。第 9 位起照营业执照改",
                   gallery.catalogue->products[0]->reasons[8].text);
    assert_string_equal(wanted, sent->item[1].reason);
    gallery_close(&gallery);
}

static void test_desk__nothing_goes_back_without_a_reason(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "review__ready", large);
    press(&gallery, INPUT_KEY_FUNCTION, 10);
    press(&gallery, INPUT_KEY_FUNCTION, 10);
    FEATURE("F136");
    assert_int_equal(0, asked(&gallery, SERVICE_DESK_REJECT));
    gallery_close(&gallery);
}

static void test_desk__a_case_is_put_aside_with_a_note_only(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "review__ready", large);
    press(&gallery, INPUT_KEY_FUNCTION, 11);
    press(&gallery, INPUT_KEY_ENTER, 0);
    assert_int_equal(0, asked(&gallery, SERVICE_DESK_HOLD));
    press(&gallery, INPUT_KEY_FUNCTION, 9); /* nothing behind a dialog is pressed */
    assert_int_equal(0, asked(&gallery, SERVICE_DESK_APPROVE));
    gallery_type(&gallery, "等授权书");
    press(&gallery, INPUT_KEY_ENTER, 0);
    assert_int_not_equal(0, asked(&gallery, SERVICE_DESK_HOLD));
    assert_null(find(&gallery, "ask.words"));
    gallery_close(&gallery);
}

static void test_desk__a_field_in_hand_brings_the_form_into_the_viewer(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "review__ready", large);
    press(&gallery, INPUT_KEY_CHARACTER, '2');
    gallery_tap(&gallery, "item.field.credit_code");
    assert_true(find(&gallery, "page.application")->state & WIDGET_SELECTED);
    FEATURE("F071");
    assert_true(find(&gallery, "item.field.credit_code")->state & WIDGET_SELECTED);
    gallery_close(&gallery);
}

/* --- money --------------------------------------------------------------------------------------------- */

static void type_second(struct gallery *gallery)
{
    gallery_tap(gallery, "give_up.second");
    gallery_type(gallery, "lin");
    gallery_tap(gallery, "give_up.password");
    gallery_type(gallery, "zhanghao-2026");
}

static void test_desk__an_order_is_given_up_for_a_reason_and_by_two_only(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "orders__desk", small);
    gallery_tap(&gallery, "order.give_up");
    gallery_tap(&gallery, "give_up.yes");
    assert_int_equal(0, asked(&gallery, SERVICE_DESK_GIVE_UP));
    gallery_tap(&gallery, "give_up.reason.key");
    gallery_tap(&gallery, "give_up.yes");
    assert_int_equal(0, asked(&gallery, SERVICE_DESK_GIVE_UP));
    type_second(&gallery);
    gallery_tap(&gallery, "give_up.yes");
    assert_int_not_equal(0, asked(&gallery, SERVICE_DESK_GIVE_UP));
    assert_string_equal("Key 写不成", gallery.services.reason);
    gallery_close(&gallery);
}

static void test_desk__a_stuck_order_is_closed_with_own_words_and_by_two_only(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "orders__desk-force", small);
    assert_null(find(&gallery, "give_up.reason.asked"));
    type_second(&gallery);
    gallery_tap(&gallery, "give_up.yes");
    assert_int_equal(0, asked(&gallery, SERVICE_DESK_GIVE_UP));
    gallery_tap(&gallery, "give_up.own");
    gallery_type(&gallery, "写不成");
    gallery_tap(&gallery, "give_up.yes");
    assert_int_not_equal(0, asked(&gallery, SERVICE_DESK_GIVE_UP));
    assert_int_equal(0, asked(&gallery, SERVICE_DESK_CLOSE));
    assert_string_equal("写不成", gallery.services.reason);
    gallery_close(&gallery);
}

static void test_desk__a_refused_refund_stands_first_and_is_asked_for_again(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "orders__desk", small);
    gallery_tap(&gallery, "orders.row.0");
    assert_null(find(&gallery, "order.give_up"));
    gallery_tap(&gallery, "order.refund_retry");
    assert_int_not_equal(0, asked(&gallery, SERVICE_DESK_REFUND_RETRY));
    gallery_close(&gallery);
}

/* --- parcels ------------------------------------------------------------------------------------------- */

static void test_desk__a_parcel_is_made_then_sent_under_a_number_that_was_typed(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "parcels__wished", small);
    assert_null(find(&gallery, "parcels.send"));
    gallery_tap(&gallery, "parcels.make");
    assert_int_not_equal(0, asked(&gallery, SERVICE_DESK_MAKE));
    gallery_tap(&gallery, "parcels.row.1");
    assert_null(find(&gallery, "parcels.make"));
    gallery_tap(&gallery, "parcels.send");
    assert_int_equal(0, asked(&gallery, SERVICE_DESK_SEND));
    gallery_tap(&gallery, "parcels.number");
    gallery_type(&gallery, "SF1234567890123");
    gallery_tap(&gallery, "parcels.send");
    assert_int_not_equal(0, asked(&gallery, SERVICE_DESK_SEND));
    assert_string_equal("SF1234567890123", gallery.services.reason);
    gallery_close(&gallery);
}

static void test_desk__only_a_message_that_is_over_is_sent_again(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "parcels__sms", small);
    gallery_tap(&gallery, "parcels.again");
    assert_int_not_equal(0, asked(&gallery, SERVICE_DESK_NOTICE_AGAIN));
    gallery_tap(&gallery, "parcels.row.1");
    assert_null(find(&gallery, "parcels.again"));
    gallery_close(&gallery);
}

/* --- certificates that end soon ------------------------------------------------------------------------ */

static void test_desk__a_holder_is_reminded_once_and_called_where_no_message_goes(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "certificates__ending", small);
    gallery_tap(&gallery, "certificates.remind");
    assert_int_not_equal(0, asked(&gallery, SERVICE_DESK_REMIND));
    gallery_tap(&gallery, "certificates.row.1");
    assert_null(find(&gallery, "certificates.remind"));
    gallery_tap(&gallery, "certificates.row.3");
    assert_null(find(&gallery, "certificates.remind"));
    FEATURE("F189");
    assert_non_null(find(&gallery, "certificates.call"));
    gallery_close(&gallery);
}

/* --- rows ---------------------------------------------------------------------------------------------- */

static const struct widget *row_of(const struct gallery *gallery, const char *page, int index)
{
    char id[48];
    (void)snprintf(id, sizeof(id), "%s.row.%d", page, index);
    return find(gallery, id);
}

static bool is_in_hand(const struct gallery *gallery, const char *page, int index)
{
    const struct widget *row = row_of(gallery, page, index);
    return row != NULL && (row->state & WIDGET_SELECTED);
}

static void turn_wheel(struct gallery *gallery, const char *id, int steps)
{
    struct rect at = layout_to_window(ui_layout(gallery->ui), find(gallery, id)->rect);
    ui_handle(gallery->ui,
              &(struct input_event){
                  .kind = INPUT_EVENT_WHEEL, .x = at.x + at.w / 2, .y = at.y + at.h / 2, .steps = steps});
    gallery_wait(gallery, 500);
}

static void test_desk__every_list_moves_by_the_same_keys(void **state)
{
    static const char *const lists[][2] = {{"money", "money__desk"},
                                           {"invoices", "invoices__desk"},
                                           {"orders", "orders__desk"},
                                           {"parcels", "parcels__wished"},
                                           {"units", "units__list"}};
    (void)state;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        const char *page = lists[i][0];
        struct gallery gallery;
        int last = 0;
        begin(&gallery, lists[i][1], large);
        while (row_of(&gallery, page, last + 1) != NULL)
            last++;
        press(&gallery, INPUT_KEY_PAGE_DOWN, 0);
        press(&gallery, INPUT_KEY_PAGE_DOWN, 0);
        assert_true(last > 0 && is_in_hand(&gallery, page, last));
        press(&gallery, INPUT_KEY_UP, 0);
        assert_true(is_in_hand(&gallery, page, last - 1));
        press(&gallery, INPUT_KEY_PAGE_UP, 0);
        assert_true(is_in_hand(&gallery, page, 0));
        turn_wheel(&gallery, page, -1);
        assert_true(is_in_hand(&gallery, page, 1));
        press(&gallery, INPUT_KEY_CHARACTER, '/');
        assert_non_null(ui_focused(gallery.ui));
        press(&gallery, INPUT_KEY_UP, 0);
        assert_true(is_in_hand(&gallery, page, 0));
        gallery_close(&gallery);
    }
}

static void test_desk__the_row_in_hand_shows_after_a_page(void **state)
{
    struct gallery gallery;
    int rows = 0;
    (void)state;
    begin(&gallery, "money__desk", small);
    struct service_desk *desk = &gallery.services.desk;
    for (; desk->money_count < SERVICE_QUEUE_MAX; desk->money_count++) {
        struct service_queue_line *line = &desk->money[desk->money_count];
        *line = desk->money[1];
        (void)snprintf(line->order.id, sizeof(line->order.id), "more-%zu", desk->money_count);
    }
    gallery_tap(&gallery, "money.row.0");
    while (row_of(&gallery, "money", rows) != NULL)
        rows++;
    assert_true(rows > 1 && rows < SERVICE_QUEUE_MAX / 2);
    press(&gallery, INPUT_KEY_PAGE_DOWN, 0);
    assert_true(is_in_hand(&gallery, "money", rows));
    assert_null(row_of(&gallery, "money", 0));
    assert_non_null(row_of(&gallery, "money", 1));
    for (int i = 0; i < rows; i++)
        press(&gallery, INPUT_KEY_UP, 0);
    assert_true(is_in_hand(&gallery, "money", 0));
    assert_null(row_of(&gallery, "money", rows));
    gallery_close(&gallery);
}

static void test_desk__no_row_comes_into_hand_from_an_empty_list_or_another_table(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "money__desk-empty", large);
    press(&gallery, INPUT_KEY_PAGE_DOWN, 0);
    press(&gallery, INPUT_KEY_DOWN, 0);
    assert_null(row_of(&gallery, "money", 0));
    gallery_close(&gallery);
    begin(&gallery, "units__list", large);
    turn_wheel(&gallery, "proofs", -1);
    assert_true(is_in_hand(&gallery, "units", 0));
    gallery_close(&gallery);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_desk__pages_are_sound_in_the_smallest_window),
        cmocka_unit_test(test_desk__pages_are_sound_in_between),
        cmocka_unit_test(test_desk__approval_waits_until_every_page_and_field_was_on_the_screen),
        cmocka_unit_test(test_desk__a_value_that_is_cut_was_not_seen_before_it_is_in_hand),
        cmocka_unit_test(test_desk__a_check_that_was_not_made_has_no_tick),
        cmocka_unit_test(test_desk__no_mobile_number_stands_whole_before_it_is_revealed),
        cmocka_unit_test(test_desk__what_a_register_says_stands_beside_the_field),
        cmocka_unit_test(test_desk__the_clerks_role_stands_below_the_name),
        cmocka_unit_test(test_desk__the_longest_name_of_a_field_is_whole_in_every_window),
        cmocka_unit_test(test_desk__every_page_of_the_column_has_a_key_of_its_own),
        cmocka_unit_test(test_desk__numbers_turn_pages_until_reasons_are_chosen),
        cmocka_unit_test(test_desk__own_words_go_behind_the_reason_word_for_word),
        cmocka_unit_test(test_desk__nothing_goes_back_without_a_reason),
        cmocka_unit_test(test_desk__a_case_is_put_aside_with_a_note_only),
        cmocka_unit_test(test_desk__a_field_in_hand_brings_the_form_into_the_viewer),
        cmocka_unit_test(test_desk__a_parcel_is_made_then_sent_under_a_number_that_was_typed),
        cmocka_unit_test(test_desk__a_holder_is_reminded_once_and_called_where_no_message_goes),
        cmocka_unit_test(test_desk__only_a_message_that_is_over_is_sent_again),
        cmocka_unit_test(test_desk__every_list_moves_by_the_same_keys),
        cmocka_unit_test(test_desk__the_row_in_hand_shows_after_a_page),
        cmocka_unit_test(test_desk__no_row_comes_into_hand_from_an_empty_list_or_another_table),
        cmocka_unit_test(test_desk__an_order_is_given_up_for_a_reason_and_by_two_only),
        cmocka_unit_test(test_desk__a_stuck_order_is_closed_with_own_words_and_by_two_only),
        cmocka_unit_test(test_desk__a_refused_refund_stands_first_and_is_asked_for_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
