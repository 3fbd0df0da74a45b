-- Everything the store keeps. Portable types: BIGINT, TEXT, BYTEA (SQLite stores bytes in any column).
-- `number` columns order rows of one table by insertion; they are drawn inside the write transaction.
-- Columns called `sealed` hold AES-256-GCM values under the order's data key; `hash` columns of personal
-- values are keyed. No other column may hold anything personal.

CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE orders (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    acceptance TEXT NOT NULL UNIQUE,
    acceptance_end TEXT NOT NULL,
    product TEXT NOT NULL,
    class_id TEXT NOT NULL,
    operation TEXT NOT NULL,
    terminal TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    amount_fen BIGINT NOT NULL,
    paid_fen BIGINT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL
);
CREATE INDEX orders_by_end ON orders (acceptance_end);
CREATE INDEX orders_by_state ON orders (state, number);
CREATE INDEX orders_by_created ON orders (created_utc_s);

CREATE TABLE order_key (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    hall_key_id TEXT NOT NULL,
    wrapped BYTEA NOT NULL
);

CREATE TABLE order_lookup (
    order_id TEXT NOT NULL REFERENCES orders (id),
    kind TEXT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (order_id, kind)
);
CREATE INDEX order_lookup_by_hash ON order_lookup (kind, hash);

CREATE TABLE claim (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    owner TEXT NOT NULL,
    lease_until_utc_s BIGINT NOT NULL
);

CREATE TABLE field (
    order_id TEXT NOT NULL REFERENCES orders (id),
    name TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    updated_utc_s BIGINT NOT NULL,
    PRIMARY KEY (order_id, name)
);

CREATE TABLE page (
    order_id TEXT NOT NULL REFERENCES orders (id),
    paper TEXT NOT NULL,
    page BIGINT NOT NULL,
    version BIGINT NOT NULL,
    verdict BIGINT NOT NULL,
    dpi BIGINT NOT NULL,
    width_px BIGINT NOT NULL,
    height_px BIGINT NOT NULL,
    findings TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    size_bytes BIGINT NOT NULL,
    at_utc_s BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (order_id, paper, page)
);

CREATE TABLE intention (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    order_id TEXT REFERENCES orders (id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    arguments TEXT NOT NULL,
    result TEXT NOT NULL,
    owner TEXT NOT NULL,
    lease_until_utc_s BIGINT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    finished_utc_s BIGINT NOT NULL,
    takeovers BIGINT NOT NULL
);
CREATE INDEX intention_by_state ON intention (state, number);
CREATE INDEX intention_by_order ON intention (order_id, number);

CREATE TABLE payment (
    out_trade_no TEXT NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    channel TEXT NOT NULL,
    attempt BIGINT NOT NULL,
    amount_fen BIGINT NOT NULL,
    state TEXT NOT NULL,
    qr TEXT NOT NULL,
    trade_no TEXT NOT NULL,
    refund_no TEXT NOT NULL,
    expires_utc_s BIGINT NOT NULL,
    paid_utc_s BIGINT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL,
    UNIQUE (order_id, attempt)
);
CREATE INDEX payment_by_state ON payment (state, created_utc_s);

CREATE TABLE token_key (
    mark TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    serial TEXT NOT NULL,
    model TEXT NOT NULL,
    label TEXT NOT NULL,
    so_salt BYTEA NOT NULL,
    transport_salt BYTEA NOT NULL,
    order_id TEXT REFERENCES orders (id),
    state TEXT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL
);
CREATE INDEX token_key_by_serial ON token_key (serial, model);
CREATE INDEX token_key_by_order ON token_key (order_id);

CREATE TABLE certificate (
    request_id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    order_id TEXT NOT NULL REFERENCES orders (id),
    key_mark TEXT NOT NULL REFERENCES token_key (mark),
    state TEXT NOT NULL,
    serial TEXT NOT NULL,
    subject_hash BYTEA NOT NULL,
    not_after_utc_s BIGINT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL
);
CREATE INDEX certificate_by_order ON certificate (order_id, number);
CREATE INDEX certificate_by_serial ON certificate (serial);

CREATE TABLE certificate_part (
    request_id TEXT NOT NULL REFERENCES certificate (request_id),
    part TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (request_id, part)
);

CREATE TABLE decision (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    order_id TEXT NOT NULL REFERENCES orders (id),
    action TEXT NOT NULL,
    displayed_hash BYTEA NOT NULL,
    order_version BIGINT NOT NULL,
    required BIGINT NOT NULL,
    out_of BIGINT NOT NULL,
    undo_s BIGINT NOT NULL,
    state TEXT NOT NULL,
    effective_at_utc_s BIGINT NOT NULL,
    created_utc_s BIGINT NOT NULL
);
CREATE INDEX decision_by_order ON decision (order_id, number);
CREATE INDEX decision_by_state ON decision (state, effective_at_utc_s);

CREATE TABLE decision_signer (
    decision_id TEXT NOT NULL REFERENCES decision (id),
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    method TEXT NOT NULL,
    at_utc_s BIGINT NOT NULL,
    signature BYTEA NOT NULL,
    PRIMARY KEY (decision_id, number),
    UNIQUE (decision_id, name)
);

CREATE TABLE rejection (
    decision_id TEXT NOT NULL REFERENCES decision (id),
    number BIGINT NOT NULL,
    order_id TEXT NOT NULL REFERENCES orders (id),
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    settled BIGINT NOT NULL,
    PRIMARY KEY (decision_id, number)
);
CREATE INDEX rejection_by_order ON rejection (order_id);

CREATE TABLE clerk (
    name TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    disabled BIGINT NOT NULL,
    failed_tries BIGINT NOT NULL,
    locked_until_utc_s BIGINT NOT NULL,
    created_utc_s BIGINT NOT NULL
);

CREATE TABLE sms_code (
    phone_hash BYTEA NOT NULL,
    purpose TEXT NOT NULL,
    code_hash BYTEA NOT NULL,
    expires_utc_s BIGINT NOT NULL,
    PRIMARY KEY (phone_hash, purpose)
);

CREATE TABLE sms_send (
    phone_hash BYTEA NOT NULL,
    at_utc_s BIGINT NOT NULL
);
CREATE INDEX sms_send_by_phone ON sms_send (phone_hash, at_utc_s);

CREATE TABLE sms_wrong (
    phone_hash BYTEA NOT NULL PRIMARY KEY,
    tries BIGINT NOT NULL,
    locked_until_utc_s BIGINT NOT NULL
);

CREATE TABLE presence (
    owner TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    step TEXT NOT NULL,
    field TEXT NOT NULL,
    devices TEXT NOT NULL,
    order_id TEXT NOT NULL,
    call_since_utc_s BIGINT NOT NULL,
    call_answered_by TEXT NOT NULL,
    started_utc_s BIGINT NOT NULL,
    heartbeat_utc_s BIGINT NOT NULL
);

CREATE TABLE ticket (
    hash BYTEA NOT NULL PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    expires_utc_s BIGINT NOT NULL
);
CREATE INDEX ticket_by_order ON ticket (order_id);

CREATE TABLE journal (
    sequence BIGINT NOT NULL PRIMARY KEY,
    at_utc_ms BIGINT NOT NULL,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    order_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    event TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX journal_by_order ON journal (order_id, sequence);

CREATE TABLE audit (
    writer TEXT NOT NULL,
    number BIGINT NOT NULL,
    at_utc_ms BIGINT NOT NULL,
    action TEXT NOT NULL,
    actor TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    value_hash BYTEA NOT NULL,
    prev_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (writer, number)
);
CREATE INDEX audit_by_time ON audit (at_utc_ms);

CREATE TABLE audit_head (
    writer TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    seal BYTEA NOT NULL
);
