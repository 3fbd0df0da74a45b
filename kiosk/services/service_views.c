#include "kiosk/services/service_views.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk/base/secret.h"

void service_image_free(struct service_image *image)
{
    if (image == NULL)
        return;
    if (image->rgb != NULL)
        secret_wipe_bytes(image->rgb, (size_t)image->width_px * (size_t)image->height_px * 3);
    free(image->rgb);
    free(image);
}

enum service_check_line service_check_line(const char *name)
{
    static const struct {
        const char *name;
        enum service_check_line line;
    } checks[] = {
#define PAGE_CHECK(code, name, line) {name, SERVICE_CHECK_LINE_##line},
#include "kiosk/page/page_checks.def"
#undef PAGE_CHECK
    };
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
        if (strcmp(checks[i].name, name) == 0)
            return checks[i].line;
    return SERVICE_CHECK_LINE_NONE;
}

/* NONE stands last in the list and is still the best. */
static enum service_finding_verdict worse(enum service_finding_verdict a, enum service_finding_verdict b)
{
    return a == SERVICE_FINDING_NONE || (b != SERVICE_FINDING_NONE && b > a) ? b : a;
}

enum service_finding_verdict service_finding_of(const struct service_finding *findings, size_t count,
                                                const char *field)
{
    enum service_finding_verdict verdict = SERVICE_FINDING_NONE;
    for (size_t i = 0; i < count; i++)
        if (strcmp(findings[i].field, field) == 0)
            verdict = worse(verdict, findings[i].verdict);
    return verdict;
}

enum service_finding_verdict service_finding_by(const struct service_finding *findings, size_t count,
                                                const char *comparison)
{
    enum service_finding_verdict verdict = SERVICE_FINDING_NONE;
    for (size_t i = 0; i < count; i++)
        if (strcmp(findings[i].comparison, comparison) == 0)
            verdict = worse(verdict, findings[i].verdict);
    return verdict;
}

const char *service_finding_name(enum service_finding_verdict verdict)
{
    static const char *const names[] = {
#define STORE_FINDING_VERDICT(code, name) name,
#include "kiosk/store/store_finding_verdicts.def"
#undef STORE_FINDING_VERDICT
        "taken", "none"};
    return (unsigned)verdict <= SERVICE_FINDING_NONE ? names[verdict] : "invalid";
}

const char *service_page_title(const struct product *product, const struct service_page *pages, size_t count,
                               const char *paper)
{
    const struct product_paper *known = product_find_paper(product, paper);
    for (size_t i = 0; i < count; i++)
        if (strcmp(pages[i].paper, paper) == 0 && pages[i].title[0] != 0)
            return pages[i].title;
    return known == NULL ? "" : known->title;
}

static const struct service_page *find_page(const struct service_page *pages, size_t count, const char *paper)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(pages[i].paper, paper) == 0)
            return &pages[i];
    return NULL;
}

/* It is there by itself; a front with its back. */
static bool is_whole(const struct service_page *pages, size_t count, const struct service_page *page)
{
    size_t next = (size_t)(page - pages) + 1;
    return page->state != SERVICE_PAGE_MISSING && page->same_as[0] == 0 &&
           (page->side != SERVICE_SIDE_FRONT || next == count || pages[next].side != SERVICE_SIDE_BACK ||
            pages[next].state != SERVICE_PAGE_MISSING);
}

const struct service_page *service_page_source(const struct product *product,
                                               const struct service_page *pages, size_t count,
                                               const struct service_page *page)
{
    const struct product_paper *paper = product_find_paper(product, page->paper);
    bool is_back = page->side == SERVICE_SIDE_BACK;
    const struct service_page *source =
        paper == NULL ? NULL : find_page(pages, count, is_back ? paper->id : paper->same_as);
    if (source == NULL || !page->is_open)
        return NULL;
    bool is_there = is_back ? source->state != SERVICE_PAGE_MISSING && source->same_as[0] == 0
                            : is_whole(pages, count, source);
    return is_there ? source : NULL;
}

const char *service_object_kind_name(enum service_object_kind kind)
{
    static const char *const names[SERVICE_OBJECT_KIND_COUNT_] = {
#define SERVICE_OBJECT_KIND(code, name) name,
#include "kiosk/services/service_object_kinds.def"
#undef SERVICE_OBJECT_KIND
    };
    return (unsigned)kind < SERVICE_OBJECT_KIND_COUNT_ ? names[kind] : "invalid";
}

const char *service_holder_state_name(enum service_holder_state state)
{
    static const char *const names[SERVICE_HOLDER_STATE_COUNT_] = {
#define SERVICE_HOLDER_STATE(code, name) name,
#include "kiosk/services/service_holder_states.def"
#undef SERVICE_HOLDER_STATE
    };
    return (unsigned)state < SERVICE_HOLDER_STATE_COUNT_ ? names[state] : "invalid";
}

const char *service_objection_name(enum service_objection objection)
{
    static const char *const names[SERVICE_OBJECTION_COUNT_] = {
#define SERVICE_OBJECTION(code, name) name,
#include "kiosk/services/service_objections.def"
#undef SERVICE_OBJECTION
    };
    return (unsigned)objection < SERVICE_OBJECTION_COUNT_ ? names[objection] : "invalid";
}

void service_wish_init(struct service_wish *wish, const struct product_operation *operation)
{
    *wish = (struct service_wish){.years = operation == NULL ? 0 : operation->years, .quantity = 1};
}

/* Of the certificate that the order is about, or will be about: the one on the key that was read. */
static int64_t find_end(const struct service_visit *visit)
{
    const struct service_holder *holder = &visit->holder;
    if (visit->has_order || product_operation_is_first(visit->operation) || holder->product != visit->product)
        return visit->wish.ends_utc_s;
    return holder->not_after_utc_s;
}

void service_visit_wish(const struct service_visit *visit, int64_t now_utc_s, struct product_wish *out)
{
    product_wish_init(out, visit->product, visit->operation, now_utc_s);
    out->class_id = visit->class_id;
    out->years = visit->wish.years;
    out->quantity = visit->wish.quantity;
    out->seal = visit->wish.seal;
    out->never_sealed = visit->lock.role == SERVICE_LOCK_SECONDARY;
    out->agent = visit->wish.agent;
    out->reason = visit->reason;
    out->issued_utc_s = visit->wish.issued_utc_s;
    out->ends_utc_s = find_end(visit);
    out->sub_kind_count = visit->wish.sub_kind_count;
    for (size_t i = 0; i < visit->wish.sub_kind_count; i++)
        out->sub_kinds[i] = visit->wish.sub_kinds[i];
}

bool service_field_is_open(const struct order_rejections *rejections, const struct form_field *field)
{
    return order_field_is_open(rejections, field->id) ||
           (field->shown_when_count > 0 && order_field_is_open(rejections, field->shown_field)) ||
           (field->kind_when_count > 0 && order_field_is_open(rejections, field->kind_field));
}

bool service_case_shows(const struct service_case *opened, const struct form *form,
                        const struct form_field *field)
{
    return !field->hidden && form_field_is_asked(field) &&
           form_value(form, &opened->values, field->id)[0] != 0;
}

bool service_case_saw(const struct service_case *opened, const char *field)
{
    for (size_t i = 0; i < opened->seen_count; i++)
        if (strcmp(opened->seen_fields[i], field) == 0)
            return true;
    return false;
}

struct service_unseen service_case_unseen(const struct service_case *opened, const struct form *form)
{
    struct service_unseen unseen = {0};
    for (size_t i = 0; i < opened->page_count; i++)
        unseen.pages += !opened->seen[i];
    for (size_t i = 0; i < form->field_count; i++)
        unseen.fields += service_case_shows(opened, form, &form->fields[i]) &&
                         !service_case_saw(opened, form->fields[i].id);
    return unseen;
}
