/* CA settings: what the embedded CA's directory says in ca.json, written by init and edited by the
 * administrator.
 *
 * Holds profiles, the place of the revocation list and its life; never a key. ca.json is written last by
 * init, so a directory without it is not a CA yet. Pitfall: the list's address goes into every certificate
 * and cannot be changed afterwards.
 */
#ifndef DRIVERS_AUTHORITY_CA_CA_SETTINGS_H
#define DRIVERS_AUTHORITY_CA_CA_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "drivers/authority/authority.h"

enum {
    CA_PATH_BYTES = 1024,
    CA_TEXT_BYTES = 256,
    CA_PROFILES = 8,
    CA_ATTRIBUTES = 12,
    CA_ATTRIBUTE_BYTES = 24,
    CA_DAY_S = 24 * 60 * 60
};

/* One kind of certificate. Attributes are OpenSSL short names: CN, O, OU, ST, L, C, serialNumber. */
struct ca_profile {
    char name[AUTHORITY_PROFILE_BYTES];
    char policy[CA_ATTRIBUTE_BYTES * 2]; /* certificatePolicies identifier, dotted; may be empty */
    char required[CA_ATTRIBUTES][CA_ATTRIBUTE_BYTES];
    char optional[CA_ATTRIBUTES][CA_ATTRIBUTE_BYTES];
    unsigned required_count;
    unsigned optional_count;
    unsigned days;      /* of validity when none are asked for */
    unsigned days_most; /* that may be asked for */
    bool encryption;    /* a pair may be asked for: an encryption certificate stands beside the signing one */
    char encryption_policy[CA_ATTRIBUTE_BYTES * 2]; /* its certificatePolicies, dotted; may be empty */
    bool credit_code; /* serialNumber is a unified social credit code (GB 32100-2015) and C is CN */
};

struct ca_settings {
    char name[CA_TEXT_BYTES];    /* of the authority, in its own certificates */
    char crl_url[CA_TEXT_BYTES]; /* in every certificate; empty leaves the extension out */
    int crl_days;                /* until the list's nextUpdate; it is renewed at half of that */
    struct ca_profile profiles[CA_PROFILES];
    unsigned profile_count;
};

/* The settings a new directory starts with: the profiles "organisation" and "person", of 365 days, up to six
 * years (five bought and what a renewal keeps of the old term), and with an encryption certificate where one
 * is asked for. Units: days, above 0. */
void ca_settings_default(struct ca_settings *settings);

/* The settings stand in dir/ca.json. Returns: as file_replace. */
enum status ca_settings_write(const struct ca_settings *settings, const char *dir, struct failure *failure);

/* The settings are read from dir/ca.json.
 * Returns: NOT_FOUND for a directory that init did not finish; CONFIG for a wrong value; IO.
 * After failure: *out is unchanged. */
enum status ca_settings_read(const char *dir, struct ca_settings *out, struct failure *failure);

/* The profile with this name, NULL when there is none. Owns: borrowed from the settings. */
const struct ca_profile *ca_settings_profile(const struct ca_settings *settings, const char *name);

/* dir and name as one path. Returns: false, and an empty path, when it does not fit. */
bool ca_settings_path(const char *dir, const char *name, char out[CA_PATH_BYTES]);

#endif
