/* Every operation of every product, from the choice on the screen to its end, judged by the guides' own
 * tables.
 *
 * flow_catalogue PRODUCT OPERATION goes through the orders of that operation that are marked WALK in
 * catalogue_fees.def; CMake makes a test of each operation that config/catalogue offers. Without arguments
 * the tables themselves are held against the catalogue. A product or operation is taught here by rows, never
 * by code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "kiosk/base/money.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/store/store_encryption.h"
#include "kiosk/store/store_wish.h"
#include "tests/support/catalogue_table.h"
#include "tests/support/catalogue_told.h"
#include "tests/support/catalogue_warned.h"
#include "tests/support/feature.h"
#include "tests/support/form_sample.h"
#include "tests/support/hall_renewal.h"
#include "tests/support/hall_seal.h"
#include "tests/support/hall_unit.h"
#include "tests/support/pdf_bench.h"
#include "tests/support/pki_process.h"
#include "tests/support/robot_order.h"
#include "tests/support/token_bench.h"

enum { WALKS_MAX = 8, DAY_S = 86400, YEAR_DAYS = 365, PASS_DAYS = 30 };

/* --- one order ----------------------------------------------------------------------------------------- */

/* The rows to go through, and the one in hand. */
static const struct catalogue_fee *walks[WALKS_MAX];
static size_t walk_count, walk_next;

struct walk {
    struct hall_scene *scene;
    const struct catalogue_fee *fee;
    const struct product *product;
    const struct product_operation *operation;
    struct catalogue_words words;
    struct product_wish wish;
    struct form_values values;
    struct robot robot;
    struct robot_order order;
    struct hall_order_sum before; /* of the order that made the certificate it is about */
    struct hall_order_sum after;
    int64_t end_utc_s; /* of the certificate made last */
};
static struct walk walk;

static bool has_step(const struct product_operation *operation, enum order_step step)
{
    return order_steps_has(&operation->steps, step);
}

static bool is_operation(const char *id)
{
    return strcmp(walk.operation->id, id) == 0;
}

/* Nothing that was made here goes before: a new certificate, or one for another authority's old lock. */
static bool makes_first(void)
{
    return is_operation("new") || product_operation_takes_old_lock(walk.operation);
}

/* Whether the holder has the own key along: it is to be shown, or to be unlocked, or is on the list. */
static bool brings_key(void)
{
    for (size_t i = 0; i < walk.operation->paper_count; i++)
        if (product_operation_paper(walk.product, walk.operation, i)->kind == PRODUCT_PAPER_KIND_KEY)
            return true;
    return has_step(walk.operation, ORDER_STEP_KEY) ||
           (has_step(walk.operation, ORDER_STEP_ACT) && has_step(walk.operation, ORDER_STEP_PIN));
}

static int setup(void **state)
{
    if (hall_scene_setup(state, TEST_SOURCE_DIR) != 0)
        return -1;
    walk = (struct walk){.scene = *state, .fee = walks[walk_next++]};
    walk.product = catalogue_find(walk.scene->hall.catalogue, walk.fee->product);
    walk.operation = product_find_operation(walk.product, walk.fee->operation);
    catalogue_table_wish(walk.fee, walk.product, walk.operation, &walk.words, &walk.wish);
    const struct form *form = product_operation_form(walk.product, walk.operation);
    form_sample_make(form, &walk.values);
    assert_int_equal(STATUS_OK, form_tell_agent(form, walk.wish.agent, &walk.values));
    hall_add_clerk(&walk.scene->hall, "lin");
    return 0;
}

static int teardown(void **state)
{
    form_values_wipe(&walk.values);
    buf_release(&walk.order.texts);
    return hall_scene_teardown(state);
}

/* --- what is there before ------------------------------------------------------------------------------ */

/* A certificate of this product and holder, made some time ago, on the key "key-1" with PIN HALL_PIN. */
static void make_certificate(void)
{
    struct hall_scene *scene = walk.scene;
    struct form_values values;
    struct order order;
    const struct hall_order_choice choice = {walk.product, product_find_operation(walk.product, "new"),
                                             walk.fee->class_id, &values};
    form_sample_make(product_operation_form(walk.product, choice.operation), &values);
    hall_order_make_with(&scene->hall, &choice, ORDER_STATE_ISSUING, &order);
    hall_done(&scene->terminal, service_order_open(scene->terminal.services, order.id));
    token_fake_insert(scene->hall.writers[0], "key-1");
    hall_visit_issue(&scene->terminal);
    hall_visit_pin(&scene->terminal);
    hall_visit_take(&scene->terminal);
    hall_leave(&scene->terminal);
    hall_order_sum(&scene->hall, order.id, &walk.before);
    form_values_wipe(&values);
}

/* The same on a phone. */
static void make_phone_certificate(void)
{
    struct order order;
    hall_unit_certificate(walk.scene, walk.product, &walk.values, &order);
    hall_order_sum(&walk.scene->hall, order.id, &walk.before);
}

/* Whether the operation does this among people. */
static bool does(enum product_deed deed)
{
    for (size_t i = 0; i < walk.operation->deed_count; i++)
        if (walk.operation->deed[i] == deed)
            return true;
    return false;
}

/* So much time has passed that the operation makes sense. Units: days. */
static int64_t age_of(void)
{
    if (is_operation("renew"))
        return YEAR_DAYS - PASS_DAYS;
    return is_operation("reapply") ? YEAR_DAYS + PASS_DAYS : PASS_DAYS;
}

static void hold_certificate(void)
{
    struct store *store = hall_store(&walk.scene->hall, "maker");
    assert_int_equal(STATUS_OK,
                     store_certificate_step(store, walk.before.certificate[0].request_id,
                                            STORE_CERTIFICATE_CONFIRMED, STORE_CERTIFICATE_HELD, NULL, NULL));
    store_close(store);
}

static void prepare(void)
{
    if (walk.product->algorithm != PRODUCT_ALGORITHM_RSA_2048) /* of which the writer has two pairs ready */
        token_fake_set_maker(walk.scene->hall.writers[0], &token_bench_maker);
    if (product_operation_takes_old_lock(walk.operation))
        hall_renewal_make_strange(walk.scene), token_fake_pull(walk.scene->hall.writers[0]);
    if (makes_first())
        return;
    if (does(PRODUCT_DEED_PHONE) || does(PRODUCT_DEED_WITHDRAW)) {
        make_phone_certificate();
        hall_pass(&walk.scene->hall, age_of() * DAY_S);
        if (is_operation("reapply")) /* the test's authority knows no other time than the hall's first day */
            pki_issuer_pass(walk.scene->hall.certification.issuer, age_of() * DAY_S);
        return;
    }
    make_certificate();
    hall_pass(&walk.scene->hall, age_of() * DAY_S);
    if (is_operation("resume"))
        hold_certificate();
    token_fake_insert(walk.scene->hall.writers[0], "key-1");
    if (has_step(walk.operation, ORDER_STEP_ACT) && has_step(walk.operation, ORDER_STEP_PIN))
        token_fake_lock(walk.scene->hall.writers[0]);
    token_fake_pull(walk.scene->hall.writers[0]);
}

/* --- the way ------------------------------------------------------------------------------------------- */

static void begin(void)
{
    struct robot_order *order = &walk.order;
    *order = (struct robot_order){.robot = &walk.robot,
                                  .desk = &walk.scene->desk,
                                  .product = walk.product,
                                  .operation = walk.operation,
                                  .class_id = walk.fee->class_id,
                                  .reason = walk.fee->reason,
                                  .values = &walk.values,
                                  .own_key = brings_key() && !makes_first() ? "key-1" : NULL,
                                  .strange_key = brings_key() && makes_first() ? "strange" : NULL,
                                  .blank_key = makes_first() ? "key-1" : "key-2"};
    order->wish = (struct service_wish){.years = walk.wish.years,
                                        .quantity = walk.wish.quantity,
                                        .seal = walk.wish.seal,
                                        .agent = walk.wish.agent};
    for (size_t i = 0; i < walk.wish.sub_kind_count; i++)
        (void)snprintf(order->wish.sub_kinds[order->wish.sub_kind_count++], ORDER_NAME_BYTES, "%s",
                       walk.wish.sub_kinds[i]);
    robot_open_wide(&walk.robot, &walk.scene->terminal);
    robot_run(&walk.robot, 300); /* whatever was in the writer is gone */
}

static void end(void)
{
    assert_int_equal(0, robot_faults(&walk.robot));
    int left = 600; /* rounds in which messages go out; what stays open is judged below */
    do
        hall_order_sum(&walk.scene->hall, walk.order.order_id, &walk.after);
    while (left-- > 0 && hall_order_acts(&walk.after) > 0 && (robot_run(&walk.robot, 50), true));
    robot_close(&walk.robot);
}

/* --- judging ------------------------------------------------------------------------------------------- */

static void assert_money(void)
{
    char yuan[MONEY_TEXT_BYTES];
    bool is_due = walk.fee->fen > 0; /* what has no amount is not paid here */
    int64_t due_fen = is_due ? walk.fee->fen : 0;
    money_to_yuan(due_fen, yuan);
    assert_int_equal(due_fen, walk.after.order.amount_fen);
    assert_int_equal(due_fen, payment_fake_taken_fen(walk.scene->hall.gateway));
    assert_int_equal(is_due ? 1 : 0, hall_order_payments(&walk.after, STORE_PAYMENT_PAID));
    assert_int_equal(is_due, robot_order_passed(&walk.order, "pay")); /* 0 元 is not asked for */
    if (!is_due) {
        FEATURE("F145");
        return;
    }
    FEATURE("F146");
    assert_true(catalogue_told_payment(&walk.order, yuan));
    FEATURE("F142");
    FEATURE("F147");
    if (robot_order_passed(&walk.order, "wish"))
        FEATURE("F082");
    if (walk.wish.seal)
        FEATURE("F144");
    if (walk.fee->years == 4) /* 优惠 */
        FEATURE("F143");
}

static size_t times_scanned(const char *title)
{
    size_t count = 0;
    for (size_t i = 0; i < walk.order.paper_count; i++)
        count += strcmp(product_find_paper(walk.product, walk.order.papers[i])->title, title) == 0;
    return count;
}

/* The scanner was given what the guide lists, nothing else, and each title stood on the screen. */
static void assert_papers(void)
{
    size_t count = 0, wanted = 0;
    const struct catalogue_paper *papers = catalogue_table_papers(&count);
    for (size_t i = 0; i < count; i++) {
        bool is_must = papers[i].use == CATALOGUE_PAPER_SCAN || papers[i].use == CATALOGUE_PAPER_CARD;
        size_t times = times_scanned(papers[i].title);
        /* what is handed in on paper or may be left out is scanned, too, where the product says so */
        if (!catalogue_table_asks(&papers[i], &walk.wish) || (!is_must && times == 0))
            continue;
        wanted += times;
        assert_int_equal(papers[i].use == CATALOGUE_PAPER_CARD ? 2 : 1, times);
        assert_true(robot_order_saw(&walk.order, papers[i].title));
    }
    assert_int_equal(has_step(walk.operation, ORDER_STEP_SCAN) ? wanted : 0, walk.order.paper_count);
    FEATURE("F104");
    FEATURE("F112"); /* the robot chose none of them */
}

/* What poppler reads on the printed form, without blanks. Owns: the caller, with free. */
static char *read_print(void)
{
    char path[128];
    size_t length = 0;
    const uint8_t *pdf = printer_fake_pdf(0, &length);
    assert_non_null(pdf);
    pki_process_write(walk.scene->hall.directory, "form.pdf", (struct bytes){pdf, length});
    (void)snprintf(path, sizeof(path), "%s/form.pdf", walk.scene->hall.directory);
    char *text = pdf_bench_output("pdftotext -raw %s -", path);
    pdf_bench_squeeze(text);
    return text;
}

static void assert_printed_text(const char *print, const char *wanted)
{
    char text[512];
    (void)snprintf(text, sizeof(text), "%s", wanted);
    pdf_bench_squeeze(text);
    if (strstr(print, text) == NULL)
        fail_msg("not printed: %s", text);
}

/* The agreement is printed with the form, to its last paragraph, in which its reader accepts it. */
static bool is_printed_whole(const char *print)
{
    char text[2048];
    const struct product_agreement *agreement = &walk.product->agreement;
    (void)snprintf(text, sizeof(text), "%s", agreement->paragraphs[agreement->paragraph_count - 1]);
    pdf_bench_squeeze(text);
    return strstr(print, text) != NULL;
}

/* The form of a certificate to be made carries every declaration, or the one line that accepts the agreement,
 * or the agreement. */
static void assert_declared(const char *print)
{
    char line[256];
    if (!has_step(walk.operation, ORDER_STEP_ISSUE))
        return;
    (void)snprintf(line, sizeof(line), "遵守《%s》", walk.product->agreement.title);
    if (strstr(print, line) == NULL && !is_printed_whole(print))
        for (size_t i = 0; i < walk.product->declaration_count; i++)
            assert_printed_text(print, walk.product->declarations[i]);
    FEATURE("F090");
}

/* Number, title, code, and every value that has a row. */
static void assert_printed(void)
{
    const struct form *form = product_operation_form(walk.product, walk.operation);
    if (!has_step(walk.operation, ORDER_STEP_PRINT))
        return;
    char *print = read_print();
    assert_printed_text(print, walk.after.order.acceptance);
    FEATURE("F083");
    assert_printed_text(print, walk.operation->form_title);
    for (size_t i = 0; i < form->field_count; i++)
        if (form->fields[i].row_count > 0)
            assert_printed_text(print, form_value(form, &walk.values, form->fields[i].id));
    if (walk.product->code[0] != 0) {
        assert_printed_text(print, walk.product->code);
        FEATURE("F031");
    }
    if (walk.operation->pack_count > 0 && has_step(walk.operation, ORDER_STEP_ISSUE)) {
        assert_printed_text(print, walk.product->agreement.title);
        FEATURE("F062");
    }
    assert_declared(print);
    free(print);
}

static void read_certificate(const char *request_id, struct buf *der)
{
    struct store *store = hall_store(&walk.scene->hall, "watcher");
    buf_init(der, LIMIT_CERTIFICATE_BYTES);
    assert_int_equal(STATUS_OK, store_certificate_part(store, request_id, STORE_CERTIFICATE_DER, der, NULL));
    store_close(store);
}

static void expect_old(size_t i, char *out, size_t size)
{
    struct subject *old = calloc(1, sizeof(*old));
    struct buf der;
    assert_non_null(old);
    read_certificate(walk.before.certificate[0].request_id, &der);
    assert_int_equal(STATUS_OK, certificate_subject(bytes_of_buf(&der), old, NULL));
    (void)snprintf(out, size, "%s", old->items[i].value);
    buf_release(&der);
    free(old);
}

/* It names who stands in the form, in the product's order, and ends when the guide says. */
static void assert_certificate(const char *request_id)
{
    struct certificate_summary summary;
    struct subject subject;
    struct buf der;
    char value[SUBJECT_VALUE_BYTES];
    read_certificate(request_id, &der);
    assert_int_equal(STATUS_OK, certificate_summarize(bytes_of_buf(&der), &summary, NULL));
    assert_int_equal(STATUS_OK, certificate_subject(bytes_of_buf(&der), &subject, NULL));
    assert_int_equal(walk.product->subject_count, subject.count);
    for (size_t i = 0; i < subject.count; i++) {
        if (is_operation("renew")) /* it names whom the old one names, whatever its form asks */
            expect_old(i, value, sizeof(value));
        else
            form_sample_fill(product_operation_form(walk.product, walk.operation), &walk.values,
                             walk.product->subjects[i].pattern, value, sizeof(value));
        assert_string_equal(value, subject.items[i].value);
        assert_string_equal(walk.product->subjects[i].name,
                            subject_attribute_name(subject.items[i].attribute));
    }
    walk.end_utc_s = summary.not_after_utc_s;
    assert_int_equal(catalogue_table_end_utc_s(walk.fee, summary.not_before_utc_s,
                                               walk.before.certificate[0].not_after_utc_s),
                     walk.end_utc_s);
    FEATURE("F065");
    if (walk.fee->years > 1)
        FEATURE("F033");
    assert_true(robot_order_saw(&walk.order, summary.common_name)); /* on the page that ends the visit */
    FEATURE("F165");
    buf_release(&der);
}

/* Where the product has pairs, its encryption certificate stands beside it and its key on the token was
 * proven. */
static void assert_pair(const char *request_id)
{
    struct store_encryption row;
    struct store *store = hall_store(&walk.scene->hall, "watcher");
    enum status status = store_encryption_load(store, request_id, &row, NULL);
    store_close(store);
    assert_int_equal(walk.product->encryption ? STATUS_OK : STATUS_NOT_FOUND, status);
    if (status != STATUS_OK)
        return;
    if (!is_operation("reapply")) /* the test's authority makes this half on the hall's first day */
        assert_int_equal(walk.end_utc_s, row.not_after_utc_s);
    if (!has_step(walk.operation, ORDER_STEP_ISSUE)) { /* the phone's own is read by no key of the hall */
        assert_int_equal(0, row.proven_utc_s);
        return;
    }
    assert_true(row.proven_utc_s > 0);
    assert_int_equal(is_operation("recover"), row.recovered);
}

static enum store_certificate_state state_of_old(void)
{
    struct store_certificate row;
    struct store *store = hall_store(&walk.scene->hall, "watcher");
    assert_int_equal(STATUS_OK,
                     store_certificate_load(store, walk.before.certificate[0].request_id, &row, NULL));
    store_close(store);
    return row.state;
}

static enum store_certificate_state wanted_of_old(void)
{
    if (is_operation("suspend"))
        return STORE_CERTIFICATE_HELD;
    return is_operation("unlock") || is_operation("resume") ? STORE_CERTIFICATE_CONFIRMED
                                                            : STORE_CERTIFICATE_REVOKED;
}

static void assert_certificates(void)
{
    bool issues = has_step(walk.operation, ORDER_STEP_ISSUE) || does(PRODUCT_DEED_PHONE);
    assert_int_equal(issues ? walk.fee->keys : 0,
                     hall_order_certificates(&walk.after, STORE_CERTIFICATE_CONFIRMED));
    for (size_t i = 0; issues && i < walk.after.certificates; i++) {
        assert_certificate(walk.after.certificate[i].request_id);
        assert_pair(walk.after.certificate[i].request_id);
        FEATURE("F160");
    }
    if (!makes_first())
        assert_int_equal(wanted_of_old(), state_of_old());
}

static void assert_text(const char *text)
{
    if (!robot_order_saw(&walk.order, text))
        fail_msg("not shown: %s", text);
}

/* What the product says in its own words was said. */
static void assert_texts(void)
{
    assert_text(walk.product->name);
    assert_text(walk.operation->label);
    assert_text(walk.product->agreement.title);
    assert_int_equal(walk.operation->not_needed[0] != 0, robot_order_passed(&walk.order, "needless"));
    assert_text(walk.operation->not_needed);
    for (size_t i = 0; i < walk.operation->warning_count; i++) {
        assert_text(walk.operation->warnings[i]);
        assert_true(robot_order_passed(&walk.order, "heed")); /* where each is acknowledged */
        if (strstr(walk.operation->warnings[i], "电子税务局Key丢失") != NULL)
            FEATURE("F058");
    }
}

static void assert_warned(void)
{
    bool is_told = catalogue_warned(&walk.order, "F182");
    assert_int_equal(catalogue_warned_leaves_key(&walk.order), is_told);
    if (is_told)
        FEATURE("F182");
    catalogue_warned(&walk.order, "F052") ? FEATURE("F052") : (void)0;
    catalogue_warned(&walk.order, "F044") ? FEATURE("F044") : (void)0;
}

/* A number nobody knew before leads in where one is asked for. */
static void assert_login(void)
{
    assert_int_equal(walk.operation->login_required, robot_order_passed(&walk.order, "login"));
    if (walk.operation->login_required)
        FEATURE("F011");
}

/* The fast channel asks for key, name and phone alone. */
static void assert_renewal(void)
{
    bool is_fast = !has_step(walk.operation, ORDER_STEP_REVIEW);
    FEATURE("F038");
    assert_int_equal(!is_fast, robot_order_passed(&walk.order, "print"));
    assert_int_equal(!is_fast, robot_order_passed(&walk.order, "scan"));
    assert_int_equal(!is_fast, robot_order_passed(&walk.order, "review"));
    if (is_fast)
        FEATURE("F039");
}

/* What this order was an example of. */
static void tell_operation(void)
{
    if (walk.wish.agent)
        FEATURE("F130");
    assert_string_equal(walk.fee->class_id, walk.after.order.class_id);
    FEATURE("F029");
    if (is_operation("new"))
        assert_login();
    if (is_operation("new"))
        walk.product->holder == PRODUCT_HOLDER_PERSON ? FEATURE("F037") : FEATURE("F036");
    else if (is_operation("renew"))
        assert_renewal();
    else if (is_operation("change"))
        FEATURE("F041");
    else if (is_operation("replace"))
        FEATURE("F045");
    else if (is_operation("unlock"))
        FEATURE("F047");
    else if (is_operation("revoke"))
        FEATURE("F048");
    else if (is_operation("recover"))
        FEATURE("F055"), FEATURE("F197"); /* as for a new phone */
    else if (is_operation("exchange"))
        FEATURE("F056");
    else if (is_operation("reapply") || is_operation("upgrade")) {
        bool is_known = robot_order_saw(&walk.order, "上次的信息已经填好"); /* of a unit, never of a person */
        assert_int_equal(walk.product->holder == PRODUCT_HOLDER_UNIT, is_known);
        is_operation("upgrade") ? FEATURE("F057") : FEATURE("F059");
    }
}

static void test_catalogue__an_offered_operation_is_gone_through_to_its_end(void **state)
{
    (void)state;
    prepare(), begin();
    robot_order_go(&walk.order);
    end();
    assert_int_equal(ORDER_STATE_DONE, walk.after.order.state);
    assert_int_equal(0, hall_order_acts(&walk.after));
    assert_money();
    if (walk.wish.seal || product_wish_brings_seal(&walk.wish))
        hall_seal_assert_kinds(&walk.scene->hall, &walk.order);
    assert_papers();
    assert_printed();
    assert_certificates();
    assert_texts();
    assert_warned();
    assert_true(catalogue_told_no_approval(&walk.order));
    assert_true(robot_order_told_agent(&walk.order));
    tell_operation();
}

/* --- which of them ------------------------------------------------------------------------------------- */

static int go_through(const char *product, const char *operation)
{
    struct CMUnitTest tests[WALKS_MAX];
    size_t count = 0;
    const struct catalogue_fee *fees = catalogue_table_fees(&count);
    for (size_t i = 0; i < count && walk_count < WALKS_MAX; i++) {
        if (!fees[i].walks || strcmp(fees[i].product, product) != 0 ||
            strcmp(fees[i].operation, operation) != 0)
            continue;
        tests[walk_count] = (struct CMUnitTest)cmocka_unit_test_setup_teardown(
            test_catalogue__an_offered_operation_is_gone_through_to_its_end, setup, teardown);
        walks[walk_count++] = &fees[i];
    }
    if (walk_count == 0) {
        (void)fprintf(stderr, "%s %s has no WALK in tests/flows/catalogue_fees.def\n", product, operation);
        return 1;
    }
    return _cmocka_run_group_tests(operation, tests, walk_count, NULL, NULL);
}

static void test_catalogue__an_operation_without_rows_is_refused(void **state)
{
    (void)state;
    assert_int_equal(1, go_through("nobody", "new"));
    assert_int_equal(0, walk_count);
}

int main(int argument_count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_catalogue__an_operation_without_rows_is_refused),
    };
    if (argument_count == 3)
        return go_through(arguments[1], arguments[2]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
