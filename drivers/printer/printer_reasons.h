/* Printer reasons: what an IPP printer's words about itself mean to people at the hall.
 *
 * The words are printer-state-reasons (RFC 8011 5.4.12, PWG 5100.9); of several, the worst counts. No IPP
 * library is met here. Pitfall: words are matched by prefix. The suffix (-report, -warning, -error) says what
 * the printer is doing rather than what is wrong: an idle printer without paper says media-empty-report.
 */
#ifndef DRIVERS_PRINTER_PRINTER_REASONS_H
#define DRIVERS_PRINTER_PRINTER_REASONS_H

#include "drivers/printer/printer.h"

/* What was said so far. Zeroed: nothing. */
struct printer_reasons {
    size_t rank; /* of the worst, 0 for none; smaller is worse */
    bool supply_low;
    size_t length;
    char words[PRINTER_REASONS_BYTES]; /* comma separated, as many as fit */
};

/* One word more was said; a word that is not printable is passed over. */
void printer_reasons_add(struct printer_reasons *reasons, const char *word);

/* The worst of what was said. Returns: READY when nothing stops or warns. */
enum device_state printer_reasons_state(const struct printer_reasons *reasons);

#endif
