-- Whether an order makes its holder's main lock (主锁) or a further one (副锁), where the product tells them apart:
-- `earlier` is how many main locks the holder had when it was decided, `seal` whether an electronic seal was asked for,
-- `clerk` who decided against the rule, '' for the rule.

CREATE TABLE order_lock (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    role TEXT NOT NULL,
    earlier BIGINT NOT NULL,
    seal BIGINT NOT NULL,
    clerk TEXT NOT NULL,
    decided_utc_s BIGINT NOT NULL
);
