/* Cases of a clerk's help as the applicant sees it: chip, sentence, frame, lock, the ends. */
#include "kiosk/base/text.h"
#include "kiosk/screens/help.h"
#include "tests/golden/gallery_person.h"

static struct service_act *add(struct gallery *gallery, enum service_act_kind kind, const char *reason)
{
    struct service_supervision *view = &gallery->services.supervision;
    struct service_act *act = &view->acts[view->act_count++];
    *act = (struct service_act){.kind = kind};
    (void)text_copy(act->id, sizeof(act->id), service_act_name(kind));
    (void)text_copy(act->reason, sizeof(act->reason), reason);
    return act;
}

static void begin(struct gallery *gallery)
{
    gallery->services.supervision.is_helping = true;
    gallery_order(gallery, ORDER_STATE_DRAFT);
    gallery_screen(gallery, SCREEN_FORM);
}

/* The report has come and the loop has turned. */
static void arrive(struct gallery *gallery)
{
    help_acts(gallery->ui);
    help_update(gallery->ui);
    gallery_report(gallery, SERVICE_SUPERVISION, STATUS_OK, SERVICE_REASON_NONE);
}

void gallery_help_chip(struct gallery *gallery)
{
    begin(gallery);
    arrive(gallery);
}

void gallery_help_message(struct gallery *gallery)
{
    begin(gallery);
    (void)text_copy(add(gallery, SERVICE_ACT_MESSAGE, "")->words, SERVICE_TEXT_BYTES,
                    gallery_text(gallery, "营业执照放反了，把有字的一面朝下", "请稍等",
                                 "统一社会信用代码的第九位是字母不是数字，请照着营业执照右上角再核对一遍，"
                                 "改好以后点下一步，有问题随时按呼叫工作人员"));
    arrive(gallery);
}

void gallery_help_pointed(struct gallery *gallery)
{
    begin(gallery);
    (void)text_copy(add(gallery, SERVICE_ACT_POINT, "")->field, SERVICE_NAME_BYTES, "credit_code");
    arrive(gallery);
}

void gallery_help_locked(struct gallery *gallery)
{
    begin(gallery);
    gallery->services.supervision.is_locked = true;
    (void)text_copy(gallery->services.supervision.lock_reason, SERVICE_NAME_BYTES, "check");
    arrive(gallery);
}

void gallery_help_stopped(struct gallery *gallery)
{
    begin(gallery);
    (void)add(gallery, SERVICE_ACT_END, "left");
    arrive(gallery);
    gallery->services.supervision = (struct service_supervision){0};
    help_update(gallery->ui);
}

void gallery_help_closed(struct gallery *gallery)
{
    gallery->services.supervision.is_closed = true;
    (void)text_copy(gallery->services.supervision.closed_reason, SERVICE_NAME_BYTES, "paper");
    gallery_screen(gallery, SCREEN_CLOSED);
}
