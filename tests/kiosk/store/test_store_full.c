/* No space left, and a lock that does not go away: a clear status, the store intact, a way on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/store/db.h"
#include "kiosk/store/store_change.h"
#include "kiosk/store/store_check.h"
#include "kiosk/store/store_claim.h"
#include "kiosk/store/store_page.h"
#include "tests/support/store_fixture.h"

enum { PAGE_BYTES = 64 * 1024, SMALL_BYTES = 2 * 1024 * 1024, NO_MOUNT = 77 };

static uint8_t scan[PAGE_BYTES];

static enum status put_page(struct store *store, const char *order_id, int page)
{
    struct store_page meta = {.paper = "license", .page = page};
    return store_page_put(store, order_id, &meta, scan, sizeof(scan), NULL);
}

/* Pages are added until there is no room; what was stored before is still whole, and small work goes on where
 * it can. */
static int fill_up(struct store *store, const char *order_id)
{
    enum status status = STATUS_OK;
    struct store_page pages[64];
    struct store_check_report report;
    int stored = 0;
    size_t count = 0;
    while (status == STATUS_OK && stored < 60)
        status = put_page(store, order_id, stored + 1) == STATUS_OK ? (stored++, STATUS_OK) : STATUS_FULL;
    if (put_page(store, order_id, stored + 1) != STATUS_FULL)
        return 1;
    if (store_page_list(store, order_id, pages, 64, &count, NULL) != STATUS_OK || (int)count != stored)
        return 2;
    if (stored == 0 || store_check(store, &report, NULL) != STATUS_OK || report.sealed_values != stored)
        return 3;
    return 0;
}

static void test_store_full__at_its_own_ceiling_nothing_is_lost_and_deleting_helps(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store *small = NULL;
    store_fixture_order(fixture, &order);
    assert_int_equal(store_fixture_try(fixture, "T02", 0, SMALL_BYTES, &small), STATUS_OK);
    assert_int_equal(fill_up(small, order.id), 0);
    assert_int_equal(store_page_delete(small, order.id, "license", 1, NULL), STATUS_OK);
    assert_int_equal(put_page(small, order.id, 1), STATUS_OK);
    store_close(small);
}

/* In a mount namespace of its own, gone with the process. */
static int on_small_disk(void)
{
    struct store_fixture fixture;
    struct order order;
    if (unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
        return NO_MOUNT;
    store_fixture_prepare(&fixture);
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", fixture.directory, "tmpfs", 0, "size=2m") != 0) {
        store_fixture_close(&fixture);
        return NO_MOUNT;
    }
    fixture.store = store_fixture_connect(&fixture, "T01");
    store_fixture_order(&fixture, &order);
    int result = fill_up(fixture.store, order.id);
    store_close(fixture.store);
    if (result == 0 && store_fixture_try(&fixture, "T01", 0, 0, &fixture.store) != STATUS_OK)
        result = 4;
    struct order loaded;
    if (result == 0 && store_order_load(fixture.store, order.id, &loaded, NULL) != STATUS_OK)
        result = 5;
    umount2(fixture.directory, MNT_DETACH);
    hall_key_close(&fixture.hall_key);
    unlink(fixture.key_path);
    rmdir(fixture.directory);
    return result;
}

static void test_store_full__on_a_full_disk_nothing_is_lost(void **state)
{
    (void)state;
    int status = 0;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(on_small_disk());
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == NO_MOUNT && geteuid() != 0)
        print_message("no right to mount a small disk here; the ceiling above stands for it\n");
    else
        assert_int_equal(WEXITSTATUS(status), 0);
}

static void test_store_full__a_lock_that_stays_is_busy_and_readers_go_on(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct order loaded;
    struct store *impatient = NULL;
    store_fixture_order(fixture, &order);
    assert_int_equal(store_fixture_try(fixture, "T02", -1, 0, &impatient), STATUS_OK);
    assert_int_equal(store_begin(fixture->store, NULL), STATUS_OK);
    assert_int_equal(store_begin(impatient, NULL), STATUS_BUSY);
    assert_int_equal(put_page(impatient, order.id, 1), STATUS_BUSY);
    assert_int_equal(store_claim_take(impatient, order.id, 60, NULL), STATUS_BUSY);
    struct order copy = order;
    assert_int_equal(store_fixture_event(impatient, &copy, ORDER_EVENT_FORM_COMPLETED), STATUS_BUSY);
    assert_int_equal(store_order_load(impatient, order.id, &loaded, NULL), STATUS_OK);
    assert_int_equal(store_end(fixture->store, STATUS_OK, NULL), STATUS_OK);
    assert_int_equal(store_fixture_event(impatient, &order, ORDER_EVENT_FORM_COMPLETED), STATUS_OK);
    store_close(impatient);
}

static void test_store_full__a_damaged_file_is_malformed_not_a_crash(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store *store = NULL;
    uint8_t noise[4096];
    store_fixture_order(fixture, &order);
    assert_int_equal(put_page(fixture->store, order.id, 1), STATUS_OK);
    store_close(fixture->store); /* the log is folded into the file */
    fixture->store = NULL;
    random_fill(&fixture->random.random, noise, sizeof(noise));
    FILE *file = fopen(fixture->path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long pages = ftell(file) / (long)sizeof(noise);
    for (long page = 1; page < pages; page++) {
        assert_int_equal(fseek(file, page * (long)sizeof(noise), SEEK_SET), 0);
        assert_int_equal(fwrite(noise, sizeof(noise), 1, file), 1);
    }
    assert_int_equal(fclose(file), 0);
    enum status status = store_fixture_try(fixture, "T01", 0, 0, &store);
    assert_int_equal(status, STATUS_MALFORMED);
    assert_null(store);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_full__at_its_own_ceiling_nothing_is_lost_and_deleting_helps),
        T(test_store_full__on_a_full_disk_nothing_is_lost),
        T(test_store_full__a_lock_that_stays_is_busy_and_readers_go_on),
        T(test_store_full__a_damaged_file_is_malformed_not_a_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
