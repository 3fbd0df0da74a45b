#include "drivers/simulators/printer/sim_printer_control.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/file.h"

enum { CONTROL_BYTES = 4096, PATH_BYTES = 4096, SLOW_MOST_MS = 600000 };

static void read_line(const char *line, struct sim_printer_control *control)
{
    int slow_ms = 0;
    if (strcmp(line, "paper-out") == 0)
        control->paper_out = true;
    else if (strcmp(line, "supply-low") == 0)
        control->supply_low = true;
    else if (strcmp(line, "jam") == 0)
        control->jam = true;
    else if (strcmp(line, "cover-open") == 0)
        control->cover_open = true;
    else if (strcmp(line, "abort") == 0)
        control->abort = true;
    else if (strcmp(line, "lose") == 0)
        control->lose = true;
    else if (strcmp(line, "duplicate") == 0)
        control->duplicate = true;
    else if (strcmp(line, "offline") == 0)
        control->offline = true;
    else if (sscanf(line, "slow %d", &slow_ms) == 1 && slow_ms >= 0 && slow_ms <= SLOW_MOST_MS)
        control->slow_ms = slow_ms;
}

struct sim_printer_control sim_printer_control_parse(const char *text)
{
    struct sim_printer_control control = {0};
    while (*text != 0) {
        char line[64] = "";
        size_t length = strcspn(text, "\r\n");
        if (length < sizeof line) {
            memcpy(line, text, length);
            line[length] = 0;
        }
        read_line(line, &control);
        text += length;
        text += strspn(text, "\r\n");
    }
    return control;
}

struct sim_printer_control sim_printer_control_read(const char *state_dir)
{
    char path[PATH_BYTES];
    struct sim_printer_control control = {0};
    struct buf text;
    buf_init(&text, CONTROL_BYTES);
    if (snprintf(path, sizeof path, "%s/control", state_dir) < (int)sizeof path &&
        file_read(path, &text, NULL) == STATUS_OK && text.data != NULL)
        control = sim_printer_control_parse((const char *)text.data);
    buf_release(&text);
    return control;
}
