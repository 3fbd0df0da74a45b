#include "kiosk/ctl/ctl_wish.h"

#include <stdlib.h>
#include <string.h>

enum { NOON_S = 12 * 3600 };

#define INSTALLED_PATH(fallback) fallback
#define INSTALLED_TEXT(fallback) NULL
#define INSTALLED_INTEGER(fallback) NULL
#define INSTALLED_BOOL(fallback) NULL
#define INSTALLED_CHOICE(fallback) NULL

const char *ctl_wish_installed(const char *key)
{
    static const struct {
        const char *key, *path;
    } settings[] = {
#define SETTING(member, key, type, unit, fallback, min, max, help) {key, INSTALLED_##type(fallback)},
#include "kiosk/catalogue/settings.def"
#undef SETTING
    };
    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
        if (strcmp(settings[i].key, key) == 0 && settings[i].path != NULL)
            return settings[i].path;
    return "";
}

enum ctl_exit ctl_wish_catalogue(struct ctl *ctl, struct catalogue **out)
{
    const char *directory = ctl->option[CTL_OPTION_CATALOGUE];
    if (directory == NULL && ctl_has(ctl, CTL_OPTION_CONFIG)) {
        enum ctl_exit result = ctl_open_settings(ctl);
        if (result != CTL_EXIT_DONE)
            return result;
        directory = ctl->settings->paths_catalogue;
    }
    if (directory == NULL)
        directory = ctl_wish_installed("paths.catalogue");
    struct yaml_errors errors;
    enum ctl_exit result = CTL_EXIT_DONE;
    yaml_errors_init(&errors);
    enum status status = catalogue_open(directory, &errors, out);
    if (status != STATUS_OK) {
        (void)fprintf(ctl->io->err, "%s\n", yaml_errors_text(&errors));
        result = ctl_refuse(ctl, status, NULL, "%s: %zu mistakes", directory, errors.count);
    }
    yaml_errors_release(&errors);
    return result;
}

/* --- options ---------------------------------------------------------------------------------------------
 */

static enum ctl_exit read_count(struct ctl *ctl, enum ctl_option option, const char *name, unsigned *out)
{
    char *end = NULL;
    if (!ctl_has(ctl, option))
        return CTL_EXIT_DONE;
    unsigned long count = strtoul(ctl->option[option], &end, 10);
    if (ctl->option[option][0] < '0' || ctl->option[option][0] > '9' || *end != 0 || count > 100000)
        return ctl_misuse(ctl, "--%s takes a number, not %s", name, ctl->option[option]);
    *out = (unsigned)count;
    return CTL_EXIT_DONE;
}

/* A day in the hall that has come, at its noon. */
static enum ctl_exit read_day(struct ctl *ctl, int64_t *out)
{
    const char *text = ctl->option[CTL_OPTION_ISSUED];
    int64_t begin_utc_s = 0;
    if (text == NULL)
        return CTL_EXIT_DONE;
    if (!clock_hall_day_of(text, &begin_utc_s))
        return ctl_misuse(ctl, "--issued takes a day as YYYY-MM-DD, not %s", text);
    if (begin_utc_s > clock_utc_s(ctl->io->clock))
        return ctl_misuse(ctl, "--issued takes a day that has come, not %s", text);
    *out = begin_utc_s + NOON_S;
    return CTL_EXIT_DONE;
}

static enum ctl_exit read_options(struct ctl *ctl, struct product_wish *wish)
{
    enum ctl_exit result = read_count(ctl, CTL_OPTION_YEARS, "years", &wish->years);
    if (result == CTL_EXIT_DONE)
        result = read_count(ctl, CTL_OPTION_QUANTITY, "quantity", &wish->quantity);
    if (result == CTL_EXIT_DONE)
        result = read_day(ctl, &wish->issued_utc_s);
    if (ctl_has(ctl, CTL_OPTION_CLASS))
        wish->class_id = ctl->option[CTL_OPTION_CLASS];
    if (ctl_has(ctl, CTL_OPTION_REASON))
        wish->reason = ctl->option[CTL_OPTION_REASON];
    wish->seal = ctl_has(ctl, CTL_OPTION_SEAL);
    wish->agent = ctl_has(ctl, CTL_OPTION_AGENT);
    for (size_t i = 0; i < ctl->sub_kind_count && i < PRODUCT_WISH_SUB_KINDS_MAX; i++)
        wish->sub_kinds[wish->sub_kind_count++] = ctl->sub_kind[i];
    return result;
}

/* An operation that this product does not have is refused, a word that is none is a misuse. */
static enum ctl_exit refuse_operation(struct ctl *ctl, const struct product *product)
{
    char offered[128];
    product_wish_list_operations(product, offered, sizeof offered);
    if (product_operation_code_of(ctl->word[1]) == PRODUCT_OPERATION_COUNT_)
        return ctl_misuse(ctl, "there is no operation %s; %s has %s", ctl->word[1], product->id, offered);
    return ctl_refuse(ctl, STATUS_REFUSED, NULL, "%s has no operation %s; offered: %s", product->id,
                      ctl->word[1], offered);
}

enum ctl_exit ctl_wish_open(struct ctl *ctl, struct ctl_wish *out)
{
    char complaint[PRODUCT_WISH_COMPLAINT_BYTES];
    *out = (struct ctl_wish){0};
    enum ctl_exit result = ctl_wish_catalogue(ctl, &out->catalogue);
    if (result != CTL_EXIT_DONE)
        return result;
    const struct product *product = catalogue_find(out->catalogue, ctl->word[0]);
    if (product == NULL)
        return ctl_misuse(ctl, "there is no product %s; certctl catalogue list shows them", ctl->word[0]);
    const struct product_operation *operation = product_find_operation(product, ctl->word[1]);
    if (operation == NULL)
        return refuse_operation(ctl, product);
    product_wish_init(&out->wish, product, operation, clock_utc_s(ctl->io->clock));
    result = read_options(ctl, &out->wish);
    if (result != CTL_EXIT_DONE)
        return result;
    enum status status = product_wish_judge(&out->wish, complaint);
    out->wish.seal = out->wish.seal || product_wish_brings_seal(&out->wish);
    return status == STATUS_OK ? CTL_EXIT_DONE : ctl_refuse(ctl, status, NULL, "%s", complaint);
}

enum ctl_exit ctl_wish_judge_whole(struct ctl *ctl, const struct ctl_wish *wish)
{
    char complaint[PRODUCT_WISH_COMPLAINT_BYTES];
    const struct product *product = wish->wish.product;
    enum status status = product_wish_judge_whole(&wish->wish, complaint);
    if (status != STATUS_OK)
        return ctl_refuse(ctl, status, NULL, "%s", complaint);
    if (!ctl_has(ctl, CTL_OPTION_CLASS) && product->class_count > 1) {
        (void)fprintf(ctl->io->err,
                      "certctl: this is for the class %s; others with --class:", wish->wish.class_id);
        for (size_t i = 1; i < product->class_count; i++)
            (void)fprintf(ctl->io->err, " %s", product->classes[i].id);
        (void)fputc('\n', ctl->io->err);
    }
    return CTL_EXIT_DONE;
}

void ctl_wish_close(struct ctl_wish *wish)
{
    catalogue_free(wish->catalogue);
    *wish = (struct ctl_wish){0};
}
