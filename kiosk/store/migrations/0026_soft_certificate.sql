-- A certificate that leaves as a file: its private key, sealed under the order's data key until the file is written and
-- synced ('' from then on, and when the certificate is withdrawn before), who began and who signed, and the file's name
-- ('' until it is written).

CREATE TABLE soft_certificate (
    request_id TEXT NOT NULL PRIMARY KEY REFERENCES certificate (request_id),
    order_id TEXT NOT NULL REFERENCES orders (id),
    sealed BYTEA NOT NULL,
    clerk TEXT NOT NULL,
    second TEXT NOT NULL,
    file TEXT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    written_utc_s BIGINT NOT NULL
);
CREATE INDEX soft_certificate_by_order ON soft_certificate (order_id);
