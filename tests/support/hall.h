/* Hall: a whole hall for flow tests: settings, catalogue, keys, time, and an outside world of fakes.
 *
 * The outside world (gateway, authority, SMS service, writers with their keys) belongs to the hall and
 * outlives every program started in it, as the real one outlives a killed program; so a program can be
 * stopped and started again in any state. Time runs HALL_SPEED times as fast as the machine's while a test
 * waits, as fast as the machine's while it works, and tests put it forward. Nothing of the product is
 * replaced.
 * Pitfall: call hall_open before any thread; a hall's printer is the process's one fake printer.
 */
#ifndef TESTS_SUPPORT_HALL_H
#define TESTS_SUPPORT_HALL_H

#include <stdatomic.h>

#include "drivers/authority/authority_fake.h"
#include "drivers/idcard/idcard_fake.h"
#include "drivers/identity/identity_fake.h"
#include "drivers/payment/payment_fake.h"
#include "drivers/printer/printer_fake.h"
#include "drivers/sms/sms_fake.h"
#include "drivers/token/token_fake.h"
#include "kiosk/catalogue/catalogue.h"
#include "kiosk/catalogue/settings.h"
#include "kiosk/store/hall_key.h"
#include "kiosk/store/store.h"
#include "tests/support/pki_issuer.h"

enum { HALL_PATH_BYTES = 256, HALL_START_UTC_S = 1795252342, HALL_WRITERS = 4, HALL_SPEED = 4 };

struct hall_clock {
    struct clock clock; /* handed to programs */
    int64_t start_ms;
    atomic_llong passed_ms; /* put forward: both times */
    atomic_llong jumped_ms; /* the wall clock alone */
};

/* What the authority does beyond the fake's script. */
struct hall_certification {
    struct pki_issuer *issuer;  /* the one programs trust */
    struct pki_issuer *foreign; /* another authority, made when first wished for */
    bool is_foreign;            /* certificates come from the other one */
    struct pki_wish wish;
};

struct hall {
    char directory[64];
    char source[HALL_PATH_BYTES];
    struct settings *settings; /* members may be changed before a program starts */
    struct catalogue *catalogue;
    struct hall_clock time;
    struct hall_key hall_key;
    uint8_t page_key[32];
    char crl_file[96];
    struct payment *payment;
    struct payment_fake *gateway;
    struct payment *wechat; /* the channel beside it */
    struct payment_fake *wechat_gateway;
    struct sms *sms;
    struct sms_fake *phones;
    struct idcard *idcard; /* the hall has one reader of identity cards */
    struct idcard_fake *reader;
    struct identity *identity; /* the service outside that recognises people */
    struct identity_fake *faces;
    bool without_phone;  /* programs started from now on cannot ask it */
    bool without_reader; /* programs started from now on have none */
    struct authority *authority;
    struct authority_fake *ca;
    struct hall_certification certification;
    atomic_flag authority_busy; /* the fake is not made for several callers */
    struct token *tokens[HALL_WRITERS];
    struct token_fake *writers[HALL_WRITERS]; /* by number of the terminal, from 1 */
};

/* The hall stands, nobody works in it. `source` is the repository's root (TEST_SOURCE_DIR). */
void hall_open(struct hall *hall, const char *source);
/* Everything is closed and the folder gone; programs are stopped before. */
void hall_close(struct hall *hall);
/* cmocka's set-up and tear-down around both; *state is the hall. The tests' sources name their root by
 * HALL_FIXTURE. */
int hall_setup(void **state, const char *source);
int hall_teardown(void **state);

/* A plain SQL script runs on the hall's store through a connection of its own: what a test does to damage it.
 */
void hall_sql(const struct hall *hall, const char *script);

/* The test has waited for a moment: what it waits for is looked at in between. On a busy machine less time
 * passes for the hall than on one that has nothing else to do. */
void hall_nap(struct hall *hall);
/* Time passes for everybody. Units: seconds. */
void hall_pass(struct hall *hall, int64_t seconds);
/* The same as a clock does it, in steps no program takes for a jump: after them it believes the clock again.
 */
void hall_pass_steadily(struct hall *hall, int64_t seconds);
/* The wall clock is set forward or back; nothing else notices. Units: seconds. */
void hall_jump(struct hall *hall, int64_t seconds);
/* The hall's time. Units: seconds UTC. */
int64_t hall_now_utc_s(const struct hall *hall);

/* A connection to the hall's store under an owner of its own. Owns: the caller closes it. */
struct store *hall_store(struct hall *hall, const char *owner);
/* The sample's product takes money at the desk and by transfer, too, with an account of its own; call before
 * a program starts an order. */
void hall_take_by_hand(struct hall *hall);
/* A clerk who can sign in with the password "zhanghao-2026". */
void hall_add_clerk(struct hall *hall, const char *name);
/* The same, and a supervisor. */
void hall_add_supervisor(struct hall *hall, const char *name);

#endif
