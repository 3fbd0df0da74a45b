/* The applicant's steps up to handing in the papers. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/file.h"
#include "kiosk/base/limits.h"
#include "tests/walk/walk.h"
#include "tests/walk/walk_typing.h"

enum {
    SCREEN_MS = 15000,
    PRINT_MS = 60000,
    FIELD_MS = 3000,
    FIELD_TRIES = 10,
    SLIDE_MS = 300,
    COPY_BYTES = 32 * 1024 * 1024
};

static bool tap(struct walk *walk, const char *id)
{
    return walk_view_tap(&walk->terminal, id) || walk_fail_view(walk, &walk->terminal);
}

static bool wait_screen(struct walk *walk, const char *name)
{
    return walk_view_wait_screen(&walk->terminal, name, SCREEN_MS) || walk_fail_view(walk, &walk->terminal);
}

/* The picture is taken of a screen as it came, then the widget is pressed. */
static bool look_and_tap(struct walk *walk, const char *screen, const char *id)
{
    return wait_screen(walk, screen) &&
           (walk_view_wait_pressable(&walk->terminal, id, SCREEN_MS) ||
            walk_fail_view(walk, &walk->terminal)) &&
           walk_picture(walk, &walk->terminal, screen) && tap(walk, id);
}

bool walk_step_welcome(struct walk *walk)
{
    return look_and_tap(walk, "welcome", "welcome.start") && wait_screen(walk, "product");
}

bool walk_step_product(struct walk *walk)
{
    return look_and_tap(walk, "product", "product.ezca-cqzfcg") && wait_screen(walk, "service");
}

bool walk_step_service(struct walk *walk)
{
    return wait_screen(walk, "service") && tap(walk, "operation.new") && tap(walk, "class.supplier") &&
           walk_picture(walk, &walk->terminal, "service") && tap(walk, "bar.next") &&
           wait_screen(walk, "login");
}

/* --- login ---------------------------------------------------------------------------------------------- */

static bool type_digits(struct walk *walk, const char *digits)
{
    for (; *digits != 0; digits++) {
        const char label[2] = {*digits, 0};
        if (!walk_view_wait(&walk->terminal, "pad.backspace", SCREEN_MS))
            return walk_fail_view(walk, &walk->terminal);
        const struct json *key = walk_view_find_label(&walk->terminal, "pad.", label, false);
        if (!walk_view_is_pressable(key))
            return walk_fail(walk, "the pad has no key %s", label);
        walk_view_press(&walk->terminal, key);
    }
    return true;
}

/* The sixth digit signs in by itself, so the picture is taken before it. */
static bool type_code(struct walk *walk, char code[16], const char *next_screen)
{
    char last[2] = {code[5], 0};
    code[5] = 0;
    if (!walk_view_wait_pressable(&walk->terminal, "pad.backspace", SCREEN_MS))
        return walk_fail_view(walk, &walk->terminal);
    return type_digits(walk, code) && walk_picture(walk, &walk->terminal, "login") &&
           type_digits(walk, last) && wait_screen(walk, next_screen);
}

bool walk_sign_in(struct walk *walk, const char *next_screen)
{
    char code[16];
    const char *phone = walk_applicant(walk, "phone");
    size_t before = walk_world_messages(&walk->world, phone);
    if (!wait_screen(walk, "login") || !type_digits(walk, phone) || !tap(walk, "login.send"))
        return false;
    if (!walk_world_read_code(&walk->world, phone, before, code, sizeof(code)))
        return walk_fail_world(walk);
    return type_code(walk, code, next_screen);
}

bool walk_step_unsent(struct walk *walk)
{
    enum { MESSAGES = 3 };
    char code[16];
    const char *phone = walk_applicant(walk, "phone");
    size_t before = walk_world_messages(&walk->world, phone);
    if (!wait_screen(walk, "login") || !type_digits(walk, phone))
        return false;
    for (size_t i = 0; i < MESSAGES; i++) {
        if (!tap(walk, "login.send"))
            return false;
        if (!walk_world_read_code(&walk->world, phone, before + i, code, sizeof(code)))
            return walk_fail_world(walk);
    }
    return true;
}

bool walk_step_login_again(struct walk *walk)
{
    char code[16];
    const char *phone = walk_applicant(walk, "phone");
    size_t before = walk_world_messages(&walk->world, phone);
    if (!tap(walk, "login.speak"))
        return false;
    if (!walk_world_read_code(&walk->world, phone, before, code, sizeof(code)))
        return walk_fail_world(walk);
    return type_code(walk, code, "agreement");
}

bool walk_step_login(struct walk *walk)
{
    return walk_sign_in(walk, "agreement");
}

bool walk_step_agreement(struct walk *walk)
{
    enum { PAGES_MOST = 30 };
    if (!wait_screen(walk, "agreement") || !walk_picture(walk, &walk->terminal, "agreement"))
        return false;
    for (int page = 0; walk_view_is_pressable(walk_view_find(&walk->terminal, "text.down")); page++) {
        if (page == PAGES_MOST)
            return walk_fail(walk, "the agreement has no end");
        if (!tap(walk, "text.down"))
            return false;
    }
    return tap(walk, "bar.next") && wait_screen(walk, "form");
}

/* --- form ----------------------------------------------------------------------------------------------- */

static bool type_piece(struct walk *walk, const struct json *piece)
{
    const char *pinyin = json_text(piece, "pinyin", NULL);
    const char *key = json_text(piece, "tap", NULL);
    struct walk_view *view = &walk->terminal;
    bool is_typed = pinyin != NULL ? walk_typing_pinyin(view, pinyin, json_text(piece, "text", ""))
                    : key != NULL  ? walk_view_tap(view, key)
                                   : walk_typing_plain(view, json_text(piece, "keys", ""));
    return is_typed || walk_fail_view(walk, view);
}

static bool wait_focus(struct walk *walk, const char *id)
{
    for (int tries = 0; tries < 2; tries++) {
        (void)walk_view_read(&walk->terminal);
        if (walk->terminal.dump != NULL && strcmp(json_text(walk->terminal.dump, "focused", ""), id) == 0)
            return true;
        (void)walk_view_wait_change(&walk->terminal, FIELD_MS);
    }
    return walk_fail(walk, "the focus is at \"%s\", not at %s", json_text(walk->terminal.dump, "focused", ""),
                     id);
}

static const char *value_of(const struct walk *walk, const char *id)
{
    const struct json *widget = walk_view_find(&walk->terminal, id);
    return widget == NULL ? "" : json_text(widget, "value", "");
}

/* The keys are faster than the screen: the last of them is waited for. */
static bool fill_field(struct walk *walk, const struct json *field)
{
    char id[WALK_TEXT_BYTES];
    char wanted[WALK_TEXT_BYTES];
    const struct json *pieces = json_member(field, "pieces");
    (void)snprintf(id, sizeof(id), "form.%s", json_text(field, "id", ""));
    if (!wait_focus(walk, id))
        return false;
    for (size_t i = 0; i < json_length(pieces); i++)
        if (!type_piece(walk, json_element(pieces, i)))
            return false;
    walk_applicant_text(walk, json_text(field, "id", ""), wanted, sizeof(wanted));
    for (int tries = 0; tries < FIELD_TRIES && strcmp(value_of(walk, id), wanted) != 0; tries++)
        (void)walk_view_wait_change(&walk->terminal, FIELD_MS / FIELD_TRIES);
    if (strcmp(value_of(walk, id), wanted) != 0)
        return walk_fail(walk, "%s holds \"%s\" after \"%s\" was typed", id, value_of(walk, id), wanted);
    return true;
}

/* A list came up by itself: its items are touched one after the other, and the form goes on by itself. */
static bool pick_pieces(struct walk *walk, const struct json *pieces)
{
    for (size_t i = 0; i < json_length(pieces); i++) {
        const char *name = json_text(json_element(pieces, i), "pick", "");
        const struct json *item = walk_view_find_label(&walk->terminal, "pick.", name, false);
        for (int tries = 0; item == NULL && tries < FIELD_TRIES; tries++) {
            if (walk_view_is_pressable(walk_view_find(&walk->terminal, "pages.next")) &&
                !tap(walk, "pages.next"))
                return false;
            (void)walk_view_wait_change(&walk->terminal, FIELD_MS);
            item = walk_view_find_label(&walk->terminal, "pick.", name, false);
        }
        if (item == NULL)
            return walk_fail(walk, "no list has %s", name);
        walk_view_press(&walk->terminal, item);
        (void)walk_view_wait_change(&walk->terminal, FIELD_MS);
    }
    return true;
}

/* The first field is touched; the others come by 下一项, on whatever page they stand. */
static bool fill_fields(struct walk *walk)
{
    const struct json *fields = json_member(walk->applicant, "fields");
    char picture[WALK_TEXT_BYTES];
    if (!tap(walk, "form.company"))
        return false;
    for (size_t i = 0; i < json_length(fields); i++) {
        const char *id = json_text(json_element(fields, i), "id", "");
        if (json_bool(json_element(fields, i), "known", false))
            continue; /* the terminal knows it from the login; 下一项 passes it over */
        const struct json *pieces = json_member(json_element(fields, i), "pieces");
        if (json_text(json_element(pieces, 0), "pick", NULL) != NULL) {
            if (!pick_pieces(walk, pieces))
                return false;
            continue;
        }
        if (!fill_field(walk, json_element(fields, i)))
            return false;
        (void)snprintf(picture, sizeof(picture), "form-%s", id);
        bool is_shown = strcmp(id, "company") == 0 || strcmp(id, "agent_name") == 0 ||
                        strcmp(id, "agent_id") == 0 || strcmp(id, "agent_email") == 0;
        if (is_shown && !walk_picture(walk, &walk->terminal, picture))
            return false;
        if (!tap(walk, "key.next"))
            return false;
    }
    return true;
}

bool walk_step_form(struct walk *walk)
{
    enum { PAGES_MOST = 12 };
    if (!wait_screen(walk, "form") || !walk_picture(walk, &walk->terminal, "form") || !fill_fields(walk))
        return false;
    if (walk_view_find(&walk->terminal, "key.hide") != NULL && !tap(walk, "key.hide"))
        return false;
    if (!tap(walk, "form.tab.certificate"))
        return false;
    for (int page = 0; page < PAGES_MOST; page++) {
        char name[WALK_TEXT_BYTES];
        (void)snprintf(name, sizeof(name), "form-page-%d", page + 1);
        if (!walk_picture(walk, &walk->terminal, name) || !tap(walk, "bar.next"))
            return false;
        if (walk_view_find(&walk->terminal, "errors.mend") != NULL)
            return walk_picture(walk, &walk->terminal, "form-errors") &&
                   walk_fail(walk, "the form has errors; see the picture form-errors");
        if (walk_view_wait_screen(&walk->terminal, "print", FIELD_MS / 6))
            return true;
    }
    return wait_screen(walk, "print");
}

/* --- paper ---------------------------------------------------------------------------------------------- */

static bool copy_file(struct walk *walk, const char *from, const char *to)
{
    struct buf bytes;
    buf_init(&bytes, COPY_BYTES);
    bool is_copied = file_read(from, &bytes, NULL) == STATUS_OK &&
                     file_replace(to, bytes.data, bytes.length, 0644, NULL) == STATUS_OK;
    buf_release(&bytes);
    return is_copied || walk_fail(walk, "%s cannot be copied to %s", from, to);
}

bool walk_step_print(struct walk *walk)
{
    char printed[WALK_WORLD_PATH_BYTES];
    int before = walk_world_printed_jobs(&walk->world);
    if (!look_and_tap(walk, "print", "bar.next"))
        return false;
    if (!walk_world_printed(&walk->world, before, printed))
        return walk_fail_world(walk);
    return copy_file(walk, printed, walk_path(walk, "printed-form.pdf")) &&
           (walk_view_wait(&walk->terminal, "print.another", PRINT_MS) ||
            walk_fail_view(walk, &walk->terminal)) &&
           walk_picture(walk, &walk->terminal, "print-done") && tap(walk, "bar.next") &&
           (walk_view_wait_screen(&walk->terminal, "scan", PRINT_MS) ||
            walk_fail_view(walk, &walk->terminal));
}

static const struct {
    const char *paper; /* of the product */
    const char *file;
    const char *kind; /* of sim-page; NULL: the printed form */
    const char *name; /* fields of the form */
    const char *number;
} papers[] = {{"application", "scan-application.jpg", NULL, "agent_name", NULL},
              {"licence", "scan-licence.jpg", "licence", "legal_name", "legal_id"},
              {"legal_id", "scan-legal-id.jpg", "id-legal", "legal_name", "legal_id"},
              {"agent_id", "scan-agent-id.jpg", "id-agent", "agent_name", "agent_id"}};

bool walk_step_papers(struct walk *walk)
{
    char unit[WALK_TEXT_BYTES], code[WALK_TEXT_BYTES], name[WALK_TEXT_BYTES], number[WALK_TEXT_BYTES];
    walk_applicant_text(walk, "company", unit, sizeof(unit));
    walk_applicant_text(walk, "credit_code", code, sizeof(code));
    for (size_t i = 0; i < sizeof(papers) / sizeof(papers[0]); i++) {
        const char *out = walk_path(walk, papers[i].file);
        walk_applicant_text(walk, papers[i].name, name, sizeof(name));
        const char *const form[] = {
            "--pdf", walk_path(walk, "printed-form.pdf"), "--name", name, "--unit", unit, "--out", out, NULL};
        if (papers[i].kind == NULL) {
            if (!walk_world_make_page(&walk->world, form))
                return walk_fail_world(walk);
            continue;
        }
        walk_applicant_text(walk, papers[i].number, number, sizeof(number));
        const char *const other[] = {
            "--blank-paper", papers[i].kind, "--unit", unit, "--code", code, "--name", name,
            "--id",          number,         "--out",  out,  NULL};
        if (!walk_world_make_page(&walk->world, other))
            return walk_fail_world(walk);
    }
    return true;
}

static size_t index_of(const char *paper)
{
    size_t index = 0;
    while (index + 1 < sizeof(papers) / sizeof(papers[0]) && strcmp(papers[index].paper, paper) != 0)
        index++;
    return index;
}

static bool is_good(const struct walk *walk, const char *id)
{
    const struct json *paper = walk_view_find(&walk->terminal, id);
    const char *state = paper == NULL ? "" : json_text(paper, "value", "");
    return strstr(state, "已通过") != NULL || strstr(state, "合格") != NULL;
}

bool walk_scan_paper(struct walk *walk, const char *paper_id)
{
    size_t index = index_of(paper_id);
    enum { SCAN_MS = 60000 };
    char id[WALK_TEXT_BYTES];
    char name[WALK_TEXT_BYTES];
    const char *picture =
        index == 0 && walk->form_picture != NULL ? walk->form_picture : walk_path(walk, papers[index].file);
    if (!walk_world_put_on_glass(&walk->world, picture))
        return walk_fail_world(walk);
    (void)snprintf(id, sizeof(id), "paper.%s", papers[index].paper);
    if (!tap(walk, id) || !tap(walk, "bar.next"))
        return false;
    /* The scan is over when a message says how it went or the device's page stands there. */
    if (!walk_view_wait(&walk->terminal, "scan.message", SCAN_MS) &&
        walk_view_find(&walk->terminal, "error.retry") == NULL)
        return walk_fail_view(walk, &walk->terminal);
    (void)snprintf(name, sizeof(name), "scan-%s", papers[index].paper);
    if (!walk_picture(walk, &walk->terminal, name))
        return false;
    const struct json *message = walk_view_find(&walk->terminal, "scan.message");
    return is_good(walk, id) ||
           walk_fail(walk, "the paper %s is not good: %s", papers[index].paper,
                     message == NULL ? "the scanner needs a hand" : json_text(message, "label", ""));
}

bool walk_step_scan(struct walk *walk)
{
    if (!wait_screen(walk, "scan") || !walk_picture(walk, &walk->terminal, "scan"))
        return false;
    for (size_t i = 0; i < sizeof(papers) / sizeof(papers[0]); i++)
        if (!walk_scan_paper(walk, papers[i].paper))
            return false;
    return true;
}

bool walk_step_scan_again(struct walk *walk)
{
    size_t kept = 0;
    if (!wait_screen(walk, "scan") || !walk_picture(walk, &walk->terminal, "scan-again"))
        return false;
    for (size_t i = 0; i < sizeof(papers) / sizeof(papers[0]); i++) {
        char id[WALK_TEXT_BYTES];
        (void)snprintf(id, sizeof(id), "paper.%s", papers[i].paper);
        if (is_good(walk, id))
            kept++;
        else if (!walk_scan_paper(walk, papers[i].paper))
            return false;
    }
    return kept > 0 || walk_fail(walk, "no page that was scanned before is kept");
}

bool walk_step_submit(struct walk *walk)
{
    if (!tap(walk, "bar.next") || !wait_screen(walk, "identity"))
        return false;
    return walk_picture(walk, &walk->terminal, "identity");
}
