/* Limits: the ceilings of everything that comes from outside, in one table.
 *
 * A parser or buffer that has no ceiling here has no business reading. Raising one is a decision: say why.
 */
#ifndef KIOSK_BASE_LIMITS_H
#define KIOSK_BASE_LIMITS_H

enum limits {
    LIMIT_FRAME_BYTES = 32 * 1024 * 1024, /* one message to or from a driver host: a 300 dpi colour page */
    LIMIT_HTTP_REPLY_BYTES = 1024 * 1024, /* a gateway's reply */
    LIMIT_HTTP_HEADER_BYTES = 64 * 1024,  /* all header lines of a reply */
    LIMIT_CONFIG_BYTES = 1024 * 1024,     /* one YAML file */
    LIMIT_CERTIFICATE_BYTES = 16 * 1024,  /* one DER certificate */
    LIMIT_CHAIN_CERTIFICATES = 6,         /* certificates in one authority reply */
    LIMIT_QR_PAYLOAD_BYTES = 512,         /* text read from a code on paper */
    LIMIT_PAGE_JPEG_BYTES = 16 * 1024 * 1024, /* one scanned page before the product's own limit */
    LIMIT_PAGE_PIXELS = 64 * 1000 * 1000,     /* width times height of a scanned page */
    LIMIT_FIELD_BYTES = 1024,                 /* one form value in UTF-8 */
    LIMIT_FORM_FIELDS = 64,                   /* fields of one product's form */
    LIMIT_JSON_BYTES = 1024 * 1024,           /* one JSON text */
    LIMIT_PIN_BYTES = 32,                     /* longest PIN any token here takes */
    LIMIT_PDF_BYTES = 8 * 1024 * 1024,        /* one printed document */
    LIMIT_EXPORT_BYTES = 64 * 1024 * 1024,    /* a list written to a stick */
    LIMIT_REGISTER_BYTES = 64 * 1024 * 1024,  /* a register as its keeper exports it */
    LIMIT_STORED_ROW_BYTES = 24 * 1024 * 1024 /* one sealed value in the store */
};

#endif
