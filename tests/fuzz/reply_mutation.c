#include "tests/fuzz/reply_mutation.h"

#include <ctype.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/random.h"

enum { FLIPS_MAX = 8, STRETCHES_MAX = 20, CHUNKS = 6, FLOOD_HEADER_LINES = 4000 };

struct mutation {
    const struct random *random;
    const struct buf *seed;
    struct buf *out;
};

static void put(const struct mutation *m, const void *bytes, size_t length)
{
    check(buf_append(m->out, bytes, length) == STATUS_OK);
}

static void put_text(const struct mutation *m, const char *text)
{
    put(m, text, strlen(text));
}

/* The seed's bytes from one place up to another. */
static void put_seed(const struct mutation *m, size_t from, size_t to)
{
    put(m, m->seed->data + from, to - from);
}

static size_t any_place(const struct mutation *m)
{
    return random_below(m->random, (uint32_t)m->seed->length);
}

static size_t any_of(const struct mutation *m, size_t count)
{
    return random_below(m->random, (uint32_t)count);
}

/* Where the text ends in the seed. Returns: `otherwise` when it is not there. */
static size_t place_after(const struct mutation *m, const char *text, size_t otherwise)
{
    const uint8_t *found = memmem(m->seed->data, m->seed->length, text, strlen(text));
    return found == NULL ? otherwise : (size_t)(found - m->seed->data) + strlen(text);
}

static size_t digits_end(const struct mutation *m, size_t at)
{
    while (at < m->seed->length && isdigit(m->seed->data[at]))
        at++;
    return at;
}

static const char *telling_number(const struct mutation *m)
{
    static const char *const numbers[] = {"0",          "1",          "-1",    "7",
                                          "65536",      "2147483648", "0x20",  "18446744073709551616",
                                          "4294967295", "99999999",   "1e400", ""};
    return numbers[any_of(m, sizeof(numbers) / sizeof(numbers[0]))];
}

static enum reply_ending flip(const struct mutation *m)
{
    put_seed(m, 0, m->seed->length);
    for (size_t left = 1 + any_of(m, FLIPS_MAX); left > 0; left--)
        m->out->data[any_place(m)] ^= (uint8_t)(1U << any_of(m, 8));
    return REPLY_CLOSES;
}

static enum reply_ending cut(const struct mutation *m)
{
    put_seed(m, 0, any_place(m));
    return REPLY_CLOSES;
}

static enum reply_ending repeat(const struct mutation *m)
{
    size_t from = any_place(m);
    size_t to = from + 1 + any_of(m, m->seed->length - from);
    put_seed(m, 0, from);
    for (size_t left = 2 + any_of(m, STRETCHES_MAX); left > 0; left--)
        put_seed(m, from, to);
    put_seed(m, to, m->seed->length);
    return REPLY_CLOSES;
}

static enum reply_ending lie_about_number(const struct mutation *m)
{
    size_t at = any_place(m);
    while (at < m->seed->length && !isdigit(m->seed->data[at]))
        at++;
    put_seed(m, 0, at);
    put_text(m, telling_number(m));
    put_seed(m, digits_end(m, at), m->seed->length);
    return REPLY_CLOSES;
}

/* The length that is there is replaced; where there is none, one is told. */
static enum reply_ending lie_about_length(const struct mutation *m)
{
    size_t line = place_after(m, "\r\n", 0);
    size_t at = place_after(m, "Content-Length: ", line);
    put_seed(m, 0, at);
    if (at == line)
        put_text(m, "Content-Length: ");
    put_text(m, telling_number(m));
    if (at == line)
        put_text(m, "\r\n");
    put_seed(m, at == line ? at : digits_end(m, at), m->seed->length);
    return REPLY_CLOSES;
}

static enum reply_ending chunk_garbage(const struct mutation *m)
{
    static const char *const sizes[] = {"ffffffffffffffff\r\n", "-1\r\n", "7fffffff\r\n", "zz\r\n", "\r\n",
                                        "5;x=\"\r\n",           "5\r\n",  "1\n",          "0\r\n"};
    put_text(m, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < CHUNKS; i++) {
        put_text(m, sizes[any_of(m, sizeof(sizes) / sizeof(sizes[0]))]);
        put_text(m, any_of(m, 2) == 0 ? "hello\r\n" : "x");
    }
    return REPLY_CLOSES;
}

static enum reply_ending spoil_status_line(const struct mutation *m)
{
    static const char *const lines[] = {"HTTP/9.9 200 OK\r\n",
                                        "HTTP/1.1 -1 OK\r\n",
                                        "HTTP/1.1 99999 OK\r\n",
                                        "ICY 200 OK\r\n",
                                        "\r\n",
                                        "HTTP/1.1 204 None\r\n",
                                        "HTTP/1.1 101 Switching\r\n",
                                        "HTTP/1.1 302 Go\r\n",
                                        "200\r\n",
                                        "HTTP/1.1"};
    put_text(m, lines[any_of(m, sizeof(lines) / sizeof(lines[0]))]);
    put_seed(m, place_after(m, "\r\n", 0), m->seed->length);
    return REPLY_CLOSES;
}

static enum reply_ending flood_headers(const struct mutation *m)
{
    size_t line = place_after(m, "\r\n", 0);
    put_seed(m, 0, line);
    for (int i = 0; i < FLOOD_HEADER_LINES; i++)
        put_text(m, "X-Filling: aaaaaaaaaaaaaaaa\r\n");
    put_seed(m, line, m->seed->length);
    return REPLY_CLOSES;
}

static enum reply_ending flood_body(const struct mutation *m)
{
    size_t body = place_after(m, "\r\n\r\n", 0);
    if (body == m->seed->length)
        body = 0;
    put_text(m, "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n");
    while (m->out->length < 2 * LIMIT_HTTP_REPLY_BYTES)
        put_seed(m, body, m->seed->length);
    return REPLY_CLOSES;
}

static enum reply_ending say_nothing(const struct mutation *m)
{
    (void)m;
    return REPLY_CLOSES;
}

static enum reply_ending reset(const struct mutation *m)
{
    put_seed(m, 0, any_place(m));
    return REPLY_RESETS;
}

static enum reply_ending fall_silent(const struct mutation *m)
{
    put_seed(m, 0, any_place(m));
    return REPLY_HOLDS;
}

enum reply_ending reply_mutation_make(uint32_t number, const struct buf *seed, struct buf *out)
{
    static enum reply_ending (*const kinds[REPLY_MUTATION_KINDS])(const struct mutation *) = {
        flip,          lie_about_length,  cut,           repeat,     lie_about_number,
        chunk_garbage, spoil_status_line, flood_headers, flood_body, say_nothing,
        reset,         fall_silent};
    struct random_seeded seeded;
    random_seeded_init(&seeded, number + 1U);
    const struct mutation mutation = {&seeded.random, seed, out};
    check(seed->length > 0);
    return kinds[number % REPLY_MUTATION_KINDS](&mutation);
}
