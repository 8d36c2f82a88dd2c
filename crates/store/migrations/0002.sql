-- A case may pass to another organisation unit; its number stays unique where it was given.
ALTER TABLE cases ADD COLUMN numbered_by BIGINT NOT NULL DEFAULT 0;
UPDATE cases SET numbered_by = org;
DROP INDEX cases_number;
CREATE UNIQUE INDEX cases_number ON cases (process, numbered_by, number);
-- Ends of children it has heard of, so that each counts once.
ALTER TABLE cases ADD COLUMN heard TEXT NOT NULL DEFAULT '[]';
