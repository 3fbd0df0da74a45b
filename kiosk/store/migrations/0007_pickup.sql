-- 授权码: with the order's acceptance number it leads whoever holds it to an order that waits for its key. One code
-- an order: a reprint replaces it. Wrong tries are counted per acceptance number typed, whether there is one or not.

CREATE TABLE pickup_code (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    number BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    expires_utc_s BIGINT NOT NULL,
    created_utc_s BIGINT NOT NULL
);

CREATE TABLE pickup_wrong (
    number_hash BYTEA NOT NULL PRIMARY KEY,
    tries BIGINT NOT NULL,
    locked_until_utc_s BIGINT NOT NULL
);
