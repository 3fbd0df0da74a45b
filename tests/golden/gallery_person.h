/* Person: the visit every case of the gallery begins with: product, applicant, order, papers.
 *
 * Pitfall: the shortest and longest values pass the form's rules, too; a text no applicant can type proves
 * nothing about a page.
 */
#ifndef TESTS_GOLDEN_GALLERY_PERSON_H
#define TESTS_GOLDEN_GALLERY_PERSON_H

#include "tests/golden/gallery.h"

/* How far the scanned form of the fixtures is turned to lie straight. Units: tenths of a degree clockwise. */
enum { GALLERY_FORM_TURN_TENTHS = -30 };

/* The first product, its new issue and its first class are chosen. */
void gallery_choose(struct gallery *gallery);
/* The same with a phone that has logged in. */
void gallery_login(struct gallery *gallery);
/* The same with every field of the form and an order in this state; papers as in the product, none scanned.
 */
void gallery_order(struct gallery *gallery, enum order_state state);
/* The first `count` papers are scanned and good. */
void gallery_scanned(struct gallery *gallery, size_t count);
/* This tab of the desk's review is among those shown, and pressed. */
void gallery_tap_tab(struct gallery *gallery, const char *id);
/* A page of the test fixtures as pixels. Units: width in pixels. Owns: the caller's, or handed to
 * gallery_answer. */
struct service_image *gallery_page(const char *name, int width_px);

#endif
