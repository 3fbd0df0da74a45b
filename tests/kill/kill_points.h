/* Kill points: where a program under test may die, counted at the store's commits and at acts in the world.
 *
 * Linked into the programs of the kill tests only, in front of the real functions (linker option --wrap):
 * each commit that carries journal rows about the watched order is a point named by them, and so is each act
 * asked of gateway, authority, key, printer, scanner and SMS service. The same point is met again in the next
 * run, whatever the threads do, because it is named by what happens and not by time. A plan is one text:
 * VICTIM:WHEN:NAME#N. VICTIM is self, host (the driver host) or ca; WHEN is before, after, or a number of
 * milliseconds after the beginning; N counts the meetings of NAME from 1. Pitfall: SIGKILL is sent by the
 * process to itself; nothing behind that line runs.
 */
#ifndef TESTS_KILL_KILL_POINTS_H
#define TESTS_KILL_KILL_POINTS_H

#include <stdbool.h>

struct kill_points {
    const char *plan;        /* NULL or "" for none */
    const char *record_file; /* every point met is written there; NULL for none */
    const char *ca_pid_file; /* for the victim ca */
    const char *lie;         /* commits of this name are dropped and reported as done: the seeded bug; NULL */
};

/* The points are armed. Returns: false when the plan is no plan. Thread: before any other. */
bool kill_points_start(const struct kill_points *points);
/* Points are about this order from now on; "" takes those of a new order, "*" those of every order. */
void kill_points_watch(const char *order_id);

#endif
