/* The applicant comes back to an order whose terminal or desk has fallen: taken only when asked for. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/file.h"
#include "tests/walk/walk.h"

enum { SCREEN_MS = 15000, PRINT_MS = 60000, RESEND_S = 5, PAGES_MOST = 12, PAGE_MS = 500, UNDO_MS = 5000 };

static bool tap(struct walk *walk, const char *id)
{
    return walk_view_tap(&walk->terminal, id) || walk_fail_view(walk, &walk->terminal);
}

static bool wait_screen(struct walk *walk, const char *name, int64_t ms)
{
    return walk_view_wait_screen(&walk->terminal, name, ms) || walk_fail_view(walk, &walk->terminal);
}

static bool is_at(const struct walk *walk, const char *screen)
{
    return strcmp(walk_view_screen(&walk->terminal), screen) == 0;
}

/* One of the two screens came. */
static bool wait_either(struct walk *walk, const char *one, const char *other)
{
    for (int tries = 0; tries < SCREEN_MS / PAGE_MS; tries++)
        if (walk_view_wait_screen(&walk->terminal, one, PAGE_MS) || is_at(walk, other))
            return true;
    return walk_fail_view(walk, &walk->terminal);
}

/* The only order of the number, upright a row, else a row with a button. */
static bool open_order(struct walk *walk)
{
    const char *row = "order.0.action";
    if (!walk_view_wait(&walk->terminal, "order.0", SCREEN_MS))
        return walk_fail_view(walk, &walk->terminal);
    if (walk_view_find(&walk->terminal, row) == NULL)
        row = "order.0";
    if (!walk_picture(walk, &walk->terminal, "orders") || !tap(walk, row))
        return false;
    for (int tries = 0; tries < SCREEN_MS / PAGE_MS && is_at(walk, "orders"); tries++)
        (void)walk_view_wait_change(&walk->terminal, PAGE_MS);
    return !is_at(walk, "orders") || walk_fail(walk, "the order does not open");
}

bool walk_step_resume(struct walk *walk)
{
    if (!wait_screen(walk, "welcome", SCREEN_MS))
        return false;
    if (!walk_world_wait_resend(&walk->world, walk_applicant(walk, "phone"), RESEND_S))
        return walk_fail_world(walk);
    return tap(walk, "welcome.resume") && walk_sign_in(walk, "orders") && open_order(walk);
}

bool walk_step_form_again(struct walk *walk)
{
    char wanted[WALK_TEXT_BYTES];
    if (!wait_screen(walk, "form", SCREEN_MS) || !tap(walk, "form.tab.certificate"))
        return false;
    walk_applicant_text(walk, "company", wanted, sizeof(wanted));
    const struct json *company = walk_view_find(&walk->terminal, "form.company");
    if (company == NULL || strcmp(json_text(company, "value", ""), wanted) != 0)
        return walk_fail(walk, "the resumed form holds another company than was typed");
    if (!walk_picture(walk, &walk->terminal, "form-again"))
        return false;
    for (int page = 0; page < PAGES_MOST; page++) {
        if (!tap(walk, "bar.next"))
            return false;
        if (walk_view_wait_screen(&walk->terminal, "print", PAGE_MS))
            return true;
    }
    return walk_fail_view(walk, &walk->terminal);
}

static bool keep_printed(struct walk *walk)
{
    char printed[WALK_WORLD_PATH_BYTES];
    struct buf bytes;
    if (!walk_world_printed(&walk->world, 0, printed))
        return walk_fail_world(walk);
    buf_init(&bytes, 32 * 1024 * 1024);
    bool is_kept =
        file_read(printed, &bytes, NULL) == STATUS_OK &&
        file_replace(walk_path(walk, "printed-form.pdf"), bytes.data, bytes.length, 0644, NULL) == STATUS_OK;
    buf_release(&bytes);
    return is_kept || walk_fail(walk, "what was printed cannot be kept");
}

/* A job the fallen terminal had sent may have been found again: then nothing is printed twice. */
bool walk_step_print_again(struct walk *walk)
{
    if (!wait_either(walk, "scan", "print"))
        return false;
    if (is_at(walk, "print") && (!tap(walk, "bar.next") ||
                                 (!walk_view_wait(&walk->terminal, "print.another", PRINT_MS) &&
                                  !walk_fail_view(walk, &walk->terminal)) ||
                                 !tap(walk, "bar.next")))
        return false;
    return wait_screen(walk, "scan", SCREEN_MS) && keep_printed(walk);
}

bool walk_step_approve_again(struct walk *walk)
{
    return wait_screen(walk, "pay", UNDO_MS + SCREEN_MS);
}

bool walk_step_pay_again(struct walk *walk)
{
    return wait_either(walk, "issue", "pin");
}
