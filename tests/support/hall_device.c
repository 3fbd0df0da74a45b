#include "tests/support/hall_device.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/scanner/scanner.h"
#include "drivers/token/token_request.h"
#include "kiosk/base/check.h"
#include "kiosk/page/page_code.h"
#include "kiosk/paper/paper.h"
#include "kiosk/store/store_lock.h"
#include "kiosk/store/store_wish.h"
#include "tests/support/page_bench.h"

enum { SHEET_DPI = 200, TENTHS = 10, NAP_MS = 5 };

/* --- gateway ----------------------------------------------------------------------------------------- */

static enum status pay_create(void *context, const struct payment_call *call,
                              const struct payment_order *order, struct payment_code *out,
                              struct failure *failure)
{
    return payment_create(context, call, order, out, failure);
}

static enum status pay_query(void *context, const struct payment_call *call, const char *out_trade_no,
                             int64_t amount_fen, struct payment_trade *out, struct failure *failure)
{
    return payment_query(context, call, out_trade_no, amount_fen, out, failure);
}

static enum status pay_cancel(void *context, const struct payment_call *call, const char *out_trade_no,
                              enum payment_cancel_outcome *out, struct failure *failure)
{
    return payment_cancel(context, call, out_trade_no, out, failure);
}

static enum status pay_close(void *context, const struct payment_call *call, const char *out_trade_no,
                             struct failure *failure)
{
    return payment_close(context, call, out_trade_no, failure);
}

static enum status pay_refund(void *context, const struct payment_call *call,
                              const struct payment_refund_request *request, enum payment_refund_state *out,
                              struct failure *failure)
{
    return payment_refund(context, call, request, out, failure);
}

static enum status pay_refund_query(void *context, const struct payment_call *call, const char *out_trade_no,
                                    const char *out_request_no, int64_t amount_fen,
                                    enum payment_refund_state *out, struct failure *failure)
{
    return payment_refund_query(context, call, out_trade_no, out_request_no, amount_fen, out, failure);
}

static enum status pay_probe(void *context, const struct payment_call *call, struct failure *failure)
{
    return payment_probe(context, call, failure);
}

/* The world outlives the program. */
static void leave(void *context)
{
    (void)context;
}

static struct payment *gateway_of(struct payment *channel)
{
    static const struct payment_ops ops = {.name = "fake",
                                           .create = pay_create,
                                           .query = pay_query,
                                           .cancel = pay_cancel,
                                           .close = pay_close,
                                           .refund = pay_refund,
                                           .refund_query = pay_refund_query,
                                           .probe = pay_probe,
                                           .close_driver = leave};
    struct payment *payment = NULL;
    check(payment_new_take(&ops, channel, &payment) == STATUS_OK);
    return payment;
}

/* --- SMS --------------------------------------------------------------------------------------------- */

static enum status send_message(void *context, const struct sms_call *call, const struct sms_message *message,
                                struct sms_receipt *out, struct failure *failure)
{
    return sms_send(context, call, message, out, failure);
}

static enum status probe_messages(void *context, const struct sms_call *call, struct failure *failure)
{
    return sms_probe(context, call, failure);
}

static struct sms *sms_of(struct hall *hall)
{
    static const struct sms_ops ops = {
        .name = "fake", .send = send_message, .probe = probe_messages, .close = leave};
    struct sms *sms = NULL;
    check(sms_new_take(&ops, hall->sms, &sms) == STATUS_OK);
    return sms;
}

/* --- card reader ------------------------------------------------------------------------------------- */

static enum status read_card(void *context, const struct idcard_call *call, struct idcard_person *out,
                             struct failure *failure)
{
    return idcard_read(context, call, out, failure);
}

static enum status probe_reader(void *context, const struct idcard_call *call, struct failure *failure)
{
    return idcard_probe(context, call, failure);
}

static struct idcard *reader_of(struct hall *hall)
{
    static const struct idcard_ops ops = {
        .name = "fake", .read = read_card, .probe = probe_reader, .close = leave};
    struct idcard *idcard = NULL;
    check(idcard_new_take(&ops, hall->idcard, &hall->time.clock, &idcard) == STATUS_OK);
    return idcard;
}

/* --- identity service -------------------------------------------------------------------------------- */

static enum status begin_session(void *context, const struct identity_call *call,
                                 const struct identity_question *question, struct identity_session *out,
                                 struct failure *failure)
{
    return identity_begin(context, call, question, out, failure);
}

static enum status inquire_session(void *context, const struct identity_call *call,
                                   const struct identity_question *question, struct identity_session *out,
                                   struct failure *failure)
{
    return identity_inquire(context, call, question, out, failure);
}

static enum status probe_identity(void *context, const struct identity_call *call, struct failure *failure)
{
    return identity_probe(context, call, failure);
}

static struct identity *faces_of(struct hall *hall)
{
    static const struct identity_ops ops = {.name = "fake",
                                            .begin = begin_session,
                                            .inquire = inquire_session,
                                            .probe = probe_identity,
                                            .close = leave};
    struct identity *identity = NULL;
    check(identity_new_take(&ops, hall->identity, &identity) == STATUS_OK);
    return identity;
}

/* --- authority --------------------------------------------------------------------------------------- */

static void enter(struct hall *hall)
{
    while (atomic_flag_test_and_set(&hall->authority_busy))
        (void)poll(NULL, 0, 1);
}

static enum status depart(struct hall *hall, enum status status)
{
    atomic_flag_clear(&hall->authority_busy);
    return status;
}

/* The fake gives the leaf alone; a real authority gives its issuing certificate, too. */
static void add_issuer(struct hall *hall, struct authority_outcome *out)
{
    const struct hall_certification *certification = &hall->certification;
    struct bytes issuing =
        pki_issuer_issuing(certification->is_foreign ? certification->foreign : certification->issuer);
    if (out->certificate_count != 1)
        return;
    buf_init(&out->certificates[1], LIMIT_CERTIFICATE_BYTES);
    check(buf_append(&out->certificates[1], issuing.data, issuing.length) == STATUS_OK);
    out->certificate_count = 2;
}

static enum status ca_request(void *state, const struct authority_request *request,
                              struct authority_outcome *out, struct failure *failure)
{
    struct hall *hall = state;
    enter(hall);
    enum status status = authority_request(hall->authority, request, out, failure);
    if (status == STATUS_OK)
        add_issuer(hall, out);
    return depart(hall, status);
}

static enum status ca_inquire(void *state, const char *id, struct authority_outcome *out,
                              struct failure *failure)
{
    struct hall *hall = state;
    enter(hall);
    enum status status = authority_inquire(hall->authority, id, out, failure);
    if (status == STATUS_OK)
        add_issuer(hall, out);
    return depart(hall, status);
}

static enum status ca_recover(void *state, const struct authority_recovery *recovery,
                              struct authority_outcome *out, struct failure *failure)
{
    struct hall *hall = state;
    enter(hall);
    enum status status = authority_recover(hall->authority, recovery, out, failure);
    if (status == STATUS_OK)
        add_issuer(hall, out);
    return depart(hall, status);
}

static enum status ca_confirm(void *state, const char *id, bool accepted, struct failure *failure)
{
    struct hall *hall = state;
    enter(hall);
    return depart(hall, authority_confirm(hall->authority, id, accepted, failure));
}

static enum status ca_revoke(void *state, const char *serial, enum authority_reason reason,
                             struct failure *failure)
{
    struct hall *hall = state;
    enter(hall);
    return depart(hall, authority_revoke(hall->authority, serial, reason, failure));
}

static enum status ca_status(void *state, struct authority_status *out, struct failure *failure)
{
    struct hall *hall = state;
    enter(hall);
    return depart(hall, authority_status(hall->authority, out, failure));
}

static struct authority *authority_of(struct hall *hall)
{
    static const struct authority_ops ops = {ca_request, ca_inquire, ca_recover, ca_confirm,
                                             ca_revoke,  ca_status,  leave};
    struct authority *authority = NULL;
    check(authority_open_take(&ops, hall, &authority) == STATUS_OK);
    return authority;
}

/* --- writer ------------------------------------------------------------------------------------------ */

static enum status write_key(void *context, const struct token_request *request, struct job_cancel *cancel,
                             struct token_reply *reply, struct failure *failure)
{
    return token_fake_driver.perform(context, request, cancel, reply, failure);
}

static struct token *writer_of(struct hall *hall, int number)
{
    static const struct token_driver driver = {.name = "fake", .close = leave, .perform = write_key};
    struct token *token = NULL;
    if (number == 0 && hall->settings->desk_writer)
        number = HALL_WRITERS; /* the last one stands at the desk */
    if (number == 0)
        return NULL;
    check(number <= HALL_WRITERS);
    check(token_open_take(&driver, hall->writers[number - 1], &token) == STATUS_OK);
    return token;
}

/* --- scanner ----------------------------------------------------------------------------------------- */

void hall_glass_clear(struct hall_glass *glass)
{
    page_image_release(&glass->sheet);
    glass->status = STATUS_OK;
    glass->tenth_ms = 0;
}

void hall_glass_lay(struct hall_glass *glass, struct page_image sheet)
{
    hall_glass_clear(glass);
    glass->sheet = sheet;
}

void hall_glass_fail(struct hall_glass *glass, enum status status, enum device_state fault)
{
    glass->status = status;
    glass->fault = fault;
}

static enum status list_glass(void *self, int deadline_ms, struct scanner_list *out, struct failure *failure)
{
    (void)self, (void)deadline_ms, (void)failure;
    *out =
        (struct scanner_list){.count = 1, .devices = {{.id = "hall:0", .name = "Hall", .has_flatbed = true}}};
    return STATUS_OK;
}

static enum status look_at_glass(void *self, const char *id, int deadline_ms, enum device_state *out,
                                 struct failure *failure)
{
    const struct hall_glass *glass = self;
    (void)id, (void)deadline_ms, (void)failure;
    *out = glass->status == STATUS_LOST ? DEVICE_OFFLINE : DEVICE_READY;
    return STATUS_OK;
}

static enum status feed(const struct hall_glass *glass, const struct scanner_call *call)
{
    for (int tenth = 1; tenth <= TENTHS; tenth++) {
        for (int waited = 0; waited < glass->tenth_ms; waited += NAP_MS) {
            if (job_cancel_is_requested(call->cancel))
                return STATUS_CANCELLED;
            (void)poll(NULL, 0, NAP_MS);
        }
        if (call->progress != NULL)
            call->progress(call->progress_context, tenth, TENTHS);
    }
    return STATUS_OK;
}

static enum status scan_glass(void *self, const char *id, const struct scanner_settings *settings,
                              const struct scanner_call *call, struct scanner_page *out,
                              enum device_state *fault, struct failure *failure)
{
    struct hall_glass *glass = self;
    const struct page_image *sheet = &glass->sheet;
    (void)id;
    atomic_store(&glass->asked_dpi, settings->dpi);
    (void)atomic_fetch_add(&glass->scans, 1);
    *fault = glass->status == STATUS_OK ? DEVICE_PAPER_OUT : glass->fault;
    if (glass->status != STATUS_OK)
        return failure_set(failure, glass->status, "hall_glass", 0, "as the test wishes");
    if (sheet->pixels == NULL)
        return failure_set(failure, STATUS_REFUSED, "hall_glass", 0, "empty");
    enum status status = feed(glass, call);
    if (status != STATUS_OK)
        return status;
    size_t length = (size_t)sheet->width_px * (size_t)sheet->height_px * (size_t)sheet->channels;
    uint8_t *pixels = malloc(length);
    check(pixels != NULL);
    (void)memcpy(pixels, sheet->pixels, length);
    *out =
        (struct scanner_page){sheet->width_px, sheet->height_px, sheet->channels, sheet->dpi, length, pixels};
    *fault = DEVICE_READY;
    return STATUS_OK;
}

struct scanner *hall_glass_scanner(struct hall_glass *glass)
{
    static const struct scanner_ops ops = {
        .name = "fake", .list = list_glass, .look = look_at_glass, .scan = scan_glass, .close = leave};
    struct scanner *scanner = NULL;
    if (glass == NULL)
        return NULL;
    check(scanner_open_ops(&ops, glass, NULL, &scanner) == STATUS_OK);
    return scanner;
}

/* --- sheets ------------------------------------------------------------------------------------------ */

struct page_image hall_sheet_blank(void)
{
    struct page_image image = {0};
    check(page_image_new(210 * SHEET_DPI * 10 / 254, 297 * SHEET_DPI * 10 / 254, 3, SHEET_DPI, &image) ==
          STATUS_OK);
    (void)memset(image.pixels, 255, (size_t)image.width_px * (size_t)image.height_px * 3);
    return image;
}

struct page_image hall_sheet_copy(void)
{
    struct page_image image = page_bench_text(SHEET_DPI, 3);
    page_bench_ring(&image, 150, 255, 42, 1.0, 200);
    return image;
}

/* Owns: the caller, with paper_template_free. */
static struct paper_template *open_template(const struct hall *hall, const char *id)
{
    char path[512];
    struct yaml_errors errors;
    struct paper_template *template = NULL;
    (void)snprintf(path, sizeof(path), "%s/forms/%s.yaml", hall->settings->paths_assets, id);
    yaml_errors_init(&errors);
    check(paper_template_open(path, &errors, &template) == STATUS_OK);
    yaml_errors_release(&errors);
    return template;
}

/* The pages of one printed set, as the page code counts them. */
static int pages_of(const struct hall *hall, const char *template_id, bool with_seal)
{
    struct paper_template *template = open_template(hall, template_id);
    const struct paper_value seal = {"seal_wanted", with_seal ? "yes" : "no"};
    const struct paper_values values = {&seal, 1};
    int pages = paper_template_wanted(template, &values) ? paper_template_pages(template) : 0;
    paper_template_free(template);
    return pages;
}

static int pack_pages(const struct hall *hall, const struct order *order,
                      const struct product_operation *operation)
{
    struct store_wish wish = {0};
    struct store *store = hall_store((struct hall *)(uintptr_t)hall, "watcher");
    enum status status = store_wish_load(store, order->id, &wish, NULL);
    check(status == STATUS_OK || status == STATUS_NOT_FOUND);
    store_close(store);
    int pages = pages_of(hall, operation->template_id, wish.seal);
    for (size_t i = 0; i < operation->pack_count; i++)
        pages += pages_of(hall, operation->pack[i], wish.seal);
    return pages;
}

struct page_image hall_sheet_form(const struct hall *hall, const struct order *order)
{
    char text[PAGE_CODE_TEXT_BYTES];
    const struct product *product = catalogue_find(hall->catalogue, order->product);
    const struct product_operation *operation = product_find_operation(product, order->operation);
    struct page_code code = {.page = 1, .pages = pack_pages(hall, order, operation)};
    struct page_image image = hall_sheet_copy();
    struct paper_template *template = open_template(hall, operation->template_id);
    (void)snprintf(code.template_version, sizeof(code.template_version), "%s",
                   paper_template_version(template));
    paper_template_free(template);
    (void)memcpy(code.acceptance, order->acceptance, strlen(order->acceptance) + 1);
    check(page_code_make(hall->page_key, &code, text, sizeof(text)) == STATUS_OK);
    page_bench_code(&image, text, 165, 12, 0.6);
    page_bench_marks(&image);
    return image;
}

/* --- samples ----------------------------------------------------------------------------------------- */

static bool with_seal(const struct hall *hall, const struct order *order)
{
    struct store_wish wish = {0};
    struct store_lock lock = {0};
    struct store *store = hall_store((struct hall *)(uintptr_t)hall, "watcher");
    enum status status = store_wish_load(store, order->id, &wish, NULL);
    check(status == STATUS_OK || status == STATUS_NOT_FOUND);
    (void)!store_lock_load(store, order->id, &lock, NULL);
    store_close(store);
    return wish.seal || lock.seal;
}

/* The places of a sheet, as the form's printing has them. */
static void find_zones(const struct hall *hall, const struct product *product, const char *template_id,
                       struct paper_zones *out)
{
    struct paper_template *template = open_template(hall, template_id);
    const struct paper_value list[] = {
        {"seal_wanted", "yes"}, {"applicant_name", product->holder == PRODUCT_HOLDER_PERSON ? "x" : ""}};
    const struct paper_values values = {list, 2};
    const struct paper_pack pack = {1, {template}};
    check(paper_zones(&pack, &values, out) == STATUS_OK);
    paper_template_free(template);
}

static int to_px(double mm)
{
    return (int)(mm * SHEET_DPI / 25.4);
}

static void fill_mm(struct page_image *image, double x, double y, double w, double h, int gray)
{
    page_bench_fill(image, (struct page_rect){to_px(x), to_px(y), to_px(w), to_px(h)}, (uint8_t)gray,
                    (uint8_t)gray, (uint8_t)gray);
}

/* What a smeared stamp or pen leaves: specks of every strength all over the box, of which no two are the
 * same. */
static void put_mess(struct page_image *image, const struct paper_zone *zone, bool is_stamp)
{
    enum { SPECK_PX = 2, MARGIN_MM = 3 };
    uint32_t noise = 1;
    int right = to_px(zone->x_mm + zone->width_mm - MARGIN_MM);
    int bottom = to_px(zone->y_mm + zone->height_mm - MARGIN_MM);
    for (int y = to_px(zone->y_mm + MARGIN_MM); y < bottom; y += SPECK_PX)
        for (int x = to_px(zone->x_mm + MARGIN_MM); x < right; x += SPECK_PX) {
            noise = noise * 1664525u + 1013904223u;
            uint8_t light = (uint8_t)(130 + (noise >> 24) * 90 / 255);
            page_bench_fill(image, (struct page_rect){x, y, SPECK_PX, SPECK_PX}, is_stamp ? 255 : light,
                            light, light);
        }
}

/* A ring in the middle of the box, or a few strokes. */
static void put_sample(struct page_image *image, const struct paper_zone *zone, bool is_stamp)
{
    double side = zone->width_mm < zone->height_mm ? zone->width_mm : zone->height_mm;
    double x = zone->x_mm + zone->width_mm / 2, y = zone->y_mm + zone->height_mm / 2;
    if (is_stamp)
        page_bench_ring(image, x, y, side > 46 ? 42 : side - 5, 1.0, 200);
    for (int i = 0; !is_stamp && i < 5; i++)
        fill_mm(image, x - 12 + 5 * i, y - 2, 3, 1.5, 20);
}

static struct page_image sheet_of_samples(const struct hall *hall, const struct order *order,
                                          const char *paper_id, size_t ticked, size_t blank, bool is_smeared)
{
    const struct product *product = catalogue_find(hall->catalogue, order->product);
    const struct product_operation *operation = product_find_operation(product, order->operation);
    const struct product_paper *paper = product_find_paper(product, paper_id);
    struct page_image image = paper->code_required ? hall_sheet_form(hall, order) : hall_sheet_copy();
    struct paper_zones *zones = calloc(1, sizeof(*zones));
    check(zones != NULL);
    find_zones(hall, product, paper->sheet[0] != 0 ? paper->sheet : operation->template_id, zones);
    for (size_t i = 0; i < paper->sample_count; i++) {
        const struct product_sample *sample = &paper->samples[i];
        const struct paper_zone *zone = paper_zone_find(zones, sample->zone);
        const struct paper_zone *tick = sample->tick[0] != 0 ? paper_zone_find(zones, sample->tick) : NULL;
        check(zone != NULL);
        fill_mm(&image, zone->x_mm - 1, zone->y_mm - 1, zone->width_mm + 2, zone->height_mm + 2, 255);
        if (is_smeared)
            put_mess(&image, zone, product_sample_is_stamp(sample->of));
        else if (i + 1 != blank)
            put_sample(&image, zone, product_sample_is_stamp(sample->of));
        if (tick != NULL)
            fill_mm(&image, tick->x_mm - 1, tick->y_mm - 1, tick->width_mm + 2, tick->height_mm + 2, 255);
        if (tick != NULL && i + 1 == ticked)
            fill_mm(&image, tick->x_mm + 2, tick->y_mm + 3, 4, 1.5, 20);
    }
    page_bench_marks(&image);
    free(zones);
    return image;
}

struct page_image hall_sheet_samples(const struct hall *hall, const struct order *order, const char *paper_id,
                                     size_t ticked, size_t blank)
{
    return sheet_of_samples(hall, order, paper_id, ticked, blank, false);
}

struct page_image hall_sheet_smeared(const struct hall *hall, const struct order *order, const char *paper_id)
{
    return sheet_of_samples(hall, order, paper_id, 0, 0, true);
}

struct page_image hall_sheet_of(const struct hall *hall, const struct order *order, const char *paper_id)
{
    const struct product *product = catalogue_find(hall->catalogue, order->product);
    const struct product_paper *paper = product_find_paper(product, paper_id);
    if (paper != NULL && paper->sample_count > 0 &&
        (product->seal == PRODUCT_SEAL_NONE || product->seal == PRODUCT_SEAL_INCLUDED ||
         with_seal(hall, order)))
        return hall_sheet_samples(hall, order, paper_id, 0, 0);
    return paper != NULL && paper->code_required ? hall_sheet_form(hall, order) : hall_sheet_copy();
}

struct service_drivers hall_drivers(struct hall *hall, int number, struct hall_glass *glass)
{
    struct service_drivers drivers = {.token = writer_of(hall, number),
                                      .scanner = hall_glass_scanner(glass),
                                      .payment = gateway_of(hall->payment),
                                      .wechat = gateway_of(hall->wechat),
                                      .authority = authority_of(hall)};
    drivers.identity = hall->without_phone ? NULL : faces_of(hall);
    if (number > 0) {
        drivers.sms = sms_of(hall);
        drivers.idcard = hall->without_reader ? NULL : reader_of(hall);
    }
    return drivers;
}
