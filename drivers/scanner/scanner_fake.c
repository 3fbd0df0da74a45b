#include "drivers/scanner/scanner_fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"

enum {
    FAKE_STEPS_MAX = 64,
    FAKE_PATH_BYTES = 512,
    FAKE_NAP_MS = 5,
    FAKE_TENTHS = 10,
    FAKE_SCRIPT_BYTES = 16384
};

enum fake_act {
    FAKE_BLANK,
    FAKE_TEST,
    FAKE_PAGE,
    FAKE_JAM,
    FAKE_COVER,
    FAKE_EMPTY,
    FAKE_OFFLINE,
    FAKE_BUSY,
    FAKE_IO,
    FAKE_LOST,
    FAKE_HANG
};

/* What each refusal looks like from outside. */
static const struct {
    const char *word;
    enum fake_act act;
    enum status status;
    enum device_state fault;
} fake_words[] = {
    {"blank", FAKE_BLANK, STATUS_OK, DEVICE_READY},
    {"test", FAKE_TEST, STATUS_OK, DEVICE_READY},
    {"jam", FAKE_JAM, STATUS_REFUSED, DEVICE_JAMMED},
    {"cover", FAKE_COVER, STATUS_REFUSED, DEVICE_COVER_OPEN},
    {"empty", FAKE_EMPTY, STATUS_REFUSED, DEVICE_PAPER_OUT},
    {"offline", FAKE_OFFLINE, STATUS_LOST, DEVICE_OFFLINE},
    {"busy", FAKE_BUSY, STATUS_BUSY, DEVICE_WORKING},
    {"io", FAKE_IO, STATUS_IO, DEVICE_FAULTY},
    {"lost", FAKE_LOST, STATUS_LOST, DEVICE_OFFLINE},
    {"hang", FAKE_HANG, STATUS_TIMED_OUT, DEVICE_READY},
};

struct fake_step {
    enum fake_act act;
    size_t word; /* index into fake_words for refusals */
    int tenth_ms;
    char path[FAKE_PATH_BYTES];
};

struct scanner_fake {
    size_t count;
    size_t next;
    struct fake_step steps[FAKE_STEPS_MAX];
};

void scanner_fake_pattern(int x_px, int y_px, uint8_t rgb[3])
{
    rgb[0] = (uint8_t)(x_px / 8);
    rgb[1] = (uint8_t)(y_px / 8);
    rgb[2] = (uint8_t)((x_px / 64 + y_px / 64) % 2 ? 224 : 32);
}

/* One word of the script. Returns: false when it is not in the list. */
static bool read_word(const char *word, struct fake_step *step)
{
    if (text_has_prefix(word, "page=")) {
        step->act = FAKE_PAGE;
        return text_copy(step->path, sizeof step->path, word + 5);
    }
    for (size_t i = 0; i < sizeof fake_words / sizeof *fake_words; i++)
        if (strcmp(word, fake_words[i].word) == 0) {
            step->act = fake_words[i].act;
            step->word = i;
            return true;
        }
    return false;
}

static enum status read_script(struct scanner_fake *fake, char *script, struct failure *failure)
{
    int tenth_ms = 0;
    char *rest = NULL;
    for (char *word = strtok_r(script, " \t\r\n", &rest); word; word = strtok_r(NULL, " \t\r\n", &rest)) {
        if (text_has_prefix(word, "slow=")) {
            tenth_ms = (int)strtol(word + 5, NULL, 10);
            continue;
        }
        struct fake_step *step = &fake->steps[fake->count];
        if (fake->count == FAKE_STEPS_MAX || !read_word(word, step))
            return failure_set(failure, STATUS_CONFIG, "scanner.fake_script", (long)fake->count,
                               "word %zu is unknown", fake->count + 1);
        step->tenth_ms = tenth_ms;
        tenth_ms = 0;
        fake->count++;
    }
    return fake->count > 0 ? STATUS_OK
                           : failure_set(failure, STATUS_CONFIG, "scanner.fake_script", 0, "no step in it");
}

static enum status fake_list(void *self, int deadline_ms, struct scanner_list *out, struct failure *failure)
{
    (void)self, (void)deadline_ms, (void)failure;
    *out = (struct scanner_list){
        .count = 1,
        .devices = {{.id = "fake:0", .name = "Fake scanner", .has_flatbed = true, .has_feeder = true}}};
    return STATUS_OK;
}

static const struct fake_step *due_step(const struct scanner_fake *fake)
{
    return &fake->steps[fake->next < fake->count ? fake->next : fake->count - 1];
}

static enum status fake_look(void *self, const char *id, int deadline_ms, enum device_state *out,
                             struct failure *failure)
{
    (void)id, (void)deadline_ms, (void)failure;
    *out = due_step(self)->act == FAKE_OFFLINE ? DEVICE_OFFLINE : DEVICE_READY;
    return STATUS_OK;
}

/* Time is measured in naps, so that a script behaves alike under any clock. */
static enum status wait_ms(const struct scanner_call *call, int ms, int *spent_ms)
{
    for (int waited = 0; waited < ms; waited += FAKE_NAP_MS) {
        if (job_cancel_is_requested(call->cancel))
            return STATUS_CANCELLED;
        if (call->deadline_ms > 0 && *spent_ms >= call->deadline_ms)
            return STATUS_TIMED_OUT;
        clock_sleep_ms(clock_system(), FAKE_NAP_MS);
        *spent_ms += FAKE_NAP_MS;
    }
    return job_cancel_is_requested(call->cancel) ? STATUS_CANCELLED : STATUS_OK;
}

static enum status new_page(const struct scanner_settings *settings, struct scanner_page *out)
{
    struct scanner_page page = {.width_px = (settings->width_mm * settings->dpi * 10 + 127) / 254,
                                .height_px = (settings->height_mm * settings->dpi * 10 + 127) / 254,
                                .channels = settings->is_gray ? 1 : 3,
                                .dpi = settings->dpi};
    if ((int64_t)page.width_px * page.height_px > LIMIT_PAGE_PIXELS)
        return STATUS_FULL;
    page.length = (size_t)page.width_px * (size_t)page.height_px * (size_t)page.channels;
    page.pixels = malloc(page.length);
    if (!page.pixels)
        return STATUS_NO_MEMORY;
    memset(page.pixels, 255, page.length);
    *out = page;
    return STATUS_OK;
}

static void put_pixel(struct scanner_page *page, int x, int y, const uint8_t rgb[3])
{
    uint8_t *pixel = page->pixels + ((size_t)y * (size_t)page->width_px + (size_t)x) * (size_t)page->channels;
    if (page->channels == 3)
        memcpy(pixel, rgb, 3);
    else
        *pixel = (uint8_t)((77u * rgb[0] + 150u * rgb[1] + 29u * rgb[2] + 128u) >> 8);
}

static void paint_pattern(struct scanner_page *page)
{
    for (int y = 0; y < page->height_px; y++)
        for (int x = 0; x < page->width_px; x++) {
            uint8_t rgb[3];
            scanner_fake_pattern(x, y, rgb);
            put_pixel(page, x, y, rgb);
        }
}

/* A portable pixmap (netpbm's P6 or P5 with 255 levels and no comments), nearest pixels of it. */
static enum status paint_file(struct scanner_page *page, const struct buf *file)
{
    char kind = 0;
    int width = 0, height = 0, head = 0;
    if (sscanf((const char *)file->data, "P%c %6d %6d 255%n", &kind, &width, &height, &head) != 3 ||
        head == 0 || (kind != '5' && kind != '6') || width < 1 || height < 1)
        return STATUS_MALFORMED;
    size_t channels = kind == '6' ? 3 : 1, start = (size_t)head + 1;
    if (start > file->length || (size_t)width * (size_t)height * channels > file->length - start)
        return STATUS_MALFORMED;
    for (int y = 0; y < page->height_px; y++)
        for (int x = 0; x < page->width_px; x++) {
            size_t from_x = (size_t)((int64_t)x * width / page->width_px);
            size_t from_y = (size_t)((int64_t)y * height / page->height_px);
            const uint8_t *from = file->data + start + (from_y * (size_t)width + from_x) * channels;
            uint8_t rgb[3] = {from[0], from[channels == 3 ? 1 : 0], from[channels == 3 ? 2 : 0]};
            put_pixel(page, x, y, rgb);
        }
    return STATUS_OK;
}

static enum status paint(const struct fake_step *step, struct scanner_page *page, struct failure *failure)
{
    if (step->act == FAKE_TEST)
        paint_pattern(page);
    if (step->act != FAKE_PAGE)
        return STATUS_OK;
    struct buf file;
    buf_init(&file, (size_t)LIMIT_PAGE_PIXELS * 3 + 64);
    enum status status = file_read(step->path, &file, failure);
    if (status == STATUS_OK)
        status = paint_file(page, &file);
    buf_release(&file);
    return status;
}

static enum status scan_page(const struct fake_step *step, const struct scanner_settings *settings,
                             const struct scanner_call *call, struct scanner_page *out,
                             struct failure *failure)
{
    struct scanner_page page = {0};
    int spent_ms = 0;
    enum status status = new_page(settings, &page);
    if (status == STATUS_OK)
        status = paint(step, &page, failure);
    for (int tenth = 1; tenth <= FAKE_TENTHS && status == STATUS_OK; tenth++) {
        status = wait_ms(call, step->tenth_ms, &spent_ms);
        if (status == STATUS_OK && call->progress)
            call->progress(call->progress_context, page.height_px * tenth / FAKE_TENTHS, page.height_px);
        if (status == STATUS_OK && step->act == FAKE_LOST && tenth == FAKE_TENTHS / 2)
            status = failure_set(failure, STATUS_LOST, "scanner_fake", 0, "gone in the middle of the page");
    }
    if (status == STATUS_OK)
        *out = page;
    else
        scanner_page_release(&page);
    return status;
}

static enum status fake_scan(void *self, const char *id, const struct scanner_settings *settings,
                             const struct scanner_call *call, struct scanner_page *out,
                             enum device_state *fault, struct failure *failure)
{
    (void)id;
    struct scanner_fake *fake = self;
    const struct fake_step *step = due_step(fake);
    fake->next++;
    *fault = fake_words[step->word].fault;
    if (step->act == FAKE_HANG) {
        int spent_ms = 0;
        return wait_ms(call, 24 * 3600 * 1000, &spent_ms);
    }
    if (step->act == FAKE_BLANK || step->act == FAKE_TEST || step->act == FAKE_PAGE || step->act == FAKE_LOST)
        return scan_page(step, settings, call, out, failure);
    return failure_set(failure, fake_words[step->word].status, "scanner_fake", 0, "%s",
                       fake_words[step->word].word);
}

static const struct scanner_ops fake_ops = {
    .name = "fake",
    .list = fake_list,
    .look = fake_look,
    .scan = fake_scan,
    .close = free,
};

enum status scanner_fake_new(const char *script, const struct scanner_ops **ops, void **self,
                             struct failure *failure)
{
    char words[FAKE_SCRIPT_BYTES];
    if (!text_copy(words, sizeof words, script ? script : "blank"))
        return failure_set(failure, STATUS_CONFIG, "scanner.fake_script", 0, "longer than %d bytes",
                           FAKE_SCRIPT_BYTES - 1);
    struct scanner_fake *fake = calloc(1, sizeof *fake);
    if (!fake)
        return STATUS_NO_MEMORY;
    enum status status = read_script(fake, words, failure);
    if (status != STATUS_OK) {
        free(fake);
        return status;
    }
    *ops = &fake_ops;
    *self = fake;
    return STATUS_OK;
}
