/* Handwriting against the model as it is installed: characters in any place and size, what is refused, and
 * that nothing stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/input/handwriting.h"

#define MODEL TEST_BUILD_DIR "/assets/handwriting.model"

enum { NEAR = 3, STROKES = 8 };

/* Begin, middle and end of each stroke in a square of 100; it is bent where the middle is not between them.
 */
struct character {
    const char *text;
    int strokes[STROKES][6];
    int count;
};

static const struct character characters[] = {
    {"一", {{5, 50, 50, 51, 95, 52}}, 1},
    {"十", {{5, 45, 50, 45, 95, 45}, {50, 5, 50, 50, 50, 95}}, 2},
    {"工", {{10, 10, 50, 10, 90, 10}, {50, 10, 50, 50, 50, 90}, {5, 90, 50, 90, 95, 90}}, 3},
    {"王",
     {{12, 10, 50, 10, 88, 10}, {15, 48, 50, 48, 85, 48}, {50, 10, 50, 50, 50, 90}, {5, 90, 50, 90, 95, 90}},
     4},
    {"大", {{8, 35, 50, 35, 92, 35}, {50, 5, 44, 62, 8, 92}, {50, 38, 62, 74, 94, 90}}, 3},
    {"人", {{50, 5, 42, 62, 8, 92}, {48, 35, 62, 72, 94, 90}}, 2},
    {"王",
     {{12, 10, 50, 11, 88, 12}, {15, 46, 50, 46, 85, 47}, {51, 10, 50, 50, 49, 90}, {5, 91, 50, 90, 95, 89}},
     4}, /* a hand that trembles */
};

static int open_model(void **state)
{
    struct handwriting *handwriting = NULL;
    enum status status = handwriting_open(MODEL, &handwriting, NULL);
    *state = handwriting;
    return status == STATUS_OK ? 0 : -1;
}

static int close_model(void **state)
{
    handwriting_close(*state);
    return 0;
}

/* Two straight parts with the corner cut. */
static int bend(int begin, int middle, int end, int step, int steps)
{
    int left = steps - step, through = 2 * middle - (begin + end) / 2;
    return (begin * left * left + 2 * through * step * left + end * step * step) / (steps * steps);
}

/* A line of points, as a finger leaves them. */
static void draw(struct handwriting *handwriting, const int ends[6], int x, int y, int percent)
{
    enum { STEPS = 20 };
    for (int i = 0; i <= STEPS; i++) {
        struct handwriting_point point = {x + bend(ends[0], ends[2], ends[4], i, STEPS) * percent / 100,
                                          y + bend(ends[1], ends[3], ends[5], i, STEPS) * percent / 100};
        if (i == 0)
            assert_true(handwriting_begin(handwriting, NEAR, point));
        else
            handwriting_move(handwriting, point);
    }
    handwriting_end(handwriting);
}

static void write_character(struct handwriting *handwriting, const struct character *character, int x, int y,
                            int percent)
{
    handwriting_forget(handwriting);
    for (int i = 0; i < character->count; i++)
        draw(handwriting, character->strokes[i], x, y, percent);
    assert_int_equal(handwriting_stroke_count(handwriting), character->count);
}

/* The place among the candidates, from 1; 0 when it is not there. */
static size_t place_of(const struct handwriting *handwriting, const char *text)
{
    for (size_t i = 0; i < handwriting_candidate_count(handwriting); i++)
        if (strcmp(handwriting_candidate(handwriting, i), text) == 0)
            return i + 1;
    return 0;
}

static void assert_near_the_front(const struct handwriting *handwriting, const char *text)
{
    size_t place = place_of(handwriting, text);
    if (place == 0 || place > 3)
        print_message("%s is number %zu, first is %s\n", text, place, handwriting_candidate(handwriting, 0));
    assert_in_range(place, 1, 3);
}

static void test_handwriting__characters_are_among_the_first(void **state)
{
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++) {
        write_character(*state, &characters[i], 0, 0, 300);
        assert_near_the_front(*state, characters[i].text);
    }
}

static void test_handwriting__place_and_size_do_not_matter(void **state)
{
    static const int places[][3] = {{0, 0, 100}, {1100, 30, 240}, {-400, -90, 180}, {17, 160, 120}};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        write_character(*state, &characters[3], places[i][0], places[i][1], places[i][2]);
        assert_near_the_front(*state, "王");
    }
}

static void test_handwriting__an_undone_stroke_counts_no_more(void **state)
{
    struct handwriting *handwriting = *state;
    static const int wrong[6] = {80, 20, 55, 50, 30, 80};
    write_character(handwriting, &characters[2], 0, 0, 300);
    draw(handwriting, wrong, 0, 0, 300);
    assert_int_equal(handwriting_stroke_count(handwriting), 4);
    assert_true(handwriting_undo(handwriting));
    assert_near_the_front(handwriting, "工");
    for (int i = 0; i < 3; i++)
        assert_true(handwriting_undo(handwriting));
    assert_false(handwriting_undo(handwriting));
    assert_int_equal(handwriting_candidate_count(handwriting), 0);
}

static void test_handwriting__forget_leaves_nothing(void **state)
{
    struct handwriting *handwriting = *state;
    write_character(handwriting, &characters[2], 0, 0, 300);
    const struct handwriting_stroke *stroke = handwriting_stroke(handwriting, 0);
    assert_true(stroke->count > 1);
    const char *candidate = handwriting_candidate(handwriting, 0);
    handwriting_forget(handwriting);
    assert_int_equal(handwriting_stroke_count(handwriting), 0);
    assert_string_equal(handwriting_candidate(handwriting, 0), "");
    assert_string_equal(candidate, "");
    assert_int_equal(stroke->points[1].x, 0);
}

static void test_handwriting__a_full_pad_takes_no_more_strokes(void **state)
{
    struct handwriting *handwriting = *state;
    static const int dot[6] = {10, 10, 12, 15, 14, 20};
    for (int i = 0; i < HANDWRITING_STROKES_MAX; i++)
        draw(handwriting, dot, 9 * i, 7 * i, 100);
    assert_false(handwriting_begin(handwriting, NEAR, (struct handwriting_point){0, 0}));
    handwriting_move(handwriting, (struct handwriting_point){50, 50});
    handwriting_end(handwriting);
    assert_int_equal(handwriting_stroke_count(handwriting), HANDWRITING_STROKES_MAX);
    assert_true(handwriting_candidate_count(handwriting) <= HANDWRITING_CANDIDATES_MAX);
}

static void test_handwriting__a_stroke_without_end_keeps_its_last_point(void **state)
{
    struct handwriting *handwriting = *state;
    assert_true(handwriting_begin(handwriting, NEAR, (struct handwriting_point){0, 0}));
    for (int i = 1; i <= 1000; i++)
        handwriting_move(handwriting, (struct handwriting_point){4 * i, i % 90});
    handwriting_end(handwriting);
    const struct handwriting_stroke *stroke = handwriting_stroke(handwriting, 0);
    assert_int_equal(stroke->count, HANDWRITING_POINTS_MAX);
    assert_int_equal(stroke->points[stroke->count - 1].x, 4000);
}

static void test_handwriting__a_tap_is_a_dot_and_nothing_breaks(void **state)
{
    struct handwriting *handwriting = *state;
    assert_true(handwriting_begin(handwriting, NEAR, (struct handwriting_point){40, 40}));
    assert_true(
        handwriting_begin(handwriting, NEAR, (struct handwriting_point){70, 44})); /* the first one ends */
    handwriting_end(handwriting);
    handwriting_end(handwriting);
    assert_int_equal(handwriting_stroke_count(handwriting), 2);
    assert_int_equal(handwriting_stroke(handwriting, 0)->count, 1);
    assert_string_equal(handwriting_candidate(handwriting, 999), "");
}

static void test_handwriting__without_a_model_it_says_so(void **state)
{
    struct handwriting *handwriting = NULL;
    struct failure failure = {0};
    (void)state;
    assert_int_equal(handwriting_open("/nowhere/at/all", &handwriting, &failure), STATUS_NOT_FOUND);
    assert_non_null(strstr(failure.text, "/nowhere/at/all"));
    assert_int_equal(handwriting_open(TEST_SOURCE_DIR "/README.md", &handwriting, &failure),
                     STATUS_NOT_FOUND);
    assert_null(handwriting);
    handwriting_close(NULL);
}

int main(void)
{
#define WITH_MODEL(function) cmocka_unit_test_setup_teardown(function, open_model, close_model)
    const struct CMUnitTest tests[] = {
        WITH_MODEL(test_handwriting__characters_are_among_the_first),
        WITH_MODEL(test_handwriting__place_and_size_do_not_matter),
        WITH_MODEL(test_handwriting__an_undone_stroke_counts_no_more),
        WITH_MODEL(test_handwriting__forget_leaves_nothing),
        WITH_MODEL(test_handwriting__a_full_pad_takes_no_more_strokes),
        WITH_MODEL(test_handwriting__a_stroke_without_end_keeps_its_last_point),
        WITH_MODEL(test_handwriting__a_tap_is_a_dot_and_nothing_breaks),
        cmocka_unit_test(test_handwriting__without_a_model_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
