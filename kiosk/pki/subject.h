/* Subject: whom a certificate names, as an ordered list of attributes with UTF-8 values.
 *
 * Templates ("CN={unit_name}, ...") are resolved by the catalogue; here only their result is held, checked
 * against X.520's bounds and shown. No DER and no OpenSSL in this header.
 * Pitfall: the order of the list is the order in the certificate, and two subjects in different order differ.
 */
#ifndef KIOSK_PKI_SUBJECT_H
#define KIOSK_PKI_SUBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/status.h"

enum subject_attribute {
#define SUBJECT_ATTRIBUTE(code, name, oid, kind, characters) SUBJECT_##code,
#include "kiosk/pki/subject_attributes.def"
#undef SUBJECT_ATTRIBUTE
    SUBJECT_ATTRIBUTE_COUNT_
};

enum {
    SUBJECT_VALUE_BYTES = 4 * 128 + 1, /* the longest value in UTF-8 with its NUL */
    SUBJECT_ITEMS = 12,
    SUBJECT_TEXT_BYTES = 2048
};

struct subject_item {
    enum subject_attribute attribute;
    char value[SUBJECT_VALUE_BYTES];
};

/* Zeroed is empty and valid; plain memory, nothing to release. */
struct subject {
    struct subject_item items[SUBJECT_ITEMS];
    size_t count;
};

/* The name used in templates and texts, for example "CN". Returns: a static text. Thread: any. */
const char *subject_attribute_name(enum subject_attribute attribute);

/* The attribute with this name is found; names compare exactly.
 * Returns: NOT_FOUND. Thread: any. */
enum status subject_attribute_from_name(const char *name, enum subject_attribute *out);

/* The attribute and a copy of the value stand at the end of the list. Blanks around the value are not cut.
 * Returns: MALFORMED for an empty or unprintable value, one outside PrintableString (X.680 41.4) where X.520
 * asks for it, or a country that is not two capital letters; FULL past X.520's bound or SUBJECT_ITEMS. After
 * failure: the list is unchanged. */
enum status subject_add(struct subject *subject, enum subject_attribute attribute, const char *value);

/* The first value of this attribute, NULL when there is none. Owns: borrowed from the subject. */
const char *subject_value(const struct subject *subject, enum subject_attribute attribute);

/* Whether both hold the same attributes and values in the same order, byte for byte. */
bool subject_is_equal(const struct subject *left, const struct subject *right);

/* The list as "CN=.., O=.." with RFC 4514 escapes, in the order of the list.
 * Returns: FULL; out is then an empty text. */
enum status subject_text(const struct subject *subject, char *out, size_t size);

/* One "name=value" with RFC 4514 escapes, after ", " unless it is the first, stands at the end of the buffer.
 * Returns: as buf_append. */
enum status subject_write_item(struct buf *out, const char *name, const char *value);

#endif
