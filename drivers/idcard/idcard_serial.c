/* A SAM_V reader on a serial line (8N1), or behind a USB bridge that makes one.
 *
 * It runs in its worker, not in the driver host: the host is there for vendor code, which may hang or crash.
 * Here there is none. The line is never waited for but by poll with a deadline, every length has a ceiling,
 * and what may block in a driver of the kernel (draining the output when a line closes) is thrown away first.
 *
 * The line is opened when it is first needed and again after it was lost, so that a reader may be plugged in
 * at any time.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <termios.h>
#include <unistd.h>

#include "drivers/idcard/idcard_drivers.h"
#include "drivers/idcard/idcard_frame.h"
#include "drivers/idcard/idcard_text.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"

/* The longest a reader takes for an answer; a whole text and photo need a second at 9600 baud and more. */
/* The reader takes its time over a card before it says the first byte. */
enum { LONG_ANSWER_MS = 2000, SLICE_MS = 100, PATH_BYTES = 256 };
enum { TEXT_AT = 4, LENGTHS_BYTES = 4 };

struct serial {
    const struct clock *clock; /* borrowed */
    char path[PATH_BYTES];
    speed_t speed;
    int64_t answer_ms;
    int fd;                                /* -1 while it is not open */
    uint8_t bytes[2 * IDCARD_FRAME_BYTES]; /* came and were not understood yet */
    size_t length;
};

/* One call of the driver. */
struct exchange {
    struct serial *serial;
    const struct job_cancel *cancel;
    int64_t until_ms; /* monotonic */
    struct failure *failure;
};

static enum status fail(const struct exchange *exchange, enum status status, long code, const char *text)
{
    return failure_set(exchange->failure, status, "idcard_serial", code, "%s", text);
}

/* --- the line ---------------------------------------------------------------------------------------- */

static void hang_up(struct serial *serial)
{
    if (serial->fd < 0)
        return;
    (void)tcflush(serial->fd, TCIOFLUSH);
    (void)close(serial->fd);
    serial->fd = -1;
}

static bool set_up(const struct serial *serial)
{
    struct termios line;
    if (tcgetattr(serial->fd, &line) != 0)
        return false;
    cfmakeraw(&line);
    line.c_cflag |= CLOCAL | CREAD;
    line.c_cflag &= ~(tcflag_t)(CSTOPB | CRTSCTS | HUPCL);
    line.c_cc[VMIN] = 0;
    line.c_cc[VTIME] = 0;
    return cfsetispeed(&line, serial->speed) == 0 && cfsetospeed(&line, serial->speed) == 0 &&
           tcsetattr(serial->fd, TCSANOW, &line) == 0;
}

static enum status be_open(const struct exchange *exchange)
{
    struct serial *serial = exchange->serial;
    if (serial->fd >= 0)
        return STATUS_OK;
    serial->fd = open(serial->path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (serial->fd < 0)
        return fail(exchange, STATUS_LOST, errno, "the line cannot be opened");
    if (flock(serial->fd, LOCK_EX | LOCK_NB) != 0) { /* two who listen get half of an answer each */
        hang_up(serial);
        return fail(exchange, STATUS_BUSY, errno, "another program uses the line");
    }
    if (set_up(serial))
        return STATUS_OK;
    int code = errno;
    hang_up(serial);
    return fail(exchange, STATUS_LOST, code, "this is no serial line");
}

static enum status lose(const struct exchange *exchange, int code)
{
    hang_up(exchange->serial);
    return fail(exchange, STATUS_LOST, code, "the line is gone");
}

/* Until the line is ready for these events. */
static enum status wait_for(const struct exchange *exchange, short events, int64_t until_ms)
{
    struct pollfd line = {.fd = exchange->serial->fd, .events = events};
    for (;;) {
        int64_t left_ms = until_ms - clock_monotonic_ms(exchange->serial->clock);
        if (job_cancel_is_requested(exchange->cancel))
            return fail(exchange, STATUS_CANCELLED, 0, "cancelled");
        if (left_ms <= 0)
            return fail(exchange, STATUS_TIMED_OUT, 0, "no answer");
        int ready = poll(&line, 1, (int)(left_ms < SLICE_MS ? left_ms : SLICE_MS));
        if (ready < 0 && errno != EINTR)
            return lose(exchange, errno);
        if (ready > 0 && line.revents & events)
            return STATUS_OK;
        if (ready > 0)
            return lose(exchange, EIO);
    }
}

static enum status say(const struct exchange *exchange, const uint8_t *bytes, size_t length, int64_t until_ms)
{
    while (length > 0) {
        enum status status = wait_for(exchange, POLLOUT, until_ms);
        if (status != STATUS_OK)
            return status;
        ssize_t written = write(exchange->serial->fd, bytes, length);
        if (written < 0 && errno != EAGAIN && errno != EINTR)
            return lose(exchange, errno);
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    return STATUS_OK;
}

static enum status hear(const struct exchange *exchange, int64_t until_ms)
{
    struct serial *serial = exchange->serial;
    enum status status = wait_for(exchange, POLLIN, until_ms);
    if (status != STATUS_OK)
        return status;
    if (serial->length == sizeof(serial->bytes)) /* cannot be: a frame is shorter, junk is dropped */
        serial->length = 0;
    ssize_t got = read(serial->fd, serial->bytes + serial->length, sizeof(serial->bytes) - serial->length);
    if (got > 0)
        serial->length += (size_t)got;
    else if (got == 0 || (errno != EAGAIN && errno != EINTR))
        return lose(exchange, got == 0 ? EIO : errno);
    return STATUS_OK;
}

/* --- question and answer ----------------------------------------------------------------------------- */

static void drop(struct serial *serial, size_t used)
{
    serial->length -= used;
    (void)memmove(serial->bytes, serial->bytes + used, serial->length);
}

/* So long from now, at most to the end of the call. */
static int64_t within(const struct exchange *exchange, int64_t ms)
{
    int64_t until_ms = clock_monotonic_ms(exchange->serial->clock) + ms;
    return until_ms < exchange->until_ms ? until_ms : exchange->until_ms;
}

/* What came before is of an earlier question. The answer stands in the line's bytes until the next one. An
 * answer that has begun is not late however slow the line is, as long as something of it comes. */
static enum status ask(const struct exchange *exchange, enum idcard_frame_command command, int64_t within_ms,
                       struct idcard_frame *out)
{
    struct serial *serial = exchange->serial;
    uint8_t question[IDCARD_FRAME_COMMAND_BYTES];
    int64_t until_ms = within(exchange, within_ms);
    enum status status = be_open(exchange);
    if (status != STATUS_OK)
        return status;
    (void)tcflush(serial->fd, TCIFLUSH);
    secret_wipe_bytes(serial->bytes, sizeof(serial->bytes));
    serial->length = 0;
    idcard_frame_command(command, question);
    status = say(exchange, question, sizeof(question), until_ms);
    while (status == STATUS_OK) {
        size_t used = 0;
        status = hear(exchange, until_ms);
        if (status != STATUS_OK)
            return status;
        until_ms = within(exchange, serial->answer_ms);
        enum status found = idcard_frame_parse(serial->bytes, serial->length, out, &used);
        if (found == STATUS_OK)
            return STATUS_OK;
        drop(serial, used);
        if (found == STATUS_MALFORMED)
            return fail(exchange, STATUS_MALFORMED, command, "a broken frame");
    }
    return status;
}

/* What a status word that was not hoped for means. */
static enum status refuse(const struct exchange *exchange, const struct idcard_frame *answer)
{
    if (answer->word == IDCARD_FRAME_NO_CARD)
        return fail(exchange, STATUS_NOT_FOUND, answer->word, "no card");
    if (answer->word == IDCARD_FRAME_CHECKSUM || answer->word == IDCARD_FRAME_LENGTH)
        return fail(exchange, STATUS_MALFORMED, answer->word, "the reader did not understand");
    if (answer->word == IDCARD_FRAME_NO_RIGHT || answer->word == IDCARD_FRAME_SELF_TEST ||
        answer->word == IDCARD_FRAME_NO_LICENCE)
        return fail(exchange, STATUS_CONFIG, answer->word, "the reader may not read");
    return fail(exchange, STATUS_REFUSED, answer->word, "the card was not read");
}

static enum status expect(const struct exchange *exchange, enum idcard_frame_command command,
                          int64_t within_ms, int word, struct idcard_frame *out)
{
    enum status status = ask(exchange, command, within_ms, out);
    if (status != STATUS_OK)
        return status;
    return out->word == word ? STATUS_OK : refuse(exchange, out);
}

/* Length of the texts, length of the photo, both; the photo is the vendor's secret and is left out. */
static enum status take_person(const struct exchange *exchange, const struct idcard_frame *answer,
                               struct idcard_person *out)
{
    size_t text = answer->length < LENGTHS_BYTES ? 0 : (size_t)answer->data[0] << 8 | answer->data[1];
    if (text == 0 || answer->length < TEXT_AT + text)
        return fail(exchange, STATUS_MALFORMED, 0, "an answer without texts");
    enum status status = idcard_text_parse(answer->data + TEXT_AT, text, out);
    if (status == STATUS_UNSUPPORTED)
        return fail(exchange, STATUS_REFUSED, 0, "another kind of card");
    return status == STATUS_OK ? status : fail(exchange, status, 0, "texts that are none");
}

/* Finding, selecting and reading belong together: after any failure it begins at the first again. */
static enum status read_card(const struct exchange *exchange, struct idcard_person *out)
{
    struct idcard_frame answer;
    int64_t answer_ms = exchange->serial->answer_ms;
    enum status status = expect(exchange, IDCARD_FRAME_FIND, answer_ms, IDCARD_FRAME_FOUND, &answer);
    if (status == STATUS_OK) {
        status = expect(exchange, IDCARD_FRAME_SELECT, answer_ms, IDCARD_FRAME_DONE, &answer);
        if (status == STATUS_OK)
            status =
                expect(exchange, IDCARD_FRAME_READ, answer_ms + LONG_ANSWER_MS, IDCARD_FRAME_DONE, &answer);
        if (status == STATUS_NOT_FOUND) /* it was there a moment ago */
            status = fail(exchange, STATUS_REFUSED, 0, "the card was lifted");
    }
    return status == STATUS_OK ? take_person(exchange, &answer, out) : status;
}

/* --- the driver -------------------------------------------------------------------------------------- */

static struct exchange begin(struct serial *serial, const struct idcard_call *call, struct failure *failure)
{
    return (struct exchange){.serial = serial,
                             .cancel = call->cancel,
                             .until_ms = clock_monotonic_ms(serial->clock) + call->timeout_ms,
                             .failure = failure};
}

static enum status serial_read(void *context, const struct idcard_call *call, struct idcard_person *out,
                               struct failure *failure)
{
    struct serial *serial = context;
    const struct exchange exchange = begin(serial, call, failure);
    enum status status = read_card(&exchange, out);
    secret_wipe_bytes(serial->bytes, sizeof(serial->bytes));
    serial->length = 0;
    return status;
}

static enum status serial_probe(void *context, const struct idcard_call *call, struct failure *failure)
{
    struct idcard_frame answer;
    const struct exchange exchange = begin(context, call, failure);
    return expect(&exchange, IDCARD_FRAME_STATUS, exchange.serial->answer_ms, IDCARD_FRAME_DONE, &answer);
}

static void serial_close(void *context)
{
    struct serial *serial = context;
    hang_up(serial);
    secret_wipe_bytes(serial, sizeof(*serial));
    free(serial);
}

static const struct idcard_ops serial_ops = {
    .name = "serial", .read = serial_read, .probe = serial_probe, .close = serial_close};

static bool speed_of(int baud, speed_t *out)
{
    static const struct {
        int baud;
        speed_t speed;
    } speeds[] = {{115200, B115200}, {57600, B57600}, {38400, B38400}, {19200, B19200}, {9600, B9600}};
    for (size_t i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++) {
        if (speeds[i].baud == baud) {
            *out = speeds[i].speed;
            return true;
        }
    }
    return false;
}

static enum status serial_open(const struct idcard_settings *settings, struct idcard **out,
                               struct failure *failure)
{
    speed_t speed = 0;
    if (settings->device == NULL || settings->device[0] == 0)
        return failure_set(failure, STATUS_CONFIG, "idcard_open", 0, "device is missing");
    if (!speed_of(settings->baud, &speed))
        return failure_set(failure, STATUS_CONFIG, "idcard_open", settings->baud, "no reader has this speed");
    if (settings->answer_ms < 100)
        return failure_set(failure, STATUS_CONFIG, "idcard_open", (long)settings->answer_ms,
                           "answer_ms is too short");
    struct serial *serial = calloc(1, sizeof(*serial));
    if (serial == NULL)
        return STATUS_NO_MEMORY;
    serial->clock = settings->clock;
    serial->speed = speed;
    serial->answer_ms = settings->answer_ms;
    serial->fd = -1;
    enum status status = text_copy(serial->path, sizeof(serial->path), settings->device)
                             ? idcard_new_take(&serial_ops, serial, settings->clock, out)
                             : failure_set(failure, STATUS_CONFIG, "idcard_open", 0, "device is too long");
    if (status != STATUS_OK)
        serial_close(serial);
    return status;
}

const struct idcard_driver idcard_serial_driver = {.name = "serial", .open = serial_open};
