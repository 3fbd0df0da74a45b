/* Counters: how the hall's day goes, counted from orders and decisions.
 *
 * Sums and counts only; what they are divided by is the reader's business, and nothing is said about a day on
 * which nothing happened.
 * Pitfall: an order taken up again after its end would count on the day it was last written.
 */
#ifndef KIOSK_STORE_STORE_COUNTERS_H
#define KIOSK_STORE_STORE_COUNTERS_H

#include "kiosk/store/store.h"

struct store_counters {
    int64_t begun;          /* orders made since the day began */
    int64_t begun_before;   /* orders made the day before up to the same time of day */
    int64_t finished;       /* orders done since the day began */
    int64_t finished_s;     /* from making to being done, all of them together */
    int64_t decided;        /* orders that had their first decision since the day began */
    int64_t approved_first; /* of these, approved at once */
    int64_t rejected;       /* rejections since the day began */
};

/* The counters of the day that began then.
 * Units: seconds UTC. Returns: OK; else as store.h. */
enum status store_counters_load(struct store *store, int64_t day_utc_s, struct store_counters *out,
                                struct failure *failure);

#endif
