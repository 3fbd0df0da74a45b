/* A store in a folder of its own, with a clock moved by hand and seeded random bytes.
 *
 * Fork before opening: a connection is not carried over into a child.
 */
#ifndef TESTS_SUPPORT_STORE_FIXTURE_H
#define TESTS_SUPPORT_STORE_FIXTURE_H

#include "kiosk/base/clock.h"
#include "kiosk/base/random.h"
#include "kiosk/store/hall_key.h"
#include "kiosk/store/store.h"
#include "kiosk/store/store_order.h"

enum { STORE_FIXTURE_PATH_BYTES = 300, STORE_FIXTURE_NOW_UTC_S = 1795252342 };

struct store_fixture {
    char directory[STORE_FIXTURE_PATH_BYTES / 2];
    char path[STORE_FIXTURE_PATH_BYTES];     /* of the store file */
    char key_path[STORE_FIXTURE_PATH_BYTES]; /* of the hall key */
    struct clock_manual clock;
    struct random_seeded random;
    struct hall_key hall_key;
    struct store *store; /* opened as "T01" */
};

/* Folder, hall key and an open store. Owns: the caller closes it. */
void store_fixture_open(struct store_fixture *fixture);
/* Everything is closed and the folder gone. */
void store_fixture_close(struct store_fixture *fixture);
/* Folder and hall key only; fixture->store is NULL. */
void store_fixture_prepare(struct store_fixture *fixture);
/* A further connection under this owner. Owns: the caller closes it. */
struct store *store_fixture_connect(struct store_fixture *fixture, const char *owner);
/* The same with a setting changed: waits busy_ms for locks (negative: not at all), holds limit_bytes at most.
 */
enum status store_fixture_try(struct store_fixture *fixture, const char *owner, int busy_ms,
                              int64_t limit_bytes, struct store **out);
/* The store is closed and opened again as "T01". */
void store_fixture_reopen(struct store_fixture *fixture);

/* cmocka's set-up and tear-down around store_fixture_open and _close; *state is the fixture. */
int store_fixture_setup(void **state);
int store_fixture_teardown(void **state);

/* A stored draft of the usual product. */
void store_fixture_order(struct store_fixture *fixture, struct order *out);
/* The order, as loaded last, goes through the machine and into the store; *order is advanced on success. */
enum status store_fixture_event(struct store *store, struct order *order, enum order_event event);
/* A plain SQL script runs on the file through a connection of its own: what a test does to damage a store. */
void store_fixture_sql(const struct store_fixture *fixture, const char *sql);
/* Whether any file in the fixture's folder holds these bytes. Close every connection of this process before:
 * reading the file would drop its locks. */
bool store_fixture_files_hold(const struct store_fixture *fixture, const void *bytes, size_t length);

#endif
