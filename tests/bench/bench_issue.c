/* bench-issue: how long issuing takes without the token's own time and the authority's: store, journal, PKI,
 * proof.
 *
 * Every call into the token and the authority is timed by wrapping it at link time (--wrap) and taken off.
 * Prints "stage median largest outside" lines for the five stages and "whole". Units: milliseconds; the last
 * is the median of what was taken off. The hall is the tests': real store, PKI and services, fakes outside.
 */
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kiosk/base/log.h"
#include "kiosk/services/service_context.h"
#include "tests/support/hall_order.h"

enum { ROUNDS = 15, STAGES = 5, WHOLE = STAGES };

static _Thread_local double outside_ms; /* in token and authority, of the run in work */
static _Thread_local double mark_ms;    /* when the last stage ended */
static _Thread_local double mark_outside_ms;
static double own[STAGES + 1][ROUNDS]; /* written by the worker, read when the round is over */
static double away[STAGES + 1][ROUNDS];
static atomic_int round_now;

static double now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1000000;
}

/* --- what is wrapped -------------------------------------------------------------------------------------
 */

#define OUTSIDE(name, parameters, arguments)                                                                 \
    enum status __real_##name parameters;                                                                    \
    enum status __wrap_##name parameters;                                                                    \
    enum status __wrap_##name parameters                                                                     \
    {                                                                                                        \
        double since_ms = now_ms();                                                                          \
        enum status status = __real_##name arguments;                                                        \
        outside_ms += now_ms() - since_ms;                                                                   \
        return status;                                                                                       \
    }

OUTSIDE(token_look, (struct token * token, struct token_info *out, struct failure *failure),
        (token, out, failure))
OUTSIDE(token_wait,
        (struct token * token, uint64_t insertion, int wait_ms, struct job_cancel *cancel,
         struct token_info *out, struct failure *failure),
        (token, insertion, wait_ms, cancel, out, failure))
OUTSIDE(token_format,
        (struct token * token, const struct token_identity *expected, const struct token_format *format,
         struct token_identity *out, struct failure *failure),
        (token, expected, format, out, failure))
OUTSIDE(token_generate,
        (struct token * token, const struct token_identity *expected, const struct secret *pin,
         enum token_role role, enum token_algorithm algorithm, const struct token_key_id *id,
         struct job_cancel *cancel, struct token_public_key *out, struct failure *failure),
        (token, expected, pin, role, algorithm, id, cancel, out, failure))
OUTSIDE(token_public_key,
        (struct token * token, const struct token_identity *expected, enum token_role role,
         const struct token_key_id *id, struct token_public_key *out, struct failure *failure),
        (token, expected, role, id, out, failure))
OUTSIDE(token_check_key,
        (struct token * token, const struct token_identity *expected, const struct secret *pin,
         const struct token_key_id *id, struct token_key_check *out, struct failure *failure),
        (token, expected, pin, id, out, failure))
OUTSIDE(token_sign,
        (struct token * token, const struct token_identity *expected, const struct secret *pin,
         const struct token_key_id *id, const void *data, size_t length, struct buf *signature,
         struct failure *failure),
        (token, expected, pin, id, data, length, signature, failure))
OUTSIDE(token_write_certificate,
        (struct token * token, const struct token_identity *expected, const struct secret *pin,
         enum token_role role, const struct token_key_id *id, const void *der, size_t length,
         struct failure *failure),
        (token, expected, pin, role, id, der, length, failure))
OUTSIDE(token_read_certificate,
        (struct token * token, const struct token_identity *expected, enum token_role role,
         const struct token_key_id *id, struct buf *der, struct token_key_id *found, struct failure *failure),
        (token, expected, role, id, der, found, failure))
OUTSIDE(token_unlock_pin,
        (struct token * token, const struct token_identity *expected, const struct secret *so_pin,
         const struct secret *new_pin, struct failure *failure),
        (token, expected, so_pin, new_pin, failure))
OUTSIDE(token_destroy,
        (struct token * token, const struct token_identity *expected, const struct secret *pin,
         enum token_role role, const struct token_key_id *id, struct failure *failure),
        (token, expected, pin, role, id, failure))
OUTSIDE(authority_request,
        (struct authority * authority, const struct authority_request *request, struct authority_outcome *out,
         struct failure *failure),
        (authority, request, out, failure))
OUTSIDE(authority_inquire,
        (struct authority * authority, const char *id, struct authority_outcome *out,
         struct failure *failure),
        (authority, id, out, failure))
OUTSIDE(authority_confirm,
        (struct authority * authority, const char *id, bool accepted, struct failure *failure),
        (authority, id, accepted, failure))
OUTSIDE(authority_status,
        (struct authority * authority, struct authority_status *out, struct failure *failure),
        (authority, out, failure))

static void note(int stage, double since_ms, double since_outside_ms)
{
    int round = atomic_load(&round_now);
    if (round < 0 || round >= ROUNDS)
        return;
    away[stage][round] = outside_ms - since_outside_ms;
    own[stage][round] = now_ms() - since_ms - away[stage][round];
}

/* The end of each stage is said in the log. */
void __wrap_log_line(enum log_level level, const char *component, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void __wrap_log_line(enum log_level level, const char *component, const char *format, ...)
{
    va_list arguments;
    (void)level;
    if (strcmp(component, "issue") != 0 || strstr(format, "stage %u") == NULL)
        return;
    va_start(arguments, format);
    (void)va_arg(arguments, const char *);
    unsigned stage = va_arg(arguments, unsigned);
    va_end(arguments);
    if (stage < STAGES)
        note((int)stage, mark_ms, mark_outside_ms);
    mark_ms = now_ms();
    mark_outside_ms = outside_ms;
}

void __real_service_issue_run_run(struct service_context *context, struct service_job *job);
void __wrap_service_issue_run_run(struct service_context *context, struct service_job *job);
void __wrap_service_issue_run_run(struct service_context *context, struct service_job *job)
{
    double since_ms = mark_ms = now_ms();
    double since_outside_ms = mark_outside_ms = outside_ms;
    __real_service_issue_run_run(context, job);
    note(WHOLE, since_ms, since_outside_ms);
}

/* --- rounds ----------------------------------------------------------------------------------------------
 */

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void tell(int stage)
{
    static const char *const names[] = {"format", "generate", "certify", "write", "verify", "whole"};
    qsort(own[stage], ROUNDS, sizeof own[stage][0], by_size);
    qsort(away[stage], ROUNDS, sizeof away[stage][0], by_size);
    (void)printf("%s %.2f %.2f %.2f\n", names[stage], own[stage][ROUNDS / 2], own[stage][ROUNDS - 1],
                 away[stage][ROUNDS / 2]);
}

static void one_round(struct hall *hall, struct hall_program *terminal, int round)
{
    struct order order;
    char key[32];
    (void)hall;
    (void)snprintf(key, sizeof key, "key-%d", round + 1);
    hall_order_begin(terminal, ORDER_STATE_PAYING, &order);
    hall_visit_pay(terminal, key);
    atomic_store(&round_now, round);
    hall_visit_issue(terminal);
    atomic_store(&round_now, -1);
    hall_visit_pin(terminal);
    hall_visit_take(terminal);
    services_end_visit(terminal->services);
}

int main(void)
{
    static struct hall hall;
    static struct hall_program terminal;
    atomic_store(&round_now, -1);
    hall_open(&hall, TEST_SOURCE_DIR);
    hall_program_start(&terminal, &hall, 1, "terminal-01");
    for (int round = 0; round < ROUNDS; round++)
        one_round(&hall, &terminal, round);
    for (int stage = 0; stage <= WHOLE; stage++)
        tell(stage);
    hall_program_end(&terminal);
    hall_close(&hall);
    return 0;
}
