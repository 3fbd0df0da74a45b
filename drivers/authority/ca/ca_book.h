/* CA book: every record of the embedded CA, in memory and one file each under dir/records.
 *
 * The file is written first (synced, renamed), the memory follows; so memory never knows more than the disk,
 * and a kill leaves each record absent or complete. One process per directory, by lock. Pitfall: pointers
 * into the book die at the next ca_book_put of a new id.
 */
#ifndef DRIVERS_AUTHORITY_CA_CA_BOOK_H
#define DRIVERS_AUTHORITY_CA_CA_BOOK_H

#include <stddef.h>

#include "drivers/authority/ca/ca_record.h"
#include "drivers/authority/ca/ca_settings.h"

/* Zeroed is empty and may be released. */
struct ca_book {
    char dir[CA_PATH_BYTES];
    struct ca_record *records;
    size_t count;
    size_t capacity;
};

/* Every record of the directory is read, ordered by file name; leftovers of a kill in the middle of writing
 * are removed when `cleans`. Returns: MALFORMED when a record is damaged (the CA must not go on without it),
 * IO, NO_MEMORY. Owns: the caller releases *book, also after failure. */
enum status ca_book_open(struct ca_book *book, const char *dir, bool cleans, struct failure *failure);
/* The memory is given back; safe on a zeroed book. */
void ca_book_release(struct ca_book *book);

/* The record stands on disk and then in the book, in place of an earlier one with its id; a copy is kept.
 * Returns: FULL (disk), IO, NO_MEMORY. After failure: the book is unchanged. */
enum status ca_book_put(struct ca_book *book, const struct ca_record *record, struct failure *failure);

/* The record with this id, serial (of either certificate of a pair), or key hash; NULL when there is none.
 * Owns: borrowed from the book. */
const struct ca_record *ca_book_by_id(const struct ca_book *book, const char *id);
const struct ca_record *ca_book_by_serial(const struct ca_book *book, const char *serial);
const struct ca_record *ca_book_by_key(const struct ca_book *book, const char *key_hash);
/* The record in which the key of the encryption certificate with this serial is in escrow; NULL, Owns: as
 * above.
 */
const struct ca_record *ca_book_by_escrow(const struct ca_book *book, const char *serial);
/* Whether any key is in escrow. */
bool ca_book_has_escrow(const struct ca_book *book);

#endif
