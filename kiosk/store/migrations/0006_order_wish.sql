-- What was chosen with an order beside product, class and operation: everything its price, papers and printed
-- form follow from. `sub_kinds` are ids of the product's list, separated by blanks.

CREATE TABLE order_wish (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    years BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    seal BIGINT NOT NULL,
    agent BIGINT NOT NULL,
    sub_kinds TEXT NOT NULL,
    created_utc_s BIGINT NOT NULL
);
