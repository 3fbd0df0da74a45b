-- The number of a key (KEY编号): the next one of its product's pattern, drawn once for each key that is written and
-- never given twice. Drawn numbers of keys that failed stay, as gaps. `last` counts all that were drawn of a pattern.

CREATE TABLE key_number (
    number TEXT NOT NULL PRIMARY KEY,
    key_mark TEXT NOT NULL UNIQUE REFERENCES token_key (mark),
    created_utc_s BIGINT NOT NULL
);

CREATE TABLE key_number_counter (
    pattern TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);
