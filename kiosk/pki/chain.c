#include "kiosk/pki/chain.h"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/pki/der.h"
#include "kiosk/pki/name.h"

/* 112 bits of strength: RSA 2048 and SHA-256 pass, SHA-1 and RSA 1024 do not. */
enum { AUTHENTICATION_LEVEL = 2 };

const char *chain_verdict_name(enum chain_verdict verdict)
{
    static const char *const names[] = {
#define CHAIN_VERDICT(code, name) name,
#include "kiosk/pki/chain_verdicts.def"
#undef CHAIN_VERDICT
    };
    return (unsigned)verdict < CHAIN_VERDICT_COUNT_ ? names[verdict] : "invalid";
}

static enum chain_verdict verdict_of(int error)
{
    switch (error) {
    case X509_V_OK:
        return CHAIN_GOOD;
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return CHAIN_EXPIRED;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return CHAIN_NOT_YET_VALID;
    case X509_V_ERR_CERT_REVOKED:
        return CHAIN_REVOKED;
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
        return CHAIN_CRL_MISSING;
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_CRL_NOT_YET_VALID:
        return CHAIN_CRL_STALE;
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
        return CHAIN_SIGNATURE_WRONG;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return CHAIN_ISSUER_UNKNOWN;
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_INVALID_PURPOSE:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
    case X509_V_ERR_KEYUSAGE_NO_CRL_SIGN:
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
        return CHAIN_USAGE_WRONG;
    default:
        return CHAIN_REFUSED;
    }
}

/* What OpenSSL's path validation needs, parsed; released whatever came of it. */
struct material {
    X509 *leaf;
    X509_STORE *roots;
    STACK_OF(X509) * intermediates;
    STACK_OF(X509_CRL) * crls;
};

static void material_release(struct material *material)
{
    X509_free(material->leaf);
    X509_STORE_free(material->roots);
    sk_X509_pop_free(material->intermediates, X509_free);
    sk_X509_CRL_pop_free(material->crls, X509_CRL_free);
}

static bool add_roots(X509_STORE *store, const struct chain_question *question)
{
    for (size_t i = 0; i < question->root_count; i++) {
        X509 *root = der_certificate(question->roots[i]);
        bool ok = root != NULL && X509_STORE_add_cert(store, root) == 1;
        X509_free(root);
        if (!ok)
            return false;
    }
    return true;
}

static bool add_intermediates(STACK_OF(X509) * stack, const struct chain_question *question)
{
    for (size_t i = 0; i < question->intermediate_count; i++) {
        X509 *one = der_certificate(question->intermediates[i]);
        if (one == NULL || sk_X509_push(stack, one) <= 0) {
            X509_free(one);
            return false;
        }
    }
    return true;
}

static bool add_crls(STACK_OF(X509_CRL) * stack, const struct chain_question *question)
{
    for (size_t i = 0; i < question->crl_count; i++) {
        X509_CRL *one = der_crl(question->crls[i]);
        if (one == NULL || sk_X509_CRL_push(stack, one) <= 0) {
            X509_CRL_free(one);
            return false;
        }
    }
    return true;
}

static bool material_read(struct material *material, const struct chain_question *question)
{
    material->leaf = der_certificate(question->leaf);
    material->roots = X509_STORE_new();
    material->intermediates = sk_X509_new_null();
    material->crls = sk_X509_CRL_new_null();
    check(material->roots != NULL && material->intermediates != NULL && material->crls != NULL);
    return material->leaf != NULL && add_roots(material->roots, question) &&
           add_intermediates(material->intermediates, question) && add_crls(material->crls, question);
}

/* The leaf's own end is passed over; nothing else is. */
static int pass_over_its_end(int good, X509_STORE_CTX *context)
{
    if (good || X509_STORE_CTX_get_error(context) != X509_V_ERR_CERT_HAS_EXPIRED ||
        X509_STORE_CTX_get_error_depth(context) != 0)
        return good;
    X509_STORE_CTX_set_error(context, X509_V_OK);
    return 1;
}

static enum chain_verdict check_path(const struct material *material, const struct chain_question *question,
                                     struct failure *failure)
{
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    check(context != NULL &&
          X509_STORE_CTX_init(context, material->roots, material->leaf, material->intermediates) == 1);
    X509_VERIFY_PARAM *rules = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_time(rules, question->at_utc_s);
    X509_VERIFY_PARAM_set_depth(rules, LIMIT_CHAIN_CERTIFICATES);
    X509_VERIFY_PARAM_set_auth_level(rules, AUTHENTICATION_LEVEL);
    if (question->crl_count > 0) {
        X509_STORE_CTX_set0_crls(context, material->crls);
        check(X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_CRL_CHECK) == 1);
    }
    if (question->may_be_expired)
        X509_STORE_CTX_set_verify_cb(context, pass_over_its_end);
    bool good = X509_verify_cert(context) == 1;
    int error = X509_STORE_CTX_get_error(context);
    enum chain_verdict verdict = verdict_of(error);
    if (!good) {
        if (verdict == CHAIN_GOOD)
            verdict = CHAIN_REFUSED;
        (void)failure_set(failure, STATUS_REFUSED, "X509_verify_cert", error, "depth %d: %s",
                          X509_STORE_CTX_get_error_depth(context), X509_verify_cert_error_string(error));
    }
    X509_STORE_CTX_free(context);
    ERR_clear_error();
    return verdict;
}

static bool subject_holds(const struct material *material, const struct subject *expected)
{
    struct subject found = {0};
    return name_subject(X509_get_subject_name(material->leaf), &found) == STATUS_OK &&
           subject_is_equal(&found, expected);
}

/* RFC 5280 4.2.1.3 and 4.2.1.9: signs for its holder or decrypts for them, never both, and is nobody's
 * issuer. */
static bool usage_holds(X509 *leaf, bool encrypts)
{
    uint32_t wanted = encrypts ? KU_KEY_ENCIPHERMENT : KU_DIGITAL_SIGNATURE;
    uint32_t barred = encrypts ? KU_DIGITAL_SIGNATURE : 0;
    uint32_t usage = X509_get_key_usage(leaf);
    return X509_check_ca(leaf) == 0 && (X509_get_extension_flags(leaf) & (EXFLAG_INVALID | EXFLAG_CA)) == 0 &&
           (usage & wanted) != 0 && (usage & barred) == 0;
}

static enum chain_verdict refuse(struct failure *failure, enum chain_verdict verdict)
{
    (void)failure_set(failure, STATUS_REFUSED, "chain_check", 0, "%s", chain_verdict_name(verdict));
    ERR_clear_error();
    return verdict;
}

enum chain_verdict chain_check(const struct chain_question *question, struct failure *failure)
{
    struct material material = {0};
    enum chain_verdict verdict = CHAIN_MALFORMED;
    if (!material_read(&material, question))
        verdict = refuse(failure, CHAIN_MALFORMED);
    else if (question->public_key.length > 0 && !certificate_is_for_key(question->leaf, question->public_key))
        verdict = refuse(failure, CHAIN_KEY_DIFFERS);
    else if (question->subject != NULL && !subject_holds(&material, question->subject))
        verdict = refuse(failure, CHAIN_SUBJECT_DIFFERS);
    else
        verdict = check_path(&material, question, failure);
    if (verdict == CHAIN_GOOD && !usage_holds(material.leaf, question->encrypts))
        verdict = refuse(failure, CHAIN_USAGE_WRONG);
    material_release(&material);
    return verdict;
}
