/* bench-page: how long one A4 colour page of 300 dpi takes to be judged, and to be judged, straightened and
 * compressed, on one core.
 *
 *   bench-page FILE.jpg ...
 *
 * Prints "name median p95" lines. Units: milliseconds. Decoding the scanner's JPEG is told apart: the scanner
 * driver does that.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kiosk/base/file.h"
#include "kiosk/page/page.h"
#include "kiosk/page/page_jpeg.h"

enum { ROUNDS = 15, FILE_BYTES = 32 * 1024 * 1024 };

static const uint8_t code_key[CRYPTO_KEY_BYTES] = {1};

static double now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1000000;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void tell(const char *name, const char *file, double *took)
{
    const char *slash = strrchr(file, '/');
    qsort(took, ROUNDS, sizeof took[0], by_size);
    (void)printf("%s:%s %.1f %.1f\n", name, slash ? slash + 1 : file, took[ROUNDS / 2],
                 took[ROUNDS * 95 / 100]);
    (void)fflush(stdout);
}

static const struct page_expect everything = {.wants_colour = true,
                                              .wants_seal = true,
                                              .wants_code = true,
                                              .code_key = code_key,
                                              .signature_mm = {58, 205, 70, 20}};

static bool read_image(const struct buf *jpeg, struct page_image *out)
{
    return page_jpeg_decode(jpeg->data, jpeg->length, out, NULL) == STATUS_OK;
}

static bool measure(const char *file, const struct buf *jpeg)
{
    double decode[ROUNDS], judge[ROUNDS], finish[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        struct page_image image = {0};
        struct page_findings findings;
        struct buf kept;
        buf_init(&kept, FILE_BYTES);
        double since = now_ms();
        if (!read_image(jpeg, &image))
            return false;
        decode[i] = now_ms() - since;
        since = now_ms();
        enum status status = page_judge(&image, &everything, &findings, NULL);
        judge[i] = now_ms() - since;
        since = now_ms();
        if (status == STATUS_OK)
            status = page_finish(&image, &everything, 0, &findings, &kept, NULL);
        finish[i] = now_ms() - since;
        page_image_release(&image);
        buf_release(&kept);
        if (status != STATUS_OK)
            return false;
    }
    tell("decode", file, decode);
    tell("judge", file, judge);
    tell("finish", file, finish);
    return true;
}

int main(int argc, char **argv)
{
    bool good = argc > 1;
    for (int i = 1; i < argc && good; i++) {
        struct buf jpeg;
        buf_init(&jpeg, FILE_BYTES);
        good = file_read(argv[i], &jpeg, NULL) == STATUS_OK && measure(argv[i], &jpeg);
        buf_release(&jpeg);
    }
    return good ? 0 : 1;
}
