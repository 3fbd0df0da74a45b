/* Text: UTF-8 (RFC 3629) as it comes from keyboards, files and replies.
 *
 * No locale, no collation, no normalisation. Length in characters means code points.
 * Pitfall: never cut at a byte count; use text_prefix_bytes.
 */
#ifndef KIOSK_BASE_TEXT_H
#define KIOSK_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the bytes are well-formed UTF-8: no overlong form, surrogate or value above U+10FFFF. */
bool text_is_valid(const char *bytes, size_t length);

/* Whether the character has no shape of its own: controls and the format characters of Unicode (Cf, Zl, Zp).
 * The ones that turn the direction would make a clerk read another name than the certificate gets. */
bool text_is_hidden(uint32_t c);

/* Whether the text holds only characters that are seen: valid UTF-8 without hidden ones. */
bool text_is_printable(const char *text);

/* The code point at *text is handed out and *text moves behind it.
 * Returns: 0 at the end; U+FFFD for a broken sequence, of which one byte is passed. */
uint32_t text_next(const char **text);

/* The number of code points. */
size_t text_length(const char *text);

/* The number of bytes of the first `characters` code points. */
size_t text_prefix_bytes(const char *text, size_t characters);

/* The code point as UTF-8 with a NUL. Returns: bytes written without the NUL, 1 to 4. */
size_t text_encode(uint32_t code_point, char out[5]);

/* The text is copied whole and NUL-terminated. Returns: false, and an empty copy, when it does not fit. */
bool text_copy(char *out, size_t size, const char *text);

/* The text starts with the prefix. */
bool text_has_prefix(const char *text, const char *prefix);
/* The text ends with the suffix. */
bool text_has_suffix(const char *text, const char *suffix);

/* The text is one of the list, such as "--help" of a program's arguments. */
bool text_is_among(const char *text, int count, char *const *list);

#endif
