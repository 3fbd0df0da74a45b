#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "kiosk/base/heap.h"
#include "kiosk/base/json.h"

enum { HEAD_BYTES = 32, READ_BYTES = 2048 }; /* the C library threads free blocks through their first bytes */

static const char name[] = "PERSON-WHO-HAS-LEFT";

/* Whether so many bytes there hold the name: read past the compiler and every checker. */
static bool holds(uintptr_t address, size_t length)
{
    char bytes[READ_BYTES];
    assert_true(length <= sizeof(bytes));
    int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    assert_true(memory >= 0);
    assert_int_equal(pread(memory, bytes, length, (off_t)address), length);
    assert_int_equal(close(memory), 0);
    return memmem(bytes, length, name, sizeof(name) - 1) != NULL;
}

static char *block(size_t length)
{
    char *bytes = malloc(length);
    assert_non_null(bytes);
    (void)memset(bytes, 0, length);
    (void)memcpy(bytes + HEAD_BYTES, name, sizeof(name));
    return bytes;
}

static void test_heap__what_is_freed_is_overwritten(void **state)
{
    (void)state;
    heap_forgets();
    for (size_t length = 64; length <= READ_BYTES; length *= 2) {
        char *bytes = block(length);
        uintptr_t address = (uintptr_t)bytes;
        assert_true(holds(address, length));
        free(bytes);
        assert_false(holds(address, length));
    }
}

static void test_heap__what_grows_leaves_nothing_behind(void **state)
{
    (void)state;
    char *bytes = block(128);
    uintptr_t address = (uintptr_t)bytes;
    char *grown = realloc(bytes, (size_t)64 * 1024);
    assert_non_null(grown);
    assert_string_equal(grown + HEAD_BYTES, name);
    assert_true((uintptr_t)grown != address);
    assert_false(holds(address, 128));
    free(grown);
}

/* A library's own copy: of a text in a document. */
static void test_heap__libraries_leave_nothing_either(void **state)
{
    (void)state;
    char text[READ_BYTES / 4];
    (void)memset(text, 'x', sizeof(text) - 1);
    (void)memcpy(text + HEAD_BYTES, name, sizeof(name) - 1);
    text[sizeof(text) - 1] = 0;
    struct json *document = json_new_object();
    json_set_text(document, "name", text);
    uintptr_t address = (uintptr_t)json_text(document, "name", NULL);
    assert_true(holds(address, sizeof(text)));
    json_free(document);
    assert_false(holds(address, sizeof(text)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heap__what_is_freed_is_overwritten),
        cmocka_unit_test(test_heap__what_grows_leaves_nothing_behind),
        cmocka_unit_test(test_heap__libraries_leave_nothing_either),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
