-- What a clerk does at a distance to a terminal and the visit there. `visit` is the mark the terminal gave the
-- visit, '' for acts on the machine itself; `sealed` holds a sentence in the clerk's own words under the hall
-- key, until the act is done.

CREATE TABLE supervision (
    id TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL UNIQUE,
    terminal TEXT NOT NULL,
    visit TEXT NOT NULL,
    order_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    sealed BYTEA NOT NULL,
    clerk TEXT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT NOT NULL,
    created_utc_s BIGINT NOT NULL,
    updated_utc_s BIGINT NOT NULL
);
CREATE INDEX supervision_by_terminal ON supervision (terminal, number);
CREATE INDEX supervision_by_state ON supervision (state, terminal);

ALTER TABLE presence ADD COLUMN visit TEXT NOT NULL DEFAULT '';
ALTER TABLE presence ADD COLUMN machine TEXT NOT NULL DEFAULT '';
ALTER TABLE presence ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE presence ADD COLUMN step_since_utc_s BIGINT NOT NULL DEFAULT 0;
