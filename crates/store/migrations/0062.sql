-- Open cases of a vehicle are counted, and a hazard among them looked for, before each decision: by
-- the index alone, however many they are.
DROP INDEX cases_unit_open;
CREATE INDEX cases_unit_open ON cases (unit, process) WHERE closed_at IS NULL;
