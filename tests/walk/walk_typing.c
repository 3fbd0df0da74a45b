#include "tests/walk/walk_typing.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/clock.h"
#include "kiosk/base/text.h"

enum { CHARACTER_BYTES = 8, CANDIDATE_PAGES = 40, CANDIDATES_MS = 3000 };

/* --- keys ----------------------------------------------------------------------------------------------- */

static const struct json *find_key(const struct walk_view *view, const char *label)
{
    const struct json *key = walk_view_find_label(view, "key.", label, false);
    return key != NULL && walk_view_is_pressable(key) ? key : NULL;
}

/* A letter's key shows the small or the capital one; a field that takes capitals makes them itself. */
static const struct json *find_letter(const struct walk_view *view, const char *label)
{
    char other[CHARACTER_BYTES];
    const struct json *key = find_key(view, label);
    if (key != NULL || label[1] != 0 || !isalpha((unsigned char)label[0]))
        return key;
    (void)snprintf(other, sizeof(other), "%c",
                   isupper((unsigned char)label[0]) ? tolower((unsigned char)label[0])
                                                    : toupper((unsigned char)label[0]));
    return find_key(view, other);
}

static bool press_character(struct walk_view *view, const char *label)
{
    static const char *const turns[] = {NULL, "key.symbols", "key.letters", "key.language"};
    for (size_t i = 0; i < sizeof(turns) / sizeof(turns[0]); i++) {
        if (turns[i] != NULL && walk_view_find(view, turns[i]) == NULL)
            continue;
        if (turns[i] != NULL && !walk_view_tap(view, turns[i]))
            return false;
        const struct json *key = find_letter(view, label);
        if (key == NULL)
            continue;
        walk_view_strike(view, key);
        return true;
    }
    return walk_view_fail(view, "no page of the on-screen keyboard has a key for \"%s\"", label);
}

static bool next_character(const char **at, char out[CHARACTER_BYTES])
{
    const char *start = *at;
    if (*start == 0 || text_next(at) == 0)
        return false;
    size_t length = (size_t)(*at - start);
    memcpy(out, start, length);
    out[length] = 0;
    return true;
}

bool walk_typing_plain(struct walk_view *view, const char *text)
{
    char character[CHARACTER_BYTES];
    while (next_character(&text, character)) {
        bool is_typed =
            character[0] == ' ' ? walk_view_tap(view, "key.space") : press_character(view, character);
        if (!is_typed)
            return false;
    }
    return true;
}

/* --- pinyin --------------------------------------------------------------------------------------------- */

/* The candidate that begins the characters and is the longest; NULL when none on this page does. */
static const struct json *best_candidate(const struct walk_view *view, const char *characters)
{
    const struct json *best = NULL;
    size_t best_length = 0;
    for (int i = 1; i <= 9; i++) {
        char id[24];
        (void)snprintf(id, sizeof(id), "candidate.%d", i);
        const struct json *candidate = walk_view_find(view, id);
        const char *label = candidate == NULL ? "" : json_text(candidate, "label", "");
        size_t length = strlen(label);
        if (length > best_length && strncmp(label, characters, length) == 0) {
            best = candidate;
            best_length = length;
        }
    }
    return best;
}

static bool turn_page(struct walk_view *view)
{
    const struct json *next = walk_view_find(view, "candidate.next");
    if (!walk_view_is_pressable(next))
        return false;
    walk_view_press(view, next);
    return true;
}

/* Returns: the bytes chosen, 0 when no page has a fitting candidate. */
static size_t choose(struct walk_view *view, const char *characters)
{
    for (int page = 0; page < CANDIDATE_PAGES; page++) {
        const struct json *candidate = best_candidate(view, characters);
        if (candidate != NULL) {
            size_t length = strlen(json_text(candidate, "label", ""));
            walk_view_press(view, candidate);
            return length;
        }
        if (!turn_page(view))
            return 0;
    }
    return 0;
}

/* The bar composes these letters; it sets syllables apart, and of a long input it shows the end. */
static bool is_composed(const struct walk_view *view, const char *pinyin)
{
    const struct json *preedit = walk_view_find(view, "candidate.preedit");
    const char *shown = preedit == NULL ? "" : json_text(preedit, "label", "");
    size_t left = strlen(pinyin);
    for (size_t i = strlen(shown); i > 0; i--)
        if (shown[i - 1] != ' ' && shown[i - 1] != '\'' && (left == 0 || shown[i - 1] != pinyin[--left]))
            return false;
    return shown[0] != 0;
}

/* On a busy machine the candidates of the letters before the last one are still to be seen for a while. */
static bool wait_composed(struct walk_view *view, const char *pinyin)
{
    int64_t until = clock_monotonic_ms(clock_system()) + CANDIDATES_MS;
    while (!is_composed(view, pinyin) && clock_monotonic_ms(clock_system()) < until)
        (void)walk_view_wait_change(view, CANDIDATES_MS / 10);
    return is_composed(view, pinyin) ||
           walk_view_fail(view, "the candidate bar does not compose \"%s\"", pinyin);
}

bool walk_typing_pinyin(struct walk_view *view, const char *pinyin, const char *characters)
{
    if (!walk_typing_plain(view, pinyin) || !wait_composed(view, pinyin))
        return false;
    while (*characters != 0) {
        size_t chosen = choose(view, characters);
        if (chosen == 0)
            return walk_view_fail(view, "no candidate for \"%s\" begins \"%s\"", pinyin, characters);
        characters += chosen;
    }
    return true;
}
