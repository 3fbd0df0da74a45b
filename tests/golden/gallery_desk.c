/* Cases of the desk's review: a case open, empty, loading, sent back, put aside, compared; and sign-in. */
#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "tests/golden/gallery_person.h"

static struct service_desk *desk_of(struct gallery *gallery)
{
    return &gallery->services.desk;
}

static void sign_in(struct gallery *gallery)
{
    desk_of(gallery)->signed_in = true;
    (void)text_copy(desk_of(gallery)->clerk, sizeof(desk_of(gallery)->clerk),
                    gallery_text(gallery, "陈示范", "陈", "阿卜杜热合曼·吐尔逊"));
}

static void add_line(struct gallery *gallery, size_t index, int age_s)
{
    static const char *const units[] = {"重庆样例建材有限公司", "重庆示例科技有限公司",
                                        "示范物业服务有限公司", "宿迁示例建设有限公司"};
    struct service_queue_line *line = &desk_of(gallery)->queue[index];
    *line = (struct service_queue_line){.order = gallery->services.visit.order,
                                        .waiting_since_utc_s = GALLERY_NOW_UTC_S - age_s};
    (void)text_copy(line->unit, sizeof(line->unit),
                    gallery_text(gallery, units[index], "宝店",
                                 "重庆市高新技术产业开发区示范物业服务与资产管理有限责任公司第二分公司"));
    if (index == 1)
        return; /* the visit's own */
    (void)snprintf(line->order.id, sizeof(line->order.id), "%032zu", index);
    (void)snprintf(line->order.acceptance, sizeof(line->order.acceptance), "T202511211029050%zu", index);
}

static void add_queue(struct gallery *gallery)
{
    static const int ages_s[] = {372, 201, 110, 35};
    struct service_desk *desk = desk_of(gallery);
    desk->queue_count = 4;
    for (size_t i = 0; i < desk->queue_count; i++)
        add_line(gallery, i, ages_s[i]);
    desk->terminal_count = 1;
    (void)text_copy(desk->terminals[0].order_id, sizeof(desk->terminals[0].order_id),
                    desk->queue[1].order.id);
    desk->terminals[0].is_alive = true;
    (void)text_copy(desk->terminals[0].machine, sizeof(desk->terminals[0].machine), "03");
}

static size_t seal_of(const struct service_page *page)
{
    size_t i = 0;
    while (i < page->check_count && strcmp(page->checks[i].name, "seal") != 0)
        i++;
    check(i < page->check_count);
    return i;
}

static void add_checks(struct service_case *opened)
{
    for (size_t i = 0; i < opened->page_count; i++) {
        struct service_page *page = &opened->pages[i];
        (void)text_copy(page->checks[page->check_count].name, sizeof(page->checks[0].name), "code");
        page->checks[page->check_count++].verdict = SERVICE_CHECK_NOT_COMPUTED;
        page->turned_tenths = i == 0 ? GALLERY_FORM_TURN_TENTHS : 0;
        page->dpi = 300;
    }
    opened->pages[0].checks[seal_of(&opened->pages[0])].place =
        (struct service_place){0.61, 0.53, 0.21, 0.15};
    struct service_page *poor = &opened->pages[3];
    poor->state = SERVICE_PAGE_POOR;
    poor->checks[3].verdict = SERVICE_CHECK_BAD;
    (void)text_copy(poor->checks[3].reason, sizeof(poor->checks[3].reason), "seal-missing");
}

static void open_case(struct gallery *gallery)
{
    struct service_case *opened = &desk_of(gallery)->opened;
    gallery_order(gallery, ORDER_STATE_REVIEWING);
    gallery_scanned(gallery, 4);
    sign_in(gallery);
    add_queue(gallery);
    gallery_screen(gallery, DESK_REVIEW);
    gallery_tap(gallery, "queue.T2025112110243607");
    opened->is_open = true;
    opened->order = gallery->services.visit.order;
    opened->page_count = gallery->services.visit.page_count;
    for (size_t i = 0; i < opened->page_count; i++)
        opened->pages[i] = gallery->services.visit.pages[i];
    check(form_values_copy(&opened->values, &gallery->services.values) == STATUS_OK);
    add_checks(opened);
    (void)text_copy(opened->form_paper, sizeof(opened->form_paper), opened->pages[0].paper);
    opened->place_count = 1;
    opened->places[0].place = (struct service_place){0.264, 0.1715, 0.637, 0.037};
    (void)text_copy(opened->places[0].field, sizeof(opened->places[0].field), "credit_code");
    gallery_answer(gallery, SERVICE_DESK_CASE, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

static struct service_image *picture_of(size_t page, int width_px)
{
    return gallery_page(page == 0 ? "01_application_form.jpg" : "10_business_licence.jpg", width_px);
}

/* The small pictures come one after the other, in the order of the pages. */
static void answer_thumbs(struct gallery *gallery)
{
    const uint64_t *asked = &gallery->services.asked[SERVICE_DESK_THUMB];
    uint64_t answered = 0;
    for (size_t page = 0; *asked != answered; page++) {
        answered = *asked;
        gallery_answer(gallery, SERVICE_DESK_THUMB, STATUS_OK, SERVICE_REASON_NONE, 0, picture_of(page, 76));
    }
}

static void show(struct gallery *gallery, size_t page)
{
    desk_of(gallery)->opened.seen[page] = true;
    gallery_answer(gallery, SERVICE_DESK_PAGE, STATUS_OK, SERVICE_REASON_NONE, 0, picture_of(page, 900));
    answer_thumbs(gallery);
}

void gallery_desk_case(struct gallery *gallery)
{
    open_case(gallery);
    show(gallery, 0);
    desk_of(gallery)->opened.seen[1] = desk_of(gallery)->opened.seen[3] = true;
    gallery_tap(gallery, "item.field.credit_code");
}

/* Begun on a Saturday evening. */
void gallery_desk_counted(struct gallery *gallery)
{
    open_case(gallery);
    show(gallery, 0);
    desk_of(gallery)->opened.counts_utc_s = GALLERY_NOW_UTC_S;
}

static void find_in_register(struct service_case *opened, const char *field,
                             enum service_finding_verdict verdict)
{
    struct service_finding *finding = &opened->findings[opened->finding_count++];
    finding->verdict = verdict;
    (void)text_copy(finding->comparison, sizeof(finding->comparison), "unit");
    (void)text_copy(finding->field, sizeof(finding->field), field);
}

void gallery_desk_compared(struct gallery *gallery)
{
    struct service_case *opened = &desk_of(gallery)->opened;
    open_case(gallery);
    show(gallery, 0);
    find_in_register(opened, "company", SERVICE_FINDING_AGREES);
    find_in_register(opened, "credit_code", SERVICE_FINDING_AGREES);
    find_in_register(opened, "legal_name", SERVICE_FINDING_DIFFERS);
    find_in_register(opened, "legal_id", SERVICE_FINDING_UNKNOWN);
    gallery_tap(gallery, "item.field.legal_name");
}

void gallery_desk_warranty(struct gallery *gallery)
{
    struct service_case *opened = &desk_of(gallery)->opened;
    open_case(gallery);
    show(gallery, 0);
    opened->in_warranty = true;
    opened->order.amount_fen = 0;
}

void gallery_desk_loading(struct gallery *gallery)
{
    open_case(gallery);
}

void gallery_desk_empty(struct gallery *gallery)
{
    sign_in(gallery);
    gallery_screen(gallery, DESK_REVIEW);
}

/* Everything was seen. */
void gallery_desk_ready(struct gallery *gallery)
{
    struct service_case *opened = &desk_of(gallery)->opened;
    open_case(gallery);
    show(gallery, 0);
    for (size_t i = 0; i < opened->page_count; i++)
        opened->seen[i] = true;
    for (size_t i = 0; i < opened->values.count; i++)
        service_desk_field_seen(&gallery->services, opened->values.value[i].id);
    gallery_report(gallery, SERVICE_DESK_OVERVIEW, STATUS_OK, SERVICE_REASON_NONE);
}

/* The key has a seal that its new certificate will not sign. */
void gallery_desk_seal_left(struct gallery *gallery)
{
    desk_of(gallery)->opened.carried = SERVICE_CARRIED_LEFT;
    gallery_desk_ready(gallery);
}

/* Two papers are to be handed in on paper, one is there. */
void gallery_desk_missing(struct gallery *gallery)
{
    struct service_case *opened = &desk_of(gallery)->opened;
    gallery_desk_ready(gallery);
    opened->original_count = 2;
    for (size_t i = 0; i < opened->original_count; i++) {
        opened->originals[i] = (struct service_original){.wanted = 1, .copies = (unsigned)i};
        (void)text_copy(opened->originals[i].paper, sizeof(opened->originals[i].paper),
                        opened->pages[i].paper);
    }
    opened->originals[1].received_utc_s = clock_hall_day_utc_s(GALLERY_NOW_UTC_S) - 3 * 86400;
    gallery_report(gallery, SERVICE_DESK_OVERVIEW, STATUS_OK, SERVICE_REASON_NONE);
}

void gallery_desk_originals(struct gallery *gallery)
{
    gallery_desk_missing(gallery);
    gallery_tap(gallery, "review.originals");
}

void gallery_desk_reasons(struct gallery *gallery)
{
    gallery_desk_ready(gallery);
    gallery_tap(gallery, "review.reject");
    gallery_tap(gallery, "reason.stamp-unclear");
    gallery_tap(gallery, "item.field.credit_code");
    gallery_tap(gallery, "reason.number-differs");
    gallery_tap(gallery, "review.note");
    gallery_type(gallery, gallery_text(gallery, "第 9 位起照营业执照改", "改", "照营业执照改"));
    for (int i = 0; i < 6 && gallery->length == GALLERY_LONGEST; i++)
        gallery_type(gallery, "从头逐字改");
}

void gallery_desk_undo(struct gallery *gallery)
{
    gallery_desk_ready(gallery);
    gallery_tap(gallery, "review.approve");
    desk_of(gallery)->opened.decided = desk_of(gallery)->opened.approved = true;
    desk_of(gallery)->opened.undo_until_utc_s = GALLERY_NOW_UTC_S + 5;
    gallery_answer(gallery, SERVICE_DESK_APPROVE, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

void gallery_desk_compare(struct gallery *gallery)
{
    gallery_desk_ready(gallery);
    gallery_tap(gallery, "review.compare");
    show(gallery, 1);
}

void gallery_tap_tab(struct gallery *gallery, const char *id)
{
    while (widget_find(ui_tree(gallery->ui), id) == NULL)
        gallery_tap(gallery, "tabs.next");
    gallery_tap(gallery, id);
}

/* One picture stands for two papers. */
void gallery_desk_same(struct gallery *gallery)
{
    struct service_case *opened = &desk_of(gallery)->opened;
    gallery_desk_ready(gallery);
    (void)text_copy(opened->pages[2].same_as, sizeof(opened->pages[2].same_as), opened->pages[1].paper);
    gallery_tap_tab(gallery, "page.legal_id");
    show(gallery, 2);
}

void gallery_desk_turned(struct gallery *gallery)
{
    gallery_desk_ready(gallery);
    gallery_tap(gallery, "review.rotate");
    gallery_tap(gallery, "review.zoom_in");
    gallery_tap(gallery, "review.zoom_in");
}

void gallery_desk_hold(struct gallery *gallery)
{
    gallery_desk_ready(gallery);
    gallery_tap(gallery, "review.hold");
    gallery_type(gallery, gallery_text(gallery, "等单位补授权书", "等", "经办人去拿授权书"));
}

void gallery_desk_held(struct gallery *gallery)
{
    struct service_case *opened = &desk_of(gallery)->opened;
    gallery_desk_hold(gallery);
    gallery_tap(gallery, "ask.yes");
    desk_of(gallery)->queue[0].due_utc_s = GALLERY_NOW_UTC_S - 86400;
    desk_of(gallery)->queue[2].due_utc_s = GALLERY_NOW_UTC_S + 86400;
    opened->on_hold = desk_of(gallery)->queue[1].on_hold = true;
    (void)text_copy(opened->hold_clerk, sizeof(opened->hold_clerk), desk_of(gallery)->clerk);
    (void)text_copy(opened->hold_note, sizeof(opened->hold_note),
                    gallery_text(gallery, "等单位补授权书", "等",
                                 "单位经办人回去拿授权书原件，下午三点前回来，请接着审"));
    gallery_answer(gallery, SERVICE_DESK_HOLD, STATUS_OK, SERVICE_REASON_NONE, 0, NULL);
}

/* A colleague approved already; an approval takes two. */
void gallery_desk_second(struct gallery *gallery)
{
    gallery_desk_ready(gallery);
    struct service_case *opened = &desk_of(gallery)->opened;
    opened->signers = 2;
    (void)text_copy(opened->signed_by, sizeof(opened->signed_by),
                    gallery_text(gallery, "chenlin", "li", "zhangxiaoming-counter-two"));
}

/* The first of the two has approved here. */
void gallery_desk_waits(struct gallery *gallery)
{
    gallery_desk_ready(gallery);
    struct service_case *opened = &desk_of(gallery)->opened;
    opened->signers = 2;
    opened->decided = opened->approved = opened->waits_second = true;
    opened->undo_until_utc_s = GALLERY_NOW_UTC_S - 1;
}

void gallery_desk_reveal(struct gallery *gallery)
{
    gallery_desk_ready(gallery);
    gallery_tap(gallery, "item.field.legal_id");
    gallery_tap(gallery, "review.reveal");
    gallery_type(gallery, "与身份证复印件核对");
}

/* --- sign-in ------------------------------------------------------------------------------------------- */

void gallery_desk_signin(struct gallery *gallery)
{
    gallery_screen(gallery, DESK_SIGNIN);
}

void gallery_desk_signin_wrong(struct gallery *gallery)
{
    gallery_screen(gallery, DESK_SIGNIN);
    gallery_type(gallery, "chen");
    gallery_tap(gallery, "signin.password");
    gallery_type(gallery, "wrong");
    gallery_tap(gallery, "signin.next");
    gallery_answer(gallery, SERVICE_DESK_SIGN_IN, STATUS_REFUSED, SERVICE_REASON_PASSWORD_WRONG, 0, NULL);
}
