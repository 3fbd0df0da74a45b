/* What a person asked for is carried out over the simulators' control interfaces. */
#include <stdio.h>
#include <string.h>

#include "drivers/simulators/hall/sim_hall.h"
#include "drivers/simulators/hall/sim_hall_files.h"
#include "drivers/simulators/hall/sim_hall_link.h"
#include "drivers/simulators/hall/sim_hall_paper.h"
#include "kiosk/base/encode.h"

const struct sim_hall_act sim_hall_acts[] = {
#define SIM_HALL_ACT(code, id, label, section, verb, argument)                                               \
    {id, label, SIM_HALL_SECTION_##section, SIM_HALL_VERB_##verb, argument},
#include "drivers/simulators/hall/sim_hall_acts.def"
#undef SIM_HALL_ACT
};

enum { PATH_BYTES = 2048 };

static const char *reason(enum status status)
{
    return status == STATUS_REFUSED     ? "模拟器说现在不行"
           : status == STATUS_LOST      ? "模拟器没有应答"
           : status == STATUS_NOT_FOUND ? "现在没有"
                                        : status_name(status);
}

static enum status post(const struct sim_hall_settings *settings, enum sim_hall_section section,
                        const char *path)
{
    uint16_t port = 0;
    enum status status = sim_hall_port(settings, section, &port);
    return status == STATUS_OK ? sim_hall_link_post(port, path) : status;
}

/* Payments have two simulators: what was done at one of them is done. */
static enum status better(enum status first, enum status second)
{
    return first == STATUS_OK || second == STATUS_NOT_FOUND ? first : second;
}

static enum status post_wechat(const struct sim_hall_settings *settings, const char *path)
{
    uint16_t port = 0;
    enum status status = sim_hall_wechat_port(settings, &port);
    return status == STATUS_OK ? sim_hall_link_post(port, path) : status;
}

static enum status post_trade(const struct sim_hall_settings *settings, const char *path, const char *number)
{
    struct buf whole;
    buf_init(&whole, PATH_BYTES);
    enum status status = buf_append_format(&whole, "%sout_trade_no=", path);
    if (status == STATUS_OK)
        status = encode_percent(&whole, number);
    if (status == STATUS_OK)
        status = post(settings, SIM_HALL_SECTION_PAY, (const char *)whole.data);
    if (status == STATUS_REFUSED || status == STATUS_LOST || status == STATUS_NOT_FOUND)
        status = better(status, post_wechat(settings, (const char *)whole.data));
    buf_release(&whole);
    return status;
}

static enum status post_fault(const struct sim_hall_settings *settings, const struct sim_hall_act *act)
{
    char path[PATH_BYTES];
    const char *other = strchr(act->argument, '|');
    int length = other == NULL ? (int)strlen(act->argument) : (int)(other - act->argument);
    (void)snprintf(path, sizeof path, "/control/fault?%.*s", length, act->argument);
    enum status status = post(settings, act->section, path);
    if (act->section != SIM_HALL_SECTION_PAY)
        return status;
    (void)snprintf(path, sizeof path, "/control/fault?%s", other == NULL ? act->argument : other + 1);
    return better(status, post_wechat(settings, path));
}

/* What stands in the page file lies on the glass. */
static enum status place_page(const struct sim_hall_settings *settings)
{
    struct buf path;
    buf_init(&path, PATH_BYTES);
    enum status status = buf_append_text(&path, "/control/page?source=glass&path=");
    if (status == STATUS_OK)
        status = encode_percent(&path, settings->page_file);
    if (status == STATUS_OK)
        status = post(settings, SIM_HALL_SECTION_SCANNER, (const char *)path.data);
    buf_release(&path);
    return status;
}

static enum status place_paper(const struct sim_hall_settings *settings, const char *what)
{
    enum status status = sim_hall_paper_make(settings, what);
    return status == STATUS_OK ? place_page(settings) : status;
}

enum status sim_hall_sheet_lay(const struct sim_hall_settings *settings, const char *name)
{
    enum status status = sim_hall_paper_copy(settings, name);
    return status == STATUS_OK ? place_page(settings) : status;
}

static enum status scanner_is_well(const struct sim_hall_settings *settings, const char *path)
{
    enum status status = post(settings, SIM_HALL_SECTION_SCANNER, "/control/clear");
    return status == STATUS_OK ? post(settings, SIM_HALL_SECTION_SCANNER, path) : status;
}

/* --- the writer ------------------------------------------------------------------------------------------
 */

/* The key that was there before the last pull is remembered beside the writer's own files. */
static void last_key_path(const struct sim_hall_settings *settings, char out[PATH_BYTES])
{
    (void)snprintf(out, PATH_BYTES, "%s/last", settings->key_dir);
}

static void remember_key(const struct sim_hall_settings *settings)
{
    char path[PATH_BYTES];
    char name[64];
    if (!sim_hall_files_key(settings->key_dir, name))
        return;
    last_key_path(settings, path);
    FILE *file = fopen(path, "we");
    if (file == NULL)
        return;
    (void)fputs(name, file);
    (void)fclose(file);
}

static void last_key(const struct sim_hall_settings *settings, char name[64])
{
    char path[PATH_BYTES];
    last_key_path(settings, path);
    if (!sim_hall_files_key(settings->key_dir, name))
        (void)sim_hall_files_read(path, name, 64);
}

/* The next key in the list after the last one; a blank one behind the end. */
static void other_key(const struct sim_hall_settings *settings, char name[64])
{
    char names[SIM_HALL_KEYS][64];
    char last[64];
    last_key(settings, last);
    int count = sim_hall_files_keys(settings->key_dir, names);
    int at = 0;
    while (at < count && strcmp(names[at], last) != 0)
        at++;
    if (at + 1 < count)
        (void)snprintf(name, 64, "%s", names[at + 1]);
    else if (at == count && count > 0)
        (void)snprintf(name, 64, "%s", names[0]);
    else
        sim_hall_files_fresh_key(settings->key_dir, name);
}

enum status sim_hall_key_insert(const struct sim_hall_settings *settings, const char *name)
{
    remember_key(settings);
    return sim_hall_files_insert(settings->key_dir, name);
}

static enum status act_on_key(const struct sim_hall_settings *settings, const struct sim_hall_act *act)
{
    char name[64] = "";
    if (act->verb == SIM_HALL_VERB_KEY_LINE)
        return sim_hall_files_key_plan(settings->key_dir, act->argument);
    if (act->verb == SIM_HALL_VERB_KEY_BLANK)
        sim_hall_files_fresh_key(settings->key_dir, name);
    else if (act->verb == SIM_HALL_VERB_KEY_SWAP)
        other_key(settings, name);
    else if (act->verb == SIM_HALL_VERB_KEY_BACK)
        last_key(settings, name);
    if (name[0] == '\0' && act->verb != SIM_HALL_VERB_KEY_PULL)
        return STATUS_NOT_FOUND;
    return sim_hall_key_insert(settings, name[0] != '\0' ? name : NULL);
}

/* --- all -------------------------------------------------------------------------------------------------
 */

static enum status refuse_payment(const struct sim_hall_settings *settings, const char *number)
{
    enum status status = post_trade(settings, "/control/scan?", number);
    return status == STATUS_OK ? post_trade(settings, "/control/close?", number) : status;
}

/* A line already there is taken away: the button is a switch. */
static enum status switch_line(const struct sim_hall_settings *settings, const struct sim_hall_act *act)
{
    char path[PATH_BYTES];
    char control[SIM_HALL_TEXT_BYTES];
    (void)snprintf(path, sizeof path, "%s/control", settings->printer_dir);
    (void)sim_hall_files_read(path, control, sizeof control);
    return sim_hall_files_printer_line(settings->printer_dir, act->argument,
                                       !sim_hall_files_has_line(control, act->argument));
}

static enum status carry_out(const struct sim_hall_settings *settings, const struct sim_hall_act *act,
                             const char *detail)
{
    switch (act->verb) {
    case SIM_HALL_VERB_POST:
        if (act->section == SIM_HALL_SECTION_PAY)
            return better(post(settings, act->section, act->argument), post_wechat(settings, act->argument));
        return act->section == SIM_HALL_SECTION_SCANNER && strstr(act->argument, "ready") != NULL
                   ? scanner_is_well(settings, act->argument)
                   : post(settings, act->section, act->argument);
    case SIM_HALL_VERB_TRADE:
        return post_trade(settings, act->argument, detail);
    case SIM_HALL_VERB_REFUSE:
        return refuse_payment(settings, detail);
    case SIM_HALL_VERB_FAULT:
        return post_fault(settings, act);
    case SIM_HALL_VERB_PAPER:
        return place_paper(settings, act->argument);
    case SIM_HALL_VERB_LINE:
        return switch_line(settings, act);
    case SIM_HALL_VERB_NO_LINE:
        return sim_hall_files_printer_line(settings->printer_dir,
                                           act->argument[0] != '\0' ? act->argument : NULL, false);
    case SIM_HALL_VERB_KEY_BLANK:
    case SIM_HALL_VERB_KEY_SWAP:
    case SIM_HALL_VERB_KEY_BACK:
    case SIM_HALL_VERB_KEY_PULL:
    case SIM_HALL_VERB_KEY_LINE:
        return act_on_key(settings, act);
    }
    return STATUS_UNSUPPORTED;
}

enum status sim_hall_act_run(const struct sim_hall_settings *settings, enum sim_hall_act_code code,
                             const char *detail, char said[SIM_HALL_TEXT_BYTES])
{
    const struct sim_hall_act *act = &sim_hall_acts[code];
    enum status status = carry_out(settings, act, detail);
    if (status == STATUS_OK)
        (void)snprintf(said, SIM_HALL_TEXT_BYTES, "%s：已执行", act->label);
    else if (status == STATUS_NOT_FOUND && act->verb == SIM_HALL_VERB_PAPER)
        (void)snprintf(said, SIM_HALL_TEXT_BYTES, "%s：还没有打印过申请表，或缺少 pdftotext", act->label);
    else
        (void)snprintf(said, SIM_HALL_TEXT_BYTES, "%s：没有执行，%s", act->label, reason(status));
    return status;
}
