/* kill_driver: kills the programs of a hall at every point of an order's life and looks whether the order
 * survives.
 *
 *   kill_driver --build DIR --source DIR [--seed N] [--count N | --seconds N | --all] [--replay SPEC]
 *               [--only STORY] [--lie NAME] [--patience S] [--list]
 *
 * A full run of each story writes down its points (kill_points.h); each further run kills one program at
 * one of them, restarts it, and lets the applicant go on to the end. SPEC is what a line of the report says:
 * STORY=PLAN, for example money=self:after:payment/created/created+..#1; the stories are those of
 * kill_stories.def. Plans of the desk begin with "desk." before the victim. --only STORY is about that one
 * alone. --lie drops the commits of that name and reports them as done. While the key of a renewal has nobody
 * at it, because its program was killed, it must work. Exit codes: 0 all orders survived, 1 one did not, 64
 * arguments. */
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "kiosk/base/text.h"
#include "tests/kill/kill_hall.h"
#include "tests/kill/kill_judge.h"

enum { SPECS_MAX = 2048, SPEC_BYTES = 288, NAP_MS = 10, LOG_BYTES = 64 * 1024 * 1024, EXIT_ARGUMENTS = 64 };

struct spec {
    char text[SPEC_BYTES];
};

static struct {
    const char *build, *source, *replay, *only, *lie;
    uint64_t seed;
    int count, seconds, patience_s;
    bool all, list;
    struct kill_hall hall;
    char key[32], holder[ORDER_ID_BYTES]; /* the own key of renewals and the order its certificate is from */
    struct spec *specs;
    size_t spec_count;
    int runs, failed;
    int64_t started_ms;
} self = {.seed = 1, .count = 20, .patience_s = 60};

static int64_t now_ms(void)
{
    return clock_monotonic_ms(clock_system());
}

/* --- processes --------------------------------------------------------------------------------------- */

struct child {
    pid_t pid;
    int output; /* its standard output: the id of a new order */
};

static void become(const char *log, const char *const *arguments, int output)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    check(freopen(log, "a", stderr) != NULL);
    (void)dup2(output, STDOUT_FILENO);
    /* execv takes the texts as they are and changes none of them. */
    (void)execv(arguments[0], (char *const *)(uintptr_t)arguments);
    _exit(127);
}

static struct child start(const char *name, const char *const *arguments)
{
    int ends[2];
    char log[128];
    (void)snprintf(log, sizeof(log), "%s/%s.log", self.hall.directory, name);
    check(pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
    pid_t pid = fork();
    check(pid >= 0);
    if (pid == 0)
        become(log, arguments, ends[1]);
    (void)close(ends[1]);
    return (struct child){pid, ends[0]};
}

static void stop(struct child *child)
{
    if (child->pid > 0) {
        (void)kill(child->pid, SIGKILL);
        (void)waitpid(child->pid, NULL, 0);
    }
    if (child->pid != 0)
        (void)close(child->output);
    *child = (struct child){0};
}

struct run {
    enum kill_story story;
    const char *plan;   /* "" for none */
    bool is_desks;      /* the plan is the desk's */
    const char *record; /* NULL, or where the points are written */
    char order_id[ORDER_ID_BYTES];
    char phone[16];
    struct child terminal, desk;
    char meanwhile[256]; /* what was wrong with a holder's key while nobody was at it */
};

static struct child start_terminal(const struct run *run, bool is_first)
{
    char program[300], sms[16], pay[16], scanner[16], patience[16];
    (void)snprintf(program, sizeof(program), "%s/kill_terminal", self.build);
    (void)snprintf(sms, sizeof(sms), "%d", (int)self.hall.sms.port);
    (void)snprintf(pay, sizeof(pay), "%d", (int)self.hall.alipay.port);
    (void)snprintf(scanner, sizeof(scanner), "%d", (int)self.hall.scanner.port);
    (void)snprintf(patience, sizeof(patience), "%d", self.patience_s);
    const char *arguments[32] = {program,
                                 "--config",
                                 self.hall.config,
                                 "--sms-port",
                                 sms,
                                 "--pay-port",
                                 pay,
                                 "--scanner-port",
                                 scanner,
                                 "--phone",
                                 run->phone,
                                 "--order",
                                 run->order_id,
                                 "--ca-pid-file",
                                 self.hall.ca_pid_file,
                                 "--story",
                                 kill_story_name(run->story)};
    size_t count = 17;
    arguments[count++] = "--patience";
    arguments[count++] = patience;
    if (is_first && !run->is_desks && run->plan[0] != 0) {
        arguments[count++] = "--plan";
        arguments[count++] = run->plan;
    }
    if (run->record != NULL) {
        arguments[count++] = "--record";
        arguments[count++] = run->record;
    }
    if (self.lie != NULL) {
        arguments[count++] = "--lie";
        arguments[count++] = self.lie;
    }
    return start("terminal", arguments);
}

static struct child start_desk(const struct run *run, bool is_first)
{
    char program[300], record[160];
    (void)snprintf(program, sizeof(program), "%s/kill_desk", self.build);
    const char *arguments[20] = {program,
                                 "--config",
                                 self.hall.config,
                                 "--clerk",
                                 "chen",
                                 "--ca-pid-file",
                                 self.hall.ca_pid_file,
                                 "--story",
                                 kill_story_name(run->story)};
    size_t count = 9;
    if (run->order_id[0] != 0) {
        arguments[count++] = "--order";
        arguments[count++] = run->order_id;
    }
    if (is_first && run->is_desks) {
        arguments[count++] = "--plan";
        arguments[count++] = run->plan;
    }
    if (run->record != NULL) {
        (void)snprintf(record, sizeof(record), "%s.desk", run->record);
        arguments[count++] = "--record";
        arguments[count++] = record;
    }
    return start("desk", arguments);
}

/* --- one run ----------------------------------------------------------------------------------------- */

/* A new order's id comes from its program, or, when that was killed before it could say, from the store. */
static void learn_order(struct run *run, const char *before)
{
    char line[64] = "";
    if (run->order_id[0] != 0)
        return;
    ssize_t got = read(run->terminal.output, line, sizeof(line) - 1);
    if (got >= ORDER_ID_BYTES - 1) {
        (void)memcpy(run->order_id, line, ORDER_ID_BYTES - 1);
        return;
    }
    char newest[ORDER_ID_BYTES] = "";
    if (run->terminal.pid == 0)
        kill_hall_newest_order(&self.hall, newest);
    if (strcmp(newest, before) != 0)
        (void)memcpy(run->order_id, newest, sizeof(newest));
}

static bool has_died(struct child *child, int *how)
{
    if (child->pid <= 0 || waitpid(child->pid, how, WNOHANG) != child->pid)
        return false;
    child->pid = 0;
    return true;
}

/* Whoever is killed is started again; the terminal's own end is the end of the run. */
static const char *supervise(struct run *run)
{
    char before[ORDER_ID_BYTES] = "";
    int how = 0;
    int64_t until_ms = now_ms() + (int64_t)(self.patience_s + 30) * 1000;
    kill_hall_newest_order(&self.hall, before);
    run->desk = start_desk(run, true);
    run->terminal = start_terminal(run, true);
    while (now_ms() < until_ms) {
        kill_hall_watch(&self.hall);
        learn_order(run, before);
        if (has_died(&run->desk, &how)) {
            (void)close(run->desk.output);
            run->desk = start_desk(run, false);
        }
        if (has_died(&run->terminal, &how)) {
            learn_order(run, before);
            (void)close(run->terminal.output);
            if (WIFEXITED(how))
                return WEXITSTATUS(how) == 0 ? NULL : "the applicant got nowhere";
            if (WTERMSIG(how) != SIGKILL)
                return "the terminal crashed";
            if (run->story == KILL_STORY_RENEWAL)
                kill_judge_meanwhile(&self.hall, run->order_id, self.holder, run->meanwhile,
                                     sizeof(run->meanwhile));
            run->terminal = start_terminal(run, false);
        }
        (void)poll(NULL, 0, NAP_MS);
    }
    return "the order took too long";
}

static void make_order(struct run *run)
{
    struct order order;
    if (run->story == KILL_STORY_WHOLE)
        return;
    kill_hall_make_order(&self.hall, run->story, self.holder, &order);
    (void)memcpy(run->order_id, order.id, sizeof(order.id));
}

/* How often the programs have struck so far, whomever. */
static int strikes(void)
{
    static const char *const names[] = {"terminal", "desk"};
    char path[128];
    int count = 0;
    for (int i = 0; i < 2; i++) {
        struct buf text;
        buf_init(&text, LOG_BYTES);
        (void)snprintf(path, sizeof(path), "%s/%s.log", self.hall.directory, names[i]);
        if (file_read(path, &text, NULL) == STATUS_OK && text.length > 0)
            for (const char *at = (const char *)text.data; (at = strstr(at, "struck ")) != NULL; at++)
                count++;
        buf_release(&text);
    }
    return count;
}

static void report(const char *spec, int kills, const char *wrong, int64_t took_ms)
{
    (void)printf("%s run %d seed %llu %s kills %d %lld ms%s%s\n", *wrong == 0 ? "ok  " : "FAIL", self.runs,
                 (unsigned long long)self.seed, spec, kills, (long long)took_ms, *wrong == 0 ? "" : ": ",
                 wrong);
    (void)fflush(stdout);
}

static void show_log(const char *name)
{
    char path[128];
    struct buf text;
    buf_init(&text, LOG_BYTES);
    (void)snprintf(path, sizeof(path), "%s/%s.log", self.hall.directory, name);
    if (file_read(path, &text, NULL) == STATUS_OK) {
        size_t from = text.length > 6000 ? text.length - 6000 : 0;
        (void)fprintf(stderr, "--- the end of %s.log\n%s\n", name, (const char *)text.data + from);
    }
    buf_release(&text);
}

/* A renewal goes on with the holder's key and the certificate that is on it by then. */
static void put_key_in(const struct run *run)
{
    char key[32];
    (void)snprintf(key, sizeof(key), "key-%d", self.runs);
    token_sim_insert(&self.hall.keys, run->story == KILL_STORY_RENEWAL ? self.key : key);
    if (run->story == KILL_STORY_MONEY && self.key[0] == 0)
        (void)memcpy(self.key, key, sizeof(key));
}

/* The first key that was made is the holder's; what has its certificate renewed is the next holder. */
static void note_holder(const struct run *run, bool is_good)
{
    bool is_first = run->story == KILL_STORY_MONEY && self.holder[0] == 0;
    if (is_good && (is_first || run->story == KILL_STORY_RENEWAL))
        (void)memcpy(self.holder, run->order_id, sizeof(self.holder));
}

/* One order from its beginning to its end with at most one planned kill. `spec` names it in the report. */
static bool run_once(enum kill_story story, const char *plan, const char *spec, const char *record)
{
    char wrong[1024] = "";
    struct run run = {.story = story, .plan = plan, .record = record};
    self.runs++;
    if (text_has_prefix(plan, "desk.")) {
        run.is_desks = true;
        run.plan = plan + 5;
    }
    (void)snprintf(run.phone, sizeof(run.phone), "138%08d", self.runs);
    put_key_in(&run);
    make_order(&run);
    int struck = strikes();
    int64_t began_ms = now_ms();
    const char *stuck = supervise(&run);
    stop(&run.terminal);
    stop(&run.desk);
    kill_hall_watch(&self.hall);
    if (run.order_id[0] == 0)
        (void)snprintf(wrong, sizeof(wrong), "there never was an order");
    else
        kill_judge_end(&self.hall, story, run.order_id, self.holder, wrong, sizeof(wrong));
    (void)snprintf(wrong + strlen(wrong), sizeof(wrong) - strlen(wrong), "%s%s", run.meanwhile,
                   stuck == NULL ? "" : stuck);
    note_holder(&run, wrong[0] == 0);
    report(spec, strikes() - struck, wrong, now_ms() - began_ms);
    if (wrong[0] != 0) {
        self.failed++;
        show_log("terminal");
        show_log("desk");
    }
    return wrong[0] == 0;
}

/* --- points ------------------------------------------------------------------------------------------ */

/* The same point of a new order that is made longer is the same state of it: the shorter story, which comes
 * first, has it. */
static bool is_known(const char *spec)
{
    const char *plan = strchr(spec, '=');
    if (!text_has_prefix(spec, "whole=") && !text_has_prefix(spec, "given-up="))
        return false;
    for (size_t i = 0; i < self.spec_count; i++)
        if (strcmp(strchr(self.specs[i].text, '='), plan) == 0)
            return true;
    return false;
}

static void add(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void add(const char *format, ...)
{
    va_list arguments;
    struct spec *spec = &self.specs[self.spec_count];
    check(self.spec_count < SPECS_MAX);
    va_start(arguments, format);
    (void)vsnprintf(spec->text, SPEC_BYTES, format, arguments);
    va_end(arguments);
    if (!is_known(spec->text))
        self.spec_count++;
}

/* A commit is killed before and after; an act also in its middle, and its other end is killed, too. A scan
 * takes a good part of a second, everything else some milliseconds. */
static void add_point(enum kill_story story, const char *who, const char *point)
{
    static const char *const moments[] = {"before", "after"};
    const char *name = kill_story_name(story);
    bool is_scan = text_has_prefix(point, "scanner_");
    bool is_hosted = is_scan || text_has_prefix(point, "token_");
    const char *other = is_hosted ? "host" : text_has_prefix(point, "authority_") ? "ca" : NULL;
    for (int i = 0; i < 2; i++)
        add("%s=%sself:%s:%s", name, who, moments[i], point);
    if (strchr(point, '/') == NULL)
        add("%s=%sself:%d:%s", name, who, is_scan ? 200 : 4, point);
    for (int i = 0; i < 2 && other != NULL; i++)
        add("%s=%s%s:%s:%s", name, who, other, moments[i], point);
    if (other != NULL)
        add("%s=%s%s:%d:%s", name, who, other, is_scan ? 200 : 3, point);
}

static void read_points(enum kill_story story, const char *who, const char *path)
{
    struct buf text;
    buf_init(&text, 1024 * 1024);
    if (file_read(path, &text, NULL) == STATUS_OK && text.length > 0)
        for (char *rest = NULL, *line = strtok_r((char *)text.data, "\n", &rest); line != NULL;
             line = strtok_r(NULL, "\n", &rest))
            add_point(story, who, line);
    buf_release(&text);
}

/* The holder of renewals needs a key first. */
static bool make_holder(void)
{
    return self.holder[0] != 0 || run_once(KILL_STORY_MONEY, "", "money=", NULL);
}

/* A full run without a kill shows the points there are. */
static bool survey(enum kill_story story)
{
    char record[128], desk[160], spec[64];
    if (story == KILL_STORY_RENEWAL && !make_holder())
        return false;
    (void)snprintf(record, sizeof(record), "%s/points.%s", self.hall.directory, kill_story_name(story));
    (void)snprintf(desk, sizeof(desk), "%s.desk", record);
    (void)snprintf(spec, sizeof(spec), "%s=", kill_story_name(story));
    if (!run_once(story, "", spec, record))
        return false;
    read_points(story, "", record);
    read_points(story, "desk.", desk);
    return true;
}

static bool run_spec(const char *spec)
{
    char name[32] = "";
    enum kill_story story;
    const char *plan = strchr(spec, '=');
    if (plan != NULL)
        (void)snprintf(name, sizeof(name), "%.*s", (int)(plan - spec), spec);
    if (kill_story_parse(name, &story) && (story != KILL_STORY_RENEWAL || make_holder()))
        return run_once(story, plan + 1, spec, NULL);
    (void)fprintf(stderr, "no such plan: %s\n", spec);
    return false;
}

static bool is_over(int done)
{
    if (self.seconds > 0)
        return now_ms() - self.started_ms > (int64_t)self.seconds * 1000;
    return done >= self.count;
}

/* FNV-1a over the seed and the text. */
static uint64_t draw_of(const struct spec *spec)
{
    uint64_t hash = 14695981039346656037U ^ self.seed;
    for (const char *letter = spec->text; *letter != 0; letter++)
        hash = (hash ^ (uint8_t)*letter) * 1099511628211U;
    return hash ^ (hash >> 29);
}

static int by_draw(const void *one, const void *other)
{
    uint64_t a = draw_of(one);
    uint64_t b = draw_of(other);
    return a < b ? -1 : a > b;
}

static bool is_of(const struct spec *spec, enum kill_story story)
{
    const char *name = kill_story_name(story);
    return text_has_prefix(spec->text, name) && spec->text[strlen(name)] == '=';
}

/* The story's next point, past its last one the first. Returns: NULL when it has none. */
static const struct spec *deal(enum kill_story story)
{
    static size_t next[KILL_STORY_COUNT_];
    for (size_t tries = 0; tries < self.spec_count; tries++) {
        const struct spec *spec = &self.specs[next[story]++ % self.spec_count];
        if (is_of(spec, story))
            return spec;
    }
    return NULL;
}

/* The stories in turn, each with its points in an order that the seed and their names give, so that a point
 * more or less moves no other. */
static void run_slice(void)
{
    qsort(self.specs, self.spec_count, sizeof(self.specs[0]), by_draw);
    for (int turn = 0, done = 0; self.spec_count > 0 && !is_over(done); turn++) {
        const struct spec *spec = deal((enum kill_story)(turn % KILL_STORY_COUNT_));
        if (spec == NULL)
            continue;
        (void)run_spec(spec->text);
        done++;
    }
}

static void run_all(void)
{
    for (size_t i = 0; i < self.spec_count; i++)
        (void)run_spec(self.specs[i].text);
}

/* --- arguments --------------------------------------------------------------------------------------- */

static bool read_option(int option, const char *value)
{
    switch (option) {
    case 'b':
        self.build = value;
        return true;
    case 's':
        self.source = value;
        return true;
    case 'r':
        self.replay = value;
        return true;
    case 'l':
        self.lie = value;
        return true;
    case 'o':
        self.only = value;
        return true;
    case 'e':
        self.seed = strtoull(value, NULL, 10);
        return true;
    case 'n':
        self.count = (int)strtol(value, NULL, 10);
        return self.count > 0;
    case 't':
        self.seconds = (int)strtol(value, NULL, 10);
        return self.seconds > 0;
    case 'p':
        self.patience_s = (int)strtol(value, NULL, 10);
        return self.patience_s > 0;
    case 'a':
        return self.all = true;
    case 'i':
        return self.list = true;
    default:
        return false;
    }
}

static bool read_arguments(int argc, char **argv)
{
    static const struct option options[] = {
        {"build", required_argument, NULL, 'b'},    {"source", required_argument, NULL, 's'},
        {"replay", required_argument, NULL, 'r'},   {"lie", required_argument, NULL, 'l'},
        {"only", required_argument, NULL, 'o'},     {"seed", required_argument, NULL, 'e'},
        {"count", required_argument, NULL, 'n'},    {"seconds", required_argument, NULL, 't'},
        {"patience", required_argument, NULL, 'p'}, {"all", no_argument, NULL, 'a'},
        {"list", no_argument, NULL, 'i'},           {NULL, 0, NULL, 0}};
    bool ok = true;
    for (int option = getopt_long(argc, argv, "", options, NULL); option != -1 && ok;
         option = getopt_long(argc, argv, "", options, NULL))
        ok = read_option(option, optarg);
    return ok && optind == argc && self.build != NULL && self.source != NULL;
}

static bool is_wanted(enum kill_story story)
{
    return self.only == NULL || strcmp(self.only, kill_story_name(story)) == 0;
}

static void act(void)
{
    if (self.replay != NULL) {
        (void)run_spec(self.replay);
        return;
    }
    for (int i = 0; i < KILL_STORY_COUNT_; i++)
        if (is_wanted((enum kill_story)i) && !survey((enum kill_story)i))
            return;
    (void)printf("%zu kills are possible\n", self.spec_count);
    for (size_t i = 0; self.list && i < self.spec_count; i++)
        (void)printf("%s\n", self.specs[i].text);
    if (!self.list && self.all)
        run_all();
    else if (!self.list)
        run_slice();
}

int main(int argc, char **argv)
{
    if (!read_arguments(argc, argv)) {
        (void)fprintf(stderr, "kill_driver: see the head of its source for the arguments\n");
        return EXIT_ARGUMENTS;
    }
    self.specs = calloc(SPECS_MAX, sizeof(*self.specs));
    check(self.specs != NULL);
    self.started_ms = now_ms();
    kill_hall_open(&self.hall, self.source, self.build);
    act();
    kill_hall_close(&self.hall);
    (void)printf("%d runs, %d failed, %lld s\n", self.runs, self.failed,
                 (long long)((now_ms() - self.started_ms) / 1000));
    free(self.specs);
    return self.failed == 0 && self.runs > 0 ? 0 : 1;
}
