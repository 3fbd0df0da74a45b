#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/base/qr.h"

static struct qr qr; /* too large for a stack frame under the sanitizers */

static bool is_finder(int row, int column)
{
    for (int r = 0; r < 7; r++) {
        for (int c = 0; c < 7; c++) {
            bool ring = r == 0 || r == 6 || c == 0 || c == 6;
            bool heart = r >= 2 && r <= 4 && c >= 2 && c <= 4;
            if (qr.dark[row + r][column + c] != (ring || heart))
                return false;
        }
    }
    return true;
}

static void test_qr__a_code_has_a_legal_side_and_three_finders(void **state)
{
    (void)state;
    assert_int_equal(qr_encode("https://qr.example/alipay/2026112100000001", &qr), STATUS_OK);
    assert_in_range(qr.side, 21, QR_SIDE_MAX);
    assert_int_equal((qr.side - 17) % 4, 0);
    assert_true(is_finder(0, 0));
    assert_true(is_finder(0, qr.side - 7));
    assert_true(is_finder(qr.side - 7, 0));
    assert_false(is_finder(qr.side - 7, qr.side - 7));
}

static void test_qr__the_empty_and_the_endless_text_are_refused(void **state)
{
    (void)state;
    static char text[4000];
    memset(text, 'x', sizeof(text) - 1);
    qr.side = 5;
    assert_int_equal(qr_encode("", &qr), STATUS_MALFORMED);
    assert_int_equal(qr_encode(text, &qr), STATUS_FULL);
    assert_int_equal(qr.side, 5);
    text[2331] = 0; /* 2331 bytes are the most of level M */
    assert_int_equal(qr_encode(text, &qr), STATUS_OK);
    assert_int_equal(qr.side, QR_SIDE_MAX);
}

/* ISO/IEC 18004 7.9.1: the module beside the lower left finder is always dark; a mirrored matrix has a bit of
 * the format there, which some of these texts leave light. */
static void test_qr__rows_are_rows_and_columns_are_columns(void **state)
{
    (void)state;
    static const char *const texts[] = {"a", "bb", "ccc", "dddd", "eeeee", "ffffff", "ggggggg", "hhhhhhhh"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_int_equal(qr_encode(texts[i], &qr), STATUS_OK);
        assert_true(qr.dark[qr.side - 8][8]);
    }
}

static void write_picture(const char *path)
{
    enum { SCALE = 4, QUIET = 4 };
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    int side = (qr.side + 2 * QUIET) * SCALE;
    (void)fprintf(file, "P5 %d %d 255\n", side, side);
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            int row = y / SCALE - QUIET, column = x / SCALE - QUIET;
            bool inside = row >= 0 && column >= 0 && row < qr.side && column < qr.side;
            (void)fputc(inside && qr.dark[row][column] ? 0 : 255, file);
        }
    }
    assert_int_equal(fclose(file), 0);
}

/* zbarimg (zbar-tools) is another's decoder; without it the test says so and passes. */
static void test_qr__another_decoder_reads_the_text(void **state)
{
    (void)state;
    static const char text[] = "受理号 T20261121091242 page 1/1 重庆";
    char directory[] = "/tmp/ck-qr-XXXXXX", path[64], command[200], line[200] = "";
    assert_non_null(mkdtemp(directory));
    (void)snprintf(path, sizeof(path), "%s/code.pgm", directory);
    assert_int_equal(qr_encode(text, &qr), STATUS_OK);
    write_picture(path);
    (void)snprintf(command, sizeof(command),
                   "command -v zbarimg >/dev/null && zbarimg -q --raw '%s' 2>/dev/null", path);
    FILE *out = popen(command, "r");
    assert_non_null(out);
    bool read_it = fgets(line, sizeof(line), out) != NULL;
    int how = pclose(out);
    (void)unlink(path);
    (void)rmdir(directory);
    if (WIFEXITED(how) && WEXITSTATUS(how) == 127)
        skip();
    if (!read_it && access("/usr/bin/zbarimg", X_OK) != 0)
        skip();
    line[strcspn(line, "\n")] = 0;
    assert_string_equal(line, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_qr__a_code_has_a_legal_side_and_three_finders),
        cmocka_unit_test(test_qr__the_empty_and_the_endless_text_are_refused),
        cmocka_unit_test(test_qr__rows_are_rows_and_columns_are_columns),
        cmocka_unit_test(test_qr__another_decoder_reads_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
