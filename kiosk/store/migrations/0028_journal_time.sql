-- Which order a row of the audit is about is found by the row of the journal written with it.

CREATE INDEX journal_by_time ON journal (at_utc_ms);
