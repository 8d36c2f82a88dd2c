-- Measures: what the journal counted, row by row, and the totals folded from it. A total is the sum
-- of the deltas of the journal and nothing else. See docs/rulebook/measures.md.
ALTER TABLE cases ADD COLUMN counted TEXT NOT NULL DEFAULT '[]';

-- Append-only. `dims` are the values of the dimensions, `component=li_battery;payer=maker;`.
CREATE TABLE measure_deltas (
  position {SERIAL},
  txid {TXID},
  case_id BIGINT NOT NULL REFERENCES cases (id),
  entry BIGINT NOT NULL,
  occurred_at BIGINT NOT NULL,
  measure TEXT NOT NULL,
  org BIGINT NOT NULL REFERENCES orgs (id),
  day TEXT NOT NULL,
  dims TEXT NOT NULL,
  bucket BIGINT NOT NULL,
  times BIGINT NOT NULL,
  amount BIGINT NOT NULL
);
CREATE INDEX measure_deltas_commit_order ON measure_deltas (txid, position);
CREATE INDEX measure_deltas_day ON measure_deltas (measure, day);
CREATE INDEX measure_deltas_case ON measure_deltas (case_id);

CREATE TABLE measure_totals (
  measure TEXT NOT NULL,
  day TEXT NOT NULL,
  org BIGINT NOT NULL REFERENCES orgs (id),
  dims TEXT NOT NULL,
  bucket BIGINT NOT NULL,
  times BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (measure, day, org, dims, bucket)
);

-- How far the deltas are folded.
CREATE TABLE measures_folded (
  one BIGINT PRIMARY KEY CHECK (one = 1),
  txid BIGINT NOT NULL,
  position BIGINT NOT NULL
);
INSERT INTO measures_folded VALUES (1, -1, -1);

-- What people entered for scorecards; the newest row of a field holds. Append-only.
CREATE TABLE score_entries (
  id {KEY},
  card TEXT NOT NULL,
  field TEXT NOT NULL,
  org BIGINT NOT NULL REFERENCES orgs (id),
  starts TEXT NOT NULL,
  value TEXT NOT NULL,
  evidence TEXT NOT NULL,
  actor BIGINT NOT NULL,
  made_at BIGINT NOT NULL
);
CREATE INDEX score_entries_of ON score_entries (org, card, starts, field);
