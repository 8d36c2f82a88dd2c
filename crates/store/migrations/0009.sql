-- How often each action of a case was done and when last: "three attempts at different times".
ALTER TABLE cases ADD COLUMN acts TEXT NOT NULL DEFAULT '{}';

-- How strictly duties are kept apart (简易, 标准, 完整); empty: as the unit above has it.
ALTER TABLE orgs ADD COLUMN mode TEXT CHECK (mode IN ('simple', 'standard', 'full'));
CREATE INDEX orgs_mode ON orgs (path) WHERE mode IS NOT NULL;

-- Who set the mode of a unit, from what to what and why; never changed.
CREATE TABLE org_modes (
  id {KEY},
  org BIGINT NOT NULL REFERENCES orgs (id),
  was TEXT,
  mode TEXT CHECK (mode IN ('simple', 'standard', 'full')),
  reason TEXT NOT NULL,
  actor BIGINT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX org_modes_org ON org_modes (org, id);

-- Up to which instant a schedule of the rulebook has run for all its subjects.
CREATE TABLE schedule_marks (
  schedule TEXT PRIMARY KEY,
  through BIGINT NOT NULL
);

-- Every run of a schedule, once for each period and subject. A failed one is tried again at
-- `again_at`.
CREATE TABLE schedule_runs (
  id {KEY},
  schedule TEXT NOT NULL,
  period TEXT NOT NULL,
  subject BIGINT NOT NULL,
  planned_at BIGINT NOT NULL,
  ran_at BIGINT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('opened', 'failed', 'skipped')),
  case_id BIGINT REFERENCES cases (id),
  actor BIGINT,
  tries BIGINT NOT NULL DEFAULT 0,
  again_at BIGINT,
  code TEXT,
  zh TEXT,
  en TEXT,
  CHECK ((status = 'opened') = (case_id IS NOT NULL))
);
CREATE UNIQUE INDEX schedule_runs_once ON schedule_runs (schedule, period, subject);
CREATE INDEX schedule_runs_recent ON schedule_runs (schedule, id);
CREATE INDEX schedule_runs_again ON schedule_runs (again_at) WHERE again_at IS NOT NULL;
