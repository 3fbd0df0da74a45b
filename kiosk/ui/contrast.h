/* Contrast: how well a colour can be read on another.
 *
 * Follows WCAG 2.1, relative luminance and contrast ratio. It judges colours, not widths of strokes.
 */
#ifndef KIOSK_UI_CONTRAST_H
#define KIOSK_UI_CONTRAST_H

#include <stdint.h>

/* The contrast ratio of two colours, whichever is the lighter one. Units: hundredths, 100 to 2100; colours
 * are 0xRRGGBB. Thread: any. */
int contrast_ratio(uint32_t a, uint32_t b);

#endif
