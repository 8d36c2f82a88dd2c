-- Schedules may be for vehicles: a run names the unit that owns its case, and the vehicle with the
-- age it came of. Each age of a vehicle is run for once, whatever becomes of its day of sale.

ALTER TABLE schedule_runs ADD COLUMN org BIGINT NOT NULL DEFAULT 0;
ALTER TABLE schedule_runs ADD COLUMN unit BIGINT REFERENCES units (id);
ALTER TABLE schedule_runs ADD COLUMN age TEXT;
UPDATE schedule_runs SET org = subject;
CREATE INDEX schedule_runs_unit ON schedule_runs (unit, schedule) WHERE unit IS NOT NULL;

-- How far a run for vehicles has come: the day of sale and the vehicle that were looked at last.
ALTER TABLE schedule_marks ADD COLUMN sold_on TEXT;
ALTER TABLE schedule_marks ADD COLUMN unit BIGINT NOT NULL DEFAULT 0;

CREATE INDEX units_sale ON units (COALESCE(invoice_date, sold_on, registered_on), id);
