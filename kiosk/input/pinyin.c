#include "kiosk/input/pinyin.h"

#include <rime_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kiosk/base/buf.h"
#include "kiosk/base/check.h"
#include "kiosk/base/file.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"

#define SCHEMA "certkiosk"

enum { KEY_BACKSPACE = 0xff08, CANDIDATE_BYTES = 256, SURNAMES_BYTES = 16 * 1024, PATH_BYTES = 512 };

struct candidate {
    char text[CANDIDATE_BYTES];
    size_t index; /* in the library's list */
    int rank;     /* lower comes first */
};

struct pinyin {
    RimeApi *api;
    RimeSessionId session;
    enum pinyin_place place;
    bool part_selected; /* the preedit starts with a selection */
    char letters[PINYIN_LETTERS_MAX + 1];
    char preedit[PINYIN_TEXT_BYTES];
    struct candidate candidates[PINYIN_CANDIDATES_MAX];
    size_t candidate_count;
    struct buf surnames; /* lines */
};

/* The library's state is one per process. */
static bool is_open, logs;

/* --- ranking -------------------------------------------------------------------------------------------- */

/* The line of the surname, from 0; -1 for none. */
static int surname_line(const struct pinyin *p, const char *text)
{
    size_t length = strlen(text);
    const char *at = (const char *)p->surnames.data, *end = at ? at + p->surnames.length : NULL;
    for (int line = 0; at && at < end; line++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        if ((size_t)(stop - at) == length && memcmp(at, text, length) == 0)
            return line;
        at = stop + 1;
    }
    return -1;
}

/* A surname of two characters covers more letters than its first alone (欧阳, 欧). */
enum { RANK_BEST = 0, RANK_DOUBLE = 1, RANK_SURNAME = 50000, RANK_SINGLE = 100000, RANK_OTHER = 200000 };

static int rank_of(const struct pinyin *p, const char *text, size_t index)
{
    if (p->place == PINYIN_PLACE_TEXT)
        return RANK_BEST;
    bool given = p->place == PINYIN_PLACE_GIVEN || p->part_selected;
    int line = given ? -1 : surname_line(p, text);
    if (given && index == 0)
        return RANK_BEST;
    bool single = text_length(text) == 1;
    if (line >= 0)
        return (single ? RANK_SURNAME : RANK_DOUBLE) + line;
    return single ? RANK_SINGLE : RANK_OTHER;
}

static int compare(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* --- what the library says now ------------------------------------------------------------------------- */

static void wipe(struct pinyin *p)
{
    secret_wipe_bytes(p->letters, sizeof p->letters);
    secret_wipe_bytes(p->preedit, sizeof p->preedit);
    secret_wipe_bytes(p->candidates, sizeof p->candidates);
    p->candidate_count = 0;
    p->part_selected = false;
}

static void read_composition(struct pinyin *p)
{
    RIME_STRUCT(RimeContext, context);
    const char *input = p->api->get_input(p->session);
    if (input)
        (void)text_copy(p->letters, sizeof p->letters, input);
    if (!p->api->get_context(p->session, &context))
        return;
    if (context.composition.preedit)
        (void)text_copy(p->preedit, sizeof p->preedit, context.composition.preedit);
    p->part_selected = (unsigned char)p->preedit[0] >= 0x80 && p->preedit[0] != '\0';
    p->api->free_context(&context);
}

static void read_candidates(struct pinyin *p)
{
    RimeCandidateListIterator list = {0};
    if (!p->letters[0] || !p->api->candidate_list_begin(p->session, &list))
        return;
    while (p->candidate_count < PINYIN_CANDIDATES_MAX && p->api->candidate_list_next(&list)) {
        struct candidate *c = &p->candidates[p->candidate_count];
        if (!list.candidate.text || !text_copy(c->text, sizeof c->text, list.candidate.text))
            continue;
        c->index = (size_t)list.index;
        c->rank = rank_of(p, c->text, c->index);
        p->candidate_count++;
    }
    p->api->candidate_list_end(&list);
    if (p->place != PINYIN_PLACE_TEXT)
        qsort(p->candidates, p->candidate_count, sizeof p->candidates[0], compare);
}

static void refresh(struct pinyin *p)
{
    wipe(p);
    read_composition(p);
    read_candidates(p);
}

/* --- the session ---------------------------------------------------------------------------------------- */

static bool begin_session(struct pinyin *p)
{
    char schema[64] = "";
    p->session = p->api->create_session();
    return p->session && p->api->select_schema(p->session, SCHEMA) &&
           p->api->get_current_schema(p->session, schema, sizeof schema) && strcmp(schema, SCHEMA) == 0;
}

void pinyin_forget(struct pinyin *pinyin)
{
    if (pinyin->session)
        pinyin->api->destroy_session(pinyin->session);
    wipe(pinyin);
    pinyin->place = PINYIN_PLACE_TEXT;
    (void)begin_session(pinyin);
}

/* --- opening -------------------------------------------------------------------------------------------- */

static void start_library(struct pinyin *p, const char *directory)
{
    char build[PATH_BYTES];
    RIME_STRUCT(RimeTraits, traits);
    snprintf(build, sizeof build, "%s", directory);
    traits.shared_data_dir = build;
    traits.user_data_dir = build;
    traits.prebuilt_data_dir = build;
    traits.staging_dir = build;
    traits.distribution_name = "certkiosk";
    traits.distribution_code_name = "certkiosk";
    traits.distribution_version = CERTKIOSK_VERSION;
    traits.app_name = logs ? NULL : "rime.certkiosk"; /* its log may be started only once in a process */
    traits.log_dir = "";
    traits.min_log_level = 3;
    logs = true;
    p->api->setup(&traits);
    p->api->initialize(&traits);
}

static bool has_data(const char *directory)
{
    static const char *const names[] = {"default.yaml", SCHEMA ".schema.yaml", SCHEMA ".table.bin",
                                        SCHEMA ".prism.bin"};
    char path[PATH_BYTES];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        int length = snprintf(path, sizeof path, "%s/%s", directory, names[i]);
        if (length < 0 || length >= PATH_BYTES || access(path, R_OK) != 0)
            return false;
    }
    return true;
}

/* Whether the dictionary answers: a damaged table opens and stays silent. */
static bool answers(struct pinyin *p)
{
    bool ok = pinyin_key(p, 'y') && pinyin_key(p, 'i') && p->candidate_count > 0;
    pinyin_forget(p);
    return ok;
}

enum status pinyin_open(const char *data_directory, const char *surnames_file, struct pinyin **out,
                        struct failure *failure)
{
    if (is_open)
        return failure_set(failure, STATUS_BAD_STATE, "pinyin_open", 0, "open already");
    if (!has_data(data_directory))
        return failure_set(failure, STATUS_NOT_FOUND, "pinyin_open", 0, "no pinyin data in %.120s",
                           data_directory);
    struct pinyin *p = calloc(1, sizeof *p);
    check(p != NULL);
    p->api = rime_get_api();
    buf_init(&p->surnames, SURNAMES_BYTES);
    if (surnames_file)
        (void)!file_read(surnames_file, &p->surnames, NULL);
    start_library(p, data_directory);
    is_open = true;
    if (!begin_session(p) || !answers(p)) {
        pinyin_close(p);
        return failure_set(failure, STATUS_NOT_FOUND, "pinyin_open", 0, "pinyin data in %.120s are damaged",
                           data_directory);
    }
    *out = p;
    return STATUS_OK;
}

void pinyin_close(struct pinyin *pinyin)
{
    if (!pinyin)
        return;
    if (pinyin->session)
        pinyin->api->destroy_session(pinyin->session);
    pinyin->api->finalize();
    is_open = false;
    wipe(pinyin);
    buf_release(&pinyin->surnames);
    free(pinyin);
}

/* --- typing --------------------------------------------------------------------------------------------- */

void pinyin_set_place(struct pinyin *pinyin, enum pinyin_place place)
{
    if (pinyin->place == place)
        return;
    pinyin->place = place;
    refresh(pinyin);
}

bool pinyin_key(struct pinyin *pinyin, char letter)
{
    bool divider = letter == '\'';
    if (!(letter >= 'a' && letter <= 'z') && !divider)
        return false;
    size_t length = strlen(pinyin->letters);
    if (length >= PINYIN_LETTERS_MAX || (divider && length == 0))
        return false;
    bool taken = pinyin->api->process_key(pinyin->session, letter, 0);
    refresh(pinyin);
    return taken;
}

bool pinyin_backspace(struct pinyin *pinyin)
{
    if (!pinyin_is_composing(pinyin))
        return false;
    (void)pinyin->api->process_key(pinyin->session, KEY_BACKSPACE, 0);
    refresh(pinyin);
    return true;
}

bool pinyin_is_composing(const struct pinyin *pinyin)
{
    return pinyin->letters[0] != '\0';
}

const char *pinyin_preedit(const struct pinyin *pinyin)
{
    return pinyin->preedit;
}

const char *pinyin_letters(const struct pinyin *pinyin)
{
    return pinyin->letters;
}

size_t pinyin_candidate_count(const struct pinyin *pinyin)
{
    return pinyin->candidate_count;
}

const char *pinyin_candidate(const struct pinyin *pinyin, size_t index)
{
    return index < pinyin->candidate_count ? pinyin->candidates[index].text : "";
}

/* The library queues what it commits until somebody fetches it; here nothing is left in the queue. */
static void fetch(struct pinyin *p, char text[PINYIN_TEXT_BYTES])
{
    RIME_STRUCT(RimeCommit, commit);
    text[0] = '\0';
    if (!p->api->get_commit(p->session, &commit))
        return;
    if (commit.text)
        (void)text_copy(text, PINYIN_TEXT_BYTES, commit.text);
    p->api->free_commit(&commit);
}

enum status pinyin_select(struct pinyin *pinyin, size_t index, char text[PINYIN_TEXT_BYTES])
{
    if (index >= pinyin->candidate_count ||
        !pinyin->api->select_candidate(pinyin->session, pinyin->candidates[index].index))
        return STATUS_NOT_FOUND;
    fetch(pinyin, text);
    refresh(pinyin);
    return STATUS_OK;
}
