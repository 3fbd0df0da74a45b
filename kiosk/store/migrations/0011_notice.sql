-- Messages to applicants, written with what they tell of and sent afterwards. One of a kind and subject an order, so
-- that nothing is told twice. `sending` is stored before the service is asked; a row found so later is never sent
-- again by itself, because it may have arrived.

CREATE TABLE notice (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    order_id TEXT NOT NULL REFERENCES orders (id),
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    tries BIGINT NOT NULL,
    next_utc_s BIGINT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    UNIQUE (order_id, kind, subject)
);
CREATE INDEX notice_by_state ON notice (state, next_utc_s);
