/* CA desk: what the embedded CA does with one call, once it is read.
 *
 * Knows book, keys, settings and the revocation list; knows no socket. A reply is made only after the book
 * stands on disk, and after a revocation only when the new list does too. Pitfall: a record that is only
 * REQUESTED was asked for and not yet signed; ca_desk_open signs what a kill left.
 */
#ifndef DRIVERS_AUTHORITY_CA_CA_DESK_H
#define DRIVERS_AUTHORITY_CA_CA_DESK_H

#include "drivers/authority/authority_wire.h"
#include "drivers/authority/ca/ca_book.h"
#include "drivers/authority/ca/ca_escrow.h"
#include "drivers/authority/ca/ca_keys.h"
#include "kiosk/base/clock.h"

/* Zeroed is empty and may be closed. */
struct ca_desk {
    char dir[CA_PATH_BYTES];
    const char *crl_file; /* a further place for the list, may be NULL */
    const struct clock *clock;
    struct ca_settings settings;
    struct ca_keys keys;
    struct ca_escrow escrow;
    struct ca_book book;
    char name[AUTHORITY_TEXT_BYTES]; /* of the issuing certificate */
    int64_t crl_due_utc_s;
    bool crl_is_stale; /* something was revoked and the list on disk does not say so yet */
};

/* The directory's CA answers calls: settings, keys and book are read, open requests signed, the list renewed.
 * Returns: NOT_FOUND for a directory without a CA, CONFIG, MALFORMED, FULL, IO.
 * Owns: the caller closes *desk, also after failure; crl_file and clock are borrowed. */
enum status ca_desk_open(struct ca_desk *desk, const char *dir, const char *crl_file,
                         const struct clock *clock, struct failure *failure);
/* Everything is given back. */
void ca_desk_close(struct ca_desk *desk);

/* The call is done and its reply written into the initialised message.
 * Returns: NO_MEMORY or FULL when the reply could not be built; refusals and failures are in the reply. */
enum status ca_desk_answer(struct ca_desk *desk, const struct wire *message, struct wire *reply);

/* The revocation list is renewed when its time has come or an earlier attempt failed; called now and then. */
void ca_desk_tick(struct ca_desk *desk);

#endif
