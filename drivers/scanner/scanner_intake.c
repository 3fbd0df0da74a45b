#include "drivers/scanner/scanner_intake.h"

#include <stdlib.h>
#include <string.h>

#include "drivers/scanner/scanner_wire.h"
#include "kiosk/base/limits.h"

static size_t row_bytes(const struct scanner_page *page)
{
    return (size_t)page->width_px * (size_t)page->channels;
}

static enum status grow(struct scanner_page *page, size_t length)
{
    uint8_t *pixels = realloc(page->pixels, length);
    if (!pixels)
        return STATUS_NO_MEMORY;
    page->pixels = pixels;
    page->length = length;
    return STATUS_OK;
}

static enum status take_measures(struct scanner_intake *intake, const struct wire *message)
{
    int64_t width = 0, height = 0, channels = 0, dpi = 0;
    if (intake->has_measures || wire_get_integer(message, SCANNER_WIRE_WIDTH_PX, &width) != STATUS_OK ||
        wire_get_integer(message, SCANNER_WIRE_HEIGHT_PX, &height) != STATUS_OK ||
        wire_get_integer(message, SCANNER_WIRE_CHANNELS, &channels) != STATUS_OK ||
        wire_get_integer(message, SCANNER_WIRE_DPI, &dpi) != STATUS_OK)
        return STATUS_MALFORMED;
    if (width < 1 || width > LIMIT_PAGE_PIXELS || height < 0 || (channels != 1 && channels != 3) || dpi < 1 ||
        dpi > 10000)
        return STATUS_MALFORMED;
    if (height > LIMIT_PAGE_PIXELS || width * height > LIMIT_PAGE_PIXELS)
        return STATUS_FULL;
    intake->has_measures = true;
    intake->page = (struct scanner_page){
        .width_px = (int)width, .height_px = (int)height, .channels = (int)channels, .dpi = (int)dpi};
    return height > 0 ? grow(&intake->page, row_bytes(&intake->page) * (size_t)height) : STATUS_OK;
}

/* A page of unknown height grows by doubling, up to the ceiling. */
static enum status make_room(struct scanner_intake *intake, size_t more)
{
    struct scanner_page *page = &intake->page;
    size_t most = (size_t)LIMIT_PAGE_PIXELS * (size_t)page->channels, needed = intake->filled + more;
    if (needed <= page->length)
        return STATUS_OK;
    if (page->height_px > 0)
        return STATUS_MALFORMED;
    if (needed > most)
        return STATUS_FULL;
    size_t doubled = page->length * 2 > needed ? page->length * 2 : needed;
    return grow(page, doubled < most ? doubled : most);
}

enum status scanner_intake_message(struct scanner_intake *intake, const struct wire *message)
{
    const uint8_t *bytes = NULL;
    size_t length = 0;
    if (wire_get_bytes(message, SCANNER_WIRE_ROWS, 0, &bytes, &length) != STATUS_OK)
        return take_measures(intake, message);
    if (!intake->has_measures)
        return STATUS_MALFORMED;
    enum status status = make_room(intake, length);
    if (status != STATUS_OK || length == 0)
        return status;
    memcpy(intake->page.pixels + intake->filled, bytes, length);
    intake->filled += length;
    return STATUS_OK;
}

int scanner_intake_rows(const struct scanner_intake *intake, int *rows_total)
{
    *rows_total = intake->page.height_px;
    return intake->has_measures ? (int)(intake->filled / row_bytes(&intake->page)) : 0;
}

enum status scanner_intake_detach(struct scanner_intake *intake, struct scanner_page *out)
{
    struct scanner_page *page = &intake->page;
    if (!intake->has_measures || intake->filled == 0 || intake->filled % row_bytes(page) != 0 ||
        (page->height_px > 0 && intake->filled != page->length))
        return STATUS_MALFORMED;
    page->height_px = (int)(intake->filled / row_bytes(page));
    page->length = intake->filled;
    *out = *page;
    *intake = (struct scanner_intake){0};
    return STATUS_OK;
}

void scanner_intake_release(struct scanner_intake *intake)
{
    scanner_page_release(&intake->page);
    *intake = (struct scanner_intake){0};
}
