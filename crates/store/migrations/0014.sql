-- A price of the company may end on a day: the one for all levels, or the baseline, holds again.

ALTER TABLE price_rows ADD COLUMN ends BIGINT NOT NULL DEFAULT 0 CHECK (ends IN (0, 1));
