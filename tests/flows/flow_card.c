/* The card reader: the card laid on is compared with the person of the order, by services and at the real
 * screens; whoever is not let through keeps everything and has another way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/store/store_audit.h"
#include "kiosk/store/store_field.h"
#include "tests/support/feature.h"
#include "tests/support/form_sample.h"
#include "tests/support/hall_scene.h"
#include "tests/support/robot_visit.h"

enum { ID_BYTES = 24 };

static struct robot robot;

static int setup(void **state)
{
    return hall_scene_setup(state, TEST_SOURCE_DIR);
}

/* The card of the order's person, as the samples have it. */
static struct idcard_person agent(void)
{
    return (struct idcard_person){.name = "张小丽",
                                  .sex = 1,
                                  .nation = "01",
                                  .birth = "19900307",
                                  .address = "重庆市渝北区示例大道 100 号 6 楼",
                                  .number = "110101199003070417",
                                  .issuer = "重庆市公安局渝北区分局",
                                  .valid_from = "20200101",
                                  .valid_to = "20400101"};
}

static void lay(struct hall_scene *scene, const struct idcard_person *person)
{
    idcard_fake_place(scene->hall.reader, person);
}

static struct services *at_terminal(struct hall_scene *scene)
{
    return scene->terminal.services;
}

static void begin(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_IDENTIFYING, &scene->order);
}

static void assert_stored(struct hall_scene *scene, enum order_state state)
{
    assert_int_equal(state, hall_scene_look(scene)->order.state);
}

/* The newest row of the audit with this action. */
static struct store_audit audit_of(struct hall_scene *scene, const char *action)
{
    enum { ROWS = 32 };
    static struct store_audit rows[ROWS];
    struct store_audit found = {0};
    size_t count = 0;
    struct store *store = hall_store(&scene->hall, "watcher");
    assert_int_equal(STATUS_OK, store_audit_list(store, 0, rows, ROWS, &count, NULL));
    for (size_t i = 0; i < count && found.action[0] == 0; i++)
        if (strcmp(rows[i].action, action) == 0)
            found = rows[i];
    store_close(store);
    return found;
}

/* --- by services ------------------------------------------------------------------------------------- */

static void test_card__of_the_orders_person_leads_on(void **state)
{
    struct hall_scene *scene = *state;
    const struct idcard_person person = agent();
    begin(scene);
    lay(scene, &person);
    hall_done(&scene->terminal, service_card_identify(at_terminal(scene)));
    assert_int_equal(ORDER_STATE_REVIEWING, services_visit(at_terminal(scene))->order.state);
    FEATURE("F128");
    assert_stored(scene, ORDER_STATE_REVIEWING);
}

static void test_card__way_and_person_are_in_the_audit_without_the_number(void **state)
{
    struct hall_scene *scene = *state;
    const struct idcard_person person = agent();
    begin(scene);
    lay(scene, &person);
    hall_done(&scene->terminal, service_card_identify(at_terminal(scene)));
    struct store_audit row = audit_of(scene, "proof.passed");
    assert_string_equal(scene->order.id, row.subject);
    assert_string_equal("reader", row.detail);
    assert_true(row.has_value);
    assert_string_equal("terminal-01", row.writer);
}

static void refuse_person(struct hall_scene *scene, const struct idcard_person *person,
                          enum service_reason reason, const char *detail)
{
    lay(scene, person);
    hall_refused(&scene->terminal, service_card_identify(at_terminal(scene)), reason);
    assert_stored(scene, ORDER_STATE_IDENTIFYING);
    assert_string_equal(detail, audit_of(scene, "proof.refused").detail);
}

static void test_card__of_somebody_else_keeps_the_order_where_it_is(void **state)
{
    struct hall_scene *scene = *state;
    struct idcard_person person = agent();
    begin(scene);
    (void)snprintf(person.number, sizeof(person.number), "110101199003070425");
    refuse_person(scene, &person, SERVICE_REASON_CARD_OTHER, "reader card-other");
    person = agent();
    (void)snprintf(person.name, sizeof(person.name), "张小莉");
    refuse_person(scene, &person, SERVICE_REASON_CARD_OTHER, "reader card-other");
    person = agent();
    lay(scene, &person);
    hall_done(&scene->terminal, service_card_identify(at_terminal(scene)));
    assert_stored(scene, ORDER_STATE_REVIEWING);
}

static void test_card__expired_is_refused_and_one_without_end_is_not(void **state)
{
    struct hall_scene *scene = *state;
    struct idcard_person person = agent();
    begin(scene);
    (void)clock_format_hall(hall_now_utc_s(&scene->hall) - 86400, "%Y%m%d", person.valid_to,
                            sizeof(person.valid_to));
    refuse_person(scene, &person, SERVICE_REASON_CARD_EXPIRED, "reader card-expired");
    person.valid_to[0] = 0;
    lay(scene, &person);
    hall_done(&scene->terminal, service_card_identify(at_terminal(scene)));
    assert_stored(scene, ORDER_STATE_REVIEWING);
}

static void test_card__holds_on_its_last_day(void **state)
{
    struct hall_scene *scene = *state;
    struct idcard_person person = agent();
    begin(scene);
    (void)clock_format_hall(hall_now_utc_s(&scene->hall), "%Y%m%d", person.valid_to, sizeof(person.valid_to));
    lay(scene, &person);
    hall_done(&scene->terminal, service_card_identify(at_terminal(scene)));
    assert_stored(scene, ORDER_STATE_REVIEWING);
}

static void test_card__that_cannot_be_read_is_tried_again(void **state)
{
    struct hall_scene *scene = *state;
    const struct idcard_person person = agent();
    begin(scene);
    lay(scene, &person);
    idcard_fake_fail(scene->hall.reader, STATUS_REFUSED, IDCARD_TRIES);
    hall_refused(&scene->terminal, service_card_identify(at_terminal(scene)), SERVICE_REASON_CARD_UNREAD);
    assert_stored(scene, ORDER_STATE_IDENTIFYING);
    hall_done(&scene->terminal, service_card_identify(at_terminal(scene)));
}

static void test_card__nobody_lays_is_said_in_time(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    uint64_t id = service_card_identify(at_terminal(scene));
    hall_run(&scene->terminal, 300);
    hall_pass(&scene->hall, 31);
    hall_refused(&scene->terminal, id, SERVICE_REASON_NO_CARD);
    assert_stored(scene, ORDER_STATE_IDENTIFYING);
}

static void test_card__wait_ends_when_it_is_cancelled_or_the_visit_is_over(void **state)
{
    struct hall_scene *scene = *state;
    begin(scene);
    uint64_t id = service_card_identify(at_terminal(scene));
    hall_run(&scene->terminal, 200);
    service_card_cancel(at_terminal(scene));
    assert_int_equal(STATUS_CANCELLED, hall_wait(&scene->terminal, id).status);
    (void)service_card_identify(at_terminal(scene));
    hall_run(&scene->terminal, 200);
    hall_leave(&scene->terminal);
    const struct idcard_person person = agent();
    hall_run(&scene->terminal, 500);
    lay(scene, &person);
    hall_run(&scene->terminal, 1000);
    assert_int_equal(0, idcard_fake_reads(scene->hall.reader));
    assert_stored(scene, ORDER_STATE_IDENTIFYING);
}

static void test_card__of_an_order_that_does_not_wait_for_it_is_not_read(void **state)
{
    struct hall_scene *scene = *state;
    const struct idcard_person person = agent();
    hall_order_begin(&scene->terminal, ORDER_STATE_SCANNING, &scene->order);
    lay(scene, &person);
    assert_int_equal(STATUS_BAD_STATE,
                     hall_wait(&scene->terminal, service_card_identify(at_terminal(scene))).status);
    assert_int_equal(0, idcard_fake_reads(scene->hall.reader));
}

static bool reader_is(struct hall_program *terminal, const void *argument)
{
    return services_devices(terminal->services)->idcard == *(const enum device_state *)argument;
}

static void until_reader(struct hall_scene *scene, enum device_state wanted)
{
    hall_pass(&scene->hall, 20);
    hall_until(&scene->terminal, device_state_name(wanted), reader_is, &wanted);
}

static bool desk_sees(struct hall_program *desk, const void *argument)
{
    const struct service_desk *view = services_desk(desk->services);
    return view->terminal_count > 0 &&
           view->terminals[0].devices.idcard == *(const enum device_state *)argument;
}

static void test_card__reader_that_is_gone_is_told_to_screen_and_desk(void **state)
{
    struct hall_scene *scene = *state;
    const enum device_state offline = DEVICE_OFFLINE;
    until_reader(scene, DEVICE_READY);
    begin(scene);
    idcard_fake_fail(scene->hall.reader, STATUS_LOST, -1);
    struct service_reply reply = hall_wait(&scene->terminal, service_card_identify(at_terminal(scene)));
    assert_int_equal(STATUS_LOST, reply.status);
    assert_int_equal(SERVICE_REASON_OFFLINE, reply.reason);
    until_reader(scene, DEVICE_OFFLINE);
    hall_desk_sign_in(&scene->desk, "chen");
    hall_until(&scene->desk, "the wall", desk_sees, &offline);
    idcard_fake_fail(scene->hall.reader, STATUS_OK, 0);
    until_reader(scene, DEVICE_READY);
}

static void test_card__for_the_form_brings_its_texts_and_is_wiped(void **state)
{
    struct hall_scene *scene = *state;
    const struct idcard_person person = agent();
    const struct service_card *card = &services_visit(at_terminal(scene))->card;
    hall_order_begin(&scene->terminal, ORDER_STATE_DRAFT, &scene->order);
    lay(scene, &person);
    hall_done(&scene->terminal, service_card_read(at_terminal(scene)));
    assert_true(card->is_read);
    assert_string_equal(person.name, card->name);
    assert_string_equal(person.number, card->number);
    assert_string_equal(person.address, card->address);
    services_card_forget(at_terminal(scene));
    assert_false(card->is_read);
    FEATURE("F008");
    assert_string_equal("", card->number);
}

static void test_card__no_form_takes_is_refused(void **state)
{
    struct hall_scene *scene = *state;
    struct idcard_person person = agent();
    hall_order_begin(&scene->terminal, ORDER_STATE_DRAFT, &scene->order);
    (void)snprintf(person.number, sizeof(person.number), "DEU310090010100");
    lay(scene, &person);
    hall_refused(&scene->terminal, service_card_read(at_terminal(scene)), SERVICE_REASON_CARD_UNFIT);
    assert_false(services_visit(at_terminal(scene))->card.is_read);
}

/* --- at the screens ---------------------------------------------------------------------------------- */

static void open_screens(struct hall_scene *scene)
{
    robot_open_wide(&robot, &scene->terminal);
}

static void close_screens(void)
{
    unsigned faults = robot_faults(&robot);
    robot_close(&robot);
    assert_int_equal(0, faults);
}

static void test_card__laid_on_at_the_page_leads_to_the_review(void **state)
{
    struct hall_scene *scene = *state;
    const struct idcard_person person = agent();
    begin(scene);
    open_screens(scene);
    robot_until_screen(&robot, "identity");
    robot_tap(&robot, "identity.way.reader");
    robot_until_text(&robot, "请放身份证");
    robot_run(&robot, 500);
    lay(scene, &person);
    robot_until_screen(&robot, "review");
    assert_stored(scene, ORDER_STATE_REVIEWING);
    close_screens();
}

static void test_card__of_somebody_else_says_so_and_the_clerk_is_another_way(void **state)
{
    struct hall_scene *scene = *state;
    struct idcard_person person = agent();
    (void)snprintf(person.name, sizeof(person.name), "王小小");
    begin(scene);
    lay(scene, &person);
    open_screens(scene);
    robot_tap(&robot, "identity.way.reader");
    robot_until_text(&robot, "身份证和填写的不一致");
    robot_until_text(&robot, "资料都已保存");
    robot_look(&robot, "card-other");
    robot_tap(&robot, "identity.desk");
    robot_until_text(&robot, "请到人工窗口");
    hall_desk_identify(&scene->desk, "chen", scene->order.id);
    robot_until_screen(&robot, "review");
    close_screens();
}

static void test_card__read_again_after_it_was_not_read(void **state)
{
    struct hall_scene *scene = *state;
    const struct idcard_person person = agent();
    begin(scene);
    lay(scene, &person);
    idcard_fake_fail(scene->hall.reader, STATUS_REFUSED, IDCARD_TRIES);
    open_screens(scene);
    robot_tap(&robot, "identity.way.reader");
    robot_until_text(&robot, "没读到身份证");
    robot_tap(&robot, "bar.next");
    robot_until_screen(&robot, "review");
    close_screens();
}

/* --- in the form -------------------------------------------------------------------------------------- */

static const char *value_of(struct hall_scene *scene, const char *field)
{
    return form_values_get(services_values(at_terminal(scene)), field);
}

/* The page of the form with the agent's number. */
static void open_form(struct hall_scene *scene)
{
    hall_order_begin(&scene->terminal, ORDER_STATE_DRAFT, &scene->order);
    open_screens(scene);
    robot_until_screen(&robot, "form");
    robot_tap(&robot, "form.tab.agent");
    (void)robot_until(&robot, "form.agent_id");
}

static void test_card__fills_name_and_number_of_the_person_on_the_page_alone(void **state)
{
    struct hall_scene *scene = *state;
    struct idcard_person person = agent();
    (void)snprintf(person.name, sizeof(person.name), "王小小");
    (void)snprintf(person.number, sizeof(person.number), "110101199003070097");
    open_form(scene);
    robot_tap(&robot, "form.card");
    robot_until_text(&robot, "请放身份证");
    lay(scene, &person);
    robot_until_text(&robot, "已填好，请核对一遍");
    assert_string_equal("王小小", value_of(scene, "agent_name"));
    assert_string_equal("110101199003070097", value_of(scene, "agent_id"));
    assert_string_not_equal("王小小", value_of(scene, "legal_name"));
    assert_false(robot_shows(&robot, "请放身份证"));
    assert_string_equal("", services_visit(at_terminal(scene))->card.number);
    robot_run(&robot, 500);
    struct store *store = hall_store(&scene->hall, "watcher");
    struct form_values stored;
    form_values_init(&stored);
    assert_int_equal(STATUS_OK, store_field_load(store, scene->order.id, &stored, NULL));
    assert_string_equal("110101199003070097", form_values_get(&stored, "agent_id"));
    form_values_wipe(&stored);
    store_close(store);
    close_screens();
}

static void test_card__not_read_into_the_form_leaves_it_as_it_was(void **state)
{
    struct hall_scene *scene = *state;
    struct idcard_person person = agent();
    char before[32];
    open_form(scene);
    (void)snprintf(before, sizeof(before), "%s", value_of(scene, "agent_id"));
    idcard_fake_fail(scene->hall.reader, STATUS_LOST, 1);
    robot_tap(&robot, "form.card");
    robot_until_text(&robot, "读卡器没有连上");
    (void)snprintf(person.number, sizeof(person.number), "DEU310090010100");
    lay(scene, &person);
    robot_tap(&robot, "card.again");
    robot_until_text(&robot, "这张证件要手工填");
    robot_look(&robot, "card-unfit");
    robot_tap(&robot, "card.type");
    robot_until_gone(&robot, "这张证件要手工填");
    assert_string_equal(before, value_of(scene, "agent_id"));
    close_screens();
}

/* An order of a person, whom somebody acts for or not, waits for the card. */
static void begin_person(struct hall_scene *scene, bool acts)
{
    struct hall_order_choice choice = {.product = catalogue_find(scene->hall.catalogue, "cfca-suqian-person"),
                                       .class_id = "person"};
    struct form_values values;
    choice.operation = product_find_operation(choice.product, "new");
    const struct form *form = product_operation_form(choice.product, choice.operation);
    form_sample_make(form, &values);
    assert_int_equal(STATUS_OK, form_tell_agent(form, acts, &values));
    choice.values = &values;
    hall_order_make_with(&scene->hall, &choice, ORDER_STATE_IDENTIFYING, &scene->order);
    form_values_wipe(&values);
    hall_done(&scene->terminal, service_order_open(at_terminal(scene), scene->order.id));
}

static void set_card(struct idcard_person *card, const char *name, const char *number)
{
    *card = agent();
    (void)snprintf(card->name, sizeof(card->name), "%s", name);
    (void)snprintf(card->number, sizeof(card->number), "%s", number);
}

/* The one who came shows the card, not the one who stayed away. */
static void test_card__of_who_acts_for_the_person_leads_on(void **state)
{
    struct hall_scene *scene = *state;
    struct idcard_person holder, sent = agent();
    char number[ID_BYTES];
    begin_person(scene, true);
    (void)snprintf(number, sizeof(number), "%s", value_of(scene, "id_number"));
    set_card(&holder, value_of(scene, "person_name"), number);
    (void)snprintf(number, sizeof(number), "%s", value_of(scene, "agent_id"));
    set_card(&sent, value_of(scene, "agent_name"), number);
    refuse_person(scene, &holder, SERVICE_REASON_CARD_OTHER, "reader card-other");
    open_screens(scene);
    robot_until_screen(&robot, "identity");
    assert_true(robot_shows(&robot, "张*丽"));
    assert_false(robot_shows(&robot, "王*远"));
    close_screens();
    lay(scene, &sent);
    hall_done(&scene->terminal, service_card_identify(at_terminal(scene)));
    FEATURE("F130");
    assert_stored(scene, ORDER_STATE_REVIEWING);
}

static void test_card__of_an_agent_nobody_sent_is_refused(void **state)
{
    struct hall_scene *scene = *state;
    struct idcard_person holder, sent = agent();
    char number[ID_BYTES];
    begin_person(scene, false);
    (void)snprintf(number, sizeof(number), "%s", value_of(scene, "agent_id"));
    set_card(&sent, value_of(scene, "agent_name"), number);
    (void)snprintf(number, sizeof(number), "%s", value_of(scene, "id_number"));
    set_card(&holder, value_of(scene, "person_name"), number);
    refuse_person(scene, &sent, SERVICE_REASON_CARD_OTHER, "reader card-other");
    lay(scene, &holder);
    hall_done(&scene->terminal, service_card_identify(at_terminal(scene)));
    assert_stored(scene, ORDER_STATE_REVIEWING);
}

static bool has_rejections(struct hall_program *program, const void *argument)
{
    (void)argument;
    return services_visit(program->services)->rejections.count > 0;
}

/* The desk says that it was another person: what is open again is about the one who was sent. */
static void test_card__clerk_who_refuses_an_agent_opens_the_agents_fields(void **state)
{
    struct hall_scene *scene = *state;
    begin_person(scene, true);
    hall_desk_sign_in(&scene->desk, "chen");
    hall_done(&scene->desk, service_desk_case(scene->desk.services, scene->order.id));
    hall_done(&scene->desk, service_desk_identify(scene->desk.services, false, "本人与身份证照片不一致"));
    hall_until(&scene->terminal, "what is open again", has_rejections, NULL);
    const struct order_rejections *open = &services_visit(at_terminal(scene))->rejections;
    assert_true(order_field_is_open(open, "agent_name") && order_field_is_open(open, "agent_id"));
    assert_false(order_field_is_open(open, "person_name"));
}

/* Where a form asks the address of the same person it is filled, too, whatever the product. */
static void test_card__fills_the_address_where_the_form_asks_it(void **state)
{
    struct hall_scene *scene = *state;
    const struct idcard_person person = agent();
    const struct product *product = catalogue_find(scene->hall.catalogue, "cfca-suqian-person");
    assert_non_null(product);
    hall_visit_login(&scene->terminal);
    services_choose(at_terminal(scene), product, product_find_operation(product, "new"),
                    product->classes[0].id);
    hall_done(&scene->terminal, service_order_create(at_terminal(scene)));
    lay(scene, &person);
    open_screens(scene);
    robot_until_screen(&robot, "form");
    for (int pages = 0; pages < 6 && !robot_can_tap(&robot, "form.card"); pages++)
        robot_tap(&robot, "bar.next");
    robot_tap(&robot, "form.card");
    robot_until_text(&robot, "已填好，请核对一遍");
    assert_string_equal(person.name, value_of(scene, "person_name"));
    assert_string_equal(person.number, value_of(scene, "id_number"));
    assert_string_equal(person.address, value_of(scene, "person_address"));
    close_screens();
}

/* A page without a number to fill offers nothing. */
static void test_card__is_offered_where_a_number_is_asked_alone(void **state)
{
    struct hall_scene *scene = *state;
    open_form(scene);
    assert_true(robot_can_tap(&robot, "form.card"));
    robot_tap(&robot, "form.tab.invoice");
    robot_until_gone(&robot, "放身份证，自动填写");
    close_screens();
}

/* --- without a reader --------------------------------------------------------------------------------- */

/* A way the hall does not have is not offered. */
static void test_card__hall_without_a_reader_offers_the_clerk_alone(void **state)
{
    struct hall_scene *scene = *state;
    hall_program_stop(&scene->terminal);
    scene->hall.without_reader = true;
    hall_program_restart(&scene->terminal);
    assert_false(services_identifies(at_terminal(scene), PRODUCT_IDENTITY_READER));
    begin(scene);
    open_screens(scene);
    robot_until_text(&robot, "请到人工窗口");
    assert_false(robot_can_tap(&robot, "identity.way.reader"));
    assert_int_equal(DEVICE_ABSENT, services_devices(at_terminal(scene))->idcard);
    close_screens();
    hall_leave(&scene->terminal);
    open_form(scene);
    assert_false(robot_can_tap(&robot, "form.card"));
    close_screens();
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, hall_scene_teardown)
    const struct CMUnitTest tests[] = {
        T(test_card__of_the_orders_person_leads_on),
        T(test_card__way_and_person_are_in_the_audit_without_the_number),
        T(test_card__of_somebody_else_keeps_the_order_where_it_is),
        T(test_card__expired_is_refused_and_one_without_end_is_not),
        T(test_card__holds_on_its_last_day),
        T(test_card__that_cannot_be_read_is_tried_again),
        T(test_card__nobody_lays_is_said_in_time),
        T(test_card__wait_ends_when_it_is_cancelled_or_the_visit_is_over),
        T(test_card__of_an_order_that_does_not_wait_for_it_is_not_read),
        T(test_card__reader_that_is_gone_is_told_to_screen_and_desk),
        T(test_card__for_the_form_brings_its_texts_and_is_wiped),
        T(test_card__no_form_takes_is_refused),
        T(test_card__laid_on_at_the_page_leads_to_the_review),
        T(test_card__of_somebody_else_says_so_and_the_clerk_is_another_way),
        T(test_card__read_again_after_it_was_not_read),
        T(test_card__fills_name_and_number_of_the_person_on_the_page_alone),
        T(test_card__not_read_into_the_form_leaves_it_as_it_was),
        T(test_card__of_who_acts_for_the_person_leads_on),
        T(test_card__of_an_agent_nobody_sent_is_refused),
        T(test_card__clerk_who_refuses_an_agent_opens_the_agents_fields),
        T(test_card__fills_the_address_where_the_form_asks_it),
        T(test_card__is_offered_where_a_number_is_asked_alone),
        T(test_card__hall_without_a_reader_offers_the_clerk_alone),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
