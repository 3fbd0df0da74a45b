#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stdatomic.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/job.h"

struct task {
    struct job job;
    int number;
    bool waits_for_cancel;
};

struct bench {
    struct worker *worker;
    struct worker *self; /* as the worker's thread sees it */
    atomic_int runs;
    atomic_int bells;
    atomic_int idles;
    atomic_bool hold; /* the running task waits until it is false */
};

static void nap(void)
{
    clock_sleep_ms(clock_system(), 1);
}

static void run(void *context, struct job *job)
{
    struct bench *bench = context;
    struct task *task = (struct task *)job;
    atomic_fetch_add(&bench->runs, 1);
    while (atomic_load(&bench->hold))
        nap();
    while (task->waits_for_cancel && !job_cancel_is_requested(job->cancel))
        nap();
    job->status = task->waits_for_cancel ? STATUS_CANCELLED : STATUS_OK;
}

static void idle(void *context)
{
    atomic_fetch_add(&((struct bench *)context)->idles, 1);
}

static void wake(void *context)
{
    atomic_fetch_add(&((struct bench *)context)->bells, 1);
}

static void start(struct bench *bench, int idle_every_ms)
{
    *bench = (struct bench){0};
    assert_int_equal(worker_start(&(struct worker_settings){.name = "test",
                                                            .run = run,
                                                            .idle = idle,
                                                            .idle_every_ms = idle_every_ms,
                                                            .context = bench,
                                                            .wake = wake,
                                                            .wake_context = bench,
                                                            .self = &bench->self},
                                  &bench->worker),
                     STATUS_OK);
}

static struct task *task_new(int number)
{
    struct task *task = calloc(1, sizeof(*task));
    assert_non_null(task);
    task->number = number;
    task->job.what = "test";
    task->job.cancel = job_cancel_new();
    return task;
}

static void task_free(struct job *job)
{
    job_cancel_drop(job->cancel);
    free(job);
}

static unsigned disposed;
static void dispose(struct job *job)
{
    assert_int_equal(job->status, STATUS_CANCELLED);
    disposed++;
    task_free(job);
}

static struct task *receive(struct bench *bench)
{
    struct job *job = worker_receive(bench->worker);
    for (int i = 0; i < 10000 && job == NULL; i++) {
        nap();
        job = worker_receive(bench->worker);
    }
    assert_non_null(job);
    return (struct task *)job;
}

static void test_job__every_request_comes_back_once_in_order(void **state)
{
    (void)state;
    struct bench bench;
    uint64_t last = 0;
    start(&bench, 0);
    for (int i = 0; i < 200; i++) {
        uint64_t id = worker_send(bench.worker, &task_new(i)->job);
        assert_true(id > last);
        last = id;
    }
    for (int i = 0; i < 200; i++) {
        struct task *task = receive(&bench);
        assert_int_equal(task->number, i);
        assert_int_equal(task->job.status, STATUS_OK);
        assert_int_equal(task->job.id, i + 1);
        task_free(&task->job);
    }
    assert_null(worker_receive(bench.worker));
    worker_stop(bench.worker, task_free);
    assert_int_equal(bench.runs, 200);
    assert_int_equal(bench.bells, 200);
}

static void test_job__a_request_cancelled_before_its_turn_never_runs(void **state)
{
    (void)state;
    struct bench bench;
    start(&bench, 0);
    atomic_store(&bench.hold, true);
    (void)worker_send(bench.worker, &task_new(1)->job);
    struct task *second = task_new(2);
    struct job_cancel *cancel = job_cancel_hold(second->job.cancel);
    (void)worker_send(bench.worker, &second->job);
    job_cancel_request(cancel);
    atomic_store(&bench.hold, false);
    struct task *first_back = receive(&bench);
    struct task *second_back = receive(&bench);
    assert_int_equal(first_back->job.status, STATUS_OK);
    assert_int_equal(second_back->number, 2);
    assert_int_equal(second_back->job.status, STATUS_CANCELLED);
    assert_int_equal(bench.runs, 1);
    task_free(&first_back->job);
    task_free(&second_back->job);
    job_cancel_drop(cancel);
    worker_stop(bench.worker, task_free);
}

static void test_job__a_running_request_sees_its_cancel(void **state)
{
    (void)state;
    struct bench bench;
    start(&bench, 0);
    struct task *task = task_new(1);
    task->waits_for_cancel = true;
    struct job_cancel *cancel = job_cancel_hold(task->job.cancel);
    (void)worker_send(bench.worker, &task->job);
    while (atomic_load(&bench.runs) == 0)
        nap();
    job_cancel_request(cancel);
    job_cancel_drop(cancel);
    struct task *back = receive(&bench);
    assert_int_equal(back->job.status, STATUS_CANCELLED);
    task_free(&back->job);
    worker_stop(bench.worker, task_free);
}

static void test_job__stopping_cancels_the_running_one_and_disposes_of_all(void **state)
{
    (void)state;
    struct bench bench;
    start(&bench, 0);
    disposed = 0;
    struct task *running = task_new(1);
    running->waits_for_cancel = true;
    (void)worker_send(bench.worker, &running->job);
    while (atomic_load(&bench.runs) == 0)
        nap();
    for (int i = 0; i < 5; i++)
        (void)worker_send(bench.worker, &task_new(i)->job);
    worker_stop(bench.worker, dispose);
    assert_int_equal(disposed, 6);
    assert_int_equal(bench.runs, 1);
    worker_stop(NULL, dispose);
}

static void test_job__idle_is_called_between_requests(void **state)
{
    (void)state;
    struct bench bench;
    start(&bench, 1);
    for (int i = 0; i < 10000 && atomic_load(&bench.idles) < 3; i++)
        nap();
    assert_true(atomic_load(&bench.idles) >= 3);
    (void)worker_send(bench.worker, &task_new(1)->job);
    struct task *back = receive(&bench);
    assert_int_equal(back->job.status, STATUS_OK);
    task_free(&back->job);
    worker_stop(bench.worker, task_free);
}

static void post_run(void *context, struct job *job)
{
    struct bench *bench = context;
    for (int i = 0; i < 3; i++)
        worker_post(bench->self, &task_new(100 + i)->job);
    job->status = STATUS_OK;
}

static void test_job__reports_stand_among_the_replies_with_id_zero(void **state)
{
    (void)state;
    struct bench bench = {0};
    assert_int_equal(worker_start(
                         &(struct worker_settings){
                             .name = "test", .run = post_run, .context = &bench, .self = &bench.self},
                         &bench.worker),
                     STATUS_OK);
    (void)worker_send(bench.worker, &task_new(1)->job);
    for (int i = 0; i < 3; i++) {
        struct task *report = receive(&bench);
        assert_int_equal(report->job.id, 0);
        assert_int_equal(report->number, 100 + i);
        task_free(&report->job);
    }
    struct task *back = receive(&bench);
    assert_int_equal(back->job.id, 1);
    task_free(&back->job);
    worker_stop(bench.worker, task_free);
}

static void test_job__a_cancel_object_lives_until_its_last_holder(void **state)
{
    (void)state;
    struct job_cancel *cancel = job_cancel_new();
    assert_false(job_cancel_is_requested(cancel));
    assert_ptr_equal(job_cancel_hold(cancel), cancel);
    job_cancel_drop(cancel);
    job_cancel_request(cancel);
    assert_true(job_cancel_is_requested(cancel));
    job_cancel_drop(cancel);
    job_cancel_drop(NULL);
    job_cancel_request(NULL);
    assert_false(job_cancel_is_requested(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_job__every_request_comes_back_once_in_order),
        cmocka_unit_test(test_job__a_request_cancelled_before_its_turn_never_runs),
        cmocka_unit_test(test_job__a_running_request_sees_its_cancel),
        cmocka_unit_test(test_job__stopping_cancels_the_running_one_and_disposes_of_all),
        cmocka_unit_test(test_job__idle_is_called_between_requests),
        cmocka_unit_test(test_job__reports_stand_among_the_replies_with_id_zero),
        cmocka_unit_test(test_job__a_cancel_object_lives_until_its_last_holder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
