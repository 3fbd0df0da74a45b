/* Ctl assets: where the templates, words and drawings stand that belong to a catalogue.
 *
 * It judges none of them. Pitfall: without a hall's settings they are those beside the catalogue, not those
 * installed.
 */
#ifndef KIOSK_CTL_CTL_ASSETS_H
#define KIOSK_CTL_CTL_ASSETS_H

#include <limits.h>

#include "kiosk/ctl/ctl.h"

/* The folder of --assets, of the settings of --config, the one beside the catalogue (assets and config are
 * neighbours in a checkout and where they are installed; NULL for the catalogue of --catalogue), or the
 * installed one: the first that is named or there. *is_there: whether it has forms. Returns: DONE; USAGE for
 * wrong settings. Time: looks at files. */
enum ctl_exit ctl_assets_find(struct ctl *ctl, const char *catalogue, char out[PATH_MAX], bool *is_there);

#endif
