#include "drivers/simulators/page/sim_page_paper.h"

#include <stdio.h>
#include <string.h>

#include "drivers/simulators/page/sim_page_ink.h"
#include "kiosk/base/qr.h"

static void print_row(cairo_t *cairo, const char *label, const char *value, double x_mm, double y_mm,
                      double label_mm)
{
    sim_page_ink_print(cairo, label, x_mm, y_mm, 4, false);
    sim_page_ink_print(cairo, value, x_mm + label_mm, y_mm, 4.4, false);
}

static void frame(cairo_t *cairo, double x_mm, double y_mm, double width_mm, double height_mm, double line_mm)
{
    cairo_set_source_rgb(cairo, 0.25, 0.25, 0.25);
    cairo_set_line_width(cairo, line_mm);
    cairo_rectangle(cairo, x_mm, y_mm, width_mm, height_mm);
    cairo_stroke(cairo);
}

static void draw_code(cairo_t *cairo, const char *text, double x_mm, double y_mm, double module_mm)
{
    static struct qr qr;
    if (qr_encode(text, &qr) != STATUS_OK)
        return;
    cairo_set_source_rgb(cairo, 0, 0, 0);
    for (int row = 0; row < qr.side; row++)
        for (int column = 0; column < qr.side; column++)
            if (qr.dark[row][column])
                cairo_rectangle(cairo, x_mm + column * module_mm, y_mm + row * module_mm, module_mm * 1.02,
                                module_mm * 1.02);
    cairo_fill(cairo);
}

static void draw_licence(cairo_t *cairo, const struct sim_page_person *person)
{
    char link[128];
    frame(cairo, 12, 12, 186, 273, 1.2);
    frame(cairo, 15, 15, 180, 267, 0.4);
    sim_page_ink_print(cairo, "营 业 执 照", 68, 60, 14, true);
    sim_page_ink_print(cairo, "（副本复印件 样例，仅供测试）", 68, 72, 4.5, false);
    print_row(cairo, "统一社会信用代码", person->code, 28, 95, 40);
    print_row(cairo, "名　　　　称", person->unit, 28, 112, 40);
    print_row(cairo, "类　　　　型", "有限责任公司", 28, 127, 40);
    print_row(cairo, "法定代表人", person->name, 28, 142, 40);
    print_row(cairo, "住　　　　所", person->address, 28, 157, 40);
    print_row(cairo, "注册资本", "壹佰万元整", 28, 172, 40);
    print_row(cairo, "成立日期", "2020年01月01日", 28, 187, 40);
    print_row(cairo, "营业期限", "长期", 28, 202, 40);
    sim_page_ink_print(cairo, "登记机关　样例登记局", 118, 255, 5, false);
    snprintf(link, sizeof link, "https://licence.example.cn/q?uniscid=%s", person->code);
    draw_code(cairo, link, 158, 22, 0.85);
}

/* Birth date and sex as the number itself says them (GB 11643). */
static void draw_card_front(cairo_t *cairo, const struct sim_page_person *person, double x_mm, double y_mm)
{
    char birth[64] = "";
    bool is_whole = strlen(person->id) == 18;
    if (is_whole)
        snprintf(birth, sizeof birth, "%.4s 年 %.2s 月 %.2s 日", person->id + 6, person->id + 10,
                 person->id + 12);
    frame(cairo, x_mm, y_mm, 85.6, 54, 0.4);
    print_row(cairo, "姓名", person->name, x_mm + 6, y_mm + 10, 13);
    print_row(cairo, "性别", is_whole && (person->id[16] - '0') % 2 ? "男　民族 汉" : "女　民族 汉", x_mm + 6,
              y_mm + 18, 13);
    print_row(cairo, "出生", birth, x_mm + 6, y_mm + 26, 13);
    print_row(cairo, "住址", person->address, x_mm + 6, y_mm + 34, 13);
    print_row(cairo, "公民身份号码", person->id, x_mm + 6, y_mm + 48, 28);
    frame(cairo, x_mm + 62, y_mm + 7, 18, 23, 0.2);
    sim_page_ink_print(cairo, "样例", x_mm + 66, y_mm + 20, 5, false);
}

static void draw_card_back(cairo_t *cairo, double x_mm, double y_mm)
{
    frame(cairo, x_mm, y_mm, 85.6, 54, 0.4);
    sim_page_ink_print(cairo, "样例共和国", x_mm + 26, y_mm + 15, 6, true);
    sim_page_ink_print(cairo, "居民身份证", x_mm + 21, y_mm + 28, 8, true);
    print_row(cairo, "签发机关", "样例市公安局样例分局", x_mm + 12, y_mm + 40, 20);
    print_row(cairo, "有效期限", "2020.01.01-2040.01.01", x_mm + 12, y_mm + 48, 20);
}

static void draw_identity(cairo_t *cairo, const char *title, const struct sim_page_person *person)
{
    sim_page_ink_print(cairo, title, 62, 30, 6, true);
    draw_card_front(cairo, person, 62, 45);
    draw_card_back(cairo, 62, 115);
    sim_page_ink_print(cairo, "本复印件仅供办理数字证书使用，与原件一致。", 62, 185, 4, false);
}

enum status sim_page_paper_draw(struct sim_page_sheet *sheet, const char *kind,
                                const struct sim_page_person *person)
{
    if (strcmp(kind, "licence") == 0)
        draw_licence(sheet->cairo, person);
    else if (strcmp(kind, "id-legal") == 0)
        draw_identity(sheet->cairo, "法定代表人身份证复印件", person);
    else if (strcmp(kind, "id-agent") == 0)
        draw_identity(sheet->cairo, "经办人身份证复印件", person);
    else
        return STATUS_NOT_FOUND;
    return STATUS_OK;
}
