/* Ui samples: a few pages as the design draws them, for tests of the toolkit. Names and numbers are made up.
 */
#ifndef TESTS_KIOSK_UI_UI_SAMPLES_H
#define TESTS_KIOSK_UI_UI_SAMPLES_H

#include <stdio.h>

#include "kiosk/base/qr.h"
#include "kiosk/ui/ui.h"

enum ui_sample {
    UI_SAMPLE_WELCOME,
    UI_SAMPLE_FORM,
    UI_SAMPLE_SERVICE,
    UI_SAMPLE_PAY,
    UI_SAMPLE_ISSUE,
    UI_SAMPLE_PIN,
    UI_SAMPLE_ERROR,
    UI_SAMPLE_LIST,
    UI_SAMPLE_READ,
    UI_SAMPLE_DESK,
    UI_SAMPLE_COUNT
};

static const char *const ui_sample_steps[] = {"项目选择", "录入信息", "打印申请表", "扫描资料",
                                              "身份识别", "审核",     "缴费",       "制证领取"};

[[maybe_unused]] static void ui_sample_header(struct ui *ui)
{
    ui_set_header(ui, &(struct ui_header){.product = "数字证书自助服务",
                                          .machine = "03 号机",
                                          .hall = "示例区服务大厅",
                                          .subject = "重庆网上房地产·证书新办·管理员",
                                          .receipt = "T20251121102436"});
    ui_set_steps(ui, ui_sample_steps, 8);
}

/* --- form
 * --------------------------------------------------------------------------------------------------- */

struct ui_sample_form_state {
    struct text_edit unit, credit, legal, id, mobile, office;
    bool dialog, revealed;
    int entered, left, blurs, changes, nexts;
    char last_tap[96];
};

[[maybe_unused]] static int ui_sample_form_left; /* how often the form was left; the state is gone by then */

static void ui_sample_form_enter(void *memory, struct ui *ui, const void *argument)
{
    struct ui_sample_form_state *s = memory;
    (void)ui;
    (void)argument;
    text_edit_init(&s->unit, TEXT_EDIT_CHINESE, 50);
    text_edit_set(&s->unit, "重庆示例科技有限公司");
    text_edit_init(&s->credit, TEXT_EDIT_CREDIT, 18);
    text_edit_set(&s->credit, "91500108MA600000");
    text_edit_init(&s->legal, TEXT_EDIT_NAME, 20);
    text_edit_set(&s->legal, "李大有");
    text_edit_init(&s->id, TEXT_EDIT_ID, 18);
    text_edit_set(&s->id, "500108198001010018");
    text_edit_init(&s->mobile, TEXT_EDIT_DIGITS, 11);
    text_edit_set(&s->mobile, "13900000000");
    text_edit_init(&s->office, TEXT_EDIT_PHONE, 20);
}

static void ui_sample_form_leave(void *memory, struct ui *ui)
{
    (void)memory;
    (void)ui;
    ui_sample_form_left++;
}

static void ui_sample_form_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct ui_sample_form_state *s = memory;
    if (event->kind == UI_EVENT_BLUR)
        s->blurs++;
    if (event->kind == UI_EVENT_CHANGE)
        s->changes++;
    if (event->kind == UI_EVENT_NEXT)
        s->nexts++;
    if (event->kind == UI_EVENT_TAP)
        snprintf(s->last_tap, sizeof s->last_tap, "%s", event->id);
    if (ui_tapped(event, "form.id.eye"))
        s->revealed = !s->revealed;
    if (ui_tapped(event, "bar.next"))
        ui_replace(ui, UI_SAMPLE_SERVICE, NULL);
    if (ui_tapped(event, "bar.exit"))
        s->dialog = true;
    if (ui_tapped(event, "dialog.stay"))
        s->dialog = false;
}

static void ui_sample_fields(struct ui *ui, struct rect area, struct ui_sample_form_state *s)
{
    struct widget_field fields[] = {
        {.id = "form.unit",
         .label = "单位名称",
         .required = true,
         .edit = &s->unit,
         .ok = true,
         .message = "与营业执照一致"},
        {.id = "form.credit",
         .label = "统一社会信用代码",
         .required = true,
         .edit = &s->credit,
         .error = true,
         .message = "少 2 位，应为 18 位。请照营业执照补全"},
        {.id = "form.legal", .label = "法人姓名", .required = true, .edit = &s->legal, .ok = true},
        {.id = "form.id",
         .label = "身份证号码",
         .required = true,
         .edit = &s->id,
         .shown = "500***********0018",
         .eye = true,
         .revealed = s->revealed,
         .message = "已隐藏中间 11 位，点眼睛可查看"},
        {.id = "form.mobile",
         .label = "移动电话",
         .required = true,
         .edit = &s->mobile,
         .shown = "139 0000 0000",
         .ok = true},
        {.id = "form.office",
         .label = "办公电话",
         .edit = &s->office,
         .placeholder = "区号 + 号码，例如 023-62000000"},
    };
    int height = widget_field_height(ui), count = ui_is_large(ui) ? 4 : 6;
    for (int i = 0; i < count; i++) {
        struct rect column = rect_column(area, i % 2, 2, ui_is_portrait(ui) ? 24 : 40);
        struct rect at = rect_make(column.x, area.y + (i / 2) * (height + 10), column.w, height);
        (void)widget_field(ui, at, &fields[i]);
    }
}

static void ui_sample_tabs(struct ui *ui, struct rect area, bool upright)
{
    struct widget_choice_tab tabs[] = {
        {.id = "group.1", .name = "证书信息", .line = "已填完", .mark = WIDGET_CHOICE_DONE},
        {.id = "group.2",
         .name = "单位信息",
         .line = "1 项有误",
         .mark = WIDGET_CHOICE_ERROR,
         .selected = true},
        {.id = "group.3", .name = "经办人信息", .line = "待填 2 项", .number = 3},
        {.id = "group.4", .name = "发票信息", .line = "选填", .number = 4},
    };
    for (int i = 0; i < 4; i++) {
        struct rect at =
            upright ? rect_column(area, i, 4, 12) : rect_make(area.x, area.y + i * 140, area.w, 124);
        (void)widget_choice_tab(ui, at, &tabs[i]);
    }
}

static void ui_sample_form_draw(void *memory, struct ui *ui)
{
    struct ui_sample_form_state *s = memory;
    struct ui_page page = {.title = "录入信息",
                           .subtitle = "带 * 的必须填写，照营业执照和身份证填",
                           .voice = "form",
                           .step = 2,
                           .plain = true,
                           .title_action = {.id = "form.card",
                                            .label = "放身份证，自动填写",
                                            .icon = ICON_ID_CARD,
                                            .look = WIDGET_BUTTON_SECONDARY},
                           .primary = {.label = "下一项：经办人信息", .icon_right = ICON_ARROW_RIGHT}};
    struct rect content = ui_page(ui, &page);
    if (ui_is_portrait(ui)) {
        ui_sample_tabs(ui, rect_cut_top(&content, 88), true);
        (void)rect_cut_top(&content, 24);
        ui_sample_fields(ui, content, s);
    } else {
        content.y -= 8;
        content.h += 16;
        ui_sample_tabs(ui, rect_cut_left(&content, ui_is_large(ui) ? 400 : 328), false);
        (void)rect_cut_left(&content, 32);
        (void)widget_panel(ui, content, WIDGET_PANEL_CARD);
        struct rect r = rect_inset(content, 46, 22);
        if (!ui_is_large(ui))
            (void)widget_label_text(ui, rect_cut_top(&r, 50), THEME_TYPE_H2, "单位信息");
        ui_sample_fields(ui, r, s);
    }
    if (s->dialog)
        widget_dialog(
            ui, &(struct widget_dialog){
                    .id = "dialog",
                    .title = "要退出办理吗？",
                    .line = "已填内容已经保存，7 天内凭手机号可以继续办理。",
                    .icon = ICON_EXIT,
                    .left = {.id = "dialog.leave", .label = "保存并退出", .look = WIDGET_BUTTON_NEUTRAL},
                    .primary = {.id = "dialog.stay", .label = "继续办理"}});
}

/* --- service
 * ------------------------------------------------------------------------------------------------ */

struct ui_sample_service_state {
    int chosen;
};

static void ui_sample_service_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct ui_sample_service_state *s = memory;
    if (ui_tapped_prefix(event, "service."))
        s->chosen = (int)event->tag;
    if (ui_tapped(event, "bar.back"))
        ui_replace(ui, UI_SAMPLE_FORM, NULL);
}

static void ui_sample_service_draw(void *memory, struct ui *ui)
{
    const struct ui_sample_service_state *s = memory;
    static const struct widget_choice choices[] = {
        {.name = "证书新办", .line = "第一次办理", .icon = ICON_FILE_PLUS, .fee = "480", .fee_unit = "元"},
        {.name = "更新续期",
         .line = "到期前延长有效期",
         .icon = ICON_REFRESH,
         .fee = "200",
         .fee_unit = "元/年"},
        {.name = "证书变更",
         .line = "名称、法人、公章有变化",
         .icon = ICON_EDIT,
         .fee = "免费",
         .free_of_charge = true},
        {.name = "证书补办", .line = "Key 丢失或损坏", .icon = ICON_COPY, .fee = "280", .fee_unit = "元/个"},
        {.name = "证书解锁",
         .line = "PIN 忘记或锁死",
         .icon = ICON_UNLOCK,
         .fee = "免费",
         .free_of_charge = true},
        {.name = "升级换 Key", .line = "更换旧款 Key", .icon = ICON_SWAP, .fee = "以公示为准"},
        {.name = "证书注销", .line = "停用后不能恢复", .icon = ICON_BAN, .fee = "不退费"},
        {.name = "冻结 / 恢复", .line = "本项目暂未开通", .icon = ICON_SNOWFLAKE, .disabled = true},
    };
    struct rect content =
        ui_page(ui, &(struct ui_page){.title = "今天办什么？",
                                      .subtitle = "点选一项，右侧会告诉您费用和资料",
                                      .voice = "service",
                                      .step = 1,
                                      .primary = {.label = "下一步：登录", .icon_right = ICON_ARROW_RIGHT}});
    bool portrait = ui_is_portrait(ui), large = ui_is_large(ui);
    if (!portrait && !large) {
        struct rect side = rect_cut_right(&content, 616);
        side.y = 208;
        side.h = 712;
        (void)rect_cut_right(&content, 32);
        (void)widget_panel(ui, side, WIDGET_PANEL_CARD);
        struct rect r = rect_inset(side, 40, 32);
        struct rect head = rect_cut_top(&r, 60);
        (void)widget_mark_chip(ui, head, WIDGET_RIGHT, WIDGET_MARK_BLUE, "约 25 分钟");
        (void)widget_label_text(ui, head, THEME_TYPE_H2_LARGE, "证书新办");
        (void)widget_label_text(ui, rect_cut_top(&r, 56), THEME_TYPE_SMALL, "您要办哪种证书？");
        struct widget_choice_segment segments[] = {
            {.id = "class.1", .name = "管理员", .line = "480 元", .selected = true},
            {.id = "class.2", .name = "操作员", .line = "380 元"}};
        widget_choice_segments(ui, rect_cut_top(&r, 108), segments, 2);
        (void)widget_panel_line(ui, rect_cut_top(&r, 40));
        struct rect fee = rect_cut_top(&r, 84);
        (void)widget_label_text(ui, fee, THEME_TYPE_BODY, "应缴费用");
        (void)widget_label_amount(ui, fee,
                                  &(struct widget_label_amount){.id = "fee",
                                                                .number = "480",
                                                                .behind = "元",
                                                                .number_type = THEME_TYPE_DISPLAY,
                                                                .unit_type = THEME_TYPE_READING,
                                                                .align = WIDGET_RIGHT});
        (void)widget_panel_line(ui, rect_cut_top(&r, 32));
        (void)widget_label_text(ui, rect_cut_top(&r, 50), THEME_TYPE_BODY_STRONG,
                                "请准备 5 项资料（复印件加盖公章）");
        static const char *const papers[] = {"数字证书申请表（本机打印）", "工商营业执照副本复印件",
                                             "法定代表人身份证复印件", "经办人身份证原件与复印件"};
        for (int i = 0; i < 4; i++)
            (void)widget_mark_tick(
                ui, rect_cut_top(&r, 50),
                &(struct widget_mark_tick){.text = papers[i], .state = WIDGET_MARK_DONE, .plain = true});
    }
    int count = large ? 4 : 8;
    for (int i = 0; i < count; i++) {
        char id[32];
        struct widget_choice choice = choices[i];
        snprintf(id, sizeof id, "service.%d", i);
        choice.id = id;
        choice.tag = i;
        choice.selected = i == s->chosen;
        struct rect row = rect_row(content, i / 2, count / 2, portrait ? 20 : 16);
        if (portrait && row.h > 196)
            row = rect_make(content.x, content.y + i / 2 * 216, content.w, 196);
        (void)widget_choice(ui, rect_column(row, i % 2, 2, portrait ? 24 : 24), &choice);
    }
}

/* --- pay
 * ---------------------------------------------------------------------------------------------------- */

static void ui_sample_pay_draw(void *memory, struct ui *ui)
{
    (void)memory;
    static struct qr qr;
    if (qr.side == 0 && qr_encode("https://qr.example.com/bax00000000000000000", &qr) != STATUS_OK)
        return;
    struct rect content = ui_page(ui, &(struct ui_page){.title = "审核通过，请扫码支付",
                                                        .subtitle = "打开手机支付宝，用“扫一扫”对准二维码",
                                                        .step = 7,
                                                        .back = "暂不支付",
                                                        .no_exit = true,
                                                        .secondary = {.id = "pay.renew",
                                                                      .label = "换一个码",
                                                                      .icon = ICON_REFRESH,
                                                                      .look = WIDGET_BUTTON_NEUTRAL},
                                                        .primary = {.id = "pay.check",
                                                                    .label = "付过了，没反应？",
                                                                    .look = WIDGET_BUTTON_SECONDARY}});
    struct rect left = layout_split(ui_layout(ui), content, 0, 2, 32),
                right = layout_split(ui_layout(ui), content, 1, 2, 32);
    (void)widget_panel(ui, left, WIDGET_PANEL_CARD);
    int side = left.h - 80 < left.w / 2 + 80 ? left.h - 80 : left.w / 2 + 80;
    struct rect code = rect_make(left.x + 40, left.y + 40, side, side);
    (void)widget_picture_qr(ui, code, "pay.qr", "支付宝付款码", &qr);
    (void)widget_progress_ring(
        ui, rect_make(code.x + side + 40, left.y + 48, 200, 200),
        &(struct widget_progress_ring){
            .id = "pay.ring", .text = "4:32", .caption = "剩余", .left = 272, .total = 300});
    (void)widget_panel(ui, right, WIDGET_PANEL_CARD);
    struct rect r = rect_inset(right, 48, 40);
    struct rect amount = rect_cut_top(&r, 140);
    (void)widget_label_amount(ui, amount,
                              &(struct widget_label_amount){.id = "pay.amount",
                                                            .before = "¥",
                                                            .number = "480.00",
                                                            .number_type = THEME_TYPE_HERO,
                                                            .unit_type = THEME_TYPE_H0,
                                                            .align = WIDGET_RIGHT});
    (void)widget_panel_line(ui, rect_cut_top(&r, 24));
    (void)widget_label_pair(ui, rect_cut_top(&r, 64), THEME_TYPE_READING, "收款单位",
                            "示例数字认证中心有限公司");
    (void)widget_label_pair(ui, rect_cut_top(&r, 64), THEME_TYPE_READING, "电子发票", "5 个工作日内发到邮箱");
    (void)widget_notice_banner(ui, rect_cut_bottom(&r, 116),
                               &(struct widget_notice){.id = "pay.state",
                                                       .tone = WIDGET_NOTICE_INFO,
                                                       .title = "等待支付",
                                                       .line = "付款成功后自动进入制证，不用点按钮",
                                                       .busy = true});
}

/* --- issue
 * -------------------------------------------------------------------------------------------------- */

static void ui_sample_issue_draw(void *memory, struct ui *ui)
{
    (void)memory;
    struct rect content =
        ui_page(ui, &(struct ui_page){.title = "正在制作证书",
                                      .subtitle = "约 2 分钟，请在机器前等待",
                                      .step = 8,
                                      .no_back = true,
                                      .no_exit = true,
                                      .bar_text = "Key 编号 1118 0100 66463",
                                      .primary = {.label = "制作中，请稍候", .disabled = true}});
    struct rect banner = rect_cut_bottom(&content, 144);
    (void)rect_cut_bottom(&content, 28);
    bool portrait = ui_is_portrait(ui);
    struct rect left = portrait ? rect_cut_top(&content, 380) : rect_cut_left(&content, 600);
    if (portrait)
        (void)rect_cut_top(&content, 28);
    else
        (void)rect_cut_left(&content, 32);
    (void)widget_panel(ui, left, WIDGET_PANEL_CARD);
    (void)widget_device(ui, rect_inset(left, 48, 32), WIDGET_DEVICE_KEY, false, "Key 在屏幕下方右侧");
    (void)widget_panel(ui, content, WIDGET_PANEL_CARD);
    struct rect r = rect_inset(content, 56, 40);
    struct rect head = rect_cut_top(&r, 100);
    (void)widget_label_amount(ui, head,
                              &(struct widget_label_amount){.id = "issue.percent",
                                                            .number = "68",
                                                            .behind = "%",
                                                            .number_type = THEME_TYPE_DISPLAY,
                                                            .unit_type = THEME_TYPE_H1,
                                                            .color = THEME_COLOR_B700,
                                                            .align = WIDGET_RIGHT});
    (void)widget_label_text(ui, head, THEME_TYPE_H2, "正在写入证书");
    (void)widget_progress(ui, rect_cut_top(&r, 60), "issue.bar", "正在写入证书", 68);
    struct widget_progress_stage stages[] = {{"初始化", "完成", WIDGET_MARK_DONE},
                                             {"生成密钥", "完成", WIDGET_MARK_DONE},
                                             {"签发", "完成", WIDGET_MARK_DONE},
                                             {"写入", "进行中", WIDGET_MARK_NOW},
                                             {"校验", "等待", WIDGET_MARK_OPEN}};
    (void)widget_progress_stages(ui, r, "issue.stages", stages, 5);
    (void)widget_notice_banner(
        ui, banner,
        &(struct widget_notice){.id = "issue.warning",
                                .tone = WIDGET_NOTICE_AMBER,
                                .title = "请不要拔出 Key",
                                .line = "中途拔出会损坏 Key，需要重新制作。指示灯变为常亮后再拔。"});
}

/* --- PIN
 * ---------------------------------------------------------------------------------------------------- */

static void ui_sample_pin_draw(void *memory, struct ui *ui)
{
    (void)memory;
    struct rect content =
        ui_page(ui, &(struct ui_page){.title = "给 Key 设置密码(PIN)",
                                      .subtitle = "以后登录、签章都要用，请记牢。工作人员不会问您密码",
                                      .step = 8,
                                      .no_back = true,
                                      .secondary = {.label = "重新输入", .look = WIDGET_BUTTON_NEUTRAL},
                                      .primary = {.label = "确定", .disabled = true}});
    bool portrait = ui_is_portrait(ui);
    struct rect pad = portrait ? rect_cut_bottom(&content, 460) : rect_cut_right(&content, 680);
    if (portrait)
        (void)rect_cut_bottom(&content, 24);
    else
        (void)rect_cut_right(&content, 32);
    widget_keypad(ui, pad, &(struct widget_keypad){.id = "pin", .extra = "ABC", .secret = true});
    (void)widget_panel(ui, content, WIDGET_PANEL_CARD);
    struct rect r = rect_inset(content, 52, 32);
    (void)widget_field(ui, rect_cut_top(&r, 148),
                       &(struct widget_field){
                           .id = "pin.first", .label = "第一次输入", .dots = 8, .dots_total = 8, .ok = true});
    (void)rect_cut_top(&r, 16);
    (void)widget_field(
        ui, rect_cut_top(&r, 148),
        &(struct widget_field){.id = "pin.second", .label = "再输入一次", .dots = 5, .dots_total = 8});
    (void)rect_cut_top(&r, 8);
    (void)widget_mark_tick(
        ui, rect_cut_top(&r, 56),
        &(struct widget_mark_tick){.text = "6 到 16 位数字或字母", .state = WIDGET_MARK_DONE});
    (void)widget_mark_tick(
        ui, rect_cut_top(&r, 56),
        &(struct widget_mark_tick){.text = "不是 111111、123456 这类简单密码", .state = WIDGET_MARK_DONE});
    (void)widget_mark_tick(ui, rect_cut_top(&r, 56),
                           &(struct widget_mark_tick){.text = "两次输入一致", .state = WIDGET_MARK_OPEN});
}

/* --- error, list, long text
 * --------------------------------------------------------------------------------- */

static void ui_sample_error_draw(void *memory, struct ui *ui)
{
    (void)memory;
    ui_page_error(ui, &(struct ui_page_error){
                          .title = "扫描仪卡纸了",
                          .kept = "前 3 项已经保存，取出纸张后接着扫，不用重来。",
                          .steps = {"打开扫描口盖板", "双手平直抽出纸张", "合上盖板，听到“嗒”一声"},
                          .step_lines = {"向上抬起，停在最高处", "不要用力撕扯", "指示灯变绿"},
                          .hint = "取不出来？点“呼叫工作人员”，一般 2 分钟内到。",
                          .code = "SC-21",
                          .device = WIDGET_DEVICE_SCANNER,
                          .device_line = "扫描口在屏幕下方左侧",
                          .step = 4,
                          .secondary = {.id = "bar.call", .label = "呼叫工作人员", .icon = ICON_HEADSET},
                          .primary = {.label = "已取出，接着扫", .icon_right = ICON_ARROW_RIGHT}});
}

static void ui_sample_list_draw(void *memory, struct ui *ui)
{
    (void)memory;
    struct rect content =
        ui_page(ui, &(struct ui_page){.title = "您的订单", .subtitle = "点右边的按钮继续办理"});
    struct widget_list_row rows[] = {
        {.id = "order.1",
         .icon = ICON_FILE,
         .name = "证书新办·重庆网上房地产",
         .line = "受理号 T20251121102436",
         .chip = "待缴费",
         .tone = WIDGET_MARK_AMBER,
         .action = "去缴费",
         .action_primary = true},
        {.id = "order.2",
         .icon = ICON_FILE,
         .name = "更新续期·示例采购网",
         .line = "受理号 T20251120091200",
         .chip = "被驳回",
         .tone = WIDGET_MARK_RED,
         .action = "修改资料"},
        {.id = "order.3",
         .icon = ICON_FILE,
         .name = "证书补办·示例采购网",
         .line = "受理号 T20251119091200",
         .chip = "完成",
         .tone = WIDGET_MARK_GREEN},
    };
    for (int i = 0; i < 3; i++) {
        (void)widget_list_row(ui, rect_cut_top(&content, ui_is_large(ui) ? 140 : 104), &rows[i]);
        (void)rect_cut_top(&content, 16);
    }
    widget_list_pages(ui, rect_cut_bottom(&content, ui_is_large(ui) ? 120 : 96), "orders", 0, 2);
}

static const char ui_sample_text[] =
    "为了保护您的合法权益，请仔细阅读本协议。\n"
    "一、数字证书（以下简称“证书”）由示例数字认证中心有限公司签发，用于在网上业务中证明身份、签署电子文件，"
    "具有《中华人民共和国电子签名法》规定的法律效力。\n"
    "二、申请人应当提供真实、完整、准确的资料（包括 1 份申请表、1 份营业执照复印件、2 "
    "份身份证复印件），并对资料的真实性负责。\n"
    "三、申请人应当妥善保管 Key 和 PIN，不得转借他人；如果丢失，请立即申请挂失或补办，客户热线 "
    "400-000-0000，网址 www.example.com。\n"
    "四、证书有效期为一年，到期前 30 天内可以办理更新续期。\n"
    "五、费用以公示为准；审核通过后再缴费，因本机原因没有办成的，原路退回。\n"
    "六、本机只在办理期间使用您的资料；离开后，屏幕上的信息会立即清除。\n";

static void ui_sample_read_draw(void *memory, struct ui *ui)
{
    (void)memory;
    struct rect content =
        ui_page(ui, &(struct ui_page){.title = "服务协议",
                                      .subtitle = "看完再同意",
                                      .step = 1,
                                      .primary = {.label = "同意并继续（还剩 1 页）", .disabled = true}});
    struct rect agree = rect_cut_bottom(&content, 96);
    (void)rect_cut_bottom(&content, 16);
    (void)widget_pager(ui, content, "agreement", "服务协议", ui_sample_text, 0);
    (void)widget_mark_tick(ui, agree,
                           &(struct widget_mark_tick){.id = "agree",
                                                      .text = "我已阅读并同意《数字证书服务协议》",
                                                      .state = WIDGET_MARK_DONE,
                                                      .checkbox = true,
                                                      .type = THEME_TYPE_BODY_L});
}

/* --- welcome
 * ------------------------------------------------------------------------------------------------ */

static void ui_sample_welcome_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    (void)memory;
    if (ui_tapped(event, "welcome.start"))
        ui_push(ui, UI_SAMPLE_FORM, NULL);
}

static void ui_sample_welcome_draw(void *memory, struct ui *ui)
{
    (void)memory;
    const struct layout *layout = ui_layout(ui);
    struct rect all = rect_make(0, 0, layout->width, layout->height);
    struct rect brand = ui_is_portrait(ui) ? rect_cut_top(&all, 1216) : rect_cut_left(&all, 1216);
    (void)widget_panel(ui, brand, WIDGET_PANEL_DARK);
    (void)widget_motif(ui, rect_make(brand.x + brand.w - 640, 100, 540, 540), true);
    (void)widget_label(ui, rect_make(96, 240, 700, 300),
                       &(struct widget_label){.text = "数字证书\n自助办理",
                                              .type = THEME_TYPE_HERO,
                                              .color = THEME_COLOR_ON_DARK});
    (void)widget_button(ui, rect_make(96, 724, 560, 152),
                        &(struct widget_button){.id = "welcome.start",
                                                .label = "开始办理",
                                                .look = WIDGET_BUTTON_LIGHT,
                                                .type = THEME_TYPE_H0,
                                                .icon_right = ICON_ARROW_RIGHT,
                                                .way_out = true});
    (void)widget_button(ui, rect_make(688, 724, ui_is_portrait(ui) ? 360 : 432, 152),
                        &(struct widget_button){.id = "welcome.resume",
                                                .label = "继续办理",
                                                .line = "凭受理号或手机号",
                                                .look = WIDGET_BUTTON_DARK,
                                                .icon = ICON_HISTORY,
                                                .way_out = true});
    (void)widget_panel(ui, all, WIDGET_PANEL_FLAT);
    struct rect tools = rect_inset(all, 64, 64);
    (void)widget_button(
        ui, rect_cut_bottom(&tools, 112),
        &(struct widget_button){
            .id = "bar.call", .label = "呼叫工作人员", .look = WIDGET_BUTTON_QUIET, .icon = ICON_HEADSET});
}

/* --- desk
 * --------------------------------------------------------------------------------------------------- */

struct ui_sample_desk_state {
    struct text_edit search, note;
    struct widget_picture_view view;
    int row;
    char last_tap[96];
    int keys, wheels, timers;
};

static void ui_sample_desk_enter(void *memory, struct ui *ui, const void *argument)
{
    struct ui_sample_desk_state *s = memory;
    (void)ui;
    (void)argument;
    text_edit_init(&s->search, TEXT_EDIT_CHINESE, 40);
    text_edit_init(&s->note, TEXT_EDIT_CHINESE, 200);
}

static void ui_sample_desk_event(void *memory, struct ui *ui, const struct ui_event *event)
{
    struct ui_sample_desk_state *s = memory;
    (void)ui;
    if (event->kind == UI_EVENT_TAP)
        snprintf(s->last_tap, sizeof s->last_tap, "%s", event->id);
    if (ui_tapped_prefix(event, "queue."))
        s->row = (int)event->tag;
    if (event->kind == UI_EVENT_KEY)
        s->keys++;
    if (event->kind == UI_EVENT_TIMER)
        s->timers += 1 + 100 * event->timer;
    if (event->kind == UI_EVENT_WHEEL)
        s->wheels += event->steps;
}

static void ui_sample_desk_draw(void *memory, struct ui *ui)
{
    struct ui_sample_desk_state *s = memory;
    static uint8_t pixels[60 * 84 * 3];
    static const struct canvas_image image = {pixels, 60, 84};
    for (int i = 0; i < 60 * 84; i++)
        pixels[3 * i] = pixels[3 * i + 1] = pixels[3 * i + 2] =
            (uint8_t)(i % 60 < 4 || i / 60 % 12 == 6 ? 90 : 250);
    struct ui_page_desk_areas areas = ui_page_desk(ui, &(struct ui_page_desk){.title = "审核队列",
                                                                              .chip = "最久等待 06:12",
                                                                              .chip_tone = WIDGET_MARK_AMBER,
                                                                              .right = "早班 09:00–13:30",
                                                                              .nav = true});
    struct widget_nav_item items[] = {
        {.id = "nav.live", .name = "实时会话", .icon = ICON_GRID, .shortcut = "F1"},
        {.id = "nav.review",
         .name = "审核队列",
         .icon = ICON_FILE,
         .shortcut = "F2",
         .count = 4,
         .selected = true},
        {.id = "nav.orders", .name = "订单", .icon = ICON_LIST, .shortcut = "F3"}};
    (void)widget_nav(ui, areas.nav,
                     &(struct widget_nav){.product = "受理工作台",
                                          .items = items,
                                          .item_count = 3,
                                          .person = "陈示范",
                                          .person_line = "审核员·工号 C017",
                                          .lock = true});
    (void)widget_field(ui, rect_center(rect_cut_right(&areas.header_tools, 320), 300, 36),
                       &(struct widget_field){
                           .id = "search", .edit = &s->search, .placeholder = "受理号、手机尾号、单位名称"});
    struct rect r = areas.content;
    struct rect left = rect_cut_left(&r, 360);
    struct rect body = ui_page_desk_panel(ui, left, "待审核 4", "等待时间");
    struct widget_table_column columns[] = {{.title = "单位", .align = WIDGET_LEFT},
                                            {.title = "等待", .width = 70, .align = WIDGET_RIGHT}};
    struct widget_table_row rows[] = {
        {.cells = {"重庆样例建材有限公司", "06:12"}, .look = WIDGET_TABLE_AMBER},
        {.cells = {"重庆示例科技有限公司", "03:21"}},
        {.cells = {"示范物业服务有限公司", "01:50"}}};
    rows[s->row % 3].selected = true;
    for (int i = 0; i < 3; i++)
        rows[i].tag = i;
    (void)widget_table(ui, body,
                       &(struct widget_table){.id = "queue",
                                              .label = "待审核",
                                              .columns = columns,
                                              .column_count = 2,
                                              .rows = rows,
                                              .row_count = 3,
                                              .pressable = true,
                                              .headless = true});
    (void)rect_cut_left(&r, 12);
    struct rect right = rect_cut_right(&r, 340);
    (void)rect_cut_right(&r, 12);
    (void)widget_picture_image(
        ui, r,
        &(struct widget_picture_image){
            .id = "page", .label = "申请表", .image = &image, .version = 1, .view = &s->view});
    struct rect fields = ui_page_desk_panel(ui, right, "重庆示例科技有限公司", "¥480");
    struct rect buttons = rect_inset(rect_cut_bottom(&fields, 64), 12, 12);
    (void)widget_button(
        ui, rect_cut_left(&buttons, 84),
        &(struct widget_button){
            .id = "review.hold", .label = "挂起", .shortcut = "F11", .look = WIDGET_BUTTON_NEUTRAL});
    (void)rect_cut_left(&buttons, 10);
    (void)widget_button(
        ui, rect_cut_left(&buttons, 90),
        &(struct widget_button){
            .id = "review.reject", .label = "驳回", .shortcut = "F10", .look = WIDGET_BUTTON_REFUSE});
    (void)rect_cut_left(&buttons, 10);
    (void)widget_button(ui, buttons,
                        &(struct widget_button){.id = "review.approve",
                                                .label = "通过",
                                                .shortcut = "F9",
                                                .icon = ICON_CHECK,
                                                .look = WIDGET_BUTTON_SUCCESS});
    (void)widget_mark_tick(
        ui, rect_inset(rect_cut_top(&fields, 40), 12, 4),
        &(struct widget_mark_tick){.id = "reason.1", .text = "公章不清晰", .checkbox = true});
    (void)widget_field(ui, rect_inset(rect_cut_top(&fields, 120), 12, 4),
                       &(struct widget_field){.id = "note",
                                              .label = "补充说明",
                                              .edit = &s->note,
                                              .placeholder = "写清要申请人怎么改",
                                              .multiline = true});
}

[[maybe_unused]] static const struct screen_class ui_sample_screens[UI_SAMPLE_COUNT] = {
    [UI_SAMPLE_WELCOME] = {.name = "welcome",
                           .idle_ms = -1,
                           .state_bytes = 8,
                           .event = ui_sample_welcome_event,
                           .draw = ui_sample_welcome_draw},
    [UI_SAMPLE_FORM] = {.name = "form",
                        .back = true,
                        .state_bytes = sizeof(struct ui_sample_form_state),
                        .enter = ui_sample_form_enter,
                        .event = ui_sample_form_event,
                        .draw = ui_sample_form_draw,
                        .leave = ui_sample_form_leave},
    [UI_SAMPLE_SERVICE] = {.name = "service",
                           .back = true,
                           .state_bytes = sizeof(struct ui_sample_service_state),
                           .event = ui_sample_service_event,
                           .draw = ui_sample_service_draw},
    [UI_SAMPLE_PAY] = {.name = "pay", .back = true, .draw = ui_sample_pay_draw},
    [UI_SAMPLE_ISSUE] = {.name = "issue", .idle_ms = -1, .draw = ui_sample_issue_draw},
    [UI_SAMPLE_PIN] = {.name = "pin", .draw = ui_sample_pin_draw},
    [UI_SAMPLE_ERROR] = {.name = "error", .draw = ui_sample_error_draw},
    [UI_SAMPLE_LIST] = {.name = "list", .back = true, .draw = ui_sample_list_draw},
    [UI_SAMPLE_READ] = {.name = "read", .back = true, .draw = ui_sample_read_draw},
    [UI_SAMPLE_DESK] = {.name = "desk",
                        .idle_ms = -1,
                        .state_bytes = sizeof(struct ui_sample_desk_state),
                        .enter = ui_sample_desk_enter,
                        .event = ui_sample_desk_event,
                        .draw = ui_sample_desk_draw},
};

#endif
