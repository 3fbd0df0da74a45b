/* A worker's patch that was overtaken by a newer one of the same order changes nothing of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "kiosk/services/service_patch.h"
#include "kiosk/services/service_state.h"

static struct services *services;

static int setup(void **state)
{
    (void)state;
    services = calloc(1, sizeof(*services));
    if (services == NULL)
        return 1;
    services->visit.has_order = true;
    services->visit.order = (struct order){.id = "one", .state = ORDER_STATE_COLLECTING, .version = 7};
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    free(services);
    return 0;
}

/* What a worker loaded at this version. */
static void apply(int64_t version, enum order_state state, size_t pages)
{
    struct service_patch *patch = calloc(1, sizeof(*patch));
    assert_non_null(patch);
    patch->changes = PATCH_ORDER | PATCH_TICKET;
    patch->visit.order = (struct order){.id = "one", .state = state, .version = version};
    patch->visit.page_count = pages;
    (void)memcpy(patch->visit.ticket, "t", 2);
    service_patch_apply(services, patch);
    service_patch_free(patch);
}

static void test_service_patch__an_overtaken_order_stays_as_it_is(void **state)
{
    (void)state;
    apply(6, ORDER_STATE_PIN, 3);
    assert_int_equal(ORDER_STATE_COLLECTING, services->visit.order.state);
    assert_int_equal(7, services->visit.order.version);
    assert_int_equal(0, services->visit.page_count);
    assert_string_equal("t", services->visit.ticket); /* what is not of the order counts */
}

static void test_service_patch__the_same_version_and_a_newer_one_replace_it(void **state)
{
    (void)state;
    apply(7, ORDER_STATE_COLLECTING, 3);
    assert_int_equal(3, services->visit.page_count);
    apply(8, ORDER_STATE_DONE, 4);
    assert_int_equal(ORDER_STATE_DONE, services->visit.order.state);
    assert_int_equal(4, services->visit.page_count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_service_patch__an_overtaken_order_stays_as_it_is, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_service_patch__the_same_version_and_a_newer_one_replace_it,
                                        setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
