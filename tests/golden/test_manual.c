/* The manual of each page, which stands over it while a clerk is called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/screens/help.h"
#include "tests/golden/gallery.h"
#include "tests/support/feature.h"

enum { STEPS_LEAST = 3, STEPS_MOST = 5 };

static struct gallery gallery;

static const struct gallery_case *find_case(const char *name)
{
    for (size_t i = 0; i < gallery_case_count; i++)
        if (strcmp(gallery_cases[i].name, name) == 0)
            return &gallery_cases[i];
    fail_msg("no case %s", name);
    return NULL;
}

static void open(const char *name, size_t look)
{
    const struct gallery_case *which = find_case(name);
    gallery_open(&gallery, which, gallery_look(which, look), GALLERY_NORMAL);
}

static bool is_open(void)
{
    return widget_find(ui_tree(gallery.ui), "assist.read") != NULL;
}

/* Pages that only say that nothing can be done have nothing to explain. */
static bool explains(const char *screen)
{
    return strcmp(screen, "closed") != 0 && strcmp(screen, "stopped") != 0;
}

static void test_manual__every_page_has_its_steps(void **state)
{
    (void)state;
    static const char *const screens[] = {
#define SCREEN(code, name, idle_ms, back, title_key, state) #name,
#include "kiosk/screens/screens.def"
#undef SCREEN
    };
    open("service__new", 0);
    for (size_t i = 0; i < SCREEN_COUNT_; i++) {
        int steps = 0;
        char key[WORDS_KEY_BYTES];
        do
            (void)snprintf(key, sizeof(key), "help.%s.%d", screens[i], ++steps);
        while (words_has(gallery.screens.words, key));
        if (explains(screens[i]) && (steps - 1 < STEPS_LEAST || steps - 1 > STEPS_MOST))
            fail_msg("%s has %d steps", screens[i], steps - 1);
    }
    FEATURE("F018");
    gallery_close(&gallery);
}

/* The page under it is as it was. */
static void test_manual__it_opens_with_the_call_and_leaves_the_input(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("login__sent", look);
        assert_false(is_open());
        gallery_tap(&gallery, "bar.call");
        FEATURE("F018");
        assert_true(is_open());
        gallery_tap(&gallery, "assist.read");
        assert_false(is_open());
        assert_string_equal("2741", widget_find(ui_tree(gallery.ui), "login.code")->value);
        gallery_close(&gallery);
    }
}

static const char *title(void)
{
    return widget_find(ui_tree(gallery.ui), "assist")->label;
}

/* The call is said where one reads, and taken back there; nothing else lies over the page. */
static void test_manual__what_has_become_of_the_call_stands_in_it(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("service__call", look);
        assert_non_null(strstr(title(), "已呼叫，约 2 分钟到"));
        assert_null(widget_find(ui_tree(gallery.ui), "toast"));
        uint64_t called = gallery.services.asked[SERVICE_PRESENCE];
        gallery_tap(&gallery, "assist.cancel");
        assert_false(is_open());
        assert_true(gallery.services.asked[SERVICE_PRESENCE] > called);
        gallery.services.visit.clerk_called = false;
        gallery_answer(&gallery, SERVICE_PRESENCE, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
        assert_non_null(widget_find(ui_tree(gallery.ui), "toast")); /* no longer called */
        gallery_close(&gallery);
        open("service__call_failed", look);
        assert_non_null(strstr(title(), "呼叫没发出去，正在重试"));
        assert_null(widget_find(ui_tree(gallery.ui), "toast"));
        gallery_close(&gallery);
    }
}

static void test_manual__it_goes_with_its_page(void **state)
{
    (void)state;
    open("service__new", 0);
    help_open_manual(gallery.ui);
    gallery_wait(&gallery, 10);
    assert_true(is_open());
    gallery_screen(&gallery, SCREEN_ABOUT);
    help_update(gallery.ui);
    gallery_wait(&gallery, 10);
    assert_false(is_open());
    gallery_close(&gallery);
}

/* What a clerk says comes first, and the manual does not come back after it. */
static void test_manual__a_clerks_sentence_takes_its_place(void **state)
{
    (void)state;
    open("form__message", 0);
    help_open_manual(gallery.ui);
    gallery_wait(&gallery, 10);
    gallery_tap(&gallery, "assist.read");
    assert_false(is_open());
    gallery_close(&gallery);
}

/* Every page's first case, in every look. */
static void test_manual__no_step_is_cut(void **state)
{
    (void)state;
    size_t faults = 0;
    for (size_t i = 0; i < gallery_case_count; i++) {
        const struct gallery_case *which = &gallery_cases[i];
        size_t same = strcspn(which->name, "_") + 2;
        if (which->is_desk || (i > 0 && strncmp(gallery_cases[i - 1].name, which->name, same) == 0))
            continue;
        for (size_t look = 0; look < STAGE_LOOKS; look++) {
            gallery_open(&gallery, which, gallery_look(which, look), GALLERY_NORMAL);
            gallery.services.visit.clerk_called = true;
            help_open_manual(gallery.ui);
            gallery_wait(&gallery, 10);
            assert_int_equal(explains(ui_screen_name(gallery.ui)), is_open());
            faults += gallery_faults(&gallery, which);
            gallery_close(&gallery);
        }
    }
    assert_int_equal(0, faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_manual__every_page_has_its_steps),
        cmocka_unit_test(test_manual__it_opens_with_the_call_and_leaves_the_input),
        cmocka_unit_test(test_manual__what_has_become_of_the_call_stands_in_it),
        cmocka_unit_test(test_manual__it_goes_with_its_page),
        cmocka_unit_test(test_manual__a_clerks_sentence_takes_its_place),
        cmocka_unit_test(test_manual__no_step_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
