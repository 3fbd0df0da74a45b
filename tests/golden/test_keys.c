/* A key put in alone, over scripted services: what is said of one that the hall did not make, or cannot read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/golden/gallery.h"
#include "tests/support/feature.h"

static struct gallery gallery;

static void open(const char *name, size_t look)
{
    for (size_t i = 0; i < gallery_case_count; i++)
        if (strcmp(gallery_cases[i].name, name) == 0) {
            gallery_open(&gallery, &gallery_cases[i], gallery_look(&gallery_cases[i], look), GALLERY_NORMAL);
            return;
        }
    fail_msg("no case %s", name);
}

static bool shows(const char *words)
{
    for (const struct widget *w = widget_tree_root(ui_tree(gallery.ui)); w != NULL; w = widget_next(w))
        if (strstr(w->label, words) != NULL)
            return true;
    return false;
}

static void test_keys__a_recognised_certificate_is_good_as_it_is(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("holder__foreign", look);
        assert_true(shows("其他机构的证书") && shows("示例数字证书认证中心"));
        FEATURE("F024");
        assert_true(shows("无需重新办理") || shows("到业务系统登记即可"));
        assert_false(shows("免费换发"));
        gallery_close(&gallery);
    }
    open("holder__foreign_past", 0);
    assert_true(shows("认可的机构签发的，已过期"));
    assert_false(shows("不是本厅认可的机构签发的"));
    gallery_close(&gallery);
}

static const struct widget *find(const char *id)
{
    return widget_find(ui_tree(gallery.ui), id);
}

/* Pictures of the models stand above what is worth knowing; the one that was put in is marked, another is
 * not. */
static void test_keys__the_pictures_tell_which_key_one_has(void **state)
{
    (void)state;
    for (size_t look = 0; look < STAGE_LOOKS; look++) {
        open("about__key", look);
        FEATURE("F174");
        assert_string_equal("社保网上申报用户专用", find("model.social")->label);
        assert_string_equal("东方中讯钥匙盘", find("model.general")->label);
        assert_string_equal("插着的就是这一种", find("model.put_in")->label);
        struct rect social = find("model.social")->rect, put_in = find("model.put_in")->rect;
        assert_true(put_in.x == social.x && put_in.y == social.y + social.h);
        gallery_close(&gallery);
    }
    open("about__first", 0); /* nobody put one in */
    assert_non_null(find("model.social"));
    assert_null(find("model.put_in"));
    gallery_close(&gallery);
    open("about__choice", 0); /* without pictures */
    assert_null(find("model.social"));
    gallery_close(&gallery);
}

static void put_in(enum service_key_presence presence)
{
    gallery.services.key.presence = presence;
    gallery_report(&gallery, SERVICE_KEY_WATCH, STATUS_OK, SERVICE_REASON_NONE);
}

static void test_keys__a_dead_key_is_told_and_a_blank_one_is_not(void **state)
{
    (void)state;
    open("welcome__idle", 0);
    put_in(SERVICE_KEY_ABSENT);
    put_in(SERVICE_KEY_BLANK); /* the hall's own stock */
    assert_string_equal("welcome", ui_screen_name(gallery.ui));
    put_in(SERVICE_KEY_ABSENT);
    put_in(SERVICE_KEY_FAULTY);
    assert_string_equal("holder", ui_screen_name(gallery.ui));
    assert_true(shows("这支 Key 读不出来"));
    put_in(SERVICE_KEY_ABSENT);
    assert_true(shows("插入要办理的 Key"));
    gallery_close(&gallery);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys__a_recognised_certificate_is_good_as_it_is),
        cmocka_unit_test(test_keys__the_pictures_tell_which_key_one_has),
        cmocka_unit_test(test_keys__a_dead_key_is_told_and_a_blank_one_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
