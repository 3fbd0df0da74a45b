#include "tests/support/pdf_bench.h"

#include <math.h>
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

/* --- ticks ------------------------------------------------------------------------------------------- */

enum { WORDS_MAX = 400, WORD_BYTES = 256 };

/* One word of a page as poppler sees it. */
struct word {
    double x, y;
    char text[WORD_BYTES];
};

static size_t read_words(const char *path, struct word *words)
{
    size_t count = 0;
    char *text = pdf_bench_output("pdftotext -bbox -l 1 %s -", path);
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest))
        if (sscanf(line, " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%*f\" yMax=\"%*f\">%255[^<]",
                   &words[count].x, &words[count].y, words[count].text) == 3) {
            count++;
            check(count < WORDS_MAX);
        }
    free(text);
    return count;
}

/* A check mark stands in the box itself. */
void pdf_bench_ticked(const char *path, char out[PDF_BENCH_TICKED_BYTES])
{
    static struct word words[WORDS_MAX];
    size_t count = read_words(path, words);
    size_t length = 0;
    out[0] = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count && strncmp(words[i].text, "□", 3) == 0; k++)
            if (strcmp(words[k].text, "✓") == 0 && fabs(words[k].y - words[i].y) < 1 &&
                words[k].x - words[i].x > 0 && words[k].x - words[i].x < 4)
                length += (size_t)snprintf(out + length, PDF_BENCH_TICKED_BYTES - length, "%s%s",
                                           length > 0 ? "|" : "", words[i].text + 3);
}
