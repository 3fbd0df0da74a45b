-- Papers that were handed in as originals: how many of each, on which day of the hall, and who took them in.
-- received_utc_s: when that day began.

CREATE TABLE original (
    order_id TEXT NOT NULL REFERENCES orders (id),
    paper TEXT NOT NULL,
    copies BIGINT NOT NULL,
    received_utc_s BIGINT NOT NULL,
    clerk TEXT NOT NULL,
    updated_utc_s BIGINT NOT NULL,
    PRIMARY KEY (order_id, paper)
);
