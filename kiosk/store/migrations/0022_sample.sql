-- Samples of seals and signatures, cut out of the scan of the sheet they were collected on: `zone` is the box of the
-- sheet, `kind` what it is a sample of, `fault` what is wrong with it. Of each kind one may be chosen, `chosen_by` says by
-- what, '' for the others; `approved_utc_s` is when a clerk approved it, 0 until then. `sealed` is the cut-out as JPEG, `picture` the picture made of it as PNG,
-- both sealed under the order's data key; `width_um` and `height_um` are the picture's size on paper, `sha256` its
-- digest; without a picture they are 0 and ''.

CREATE TABLE sample (
    order_id TEXT NOT NULL REFERENCES orders (id),
    paper TEXT NOT NULL,
    zone TEXT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    fault TEXT NOT NULL,
    chosen_by TEXT NOT NULL,
    approved_utc_s BIGINT NOT NULL,
    width_um BIGINT NOT NULL,
    height_um BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    picture BYTEA NOT NULL,
    PRIMARY KEY (order_id, paper, zone)
);
