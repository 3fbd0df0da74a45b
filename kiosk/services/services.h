/* Services: what a screen may ask for, and what the program knows about the visit on it.
 *
 * A request is sent and ends in exactly one reply; reports (id 0) tell what happened by itself: a key was put
 * in, a clerk decided, money came. The workers behind it store an intention before every act in the world and
 * its result after, each on a connection of its own to the store, so that any program killed anywhere is
 * finished by this one or another (decisions.md 3, 4). The screen thread never waits here.
 * It shows nothing and knows no SDL. What a reply means for the order was stored before the reply is
 * received. Pitfall: a reply may belong to a visit that has ended; services_receive drops those, so compare
 * ids only.
 */
#ifndef KIOSK_SERVICES_SERVICES_H
#define KIOSK_SERVICES_SERVICES_H

#include "kiosk/base/clock.h"
#include "kiosk/base/failure.h"
#include "kiosk/base/random.h"
#include "kiosk/base/secret.h"
#include "kiosk/catalogue/catalogue.h"
#include "kiosk/catalogue/settings.h"
#include "kiosk/form/form.h"
#include "kiosk/order/order.h"
#include "kiosk/services/service_views.h"

enum service_kind {
#define SERVICE(code, worker, deadline_ms, name, run) SERVICE_##code,
#include "kiosk/services/services.def"
#undef SERVICE
    SERVICE_COUNT_
};

/* The stable name of a kind, for the log. Returns: a static text. Thread: any. */
const char *service_kind_name(enum service_kind kind);

struct services;

/* Why a request was not done, finer than its status, for the screen to choose words by. The names are the
 * keys "service.<name>" of the words. */
enum service_reason {
#define SERVICE_REASON(code, name) SERVICE_REASON_##code,
#include "kiosk/services/service_reasons.def"
#undef SERVICE_REASON
    SERVICE_REASON_COUNT_
};

/* The stable name of a reason. Returns: a static text. Thread: any. */
const char *service_reason_name(enum service_reason reason);

/* What a ticket's code begins with, so that the code of another paper is never taken for one. */
#define SERVICE_TICKET_PREFIX "CKT1|"
/* The paper a bank's voucher is scanned as. */
#define SERVICE_VOUCHER_PAPER "voucher"
/* The page of a case that shows what was cut out of its sheets, and the electronic seal made of it. */
#define SERVICE_SAMPLES_PAPER "seal-samples"
enum { SERVICE_TICKET_TEXT_BYTES = 112 };

struct service_reply {
    uint64_t id; /* of the request; 0 for a report */
    enum service_kind kind;
    enum status status;
    enum service_reason reason;  /* NONE when the status says all */
    int64_t number;              /* a count that belongs to the reason: seconds to wait, tries left */
    struct service_image *image; /* FORM_PREVIEW, PAGE_PREVIEW, SCAN_PAGE, DESK_PAGE, DESK_THUMB; else NULL */
};

/* Drivers handed in instead of the configured ones; a NULL member takes the settings' driver. For tests. */
struct service_drivers {
    struct token *token;
    struct scanner *scanner;
    struct printer *printer;
    struct payment *payment; /* the first channel */
    struct payment *wechat;  /* beside it */
    struct sms *sms;
    struct idcard *idcard;
    struct identity *identity;
    struct authority *authority;
};

struct services_settings {
    const struct settings *settings;   /* borrowed for life */
    const struct catalogue *catalogue; /* borrowed for life */
    const struct clock *clock;
    const struct random *random;
    const char *owner; /* terminal or desk id: who holds claims and leases */
    bool is_desk;      /* a desk has no writer, scanner or printer; it still finishes payments and requests */
    struct service_drivers drivers; /* taken: closed with the services */
    void (*wake)(void *context);    /* a bell, rung from workers */
    void *wake_context;
};

/* The workers run, the store is open, open intentions of this owner and expired ones are being inquired
 * about. Returns: CONFIG, IO, MALFORMED (store or hall key), BUSY (another program runs as this owner on this
 * store), NO_MEMORY; the failure says where. Owns: the caller stops it. Time: opens the store once; call
 * before the first screen. */
enum status services_start(const struct services_settings *settings, struct services **out,
                           struct failure *failure);
/* Requests are cancelled, threads have ended, claims are given back, everything personal is wiped. NULL is
 * allowed. Time: as long as the call in a driver that cannot be cancelled. */
void services_stop(struct services *services);

/* The next reply or report, and its effect on the visit. Returns: false when there is none now.
 * Owns: the reply's image is the caller's (service_image_free). Thread: the screen's. */
bool services_receive(struct services *services, struct service_reply *out);

/* --- the visit: what the screens draw from ------------------------------------------------------------- */

/* What is known of the person and order at this terminal. Owns: borrowed, changes with services_receive. */
const struct service_visit *services_visit(const struct services *services);
/* The form's values of the visit, for the form screen to edit; stored by service_order_save. */
struct form_values *services_values(struct services *services);
/* The key in the writer, as last seen. */
const struct service_key *services_key(const struct services *services);
/* The devices, as last seen. */
const struct service_devices *services_devices(const struct services *services);
/* What a clerk does from the desk. Owns: borrowed, changes with services_receive. */
const struct service_supervision *services_supervision(const struct services *services);
/* What was chosen before there is an order. The pointers are the catalogue's. */
void services_choose(struct services *services, const struct product *product,
                     const struct product_operation *operation, const char *class_id);
/* Term, keys, seal, kinds of change of what was chosen. Owns: copied. */
void services_choose_wish(struct services *services, const struct service_wish *wish);
/* Why the chosen operation is asked for: an id of its list, "" for no reason. */
void services_choose_reason(struct services *services, const char *reason);
/* What `record` is about is chosen, with class, term and keys, and the next order takes over the values of
 * its form; papers it does not. Any other choice forgets it. */
void services_choose_copy(struct services *services);
/* The visit is over: claims given back, every value, preview and code wiped; late replies are dropped. */
void services_end_visit(struct services *services);

/* --- requests of the terminal; each returns its id ----------------------------------------------------- */

/* An SMS code is on its way to this mobile number. Reasons: RESEND_WAIT (number: seconds), LOCKED, NUMBER. */
uint64_t service_login_send(struct services *services, const char *phone);
/* The number is called and the code read aloud. Reasons: as service_login_send. */
uint64_t service_login_speak(struct services *services, const char *phone);
/* Whether this hall can have a code read aloud. */
bool services_speaks(const struct services *services);
/* The code is compared. Reasons: CODE_WRONG (number: tries left), CODE_EXPIRED, LOCKED (number: seconds). */
uint64_t service_login_verify(struct services *services, const char *phone, const struct secret *code);
/* Whether the hall has accounts with passwords for those who come again. */
bool services_has_accounts(const struct services *services);
/* The person is logged in by a name of the account (number, e-mail address, company's full name) and its
 * password. Reasons: ACCOUNT_WRONG (number: tries left; the same for a name nobody has), LOCKED (number:
 * seconds). Owns: a copy of the password, wiped after use. */
uint64_t service_account_log_in(struct services *services, const char *alias, const struct secret *password);
/* The visit's `account` is that of the number that was proven by code or password. Returns in the reply:
 * BAD_STATE where none was. */
uint64_t service_account_look(struct services *services);
/* The number has an account, of the person with this ID number. Reasons: ID_NUMBER, PASSWORD_WEAK. Owns: a
 * copy of the password, wiped after use. */
uint64_t service_account_open(struct services *services, const char *id_number,
                              const struct secret *password);
/* The account has this password. Reasons: PASSWORD_WEAK. Owns: as above. */
uint64_t service_account_password(struct services *services, const struct secret *password);
/* The account is taken away; the orders stay with the number. */
uint64_t service_account_close(struct services *services);
/* The account is logged in to by this e-mail address, or company's full name, too; "" takes it away. Reasons:
 * EMAIL, COMPANY (no order of this number was done for it), ALIAS_TAKEN. Owns: copied. */
uint64_t service_account_email(struct services *services, const char *email);
uint64_t service_account_company(struct services *services, const char *company);
/* The account and all its orders have this number from now on; the code went there by service_login_send. Of
 * the logged-in person, or of whom a clerk has let do it (the visit's `reset` is granted). Reasons: as
 * service_login_verify, NUMBER_TAKEN (it has an account), RESET_OVER. */
uint64_t service_account_phone(struct services *services, const char *phone, const struct secret *code);
/* The granted reset is used: the account has this password, and the person is logged in. Reasons:
 * PASSWORD_WEAK, RESET_OVER. Owns: a copy of the password, wiped after use. */
uint64_t service_reset_password(struct services *services, const struct secret *password);
/* The visit's `orders` hold the open and newest orders of the logged-in number, or of the unit whose key was
 * proven. */
uint64_t service_order_list(struct services *services);
/* The visit's `bills` hold what was paid for the same orders. */
uint64_t service_bill_list(struct services *services);
/* The visit's `mine` holds the certificates that were handed over for the same orders. */
uint64_t service_mine_list(struct services *services);
/* What the person says about the hall stands in the store for the desk, with the logged-in number. Owns:
 * copied. Returns in the reply: MALFORMED without words. */
uint64_t service_feedback_send(struct services *services, enum service_feedback_kind kind, const char *text);
/* The order whose number ends in these 6 characters and that belongs to the logged-in mobile number is
 * opened, as by service_order_open. Reasons: NOT_YOURS. */
uint64_t service_order_find(struct services *services, const char *acceptance_end);
/* The same by a ticket's text, without login: the ticket is the proof. */
uint64_t service_order_find_ticket(struct services *services, const char *ticket);
/* The order with this acceptance number is opened by its 授权码, without login: who was sent for the key has
 * both. Reasons: PICKUP_WRONG (number: tries left), PICKUP_OVER (too old, or nothing waits), LOCKED (number:
 * seconds), ELSEWHERE. Owns: a copy of the code, wiped after use. */
uint64_t service_order_pickup(struct services *services, const char *acceptance, const struct secret *code);
/* The visit's `record` holds this order of the list: amounts with their lines, what happened to it. */
uint64_t service_order_record(struct services *services, const char *order_id);
/* This order of the list is cancelled, as the applicant wishes; the visit's `record` shows it so. Reasons:
 * ELSEWHERE, MONEY_HELD (money is held: a clerk gives it back). */
uint64_t service_order_cancel(struct services *services, const char *order_id);
/* The receipt or slip of this order of the list is printed. Reports and reasons: as service_receipt_print. */
uint64_t service_receipt_print_of(struct services *services, const char *order_id);
/* A new order of the chosen product, class and operation stands stored and claimed; the agreement's version
 * is recorded with it. Reasons: HALL_CLOSED (outside of hall.open_hours). What the proven holder's last order
 * says of the unit stands in its form; the visit's `known` says from when. */
uint64_t service_order_create(struct services *services);
/* The order is claimed and becomes the visit's, with values and pages. Reasons: ELSEWHERE (claimed by another
 * terminal; number: seconds until that claim ends). */
uint64_t service_order_open(struct services *services, const char *order_id);
/* The order, which waits for a key that has no order here (KEY_UNKNOWN), goes the other way its operation
 * offers: other steps, form and papers, kept with the order. */
uint64_t service_order_divert(struct services *services);
/* The values are stored as they are, complete or not; what registers and other orders say of them stands in
 * the visit's `findings`. */
uint64_t service_order_save(struct services *services);
/* The holder says that what was taken over into the form holds (确认更新); or, with false, it is gone from
 * it.
 */
uint64_t service_order_known(struct services *services, bool holds);
/* The applicant's event moves the order: FORM_COMPLETED (checked again here), FORM_REOPENED, PRINT_REOPENED,
 * SCANNED, FORM_CORRECTING, PAPERS_CORRECTING, TAKEN, CANCELLED. Reasons: FORM_FAULTY, VALUE_TAKEN (another
 * order has one that must be unique), PAPERS_MISSING; of an operation on a certificate that exists
 * SUBJECT_DIFFERS, NO_CERTIFICATE, CERTIFICATES_MANY; of one that asks for the answer to the holder's
 * question QUESTION_ASKED, QUESTION_WRONG (number: tries left), LOCKED (number: seconds), and the visit's
 * `question` is asked (service_question_answer). */
uint64_t service_order_event(struct services *services, enum order_event event);
/* The answer to the question of the certificate the visit's order is about; a right one lets the order go on.
 * Reasons: QUESTION_WRONG (number: tries left), LOCKED (number: seconds). Owns: copied. */
uint64_t service_question_answer(struct services *services, const char *answer);
/* A clerk is asked to let this be set anew after seeing the ID card; the visit's `reset` has the code to
 * tell. ANSWER is of the question the visit's order asks; a name nobody has is answered like any other. */
uint64_t service_reset_ask(struct services *services, enum service_reset_kind kind, const char *alias);
/* The visit's `reset` stands as the clerk has decided. */
uint64_t service_reset_look(struct services *services);
/* The code that only the desk shows was typed here: what was granted may be used. Reasons: RESET_PROOF
 * (another one; number: tries left), RESET_OVER (not granted here, or too old). Owns: copied. */
uint64_t service_reset_prove(struct services *services, const char *proof);
/* It is not wanted any more. */
uint64_t service_reset_drop(struct services *services);
/* The granted reset is used: the holder's question and answer are these, and the visit's order goes on.
 * Reasons: RESET_OVER (not proven here, used, or too old). Owns: copied. */
uint64_t service_reset_answer(struct services *services, const char *question, const char *answer);
/* The key of the visit's order is to be sent to the address of its form, or is not. Returns in the reply:
 * BAD_STATE once it was begun, or where the product sends none. */
uint64_t service_shipment_wish(struct services *services, bool wished);
/* The visit's order is read again; also done by itself when the store's bell rings. */
uint64_t service_order_refresh(struct services *services);
/* A ticket for coming back stands in the visit's `ticket`; its code on paper and screen is
 * SERVICE_TICKET_PREFIX and the ticket. */
uint64_t service_ticket_make(struct services *services);
/* Whether partners of this hall give out codes. */
bool services_takes_appointments(const struct services *services);
/* The partner's code is good: the visit's `appointment` says for what, and an order of that choice is begun
 * by it, with the values it brings. It logs nobody in. Reasons: APPOINTMENT_FALSE (not a partner's, or for
 * nothing that is offered here), APPOINTMENT_OVER, APPOINTMENT_USED. Owns: copied. */
uint64_t service_appointment_read(struct services *services, const char *text);
/* The slip on the scanner is read and its ticket stands in the visit's `ticket`, for
 * service_order_find_ticket; a partner's code stands in the visit's `appointment`, for
 * service_appointment_read. Ended by service_scan_cancel. Reasons: NO_TICKET, and of the device as for
 * service_scan_page. */
uint64_t service_ticket_scan(struct services *services);
/* The acceptance number and how to come back go to the logged-in number, once for each time the order waits;
 * when the service is not there they go out later. Reasons: NUMBER. Returns UNSUPPORTED in the reply where
 * nobody is logged in or the hall sends no such message. */
uint64_t service_notice_send(struct services *services);
/* Whether the hall sends that message. */
bool services_tells(const struct services *services);
/* The visit's `units` are those of the logged-in number: where it is a member, or asks to be. */
uint64_t service_unit_list(struct services *services);
/* The act was done by the logged-in person; `units` are as they are now. Reasons: UNIT_NOT_MANAGER,
 * UNIT_NOT_MEMBER (the person it is about is none), UNIT_MANAGER_STAYS, UNIT_HAS_IT, CHANGED. Owns: copied.
 */
uint64_t service_unit_act(struct services *services, const struct service_unit_act *act);
/* The stable name of what may be done in a unit. Returns: a static text. Thread: any. */
const char *service_unit_act_name(enum service_unit_act_kind kind);
/* The terminal's presence for the desk: the screen's stable name and the field in hand (may be ""). */
uint64_t service_presence(struct services *services, const char *screen, const char *field);
/* The clerk is called, or no longer: the visit's clerk_called says so when desks see it. */
uint64_t service_call_clerk(struct services *services, bool calling);

/* The clerk's act of this id had its effect: it was read, the field is framed, the visit is over. */
uint64_t service_act_done(struct services *services, const char *act_id);

/* The filled form as pixels. Units: width in pixels. */
uint64_t service_form_preview(struct services *services, int width_px);
/* The filled form is printed and the order moves by PRINTED once the printer says it is out.
 * Reports while it waits: reason PAPER_OUT, JAMMED, COVER_OPEN, OFFLINE, WORKING. */
uint64_t service_form_print(struct services *services);
/* The slip with the account the order's money is to be transferred to is printed. Reports and reasons: as
 * above. */
uint64_t service_account_print(struct services *services);
/* The receipt (order done) or acceptance slip (before) is printed. */
uint64_t service_receipt_print(struct services *services);

/* An example of this paper of the visit's operation as pixels, with fictitious values and a mark across it.
 * Returns in the reply: NOT_FOUND where there is none. */
uint64_t service_example_show(struct services *services, const char *paper_id, int width_px);
/* Whether there is one. */
bool services_has_example(const struct services *services, const char *paper_id);
/* The form of this operation is printed with lines instead of values, to be filled in by hand; `head` stands
 * at the edge of its pages. No order is needed and none is made. Reports and reasons: as above. Owns: `head`
 * is copied, the others are the catalogue's. */
uint64_t service_blank_print(struct services *services, const struct product *product,
                             const struct product_operation *operation, const char *head);

/* One paper is scanned, judged and stored in place of an earlier one; of an order whose transfer is open
 * SERVICE_VOUCHER_PAPER alone. Reports: progress in the visit's
 * `scan`. Reasons: NOTHING_THERE, JAMMED, COVER_OPEN, OFFLINE, TOO_LARGE, UNREADABLE, FOREIGN_CODE (another
 * order's form), OTHER_PAPER (the form in another paper's place), NO_CODE, BLURRED..; the picture comes along
 * where there is one. */
uint64_t service_scan_page(struct services *services, const char *paper_id);
/* The running scan ends without a page. */
void service_scan_cancel(struct services *services);
/* The page it may be the same as (service_page_source) stands for this paper, too, until it is scanned
 * itself: not a copy, it changes with that paper's. Returns in the reply: BAD_STATE where the product allows
 * none, or that paper has no page of its own. */
uint64_t service_page_same(struct services *services, const char *paper_id);
/* The scanned page is taken away; the paper is asked for again. Returns in the reply: BAD_STATE where there
 * is none, or it may not be scanned. */
uint64_t service_page_delete(struct services *services, const char *paper_id);
/* A page beside the product's papers is to be scanned, under this title; `paper_id` is the paper that allows
 * some. Reasons: PAGE_TITLE (number: its most characters), PAGES_FULL (number: so many are allowed). Owns:
 * the title is copied. */
uint64_t service_page_add(struct services *services, const char *paper_id, const char *title);
/* A stored page as pixels. */
uint64_t service_page_preview(struct services *services, const char *paper_id, int width_px);

/* The stamp or signature that was cut out of this box of a scanned sheet, as pixels. */
uint64_t service_sample_preview(struct services *services, const char *paper_id, const char *zone,
                                int width_px);
/* It is the best one of its kind for the applicant. Reasons: CHANGED (no such sample any more, or approved).
 */
uint64_t service_sample_choose(struct services *services, const char *paper_id, const char *zone);

/* The card laid on the reader is the person of the visit's order, which moves on. Ended by
 * service_card_cancel. Reasons: NO_CARD (none was laid in time), CARD_UNREAD, CARD_OTHER (another person),
 * CARD_EXPIRED, OFFLINE. */
uint64_t service_card_identify(struct services *services);
/* The card laid on the reader stands in the visit's `card`, for the form to take and services_card_forget to
 * wipe. Ended by service_card_cancel. Reasons: NO_CARD, CARD_UNREAD, CARD_UNFIT (no form takes it), OFFLINE.
 */
uint64_t service_card_read(struct services *services);
/* A code for the telephone stands in the visit's `proving`: of the session that is open for the order, or of
 * a new one. Reports (PHONE_WATCH) say when it ended; the order moves on by itself when it was passed.
 * Reasons: PHONE_REFUSED (this person cannot be asked about), PHONE_SPENT (not recognised too often),
 * PHONE_SILENT. */
uint64_t service_phone_begin(struct services *services);
/* No card is waited for any more. */
void service_card_cancel(struct services *services);
/* The visit's `card` is wiped. */
void services_card_forget(struct services *services);
/* Whether this hall can find out by this way who somebody is. */
bool services_identifies(const struct services *services, enum product_identity way);

/* The key in the writer is read; the visit's `holder` says whose it is and how it stands. Reasons: NO_KEY,
 * KEY_PULLED. */
uint64_t service_key_read(struct services *services);

/* The holder of the key in the writer is logged in: its PIN signed a challenge. The visit's `holder` is
 * proven, its phone the one the certificate was asked for with, and service_order_list lists the holder's
 * orders. Reasons: PIN_WRONG, KEY_LOCKED, KEY_UNFIT, NO_KEY, KEY_PULLED. Owns: a copy of the PIN, wiped after
 * use. */
uint64_t service_key_login(struct services *services, const struct secret *pin);
/* The holder who has logged in with the PIN the key was sent with gives it an own one. Reasons: PIN_WEAK,
 * KEY_PULLED, KEY_OTHER. Owns: a copy of the PIN, wiped after use; the caller wipes its own. */
uint64_t service_key_new_pin(struct services *services, const struct secret *pin);
/* The same for an order that waits for its holder's key: KEY_SHOWN. Reasons: as above, KEY_OTHER (another
 * project's, or not the key the order is about), RENEWAL_EARLY, RENEWAL_LATE (number: a time UTC);
 * KEY_UNKNOWN where nobody here knows the key and the operation offers another way (service_order_divert). */
uint64_t service_key_show(struct services *services, const struct secret *pin);

/* The lock of another authority that the order takes in is in the writer; what is read of it without a PIN
 * stands in the visit's `old_lock`, and the order goes on: KEY_SHOWN. With `for_clerk` also a lock that is
 * not known or cannot be read, which the clerk judges. Reasons: NO_KEY, KEY_PULLED, OLD_LOCK_OURS (it was
 * made here), OLD_LOCK_UNKNOWN (no issuer of the product's list made it). */
uint64_t service_old_lock_show(struct services *services, bool for_clerk);

/* What the order asks for is done to the certificate or key it is about: unlocked, revoked; the order moves
 * by ACTED. Reasons: NO_KEY, KEY_PULLED, KEY_OTHER (not the key the order is about), KEY_FOREIGN (another
 * hall's), KEY_LOCKED (its unlocking PIN, too), KEY_UNFIT (its certificate was revoked meanwhile),
 * AUTHORITY_SILENT. */
uint64_t service_change_run(struct services *services);

/* Whether money may be taken: a key that can be written is there and the authority answers.
 * Reasons: OWN_KEY_ABSENT, OWN_KEY_OTHER, OWN_KEY_FULL, KEY_LOCKED, KEY_UNFIT (the holder's own key); NO_KEY,
 * KEY_CARRIES (consent needed), KEY_FULL, KEY_OTHER, AUTHORITY_SILENT. */
uint64_t service_issue_ready(struct services *services, bool may_erase);
/* The key is made, or made to the end. Reports: progress in the visit's `issue`. Reasons: NO_KEY, KEY_PULLED,
 * KEY_OTHER, KEY_CARRIES, KEY_FULL, WRITE_FAILED, AUTHORITY_SILENT, AUTHORITY_REFUSED. It ends when proven.
 */
uint64_t service_issue_run(struct services *services, bool may_erase);
/* The same onto the key its holder brought, beside the certificate it carries, which stays good until the new
 * one is proven. Reasons: PIN_NEEDED, PIN_WRONG, KEY_LOCKED, KEY_UNFIT (the old certificate was withdrawn
 * meanwhile), OWN_KEY_ABSENT, OWN_KEY_OTHER, OWN_KEY_FULL, OWN_KEY_FAILED, KEY_PULLED, AUTHORITY_SILENT,
 * AUTHORITY_REFUSED. Owns: a copy of the PIN, wiped after use; the caller wipes its own. */
uint64_t service_issue_run_own(struct services *services, const struct secret *pin);
/* The order's first key is given up: its certificate is revoked and another key may follow. */
uint64_t service_issue_abandon(struct services *services);
/* The holder's PIN is set. Reasons: PIN_WEAK.. (from form's rule), KEY_PULLED, KEY_OTHER. Owns: a copy of the
 * PIN, wiped after use; the caller wipes its own. */
uint64_t service_pin_set(struct services *services, const struct secret *pin);

/* A payment attempt with a fresh code, after readiness was checked again. The visit's `payment` says the
 * rest. */
uint64_t service_pay_start(struct services *services);
/* The same by this channel, one of ALIPAY and WECHAT; a code of the other is closed first, and a transfer
 * without voucher. Reasons: as above; GATEWAY_REFUSED also when the product does not take it, MONEY_BY_HAND
 * while a clerk takes the money or has a voucher to look at. */
uint64_t service_pay_start_by(struct services *services, enum product_payment channel);
/* The money is to come over the bank: the visit's `hand` is open, a code is closed first. It may be asked for
 * again. Reasons: ALREADY_PAID, PAYMENT_UNKNOWN, MONEY_BY_HAND (a clerk is taking it). */
uint64_t service_pay_transfer(struct services *services);
/* What the holder says of the certificate of the visit's order: it is right, with COUNT_, or what is wrong.
 * Once, and before the product's limit. Returns in the reply: BAD_STATE where nothing is asked (any more). */
uint64_t service_consent_say(struct services *services, enum service_objection objection);
/* An invoice is asked for, where the product gives one only then (the visit's `invoice` is OPEN). `order_id`
 * is the visit's order or one of its list. Reasons: CHANGED. */
uint64_t service_invoice_request(struct services *services, const char *order_id);
/* The gateway is asked at once. */
uint64_t service_pay_check(struct services *services);
/* The attempt is closed; if it turns out paid, the order moves on. */
uint64_t service_pay_stop(struct services *services);

/* Whether this hall can take money for a code of this channel. */
bool services_takes(const struct services *services, enum product_payment channel);

/* --- requests of the desk ------------------------------------------------------------------------------ */

/* What the desk knows. Owns: borrowed, changes with services_receive. */
const struct service_desk *services_desk(const struct services *services);
/* A clerk signs in with name and password. Reasons: PASSWORD_WRONG, LOCKED. */
uint64_t service_desk_sign_in(struct services *services, const char *name, const struct secret *password);
/* The clerk leaves; cases and names are wiped. */
void service_desk_sign_out(struct services *services);
/* Terminals, queue and counters; also refreshed by itself. */
uint64_t service_desk_overview(struct services *services);
/* One order for review; `opened` pages are counted per case. "" puts the open one away. */
uint64_t service_desk_case(struct services *services, const char *order_id);
/* One page of the case as pixels, full size. */
uint64_t service_desk_page(struct services *services, const char *paper_id, int width_px);
/* The same as a small picture: nobody has looked at the page by that. */
uint64_t service_desk_thumb(struct services *services, const char *paper_id, int width_px);
/* The field's value of the open case was on the clerk's screen: no request, it is remembered. */
void service_desk_field_seen(struct services *services, const char *field);
/* The case is approved; it takes effect after the undo time. Reasons: CHANGED (another clerk was first),
 * PAGES_UNSEEN, ORIGINALS (number: papers that were not handed in yet), ON_HOLD, STAGE_OTHER (the next
 * signature is not this clerk's to give). */
uint64_t service_desk_approve(struct services *services);
/* The case is rejected with these items. Owns: copied. */
uint64_t service_desk_reject(struct services *services, const struct order_rejections *items);
/* The person at the desk is the one of the open case, or not: then the order stays where it is, and the
 * applicant reads the reason. Acceptance takes effect after the undo time, refusal at once. Reasons: CHANGED.
 */
uint64_t service_desk_identify(struct services *services, bool accepted, const char *reason);
/* A masked value of the open case may be shown in full; that it was is recorded under the clerk's name with
 * the reason, the clerk's own words without numbers of people. */
uint64_t service_desk_reveal(struct services *services, const char *field, const char *reason);
/* These originals of the open case were handed in, so many copies on that day (0 copies: not there). Owns:
 * copied. Reasons: CHANGED, RECEIVED_DAY (to come, or longer ago than the product allows). */
uint64_t service_desk_originals(struct services *services, const struct service_originals *originals);
/* The open case is put aside with a note for whoever takes it up again; until then nobody decides it.
 * Reasons: CHANGED, ON_HOLD (it is put aside already). */
uint64_t service_desk_hold(struct services *services, const char *note);
/* The open case is taken up again. Reasons: CHANGED (it is not on hold). */
uint64_t service_desk_take_up(struct services *services);
/* The open case makes a main lock, or a further one, whatever the holder's keys say; seal and price go along.
 * It may take until the terminal that has the order reads it. Reasons: CHANGED, ON_HOLD. */
uint64_t service_desk_lock(struct services *services, bool is_main);
/* The clerk's last decision is taken back within its undo time. */
uint64_t service_desk_undo(struct services *services);
/* An order of the desk's lists (its line says may_give_up) is ended: certificate revoked, money given back;
 * one that holds no money is closed by force, and its applicant reads the reason. The reason, the clerk's own
 * words, is required and kept with the decision; what was displayed of the order is hashed into it. A second
 * clerk signs with name and password. Owns: a copy of the password, wiped after use. Reasons: CHANGED (not
 * displayed, or no longer possible), SAME_PERSON, PASSWORD_WRONG, LOCKED, SUPERVISOR (by force, and neither
 * of the two is one). */
uint64_t service_desk_give_up(struct services *services, const char *order_id, const char *reason,
                              const char *second, const struct secret *password);
/* An order of the desk's lists that may_close is closed. The applicant reads the reason, which is required.
 * Reasons: CHANGED (not displayed, or no longer possible), MONEY_HELD, SUPERVISOR (it may only be closed by
 * force, above). */
uint64_t service_desk_close_order(struct services *services, const char *order_id, const char *reason);
/* The refused refund of an order of the desk's lists (its line says alarm) is asked for again, under the same
 * refund number. Reasons: CHANGED. */
uint64_t service_desk_refund_retry(struct services *services, const char *order_id);
/* A fresh 授权码 for an order that waits for its key is on paper (number: of the slip); an earlier one is
 * worth nothing from then on. Reasons: CHANGED (no such order, or its product has no codes), OFFLINE. */
uint64_t service_desk_slip(struct services *services, const char *order_id);
/* The receipt or slip of an order of the desk's lists comes out of the desk's printer; number: which print of
 * it that is, which the sheet says from the second on. The audit says who printed it. Reasons: CHANGED,
 * OFFLINE. */
uint64_t service_desk_receipt(struct services *services, const char *order_id);
/* A blank form of this operation comes out of the desk's printer; the audit says who printed it. Reasons:
 * OFFLINE. Owns: as service_blank_print. */
uint64_t service_desk_blank(struct services *services, const struct product *product,
                            const struct product_operation *operation, const char *head);
/* A clerk is about to take the money of an order of the desk's list `money`: a code at the terminal is being
 * closed, and none is made until it is taken; or, with false, is not any more. Reasons: CHANGED,
 * MONEY_BY_HAND (a voucher waits to be looked at). */
uint64_t service_desk_money_open(struct services *services, const char *order_id, bool open);
/* The money of the order's open attempt is here: what the clerk counted, or saw on the account. The order
 * moves on; one that waits for none any more (its line says is_late) owes it back from then on. Owns: the
 * note is copied. Reasons: CHANGED, AMOUNT_DIFFERS, REFERENCE (no such number can be, or it stands for other
 * money), CODE_OPEN (a code is not closed yet), PAGES_UNSEEN (the voucher). */
uint64_t service_desk_money_take(struct services *services, const char *order_id,
                                 const struct service_hand_note *note);
/* The money of an order that is to be given back by hand was given back. Where its line says by_two, a second
 * clerk signs with name and password; both are empty where one is enough. Owns: a copy of the password, wiped
 * after use. Reasons: CHANGED, AMOUNT_DIFFERS, REFERENCE, SAME_PERSON, PASSWORD_WRONG, LOCKED. */
uint64_t service_desk_money_back(struct services *services, const char *order_id,
                                 const struct service_hand_note *note, const char *second,
                                 const struct secret *password);
/* The voucher of a transfer as pixels; the clerk has seen it then. */
uint64_t service_desk_voucher(struct services *services, const char *order_id, int width_px);
/* The voucher says nothing that can be confirmed; the applicant reads why. Reasons: CHANGED, PAGES_UNSEEN. */
uint64_t service_desk_voucher_refuse(struct services *services, const char *order_id, const char *reason);
/* Units, newest first, or the one of this credit code; the one with this id in hand; proofs by transfer that
 * wait. Both texts may be "". */
uint64_t service_desk_units(struct services *services, const char *credit_code, const char *unit_id);
/* The act was done by the clerk; the unit in hand is as it is now. Reasons: as service_unit_act, PROOF_WRONG
 * (number: tries left), PROOF_FAILED (that was the last one). Owns: copied. */
uint64_t service_desk_unit_act(struct services *services, const struct service_unit_act *act);
/* The desk's `resets` hold what waits for a clerk, its `feedbacks` what was said about the hall. */
uint64_t service_desk_holders(struct services *services);
/* The clerk has seen the ID card with this number, and it is the holder's: what was asked for may be set anew
 * at the terminal; without a number it is refused. Reasons: CHANGED, ID_DIFFERS (number: tries left; at 0 it
 * is refused). Owns: copied. */
uint64_t service_desk_reset(struct services *services, const char *reset_id, const char *id_number);
/* The clerk has seen to what was said. Reasons: CHANGED. */
uint64_t service_desk_feedback_done(struct services *services, const char *feedback_id);
/* The desk's `invoices` hold those in this state, COUNT_ for all. */
uint64_t service_desk_invoices(struct services *services, enum service_invoice_state state);
/* The invoice is made out to somebody else, as of the version displayed. Owns: the title is copied. Reasons:
 * CHANGED. */
uint64_t service_desk_invoice_correct(struct services *services, const char *order_id, int64_t version,
                                      const struct service_invoice_title *title);
/* It was issued under this number, as of the version displayed. Reasons: CHANGED, REFERENCE (no such number
 * can be, or it stands for another one). */
uint64_t service_desk_invoice_issue(struct services *services, const char *order_id, int64_t version,
                                    const char *document);
/* The desk's `certificates` hold those that were handed over, newest first, or with `revoked` those that were
 * withdrawn; with a text those of this acceptance number, serial or credit code. */
uint64_t service_desk_certificates(struct services *services, const char *text, bool revoked);
/* The desk's `certificates` hold those that end soon, as their products say, the next to end first. */
uint64_t service_desk_ending(struct services *services);
/* The holder of a certificate of that list (its line says may_remind) is told by message that it ends.
 * Reasons: CHANGED (told already, or it is not to be). */
uint64_t service_desk_remind(struct services *services, const char *request_id);
/* A certificate of the desk's list (its line says may_revoke) is withdrawn by the authority itself, for one
 * of its product's grounds: two clerks sign, what was displayed is hashed into it, and the authority is asked
 * until it has answered. Owns: texts and a copy of the second's password, wiped after use. Reasons: CHANGED,
 * EVIDENCE (no order has this number), SAME_PERSON, PASSWORD_WRONG, LOCKED. */
uint64_t service_desk_revoke(struct services *services, const struct service_certificate_wish *wish,
                             const char *second, const struct secret *password);
/* A certificate of this file on the stick (PEM, DER or .p7b; beside it what stands between it and a root) is
 * on the key in the desk's writer, whose PIN its holder typed; the audit says so. Owns: a copy of the PIN,
 * wiped after use. Reasons: NO_STICK, FILE_UNREADABLE, FILE_OTHER_KEY (no private key for it on this key),
 * FILE_UNTRUSTED, FILE_EXPIRED, FILE_REVOKED, FILE_UNCHECKED (the revocation list is not there or too old),
 * NO_KEY, PIN_WRONG, KEY_LOCKED, KEY_FULL; UNSUPPORTED in the reply at a desk without a writer. */
uint64_t service_desk_import(struct services *services, const char *file, const struct secret *pin);
/* The certificate of an order of the desk's lists (its line says soft OFFERED or OPEN) is a file with its key
 * on the stick, behind the wish's password, and the order goes to its end; number: 1 while the authority is
 * still to be told, which happens by itself. A second clerk signs. What was broken off is gone on with, never
 * begun anew. Owns: copies, wiped after use. Reasons: CHANGED (not possible, or no longer), NO_STICK,
 * STICK_FULL, PASSWORD_WEAK, PASSWORD_OWN (a number of the holder's in it), SAME_PERSON, PASSWORD_WRONG,
 * LOCKED, ELSEWHERE (number: seconds), AUTHORITY_SILENT, AUTHORITY_REFUSED; UNSUPPORTED in the reply where
 * the hall or the product has none. */
uint64_t service_desk_soft(struct services *services, const struct service_certificate_file *wish);
/* The desk's `anchors` hold what the hall trusts, its `files` the certificates on the stick. */
uint64_t service_desk_trust(struct services *services);
/* Roots and revocation lists are PEM files on the stick (number: how many), and the audit says so. Reasons:
 * NO_STICK (none is in, or it takes no file). */
uint64_t service_desk_trust_export(struct services *services);
/* The act is on its way to the terminal; what became of it stands in the terminal's view. Reasons:
 * TERMINAL_SILENT, VISIT_OVER (the visit of the act is not the one there), ALREADY_ANSWERED. Owns: copied. */
uint64_t service_desk_act(struct services *services, const struct service_act *act);
/* The stable name of a kind of act: words "supervision.kind.<name>". Returns: a static text. Thread: any. */
const char *service_act_name(enum service_act_kind kind);
/* A message that was refused, or of which nobody knows whether it arrived, is sent once more. Reasons:
 * CHANGED. */
uint64_t service_desk_notice_again(struct services *services, const char *notice_id);
/* The desk's `parcels` hold the keys that go by courier, its `notices` the messages that failed. */
uint64_t service_desk_parcels(struct services *services);
/* The key of this parcel is made in the writer of the desk and gets the product's default PIN, which its
 * holder has to replace. Reports: progress in the visit's `issue`. Reasons: as service_issue_run; UNSUPPORTED
 * in the reply at a desk without a writer. */
uint64_t service_desk_make(struct services *services, const char *order_id, bool may_erase);
/* The parcel is on its way with this courier (carriers.def) under this number; the order is done. Reasons:
 * TRACKING (cannot be a number of theirs), CHANGED. */
uint64_t service_desk_send(struct services *services, const char *order_id, const char *carrier,
                           const char *tracking);
/* The desk's `audit` holds the rows this filter leaves, from the newest back; with `verify` its
 * `audit_chains` say whether every chain holds, and what there is to choose from. Owns: the filter is copied.
 */
uint64_t service_desk_audit(struct services *services, const struct service_audit_filter *filter,
                            bool verify);
/* The rows this filter leaves are a CSV file on the stick (number: how many), which a second clerk approves;
 * the audit says so before and after. Owns: copies, the password wiped after use. Reasons: NO_STICK,
 * STICK_FULL, SAME_PERSON, PASSWORD_WRONG, LOCKED. */
uint64_t service_desk_audit_export(struct services *services, const struct service_audit_filter *filter,
                                   const char *second, const struct secret *password);
/* The desk's `audit_row` tells this row's neighbours in its chain, its order and what else is known of that.
 * Owns: the line is copied. */
uint64_t service_desk_audit_row(struct services *services, const struct service_audit_line *line);

#endif
