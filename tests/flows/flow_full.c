/* A visit on a disk that fills up: the applicant is told, nothing stored is lost, and it goes on when there
 * is room again. The disk is a small tmpfs in a mount namespace of this process. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

enum { LEFT_BYTES = 32 * 1024, BLOCK_BYTES = 4096 };

static char disk[] = "/tmp/full-XXXXXX";
static struct robot robot;

/* Whoever runs these tests is root (README); another one is told, and the test fails rather than prove
 * nothing. */
static int mount_disk(void **state)
{
    (void)state;
    if (mkdtemp(disk) == NULL || unshare(CLONE_NEWNS) != 0 ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", disk, "tmpfs", 0, "size=12m") != 0) {
        perror("a small disk cannot be mounted");
        return -1;
    }
    return setenv("TMPDIR", disk, 1);
}

static int unmount_disk(void **state)
{
    (void)state;
    (void)umount2(disk, MNT_DETACH);
    return rmdir(disk);
}

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static const char *filler_path(void)
{
    static char path[64];
    (void)snprintf(path, sizeof(path), "%s/filler", disk);
    return path;
}

/* Everything but a little is taken by somebody else's file. */
static void fill_disk(void)
{
    static const char block[BLOCK_BYTES];
    struct statvfs space;
    assert_int_equal(statvfs(disk, &space), 0);
    uint64_t left = (uint64_t)space.f_bavail * space.f_frsize;
    FILE *file = fopen(filler_path(), "w");
    assert_non_null(file);
    for (; left > LEFT_BYTES; left -= BLOCK_BYTES)
        assert_int_equal(fwrite(block, sizeof(block), 1, file), 1);
    assert_int_equal(fclose(file), 0);
}

static void begin(struct hall_scene *scene, enum order_state state)
{
    hall_order_begin(&scene->terminal, state, &scene->order);
    robot_open_wide(&robot, &scene->terminal);
}

static void end(void)
{
    robot_close(&robot);
    assert_int_equal(0, robot_faults(&robot));
}

static void test_full__a_page_that_cannot_be_stored_is_told_and_scanned_again(void **state)
{
    struct hall_scene *scene = *state;
    const struct robot_visit visit = {.robot = &robot};
    begin(scene, ORDER_STATE_SCANNING);
    fill_disk();
    hall_glass_lay(&scene->terminal.glass, hall_sheet_form(&scene->hall, &scene->order));
    robot_tap(&robot, "bar.next");
    robot_until_text(&robot, "本机存储已满");
    assert_int_equal(ORDER_STATE_SCANNING, hall_scene_look(scene)->order.state);
    assert_int_equal(SERVICE_PAGE_MISSING, services_visit(scene->terminal.services)->pages[0].state);
    assert_int_equal(unlink(filler_path()), 0);
    while (!robot_can_tap(&robot, "bar.next") && robot_can_tap(&robot, "error.retry"))
        robot_tap(&robot, "error.retry");
    robot_visit_scan(&visit);
    end();
    assert_int_not_equal(ORDER_STATE_SCANNING, hall_scene_look(scene)->order.state);
}

static void test_full__a_form_that_cannot_be_stored_stays_on_the_screen(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, ORDER_STATE_DRAFT);
    robot_fill(&robot, "form.company", "重庆示例科技有限公司");
    fill_disk();
    for (int i = 0; i < 40 && !robot_shows(&robot, "本机存储已满"); i++) {
        robot_fill(&robot, "form.company", i % 2 == 0 ? "重庆示例科技有限公司甲" : "重庆示例科技有限公司乙");
        ui_focus(robot.ui, NULL); /* leaving a field stores it */
        robot_run(&robot, 100);
    }
    assert_true(robot_shows(&robot, "本机存储已满"));
    assert_true(robot_shows(&robot, "重庆示例科技有限公司"));
    assert_int_equal(unlink(filler_path()), 0);
    end();
    assert_int_equal(ORDER_STATE_DRAFT, hall_scene_look(scene)->order.state);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_full__a_page_that_cannot_be_stored_is_told_and_scanned_again),
        T(test_full__a_form_that_cannot_be_stored_stays_on_the_screen),
    };
#undef T
    return cmocka_run_group_tests(tests, mount_disk, unmount_disk);
}
