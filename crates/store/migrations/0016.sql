-- The last replay of each draft over the past verdicts (历史回放): how it stands, its totals, and the
-- verdicts that change. Nothing of it is personal; it is forgotten when the next one begins.
CREATE TABLE replays (
  draft BIGINT PRIMARY KEY REFERENCES drafts (id),
  run BIGINT NOT NULL,
  text_hash TEXT NOT NULL,
  terms TEXT NOT NULL,
  low {PATH} NOT NULL,
  high {PATH} NOT NULL,
  own BIGINT,
  person BIGINT NOT NULL REFERENCES people (id),
  started_at BIGINT NOT NULL,
  beat_at BIGINT NOT NULL,
  ended_at BIGINT,
  state TEXT NOT NULL
    CHECK (state IN ('running', 'done', 'cancelled', 'failed', 'interrupted')),
  phase TEXT NOT NULL,
  done BIGINT NOT NULL,
  total BIGINT NOT NULL,
  report TEXT
);
CREATE TABLE replay_changes (
  draft BIGINT NOT NULL REFERENCES drafts (id),
  run BIGINT NOT NULL,
  place BIGINT NOT NULL,
  verdict BIGINT NOT NULL REFERENCES verdicts (id),
  turn TEXT NOT NULL,
  part TEXT NOT NULL,
  cost_fen BIGINT,
  model TEXT NOT NULL,
  station TEXT NOT NULL,
  month TEXT NOT NULL,
  was TEXT NOT NULL,
  becomes TEXT NOT NULL,
  PRIMARY KEY (draft, run, place)
);
CREATE INDEX replay_changes_verdict ON replay_changes (draft, run, verdict);
