/* Desk certificates: what the page of certificates has in hand: what has a deadline, who has which
 * certificate, and the dialog with which the authority withdraws one.
 *
 * desk_certificates.c has the four functions of the screen and the list, desk_certificates_side.c what stands
 * beside it, desk_certificates_trust.c the same for what the hall trusts, desk_certificates_revoke.c the
 * dialog. Pitfall: a row goes away when the list comes anew, so what is in hand is kept by its id.
 */
#ifndef KIOSK_DESK_DESK_CERTIFICATES_H
#define KIOSK_DESK_DESK_CERTIFICATES_H

#include "kiosk/desk/desk.h"

enum desk_certificates_filter {
    DESK_CERTIFICATES_DUE,
    DESK_CERTIFICATES_LIVE,
    DESK_CERTIFICATES_ENDING,
    DESK_CERTIFICATES_REVOKED,
    DESK_CERTIFICATES_TRUST,
    DESK_CERTIFICATES_FILTERS
};
enum { DESK_CERTIFICATES_LEFT_BYTES = 48 };

/* The dialog with which a revocation is begun. */
struct desk_certificates_revoke {
    bool asking;
    size_t ground; /* index + 1, 0 for none */
    struct text_edit evidence, order, second, password;
    uint64_t running;
};

/* The dialog with which a certificate comes out of a file onto a key. */
struct desk_certificates_import {
    bool asking;
    char file[SERVICE_CERTIFICATE_FILE_BYTES]; /* "" for none */
    size_t page;                               /* of the files */
    struct text_edit pin;                      /* of the key's holder, who types it */
    uint64_t running;
};

struct desk_certificates_state {
    size_t first;
    enum desk_certificates_filter filter;
    char chosen[ORDER_ID_BYTES]; /* order of the deadline, request id of the certificate, digest of the anchor
                                  */
    struct text_edit search;
    char searched[64]; /* what the list was asked for, "" for the newest */
    uint64_t listing, exporting, reminding;
    struct desk_certificates_revoke revoke;
    struct desk_certificates_import import;
    char message[192];
    bool is_error;
};

/* What is in hand; NULL when none is. Owns: borrowed. */
const struct service_certificate_deadline *
desk_certificates_deadline(const struct desk_certificates_state *state, const struct ui *ui);
const struct service_certificate *desk_certificates_chosen(const struct desk_certificates_state *state,
                                                           const struct ui *ui);
const struct service_certificate_anchor *desk_certificates_anchor(const struct desk_certificates_state *state,
                                                                  const struct ui *ui);
/* How much time is left, or by how much it is over, in words. Returns: whether it is over. */
bool desk_certificates_left(const struct ui *ui, const struct service_certificate_deadline *deadline,
                            char out[DESK_CERTIFICATES_LEFT_BYTES]);
/* The word of a certificate's state. */
const char *desk_certificates_word(const struct ui *ui, const struct service_certificate *certificate);
/* Whether its holder was told that it ends, in words. */
const char *desk_certificates_reminder(const struct ui *ui, const struct service_certificate *certificate);
/* The list is asked for anew, as it was asked for last. */
void desk_certificates_list(struct desk_certificates_state *state, const struct ui *ui);

/* What is in hand and its buttons; tap and reply of the one that reminds its holder. */
void desk_certificates_side_draw(struct desk_certificates_state *state, struct ui *ui, struct rect area);
bool desk_certificates_side_event(struct desk_certificates_state *state, struct ui *ui,
                                  const struct ui_event *event);
/* What the hall trusts, and the button that writes it to a stick; its taps and replies. */
void desk_certificates_trust_draw(struct desk_certificates_state *state, struct ui *ui, struct rect area);
bool desk_certificates_trust_event(struct desk_certificates_state *state, struct ui *ui,
                                   const struct ui_event *event);
/* The dialog, when it is open; taps and replies of its button and the dialog's. */
void desk_certificates_revoke_draw(struct desk_certificates_state *state, struct ui *ui);
bool desk_certificates_revoke_event(struct desk_certificates_state *state, struct ui *ui,
                                    const struct ui_event *event);
/* The same for the file that comes onto a key. */
void desk_certificates_import_draw(struct desk_certificates_state *state, struct ui *ui);
bool desk_certificates_import_event(struct desk_certificates_state *state, struct ui *ui,
                                    const struct ui_event *event);
void desk_certificates_import_init(struct desk_certificates_import *import);
void desk_certificates_import_wipe(struct desk_certificates_import *import);
/* The fields are empty and what was typed is wiped. */
void desk_certificates_revoke_init(struct desk_certificates_revoke *revoke);
void desk_certificates_revoke_wipe(struct desk_certificates_revoke *revoke);

#endif
