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

/* Who did it: a clerk's name, the program itself for "", an account of the machine ("uid:0") by its name
 * there. */
void audit_words_actor(const struct ui *ui, const char *actor, const char *account,
                       char out[AUDIT_WORDS_BYTES]);
/* Where: the machine of a terminal, the administrator's command line, else the writer's own name. */
void audit_words_place(const struct ui *ui, const char *writer, char out[AUDIT_WORDS_BYTES]);
/* How it went, and the colour that says so, too. Owns: borrowed of the words. */
const char *audit_words_result(const struct ui *ui, const struct service_audit_line *line);
enum widget_mark_tone audit_words_tone(const struct service_audit_line *line);
/* What it is about: the order's number, else the subject, a long code cut to its ends; "–" for none. */
void audit_words_subject(const struct service_audit_line *line, char out[AUDIT_WORDS_BYTES]);
/* The first and the last four signs of a digest or a long code: a50b…e94f; "–" for none. */
void audit_words_digest(const char *digest, char out[16]);
/* A number with a comma between thousands: 48,402. */
void audit_words_number(int64_t number, char out[24]);

#endif
