#include "kiosk/catalogue/product_old_lock.h"

#include <string.h>

#include "kiosk/catalogue/product.h"

bool product_operation_takes_old_lock(const struct product_operation *operation)
{
    return operation->old_lock.issuer_count > 0;
}

bool product_operation_knows_issuer(const struct product_operation *operation, const char *issuer)
{
    for (size_t i = 0; i < operation->old_lock.issuer_count; i++)
        if (strcmp(operation->old_lock.issuers[i], issuer) == 0)
            return true;
    return false;
}
