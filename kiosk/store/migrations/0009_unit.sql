-- Units and their people. Names, numbers and what a unit holds are sealed under the hall key, bound to the row's id;
-- credit codes and phones are found by keyed hashes. A unit has one administrator, and a person one place in it.

CREATE TABLE unit (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    code_hash BYTEA NOT NULL UNIQUE,
    code_sealed BYTEA NOT NULL,
    name_sealed BYTEA NOT NULL,
    heir_id TEXT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL
);

CREATE TABLE unit_member (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    phone_hash BYTEA NOT NULL,
    name_sealed BYTEA NOT NULL,
    phone_sealed BYTEA NOT NULL,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    order_id TEXT REFERENCES orders (id),
    created_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL
);
CREATE INDEX unit_member_by_unit ON unit_member (unit_id, number);
CREATE INDEX unit_member_by_phone ON unit_member (phone_hash, number);
CREATE UNIQUE INDEX unit_member_once ON unit_member (unit_id, phone_hash) WHERE state IN ('asked', 'member');
CREATE UNIQUE INDEX unit_member_manager ON unit_member (unit_id) WHERE state = 'member' AND role = 'manager';

CREATE TABLE unit_holding (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    until_utc_s BIGINT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    ended_utc_s BIGINT NOT NULL
);
CREATE INDEX unit_holding_by_unit ON unit_holding (unit_id, number);

CREATE TABLE unit_proof (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    order_id TEXT NOT NULL REFERENCES orders (id),
    sealed BYTEA NOT NULL,
    amount_fen BIGINT NOT NULL,
    wrong BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL
);
CREATE INDEX unit_proof_by_order ON unit_proof (order_id, number);
CREATE INDEX unit_proof_by_state ON unit_proof (state, number);
