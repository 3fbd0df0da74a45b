/* The reader's end of the line: bytes come, answers go, whole or in pieces, until a signal ends it. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "drivers/simulators/idcard/sim_idcard.h"

enum { INPUT_BYTES = 512, PIECE_PAUSE_MS = 2 };

struct line {
    struct sim_idcard *sim;
    int fd, slave, signals;
    uint8_t input[INPUT_BYTES];
    size_t length;
};

static int open_signals(void)
{
    sigset_t set;
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGTERM);
    (void)sigaddset(&set, SIGINT);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* Returns: whether nobody asked to end meanwhile. */
static bool pause_for(const struct line *line, int ms)
{
    struct pollfd ends = {.fd = line->signals, .events = POLLIN};
    return ms <= 0 || poll(&ends, 1, ms) == 0;
}

static bool send_answer(const struct line *line, const struct sim_idcard_answer *answer)
{
    size_t piece = answer->piece > 0 ? answer->piece : answer->length;
    bool goes_on = pause_for(line, answer->pause_ms);
    for (size_t at = 0; at < answer->length && goes_on; at += piece) {
        size_t length = answer->length - at < piece ? answer->length - at : piece;
        if (write(line->fd, answer->bytes + at, length) != (ssize_t)length)
            return true; /* nobody listens any more; the next question begins anew */
        goes_on = answer->piece == 0 || pause_for(line, PIECE_PAUSE_MS);
    }
    return goes_on;
}

/* At another speed than the reader's nothing it hears makes sense. */
static bool is_in_tune(const struct line *line)
{
    struct termios other;
    return tcgetattr(line->slave, &other) == 0 && cfgetospeed(&other) == line->sim->speed;
}

static bool answer_all(struct line *line)
{
    struct sim_idcard_answer answer;
    bool has_answer = true;
    bool goes_on = true;
    if (!is_in_tune(line))
        line->length = 0;
    while (has_answer && goes_on) {
        size_t used = 0;
        sim_http_lock(line->sim->server);
        has_answer = sim_idcard_question(line->sim, line->input, line->length, &used, &answer);
        sim_http_unlock(line->sim->server);
        line->length -= used;
        (void)memmove(line->input, line->input + used, line->length);
        if (has_answer)
            goes_on = send_answer(line, &answer);
    }
    if (line->length == INPUT_BYTES)
        line->length = 0;
    return goes_on;
}

enum status sim_idcard_serve(struct sim_idcard *sim, int fd, int slave, struct failure *failure)
{
    struct line line = {.sim = sim, .fd = fd, .slave = slave, .signals = open_signals()};
    enum status status = STATUS_OK;
    bool goes_on = line.signals >= 0;
    while (goes_on) {
        struct pollfd both[] = {{.fd = fd, .events = POLLIN}, {.fd = line.signals, .events = POLLIN}};
        if (poll(both, 2, -1) < 0 && errno != EINTR)
            status = failure_set(failure, STATUS_IO, "poll", errno, "%s", strerrordesc_np(errno));
        goes_on = status == STATUS_OK && both[1].revents == 0;
        if (!goes_on || both[0].revents == 0)
            continue;
        ssize_t got = read(fd, line.input + line.length, INPUT_BYTES - line.length);
        line.length += got > 0 ? (size_t)got : 0;
        goes_on = answer_all(&line);
    }
    if (line.signals >= 0)
        (void)close(line.signals);
    return status;
}
