#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/base/file.h"

static char directory[64];

static const char *in_directory(const char *name)
{
    static char path[128];
    (void)snprintf(path, sizeof(path), "%s/%s", directory, name);
    return path;
}

static int make_directory(void **state)
{
    (void)state;
    (void)snprintf(directory, sizeof(directory), "/tmp/ck-file-XXXXXX");
    return mkdtemp(directory) == NULL;
}

static size_t entries(void)
{
    size_t count = 0;
    DIR *open_directory = opendir(directory);
    assert_non_null(open_directory);
    for (struct dirent *entry = readdir(open_directory); entry != NULL; entry = readdir(open_directory))
        count += entry->d_name[0] != '.';
    (void)closedir(open_directory);
    return count;
}

static int remove_directory(void **state)
{
    static const char *const names[] = {"a", "b", "deep/er", "deep"};
    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        (void)remove(in_directory(names[i]));
    return rmdir(directory);
}

static void assert_content(const char *name, const char *expected)
{
    struct buf content;
    buf_init(&content, 1000);
    assert_int_equal(file_read(in_directory(name), &content, NULL), STATUS_OK);
    assert_string_equal((const char *)content.data, expected);
    buf_release(&content);
}

static void test_file__replaced_content_is_read_back_with_its_mode(void **state)
{
    (void)state;
    struct stat about;
    assert_int_equal(file_replace(in_directory("a"), "old", 3, 0600, NULL), STATUS_OK);
    assert_content("a", "old");
    assert_int_equal(file_replace(in_directory("a"), "newer", 5, 0640, NULL), STATUS_OK);
    assert_content("a", "newer");
    assert_int_equal(stat(in_directory("a"), &about), 0);
    assert_int_equal(about.st_mode & 07777, 0640);
    assert_int_equal(entries(), 1);
}

static void test_file__a_reader_of_the_old_file_keeps_it(void **state)
{
    (void)state;
    char text[4] = "";
    assert_int_equal(file_replace(in_directory("a"), "old", 3, 0600, NULL), STATUS_OK);
    FILE *reader = fopen(in_directory("a"), "r");
    assert_non_null(reader);
    assert_int_equal(file_replace(in_directory("a"), "new", 3, 0600, NULL), STATUS_OK);
    assert_int_equal(fread(text, 1, 3, reader), 3);
    assert_string_equal(text, "old"); /* replaced in one step, not written over */
    (void)fclose(reader);
}

/* RLIMIT_FSIZE stands in for a full disk; in a child, because a limit cannot be raised again. */
static void test_file__a_full_disk_leaves_the_old_file_and_nothing_beside(void **state)
{
    (void)state;
    int how = 0;
    static char large[100000];
    assert_int_equal(file_replace(in_directory("a"), "old", 3, 0600, NULL), STATUS_OK);
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {4096, 4096};
        struct failure failure = {0};
        (void)signal(SIGXFSZ, SIG_IGN);
        (void)setrlimit(RLIMIT_FSIZE, &limit);
        enum status status = file_replace(in_directory("a"), large, sizeof(large), 0600, &failure);
        _exit(status == STATUS_FULL && failure.vendor_code == EFBIG ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    assert_content("a", "old");
    assert_int_equal(entries(), 1);
}

static void test_file__a_place_that_cannot_be_written_is_told(void **state)
{
    (void)state;
    struct failure failure = {0};
    assert_int_equal(file_replace(in_directory("none/a"), "x", 1, 0600, &failure), STATUS_NOT_FOUND);
    assert_int_equal(failure.vendor_code, ENOENT);
    assert_int_equal(mkdir(in_directory("deep"), 0700), 0);
    assert_int_equal(file_replace(in_directory("deep"), "x", 1, 0600, &failure), STATUS_IO);
    assert_int_equal(entries(), 1);
}

static void test_file__a_missing_or_too_long_file_is_told(void **state)
{
    (void)state;
    struct buf content;
    buf_init(&content, 3);
    assert_int_equal(file_read(in_directory("a"), &content, NULL), STATUS_NOT_FOUND);
    assert_int_equal(file_replace(in_directory("a"), "four", 4, 0600, NULL), STATUS_OK);
    assert_int_equal(file_read(in_directory("a"), &content, NULL), STATUS_FULL);
    assert_int_equal(file_read(directory, &content, NULL), STATUS_IO);
    buf_release(&content);
}

static void test_file__missing_directories_are_made_once(void **state)
{
    (void)state;
    struct stat about;
    assert_int_equal(file_make_directories(in_directory("deep/er"), 0700, NULL), STATUS_OK);
    assert_int_equal(file_make_directories(in_directory("deep/er"), 0700, NULL), STATUS_OK);
    assert_int_equal(stat(in_directory("deep/er"), &about), 0);
    assert_true(S_ISDIR(about.st_mode));
    assert_int_equal(about.st_mode & 0777, 0700);
    assert_int_equal(file_replace(in_directory("a"), "x", 1, 0600, NULL), STATUS_OK);
    assert_int_equal(file_make_directories(in_directory("a/b"), 0700, NULL), STATUS_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_file__replaced_content_is_read_back_with_its_mode,
                                        make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_file__a_reader_of_the_old_file_keeps_it, make_directory,
                                        remove_directory),
        cmocka_unit_test_setup_teardown(test_file__a_full_disk_leaves_the_old_file_and_nothing_beside,
                                        make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(test_file__a_place_that_cannot_be_written_is_told, make_directory,
                                        remove_directory),
        cmocka_unit_test_setup_teardown(test_file__a_missing_or_too_long_file_is_told, make_directory,
                                        remove_directory),
        cmocka_unit_test_setup_teardown(test_file__missing_directories_are_made_once, make_directory,
                                        remove_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
