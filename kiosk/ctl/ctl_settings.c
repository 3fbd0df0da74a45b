#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/ctl/ctl.h"
#include "kiosk/services/service_files.h"

/* What a terminal is started on, which holds all that a desk is, too. */
static enum status open_all(struct ctl *ctl, const char *path, struct yaml_errors *errors)
{
    struct words *words = NULL;
    struct catalogue *catalogue = NULL;
    enum status status =
        settings_open_partly(path, settings_process_environment, NULL, errors, &ctl->settings);
    if (ctl->settings == NULL)
        return status;
    enum status files = service_files_open(ctl->settings, false, errors, &words, &catalogue);
    words_free(words);
    catalogue_free(catalogue);
    return status != STATUS_OK ? status : files;
}

enum ctl_exit ctl_settings_check(struct ctl *ctl)
{
    if (!ctl_has(ctl, CTL_OPTION_CONFIG))
        return ctl_misuse(ctl, "--config FILE is missing");
    struct yaml_errors errors;
    const char *path = ctl->option[CTL_OPTION_CONFIG];
    yaml_errors_init(&errors);
    enum status status = open_all(ctl, path, &errors);
    if (status == STATUS_OK)
        (void)fprintf(ctl->io->out, "%s: every setting is right\n", path);
    else
        (void)fprintf(ctl->io->err, "%s\ncertctl: %s: %s\n", yaml_errors_text(&errors), path,
                      status_name(status));
    yaml_errors_release(&errors);
    return status == STATUS_OK ? CTL_EXIT_DONE : CTL_EXIT_USAGE;
}

enum ctl_exit ctl_settings_example(struct ctl *ctl)
{
    struct buf text;
    buf_init(&text, LIMIT_CONFIG_BYTES);
    check(settings_write_example(&text) == STATUS_OK);
    (void)fputs((const char *)text.data, ctl->io->out);
    buf_release(&text);
    return CTL_EXIT_DONE;
}
