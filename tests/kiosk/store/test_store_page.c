/* Scanned pages: sealed, replaced in one step. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/crypto.h"
#include "kiosk/base/limits.h"
#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_change.h"
#include "kiosk/store/store_extra.h"
#include "kiosk/store/store_order.h"
#include "kiosk/store/store_original.h"
#include "kiosk/store/store_page.h"
#include "kiosk/store/store_sample.h"
#include "tests/support/feature.h"
#include "tests/support/store_fixture.h"

static const struct store_page license = {.paper = "license",
                                          .page = 1,
                                          .verdict = 3,
                                          .dpi = 300,
                                          .width_px = 2480,
                                          .height_px = 3508,
                                          .findings = "{\"sharp\":true}"};

static void test_store_page__a_page_comes_back_with_what_is_known_of_it(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_page page;
    struct buf jpeg;
    uint8_t sha256[32];
    buf_init(&jpeg, LIMIT_PAGE_JPEG_BYTES);
    store_fixture_order(fixture, &order);
    assert_int_equal(store_page_put(fixture->store, order.id, &license, "\xff\xd8 one", 6, NULL), STATUS_OK);
    assert_int_equal(store_page_get(fixture->store, order.id, "license", 1, &page, &jpeg, NULL), STATUS_OK);
    assert_int_equal(jpeg.length, 6);
    assert_memory_equal(jpeg.data, "\xff\xd8 one", 6);
    crypto_sha256("\xff\xd8 one", 6, sha256);
    assert_memory_equal(page.sha256, sha256, 32);
    assert_int_equal(page.verdict, 3);
    assert_int_equal(page.dpi, 300);
    assert_int_equal(page.width_px, 2480);
    assert_int_equal(page.height_px, 3508);
    assert_string_equal(page.findings, "{\"sharp\":true}");
    assert_int_equal(page.version, 1);
    assert_int_equal(page.size_bytes, 6);
    assert_int_equal(page.at_utc_s, STORE_FIXTURE_NOW_UTC_S);
    buf_wipe(&jpeg);
}

static void test_store_page__a_rescan_replaces_and_counts_up(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_page pages[4];
    struct store_change changes[8];
    size_t count = 0;
    store_fixture_order(fixture, &order);
    assert_int_equal(store_page_put(fixture->store, order.id, &license, "one", 3, NULL), STATUS_OK);
    assert_int_equal(store_page_put(fixture->store, order.id, &license, "three", 5, NULL), STATUS_OK);
    struct store_page form = license;
    strcpy(form.paper, "form");
    assert_int_equal(store_page_put(fixture->store, order.id, &form, "form", 4, NULL), STATUS_OK);
    assert_int_equal(store_page_list(fixture->store, order.id, pages, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(pages[0].paper, "form");
    assert_int_equal(pages[1].version, 2);
    assert_int_equal(pages[1].size_bytes, 5);
    assert_int_equal(store_change_list_order(fixture->store, order.id, 1, changes, 8, &count, NULL),
                     STATUS_OK);
    assert_int_equal(count, 3);
    assert_int_equal(changes[0].kind, STORE_CHANGE_PAGE);
    assert_string_equal(changes[0].subject, "license/1");
}

/* A page of another paper is not a copy: it changes with it, ends with an own one, and with its source. */
static void test_store_page__a_paper_may_have_the_page_of_another(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_page pages[4];
    struct buf jpeg;
    size_t count = 0;
    buf_init(&jpeg, LIMIT_PAGE_JPEG_BYTES);
    store_fixture_order(fixture, &order);
    assert_int_equal(store_page_same(fixture->store, order.id, "copy", "license", NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_page_put(fixture->store, order.id, &license, "one", 3, NULL), STATUS_OK);
    assert_int_equal(store_page_same(fixture->store, order.id, "copy", "license", NULL), STATUS_OK);
    assert_int_equal(store_page_put(fixture->store, order.id, &license, "two!", 4, NULL), STATUS_OK);
    assert_int_equal(store_page_list(fixture->store, order.id, pages, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(pages[0].paper, "copy");
    assert_string_equal(pages[0].same_as, "license");
    assert_string_equal(pages[1].same_as, "");
    assert_memory_equal(pages[0].sha256, pages[1].sha256, 32);
    assert_int_equal(store_page_get(fixture->store, order.id, "copy", 1, &pages[2], &jpeg, NULL), STATUS_OK);
    assert_memory_equal(jpeg.data, "two!", 4);
    assert_string_equal(pages[2].paper, "copy");
    assert_string_equal(pages[2].same_as, "license");
    assert_int_equal(store_page_delete(fixture->store, order.id, "copy", 1, NULL), STATUS_OK);
    assert_int_equal(store_page_delete(fixture->store, order.id, "copy", 1, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_page_get(fixture->store, order.id, "license", 1, NULL, &jpeg, NULL), STATUS_OK);
    buf_wipe(&jpeg);
}

static void test_store_page__an_own_page_ends_the_sharing(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_page pages[4];
    size_t count = 0;
    struct store_page own = license;
    strcpy(own.paper, "copy");
    store_fixture_order(fixture, &order);
    assert_int_equal(store_page_put(fixture->store, order.id, &license, "one", 3, NULL), STATUS_OK);
    assert_int_equal(store_page_put(fixture->store, order.id, &own, "own", 3, NULL), STATUS_OK);
    assert_int_equal(store_page_same(fixture->store, order.id, "copy", "license", NULL), STATUS_OK);
    assert_int_equal(store_page_put(fixture->store, order.id, &own, "again", 5, NULL), STATUS_OK);
    assert_int_equal(store_page_list(fixture->store, order.id, pages, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_string_equal(pages[0].same_as, "");
    assert_int_equal(pages[0].version, 1);
    assert_int_equal(pages[0].size_bytes, 5);
}

static void test_store_page__titles_of_extra_pages_are_sealed_and_kept_once(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_extra extras[4];
    size_t count = 9;
    const struct store_extra extra = {.paper = "spare.2", .title = "Proof of a new name"};
    struct store_extra unended = {.paper = "spare.3"};
    memset(unended.title, 'a', sizeof(unended.title));
    store_fixture_order(fixture, &order);
    assert_int_equal(store_extra_list(fixture->store, order.id, extras, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(store_extra_add(fixture->store, order.id, &extra, NULL), STATUS_OK);
    assert_int_equal(store_extra_add(fixture->store, order.id, &extra, NULL), STATUS_CONFLICT);
    assert_int_equal(store_extra_add(fixture->store, order.id, &unended, NULL), STATUS_FULL);
    assert_int_equal(store_extra_add(fixture->store, "no such order", &extra, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_extra_list(fixture->store, order.id, extras, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    assert_string_equal(extras[0].paper, "spare.2");
    assert_string_equal(extras[0].title, "Proof of a new name");
    assert_int_equal(store_order_forget(fixture->store, order.id, NULL), STATUS_OK);
    assert_int_equal(store_extra_list(fixture->store, order.id, extras, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
}

static void test_store_page__an_oversize_scan_leaves_the_earlier_one(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct buf jpeg;
    buf_init(&jpeg, 64);
    store_fixture_order(fixture, &order);
    uint8_t *huge = calloc(1, LIMIT_PAGE_JPEG_BYTES + 1);
    assert_non_null(huge);
    assert_int_equal(store_page_put(fixture->store, order.id, &license, "one", 3, NULL), STATUS_OK);
    assert_int_equal(
        store_page_put(fixture->store, order.id, &license, huge, LIMIT_PAGE_JPEG_BYTES + 1, NULL),
        STATUS_FULL);
    assert_int_equal(store_page_get(fixture->store, order.id, "license", 1, NULL, &jpeg, NULL), STATUS_OK);
    assert_int_equal(jpeg.length, 3);
    free(huge);
    buf_wipe(&jpeg);
}

static void test_store_page__a_large_page_survives(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct buf jpeg;
    size_t size = 3 * 1024 * 1024;
    buf_init(&jpeg, LIMIT_PAGE_JPEG_BYTES);
    store_fixture_order(fixture, &order);
    uint8_t *bytes = malloc(size);
    assert_non_null(bytes);
    random_fill(&fixture->random.random, bytes, size);
    assert_int_equal(store_page_put(fixture->store, order.id, &license, bytes, size, NULL), STATUS_OK);
    assert_int_equal(store_page_get(fixture->store, order.id, "license", 1, NULL, &jpeg, NULL), STATUS_OK);
    assert_int_equal(jpeg.length, size);
    assert_memory_equal(jpeg.data, bytes, size);
    free(bytes);
    buf_wipe(&jpeg);
}

static void test_store_page__a_missing_page_is_not_found(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct buf jpeg;
    buf_init(&jpeg, 64);
    store_fixture_order(fixture, &order);
    assert_int_equal(store_page_get(fixture->store, order.id, "license", 1, NULL, &jpeg, NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(store_page_delete(fixture->store, order.id, "license", 1, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_page_put(fixture->store, order.id, &license, "one", 3, NULL), STATUS_OK);
    assert_int_equal(store_page_delete(fixture->store, order.id, "license", 1, NULL), STATUS_OK);
    assert_int_equal(store_page_get(fixture->store, order.id, "license", 1, NULL, &jpeg, NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(store_page_put(fixture->store, "none", &license, "one", 3, NULL), STATUS_NOT_FOUND);
}

static void test_store_page__a_page_moved_or_damaged_is_malformed(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct buf jpeg;
    buf_init(&jpeg, 64);
    store_fixture_order(fixture, &order);
    assert_int_equal(store_page_put(fixture->store, order.id, &license, "one", 3, NULL), STATUS_OK);
    store_fixture_sql(fixture, "UPDATE page SET page = 2");
    assert_int_equal(store_page_get(fixture->store, order.id, "license", 2, NULL, &jpeg, NULL),
                     STATUS_MALFORMED);
    store_fixture_sql(fixture, "UPDATE page SET page = 1, sha256 = zeroblob(32)");
    assert_int_equal(store_page_get(fixture->store, order.id, "license", 1, NULL, &jpeg, NULL),
                     STATUS_MALFORMED);
    assert_int_equal(jpeg.length, 0);
    store_fixture_sql(fixture, "UPDATE page SET sha256 = x'00'");
    FEATURE("F110");
    assert_int_equal(store_page_get(fixture->store, order.id, "license", 1, NULL, &jpeg, NULL),
                     STATUS_MALFORMED);
    buf_wipe(&jpeg);
}

/* --- originals on paper -------------------------------------------------------------------------------- */

static size_t audits(struct store_fixture *fixture)
{
    struct store_audit rows[16];
    size_t count = 0, found = 0;
    assert_int_equal(store_audit_list(fixture->store, 0, rows, 16, &count, NULL), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        found += strncmp(rows[i].action, "page.original", 13) == 0;
    return found;
}

static void test_store_original__a_note_is_replaced_taken_back_and_told_to_the_audit(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_original note = {
        .paper = "licence", .copies = 1, .received_utc_s = 1795190400, .clerk = "chen"};
    struct store_original found;
    size_t count = 0;
    store_fixture_order(fixture, &order);
    assert_int_equal(store_original_put(fixture->store, order.id, &note, NULL), STATUS_OK);
    assert_int_equal(store_original_put(fixture->store, order.id, &note, NULL), STATUS_OK);
    assert_int_equal(audits(fixture), 1); /* the same once more is nothing new */
    note.copies = 2;
    assert_int_equal(store_original_put(fixture->store, order.id, &note, NULL), STATUS_OK);
    assert_int_equal(store_original_list(fixture->store, order.id, &found, 1, &count, NULL), STATUS_OK);
    assert_int_equal(count, 1);
    assert_int_equal(found.copies, 2);
    assert_int_equal(found.received_utc_s, 1795190400);
    assert_string_equal(found.clerk, "chen");
    note.copies = 0;
    assert_int_equal(store_original_put(fixture->store, order.id, &note, NULL), STATUS_OK);
    assert_int_equal(store_original_list(fixture->store, order.id, &found, 1, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    assert_int_equal(audits(fixture), 3);
}

static void test_store_original__less_than_none_and_no_order_are_refused(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_original note = {.paper = "licence", .copies = -1, .clerk = "chen"};
    store_fixture_order(fixture, &order);
    assert_int_equal(store_original_put(fixture->store, order.id, &note, NULL), STATUS_MALFORMED);
    note.copies = 1;
    assert_int_not_equal(store_original_put(fixture->store, "0123456789abcdef0123456789abcdef", &note, NULL),
                         STATUS_OK);
    assert_int_equal(audits(fixture), 0);
}

/* --- samples ------------------------------------------------------------------------------------------- */

static const struct store_sample stamps[2] = {
    {.paper = "license", .zone = "stamp-1", .kind = "seal", .fault = "none", .chosen = STORE_SAMPLE_BY_BEST},
    {.paper = "license", .zone = "stamp-2", .kind = "seal", .fault = "blank"}};
static const struct store_sample_bytes stamp_bytes[2] = {
    {.cut = "cut of one", .cut_length = 10, .picture = "picture of one", .picture_length = 14},
    {.cut = "cut of two", .cut_length = 10}};

static void put_stamps(struct store_fixture *fixture, struct order *order)
{
    store_fixture_order(fixture, order);
    assert_int_equal(store_page_put(fixture->store, order->id, &license, "one", 3, NULL), STATUS_OK);
    assert_int_equal(store_sample_replace(fixture->store, order->id, "license", stamps, stamp_bytes, 2, NULL),
                     STATUS_OK);
}

static void test_store_sample__one_of_a_kind_is_chosen_until_it_is_approved(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_sample found[4];
    size_t count = 0;
    put_stamps(fixture, &order);
    assert_int_equal(store_sample_choose(fixture->store, order.id, "license", "stamp-9", NULL),
                     STATUS_NOT_FOUND);
    assert_int_equal(store_sample_choose(fixture->store, order.id, "license", "stamp-2", NULL), STATUS_OK);
    assert_int_equal(store_sample_approve(fixture->store, order.id, NULL), STATUS_OK);
    assert_int_equal(store_sample_choose(fixture->store, order.id, "license", "stamp-2", NULL),
                     STATUS_BAD_STATE);
    assert_int_equal(store_sample_choose(fixture->store, order.id, "license", "stamp-1", NULL),
                     STATUS_BAD_STATE);
    assert_int_equal(store_sample_list(fixture->store, order.id, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_int_equal(found[0].chosen, STORE_SAMPLE_NOT_CHOSEN);
    assert_int_equal(found[0].approved_utc_s, 0);
    assert_int_equal(found[1].chosen, STORE_SAMPLE_BY_APPLICANT);
    assert_int_equal(found[1].approved_utc_s, STORE_FIXTURE_NOW_UTC_S);
}

static void test_store_sample__it_is_sealed_and_gone_with_its_page(void **state)
{
    struct store_fixture *fixture = *state;
    struct order order;
    struct store_sample found[4];
    struct buf part;
    size_t count = 0;
    buf_init(&part, 64);
    put_stamps(fixture, &order);
    assert_int_equal(
        store_sample_part(fixture->store, order.id, "license", "stamp-1", STORE_SAMPLE_PICTURE, &part, NULL),
        STATUS_OK);
    assert_int_equal(part.length, 14);
    assert_memory_equal(part.data, "picture of one", 14);
    assert_int_equal(
        store_sample_part(fixture->store, order.id, "license", "stamp-2", STORE_SAMPLE_PICTURE, &part, NULL),
        STATUS_NOT_FOUND);
    store_close(fixture->store);
    fixture->store = NULL;
    assert_false(store_fixture_files_hold(fixture, "cut of one", 10));
    assert_false(store_fixture_files_hold(fixture, "picture of one", 14));
    fixture->store = store_fixture_connect(fixture, "T01");
    store_fixture_sql(fixture, "UPDATE sample SET picture = sealed");
    assert_int_equal(
        store_sample_part(fixture->store, order.id, "license", "stamp-1", STORE_SAMPLE_PICTURE, &part, NULL),
        STATUS_MALFORMED);
    assert_int_equal(store_page_delete(fixture->store, order.id, "license", 1, NULL), STATUS_OK);
    assert_int_equal(store_sample_list(fixture->store, order.id, found, 4, &count, NULL), STATUS_OK);
    assert_int_equal(count, 0);
    buf_wipe(&part);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, store_fixture_setup, store_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(test_store_page__a_page_comes_back_with_what_is_known_of_it),
        T(test_store_page__a_rescan_replaces_and_counts_up),
        T(test_store_page__a_paper_may_have_the_page_of_another),
        T(test_store_page__an_own_page_ends_the_sharing),
        T(test_store_page__titles_of_extra_pages_are_sealed_and_kept_once),
        T(test_store_page__an_oversize_scan_leaves_the_earlier_one),
        T(test_store_page__a_large_page_survives),
        T(test_store_page__a_missing_page_is_not_found),
        T(test_store_page__a_page_moved_or_damaged_is_malformed),
        T(test_store_original__a_note_is_replaced_taken_back_and_told_to_the_audit),
        T(test_store_original__less_than_none_and_no_order_are_refused),
        T(test_store_sample__one_of_a_kind_is_chosen_until_it_is_approved),
        T(test_store_sample__it_is_sealed_and_gone_with_its_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
