/* Service desk: what the clerk's requests share: who is signed in, and how a decision is stored.
 *
 * Inside kiosk/services only, on the desk worker.
 * Pitfall: who signs is the clerk that signed in here, never one named by a request.
 */
#ifndef KIOSK_SERVICES_SERVICE_DESK_H
#define KIOSK_SERVICES_SERVICE_DESK_H

#include "kiosk/services/service_context.h"
#include "kiosk/services/service_sheet.h"
#include "kiosk/store/store_clerk.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_hand.h"
#include "kiosk/store/store_revocation.h"

/* Whether a clerk is signed in here. */
bool service_desk_has_clerk(struct service_context *context);
/* The case of the request's order is open at this desk and on its way to the screen, pages seen in the same
 * version stay seen. Returns: as the store. */
enum status service_desk_load_case(struct service_context *context, struct service_job *job);
/* This clerk sits at the desk from now on. */
void service_desk_sign_on(struct service_context *context, const char *name);
/* The request's password is this clerk's, who may sign in. Returns: REFUSED (PASSWORD_WRONG, LOCKED with the
 * seconds left); else as the store. Time: hashes the password. */
enum status service_desk_check_password(struct service_context *context, struct service_job *job,
                                        const char *name, struct store_clerk *out);
/* The colleague named by the request, with own password, who signs beside this clerk. Returns: REFUSED
 * (SAME_PERSON, and as above); else as the store. Thread: any worker's. Time: as above. */
enum status service_desk_find_colleague(struct service_context *context, struct service_job *job,
                                        const char *clerk, struct store_clerk *out);
/* The same beside the clerk here. Returns and Time: as above. */
enum status service_desk_find_second(struct service_context *context, struct service_job *job,
                                     struct store_clerk *out);
/* A stick for files is in. Returns: REFUSED (NO_STICK). Thread: any worker's. */
enum status service_desk_check_stick(struct service_context *context, struct service_job *job);
/* The clerk has had the voucher of this order on the screen. */
void service_desk_note_voucher(struct service_context *context, const char *order_id,
                               const uint8_t sha256[CRYPTO_SHA256_BYTES]);
/* Whether it was this one. */
bool service_desk_saw_voucher(struct service_context *context, const char *order_id,
                              const uint8_t sha256[CRYPTO_SHA256_BYTES]);
/* The store is open for a decision about a row of a list. Returns: BAD_STATE (nobody is signed in), REFUSED
 * (CHANGED: nobody had the row before the eyes); else as the store. */
enum status service_desk_open_line(struct service_context *context, struct service_job *job);
/* A decision about the displayed row: what is decided, who signs beside the clerk ("" for nobody), and what
 * is noted about money that passed by hand (NULL for nothing). */
struct service_desk_line_decision {
    const char *action;
    const char *second;
    struct store_hand *hand; /* its decision is filled in */
    struct store_revocation
        *revocation; /* likewise: the certificate that is to be withdrawn, NULL for none */
    const struct store_payment *attempt; /* the one `hand` is about, as it was read; overtaken is CHANGED */
};
/* The decision stands in the store with the request's reason, signed, and has had its effect where this
 * program may write the order. Returns: REFUSED (CHANGED: another one is open; REFERENCE); else as the store.
 */
enum status service_desk_decide_line(struct service_context *context, struct service_job *job,
                                     const struct service_desk_line_decision *what);
/* The desk's printer is open. Returns: as printer_open. */
enum status service_desk_open_printer(struct service_context *context, struct failure *failure);
/* The document is at the desk's printer, under this id. Returns: as printer_print; the job says OFFLINE where
 * the printer does not answer. */
enum status service_desk_hand_over_pdf(struct service_context *context, struct service_job *job,
                                       const struct buf *pdf, const char *job_id);
/* The same for a sheet. Returns: as paper_render and above. */
enum status service_desk_hand_over(struct service_context *context, struct service_job *job,
                                   const struct service_sheet *sheet, const char *job_id);
/* The decision stands in the store, or the one a colleague began on the same display, with this clerk's
 * signature. Call inside a change. Returns: CONFLICT (another one is open); else as the store. */
enum status service_desk_decide(struct service_context *context, struct service_job *job,
                                struct store_decision *decision);

#endif
