/* Parcel: a key that is sent instead of made here: the offer, the question with the address, and the page of
 * an order whose key the desk makes.
 *
 * Shared by the screens of paying and making. Pitfall: the address is the form's; where it is not filled in
 * nothing is offered.
 */
#ifndef KIOSK_SCREENS_PARCEL_H
#define KIOSK_SCREENS_PARCEL_H

#include "kiosk/screens/screen.h"

/* Whether the applicant may have the key sent: product, address, no wish yet. */
bool parcel_is_offered(const struct ui *ui);
/* Whether it is to be sent, or was. */
bool parcel_is_wished(const struct ui *ui);
/* Receiver and address as they stand in the form. Units: size bytes. */
void parcel_write_address(const struct ui *ui, char *out, size_t size);
/* The dialog that asks, built last; its buttons are parcel.yes and parcel.no. */
void parcel_dialog(struct ui *ui, bool busy);
/* The whole page of an order whose key is made at the desk; its way out is bar.next. */
void parcel_page(struct ui *ui, enum screen_id here, const char *message);

#endif
