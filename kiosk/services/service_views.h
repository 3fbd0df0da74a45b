/* Service views: what the screens read: plain structs, filled on the screen thread from replies.
 *
 * Nothing here is the truth; the store is. Everything here is wiped at the end of the visit.
 * Pitfall: a view may be a second old. Decisions are taken by the workers on the store, never on a view.
 */
#ifndef KIOSK_SERVICES_SERVICE_VIEWS_H
#define KIOSK_SERVICES_SERVICE_VIEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/driver.h"
#include "kiosk/catalogue/product_wish.h"
#include "kiosk/form/form.h"
#include "kiosk/order/order.h"
#include "kiosk/services/service_certificate.h"
#include "kiosk/services/service_parcel.h"
#include "kiosk/services/service_stock.h"
#include "kiosk/services/service_views_account.h"
#include "kiosk/services/service_views_form.h"
#include "kiosk/services/service_views_money.h"
#include "kiosk/services/service_views_originals.h"
#include "kiosk/services/service_views_page.h"
#include "kiosk/services/service_views_seal.h"

enum {
    SERVICE_PHONE_BYTES = 16,
    SERVICE_PHONE_TAIL_BYTES = 5,
    SERVICE_ORDERS_MAX = 20,
    SERVICE_OBJECTS_MAX = 16, /* listed of a key */
    SERVICE_TEXT_BYTES = 256,
    SERVICE_TERMINALS_MAX = 16,
    SERVICE_QUEUE_MAX = 64,
    SERVICE_SOFT_MAX = 32,
    SERVICE_MARK_BYTES = 33, /* a visit's mark, an act's id */
    SERVICE_NAME_BYTES = 64, /* codes of reasons and sentences, fields, clerks */
    SERVICE_ACTS_MAX = 8,
    SERVICE_TICKET_DAYS = 30, /* so long a ticket leads back to its order */
    SERVICE_EVENTS_MAX = 24,
    SERVICE_PAST_MAX = 48,
    SERVICE_PLACES_MAX = 64,
    SERVICE_STOCKS_MAX = 8,
    SERVICE_STOCK_DAYS = 7,
    SERVICE_PERSONS_MAX = 24,
    SERVICE_HOLDINGS_MAX = 24,
    SERVICE_UNITS_MAX = 4,
    SERVICE_UNIT_LINES_MAX = 48,
    SERVICE_PROOFS_MAX = 16
};

/* Pixels, 3 bytes each (red, green, blue), rows without padding. */
struct service_image {
    int width_px, height_px;
    uint8_t *rgb;
    struct service_place signature, date, seal; /* of a form: where the applicant signs, dates and stamps */
};
/* The pixels are overwritten (they show personal data) and given back; NULL is allowed. */
void service_image_free(struct service_image *image);

/* A line of an order list. */
struct service_order_line {
    struct order order;
    char unit[SERVICE_TEXT_BYTES];   /* the unit's name, for the holder's own eyes and the desk */
    char reason[ORDER_REASON_BYTES]; /* why its first item was sent back, or why the hall ended it; else "" */
    struct service_shipment shipment;
    int64_t due_utc_s; /* of an order in review: decided by then; 0 for not promised */
};

/* The stages of making a key in the order they are shown: 初始化 生成密钥 签发 写入 校验. */
enum service_issue_stage {
    SERVICE_ISSUE_FORMAT,
    SERVICE_ISSUE_GENERATE,
    SERVICE_ISSUE_REQUEST,
    SERVICE_ISSUE_WRITE,
    SERVICE_ISSUE_VERIFY,
    SERVICE_ISSUE_PROVEN
};
struct service_issue {
    bool is_running;
    enum service_issue_stage stage; /* the stage being done; PROVEN when all are */
    int percent;                    /* never falls while one key is made */
    int64_t stage_started_ms;       /* monotonic */
    char subject[512];              /* once proven: for the result screen */
    char common_name[SERVICE_TEXT_BYTES];
    char serial[65];
    int64_t not_after_utc_s;
    char key_serial[20];
    char key_number[ORDER_ACCEPTANCE_BYTES]; /* as read on its receipt, "" where the product gives none */
};

enum service_key_presence {
    SERVICE_KEY_UNKNOWN,
    SERVICE_KEY_ABSENT,
    SERVICE_KEY_BLANK,
    SERVICE_KEY_CARRYING,
    SERVICE_KEY_FAULTY
};
enum service_pin_health {
    SERVICE_PIN_UNSET,
    SERVICE_PIN_NORMAL,
    SERVICE_PIN_LOW,
    SERVICE_PIN_FINAL,
    SERVICE_PIN_LOCKED
};
struct service_key {
    enum service_key_presence presence;
    bool is_this_orders; /* it carries the mark of the visit's order */
    enum service_pin_health pin;
    int pin_min_bytes, pin_max_bytes;
    char common_name[SERVICE_TEXT_BYTES]; /* of the certificate it carries */
    int64_t not_after_utc_s;
    char serial[20];
};

/* How the certificate on a key stands, as the store, the trust files and the revocation list say. */
enum service_holder_state {
#define SERVICE_HOLDER_STATE(code, name) SERVICE_HOLDER_##code,
#include "kiosk/services/service_holder_states.def"
#undef SERVICE_HOLDER_STATE
    SERVICE_HOLDER_STATE_COUNT_
};
/* The stable name of a state: words "holder.state.<name>". Returns: a static text. Thread: any. */
const char *service_holder_state_name(enum service_holder_state state);

/* What lies on a key, as it is shown. */
enum service_object_kind {
#define SERVICE_OBJECT_KIND(code, name) SERVICE_OBJECT_##code,
#include "kiosk/services/service_object_kinds.def"
#undef SERVICE_OBJECT_KIND
    SERVICE_OBJECT_KIND_COUNT_
};
struct service_object {
    enum service_object_kind kind;
    int64_t not_after_utc_s; /* of a certificate; 0 for none, or not told */
};
/* The stable name of a kind: words "holder.object.<name>". Returns: a static text. Thread: any. */
const char *service_object_kind_name(enum service_object_kind kind);

/* Whose the key is that was put in alone, and what it carries. */
struct service_holder {
    enum service_holder_state state;
    bool must_change; /* its PIN is still the one it was sent with: service_key_new_pin */
    bool is_proven;   /* its PIN signed a challenge in this visit */
    bool is_ours;     /* this hall formatted it, so its PIN can be unlocked here */
    bool has_seal;    /* it carries an electronic seal that was made here */
    unsigned objects; /* that can be seen without the PIN; the first ones are listed */
    struct service_object object[SERVICE_OBJECTS_MAX];
    char owner[SERVICE_TEXT_BYTES];
    char issuer[SERVICE_TEXT_BYTES];
    char serial[65]; /* of the certificate */
    char key_serial[20];
    char key_label[40];
    char key_model[20]; /* as the key tells, "" for not told */
    char key_maker[40];
    char key_number[ORDER_ACCEPTANCE_BYTES]; /* it was given here, "" for none */
    char mark[SERVICE_MARK_BYTES];           /* of the key, "" when it is not ours */
    char request_id[ORDER_ID_BYTES];         /* of the certificate in the store, "" when it is not there */
    char order_id[ORDER_ID_BYTES];           /* that made the certificate, "" likewise */
    const struct product *product;           /* of that order; NULL likewise */
    char class_id[ORDER_NAME_BYTES];
    int64_t not_before_utc_s;
    int64_t not_after_utc_s;
    char ground[SERVICE_TEXT_BYTES]; /* REVOKED by the authority itself: why, in the product's words; else ""
                                      */
};

struct service_devices {
    enum device_state printer, scanner, writer, authority, payment, sms, idcard;
    enum service_key_presence key;     /* what the writer holds */
    int paper_percent, marker_percent; /* of the printer; 0 when it does not tell */
};

/* A card that was read for the form; wiped as soon as the form has it. */
struct service_card {
    bool is_read;
    char name[SERVICE_TEXT_BYTES];
    char number[24];
    char address[SERVICE_TEXT_BYTES];
};

/* How the person of the order is being recognised by telephone. */
enum service_proving_state {
    SERVICE_PROVING_NONE,
    SERVICE_PROVING_WAITING, /* the code may be scanned until `until_utc_s` */
    SERVICE_PROVING_FAILED,  /* somebody else, or not recognised */
    SERVICE_PROVING_EXPIRED
};
struct service_proving {
    enum service_proving_state state;
    char url[SERVICE_QR_BYTES]; /* of the code */
    int64_t until_utc_s;
    int tries_left;
};

/* What desks are doing with an order that waits for a clerk; all zero for any other. */
struct service_attention {
    bool is_open;    /* a clerk has the case open now */
    size_t seen;     /* pages that clerk has looked at */
    size_t ahead;    /* orders that wait for the same and came before */
    size_t refusals; /* of the person so far, while the identity check is open */
};

/* What was chosen beside product, class and operation; price, papers and printed form follow from it. */
struct service_wish {
    unsigned years, quantity;
    bool seal;
    bool agent; /* somebody acts for the person */
    size_t sub_kind_count;
    char sub_kinds[PRODUCT_WISH_SUB_KINDS_MAX][ORDER_NAME_BYTES];
    int64_t issued_utc_s; /* when the certificate the order is about was issued; 0 unknown or about none */
    int64_t ends_utc_s;   /* when that one ends; 0 likewise */
    int64_t
        until_utc_s; /* when the order's own would end if it were issued now; 0 unknown or there is none */
};

/* One thing that happened to an order. */
struct service_past {
    int64_t at_utc_s;
    char event[SERVICE_NAME_BYTES];  /* words "event.order.<event>" */
    enum order_state state;          /* reached by it */
    char reason[ORDER_REASON_BYTES]; /* a clerk's own words, "" for none */
};

/* An order as it is looked at without being taken up: what it is, what it costs and why, what happened. */
struct service_record {
    bool is_known;
    struct service_order_line line;
    const struct product *product;
    const struct product_operation *operation;
    struct service_wish wish;
    struct price_quote quote; /* at today's tariff, with a line per amount; no lines when it has changed */
    size_t page_count, page_needed; /* papers scanned, papers asked for */
    struct service_payment payment;
    struct service_invoice invoice;
    struct service_issue issue;
    struct service_consent consent;
    struct service_lock lock;
    struct service_old_lock old_lock;
    enum service_carried carried;
    size_t past_count; /* newest first; the oldest are left out when there are too many */
    struct service_past past[SERVICE_PAST_MAX];
};
/* A unit's people and what it has, for its administrator and the desk. */
struct service_person {
    char id[SERVICE_MARK_BYTES];
    char name[SERVICE_NAME_BYTES];
    char phone[SERVICE_PHONE_BYTES];
    bool is_manager;
    bool is_asked; /* wants to join */
    int64_t since_utc_s;
};
enum service_holding_kind {
#define STORE_HOLDING_KIND(code, name, ends) SERVICE_HOLDING_##code,
#include "kiosk/store/store_holding_kinds.def"
#undef STORE_HOLDING_KIND
    SERVICE_HOLDING_COUNT_
};
struct service_holding {
    char id[SERVICE_MARK_BYTES];
    enum service_holding_kind kind;
    char text[SERVICE_TEXT_BYTES]; /* of an authorised person: the name */
    int64_t until_utc_s;           /* 0 without an end */
    bool is_live;
};
struct service_unit {
    char id[SERVICE_MARK_BYTES]; /* "" for none */
    char name[SERVICE_TEXT_BYTES];
    char credit_code[24];
    char heir_id[SERVICE_MARK_BYTES]; /* who is to become administrator; "" for nobody */
    size_t person_count;              /* the administrator first */
    struct service_person persons[SERVICE_PERSONS_MAX];
    size_t holding_count;
    struct service_holding holdings[SERVICE_HOLDINGS_MAX];
    size_t own; /* the logged-in person, index + 1; 0 for none of them */
};
/* What may be done in a unit. */
enum service_unit_act_kind {
#define SERVICE_UNIT_ACT(code, name, by_manager, by_desk) SERVICE_UNIT_##code,
#include "kiosk/services/service_unit_acts.def"
#undef SERVICE_UNIT_ACT
    SERVICE_UNIT_ACT_COUNT_
};
struct service_unit_act {
    enum service_unit_act_kind kind;
    char unit_id[SERVICE_MARK_BYTES];
    char subject_id[SERVICE_MARK_BYTES]; /* the person, holding or proof it is about */
    enum service_holding_kind holding;   /* BEGIN */
    char text[SERVICE_TEXT_BYTES];       /* BEGIN: what it is called */
    int64_t until_utc_s;                 /* BEGIN: 0 without an end */
    int64_t amount_fen;                  /* TELL: what arrived */
    char account_end[8];                 /* TELL: from where */
};
/* What an order among a unit's people waits for. */
struct service_deed {
    enum {
        SERVICE_DEED_NOTHING,
        SERVICE_DEED_LETTING_IN,
        SERVICE_DEED_TRANSFER,
        SERVICE_DEED_PHONE,
        SERVICE_DEED_REFUSED
    } waits;
    int64_t amount_fen; /* TRANSFER: agreed */
    char account_end[8];
};

#include "kiosk/services/service_views_mine.h"

struct service_visit {
    const struct product *product; /* the catalogue's; NULL before the choice */
    const struct product_operation *operation;
    char class_id[ORDER_NAME_BYTES];
    char reason[ORDER_NAME_BYTES]; /* why the operation is asked for, an id of its list; "" for none */
    struct service_wish wish;
    char phone[SERVICE_PHONE_BYTES]; /* empty before login */
    enum service_login login;
    struct service_account account;
    struct service_appointment appointment;
    char person[16]; /* of the newest listed order that names one: 王*小; "" unknown */
    bool has_order;
    struct order order;
    struct order_rejections rejections;
    struct service_known known;
    size_t finding_count; /* about the order's form */
    struct service_finding findings[SERVICE_FINDINGS_MAX];
    struct service_attention attention;
    int64_t due_utc_s;    /* while in review: decided by then; 0 for not promised */
    int64_t counts_utc_s; /* begun outside of the hours: counts as begun then; 0 for begun in them */
    char clerk_note[ORDER_REASON_BYTES];
    size_t page_count;
    struct service_page pages[SERVICE_PAPERS_MAX]; /* in the product's order, conditions applied */
    size_t order_count;
    struct service_order_line orders[SERVICE_ORDERS_MAX];
    struct service_order_counts counts; /* with the orders */
    struct service_bills bills;
    struct service_mine mine;
    struct service_question question;
    struct service_reset reset;
    struct service_record record; /* the order looked at last */
    char copy_of[ORDER_ID_BYTES]; /* whose values a new order of the same operation takes over; "" for none */
    struct service_payment payment;
    struct service_hand hand;
    struct service_invoice invoice;
    struct service_shipment shipment;
    struct service_issue issue;
    struct service_consent consent;
    unsigned keys_made; /* of the order, handed over with their PIN */
    struct service_scan scan;
    struct service_holder holder;
    struct service_card card;
    struct service_proving proving;
    struct service_deed deed;
    struct service_lock lock;
    struct service_old_lock old_lock;
    enum service_carried carried;
    size_t sample_count;
    struct service_sample samples[SERVICE_SAMPLES_MAX]; /* in the order of their sheets */
    size_t unit_count;                                  /* of the logged-in number */
    struct service_unit units[SERVICE_UNITS_MAX];
    char ticket[96]; /* text of the resume ticket's code */
    bool clerk_called;
};
/* What is offered first: the shortest term, one key, no seal. */
void service_wish_init(struct service_wish *wish, const struct product_operation *operation);
/* The visit's wish in the catalogue's words, for price and papers. Owns: borrowed from the visit. */
void service_visit_wish(const struct service_visit *visit, int64_t now_utc_s, struct product_wish *out);

/* What a clerk may do at a distance: the store's list. */
enum service_act_kind {
#define STORE_SUPERVISION_KIND(code, name, of_visit, with_reason) SERVICE_ACT_##code,
#include "kiosk/store/store_supervision_kinds.def"
#undef STORE_SUPERVISION_KIND
    SERVICE_ACT_COUNT_
};
/* One act, as wished for at the desk, as it reaches the terminal, and as the desk sees what became of it. */
struct service_act {
    char id[SERVICE_MARK_BYTES]; /* made when it is stored */
    char terminal[ORDER_NAME_BYTES];
    char visit[SERVICE_MARK_BYTES]; /* as on the wall; "" for the machine itself */
    enum service_act_kind kind;
    char field[SERVICE_NAME_BYTES];  /* POINT */
    char reason[SERVICE_NAME_BYTES]; /* a code: words "supervision.reason.<code>", "supervision.say.<code>" */
    char words[SERVICE_TEXT_BYTES];  /* MESSAGE in the clerk's own words; else "" */
    char clerk[SERVICE_NAME_BYTES];
    bool is_done;
    bool is_gone; /* done without effect: the visit was over first */
    int64_t at_utc_s;
};
/* What reaches a terminal from the desk. */
struct service_supervision {
    bool is_helping; /* a clerk looks after this visit */
    bool is_locked;
    char lock_reason[SERVICE_NAME_BYTES];
    bool is_closed; /* out of service once the visit is over */
    char closed_reason[SERVICE_NAME_BYTES];
    size_t act_count; /* have arrived and wait for their effect, oldest first */
    struct service_act acts[SERVICE_ACTS_MAX];
};

/* One terminal on the desk's wall: nothing personal but a masked name. */
struct service_terminal {
    char id[ORDER_NAME_BYTES];
    char screen[48];
    char field[48];
    char acceptance[ORDER_ACCEPTANCE_BYTES];
    struct service_devices devices;
    int64_t trouble_since_utc_s; /* a device is out of order; 0 when all are well */
    bool is_calling;
    bool is_alive;
    int64_t step_since_utc_s;
    int64_t seen_utc_s;
    char machine[SERVICE_NAME_BYTES]; /* "03" */
    char place[SERVICE_NAME_BYTES];   /* "" unknown */
    char visit[SERVICE_MARK_BYTES];   /* "" when nobody is there */
    int64_t visit_since_utc_s;
    int64_t call_since_utc_s; /* 0 when nobody calls */
    char person[16];          /* 王*小; "" unknown */
    bool is_logged_in;
    char product[ORDER_NAME_BYTES];
    char operation[ORDER_NAME_BYTES];
    enum order_state state; /* of the order; of no meaning without `acceptance` */
    char order_id[ORDER_ID_BYTES];
    char helper[SERVICE_NAME_BYTES]; /* the clerk who looks after it; "" for nobody */
    bool is_locked;
    bool is_closed;
    bool has_stock;     /* keys were moved to it by number */
    int64_t blank_keys; /* of those, how many it still has */
    bool is_low;        /* and whether they are to be filled up */
    char closed_reason[SERVICE_NAME_BYTES];
    int64_t closed_since_utc_s;
    size_t act_count; /* newest first */
    struct service_act acts[SERVICE_ACTS_MAX];
};
/* How the day goes; nothing is known before the first look. */
struct service_counters {
    bool is_known;
    int64_t begun, begun_before; /* orders today; yesterday up to this time */
    int64_t finished, finished_s;
    int64_t decided, approved_first, rejected;
};
/* A line of what happens in the hall. */
struct service_event {
    int64_t at_utc_s;
    char owner[ORDER_NAME_BYTES]; /* terminal or desk that wrote it */
    char event[48];               /* "order.printed", "supervision.lock" */
    char acceptance[ORDER_ACCEPTANCE_BYTES];
};
struct service_queue_line {
    struct order order;
    char unit[SERVICE_TEXT_BYTES];
    char phone_tail[SERVICE_PHONE_TAIL_BYTES]; /* the last four digits of the mobile number, "" for none */
    int64_t waiting_since_utc_s;
    int64_t due_utc_s; /* as promised to the applicant, 0 for not promised or not in review */
    bool may_close;    /* nothing is paid and nothing made: service_desk_close_order */
    bool may_give_up;  /* it is past that and may be ended by two: service_desk_give_up */
    bool alarm;        /* its refund was refused, a clerk must act: service_desk_refund_retry */
    bool on_hold;      /* put aside by a clerk until it is taken up again: service_desk_hold */
    char key_number[ORDER_ACCEPTANCE_BYTES]; /* of its newest key, "" for none */
    struct service_hand hand;
    struct service_consent consent;
    enum service_certificate_soft soft; /* service_desk_soft */
};
/* A line of the desk's list of invoices. */
struct service_invoice_line {
    struct order order;
    struct service_invoice invoice;
};
struct service_case {
    bool is_open;
    struct order order;
    int64_t counts_utc_s; /* as of a visit */
    struct form_values values;
    bool in_warranty; /* it costs nothing because the key failed by itself: who approves confirms that */
    struct service_lock lock;
    struct service_old_lock old_lock;
    bool is_elsewhere; /* nothing is known here of the certificate: the clerk sees to it at the authority */
    enum service_carried carried;
    size_t sample_count;
    struct service_sample samples[SERVICE_SAMPLES_MAX];
    size_t page_count;
    struct service_page pages[SERVICE_PAPERS_MAX];
    bool seen[SERVICE_PAPERS_MAX]; /* the clerk has had the page on the screen */
    size_t seen_count;
    char seen_fields[SERVICE_PLACES_MAX][ORDER_NAME_BYTES]; /* the clerk has had on the screen */
    bool decided;
    bool approved; /* or, in the identity check, accepted */
    int64_t undo_until_utc_s;
    unsigned signers;                   /* clerks an approval takes */
    unsigned signatures;                /* of colleagues who approved already */
    char signed_by[SERVICE_NAME_BYTES]; /* their names; "" for nobody */
    char stage[SERVICE_NAME_BYTES]; /* the one that is signed next, as the product calls it; "" for no name */
    bool is_barred;                 /* that signature is another clerk's to give */
    bool waits_second;              /* decided here, and a colleague must, too */
    size_t original_count;          /* asked for on paper */
    struct service_original originals[SERVICE_ORIGINALS_MAX];
    bool on_hold;
    char hold_note[SERVICE_TEXT_BYTES]; /* what the clerk wrote who put it aside */
    char hold_clerk[SERVICE_NAME_BYTES];
    size_t finding_count;
    struct service_finding findings[SERVICE_FINDINGS_MAX];
    char form_paper[ORDER_NAME_BYTES]; /* the page the places are on; "" when there is none */
    size_t place_count;
    struct service_field_place places[SERVICE_PLACES_MAX];
};
/* Whether the applicant may change the field: rejected, or asked or judged by a choice that is. */
bool service_field_is_open(const struct order_rejections *rejections, const struct form_field *field);
/* Whether a clerk is to read this field: asked of the applicant, and filled in. */
bool service_case_shows(const struct service_case *opened, const struct form *form,
                        const struct form_field *field);
/* Whether the clerk has had the field on the screen. */
bool service_case_saw(const struct service_case *opened, const char *field);
/* How much of the case the clerk has not had on the screen. */
struct service_unseen {
    size_t pages, fields;
};
struct service_unseen service_case_unseen(const struct service_case *opened, const struct form *form);
#include "kiosk/services/service_views_audit.h"
/* Keys of one model as far as the store has met them: what lies in a drawer unseen is not counted. */
struct service_stock {
    char model[SERVICE_NAME_BYTES];
    int64_t blank, in_work, delivered, failed;
};
/* A line of the desk's list of units, and a proof by transfer that waits for its money. */
struct service_unit_line {
    char id[SERVICE_MARK_BYTES];
    char name[SERVICE_TEXT_BYTES];
    char credit_code[24];
    char manager[SERVICE_NAME_BYTES]; /* "" for nobody */
    size_t members, asked, zones;
    bool has_heir; /* a transfer waits for the desk */
};
struct service_proof {
    char id[SERVICE_MARK_BYTES];
    char acceptance[ORDER_ACCEPTANCE_BYTES];
    char unit[SERVICE_TEXT_BYTES];
    int64_t since_utc_s;
    int64_t wrong; /* tellings so far */
};
struct service_desk {
    bool signed_in;
    char clerk[ORDER_NAME_BYTES];
    bool is_supervisor; /* the clerk's role */
    size_t terminal_count;
    struct service_terminal terminals[SERVICE_TERMINALS_MAX];
    size_t queue_count;
    struct service_queue_line queue[SERVICE_QUEUE_MAX];
    size_t recent_count; /* orders of today, newest first, for the order list */
    struct service_queue_line recent[SERVICE_QUEUE_MAX];
    size_t soft_count; /* orders not among these whose certificate may leave as a file, of whatever day */
    struct service_queue_line soft[SERVICE_SOFT_MAX];
    size_t money_count; /* orders a clerk may take money for or has to give it back, oldest first */
    struct service_queue_line money[SERVICE_QUEUE_MAX];
    size_t deadline_count; /* what is to be done by a time, due first */
    struct service_certificate_deadline deadlines[SERVICE_CERTIFICATE_DEADLINES_MAX];
    size_t certificate_count; /* newest first, or what was looked for */
    struct service_certificate certificates[SERVICE_CERTIFICATES_MAX];
    size_t anchor_count; /* what the hall trusts */
    struct service_certificate_anchor anchors[SERVICE_CERTIFICATE_ANCHORS_MAX];
    bool has_stick; /* the folder for files in and out is there */
    size_t file_count;
    char files[SERVICE_CERTIFICATE_FILES_MAX][SERVICE_CERTIFICATE_FILE_BYTES]; /* certificates in it */
    size_t invoice_count; /* of the filter asked for, oldest first */
    struct service_invoice_line invoices[SERVICE_INVOICES_MAX];
    size_t alarm_count; /* orders whose refund was refused, oldest first, of whatever day */
    struct service_queue_line alarms[SERVICE_QUEUE_MAX];
    struct service_counters counters;
    size_t notice_count; /* that failed, newest first */
    struct service_notice notices[SERVICE_PARCELS_MAX];
    size_t parcel_count; /* to be made or sent first, then what was sent, newest first */
    struct service_parcel parcels[SERVICE_PARCELS_MAX];
    size_t stock_count;
    struct service_stock stocks[SERVICE_STOCKS_MAX];
    size_t batch_count;
    struct service_stock_batch batches[SERVICE_STOCK_BATCHES_MAX];
    size_t unknown_count; /* keys made here that were never received */
    char unknown[SERVICE_STOCK_UNKNOWN_MAX][SERVICE_STOCK_TEXT_BYTES];
    int64_t delivered[SERVICE_STOCK_DAYS]; /* keys handed over by day, today last */
    size_t event_count;                    /* newest first */
    struct service_event events[SERVICE_EVENTS_MAX];
    struct service_case opened;
    size_t unit_count; /* newest first, or what was looked for */
    struct service_unit_line units[SERVICE_UNIT_LINES_MAX];
    struct service_unit unit; /* the one in hand */
    size_t proof_count;
    struct service_proof proofs[SERVICE_PROOFS_MAX];
    size_t reset_count; /* wait for a clerk, oldest first */
    struct service_reset_line resets[SERVICE_RESETS_MAX];
    size_t feedback_count; /* what waits first, then the newest */
    struct service_feedback feedbacks[SERVICE_FEEDBACKS_MAX];
    struct service_audit audit;
    struct service_audit_chains audit_chains;
    struct service_audit_row audit_row; /* the one in hand */
};

#endif
