#include "kiosk/base/job.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "kiosk/base/check.h"
#include "kiosk/base/log.h"

struct job_cancel *job_cancel_new(void)
{
    struct job_cancel *cancel = calloc(1, sizeof(*cancel));
    check(cancel != NULL);
    atomic_init(&cancel->requested, false);
    atomic_init(&cancel->references, 1);
    return cancel;
}

struct job_cancel *job_cancel_hold(struct job_cancel *cancel)
{
    atomic_fetch_add(&cancel->references, 1);
    return cancel;
}

void job_cancel_drop(struct job_cancel *cancel)
{
    if (cancel != NULL && atomic_fetch_sub(&cancel->references, 1) == 1)
        free(cancel);
}

void job_cancel_request(struct job_cancel *cancel)
{
    if (cancel != NULL)
        atomic_store(&cancel->requested, true);
}

bool job_cancel_is_requested(const struct job_cancel *cancel)
{
    return cancel != NULL && atomic_load(&cancel->requested);
}

struct queue {
    struct job *first;
    struct job **last;
};

static void queue_init(struct queue *queue)
{
    queue->first = NULL;
    queue->last = &queue->first;
}

static void queue_put(struct queue *queue, struct job *job)
{
    job->next = NULL;
    *queue->last = job;
    queue->last = &job->next;
}

static struct job *queue_take(struct queue *queue)
{
    struct job *job = queue->first;
    if (job == NULL)
        return NULL;
    queue->first = job->next;
    if (queue->first == NULL)
        queue->last = &queue->first;
    job->next = NULL;
    return job;
}

struct worker {
    struct worker_settings settings;
    pthread_t thread;
    pthread_mutex_t lock; /* the only lock: guards everything below */
    pthread_cond_t changed;
    struct queue requests;
    struct queue replies;
    struct job *running;
    uint64_t last_id;
    bool stopping;
};

static void hand_back(struct worker *worker, struct job *job)
{
    (void)pthread_mutex_lock(&worker->lock);
    worker->running = NULL;
    queue_put(&worker->replies, job);
    (void)pthread_mutex_unlock(&worker->lock);
    if (worker->settings.wake != NULL)
        worker->settings.wake(worker->settings.wake_context);
}

static struct timespec after_ms(int ms)
{
    struct timespec until = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += (long)(ms % 1000) * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_nsec -= 1000000000L;
        until.tv_sec++;
    }
    return until;
}

enum wait_result { WAIT_JOB, WAIT_IDLE, WAIT_STOP };

static enum wait_result wait_for_job(struct worker *worker, struct job **job)
{
    enum wait_result result = WAIT_JOB;
    struct timespec until = after_ms(worker->settings.idle_every_ms);
    (void)pthread_mutex_lock(&worker->lock);
    int waited = 0;
    while (worker->requests.first == NULL && !worker->stopping && waited != ETIMEDOUT)
        waited = worker->settings.idle_every_ms > 0
                     ? pthread_cond_timedwait(&worker->changed, &worker->lock, &until)
                     : pthread_cond_wait(&worker->changed, &worker->lock);
    if (worker->stopping)
        result = WAIT_STOP;
    else if (worker->requests.first == NULL)
        result = WAIT_IDLE;
    else
        *job = worker->running = queue_take(&worker->requests);
    (void)pthread_mutex_unlock(&worker->lock);
    return result;
}

static void run_one(struct worker *worker, struct job *job)
{
    if (job_cancel_is_requested(job->cancel))
        job->status = STATUS_CANCELLED;
    else
        worker->settings.run(worker->settings.context, job);
    hand_back(worker, job);
}

static void *thread_main(void *argument)
{
    struct worker *worker = argument;
    for (;;) {
        struct job *job = NULL;
        switch (wait_for_job(worker, &job)) {
        case WAIT_JOB:
            run_one(worker, job);
            break;
        case WAIT_IDLE:
            if (worker->settings.idle != NULL)
                worker->settings.idle(worker->settings.context);
            break;
        case WAIT_STOP:
            return NULL;
        }
    }
}

static void init_condition(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC); /* wall time may jump */
    (void)pthread_cond_init(condition, &attributes);
    (void)pthread_condattr_destroy(&attributes);
}

static void free_worker(struct worker *worker)
{
    (void)pthread_cond_destroy(&worker->changed);
    (void)pthread_mutex_destroy(&worker->lock);
    free(worker);
}

enum status worker_start(const struct worker_settings *settings, struct worker **out)
{
    struct worker *worker = calloc(1, sizeof(*worker));
    if (worker == NULL)
        return STATUS_NO_MEMORY;
    worker->settings = *settings;
    queue_init(&worker->requests);
    queue_init(&worker->replies);
    (void)pthread_mutex_init(&worker->lock, NULL);
    init_condition(&worker->changed);
    if (settings->self != NULL)
        *settings->self = worker;
    if (pthread_create(&worker->thread, NULL, thread_main, worker) != 0) {
        free_worker(worker);
        return STATUS_NO_MEMORY;
    }
    (void)pthread_setname_np(worker->thread, settings->name);
    *out = worker;
    return STATUS_OK;
}

uint64_t worker_send(struct worker *worker, struct job *job)
{
    (void)pthread_mutex_lock(&worker->lock);
    uint64_t id = job->id = ++worker->last_id;
    job->status = STATUS_CANCELLED;
    queue_put(worker->stopping ? &worker->replies : &worker->requests, job);
    (void)pthread_cond_signal(&worker->changed);
    (void)pthread_mutex_unlock(&worker->lock);
    return id;
}

void worker_post(struct worker *worker, struct job *report)
{
    report->id = 0;
    (void)pthread_mutex_lock(&worker->lock);
    queue_put(&worker->replies, report);
    (void)pthread_mutex_unlock(&worker->lock);
    if (worker->settings.wake != NULL)
        worker->settings.wake(worker->settings.wake_context);
}

struct job *worker_receive(struct worker *worker)
{
    (void)pthread_mutex_lock(&worker->lock);
    struct job *job = queue_take(&worker->replies);
    (void)pthread_mutex_unlock(&worker->lock);
    return job;
}

static void ask_to_stop(struct worker *worker)
{
    (void)pthread_mutex_lock(&worker->lock);
    worker->stopping = true;
    if (worker->running != NULL)
        job_cancel_request(worker->running->cancel);
    (void)pthread_cond_broadcast(&worker->changed);
    (void)pthread_mutex_unlock(&worker->lock);
}

void worker_stop(struct worker *worker, void (*dispose)(struct job *job))
{
    if (worker == NULL)
        return;
    ask_to_stop(worker);
    (void)pthread_join(worker->thread, NULL);
    for (struct job *job = queue_take(&worker->requests); job != NULL; job = queue_take(&worker->requests))
        dispose(job);
    for (struct job *job = queue_take(&worker->replies); job != NULL; job = queue_take(&worker->replies))
        dispose(job);
    free_worker(worker);
}
