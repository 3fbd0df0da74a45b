/* Ctl wish: a product, an operation and what is wished of it, from the words and options of a verb.
 *
 * Pitfall: what is borrowed from the catalogue lives until ctl_wish_close.
 */
#ifndef KIOSK_CTL_CTL_WISH_H
#define KIOSK_CTL_CTL_WISH_H

#include "kiosk/catalogue/catalogue.h"
#include "kiosk/catalogue/product_wish.h"
#include "kiosk/ctl/ctl.h"

struct ctl_wish {
    struct catalogue *catalogue;
    struct product_wish wish;
};

/* Where an installed hall has something: the default of this path among the settings, "" for none. Owns:
 * static. */
const char *ctl_wish_installed(const char *key);
/* The catalogue of --catalogue, of the settings of --config, or where it is installed, is read.
 * Returns: DONE; USAGE for wrong settings; REFUSED, all mistakes told. Owns: the caller frees *out. */
enum ctl_exit ctl_wish_catalogue(struct ctl *ctl, struct catalogue **out);
/* The product of the first word and the operation of the second are found, and the options are a wish of
 * them. Returns: DONE; USAGE for an unknown product or operation or a malformed option; REFUSED when the
 * product does not offer it, told. Owns: the caller calls ctl_wish_close, also after failure. */
enum ctl_exit ctl_wish_open(struct ctl *ctl, struct ctl_wish *out);
/* What must be chosen was; a class that was not, where there are several, is told on the error output.
 * Returns: DONE; REFUSED, told, when a kind of change is missing. */
enum ctl_exit ctl_wish_judge_whole(struct ctl *ctl, const struct ctl_wish *wish);
void ctl_wish_close(struct ctl_wish *wish);

#endif
