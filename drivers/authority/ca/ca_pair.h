/* CA pair: the encryption half of a certificate pair, made, told and given back.
 *
 * Knows keys, escrow and records; writes nothing and refuses nothing by itself beyond what it says. Pitfall:
 * a recovered half belongs to the record in which its key is in escrow; the record that got it back only
 * names its serial.
 */
#ifndef DRIVERS_AUTHORITY_CA_CA_PAIR_H
#define DRIVERS_AUTHORITY_CA_CA_PAIR_H

#include "drivers/authority/authority_wire.h"
#include "drivers/authority/ca/ca_book.h"
#include "drivers/authority/ca/ca_escrow.h"
#include "drivers/authority/ca/ca_keys.h"

/* Whether a pair may be asked for. Returns: NONE when it may; POLICY when the profile has no encryption
 * certificate, KEY_UNFIT when nothing can be enveloped for the request's key; then *why says so in words. */
enum authority_refusal ca_pair_check(const struct ca_profile *profile, struct bytes request,
                                     const char **why);

/* A fresh key pair is certified under the record's stored second serial and sealed for escrow: certificate
 * and escrow are filled. Units: seconds since 1970-01-01 UTC. Returns: IO, NO_MEMORY, FULL. Owns: the
 * record's caller releases both. Time: up to a second, for the RSA key. */
enum status ca_pair_make(const struct ca_keys *keys, const struct ca_escrow *escrow,
                         const struct ca_settings *settings, const struct ca_record *record, int64_t utc_s,
                         struct buf *certificate, struct buf *sealed, struct failure *failure);

/* The record's encryption certificate, its own or recovered, stands in the outcome, and while the record is
 * not confirmed its key, enveloped for the record's request. Nothing for a record without one. Returns:
 * MALFORMED when the escrow does not open, IO, NO_MEMORY, FULL. */
enum status ca_pair_describe(const struct ca_book *book, const struct ca_escrow *escrow,
                             const struct ca_record *record, struct authority_outcome *outcome,
                             struct failure *failure);

/* The record whose fate the owner's encryption half shares: the owner's own, until it is superseded and
 * another one to which the key came back was confirmed; then the newest of those. Owns: borrowed from the
 * book. */
const struct ca_record *ca_pair_keeper(const struct ca_book *book, const struct ca_record *owner);

/* Whether the call may give the owner's half to the record. Returns: NONE when it may; *why says otherwise.
 */
enum authority_refusal ca_pair_judge_recovery(const struct ca_book *book, const struct ca_record *record,
                                              const struct ca_record *owner,
                                              const struct authority_call *call, const char **why);

/* Who approved stands in the record, by ", ". */
void ca_pair_name_approvers(const struct authority_call *call, struct ca_record *record);

#endif
