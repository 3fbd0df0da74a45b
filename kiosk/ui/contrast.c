#include "kiosk/ui/contrast.h"

#include <math.h>

static double linear(uint32_t channel)
{
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t color)
{
    return 0.2126 * linear(color >> 16 & 0xff) + 0.7152 * linear(color >> 8 & 0xff) +
           0.0722 * linear(color & 0xff);
}

int contrast_ratio(uint32_t a, uint32_t b)
{
    double la = luminance(a);
    double lb = luminance(b);
    double ratio = la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
    return (int)lround(ratio * 100);
}
