#include "kiosk/input/handwriting.h"

#include <stdlib.h>
#include <unistd.h>
#include <zinnia.h>

#include "kiosk/base/check.h"
#include "kiosk/base/secret.h"
#include "kiosk/base/text.h"

/* The square a character is laid into, and how much of it one of usual size fills. */
enum { SQUARE = 1000, FILLED = 800, DOT_PARTS = 12 };

struct handwriting {
    zinnia_recognizer_t *recognizer;
    struct handwriting_stroke strokes[HANDWRITING_STROKES_MAX];
    size_t stroke_count;
    int near_px;
    bool is_down;
    char candidates[HANDWRITING_CANDIDATES_MAX][HANDWRITING_TEXT_BYTES];
    size_t candidate_count;
};

enum status handwriting_open(const char *model_file, struct handwriting **out, struct failure *failure)
{
    if (access(model_file, R_OK) != 0)
        return failure_set(failure, STATUS_NOT_FOUND, "handwriting", 0, "there is no model %s", model_file);
    struct handwriting *handwriting = calloc(1, sizeof(*handwriting));
    if (handwriting == NULL)
        return STATUS_NO_MEMORY;
    handwriting->recognizer = zinnia_recognizer_new();
    if (handwriting->recognizer == NULL || !zinnia_recognizer_open(handwriting->recognizer, model_file)) {
        handwriting_close(handwriting);
        return failure_set(failure, STATUS_NOT_FOUND, "handwriting", 0, "%s is no model", model_file);
    }
    *out = handwriting;
    return STATUS_OK;
}

void handwriting_close(struct handwriting *handwriting)
{
    if (handwriting == NULL)
        return;
    handwriting_forget(handwriting);
    if (handwriting->recognizer != NULL)
        zinnia_recognizer_destroy(handwriting->recognizer);
    free(handwriting);
}

void handwriting_forget(struct handwriting *handwriting)
{
    secret_wipe_bytes(handwriting->strokes, sizeof(handwriting->strokes));
    secret_wipe_bytes(handwriting->candidates, sizeof(handwriting->candidates));
    handwriting->stroke_count = handwriting->candidate_count = 0;
    handwriting->is_down = false;
}

/* --- recognition --------------------------------------------------------------------------------------- */

/* The square on the pad around all points. */
struct frame {
    int left, top, side;
};

/* A dot or a short stroke stays small in its square: there is nothing beside it that tells its size. */
static struct frame frame_of(const struct handwriting *handwriting)
{
    const struct handwriting_point *first = &handwriting->strokes[0].points[0];
    int left = first->x, right = first->x, top = first->y, bottom = first->y;
    for (size_t i = 0; i < handwriting->stroke_count; i++) {
        for (size_t j = 0; j < handwriting->strokes[i].count; j++) {
            const struct handwriting_point *point = &handwriting->strokes[i].points[j];
            left = point->x < left ? point->x : left;
            right = point->x > right ? point->x : right;
            top = point->y < top ? point->y : top;
            bottom = point->y > bottom ? point->y : bottom;
        }
    }
    int width = right - left, height = bottom - top, side = width > height ? width : height;
    int least = DOT_PARTS * handwriting->near_px;
    side = side < least ? least : side;
    return (struct frame){left - (side - width) / 2, top - (side - height) / 2, side};
}

static void put_strokes(const struct handwriting *handwriting, zinnia_character_t *character)
{
    struct frame frame = frame_of(handwriting);
    int margin = (SQUARE - FILLED) / 2;
    zinnia_character_set_width(character, SQUARE);
    zinnia_character_set_height(character, SQUARE);
    for (size_t i = 0; i < handwriting->stroke_count; i++) {
        const struct handwriting_stroke *stroke = &handwriting->strokes[i];
        for (size_t j = 0; j < stroke->count; j++)
            (void)zinnia_character_add(character, i,
                                       margin + (stroke->points[j].x - frame.left) * FILLED / frame.side,
                                       margin + (stroke->points[j].y - frame.top) * FILLED / frame.side);
    }
}

static void take_result(struct handwriting *handwriting, zinnia_result_t *result)
{
    for (size_t i = 0; i < zinnia_result_size(result); i++)
        if (handwriting->candidate_count < HANDWRITING_CANDIDATES_MAX &&
            text_copy(handwriting->candidates[handwriting->candidate_count], HANDWRITING_TEXT_BYTES,
                      zinnia_result_value(result, i)))
            handwriting->candidate_count++;
}

static void recognise(struct handwriting *handwriting)
{
    handwriting->candidate_count = 0;
    if (handwriting->stroke_count == 0)
        return;
    zinnia_character_t *character = zinnia_character_new();
    check(character != NULL);
    put_strokes(handwriting, character);
    zinnia_result_t *result =
        zinnia_recognizer_classify(handwriting->recognizer, character, HANDWRITING_CANDIDATES_MAX);
    if (result != NULL) {
        take_result(handwriting, result);
        zinnia_result_destroy(result);
    }
    zinnia_character_destroy(character);
}

/* --- strokes ------------------------------------------------------------------------------------------- */

bool handwriting_begin(struct handwriting *handwriting, int near_px, struct handwriting_point point)
{
    check(near_px > 0);
    if (handwriting->is_down)
        handwriting_end(handwriting);
    if (handwriting->stroke_count == HANDWRITING_STROKES_MAX)
        return false;
    struct handwriting_stroke *stroke = &handwriting->strokes[handwriting->stroke_count++];
    stroke->points[0] = point;
    stroke->count = 1;
    handwriting->near_px = near_px;
    handwriting->is_down = true;
    return true;
}

void handwriting_move(struct handwriting *handwriting, struct handwriting_point point)
{
    if (!handwriting->is_down)
        return;
    struct handwriting_stroke *stroke = &handwriting->strokes[handwriting->stroke_count - 1];
    const struct handwriting_point *last = &stroke->points[stroke->count - 1];
    int x = point.x - last->x, y = point.y - last->y;
    if (x * x + y * y < handwriting->near_px * handwriting->near_px)
        return;
    if (stroke->count < HANDWRITING_POINTS_MAX)
        stroke->count++;
    stroke->points[stroke->count - 1] = point;
}

void handwriting_end(struct handwriting *handwriting)
{
    if (!handwriting->is_down)
        return;
    handwriting->is_down = false;
    recognise(handwriting);
}

bool handwriting_undo(struct handwriting *handwriting)
{
    if (handwriting->stroke_count == 0)
        return false;
    handwriting->is_down = false;
    struct handwriting_stroke *last = &handwriting->strokes[--handwriting->stroke_count];
    secret_wipe_bytes(last, sizeof(*last));
    recognise(handwriting);
    return true;
}

/* --- what there is ------------------------------------------------------------------------------------- */

size_t handwriting_stroke_count(const struct handwriting *handwriting)
{
    return handwriting->stroke_count;
}

const struct handwriting_stroke *handwriting_stroke(const struct handwriting *handwriting, size_t index)
{
    check(index < handwriting->stroke_count);
    return &handwriting->strokes[index];
}

size_t handwriting_candidate_count(const struct handwriting *handwriting)
{
    return handwriting->candidate_count;
}

const char *handwriting_candidate(const struct handwriting *handwriting, size_t index)
{
    return index < handwriting->candidate_count ? handwriting->candidates[index] : "";
}
