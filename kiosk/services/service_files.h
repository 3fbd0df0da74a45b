/* Service files: every file and driver the settings name, judged before a program starts on them.
 *
 * A template is printed, an icon drawn and a driver asked long after the start; what is wrong with one of
 * them is told here, with everything else, at the place where the settings or the product name it. No device
 * is asked and nothing is changed.
 * Pitfall: the settings may be partly read (settings_open_partly): a text that was complained about is empty
 * and is passed over, so that no mistake is told twice.
 */
#ifndef KIOSK_SERVICES_SERVICE_FILES_H
#define KIOSK_SERVICES_SERVICE_FILES_H

#include <stdbool.h>

#include "kiosk/catalogue/catalogue.h"
#include "kiosk/catalogue/settings.h"
#include "kiosk/catalogue/words.h"

/* The catalogue of paths.catalogue is read, and what its products name in paths.assets is there, all in one
 * pass. Returns: as catalogue_open. Owns: the caller frees *catalogue. Time: reads files. */
enum status service_files_open_catalogue(const struct settings *settings, struct yaml_errors *errors,
                                         struct catalogue **catalogue);
/* Every template of assets/forms is whole, and the receipt's is there. Time: reads files. */
void service_files_judge_forms(const struct settings *settings, struct yaml_errors *errors);
/* Every icon of the screens' list is a drawing in assets/icons. Time: reads files. */
void service_files_judge_icons(const struct settings *settings, struct yaml_errors *errors);
/* The faces that text is set in are fonts; the medium one may be missing. Time: reads files. */
void service_files_judge_fonts(const struct settings *settings, struct yaml_errors *errors);
/* The pinyin dictionary opens.
 * Thread: the one that will open the keyboard's. Time: about 5 ms. */
void service_files_judge_pinyin(const struct settings *settings, struct yaml_errors *errors);
/* What the drivers of a terminal, or of a desk, are opened from is there, and each opens. Time: reads files.
 */
void service_files_judge_drivers(const struct settings *settings, bool is_desk, struct yaml_errors *errors);

/* Whether a file is a font, by its first bytes. */
bool service_files_is_font(const char *path);

/* Words and catalogue are read and everything above is judged, in one pass.
 * Returns: CONFIG when anything was told in *errors, NO_MEMORY.
 * Owns: the caller frees *words and *catalogue, which may be there also after failure. */
enum status service_files_open(const struct settings *settings, bool is_desk, struct yaml_errors *errors,
                               struct words **words, struct catalogue **catalogue);

#endif
