/* Json: JSON texts (RFC 8259) built and read without meeting the library behind them.
 *
 * Small documents only: gateway bodies, intention arguments, command output. Duplicate keys are refused.
 * Pitfall: values handed out by getters are borrowed from the document and die with it.
 */
#ifndef KIOSK_BASE_JSON_H
#define KIOSK_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/buf.h"

struct json;

/* A document is parsed from at most LIMIT_JSON_BYTES.
 * Returns: MALFORMED, FULL, NO_MEMORY. Owns: the caller frees *out with json_free. */
enum status json_parse(const char *text, size_t length, struct json **out);

/* An empty object. Returns: never NULL (memory running out stops the program). Owns: the caller. */
struct json *json_new_object(void);
/* An empty array. Returns and Owns: as json_new_object. */
struct json *json_new_array(void);
/* The document and everything in it is gone; NULL is allowed. Only for documents the caller owns. */
void json_free(struct json *json);

/* The member is set to a copy of the value; an earlier one is replaced. What is not UTF-8 in a text becomes
 * U+FFFD. */
void json_set_text(struct json *object, const char *key, const char *value);
void json_set_integer(struct json *object, const char *key, int64_t value);
void json_set_bool(struct json *object, const char *key, bool value);
/* The member is set to the child, which now belongs to the object. */
void json_set_take(struct json *object, const char *key, struct json *child);
/* The child stands at the end of the array, which owns it now. */
void json_append_take(struct json *array, struct json *child);
/* A copy of the text stands at the end of the array. */
void json_append_text(struct json *array, const char *value);

/* The member's value, or the fallback when it is missing or of another type. Owns: borrowed. */
const char *json_text(const struct json *object, const char *key, const char *fallback);
int64_t json_number(const struct json *object, const char *key, int64_t fallback);
bool json_bool(const struct json *object, const char *key, bool fallback);
/* The member itself, NULL when missing. Owns: borrowed. */
const struct json *json_member(const struct json *object, const char *key);
/* The number of elements of an array, 0 for anything else. */
size_t json_length(const struct json *array);
/* Whether it is an object, even one without members. */
bool json_is_map(const struct json *json);
/* How many members an object has, 0 for anything else. */
size_t json_member_count(const struct json *object);
/* The index-th key as the object was written, "" past the last one. Owns: borrowed from the object. */
const char *json_member_name(const struct json *object, size_t index);
/* The element at the index, NULL past the end. Owns: borrowed. */
const struct json *json_element(const struct json *array, size_t index);
/* The text value itself, NULL when this value is not text. Owns: borrowed. */
const char *json_text_value(const struct json *value);

/* The document stands as compact text, keys in insertion order, at the end of the buffer.
 * Returns: as buf_append. */
enum status json_write(const struct json *json, struct buf *out);

#endif
