#include "kiosk/ctl/ctl_csv.h"

#include <string.h>

enum status ctl_csv_cell(struct buf *csv, const char *text, bool last)
{
    bool is_formula = *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
    enum status status = buf_append_text(csv, is_formula ? "\"'" : "\"");
    for (; *text != '\0' && status == STATUS_OK; text++)
        status = buf_append(csv, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    return status == STATUS_OK ? buf_append_text(csv, last ? "\"\r\n" : "\",") : status;
}
