#include "tests/support/robot_order.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "tests/support/hall_phone.h"
#include "tests/support/robot_visit.h"

enum { TURNS_MAX = 64, LIST_PAGES_MAX = 20, TILE_TRIES_MAX = 400, UNDO_MS = 2000, CLERKS = 2 };

static const char *const clerks[CLERKS] = {"chen", "lin"};

static const struct service_visit *visit_of(const struct robot_order *order)
{
    return services_visit(order->robot->program->services);
}

static struct token_fake *writer_of(const struct robot_order *order)
{
    return order->robot->program->hall->writers[order->robot->program->number - 1];
}

static bool is_on(const struct robot_order *order, const char *page)
{
    return strcmp(ui_screen_name(order->robot->ui), page) == 0;
}

static void tap(const struct robot_order *order, const char *prefix, const char *id)
{
    char widget[96];
    (void)snprintf(widget, sizeof(widget), "%s.%s", prefix, id);
    robot_tap(order->robot, widget);
}

static bool can_tap(const struct robot_order *order, const char *prefix, const char *id)
{
    char widget[96];
    (void)snprintf(widget, sizeof(widget), "%s.%s", prefix, id);
    return robot_can_tap(order->robot, widget);
}

/* --- what was shown ------------------------------------------------------------------------------------ */

static void note_text(struct robot_order *order, const char *text)
{
    if (text != NULL && text[0] != 0 && !robot_order_saw(order, text))
        check(buf_append_format(&order->texts, "%s\n", text) == STATUS_OK);
}

static void note_texts(struct robot_order *order)
{
    for (const struct widget *w = widget_tree_root(ui_tree(order->robot->ui)); w != NULL;
         w = widget_next(w)) {
        note_text(order, w->label);
        note_text(order, w->value);
    }
}

static void note_page(struct robot_order *order)
{
    const char *page = ui_screen_name(order->robot->ui);
    if (order->page_count > 0 && strcmp(order->pages[order->page_count - 1], page) == 0)
        return;
    check(order->page_count < ROBOT_ORDER_PAGES_MAX);
    order->pages[order->page_count++] = page;
}

bool robot_order_saw(const struct robot_order *order, const char *text)
{
    return order->texts.length > 0 &&
           memmem(order->texts.data, order->texts.length, text, strlen(text)) != NULL;
}

bool robot_order_told_agent(const struct robot_order *order)
{
    const char *field = order->operation->identity_agent_name;
    const struct form *form = product_operation_form(order->product, order->operation);
    struct buf masked;
    if (field[0] == 0)
        return true;
    buf_init(&masked, LIMIT_FIELD_BYTES);
    bool told = robot_order_saw(order, form_find(form, field)->label) == order->wish.agent &&
                form_mask_name(form_values_get(order->values, field), &masked) == STATUS_OK &&
                robot_order_saw(order, (const char *)masked.data) == order->wish.agent;
    buf_wipe(&masked);
    return told;
}

bool robot_order_passed(const struct robot_order *order, const char *page)
{
    for (size_t i = 0; i < order->page_count; i++)
        if (strcmp(order->pages[i], page) == 0)
            return true;
    return false;
}

/* --- choosing ------------------------------------------------------------------------------------------ */

static void on_welcome(struct robot_order *order)
{
    robot_until_screen(order->robot, "welcome");
    if (order->own_key == NULL) {
        robot_tap(order->robot, "welcome.start");
        return;
    }
    token_fake_insert(writer_of(order), order->own_key);
    robot_until_screen(order->robot, "holder");
}

static void on_product(struct robot_order *order)
{
    for (int page = 0; !can_tap(order, "product", order->product->id); page++) {
        check(page < LIST_PAGES_MAX);
        robot_tap(order->robot, "pages.next");
    }
    tap(order, "product", order->product->id);
}

/* The tile of the operation, on whichever page of the list it stands. */
static void choose_operation(struct robot_order *order, const char *more)
{
    for (int tries = 0; !can_tap(order, "operation", order->operation->id); tries++) {
        check(tries < TILE_TRIES_MAX); /* a key is still being read on a busy machine */
        if (robot_can_tap(order->robot, more))
            robot_tap(order->robot, more);
        else
            robot_run(order->robot, 50);
    }
    tap(order, "operation", order->operation->id);
}

static void on_service(struct robot_order *order)
{
    choose_operation(order, "service.more");
    tap(order, "class", order->class_id);
    note_texts(order);
    robot_tap(order->robot, "bar.next");
}

static void on_holder(struct robot_order *order)
{
    choose_operation(order, "holder.more");
    note_texts(order);
    robot_tap(order->robot, "bar.next");
}

static void on_wish(struct robot_order *order)
{
    char years[16];
    (void)snprintf(years, sizeof(years), "%u", order->wish.years);
    if (can_tap(order, "years", years))
        tap(order, "years", years);
    for (unsigned keys = 1; keys < order->wish.quantity; keys++)
        robot_tap(order->robot, "keys.more");
    if (robot_can_tap(order->robot, "seal.yes"))
        tap(order, "seal", order->wish.seal ? "yes" : "no");
    if (robot_can_tap(order->robot, "agent.yes"))
        tap(order, "agent", order->wish.agent ? "yes" : "no");
    for (size_t i = 0; i < order->wish.sub_kind_count; i++)
        if (order->operation->sub_kind_count > 1)
            tap(order, "kind", order->wish.sub_kinds[i]);
    note_texts(order);
    robot_tap(order->robot, "bar.next");
}

/* --- to the form --------------------------------------------------------------------------------------- */

static void on_login(struct robot_order *order)
{
    char code[16];
    struct robot *robot = order->robot;
    robot_pad(robot, "pad", HALL_PHONE);
    robot_tap(robot, "login.send");
    robot_until_text(robot, "验证码已发送");
    check(sms_fake_last_code(robot->program->hall->phones, HALL_PHONE, code, sizeof(code)) == STATUS_OK);
    robot_pad(robot, "pad", code);
}

static void on_agreement(struct robot_order *order)
{
    note_texts(order);
    robot_until_idle(order->robot, "bar.next");
    while (!robot_can_tap(order->robot, "bar.next")) {
        note_texts(order);
        robot_tap(order->robot, "text.down");
    }
    robot_tap(order->robot, "bar.next");
}

static void on_needless(struct robot_order *order)
{
    note_texts(order);
    robot_tap(order->robot, "bar.next");
}

static void on_heed(struct robot_order *order)
{
    const struct product_operation *operation = order->operation;
    char number[24];
    for (size_t i = 0; i < operation->warning_count; i++) {
        (void)snprintf(number, sizeof(number), "%zu", i);
        tap(order, "warning", number);
    }
    if (operation->why_count > 0)
        tap(order, "reason", order->reason[0] != 0 ? order->reason : operation->whys[0].id);
    note_texts(order);
    robot_tap(order->robot, "bar.next");
}

static void give_pin(struct robot_order *order)
{
    (void)robot_until(order->robot, "key.pin");
    note_texts(order);
    robot_visit_type_pin(order->robot);
    robot_tap(order->robot, "bar.next");
}

/* Nobody knows the key: the order goes the other way, with the PIN once more. */
static void on_key(struct robot_order *order)
{
    if (order->strange_key != NULL)
        token_fake_insert(writer_of(order), order->strange_key);
    if (product_operation_takes_old_lock(order->operation)) {
        note_texts(order);
        for (int i = 0; !robot_can_tap(order->robot, "bar.next"); i++) { /* the writer sees it */
            check(i < TURNS_MAX);
            robot_run(order->robot, 50);
        }
        robot_tap(order->robot, "bar.next");
        return;
    }
    give_pin(order);
    if (order->strange_key == NULL)
        return;
    (void)robot_until(order->robot, "key.divert");
    note_texts(order);
    robot_tap(order->robot, "key.divert");
    give_pin(order);
}

/* Every field of this page that is asked. */
static void fill_page(struct robot_order *order)
{
    char widget[80];
    for (size_t i = 0; i < order->values->count; i++) {
        (void)snprintf(widget, sizeof(widget), "form.%s", order->values->value[i].id);
        if (!robot_can_tap(order->robot, widget))
            continue;
        robot_fill(order->robot, widget, order->values->value[i].text);
        robot_key(order->robot, INPUT_KEY_ESCAPE, 0, 0);
        ui_focus(order->robot->ui, NULL);
        robot_turn(order->robot);
    }
}

static void on_form(struct robot_order *order)
{
    note_texts(order);
    robot_visit_known(order->robot);
    fill_page(order);
    note_texts(order);
    robot_tap(order->robot, "bar.next");
    check(!robot_can_tap(order->robot, "errors.mend"));
}

/* --- papers and clerks --------------------------------------------------------------------------------- */

static void on_print(struct robot_order *order)
{
    robot_until_gone(order->robot, "正在生成申请表");
    note_texts(order);
    robot_tap(order->robot, "bar.next");
    (void)robot_until(order->robot, "print.another");
    robot_tap(order->robot, "bar.next");
}

static void lay(struct robot_order *order, const char *paper)
{
    struct hall_program *program = order->robot->program;
    check(order->paper_count < SERVICE_PAPERS_MAX);
    (void)text_copy(order->papers[order->paper_count++], ORDER_NAME_BYTES, paper);
    hall_glass_lay(&program->glass, hall_sheet_of(program->hall, &visit_of(order)->order, paper));
}

/* The paper that the scanner's page has in hand. */
static const struct service_page *in_hand(const struct robot_order *order)
{
    for (size_t i = 0; i < visit_of(order)->page_count; i++) {
        char widget[96];
        (void)snprintf(widget, sizeof(widget), "paper.%s", visit_of(order)->pages[i].paper);
        const struct widget *row = widget_find(ui_tree(order->robot->ui), widget);
        if (row != NULL && (row->state & WIDGET_SELECTED) != 0)
            return &visit_of(order)->pages[i];
    }
    check(!"no paper is in hand");
    return NULL;
}

static size_t missing(const struct robot_order *order)
{
    size_t count = 0;
    for (size_t i = 0; i < visit_of(order)->page_count; i++)
        count += visit_of(order)->pages[i].state == SERVICE_PAGE_MISSING;
    return count;
}

/* One paper after the other as the page has them in hand, none is chosen; the last touch submits. */
static void on_scan(struct robot_order *order)
{
    struct robot *robot = order->robot;
    size_t left_out = 0;
    while (missing(order) > left_out) {
        const struct service_page *page = in_hand(order);
        check(page->state == SERVICE_PAGE_MISSING);
        if (page->is_optional) { /* there is none of it */
            note_texts(order);
            robot_tap(robot, "scan.skip");
            left_out++;
            continue;
        }
        lay(order, page->paper);
        note_texts(order);
        robot_tap(robot, "bar.next");
        (void)robot_until(robot, "scan.again");
        check(in_hand(order)->state != SERVICE_PAGE_MISSING);
        note_texts(order);
        robot_tap(robot, robot_can_tap(robot, "scan.skip") ? "scan.skip" : "bar.next");
        robot_visit_samples(robot);
    }
    if (is_on(order, "scan") && robot_can_tap(robot, "bar.next"))
        robot_tap(robot, "bar.next");
}

static void sign_in(struct robot_order *order, const char *clerk)
{
    hall_desk_sign_in(order->desk, clerk);
    hall_done(order->desk, service_desk_case(order->desk->services, order->order_id));
}

static void on_identity(struct robot_order *order)
{
    note_texts(order);
    sign_in(order, clerks[0]);
    hall_done(order->desk, service_desk_identify(order->desk->services, true, ""));
    service_desk_sign_out(order->desk->services);
    robot_pass(order->robot, UNDO_MS);
}

/* As many clerks as the product wants, each sees everything and approves. */
static void on_review(struct robot_order *order)
{
    unsigned signers = product_operation_signers(order->product, order->operation);
    note_texts(order);
    order->unapproved_bytes = order->texts.length;
    for (unsigned i = 0; i < signers; i++) {
        hall_desk_open(order->desk, clerks[i], order->order_id);
        hall_desk_approve(order->desk);
        service_desk_sign_out(order->desk->services);
    }
    robot_pass(order->robot, UNDO_MS);
}

/* --- money and key ------------------------------------------------------------------------------------- */

static enum service_key_presence presence_of(const struct robot_order *order)
{
    return services_key(order->robot->program->services)->presence;
}

/* Whether the page on top is about a key that is made anew, whatever key the holder showed before. */
static bool wants_blank(const struct robot_order *order)
{
    return order_steps_has(&order->operation->steps, ORDER_STEP_ISSUE) &&
           !order_steps_is_on_own_key(&order->operation->steps);
}

/* A page that wants a key gets the one the operation is about, or a blank one. */
static void give_key(struct robot_order *order)
{
    enum service_key_presence presence = presence_of(order);
    if (wants_blank(order) && order->own_key != NULL && presence != SERVICE_KEY_BLANK && is_on(order, "pay"))
        token_fake_insert(writer_of(order), order->blank_key);
    else if (presence != SERVICE_KEY_BLANK && presence != SERVICE_KEY_CARRYING)
        token_fake_insert(writer_of(order),
                          order->own_key != NULL && !wants_blank(order) ? order->own_key : order->blank_key);
}

static void on_pay(struct robot_order *order)
{
    struct robot *robot = order->robot;
    note_texts(order);
    give_key(order);
    for (int i = 0; is_on(order, "pay") && widget_find(ui_tree(robot->ui), "pay.code") == NULL; i++) {
        check(i < TURNS_MAX);
        if (robot_can_tap(robot, "bar.next"))
            robot_tap(robot, "bar.next");
        robot_run(robot, 50);
    }
    note_texts(order);
    check(payment_fake_pay(robot->program->hall->gateway, visit_of(order)->payment.out_trade_no) ==
          STATUS_OK);
    for (int i = 0; is_on(order, "pay"); i++) { /* it is asked about every few seconds, and told */
        check(i < TURNS_MAX);
        note_texts(order);
        robot_pass(robot, 1000);
        robot_run(robot, 50);
    }
}

static void on_acting(struct robot_order *order)
{
    note_texts(order);
    if (visit_of(order)->deed.waits == SERVICE_DEED_PHONE)
        hall_phone_bring(order->robot->program->hall, order->order_id);
    else
        give_key(order);
}

static void on_issue(struct robot_order *order)
{
    note_texts(order);
    give_key(order);
    bool has_old = order->own_key != NULL || order->strange_key != NULL;
    if (wants_blank(order) && has_old && presence_of(order) == SERVICE_KEY_CARRYING &&
        !services_key(order->robot->program->services)->is_this_orders)
        token_fake_insert(writer_of(order), order->blank_key); /* the old one is still in */
    if (!order_steps_is_on_own_key(&order->operation->steps))
        return;
    give_pin(order);
}

static void on_pin(struct robot_order *order)
{
    note_texts(order);
    robot_visit_type_pin(order->robot);
    robot_tap(order->robot, "bar.next");
    robot_visit_type_pin(order->robot);
    robot_tap(order->robot, "bar.next");
}

static void on_done(struct robot_order *order)
{
    robot_turn(order->robot);
    note_texts(order);
    token_fake_pull(writer_of(order));
    robot_until_text(order->robot, "办完了，退出");
    note_texts(order);
    robot_tap(order->robot, "bar.next");
}

/* --- the whole way ------------------------------------------------------------------------------------- */

static const struct {
    const char *page;
    void (*act)(struct robot_order *order);
} acts[] = {
    {"welcome", on_welcome},     {"product", on_product},   {"service", on_service}, {"holder", on_holder},
    {"needless", on_needless},   {"wish", on_wish},         {"login", on_login},     {"key", on_key},
    {"agreement", on_agreement}, {"heed", on_heed},         {"form", on_form},       {"print", on_print},
    {"scan", on_scan},           {"identity", on_identity}, {"review", on_review},   {"pay", on_pay},
    {"issue", on_issue},         {"acting", on_acting},     {"pin", on_pin},         {"done", on_done}};

static void act_on(struct robot_order *order, const char *page)
{
    for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
        if (strcmp(acts[i].page, page) == 0) {
            acts[i].act(order);
            return;
        }
    (void)fprintf(stderr, "no act for the page %s\n", page);
    check(!"a page the robot does not know");
}

/* The next page has come, or the same asks for more (a form of several pages). */
static void until_next(struct robot_order *order, const char *page)
{
    int64_t end_ms = clock_monotonic_ms(clock_system()) + ROBOT_PATIENCE_MS;
    bool stays = strcmp(page, "form") == 0;
    while (is_on(order, page) && !(stays && robot_can_tap(order->robot, "bar.next"))) {
        if (clock_monotonic_ms(clock_system()) > end_ms) {
            robot_until_screen(order->robot, "anything but this"); /* tells what stands there */
            return;
        }
        robot_run(order->robot, 10);
    }
}

void robot_order_go(struct robot_order *order)
{
    buf_init(&order->texts, ROBOT_ORDER_TEXTS_BYTES);
    for (int turn = 0; turn < TURNS_MAX; turn++) {
        const char *page = ui_screen_name(order->robot->ui);
        note_page(order);
        if (turn > 0 && strcmp(page, "welcome") == 0)
            return;
        if (order->order_id[0] == 0 && visit_of(order)->has_order)
            (void)text_copy(order->order_id, sizeof(order->order_id), visit_of(order)->order.id);
        act_on(order, page);
        until_next(order, page);
    }
    check(!"the order has no end");
}
