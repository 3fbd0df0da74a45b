/* Registers: rows of somebody else's records (参保登记, 单位登记) that forms are compared with, one import a
 * kind.
 *
 * A row is found by its key and gives the texts of its columns; keys are kept as keyed hashes, rows sealed
 * under the hall key. An import is filled beside the live one and takes its place in one step, so that a
 * lookup sees one or the other, never half of either.
 * Pitfall: an import that was begun and never went live is dropped by the next one of its kind.
 */
#ifndef KIOSK_STORE_STORE_REGISTER_H
#define KIOSK_STORE_STORE_REGISTER_H

#include "kiosk/base/buf.h"
#include "kiosk/store/store.h"

enum {
    STORE_REGISTER_COLUMNS_BYTES = 2048,
    STORE_REGISTER_DIGEST_BYTES = 65,
    STORE_REGISTER_ROW_BYTES = 16384,
    STORE_REGISTER_KEY_BYTES = 40
};

struct store_register {
    char id[STORE_ID_BYTES]; /* of the import */
    char kind[STORE_NAME_BYTES];
    char columns[STORE_REGISTER_COLUMNS_BYTES]; /* headings, one a line */
    int64_t entries;
    char digest[STORE_REGISTER_DIGEST_BYTES]; /* of the file, SHA-256 in hexadecimal */
    int64_t imported_utc_s;
};

/* An import of this kind is begun; `id` names it. One that was left unfinished is gone.
 * Returns: FULL (the headings are too long). */
enum status store_register_begin(struct store *store, const char *kind, const char *columns,
                                 char id[STORE_ID_BYTES], struct failure *failure);
/* A row of the import: its key, and its texts as the caller writes them.
 * Returns: NOT_FOUND (the import is gone), CONFLICT (a row has the key already), FULL. */
enum status store_register_add(struct store *store, const char *id, const char *key, const void *row,
                               size_t length, struct failure *failure);
/* The import takes the place of the live one of its kind, whose rows are gone; journal and audit say so.
 * Returns: NOT_FOUND (the import is gone). */
enum status store_register_finish(struct store *store, const char *id, const char *digest, const char *actor,
                                  struct failure *failure);

/* The live import of this kind. Returns: NOT_FOUND. */
enum status store_register_load(struct store *store, const char *kind, struct store_register *out,
                                struct failure *failure);
/* The live imports, by kind. Returns: OK with *count 0 when there is none. */
enum status store_register_list(struct store *store, struct store_register *out, size_t capacity,
                                size_t *count, struct failure *failure);
/* The row with this key of the live import of this kind stands at the end of the buffer; `id` names the
 * import. Returns: NOT_FOUND (no such row), BAD_STATE (no register of this kind).
 * Owns: the caller wipes the buffer. */
enum status store_register_find(struct store *store, const char *kind, const char *key, struct buf *out,
                                char id[STORE_ID_BYTES], struct failure *failure);
/* What the audit calls this key, without saying it: "..016R 1f0c5a9be2d34c77", the last four of its
 * characters where there are at least twelve, and the beginning of its keyed hash, which is the same every
 * time. Thread: any. */
void store_register_name_key(const struct store *store, const char *key, char out[STORE_REGISTER_KEY_BYTES]);
/* The live import of this kind is gone with its rows, and what one that was broken off left; journal and
 * audit say so. Returns: NOT_FOUND. */
enum status store_register_remove(struct store *store, const char *kind, const char *actor,
                                  struct failure *failure);

#endif
