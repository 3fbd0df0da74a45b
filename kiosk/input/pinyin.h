/* Pinyin: letters in, Chinese candidates out, from a ready-built dictionary that learns nothing.
 *
 * It writes no file, keeps nothing between applicants (pinyin_forget makes a new session, because the library
 * hands texts nobody fetched to whoever asks next) and knows no screen. Only full pinyin, up to
 * PINYIN_LETTERS_MAX letters at once; of a longer input further letters are refused.
 * Pitfall: selecting a candidate that covers only the first letters commits nothing yet; the rest goes on
 * being composed and its candidates take the place of the old ones.
 */
#ifndef KIOSK_INPUT_PINYIN_H
#define KIOSK_INPUT_PINYIN_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/base/failure.h"

enum {
    PINYIN_LETTERS_MAX = 80,
    PINYIN_CANDIDATES_MAX = 180, /* listed for one input; what comes later nobody pages to */
    PINYIN_TEXT_BYTES = 512,     /* enough for 80 letters, each taken as one character */
};

/* Where the text will stand, which decides who comes first. */
enum pinyin_place {
    PINYIN_PLACE_TEXT,    /* the dictionary's order */
    PINYIN_PLACE_SURNAME, /* the start of a name: surnames, single characters, the rest */
    PINYIN_PLACE_GIVEN,   /* further in a name: the best match of all letters, single characters, the rest */
};

struct pinyin;

/* The dictionary in this directory (certkiosk.schema.yaml, certkiosk.table.bin …) is ready; the surnames are
 * the lines of a file, most frequent first; NULL or a missing file means none. Returns: NOT_FOUND when the
 * data are missing or not usable, BAD_STATE when one is open already (the library has one per process). Owns:
 * the caller closes it. Thread: one thread only. Time: about 5 ms. */
enum status pinyin_open(const char *data_directory, const char *surnames_file, struct pinyin **out,
                        struct failure *failure);
/* Everything is forgotten and the library shut; NULL is allowed. */
void pinyin_close(struct pinyin *pinyin);
/* Composition, candidates and the library's session are gone: end of a visit, another field. */
void pinyin_forget(struct pinyin *pinyin);
/* From now on candidates are ranked for this place. */
void pinyin_set_place(struct pinyin *pinyin, enum pinyin_place place);

/* A letter a to z or ' (which parts syllables) is added. Returns: false when it is no such letter, the input
 * is full or ' would be the first. Time: about 0.1 ms, at most 10. */
bool pinyin_key(struct pinyin *pinyin, char letter);
/* The last letter is gone, or the last selection is open again. Returns: false when nothing is composed. */
bool pinyin_backspace(struct pinyin *pinyin);
/* Whether letters wait to be chosen for. */
bool pinyin_is_composing(const struct pinyin *pinyin);
/* What stands underlined: selections already made and the letters in syllables, "shi li lu".
 * Owns: borrowed until the next call that changes something. */
const char *pinyin_preedit(const struct pinyin *pinyin);
/* The letters as they were typed. Owns: as above. */
const char *pinyin_letters(const struct pinyin *pinyin);
/* How many candidates there are. */
size_t pinyin_candidate_count(const struct pinyin *pinyin);
/* The candidate's text; "" behind the last. Owns: as above. */
const char *pinyin_candidate(const struct pinyin *pinyin, size_t index);
/* The candidate is taken. text is the whole committed text when it covered the last letters, otherwise "".
 * Returns: NOT_FOUND when there is no such candidate. */
enum status pinyin_select(struct pinyin *pinyin, size_t index, char text[PINYIN_TEXT_BYTES]);

#endif
