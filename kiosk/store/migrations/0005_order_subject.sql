-- What an order about a certificate that exists already is about, and why it was asked for: `request_id` is NULL
-- until it is known, `reason` an id of the product's list or ''.

CREATE TABLE order_subject (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    request_id TEXT REFERENCES certificate (request_id),
    reason TEXT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL
);
CREATE INDEX order_subject_by_request ON order_subject (request_id);
