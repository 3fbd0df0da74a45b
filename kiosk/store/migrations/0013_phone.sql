-- What a phone asks a certificate with: the request of its key, brought by the phone service's export, sealed under
-- the order's data key.

CREATE TABLE phone_request (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    sealed BYTEA NOT NULL,
    created_utc_s BIGINT NOT NULL
);
