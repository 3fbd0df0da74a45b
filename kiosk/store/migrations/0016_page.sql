-- Papers that have no scan of their own, because another paper's page stands for them, and pages beside those of the
-- product under titles that the applicant gave them, sealed under the order's data key.

CREATE TABLE page_same (
    order_id TEXT NOT NULL REFERENCES orders (id),
    paper TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (order_id, paper)
);
CREATE TABLE page_extra (
    order_id TEXT NOT NULL REFERENCES orders (id),
    paper TEXT NOT NULL,
    title BYTEA NOT NULL,
    PRIMARY KEY (order_id, paper)
);
