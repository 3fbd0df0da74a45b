/* Job: a worker thread with a two-way queue; threads live here and nowhere else.
 *
 * job_send hands a request over, the worker runs it, job_receive hands the same object back. Every request
 * sent comes back exactly once: run, cancelled before it ran, or at the end of the worker. The wake function
 * is a bell, called on the worker's thread after each hand-back; it carries nothing. Pitfall: after job_send
 * the sender has no pointer until the job comes back.
 */
#ifndef KIOSK_BASE_JOB_H
#define KIOSK_BASE_JOB_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "kiosk/base/status.h"

/* Can be asked, and set once; shared between the sender and the running job. */
struct job_cancel {
    atomic_bool requested;
    atomic_int references;
};
/* A cancel object with one reference. Owns: each holder drops its own reference. */
struct job_cancel *job_cancel_new(void);
/* One more holder. Returns: the same object. */
struct job_cancel *job_cancel_hold(struct job_cancel *cancel);
/* One holder less; the last one frees it. NULL is allowed. */
void job_cancel_drop(struct job_cancel *cancel);
/* The work should stop soon. Thread: any. */
void job_cancel_request(struct job_cancel *cancel);
/* Whether the work should stop; false for NULL. Thread: any. */
bool job_cancel_is_requested(const struct job_cancel *cancel);

/* Embedded first in the caller's own request struct. */
struct job {
    uint64_t id;               /* given by job_send, never 0 */
    const char *what;          /* static text, one line for the log */
    int64_t deadline_ms;       /* monotonic, 0 for none; the run function honours it */
    struct job_cancel *cancel; /* owned, may be NULL; dropped by the receiver */
    enum status status;        /* the outcome, set by run; CANCELLED when it never ran */
    struct job *next;          /* the queue's own */
};

struct worker;
typedef void (*job_run)(void *context, struct job *job); /* on the worker's thread */
typedef void (*job_idle)(void *context);                 /* on the worker's thread, between jobs */
typedef void (*job_wake)(void *context);

struct worker_settings {
    const char *name; /* static text */
    job_run run;
    job_idle idle;     /* may be NULL */
    int idle_every_ms; /* how long to wait for a job before idle is called; 0 means never */
    void *context;     /* handed to run and idle */
    job_wake wake;     /* may be NULL */
    void *wake_context;
    struct worker **self; /* may be NULL; set before the thread runs, for worker_post */
};

/* The worker thread runs. Returns: NO_MEMORY. Owns: the caller stops it with worker_stop. */
enum status worker_start(const struct worker_settings *settings, struct worker **out);

/* The request belongs to the queue until it comes back. Returns: its id. Thread: any. */
uint64_t worker_send(struct worker *worker, struct job *job);

/* A report nobody asked for stands among the replies: progress, a device's change. Its id is 0.
 * Owns: the report belongs to the queue until it is received. Thread: the worker's own, from run or idle. */
void worker_post(struct worker *worker, struct job *report);

/* The next finished request or report, NULL when there is none now. Owns: the caller. Thread: any one
 * receiver. */
struct job *worker_receive(struct worker *worker);

/* No new request is taken, the running one is asked to cancel, the thread has ended; requests still inside
 * are handed to `dispose` with status CANCELLED or their own. NULL worker is allowed. Time: as long as the
 * running job needs to notice its cancel object. */
void worker_stop(struct worker *worker, void (*dispose)(struct job *job));

#endif
