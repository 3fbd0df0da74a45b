#include "tests/support/hall_printed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/printer/printer_fake.h"
#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "tests/support/pdf_bench.h"

static void write_last(const struct hall *hall, char path[256])
{
    size_t length = 0;
    const uint8_t *pdf = printer_fake_pdf(printer_fake_jobs() - 1, &length);
    (void)snprintf(path, 256, "%s/last.pdf", hall->directory);
    check(file_replace(path, pdf, length, 0600, NULL) == STATUS_OK);
}

bool hall_printed(const struct hall *hall, const char *words)
{
    char path[256];
    write_last(hall, path);
    char *text = pdf_bench_output("pdftotext -raw %s -", path);
    pdf_bench_squeeze(text);
    bool found = strstr(text, words) != NULL;
    free(text);
    return found;
}

char *hall_printed_codes(const struct hall *hall)
{
    char path[256];
    write_last(hall, path);
    return pdf_bench_output("pdftoppm -r 150 -png -f 1 -l 1 %s | zbarimg -q --raw - || echo none", path);
}
