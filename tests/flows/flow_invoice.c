/* Invoices: owed by what is paid, asked for where the product says so, corrected before and issued once by
 * the desk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/text.h"
#include "kiosk/store/store_invoice.h"
#include "kiosk/store/store_order.h"
#include "tests/support/feature.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot.h"

#define ASSETS TEST_BUILD_DIR "/assets"
#define DOCUMENT "25502000000123456789"

static struct robot robot; /* large, and one at a time */

static struct product *product_of(struct hall *hall)
{
    return (struct product *)(uintptr_t)catalogue_find(hall->catalogue, "ezca-cqzfcg");
}

static int setup(void **state)
{
    int result = hall_scene_setup(state, TEST_SOURCE_DIR);
    struct hall_scene *scene = *state;
    hall_add_clerk(&scene->hall, "lin");
    product_of(&scene->hall)->invoice_days = 5;
    return result;
}

static void pay(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_PAYING, &scene->order);
    hall_visit_pay(&scene->terminal, "key-1");
}

static enum status load(struct hall_scene *scene, struct store_invoice *invoice,
                        struct store_invoice_title *title)
{
    struct store *store = hall_store(&scene->hall, "reader");
    enum status status = store_invoice_load(store, scene->order.id, invoice, NULL);
    if (status == STATUS_OK && title != NULL)
        status = store_invoice_load_title(store, scene->order.id, title, NULL);
    store_close(store);
    return status;
}

static void test_invoice__what_is_paid_owes_one_with_its_title_and_day(void **state)
{
    struct hall_scene *scene = *state;
    struct store_invoice invoice;
    struct store_invoice_title title;
    pay(scene);
    assert_int_equal(STATUS_OK, load(scene, &invoice, &title));
    assert_int_equal(STORE_INVOICE_REQUESTED, invoice.state);
    assert_int_equal(48000, invoice.amount_fen);
    FEATURE("F156");
    assert_int_equal(calendar_due(scene->hall.catalogue->calendar, hall_now_utc_s(&scene->hall), 5),
                     invoice.due_utc_s);
    FEATURE("F154");
    assert_string_equal(HALL_CREDIT_CODE, title.tax_number);
    assert_string_equal(form_values_get(services_values(scene->terminal.services), "company"), title.title);
    FEATURE("F154");
    FEATURE("F156");
    assert_true(services_visit(scene->terminal.services)->invoice.exists);
}

static void test_invoice__a_product_that_gives_none_owes_none(void **state)
{
    struct hall_scene *scene = *state;
    struct store_invoice invoice;
    product_of(&scene->hall)->invoice = PRODUCT_INVOICE_NONE;
    pay(scene);
    assert_int_equal(STATUS_NOT_FOUND, load(scene, &invoice, NULL));
}

static void test_invoice__money_that_went_back_owes_none(void **state)
{
    struct hall_scene *scene = *state;
    struct store_invoice invoice;
    pay(scene);
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, hall_desk_give_up(&scene->desk, scene->order.id, "broken", "lin"));
    hall_until_state(&scene->terminal, ORDER_STATE_REFUNDED);
    assert_int_equal(STATUS_OK, load(scene, &invoice, NULL));
    assert_int_equal(STORE_INVOICE_VOID, invoice.state);
}

/* --- the desk ------------------------------------------------------------------------------------------ */

static const struct service_invoice_line *line_of(struct hall_scene *scene, enum service_invoice_state state)
{
    hall_done(&scene->desk, service_desk_invoices(scene->desk.services, state));
    const struct service_desk *desk = services_desk(scene->desk.services);
    return desk->invoice_count == 1 ? &desk->invoices[0] : NULL;
}

static void test_invoice__corrected_then_issued_once(void **state)
{
    struct hall_scene *scene = *state;
    struct services *desk = scene->desk.services;
    struct store_invoice_title title;
    struct store_invoice invoice;
    pay(scene);
    hall_desk_sign_in(&scene->desk, "chen");
    const struct service_invoice_line *line = line_of(scene, SERVICE_INVOICE_REQUESTED);
    assert_non_null(line);
    struct service_invoice_title corrected = line->invoice.title;
    int64_t version = line->invoice.version;
    (void)text_copy(corrected.title, sizeof(corrected.title), "更正后的示例公司");
    hall_done(&scene->desk, service_desk_invoice_correct(desk, scene->order.id, version, &corrected));
    hall_refused(&scene->desk, service_desk_invoice_issue(desk, scene->order.id, version, DOCUMENT),
                 SERVICE_REASON_CHANGED);
    hall_refused(&scene->desk, service_desk_invoice_issue(desk, scene->order.id, version + 1, "12"),
                 SERVICE_REASON_REFERENCE);
    hall_done(&scene->desk, service_desk_invoice_issue(desk, scene->order.id, version + 1, DOCUMENT));
    hall_refused(&scene->desk, service_desk_invoice_correct(desk, scene->order.id, version + 2, &corrected),
                 SERVICE_REASON_CHANGED);
    assert_int_equal(STATUS_OK, load(scene, &invoice, &title));
    assert_int_equal(STORE_INVOICE_ISSUED, invoice.state);
    FEATURE("F155");
    assert_string_equal(DOCUMENT, invoice.document);
    assert_string_equal("更正后的示例公司", title.title);
    assert_null(line_of(scene, SERVICE_INVOICE_REQUESTED));
    assert_non_null(line_of(scene, SERVICE_INVOICE_ISSUED));
}

static void test_invoice__nobody_sees_titles_without_signing_in(void **state)
{
    struct hall_scene *scene = *state;
    pay(scene);
    struct service_reply reply =
        hall_wait(&scene->desk, service_desk_invoices(scene->desk.services, SERVICE_INVOICE_COUNT_));
    assert_int_equal(STATUS_BAD_STATE, reply.status);
    assert_int_equal(0, services_desk(scene->desk.services)->invoice_count);
}

static void test_invoice__the_clerks_page_corrects_and_issues(void **state)
{
    struct hall_scene *scene = *state;
    struct store_invoice invoice;
    pay(scene);
    hall_desk_sign_in(&scene->desk, "chen");
    robot_open_wide(&robot, &scene->desk);
    ui_reset(robot.ui, DESK_INVOICES, NULL);
    robot_tap(&robot, "invoices.row.0");
    robot_tap(&robot, "invoice.correct");
    robot_fill(&robot, "invoice.email", "caiwu@example.cn");
    robot_tap(&robot, "invoice.save");
    robot_until_text(&robot, "抬头已更正");
    robot_until_text(&robot, "caiwu@example.cn");
    robot_fill(&robot, "invoice.document", DOCUMENT);
    robot_tap(&robot, "invoice.issue");
    robot_until_text(&robot, "已登记开具");
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
    assert_int_equal(STATUS_OK, load(scene, &invoice, NULL));
    assert_int_equal(STORE_INVOICE_ISSUED, invoice.state);
}

/* --- the applicant ------------------------------------------------------------------------------------- */

static void test_invoice__asked_for_by_the_applicant_on_the_orders_page(void **state)
{
    struct hall_scene *scene = *state;
    struct store_invoice invoice;
    product_of(&scene->hall)->invoice = PRODUCT_INVOICE_REQUEST;
    pay(scene);
    assert_int_equal(STATUS_OK, load(scene, &invoice, NULL));
    assert_int_equal(STORE_INVOICE_OPEN, invoice.state);
    hall_leave(&scene->terminal);
    hall_visit_login(&scene->terminal);
    robot_open(&robot, &scene->terminal,
               &(struct robot_settings){.assets = ASSETS, .width = 1920, .height = 1080, .seed = 7});
    ui_reset(robot.ui, SCREEN_ORDERS, NULL);
    robot_tap(&robot, "order.0");
    robot_tap(&robot, "order.invoice");
    robot_until_gone(&robot, "申请发票");
    assert_int_equal(0, robot_faults(&robot));
    robot_close(&robot);
    assert_int_equal(STATUS_OK, load(scene, &invoice, NULL));
    FEATURE("F155");
    assert_int_equal(STORE_INVOICE_REQUESTED, invoice.state);
    FEATURE("F155");
    assert_true(invoice.due_utc_s > hall_now_utc_s(&scene->hall));
    hall_refused(&scene->terminal, service_invoice_request(scene->terminal.services, scene->order.id),
                 SERVICE_REASON_CHANGED);
}

#define FLOW(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FLOW(test_invoice__what_is_paid_owes_one_with_its_title_and_day),
        FLOW(test_invoice__a_product_that_gives_none_owes_none),
        FLOW(test_invoice__money_that_went_back_owes_none),
        FLOW(test_invoice__corrected_then_issued_once),
        FLOW(test_invoice__nobody_sees_titles_without_signing_in),
        FLOW(test_invoice__the_clerks_page_corrects_and_issues),
        FLOW(test_invoice__asked_for_by_the_applicant_on_the_orders_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
