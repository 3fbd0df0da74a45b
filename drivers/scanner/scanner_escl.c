#include "drivers/scanner/scanner_escl.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "drivers/net/http.h"
#include "kiosk/base/buf.h"

enum { DEPTH_MAX = 16, URL_BYTES = 512 };

/* A stretch of the text. */
struct span {
    const char *at;
    size_t length;
};

/* One tag and the text up to the next one. */
struct tag {
    struct span name; /* without its prefix */
    struct span text;
    bool is_end;
    bool is_empty; /* "<a/>" */
};

struct reader {
    const char *at;
    const char *end;
    int depth;
    bool has_root;
    struct span parents[DEPTH_MAX];
};

/* What the status says, as far as it matters here. */
struct told {
    struct span state;
    struct span feeder;
    enum device_state reason; /* READY for none */
};

static bool is_word(struct span span, const char *word)
{
    return span.length == strlen(word) && memcmp(span.at, word, span.length) == 0;
}

static bool is_among(struct span span, const char *const *words)
{
    while (*words && !is_word(span, *words))
        words++;
    return *words != NULL;
}

static struct span trimmed(const char *from, const char *to)
{
    while (from < to && isspace((unsigned char)*from))
        from++;
    while (from < to && isspace((unsigned char)to[-1]))
        to--;
    return (struct span){from, (size_t)(to - from)};
}

/* Past the end of "<?...?>" or "<!--...-->". Returns: NULL when it does not end. */
static const char *after(const struct reader *reader, const char *ending)
{
    const char *found = memmem(reader->at, (size_t)(reader->end - reader->at), ending, strlen(ending));
    return found ? found + strlen(ending) : NULL;
}

static bool starts_with(const struct reader *reader, const char *start)
{
    size_t length = strlen(start);
    return (size_t)(reader->end - reader->at) >= length && memcmp(reader->at, start, length) == 0;
}

/* To the next tag, past declarations and comments. Returns: false at the end or for what is not read here. */
static bool find_tag(struct reader *reader)
{
    for (;;) {
        reader->at = memchr(reader->at, '<', (size_t)(reader->end - reader->at));
        if (!reader->at)
            return false;
        const char *ending = starts_with(reader, "<?") ? "?>" : starts_with(reader, "<!--") ? "-->" : NULL;
        if (!ending)
            return !starts_with(reader,
                                "<!"); /* a document type or marked section has no place in a status */
        reader->at = after(reader, ending);
        if (!reader->at)
            return false;
    }
}

static struct span local_name(const char *from, const char *to)
{
    const char *end = from;
    while (end < to && !isspace((unsigned char)*end) && *end != '/')
        end++;
    const char *colon = memchr(from, ':', (size_t)(end - from));
    from = colon ? colon + 1 : from;
    return (struct span){from, (size_t)(end - from)};
}

static bool next_tag(struct reader *reader, struct tag *tag)
{
    if (!find_tag(reader))
        return false;
    const char *from = reader->at + 1;
    const char *close = memchr(from, '>', (size_t)(reader->end - from));
    if (!close || close == from)
        return false;
    tag->is_end = *from == '/';
    tag->is_empty = !tag->is_end && close[-1] == '/';
    tag->name = local_name(from + tag->is_end, close);
    reader->at = close + 1;
    const char *next = memchr(reader->at, '<', (size_t)(reader->end - reader->at));
    tag->text = trimmed(reader->at, next ? next : reader->end);
    return tag->name.length > 0;
}

static enum device_state reason_state(struct span word)
{
    static const char *const jams[] = {"MediaJam", "ScannerAdfJam", NULL};
    static const char *const covers[] = {"CoverOpen", "InterlockOpen", "DoorOpen", NULL};
    return is_among(word, jams) ? DEVICE_JAMMED : is_among(word, covers) ? DEVICE_COVER_OPEN : DEVICE_READY;
}

/* An element has begun below its parents. */
static void take_element(const struct reader *reader, const struct tag *tag, struct told *told)
{
    if (reader->depth == 1 && is_word(tag->name, "State"))
        told->state = tag->text;
    if (reader->depth == 1 && is_word(tag->name, "AdfState"))
        told->feeder = tag->text;
    if (reader->depth == 2 && is_word(reader->parents[1], "StateReasons") && told->reason == DEVICE_READY)
        told->reason = reason_state(tag->text);
}

static bool take_end(struct reader *reader, const struct tag *tag)
{
    if (reader->depth == 0)
        return false;
    const struct span *open = &reader->parents[--reader->depth];
    return open->length == tag->name.length && memcmp(open->at, tag->name.at, open->length) == 0;
}

static bool take_start(struct reader *reader, const struct tag *tag, struct told *told)
{
    if (reader->depth == 0 && (reader->has_root || !is_word(tag->name, "ScannerStatus")))
        return false;
    reader->has_root = true;
    take_element(reader, tag, told);
    if (tag->is_empty)
        return true;
    if (reader->depth == DEPTH_MAX)
        return false;
    reader->parents[reader->depth++] = tag->name;
    return true;
}

/* Whether the whole text was read to the end of its root. */
static bool read_all(struct reader *reader, struct told *told)
{
    struct tag tag;
    bool is_sound = true;
    while (is_sound && reader->at && next_tag(reader, &tag)) {
        is_sound = tag.is_end ? take_end(reader, &tag) : take_start(reader, &tag, told);
        if (is_sound && reader->depth == 0)
            return true;
    }
    return false;
}

static enum device_state judge(const struct told *told)
{
    static const char *const jams[] = {"ScannerAdfJam", "ScannerAdfMispick", "ScannerAdfMultipickDetected",
                                       NULL};
    static const char *const covers[] = {"ScannerAdfHatchOpen", "ScannerAdfDoorOpen", NULL};
    static const char *const works[] = {"Processing", "Testing", NULL};
    if (is_among(told->feeder, jams))
        return DEVICE_JAMMED;
    if (is_among(told->feeder, covers))
        return DEVICE_COVER_OPEN;
    if (told->reason != DEVICE_READY)
        return told->reason;
    return is_among(told->state, works)   ? DEVICE_WORKING
           : is_word(told->state, "Idle") ? DEVICE_READY
                                          : DEVICE_FAULTY;
}

enum status scanner_escl_read(const char *xml, size_t length, enum device_state *out)
{
    struct told told = {.reason = DEVICE_READY};
    if (length > SCANNER_ESCL_STATUS_BYTES)
        return STATUS_FULL;
    if (length == 0)
        return STATUS_MALFORMED;
    struct reader reader = {.at = xml, .end = xml + length};
    if (!read_all(&reader, &told) || told.state.length == 0)
        return STATUS_MALFORMED;
    *out = judge(&told);
    return STATUS_OK;
}

static enum status read_reply(const struct http_reply *reply, enum device_state *out, struct failure *failure)
{
    if (reply->code != 200)
        return failure_set(failure, STATUS_REFUSED, "ScannerStatus", reply->code, "no status");
    enum status status = scanner_escl_read((const char *)reply->body.data, reply->body.length, out);
    return status == STATUS_OK
               ? status
               : failure_set(failure, status, "ScannerStatus", (long)reply->body.length, "not a status");
}

enum status scanner_escl_ask(struct http *http, const char *url, enum device_state *out,
                             struct failure *failure)
{
    struct buf address;
    struct http_reply reply;
    size_t length = strlen(url);
    buf_init(&address, URL_BYTES);
    http_reply_init(&reply);
    enum status status = buf_append_format(&address, "%s%sScannerStatus", url,
                                           length > 0 && url[length - 1] == '/' ? "" : "/");
    const struct http_request request = {
        .method = "GET", .url = (const char *)address.data, .timeout_ms = SCANNER_ESCL_ASK_MS};
    if (status == STATUS_OK)
        status = http_request(http, &request, &reply, failure);
    if (status == STATUS_OK)
        status = read_reply(&reply, out, failure);
    http_reply_release(&reply);
    buf_release(&address);
    return status;
}
