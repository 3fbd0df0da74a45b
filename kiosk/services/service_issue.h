/* Service issue: a certificate gets onto a key, proven, from whatever step it stands at.
 *
 * Inside kiosk/services only, on the certificates worker. Stages: format, generate, request, write, verify,
 * confirm. Each asks the store and the key what is done already, stores its intention before it acts and its
 * result after; so the same function starts, resumes after a pull, and recovers after a kill.
 * Pitfall: never a second certificate for an order while the first is not revoked (decisions.md 6); the store
 * refuses it too.
 */
#ifndef KIOSK_SERVICES_SERVICE_ISSUE_H
#define KIOSK_SERVICES_SERVICE_ISSUE_H

#include "kiosk/pki/subject.h"
#include "kiosk/services/service_intention.h"
#include "kiosk/services/service_key.h"
#include "kiosk/store/store_certificate.h"

/* What one run of the stages works on. */
struct service_issue_run {
    struct service_context *context;
    struct service_job *job;
    struct order order;
    const struct product *product;
    const struct product_operation *operation;
    struct form_values values;
    struct store_key key;
    bool has_key;
    struct store_certificate certificate;
    bool has_certificate;
    bool was_withdrawn;             /* an earlier certificate of the order, with whatever key pair it had */
    bool is_own;                    /* onto the key the holder brought (service_own.h) */
    bool is_soft;                   /* into a file, without an encryption half (service_soft.h) */
    struct token_identity identity; /* of the key in the writer, once it is the order's */
    struct token_key_id key_id;
    char key_number[ORDER_ACCEPTANCE_BYTES]; /* of the key, "" before it has one */
    struct token_public_key public_key;
    struct subject subject; /* what the order asks the certificate to say */
    struct secret pin;      /* of the key: its transport PIN, on the holder's own key what the holder typed */
    struct secret so_pin;
};

/* The order's certificate that is neither revoked nor refused. Returns: NOT_FOUND. */
enum status service_issue_certificate(struct service_context *context, const char *order_id,
                                      struct store_certificate *out, struct failure *failure);

/* The key in the writer is the order's, or becomes it; the run has its row and PINs.
 * Returns: REFUSED with the job's reason; else as the token and the store. */
enum status service_issue_find_key(struct service_issue_run *run);
/* What was open about the key with this mark will never be done on it for this order. Returns: as the store.
 */
enum status service_issue_end_acts(struct service_context *context, const char *order_id, const char *mark,
                                   struct failure *failure);
/* The key will not be used for its order any more; what was open about it ends. Returns: as the store. */
enum status service_issue_end_key(struct service_context *context, const struct store_key *key,
                                  struct failure *failure);

/* The order's proven key gets the job's secret as PIN, whatever the product's rule says of it; the order
 * moves by PIN_SET. Returns: as service_pin_set. */
enum status service_pin_give(struct service_context *context, struct service_job *job);

/* The subject of the order's certificate stands in the run. Returns: as service_subject_of_request. */
enum status service_request_subject(struct service_issue_run *run);
/* The certificate is asked for, or asked about. Returns: OK once ISSUED or later; the job's reason says why
 * not. */
enum status service_request_certificate(struct service_issue_run *run);
/* What the authority said of a requested certificate is stored. Returns: as above. */
enum status service_request_take(struct service_context *context, const struct store_certificate *certificate,
                                 const struct authority_outcome *outcome, struct failure *failure);
/* An act of this order about the certificate is announced, while the certificate is as it was read.
 * Returns: as service_intention_announce. */
enum status service_request_announce(struct service_context *context, const char *order_id,
                                     const struct store_certificate *certificate,
                                     enum store_intention_kind kind, char id[STORE_ID_BYTES],
                                     struct failure *failure);
/* The authority is told that the proven certificate is accepted; the order moves by KEY_PROVEN.
 * Returns: as authority_confirm and the store. */
enum status service_request_confirm(struct service_context *context,
                                    const struct store_certificate *certificate, struct failure *failure);
/* The certificate is withdrawn at the authority and REVOKED here, whatever its state.
 * Returns: as authority_revoke and the store. */
enum status service_request_revoke(struct service_context *context,
                                   const struct store_certificate *certificate, struct failure *failure);

/* Whether a status of an authority's call means that no answer came. */
bool service_request_is_silence(enum status status);

/* The same, and a wrong certificate is declined at once, so that the next try may ask for another one.
 * Returns: as below, with the job's reason. */
enum status service_issue_check(struct service_issue_run *run);
/* The stored certificate is for the run's key and subject and chains to a root we trust, unrevoked.
 * Returns: REFUSED when it does not; BAD_STATE when our clock or revocation list cannot tell; else as the
 * store. */
enum status service_proof_certificate(struct service_issue_run *run);
/* The written certificate is read back and matched, and a fresh challenge is signed by the key.
 * Returns: REFUSED when one of them fails; else as the token. */
enum status service_proof_make(struct service_issue_run *run);

/* Open intentions that need no key are inquired about; certificates of given-up orders are revoked
 * and their keys given up. */
void service_issue_sweep(struct service_context *context);

#endif
