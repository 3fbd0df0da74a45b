/* sim-page: the paper an applicant puts on the scanner, made from the PDF the printer received or drawn as a
 * sample.
 *
 *   sim-page --pdf FILE [--page N] --name SIGNER --unit NAME --out FILE.jpg
 *            the form, signed, dated and stamped
 *   sim-page --blank-paper licence|id-legal|id-agent --unit NAME --code CREDIT --name NAME --id NUMBER
 *            [--address TEXT] --out FILE.jpg
 *            another paper, stamped
 *   sim-page --empty --out FILE.jpg
 *            a blank sheet
 *
 * Places, in millimetres from the upper left corner: --sign-mm X,Y (start of the base line), --date-mm X,Y,
 * --seal-mm X,Y (centre). Shape: --dpi N (300), --skew DEGREES clockwise, --date YYYY-MM-DD (today),
 * --diameter MM (42). What can be wrong: --no-sign, --no-date, --no-stamp, --faint, --half-seal, --dark.
 * Exit codes: 0 done, 1 the PDF or the output file, 64 arguments.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drivers/simulators/page/sim_page_ink.h"
#include "drivers/simulators/page/sim_page_paper.h"
#include "drivers/simulators/page/sim_page_sheet.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/file.h"
#include "kiosk/base/text.h"

enum { OUTPUT_BYTES = 32 * 1024 * 1024, EXIT_ARGUMENTS = 64 };

struct place {
    double x_mm;
    double y_mm;
};

struct arguments {
    const char *pdf;
    const char *paper;
    const char *picture;
    const char *out;
    const char *date;
    int page;
    int dpi;
    double skew_degrees;
    double diameter_mm;
    struct place sign, date_place, seal;
    struct sim_page_person person;
    int no_sign, no_date, no_stamp, faint, half_seal, dark, empty; /* int: what getopt_long sets */
};

/* The places of the application form of catalogue 4.1 as assets/forms draws it. */
static const struct place form_sign = {58, 224}, form_date = {75.5, 251.5}, form_seal = {160, 232.5};
static const struct place paper_seal = {160, 232};

static const char usage[] =
    "usage: sim-page --pdf FILE [--page N] --name SIGNER --unit NAME --out FILE.jpg\n"
    "       sim-page --blank-paper licence|id-legal|id-agent --unit NAME --code CREDIT --name NAME\n"
    "                --id NUMBER [--address TEXT] --out FILE.jpg\n"
    "       sim-page --picture FILE.png --out FILE.jpg\n"
    "       sim-page --empty --out FILE.jpg\n"
    "places in mm: --sign-mm X,Y --date-mm X,Y --seal-mm X,Y; shape: --dpi N --skew DEGREES\n"
    "--date YYYY-MM-DD --diameter MM; what can be wrong: --no-sign --no-date --no-stamp --faint --half-seal "
    "--dark\n";

static bool read_place(const char *text, struct place *out)
{
    return sscanf(text, "%lf,%lf", &out->x_mm, &out->y_mm) == 2;
}

/* Where an option's text belongs; NULL for an option that is no text. */
static const char **text_of(struct arguments *arguments, int option)
{
    switch (option) {
    case 'f':
        return &arguments->pdf;
    case 'b':
        return &arguments->paper;
    case 'g':
        return &arguments->picture;
    case 'o':
        return &arguments->out;
    case 'd':
        return &arguments->date;
    case 'n':
        return &arguments->person.name;
    case 'u':
        return &arguments->person.unit;
    case 'c':
        return &arguments->person.code;
    case 'i':
        return &arguments->person.id;
    case 'a':
        return &arguments->person.address;
    default:
        return NULL;
    }
}

static bool take_value(struct arguments *arguments, int option, const char *value)
{
    const char **text = text_of(arguments, option);
    if (text != NULL) {
        *text = value;
        return option != 'd' || strlen(value) == 10;
    }
    switch (option) {
    case 'p':
        arguments->page = (int)strtol(value, NULL, 10);
        return arguments->page > 0;
    case 'r':
        arguments->dpi = (int)strtol(value, NULL, 10);
        return arguments->dpi >= 50 && arguments->dpi <= 600;
    case 'k':
        arguments->skew_degrees = strtod(value, NULL);
        return true;
    case 'm':
        arguments->diameter_mm = strtod(value, NULL);
        return arguments->diameter_mm > 5 && arguments->diameter_mm < 100;
    case 'S':
        return read_place(value, &arguments->sign);
    case 'D':
        return read_place(value, &arguments->date_place);
    case 'C':
        return read_place(value, &arguments->seal);
    default:
        return false;
    }
}

static bool read_arguments(int argc, char **argv, struct arguments *arguments)
{
    const struct option options[] = {
        {"pdf", required_argument, NULL, 'f'},
        {"blank-paper", required_argument, NULL, 'b'},
        {"picture", required_argument, NULL, 'g'},
        {"out", required_argument, NULL, 'o'},
        {"date", required_argument, NULL, 'd'},
        {"page", required_argument, NULL, 'p'},
        {"dpi", required_argument, NULL, 'r'},
        {"skew", required_argument, NULL, 'k'},
        {"diameter", required_argument, NULL, 'm'},
        {"sign-mm", required_argument, NULL, 'S'},
        {"date-mm", required_argument, NULL, 'D'},
        {"seal-mm", required_argument, NULL, 'C'},
        {"name", required_argument, NULL, 'n'},
        {"unit", required_argument, NULL, 'u'},
        {"code", required_argument, NULL, 'c'},
        {"id", required_argument, NULL, 'i'},
        {"address", required_argument, NULL, 'a'},
        {"no-sign", no_argument, &arguments->no_sign, 1},
        {"no-date", no_argument, &arguments->no_date, 1},
        {"no-stamp", no_argument, &arguments->no_stamp, 1},
        {"faint", no_argument, &arguments->faint, 1},
        {"half-seal", no_argument, &arguments->half_seal, 1},
        {"dark", no_argument, &arguments->dark, 1},
        {"empty", no_argument, &arguments->empty, 1},
        {0},
    };
    int option;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
        if (option != 0 && !take_value(arguments, option, optarg))
            return false;
    bool has_source = (arguments->pdf != NULL) + (arguments->paper != NULL) + (arguments->picture != NULL) +
                          arguments->empty ==
                      1;
    return has_source && arguments->out && optind == argc;
}

/* Year, month and day each into its blank of "＿＿＿＿年＿＿＿月＿＿＿日". */
static void write_date(struct sim_page_sheet *sheet, const struct arguments *arguments)
{
    char today[16], part[8];
    const char *date = arguments->date;
    struct place at = arguments->date_place;
    if (!date) {
        clock_format_hall(clock_utc_s(clock_system()), "%Y-%m-%d", today, sizeof today);
        date = today;
    }
    snprintf(part, sizeof part, "%.4s", date);
    sim_page_ink_write(sheet->cairo, part, at.x_mm, at.y_mm, 5);
    snprintf(part, sizeof part, "%.2s", date + 5);
    sim_page_ink_write(sheet->cairo, part, at.x_mm + 20, at.y_mm, 5);
    snprintf(part, sizeof part, "%.2s", date + 8);
    sim_page_ink_write(sheet->cairo, part, at.x_mm + 35, at.y_mm, 5);
}

static void stamp(struct sim_page_sheet *sheet, const struct arguments *arguments)
{
    const struct sim_page_seal seal = {
        .unit = arguments->person.unit,
        .x_mm = arguments->seal.x_mm,
        .y_mm = arguments->seal.y_mm,
        .diameter_mm = arguments->diameter_mm,
        .strength = arguments->faint ? 0.22 : 0.92,
        .share = arguments->half_seal ? 0.62 : 1,
    };
    sim_page_ink_stamp(sheet->cairo, &seal);
}

static enum status draw(struct sim_page_sheet *sheet, const struct arguments *arguments,
                        struct failure *failure)
{
    if (arguments->empty)
        return STATUS_OK;
    if (arguments->picture)
        return sim_page_sheet_paste(sheet, arguments->picture, failure);
    enum status status = arguments->pdf
                             ? sim_page_sheet_print(sheet, arguments->pdf, arguments->page, failure)
                             : sim_page_paper_draw(sheet, arguments->paper, &arguments->person);
    if (status != STATUS_OK)
        return status;
    if (arguments->pdf && !arguments->no_sign)
        sim_page_ink_write(sheet->cairo, arguments->person.name, arguments->sign.x_mm, arguments->sign.y_mm,
                           13);
    if (arguments->pdf && !arguments->no_date)
        write_date(sheet, arguments);
    if (!arguments->no_stamp)
        stamp(sheet, arguments);
    return STATUS_OK;
}

static enum status make(const struct arguments *arguments, struct failure *failure)
{
    struct sim_page_sheet sheet = {0};
    struct buf jpeg;
    buf_init(&jpeg, OUTPUT_BYTES);
    enum status status = sim_page_sheet_new(arguments->dpi, &sheet);
    if (status == STATUS_OK)
        status = draw(&sheet, arguments, failure);
    if (status == STATUS_OK)
        status = sim_page_sheet_scan(&sheet, arguments->skew_degrees, arguments->dark ? 0.5 : 1.0, &jpeg);
    if (status == STATUS_OK)
        status = file_replace(arguments->out, jpeg.data, jpeg.length, 0644, failure);
    buf_release(&jpeg);
    sim_page_sheet_release(&sheet);
    return status;
}

int main(int argc, char **argv)
{
    struct arguments arguments = {
        .page = 1,
        .dpi = 300,
        .skew_degrees = 0.6,
        .diameter_mm = 42,
        .sign = form_sign,
        .date_place = form_date,
        .seal = {-1, -1},
        .person = {.unit = "样例市样例有限公司",
                   .code = "",
                   .name = "样例",
                   .id = "",
                   .address = "样例市样例区样例路1号"},
    };
    struct failure failure = {0};
    if (text_is_among("--help", argc, argv)) {
        fputs(usage, stdout);
        return 0;
    }
    if (!read_arguments(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return EXIT_ARGUMENTS;
    }
    if (arguments.seal.x_mm < 0)
        arguments.seal = arguments.pdf ? form_seal : paper_seal;
    enum status status = make(&arguments, &failure);
    if (status != STATUS_OK)
        fprintf(stderr, "sim-page: %s: %s\n", status_name(status), failure.text);
    (void)fflush(stderr);
    _exit(status == STATUS_OK ? 0 : 1); /* fontconfig and glib keep caches they never give back */
}
