#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/ctl/ctl.h"

enum ctl_exit ctl_settings_check(struct ctl *ctl)
{
    if (!ctl_has(ctl, CTL_OPTION_CONFIG))
        return ctl_misuse(ctl, "--config FILE is missing");
    if (ctl_open_settings(ctl) != CTL_EXIT_DONE)
        return CTL_EXIT_REFUSED; /* wrong settings are the answer here, not a wrong call */
    (void)fprintf(ctl->io->out, "%s: every setting is right\n", ctl->option[CTL_OPTION_CONFIG]);
    return CTL_EXIT_DONE;
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
