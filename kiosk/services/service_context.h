/* Service context: what a worker works with: its own connection to the store, its devices, its place in life.
 *
 * Inside kiosk/services only. One context per worker thread; nothing in it is shared but what is marked so.
 * Every run function and idle round gets it. The store is opened on the worker's own thread, at its first use
 * (service_store), because a handle belongs to the thread that opened it; devices likewise.
 * Pitfall: visit tells whose visit is on the screen; a job may be of an earlier one.
 */
#ifndef KIOSK_SERVICES_SERVICE_CONTEXT_H
#define KIOSK_SERVICES_SERVICE_CONTEXT_H

#include <stdatomic.h>

#include "drivers/authority/authority.h"
#include "drivers/idcard/idcard.h"
#include "drivers/identity/identity.h"
#include "drivers/payment/payment.h"
#include "drivers/printer/printer.h"
#include "drivers/scanner/scanner.h"
#include "drivers/sms/sms.h"
#include "drivers/token/token.h"
#include "kiosk/base/crypto.h"
#include "kiosk/services/service_drivers.h"
#include "kiosk/services/service_job.h"
#include "kiosk/store/hall_key.h"
#include "kiosk/store/store.h"

enum service_worker {
#define SERVICE_WORKER(code, name, idle_ms, idle, close) SERVICE_WORKER_##code,
#include "kiosk/services/service_workers.def"
#undef SERVICE_WORKER
    SERVICE_WORKER_COUNT_
};

/* Whose visit is on the screen. */
struct service_context_visit {
    uint64_t number;               /* of the visit */
    char order_id[ORDER_ID_BYTES]; /* empty without an order */
};

/* What workers tell each other without asking; the only thing they share for writing. */
struct service_shared {
    atomic_llong issue_ready_until_ms; /* monotonic: money may be taken until then; 0 for no */
};

struct service_context {
    enum service_worker worker;
    const struct services_settings *settings; /* shared, read only */
    const struct hall_key *hall_key;          /* shared, thread-safe */
    struct worker *thread;                    /* the queue reports go to */
    struct store *store;                      /* use service_store */
    struct service_context_visit visit;
    int64_t ends_day_utc_s; /* SMS: the hall's day for which ending certificates were looked for */
    int64_t next_round_ms;  /* monotonic; each worker's own timer for slower rounds */
    /* Handed in by tests or opened by the worker at first use; NULL where the worker has none. */
    struct service_drivers drivers;
    struct service_shared *shared;
    struct http *http;                  /* shared, thread-safe */
    uint8_t page_key[CRYPTO_KEY_BYTES]; /* of page codes; shared, read only */
    void *own;                          /* the worker's private state; its close function frees it */
};

/* The worker's connection to the store, opened at the first call.
 * Returns: as store_open; the failure is logged once. Owns: borrowed from the context. */
enum status service_store(struct service_context *context, struct store **out);
/* A report is sent to the screen: kind, status, reason and patch as set. Owns: the queue takes it. */
void service_report(struct service_context *context, struct service_job *report);
/* What the worker's devices are opened from. Owns: borrowed from the context. */
struct service_drivers_source service_driver_source(const struct service_context *context);
/* Seconds since 1970-01-01 UTC by the services' clock. */
int64_t service_now_utc_s(const struct service_context *context);
/* Milliseconds that never run backwards, by the services' clock. */
int64_t service_now_ms(const struct service_context *context);
/* The steps of an order's operation in its product. Returns: NOT_FOUND when the catalogue no longer has it.
 */
enum status service_product_of(const struct service_context *context, const struct order *order,
                               const struct product **product, const struct product_operation **operation);
/* Numbers for gateways and authorities: `prefix` and random hexadecimal digits, `length` characters in all,
 * NUL. */
void service_number_make(const struct service_context *context, const char *prefix, size_t length, char *out);

/* Every kind's run function (services.def). Thread: its worker's. The job comes back with status, reason,
 * number and patch set; after success what the patch says is stored. */
void service_visit_run(struct service_context *context, struct service_job *job);
void service_login_send_run(struct service_context *context, struct service_job *job);
void service_login_verify_run(struct service_context *context, struct service_job *job);
void service_notice_send_run(struct service_context *context, struct service_job *job);
void service_account_log_in_run(struct service_context *context, struct service_job *job);
void service_account_look_run(struct service_context *context, struct service_job *job);
void service_account_open_run(struct service_context *context, struct service_job *job);
void service_account_password_run(struct service_context *context, struct service_job *job);
void service_account_close_run(struct service_context *context, struct service_job *job);
void service_account_alias_run(struct service_context *context, struct service_job *job);
void service_account_phone_run(struct service_context *context, struct service_job *job);
void service_reset_password_run(struct service_context *context, struct service_job *job);
void service_order_list_run(struct service_context *context, struct service_job *job);
void service_bill_list_run(struct service_context *context, struct service_job *job);
void service_mine_list_run(struct service_context *context, struct service_job *job);
void service_feedback_send_run(struct service_context *context, struct service_job *job);
void service_order_find_run(struct service_context *context, struct service_job *job);
void service_order_pickup_run(struct service_context *context, struct service_job *job);
void service_order_record_run(struct service_context *context, struct service_job *job);
void service_order_cancel_run(struct service_context *context, struct service_job *job);
void service_order_create_run(struct service_context *context, struct service_job *job);
void service_order_open_run(struct service_context *context, struct service_job *job);
void service_order_divert_run(struct service_context *context, struct service_job *job);
void service_order_save_run(struct service_context *context, struct service_job *job);
void service_order_known_run(struct service_context *context, struct service_job *job);
void service_order_event_run(struct service_context *context, struct service_job *job);
void service_order_release_run(struct service_context *context, struct service_job *job);
void service_shipment_wish_run(struct service_context *context, struct service_job *job);
void service_order_refresh_run(struct service_context *context, struct service_job *job);
void service_question_answer_run(struct service_context *context, struct service_job *job);
void service_reset_ask_run(struct service_context *context, struct service_job *job);
void service_reset_look_run(struct service_context *context, struct service_job *job);
void service_reset_prove_run(struct service_context *context, struct service_job *job);
void service_reset_drop_run(struct service_context *context, struct service_job *job);
void service_reset_answer_run(struct service_context *context, struct service_job *job);
void service_appointment_read_run(struct service_context *context, struct service_job *job);
void service_ticket_make_run(struct service_context *context, struct service_job *job);
void service_presence_run(struct service_context *context, struct service_job *job);
void service_unit_list_run(struct service_context *context, struct service_job *job);
void service_unit_act_run(struct service_context *context, struct service_job *job);
void service_form_preview_run(struct service_context *context, struct service_job *job);
void service_form_print_run(struct service_context *context, struct service_job *job);
void service_account_print_run(struct service_context *context, struct service_job *job);
void service_receipt_print_run(struct service_context *context, struct service_job *job);
void service_example_show_run(struct service_context *context, struct service_job *job);
void service_blank_print_run(struct service_context *context, struct service_job *job);
void service_scan_page_run(struct service_context *context, struct service_job *job);
void service_ticket_scan_run(struct service_context *context, struct service_job *job);
void service_page_same_run(struct service_context *context, struct service_job *job);
void service_page_delete_run(struct service_context *context, struct service_job *job);
void service_page_add_run(struct service_context *context, struct service_job *job);
void service_page_preview_run(struct service_context *context, struct service_job *job);
void service_sample_preview_run(struct service_context *context, struct service_job *job);
void service_sample_choose_run(struct service_context *context, struct service_job *job);
void service_card_identify_run(struct service_context *context, struct service_job *job);
void service_phone_begin_run(struct service_context *context, struct service_job *job);
void service_card_read_run(struct service_context *context, struct service_job *job);
void service_key_read_run(struct service_context *context, struct service_job *job);
void service_key_login_run(struct service_context *context, struct service_job *job);
void service_key_new_pin_run(struct service_context *context, struct service_job *job);
void service_key_show_run(struct service_context *context, struct service_job *job);
void service_old_lock_show_run(struct service_context *context, struct service_job *job);
void service_change_run_run(struct service_context *context, struct service_job *job);
void service_issue_ready_run(struct service_context *context, struct service_job *job);
void service_issue_run_run(struct service_context *context, struct service_job *job);
void service_issue_abandon_run(struct service_context *context, struct service_job *job);
void service_pin_set_run(struct service_context *context, struct service_job *job);
void service_pay_start_run(struct service_context *context, struct service_job *job);
void service_pay_transfer_run(struct service_context *context, struct service_job *job);
void service_consent_say_run(struct service_context *context, struct service_job *job);
void service_invoice_request_run(struct service_context *context, struct service_job *job);
void service_pay_check_run(struct service_context *context, struct service_job *job);
void service_pay_stop_run(struct service_context *context, struct service_job *job);
void service_desk_sign_in_run(struct service_context *context, struct service_job *job);
void service_desk_overview_run(struct service_context *context, struct service_job *job);
void service_desk_case_run(struct service_context *context, struct service_job *job);
void service_desk_page_run(struct service_context *context, struct service_job *job);
void service_desk_thumb_run(struct service_context *context, struct service_job *job);
void service_desk_approve_run(struct service_context *context, struct service_job *job);
void service_desk_reject_run(struct service_context *context, struct service_job *job);
void service_desk_identify_run(struct service_context *context, struct service_job *job);
void service_desk_reveal_run(struct service_context *context, struct service_job *job);
void service_desk_originals_run(struct service_context *context, struct service_job *job);
void service_desk_hold_run(struct service_context *context, struct service_job *job);
void service_desk_lock_run(struct service_context *context, struct service_job *job);
void service_desk_undo_run(struct service_context *context, struct service_job *job);
void service_desk_give_up_run(struct service_context *context, struct service_job *job);
void service_desk_close_run(struct service_context *context, struct service_job *job);
void service_desk_refund_retry_run(struct service_context *context, struct service_job *job);
void service_desk_units_run(struct service_context *context, struct service_job *job);
void service_desk_unit_act_run(struct service_context *context, struct service_job *job);
void service_desk_holders_run(struct service_context *context, struct service_job *job);
void service_desk_reset_run(struct service_context *context, struct service_job *job);
void service_desk_feedback_done_run(struct service_context *context, struct service_job *job);
void service_desk_slip_run(struct service_context *context, struct service_job *job);
void service_desk_receipt_run(struct service_context *context, struct service_job *job);
void service_desk_blank_run(struct service_context *context, struct service_job *job);
void service_desk_money_open_run(struct service_context *context, struct service_job *job);
void service_desk_money_take_run(struct service_context *context, struct service_job *job);
void service_desk_money_back_run(struct service_context *context, struct service_job *job);
void service_desk_voucher_run(struct service_context *context, struct service_job *job);
void service_desk_voucher_refuse_run(struct service_context *context, struct service_job *job);
void service_desk_invoices_run(struct service_context *context, struct service_job *job);
void service_desk_invoice_correct_run(struct service_context *context, struct service_job *job);
void service_desk_invoice_issue_run(struct service_context *context, struct service_job *job);
void service_desk_certificates_run(struct service_context *context, struct service_job *job);
void service_desk_ending_run(struct service_context *context, struct service_job *job);
void service_desk_remind_run(struct service_context *context, struct service_job *job);
void service_desk_trust_run(struct service_context *context, struct service_job *job);
void service_desk_trust_export_run(struct service_context *context, struct service_job *job);
void service_desk_import_run(struct service_context *context, struct service_job *job);
void service_desk_soft_run(struct service_context *context, struct service_job *job);
void service_desk_revoke_run(struct service_context *context, struct service_job *job);
void service_desk_parcels_run(struct service_context *context, struct service_job *job);
void service_desk_make_run(struct service_context *context, struct service_job *job);
void service_desk_notice_again_run(struct service_context *context, struct service_job *job);
void service_desk_send_run(struct service_context *context, struct service_job *job);
void service_desk_audit_run(struct service_context *context, struct service_job *job);
void service_desk_stock_run(struct service_context *context, struct service_job *job);
void service_desk_audit_export_run(struct service_context *context, struct service_job *job);
void service_desk_audit_row_run(struct service_context *context, struct service_job *job);
void service_act_run(struct service_context *context, struct service_job *job);
void service_act_done_run(struct service_context *context, struct service_job *job);

/* The order is claimed for this terminal and on its way to the screen, with values. Returns: REFUSED
 * (ELSEWHERE), else as the store. Thread: the orders worker's. */
enum status service_order_take(struct service_context *context, struct service_job *job,
                               const char *order_id);

/* What a worker forgets at the end of a visit or of a clerk's session: that money may be taken, and who sat
 * at the desk. */
void service_issue_forget_ready(struct service_context *context);
void service_desk_sign_off(struct service_context *context);

/* The applicant whose case is open at this desk knows it. Thread: the desk worker's. */
void service_desk_keep_attention(struct service_context *context);

/* Idle rounds and closers (service_workers.def). Thread: the worker's. */
void service_orders_idle(struct service_context *context);
void service_orders_close(struct service_context *context);
void service_sms_idle(struct service_context *context);
void service_sms_close(struct service_context *context);
void service_printer_idle(struct service_context *context);
void service_printer_close(struct service_context *context);
void service_scanner_idle(struct service_context *context);
void service_scanner_close(struct service_context *context);
void service_identity_idle(struct service_context *context);
void service_identity_close(struct service_context *context);
void service_certificates_idle(struct service_context *context);
void service_certificates_close(struct service_context *context);
void service_payment_idle(struct service_context *context);
void service_payment_close(struct service_context *context);
void service_desk_idle(struct service_context *context);
void service_desk_close(struct service_context *context);

#endif
