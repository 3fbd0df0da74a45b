#include "tests/golden/gallery_person.h"

#include <SDL2/SDL_image.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "kiosk/page/page_image.h"

enum { PAGES = 24 };

#define PHONE "13800000000"

/* Field, then normal, shortest and longest value. */
static const struct {
    const char *field, *text[GALLERY_LENGTHS];
} answers[] = {
    {"company",
     {"重庆示例科技有限公司", "示例公司",
      "重庆市南岸区弹子石示例中央商务区数字经济产业园信息技术股份有限公司"}},
    {"credit_code", {"91500108MA6000008Y", "91500108MA6000008Y", "91500108MA6000008Y"}},
    {"legal_name", {"李大有", "李有", "阿卜杜热合曼·吐尔逊江·买买提"}},
    {"legal_id", {"500108197003030018", "500108197003030018", "500108197003030018"}},
    {"legal_mobile", {"13900000000", "13900000000", "13900000000"}},
    {"office_phone", {"023-62000001", "023-62000001", "023-62000001-88888"}},
    {"website", {"www.example.cn", "无", "www.a-rather-long-name-of-a-company.example.com.cn"}},
    {"agent_name", {"王小小", "王小", "阿不都克里木·艾合买提"}},
    {"agent_id", {"500108198503090054", "500108198503090054", "500108198503090054"}},
    {"agent_mobile", {PHONE, PHONE, PHONE}},
    {"agent_email", {"wxx@example.com", "a@b.cn", "a.rather.long.name.of.a.person@mail.example.com.cn"}},
    {"agent_wechat", {"wxx_2025", "无", "a_long_wechat_name_1"}},
    {"mailing_region", {"重庆市 南岸区", "澳门特别行政区", "新疆维吾尔自治区 克孜勒苏柯尔克孜自治州"}},
    {"mailing_street",
     {"示例路 1 号 6 楼", "示例路1",
      "弹子石街道示例大道一百二十八号数字经济产业园第三栋写字楼二十六层二六零八室"}},
    {"mailing_postcode", {"400060", "400060", "400060"}},
};

void gallery_choose(struct gallery *gallery)
{
    const struct product *product = gallery->catalogue->products[0];
    services_choose(&gallery->services, product, product_find_operation(product, "new"),
                    product->classes[0].id);
}

void gallery_login(struct gallery *gallery)
{
    gallery_choose(gallery);
    (void)text_copy(gallery->services.visit.phone, sizeof(gallery->services.visit.phone), PHONE);
}

static void fill(struct gallery *gallery)
{
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
        check(form_values_set(&gallery->services.values, answers[i].field,
                              answers[i].text[gallery->length]) == STATUS_OK);
}

void gallery_order(struct gallery *gallery, enum order_state state)
{
    struct service_visit *visit = &gallery->services.visit;
    gallery_login(gallery);
    fill(gallery);
    visit->has_order = true;
    visit->order = (struct order){.id = "0123456789abcdef0123456789abcdef",
                                  .acceptance = "T2025112110243607",
                                  .terminal = "terminal-03",
                                  .state = state,
                                  .version = 3,
                                  .amount_fen = 48000,
                                  .created_utc_s = GALLERY_NOW_UTC_S - 84,
                                  .updated_utc_s = GALLERY_NOW_UTC_S};
    (void)text_copy(visit->order.product, sizeof(visit->order.product), visit->product->id);
    (void)text_copy(visit->order.class_id, sizeof(visit->order.class_id), visit->class_id);
    (void)text_copy(visit->order.operation, sizeof(visit->order.operation), visit->operation->id);
    visit->page_count = visit->operation->paper_count;
    for (size_t i = 0; i < visit->page_count; i++) {
        visit->pages[i] = (struct service_page){.is_open = true};
        (void)text_copy(visit->pages[i].paper, sizeof(visit->pages[i].paper), visit->operation->paper_ids[i]);
    }
}

void gallery_scanned(struct gallery *gallery, size_t count)
{
    static const char *const checks[] = {"resolution", "skew", "corners", "seal", "signature"};
    struct service_visit *visit = &gallery->services.visit;
    for (size_t i = 0; i < count && i < visit->page_count; i++) {
        struct service_page *page = &visit->pages[i];
        page->state = SERVICE_PAGE_GOOD;
        page->check_count = i == 0 ? 5 : 4; /* only the form is signed */
        for (size_t k = 0; k < page->check_count; k++) {
            (void)text_copy(page->checks[k].name, sizeof(page->checks[k].name), checks[k]);
            page->checks[k].verdict = SERVICE_CHECK_GOOD;
        }
    }
}

/* One pixel of the small page from all of the large one that it stands for. */
static void average(const SDL_Surface *from, struct service_image *to, int x, int y)
{
    int x0 = x * from->w / to->width_px, x1 = (x + 1) * from->w / to->width_px;
    int y0 = y * from->h / to->height_px, y1 = (y + 1) * from->h / to->height_px;
    unsigned sum[3] = {0}, count = 0;
    x1 = x1 > x0 ? x1 : x0 + 1;
    y1 = y1 > y0 ? y1 : y0 + 1;
    for (int v = y0; v < y1; v++)
        for (int u = x0; u < x1; u++, count++)
            for (int i = 0; i < 3; i++)
                sum[i] += ((const uint8_t *)from->pixels)[v * from->pitch + u * 3 + i];
    for (int i = 0; i < 3; i++)
        to->rgb[((size_t)y * (size_t)to->width_px + (size_t)x) * 3 + (size_t)i] = (uint8_t)(sum[i] / count);
}

static struct service_image *read_page(const char *name, int width_px)
{
    char path[512];
    (void)snprintf(path, sizeof(path), TEST_SOURCE_DIR "/tests/fixtures/pages/%s", name);
    SDL_Surface *loaded = IMG_Load(path);
    check(loaded != NULL);
    SDL_Surface *same = SDL_ConvertSurfaceFormat(loaded, SDL_PIXELFORMAT_RGB24, 0);
    struct service_image *image = calloc(1, sizeof(*image));
    check(same != NULL && image != NULL);
    *image = (struct service_image){.width_px = width_px, .height_px = loaded->h * width_px / loaded->w};
    image->rgb = malloc((size_t)width_px * (size_t)image->height_px * 3);
    check(image->rgb != NULL);
    for (int y = 0; y < image->height_px; y++)
        for (int x = 0; x < width_px; x++)
            average(same, image, x, y);
    SDL_FreeSurface(same);
    SDL_FreeSurface(loaded);
    return image;
}

/* Pages are read and made small once; every case that shows one gets a copy. */
static struct {
    const char *name; /* static texts of the cases */
    struct service_image *image;
} pages[PAGES];

static void free_pages(void)
{
    for (size_t i = 0; i < PAGES; i++)
        service_image_free(pages[i].image);
}

/* The form was scanned askew; pages are shown as they are kept, straight. */
static struct service_image *read_straight(const char *name, int width_px)
{
    struct service_image *image = read_page(name, width_px);
    if (strcmp(name, "01_application_form.jpg") != 0)
        return image;
    struct page_image page = {
        .pixels = image->rgb, .width_px = image->width_px, .height_px = image->height_px, .channels = 3};
    check(page_image_straighten(&page, GALLERY_FORM_TURN_TENTHS / 10.0) == STATUS_OK);
    image->rgb = page.pixels;
    return image;
}

static const struct service_image *find_page(const char *name, int width_px)
{
    size_t i = 0;
    while (i < PAGES && pages[i].name != NULL &&
           (strcmp(pages[i].name, name) != 0 || pages[i].image->width_px != width_px))
        i++;
    check(i < PAGES);
    if (pages[0].name == NULL)
        check(atexit(free_pages) == 0);
    if (pages[i].name == NULL) {
        pages[i].image = read_straight(name, width_px);
        pages[i].name = name;
    }
    return pages[i].image;
}

struct service_image *gallery_page(const char *name, int width_px)
{
    const struct service_image *page = find_page(name, width_px);
    struct service_image *image = calloc(1, sizeof(*image));
    size_t length = (size_t)page->width_px * (size_t)page->height_px * 3;
    check(image != NULL);
    *image = *page;
    image->rgb = malloc(length);
    check(image->rgb != NULL);
    (void)memcpy(image->rgb, page->rgb, length);
    return image;
}
