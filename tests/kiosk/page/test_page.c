/* Pages are judged as tests/fixtures/pages/labels.json says they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/page/page.h"
#include "kiosk/page/page_jpeg.h"
#include "tests/support/feature.h"
#include "tests/support/page_bench.h"

static const uint8_t key[CRYPTO_KEY_BYTES] = {7};
static const uint8_t foreign_key[CRYPTO_KEY_BYTES] = {8};

static struct page_expect form_expected(void)
{
    struct page_expect expect = {
        .wants_colour = true, .wants_seal = true, .wants_code = true, .code_key = key};
    expect.code = (struct page_code){
        .acceptance = "T20260101000001", .page = 1, .pages = 1, .template_version = "ezca-application.1"};
    return expect;
}

static struct page_findings judged(const struct page_image *image, const struct page_expect *expect)
{
    struct page_findings findings;
    assert_int_equal(page_judge(image, expect, &findings, NULL), STATUS_OK);
    return findings;
}

static struct page_findings judged_file(const char *file, const struct page_expect *expect)
{
    struct page_image image = page_bench_load(TEST_SOURCE_DIR, file);
    struct page_findings findings = judged(&image, expect);
    page_image_release(&image);
    return findings;
}

/* A page like text with a code of this order, by this key, and a seal; 200 dpi. */
static struct page_image sealed_form(const struct page_code *code, const uint8_t by[CRYPTO_KEY_BYTES])
{
    struct page_image image = page_bench_text(200, 3);
    char text[PAGE_CODE_TEXT_BYTES];
    assert_int_equal(page_code_make(by, code, text, sizeof text), STATUS_OK);
    page_bench_code(&image, text, 165, 12, 0.6);
    page_bench_marks(&image);
    page_bench_ring(&image, 150, 255, 42, 1.0, 200);
    return image;
}

static void assert_bad(const struct page_findings *findings, enum page_check which, enum page_reason reason)
{
    assert_int_equal(findings->checks[which].verdict, PAGE_BAD);
    assert_string_equal(page_reason_name(findings->checks[which].reason), page_reason_name(reason));
}

static void test_page__good_form_passes_every_computed_check(void **state)
{
    (void)state;
    struct page_expect expect = form_expected();
    struct page_image image = sealed_form(&expect.code, key);
    struct page_findings findings = judged(&image, &expect);
    static const enum page_check computed[] = {PAGE_CHECK_CONTENT, PAGE_CHECK_EXPOSURE, PAGE_CHECK_RESOLUTION,
                                               PAGE_CHECK_COLOUR,  PAGE_CHECK_SKEW,     PAGE_CHECK_CODE,
                                               PAGE_CHECK_CORNERS, PAGE_CHECK_SEAL};
    for (size_t i = 0; i < sizeof computed / sizeof *computed; i++)
        assert_int_equal(findings.checks[computed[i]].verdict, PAGE_GOOD);
    assert_true(page_is_acceptable(&findings));
    assert_int_equal(page_first_bad(&findings), PAGE_CHECK_COUNT_);
    assert_true(findings.code_is_ours);
    assert_string_equal(findings.code.acceptance, "T20260101000001");
    page_image_release(&image);
}

static void test_page__what_nobody_asked_or_could_compute_is_not_computed(void **state)
{
    (void)state;
    struct page_expect expect = {.wants_seal = true, .wants_colour = true};
    struct page_image gray = page_bench_text(200, 1);
    struct page_findings findings = judged(&gray, &expect);
    assert_int_equal(findings.checks[PAGE_CHECK_CODE].verdict, PAGE_NOT_COMPUTED);
    assert_int_equal(findings.checks[PAGE_CHECK_SIGNATURE].verdict, PAGE_NOT_COMPUTED);
    assert_int_equal(findings.checks[PAGE_CHECK_CORNERS].verdict, PAGE_NOT_COMPUTED);
    assert_int_equal(findings.checks[PAGE_CHECK_SEAL].verdict, PAGE_NOT_COMPUTED);
    assert_bad(&findings, PAGE_CHECK_COLOUR, PAGE_REASON_GRAY);
    page_image_release(&gray);
    struct page_image black = page_bench_text(200, 3);
    findings = judged(&black, &expect);
    assert_int_equal(findings.checks[PAGE_CHECK_COLOUR].verdict, PAGE_NOT_COMPUTED);
    assert_bad(&findings, PAGE_CHECK_SEAL, PAGE_REASON_SEAL_MISSING);
    page_image_release(&black);
}

static void test_page__code_must_belong_to_this_order_page_and_template(void **state)
{
    (void)state;
    struct page_expect expect = form_expected();
    struct page_code code = expect.code;
    snprintf(code.acceptance, sizeof code.acceptance, "%s", "T20260101000002");
    struct page_image image = sealed_form(&code, key);
    struct page_findings findings = judged(&image, &expect);
    assert_bad(&findings, PAGE_CHECK_CODE, PAGE_REASON_CODE_OTHER_ORDER);
    assert_int_equal(page_first_bad(&findings), PAGE_CHECK_CODE);
    assert_false(page_is_acceptable(&findings));
    snprintf(expect.code.acceptance, sizeof expect.code.acceptance, "%s", "T20260101000002");
    snprintf(expect.code.template_version, sizeof expect.code.template_version, "%s", "ezca-application.2");
    findings = judged(&image, &expect);
    assert_bad(&findings, PAGE_CHECK_CODE, PAGE_REASON_CODE_OLD_TEMPLATE);
    expect.code.pages = 2;
    findings = judged(&image, &expect);
    assert_bad(&findings, PAGE_CHECK_CODE, PAGE_REASON_CODE_OTHER_PAGE);
    page_image_release(&image);
}

static void test_page__forged_foreign_or_missing_code_is_told_apart(void **state)
{
    (void)state;
    struct page_expect expect = form_expected();
    struct page_image image = sealed_form(&expect.code, foreign_key);
    struct page_findings findings = judged(&image, &expect);
    assert_bad(&findings, PAGE_CHECK_CODE, PAGE_REASON_CODE_FOREIGN);
    assert_true(findings.checks[PAGE_CHECK_CODE].place.width_px > 0);
    page_image_release(&image);
    findings = judged_file("03_application_form.jpg", &expect);
    assert_bad(&findings, PAGE_CHECK_CODE, PAGE_REASON_CODE_FOREIGN);
    assert_string_equal(findings.codes.codes[0].text, "K1|T20200327482314|P1|APP");
    image = page_bench_text(200, 3);
    findings = judged(&image, &expect);
    assert_bad(&findings, PAGE_CHECK_CODE, PAGE_REASON_CODE_MISSING);
    page_image_release(&image);
}

static void test_page__dark_page_of_few_pixels_is_dark_and_coarse(void **state)
{
    (void)state;
    struct page_findings findings = judged_file("05_application_form.jpg", &(struct page_expect){0});
    assert_bad(&findings, PAGE_CHECK_EXPOSURE, PAGE_REASON_TOO_DARK);
    assert_bad(&findings, PAGE_CHECK_RESOLUTION, PAGE_REASON_LOW_RESOLUTION);
    assert_true(fabs(findings.skew_degrees - 1.971) < 0.1);
}

static void test_page__light_page_is_light(void **state)
{
    (void)state;
    struct page_image image = page_bench_text(200, 3);
    size_t length = (size_t)image.width_px * (size_t)image.height_px * 3;
    for (size_t i = 0; i < length; i++)
        image.pixels[i] = (uint8_t)(180 + image.pixels[i] * 75 / 255);
    struct page_findings findings = judged(&image, &(struct page_expect){0});
    assert_bad(&findings, PAGE_CHECK_EXPOSURE, PAGE_REASON_TOO_LIGHT);
    page_image_release(&image);
}

static void test_page__blank_page_with_show_through_is_blank(void **state)
{
    (void)state;
    struct page_findings findings = judged_file("12_blank.jpg", &(struct page_expect){0});
    assert_bad(&findings, PAGE_CHECK_CONTENT, PAGE_REASON_BLANK);
    assert_int_equal(findings.checks[PAGE_CHECK_EXPOSURE].verdict, PAGE_GOOD);
    FEATURE("F109");
    assert_int_equal(findings.checks[PAGE_CHECK_SKEW].verdict, PAGE_NOT_COMPUTED);
}

static void test_page__resolution_tag_alone_is_not_believed(void **state)
{
    (void)state;
    struct page_image image = page_bench_text(100, 3);
    image.dpi = 600;
    struct page_findings findings = judged(&image, &(struct page_expect){0});
    assert_bad(&findings, PAGE_CHECK_RESOLUTION, PAGE_REASON_LOW_RESOLUTION);
    page_image_release(&image);
}

static void test_page__page_laid_askew_is_told(void **state)
{
    (void)state;
    struct page_image image = page_bench_text(200, 3);
    assert_int_equal(page_image_straighten(&image, 6), STATUS_OK); /* the other way round */
    struct page_findings findings = judged(&image, &(struct page_expect){0});
    assert_bad(&findings, PAGE_CHECK_SKEW, PAGE_REASON_SKEWED);
    page_image_release(&image);
}

static void test_page__turned_pages_are_recognised(void **state)
{
    (void)state;
    struct page_findings findings = judged_file("04_application_form.jpg", &(struct page_expect){0});
    assert_true(findings.turn_is_known);
    assert_int_equal(findings.turn_degrees, 180);
    findings = judged_file("10_business_licence.jpg", &(struct page_expect){0});
    assert_int_equal(findings.turn_degrees, 270); /* it lies turned by 90 */
    assert_true(fabs(findings.skew_degrees + 2.265) < 0.1);
    findings = judged_file("12_blank.jpg", &(struct page_expect){0});
    assert_false(findings.turn_is_known);
}

static void test_page__seals_are_found_at_their_place_and_size(void **state)
{
    (void)state;
    struct page_findings findings =
        judged_file("01_application_form.jpg", &(struct page_expect){.wants_seal = true});
    const struct page_seal *seal = &findings.seals.seals[0];
    assert_int_equal(findings.seals.count, 1);
    assert_true(fabs(seal->x_px - 1748.8) < 6 && fabs(seal->y_px - 2114.4) < 6);
    assert_true(fabs(seal->diameter_mm - 42) < 0.4);
    assert_true(seal->is_complete && !seal->is_faint);
    assert_int_equal(findings.checks[PAGE_CHECK_SEAL].verdict, PAGE_GOOD);
}

static void test_page__faint_incomplete_and_missing_seals_are_told_apart(void **state)
{
    (void)state;
    struct page_expect expect = {.wants_seal = true};
    struct page_findings findings = judged_file("03_application_form.jpg", &expect);
    assert_bad(&findings, PAGE_CHECK_SEAL, PAGE_REASON_SEAL_FAINT);
    struct page_image image = page_bench_text(200, 3);
    page_bench_ring(&image, 150, 255, 42, 0.75, 200);
    findings = judged(&image, &expect);
    assert_bad(&findings, PAGE_CHECK_SEAL, PAGE_REASON_SEAL_INCOMPLETE);
    assert_true(findings.checks[PAGE_CHECK_SEAL].place.width_px > 300);
    page_image_release(&image);
    image = page_bench_text(200, 3);
    page_bench_fill(&image, (struct page_rect){900, 1800, 300, 300}, 220, 40,
                    40); /* a red square is no seal */
    findings = judged(&image, &expect);
    FEATURE("F111");
    assert_bad(&findings, PAGE_CHECK_SEAL, PAGE_REASON_SEAL_MISSING);
    page_image_release(&image);
}

static void test_page__both_seals_of_a_sampling_form_are_found_and_the_cut_one_noticed(void **state)
{
    (void)state;
    struct page_findings findings =
        judged_file("08_seal_form.jpg", &(struct page_expect){.wants_seal = true});
    assert_int_equal(findings.seals.count, 2);
    assert_int_equal(findings.seals.seals[0].is_complete + findings.seals.seals[1].is_complete, 1);
    assert_int_equal(findings.checks[PAGE_CHECK_SEAL].verdict, PAGE_GOOD);
}

static void test_page__page_laid_half_outside_is_cropped(void **state)
{
    (void)state;
    struct page_expect expect = form_expected();
    struct page_image image = sealed_form(&expect.code, key);
    page_bench_fill(&image, (struct page_rect){0, 2200, 300, 138}, 255, 255,
                    255); /* the lower left corner is gone */
    struct page_findings findings = judged(&image, &expect);
    FEATURE("F109");
    assert_bad(&findings, PAGE_CHECK_CORNERS, PAGE_REASON_CROPPED);
    page_image_release(&image);
}

static void test_page__signature_is_ink_in_its_place(void **state)
{
    (void)state;
    struct page_expect expect = form_expected();
    expect.signature_mm = (struct page_rect){30, 240, 60, 25};
    struct page_image image = sealed_form(&expect.code, key);
    struct page_findings findings = judged(&image, &expect);
    assert_bad(&findings, PAGE_CHECK_SIGNATURE, PAGE_REASON_SIGNATURE_MISSING);
    for (int stroke = 0; stroke < 6; stroke++)
        page_bench_fill(&image, (struct page_rect){300 + 40 * stroke, 1950, 6, 90}, 20, 20, 90);
    findings = judged(&image, &expect);
    assert_int_equal(findings.checks[PAGE_CHECK_SIGNATURE].verdict, PAGE_GOOD);
    page_image_release(&image);
}

static void test_page_finish__page_is_kept_upright_and_straight(void **state)
{
    (void)state;
    struct page_expect expect = form_expected();
    struct page_image image = sealed_form(&expect.code, key), kept = {0};
    struct page_findings findings, after;
    struct buf jpeg;
    buf_init(&jpeg, LIMIT_PAGE_JPEG_BYTES);
    expect.signature_mm = (struct page_rect){30, 240, 60, 25};
    assert_int_equal(page_image_straighten(&image, 2.0), STATUS_OK);
    assert_int_equal(page_image_turn(&image, 90), STATUS_OK);
    assert_int_equal(page_finish(&image, &expect, 0, &findings, &jpeg, NULL), STATUS_OK);
    assert_int_equal(findings.turn_degrees, 270);
    assert_true(fabs(findings.skew_degrees + 2.0) < 0.1);
    assert_int_equal(findings.checks[PAGE_CHECK_CODE].verdict, PAGE_GOOD);
    assert_int_equal(findings.checks[PAGE_CHECK_SIGNATURE].verdict, PAGE_BAD);
    assert_in_range(findings.codes.codes[0].place.x_px, image.width_px * 3 / 4, image.width_px);
    assert_in_range(findings.codes.codes[0].place.y_px, 0, image.height_px / 8);
    assert_true(image.width_px < image.height_px);
    assert_int_equal(page_jpeg_decode(jpeg.data, jpeg.length, &kept, NULL), STATUS_OK);
    after = judged(&kept, &expect);
    assert_int_equal(after.turn_degrees, 0);
    assert_true(fabs(after.skew_degrees) < 0.1);
    page_image_release(&kept);
    page_image_release(&image);
    buf_release(&jpeg);
}

static void test_page_finish__limit_that_cannot_be_met_is_full(void **state)
{
    (void)state;
    struct page_image image = page_bench_text(200, 3);
    struct page_findings findings;
    struct failure failure = {0};
    struct buf jpeg;
    buf_init(&jpeg, LIMIT_PAGE_JPEG_BYTES);
    assert_int_equal(page_finish(&image, &(struct page_expect){0}, 5000, &findings, &jpeg, &failure),
                     STATUS_FULL);
    assert_int_equal(jpeg.length, 0);
    FEATURE("F106");
    assert_string_equal(failure.where, "page_finish");
    page_image_release(&image);
    buf_release(&jpeg);
}

static void test_page__names_are_stable(void **state)
{
    (void)state;
    assert_string_equal(page_check_name(PAGE_CHECK_SEAL), "seal");
    assert_string_equal(page_reason_name(PAGE_REASON_CODE_OTHER_ORDER), "code-other-order");
    assert_string_equal(page_check_name(PAGE_CHECK_COUNT_), "invalid");
    assert_string_equal(page_reason_name(PAGE_REASON_COUNT_), "invalid");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page__good_form_passes_every_computed_check),
        cmocka_unit_test(test_page__what_nobody_asked_or_could_compute_is_not_computed),
        cmocka_unit_test(test_page__code_must_belong_to_this_order_page_and_template),
        cmocka_unit_test(test_page__forged_foreign_or_missing_code_is_told_apart),
        cmocka_unit_test(test_page__dark_page_of_few_pixels_is_dark_and_coarse),
        cmocka_unit_test(test_page__light_page_is_light),
        cmocka_unit_test(test_page__blank_page_with_show_through_is_blank),
        cmocka_unit_test(test_page__resolution_tag_alone_is_not_believed),
        cmocka_unit_test(test_page__page_laid_askew_is_told),
        cmocka_unit_test(test_page__turned_pages_are_recognised),
        cmocka_unit_test(test_page__seals_are_found_at_their_place_and_size),
        cmocka_unit_test(test_page__faint_incomplete_and_missing_seals_are_told_apart),
        cmocka_unit_test(test_page__both_seals_of_a_sampling_form_are_found_and_the_cut_one_noticed),
        cmocka_unit_test(test_page__page_laid_half_outside_is_cropped),
        cmocka_unit_test(test_page__signature_is_ink_in_its_place),
        cmocka_unit_test(test_page_finish__page_is_kept_upright_and_straight),
        cmocka_unit_test(test_page_finish__limit_that_cannot_be_met_is_full),
        cmocka_unit_test(test_page__names_are_stable),
    };
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
