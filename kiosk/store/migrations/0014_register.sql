-- Registers that an administrator imports, and what was found when an order's form was compared with them. A row is
-- found by the keyed hash of its key and sealed whole under the hall key, bound to import and key. An import is
-- 'loading' until it takes the place of the live one of its kind. `columns` are headings, one a line.

CREATE TABLE register (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    columns TEXT NOT NULL,
    entries BIGINT NOT NULL,
    digest TEXT NOT NULL,
    created_utc_s BIGINT NOT NULL
);
CREATE UNIQUE INDEX register_live ON register (kind) WHERE state = 'live';

CREATE TABLE register_entry (
    register_id TEXT NOT NULL REFERENCES register (id),
    key_hash BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (register_id, key_hash)
);

CREATE TABLE order_finding (
    order_id TEXT NOT NULL REFERENCES orders (id),
    comparison TEXT NOT NULL,
    field TEXT NOT NULL,
    verdict TEXT NOT NULL,
    register_id TEXT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    PRIMARY KEY (order_id, comparison, field)
);
