/* File: whole small files, read with a ceiling and replaced in one step.
 *
 * Not for the store and not for streams. A replaced file is either the old or the new one after any kill.
 */
#ifndef KIOSK_BASE_FILE_H
#define KIOSK_BASE_FILE_H

#include "kiosk/base/buf.h"
#include "kiosk/base/failure.h"

/* The whole file stands at the end of the buffer, whose ceiling applies.
 * Returns: NOT_FOUND, FULL (longer than the ceiling), IO. */
enum status file_read(const char *path, struct buf *out, struct failure *failure);

/* The file holds exactly these bytes: written beside, synced, renamed, directory synced.
 * Units: mode as in chmod, 0600 for anything private.
 * Returns: IO (with errno as vendor code), FULL when the disk is full.
 * After failure: the old file is untouched. */
enum status file_replace(const char *path, const void *bytes, size_t length, unsigned mode,
                         struct failure *failure);

/* The directory and its missing parents exist with this mode. Returns: IO. */
enum status file_make_directories(const char *path, unsigned mode, struct failure *failure);

#endif
