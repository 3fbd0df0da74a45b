/* Machine: the whole machine from the front, the slot in use lit in amber, paper or Key drawn at it (design
 * 1.6 and 4, Device position picture).
 *
 * Nothing to press. Pitfall: the drawing never says alone what to do; words stand below it.
 */
#ifndef KIOSK_UI_WIDGET_MACHINE_H
#define KIOSK_UI_WIDGET_MACHINE_H

#include "kiosk/ui/widget_device.h"

/* The drawing fills the rectangle's middle; PRINTER, SCANNER and KEY have a slot, others light none. */
struct widget *widget_machine(struct ui *ui, struct rect rect, enum widget_device device, const char *label);

/* Painter of the kind. */
void widget_machine_paint(struct widget_paint *paint, const struct widget *widget);

#endif
