/* Sim form: reading application/x-www-form-urlencoded texts (WHATWG URL standard, section 5) field by field.
 *
 * The simulators' own reader; the product has its own, so that a mistake in one is found by the other.
 * Pitfall: '+' is a space here, while a percent-encoded query (RFC 3986) writes %20; both are read.
 */
#ifndef DRIVERS_SIMULATORS_COMMON_SIM_FORM_H
#define DRIVERS_SIMULATORS_COMMON_SIM_FORM_H

#include <stddef.h>

#include "kiosk/base/status.h"

enum { SIM_FORM_FIELDS = 64 };

struct sim_form_pair {
    char *name;  /* decoded, NUL-terminated */
    char *value; /* decoded, NUL-terminated */
};

struct sim_form {
    size_t count;
    struct sim_form_pair pairs[SIM_FORM_FIELDS];
    char *text; /* owned: what the pairs point into */
};

/* The text is split and decoded.
 * Returns: MALFORMED (a broken escape, a decoded NUL), FULL (more than SIM_FORM_FIELDS), NO_MEMORY.
 * Owns: the caller releases *form, also after failure. */
enum status sim_form_parse(struct sim_form *form, const char *text, size_t length);

/* The memory is given back; safe on a zeroed form. */
void sim_form_release(struct sim_form *form);

/* The pairs are in byte order of their names, as signatures want them. */
void sim_form_sort(struct sim_form *form);

/* The first value of this name. Returns: NULL when missing. Owns: borrowed from the form. */
const char *sim_form_value(const struct sim_form *form, const char *name);

/* One field of a form text is copied with a NUL. Returns: NOT_FOUND, FULL, MALFORMED, NO_MEMORY. */
enum status sim_form_field(const char *text, size_t length, const char *name, char *out, size_t size);

#endif
