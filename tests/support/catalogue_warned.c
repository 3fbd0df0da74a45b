#include "tests/support/catalogue_warned.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "tests/support/catalogue_table.h"

static size_t place_of(const struct robot_order *order, const char *page)
{
    size_t i = 0;
    while (i < order->page_count && strcmp(order->pages[i], page) != 0)
        i++;
    return i;
}

/* Where each text has a box of its own, without which the page does not go on. */
static bool was_acknowledged(const struct robot_order *order, const char *text)
{
    for (size_t i = 0; i < order->operation->warning_count; i++)
        if (strstr(order->operation->warnings[i], text) != NULL)
            return robot_order_saw(order, text) && place_of(order, "heed") < place_of(order, "form");
    return false;
}

bool catalogue_warned(const struct robot_order *order, const char *feature)
{
    size_t count = 0;
    bool was = false;
    const struct catalogue_warning *warnings = catalogue_table_warnings(&count);
    for (size_t i = 0; i < count; i++) {
        if (!catalogue_table_warns(&warnings[i], order->product, order->operation))
            continue;
        if (!was_acknowledged(order, warnings[i].text))
            (void)fprintf(stderr, "not read in time: %s\n", warnings[i].text);
        check(was_acknowledged(order, warnings[i].text));
        was = was || strcmp(warnings[i].feature, feature) == 0;
    }
    return was;
}

bool catalogue_warned_leaves_key(const struct robot_order *order)
{
    const struct product_operation *operation = order->operation;
    bool on_another =
        order_steps_has(&operation->steps, ORDER_STEP_ISSUE) && !order_steps_is_on_own_key(&operation->steps);
    bool brings_it = on_another && strcmp(operation->id, "recover") == 0;
    bool withdraws = false;
    for (size_t i = 0; i < operation->deed_count; i++)
        withdraws = withdraws || operation->deed[i] == PRODUCT_DEED_WITHDRAW;
    return order->product->encryption && strcmp(operation->id, "new") != 0 && !brings_it &&
           (on_another || withdraws);
}
