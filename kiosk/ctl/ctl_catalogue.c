#include "kiosk/ctl/ctl_assets.h"
#include "kiosk/ctl/ctl_wish.h"
#include "kiosk/services/service_assets.h"
#include "kiosk/services/service_files.h"

/* What the products are shown, typed and printed with is judged in the same pass; "" for no assets. */
static enum status check_all(const struct ctl *ctl, const char *directory, const char *assets,
                             struct yaml_errors *errors, struct catalogue **catalogue)
{
    bool has_assets = assets[0] != 0;
    enum status status = catalogue_open_judged(directory, has_assets ? service_assets_judge_product : NULL,
                                               assets, errors, catalogue);
    catalogue_examine_names(directory, errors);
    if (ctl->settings != NULL && status != STATUS_NO_MEMORY) {
        service_files_judge_forms(ctl->settings, errors);
        service_files_judge_icons(ctl->settings, errors);
        service_files_judge_fonts(ctl->settings, errors);
        service_files_judge_pinyin(ctl->settings, errors);
    } else if (has_assets) {
        service_assets_judge_templates(assets, errors);
    }
    return status == STATUS_OK && errors->count > 0 ? STATUS_CONFIG : status;
}

/* Without them every weekday is a working day, and addresses are typed. */
static void list_missing_tables(const struct ctl *ctl, const struct catalogue *catalogue)
{
    if (catalogue->calendar == NULL)
        (void)fprintf(ctl->io->out, "no calendar.yaml: only weekends are free\n");
    if (catalogue->regions == NULL)
        (void)fprintf(ctl->io->out, "no regions.yaml: districts are typed, not chosen\n");
}

/* Where the guides are silent the definitions chose, and the operator of the authority has the last word. */
static void list_open_points(const struct ctl *ctl, const struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->count; i++)
        for (size_t j = 0; j < catalogue->products[i]->to_confirm_count; j++)
            (void)fprintf(ctl->io->out, "to confirm: %s: %s\n", catalogue->products[i]->id,
                          catalogue->products[i]->to_confirm[j]);
}

/* What nobody drew a sample of: the scanner's page shows none. */
static void list_missing_examples(const struct ctl *ctl, const struct catalogue *catalogue)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct product *product = catalogue->products[i];
        for (size_t j = 0; j < product->paper_count; j++) {
            const struct product_paper *paper = &product->papers[j];
            if (paper->kind == PRODUCT_PAPER_KIND_SCAN && !paper->code_required && paper->sheet[0] == 0 &&
                paper->example[0] == 0)
                (void)fprintf(ctl->io->out, "no example: %s: %s %s\n", product->id, paper->id, paper->title);
        }
    }
}

enum ctl_exit ctl_catalogue_check(struct ctl *ctl)
{
    struct yaml_errors errors;
    struct catalogue *catalogue = NULL;
    bool needs_settings = ctl->word_count == 0 || ctl_has(ctl, CTL_OPTION_CONFIG);
    enum ctl_exit result = needs_settings ? ctl_open_settings(ctl) : CTL_EXIT_DONE;
    if (result != CTL_EXIT_DONE)
        return result;
    const char *directory = ctl->word_count > 0 ? ctl->word[0] : ctl->settings->paths_catalogue;
    char assets[PATH_MAX] = "";
    bool has_assets = false;
    if (needs_settings)
        (void)snprintf(assets, sizeof(assets), "%s", ctl->settings->paths_assets);
    else
        (void)ctl_assets_find(ctl, directory, assets, &has_assets); /* nothing of the settings is asked */
    yaml_errors_init(&errors);
    enum status status =
        check_all(ctl, directory, needs_settings || has_assets ? assets : "", &errors, &catalogue);
    if (status == STATUS_OK) {
        (void)fprintf(ctl->io->out, "%s: %zu products%s, all right\n", directory, catalogue->count,
                      needs_settings ? ", forms, icons, fonts and pinyin"
                      : has_assets   ? ", forms and icons"
                                     : " (not their forms and icons: no assets are there)");
        list_missing_tables(ctl, catalogue);
        list_open_points(ctl, catalogue);
        list_missing_examples(ctl, catalogue);
    } else {
        (void)fprintf(ctl->io->err, "%s\n", yaml_errors_text(&errors));
        result = ctl_refuse(ctl, status, NULL, "%s: %zu mistakes", directory, errors.count);
    }
    catalogue_free(catalogue);
    yaml_errors_release(&errors);
    return result;
}
