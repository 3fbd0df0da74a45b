/* Scanner setup: the folder that tells SANE which scanner to load, and nothing else.
 *
 * Written by the start script's helper and by tests for a network scanner (eSCL, "AirPrint scanning"); a site
 * with a USB scanner writes its own folder by hand and names it in scanner.sane_config_dir. Pitfall: the
 * folder must not be in a place other users can write, SANE loads libraries by the names in it.
 */
#ifndef DRIVERS_SCANNER_SCANNER_SETUP_H
#define DRIVERS_SCANNER_SCANNER_SETUP_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/base/failure.h"

/* The folder exists and holds dll.conf and airscan.conf for exactly one eSCL scanner, discovery switched off.
 * Units: url as "http://127.0.0.1:8900/eSCL/"; name without quotation marks.
 * Returns: CONFIG for a name or url SANE could not read, IO. */
enum status scanner_setup_escl(const char *folder, const char *name, const char *url,
                               struct failure *failure);

/* The address at which a folder's airscan.conf has the eSCL scanner that SANE calls `id`
 * ("airscan:e0:Counter Scanner"). Only a scanner written there by name is found: one that sane-airscan
 * discovered by itself has no address here. `folders` is as SANE_CONFIG_DIR, one or more joined by colons.
 * Returns: false for a scanner of another kind, no such line, or an address that does not fit. */
bool scanner_setup_find_escl(const char *folders, const char *id, char *url, size_t size);

#endif
