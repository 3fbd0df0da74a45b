/* Check and backup of a whole store, for certctl.
 *
 * A backup is a store like any other: sealed values stay sealed and need the same hall key.
 */
#ifndef KIOSK_STORE_STORE_CHECK_H
#define KIOSK_STORE_STORE_CHECK_H

#include "kiosk/store/store.h"
#include "kiosk/store/store_audit.h"

struct store_check_report {
    enum status file;   /* pages, indexes and references of the database */
    enum status audit;  /* chains; details in audit_report */
    enum status sealed; /* every sealed value opens */
    int64_t orders;
    int64_t sealed_values; /* opened */
    int64_t open_intentions;
    struct store_audit_report audit_report;
};

/* Everything was read and is right.
 * Returns: MALFORMED when a part is not; *report says which and is filled in both cases.
 * Time: reads everything. */
enum status store_check(struct store *store, struct store_check_report *report, struct failure *failure);

/* A copy of the store as of now stands at the path with mode 0600, while terminals go on working.
 * Returns: CONFLICT when the path exists.
 * After failure: nothing is left at the path. */
enum status store_backup(struct store *store, const char *path, struct failure *failure);

#endif
