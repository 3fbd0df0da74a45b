/* Device: the drawing of one device of the machine, close up, for pages about its trouble.
 *
 * Where a device is on the machine is drawn by widget_machine.h. Nothing to press, and it knows no device:
 * the screen says which. Pitfall: the drawing never says alone what to do; a line of words stands beside it.
 */
#ifndef KIOSK_UI_WIDGET_DEVICE_H
#define KIOSK_UI_WIDGET_DEVICE_H

#include "kiosk/ui/widget.h"

enum widget_device {
    WIDGET_DEVICE_PRINTER,
    WIDGET_DEVICE_SCANNER,
    WIDGET_DEVICE_KEY,
    WIDGET_DEVICE_NETWORK,
    WIDGET_DEVICE_SERVER
};

/* The drawing fills the rectangle's middle; amber marks the place, red a fault. */
struct widget *widget_device(struct ui *ui, struct rect rect, enum widget_device device, bool fault,
                             const char *label);

/* Painter of the kind. */
void widget_device_paint(struct widget_paint *paint, const struct widget *widget);

#endif
