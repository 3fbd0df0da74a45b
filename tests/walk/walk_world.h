/* World: what happens around the machines: the phone, the paper, the key in the writer.
 *
 * Everything here goes through a simulator's control interface, which plays a person's hand; nothing reaches
 * a socket, file or store of the product. Pitfall: ports are those in the hall's run directory and change
 * when a hall is made anew.
 */
#ifndef TESTS_WALK_WALK_WORLD_H
#define TESTS_WALK_WALK_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/json.h"

enum { WALK_WORLD_PATH_BYTES = 1024 };

struct walk_world {
    const char *hall;  /* the hall's directory */
    const char *build; /* where the simulators' programs are */
    char failure[512]; /* why the last call returned false */
};

/* How many messages this phone has got. */
size_t walk_world_messages(struct walk_world *world, const char *phone);
/* No message has come to this phone for so long: it may ask for another code. Units: seconds of the hall's
 * setting login.resend_s. */
bool walk_world_wait_resend(struct walk_world *world, const char *phone, int64_t seconds);
/* The newest SMS code on this phone, when more than `after` messages have come. Returns: false when none
 * comes within 10 s. */
bool walk_world_read_code(struct walk_world *world, const char *phone, size_t after, char *out, size_t size);
/* The applicant scanned this code with the phone and paid. */
bool walk_world_pay(struct walk_world *world, const char *qr_text);
/* The code on this picture of a screen, as a phone's camera reads it. */
bool walk_world_read_qr(struct walk_world *world, const char *picture, char *out, size_t size);
/* How many jobs have come out of the printer. */
int walk_world_printed_jobs(const struct walk_world *world);
/* The newest thing in the printer's tray, when more than `after` jobs have come out. Returns: false when none
 * comes within 30 s. */
bool walk_world_printed(struct walk_world *world, int after, char path[WALK_WORLD_PATH_BYTES]);
/* sim-page was run with these arguments (NULL last, without the program's name). */
bool walk_world_make_page(struct walk_world *world, const char *const *arguments);
/* The picture lies on the scanner's glass. */
bool walk_world_put_on_glass(struct walk_world *world, const char *picture);
/* This key is in the writer; NULL: the writer is empty. */
bool walk_world_insert_key(struct walk_world *world, const char *name);
/* The simulator's own record, e.g. "alipay" and "/control/ledger", stands in the file. */
bool walk_world_keep(struct walk_world *world, const char *simulator, const char *path, const char *file);

#endif
