/* Offers: what can be done now about a certificate, by how it stands: the operations of its product as cards
 * with price, papers and time.
 *
 * Shared by the page of a key and the page of somebody's certificates. Pitfall: what is closed or too early
 * is on the list, too, behind what can be had, so that its card says why.
 */
#ifndef KIOSK_SCREENS_OFFERS_H
#define KIOSK_SCREENS_OFFERS_H

#include "kiosk/screens/screen.h"

enum { OFFERS_MAX = 24 };

/* The certificate they are about. One that was not made here has no product: what takes the lock of its
 * issuer in is offered, of any product. */
struct offers {
    const struct product *product;
    const char *issuer; /* as the certificate names it; NULL or "" for not known */
    const char *class_id;
    enum service_holder_state state;
    int64_t not_after_utc_s;
    bool has_seal; /* its key carries one, which may add a fee */
};

/* Those that make sense for it, what can be had first. Returns: how many. */
size_t offers_list(const struct ui *ui, const struct offers *offers,
                   const struct product_operation *out[OFFERS_MAX]);
/* Whether it can be had now: offered, and not too early for this certificate. */
bool offers_is_open(const struct ui *ui, const struct offers *offers,
                    const struct product_operation *operation);
/* Whose operation an offer is. Returns: NULL for an operation of no product. */
const struct product *offers_product(const struct ui *ui, const struct offers *offers,
                                     const struct product_operation *operation);
/* How many cards have room in an area of this height. Units: base px. */
size_t offers_per_page(const struct ui *ui, const struct offers *offers, int height);
/* A page of cards, "operation.<id>" with the index as tag; the page number may run on past the last one. */
void offers_draw(struct ui *ui, struct rect area, const struct offers *offers, size_t chosen, size_t page);

#endif
