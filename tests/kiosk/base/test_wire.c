#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/wire.h"

static void fill(struct wire *wire)
{
    wire_init(wire, 0x1234);
    assert_int_equal(wire_put_text(wire, 1, "重庆"), STATUS_OK);
    assert_int_equal(wire_put_integer(wire, 2, INT64_MIN), STATUS_OK);
    assert_int_equal(wire_put_bytes(wire, 1, "\0\1", 2), STATUS_OK);
    assert_int_equal(wire_put_bytes(wire, 3, "", 0), STATUS_OK);
}

static void assert_filled(const struct wire *wire)
{
    char text[16];
    int64_t number = 0;
    const uint8_t *bytes = NULL;
    size_t length = 9;
    assert_int_equal(wire->type, 0x1234);
    assert_int_equal(wire_get_text(wire, 1, text, sizeof(text)), STATUS_OK);
    assert_string_equal(text, "重庆");
    assert_int_equal(wire_get_integer(wire, 2, &number), STATUS_OK);
    assert_true(number == INT64_MIN);
    assert_int_equal(wire_get_bytes(wire, 1, 1, &bytes, &length), STATUS_OK);
    assert_int_equal(length, 2);
    assert_memory_equal(bytes, "\0\1", 2);
    assert_int_equal(wire_get_bytes(wire, 3, 0, &bytes, &length), STATUS_OK);
    assert_int_equal(length, 0);
}

/* The frame as it stands on a socket, read with our own hands. */
static size_t frame_of(const struct wire *wire, uint8_t *out, size_t size)
{
    int ends[2];
    size_t length = 0;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_int_equal(wire_send(ends[0], wire, 1000), STATUS_OK);
    (void)close(ends[0]);
    for (ssize_t got = 1; got > 0; length += (size_t)(got > 0 ? got : 0))
        got = read(ends[1], out + length, size - length);
    (void)close(ends[1]);
    return length;
}

static void test_wire__a_message_arrives_as_it_was_sent(void **state)
{
    (void)state;
    int ends[2];
    struct wire sent, got;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    fill(&sent);
    assert_int_equal(wire_send(ends[0], &sent, 1000), STATUS_OK);
    assert_int_equal(wire_receive(ends[1], &got, 1000), STATUS_OK);
    assert_filled(&got);
    wire_release(&sent);
    wire_release(&got);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void test_wire__missing_and_unfit_fields_are_told_apart(void **state)
{
    (void)state;
    struct wire wire;
    char text[6];
    int64_t number = 7;
    struct secret secret = {0};
    fill(&wire);
    assert_int_equal(wire_get_text(&wire, 9, text, sizeof(text)), STATUS_NOT_FOUND);
    assert_int_equal(wire_get_text(&wire, 1, text, sizeof(text)), STATUS_FULL);
    assert_int_equal(wire_get_integer(&wire, 1, &number), STATUS_MALFORMED);
    assert_int_equal(number, 7);
    assert_int_equal(wire_put_bytes(&wire, 4, "a\0b", 3), STATUS_OK);
    assert_int_equal(wire_get_text(&wire, 4, text, sizeof(text)), STATUS_MALFORMED);
    assert_int_equal(wire_put_bytes(&wire, 5, "\xFF", 1), STATUS_OK);
    assert_int_equal(wire_get_text(&wire, 5, text, sizeof(text)), STATUS_MALFORMED);
    assert_int_equal(wire_put_text(&wire, 6, "123456"), STATUS_OK);
    assert_int_equal(wire_get_secret(&wire, 6, &secret), STATUS_OK);
    assert_string_equal((const char *)secret.bytes, "123456");
    secret_wipe(&secret);
    wire_release(&wire);
    wire_release(NULL);
}

static void test_wire__a_cut_or_stretched_frame_is_malformed(void **state)
{
    (void)state;
    uint8_t frame[256];
    struct wire wire, parsed;
    fill(&wire);
    size_t length = frame_of(&wire, frame, sizeof(frame));
    assert_int_equal(wire_parse(&parsed, frame, length), STATUS_OK);
    assert_filled(&parsed);
    wire_release(&parsed);
    for (size_t cut = 0; cut < length; cut++)
        assert_int_equal(wire_parse(&parsed, frame, cut), STATUS_MALFORMED);
    frame[length] = 0;
    assert_int_equal(wire_parse(&parsed, frame, length + 1), STATUS_MALFORMED);
    frame[0] ^= 1;
    assert_int_equal(wire_parse(&parsed, frame, length), STATUS_MALFORMED);
    wire_release(&wire);
}

static void test_wire__a_field_longer_than_the_frame_is_malformed(void **state)
{
    (void)state;
    uint8_t frame[256];
    struct wire wire, parsed;
    fill(&wire);
    size_t length = frame_of(&wire, frame, sizeof(frame));
    for (size_t i = 0; i < 4;
         i++) { /* the first field's length stands behind the head of 12 and its tag of 2 */
        uint8_t before = frame[14 + i];
        frame[14 + i] = 0xff;
        assert_int_equal(wire_parse(&parsed, frame, length), STATUS_MALFORMED);
        frame[14 + i] = before;
    }
    frame[7]++; /* one field more than there is */
    assert_int_equal(wire_parse(&parsed, frame, length), STATUS_MALFORMED);
    frame[7] = (uint8_t)(frame[7] - 2); /* one less: bytes nobody speaks of */
    assert_int_equal(wire_parse(&parsed, frame, length), STATUS_MALFORMED);
    wire_release(&wire);
}

static void test_wire__lengths_have_a_ceiling_before_memory_is_taken(void **state)
{
    (void)state;
    struct wire wire, got;
    int ends[2];
    const uint8_t huge[12] = {'C', 'K', 'W', '1', 0, 1, 0, 1, 0xff, 0xff, 0xff, 0xff};
    wire_init(&wire, 1);
    assert_int_equal(wire_put_bytes(&wire, 1, huge, (size_t)LIMIT_FRAME_BYTES + 1), STATUS_FULL);
    wire_release(&wire);
    assert_int_equal(wire_parse(&got, huge, sizeof(huge)), STATUS_FULL);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_int_equal(write(ends[0], huge, sizeof(huge)), sizeof(huge));
    assert_int_equal(wire_receive(ends[1], &got, 1000), STATUS_FULL);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void test_wire__silence_ends_at_the_deadline_also_in_the_middle(void **state)
{
    (void)state;
    uint8_t frame[256];
    struct wire wire, got;
    int ends[2];
    fill(&wire);
    size_t length = frame_of(&wire, frame, sizeof(frame));
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_int_equal(wire_receive(ends[1], &got, 20), STATUS_TIMED_OUT);
    assert_int_equal(write(ends[0], frame, length - 1), (ssize_t)length - 1);
    int64_t start_ms = clock_monotonic_ms(clock_system());
    assert_int_equal(wire_receive(ends[1], &got, 50), STATUS_TIMED_OUT);
    assert_in_range(clock_monotonic_ms(clock_system()) - start_ms, 45, 10000);
    wire_release(&got);
    wire_release(&wire);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void test_wire__a_peer_that_left_is_lost(void **state)
{
    (void)state;
    struct wire wire, got;
    int ends[2];
    fill(&wire);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_int_equal(write(ends[0], "CKW1", 4), 4);
    (void)close(ends[0]);
    assert_int_equal(wire_receive(ends[1], &got, 1000), STATUS_LOST);
    assert_int_equal(wire_send(ends[1], &wire, 1000), STATUS_LOST);
    wire_release(&wire);
    (void)close(ends[1]);
}

static void test_wire__a_peer_that_does_not_read_times_out(void **state)
{
    (void)state;
    static uint8_t large[4 * 1024 * 1024];
    struct wire wire;
    int ends[2];
    wire_init(&wire, 1);
    assert_int_equal(wire_put_bytes(&wire, 1, large, sizeof(large)), STATUS_OK);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    assert_int_equal(wire_send(ends[0], &wire, 30), STATUS_TIMED_OUT);
    wire_release(&wire);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

struct trickle {
    int fd;
    const uint8_t *frame;
    size_t length;
};

static void *send_by_bytes(void *argument)
{
    const struct trickle *trickle = argument;
    for (size_t i = 0; i < trickle->length; i++)
        if (write(trickle->fd, trickle->frame + i, 1) != 1)
            break;
    return NULL;
}

static void test_wire__a_message_in_single_bytes_is_put_together(void **state)
{
    (void)state;
    uint8_t frame[256];
    struct wire wire, got;
    int ends[2];
    pthread_t thread;
    fill(&wire);
    struct trickle trickle = {.frame = frame, .length = frame_of(&wire, frame, sizeof(frame))};
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    trickle.fd = ends[0];
    assert_int_equal(pthread_create(&thread, NULL, send_by_bytes, &trickle), 0);
    assert_int_equal(wire_receive(ends[1], &got, 10000), STATUS_OK);
    assert_filled(&got);
    (void)pthread_join(thread, NULL);
    wire_release(&wire);
    wire_release(&got);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wire__a_message_arrives_as_it_was_sent),
        cmocka_unit_test(test_wire__missing_and_unfit_fields_are_told_apart),
        cmocka_unit_test(test_wire__a_cut_or_stretched_frame_is_malformed),
        cmocka_unit_test(test_wire__a_field_longer_than_the_frame_is_malformed),
        cmocka_unit_test(test_wire__lengths_have_a_ceiling_before_memory_is_taken),
        cmocka_unit_test(test_wire__silence_ends_at_the_deadline_also_in_the_middle),
        cmocka_unit_test(test_wire__a_peer_that_left_is_lost),
        cmocka_unit_test(test_wire__a_peer_that_does_not_read_times_out),
        cmocka_unit_test(test_wire__a_message_in_single_bytes_is_put_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
