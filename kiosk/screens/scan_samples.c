#include "kiosk/screens/scan_samples.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/screens/screen_list.h"

enum { PREVIEW_PX = 700, GAP = 24, BUTTON = 96, BUTTON_LARGE = 112, ID_BYTES = 40 };

static bool is_blank(const struct service_sample *sample)
{
    return strcmp(sample->fault, "blank") == 0;
}

/* --- what is to be chosen ---------------------------------------------------------------------------- */

/* Several are there and nobody has said which. */
static bool kind_wants(const struct service_visit *visit, enum product_sample_of of, const char *paper)
{
    size_t there = 0;
    bool settled = false;
    for (size_t i = 0; i < visit->sample_count; i++) {
        const struct service_sample *sample = &visit->samples[i];
        if (sample->of != of || (paper != NULL && strcmp(sample->paper, paper) != 0))
            continue;
        there += !is_blank(sample);
        settled = settled || sample->is_settled;
    }
    return there > 1 && !settled;
}

static bool find_kind(const struct service_visit *visit, const char *paper, enum product_sample_of *out)
{
    for (int of = 0; of < PRODUCT_SAMPLE_COUNT_; of++)
        if (kind_wants(visit, (enum product_sample_of)of, paper)) {
            *out = (enum product_sample_of)of;
            return true;
        }
    return false;
}

bool scan_samples_wants(const struct ui *ui, const char *paper)
{
    enum product_sample_of of;
    return find_kind(screen_visit(ui), paper, &of);
}

/* --- pictures ---------------------------------------------------------------------------------------- */

static void ask(struct scan_samples *samples, struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    size_t i = 0;
    while (i < visit->sample_count &&
           (visit->samples[i].of != samples->of || is_blank(&visit->samples[i]) || samples->items[i].tried))
        i++;
    if (samples->asking != 0 || i >= visit->sample_count)
        return;
    samples->items[i].tried = true;
    samples->asked = i;
    samples->asking = service_sample_preview(screen_services(ui), visit->samples[i].paper,
                                             visit->samples[i].zone, PREVIEW_PX);
}

static void take(struct scan_samples *samples, struct ui *ui, struct service_reply *reply)
{
    size_t i = samples->asked;
    samples->asking = 0;
    service_image_free(samples->items[i].image);
    samples->items[i].image = reply->image;
    samples->items[i].version = reply->id;
    if (reply->image != NULL)
        samples->items[i].picture =
            (struct canvas_image){reply->image->rgb, reply->image->width_px, reply->image->height_px};
    reply->image = NULL;
    ask(samples, ui);
}

void scan_samples_release(struct scan_samples *samples)
{
    for (size_t i = 0; i < SERVICE_SAMPLES_MAX; i++)
        service_image_free(samples->items[i].image);
    *samples = (struct scan_samples){0};
}

void scan_samples_open(struct scan_samples *samples, struct ui *ui)
{
    scan_samples_release(samples);
    samples->is_open = find_kind(screen_visit(ui), NULL, &samples->of);
    if (samples->is_open)
        ask(samples, ui);
}

/* --- events ------------------------------------------------------------------------------------------ */

static void choose(struct scan_samples *samples, struct ui *ui, size_t index)
{
    const struct service_sample *sample = &screen_visit(ui)->samples[index];
    if (samples->choosing == 0 && index < screen_visit(ui)->sample_count)
        samples->choosing = service_sample_choose(screen_services(ui), sample->paper, sample->zone);
}

/* What is proposed is chosen when nothing else was. */
static void go_on(struct scan_samples *samples, struct ui *ui)
{
    const struct service_visit *visit = screen_visit(ui);
    if (!kind_wants(visit, samples->of, NULL)) {
        scan_samples_open(samples, ui);
        return;
    }
    for (size_t i = 0; i < visit->sample_count; i++)
        if (visit->samples[i].of == samples->of && visit->samples[i].is_chosen) {
            samples->goes_on = true;
            choose(samples, ui, i);
        }
}

bool scan_samples_event(struct scan_samples *samples, struct ui *ui, const struct ui_event *event)
{
    struct service_reply *reply = NULL;
    if (screen_answered(event, samples->asking, &reply)) {
        take(samples, ui, reply);
    } else if (screen_answered(event, samples->choosing, &reply)) {
        samples->choosing = 0;
        if (reply->status != STATUS_OK) /* the sheet was scanned anew meanwhile */
            scan_samples_release(samples);
        else if (samples->goes_on)
            scan_samples_open(samples, ui);
    } else if (ui_tapped_prefix(event, "sample.")) {
        choose(samples, ui, (size_t)event->tag);
    } else if (ui_tapped(event, "bar.next")) {
        go_on(samples, ui);
    } else if (ui_tapped(event, "bar.back")) {
        scan_samples_release(samples);
    } else {
        return event->kind == UI_EVENT_TAP && !ui_tapped(event, "bar.exit");
    }
    return true;
}

/* --- drawing ----------------------------------------------------------------------------------------- */

static void draw_one(struct ui *ui, struct rect area, const struct scan_samples *samples, size_t index,
                     size_t number)
{
    const struct service_sample *sample = &screen_visit(ui)->samples[index];
    char id[ID_BYTES];
    char picture[ID_BYTES];
    char count[24];
    char label[64];
    (void)snprintf(id, sizeof(id), "sample.%zu", index);
    (void)snprintf(picture, sizeof(picture), "sample.picture.%zu", index);
    (void)snprintf(count, sizeof(count), "%zu", number);
    screen_format(ui, label, sizeof(label), sample->is_chosen ? "scan.sample_chosen" : "scan.sample",
                  {"number", count});
    struct rect button = rect_cut_bottom(&area, ui_is_large(ui) ? BUTTON_LARGE : BUTTON);
    (void)rect_cut_bottom(&area, 12);
    (void)widget_panel(ui, area, WIDGET_PANEL_TRAY);
    (void)widget_picture_image(ui, rect_inset(area, 12, 12),
                               &(struct widget_picture_image){.id = picture,
                                                              .label = label,
                                                              .image = samples->items[index].image == NULL
                                                                           ? NULL
                                                                           : &samples->items[index].picture,
                                                              .version = samples->items[index].version,
                                                              .is_sheet = true});
    (void)widget_button(ui, button,
                        &(struct widget_button){.id = id,
                                                .label = label,
                                                .icon = sample->is_chosen ? ICON_CHECK : ICON_NONE,
                                                .look = WIDGET_BUTTON_SECONDARY,
                                                .selected = sample->is_chosen,
                                                .disabled = samples->choosing != 0,
                                                .tag = (int64_t)index});
}

static size_t list(const struct ui *ui, enum product_sample_of of, size_t out[SERVICE_SAMPLES_MAX])
{
    const struct service_visit *visit = screen_visit(ui);
    size_t count = 0;
    for (size_t i = 0; i < visit->sample_count; i++)
        if (visit->samples[i].of == of && !is_blank(&visit->samples[i]))
            out[count++] = i;
    return count;
}

void scan_samples_draw(struct scan_samples *samples, struct ui *ui)
{
    size_t shown[SERVICE_SAMPLES_MAX];
    size_t count = list(ui, samples->of, shown);
    bool is_stamp = product_sample_is_stamp(samples->of);
    struct ui_page page = screen_page(ui, SCREEN_SCAN);
    page.title = screen_text(ui, is_stamp ? "scan.choose_stamp" : "scan.choose_signature");
    page.subtitle = screen_text(ui, "scan.choose_line");
    page.primary = (struct widget_button){.label = screen_text(ui, "scan.choose_next"),
                                          .icon_right = ICON_ARROW_RIGHT,
                                          .busy = samples->choosing != 0};
    struct rect area = ui_page(ui, &page);
    for (size_t i = 0; i < count; i++)
        draw_one(ui,
                 ui_is_portrait(ui) ? rect_row(area, (int)i, (int)count, GAP)
                                    : rect_column(area, (int)i, (int)count, GAP),
                 samples, shown[i], i + 1);
}
