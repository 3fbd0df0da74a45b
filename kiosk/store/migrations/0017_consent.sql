-- What holders said of their certificates: consent, or the code of an objection. Nothing personal.

CREATE TABLE consent (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    objection TEXT NOT NULL,
    said_utc_s BIGINT NOT NULL
);
