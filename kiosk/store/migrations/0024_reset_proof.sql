-- The code that only the desk shows once a clerk has granted a reset: typed at the terminal it lets the reset be used. ''
-- when there is none (any more).

ALTER TABLE reset ADD COLUMN proof TEXT NOT NULL DEFAULT '';
