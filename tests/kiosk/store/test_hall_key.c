/* The hall key in a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/file.h"
#include "kiosk/store/hall_key_file.h"

struct place {
    char directory[64];
    char path[128];
    struct random_seeded random;
    struct hall_key key;
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof(*place));
    strcpy(place->directory, "/tmp/ck-key-XXXXXX");
    assert_non_null(mkdtemp(place->directory));
    snprintf(place->path, sizeof(place->path), "%s/hall.key", place->directory);
    random_seeded_init(&place->random, 7);
    assert_int_equal(hall_key_file_create(place->path, &place->random.random, NULL), STATUS_OK);
    assert_int_equal(hall_key_file_open(place->path, &place->random.random, &place->key, NULL), STATUS_OK);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    hall_key_close(&place->key);
    unlink(place->path);
    rmdir(place->directory);
    free(place);
    return 0;
}

static void test_hall_key__wrapped_bytes_open_only_for_their_place(void **state)
{
    struct place *place = *state;
    struct buf wrapped;
    struct buf plain;
    buf_init(&wrapped, 256);
    buf_init(&plain, 256);
    assert_int_equal(hall_key_wrap(&place->key, "here", 4, "secret", 6, &wrapped, NULL), STATUS_OK);
    assert_int_equal(hall_key_unwrap(&place->key, "there", 5, wrapped.data, wrapped.length, &plain, NULL),
                     STATUS_MALFORMED);
    assert_int_equal(plain.length, 0);
    assert_int_equal(hall_key_unwrap(&place->key, "here", 4, wrapped.data, wrapped.length, &plain, NULL),
                     STATUS_OK);
    assert_memory_equal(plain.data, "secret", 6);
    wrapped.data[wrapped.length / 2] ^= 1;
    assert_int_equal(hall_key_unwrap(&place->key, "here", 4, wrapped.data, wrapped.length, &plain, NULL),
                     STATUS_MALFORMED);
    buf_wipe(&wrapped);
    buf_wipe(&plain);
}

static void test_hall_key__derived_bytes_depend_on_label_and_salt(void **state)
{
    struct place *place = *state;
    uint8_t first[32];
    uint8_t again[32];
    uint8_t other[32];
    assert_int_equal(hall_key_derive(&place->key, "so-pin", "salt", 4, first, 32, NULL), STATUS_OK);
    assert_int_equal(hall_key_derive(&place->key, "so-pin", "salt", 4, again, 32, NULL), STATUS_OK);
    assert_memory_equal(first, again, 32);
    assert_int_equal(hall_key_derive(&place->key, "so-pin", "Salt", 4, other, 32, NULL), STATUS_OK);
    assert_memory_not_equal(first, other, 32);
    assert_int_equal(hall_key_derive(&place->key, "transport-pin", "salt", 4, other, 32, NULL), STATUS_OK);
    assert_memory_not_equal(first, other, 32);
}

static void test_hall_key__making_a_second_one_leaves_the_first_alone(void **state)
{
    struct place *place = *state;
    char id[HALL_KEY_ID_BYTES];
    strcpy(id, hall_key_id(&place->key));
    assert_int_equal(hall_key_file_create(place->path, &place->random.random, NULL), STATUS_CONFLICT);
    hall_key_close(&place->key);
    assert_int_equal(hall_key_file_open(place->path, &place->random.random, &place->key, NULL), STATUS_OK);
    assert_string_equal(hall_key_id(&place->key), id);
}

static void test_hall_key__a_file_others_can_read_is_refused(void **state)
{
    struct place *place = *state;
    struct stat info;
    struct hall_key key = {0};
    assert_int_equal(stat(place->path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(chmod(place->path, 0640), 0);
    assert_int_equal(hall_key_file_open(place->path, &place->random.random, &key, NULL), STATUS_REFUSED);
    assert_null(key.ops);
}

static void test_hall_key__opening_never_makes_a_key(void **state)
{
    struct place *place = *state;
    struct hall_key key = {0};
    unlink(place->path);
    assert_int_equal(hall_key_file_open(place->path, &place->random.random, &key, NULL), STATUS_NOT_FOUND);
    assert_int_equal(access(place->path, F_OK), -1);
    hall_key_close(&key);
    hall_key_close(NULL);
}

static void test_hall_key__a_damaged_file_is_malformed(void **state)
{
    struct place *place = *state;
    struct buf content;
    struct hall_key key = {0};
    buf_init(&content, 1024);
    assert_int_equal(file_read(place->path, &content, NULL), STATUS_OK);
    const size_t lengths[] = {0, 5, content.length - 1};
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        assert_int_equal(file_replace(place->path, content.data, lengths[i], 0600, NULL), STATUS_OK);
        assert_int_equal(hall_key_file_open(place->path, &place->random.random, &key, NULL),
                         STATUS_MALFORMED);
    }
    content.data[40] = 'x';
    assert_int_equal(file_replace(place->path, content.data, content.length, 0600, NULL), STATUS_OK);
    assert_int_equal(hall_key_file_open(place->path, &place->random.random, &key, NULL), STATUS_MALFORMED);
    assert_null(key.ops);
    buf_wipe(&content);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(test_hall_key__wrapped_bytes_open_only_for_their_place),
        T(test_hall_key__derived_bytes_depend_on_label_and_salt),
        T(test_hall_key__making_a_second_one_leaves_the_first_alone),
        T(test_hall_key__a_file_others_can_read_is_refused),
        T(test_hall_key__opening_never_makes_a_key),
        T(test_hall_key__a_damaged_file_is_malformed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
