/* A form beside what is known elsewhere: registers, values of other orders, lists, the holder's last form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/file.h"
#include "kiosk/services/service_register.h"
#include "tests/support/feature.h"
#include "tests/support/form_sample.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

#define SOCIAL                                                                                               \
    "社保号,单位名称,参保区域,项目名称\n"                                                     \
    "12345678,重庆（示例）科技有限公司,渝北区,重庆市社会保险网上经办平台\n"
#define UNITS "统一社会信用代码,单位名称,法人姓名\n" HALL_CREDIT_CODE ",重庆示例科技有限公司,李小有\n"

static struct robot robot;

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

static void import(struct hall_scene *scene, const char *kind, const char *text)
{
    struct register_shape shape;
    struct register_file *file = NULL;
    struct yaml_errors errors;
    struct store *store = hall_store(&scene->hall, "certctl");
    yaml_errors_init(&errors);
    assert_int_equal(STATUS_OK, register_shape_make(scene->hall.catalogue, kind, &shape));
    assert_int_equal(STATUS_OK, register_file_parse("file.csv", text, strlen(text), &shape,
                                                    hall_now_utc_s(&scene->hall), &errors, &file));
    assert_int_equal(STATUS_OK, service_register_put(store, &shape, file, "00", "uid:0", NULL));
    register_file_free(file);
    yaml_errors_release(&errors);
    store_close(store);
}

static const struct service_visit *visit(struct hall_scene *scene)
{
    return services_visit(scene->terminal.services);
}

/* An order of a product is open; nobody needs to be logged in. */
static void begin(struct hall_scene *scene, struct hall_program *terminal, const char *product_id)
{
    const struct product *product = catalogue_find(scene->hall.catalogue, product_id);
    services_choose(terminal->services, product, product_find_operation(product, "new"),
                    product->classes[0].id);
    hall_done(terminal, service_order_create(terminal->services));
}

static void fill(const char *field, const char *text)
{
    robot_fill(&robot, field, text);
    robot_key(&robot, INPUT_KEY_ESCAPE, 0, 0);
    ui_focus(robot.ui, NULL);
    robot_turn(&robot);
}

static enum service_finding_verdict verdict(struct hall_scene *scene, const char *field)
{
    return service_finding_of(visit(scene)->findings, visit(scene)->finding_count, field);
}

/* --- at the applicant's screen ----------------------------------------------------------------------- */

static void open_form(struct hall_scene *scene)
{
    begin(scene, &scene->terminal, "ezca-cqsb");
    robot_open_wide(&robot, &scene->terminal);
    robot_until_screen(&robot, "form");
}

static void fill_first_page(const char *company, const char *number)
{
    fill("form.social_project", "重庆市社会保险网上经办平台");
    fill("form.social_district", "渝北区");
    fill("form.company", company);
    fill("form.social_number", number);
}

static void end(void)
{
    robot_close(&robot);
    assert_int_equal(0, robot_faults(&robot));
}

static void test_register__the_first_page_is_compared_and_says_so(void **state)
{
    struct hall_scene *scene = *state;
    import(scene, "social-security", SOCIAL);
    open_form(scene);
    fill_first_page("重庆(示例)科技有限公司", "12345678"); /* brackets of another width are the same */
    robot_until_text(&robot, "已和参保登记核对，一致");
    FEATURE("F066");
    assert_int_equal(SERVICE_FINDING_AGREES, verdict(scene, "company"));
    assert_int_equal(SERVICE_FINDING_AGREES, verdict(scene, "social_district"));
    assert_int_equal(SERVICE_FINDING_AGREES, verdict(scene, "social_project"));
    robot_look(&robot, "register-agrees");
    end();
}

static void test_register__what_differs_or_is_not_there_is_said_and_holds_nobody_up(void **state)
{
    struct hall_scene *scene = *state;
    import(scene, "social-security", SOCIAL);
    open_form(scene);
    fill_first_page("重庆示例商贸有限公司", "12345678");
    robot_until_text(&robot, "和参保登记不一致");
    assert_int_equal(SERVICE_FINDING_DIFFERS, verdict(scene, "company"));
    assert_int_equal(SERVICE_FINDING_AGREES, verdict(scene, "social_number"));
    robot_look(&robot, "register-differs");
    fill("form.social_number", "87654321");
    robot_until_text(&robot, "参保登记里查不到");
    FEATURE("F066");
    assert_int_equal(SERVICE_FINDING_UNKNOWN, verdict(scene, "company"));
    robot_tap(&robot, "bar.next");
    robot_until_gone(&robot, "参保登记里查不到");
    end();
}

static void test_register__without_one_nothing_is_said(void **state)
{
    struct hall_scene *scene = *state;
    open_form(scene);
    fill_first_page("重庆示例科技有限公司", "12345678");
    robot_run(&robot, 300);
    assert_int_equal(0, visit(scene)->finding_count);
    assert_false(robot_shows(&robot, "和参保登记") || robot_shows(&robot, "参保登记里"));
    end();
}

/* --- at the desk --------------------------------------------------------------------------------------- */

static enum service_finding_verdict at_desk(struct hall_scene *scene, const char *field)
{
    const struct service_case *opened = &services_desk(scene->desk.services)->opened;
    return service_finding_of(opened->findings, opened->finding_count, field);
}

static void test_register__the_clerk_has_what_was_found_beside_the_fields(void **state)
{
    struct hall_scene *scene = *state;
    import(scene, "units", UNITS);
    hall_visit_login(&scene->terminal);
    hall_visit_open(&scene->terminal);
    hall_visit_form(&scene->terminal);
    assert_int_equal(SERVICE_FINDING_DIFFERS, verdict(scene, "legal_name"));
    import(scene, "units",
           UNITS "91500000MA6000024U,重庆示例商贸有限公司,\n"); /* later ones change nothing */
    hall_visit_print(&scene->terminal);
    hall_visit_papers(&scene->terminal);
    scene->order = visit(scene)->order;
    hall_desk_identify(&scene->desk, "chen", scene->order.id);
    hall_desk_open(&scene->desk, "chen", scene->order.id);
    FEATURE("F067");
    assert_int_equal(SERVICE_FINDING_AGREES, at_desk(scene, "company"));
    assert_int_equal(SERVICE_FINDING_AGREES, at_desk(scene, "credit_code"));
    assert_int_equal(SERVICE_FINDING_DIFFERS, at_desk(scene, "legal_name"));
    assert_int_equal(SERVICE_FINDING_NONE, at_desk(scene, "agent_name"));
    hall_desk_approve(&scene->desk);
}

/* --- a value of one order alone ------------------------------------------------------------------------ */

static void fill_sample(struct hall_program *terminal)
{
    struct form_values sample;
    const struct service_visit *seen = services_visit(terminal->services);
    form_sample_make(product_operation_form(seen->product, seen->operation), &sample);
    form_values_wipe(services_values(terminal->services));
    assert_int_equal(STATUS_OK, form_values_copy(services_values(terminal->services), &sample));
    form_values_wipe(&sample);
    hall_done(terminal, service_order_save(terminal->services));
}

/* Whether the field is wrong once the services have answered. */
static void expect_name(bool is_wrong)
{
    robot_run(&robot, 200);
    const struct widget *field = robot_until(&robot, "form.user_name");
    assert_int_equal(is_wrong, (field->state & WIDGET_ERROR) != 0);
}

static bool is_at_the_end(void)
{
    return robot_can_tap(&robot, "errors.mend") || strcmp(ui_screen_name(robot.ui), "form") != 0;
}

static void go_to_the_end(void)
{
    for (int i = 0; i < 40 && !is_at_the_end(); i++) {
        robot_tap(&robot, "bar.next");
        robot_run(&robot, 100);
    }
    assert_true(is_at_the_end());
}

static void test_unique__a_user_name_that_another_order_has_is_told_at_the_field(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene, &scene->terminal, "dfca-hnzj-unit");
    fill_sample(&scene->terminal);
    hall_done(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_FORM_COMPLETED));
    hall_leave(&scene->terminal);
    begin(scene, &scene->terminal, "dfca-hnzj-unit");
    fill_sample(&scene->terminal);
    hall_refused(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_FORM_COMPLETED),
                 SERVICE_REASON_VALUE_TAKEN);
    robot_open_wide(&robot, &scene->terminal);
    robot_until_screen(&robot, "form");
    expect_name(true);
    robot_look(&robot, "unique-taken");
    go_to_the_end();
    assert_true(robot_shows(&robot, "这个用户名已有人用"));
    robot_tap(&robot, "errors.mend");
    fill("form.user_name", "Example2026"); /* capital or small */
    expect_name(true);
    fill("form.user_name", "example2027");
    expect_name(false);
    FEATURE("F072");
    assert_int_equal(SERVICE_FINDING_NONE, verdict(scene, "user_name"));
    go_to_the_end();
    robot_until_screen(&robot, "print");
    end();
}

/* --- an address from two lists ------------------------------------------------------------------------- */

static void test_region__an_address_is_chosen_from_two_lists_and_stored(void **state)
{
    struct hall_scene *scene = *state;
    struct form_values *values;
    hall_visit_login(&scene->terminal);
    hall_visit_open(&scene->terminal);
    hall_visit_fill(&scene->terminal);
    values = services_values(scene->terminal.services);
    assert_int_equal(STATUS_OK, form_values_set(values, "mailing_region", "火星 奥林匹斯"));
    hall_done(&scene->terminal, service_order_save(scene->terminal.services));
    hall_refused(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_FORM_COMPLETED),
                 SERVICE_REASON_FORM_FAULTY);
    robot_open_wide(&robot, &scene->terminal);
    robot_until_screen(&robot, "form");
    robot_tap(&robot, "form.tab.agent");
    while (!robot_can_tap(&robot, "form.mailing_region"))
        robot_tap(&robot, "bar.next");
    robot_fill(&robot, "form.mailing_region", "新疆维吾尔自治区 石河子市");
    robot_run(&robot, 200);
    end();
    hall_leave(&scene->terminal);
    hall_pass(&scene->hall, 61); /* until another code may be asked for */
    hall_visit_login(&scene->terminal);
    hall_done(&scene->terminal, service_order_list(scene->terminal.services));
    hall_done(&scene->terminal,
              service_order_open(scene->terminal.services, visit(scene)->orders[0].order.id));
    FEATURE("F075");
    assert_string_equal("新疆维吾尔自治区 石河子市", form_values_get(values, "mailing_region"));
    hall_done(&scene->terminal, service_order_event(scene->terminal.services, ORDER_EVENT_FORM_COMPLETED));
}

/* 与申请人相同: the applicant's values become the agent's, whom one may mend afterwards. */
static void test_form__the_agents_fields_take_over_the_applicants_at_a_touch(void **state)
{
    struct hall_scene *scene = *state;
    struct form_values *values = services_values(scene->terminal.services);
    begin(scene, &scene->terminal, "dfca-hnzj-person");
    form_values_wipe(values);
    form_sample_make(product_find_form(visit(scene)->product, "application"), values);
    assert_string_not_equal(form_values_get(values, "applicant_name"), form_values_get(values, "agent_name"));
    robot_open_wide(&robot, &scene->terminal);
    robot_until_screen(&robot, "form");
    assert_false(robot_can_tap(&robot, "form.same")); /* not beside the applicant's own fields */
    robot_tap(&robot, "form.tab.agent");
    robot_tap(&robot, "form.same");
    robot_until_gone(&robot, "与申请人相同"); /* there is nothing more to take over */
    FEATURE("F073");
    static const char *const pairs[][2] = {{"agent_name", "applicant_name"},
                                           {"agent_mobile", "applicant_mobile"},
                                           {"agent_email", "applicant_email"},
                                           {"agent_id", "applicant_id"}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        assert_string_equal(form_values_get(values, pairs[i][1]), form_values_get(values, pairs[i][0]));
    end();
}

/* --- what is known of the unit from the last time ------------------------------------------------------- */

static void log_in(struct hall_scene *scene, const char *phone)
{
    char digits[16];
    struct secret code = {0};
    struct services *services = scene->terminal.services;
    hall_pass(&scene->hall, 61); /* until another code may be asked for */
    hall_done(&scene->terminal, service_login_send(services, phone));
    assert_int_equal(STATUS_OK, sms_fake_last_code(scene->hall.phones, phone, digits, sizeof(digits)));
    assert_int_equal(STATUS_OK, secret_set(&code, digits, strlen(digits)));
    hall_done(&scene->terminal, service_login_verify(services, phone, &code));
}

/* The number has filled in a form before, and opens the next one. */
static void open_again(struct hall_scene *scene, const char *phone)
{
    hall_visit_login(&scene->terminal);
    hall_visit_open(&scene->terminal);
    hall_visit_form(&scene->terminal);
    hall_leave(&scene->terminal);
    log_in(scene, phone);
    hall_visit_open(&scene->terminal);
}

static const char *value(struct hall_scene *scene, const char *field)
{
    return form_values_get(services_values(scene->terminal.services), field);
}

static void open_dialog(struct hall_scene *scene)
{
    open_again(scene, HALL_PHONE);
    robot_open_wide(&robot, &scene->terminal);
    robot_until_text(&robot, "上次的信息已经填好");
    assert_true(robot_shows(&robot, "取自 2026-11-21 的申请"));
}

static void test_known__the_unit_comes_back_to_the_same_number_and_is_confirmed(void **state)
{
    struct hall_scene *scene = *state;
    open_dialog(scene);
    robot_look(&robot, "known");
    robot_tap(&robot, "known.keep");
    robot_until_gone(&robot, "上次的信息已经填好");
    assert_false(visit(scene)->known.is_asked);
    FEATURE("F088");
    assert_string_equal("重庆示例科技有限公司", value(scene, "company"));
    assert_string_equal(HALL_CREDIT_CODE, value(scene, "credit_code"));
    assert_string_equal("", value(scene, "legal_id")); /* what is hidden is typed anew */
    assert_string_equal("", value(scene, "agent_email"));
    fill("form.company", "重庆示例商贸有限公司"); /* and may be changed */
    robot_run(&robot, 200);
    end();
    hall_leave(&scene->terminal);
    log_in(scene, HALL_PHONE);
    hall_done(&scene->terminal, service_order_list(scene->terminal.services));
    hall_done(&scene->terminal,
              service_order_open(scene->terminal.services, visit(scene)->orders[0].order.id));
    assert_false(visit(scene)->known.is_asked); /* said once */
    assert_true(visit(scene)->known.filled_utc_s > 0);
    assert_string_equal("重庆示例商贸有限公司", value(scene, "company"));
}

static void test_known__who_does_not_want_it_begins_with_an_empty_form(void **state)
{
    struct hall_scene *scene = *state;
    open_dialog(scene);
    robot_tap(&robot, "known.drop");
    robot_until_gone(&robot, "上次的信息已经填好");
    FEATURE("F088");
    assert_string_equal("", value(scene, "company"));
    assert_string_equal("", value(scene, "website"));
    assert_string_equal(HALL_PHONE, value(scene, "agent_mobile")); /* proven just now */
    assert_int_equal(0, visit(scene)->known.filled_utc_s);
    end();
}

static void test_known__nobody_else_sees_anything_of_it(void **state)
{
    struct hall_scene *scene = *state;
    open_again(scene, "13700000000");
    FEATURE("F088");
    assert_false(visit(scene)->known.is_asked);
    assert_string_equal("", value(scene, "company"));
    hall_leave(&scene->terminal);
    begin(scene, &scene->terminal, "ezca-cqsb"); /* nobody is logged in */
    assert_false(visit(scene)->known.is_asked);
    assert_string_equal("", value(scene, "company"));
    assert_int_equal(STATUS_NOT_FOUND,
                     hall_wait(&scene->terminal, service_order_known(scene->terminal.services, true)).status);
}

/* --- a product with a block of its own ----------------------------------------------------------------- */

static void write_with_block(const char *path)
{
    static const char fields[] = "    fields:\n      - id: company\n";
    struct buf text, changed;
    buf_init(&text, LIMIT_CONFIG_BYTES);
    buf_init(&changed, LIMIT_CONFIG_BYTES);
    assert_int_equal(STATUS_OK, file_read(TEST_SOURCE_DIR "/config/catalogue/ezca/cqzfcg.yaml", &text, NULL));
    const char *at = strstr((const char *)text.data, fields);
    assert_non_null(at);
    size_t before = (size_t)(at - (const char *)text.data);
    assert_int_equal(STATUS_OK, buf_append(&changed, text.data, before));
    assert_int_equal(STATUS_OK,
                     buf_append_text(&changed,
                                     "      - {id: more, label: 扩展信息, optional: true}\n    fields:\n"
                                     "      - {id: more_code, block: more, label: 平台编号, kind: code, "
                                     "subject: order, max_characters: 8}\n      - id: company\n"));
    assert_int_equal(STATUS_OK, buf_append_text(&changed, at + strlen(fields)));
    assert_int_equal(STATUS_OK, file_replace(path, changed.data, changed.length, 0600, NULL));
    buf_release(&text);
    buf_release(&changed);
}

static struct catalogue *own; /* of the hall whose product was changed; halls share the other one */

static int forget_own(void **state)
{
    int result = hall_scene_teardown(state);
    catalogue_free(own);
    own = NULL;
    return result;
}

/* The hall's catalogue is the changed product alone. */
static void offer_with_block(struct hall_scene *scene)
{
    char folder[HALL_PATH_BYTES], path[HALL_PATH_BYTES + 32];
    struct yaml_errors errors;
    (void)snprintf(folder, sizeof(folder), "%s/catalogue/ezca", scene->hall.directory);
    assert_int_equal(STATUS_OK, file_make_directories(folder, 0700, NULL));
    (void)snprintf(path, sizeof(path), "%s/cqzfcg.yaml", folder);
    write_with_block(path);
    (void)snprintf(folder, sizeof(folder), "%s/catalogue", scene->hall.directory);
    hall_program_stop(&scene->terminal);
    hall_program_stop(&scene->desk);
    yaml_errors_init(&errors);
    if (catalogue_open(folder, &errors, &own) != STATUS_OK)
        fail_msg("%s", yaml_errors_text(&errors));
    scene->hall.catalogue = own;
    yaml_errors_release(&errors);
    hall_program_restart(&scene->terminal);
    hall_program_restart(&scene->desk);
}

static void test_form__a_product_may_ask_what_no_other_asks(void **state)
{
    struct hall_scene *scene = *state;
    offer_with_block(scene);
    hall_visit_login(&scene->terminal);
    hall_visit_open(&scene->terminal);
    hall_visit_fill(&scene->terminal);
    robot_open_wide(&robot, &scene->terminal);
    robot_until_screen(&robot, "form");
    robot_tap(&robot, "form.tab.more");
    robot_until_text(&robot, "扩展信息");
    fill("form.more_code", "XM_5");
    assert_true(robot_until(&robot, "form.more_code")->state & WIDGET_ERROR);
    fill("form.more_code", "XM-527");
    FEATURE("F089");
    assert_string_equal("XM-527", form_values_get(services_values(scene->terminal.services), "more_code"));
    go_to_the_end();
    robot_until_screen(&robot, "print");
    end();
    const struct form *form = product_operation_form(visit(scene)->product, visit(scene)->operation);
    hall_visit_print(&scene->terminal);
    scene->order = visit(scene)->order;
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_case(scene->desk.services, scene->order.id));
    const struct service_case *opened = &services_desk(scene->desk.services)->opened;
    assert_true(service_case_shows(opened, form, form_find(form, "more_code")));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_register__the_first_page_is_compared_and_says_so),
        T(test_register__what_differs_or_is_not_there_is_said_and_holds_nobody_up),
        T(test_register__without_one_nothing_is_said),
        T(test_register__the_clerk_has_what_was_found_beside_the_fields),
        T(test_unique__a_user_name_that_another_order_has_is_told_at_the_field),
        T(test_region__an_address_is_chosen_from_two_lists_and_stored),
        T(test_form__the_agents_fields_take_over_the_applicants_at_a_touch),
        T(test_known__the_unit_comes_back_to_the_same_number_and_is_confirmed),
        T(test_known__who_does_not_want_it_begins_with_an_empty_form),
        T(test_known__nobody_else_sees_anything_of_it),
        cmocka_unit_test_setup_teardown(test_form__a_product_may_ask_what_no_other_asks, setup, forget_own),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
