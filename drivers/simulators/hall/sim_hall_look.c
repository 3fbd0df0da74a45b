/* What the simulators say now: their control interfaces, the printer's and the writer's files. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/simulators/hall/sim_hall.h"
#include "drivers/simulators/hall/sim_hall_files.h"
#include "drivers/simulators/hall/sim_hall_link.h"
#include "kiosk/base/clock.h"
#include "kiosk/base/text.h"

/* The port stands behind the address, or in the file. */
static enum status read_port(const char *url, const char *file, uint16_t *port)
{
    char text[SIM_HALL_TEXT_BYTES] = "";
    const char *colon = strrchr(url, ':');
    if (url[0] != '\0' && colon != NULL)
        (void)snprintf(text, sizeof text, "%s", colon + 1);
    else if (file[0] != '\0')
        (void)sim_hall_files_read(file, text, sizeof text);
    unsigned long number = strtoul(text, NULL, 10);
    if (number == 0 || number > UINT16_MAX)
        return STATUS_NOT_FOUND;
    *port = (uint16_t)number;
    return STATUS_OK;
}

enum status sim_hall_port(const struct sim_hall_settings *settings, enum sim_hall_section section,
                          uint16_t *port)
{
    return read_port(settings->url[section], settings->port_file[section], port);
}

enum status sim_hall_wechat_port(const struct sim_hall_settings *settings, uint16_t *port)
{
    return read_port(settings->wechat_url, settings->wechat_port_file, port);
}

/* Returns: the document, NULL when the simulator is silent. Owns: the caller. */
static struct json *ask_port(uint16_t port, const char *path)
{
    struct json *document = NULL;
    if (sim_hall_link_ask(port, "GET", path, &document) != STATUS_OK) {
        json_free(document);
        return NULL;
    }
    return document;
}

static struct json *ask(const struct sim_hall_settings *settings, enum sim_hall_section section,
                        const char *path)
{
    uint16_t port = 0;
    return sim_hall_port(settings, section, &port) == STATUS_OK ? ask_port(port, path) : NULL;
}

static void look_at_faults(const struct sim_hall_settings *settings, enum sim_hall_section section,
                           struct sim_hall_view *view)
{
    struct json *faults = ask(settings, section, "/control/faults");
    view->is_up[section] = faults != NULL;
    view->faults[section] = (int)json_length(faults);
    json_free(faults);
}

static void look_at_messages(const struct sim_hall_settings *settings, struct sim_hall_view *view)
{
    struct json *list = ask(settings, SIM_HALL_SECTION_SMS, "/control/messages");
    for (size_t i = 0; i < json_length(list) && i < SIM_HALL_MESSAGES; i++) {
        const struct json *row = json_element(list, i);
        struct sim_hall_message *message = &view->messages[view->message_count++];
        (void)clock_format_hall(json_number(row, "utc_s", 0), "%H:%M:%S", message->time,
                                sizeof message->time);
        (void)text_copy(message->number, sizeof message->number, json_text(row, "number", ""));
        (void)text_copy(message->code, sizeof message->code, json_text(row, "code", ""));
        (void)text_copy(message->text, sizeof message->text, json_text(row, "text", ""));
    }
    json_free(list);
}

/* A place among the trades, which stand newest first. Returns: NULL when it is older than all there is room
 * for. */
static struct sim_hall_trade *make_room(struct sim_hall_view *view, int64_t until_utc_s)
{
    int at = 0;
    while (at < view->trade_count && view->trades[at].until_utc_s >= until_utc_s)
        at++;
    if (at == SIM_HALL_TRADES)
        return NULL;
    if (view->trade_count < SIM_HALL_TRADES)
        view->trade_count++;
    memmove(&view->trades[at + 1], &view->trades[at],
            (size_t)(view->trade_count - 1 - at) * sizeof view->trades[0]);
    memset(&view->trades[at], 0, sizeof view->trades[at]);
    view->trades[at].until_utc_s = until_utc_s;
    return &view->trades[at];
}

static void add_trades_take(struct sim_hall_view *view, struct json *ledger)
{
    const struct json *list = ledger == NULL ? NULL : json_member(ledger, "trades");
    size_t count = json_length(list);
    for (size_t i = 0; i < count && i < SIM_HALL_TRADES; i++) {
        const struct json *row = json_element(list, count - 1 - i);
        int64_t until_utc_s = json_number(row, "code_until_utc_s", json_number(row, "until_utc_s", 0));
        struct sim_hall_trade *trade = make_room(view, until_utc_s);
        if (trade == NULL)
            break;
        (void)text_copy(trade->number, sizeof trade->number, json_text(row, "out_trade_no", ""));
        (void)text_copy(trade->status, sizeof trade->status, json_text(row, "status", ""));
        (void)text_copy(trade->subject, sizeof trade->subject, json_text(row, "subject", ""));
        trade->amount_fen = json_number(row, "amount_fen", 0);
        trade->paid_count = json_number(row, "paid_count", 0);
        trade->returned_fen = json_number(row, "returned_fen", 0);
    }
    json_free(ledger);
}

static void look_at_trades(const struct sim_hall_settings *settings, struct sim_hall_view *view)
{
    uint16_t port = 0;
    if (view->is_up[SIM_HALL_SECTION_PAY])
        add_trades_take(view, ask(settings, SIM_HALL_SECTION_PAY, "/control/ledger"));
    if (sim_hall_wechat_port(settings, &port) == STATUS_OK)
        add_trades_take(view, ask_port(port, "/control/ledger"));
}

static void look_at_scanner(const struct sim_hall_settings *settings, struct sim_hall_view *view)
{
    struct json *state = ask(settings, SIM_HALL_SECTION_SCANNER, "/control/state");
    if (state == NULL)
        return;
    (void)text_copy(view->scanner_state, sizeof view->scanner_state, json_text(state, "state", ""));
    view->has_glass = json_bool(state, "glass", false);
    view->scans = json_number(state, "scans", 0);
    json_free(state);
}

static void look_at_reader(const struct sim_hall_settings *settings, struct sim_hall_view *view)
{
    struct json *state = ask(settings, SIM_HALL_SECTION_CARD, "/control/state");
    if (state == NULL)
        return;
    (void)text_copy(view->card_name, sizeof view->card_name, json_text(state, "name", ""));
    (void)text_copy(view->card_number, sizeof view->card_number, json_text(state, "number", ""));
    view->card_reads = json_number(state, "reads", 0);
    json_free(state);
}

static void look_at_sessions(const struct sim_hall_settings *settings, struct sim_hall_view *view)
{
    struct json *list = ask(settings, SIM_HALL_SECTION_PHONE, "/control/sessions");
    const struct json *newest = json_length(list) > 0 ? json_element(list, 0) : NULL;
    if (newest != NULL)
        (void)snprintf(view->session, sizeof view->session, "%.60s　%.40s", json_text(newest, "name", ""),
                       json_text(newest, "state", ""));
    json_free(list);
}

static void look_at_keys(const struct sim_hall_settings *settings, struct sim_hall_view *view)
{
    if (settings->key_dir[0] == '\0')
        return;
    view->is_up[SIM_HALL_SECTION_KEY] = true;
    (void)sim_hall_files_key(settings->key_dir, view->key);
    sim_hall_files_key_lines(settings->key_dir, view->key_control, sizeof view->key_control);
    view->key_count = sim_hall_files_keys(settings->key_dir, view->keys);
}

static void look_at_printer(const struct sim_hall_settings *settings, struct sim_hall_view *view)
{
    char path[2 * SIM_HALL_PATH_BYTES];
    view->sheet_count = sim_hall_files_sheets(settings->papers_dir, settings->tray_dir, view->sheets);
    if (settings->printer_dir[0] == '\0')
        return;
    view->is_up[SIM_HALL_SECTION_PRINTER] = true;
    (void)snprintf(path, sizeof path, "%s/control", settings->printer_dir);
    (void)sim_hall_files_read(path, view->printer_control, sizeof view->printer_control);
    int newest = sim_hall_files_newest_job(settings->tray_dir);
    if (newest > 0)
        (void)snprintf(view->printed, sizeof view->printed, "job-%d.pdf", newest);
}

void sim_hall_look(const struct sim_hall_settings *settings, struct sim_hall_view *out)
{
    memset(out, 0, sizeof *out);
    look_at_faults(settings, SIM_HALL_SECTION_SMS, out);
    look_at_faults(settings, SIM_HALL_SECTION_PAY, out);
    look_at_faults(settings, SIM_HALL_SECTION_SCANNER, out);
    look_at_faults(settings, SIM_HALL_SECTION_CARD, out);
    look_at_faults(settings, SIM_HALL_SECTION_PHONE, out);
    look_at_faults(settings, SIM_HALL_SECTION_CA, out);
    if (out->is_up[SIM_HALL_SECTION_SMS])
        look_at_messages(settings, out);
    look_at_trades(settings, out);
    if (out->is_up[SIM_HALL_SECTION_SCANNER])
        look_at_scanner(settings, out);
    if (out->is_up[SIM_HALL_SECTION_CARD])
        look_at_reader(settings, out);
    if (out->is_up[SIM_HALL_SECTION_PHONE])
        look_at_sessions(settings, out);
    look_at_keys(settings, out);
    look_at_printer(settings, out);
}
