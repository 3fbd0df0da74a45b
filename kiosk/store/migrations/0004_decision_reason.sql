-- Why a clerk decided, in the clerk's own words, under the order's data key; '' when nothing was said.

ALTER TABLE decision ADD COLUMN sealed_reason BYTEA NOT NULL DEFAULT '';
