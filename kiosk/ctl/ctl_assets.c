#include "kiosk/ctl/ctl_assets.h"

#include <unistd.h>

#include "kiosk/ctl/ctl_wish.h"

static bool has_forms(const char *assets)
{
    char forms[PATH_MAX];
    int length = snprintf(forms, sizeof(forms), "%s/forms", assets);
    return length > 0 && length < (int)sizeof(forms) && access(forms, R_OK) == 0;
}

/* The one that somebody named, NULL for none. */
static enum ctl_exit named(struct ctl *ctl, const char **out)
{
    *out = ctl->option[CTL_OPTION_ASSETS];
    if (*out != NULL || !ctl_has(ctl, CTL_OPTION_CONFIG))
        return CTL_EXIT_DONE;
    enum ctl_exit result = ctl_open_settings(ctl);
    if (result == CTL_EXIT_DONE)
        *out = ctl->settings->paths_assets;
    return result;
}

enum ctl_exit ctl_assets_find(struct ctl *ctl, const char *catalogue, char out[PATH_MAX], bool *is_there)
{
    const char *known = NULL;
    enum ctl_exit result = named(ctl, &known);
    if (catalogue == NULL)
        catalogue = ctl->option[CTL_OPTION_CATALOGUE];
    out[0] = '\0';
    if (known != NULL)
        (void)snprintf(out, PATH_MAX, "%s", known);
    else if (catalogue != NULL)
        (void)snprintf(out, PATH_MAX, "%s/../../assets", catalogue);
    if (known == NULL && !has_forms(out))
        (void)snprintf(out, PATH_MAX, "%s", ctl_wish_installed("paths.assets"));
    *is_there = has_forms(out);
    return result;
}
