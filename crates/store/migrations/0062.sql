-- Open cases of a vehicle are counted, and a hazard among them looked for, before each decision: by
-- the index alone, however many they are. `closed_at` stands in it for the planner, which otherwise
-- reads each case to see that it is open.
DROP INDEX cases_unit_open;
CREATE INDEX cases_unit_open ON cases (unit, closed_at, process) WHERE closed_at IS NULL;
