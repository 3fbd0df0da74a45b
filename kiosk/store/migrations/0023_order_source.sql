-- Which earlier order of the same holder gave an order's form what is known of the unit, when that was asked for, and
-- since when the holder says that it still holds (0: not yet).

CREATE TABLE order_source (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    source_id TEXT NOT NULL REFERENCES orders (id),
    filled_utc_s BIGINT NOT NULL,
    confirmed_utc_s BIGINT NOT NULL
);
