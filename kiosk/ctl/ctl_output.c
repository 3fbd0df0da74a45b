#include "kiosk/ctl/ctl_output.h"

#include <string.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/check.h"
#include "kiosk/base/csv.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/money.h"
#include "kiosk/base/text.h"

enum { CELL_BYTES = 64 * 1024, TIME_BYTES = 40, COLUMN_CELLS_MOST = 60 };

void ctl_output_json(const struct ctl *ctl, const struct json *document)
{
    struct buf text;
    buf_init(&text, 64 * 1024 * 1024);
    check(json_write(document, &text) == STATUS_OK);
    (void)fprintf(ctl->io->out, "%s\n", (const char *)text.data);
    buf_wipe(&text);
}

/* --- cells ------------------------------------------------------------------------------------------- */

/* East Asian wide characters take two cells (Unicode UAX 11); what certctl shows needs no finer table. */
static size_t cells_of(const char *text)
{
    size_t cells = 0;
    for (uint32_t c = text_next(&text); c != 0; c = text_next(&text))
        cells += c >= 0x1100 && c != 0x2026 ? 2 : 1;
    return cells;
}

static void cell_text(const struct json *object, const char *key, struct buf *out)
{
    const struct json *member = json_member(object, key);
    const char *text = member == NULL ? "-" : json_text_value(member);
    buf_clear(out);
    enum status status =
        text != NULL ? buf_append_text(out, text[0] == 0 ? "-" : text) : json_write(member, out);
    check(status == STATUS_OK);
}

/* Control characters must not move a terminal's cursor, whatever a row holds. */
static void put(const struct ctl *ctl, const char *text)
{
    for (; *text != 0; text++)
        (void)fputc((unsigned char)*text < 0x20 || *text == 0x7f ? ' ' : *text, ctl->io->out);
}

static void put_padded(const struct ctl *ctl, const char *text, size_t cells, bool is_last)
{
    put(ctl, text);
    for (size_t width = cells_of(text); width < cells && !is_last; width++)
        (void)fputc(' ', ctl->io->out);
    (void)fputs(is_last ? "\n" : "  ", ctl->io->out);
}

/* --- members and tables ------------------------------------------------------------------------------ */

void ctl_output_members(const struct ctl *ctl, const struct json *object, const char *const *names,
                        size_t count)
{
    struct buf cell;
    size_t width = 0;
    buf_init(&cell, CELL_BYTES);
    for (size_t i = 0; i < count; i++)
        if (json_member(object, names[i]) != NULL && strlen(names[i]) + 1 > width)
            width = strlen(names[i]) + 1;
    for (size_t i = 0; i < count; i++) {
        char name[64];
        if (json_member(object, names[i]) == NULL)
            continue;
        (void)snprintf(name, sizeof(name), "%s:", names[i]);
        cell_text(object, names[i], &cell);
        put_padded(ctl, name, width, false);
        put_padded(ctl, (const char *)cell.data, 0, true);
    }
    buf_wipe(&cell);
}

static size_t column_cells(const struct json *rows, const char *column, struct buf *cell)
{
    size_t width = strlen(column);
    for (size_t i = 0; i < json_length(rows); i++) {
        cell_text(json_element(rows, i), column, cell);
        size_t cells = cells_of((const char *)cell->data);
        if (cells > width && cells <= COLUMN_CELLS_MOST)
            width = cells;
    }
    return width;
}

void ctl_output_table(const struct ctl *ctl, const char *title, const struct json *rows,
                      const char *const *columns, size_t count)
{
    size_t width[16];
    struct buf cell;
    check(count <= sizeof(width) / sizeof(width[0]));
    if (title != NULL && json_length(rows) == 0)
        return;
    if (title != NULL)
        (void)fprintf(ctl->io->out, "\n%s\n", title);
    buf_init(&cell, CELL_BYTES);
    for (size_t c = 0; c < count; c++) {
        width[c] = column_cells(rows, columns[c], &cell);
        put_padded(ctl, columns[c], width[c], c + 1 == count);
    }
    for (size_t i = 0; i < json_length(rows); i++) {
        for (size_t c = 0; c < count; c++) {
            cell_text(json_element(rows, i), columns[c], &cell);
            put_padded(ctl, (const char *)cell.data, width[c], c + 1 == count);
        }
    }
    buf_wipe(&cell);
}

/* --- values ------------------------------------------------------------------------------------------ */

static enum status write_csv(const struct json *rows, const char *const *columns, size_t count,
                             struct buf *csv)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = csv_append(csv, columns[i], i + 1 == count);
    for (size_t row = 0; row < json_length(rows); row++)
        for (size_t i = 0; i < count && status == STATUS_OK; i++)
            status = csv_append(csv, json_text(json_element(rows, row), columns[i], ""), i + 1 == count);
    return status;
}

enum status ctl_output_csv(const struct ctl *ctl, const struct json *rows, const char *const *columns,
                           size_t count)
{
    struct buf csv;
    buf_init(&csv, LIMIT_PDF_BYTES);
    enum status status = write_csv(rows, columns, count, &csv);
    if (status == STATUS_OK)
        (void)fwrite(csv.data, 1, csv.length, ctl->io->out);
    buf_wipe(&csv);
    return status;
}

void ctl_output_set_time(struct json *object, const char *key, int64_t utc_s)
{
    char text[TIME_BYTES];
    if (utc_s != 0 && clock_format_hall(utc_s, "%Y-%m-%dT%H:%M:%S+08:00", text, sizeof(text)) > 0)
        json_set_text(object, key, text);
}

void ctl_output_set_money(struct json *object, const char *key_fen, const char *key_yuan, int64_t fen)
{
    char text[MONEY_TEXT_BYTES];
    money_to_yuan(fen, text);
    json_set_integer(object, key_fen, fen);
    json_set_text(object, key_yuan, text);
}

void ctl_output_set_text(struct json *object, const char *key, const char *value)
{
    if (value[0] != 0)
        json_set_text(object, key, value);
}
