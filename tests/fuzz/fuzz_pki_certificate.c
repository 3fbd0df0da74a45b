/* Certificates, requests, revocation lists and PEM bundles as anybody may send them: all of kiosk/pki that
 * reads. */
#include <stddef.h>
#include <stdint.h>

#include "kiosk/base/check.h"
#include "kiosk/base/limits.h"
#include "kiosk/base/text.h"
#include "kiosk/pki/certificate.h"
#include "kiosk/pki/chain.h"
#include "kiosk/pki/crl.h"
#include "kiosk/pki/request.h"
#include "kiosk/pki/signature.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_certificate(struct bytes input)
{
    struct certificate_summary summary;
    struct subject subject = {0};
    char text[SUBJECT_TEXT_BYTES];
    struct buf key;
    buf_init(&key, LIMIT_CERTIFICATE_BYTES);
    if (certificate_summarize(input, &summary, NULL) == STATUS_OK) {
        check(text_is_printable(summary.subject) && text_is_printable(summary.issuer));
        check(text_is_printable(summary.common_name) && summary.serial[0] != 0);
    }
    if (certificate_subject(input, &subject, NULL) == STATUS_OK)
        (void)!subject_text(&subject, text, sizeof(text));
    if (certificate_public_key(input, &key, NULL) == STATUS_OK)
        (void)certificate_is_for_key(input, bytes_of_buf(&key));
    buf_release(&key);
}

static void judge_chain(struct bytes input)
{
    const struct chain_question question = {.leaf = input,
                                            .intermediates = &input,
                                            .intermediate_count = 1,
                                            .roots = &input,
                                            .root_count = 1,
                                            .at_utc_s = 1790000000,
                                            .public_key = input};
    struct chain_question with_list = question;
    with_list.public_key = bytes_view(NULL, 0);
    with_list.crls = &input;
    with_list.crl_count = 1;
    struct chain_question path = question;
    path.public_key = bytes_view(NULL, 0);
    check(chain_check(&question, NULL) < CHAIN_VERDICT_COUNT_);
    check(chain_check(&with_list, NULL) < CHAIN_VERDICT_COUNT_);
    check(chain_check(&path, NULL) < CHAIN_VERDICT_COUNT_);
}

static void read_request(struct bytes input)
{
    struct buf out;
    buf_init(&out, LIMIT_CERTIFICATE_BYTES);
    (void)!request_public_key(input, &out, NULL);
    buf_clear(&out);
    check(request_assemble(input, bytes_view("\x30\x06\x02\x01\x01\x02\x01\x01", 8), &out, NULL) !=
          STATUS_OK);
    (void)!signature_from_raw(input, &out);
    check(signature_check(input, input, input, NULL) != STATUS_OK);
    check(signature_check_public_key(input, input, input, NULL) != STATUS_OK);
    buf_release(&out);
}

/* What a clerk is handed on a stick, and what an administrator looks at. */
static void read_files(struct bytes input)
{
    struct certificate_list list = {0};
    struct crl_summary crl;
    struct crl_entry entries[4];
    if (certificate_list_read_any(input.data, input.length, &list, NULL) == STATUS_OK)
        check(list.count > 0 && list.count <= LIMIT_CHAIN_CERTIFICATES);
    certificate_list_release(&list);
    if (crl_summarize(input, &crl, entries, 4, NULL) == STATUS_OK)
        check(text_is_printable(crl.issuer) && text_is_printable(crl.issuer_common_name));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes input = bytes_view(data, size);
    struct certificate_list list = {0};
    read_certificate(input);
    judge_chain(input);
    read_request(input);
    if (certificate_list_read(data, size, "CERTIFICATE", &list, NULL) == STATUS_OK)
        check(list.count > 0 && list.count <= LIMIT_CHAIN_CERTIFICATES);
    certificate_list_release(&list);
    read_files(input);
    return 0;
}
