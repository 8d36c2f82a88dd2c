-- Open cases of a vehicle are counted before each decision, without looking at the closed ones.
CREATE INDEX cases_unit_open ON cases (unit) WHERE closed_at IS NULL;
