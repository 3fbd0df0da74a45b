/* From printed PDF to findings: sim-page signs and stamps a form this hall printed, and the page is judged.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "kiosk/base/file.h"
#include "kiosk/page/page.h"
#include "kiosk/page/page_jpeg.h"
#include "tests/support/pki_process.h"

static const uint8_t key[CRYPTO_KEY_BYTES] = {7}; /* the one the fixture was printed with */
static const char unit[] = "样例市云帆样本建筑工程有限公司";

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    pki_process_make_dir(folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    pki_process_remove_dir(folder);
    return 0;
}

/* The picture sim-page makes with these further arguments. Owns: the caller. */
static struct page_image made(const char *source, const char *what, const char *flag)
{
    char out[96];
    struct buf file, text;
    struct page_image image = {0};
    snprintf(out, sizeof out, "%s/page.jpg", folder);
    const char *const arguments[] = {TEST_BUILD_DIR "/sim-page",
                                     source,
                                     what,
                                     "--name",
                                     "王小小",
                                     "--unit",
                                     unit,
                                     "--dpi",
                                     "200",
                                     "--code",
                                     "91119929MAHM91AL5R",
                                     "--out",
                                     out,
                                     flag,
                                     NULL};
    assert_int_equal(pki_process_run(arguments, &text), 0);
    buf_release(&text);
    buf_init(&file, LIMIT_PAGE_JPEG_BYTES);
    assert_int_equal(file_read(out, &file, NULL), STATUS_OK);
    assert_int_equal(page_jpeg_decode(file.data, file.length, &image, NULL), STATUS_OK);
    buf_release(&file);
    return image;
}

static struct page_findings finished_form(const char *flag)
{
    struct page_expect expect = {
        .wants_colour = true, .wants_seal = true, .wants_code = true, .code_key = key};
    expect.code = (struct page_code){"T20260101000001", 1, 1, "ezca-application.1"};
    expect.signature_mm = (struct page_rect){53, 212, 70, 20};
    struct page_image image = made("--pdf", TEST_SOURCE_DIR "/tests/fixtures/pages/form.pdf", flag);
    struct page_findings findings;
    struct buf jpeg;
    buf_init(&jpeg, LIMIT_PAGE_JPEG_BYTES);
    assert_int_equal(page_finish(&image, &expect, 3 * 1024 * 1024, &findings, &jpeg, NULL), STATUS_OK);
    assert_in_range(jpeg.length, 1, 3 * 1024 * 1024);
    buf_release(&jpeg);
    page_image_release(&image);
    return findings;
}

static void test_page_paper__signed_and_stamped_form_is_good_in_everything(void **state)
{
    (void)state;
    struct page_findings findings = finished_form(NULL);
    for (int i = 0; i < PAGE_CHECK_COUNT_; i++) /* it is no sheet that collects samples */
        assert_int_equal(findings.checks[i].verdict, i == PAGE_CHECK_SAMPLES ? PAGE_NOT_COMPUTED : PAGE_GOOD);
    assert_string_equal(findings.code.acceptance, "T20260101000001");
    assert_int_equal(findings.seals.count, 1);
}

static void test_page_paper__what_was_left_out_is_noticed(void **state)
{
    (void)state;
    static const struct {
        const char *flag;
        enum page_check check;
        enum page_reason reason;
    } cases[] = {
        {"--no-sign", PAGE_CHECK_SIGNATURE, PAGE_REASON_SIGNATURE_MISSING},
        {"--no-stamp", PAGE_CHECK_SEAL, PAGE_REASON_SEAL_MISSING},
        {"--faint", PAGE_CHECK_SEAL, PAGE_REASON_SEAL_FAINT},
        {"--half-seal", PAGE_CHECK_SEAL, PAGE_REASON_SEAL_INCOMPLETE},
        {"--dark", PAGE_CHECK_EXPOSURE, PAGE_REASON_TOO_DARK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct page_findings findings = finished_form(cases[i].flag);
        const struct page_finding *finding = &findings.checks[cases[i].check];
        assert_int_equal(finding->verdict, PAGE_BAD);
        assert_string_equal(page_reason_name(finding->reason), page_reason_name(cases[i].reason));
        assert_int_equal(findings.checks[PAGE_CHECK_CODE].verdict, PAGE_GOOD);
    }
}

static void test_page_paper__other_papers_have_a_seal_and_no_code_of_ours(void **state)
{
    (void)state;
    static const char *const kinds[] = {"licence", "id-legal", "id-agent"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct page_expect expect = {.wants_colour = true, .wants_seal = true, .code_key = key};
        struct page_image image = made("--blank-paper", kinds[i], NULL);
        struct page_findings findings;
        assert_int_equal(page_judge(&image, &expect, &findings, NULL), STATUS_OK);
        assert_true(page_is_acceptable(&findings));
        assert_int_equal(findings.checks[PAGE_CHECK_SEAL].verdict, PAGE_GOOD);
        assert_int_equal(findings.checks[PAGE_CHECK_CODE].verdict, PAGE_NOT_COMPUTED);
        assert_false(findings.code_is_ours);
        page_image_release(&image);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page_paper__signed_and_stamped_form_is_good_in_everything),
        cmocka_unit_test(test_page_paper__what_was_left_out_is_noticed),
        cmocka_unit_test(test_page_paper__other_papers_have_a_seal_and_no_code_of_ours),
    };
    return cmocka_run_group_tests_name("page paper", tests, make_folder, remove_folder);
}
