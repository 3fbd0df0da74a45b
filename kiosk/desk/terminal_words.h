/* Terminal words: a terminal in words: its number, its step, what is done there, how long.
 *
 * Which tile or row says it is each page's own. Pitfall: a terminal that never told its number goes by its
 * id.
 */
#ifndef KIOSK_DESK_TERMINAL_WORDS_H
#define KIOSK_DESK_TERMINAL_WORDS_H

#include "kiosk/desk/desk.h"

/* "03 号机", or the id of a terminal that never said its number. */
void terminal_words_machine(const struct ui *ui, const struct service_terminal *terminal, char out[48]);
/* The step in words: 录入信息. Owns: borrowed. */
const char *terminal_words_step(const struct ui *ui, const struct service_terminal *terminal);
/* A span in words: 1 分 05 秒. Units: seconds. */
void terminal_words_span(const struct ui *ui, int64_t seconds, char out[32]);
/* The operation of the terminal's order in the catalogue, NULL when it has none. */
const struct product_operation *terminal_words_operation(const struct ui *ui,
                                                         const struct service_terminal *terminal,
                                                         const struct product **product);

#endif
