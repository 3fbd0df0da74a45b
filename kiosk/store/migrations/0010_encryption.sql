-- The encryption certificate beside a certificate: one of a pair, made by the authority, or an old one whose key came
-- back from escrow (`recovered` 1; then its serial stands in an earlier row, too). Its state is the certificate's; its
-- bytes are in certificate_part. `proven_utc_s` is when its key on the token read a fresh challenge, 0 until then.

CREATE TABLE certificate_encryption (
    request_id TEXT NOT NULL PRIMARY KEY REFERENCES certificate (request_id),
    serial TEXT NOT NULL,
    not_after_utc_s BIGINT NOT NULL,
    recovered BIGINT NOT NULL,
    proven_utc_s BIGINT NOT NULL,
    created_utc_s BIGINT NOT NULL
);
CREATE INDEX certificate_encryption_by_serial ON certificate_encryption (serial);
