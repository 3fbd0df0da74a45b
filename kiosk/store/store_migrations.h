/* Migrations: the SQL files of migrations/, in order, as they are linked into the program.
 *
 * A file that was once released is never edited; a change is a further file and a further line in the .def.
 * Pitfall: the compiler does not notice an edited .sql file; touch store_migrations.c while writing one.
 */
#ifndef KIOSK_STORE_STORE_MIGRATIONS_H
#define KIOSK_STORE_STORE_MIGRATIONS_H

#include "kiosk/base/clock.h"
#include "kiosk/base/failure.h"
#include "kiosk/store/db.h"

/* The number of the newest migration of this program. */
int store_migrations_newest(void);

/* The text of one migration, from 1.
 * Owns: static. */
const char *store_migrations_text(int number);

/* All tables are those of this program; what is there already is left alone.
 * Returns: UNSUPPORTED when the store is newer than this program.
 * After failure: the store is as it was. */
enum status store_migrations_run(struct db *db, const struct clock *clock, struct failure *failure);

#endif
