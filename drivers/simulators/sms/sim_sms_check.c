/* Checking an ACS3-HMAC-SHA256 request: everything the client signed is put together again from what arrived.
 */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "drivers/simulators/sms/sim_sms.h"
#include "kiosk/base/text.h"

enum { CLOCK_TOLERANCE_S = 15 * 60, CANONICAL_BYTES = 16 * 1024, DIGEST_BYTES = 32, HEADERS_MOST = 16 };

static const char *header_of(const struct sim_http_request *request, const char *name)
{
    const char *value = sim_http_header(request, name);
    return value == NULL ? "" : value;
}

static void write_hex(const unsigned char *bytes, char out[2 * DIGEST_BYTES + 1])
{
    for (int i = 0; i < DIGEST_BYTES; i++)
        (void)snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static void hash_hex(const void *bytes, size_t length, char out[2 * DIGEST_BYTES + 1])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    (void)EVP_Digest(bytes, length, digest, NULL, EVP_sha256(), NULL);
    write_hex(digest, out);
}

/* RFC 3986: unreserved characters stay, everything else becomes %XX. */
static enum status append_escaped(struct buf *out, const char *text)
{
    static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    enum status status = STATUS_OK;
    for (; *text != '\0' && status == STATUS_OK; text++) {
        if (strchr(unreserved, *text) != NULL)
            status = buf_append(out, text, 1);
        else
            status = buf_append_format(out, "%%%02X", (unsigned char)*text);
    }
    return status;
}

static enum status append_query(struct buf *out, const struct sim_form *query)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < query->count && status == STATUS_OK; i++) {
        status = buf_append_text(out, i == 0 ? "" : "&");
        if (status == STATUS_OK)
            status = append_escaped(out, query->pairs[i].name);
        if (status == STATUS_OK)
            status = buf_append_text(out, "=");
        if (status == STATUS_OK)
            status = append_escaped(out, query->pairs[i].value);
    }
    return status;
}

/* "name:value\n" for each name the client says it signed, in its order. */
static enum status append_headers(struct buf *out, const struct sim_http_request *request, const char *names)
{
    char list[512];
    char *rest = list;
    enum status status = text_copy(list, sizeof(list), names) ? STATUS_OK : STATUS_FULL;
    while (status == STATUS_OK && rest != NULL) {
        const char *name = strsep(&rest, ";");
        status = buf_append_format(out, "%s:%s\n", name, header_of(request, name));
    }
    return status;
}

/* Every header that binds the request must be among the signed ones. */
static bool names_are_enough(const char *names)
{
    static const char *const must[] = {"host",       "x-acs-action",          "x-acs-content-sha256",
                                       "x-acs-date", "x-acs-signature-nonce", "x-acs-version"};
    for (size_t i = 0; i < sizeof(must) / sizeof(must[0]); i++) {
        const char *found = strstr(names, must[i]);
        size_t length = strlen(must[i]);
        if (found == NULL || (found != names && found[-1] != ';') ||
            (found[length] != ';' && found[length] != '\0'))
            return false;
    }
    return true;
}

/* The value behind "name=" up to the next comma. */
static bool authorization_part(const char *authorization, const char *name, char *out, size_t size)
{
    const char *start = strstr(authorization, name);
    if (start == NULL)
        return false;
    start += strlen(name);
    size_t length = strcspn(start, ",");
    if (length == 0 || length >= size)
        return false;
    memcpy(out, start, length);
    out[length] = '\0';
    return true;
}

static bool is_signature_right(const struct sim_sms *sim, const struct sim_http_request *request,
                               const struct sim_form *query, const char *names, const char *signature)
{
    char hash[2 * DIGEST_BYTES + 1];
    char text[128];
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int digest_bytes = 0;
    struct buf canonical;
    buf_init(&canonical, CANONICAL_BYTES);
    enum status status = buf_append_format(&canonical, "%s\n%s\n", request->method, request->path);
    if (status == STATUS_OK)
        status = append_query(&canonical, query);
    if (status == STATUS_OK)
        status = buf_append_text(&canonical, "\n");
    if (status == STATUS_OK)
        status = append_headers(&canonical, request, names);
    hash_hex(request->body, request->body_length, hash);
    if (status == STATUS_OK)
        status = buf_append_format(&canonical, "\n%s\n%s", names, hash);
    hash_hex(canonical.data, canonical.length, hash);
    (void)snprintf(text, sizeof(text), "ACS3-HMAC-SHA256\n%s", hash);
    bool is_made = HMAC(EVP_sha256(), sim->secret, (int)strlen(sim->secret), (const unsigned char *)text,
                        strlen(text), digest, &digest_bytes) != NULL;
    write_hex(digest, hash);
    buf_release(&canonical);
    return status == STATUS_OK && is_made && strcmp(hash, signature) == 0;
}

static bool is_clock_right(const struct sim_sms *sim, const char *date)
{
    struct tm utc = {0};
    const char *end = strptime(date, "%Y-%m-%dT%H:%M:%SZ", &utc);
    if (end == NULL || *end != '\0')
        return false;
    int64_t off_s = sim_control_utc_s(&sim->control) - (int64_t)timegm(&utc);
    return off_s <= CLOCK_TOLERANCE_S && off_s >= -CLOCK_TOLERANCE_S;
}

/* A nonce seen before is refused; a fresh one is remembered. */
static bool is_nonce_fresh(struct sim_sms *sim, const char *nonce)
{
    size_t kept = sim->nonce_count < SIM_SMS_NONCES ? sim->nonce_count : SIM_SMS_NONCES;
    for (size_t i = 0; i < kept; i++)
        if (strcmp(sim->nonces[i], nonce) == 0)
            return false;
    char *place = sim->nonces[sim->nonce_count % SIM_SMS_NONCES];
    if (nonce[0] == '\0' || !text_copy(place, sizeof(sim->nonces[0]), nonce))
        return false;
    sim->nonce_count++;
    return true;
}

const char *sim_sms_check(struct sim_sms *sim, const struct sim_http_request *request,
                          const struct sim_form *query)
{
    static const char scheme[] = "ACS3-HMAC-SHA256 ";
    char key_id[96];
    char names[512];
    char signature[2 * DIGEST_BYTES + 1];
    char body_hash[2 * DIGEST_BYTES + 1];
    const char *authorization = header_of(request, "Authorization");
    hash_hex(request->body, request->body_length, body_hash);
    if (!text_has_prefix(authorization, scheme) ||
        !authorization_part(authorization, "Credential=", key_id, sizeof(key_id)) ||
        !authorization_part(authorization, "SignedHeaders=", names, sizeof(names)) ||
        !authorization_part(authorization, "Signature=", signature, sizeof(signature)))
        return "IncompleteSignature";
    if (strcmp(key_id, sim->key_id) != 0)
        return "InvalidAccessKeyId.NotFound";
    if (!is_clock_right(sim, header_of(request, "x-acs-date")))
        return "InvalidTimeStamp.Expired";
    if (!names_are_enough(names) || strcmp(header_of(request, "x-acs-content-sha256"), body_hash) != 0 ||
        !is_signature_right(sim, request, query, names, signature))
        return "SignatureDoesNotMatch";
    if (!is_nonce_fresh(sim, header_of(request, "x-acs-signature-nonce")))
        return "SignatureNonceUsed";
    return NULL;
}
