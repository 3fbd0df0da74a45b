#include "kiosk/screens/scan_verdict.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/text.h"

enum { LINES = SERVICE_CHECK_LINE_NONE, KEY_BYTES = 96, JOINED_BYTES = KEY_BYTES + 40, LINE_LEAST_PX = 56 };

/* What is known of one line. */
struct finding {
    enum service_check_line line;
    const char *reason; /* what is wrong; NULL when nothing is */
    bool is_good;
    struct service_place place;
};

static struct finding find(const struct service_page *page, enum service_check_line line)
{
    struct finding found = {.line = line};
    for (size_t i = 0; i < page->check_count; i++) {
        if (service_check_line(page->checks[i].name) != line)
            continue;
        found.is_good = found.is_good || page->checks[i].verdict == SERVICE_CHECK_GOOD;
        if (found.reason == NULL && page->checks[i].verdict == SERVICE_CHECK_BAD) {
            found.reason = page->checks[i].reason;
            found.place = page->checks[i].place;
        }
    }
    return found;
}

/* In the order of the lines, then what has none. Returns: whether anything is wrong with the page. */
static bool first_bad(const struct service_page *page, struct finding *out)
{
    for (int i = 0; i <= SERVICE_CHECK_LINE_NONE; i++) {
        *out = find(page, (enum service_check_line)i);
        if (out->reason != NULL)
            return true;
    }
    return false;
}

/* The key of a line's words: "scan.line1.name" and so on. */
static const char *line_text(const struct ui *ui, enum service_check_line line, const char *what)
{
    char key[KEY_BYTES];
    (void)snprintf(key, sizeof(key), "scan.line%d.%s", (int)line + 1, what);
    return screen_text(ui, key);
}

static const char *text_of(const struct ui *ui, const char *part, const char *name)
{
    char key[JOINED_BYTES];
    (void)snprintf(key, sizeof(key), "%s.%s", part, name);
    return screen_text(ui, key);
}

static bool has_text(const struct ui *ui, const char *part, const char *name)
{
    char key[JOINED_BYTES];
    (void)snprintf(key, sizeof(key), "%s.%s", part, name);
    return words_has(screen_program(ui)->words, key);
}

/* The same said in other words at another place of the page, where there are any. */
static const char *words_for(const struct ui *ui, const char *part, const char *reason)
{
    return text_of(ui, has_text(ui, part, reason) ? part : "page.reason", reason);
}

const char *scan_verdict_words(const struct ui *ui, const struct service_page *page)
{
    struct finding bad;
    return first_bad(page, &bad) ? text_of(ui, "page.reason", bad.reason) : "";
}

static double clamp(double part)
{
    return part < 0 ? 0 : part > 1 ? 1 : part;
}

bool scan_verdict_frame(const struct ui *ui, const struct service_page *page,
                        struct widget_picture_frame *out)
{
    struct finding bad;
    if (!first_bad(page, &bad) || bad.place.w <= 0)
        return false;
    double left = clamp(bad.place.x), top = clamp(bad.place.y);
    *out = (struct widget_picture_frame){.x = left,
                                         .y = top,
                                         .w = clamp(bad.place.x + bad.place.w) - left,
                                         .h = clamp(bad.place.y + bad.place.h) - top,
                                         .color = THEME_COLOR_SEAL600,
                                         .words = words_for(ui, "scan.frame", bad.reason)};
    return out->w > 0 && out->h > 0;
}

/* --- words ------------------------------------------------------------------------------------------- */

void scan_verdict_page(const struct ui *ui, const struct service_page *page, struct scan_verdict *out)
{
    struct finding bad;
    *out = (struct scan_verdict){0};
    if (!first_bad(page, &bad))
        return;
    (void)text_copy(out->title, sizeof(out->title), words_for(ui, "scan.poor", bad.reason));
    const char *fix = has_text(ui, "scan.fix", bad.reason) ? text_of(ui, "scan.fix", bad.reason)
                                                           : screen_text(ui, "scan.fix_any");
    screen_format(ui, out->line, sizeof(out->line), "scan.poor_line", {"fix", fix});
}

/* How many papers are stored, as the sentence that follows what to do. */
static void add_kept(const struct ui *ui, const char *fix, struct scan_verdict *out)
{
    const struct service_visit *visit = screen_visit(ui);
    char count[24];
    size_t kept = 0;
    for (size_t i = 0; i < visit->page_count; i++)
        kept += visit->pages[i].state != SERVICE_PAGE_MISSING;
    (void)snprintf(count, sizeof(count), "%zu", kept);
    screen_format(ui, out->line, sizeof(out->line), kept > 0 ? "scan.refused_kept" : "scan.refused_form",
                  {"fix", fix}, {"count", count});
}

void scan_verdict_refusal(const struct ui *ui, enum service_reason reason, const char *message,
                          struct scan_verdict *out)
{
    char key[KEY_BYTES];
    (void)snprintf(key, sizeof(key), "scan.%s", service_reason_name(reason));
    *out = (struct scan_verdict){0};
    if (has_text(ui, key, "title")) {
        (void)text_copy(out->title, sizeof(out->title), text_of(ui, key, "title"));
        add_kept(ui, text_of(ui, key, "line"), out);
        return;
    }
    (void)text_copy(out->title, sizeof(out->title), screen_text(ui, "scan.refused"));
    (void)text_copy(out->line, sizeof(out->line), message);
}

/* --- drawing ----------------------------------------------------------------------------------------- */

enum { PADDING = 24, ICON_PX = 40, ICON_GAP = 18 };

static int words_width(int width)
{
    return width - 2 * PADDING - ICON_PX - ICON_GAP;
}

int scan_verdict_height(struct ui *ui, const struct scan_verdict *verdict, int width)
{
    int words = words_width(width);
    return 2 * PADDING - 8 + widget_label_height(ui, THEME_TYPE_BODY_STRONG, verdict->title, words) +
           widget_label_height(ui, THEME_TYPE_BODY, verdict->line, words);
}

void scan_verdict_draw(struct ui *ui, struct rect rect, const struct scan_verdict *verdict)
{
    (void)widget_panel(ui, rect, WIDGET_PANEL_ALARM);
    struct rect words = rect_inset(rect, PADDING, PADDING - 4);
    struct rect mark = rect_cut_left(&words, ICON_PX);
    (void)rect_cut_left(&words, ICON_GAP);
    int title = widget_label_height(ui, THEME_TYPE_BODY_STRONG, verdict->title, words.w);
    (void)widget_mark_icon(ui,
                           rect_make(mark.x, mark.y, ICON_PX, screen_lines(ui, THEME_TYPE_BODY_STRONG, 1)),
                           ICON_WARNING, ICON_PX, THEME_COLOR_SEAL700, false);
    (void)widget_label(ui, rect_cut_top(&words, title),
                       &(struct widget_label){.id = "scan.message",
                                              .text = verdict->title,
                                              .type = THEME_TYPE_BODY_STRONG,
                                              .color = THEME_COLOR_SEAL700});
    (void)widget_label(
        ui, words,
        &(struct widget_label){.id = "scan.message_line", .text = verdict->line, .type = THEME_TYPE_BODY});
}

static bool belongs(enum service_check_line line, const struct product_paper *paper)
{
    return line == SERVICE_CHECK_LINE_STAMPED  ? paper->stamped
           : line == SERVICE_CHECK_LINE_SIGNED ? paper->signed_by_hand
                                               : true;
}

/* "自动转正 2.1°", or what else is to be said of a check that went well. */
static const char *remark_of(const struct ui *ui, const struct service_page *page,
                             const struct finding *found, char *out, size_t size)
{
    char degrees[24];
    if (found->reason != NULL)
        return has_text(ui, "scan.remark", found->reason) ? text_of(ui, "scan.remark", found->reason) : NULL;
    if (!found->is_good)
        return screen_text(ui, "scan.unchecked");
    if (found->line != SERVICE_CHECK_LINE_STRAIGHT || page->turned_tenths == 0)
        return line_text(ui, found->line, "good");
    int tenths = page->turned_tenths < 0 ? -page->turned_tenths : page->turned_tenths;
    (void)snprintf(degrees, sizeof(degrees), "%d.%d", tenths / 10, tenths % 10);
    screen_format(ui, out, size, "scan.turned", {"degrees", degrees});
    return out;
}

static void draw_line(struct ui *ui, struct rect rect, const struct service_page *page,
                      const struct finding *found, bool last)
{
    char remark[64];
    char id[KEY_BYTES];
    (void)snprintf(id, sizeof(id), "check.%d", (int)found->line + 1);
    (void)widget_check(ui, rect,
                       &(struct widget_check){.id = id,
                                              .state = found->reason != NULL ? WIDGET_CHECK_BAD
                                                       : found->is_good      ? WIDGET_CHECK_GOOD
                                                                             : WIDGET_CHECK_OPEN,
                                              .name = found->reason != NULL
                                                          ? text_of(ui, "page.reason", found->reason)
                                                          : line_text(ui, found->line, "name"),
                                              .remark = remark_of(ui, page, found, remark, sizeof(remark)),
                                              .last = last});
}

void scan_verdict_checks(struct ui *ui, struct rect *area, int height, const struct service_page *page,
                         const struct product_paper *paper)
{
    struct finding found[LINES];
    int count = 0;
    for (int i = 0; i < LINES; i++)
        if (belongs((enum service_check_line)i, paper))
            found[count++] = find(page, (enum service_check_line)i);
    int fits = height / LINE_LEAST_PX, shown = count < fits ? count : fits, drawn = 0;
    if (shown <= 0)
        return;
    int least = height / shown, line = widget_check_height(ui) < least ? widget_check_height(ui) : least;
    int left = count - shown; /* good ones that find no room */
    for (int i = 0; i < count && drawn < shown; i++) {
        if (left > 0 && found[i].reason == NULL && left-- > 0)
            continue;
        drawn++;
        draw_line(ui, rect_cut_top(area, line), page, &found[i], drawn == shown);
    }
    (void)rect_cut_top(area, 14);
}
