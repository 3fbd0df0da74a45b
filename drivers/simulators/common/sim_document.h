/* Sim document: what a simulator remembers, one JSON file, so that it outlives a kill of the simulator.
 *
 * The file is replaced whole: it holds the state before a save or after it, never half of it.
 */
#ifndef DRIVERS_SIMULATORS_COMMON_SIM_DOCUMENT_H
#define DRIVERS_SIMULATORS_COMMON_SIM_DOCUMENT_H

#include "kiosk/base/failure.h"
#include "kiosk/base/json.h"

/* The file is read; one that is not there yet gives NULL and OK. Returns: IO, MALFORMED, FULL.
 * Owns: the caller frees the document. */
enum status sim_document_load(const char *path, struct json **out, struct failure *failure);

/* The file is this document; a path of "" keeps none. Returns: IO, FULL. Owns: the document is freed. */
enum status sim_document_save_take(const char *path, struct json *document);

/* A member's text is copied, "" when it is not there. Returns: whether it fits. */
bool sim_document_text(const struct json *row, const char *name, char *out, size_t size);

#endif
