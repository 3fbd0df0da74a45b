#include "kiosk/catalogue/product_side.h"

#include <stdio.h>
#include <string.h>

#define BACK ".back"

void product_side_back_id(const char *paper_id, char out[ORDER_NAME_BYTES])
{
    (void)snprintf(out, ORDER_NAME_BYTES, "%s" BACK, paper_id);
}

bool product_side_is_back(const char *id)
{
    const size_t length = strlen(id), tail = strlen(BACK);
    return length > tail && strcmp(id + length - tail, BACK) == 0;
}
