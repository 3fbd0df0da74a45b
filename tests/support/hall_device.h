/* Hall device: the hall's outside world as drivers that a program may own and close without ending it.
 *
 * Each forwards to the hall's one gateway, authority or SMS service, or to one writer or scanner, so that
 * what a program did to the world is still there when the program is started again.
 * Pitfall: the scanner's sheet is read on the program's thread; lay the next one when no scan runs.
 */
#ifndef TESTS_SUPPORT_HALL_DEVICE_H
#define TESTS_SUPPORT_HALL_DEVICE_H

#include "kiosk/order/order.h"
#include "kiosk/page/page_image.h"
#include "kiosk/services/services.h"
#include "tests/support/hall.h"

/* What lies on the scanner's glass. */
struct hall_glass {
    struct page_image sheet; /* owned; none: an empty feeder */
    enum status status;      /* what a scan ends with instead, OK for none */
    enum device_state fault; /* beside it */
    int tenth_ms;            /* how long a tenth of a page takes */
    atomic_int scans;        /* so far */
    atomic_int asked_dpi;    /* of the last one */
};

/* The sheet on the glass is this one; the glass works. Owns: the glass takes the image. */
void hall_glass_lay(struct hall_glass *glass, struct page_image sheet);
/* Scans end like this from now on. */
void hall_glass_fail(struct hall_glass *glass, enum status status, enum device_state fault);
/* The glass is empty. */
void hall_glass_clear(struct hall_glass *glass);

/* The glass as a scanner. Owns: the caller; the glass stays the test's. */
struct scanner *hall_glass_scanner(struct hall_glass *glass);

/* A sheet with text and a seal, as a copied licence looks. Owns: the caller. */
struct page_image hall_sheet_copy(void);
/* The printed and stamped form of this order. Owns: the caller. */
struct page_image hall_sheet_form(const struct hall *hall, const struct order *order);
/* What is laid on for this paper of the order: its form, or a copy; on a sheet that collects samples the
 * boxes are stamped and signed, if a seal is asked for. Owns: the caller. */
struct page_image hall_sheet_of(const struct hall *hall, const struct order *order, const char *paper_id);
/* The same with the box of the `ticked`-th sample ticked, and the `blank`-th left blank; from 1, 0 for none.
 */
struct page_image hall_sheet_samples(const struct hall *hall, const struct order *order, const char *paper_id,
                                     size_t ticked, size_t blank);
/* The same with stamps and signatures so smeared that no picture of them is small enough for a key. Owns: the
 * caller. */
struct page_image hall_sheet_smeared(const struct hall *hall, const struct order *order,
                                     const char *paper_id);
/* Nothing but white. Owns: the caller. */
struct page_image hall_sheet_blank(void);

/* Drivers for a program with this writer (from 1) and glass; for a desk number 0 and NULL.
 * Owns: services_start takes them. */
struct service_drivers hall_drivers(struct hall *hall, int number, struct hall_glass *glass);

#endif
