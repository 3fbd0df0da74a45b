/* Service hand: payment attempts whose money passes by hand: at the desk, or over the bank.
 *
 * Inside kiosk/services only. Such an attempt has no gateway and no open intention: nobody can be asked about
 * it but a clerk, whose signed decision is what is stored before the order moves, and applied by whichever
 * program may write the order. An order has at most one of them open, and no code beside it that could be
 * paid. Pitfall: it stands open for days; it is closed in the same change in which its order stops waiting.
 */
#ifndef KIOSK_SERVICES_SERVICE_HAND_H
#define KIOSK_SERVICES_SERVICE_HAND_H

#include "kiosk/services/service_context.h"
#include "kiosk/store/store_decision.h"
#include "kiosk/store/store_payment.h"

/* The decisions of this file, as they are stored. */
#define SERVICE_HAND_TAKE "take-money"
#define SERVICE_HAND_PAY_BACK "pay-back"
#define SERVICE_HAND_REFUSE "voucher-refuse"

/* Whether attempts of this channel are settled by a clerk. */
bool service_hand_is(const char *channel);
/* Whether a decision is one of the above. */
bool service_hand_decides(const char *action);

/* The order's open attempt by hand. Returns: NOT_FOUND when there is none. */
enum status service_hand_find(struct service_context *context, const char *order_id,
                              struct store_payment *out, struct failure *failure);
/* The order's attempt by hand whose money a clerk has to give back. Returns: NOT_FOUND when there is none. */
enum status service_hand_owed(struct service_context *context, const char *order_id,
                              struct store_payment *out, struct failure *failure);
/* The order's transfer that was closed unpaid while the order waits for no money, whose payer may not know.
 * Returns: NOT_FOUND when there is none. */
enum status service_hand_late(struct service_context *context, const struct order *order,
                              struct store_payment *out, struct failure *failure);
/* Whether the order has a code that may still be paid. Returns: as the store. */
enum status service_hand_has_code(struct service_context *context, const char *order_id, bool *out,
                                  struct failure *failure);
/* An attempt by this channel is open, for what the order still has to pay. Call inside a change.
 * Returns: BAD_STATE (the order waits for no money), CONFLICT (another one is open); else as the store. */
enum status service_hand_open(struct service_context *context, const char *order_id, const char *channel,
                              struct failure *failure);
/* Whether the order may be ended unpaid. Returns: BAD_STATE while a voucher waits or a clerk has confirmed
 * the money: it may be on the account. Else as the store. */
enum status service_hand_may_end(struct service_context *context, const char *order_id,
                                 struct failure *failure);
/* The open attempt, if there is one, is closed. Call inside a change. Returns: as the store. */
enum status service_hand_close(struct service_context *context, const char *order_id,
                               struct failure *failure);
/* The paid attempt waits for a clerk to give its money back. Call inside a change. Returns: as the store. */
enum status service_hand_refund(struct service_context *context, const struct store_payment *attempt,
                                struct failure *failure);

/* What a clerk signed has its effect: the attempt is paid and the order moves, or the money is back. Money
 * for an order that no longer waits for it is to be given back. Call inside the change that applies the
 * decision. Returns: BAD_STATE (overtaken); else as the store. */
enum status service_hand_apply(struct service_context *context, const struct store_decision *decision,
                               struct failure *failure);

/* Whether money to be given back leaves under two names: what came too late was nobody's decision, and an
 * order that is being refunded was given up by two. */
bool service_hand_needs_two(const struct order *order);
/* How the order's money by hand stands. Returns: as the store. After failure: *out is unchanged. */
enum status service_hand_load(struct service_context *context, const char *order_id, struct service_hand *out,
                              struct failure *failure);

#endif
