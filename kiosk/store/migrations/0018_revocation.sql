-- Certificates that the authority revokes by itself, one row each: the ground, an id of the product's list, and the
-- decision that two clerks signed, whose sealed reason is the evidence. evidence_order_id: an order whose papers are
-- evidence, too, NULL for none. done_utc_s: when the authority had done it, 0 until then.

CREATE TABLE revocation (
    request_id TEXT NOT NULL PRIMARY KEY REFERENCES certificate (request_id),
    number BIGINT NOT NULL UNIQUE,
    order_id TEXT NOT NULL REFERENCES orders (id),
    decision_id TEXT NOT NULL REFERENCES decision (id),
    ground TEXT NOT NULL,
    evidence_order_id TEXT REFERENCES orders (id),
    created_utc_s BIGINT NOT NULL,
    done_utc_s BIGINT NOT NULL
);
CREATE INDEX revocation_by_order ON revocation (order_id);
CREATE INDEX revocation_by_done ON revocation (done_utc_s, number);
