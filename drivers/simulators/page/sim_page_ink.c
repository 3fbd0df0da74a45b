#include "drivers/simulators/page/sim_page_ink.h"

#include <math.h>
#include <stdint.h>

#include "kiosk/base/text.h"

static const double ring_mm = 1.2, star_share = 0.22, arc_letters_share = 0.145, arc_from_degrees = 205,
                    arc_to_degrees = -25;

static void use_face(cairo_t *cairo, const char *face, double size_mm, bool is_bold)
{
    cairo_select_font_face(cairo, face, CAIRO_FONT_SLANT_NORMAL,
                           is_bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cairo, size_mm);
}

double sim_page_ink_print(cairo_t *cairo, const char *words, double x_mm, double y_mm, double size_mm,
                          bool is_bold)
{
    cairo_text_extents_t extents;
    use_face(cairo, "Noto Sans CJK SC", size_mm, is_bold);
    cairo_text_extents(cairo, words, &extents);
    cairo_set_source_rgb(cairo, 0.1, 0.1, 0.1);
    cairo_move_to(cairo, x_mm, y_mm);
    cairo_show_text(cairo, words);
    return extents.x_advance;
}

/* A hand is never straight: a slow wave, different along every stroke, moves each point. */
static void wobble(double *x_mm, double *y_mm, double amount_mm)
{
    double x = *x_mm, y = *y_mm;
    *x_mm = x + amount_mm * (sin(1.9 * y + 0.7 * x) + 0.5 * sin(4.3 * y));
    *y_mm = y + amount_mm * (sin(1.5 * x - 0.6 * y) + 0.5 * cos(3.7 * x));
}

/* The outline of one letter is bent and filled. The path is turned back into the context's own units by
 * cairo. */
static void write_letter(cairo_t *cairo, const char *letter, double x_mm, double y_mm, double size_mm)
{
    cairo_new_path(cairo);
    cairo_move_to(cairo, x_mm, y_mm);
    cairo_text_path(cairo, letter);
    cairo_path_t *path = cairo_copy_path_flat(cairo);
    cairo_new_path(cairo);
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        cairo_path_data_t *data = &path->data[i];
        if (data->header.type == CAIRO_PATH_CLOSE_PATH) {
            cairo_close_path(cairo);
            continue;
        }
        double x = data[1].point.x + 0.18 * (y_mm - data[1].point.y), y = data[1].point.y;
        wobble(&x, &y, size_mm / 30);
        if (data->header.type == CAIRO_PATH_MOVE_TO)
            cairo_move_to(cairo, x, y);
        else
            cairo_line_to(cairo, x, y);
    }
    cairo_path_destroy(path);
    cairo_fill_preserve(cairo);
    cairo_set_line_width(cairo, size_mm / 25);
    cairo_stroke(cairo);
}

void sim_page_ink_write(cairo_t *cairo, const char *words, double x_mm, double y_mm, double size_mm)
{
    use_face(cairo, "Noto Serif CJK SC", size_mm, false);
    cairo_set_source_rgb(cairo, 0.08, 0.08, 0.14);
    cairo_set_tolerance(cairo, 0.02);
    for (int i = 0; *words; i++) {
        char letter[5];
        cairo_text_extents_t extents;
        text_encode(text_next(&words), letter);
        cairo_text_extents(cairo, letter, &extents);
        write_letter(cairo, letter, x_mm, y_mm + size_mm * 0.06 * sin(2.4 * i), size_mm);
        x_mm += extents.x_advance * 0.94;
    }
}

static void draw_star(cairo_t *cairo, double radius_mm)
{
    cairo_new_path(cairo);
    for (int i = 0; i < 5; i++) {
        double angle = -M_PI / 2 + i * 4 * M_PI / 5; /* every second corner of a pentagon */
        cairo_line_to(cairo, radius_mm * cos(angle), radius_mm * sin(angle));
    }
    cairo_close_path(cairo);
    cairo_fill(cairo);
}

/* The name runs clockwise along the upper arc, letters upright to the centre. */
static void draw_arc_words(cairo_t *cairo, const char *words, double diameter_mm)
{
    size_t count = text_length(words);
    double size_mm = diameter_mm * arc_letters_share, radius_mm = diameter_mm / 2 - ring_mm - size_mm * 1.05;
    double span = arc_from_degrees - arc_to_degrees;
    double step_mm = count > 1 ? radius_mm * span * M_PI / 180 / (double)(count - 1) : size_mm;
    double narrow = fmin(1, 0.93 * step_mm / size_mm); /* long names are set in narrow letters */
    use_face(cairo, "Noto Serif CJK SC", size_mm, true);
    for (size_t i = 0; *words; i++) {
        char letter[5];
        cairo_text_extents_t extents;
        double place = count > 1 ? (double)i / (double)(count - 1) : 0.5;
        text_encode(text_next(&words), letter);
        cairo_text_extents(cairo, letter, &extents);
        cairo_save(cairo);
        cairo_rotate(cairo, M_PI / 2 - (arc_from_degrees - span * place) * M_PI / 180);
        cairo_translate(cairo, 0, -radius_mm);
        cairo_scale(cairo, narrow, 1);
        cairo_move_to(cairo, -extents.x_advance / 2, 0);
        cairo_show_text(cairo, letter);
        cairo_restore(cairo);
    }
}

/* Where only a part of the stamp met the paper, a straight edge cuts it. */
static void cut(cairo_t *cairo, const struct sim_page_seal *seal)
{
    double side = seal->diameter_mm + 2;
    cairo_rectangle(cairo, -side / 2, -side / 2, side * fmin(1, seal->share), side);
    cairo_clip(cairo);
}

void sim_page_ink_stamp(cairo_t *cairo, const struct sim_page_seal *seal)
{
    cairo_save(cairo);
    cairo_translate(cairo, seal->x_mm, seal->y_mm);
    cairo_rotate(cairo, 0.06);
    cut(cairo, seal);
    cairo_push_group(cairo);
    cairo_set_source_rgb(cairo, 0.86, 0.10, 0.13);
    cairo_set_line_width(cairo, ring_mm);
    cairo_arc(cairo, 0, 0, seal->diameter_mm / 2 - ring_mm / 2, 0, 2 * M_PI);
    cairo_stroke(cairo);
    draw_star(cairo, seal->diameter_mm * star_share / 1.5);
    draw_arc_words(cairo, seal->unit, seal->diameter_mm);
    cairo_pop_group_to_source(cairo);
    cairo_set_operator(cairo, CAIRO_OPERATOR_MULTIPLY);
    cairo_paint_with_alpha(cairo, seal->strength);
    cairo_restore(cairo);
}
