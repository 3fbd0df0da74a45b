/* Cells of a CSV file with their places, and files that are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/csv.h"

enum { TEXT_BYTES = 512 };

/* Every cell as "line:column text", rows parted by "/", complaints in square brackets. */
static const char *read(const char *text)
{
    static char out[TEXT_BYTES];
    size_t used = 0;
    struct csv csv;
    struct csv_cell cell;
    struct buf value;
    enum status status;
    out[0] = 0;
    buf_init(&value, 64);
    csv_init(&csv, text, strlen(text));
    while ((status = csv_next(&csv, &cell, &value)) != STATUS_NOT_FOUND) {
        bool is_bad = status == STATUS_MALFORMED;
        used += (size_t)snprintf(out + used, TEXT_BYTES - used, "%s%u:%u %s%s%s",
                                 used > 0 && out[used - 1] != '/' ? " " : "", cell.line, cell.column,
                                 is_bad                  ? "["
                                 : status == STATUS_FULL ? "full"
                                                         : "",
                                 is_bad              ? cell.complaint
                                 : value.length == 0 ? ""
                                                     : (const char *)value.data,
                                 is_bad ? "]" : "");
        if (cell.ends_row)
            used += (size_t)snprintf(out + used, TEXT_BYTES - used, "/");
    }
    buf_release(&value);
    return out;
}

static void test_csv__cells_stand_at_their_places(void **state)
{
    (void)state;
    assert_string_equal("1:1 a 1:3 b/2:1 c 2:3 d/", read("a,b\nc,d\n"));
    assert_string_equal("1:1 a 1:3 b/2:1 c 2:3 d/", read("a,b\r\nc,d"));
    assert_string_equal("1:1 单位 1:4 号/2:1 甲 2:3 乙/", read("单位,号\n甲,乙"));
    assert_string_equal("1:1 a 1:3  1:4 /2:1  2:2 b/", read("a,,\n,b\n"));
    assert_string_equal("1:1 a/4:1 b/", read("a\n\n\r\nb\n\n"));
    assert_string_equal("", read(""));
}

static void test_csv__quotes_keep_commas_lines_and_quotes(void **state)
{
    (void)state;
    assert_string_equal("1:1 a,b 1:7 c/", read("\"a,b\",c"));
    assert_string_equal("1:1 a\nb 2:4 c/3:1 d/", read("\"a\nb\",c\nd"));
    assert_string_equal("1:1 a\"b 1:8 /", read("\"a\"\"b\",\"\"\n"));
}

static void test_csv__what_is_none_is_told_and_passed(void **state)
{
    (void)state;
    assert_string_equal("1:1 [expected a comma or the end of the line behind the closing quote]/2:1 c/",
                        read("\"a\"b,x\nc"));
    assert_string_equal("1:1 a 1:3 [expected quotes around the whole cell, found one inside it]/2:1 c/",
                        read("a,b\"c\nc"));
    assert_string_equal("1:1 a/2:1 [expected the closing quote of this cell, found the end of the file]/",
                        read("a\n\"b\nc"));
}

static void test_csv__a_cell_longer_than_the_buffer_is_full_and_the_next_is_read(void **state)
{
    (void)state;
    char text[128];
    memset(text, 'a', 100);
    (void)snprintf(text + 100, sizeof(text) - 100, ",b\nc");
    const char *said = read(text);
    assert_non_null(strstr(said, "1:1 full"));
    assert_non_null(strstr(said, "1:102 b/2:1 c/"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv__cells_stand_at_their_places),
        cmocka_unit_test(test_csv__quotes_keep_commas_lines_and_quotes),
        cmocka_unit_test(test_csv__what_is_none_is_told_and_passed),
        cmocka_unit_test(test_csv__a_cell_longer_than_the_buffer_is_full_and_the_next_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
