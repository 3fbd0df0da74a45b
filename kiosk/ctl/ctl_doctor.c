#include <limits.h>

#include "kiosk/catalogue/catalogue.h"
#include "kiosk/catalogue/words.h"
#include "kiosk/ctl/ctl_output.h"
#include "kiosk/services/service_doctor.h"
#include "kiosk/services/service_files.h"

enum { CALENDAR_AHEAD_S = 31 * 86400 };

/* What one run has found. */
struct report {
    const struct ctl *ctl;
    struct json *rows;
    bool is_well;
    unsigned term_days; /* the longest that is sold */
};

static void add(struct report *report, const char *what, enum service_doctor_state state, const char *detail,
                const char *advice_key, const char *advice)
{
    const struct ctl *ctl = report->ctl;
    struct json *row = json_new_object();
    json_set_text(row, "what", what);
    json_set_text(row, "state", service_doctor_state_name(state));
    json_set_text(row, "detail", detail);
    ctl_output_set_text(row, "advice_key", advice_key);
    ctl_output_set_text(row, "advice", advice);
    json_append_take(report->rows, row);
    report->is_well = report->is_well && state != SERVICE_DOCTOR_BAD;
    if (ctl_has(ctl, CTL_OPTION_JSON))
        return;
    (void)fprintf(ctl->io->out, "%-8s %-10s %s%s%s\n", service_doctor_state_name(state), what, detail,
                  advice[0] != 0 ? "; " : "", advice);
    (void)fflush(ctl->io->out); /* a line is worth reading while the next device is waited for */
}

static void tell(void *context, const struct service_doctor_finding *finding)
{
    bool has_advice = finding->advice != SERVICE_DOCTOR_ADVICE_NONE;
    add(context, service_doctor_check_name(finding->check), finding->state, finding->detail,
        has_advice ? service_doctor_advice_key(finding->advice) : "",
        service_doctor_advice_text(finding->advice));
}

/* --- what is read from files ------------------------------------------------------------------------- */

static void add_file(struct report *report, const char *what, const char *path, enum status status,
                     const struct yaml_errors *errors, const char *advice)
{
    if (status != STATUS_OK)
        (void)fprintf(report->ctl->io->err, "%s\n", yaml_errors_text(errors));
    add(report, what, status == STATUS_OK ? SERVICE_DOCTOR_GOOD : SERVICE_DOCTOR_BAD, path,
        status == STATUS_OK ? "" : what, status == STATUS_OK ? "" : advice);
}

static void look_at_products(struct report *report, struct catalogue **catalogue)
{
    struct yaml_errors errors;
    const struct settings *settings = report->ctl->settings;
    yaml_errors_init(&errors);
    enum status status = service_files_open_catalogue(settings, &errors, catalogue);
    add_file(report, "catalogue", settings->paths_catalogue, status, &errors,
             "mend the mistakes told by certctl catalogue check");
    yaml_errors_release(&errors);
}

/* The year to come is announced in autumn: from December on it is missed. */
static void look_at_calendar(struct report *report, const struct catalogue *catalogue)
{
    int64_t now_utc_s = clock_utc_s(report->ctl->io->clock);
    bool is_well = catalogue != NULL && calendar_knows(catalogue->calendar, now_utc_s) &&
                   calendar_knows(catalogue->calendar, now_utc_s + CALENDAR_AHEAD_S);
    if (is_well)
        add(report, "calendar", SERVICE_DOCTOR_GOOD, "working days are known", "", "");
    else
        add(report, "calendar", SERVICE_DOCTOR_WARNING, "a year is missing, only weekends are free in it",
            "calendar", "add the year's holidays to calendar.yaml of paths.catalogue");
}

static void look_at_words(struct report *report)
{
    struct yaml_errors errors;
    struct words *words = NULL;
    char path[PATH_MAX];
    const struct settings *settings = report->ctl->settings;
    (void)snprintf(path, sizeof(path), "%s/text/%s.txt", settings->paths_assets, settings->language);
    yaml_errors_init(&errors);
    enum status status = words_open(path, &errors, &words);
    add_file(report, "words", path, status, &errors, "correct paths.assets or language, or mend the file");
    words_free(words);
    yaml_errors_release(&errors);
}

static void look_at(struct report *report, const char *what, const char *path,
                    void (*judge)(const struct settings *settings, struct yaml_errors *errors),
                    const char *advice)
{
    struct yaml_errors errors;
    yaml_errors_init(&errors);
    judge(report->ctl->settings, &errors);
    add_file(report, what, path, errors.count > 0 ? STATUS_CONFIG : STATUS_OK, &errors, advice);
    yaml_errors_release(&errors);
}

static void look_at_fonts(struct report *report)
{
    const struct settings *settings = report->ctl->settings;
    bool is_enough =
        service_files_is_font(settings->fonts_regular) && service_files_is_font(settings->fonts_bold);
    if (!is_enough || service_files_is_font(settings->fonts_medium))
        look_at(report, "fonts", settings->fonts_regular, service_files_judge_fonts,
                "install the font (fonts-noto-cjk) or correct fonts.*");
    else
        add(report, "fonts", SERVICE_DOCTOR_WARNING, settings->fonts_medium, "fonts",
            "the bold face stands in for the medium one");
}

static void look_at_files(struct report *report)
{
    struct catalogue *catalogue = NULL;
    const char *assets = report->ctl->settings->paths_assets;
    look_at_products(report, &catalogue);
    look_at_calendar(report, catalogue);
    for (size_t i = 0; catalogue != NULL && i < catalogue->count; i++) {
        unsigned days = product_term_longest_days(catalogue->products[i]);
        report->term_days = days > report->term_days ? days : report->term_days;
    }
    look_at_words(report);
    look_at(report, "forms", assets, service_files_judge_forms,
            "mend the templates in forms/ of paths.assets");
    look_at(report, "icons", assets, service_files_judge_icons, "install icons/ of paths.assets anew");
    look_at(report, "pinyin", assets, service_files_judge_pinyin, "install rime/ of paths.assets anew");
    look_at_fonts(report);
    catalogue_free(catalogue);
}

enum ctl_exit ctl_doctor(struct ctl *ctl)
{
    struct report report = {.ctl = ctl, .is_well = true};
    enum ctl_exit result = ctl_open_settings(ctl);
    if (result != CTL_EXIT_DONE)
        return result;
    report.rows = json_new_array();
    add(&report, "settings", SERVICE_DOCTOR_GOOD, ctl->option[CTL_OPTION_CONFIG], "", "");
    look_at_files(&report);
    bool is_well = service_doctor_run(&(struct service_doctor_settings){.settings = ctl->settings,
                                                                        .clock = ctl->io->clock,
                                                                        .random = ctl->io->random,
                                                                        .term_days = report.term_days},
                                      tell, &report);
    if (ctl_has(ctl, CTL_OPTION_JSON))
        ctl_output_json(ctl, report.rows);
    json_free(report.rows);
    return is_well && report.is_well ? CTL_EXIT_DONE : CTL_EXIT_REFUSED;
}
