-- Holders who come again: what they said about the hall, accounts with a password, what is asked of them later, and
-- what a clerk lets them set anew. Names, numbers and texts are sealed; look-ups go through keyed hashes.

CREATE TABLE feedback (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    terminal TEXT NOT NULL,
    phone_sealed BYTEA NOT NULL,
    text_sealed BYTEA NOT NULL,
    created_utc_s BIGINT NOT NULL,
    done_utc_s BIGINT NOT NULL,
    clerk TEXT NOT NULL
);
CREATE INDEX feedback_by_done ON feedback (done_utc_s, number);

-- `order_hash` is the hash the holder's orders are found by, so that an order leads to the account it now belongs to.
CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    order_hash BYTEA NOT NULL UNIQUE,
    person_hash BYTEA NOT NULL,
    password_hash TEXT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL
);
CREATE TABLE account_alias (
    hash BYTEA NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    UNIQUE (account_id, kind)
);
-- Tries are counted by what was typed, whether anybody has that name or not.
CREATE TABLE account_wrong (
    hash BYTEA NOT NULL PRIMARY KEY,
    tries BIGINT NOT NULL,
    locked_until_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL
);

-- The question somebody chose when the order was filled in, and the salted hash of the answer.
CREATE TABLE verification (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    question_sealed BYTEA NOT NULL,
    answer_hash TEXT NOT NULL,
    tries BIGINT NOT NULL,
    locked_until_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL
);
-- The order passed the question of another one.
CREATE TABLE verification_pass (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    about_id TEXT NOT NULL REFERENCES orders (id),
    way TEXT NOT NULL,
    created_utc_s BIGINT NOT NULL
);

-- What somebody at a terminal asks a clerk to let them set anew. `subject` is an account or an order, '' for nobody.
CREATE TABLE reset (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    code TEXT NOT NULL,
    terminal TEXT NOT NULL,
    state TEXT NOT NULL,
    wrong BIGINT NOT NULL,
    clerk TEXT NOT NULL,
    until_utc_s BIGINT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL
);
CREATE INDEX reset_by_state ON reset (state, number);

-- Appointments made in a partner's system are good once.
CREATE TABLE appointment (
    partner TEXT NOT NULL,
    reference TEXT NOT NULL,
    order_id TEXT NOT NULL REFERENCES orders (id),
    used_utc_s BIGINT NOT NULL,
    PRIMARY KEY (partner, reference)
);
