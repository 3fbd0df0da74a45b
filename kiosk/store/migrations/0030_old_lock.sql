-- The lock of another authority that is handed in for an order's new one: what was read of it, '' for what could not be
-- read; `known` where its issuer stands in the product's list, else a clerk judges the lock.

CREATE TABLE old_lock (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    issuer TEXT NOT NULL,
    serial TEXT NOT NULL,
    key_serial TEXT NOT NULL,
    known BIGINT NOT NULL,
    shown_utc_s BIGINT NOT NULL
);
