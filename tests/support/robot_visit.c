#include "tests/support/robot_visit.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"

static const struct hall_visit_answer shortest[] = {{"company", "示例公司"},
                                                    {"credit_code", "91500108MA6000016R"},
                                                    {"legal_name", "李丁"},
                                                    {"legal_id", "110101199003070353"},
                                                    {"legal_mobile", "13900000000"},
                                                    {"office_phone", "023-6200000"},
                                                    {"website", "无"},
                                                    {"agent_name", "丁一"},
                                                    {"agent_id", "110101199003070417"},
                                                    {"agent_mobile", HALL_PHONE},
                                                    {"agent_email", "a@b.cn"},
                                                    {"agent_wechat", "无"},
                                                    {"mailing_region", "北京市 东城区"},
                                                    {"mailing_street", "一街一号"},
                                                    {"mailing_postcode", "400000"}};

static const struct hall_visit_answer longest[] = {
    {"company", "重庆市示例高新技术产业开发区超长名称进出口贸易与供应链管理股份有限公司"
                "两江新区第二分公司渝北区联络办事处示范服务部甲乙"},
    {"credit_code", "91500108MA6000016R"},
    {"legal_name", "阿卜杜热合曼·阿卜杜热西提·买买提明江·吐尔逊江"},
    {"legal_id", "110101199003070353"},
    {"legal_mobile", "13900000000"},
    {"office_phone", "023-62000000-88888"},
    {"website", "www.a-rather-long-name-of-an-example-company-in-china.com.cn"},
    {"agent_name", "古丽巴哈尔·阿卜杜热西提·买买提明江·吐尔逊"},
    {"agent_id", "110101199003070417"},
    {"agent_mobile", HALL_PHONE},
    {"agent_email", "a.rather.long.name.of.a.person@a-rather-long-example.com.cn"},
    {"agent_wechat", "wechat_name_of_20chr"},
    {"mailing_region", "新疆维吾尔自治区 克孜勒苏柯尔克孜自治州"},
    {"mailing_street", "示例工业园区二期东侧第十二大道与北三环路交叉口西南角六百六十六号高新技术创业服务中心"
                       "写字楼甲座二十三层二三零八室收发室转交"},
    {"mailing_postcode", "400000"},
    {"invoice_bank", "示例商业银行股份有限公司重庆两江新区分行渝北区示例大道支行第二营业部对公业务室"},
    {"invoice_account", "123456789012345678901234567890"},
    {"invoice_address", "重庆市渝北区示例工业园区二期东侧第十二大道与北三环路交叉口西南角六百六十六号"
                        "高新技术创业服务中心写字楼甲座二十三层"}};

const struct hall_visit_answer *robot_answers(size_t *count)
{
    *count = 0;
    while (hall_visit_answers[*count].id != NULL)
        ++*count;
    return hall_visit_answers;
}

/* 国信CA, a unit. */
const struct hall_visit_answer robot_gxca_unit[ROBOT_GXCA_UNIT] = {
    {"company", "宿迁示例建设有限公司"},
    {"credit_code", "91500108MA6000016R"},
    {"registered_place", "江苏省 宿迁市 宿城区"},
    {"legal_name", "李大有"},
    {"unit_phone", "0527-82000000"},
    {"agent_name", "张小丽"},
    {"agent_id", "110101199003070417"},
    {"agent_mobile", HALL_PHONE},
    {"agent_email", "zhang@example.cn"},
    {"return_address", "江苏省宿迁市示例路 1 号"}};

const struct hall_visit_answer *robot_answers_short(size_t *count)
{
    *count = sizeof(shortest) / sizeof(shortest[0]);
    return shortest;
}

const struct hall_visit_answer *robot_answers_long(size_t *count)
{
    *count = sizeof(longest) / sizeof(longest[0]);
    return longest;
}

static void look(const struct robot_visit *visit, const char *name)
{
    if (visit->look != NULL)
        visit->look(visit->robot, name);
}

static const struct service_visit *view_of(const struct robot_visit *visit)
{
    return services_visit(visit->robot->program->services);
}

static struct token_fake *writer_of(const struct hall_program *terminal)
{
    return terminal->hall->writers[terminal->number - 1];
}

/* --- to the form ------------------------------------------------------------------------------------- */

/* The card of a product, wherever in the list it stands. */
static void choose_product(const struct robot_visit *visit, const char *product)
{
    char id[96];
    (void)snprintf(id, sizeof(id), "product.%s", product);
    for (int page = 0; !robot_can_tap(visit->robot, id); page++) {
        check(page < 20);
        robot_tap(visit->robot, "pages.next");
    }
    robot_tap(visit->robot, id);
}

/* Where there is something to choose: what the visit wishes, else what is offered first. */
static void choose_wish(const struct robot_visit *visit)
{
    if (widget_find(ui_tree(visit->robot->ui), "wish.due") == NULL)
        return;
    for (size_t i = 0; i < visit->wish_count; i++)
        robot_tap(visit->robot, visit->wishes[i]);
    look(visit, "wish");
    robot_tap(visit->robot, "bar.next");
}

void robot_visit_open_empty(struct robot *robot, struct hall_program *terminal)
{
    token_fake_pull(writer_of(terminal));
    robot_open_wide(robot, terminal);
    robot_until_screen(robot, "welcome");
    robot_run(robot, 800);
}

void robot_visit_open_holder(struct robot *robot, struct hall_program *terminal, const char *key)
{
    robot_visit_open_empty(robot, terminal);
    token_fake_insert(writer_of(terminal), key);
    robot_until_screen(robot, "holder");
}

void robot_visit_choose(const struct robot_visit *visit)
{
    char class[96], operation[96];
    (void)snprintf(operation, sizeof(operation), "operation.%s",
                   visit->operation == NULL ? "new" : visit->operation);
    (void)snprintf(class, sizeof(class), "class.%s", visit->class_id == NULL ? "supplier" : visit->class_id);
    robot_until_screen(visit->robot, "welcome");
    look(visit, "welcome");
    robot_tap(visit->robot, "welcome.start");
    robot_until_screen(visit->robot, "product");
    look(visit, "product");
    choose_product(visit, visit->product == NULL ? "ezca-cqzfcg" : visit->product);
    robot_until_screen(visit->robot, "service");
    robot_tap(visit->robot, operation);
    look(visit, "service");
    if (!robot_can_tap(visit->robot, class)) { /* large letters: on the next page */
        robot_tap(visit->robot, "bar.next");
        look(visit, "service-details");
    }
    robot_tap(visit->robot, class);
    robot_tap(visit->robot, "bar.next");
    if (strcmp(ui_screen_name(visit->robot->ui), "needless") == 0) /* is needed all the same */
        robot_tap(visit->robot, "bar.next");
    choose_wish(visit);
    robot_until_screen(visit->robot, "login");
}

void robot_visit_login(const struct robot_visit *visit)
{
    char code[16];
    struct robot *robot = visit->robot;
    look(visit, "login");
    robot_pad(robot, "pad", HALL_PHONE);
    robot_tap(robot, "login.send");
    robot_until_text(robot, "验证码已发送");
    look(visit, "login-sent");
    check(sms_fake_last_code(robot->program->hall->phones, HALL_PHONE, code, sizeof(code)) == STATUS_OK);
    robot_pad(robot, "pad", code);
    robot_until_screen(robot, view_of(visit)->operation != NULL ? "agreement" : "orders");
}

static void read_pages(const struct robot_visit *visit)
{
    struct robot *robot = visit->robot;
    robot_until_screen(robot, "agreement");
    robot_until_idle(robot, "bar.next");
    if (robot_can_tap(robot, "unfinished.new"))
        robot_tap(robot, "unfinished.new");
    look(visit, "agreement");
    while (!robot_can_tap(robot, "bar.next"))
        robot_tap(robot, "text.down");
    look(visit, "agreement-end");
    robot_tap(robot, "bar.next");
}

void robot_visit_read(struct robot *robot)
{
    read_pages(&(struct robot_visit){.robot = robot});
}

void robot_visit_agree(const struct robot_visit *visit)
{
    read_pages(visit);
    robot_until_screen(visit->robot, "form");
}

/* --- form -------------------------------------------------------------------------------------------- */

static void fill(const struct robot_visit *visit, const struct hall_visit_answer *answer, bool looks)
{
    char field[80];
    (void)snprintf(field, sizeof(field), "form.%s", answer->id);
    robot_fill(visit->robot, field, answer->text);
    if (looks)
        look(visit, field);
}

/* What of the answers stands on this page is filled in; then the page is left. */
static void fill_page(const struct robot_visit *visit, const struct hall_visit_answer *answers, size_t count,
                      bool *filled, int page)
{
    char field[80];
    char name[32];
    for (size_t i = 0; i < count; i++) {
        (void)snprintf(field, sizeof(field), "form.%s", answers[i].id);
        const struct widget *w = widget_find(ui_tree(visit->robot->ui), field);
        if (filled[i] || w == NULL)
            continue;
        fill(visit, &answers[i], i == 0 || i == 7);
        filled[i] = true;
        robot_key(visit->robot, INPUT_KEY_ESCAPE, 0, 0); /* the page as it is without the keyboard */
        ui_focus(visit->robot->ui, NULL);
        robot_turn(visit->robot);
    }
    (void)snprintf(name, sizeof(name), "form-page-%d", page);
    look(visit, name);
}

void robot_visit_known(struct robot *robot)
{
    if (!robot_can_tap(robot, "known.keep"))
        return;
    robot_tap(robot, "known.keep");
    robot_until_gone(robot, "上次的信息已经填好");
}

void robot_visit_form(const struct robot_visit *visit)
{
    bool filled[64] = {0};
    size_t count = visit->answer_count;
    const struct hall_visit_answer *answers = visit->answers != NULL ? visit->answers : robot_answers(&count);
    robot_visit_known(visit->robot);
    look(visit, "form-empty");
    for (int page = 1; strcmp(ui_screen_name(visit->robot->ui), "form") == 0; page++) {
        check(page < 40);
        fill_page(visit, answers, count, filled, page);
        robot_tap(visit->robot, "bar.next");
        if (!robot_can_tap(visit->robot, "bar.next")) /* it was the last page: being stored */
            robot_until_screen(visit->robot, "print");
    }
}

/* --- paper ------------------------------------------------------------------------------------------- */

void robot_visit_print(const struct robot_visit *visit)
{
    robot_until_screen(visit->robot, "print");
    robot_until_gone(visit->robot, "正在生成申请表");
    check(!robot_shows(visit->robot, "预览暂时看不了"));
    look(visit, "print");
    robot_tap(visit->robot, "bar.next");
    (void)robot_until(visit->robot, "print.another");
    look(visit, "print-done");
    robot_tap(visit->robot, "bar.next");
    robot_until_screen(visit->robot, "scan");
}

static void lay(const struct robot_visit *visit, const char *paper)
{
    struct hall_program *program = visit->robot->program;
    hall_glass_lay(&program->glass, hall_sheet_of(program->hall, &view_of(visit)->order, paper));
}

static bool is_missing(const struct service_page *page)
{
    return page->is_open && page->state == SERVICE_PAGE_MISSING;
}

void robot_visit_lay_next(const struct robot_visit *visit)
{
    for (size_t i = 0; i < view_of(visit)->page_count; i++)
        if (is_missing(&view_of(visit)->pages[i])) {
            lay(visit, view_of(visit)->pages[i].paper);
            return;
        }
}

static bool asks_about_samples(struct robot *robot)
{
    char id[32];
    bool asks = false;
    for (int i = 0; i < SERVICE_SAMPLES_MAX && !asks; i++) {
        (void)snprintf(id, sizeof(id), "sample.%d", i);
        asks = widget_find(ui_tree(robot->ui), id) != NULL;
    }
    return asks;
}

void robot_visit_samples(struct robot *robot)
{
    for (int i = 0; asks_about_samples(robot); i++) {
        check(i < 100);
        if (robot_can_tap(robot, "bar.next"))
            robot_tap(robot, "bar.next");
        robot_run(robot, 50);
    }
}

void robot_visit_scan_to(const struct robot_visit *visit, const char *screen)
{
    char id[80];
    struct robot *robot = visit->robot;
    robot_until_screen(robot, "scan");
    look(visit, "scan-empty");
    for (size_t i = 0; i < view_of(visit)->page_count; i++) {
        const struct service_page *page = &view_of(visit)->pages[i];
        if (!is_missing(page))
            continue;
        (void)snprintf(id, sizeof(id), "paper.%s", page->paper);
        if (robot_can_tap(robot, id))
            robot_tap(robot, id);
        lay(visit, page->paper);
        robot_tap(robot, "bar.next");
        if (i == 0) {
            robot_until(robot, "scan.progress");
            look(visit, "scan-working");
        }
        (void)robot_until(robot, "scan.again");
        check(view_of(visit)->pages[i].state != SERVICE_PAGE_MISSING);
        look(visit, i == 0 ? "scan-form" : "scan-copy");
        if (robot_can_tap(robot, "scan.skip"))
            robot_tap(robot, "scan.skip");
    }
    robot_tap(robot, "bar.next");
    robot_visit_samples(robot);
    robot_until_screen(robot, screen);
}

void robot_visit_scan(const struct robot_visit *visit)
{
    robot_visit_scan_to(visit, "identity");
}

void robot_visit_identity(const struct robot_visit *visit, struct hall_program *desk)
{
    robot_run(visit->robot, 100);
    look(visit, "identity");
    hall_desk_identify(desk, "chen", view_of(visit)->order.id);
    robot_until_screen(visit->robot, "review");
}

void robot_visit_review(const struct robot_visit *visit, struct hall_program *desk)
{
    robot_visit_review_to(visit, desk, "pay");
}

void robot_visit_review_to(const struct robot_visit *visit, struct hall_program *desk, const char *screen)
{
    robot_run(visit->robot, 100);
    look(visit, "review");
    hall_desk_open(desk, "chen", view_of(visit)->order.id);
    hall_desk_approve(desk);
    robot_until_screen(visit->robot, screen);
}

/* --- key --------------------------------------------------------------------------------------------- */

void robot_visit_pay(const struct robot_visit *visit, const char *key)
{
    struct hall *hall = visit->robot->program->hall;
    robot_until_screen(visit->robot, "pay");
    if (services_key(visit->robot->program->services)->presence != SERVICE_KEY_BLANK) {
        (void)robot_until(visit->robot, "pay.state");
        look(visit, "pay-no-key");
        token_fake_insert(writer_of(visit->robot->program), key);
    }
    for (int i = 0; widget_find(ui_tree(visit->robot->ui), "pay.code") == NULL; i++) {
        check(i < 20);
        if (robot_can_tap(visit->robot, "bar.next"))
            robot_tap(visit->robot, "bar.next");
        robot_run(visit->robot, 300);
    }
    look(visit, "pay");
    check(payment_fake_pay(hall->gateway, view_of(visit)->payment.out_trade_no) == STATUS_OK);
    robot_until_screen(visit->robot, "issue");
}

void robot_visit_issue(const struct robot_visit *visit)
{
    look(visit, "issue");
    robot_until_screen(visit->robot, "pin");
}

void robot_visit_type_pin(struct robot *robot)
{
    bool letters = false;
    for (const char *c = HALL_PIN; *c != 0; c++) {
        char id[16];
        bool is_letter = *c > '9';
        if (is_letter != letters)
            robot_tap(robot, "pad.extra");
        letters = is_letter;
        (void)snprintf(id, sizeof(id), "pad.%c", *c);
        robot_tap(robot, id);
    }
    if (letters)
        robot_tap(robot, "pad.extra");
}

void robot_visit_pin(const struct robot_visit *visit)
{
    robot_visit_pin_to(visit, "done");
}

void robot_visit_pin_to(const struct robot_visit *visit, const char *screen)
{
    look(visit, "pin");
    robot_tap(visit->robot, "pad.extra");
    look(visit, "pin-letters");
    robot_tap(visit->robot, "pad.extra");
    robot_visit_type_pin(visit->robot);
    look(visit, "pin-typed");
    robot_tap(visit->robot, "bar.next");
    robot_visit_type_pin(visit->robot);
    look(visit, "pin-again");
    robot_tap(visit->robot, "bar.next");
    robot_until_screen(visit->robot, screen);
}

void robot_visit_take(const struct robot_visit *visit)
{
    struct robot *robot = visit->robot;
    look(visit, "done-take");
    token_fake_pull(robot->program->hall->writers[robot->program->number - 1]);
    robot_until_text(robot, "办完了，退出");
    look(visit, "done");
    robot_tap(robot, "bar.next");
    robot_until_screen(robot, "welcome");
}
