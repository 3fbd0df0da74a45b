/* Frames and texts of a card reader, whole, in pieces, and mutated: whatever one byte becomes, no person is
 * read from it but the one on the card. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "drivers/idcard/idcard_frame.h"
#include "drivers/idcard/idcard_text.h"
#include "kiosk/base/file.h"

enum { SEED_BYTES = 4096, TEXT_AT = 14 };

static struct buf seed_of(const char *name)
{
    char path[256];
    struct buf seed;
    buf_init(&seed, SEED_BYTES);
    (void)snprintf(path, sizeof(path), "%s/tests/fuzz/seeds/idcard/%s", TEST_SOURCE_DIR, name);
    assert_int_equal(file_read(path, &seed, NULL), STATUS_OK);
    return seed;
}

static void test_idcard_frame__commands_are_those_of_the_table(void **state)
{
    (void)state;
    static const struct {
        enum idcard_frame_command command;
        uint8_t bytes[IDCARD_FRAME_COMMAND_BYTES];
    } rows[] = {{IDCARD_FRAME_STATUS, {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x03, 0x11, 0xFF, 0xED}},
                {IDCARD_FRAME_FIND, {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x03, 0x20, 0x01, 0x22}},
                {IDCARD_FRAME_SELECT, {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x03, 0x20, 0x02, 0x21}},
                {IDCARD_FRAME_READ, {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0x00, 0x03, 0x30, 0x01, 0x32}}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t out[IDCARD_FRAME_COMMAND_BYTES];
        idcard_frame_command(rows[i].command, out);
        assert_memory_equal(out, rows[i].bytes, sizeof(out));
    }
}

static void test_idcard_frame__answers_are_those_of_the_table(void **state)
{
    (void)state;
    static const uint8_t found[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0, 8, 0, 0, 0x9F, 0, 0, 0, 0, 0x97};
    static const uint8_t none[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0, 4, 0, 0, 0x80, 0x84};
    struct idcard_frame frame;
    size_t used = 0;
    assert_int_equal(idcard_frame_parse(found, sizeof(found), &frame, &used), STATUS_OK);
    assert_int_equal(frame.word, IDCARD_FRAME_FOUND);
    assert_int_equal(frame.length, 4);
    assert_int_equal(used, sizeof(found));
    assert_int_equal(idcard_frame_parse(none, sizeof(none), &frame, &used), STATUS_OK);
    assert_int_equal(frame.word, IDCARD_FRAME_NO_CARD);
    assert_int_equal(frame.length, 0);
}

static void test_idcard_frame__every_part_of_an_answer_waits_for_the_rest(void **state)
{
    (void)state;
    struct buf seed = seed_of("read_resident");
    struct idcard_frame frame;
    size_t used = 0;
    for (size_t length = 0; length < seed.length; length++) {
        assert_int_equal(idcard_frame_parse(seed.data, length, &frame, &used), STATUS_NOT_FOUND);
        assert_int_equal(used, 0);
    }
    assert_int_equal(idcard_frame_parse(seed.data, seed.length, &frame, &used), STATUS_OK);
    assert_int_equal(frame.length, 4 + 256 + 1024);
    buf_release(&seed);
}

static void test_idcard_frame__junk_before_the_head_is_dropped(void **state)
{
    (void)state;
    struct buf seed = seed_of("junk_then_select");
    struct idcard_frame frame;
    size_t used = 0;
    assert_int_equal(idcard_frame_parse(seed.data, seed.length, &frame, &used), STATUS_OK);
    assert_int_equal(frame.word, IDCARD_FRAME_DONE);
    assert_int_equal(used, seed.length);
    buf_release(&seed);
}

static void test_idcard_frame__a_length_nobody_sends_is_passed(void **state)
{
    (void)state;
    static const uint8_t huge[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0xFF, 0xFF, 0, 0, 0x90};
    static const uint8_t tiny[] = {0xAA, 0xAA, 0xAA, 0x96, 0x69, 0, 3, 0, 0, 0x90};
    struct idcard_frame frame;
    size_t used = 0;
    assert_int_equal(idcard_frame_parse(huge, sizeof(huge), &frame, &used), STATUS_MALFORMED);
    assert_int_equal(used, IDCARD_FRAME_HEAD_BYTES);
    assert_int_equal(idcard_frame_parse(tiny, sizeof(tiny), &frame, &used), STATUS_MALFORMED);
}

/* Every bit of every byte: a single error never passes. */
static void test_idcard_frame__no_mutated_answer_is_read(void **state)
{
    (void)state;
    struct buf seed = seed_of("read_resident");
    for (size_t at = 0; at < seed.length; at++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            struct idcard_frame frame;
            size_t used = 0;
            seed.data[at] ^= (uint8_t)(1U << bit);
            assert_int_not_equal(idcard_frame_parse(seed.data, seed.length, &frame, &used), STATUS_OK);
            seed.data[at] ^= (uint8_t)(1U << bit);
        }
    }
    buf_release(&seed);
}

static enum status text_of(const char *name, struct idcard_person *out)
{
    struct buf seed = seed_of(name);
    enum status status = idcard_text_parse(seed.data + TEXT_AT, IDCARD_TEXT_BYTES, out);
    buf_release(&seed);
    return status;
}

static void test_idcard_text__resident_card_has_all_its_fields(void **state)
{
    (void)state;
    struct idcard_person person;
    assert_int_equal(text_of("read_resident", &person), STATUS_OK);
    assert_int_equal(person.kind, IDCARD_RESIDENT);
    assert_string_equal(person.name, "张小丽");
    assert_int_equal(person.sex, 1);
    assert_string_equal(person.nation, "01");
    assert_string_equal(person.birth, "19900307");
    assert_string_equal(person.address, "重庆市渝北区示例大道 100 号 6 楼");
    assert_string_equal(person.number, "110101199003070417");
    assert_string_equal(person.issuer, "重庆市公安局渝北区分局");
    assert_string_equal(person.valid_from, "20200101");
    assert_string_equal(person.valid_to, "20400101");
}

static void test_idcard_text__the_other_two_kinds_are_read_from_their_places(void **state)
{
    (void)state;
    struct idcard_person person;
    assert_int_equal(text_of("read_foreign", &person), STATUS_OK);
    assert_int_equal(person.kind, IDCARD_FOREIGN);
    assert_string_equal(person.name, "SAMPLE, ANNA MARIA");
    assert_string_equal(person.number, "DEU310090010100");
    assert_string_equal(person.nation, "DEU");
    assert_string_equal(person.address, "");
    assert_int_equal(text_of("read_residence", &person), STATUS_OK);
    assert_int_equal(person.kind, IDCARD_RESIDENCE);
    assert_string_equal(person.name, "陈示例");
    assert_string_equal(person.number, "810000199001010019");
}

static void test_idcard_text__a_card_without_end_has_none(void **state)
{
    (void)state;
    struct idcard_person person;
    assert_int_equal(text_of("endless", &person), STATUS_OK);
    assert_string_equal(person.valid_to, "");
}

/* A unit of the resident's texts becomes this. */
static enum status with_unit(size_t at, unsigned unit)
{
    struct buf seed = seed_of("read_resident");
    struct idcard_person person = {.number = "as before"};
    seed.data[TEXT_AT + at] = (uint8_t)(unit & 0xFF);
    seed.data[TEXT_AT + at + 1] = (uint8_t)(unit >> 8);
    enum status status = idcard_text_parse(seed.data + TEXT_AT, IDCARD_TEXT_BYTES, &person);
    if (status != STATUS_OK)
        assert_string_equal(person.number, "as before");
    buf_release(&seed);
    return status;
}

static void test_idcard_text__broken_texts_are_no_person(void **state)
{
    (void)state;
    assert_int_equal(with_unit(2, 0x4E2D), STATUS_OK);
    assert_int_equal(with_unit(0, 0), STATUS_MALFORMED);
    assert_int_equal(with_unit(2, 0xD800), STATUS_MALFORMED); /* half of a pair */
    assert_int_equal(with_unit(2, 0xDC00), STATUS_MALFORMED);
    assert_int_equal(with_unit(4, '\n'), STATUS_MALFORMED);
    assert_int_equal(with_unit(36, 'x'), STATUS_MALFORMED);  /* birth */
    assert_int_equal(with_unit(44, '7'), STATUS_MALFORMED);  /* month 70 */
    assert_int_equal(with_unit(130, '-'), STATUS_MALFORMED); /* number */
    assert_int_equal(with_unit(188, ' '), STATUS_MALFORMED); /* valid from */
    assert_int_equal(with_unit(206, 'x'), STATUS_MALFORMED); /* valid to */
    assert_int_equal(with_unit(248, 'Z'), STATUS_UNSUPPORTED);
}

static void test_idcard_text__a_block_of_another_length_is_none(void **state)
{
    (void)state;
    uint8_t bytes[IDCARD_TEXT_BYTES + 1] = {0};
    struct idcard_person person;
    assert_int_equal(idcard_text_parse(bytes, IDCARD_TEXT_BYTES - 1, &person), STATUS_MALFORMED);
    assert_int_equal(idcard_text_parse(bytes, IDCARD_TEXT_BYTES + 1, &person), STATUS_MALFORMED);
    assert_int_equal(idcard_text_parse(bytes, 0, &person), STATUS_MALFORMED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_idcard_frame__commands_are_those_of_the_table),
        cmocka_unit_test(test_idcard_frame__answers_are_those_of_the_table),
        cmocka_unit_test(test_idcard_frame__every_part_of_an_answer_waits_for_the_rest),
        cmocka_unit_test(test_idcard_frame__junk_before_the_head_is_dropped),
        cmocka_unit_test(test_idcard_frame__a_length_nobody_sends_is_passed),
        cmocka_unit_test(test_idcard_frame__no_mutated_answer_is_read),
        cmocka_unit_test(test_idcard_text__resident_card_has_all_its_fields),
        cmocka_unit_test(test_idcard_text__the_other_two_kinds_are_read_from_their_places),
        cmocka_unit_test(test_idcard_text__a_card_without_end_has_none),
        cmocka_unit_test(test_idcard_text__broken_texts_are_no_person),
        cmocka_unit_test(test_idcard_text__a_block_of_another_length_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
