/* Ctl output: one JSON document per verb, shown as it is with --json and as aligned text without.
 *
 * A verb builds its result once, as JSON; the text is made from it, so that both always say the same.
 * Pitfall: columns are aligned by terminal cells, of which a Chinese character takes two.
 */
#ifndef KIOSK_CTL_CTL_OUTPUT_H
#define KIOSK_CTL_CTL_OUTPUT_H

#include "kiosk/base/json.h"
#include "kiosk/ctl/ctl.h"

/* The document stands on the output as one line. */
void ctl_output_json(const struct ctl *ctl, const struct json *document);
/* The object's members of these names stand on the output, one "name: value" a line; missing ones are passed
 * over. */
void ctl_output_members(const struct ctl *ctl, const struct json *object, const char *const *names,
                        size_t count);
/* The array's objects stand on the output as rows under these columns, "-" for a missing member; a title
 * (NULL for none) stands above, nothing at all for an empty array with a title. */
void ctl_output_table(const struct ctl *ctl, const char *title, const struct json *rows,
                      const char *const *columns, size_t count);
/* The same as CSV, a row of column names first. Returns: as buf_append. */
enum status ctl_output_csv(const struct ctl *ctl, const struct json *rows, const char *const *columns,
                           size_t count);
#define CTL_OUTPUT_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The member is a time in the hall's zone, RFC 3339; 0 sets nothing. Units: seconds UTC. */
void ctl_output_set_time(struct json *object, const char *key, int64_t utc_s);
/* The members <key>_fen (number) and <key>_yuan (text) are set. Units: fen. */
void ctl_output_set_money(struct json *object, const char *key_fen, const char *key_yuan, int64_t fen);
/* The member is set unless the text is empty. */
void ctl_output_set_text(struct json *object, const char *key, const char *value);

#endif
