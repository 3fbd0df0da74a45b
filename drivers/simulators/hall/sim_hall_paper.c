#include "drivers/simulators/hall/sim_hall_paper.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drivers/simulators/hall/sim_hall_files.h"
#include "kiosk/base/buf.h"
#include "kiosk/base/file.h"
#include "kiosk/base/text.h"

enum { PATH_BYTES = 2 * SIM_HALL_PATH_BYTES, FORM_TEXT_BYTES = 64 * 1024, ARGUMENTS = 24, LOOK_BACK = 8 };

/* Who is on the papers; made-up values with right check digits where the form has none. */
struct person {
    char unit[SIM_HALL_TEXT_BYTES];
    char code[SIM_HALL_TEXT_BYTES];
    char legal[SIM_HALL_TEXT_BYTES];
    char legal_id[SIM_HALL_TEXT_BYTES];
    char agent[SIM_HALL_TEXT_BYTES];
    char agent_id[SIM_HALL_TEXT_BYTES];
};

extern char **environ;

/* The program has run to its end; what it wrote stands in *out when that is not NULL.
 * Returns: NOT_FOUND (no such program), REFUSED (it failed), FULL. */
static enum status run_program(const char *const *arguments, struct buf *out)
{
    int ends[2];
    pid_t pid = 0;
    int code = 0;
    char part[4096];
    posix_spawn_file_actions_t actions;
    enum status status = STATUS_OK;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return STATUS_IO;
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    int failed =
        posix_spawnp(&pid, arguments[0], &actions, NULL, (char *const *)(uintptr_t)arguments, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    (void)close(ends[1]);
    for (ssize_t got; failed == 0 && (got = read(ends[0], part, sizeof part)) > 0;)
        if (out != NULL && status == STATUS_OK)
            status = buf_append(out, part, (size_t)got);
    (void)close(ends[0]);
    if (failed != 0)
        return STATUS_NOT_FOUND;
    if (waitpid(pid, &code, 0) != pid || !WIFEXITED(code) || WEXITSTATUS(code) != 0)
        return STATUS_REFUSED;
    return status;
}

bool sim_hall_paper_value(const char *text, const char *label, char *out, size_t size)
{
    for (const char *at = strstr(text, label); at != NULL; at = strstr(at + 1, label)) {
        const char *value = at + strlen(label);
        if (*value != ' ' && *value != '\n')
            continue; /* the label is the beginning of another one */
        value += strspn(value, " ");
        size_t length = strcspn(value, "\n");
        const char *gap = strstr(value, "  ");
        if (gap != NULL && (size_t)(gap - value) < length)
            length = (size_t)(gap - value);
        if (length == 0 || length >= size)
            continue;
        memcpy(out, value, length);
        out[length] = '\0';
        return true;
    }
    return false;
}

/* The newest sheet in the tray that is an application form, and its text. Returns: whether there is one. */
static bool find_form(const struct sim_hall_settings *settings, char path[PATH_BYTES], struct buf *text)
{
    int newest = sim_hall_files_newest_job(settings->tray_dir);
    for (int number = newest; number > 0 && number > newest - LOOK_BACK; number--) {
        (void)snprintf(path, PATH_BYTES, "%s/job-%d.pdf", settings->tray_dir, number);
        buf_clear(text);
        if (run_program((const char *const[]){"pdftotext", "-q", "-layout", path, "-", NULL}, text) ==
                STATUS_OK &&
            text->length > 0 && strstr((const char *)text->data, "申请表") != NULL)
            return true;
    }
    return false;
}

static void read_person(const struct sim_hall_settings *settings, const char *text, struct person *out)
{
    *out = (struct person){.unit = "重庆示例科技有限公司",
                           .code = "91999999MA0000001N",
                           .legal = "陈样张",
                           .legal_id = "999999199001010016",
                           .agent = "王小小",
                           .agent_id = "999999199001010024"};
    (void)sim_hall_paper_value(text, "单位名称", out->unit, sizeof out->unit);
    (void)sim_hall_paper_value(text, "营业执照副本", out->code, sizeof out->code);
    (void)sim_hall_paper_value(text, "企业法人", out->legal, sizeof out->legal);
    (void)sim_hall_paper_value(text, "法人身份证（护照）", out->legal_id, sizeof out->legal_id);
    (void)sim_hall_paper_value(text, "*经办人", out->agent, sizeof out->agent);
    (void)sim_hall_paper_value(text, "申请人（联系人）身份证", out->agent_id, sizeof out->agent_id);
    if (settings->unit[0] != '\0')
        (void)text_copy(out->unit, sizeof out->unit, settings->unit);
    if (settings->person[0] != '\0')
        (void)text_copy(out->agent, sizeof out->agent, settings->person);
}

struct arguments {
    const char *list[ARGUMENTS + 1];
    size_t count;
};

static void add(struct arguments *arguments, const char *name, const char *value)
{
    if (arguments->count + 2 > ARGUMENTS)
        return;
    arguments->list[arguments->count++] = name;
    if (value != NULL)
        arguments->list[arguments->count++] = value;
}

static void add_paper(struct arguments *arguments, const char *paper, const char *form,
                      const struct person *person)
{
    bool is_legal = strcmp(paper, "id-legal") == 0;
    bool is_agent = strcmp(paper, "id-agent") == 0;
    if (strcmp(paper, "empty") == 0) {
        add(arguments, "--empty", NULL);
        return;
    }
    if (strcmp(paper, "form") == 0)
        add(arguments, "--pdf", form);
    else {
        add(arguments, "--blank-paper", paper);
        add(arguments, "--code", person->code);
        add(arguments, "--id", is_agent ? person->agent_id : person->legal_id);
    }
    add(arguments, "--unit", person->unit);
    add(arguments, "--name", is_legal || strcmp(paper, "licence") == 0 ? person->legal : person->agent);
}

enum status sim_hall_paper_make(const struct sim_hall_settings *settings, const char *what)
{
    char words[SIM_HALL_TEXT_BYTES];
    char form[PATH_BYTES] = "";
    char *rest = words;
    struct buf text;
    struct person person;
    struct arguments arguments = {{settings->page_program}, 1};
    buf_init(&text, FORM_TEXT_BYTES);
    (void)snprintf(words, sizeof words, "%s", what);
    const char *paper = strsep(&rest, " ");
    bool has_form = find_form(settings, form, &text);
    enum status status = has_form || strcmp(paper, "form") != 0 ? STATUS_OK : STATUS_NOT_FOUND;
    read_person(settings, has_form ? (const char *)text.data : "", &person);
    add_paper(&arguments, paper, form, &person);
    for (const char *word = strsep(&rest, " "); word != NULL; word = strsep(&rest, " "))
        add(&arguments, word, NULL);
    add(&arguments, "--out", settings->page_file);
    if (status == STATUS_OK)
        status = run_program(arguments.list, NULL);
    buf_release(&text);
    return status;
}

/* The scanner takes JPEG only; sim-page turns everything else into one. */
static enum status copy_picture(const struct sim_hall_settings *settings, const char *path)
{
    enum { PICTURE_BYTES = 32 * 1024 * 1024 };
    struct buf picture;
    buf_init(&picture, PICTURE_BYTES);
    enum status status = file_read(path, &picture, NULL);
    if (status == STATUS_OK)
        status = file_replace(settings->page_file, picture.data, picture.length, 0600, NULL);
    buf_release(&picture);
    return status;
}

enum status sim_hall_paper_copy(const struct sim_hall_settings *settings, const char *name)
{
    char path[PATH_BYTES];
    const char *ending = strrchr(name, '.');
    bool is_print = ending != NULL && strcmp(ending, ".pdf") == 0;
    bool is_png = ending != NULL && strcasecmp(ending, ".png") == 0;
    struct arguments arguments = {{settings->page_program}, 1};
    (void)snprintf(path, sizeof path, "%s/%s", is_print ? settings->tray_dir : settings->papers_dir, name);
    if (access(path, R_OK) != 0)
        return STATUS_NOT_FOUND;
    if (!is_print && !is_png)
        return copy_picture(settings, path);
    add(&arguments, is_print ? "--pdf" : "--picture", path);
    if (is_print) {
        add(&arguments, "--no-sign", NULL);
        add(&arguments, "--no-date", NULL);
        add(&arguments, "--no-stamp", NULL);
    }
    add(&arguments, "--out", settings->page_file);
    return run_program(arguments.list, NULL);
}
