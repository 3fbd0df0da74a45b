/* gallery: writes pages as pictures, for a person to look at and for the committed pictures.
 *
 * Its arguments are told by --help.
 * Every case whose name holds TEXT is written as DIRECTORY/<case>-<look>.png, with --dump its widgets beside
 * it as JSON. With --golden only the looks that are committed: look at each before you commit it. With
 * --design, sheets of the design's pictures beside our pages (design_sheet.h) are written instead. Exit
 * codes: 0 written; 1 a page has faults (told on standard error); 2 usage.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/text.h"
#include "tests/golden/design_sheet.h"
#include "tests/golden/gallery.h"

enum { DUMP_LIMIT_BYTES = 4 << 20 };

static const char usage[] = "usage: gallery [--case TEXT] [--look NAME] [--length normal|shortest|longest] "
                            "[--window WxH] [--dump] DIR\n"
                            "       gallery --golden [--case TEXT] DIR\n"
                            "       gallery --design PICTURES [--case TEXT] DIR\n";

struct wish {
    const char *part, *look, *design, *directory;
    enum gallery_length length;
    bool dump, golden;
    int width, height; /* of the window; 0: as the look says */
};

static void write_dump(const struct gallery *gallery, const char *path)
{
    struct buf text;
    buf_init(&text, DUMP_LIMIT_BYTES);
    check(ui_dump(gallery->ui, &text) == STATUS_OK);
    FILE *file = fopen(path, "w");
    check(file != NULL && fwrite(text.data, 1, text.length, file) == text.length && fclose(file) == 0);
    buf_release(&text);
}

static size_t show(const struct gallery_case *which, size_t look, const struct wish *wish)
{
    char path[512];
    struct gallery gallery;
    struct stage_look at = gallery_look(which, look);
    if (wish->width > 0)
        at.width = wish->width, at.height = wish->height;
    gallery_open(&gallery, which, at, wish->length);
    size_t faults = gallery_faults(&gallery, which);
    (void)snprintf(path, sizeof(path), "%s/%s-%s.png", wish->directory, which->name, gallery.look.name);
    stage_write(gallery.pixels, gallery.look.width, gallery.look.height, path);
    (void)snprintf(path, sizeof(path), "%s/%s-%s.json", wish->directory, which->name, gallery.look.name);
    if (wish->dump)
        write_dump(&gallery, path);
    gallery_close(&gallery);
    return faults;
}

/* Returns: 1 when the design has no such picture. */
static size_t show_beside(const struct gallery_case *which, const struct wish *wish)
{
    char path[512];
    struct gallery gallery;
    struct design_sheet picture, sheet;
    (void)snprintf(path, sizeof(path), "%s/%s.png", wish->design, which->picture);
    if (!design_sheet_load(path, &picture)) {
        (void)fprintf(stderr, "%s cannot be read\n", path);
        return 1;
    }
    gallery_open(&gallery, which, gallery_picture_look(which), wish->length);
    gallery_paint(&gallery);
    check(picture.width == gallery.look.width && picture.height == gallery.look.height);
    design_sheet_init(&sheet, picture.width, picture.height);
    design_sheet_put(&sheet, false, picture.pixels, picture.width);
    design_sheet_put(&sheet, true, gallery.pixels, picture.width);
    (void)snprintf(path, sizeof(path), "%s/%s.png", wish->directory, which->picture);
    stage_write(sheet.pixels, sheet.width, sheet.height, path);
    design_sheet_release(&sheet);
    design_sheet_release(&picture);
    gallery_close(&gallery);
    return 0;
}

static size_t show_looks(const struct gallery_case *which, const struct wish *wish)
{
    size_t faults = 0;
    for (size_t look = 0; look < gallery_looks(which); look++)
        if ((wish->look == NULL || strcmp(gallery_look(which, look).name, wish->look) == 0) &&
            (!wish->golden || gallery_is_golden(which, look)))
            faults += show(which, look, wish);
    return faults;
}

static size_t show_all(const struct wish *wish)
{
    size_t faults = 0;
    for (size_t i = 0; i < gallery_case_count; i++) {
        const struct gallery_case *which = &gallery_cases[i];
        if (strstr(which->name, wish->part) == NULL)
            continue;
        if (wish->design == NULL)
            faults += show_looks(which, wish);
        else if (which->picture[0] != 0)
            faults += show_beside(which, wish);
    }
    return faults;
}

/* Some case is drawn in this look; NULL is every look. */
static bool is_look(const char *name)
{
    for (size_t i = 0; name != NULL && i < gallery_case_count; i++)
        for (size_t look = 0; look < gallery_looks(&gallery_cases[i]); look++)
            if (strcmp(gallery_look(&gallery_cases[i], look).name, name) == 0)
                return true;
    return name == NULL;
}

static enum gallery_length length_of(const char *name)
{
    return strcmp(name, "shortest") == 0  ? GALLERY_SHORTEST
           : strcmp(name, "longest") == 0 ? GALLERY_LONGEST
                                          : GALLERY_NORMAL;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        {"case", required_argument, NULL, 'c'},   {"look", required_argument, NULL, 'l'},
        {"length", required_argument, NULL, 'n'}, {"dump", no_argument, NULL, 'd'},
        {"golden", no_argument, NULL, 'o'},       {"design", required_argument, NULL, 'g'},
        {"window", required_argument, NULL, 'w'}, {0}};
    struct wish wish = {.part = ""};
    if (text_is_among("--help", argc, argv)) {
        (void)fputs(usage, stdout);
        return 0;
    }
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 'c')
            wish.part = optarg;
        else if (option == 'l')
            wish.look = optarg;
        else if (option == 'n')
            wish.length = length_of(optarg);
        else if (option == 'g')
            wish.design = optarg;
        else if (option == 'w' && sscanf(optarg, "%dx%d", &wish.width, &wish.height) == 2)
            continue;
        else if (option == 'd')
            wish.dump = true;
        else if (option == 'o')
            wish.golden = true;
        else
            return 2;
    }
    if (optind + 1 != argc || !is_look(wish.look)) {
        (void)fputs(usage, stderr);
        return 2;
    }
    wish.directory = argv[optind];
    return show_all(&wish) == 0 ? 0 : 1;
}
