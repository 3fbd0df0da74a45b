/* Audit words: what a row of the audit says, as a clerk reads it.
 *
 * The audit keeps stable names ("order.approved", "reviewing>paying"); people read words for them. Pitfall: a
 * name without a word is shown as it is, so that nothing is hidden from whoever looks into the audit.
 */
#ifndef KIOSK_DESK_AUDIT_WORDS_H
#define KIOSK_DESK_AUDIT_WORDS_H

#include "kiosk/desk/desk.h"

enum { AUDIT_WORDS_BYTES = 192 };

/* What happened, in words. */
void audit_words_action(const struct ui *ui, const struct service_audit_line *line,
                        char out[AUDIT_WORDS_BYTES]);
/* Of what kind it is: order, payment, key ... "–" without a word for it. Owns: borrowed of the words. */
const char *audit_words_kind(const struct ui *ui, const struct service_audit_line *line);
/* From which state to which, and what was noted with it. A state that stayed stands once. */
void audit_words_detail(const struct ui *ui, const struct service_audit_line *line,
                        char out[AUDIT_WORDS_BYTES]);

#endif
