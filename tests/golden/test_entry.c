/* The form as an applicant fills it, over scripted services: what the keyboard leaves of it, where 下一项
 * leads, what tabs, errors and rejections say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/gallery_person.h"
#include "tests/support/feature.h"

static const struct gallery_case *case_named(const char *name)
{
    for (size_t i = 0; i < gallery_case_count; i++)
        if (strcmp(gallery_cases[i].name, name) == 0)
            return &gallery_cases[i];
    fail_msg("no case %s", name);
    return NULL;
}

static void begin(struct gallery *gallery, const char *name, size_t look)
{
    gallery_open(gallery, case_named(name), stage_looks[look], GALLERY_NORMAL);
}

static const struct widget *find(const struct gallery *gallery, const char *id)
{
    return widget_find(ui_tree(gallery->ui), id);
}

static bool shows(const struct gallery *gallery, const char *words)
{
    for (const struct widget *w = widget_tree_root(ui_tree(gallery->ui)); w != NULL; w = widget_next(w))
        if (strstr(w->label, words) != NULL)
            return true;
    return false;
}

static bool can_fill(const struct gallery *gallery, const char *id)
{
    const struct widget *w = find(gallery, id);
    assert_non_null(w);
    return (w->state & WIDGET_EDITABLE) != 0;
}

/* --- the keyboard and the rows ------------------------------------------------------------------------- */

enum { FIELDS_MOST = 16, ID_BYTES = 64 };

/* What can be filled on this page, with the rows' places. */
struct page {
    char id[FIELDS_MOST][ID_BYTES];
    int y[FIELDS_MOST];
    size_t count;
    int top; /* of the first row */
};

static struct page read_page(const struct gallery *gallery)
{
    struct page page = {.top = 10000};
    for (const struct widget *w = widget_tree_root(ui_tree(gallery->ui)); w != NULL; w = widget_next(w)) {
        if (w->kind != WIDGET_KIND_FIELD)
            continue;
        page.top = w->rect.y < page.top ? w->rect.y : page.top;
        if ((w->state & WIDGET_EDITABLE) == 0 || page.count == FIELDS_MOST)
            continue;
        (void)snprintf(page.id[page.count], ID_BYTES, "%s", w->id);
        page.y[page.count++] = w->rect.y;
    }
    return page;
}

/* Fields above this one that are whole: below the bars, above the keyboard. */
static size_t whole_above(const struct gallery *gallery, const struct widget *focus)
{
    struct rect free = ui_free_area(gallery->ui);
    size_t count = 0;
    for (const struct widget *w = widget_tree_root(ui_tree(gallery->ui)); w != NULL; w = widget_next(w))
        if (w->kind == WIDGET_KIND_FIELD && w->rect.y + w->rect.h < focus->rect.y && w->rect.y > free.y)
            count++;
    return count;
}

static void check_focus(struct gallery *gallery, const char *id, bool first_row)
{
    gallery_tap(gallery, id);
    assert_string_equal(ui_focused(gallery->ui), id);
    const struct widget *w = find(gallery, id);
    struct rect free = ui_free_area(gallery->ui);
    assert_non_null(w);
    assert_true(free.h < ui_layout(gallery->ui)->height);
    assert_true(w->rect.y > free.y && w->rect.y + w->rect.h <= free.y + free.h);
    assert_true(w->rect.h >= 88);
    assert_true(first_row || whole_above(gallery, w) > 0);
    gallery_tap(gallery, find(gallery, "key.hide") != NULL ? "key.hide" : "key.next");
}

static void test_entry__focus_and_the_row_before_it_stand_above_the_keyboard_in_every_look(void **state)
{
    static const char *const tabs[] = {"form.tab.certificate", "form.tab.unit", "form.tab.agent",
                                       "form.tab.invoice"};
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        struct gallery gallery;
        begin(&gallery, "form__filled", look);
        for (size_t tab = 0; tab < sizeof(tabs) / sizeof(tabs[0]); tab++) {
            gallery_tap(&gallery, tabs[tab]);
            bool first_page = true;
            do {
                struct page page = read_page(&gallery);
                for (size_t i = 0; i < page.count; i++)
                    check_focus(&gallery, page.id[i], first_page && page.y[i] == page.top);
                first_page = false;
                if (strcmp(find(&gallery, "bar.next")->label, "下一页") != 0)
                    break;
                gallery_tap(&gallery, "bar.next");
            } while (true);
        }
        gallery_close(&gallery);
    }
}

/* --- going on ------------------------------------------------------------------------------------------ */

static void test_entry__next_goes_to_what_is_empty_and_round_the_end(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__error",
          0); /* website, agent_email, mailing_street are empty, office_phone is wrong */
    gallery_tap(&gallery, "form.website");
    gallery_type(&gallery, "无");
    gallery_tap(&gallery, "key.next");
    assert_string_equal(ui_focused(gallery.ui), "form.agent_email");
    gallery_type(&gallery, "wxx@example.com");
    gallery_tap(&gallery, "key.next");
    assert_string_equal(ui_focused(gallery.ui), "form.mailing_street");
    gallery_type(&gallery, "示例路 1 号");
    gallery_tap(&gallery, "key.next");
    assert_string_equal(ui_focused(gallery.ui), "form.office_phone");
    gallery_tap(&gallery, "key.clear");
    gallery_type(&gallery, "023-62000001");
    gallery_tap(&gallery, "key.next");
    assert_null(ui_focused(gallery.ui));
    gallery_close(&gallery);
}

static void test_entry__next_opens_the_list_of_a_value_that_is_chosen_and_goes_on(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__error", 0); /* website, agent_email and mailing_street are empty */
    assert_int_equal(STATUS_OK, form_values_set(&gallery.services.values, "mailing_region", ""));
    gallery_screen(&gallery, SCREEN_FORM);
    gallery_tap(&gallery, "form.tab.agent");
    gallery_tap(&gallery, "form.agent_email");
    gallery_type(&gallery, "wxx@example.com");
    gallery_tap(&gallery, "key.next");
    FEATURE("F075");
    assert_true(shows(&gallery, "先选省、自治区或直辖市"));
    assert_string_equal("北京市", find(&gallery, "pick.0")->label);
    gallery_tap(&gallery, "pick.2");
    assert_true(shows(&gallery, "河北省"));
    gallery_tap(&gallery, "bar.back"); /* another province */
    gallery_tap(&gallery, "pages.next");
    gallery_tap(&gallery, "pick.33"); /* 澳门特别行政区 has no places */
    assert_string_equal("澳门特别行政区", form_values_get(&gallery.services.values, "mailing_region"));
    assert_string_equal("form.mailing_street", ui_focused(gallery.ui));
    gallery_close(&gallery);
}

static void test_entry__a_list_that_is_left_changes_nothing(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__provinces", 0);
    const char *before = form_values_get(&gallery.services.values, "mailing_region");
    char kept[128];
    (void)snprintf(kept, sizeof(kept), "%s", before);
    gallery_tap(&gallery, "bar.back");
    assert_null(find(&gallery, "pick.0"));
    assert_string_equal(kept, find(&gallery, "form.mailing_region")->value);
    assert_null(ui_focused(gallery.ui));
    gallery_close(&gallery);
}

static void test_entry__tabs_say_what_is_done_wrong_and_missing(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__error", 0);
    assert_string_equal(find(&gallery, "form.tab.certificate")->value, "已填完");
    assert_string_equal(find(&gallery, "form.tab.unit")->value, "1 项有误");
    assert_string_equal(find(&gallery, "form.tab.agent")->value, "待填 2 项");
    FEATURE("F063");
    assert_string_equal(find(&gallery, "form.tab.invoice")->value, "选填");
    gallery_close(&gallery);
}

/* Pixels of this colour in the bar over the keyboard. */
static size_t in_group_bar(struct gallery *gallery, enum theme_color color)
{
    gallery_paint(gallery);
    struct rect at = layout_to_window(ui_layout(gallery->ui), find(gallery, "bar.group")->rect);
    uint32_t wanted = theme_color(gallery->look.theme, color) & 0xffffff;
    size_t count = 0;
    for (int y = at.y; y < at.y + at.h; y++)
        for (int x = at.x; x < at.x + at.w; x++)
            count += (gallery->pixels[y * gallery->look.width + x] & 0xffffff) == wanted;
    return count;
}

static void test_entry__bar_over_the_keyboard_is_green_for_groups_found_right_alone(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__error", 0); /* 证书信息 is right, 单位信息 is not, 经办人 is open */
    gallery_tap(&gallery, "form.tab.agent");
    gallery_tap(&gallery, "form.agent_email");
    assert_string_equal(find(&gallery, "bar.group")->label, "经办人信息");
    size_t right = in_group_bar(&gallery, THEME_COLOR_JADE600);
    size_t wrong = in_group_bar(&gallery, THEME_COLOR_SEAL600);
    assert_true(wrong > 0 && right > wrong && right < 2 * wrong); /* one whole and one broken segment */
    gallery_close(&gallery);
    begin(&gallery, "form__empty", 0); /* nothing is right because it lies before */
    gallery_tap(&gallery, "form.tab.agent");
    gallery_tap(&gallery, "form.agent_email");
    assert_int_equal(0, in_group_bar(&gallery, THEME_COLOR_JADE600));
    gallery_close(&gallery);
}

static void test_entry__group_with_a_mistake_is_not_called_filled_over_the_keyboard(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__filled", 0);
    gallery_tap(&gallery, "form.agent_email");
    assert_string_equal(find(&gallery, "bar.group")->value, "已填完");
    gallery_tap(&gallery, "key.clear");
    gallery_type(&gallery, "wxx@example");
    gallery_tap(&gallery, "form.agent_name");
    assert_string_equal(find(&gallery, "bar.group")->value, "1 项有误");
    gallery_close(&gallery);
}

/* --- values -------------------------------------------------------------------------------------------- */

static void test_entry__masked_value_is_shown_for_5_s(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__revealed", 0); /* a second has passed */
    assert_string_equal(find(&gallery, "form.legal_id")->value, "500108197003030018");
    gallery_wait(&gallery, 3000);
    assert_string_equal(find(&gallery, "form.legal_id")->value, "500108197003030018");
    gallery_wait(&gallery, 2000);
    assert_string_equal(find(&gallery, "form.legal_id")->value, "500***********0018");
    gallery_close(&gallery);
}

static void test_entry__number_in_groups_keeps_its_plain_value(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__digits", 0);
    gallery_tap(&gallery, "key.backspace");
    gallery_tap(&gallery, "key.hide");
    assert_string_equal(find(&gallery, "form.agent_mobile")->value, "1380000000");
    assert_string_equal(form_values_get(&gallery.services.values, "agent_mobile"), "1380000000");
    gallery_close(&gallery);
}

static void test_entry__wrong_value_is_said_when_the_form_opens_again(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__first_error", 0);
    assert_true((find(&gallery, "form.credit_code")->state & WIDGET_ERROR) != 0);
    gallery_screen(&gallery, SCREEN_FORM);
    assert_true((find(&gallery, "form.credit_code")->state & WIDGET_ERROR) != 0);
    assert_true((find(&gallery, "form.company")->state & WIDGET_ERROR) == 0);
    gallery_close(&gallery);
}

/* --- errors and rejections ----------------------------------------------------------------------------- */

static void test_entry__errors_are_listed_with_their_fields(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        struct gallery gallery;
        begin(&gallery, "form__errors", look);
        assert_true(shows(&gallery, "还差 1 项，要改 6 项"));
        assert_true(shows(&gallery, "统一社会信用代码"));
        assert_true(shows(&gallery, "少 2 位，应为 18 位"));
        assert_true(shows(&gallery, "还没填"));
        assert_false(shows(&gallery, "还有"));
        gallery_tap(&gallery, "errors.mend");
        assert_null(find(&gallery, "errors.mend"));
        assert_non_null(find(&gallery, "form.credit_code")); /* the first stands there */
        gallery_close(&gallery);
    }
}

static void test_entry__errors_without_room_in_the_list_are_counted(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__empty", 0);
    gallery_tap(&gallery, "form.tab.invoice");
    gallery_tap(&gallery, "bar.next");
    assert_true(shows(&gallery, "还差 15 项没填"));
    assert_true(shows(&gallery, "还有 6 项"));
    gallery_close(&gallery);
}

/* What nobody has typed yet is no mistake. */
static void test_entry__what_is_empty_is_missing_and_not_wrong(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        struct gallery gallery;
        begin(&gallery, "form__empty", look);
        gallery_tap(&gallery, "form.tab.invoice");
        for (int i = 0; i < 20 && find(&gallery, "errors.mend") == NULL; i++)
            gallery_tap(&gallery, "bar.next");
        assert_true(shows(&gallery, "还差 15 项没填"));
        assert_false(shows(&gallery, "要修改") || shows(&gallery, "有误"));
        gallery_tap(&gallery, "errors.mend");
        assert_false(shows(&gallery, "有误"));
        assert_true(look > 0 || strcmp("待填 2 项", find(&gallery, "form.tab.certificate")->value) == 0);
        gallery_close(&gallery);
    }
}

static void test_entry__two_fields_of_one_label_are_told_apart(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__filled", 0);
    assert_int_equal(STATUS_OK, form_values_set(&gallery.services.values, "legal_id", "11010119900307"));
    assert_int_equal(STATUS_OK, form_values_set(&gallery.services.values, "agent_id", ""));
    gallery_screen(&gallery, SCREEN_FORM);
    gallery_tap(&gallery, "form.tab.invoice");
    gallery_tap(&gallery, "bar.next");
    assert_true(shows(&gallery, "还差 1 项，要改 1 项"));
    assert_true(shows(&gallery, "单位信息·身份证号码") && shows(&gallery, "经办人信息·身份证号码"));
    gallery_close(&gallery);
}

static void test_entry__only_what_was_rejected_can_be_changed(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__rejected", 0);
    assert_true(can_fill(&gallery, "form.legal_name"));
    assert_false(can_fill(&gallery, "form.legal_id"));
    assert_false(can_fill(&gallery, "form.website"));
    gallery_tap(&gallery, "form.legal_name");
    gallery_tap(&gallery, "key.next"); /* edited or not, the other rejected field is next */
    assert_string_equal(ui_focused(gallery.ui), "form.agent_email");
    gallery_close(&gallery);
}

static void test_entry__what_a_register_says_is_no_mistake(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__compared", 0);
    FEATURE("F067");
    assert_true(shows(&gallery, "和单位登记不一致"));
    assert_false(find(&gallery, "form.legal_name")->state & WIDGET_ERROR);
    gallery_close(&gallery);
    begin(&gallery, "form__compared-same", 0);
    assert_true(shows(&gallery, "已和单位登记核对，一致"));
    gallery_close(&gallery);
    begin(&gallery, "form__compared-unknown", 0);
    assert_true(
        shows(&gallery, "无法通过单位验证，请打客户热线 400-023-5888")); /* in the authority's words */
    gallery_close(&gallery);
    begin(&gallery, "form__error", 0); /* nothing was compared */
    assert_false(shows(&gallery, "单位登记"));
    gallery_close(&gallery);
}

/* --- the summary --------------------------------------------------------------------------------------- */

static void until_confirm(struct gallery *gallery)
{
    for (int i = 0; strcmp(find(gallery, "bar.next")->label, "内容无误，去打印") != 0; i++) {
        assert_true(i < 12);
        gallery_tap(gallery, "bar.next");
    }
}

static void test_entry__summary_shows_every_value_and_a_way_to_each_block(void **state)
{
    static const char *const blocks[] = {"certificate", "unit", "agent", "invoice"};
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        struct gallery gallery;
        bool seen[4] = {false};
        bool mail = false;
        size_t values = 0;
        begin(&gallery, "form__summary", look);
        for (int page = 0; page < 12; page++) {
            for (const struct widget *w = widget_tree_root(ui_tree(gallery.ui)); w != NULL;
                 w = widget_next(w))
                values += strncmp(w->id, "summary.", 8) == 0 && strncmp(w->id, "summary.mend.", 13) != 0;
            mail = mail || find(&gallery, "summary.agent_email") != NULL;
            for (size_t i = 0; i < 4; i++) {
                char id[ID_BYTES];
                (void)snprintf(id, sizeof(id), "summary.mend.%s", blocks[i]);
                seen[i] = seen[i] || find(&gallery, id) != NULL;
            }
            if (strcmp(find(&gallery, "bar.next")->label, "下一页") != 0)
                break;
            gallery_tap(&gallery, "bar.next");
        }
        size_t shown = 0;
        const struct product *product = gallery.services.visit.product;
        const struct form *form = product_operation_form(product, gallery.services.visit.operation);
        for (size_t i = 0; i < form->field_count; i++)
            shown += !form->fields[i].hidden;
        assert_int_equal(shown, values);
        FEATURE("F074");
        assert_true(mail);
        FEATURE("F084");
        assert_true(seen[0] && seen[1] && seen[2] && seen[3]);
        assert_string_equal(find(&gallery, "bar.next")->label, "内容无误，去打印");
        gallery_close(&gallery);
    }
}

static void test_entry__mended_block_leads_back_to_the_summary_and_not_with_a_mistake(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__summary_mended", 0);
    FEATURE("F084");
    assert_string_equal(find(&gallery, "bar.next")->label, "改好了，回去核对");
    gallery_tap(&gallery, "form.company");
    gallery_tap(&gallery, "key.clear");
    gallery_tap(&gallery, "key.hide");
    gallery_tap(&gallery, "bar.next");
    assert_non_null(find(&gallery, "errors.mend")); /* nothing to be confirmed yet */
    gallery_tap(&gallery, "errors.mend");
    gallery_tap(&gallery, "form.company");
    gallery_type(&gallery, "重庆示例改名有限公司");
    gallery_tap(&gallery, "key.hide");
    gallery_tap(&gallery, "bar.next");
    assert_string_equal(find(&gallery, "summary.company")->label, "重庆示例改名有限公司");
    until_confirm(&gallery);
    gallery_tap(&gallery, "bar.next");
    gallery_answer(&gallery, SERVICE_ORDER_SAVE, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
    assert_true((find(&gallery, "bar.next")->state & WIDGET_BUSY) != 0);
    gallery_answer(&gallery, SERVICE_ORDER_EVENT, STATUS_REFUSED, SERVICE_REASON_FORM_FAULTY, 1, NULL);
    assert_true(shows(&gallery, "还有 1 项没填对"));
    gallery_close(&gallery);
}

/* --- where things stand ------------------------------------------------------------------------------- */

static int row_of(const struct gallery *gallery, const char *id)
{
    const struct widget *w = find(gallery, id);
    assert_non_null(w);
    return w->rect.y;
}

static void test_entry__rows_stand_as_in_the_picture_with_a_mistake_in_the_last_one_too(void **state)
{
    enum { PITCH = 186 };
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__error", 0);
    assert_int_equal(PITCH, row_of(&gallery, "form.legal_id") - row_of(&gallery, "form.legal_name"));
    assert_int_equal(PITCH, row_of(&gallery, "form.office_phone") - row_of(&gallery, "form.legal_id"));
    assert_true((find(&gallery, "form.office_phone")->state & WIDGET_ERROR) != 0);
    gallery_close(&gallery);
}

static void test_entry__reading_the_card_is_offered_beside_the_title_where_it_has_room(void **state)
{
    struct gallery gallery;
    (void)state;
    begin(&gallery, "form__card", 0);
    assert_string_equal(find(&gallery, "form.card")->label, "放身份证，自动填写");
    assert_int_equal(212, row_of(&gallery, "form.card"));
    gallery_close(&gallery);
    begin(&gallery, "form__card", 3);
    assert_string_equal(find(&gallery, "form.card")->label, "读身份证");
    assert_int_equal(row_of(&gallery, "bar.next"), row_of(&gallery, "form.card"));
    gallery_close(&gallery);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entry__rows_stand_as_in_the_picture_with_a_mistake_in_the_last_one_too),
        cmocka_unit_test(test_entry__reading_the_card_is_offered_beside_the_title_where_it_has_room),
        cmocka_unit_test(test_entry__focus_and_the_row_before_it_stand_above_the_keyboard_in_every_look),
        cmocka_unit_test(test_entry__next_goes_to_what_is_empty_and_round_the_end),
        cmocka_unit_test(test_entry__next_opens_the_list_of_a_value_that_is_chosen_and_goes_on),
        cmocka_unit_test(test_entry__a_list_that_is_left_changes_nothing),
        cmocka_unit_test(test_entry__tabs_say_what_is_done_wrong_and_missing),
        cmocka_unit_test(test_entry__bar_over_the_keyboard_is_green_for_groups_found_right_alone),
        cmocka_unit_test(test_entry__group_with_a_mistake_is_not_called_filled_over_the_keyboard),
        cmocka_unit_test(test_entry__masked_value_is_shown_for_5_s),
        cmocka_unit_test(test_entry__number_in_groups_keeps_its_plain_value),
        cmocka_unit_test(test_entry__wrong_value_is_said_when_the_form_opens_again),
        cmocka_unit_test(test_entry__errors_are_listed_with_their_fields),
        cmocka_unit_test(test_entry__what_is_empty_is_missing_and_not_wrong),
        cmocka_unit_test(test_entry__two_fields_of_one_label_are_told_apart),
        cmocka_unit_test(test_entry__errors_without_room_in_the_list_are_counted),
        cmocka_unit_test(test_entry__only_what_was_rejected_can_be_changed),
        cmocka_unit_test(test_entry__what_a_register_says_is_no_mistake),
        cmocka_unit_test(test_entry__summary_shows_every_value_and_a_way_to_each_block),
        cmocka_unit_test(test_entry__mended_block_leads_back_to_the_summary_and_not_with_a_mistake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
