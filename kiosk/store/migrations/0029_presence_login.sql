-- Whether the person at the terminal has logged in: nothing of who it is.

ALTER TABLE presence ADD COLUMN logged_in BIGINT NOT NULL DEFAULT 0;
