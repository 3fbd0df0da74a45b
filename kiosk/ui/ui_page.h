/* Page: what every screen of the kiosk has around its content, built in one call; error pages; desk pages.
 *
 * A screen's draw calls ui_page first and puts its own widgets into the rectangle that comes back. Landscape,
 * portrait and the large themes are one code: the rectangle differs, cut it with rect.h and layout_split.
 */
#ifndef KIOSK_UI_UI_PAGE_H
#define KIOSK_UI_UI_PAGE_H

#include "kiosk/ui/ui_sound.h"
#include "kiosk/ui/widget_button.h"
#include "kiosk/ui/widget_device.h"
#include "kiosk/ui/widget_mark.h"

struct ui;

struct ui_page {
    const char *title;    /* what to do; NULL: no title block, the content begins below the step bar */
    const char *subtitle; /* one sentence */
    const char *voice;    /* key of the clip spoken on entering; NULL for none */
    bool aloud;           /* the clip says the subtitle, which the large looks show beside a speaker */
    enum ui_sound sound;  /* heard when the page begins to name it */
    int step;             /* 1 is the first step; 0: no step bar */
    const char *next;     /* upright: what follows this page; NULL: the next step */
    bool finished;        /* the step is done: nothing follows */
    bool plain;           /* portrait: no explanation panel, the content begins below the step header */
    bool no_back;         /* 上一步 is not offered although the screen's class says so */
    const char *back;     /* other words for 上一步 */
    bool no_exit;         /* 退出办理 is not offered */
    const char *exit;     /* other words for 退出办理 */
    bool no_call;         /* 呼叫工作人员 stands elsewhere on the page */
    struct widget_button primary;   /* label NULL: none; id NULL: "bar.next" */
    struct widget_button secondary; /* left of it; label NULL: none; id NULL: "bar.secondary" */
    const char *turns; /* 第 1 页，共 6 页, between secondary and primary, which turn pages; NULL: no pages */
    const char *bar_text;              /* words left of the primary button; NULL for none */
    const char *bar_number;            /* stands out before them; NULL for none */
    enum icon bar_icon;                /* stands first of all */
    struct widget_button title_action; /* right of the title; label NULL: none */
    const char *group;                 /* form pages: shown instead of the steps while the keyboard is open */
    const char *group_line;            /* 还差 2 项 */
    int group_now, group_count;
    uint64_t group_done, group_faulty; /* a bit a group, the first is 1: filled and right, has mistakes */
};

/* Bars and title stand; what is left comes back. While the keyboard is open there is no title and no bottom
 * bar, and only what the keyboard leaves comes back: a form shows the focused field's row and the row before
 * it. Units: base px. */
struct rect ui_page(struct ui *ui, const struct ui_page *page);
/* Where the content of that page will lie, for what is counted before the page is built. Units: base px. */
struct rect ui_page_content(const struct ui *ui, const struct ui_page *page);

/* Error pages: what happened, what was kept, what to do (design 5.2). */
struct ui_page_error {
    const char *title;    /* what happened: 扫描仪卡纸了 */
    const char *kept;     /* what was kept: 前 3 项已经保存 */
    const char *steps[4]; /* what to do, in order; NULL ends */
    const char *step_lines[4];
    const char *hint; /* in the well below; NULL for none */
    const char *code; /* small at the end: SC-21; NULL for none */
    enum widget_device device;
    const char *device_line; /* where it is: 扫描口在屏幕下方左侧 */
    bool urgent;             /* three low notes instead of one */
    int step;
    const char *voice;
    const char *exit; /* NULL: 保存并退出 */
    bool no_exit;
    struct widget_button primary, secondary; /* the way on and the other way; ids as in ui_page */
};
void ui_page_error(struct ui *ui, const struct ui_page_error *error);

/* The desk: header over the content, nav column at the left when it was built (widget_nav in the rectangle).
 */
struct ui_page_desk {
    const char *title;
    const char *chip; /* behind the title; NULL for none */
    enum widget_mark_tone chip_tone;
    const char *right; /* words at the right before the clock */
    bool nav;          /* leave the nav column */
};
struct ui_page_desk_areas {
    struct rect nav, header_tools, content;
};
struct ui_page_desk_areas ui_page_desk(struct ui *ui, const struct ui_page_desk *page);
/* Where the content of a desk with a nav column lies, for what is counted between two builds. Units: base px.
 */
struct rect ui_page_desk_content(const struct ui *ui);
/* A white panel with a 44 px head. Units: base px. Returns: the part below the head. */
struct rect ui_page_desk_panel(struct ui *ui, struct rect rect, const char *title, const char *right);

#endif
