-- Whose key it was that was decided on, as a keyed hash: what a clerk decided about one holder says nothing of another.
-- Nothing from before this was stored, which is nobody's.

ALTER TABLE order_lock ADD COLUMN holder BYTEA NOT NULL DEFAULT '';
