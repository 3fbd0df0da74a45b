/* Handwriting: strokes of a finger in, one Chinese character's candidates out, from a ready-made model that
 * learns nothing.
 *
 * A character may be written anywhere on the pad and in any size; only the order and the shape of its strokes
 * count. Strokes are personal: handwriting_forget wipes them. Pitfall: the model knows the 6763 characters of
 * GB 2312; a rare one of a name is not among the candidates and is found by pinyin.
 */
#ifndef KIOSK_INPUT_HANDWRITING_H
#define KIOSK_INPUT_HANDWRITING_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/base/failure.h"

enum {
    HANDWRITING_STROKES_MAX = 36, /* no character of the model has more */
    HANDWRITING_POINTS_MAX = 64,
    HANDWRITING_CANDIDATES_MAX = 18,
    HANDWRITING_TEXT_BYTES = 8
};

struct handwriting_point {
    int x, y;
};

struct handwriting_stroke {
    struct handwriting_point points[HANDWRITING_POINTS_MAX];
    size_t count;
};

struct handwriting;

/* The model in this file is ready and nothing is written yet.
 * Returns: NOT_FOUND when the file is missing or no model, NO_MEMORY. Owns: the caller closes it.
 * Thread: one thread for all calls. Time: about 6 ms. */
enum status handwriting_open(const char *model_file, struct handwriting **out, struct failure *failure);
/* What was written is wiped and the model given back; NULL is allowed. */
void handwriting_close(struct handwriting *handwriting);
/* What was written and its candidates are wiped. */
void handwriting_forget(struct handwriting *handwriting);

/* The finger is down. Units: px of any kind, the same for all points; at least `near_px` apart are kept.
 * Returns: false when the pad is full of strokes, and then the stroke is none. */
bool handwriting_begin(struct handwriting *handwriting, int near_px, struct handwriting_point point);
/* It moved; of a stroke with too many points the last one follows the finger. */
void handwriting_move(struct handwriting *handwriting, struct handwriting_point point);
/* It is up: the candidates are those of all strokes. Time: about 5 ms. */
void handwriting_end(struct handwriting *handwriting);
/* The last stroke is gone. Returns: false when there was none. Time: as handwriting_end. */
bool handwriting_undo(struct handwriting *handwriting);

/* How many strokes there are, with the one being drawn. */
size_t handwriting_stroke_count(const struct handwriting *handwriting);
/* Owns: borrowed until the next call that changes something. */
const struct handwriting_stroke *handwriting_stroke(const struct handwriting *handwriting, size_t index);
/* How many candidates there are, the likeliest first. */
size_t handwriting_candidate_count(const struct handwriting *handwriting);
/* The candidate's text; "" behind the last. Owns: as above. */
const char *handwriting_candidate(const struct handwriting *handwriting, size_t index);

#endif
