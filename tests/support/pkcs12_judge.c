#include "tests/support/pkcs12_judge.h"

#include <stdio.h>
#include <string.h>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/pki/certificate.h"
#include "tests/support/pki_process.h"

enum { PASSWORD_BYTES = 96 };

/* What openssl said. Owns: the caller releases *text. Returns: its exit code. */
static int run(const char *const *arguments, struct buf *text)
{
    return pki_process_run(arguments, text);
}

static bool is_done(const char *const *arguments)
{
    struct buf text;
    int code = run(arguments, &text);
    buf_release(&text);
    return code == 0;
}

/* One part of the file stands as PEM in dir/to: what is left when `without` is left out. */
static bool extract(const char *dir, const char *name, const char *password, const char *which,
                    const char *without, const char *to)
{
    char pass[PASSWORD_BYTES];
    (void)snprintf(pass, sizeof(pass), "pass:%s", password);
    const char *const arguments[] = {
        "openssl", "pkcs12", "-in",  pki_process_path(dir, name), "-passin", pass, which,
        "-nodes",  without,  "-out", pki_process_path(dir, to),   NULL};
    return is_done(arguments);
}

bool pkcs12_judge_opens(const char *dir, const char *name, const char *password)
{
    return extract(dir, name, password, "-clcerts", "-nokeys", "leaf.pem");
}

bool pkcs12_judge_key_matches(const char *dir, const char *name, const char *password)
{
    struct buf of_key, of_certificate;
    if (!pkcs12_judge_opens(dir, name, password) ||
        !extract(dir, name, password, "-nodes", "-nocerts", "key.pem"))
        return false;
    const char *const key[] = {"openssl", "pkey", "-in", pki_process_path(dir, "key.pem"), "-pubout", NULL};
    const char *const certificate[] = {"openssl", "x509",    "-in", pki_process_path(dir, "leaf.pem"),
                                       "-noout",  "-pubkey", NULL};
    bool same = run(key, &of_key) == 0;
    same = run(certificate, &of_certificate) == 0 && same &&
           bytes_is_equal(bytes_of_buf(&of_key), bytes_of_buf(&of_certificate));
    buf_release(&of_key);
    buf_release(&of_certificate);
    return same;
}

static void write_root(const char *dir, struct bytes root)
{
    struct buf pem;
    buf_init(&pem, LIMIT_CONFIG_BYTES);
    check(certificate_write_pem(root, "CERTIFICATE", &pem) == STATUS_OK);
    pki_process_write(dir, "root.pem", bytes_of_buf(&pem));
    buf_release(&pem);
}

bool pkcs12_judge_chains(const char *dir, const char *name, const char *password, struct bytes root,
                         int64_t at_utc_s)
{
    char at[24];
    (void)snprintf(at, sizeof(at), "%lld", (long long)at_utc_s);
    write_root(dir, root);
    if (!pkcs12_judge_opens(dir, name, password) ||
        !extract(dir, name, password, "-cacerts", "-nokeys", "chain.pem"))
        return false;
    const char *const arguments[] = {"openssl",
                                     "verify",
                                     "-attime",
                                     at,
                                     "-CAfile",
                                     pki_process_path(dir, "root.pem"),
                                     "-untrusted",
                                     pki_process_path(dir, "chain.pem"),
                                     pki_process_path(dir, "leaf.pem"),
                                     NULL};
    return is_done(arguments);
}
