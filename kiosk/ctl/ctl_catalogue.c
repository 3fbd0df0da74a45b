#include "kiosk/catalogue/catalogue.h"
#include "kiosk/ctl/ctl.h"

enum ctl_exit ctl_catalogue_check(struct ctl *ctl)
{
    struct yaml_errors errors;
    struct catalogue *catalogue = NULL;
    enum ctl_exit result = ctl->word_count > 0 ? CTL_EXIT_DONE : ctl_open_settings(ctl);
    if (result != CTL_EXIT_DONE)
        return result;
    const char *directory = ctl->word_count > 0 ? ctl->word[0] : ctl->settings->paths_catalogue;
    yaml_errors_init(&errors);
    enum status status = catalogue_open(directory, &errors, &catalogue);
    if (status == STATUS_OK) {
        (void)fprintf(ctl->io->out, "%s: %zu products, all right\n", directory, catalogue->count);
    } else {
        (void)fprintf(ctl->io->err, "%s\n", yaml_errors_text(&errors));
        result = ctl_refuse(ctl, status, NULL, "%s: %zu mistakes", directory, errors.count);
    }
    catalogue_free(catalogue);
    yaml_errors_release(&errors);
    return result;
}
