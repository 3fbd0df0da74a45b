-- Keys that go to their holders by courier. The address stands in the order's sealed form; here is only how far it is.
-- must_change: the key left with the product's default PIN, which its holder has not replaced yet.

CREATE TABLE shipment (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    number BIGINT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    carrier TEXT NOT NULL,
    tracking TEXT NOT NULL,
    must_change BIGINT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL
);
CREATE INDEX shipment_by_state ON shipment (state, number);
