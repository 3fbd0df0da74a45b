-- Key stock by serial number, in upper case. place: '' is the hall's stock, else the terminal or desk that holds the key.
-- state: blank, in_work, issued, failed (in the writer; two people scrap it), scrapped. A time is 0 until it happens.

CREATE TABLE stock_batch (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    model TEXT NOT NULL,
    created_utc_s BIGINT NOT NULL
);

CREATE TABLE stock_key (
    serial TEXT NOT NULL PRIMARY KEY,
    batch TEXT NOT NULL REFERENCES stock_batch (id),
    place TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    received_utc_s BIGINT NOT NULL,
    issued_utc_s BIGINT NOT NULL,
    scrapped_utc_s BIGINT NOT NULL
);
CREATE INDEX stock_key_by_batch ON stock_key (batch, state);
CREATE INDEX stock_key_by_place ON stock_key (place, state);

-- Keys of a model that were asked for and have not come yet.
CREATE TABLE stock_request (
    model TEXT NOT NULL PRIMARY KEY,
    amount BIGINT NOT NULL,
    clerk TEXT NOT NULL,
    at_utc_s BIGINT NOT NULL
);
