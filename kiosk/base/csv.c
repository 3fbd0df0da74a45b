#include "kiosk/base/csv.h"

#include <string.h>

#include "kiosk/base/text.h"

void csv_init(struct csv *csv, const char *text, size_t length)
{
    *csv = (struct csv){.at = text, .end = text + length, .line = 1, .column = 1};
}

static bool is_over(const struct csv *csv)
{
    return csv->at >= csv->end;
}

/* The line's end is here. Units: *length in bytes. */
static bool at_line_end(const struct csv *csv, size_t *length)
{
    bool has_return = !is_over(csv) && *csv->at == '\r' && csv->at + 1 < csv->end && csv->at[1] == '\n';
    *length = has_return ? 2 : 1;
    return has_return || (!is_over(csv) && *csv->at == '\n');
}

static void step(struct csv *csv)
{
    if (*csv->at == '\n') {
        csv->line++;
        csv->column = 1;
    } else if (((unsigned char)*csv->at & 0xC0) != 0x80) { /* not the middle of a character */
        csv->column++;
    }
    csv->at++;
}

static void pass_line_end(struct csv *csv, size_t length)
{
    csv->at += length;
    csv->line++;
    csv->column = 1;
    csv->is_begun = false;
}

/* Whoever reads on begins with the next line. */
static enum status complain(struct csv *csv, struct csv_cell *cell, const char *complaint)
{
    size_t length = 1;
    while (!is_over(csv) && !at_line_end(csv, &length))
        step(csv);
    if (!is_over(csv))
        pass_line_end(csv, length);
    csv->is_begun = false;
    cell->complaint = complaint;
    cell->ends_row = true;
    return STATUS_MALFORMED;
}

/* The opening quote is behind us. */
static enum status read_quoted(struct csv *csv, struct csv_cell *cell, struct buf *text)
{
    enum status status = STATUS_OK;
    for (;;) {
        if (is_over(csv))
            return complain(csv, cell, "expected the closing quote of this cell, found the end of the file");
        char c = *csv->at;
        step(csv);
        if (c == '"' && (is_over(csv) || *csv->at != '"'))
            return status;
        if (c == '"')
            step(csv);
        if (status == STATUS_OK)
            status = buf_append(text, &c, 1);
    }
}

static enum status read_plain(struct csv *csv, struct csv_cell *cell, struct buf *text)
{
    enum status status = STATUS_OK;
    size_t length = 0;
    while (!is_over(csv) && *csv->at != ',' && !at_line_end(csv, &length)) {
        if (*csv->at == '"')
            return complain(csv, cell, "expected quotes around the whole cell, found one inside it");
        if (status == STATUS_OK)
            status = buf_append(text, csv->at, 1);
        step(csv);
    }
    return status;
}

static enum status end_cell(struct csv *csv, struct csv_cell *cell)
{
    size_t length = 0;
    if (!is_over(csv) && *csv->at == ',') {
        step(csv);
        csv->is_begun = true;
        return STATUS_OK;
    }
    cell->ends_row = true;
    csv->is_begun = false;
    if (is_over(csv))
        return STATUS_OK;
    if (!at_line_end(csv, &length))
        return complain(csv, cell, "expected a comma or the end of the line behind the closing quote");
    pass_line_end(csv, length);
    return STATUS_OK;
}

enum status csv_next(struct csv *csv, struct csv_cell *cell, struct buf *text)
{
    size_t length = 0;
    while (!csv->is_begun && at_line_end(csv, &length))
        pass_line_end(csv, length);
    if (is_over(csv) && !csv->is_begun)
        return STATUS_NOT_FOUND;
    buf_clear(text);
    *cell = (struct csv_cell){.line = csv->line, .column = csv->column};
    bool is_quoted = !is_over(csv) && *csv->at == '"';
    if (is_quoted)
        step(csv);
    enum status status = is_quoted ? read_quoted(csv, cell, text) : read_plain(csv, cell, text);
    if (status == STATUS_MALFORMED)
        return status;
    enum status ended = end_cell(csv, cell);
    return ended != STATUS_OK ? ended : status;
}

enum status csv_append(struct buf *csv, const char *text, bool last)
{
    bool is_formula = *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
    enum status status = buf_append_text(csv, is_formula ? "\"'" : "\"");
    for (; *text != '\0' && status == STATUS_OK; text++)
        status = buf_append(csv, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    return status == STATUS_OK ? buf_append_text(csv, last ? "\"\r\n" : "\",") : status;
}
