-- Money that passes by a clerk's hand, and invoices.

-- What a clerk noted when money was taken or given back: the decision it was noted with, the payment attempt it is
-- about. `reference` is a receipt's or a bank's number, never a person's.
CREATE TABLE hand_money (
    decision_id TEXT NOT NULL PRIMARY KEY REFERENCES decision (id),
    out_trade_no TEXT NOT NULL REFERENCES payment (out_trade_no),
    action TEXT NOT NULL,
    method TEXT NOT NULL,
    reference TEXT NOT NULL,
    at_utc_s BIGINT NOT NULL
);
CREATE INDEX hand_money_by_payment ON hand_money (out_trade_no);
CREATE INDEX hand_money_by_reference ON hand_money (reference);

-- One invoice a paid order. `sealed` holds the title under the order's data key.
CREATE TABLE invoice (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    number BIGINT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    amount_fen BIGINT NOT NULL,
    document TEXT NOT NULL,
    due_utc_s BIGINT NOT NULL,
    paid_utc_s BIGINT NOT NULL,
    requested_utc_s BIGINT NOT NULL,
    issued_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL,
    sealed BYTEA NOT NULL
);
CREATE INDEX invoice_by_state ON invoice (state, number);
