-- What the clock of a deadline remembers (pauses one by one, extensions, steps of escalation) stands
-- in one column: lists and timers ask for the others only. A stop before a window opened is `early`.
CREATE TABLE deadlines_7 (
  id {KEY},
  case_id BIGINT NOT NULL REFERENCES cases (id),
  deadline TEXT NOT NULL,
  round BIGINT NOT NULL CHECK (round >= 1),
  status TEXT NOT NULL CHECK (status IN
    ('pending', 'running', 'paused', 'breached', 'met', 'early', 'late', 'dropped')),
  started_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  warn_at BIGINT,
  warned BIGINT NOT NULL,
  paused_at BIGINT,
  breaches BIGINT NOT NULL,
  ended_at BIGINT,
  fire_at BIGINT,
  claimed_until BIGINT NOT NULL DEFAULT 0,
  memory TEXT NOT NULL,
  CHECK ((status IN ('met', 'early', 'late', 'dropped')) = (ended_at IS NOT NULL))
);
-- Sums of earlier pauses become one pause from the start on, which moves the due instant as much.
-- A broken one that repeats keeps its next due instant; what it broke before stays on record.
INSERT INTO deadlines_7 (id, case_id, deadline, round, status, started_at, due_at, warn_at, warned,
  paused_at, breaches, ended_at, fire_at, claimed_until, memory)
SELECT id, case_id, deadline, round,
  CASE WHEN status = 'breached' AND warn_at IS NOT NULL THEN 'running' ELSE status END,
  started_at, due_at,
  CASE WHEN status = 'breached' THEN NULL ELSE warn_at END, warned, paused_at, breaches, ended_at,
  fire_at, claimed_until,
  '{"first_due":' || due_at || ',"kept":' ||
  CASE WHEN status = 'breached' AND warn_at IS NOT NULL THEN breaches ELSE 0 END ||
  ',"pauses":[' || CASE WHEN paused_seconds > 0 THEN '{"from":' || started_at || ',"to":' ||
  (started_at + paused_seconds * 1000000) || '}' ELSE '' END || ']}'
FROM deadlines;
DROP TABLE deadlines;
ALTER TABLE deadlines_7 RENAME TO deadlines;
CREATE UNIQUE INDEX deadlines_instance ON deadlines (case_id, deadline, round);
CREATE INDEX deadlines_fire ON deadlines (fire_at) WHERE fire_at IS NOT NULL;
