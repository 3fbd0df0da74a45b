#include "tests/support/pdf_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"

enum { OUTPUT_BYTES = 4 * 1024 * 1024, COMMAND_BYTES = 512 };

char *pdf_bench_output(const char *format, const char *path)
{
    char command[COMMAND_BYTES];
    char *text = calloc(1, OUTPUT_BYTES);
    check(text != NULL);
    (void)snprintf(command, sizeof command, format, path);
    FILE *pipe = popen(command, "r");
    check(pipe != NULL);
    size_t got = fread(text, 1, OUTPUT_BYTES - 1, pipe);
    check(pclose(pipe) == 0);
    check(got > 0);
    return text;
}

void pdf_bench_squeeze(char *text)
{
    char *out = text;
    for (const char *in = text; *in != 0;) {
        if (strncmp(in, "\xE3\x80\x80", 3) == 0 || strncmp(in, "\xEF\xBC\xBF", 3) == 0)
            in += 3;
        else if (strchr(" \n\r\f\t", *in) != NULL)
            in++;
        else
            *out++ = *in++;
    }
    *out = 0;
}
