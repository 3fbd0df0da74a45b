-- When an order counts as begun that was begun outside of the hall's hours: when the hall opened next.

CREATE TABLE order_opening (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    counts_utc_s BIGINT NOT NULL
);
